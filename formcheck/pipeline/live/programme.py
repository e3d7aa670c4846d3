"""The programme of today: what the history knows of earlier sessions, and the plan that today's pain leads to."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from formcheck.analysis.scoring.document import LiveDocument, ProgrammeDocument, SessionDocument
from formcheck.coaching.programme import PastSession, Today, TodaysAnswers, plan_today
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.plain_text import one_line
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_, Sentence
from formcheck.people.history import Answer, CheckRecord, Decided, Entry, Pain
from formcheck.people.safety.checks import is_barred
from formcheck.pipeline.live.plan import Plan, plan_of_routine
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.programmes.spec import PainLight, Programme
from formcheck.stretches.routine import Routine
from formcheck.system.paths import history_file

PAIN_BEFORE = N_("How much does it hurt now, from 0 (not at all) to 10 (as bad as you can think of)?")
PAIN_AFTER = N_("And how much does it hurt now, from 0 to 10?")
WHERE = N_("Where?")
PLACES = (N_("left groin"), N_("right groin"), N_("lower back"))
LONGEST_PLACE = 60
"""Letters of a place in the person's own words."""

CHECK_NOW = N_("Do you want to do it now?")

_LEVEL = N_("{title}, level {level} of {levels}: {name}")
_NOTHING_TODAY = N_("{title}: nothing today")
_LOWER = N_("Today is one level lower.")
_MUCH_LOWER = N_("Today is {count} levels lower.")
_HIGHER = N_("Today is one level higher.")
_LOWEST = N_("This is the gentlest level already, so the level stays.")
_NEXT_LOWER = N_("The next time begins one level lower, at level {level} of {levels}.")
_NEXT_MUCH_LOWER = N_("The next time begins {count} levels lower, at level {level} of {levels}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDay:
    """What a programme comes to today. `plan` is `None` where nothing is to be done in front of the camera.

    `entry` is what the history has of it so far: what was told, the level and what was decided.
    """

    programme: Programme
    today: Today
    plan: Plan | None
    entry: Entry


def day_of(
    programme: Programme,
    entries: Iterable[Entry],
    checks: Iterable[CheckRecord],
    entry: Entry,
    *,
    again: bool = False,
    can_check: bool = True,
) -> ProgrammeDay:
    """Return what `programme` comes to for the session of `entry`, with what was told in it, after `entries` and `checks`.

    `again`: what was answered with no lately is asked again. `can_check`: a flexibility check can be held now.
    """
    known = {programme.check, programme.check_without_table} - {None}
    days = [_days_between(check.taken, entry.started) for check in checks if check.check in known]
    past = past_sessions(entries, programme, entry.started)
    wanted = False if entry.check_put_off or not can_check else None
    told = TodaysAnswers(pain=entry.pain_before or 0, looked_at=entry.looked_at, check=wanted)
    today = plan_today(programme, past, told, checked_days_ago=min(days, default=None), again=again)
    decisions = tuple(Decided(rule=decision.rule, says=decision.says) for decision in today.decisions)
    entry = replace(entry, level=today.level, decisions=decisions)
    if not today.steps:
        return ProgrammeDay(programme=programme, today=today, plan=None, entry=entry)
    named = {"name": programme.name, "title": programme.title, "description": programme.description}
    routine = Routine(format=1, rest_s=programme.rest_s, steps=today.steps, **named)
    return ProgrammeDay(programme=programme, today=today, plan=plan_of_routine(routine), entry=entry)


def past(profile: str | None) -> tuple[tuple[Entry, ...], tuple[CheckRecord, ...]]:
    """Return the sessions and checks of a profile (of anybody for `None`) that can be read. Raises HistoryError."""
    from formcheck.people.history.database import Store

    if not history_file().is_file():
        return (), ()
    with Store(history_file()) as history:
        return history.recent(profile=profile), history.checks(profile=profile)


def is_check_barred(programme: Programme, profile: str | None) -> bool:
    """Return whether the person has said that the check of `programme` is not for them."""
    if programme.check is None:
        return False
    with suppress(FormcheckError):  # what is wrong with its file is told where it is to be held
        spec = CHECKS.find(programme.check)
        return bool(is_barred(spec.name, spec.not_with, profile))
    return False


def kept_day(day: ProgrammeDay) -> ProgrammeDay:
    """Return `day` as it is kept: a day on which nothing is done is over already."""
    return day if day.plan is not None else replace(day, entry=replace(day.entry, ended=datetime.now().astimezone()))


def is_kept_at_once(day: ProgrammeDay) -> bool:
    """Return whether the day is kept before its session begins: there is none, or an answer of today counts without one."""
    return day.plan is None or day.entry.looked_at is not None or bool(day.entry.check_put_off)


def day_title(day: ProgrammeDay) -> Sentence:
    """Return what today is, in one line."""
    today, levels = day.today, day.programme.levels
    head = _NOTHING_TODAY if today.stop else _LEVEL
    name = levels[today.level - 1].title
    return head.format(title=day.programme.title, level=today.level, levels=len(levels), name=name)


def day_sentences(day: ProgrammeDay, *, rules: bool) -> list[str]:
    """Return what was decided, with the names of its `rules` or without, and what became of the level, once for all of them."""
    today, levels = day.today, day.programme.levels
    decided = [wording.decided_in_words(decision.says, decision.rule if rules else None) for decision in today.decisions]
    if (level := _of_level(today)) is not None:
        decided.append(level.format(level=today.level, levels=len(levels), count=today.before - today.level))
    return decided


def _of_level(today: Today) -> Sentence | None:
    """Return what became of the level; `None` where nothing did."""
    if today.stop:
        return {0: None, 1: _NEXT_LOWER}.get(max(0, today.before - today.level), _NEXT_MUCH_LOWER)
    if today.level > today.before:
        return _HIGHER
    if today.level < today.before:
        return _LOWER if today.before - today.level == 1 else _MUCH_LOWER
    first = any(decision.rule is None for decision in today.decisions)  # which says so itself
    return _LOWEST if today.lowered and not first else None


def after_pain(programme: Programme, pain: int, told: Iterable[str | None]) -> str | None:
    """Return what to mind after a session that left this much pain; `told` are the answers about pain during it.

    `None` where nothing is, or where the summary has said it already.
    """
    said = any(answer in (Answer.STRONG, Answer.SHARP) for answer in told)
    return None if said or programme.pain.light(pain) is PainLight.GREEN else wording.PAIN_LATER


def programme_document(session: LiveDocument | SessionDocument, day: ProgrammeDay, pain_after: int | None) -> ProgrammeDocument:
    """Return the document of a session with what its programme decided, and by which rules."""
    decided = [{"rule": decision.rule, "says": decision.says} for decision in day.today.decisions]
    told = {"level": day.today.level, "decisions": decided, "pain_before": day.entry.pain_before, "pain_after": pain_after}
    return ProgrammeDocument.model_validate({**session.model_dump(), **told})


def rest_document(day: ProgrammeDay) -> ProgrammeDocument:
    """Return the document of a day on which nothing is done: that of a session without any part."""
    nothing = SessionDocument(
        formcheck_version=__version__,
        plan=day.programme.name,
        started=day.entry.started.isoformat(),
        stretches=[],
        tasks=[],
        pains=[],
        blocks=[],
    )
    return programme_document(nothing, day, None)


def past_sessions(entries: Iterable[Entry], programme: Programme, now: datetime) -> list[PastSession]:
    """Return the sessions before `now`, the oldest first, as `programme` goes by them: its own levels count, and all pain."""
    earlier = sorted((entry for entry in entries if entry.started <= now), key=lambda entry: entry.started)
    return [
        PastSession(
            days_ago=_days_between(entry.started, now),
            done=entry.anything_done,
            before=entry.pain_before,
            after=entry.pain_after,
            told_in=_light_of(entry.pains),
            level=entry.level if entry.plan == programme.name else None,
            looked_at=entry.looked_at if entry.plan == programme.name else None,
            check_put_off=bool(entry.check_put_off) and entry.plan == programme.name,
        )
        for entry in earlier
    ]


def _light_of(pains: Sequence[Pain]) -> PainLight | None:
    """The light of what was told by key: a pain without an answer was one."""
    if not pains:
        return None
    strong = any(pain.answer in (Answer.STRONG, Answer.SHARP) for pain in pains)
    return PainLight.RED if strong else PainLight.AMBER


def _days_between(then: datetime, now: datetime) -> int:
    """By the calendar where the person is now."""
    return (now.date() - then.astimezone(now.tzinfo).date()).days


def last_told(entries: Iterable[Entry]) -> str | None:
    """Return how much it hurt when that was told last, and where, in a sentence; `None` where it never was."""
    for entry in sorted(entries, key=lambda entry: entry.started, reverse=True):
        pain = entry.pain_after if entry.pain_after is not None else entry.pain_before
        if pain is not None:
            told = (
                N_("Last time it was {pain} in the {where}.") if pain and entry.pain_where else N_("Last time it was {pain}.")
            )
            return told.format(pain=pain, where=one_line(entry.pain_where or ""))
    return None
