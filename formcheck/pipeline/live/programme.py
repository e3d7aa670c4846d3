"""The programme of today: what the history knows of earlier sessions, and the plan that today's pain leads to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from formcheck.analysis.scoring.document import LiveDocument, ProgrammeDocument, SessionDocument
from formcheck.coaching.programme import PastSession, Today, TodaysAnswers, plan_today
from formcheck.core.plain_text import one_line
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.people.history import Answer, CheckRecord, Decided, Entry, Pain
from formcheck.pipeline.live.plan import Plan, plan_of_routine
from formcheck.stretches.programmes.spec import PainLight, Programme
from formcheck.stretches.routine import Routine


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
