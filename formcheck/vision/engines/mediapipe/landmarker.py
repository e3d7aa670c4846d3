"""MediaPipe's pose landmarker (BlazePose) behind the `Engine` protocol.

Nothing else knows MediaPipe's indices, its [0, 1] coordinates or its running modes. Landmarks leave here in frame
heights, y up: angles taken from normalised coordinates of a 16:9 frame are wrong by up to 31 degrees.

One tracker follows one person from frame to frame, which is fast and smooth, but it stays with whomever it found first.
So a second landmarker, for single images, detects all people once a second and whenever the tracker loses or jumps; not where
small copies of the pictures tell that nothing beside that person has moved since it last found no other.
Where a leg leaps, that landmarker has a second look, in one frame of twenty at most: while one leg hides the other the tracker
may set both in one place and take them apart again from frame to frame, and a single image shows them apart. Then the tracker
begins anew.
When the analyzer wants another person followed, a fresh tracker is shown one picture in which all but that person is
painted over; from then on it keeps to them by itself.
"""

from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

import numpy as np

from formcheck.core.errors import ModelError
from formcheck.core.geometry import Vec, distance, vector
from formcheck.core.interfaces import EngineInfo, Frame, Image
from formcheck.core.measures import MeasuredBody, locate, overlapping, size_of
from formcheck.core.values import Landmarks, Point, Side
from formcheck.core.wording.language import N_
from formcheck.system.native.audio_lib import without_sound
from formcheck.vision.engines.mediapipe.models import known_model
from formcheck.vision.engines.mediapipe.prune import slim
from formcheck.vision.engines.mediapipe.visibility import SmoothedByTime
from formcheck.vision.sampling.motion import Box, box_of, moved

# Indices in MediaPipe's list of 33: a left joint, and right after it the right one. The "foot index" is the tip of the big toe.
_LEFT = {"ear": 7, "shoulder": 11, "elbow": 13, "wrist": 15, "hip": 23, "knee": 25, "ankle": 27, "heel": 29, "toe": 31}
_INDEX = {"nose": 0, **{f"{side}_{part}": left + i for part, left in _LEFT.items() for i, side in enumerate(("left", "right"))}}

_LEGS = ("left_knee", "right_knee", "left_ankle", "right_ankle")

LOOK_ROUND_S = 1.0
SEARCH_S = 0.25
PEOPLE = 4

CHECK_EVERY = 20
"""A leap is checked in one frame of so many at most: a check costs as much as looking at two frames."""


class MediaPipeEngine:
    """The engine. `still` judges single pictures, without tracking."""

    def __init__(self, model: Path, *, still: bool = False) -> None:
        self.traits = known_model(model).traits
        self._model = model
        self._still = still
        self._tracker: _Tracker | None = None
        self._lookout: Any = None
        self._frame: Frame | None = None
        self._all: tuple[Landmarks, ...] | None = None  # all people in the last frame, where it was looked at for them
        self._looked_s: float | None = None
        self._before: Landmarks | None = None
        self._lately: list[tuple[float, Landmarks]] = []  # the tracked person, while a leg that is lost leaps
        self._frames = self._checks = 0
        self._alone: tuple[Image, Box] | None = None  # a small copy, and where the person was, when no other person was there

    @property
    def info(self) -> EngineInfo:
        return EngineInfo(name="mediapipe", version=version("mediapipe"), model=self._model.name)

    def __enter__(self) -> Self:
        self._run: Path | bytes = slim(self._model)
        self._lookout = self._create(still=True, people=PEOPLE)
        if not self._still:
            self._tracker = self._new_tracker()
        return self

    def __exit__(self, *error: object) -> None:
        # Closed here, not left to the interpreter's end: there MediaPipe prints a traceback.
        for landmarker in (self._tracker, self._lookout):
            if landmarker is not None:
                landmarker.close()
        self._tracker = self._lookout = None

    def restart(self) -> None:
        """Forget whom it tracked and when: the next frame may be of any time, and is detected as the first of a clip is."""
        if self._tracker is not None:
            self._tracker.close()
            self._tracker = self._new_tracker()
        self._looked_s, self._lately = None, []
        self._frames = self._checks = 0
        self._frame = self._all = self._before = self._alone = None

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        """Return the people seen in `frame`, the tracked one first."""
        self._frame, self._all = frame, None
        if self._tracker is None:
            return self._everybody(frame)
        tracked = self._tracker.track(frame.image, frame.time_s)
        lost = tracked is None or (self._before is not None and not overlapping(self._before, tracked))
        wait = SEARCH_S if lost else LOOK_ROUND_S
        self._alone = None if lost else self._alone
        self._before = tracked = self._without_leap(self._tracker, tracked, frame)
        if self._looked_s is not None and (frame.time_s - self._looked_s < wait or self._still_alone(tracked, frame)):
            return () if tracked is None else (tracked,)
        self._looked_s = frame.time_s
        all_people = self._everybody(frame)
        if tracked is None:
            return all_people
        others = [person for person in all_people if not overlapping(person, tracked)]
        self._alone = None if others or frame.thumb is None else (frame.thumb, box_of(tracked))
        return (tracked, *others)

    def follow(self, person: Landmarks) -> None:
        """Track `person`, as seen in the last frame, from the next frame on."""
        if self._frame is None or self._tracker is None:
            return
        fresh = self._new_tracker()
        found = fresh.track(_only(self._frame.image, person), self._frame.time_s)
        if found is not None and overlapping(found, person):
            fresh, self._tracker = self._tracker, fresh
            self._before = found
        fresh.close()

    def _without_leap(self, tracker: "_Tracker", tracked: Landmarks | None, frame: Frame) -> Landmarks | None:
        """Return the tracked person, as a single image has them where it shows apart a leg that has leapt onto the other."""
        self._frames += 1
        lately = [seen for seen in self._lately if frame.time_s - seen[0] <= self.traits.leap_s] or self._lately[-1:]
        before = lately[0][1] if lately else None
        if tracked is None or before is None or not overlapping(before, tracked):
            self._lately = [] if tracked is None else [(frame.time_s, tracked)]
            return tracked
        leapt = _legs_apart(before) - _legs_apart(tracked) > self.traits.leap
        if leapt and CHECK_EVERY * self._checks <= self._frames:
            self._checks += 1
            person = next((one for one in self._everybody(frame) if overlapping(one, tracked)), None)
            if person is not None and _legs_moved(before, person) < _legs_moved(before, tracked) / 2:
                # In an empty picture the tracker loses whom it tracks. A new one takes as long as looking at seven frames.
                tracker.track(np.zeros_like(frame.image), frame.time_s)
                tracked = person
        self._lately = [*lately, (frame.time_s, tracked)]
        return tracked

    def _everybody(self, frame: Frame) -> tuple[Landmarks, ...]:
        """Return all people in `frame`, the last one; it is looked at once, however often that is asked."""
        if self._all is None:
            self._all = _people(self._lookout.detect(_picture(frame.image)), frame.image)
        return self._all

    def _still_alone(self, tracked: Landmarks | None, frame: Frame) -> bool:
        """Whether nothing but the tracked person has moved since a detection of all people that found no other."""
        if tracked is None or frame.thumb is None or self._alone is None:
            return False
        before, (left, top, right, bottom) = self._alone
        now = box_of(tracked)
        both = min(left, now[0]), min(top, now[1]), max(right, now[2]), max(bottom, now[3])
        return not moved(before, frame.thumb, both, outside=True)

    def _new_tracker(self) -> "_Tracker":
        return _Tracker(self._create(still=False, people=1))

    def _create(self, *, still: bool, people: int) -> Any:
        with without_sound():
            from mediapipe.tasks.python import BaseOptions, vision

        mode = vision.RunningMode.IMAGE if still else vision.RunningMode.VIDEO
        loaded = isinstance(self._run, bytes)
        base = {"model_asset_buffer": self._run} if loaded else {"model_asset_path": str(self._run)}
        options = vision.PoseLandmarkerOptions(base_options=BaseOptions(**base), running_mode=mode, num_poses=people)
        try:
            return vision.PoseLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                N_("{model}: MediaPipe cannot use this model ({reason}).").format(
                    model=self._model, reason=str(error).splitlines()[0]
                )
            ) from None


