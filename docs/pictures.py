"""Writes the pictures of README.md and of the pages in docs/ from the sample clips.

    python docs/pictures.py            # all of them
    python docs/pictures.py film.jpg   # those named

Nothing in them is made up: the frames are of the clips, the real engine sees them, a real session, scorer or labelling editor
says what is drawn, and the program's own painter draws it. Only the drawing of the place for the camera is drawn here.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from PIL import Image as Pillow

from formcheck import score
from formcheck.coaching.events import ScreenState, StepResult
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.tasks import of_stretch
from formcheck.core.interfaces import Frame, Image
from formcheck.core.lighting import light_of
from formcheck.core.values import Landmarks
from formcheck.pipeline.loop import observe
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import find_stretch
from formcheck.stretches.routine import REST_S
from formcheck.system.native.media_libs import cv2
from formcheck.tuning.labeling.editor import ClipTimes, LabelEditor, make_key_map
from formcheck.tuning.labeling.intervals import EditHistory
from formcheck.tuning.labeling.screen import draw_view, view_of_editor
from formcheck.tuning.labeling.window import render_labeling_window
from formcheck.tuning.labels import find_clips
from formcheck.ui.opencv.live_window import render_window
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.engines.mediapipe.models import obtain
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.random_access import SeekableVideo

FOLDER = Path(__file__).resolve().parent
SAMPLES = FOLDER.parent / "samples"

WINDOW = 1280, 720
"""Of the live window, in pixels."""
QUALITY = 85
"""Of JPEG files."""

CLIP, STRETCH = "kneeling_hip_flexor.mp4", "kneeling_hip_flexor"
"""The clip of the pictures that show one hold: correct from 3.3 to 10.0 s, leaning forward, correct from 14.1 to 20.1 s."""
HELD_AT_S, LAPSED_AT_S = 18.5, 12.0

CHANGING, CHANGED_AT_S, CHANGED_AFTER_S = "standing_changes_sides_p5.mp4", 6.0, 3.0
"""The clip of the change of sides, when to look, and the seconds that the session asks of a side: as many as the clip has."""

MOVING_FROM_S, MOVING_TO_S, MOVING_HZ = 0.6, 20.0, 10.0
MOVING_WIDE, MOVING_COLOURS = 800, 128
"""The part of the clip that moves, its pictures a second, its width in pixels and the size of its palette."""


# --- a session before a clip -----------------------------------------------------------------------------------------------


class ClipSession:
    """A guided session that is fed the frames of a clip as if a camera gave them."""

    def __init__(self, session: GuidedSession) -> None:
        self.frame: Frame | None = None
        self._session = session

    @property
    def wanted(self) -> Landmarks | None:
        return self._session.analyzer.wanted if self._session.analyzer is not None else None

    def step(self, people: Sequence[Landmarks], time_s: float) -> StepResult:
        assert self.frame is not None
        return self._session.step(people, light_of(self.frame.image), time_s)

    def frames(self, clip: VideoFile) -> Iterator[Frame]:
        for frame in clip.frames():
            self.frame = frame
            yield frame


def rehearse(clip: str, spec: StretchSpec) -> Iterator[tuple[Frame, ScreenState]]:
    """Yield every frame of a sample clip, and the screen of a session of `spec` on both sides at that time."""
    session = ClipSession(GuidedSession({spec.name: spec}, of_stretch(spec, None, REST_S)))
    model = obtain(None, lambda _why: lambda _done, _total: None)
    with MediaPipeEngine(model) as engine, VideoFile(SAMPLES / clip) as video:
        for frame, _, result in observe(session.frames(video), engine, session):
            yield frame, result.screen


def live_window(clip: str, spec: StretchSpec, at_s: float) -> Image:
    """Return the live window (RGB) as it is `at_s` seconds into a clip."""
    frame, screen = next(one for one in rehearse(clip, spec) if one[0].time_s >= at_s)
    return painted(frame.image, screen, spec)


def painted(image: Image, screen: ScreenState, spec: StretchSpec) -> Image:
    return np.asarray(cv2.cvtColor(render_window(image, screen, spec, *WINDOW), cv2.COLOR_BGR2RGB), np.uint8)


def draw_change() -> Image:
    spec = find_stretch("standing_psoas").model_copy(update={"hold_s": CHANGED_AFTER_S})
    return live_window(CHANGING, spec, CHANGED_AT_S)


def draw_moving(path: Path) -> None:
    """Write a session from the countdown on: a hold, a lapse with its cue, the hold taken up again."""
    spec = find_stretch(STRETCH)
    size = MOVING_WIDE, MOVING_WIDE * WINDOW[1] // WINDOW[0]
    pictures: list[Pillow.Image] = []
    for frame, screen in rehearse(CLIP, spec):
        if frame.time_s >= MOVING_TO_S:
            break
        if frame.time_s >= MOVING_FROM_S + len(pictures) / MOVING_HZ - 1e-6:
            pictures.append(Pillow.fromarray(painted(frame.image, screen, spec)).resize(size, Pillow.Resampling.LANCZOS))
    # One palette of all: one a picture would make what stands still flicker, and the file many times larger.
    sheet = Pillow.new("RGB", (size[0], size[1] * 6))
    for i in range(6):
        sheet.paste(pictures[i * (len(pictures) - 1) // 5], (0, i * size[1]))
    palette = sheet.quantize(MOVING_COLOURS, method=Pillow.Quantize.MAXCOVERAGE)
    reduced = [picture.quantize(palette=palette, dither=Pillow.Dither.NONE) for picture in pictures]
    reduced[0].save(path, save_all=True, append_images=reduced[1:], duration=round(1000 / MOVING_HZ), loop=0, optimize=True)


# --- a film, and a clip being labelled -------------------------------------------------------------------------------------


def draw_film() -> Image:
    """Return two frames of a scored clip, side by side: a hold, and what stops it."""
    with TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        score(SAMPLES / CLIP, outputs={"annotate": film})
        with VideoFile(film) as video:
            wanted = [HELD_AT_S, LAPSED_AT_S]
            found = {at_s: frame.image for frame in video.frames() for at_s in wanted if abs(frame.time_s - at_s) < 0.02}
    left, right = (found[at_s] for at_s in wanted)
    gap = np.full((left.shape[0], 12, 3), 255, np.uint8)
    return np.asarray(np.hstack([left, gap, right]), np.uint8)


def draw_labelling() -> Image:
    """Return the window of `formcheck record` in the middle of a clip, with the clip's own labels up to there."""
    spec = find_stretch(STRETCH)
    path = SAMPLES / CLIP
    (clip,) = find_clips([path], {STRETCH: spec})
    with SeekableVideo(path) as video:
        times = ClipTimes(times_s=video.times_s, length_s=video.length_s)
        done = tuple(interval for interval in clip.labels.intervals if interval.end_s < LAPSED_AT_S)
        begun = next(interval for interval in clip.labels.intervals if interval.start_s < LAPSED_AT_S < interval.end_s)
        editor = LabelEditor(clip=times, key_map=make_key_map(spec), history=EditHistory(intervals=done), at_s=begun.start_s)
        (key,) = (key for key, label in editor.key_map.labels.items() if label == begun.label)
        editor = replace(editor.press(key), at_s=LAPSED_AT_S)
        image = video.picture(editor.number)
    title = f"{CLIP}   {clip.labels.stretched_side} side, {clip.labels.person}"
    view = view_of_editor(editor, title)
    shown = draw_view(view, picture=image.shape[1] / image.shape[0], window=WINDOW[0] / WINDOW[1])
    return np.asarray(
        cv2.cvtColor(render_labeling_window(image, shown.picture, shown.marks, *WINDOW), cv2.COLOR_BGR2RGB), np.uint8
    )


