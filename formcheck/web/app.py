"""What the server answers: the page, its data, and the connection of a session."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from formcheck.coaching.events import Key
from formcheck.coaching.guided_session import GuidedSession
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.core.version import __version__
from formcheck.core.wording.language import shown, spoken
from formcheck.people.chosen import load_chosen
from formcheck.people.history.writer import new_entry
from formcheck.people.person import Person, person_of
from formcheck.people.profile import DEFAULT, profile_names
from formcheck.pipeline.live.plan import Plan, plan_of
from formcheck.pipeline.live.results import earlier_bouts
from formcheck.pipeline.live.safety import hurt_today
from formcheck.stretches import StretchSpec
from formcheck.stretches.titles import title_of
from formcheck.system.languages import asked_language, language_for, speak_language
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.web.camera import unpacked
from formcheck.web.plans import (
    GivenAnswer,
    by_id,
    cards,
    first_of,
    keep_answers,
    left_of,
    question_message,
    questions_before,
)
from formcheck.web.routes import Given, ShownResponse, camera_check, care, films, kept, progress, settings, video
from formcheck.web.routes.checks import CheckRoutes, Degrees
from formcheck.web.routes.programme import ProgrammeRoutes, answers_of, name_of
from formcheck.web.routes.sitting import SittingRoutes
from formcheck.web.routes.video.checks import VideoChecks
from formcheck.web.screen import Message, summary_message
from formcheck.web.session import Listener, PageSession, SessionPlan, cut_off
from formcheck.web.words import as_shown, shown_words

_STATIC = Path(__file__).parent / "static"

_QUEUED = 100
"""So many messages may wait for a page; one that takes none is gone."""


class _Answering(Given):
    plan: str | None
    profile: str | None = None
    answers: list[GivenAnswer]
    again: bool = False


class _Beginning(Given):
    plan: str | None
    profile: str | None = None
    side: Literal["auto", "left", "right"] = "auto"
    muted: bool = False
    resume: str | None = None
    check: str | None = None
    level_deg: Degrees | None = None
    film: bool = False
    calibrate: bool = False


@dataclass(slots=True)
class App:
    """What the server has: the model to see with, the session that runs, if one does, and the clips that are checked.

    `quit` ends the server; `folder` is a temporary one.
    """

    model: EngineModel
    quit: Callable[[], None]
    folder: Path
    session: PageSession | None = field(default=None)
    programme: ProgrammeRoutes = field(default_factory=ProgrammeRoutes)
    checks: CheckRoutes = field(default_factory=CheckRoutes)
    sitting: SittingRoutes = field(init=False)
    videos: VideoChecks = field(init=False)
    _beginning: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        """Let a day at the desk, and the checks of videos, know of the session that runs."""
        self.sitting = SittingRoutes(model=self.model, running=lambda: self.running)
        self.videos = VideoChecks(self.model, self.folder, lambda: self.running is not None)

    def routes(self) -> Starlette:
        """Return the application, still without its guard."""
        routes = [
            Route("/", self._page),
            Route("/api/words", self._words),
            Route("/api/state", self._state),
            Route("/api/plans", self._plans),
            Route("/api/questions", self._questions),
            Route("/api/answers", self._answers, methods=["POST"]),
            Route("/api/session", self._begin, methods=["POST"]),
            Route("/api/session", self._end, methods=["DELETE"]),
            WebSocketRoute("/api/session/pictures", self._pictures),
            Route("/api/quit", self._quit, methods=["POST"]),
            *settings.routes(),
            *films.routes(),
            *progress.routes(self._running_id),
            *kept.routes(self._running_id),
            *camera_check.routes(self.model, lambda: self.running),
            *care.routes(),
            *self.programme.routes(),
            *self.checks.routes(),
            *self.sitting.routes(),
            *video.routes(self.videos),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ]
        handlers: dict[Any, Any] = {FormcheckError: _refused, ValidationError: _malformed, HTTPException: _failed}
        return Starlette(routes=routes, exception_handlers=handlers)

    @property
    def running(self) -> PageSession | None:
        """The session that runs."""
        return self.session if self.session is not None and not self.session.over else None

    def _running_id(self) -> str | None:
        return self.running.id if self.running is not None else None

    def end(self) -> None:
        """End the session, the day at the desk and the checks of videos that run, and wait until they are kept."""
        if self.session is not None:
            self.session.end()
        self.sitting.end()
        self.videos.close()

    # --- the page ------------------------------------------------------------------------------------------------------

    async def _page(self, request: Request) -> Response:
        if asked_language(()) is None:  # none was chosen; the first page decides, so that all of it is in one
            await asyncio.to_thread(speak_language, language_for(request.headers.get("accept-language", "")))
        return FileResponse(_STATIC / "index.html")

    async def _words(self, request: Request) -> Response:
        return ShownResponse({"language": spoken().language, "words": shown_words()})

    async def _state(self, request: Request) -> Response:
        running = self.running
        return ShownResponse(
            {
                "version": __version__,
                "session": {"id": running.id, "title": running.plan.title} if running is not None else None,
                "profiles": profile_names(),
                "profile": load_chosen().profile,
            }
        )

    async def _plans(self, request: Request) -> Response:
        whose = answers_of(load_chosen().profile)
        found = await asyncio.to_thread(lambda: list(cards(whose)))
        return ShownResponse({"plans": found, "first": first_of(found)})

    async def _questions(self, request: Request) -> Response:
        profile = request.query_params.get("profile") or None
        plan, whose = self._plan(request.query_params.get("plan") or None, profile), answers_of(profile)
        asked = questions_before(plan, whose, again="again" in request.query_params)
        left_out = [] if asked else _left_out(plan, whose)
        hurt = await asyncio.to_thread(hurt_today, name_of(profile))
        told = {
            "questions": [question_message(one) | {"id": known} for known, one in by_id(asked).items()],
            "left_out": left_out,
            "hurt": hurt,
            "notes": [] if asked else _notes(plan, profile),
        }
        return ShownResponse(told)

    async def _answers(self, request: Request) -> Response:
        given = await _Answering.of(request)
        plan, whose = self._plan(given.plan, given.profile), answers_of(given.profile)
        keep_answers(plan, whose, given.answers, again=given.again)
        return ShownResponse({"left_out": _left_out(plan, whose)})

    # --- a session -----------------------------------------------------------------------------------------------------

    async def _begin(self, request: Request) -> Response:
        given = await _Beginning.of(request)
        async with self._beginning:
            if (running := self.running) is not None:
                told = {"error": [wording.APP_RUNS_ALREADY], "session": {"id": running.id, "title": running.plan.title}}
                return ShownResponse(told, status_code=409)
            self.session = session = await asyncio.to_thread(self._made, given)
            session.start()
        return ShownResponse({"id": session.id, "title": session.plan.title})

    def _made(self, given: _Beginning) -> PageSession:
        """Return the session that is asked for. Raises FormcheckError."""
        if given.calibrate:
            return settings.calibration(self.model, given.profile or DEFAULT, muted=given.muted)
        side = None if given.side == "auto" else Side(given.side)
        if given.check is not None:
            engine = create_engine(self.model)
            return self.checks.begin(
                given.check, engine, side=side, level_deg=given.level_deg, profile=given.profile, muted=given.muted
            )
        planned = self.programme.planned(given.plan, given.profile, given.resume)
        plan = planned[0] if planned is not None else plan_of(given.plan, None, side)
        person, named = person_of(given.profile), answers_of(given.profile)
        if questions_before(plan, named):
            raise FormcheckError(wording.APP_QUESTIONS_FIRST)
        left_out = left_of(plan, named)
        if left_out.nothing_left:
            raise FormcheckError(*left_out.sentences)
        specs = _adjusted(plan, person)
        if given.plan is None:
            specs = {key: spec for key, spec in specs.items() if key not in left_out.reasons}
        engine = create_engine(self.model)
        fit = person.fit if person is not None else None
        whose = person.name if person is not None else None
        entry = cut_off(given.resume, plan.name, whose) if given.resume is not None else None
        entry = entry or (planned[1] if planned is not None else new_entry(plan.name, whose))
        begins_s = (datetime.now().astimezone() - entry.started).total_seconds()
        guided = GuidedSession(
            specs,
            plan.tasks,
            side=side,
            excluded=left_out.reasons,
            earlier=earlier_bouts(entry, begins_s),
            muted=given.muted,
            fit=fit,
            traits=engine.traits,
        )
        page = SessionPlan(
            title=title_of(plan.name),
            specs=specs,
            entry=entry,
            begins_s=begins_s,
            finish=lambda _: summary_message(guided.summary, None),
            film=films.new_film(datetime.now()) if given.film else None,
            then=f"#/after?session={entry.id}" if planned is not None else None,
        )
        if planned is not None:
            self.programme.day = None  # a second session is asked about anew
        return PageSession(page, guided, engine)

    def _plan(self, name: str | None, profile: str | None) -> Plan:
        """Return the plan of a name; of a programme that of today. Raises FormcheckError."""
        planned = self.programme.planned(name, profile)
        return planned[0] if planned is not None else plan_of(name, None, None)

    async def _end(self, request: Request) -> Response:
        if self.session is not None:
            await asyncio.to_thread(self.session.end)
        return ShownResponse({})

    async def _pictures(self, socket: WebSocket) -> None:
        session = self.session
        if session is None:
            await socket.close(code=1008)
            return
        await socket.accept()
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[Message] = asyncio.Queue()

        def put(message: Message) -> None:
            if waiting.qsize() < _QUEUED:
                waiting.put_nowait(message)

        def listen(message: Message) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(put, message)

        session.attach(listen)
        sending = asyncio.create_task(_send_all(socket, waiting))
        try:
            while True:
                await _receive(socket, session, listen)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            session.detach(listen)
            sending.cancel()

    async def _quit(self, request: Request) -> Response:
        await asyncio.to_thread(self.end)
        self.quit()
        return ShownResponse({})


def _left_out(plan: Plan, person: str | None) -> list[str]:
    """Why nothing of a plan is left, by the answers that are kept; nothing where something is."""
    left_out = left_of(plan, person)
    return list(left_out.sentences) if left_out.nothing_left else []


def _notes(plan: Plan, profile: str | None) -> list[str]:
    """What is to be read before a session of `plan`: what of it is left out and why, and how it is fitted to the person."""
    person = person_of(profile)
    specs = _adjusted(plan, person)
    fitted = shown(person.describe(specs.values())).splitlines() if person is not None and specs else []
    return [*left_of(plan, answers_of(profile)).sentences, *fitted]


def _adjusted(plan: Plan, person: Person | None) -> dict[str, StretchSpec]:
    """Return the stretches of a plan as they are for a person."""
    return dict(person.adjusted_stretches(plan.specs.values()) if person is not None and plan.specs else plan.specs)


async def _send_all(socket: WebSocket, waiting: "asyncio.Queue[Message]") -> None:
    with suppress(WebSocketDisconnect, RuntimeError):  # the page has gone
        while True:
            message = await waiting.get()
            await socket.send_text(json.dumps(as_shown(message), separators=(",", ":")))
            if message["type"] in ("over", "error", "elsewhere"):
                await socket.close()
                return


async def _receive(socket: WebSocket, session: PageSession, listener: Listener) -> None:
    """Take in what the page sends: a picture, or a key; of the page that has the session. Raises WebSocketDisconnect."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or 1000)
    if not session.is_heard_by(listener):
        return
    picture = message.get("bytes")
    if picture is not None:
        await asyncio.to_thread(session.picture, *unpacked(picture))
    elif message.get("text"):
        try:
            session.press(Key(json.loads(message["text"])["key"]))
        except (ValueError, TypeError, KeyError):
            return


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, FormcheckError)
    return ShownResponse({"error": list(error.lines)}, status_code=400)


async def _malformed(request: Request, error: Exception) -> Response:
    return ShownResponse({"error": [wording.APP_MALFORMED]}, status_code=422)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return ShownResponse({"error": [error.detail]}, status_code=error.status_code)
