"""A day at the desk on the page: it gives a picture now and then, and is told what was counted and when to get up."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.analysis.sitting import SNOOZE_S, Prompt
from formcheck.coaching.guided_session import GuidedSession
from formcheck.core import wording
from formcheck.core.durations import format_minutes
from formcheck.core.errors import FormcheckError
from formcheck.core.interfaces import Engine
from formcheck.core.wording.language import N_
from formcheck.people.history import History
from formcheck.people.history.writer import new_entry
from formcheck.pipeline.live.sitting import OFFERED, PLAN, DeskDay, DeskWorld, is_hurt, prompt_in_words, recorded
from formcheck.stretches.files import find_stretch
from formcheck.ui.kept_session import sitting_rows
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.web.camera import picture_of
from formcheck.web.routes import Given, ShownResponse
from formcheck.web.routes.programme import name_of
from formcheck.web.screen import Message
from formcheck.web.session import PageSession

LEAST_S, MOST_S = 5.0, 60.0
"""From one look to the next, seconds: a break takes a minute."""

_NOT_BEGUN = N_("No day at the desk was begun, or it has ended.")


class _Beginning(Given):
    every_s: Annotated[float, Field(ge=LEAST_S, le=MOST_S)]
    prompts: bool = True
    profile: str | None = None


class PageDay:
    """One day at the desk, whose pictures a page gives."""

    def __init__(
        self, engine: Engine, every_s: float, profile: str | None, *, prompts: bool, world: DeskWorld | None = None
    ) -> None:
        self._world = world or DeskWorld()
        self._every_s = every_s
        self._knows_all = not (prompts and self._world.use().unknown)
        with ExitStack() as opened:
            self._history = opened.enter_context(History.open())
            record = self._history.begin(new_entry(PLAN, profile))
            self._desk = DeskDay(opened.enter_context(engine), record, notices=prompts, use=self._world.use)
            self._opened = opened.pop_all()
        self._ended = False
        self._began_s = self._world.clock()
        self._lock = Lock()
        self._snoozed_until: datetime | None = None
        self._stretching: tuple[PageSession, float] | None = None  # the session that runs instead of looks, and since when
        self._offers = True

    @property
    def _now_s(self) -> float:
        return self._world.clock() - self._began_s

    def look(self, jpeg: bytes, session: PageSession | None) -> Message:
        """Take in a picture, none where the camera gave none; while a session runs there are no looks."""
        with self._still_running():
            now_s = self._now_s
            if session is not None:
                self._stretching = self._stretching or (session, now_s)
                return self._state(None)
            self._stretched(now_s)
            return self._state(self._desk.look(picture_of(jpeg) if jpeg else None, now_s))

    def snooze(self) -> Message:
        """Prompt for nothing for a while."""
        with self._still_running():
            self._desk.snooze(self._now_s)
            self._snoozed_until = datetime.now() + timedelta(seconds=SNOOZE_S)
            return self._state(None)

    def state(self) -> Message:
        """Return what was counted so far."""
        with self._lock:
            return self._state(None)

    def end(self) -> Message:
        """End the day, and wait until it is kept; return what was counted."""
        with self._lock:
            self._ended = True
            with self._opened:
                self._desk.finish(self._now_s)
            return {**self._state(None), "running": False}

    @contextmanager
    def _still_running(self) -> Iterator[None]:
        with self._lock:
            if self._ended:
                raise FormcheckError(_NOT_BEGUN)
            yield

    def _stretched(self, now_s: float) -> None:
        """Count the session that ran as time out of the seat where anything was held."""
        session, from_s = self._stretching or (None, now_s)
        self._stretching = None
        if session is not None and isinstance(session.fold, GuidedSession):
            if any(row.held_s > 0 for row in session.fold.summary.rows):
                self._desk.stretched(from_s, now_s)
            self._offers = self._offers and not is_hurt(session.fold)

    def _state(self, prompt: Prompt | None) -> Message:
        until = self._snoozed_until if self._snoozed_until is not None and self._snoozed_until > datetime.now() else None
        trouble = self._history.trouble
        return {
            "running": True,
            "every_s": self._every_s,
            "knows_all": self._knows_all,
            "rows": [{"name": name, "value": value} for name, value in sitting_rows(recorded(self._desk.counted))],
            "not_graded": wording.SIT_NOT_GRADED,
            "snooze": wording.PROMPT_BUTTON_SNOOZE.format(snooze=format_minutes(SNOOZE_S, from_s=0)),
            "snoozed": wording.SIT_SNOOZED.format(until=f"{until:%H:%M}") if until is not None else None,
            "prompt": self._prompt(prompt) if prompt is not None else None,
            "trouble": trouble,
        }

    def _prompt(self, prompt: Prompt) -> Message:
        spec = find_stretch(OFFERED)
        offered = (spec.title, 2 * (spec.hold_s or 0.0)) if self._offers else None
        title, text = prompt_in_words(prompt, offered)
        told = {"title": title, "text": text, "stretch": wording.PROMPT_BUTTON_STRETCH}
        return {**told, "plan": OFFERED if offered is not None else None}


@dataclass(slots=True)
class SittingRoutes:
    """The day at the desk that runs, if one does; `running` is the session that runs, if one does."""

    model: EngineModel
    running: Callable[[], PageSession | None]
    day: PageDay | None = field(default=None)
    _changing: Lock = field(default_factory=Lock)

    def routes(self) -> list[Route]:
        """Return what the server answers."""
        return [
            Route("/api/sitting", self._asked),
            Route("/api/sitting", self._begin, methods=["POST"]),
            Route("/api/sitting", self._end, methods=["DELETE"]),
            Route("/api/sitting/look", self._look, methods=["POST"]),
            Route("/api/sitting/snooze", self._snooze, methods=["POST"]),
        ]

    def end(self) -> Message:
        """End the day that runs, if one does; return what was counted."""
        with self._changing:
            return self._end_day()

    def _end_day(self) -> Message:
        day, self.day = self.day, None
        return day.end() if day is not None else {"running": False}

    async def _asked(self, request: Request) -> Response:
        day = self.day
        return ShownResponse(await asyncio.to_thread(day.state) if day is not None else {"running": False})

    async def _begin(self, request: Request) -> Response:
        given = await _Beginning.of(request)
        return ShownResponse(await asyncio.to_thread(self._begun, given))

    def _begun(self, given: _Beginning) -> Message:
        with self._changing:  # a page that asks twice leaves no day behind
            self._end_day()
            engine = create_engine(self.model, still=True, once=True)
            self.day = PageDay(engine, given.every_s, name_of(given.profile), prompts=given.prompts)
            return self.day.state()

    async def _look(self, request: Request) -> Response:
        return ShownResponse(await asyncio.to_thread(self._current().look, await request.body(), self.running()))

    async def _snooze(self, request: Request) -> Response:
        return ShownResponse(await asyncio.to_thread(self._current().snooze))

    async def _end(self, request: Request) -> Response:
        return ShownResponse(await asyncio.to_thread(self.end))

    def _current(self) -> PageDay:
        if (day := self.day) is None:
            raise FormcheckError(_NOT_BEGUN)
        return day