# --- where laptop, mat and body are ----------------------------------------------------------------------------------------

INK, PALE, FLOOR, NEAR, FAR, SKIN, HEAD = "#1a1a1a", "#555555", "#8a8a8a", "#0072b2", "#aebac3", "#7d8a94", "#56636d"
SEEN, MAT, WOOD = "#e9f0f7", "#dfe8dc", "#c9b79c"
AWAY_M, CAMERA_M = 3.0, 0.5
"""From the camera to the body, the middle of what the stretches ask for; how high the camera is for those on the floor."""
TAN_ACROSS, TAN_UP = 0.52, 0.2925
"""Of half the angles that a usual laptop camera sees (55 degrees across, 16:9)."""

Point = tuple[float, float]

# A person 1.75 m tall who kneels as wanted, in metres, seen from the right: x forward, y up, the rear knee above 0.
BODY: Mapping[str, Point] = {
    "head": (0.185, 1.17),
    "shoulder": (0.15, 0.96),
    "hip": (0.13, 0.46),
    "rear knee": (0.0, 0.06),
    "rear ankle": (-0.43, 0.07),
    "rear toes": (-0.56, 0.03),
    "front knee": (0.56, 0.50),
    "front ankle": (0.52, 0.09),
    "front toes": (0.72, 0.04),
    "elbow": (0.24, 0.72),
    "hand": (0.42, 0.56),
}


