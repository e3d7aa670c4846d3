"""One `ScreenState` of every phase, over frames of the sample clips: for tests, and as pictures to look at.

    python -m tests.support.screens FOLDER [LANGUAGE]

writes a PNG of every phase, stretch and window shape into FOLDER; those of the stretch phase in grey and small as well. The
window of `formcheck record` is among them, its names beginning with `record`.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.fault_totals import FaultTotal
from formcheck.coaching.events import BlockView, Breath, Key, ScreenState, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.summary import BlockRow, SessionSummary, SummaryRow
from formcheck.core import wording
from formcheck.core.interfaces import Frame
from formcheck.core.values import Area, Moment, Reason, Side, Status
from formcheck.core.wording import GET_READY, HOLD_STILL, NEXT, REASONS
from formcheck.stretches import StretchSpec
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.titles import title_of
from formcheck.system.languages import speak_language
from formcheck.system.native.media_libs import av, cv2
from formcheck.tuning.labeling.editor import ClipTimes, LabelEditor, make_key_map
from formcheck.tuning.labeling.filming import Filming
from formcheck.tuning.labeling.intervals import EditHistory, interval_count
from formcheck.tuning.labeling.run import SAVED
from formcheck.tuning.labeling.screen import LabelingView, draw_view, view_of_editor, view_of_filming
from formcheck.tuning.labeling.window import render_labeling_window
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelInterval
from formcheck.ui.opencv.live_window import render_window
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.engines.mediapipe.models import obtain
from tests.support.clips import SAMPLES, Image
from tests.support.specs import KNEELING, SHIPPED, STANDING, SUPINE

ALWAYS = (Key.PAUSE, Key.SKIP, Key.OTHER_SIDE, Key.MUTE, Key.PAIN, Key.FULL_SCREEN, Key.QUIT)
ANSWERS = (Key.MILD, Key.STRONG, Key.SHARP)
_GAZE = KNEELING.fault("head_drops")
HEAD = FaultTotal(name=_GAZE.name, cue=_GAZE.cue, seconds=12.0)
ROWS = (
    SummaryRow(title=KNEELING.title, side=Side.RIGHT, held_s=30, longest_s=30, goal_s=30, complete=True, score=92),
    SummaryRow(title=KNEELING.title, side=Side.LEFT, held_s=24.6, longest_s=14, goal_s=30, score=78, faults=(HEAD,)),
    SummaryRow(title=STANDING.title, side=Side.RIGHT, held_s=30, goal_s=30, complete=True, score=88),
    SummaryRow(
        title=STANDING.title, side=Side.LEFT, held_s=3, goal_s=30, skipped=True, note=wording.PAIN_NOTES["sharp"], score=64
    ),
    SummaryRow(title=SUPINE.title, side=Side.RIGHT, held_s=60, goal_s=60, complete=True, score=100),
    SummaryRow(title=SUPINE.title, side=Side.LEFT, held_s=0, goal_s=60, skipped=True),
    SummaryRow(title=SUPINE.title, side=Side.RIGHT, held_s=0, goal_s=60),
    SummaryRow(title=SUPINE.title, side=Side.LEFT, held_s=0, goal_s=60),
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
        counting=True,
        breath=Breath(inhaling=True, share=0.6),
        coaching=spec.coaching[0] if spec.coaching else None,
        step=(2, 6),
        moment=replace(moment, cue=None),
        keys=ALWAYS,
    )
    return {
        "setup": replace(now, phase=SessionPhase.SETUP, instruction=phrases.TURN),
        "setup_either": replace(
            now, phase=SessionPhase.SETUP, side=None, either=True, instruction=phrases.STEP_IN, moment=None
        ),
        "setup_long": replace(
            now,
            phase=SessionPhase.SETUP,
            recording=True,
            muted=True,
            instruction=phrases.MOVE_BACK + ". " + phrases.TILT_UP,
        ),
        "countdown": replace(now, phase=SessionPhase.COUNTDOWN, count=3, instruction=HOLD_STILL),
        "stretch": now,
        "stretch_cue": replace(
            now,
            counting=False,
            breath=Breath(inhaling=False, share=0.5),
            recording=True,
            muted=True,
            stats="29.8 fps  41 ms",
            instruction=max((fault.cue for fault in spec.faults), key=len, default="Mind your form"),
        ),
        "setup_choice": replace(
            now, phase=SessionPhase.SETUP, either=True, instruction=phrases.TURN_ROUND.format(side=Side.RIGHT)
        ),
        "stretch_away": replace(
            now,
            held_s=0.0,
            counting=False,
            breath=None,
            coaching=None,
            instruction=spec.posture,
            moment=_judged(moment, Status.ELSEWHERE),
        ),
        "stretch_unseen": replace(
            now,
            counting=False,
            breath=None,
            coaching=None,
            instruction=REASONS[Reason.VIEW].cue,
            moment=_judged(moment, Status.UNSEEN, Reason.VIEW),
        ),
        "rest": replace(
            now, phase=SessionPhase.REST, count=12, instruction=phrases.CHANGE_SIDES, upcoming=phrases.named(spec, Side.LEFT)
        ),
        "paused": replace(now, phase=SessionPhase.PAUSED),
        "pain": replace(now, phase=SessionPhase.PAIN, keys=(*ANSWERS, Key.QUIT)),
        "lost": replace(now, phase=SessionPhase.LOST, instruction=phrases.NO_PICTURE, moment=None),
        "done": replace(
            now,
            phase=SessionPhase.DONE,
            summary=SessionSummary(rows=ROWS),
            instruction=phrases.LEFT_EARLY,
            keys=(Key.QUIT,),
            title="formcheck",
            step=None,
            side=None,
        ),
    }


BLOCK_ROWS = (
    BlockRow(
        title=title_of("thigh_roller"),
        block="thigh_roller",
        side=Side.LEFT,
        started_s=20.0,
        guided_s=120.0,
        goal_s=120.0,
        complete=True,
    ),
    BlockRow(
        title=title_of("hand_massage"),
        block="hand_massage",
        side=Side.RIGHT,
        started_s=160.0,
        guided_s=47.0,
        goal_s=120.0,
        complete=False,
        skipped=True,
        note=wording.PAIN_NOTES["strong"],
    ),
)


def guided_screens(block: BlockSpec) -> dict[str, ScreenState]:
    """Return a `ScreenState` for everything that is shown of a guided block, by a short name."""
    longest = max(block.phases, key=lambda phase: (phase.breathe, len(phase.do)))
    now = ScreenState(
        phase=SessionPhase.GUIDED,
        time_s=40.0,
        title=block.title,
        side=Side.RIGHT if block.sides else None,
        held_s=42.0,
        goal_s=block.side_s,
        counting=True,
        breath=Breath(inhaling=True, share=0.6) if longest.breathe else None,
        block=BlockView(
            name=longest.name,
            do=longest.do,
            pressure=longest.pressure,
            left_s=17.4,
        ),
        step=(2, 6),
        keys=ALWAYS,
    )
    ready = BlockView(name=GET_READY, do=block.position, needs=block.needs or None)
    assert now.block is not None
    return {
        "guided": now,
        "guided_rule": replace(now, block=replace(now.block, rule=max(block.rules, key=len))),
        "guided_away": replace(now, counting=False, breath=None, instruction=phrases.AWAY),
        "guided_setup": replace(now, phase=SessionPhase.SETUP, block=ready, instruction=phrases.STEP_IN),
        "guided_ready": replace(now, phase=SessionPhase.COUNTDOWN, block=ready, count=17),
        "guided_paused": replace(now, phase=SessionPhase.PAUSED),
        "guided_rest": replace(now, phase=SessionPhase.REST, block=ready, count=12, instruction=NEXT.format(name=block.title)),
        "guided_done": replace(
            now,
            phase=SessionPhase.DONE,
            block=None,
            side=None,
            step=None,
            goal_s=None,
            title="formcheck",
            summary=SessionSummary(rows=ROWS[:3], blocks=BLOCK_ROWS),
            keys=(Key.QUIT,),
        ),
    }


def guided_screenshots() -> Iterator[tuple[str, Image]]:
    for block in BLOCKS.load()[0]:
        image, _ = film("supine_psoas", 6.0)
        for shape, (width, height) in WINDOWS.items():
            for name, screen in guided_screens(block).items():
                yield f"{block.name}-{shape}-{name}", render_window(image, screen, None, width, height)


def _judged(moment: Moment, status: Status, reason: Reason | None = None) -> Moment:
    return replace(moment, cue=None, assessment=replace(moment.assessment, status=status, reason=reason, breaches=()))


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


def labeling_views(spec: StretchSpec) -> dict[str, LabelingView]:
    """Return the views of filming and labelling a clip of both sides, by a short name."""
    fault = spec.faults[-1].name if spec.faults else OTHER
    entries = (
        LabelInterval(start_s=1.0, end_s=5.0, label=CORRECT, stretched_side=Side.LEFT),
        LabelInterval(start_s=5.0, end_s=7.5, label=fault, stretched_side=Side.LEFT),
        LabelInterval(start_s=9.0, end_s=9.4, label=UNSEEN),
        LabelInterval(start_s=12.0, end_s=16.0, label=CORRECT, stretched_side=Side.RIGHT),
    )
    clip = ClipTimes(times_s=tuple(i / 30 for i in range(660)), length_s=22.0)
    key_map = make_key_map(spec, both=True)
    now = LabelEditor(clip=clip, key_map=key_map, history=EditHistory(intervals=entries), saved=(), filmed=True)
    filming = Filming(key_map=key_map).at(1.0)
    counting = filming.press("space").at(3.5)
    title = f"{spec.name}_p12_1.mp4   p12"
    marking = now
    for key in ("page_down", "page_down", "1", "page_down", "page_down"):
        marking = marking.press(key)
    return {
        "paused": view_of_editor(now.press("down").press("right"), title),
        "nothing": view_of_editor(replace(now, history=EditHistory()), title),
        "marking": view_of_editor(marking, title),
        "marking_wound_back": view_of_editor(marking.press("page_up"), title),
        "waiting": view_of_editor(now.press("end").press("left").press("1").press("page_up"), title),
        "to_the_end": view_of_editor(marking.press("end").press("space"), title),
        "covers_nothing": view_of_editor(replace(now, history=EditHistory()).press("1").press("s"), title),
        "leaving": view_of_editor(now.press("q"), title),
        "relabel": view_of_editor(now.press("down").press("r"), title),
        "saved": view_of_editor(
            now.with_note(SAVED.format(name=f"{spec.name}.toml", intervals=interval_count(entries)), saved=True), title
        ),
        "film_ready": view_of_filming(filming, title),
        "film_counting": view_of_filming(counting, title),
        "filming": view_of_filming(counting.at(7.0).press("c").at(9.0).press("1").at(9.5), title),
    }


WINDOWS = {
    "landscape": (1280, 720),
    "laptop": (1366, 690),
    "four_to_three": (1024, 768),
    "portrait": (720, 1280),
    "full_hd": (1920, 1080),
}


def _focus(moment: Moment, name: str) -> Area | None:
    """The part of the picture in which the person is, while they stretch."""
    if moment.landmarks is None or name not in ("stretch", "stretch_cue"):
        return None
    points = moment.landmarks.points.values()
    return min(p.x for p in points), min(p.y for p in points), max(p.x for p in points), max(p.y for p in points)


def screenshots() -> Iterator[tuple[str, Image]]:
    for spec in SHIPPED:
        good, lapsed = film(spec.name, 6.0), film(spec.name, 11.5)
        facing = good[1].view.facing if good[1].view else 1
        for shape, (width, height) in WINDOWS.items():
            for name, screen in screens(spec, good[1], facing).items():
                image, moment = lapsed if name == "stretch_cue" else good
                if shape == "full_hd":
                    image, moment = upright(image, moment)
                now = screen.moment.assessment if screen.moment else None
                if name in ("stretch_away", "stretch_unseen") and now is not None:
                    moment = _judged(moment, now.status, now.reason)
                shown = replace(screen, focus=_focus(moment, name), moment=moment if screen.moment else None)
                picture = None if name == "lost" else image
                yield f"{spec.name}-{shape}-{name}", render_window(picture, shown, spec, width, height)


def labeling_screenshots() -> Iterator[tuple[str, Image]]:
    for spec in SHIPPED:
        image, _ = film(spec.name, 6.0)
        for shape, (width, height) in WINDOWS.items():
            for name, view in labeling_views(spec).items():
                shown = draw_view(view, picture=image.shape[1] / image.shape[0], window=width / height)
                picture = render_labeling_window(image, shown.picture, shown.marks, width, height, mirrored=view.mirrored)
                yield f"record-{spec.name}-{shape}-{name}", picture


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in chain(guided_screenshots(), labeling_screenshots(), screenshots()):
        cv2.imwrite(str(folder / f"{name}.png"), picture)
        if "-stretch" in name:
            grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
            cv2.imwrite(str(folder / f"{name}-grey.png"), grey)
            cv2.imwrite(
                str(folder / f"{name}-small.png"), cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
            )


if __name__ == "__main__":
    speak_language(next(iter(sys.argv[2:]), None))
    main(Path(sys.argv[1]))
