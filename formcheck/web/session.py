"""A session that a page holds: its pictures and keys come in, what to show and say goes out, and the history is kept as ever.

It outlives the page: one that is loaded again, or whose connection was lost, is sent where things stand.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from urllib.parse import urlencode

from formcheck.coaching.events import Key, SessionPhase, StepResult
from formcheck.coaching.guided_session import GuidedSession
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.interfaces import ClipInfo, Engine
from formcheck.core.wording.language import joined
from formcheck.people.history import Entry, History
from formcheck.pipeline.live.recorder import PATIENCE_S, Recording
from formcheck.pipeline.live.session import judge
from formcheck.pipeline.live.worker import GuidedFold, Worker
from formcheck.stretches import StretchSpec
from formcheck.system.paths import history_file
from formcheck.system.signals import join
from formcheck.vision.camera.address import NamedCamera
from formcheck.vision.camera.backend import clock
from formcheck.vision.camera.camera import Camera
from formcheck.vision.engines.wrappers import SkipStillFrames, open_in_background
from formcheck.web.camera import PageCamera
from formcheck.web.screen import Message, say_message, screen_message

PAGE = NamedCamera(name="of the page")

LOOK_S = 0.05
"""So often it is looked whether the session is over."""

ABANDONED_S = 600.0
"""A session to which no page has come back for so long is ended; all that was done is kept."""

GOES_ON_WITHIN = timedelta(hours=6)
"""Later, what was cut off is another session."""

LEAVE_S = 5.0
"""How long to wait for a session's end: the picture of now, and the disk; a film takes its time besides."""

Listener = Callable[[Message], None]
"""Takes a message for the page, in any thread; must not block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What a session of a page is of: a title, the stretches by name, and its entry in the history as it begins.

    `begins_s` is when it goes on, where it was cut off: seconds after it was begun. `film` is where it is filmed, if it is.
    `finish` takes what the camera gave, `None` where it gave nothing, and returns what the session came to, for the page, if
    that is told there; it may raise FormcheckError. `then` is the address of what the page asks once it is over, if anything.
    """

    title: str
    specs: Mapping[str, StretchSpec]
    entry: Entry
    finish: Callable[[ClipInfo | None], Message | None]
    begins_s: float = 0.0
    film: Path | None = None
    then: str | None = None


def cut_off(session: str, plan: str, profile: str | None) -> Entry | None:
    """Return the entry with this ID of a session of `plan` that was cut off, and may go on; `None` where there is none."""
    if not history_file().is_file():
        return None
    from formcheck.people.history.database import Store

    with Store(history_file()) as store:
        found = store.find(session)
    if found is None or found.ended is not None or found.plan != plan or profile not in (None, found.profile):
        return None
    return found if datetime.now().astimezone() - found.started < GOES_ON_WITHIN else None