def draw_place(path: Path) -> None:
    """Write the place of laptop, mat and body: from above, from the side, and what the camera then sees. All are to scale."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    wide, high = 13.0, 5.1
    figure = plt.figure(figsize=(wide, high), dpi=110, facecolor="white")
    for title, draw, (left, right, low, top), (x, y), scale in (
        ("From above", _from_above, (-1.92, 1.92, -0.55, 3.62), (0.1, 0.3), 1.05),
        ("From the side", _from_the_side, (-0.72, 3.68, -0.4, 1.62), (4.35, 2.15), 1.05),
        ("What the camera sees", _as_seen, (-1.6, 1.6, -0.42, 1.42), (9.15, 2.4), 1.15),
    ):
        size = scale * (right - left), scale * (top - low)
        axis = figure.add_axes((x / wide, y / high, size[0] / wide, size[1] / high))
        axis.set(xlim=(left, right), ylim=(low, top))
        axis.set_axis_off()
        draw(axis)
        figure.text((x + size[0] / 2) / wide, 0.965, title, ha="center", va="center", fontsize=14, fontweight="bold", color=INK)
    lines = (
        "Kneeling and lying: camera half a metre above the floor. Standing: about one metre.",
        "For the other side turn round, so that the other leg is the nearer one.",
        "Lying: the head to one side of the picture, the straight leg nearer to the camera.",
    )
    for i, line in enumerate(lines):
        figure.text(4.75 / wide, (1.45 - 0.36 * i) / high, line, fontsize=13, color=INK, va="center")
    figure.savefig(path)
    plt.close(figure)


def _limb(axis: Any, *points: Point, width: float, colour: str, over: int = 3) -> None:
    axis.plot(*zip(*points, strict=True), color=colour, lw=width, solid_capstyle="round", solid_joinstyle="round", zorder=over)


def _note(axis: Any, at: Point, text: str, **more: Any) -> None:
    style = {"ha": "center", "va": "center", "fontsize": 12, "color": INK, "zorder": 9, "linespacing": 1.25}
    axis.text(*at, text, **{**style, **more})


def _span(axis: Any, start: Point, end: Point) -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "<->", "color": INK, "lw": 1.3, "shrinkA": 0, "shrinkB": 0})


def _from_above(axis: Any) -> None:
    from matplotlib.patches import Circle, Ellipse, Polygon, Rectangle

    far = 3.6
    axis.add_patch(Polygon([(0, 0), (-far * TAN_ACROSS, far), (far * TAN_ACROSS, far)], color=SEEN, zorder=0))
    axis.add_patch(Rectangle((-0.9, AWAY_M - 0.33), 1.8, 0.66, facecolor=MAT, edgecolor=FLOOR, zorder=1))
    near, other = AWAY_M - 0.12, AWAY_M + 0.12
    _limb(axis, (0.1, near), (0.0, near), (-0.5, near), width=12, colour=NEAR)
    _limb(axis, (0.1, other), (0.5, other), (0.68, other), width=12, colour=FAR)
    axis.add_patch(Ellipse((0.12, AWAY_M), 0.26, 0.46, color=SKIN, zorder=4))
    axis.add_patch(Circle((0.16, AWAY_M), 0.115, color=HEAD, zorder=5))
    axis.add_patch(Polygon([(0.25, AWAY_M - 0.05), (0.25, AWAY_M + 0.05), (0.33, AWAY_M)], color=HEAD, zorder=5))
    axis.add_patch(Rectangle((-0.18, -0.25), 0.36, 0.24, facecolor="#444444", edgecolor=INK, zorder=3))
    _limb(axis, (-0.18, 0.0), (0.18, 0.0), width=4, colour=INK, over=4)
    _span(axis, (0.12, 0.07), (0.12, AWAY_M - 0.37))
    _note(axis, (0.12, 1.5), "2.5 to 3.5 m", bbox={"fc": SEEN, "ec": "none", "pad": 3})
    _note(axis, (0.0, -0.42), "laptop")
    _note(axis, (-0.9, AWAY_M + 0.46), "mat across the picture", ha="left", color=PALE)
    _note(axis, (-0.02, AWAY_M - 0.66), "stretched leg\nnearer to\nthe camera", ha="right", color=NEAR)


def _from_the_side(axis: Any) -> None:
    from matplotlib.patches import Circle, Polygon, Rectangle

    far = AWAY_M + 0.6
    cone = [(0, CAMERA_M), (far, CAMERA_M + far * TAN_UP), (far, 0), (CAMERA_M / TAN_UP, 0)]
    axis.add_patch(Polygon(cone, color=SEEN, zorder=0))
    axis.plot([-0.68, far], [0, 0], color=FLOOR, lw=1.5, zorder=1)
    axis.add_patch(Rectangle((AWAY_M - 0.33, 0.0), 0.66, 0.025, facecolor=MAT, edgecolor=FLOOR, zorder=2))
    # A stool with the laptop on it; the camera sits at the upper edge of the lid.
    axis.add_patch(Rectangle((-0.36, 0.25), 0.42, 0.03, facecolor=WOOD, edgecolor=PALE, zorder=2))
    for x in (-0.33, 0.0):
        axis.add_patch(Rectangle((x, 0.0), 0.03, 0.25, facecolor=WOOD, edgecolor=PALE, zorder=2))
    _limb(axis, (-0.28, 0.295), (-0.02, 0.295), width=4, colour="#444444")
    _limb(axis, (-0.02, 0.295), (0.0, CAMERA_M), width=4, colour="#444444")
    axis.add_patch(Circle((0.01, CAMERA_M), 0.03, color=INK, zorder=5))
    # The person is seen from the front: the nearer leg kneels, the farther foot stands before it.
    near, other = AWAY_M - 0.12, AWAY_M + 0.12
    _limb(axis, (near, 0.46), (near, 0.07), width=12, colour=NEAR)
    trunk = [(-0.17, 0.95), (0.17, 0.95), (0.13, 0.5), (-0.13, 0.5)]
    axis.add_patch(Polygon([(AWAY_M + x, y) for x, y in trunk], color=SKIN, zorder=4, joinstyle="round", lw=6))
    _limb(axis, (other, 0.49), (other, 0.09), width=12, colour=FAR, over=5)
    for side in (-1, 1):
        arm = [(0.22, 0.92), (0.25, 0.7), (0.17, 0.53)]
        _limb(axis, *((AWAY_M + side * x, y) for x, y in arm), width=6, colour=SKIN, over=3)
    axis.add_patch(Circle((AWAY_M, 1.17), 0.11, color=HEAD, zorder=4))
    _span(axis, (0.01, -0.13), (AWAY_M, -0.13))
    _note(axis, (AWAY_M / 2, -0.28), "2.5 to 3.5 m")
    _span(axis, (-0.5, 0.0), (-0.5, CAMERA_M))
    _note(axis, (-0.66, CAMERA_M + 0.38), "camera level, as\nhigh as the hip:\nhalf a metre", ha="left")
    axis.plot([0.06, AWAY_M - 0.24], [CAMERA_M, CAMERA_M], color=PALE, lw=1.1, ls=(0, (5, 4)), zorder=2)
    _note(axis, (1.75, CAMERA_M + 0.14), "nothing in between", color=PALE)


def _as_seen(axis: Any) -> None:
    from matplotlib.patches import Circle, Rectangle

    across, up = AWAY_M * TAN_ACROSS, AWAY_M * TAN_UP
    low = CAMERA_M - up
    axis.add_patch(Rectangle((-across, low), 2 * across, 2 * up, facecolor=SEEN, edgecolor=INK, lw=2.5, zorder=0))
    axis.add_patch(Rectangle((-across, low), 2 * across, 0.05 - low, facecolor="#e3e1dc", zorder=0))
    axis.add_patch(Rectangle((-0.9, -0.03), 1.8, 0.05, facecolor=MAT, edgecolor=FLOOR, zorder=2))
    for points, width, colour, over in (
        (("hip", "front knee", "front ankle", "front toes"), 13, FAR, 3),
        (("shoulder", "hip"), 24, SKIN, 4),
        (("hip", "rear knee", "rear ankle", "rear toes"), 13, NEAR, 5),
        (("shoulder", "elbow", "hand"), 7, "#98a4ad", 6),
    ):
        _limb(axis, *(BODY[name] for name in points), width=width, colour=colour, over=over)
    axis.add_patch(Circle(BODY["head"], 0.11, color=HEAD, zorder=5))
    _note(axis, (0.0, low + 0.16), "all of you in the picture, feet included", color=PALE)
    _note(axis, (-0.8, 0.42), "stretched leg", color=NEAR)
    _note(axis, (0.95, 1.05), "side-on", color=PALE)


# --- all of them -----------------------------------------------------------------------------------------------------------


def save(draw: Callable[[], Image], path: Path) -> None:
    Pillow.fromarray(draw()).save(path, quality=QUALITY, subsampling=0, optimize=True)


PICTURES: Mapping[str, Callable[[Path], None]] = {
    "place.png": draw_place,
    "live.gif": draw_moving,
    "live_hold.jpg": partial(save, lambda: live_window(CLIP, find_stretch(STRETCH), HELD_AT_S)),
    "live_cue.jpg": partial(save, lambda: live_window(CLIP, find_stretch(STRETCH), LAPSED_AT_S)),
    "live_change.jpg": partial(save, draw_change),
    "film.jpg": partial(save, draw_film),
    "record.jpg": partial(save, draw_labelling),
}


def main(names: Sequence[str]) -> None:
    for name in names or PICTURES:
        PICTURES[name](FOLDER / name)
        print(f"docs/{name}: {(FOLDER / name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
