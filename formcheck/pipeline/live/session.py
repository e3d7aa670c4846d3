"""A session, a calibration or a check, from the camera's first picture to the last: judging in one thread, showing in this one.

The window belongs to the thread that opened it, so the loop here is the window's. It shows the newest picture with the newest
screen and waits for neither. A calibration and a check have the same threads, window and voice.
"""

from collections.abc import Callable, Mapping
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.scoring.result import Result
from formcheck.coaching.events import SessionPhase, StepResult
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.readings.calibration import Calibration
from formcheck.coaching.readings.flexibility_check import FlexibilityCheck
from formcheck.coaching.readings.level_step import LevelStep
from formcheck.coaching.summary import SessionSummary
from formcheck.core import wording
from formcheck.core.interfaces import ClipInfo, Engine, Image
from formcheck.people.history import Entry, History
from formcheck.people.history.writer import Record, new_entry
from formcheck.pipeline.live.recorder import Recording
from formcheck.pipeline.live.results import history_blocks, history_pains, history_stretches
from formcheck.pipeline.live.worker import GuidedFold, LatencyStats, Worker
from formcheck.stretches import StretchSpec
from formcheck.ui.audio.loudspeaker import Loudspeaker
from formcheck.ui.opencv.live_window import Window
from formcheck.ui.terminal_keys import ANSWERS, KEYS, Keyboard
from formcheck.vision.camera.address import Address
from formcheck.vision.camera.camera import Camera
from formcheck.vision.engines.wrappers import SkipStillFrames, open_in_background
from formcheck.vision.orientation import AS_STORED, Orientation

SHOW_EVERY_S = 0.04
"""Without a new picture the window is drawn again after this long: keys are seen, and the clock of a rest goes on."""

WITH_VERDICT_S = 0.025
"""Where verdicts come this soon, a picture is shown with its own: the skeleton is on the body, and nothing is painted twice."""

FIRST_S = 1.0
"""How long to wait for the first picture; the camera has one when it is open."""

