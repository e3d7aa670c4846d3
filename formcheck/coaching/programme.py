"""What a programme asks for today, from how it went so far: each change is made by a rule, and told with it.

Whatever the rules of a file, four things hold. After strong pain nothing gets harder. Rules that make it easier win over those
that make it harder. One session is at most one level above the one before. A session in which nothing was done counts for
nothing: only the pain that was told in it does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formcheck.stretches.programmes.spec import PainLight, Programme, ProgrammePart, ProgrammeStep, Rule, When

_WORSE = (PainLight.GREEN, PainLight.AMBER, PainLight.RED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSession:
    """One session as far as a programme goes by it, `days_ago` before today.

    `done`: something was held or guided in it. `before` and `after` are the pain that was told, 0 to 10, `None` where none was.
    `told_in` is the worst that was told while it ran: amber for a mild pain or one without an answer, red for a strong or sharp
    one, `None` where there was none. `level` is that of the programme, `None` for a session that was not one. `looked_at` is
    the answer to whether somebody has looked at it, `check_put_off` says that the flexibility check was not wanted.
    """

    days_ago: int
    done: bool = True
    before: int | None = None
    after: int | None = None
    told_in: PainLight | None = None
    level: int | None = None
    looked_at: bool | None = None
    check_put_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TodaysAnswers:
    """What the person says today. `pain` is that of now, 0 (none) to 10.

    `looked_at`: whether somebody has looked at strong pain since; `check`: whether the flexibility check is wanted, or can be
    done at all; both `None` until that is asked.
    """

    pain: int
    looked_at: bool | None = None
    check: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a rule has changed, in the sentence of the file; `rule` is its name, `None` where none held."""

    rule: str | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What is done today: the steps of a level (from 1), less what rules leave out.

    Nothing, if `stop`: then the level is that of the next time.

    `before` is the level up to now, `lowered` says that a rule asks for a lower one, whether or not there is any. `check`: the
    flexibility check comes first. `decisions` has at least one entry. `question` is to be asked, a yes or no that may end the
    stop; `asked_in_days` is when it comes again, after a no.
    """

    level: int
    before: int
    lowered: bool
    steps: tuple[ProgrammeStep, ...]
    check: bool
    stop: bool
    decisions: tuple[Decision, ...]
    question: str | None = None
    asked_in_days: int | None = None


def plan_today(
    programme: Programme,
    past: Sequence[PastSession],
    told: TodaysAnswers,
    *,
    checked_days_ago: int | None = None,
    again: bool = False,
) -> Today:
    """Return what `programme` asks for today.

    Parameters
    ----------
    programme
        The parsed file.
    past
        The sessions so far, of any kind, the oldest first.
    told
        What the person says today.
    checked_days_ago
        How many days ago the last flexibility check was; `None` where there was none.
    again
        Ask what was answered with no some days ago.

    Returns
    -------
    Today
        The level, its steps, and a decision for every rule that changed something.
    """
    facts = _Facts(programme, past, told, checked_days_ago, again=again)
    held = [rule for rule in programme.rules if facts.fulfil(rule.when)]
    ended = [rule for rule in held if rule.until is not None and told.looked_at]
    held = [rule for rule in held if rule not in ended]
    down = min((rule.level for rule in held), default=0)
    may_rise = down >= 0 and not (facts.strong_lately or ended or any(rule.hold for rule in held))
    held = [rule for rule in held if rule.level <= 0 or may_rise]
    change = down if down < 0 else max((rule.level for rule in held), default=0)
    level = 1 if ended else min(max(1, facts.level + change), len(programme.levels))
    stop = any(rule.stop for rule in held)
    out = {part for rule in held for part in rule.leave_out}
    check = not stop and ProgrammePart.CHECK not in out and facts.check_wanted and any(rule.add for rule in held)
    first = not (facts.begun or stop)
    applied = [rule for rule in held if _changes(rule, facts.level, level, check=check, stop=stop, first=first)]
    steps = () if stop else tuple(step for step in programme.levels[level - 1].steps if step.part not in out)
    decisions = [
        *([Decision(rule=None, says=programme.first)] if first else ()),
        *(Decision(rule=rule.name, says=rule.until.says) for rule in ended if rule.until is not None),
        *(Decision(rule=rule.name, says=rule.says) for rule in applied),
    ]
    asked_in_days = facts.asked_in_days(held)
    asks = stop and told.looked_at is None and not facts.red_now and (again or asked_in_days == 0)
    return Today(
        level=level,
        before=facts.level,
        lowered=down < 0,
        steps=steps,
        check=check,
        stop=stop or not (steps or check),
        decisions=tuple(decisions) or (Decision(rule=None, says=programme.unchanged),),
        question=next((rule.until.question for rule in held if rule.until is not None), None) if asks else None,
        asked_in_days=asked_in_days or None,
    )


def _changes(rule: Rule, before: int, now: int, *, check: bool, stop: bool, first: bool) -> bool:
    """Whether a rule changes anything: the highest level has none above it, a day of rest no parts, and a check may be put off.

    One that asks for a lower level is told at the lowest, too: why it gets no harder. The `first` time, at the lowest, nothing
    could be harder.
    """
    begins = first and before == 1
    today = bool(rule.leave_out) or (rule.hold and not begins) or (bool(rule.add) and check)
    return rule.stop or (rule.level < 0 and not begins) or (today and not stop) or (now - before) * rule.level > 0


def _worst(lights: Iterable[PainLight | None]) -> PainLight | None:
    return max((light for light in lights if light is not None), key=_WORSE.index, default=None)


class _Facts:
    """What is known today, as conditions ask for it."""

    def __init__(
        self,
        programme: Programme,
        past: Sequence[PastSession],
        told: TodaysAnswers,
        checked_days_ago: int | None,
        *,
        again: bool,
    ) -> None:
        self._light_of = programme.pain.light
        self._told = told
        self._past = past
        self._checked_days_ago = checked_days_ago
        self.red_now = self._light_of(told.pain) is PainLight.RED
        counted = [one for one in past if self._counts(one)]
        self.begun = any(one.done and one.level is not None for one in counted)
        at_levels = [i for i, one in enumerate(counted) if one.level is not None]
        self.level = min(counted[at_levels[-1]].level or 1, len(programme.levels)) if at_levels else 1
        # The last session of the programme, and what was told since: what comes between hides nothing of it.
        self._lately = counted[at_levels[-1] :] if at_levels else [one for one in counted if self._tells(one)][-1:]
        self._days_away = counted[-1].days_ago if counted else None
        self._times_strong = self._strong_since_looked_at(counted)
        self.strong_lately = self.red_now or any(self._strong(one) for one in self._lately)
        put_off = min((one.days_ago for one in past if one.check_put_off), default=None)
        due_again = again or put_off is None or put_off >= programme.check_again_days
        self.check_wanted = not self.strong_lately and (due_again if told.check is None else told.check)

    def fulfil(self, when: When) -> bool:
        """Whether all conditions that are given hold."""
        last = self._lately[0] if self._lately else None
        after = _worst(map(self._light_after, self._lately))
        rose = [one.after - one.before for one in self._lately if one.after is not None and one.before is not None]
        unsettled = self._told.pain - last.before if last is not None and last.before is not None else None
        checked = self._checked_days_ago
        return (
            (when.now is None or self._light_of(self._told.pain) in when.now)
            and (when.after_last is None or after in when.after_last)
            and (when.rose_by is None or (bool(rose) and max(rose) >= when.rose_by))
            and (when.not_settled_by is None or (unsettled is not None and unsettled >= when.not_settled_by))
            and (when.strong is None or sum(self._times_strong[-when.strong.of_last :]) >= when.strong.times)
            and (when.easy is None or self._times_easy() >= when.easy)
            and (when.days_away is None or (self._days_away is not None and self._days_away >= when.days_away))
            and (when.checked_days_ago is None or checked is None or checked >= when.checked_days_ago)
        )

    def asked_in_days(self, held: Sequence[Rule]) -> int:
        """In how many days the question of a stop is due; 0: now."""
        again = [rule.until.ask_again_days for rule in held if rule.until is not None]
        answered = [one for one in self._past if one.looked_at is not None]
        ago = answered[-1].days_ago if answered and not answered[-1].looked_at else None
        ago = 0 if self._told.looked_at is False else ago
        return max(0, again[0] - ago) if again and ago is not None else 0

    def _counts(self, one: PastSession) -> bool:
        """Whether a session counts: something was done, or strong pain was told, or any pain after it or by key."""
        return one.done or bool(one.looked_at) or self._strong(one) or self._light_after(one) not in (None, PainLight.GREEN)

    def _light_after(self, one: PastSession) -> PainLight | None:
        """The light of the pain after a session or told in it, whichever is worse; `None` where neither was told."""
        return _worst((one.told_in, self._light_of(one.after) if one.after is not None else None))

    def _strong(self, one: PastSession) -> bool:
        before = self._light_of(one.before) if one.before is not None else None
        return PainLight.RED in (before, self._light_after(one))

    def _tells(self, one: PastSession) -> bool:
        return one.before is not None or self._light_after(one) is not None

    def _strong_since_looked_at(self, counted: Sequence[PastSession]) -> list[bool]:
        """Whether the pain was strong, each time that it was told since somebody has looked at it.

        What was neither done nor strong is no time: or else it would be enough to ask often. So is now, if it is not strong.
        """
        since = max((i for i, one in enumerate(counted) if one.looked_at), default=0)
        told = [one for one in counted[since:] if self._tells(one) and (one.done or self._strong(one))]
        return [*map(self._strong, told), *([True] if self.red_now else ())]

    def _times_easy(self) -> int:
        """How many sessions went well in a row, up to the last one, all at the level of today."""
        count = 0
        for one in reversed(self._past):
            if not self._easy(one) or (one.level is not None and one.level != self.level and self._counts(one)):
                break
            count += one.level is not None and one.done
        return count

    def _easy(self, one: PastSession) -> bool:
        """Whether a session went well, as far as it went: green before, in and after. A programme's has to be told of."""
        before = self._light_of(one.before) if one.before is not None else PainLight.GREEN
        silent = one.done and one.level is not None and one.after is None
        return not silent and before is PainLight.GREEN and self._light_after(one) in (None, PainLight.GREEN)
