"""One `ScreenState` of every phase, over frames of the sample clips: for tests, and as pictures to look at.

    python -m tests.support.screens FOLDER

writes a PNG of every phase, stretch and window shape into FOLDER; those of the stretch phase in grey and small as well.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.coaching.events import Breath, Key, ScreenState, SessionPhase
from formcheck.coaching.summary import SessionSummary, SummaryRow
from formcheck.core.interfaces import Frame
from formcheck.core.values import Cue, Moment, Side
from formcheck.stretches import StretchSpec
from formcheck.system.media_libs import av, cv2
from formcheck.ui.opencv.live_window import render_window
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.engines.mediapipe.models import obtain
from tests.support.clips import SAMPLES, Image
from tests.support.specs import SHIPPED

ALWAYS = (Key.PAUSE, Key.SKIP, Key.OTHER_SIDE, Key.MUTE, Key.PAIN, Key.FULL_SCREEN, Key.QUIT)
ANSWERS = (Key.MILD, Key.STRONG, Key.SHARP)
ROWS = (
    SummaryRow(title="Kneeling hip flexor stretch", side=Side.RIGHT, held_s=30, goal_s=30, complete=True),
    SummaryRow(title="Kneeling hip flexor stretch", side=Side.LEFT, held_s=24.6, goal_s=30),
    SummaryRow(title="Standing psoas stretch", side=Side.RIGHT, held_s=30, goal_s=30, complete=True, note="strong"),
    SummaryRow(title="Standing psoas stretch", side=Side.LEFT, held_s=3, goal_s=30, skipped=True, note="sharp pain"),
    SummaryRow(title="Supine psoas stretch", side=Side.RIGHT, held_s=60, goal_s=60, complete=True),
    SummaryRow(title="Supine psoas stretch", side=Side.LEFT, held_s=0, goal_s=60, skipped=True),
)


def screens(spec: StretchSpec, moment: Moment, facing: int) -> dict[str, ScreenState]:
    """Return a `ScreenState` for every phase (several for the stretch), by a short name."""
    now = ScreenState(
        phase=SessionPhase.STRETCH,
        time_s=10.0,
        pose=spec.name,
        title=spec.title,
        side=Side.RIGHT,
        facing=facing,
        held_s=17.4,
        goal_s=spec.hold_s,
        breath=Breath(inhaling=True, share=0.6),
        coaching=spec.coaching[0] if spec.coaching else None,
        step=(2, 6),
        moment=replace(moment, cue=None),
        keys=ALWAYS,
    )
    cue = Cue(text=max((fault.cue for fault in spec.faults), key=len, default="Mind your form"), fault="x")
    return {
        "setup": replace(now, phase=SessionPhase.SETUP, instruction="Turn your side to the camera"),
        "setup_either": replace(
            now, phase=SessionPhase.SETUP, side=None, either=True, instruction="Step into the picture", moment=None
        ),
        "setup_long": replace(
            now,
            phase=SessionPhase.SETUP,
            recording=True,
            muted=True,
            instruction="Move back so I see you fully, then kneel on your right knee",
        ),
        "countdown": replace(now, phase=SessionPhase.COUNTDOWN, count=3, instruction="Hold still"),
        "stretch": now,
        "stretch_cue": replace(
            now,
            breath=Breath(inhaling=False, share=0.5),
            recording=True,
            muted=True,
            stats="29.8 fps  41 ms",
            moment=replace(now.moment, cue=cue) if now.moment else None,
        ),
        "setup_low": replace(
            now, phase=SessionPhase.SETUP, low=True, either=True, instruction="Turn round: your right side to the camera"
        ),
        "countdown_low": replace(
            now, phase=SessionPhase.COUNTDOWN, low=True, count=3, instruction="Lie on your back, one knee held to your chest"
        ),
        "stretch_low": replace(now, low=True, moment=replace(now.moment, cue=cue) if now.moment else None),
        "rest_low": replace(
            now,
            low=True,
            phase=SessionPhase.REST,
            count=12,
            instruction="Change sides, turn round",
            upcoming=f"{spec.title}, left",
        ),
        "rest": replace(
            now, phase=SessionPhase.REST, count=12, instruction="Change sides, turn round", upcoming=f"{spec.title}, left"
        ),
        "paused": replace(now, phase=SessionPhase.PAUSED),
        "pain": replace(now, phase=SessionPhase.PAIN, keys=(*ANSWERS, Key.QUIT)),
        "lost": replace(now, phase=SessionPhase.LOST, instruction="No picture from the camera: is its cable in?", moment=None),
        "done": replace(
            now,
            phase=SessionPhase.DONE,
            summary=SessionSummary(rows=ROWS),
            rows=ROWS,
            score=84,
            keys=(Key.QUIT,),
            title="formcheck",
            step=None,
            side=None,
        ),
    }


@cache
def film(clip: str, until_s: float) -> tuple[Image, Moment]:
    """Return the frame of a sample at `until_s` and what the real engine and session say of it."""
    session = FormAnalyzer([spec for spec in SHIPPED if spec.name == clip] or SHIPPED)
    model = obtain(None, lambda _why: lambda _done, _total: None)
    with MediaPipeEngine(model) as engine, av.open(str(SAMPLES / f"{clip}.mp4")) as container:
        for picture in container.decode(video=0):
            assert picture.time is not None
            image: Image = np.ascontiguousarray(picture.to_ndarray(format="rgb24"))
            moment = session.step(engine.detect(Frame(image=image, time_s=picture.time)), picture.time)
            if picture.time >= until_s:
                break
    return image, moment


def upright(image: Image, moment: Moment) -> tuple[Image, Moment]:
    """The same as a camera on its side sees it: the middle of the picture, with room above and below."""
    assert moment.landmarks is not None
    high, wide = image.shape[0], image.shape[1]
    tall = round(wide * 16 / 9)
    made: Image = np.full((tall, wide, 3), 150, np.uint8)
    start = (tall - high) // 2
    made[start : start + high] = image
    made[:start], made[start + high :] = image[:1], image[-1:]
    scale = high / tall
    points = {name: replace(p, x=p.x * scale, y=p.y * scale + start / tall) for name, p in moment.landmarks.points.items()}
    return made, replace(moment, landmarks=replace(moment.landmarks, points=points, aspect=wide / tall))


WINDOWS = {"landscape": (1280, 720), "four_to_three": (1024, 768), "portrait": (720, 1280), "full_hd": (1920, 1080)}


def screenshots() -> Iterator[tuple[str, Image]]:
    for spec in SHIPPED:
        good, lapsed = film(spec.name, 6.0), film(spec.name, 11.5)
        facing = good[1].view.facing if good[1].view else 1
        for shape, (width, height) in WINDOWS.items():
            for name, screen in screens(spec, good[1], facing).items():
                image, moment = lapsed if name == "stretch_cue" else good
                if shape == "full_hd":
                    image, moment = upright(image, moment)
                cue = screen.moment.cue if screen.moment else None
                shown = replace(screen, moment=replace(moment, cue=cue) if screen.moment else None)
                picture = None if name == "lost" else image
                yield f"{spec.name}-{shape}-{name}", render_window(picture, shown, spec, width, height)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in screenshots():
        cv2.imwrite(str(folder / f"{name}.png"), picture)
        if "-stretch" in name:
            grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
            cv2.imwrite(str(folder / f"{name}-grey.png"), grey)
            cv2.imwrite(
                str(folder / f"{name}-small.png"), cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
