"""What a programme asks for today, from how it went so far: each change is made by a rule, and told with it.

Whatever the rules of a file, three things hold. After strong pain nothing gets harder. Rules that make it easier win over those
that make it harder. One session is at most one level above the one before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.stretches.programmes.spec import PainLight, Programme, ProgrammePart, ProgrammeStep, Rule, When


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSession:
    """One session as far as a programme goes by it, `days_ago` before today.

    `before` and `after` are the pain that was told, 0 to 10, `None` where none was. `hurt`: strong or sharp pain was told while
    it ran. `level` is that of the programme, `None` for a session that was not one.
    """

    days_ago: int
    before: int | None = None
    after: int | None = None
    hurt: bool = False
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a rule has changed, in the sentence of the file; `rule` is its name, `None` where none held."""

    rule: str | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What is done today: the steps of a level (from 1), less what rules leave out. Nothing, if `stop`.

    `check`: the flexibility check comes first. `decisions` has at least one entry.
    """

    level: int
    steps: tuple[ProgrammeStep, ...]
    check: bool
    stop: bool
    decisions: tuple[Decision, ...]


def plan_today(programme: Programme, past: Sequence[PastSession], pain: int, *, checked_days_ago: int | None = None) -> Today:
    """Return what `programme` asks for today.

    Parameters
    ----------
    programme
        The parsed file.
    past
        The sessions so far, of any kind, the oldest first.
    pain
        The pain now, 0 (none) to 10.
    checked_days_ago
        How many days ago the last flexibility check was; `None` where there was none.

    Returns
    -------
    Today
        The level, its steps, and a decision for every rule that changed something.
    """
    facts = _Facts(programme, past, pain, checked_days_ago)
    held = [rule for rule in programme.rules if facts.fulfil(rule.when)]
    down = min((rule.level for rule in held), default=0)
    may_rise = down >= 0 and not facts.strong_lately
    applied = [rule for rule in held if rule.level <= 0 or may_rise]
    change = down if down < 0 else max((rule.level for rule in applied), default=0)
    level = min(max(1, facts.level + change), len(programme.levels))
    stop = any(rule.stop for rule in applied)
    applied = [rule for rule in applied if _changes(rule, facts.level, level, stop=stop)]
    left_out = {part for rule in applied for part in rule.leave_out}
    check = not stop and ProgrammePart.CHECK not in left_out and any(ProgrammePart.CHECK in rule.add for rule in applied)
    steps = () if stop else tuple(step for step in programme.levels[level - 1].steps if step.part not in left_out)
    told = [Decision(rule=rule.name, says=rule.says) for rule in applied]
    usual = Decision(rule=None, says=programme.unchanged if facts.begun else programme.first)
    return Today(level=level, steps=steps, check=check, stop=stop or not (steps or check), decisions=tuple(told) or (usual,))


def _changes(rule: Rule, before: int, now: int, *, stop: bool) -> bool:
    """Whether a rule changes anything: the lowest level has none below it, the highest none above, a day of rest no parts."""
    parts = (rule.leave_out or rule.add) and not stop
    return bool(rule.stop or parts) or (now - before) * rule.level > 0


class _Facts:
    """What is known today, as conditions ask for it."""

    def __init__(self, programme: Programme, past: Sequence[PastSession], pain: int, checked_days_ago: int | None) -> None:
        self._light_of = programme.pain.light
        self._past = past
        self._pain = pain
        self._checked_days_ago = checked_days_ago
        levels = [one.level for one in past if one.level is not None]
        self.begun = bool(levels)
        self.level = min(levels[-1], len(programme.levels)) if levels else 1
        self.strong_lately = self._light_of(pain) is PainLight.RED or (bool(past) and self._strong(past[-1]))

    def fulfil(self, when: When) -> bool:
        """Whether all conditions that are given hold."""
        last = self._past[-1] if self._past else None
        before, after = (last.before, last.after) if last is not None else (None, None)
        rose = after - before if after is not None and before is not None else None
        unsettled = self._pain - before if before is not None else None
        checked = self._checked_days_ago
        return (
            (when.now is None or self._light_of(self._pain) in when.now)
            and (when.after_last is None or (after is not None and self._light_of(after) in when.after_last))
            and (when.rose_by is None or (rose is not None and rose >= when.rose_by))
            and (when.not_settled_by is None or (unsettled is not None and unsettled >= when.not_settled_by))
            and (when.strong is None or self._times_strong(when.strong.of_last) >= when.strong.times)
            and (when.easy is None or self._times_easy() >= when.easy)
            and (when.days_away is None or (last is not None and last.days_ago >= when.days_away))
            and (when.checked_days_ago is None or checked is None or checked >= when.checked_days_ago)
        )

    def _strong(self, one: PastSession) -> bool:
        told = (pain for pain in (one.before, one.after) if pain is not None)
        return one.hurt or any(self._light_of(pain) is PainLight.RED for pain in told)

    def _times_strong(self, of_last: int) -> int:
        """On how many of the last occasions the pain was strong; today is the latest of them."""
        lately = [self._strong(one) for one in self._past[-of_last:]]
        return sum([*lately, self._light_of(self._pain) is PainLight.RED][-of_last:])

    def _times_easy(self) -> int:
        """How many sessions went well in a row, up to the last one, all at the level of today."""
        count = 0
        for one in reversed(self._past):
            if not self._easy(one) or one.level not in (None, self.level):
                break
            count += one.level is not None
        return count

    def _easy(self, one: PastSession) -> bool:
        """Whether a session went well: green before and after, and nothing hurt much. A programme's has to be told of."""
        told = [pain for pain in (one.before, one.after) if pain is not None]
        silent = one.level is not None and one.after is None
        return not one.hurt and not silent and all(self._light_of(pain) is PainLight.GREEN for pain in told)