LAST_WORDS_S = 3.0
"""Without a window a session ends by itself, once its last sentence has been heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveOptions:
    """What the person requested besides the stretches.

    `entry` is what is known of the session already, as the history has it; `tracked` is whether a page of it is to be made.
    """

    plan: str
    window: bool = True
    full_screen: bool = False
    stats: bool = False
    muted: bool = False
    voice: bool = True
    record: Path | None = None
    profile: str | None = None
    entry: Entry | None = None
    orientation: Orientation = AS_STORED
    tracked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveResult:
    """What a session comes to: a result for each stretch, and the summary of its tasks."""

    results: list[Result]
    summary: SessionSummary


def calibrate(
    address: Address,
    engine: Engine,
    calibration: Calibration,
    specs: Mapping[str, StretchSpec],
    options: LiveOptions,
    *,
    tell: Callable[[str], None],
    stopped: Callable[[], bool],
) -> tuple[int, int]:
    """Hold one calibration; returns the size of the camera's pictures, width and height in pixels.

    `tell` takes sentences for the terminal, from any thread. Raises FormcheckError where the camera or engine never starts.
    """
    with open_in_background(engine) as opened:
        _, clip = _hold(address, opened, calibration, specs, options, tell=tell, stopped=stopped)
    return clip.width or 1, clip.height or 1


def check(
    address: Address,
    engine: Engine,
    fold: FlexibilityCheck,
    specs: Mapping[str, StretchSpec],
    options: LiveOptions,
    *,
    tell: Callable[[str], None],
    stopped: Callable[[], bool],
) -> ClipInfo:
    """Hold one flexibility check; returns what the camera gave.

    In a window the camera's roll is asked first, where `fold` does not know it. `tell` takes sentences for the terminal, from
    any thread. Raises FormcheckError where the camera or engine never starts.
    """

    def level(window: Window, camera: Camera, speaker: Loudspeaker) -> None:
        if fold.level_deg is None:
            step = take_level(window, camera, speaker, options, stopped)
            fold.wants_to_quit, fold.level_deg = step.wants_to_quit, step.level_deg

    with open_in_background(engine) as opened:
        _, clip = _hold(address, opened, fold, specs, options, tell=tell, stopped=stopped, before=level)
    return clip


def run(
    address: Address,
    engine: Engine,
    session: GuidedSession,
    specs: Mapping[str, StretchSpec],
    options: LiveOptions,
    *,
    tell: Callable[[str], None],
    stopped: Callable[[], bool] = lambda: False,
) -> LiveResult:
    """Hold one session; returns when it was quit, or, without a window, when it is done.

    `tell` takes sentences for the terminal, from any thread. Raises FormcheckError where the camera or engine never starts.
    """
    # What takes its time and no camera begins before the camera is waited for.
    with open_in_background(SkipStillFrames(engine)) as opened, History.open() as history:
        worker, clip = _hold(address, opened, session, specs, options, tell=tell, stopped=stopped, history=history)
        results = worker.results.results(clip, opened.info, session)
    if history.trouble is not None:
        tell(history.trouble)
    return LiveResult(results=results, summary=session.summary)


def judge(
    camera: Camera,
    engine: Engine,
    session: GuidedFold,
    *,
    hear: Callable[[StepResult], None],
    drive: Callable[[Worker], None],
    record: Record | None = None,
    tracked: bool = False,
    sparing: bool = False,
) -> tuple[Worker, ClipInfo]:
    """Judge what `camera` gives while `drive` runs, as every front end does; return who judged, and what the camera gave.

    With `sparing`, pictures in which nothing moves are judged only now and then. `hear` takes every result, in the thread that
    judges. A guided session goes into `record` as it happens. Raises what ended the judging before its time.
    """

    def note() -> None:
        if record is not None and isinstance(session, GuidedSession):
            record.update(history_stretches(session), history_pains(session), history_blocks(session))

    def take(result: StepResult) -> None:
        hear(result)
        note()

    first = camera.feed().next(FIRST_S)
    with Worker(camera, engine, session, take, tracked=tracked, sparing=sparing) as worker:
        drive(worker)
    note()
    if record is not None:
        record.end()
    if worker.error is not None:
        raise worker.error
    height, width = first.image.shape[:2] if first is not None else (0, 0)
    rate = camera.captured / worker.last_s if worker.last_s > 0 else None
    return worker, ClipInfo(path=str(camera.address), width=width, height=height, fps=rate and round(rate, 2), expected_s=None)


def _hold(
    address: Address,
    engine: Engine,
    session: GuidedFold,
    specs: Mapping[str, StretchSpec],
    options: LiveOptions,
    *,
    tell: Callable[[str], None],
    stopped: Callable[[], bool],
    history: History | None = None,
    before: Callable[[Window, Camera, Loudspeaker], None] | None = None,
) -> tuple[Worker, ClipInfo]:
    """Judge, show and say until it is over; return who judged, and what the camera gave.

    `history` takes in a guided session. `before` is done in the window before anything is judged.
    """
    with ExitStack() as stack:
        camera = stack.enter_context(Camera(address, options.orientation))
        speaker = stack.enter_context(Loudspeaker(tell, muted=options.muted, voice=options.voice))
        record = history.begin(options.entry or new_entry(options.plan, options.profile)) if history is not None else None
        if history is not None and history.trouble is not None:
            tell(history.trouble)
        recording = stack.enter_context(Recording(options.record, camera.feed())) if options.record is not None else None
        if recording is not None and recording.put_aside is not None:
            tell(wording.PUT_ASIDE.format(film=recording.put_aside))
        keyboard = stack.enter_context(Keyboard()) if not options.window else None
        if keyboard is not None and record is not None:
            tell(KEYS if keyboard.present else wording.NO_TERMINAL_KEYS)

        def hear(result: StepResult) -> None:
            texts = [utterance.text for utterance in result.utterances if utterance.text is not None]
            if phrases.CAMERA_LOST in texts or phrases.STANDS_STILL in texts:
                tell(camera.condition.reason or phrases.NO_PICTURE)
            if phrases.OUT_OF_DATE in texts:
                tell(session.fit.misfits[-1])
            if speaker.muted is not result.screen.muted:
                speaker.muted = result.screen.muted
            speaker.play(result.utterances)
            if keyboard is not None:
                for text in texts:
                    question = text == phrases.EASE_OUT and keyboard.present
                    tell(wording.QUESTION_WITH_ANSWERS.format(question=text, answers=ANSWERS) if question else text)

        window = Window(specs, full_screen=options.full_screen)
        if keyboard is None and before is not None:
            before(stack.enter_context(window), camera, speaker)

        def drive(worker: Worker) -> None:
            if keyboard is not None:
                wait(keyboard, worker, options, stopped)
                return
            # A window takes a second to open, while the first pictures are judged.
            with window if before is None else nullcontext():
                show(window, worker, camera, options, stopped)

        found = judge(
            camera,
            engine,
            session,
            hear=hear,
            drive=drive,
            record=record,
            tracked=options.tracked,
            sparing=isinstance(session, GuidedSession),  # a check or a calibration measures in every picture
        )
    if recording is not None and recording.trouble is not None:
        tell(recording.trouble)
    return found


def take_level(
    window: Window, camera: Camera, speaker: Loudspeaker, options: LiveOptions, stopped: Callable[[], bool]
) -> LevelStep:
    """Let the person click a level edge in the camera's picture; returns what came of it."""
    step, feed = LevelStep(), camera.feed()
    image: Image | None = None
    while not (stopped() or step.over(camera.now_s())):
        frame = feed.next(SHOW_EVERY_S)
        image = frame.image if frame is not None else image
        for key in window.show(image, replace(step.screen(camera.now_s()), muted=options.muted)):
            step.press(key)
        for place in window.pointed():
            step.point(place, camera.now_s())
        speaker.play(step.take(camera.now_s()))
    return step