class _Tracker:
    """A landmarker that tracks one person, from a first picture on."""

    def __init__(self, landmarker: Any) -> None:
        self._landmarker = landmarker
        self._last_ms = -1
        self._visibility = SmoothedByTime()

    def track(self, image: Image, time_s: float) -> Landmarks | None:
        # MediaPipe wants whole milliseconds that always grow.
        self._last_ms = max(self._last_ms + 1, round(time_s * 1000))
        seen = _people(self._landmarker.detect_for_video(_picture(image), self._last_ms), image)
        return self._visibility.next(seen[0] if seen else None, time_s)

    def close(self) -> None:
        self._landmarker.close()


def _legs_apart(person: Landmarks) -> float:
    """How far apart knees or ankles are, whichever are more, in trunk lengths."""
    body = MeasuredBody(person)
    gaps = (distance(*(locate(body, {}, f"{side}_{joint}") for side in Side)) for joint in ("knee", "ankle"))
    return max(gaps) / max(size_of(body), 1e-6)


def _legs_moved(before: Landmarks, now: Landmarks) -> float:
    """How far the knee or ankle that has moved furthest has moved from the hips' point of view, in trunk lengths."""
    bodies = MeasuredBody(before), MeasuredBody(now)

    def from_hips(body: MeasuredBody, joint: str) -> Vec:
        return vector(locate(body, {}, "mid_hip"), locate(body, {}, joint))

    paths = (distance(*(from_hips(body, joint) for body in bodies)) for joint in _LEGS)
    return max(paths) / max(size_of(bodies[0]), 1e-6)


def _picture(image: Image) -> Any:
    import mediapipe

    # MediaPipe reads the memory as if rows followed each other without a gap and does not check: a decoder's padded
    # rows would become a sheared picture in which no person is found.
    return mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(image))


def _people(result: Any, image: Image) -> tuple[Landmarks, ...]:
    aspect = float(image.shape[1] / image.shape[0])
    pairs = zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
    return tuple(_landmarks(points, world, aspect) for points, world in pairs)


def _landmarks(points: Any, world: Any, aspect: float) -> Landmarks:
    return Landmarks(
        points={
            name: Point(x=points[i].x * aspect, y=1.0 - points[i].y, visibility=points[i].visibility or 0.0)
            for name, i in _INDEX.items()
        },
        world={name: (world[i].x, -world[i].y, world[i].z) for name, i in _INDEX.items()},
        aspect=aspect,
    )


def _only(image: Image, person: Landmarks) -> Image:
    """The picture with all but `person` painted over in its mean colour."""
    height, width = image.shape[:2]
    xs = [point.x * height for point in person.points.values()]
    ys = [(1.0 - point.y) * height for point in person.points.values()]
    margin = 0.15 * max(max(xs) - min(xs), max(ys) - min(ys))
    left, right = (int(min(max(x, 0), width)) for x in (min(xs) - margin, max(xs) + margin))
    top, bottom = (int(min(max(y, 0), height)) for y in (min(ys) - margin, max(ys) + margin))
    painted = np.empty_like(image)
    painted[:] = image.mean(axis=(0, 1)).astype(np.uint8)
    painted[top:bottom, left:right] = image[top:bottom, left:right]
    return painted