class PageSession:
    """One session, or reading, judged in threads of its own from `start` on until it is over or `end` is called.

    `fold` is what is held: a guided session, or what is read of a person. `over` is whether it has ended, in whatever way.
    `error` has the sentences of what ended it before its time, `summary` what it came to, if that is told; `trouble` says what
    could not be kept.
    """

    def __init__(self, plan: SessionPlan, fold: GuidedFold, engine: Engine) -> None:
        self.plan = plan
        self.fold = fold
        self.over = False
        self.error: tuple[str, ...] = ()
        self.summary: Message | None = None
        self.trouble: str | None = None
        self._engine = engine
        self._pictures = PageCamera()
        self._worker: Worker | None = None
        self._ending = Event()
        self._listening = Lock()
        self._listener: Listener | None = None
        self._latest: Message | None = None
        self._left_s = monotonic()  # when the last page went away
        self._first_s: float | None = None  # when the first picture arrived
        self._thread = Thread(target=self._run, name="session", daemon=True)

    @property
    def id(self) -> str:
        """That of its entry in the history."""
        return self.plan.entry.id

    def start(self) -> None:
        """Begin; the first picture may come at any time."""
        self._thread.start()

    def end(self) -> None:
        """End the session, and wait until it is kept."""
        self._ending.set()
        if self._thread.is_alive():
            join(self._thread, LEAVE_S if self.plan.film is None else LEAVE_S + PATIENCE_S)

    # --- from the page -------------------------------------------------------------------------------------------------

    def attach(self, listener: Listener) -> None:
        """Let `listener` have what there is to show from now on, in the place of an earlier one, which is told."""
        with self._listening:
            if self._listener is not None:
                self._listener({"type": "elsewhere"})
            self._listener = listener
            self._pictures.connect()
            if self._latest is not None:
                listener(self._latest)
        if self.over:
            self._send(self._last_message())

    def is_heard_by(self, listener: Listener) -> bool:
        """Whether it is the page of `listener` that has the session now."""
        return self._listener is listener

    def detach(self, listener: Listener) -> None:
        """Take in that the page of `listener` is gone."""
        with self._listening:
            if self._listener is listener:
                self._listener, self._left_s = None, monotonic()

    def picture(self, taken_ms: float, jpeg: bytes) -> None:
        """Take in a picture of the page's camera."""
        self._pictures.put(taken_ms, jpeg)

    def press(self, key: Key) -> None:
        """Take in a key."""
        if self._worker is not None:
            self._worker.press(key)

    # --- to the page ---------------------------------------------------------------------------------------------------

    def _send(self, message: Message) -> None:
        with self._listening:
            if self._listener is not None:
                self._listener(message)

    def _hear(self, result: StepResult) -> None:
        screen = replace(result.screen, recording=self.plan.film is not None)
        spec = self.plan.specs.get(screen.pose or "")
        taken_ms = self._pictures.taken_ms(self._first_s + screen.time_s) if self._first_s is not None else None
        message = screen_message(screen, spec, taken_ms)
        self._latest = {**message, "taken": None}
        self._send(message)
        for utterance in result.utterances:
            self._send(say_message(utterance))

    def _last_message(self) -> Message:
        if self.error:
            return {"type": "error", "sentences": list(self.error)}
        film = self.plan.film if self.plan.film is not None and self.plan.film.is_file() else None
        filmed = {"name": film.name, "told": wording.APP_FILM_KEPT.format(path=film)} if film is not None else None
        kept = (self.summary or {}).get("rows") and self.trouble is None
        report = f"#/session_report?{urlencode({'id': self.id})}" if kept else None
        told = {"summary": self.summary, "film": filmed, "report": report, "trouble": self.trouble}
        return {"type": "over", "then": self.plan.then, **told}

    # --- judging -------------------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            self.summary = self.plan.finish(self._hold())
        except FormcheckError as error:
            self.error = error.lines
        except Exception as error:
            self.error = (wording.APP_SESSION_FAILED.format(reason=type(error).__name__),)
            raise
        finally:
            self.over = True
            self._send(self._last_message())

    def _hold(self) -> ClipInfo | None:
        """Judge until it is over; return what the camera gave."""
        guided = isinstance(self.fold, GuidedSession)
        with ExitStack() as stack:
            engine = stack.enter_context(open_in_background(SkipStillFrames(self._engine) if guided else self._engine))
            history = stack.enter_context(History.open()) if guided else None
            while not self._pictures.wait_first(LOOK_S):
                if self._stopped():
                    return None
            camera = stack.enter_context(Camera(PAGE, opened=lambda: self._pictures))
            self._first_s = clock() - camera.now_s()
            record = history.begin(self.plan.entry, self.plan.begins_s) if history is not None else None
            recording = stack.enter_context(Recording(self.plan.film, camera.feed())) if self.plan.film is not None else None
            _, clip = judge(camera, engine, self.fold, hear=self._hear, drive=self._drive, record=record)
        told = (of.trouble for of in (history, recording) if of is not None)
        self.trouble = joined(" ", [trouble for trouble in told if trouble is not None]) or None
        return clip

    def _drive(self, worker: Worker) -> None:
        self._worker = worker
        while not (self._stopped() or worker.over.wait(LOOK_S)):
            done = isinstance(self.fold, GuidedSession) and self.fold.phase is SessionPhase.DONE
            if done or self.fold.wants_to_quit:
                return

    def _stopped(self) -> bool:
        with self._listening:
            abandoned = self._listener is None and monotonic() - self._left_s > ABANDONED_S
        return abandoned or self._ending.is_set()
