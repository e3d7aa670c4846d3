"""A calibration in front of the camera: the same threads, window and voice as a session, and nothing kept of it but numbers."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack

from formcheck.engines.early import opening
from formcheck.live.keyboard import Keyboard
from formcheck.live.run import FIRST_S, Wishes, show, wait
from formcheck.live.worker import Worker
from formcheck.outputs.loudspeaker import Loudspeaker
from formcheck.outputs.window import Window
from formcheck.ports import Engine
from formcheck.posefile import PoseSpec
from formcheck.practice import words
from formcheck.practice.calibration import Calibration
from formcheck.practice.practice import Told
from formcheck.sources.camera import Address, Camera


def calibrate(
    address: Address,
    engine: Engine,
    calibration: Calibration,
    specs: Mapping[str, PoseSpec],
    *,
    window: bool,
    full_screen: bool,
    voice: bool,
    tell: Callable[[str], None],
    stopped: Callable[[], bool],
) -> tuple[int, int]:
    """Hold one calibration; returns the size of the camera's pictures, width and height in pixels.

    `tell` takes sentences for the terminal, from any thread. Raises FormcheckError where the camera or engine never starts.
    """
    wishes = Wishes(plan="calibration", window=window, full_screen=full_screen, muted=calibration.muted, voice=voice)
    with ExitStack() as stack:
        engine = stack.enter_context(opening(engine))
        camera = stack.enter_context(Camera(address))
        speaker = stack.enter_context(Loudspeaker(tell, muted=wishes.muted, voice=voice))
        keyboard = stack.enter_context(Keyboard()) if not window else None

        def hear(told: Told) -> None:
            said = [utterance.text for utterance in told.utterances if utterance.text is not None]
            if words.CAMERA_LOST in said:
                tell(camera.condition.reason or words.NO_PICTURE)
            if speaker.muted is not told.stage.muted:
                speaker.muted = told.stage.muted
            speaker.hear(told.utterances)
            if not window:
                for text in said:
                    tell(text)

        first = camera.feed().next(FIRST_S)
        with Worker(camera, engine, calibration, hear) as worker:
            if keyboard is not None:
                wait(keyboard, worker, wishes, stopped)
            else:
                with Window(specs, full_screen=full_screen) as opened:
                    show(opened, worker, camera, wishes, stopped)
        if worker.error is not None:
            raise worker.error
    height, width = first.image.shape[:2] if first is not None else (1, 1)
    return width, height