def wait(keyboard: Keyboard, worker: Worker, options: LiveOptions, stopped: Callable[[], bool]) -> None:
    """Wait until all is done and heard, or the session is ended from outside."""
    rest_s = 0.0 if options.muted or not options.voice else LAST_WORDS_S
    while rest_s >= 0.0 and not (stopped() or worker.over.wait(SHOW_EVERY_S)):
        for key in keyboard.pressed():
            worker.press(key)
        if worker.session.phase is SessionPhase.DONE:
            rest_s -= SHOW_EVERY_S


def show(window: Window, worker: Worker, camera: Camera, options: LiveOptions, stopped: Callable[[], bool]) -> None:
    """Show until the session is quit: by key, by the window's cross, or from outside."""
    feed = camera.feed()
    image: Image | None = None
    shown = LatencyStats()
    while not (stopped() or worker.over.is_set() or worker.session.wants_to_quit):
        frame = feed.next(SHOW_EVERY_S, sparing=worker.sparing)
        image = frame.image if frame is not None else image
        if frame is not None and worker.pace.delay_s < WITH_VERDICT_S:
            worker.wait_for(frame.time_s, WITH_VERDICT_S)
        screen = replace(worker.screen, recording=options.record is not None)
        if options.stats:
            screen = replace(screen, stats=_stats(worker.pace, shown))
        for key in window.show(image, screen):
            worker.press(key)
        if frame is not None:
            shown.add(camera.now_s() - frame.time_s)


def _stats(judged: LatencyStats, shown: LatencyStats) -> str:
    """Rates and delays, lately: what was measured, on average."""
    return wording.FIGURES.format(
        shown_hz=shown.rate_hz, shown_ms=1000 * shown.delay_s, judged_hz=judged.rate_hz, judged_ms=1000 * judged.delay_s
    )
