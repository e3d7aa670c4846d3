"""The programme of today on the page: how much it hurts, what that means by which rule, and how much it hurts afterwards."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.coaching.tasks import StretchTask
from formcheck.core.errors import FormcheckError, HistoryError
from formcheck.core.wording.language import N_
from formcheck.people.history import Entry
from formcheck.people.history.writer import new_entry
from formcheck.people.person import person_of
from formcheck.people.profile import DEFAULT
from formcheck.pipeline.live.plan import SHIPPED_PROGRAMME, Plan, programme_of
from formcheck.pipeline.live.programme import (
    LONGEST_PLACE,
    PAIN_AFTER,
    PAIN_BEFORE,
    PLACES,
    WHERE,
    ProgrammeDay,
    after_pain,
    day_of,
    day_sentences,
    day_title,
    is_check_barred,
    is_kept_at_once,
    kept_day,
    last_told,
    past,
)
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.stretches.programmes.spec import WORST_PAIN, Programme
from formcheck.system.paths import history_file
from formcheck.web.routes import Given, ShownResponse
from formcheck.web.screen import Message
from formcheck.web.session import cut_off

_FIRST = N_("Say first how much it hurts now: the page of the programme asks it.")
_NO_SESSION = N_("The history has no such session of the programme.")
_NOT_KEPT = N_("This is not being kept. {error}")

Pain = Annotated[int, Field(ge=0, le=WORST_PAIN)]


class _Told(Given):
    profile: str | None = None
    pain: Pain
    where: Annotated[str, Field(max_length=LONGEST_PLACE)] = ""
    looked_at: bool | None = None
    check: bool | None = None
    again: bool = False


class _After(Given):
    session: str
    pain: Pain


@dataclass(slots=True)
class ProgrammeRoutes:
    """`day` is what was planned last, for the session that begins with it; answers that lead to no plan are kept at once."""

    day: ProgrammeDay | None = field(default=None)

    def routes(self) -> list[Route]:
        """Return what the server answers."""
        return [
            Route("/api/programme", self._asked),
            Route("/api/programme", self._told, methods=["POST"]),
            Route("/api/programme/after", _after_question),
            Route("/api/programme/after", self._told_after, methods=["POST"]),
        ]

    def planned(self, name: str | None, profile: str | None, resume: str | None = None) -> tuple[Plan, Entry] | None:
        """Return the plan of today and its entry, where `name` is that of a programme; of a session that goes on its own.

        Raises FormcheckError where nobody has said today how much it hurts.
        """
        programme = programme_of(name, None, None)
        if programme is None:
            return None
        whose = name_of(profile)
        entry = cut_off(resume, programme.name, whose) if resume is not None else None
        day = _day(programme, entry) if entry is not None else self._current(programme, whose)
        if day is None or day.plan is None:
            raise FormcheckError(_FIRST)
        return day.plan, day.entry

    def _current(self, programme: Programme, whose: str | None) -> ProgrammeDay | None:
        """Return what was planned today, and for whom; a check that was held since is not due any more."""
        day = self.day
        if day is None or day.programme != programme or day.entry.profile != whose:
            return None
        if day.entry.started.date() != datetime.now().astimezone().date():
            return None
        return _day(programme, day.entry)

    async def _asked(self, request: Request) -> Response:
        return ShownResponse(await asyncio.to_thread(self._before, request.query_params.get("profile") or None))

    def _before(self, profile: str | None) -> Message:
        programme, whose = PROGRAMMES.find(SHIPPED_PROGRAMME), name_of(profile)
        day = self._current(programme, whose)
        last = last_told(past(whose)[0])
        return {
            "name": programme.name,
            "title": programme.title,
            "description": programme.description,
            "last": last,
            "question": PAIN_BEFORE,
            "where": WHERE,
            "places": [{"value": str(place), "text": place} for place in PLACES],
            "day": _day_message(day) if day is not None else None,
        }

    async def _told(self, request: Request) -> Response:
        told = await _Told.of(request)
        return ShownResponse(await asyncio.to_thread(self._plan, told))

    def _plan(self, told: _Told) -> Message:
        """Plan today, as far as all is answered that it depends on."""
        programme = PROGRAMMES.find(SHIPPED_PROGRAMME)
        where = (told.where.strip() or None) if told.pain else None
        entry = new_entry(programme.name, name_of(told.profile), pain_before=told.pain, pain_where=where)
        day = _day(programme, entry, again=told.again)
        if day.today.question is not None and told.looked_at is not None:
            day = _day(programme, replace(entry, looked_at=told.looked_at), again=told.again)
        if day.today.question is not None:
            return {"ask": day.today.question}
        if day.today.check and told.check is None:
            checks = [name for name in (programme.check, programme.check_without_table) if name is not None]
            return {"check": checks, "again_days": programme.check_again_days}
        if day.today.check and not told.check:
            day = _day(programme, replace(day.entry, check_put_off=True), again=told.again)
        self.day = kept_day(day)
        trouble = _keep(self.day) if is_kept_at_once(self.day) else None
        return {"day": _day_message(self.day), "trouble": trouble}

    async def _told_after(self, request: Request) -> Response:
        told = await _After.of(request)
        return ShownResponse(await asyncio.to_thread(_after, told))


def name_of(profile: str | None) -> str | None:
    """Return whose sessions these are in the history: those of the default profile, where there is one and none is named."""
    person = person_of(profile)
    return person.name if person is not None else None


def answers_of(profile: str | None) -> str | None:
    """Return whose answers to the safety questions these are: those of the default profile are those of anybody."""
    return profile if profile != DEFAULT else None


def _day(programme: Programme, entry: Entry, *, again: bool = False) -> ProgrammeDay:
    entries, checks = past(entry.profile)
    earlier = [one for one in entries if one.id != entry.id]
    can_check = programme.check is not None and not is_check_barred(programme, entry.profile)
    return day_of(programme, earlier, checks, entry, again=again, can_check=can_check)


def _day_message(day: ProgrammeDay) -> Message:
    return {
        "title": day_title(day),
        "sentences": list(day_sentences(day, rules=False)),
        "asked_in_days": day.today.asked_in_days,
        "check": day.programme.check if day.today.check else None,
        "parts": _parts(day.plan) if day.plan is not None else [],
    }


def _parts(plan: Plan) -> list[Message]:
    """Return what is done, in order: a title, how often, and for how many seconds (`None`: to the end)."""
    parts: dict[tuple[str, float | None], int] = {}
    for task in plan.tasks:
        if isinstance(task, StretchTask):
            what = plan.specs[task.pose or ""].title, task.goal_s
        else:
            what = task.block.title, task.block.side_s
        parts[what] = parts.get(what, 0) + 1
    return [{"title": title, "seconds": seconds, "times": times} for (title, seconds), times in parts.items()]


def _keep(day: ProgrammeDay) -> str | None:
    """Keep the day as it is; return what is wrong with the history, if anything is."""
    from formcheck.people.history.database import Store

    try:
        with Store(history_file()) as history:
            history.save(day.entry)
    except HistoryError as error:
        return _NOT_KEPT.format(error=error)
    return None


async def _after_question(request: Request) -> Response:
    return ShownResponse({"question": PAIN_AFTER})


def _after(told: _After) -> Message:
    """Add to a session of the programme how much it hurts now. Raises FormcheckError where there is no such session."""
    from formcheck.people.history.database import Store

    with Store(history_file()) as history:
        found = history.find(told.session)
        programme = programme_of(found.plan, None, None) if found is not None else None
        if found is None or programme is None:
            raise FormcheckError(_NO_SESSION)
        history.tell_pain_after(found.id, told.pain)
    mind = after_pain(programme, told.pain, (pain.answer for pain in found.pains))
    return {"mind": mind}
