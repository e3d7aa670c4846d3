"""How MediaPipe's two landmarkers are used together, with hand-made ones in their place."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from formcheck.core.interfaces import Frame, Image
from formcheck.core.values import Landmarks, Side
from formcheck.testing import LEG, legs_swapped, moved, supine
from formcheck.vision.engines.mediapipe import landmarker
from formcheck.vision.engines.mediapipe.landmarker import CHECK_EVERY, MediaPipeEngine

STEP_S = 0.1
BODY = supine()
ROOM = np.full((36, 64, 3), 90, np.uint8)
EMPTY = np.zeros_like(ROOM)


def leg_lost(body: Landmarks) -> Landmarks:
    """The far leg, which is straight, set onto the near one."""
    lost = Side.LEFT
    return moved(body, lambda name, point: body.points[f"{lost.other}_{name.partition('_')[2]}"] if name in of(lost) else point)


def of(side: Side) -> set[str]:
    return {f"{side}_{part}" for part in LEG[1:]}


def as_result(body: Landmarks | None) -> Any:
    """What MediaPipe returns where it sees `body`."""
    if body is None:
        return SimpleNamespace(pose_landmarks=[], pose_world_landmarks=[])
    points = [SimpleNamespace(x=0.0, y=0.0, visibility=0.0)] * 33
    for name, i in landmarker._INDEX.items():
        point = body.points[name]
        points[i] = SimpleNamespace(x=point.x / body.aspect, y=1.0 - point.y, visibility=point.visibility)
    world = [SimpleNamespace(x=i / 100, y=0.0, z=0.0) for i in range(33)]
    return SimpleNamespace(pose_landmarks=[points], pose_world_landmarks=[world])


class ByHand:
    """A landmarker that sees what it is told for each picture it is shown, in turn; it counts them."""

    def __init__(self, sees: Callable[[int], Landmarks | None]) -> None:
        self.sees = sees
        self.shown: list[Image] = []

    def detect(self, picture: Image) -> Any:
        self.shown.append(picture)
        return as_result(self.sees(len(self.shown) - 1))

    def detect_for_video(self, picture: Image, _at_ms: int) -> Any:
        if (picture == EMPTY).all():
            self.shown.append(picture)
            return as_result(None)
        return self.detect(picture)

    def close(self) -> None:
        """Nothing to close."""


def looking(
    monkeypatch: pytest.MonkeyPatch, tracker: Callable[[int], Landmarks], single: Callable[[int], Landmarks], frames: int
) -> tuple[list[Landmarks], ByHand, ByHand]:
    """What the engine reports frame by frame, and its two landmarkers."""
    made = {False: ByHand(tracker), True: ByHand(single)}
    monkeypatch.setattr(landmarker, "slim", lambda model: model)
    monkeypatch.setattr(landmarker, "_picture", lambda image: image)
    monkeypatch.setattr(MediaPipeEngine, "_create", lambda self, *, still, people: made[still])
    with MediaPipeEngine(Path("none.task")) as engine:
        seen = [engine.detect(Frame(image=ROOM, time_s=i * STEP_S))[0] for i in range(frames)]
    return seen, made[False], made[True]


def straight_knee(body: Landmarks) -> tuple[float, float]:
    return body.points["left_knee"].x, body.points["left_knee"].y


def emptied(tracker: ByHand) -> int:
    return sum(bool((picture == EMPTY).all()) for picture in tracker.shown)


def test_a_leg_that_leaps_in_the_tracker_alone_stays_and_the_tracker_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, tracker, _ = looking(monkeypatch, lambda i: leg_lost(BODY) if i == 5 else BODY, lambda _: BODY, 8)
    assert all(straight_knee(person) == pytest.approx(straight_knee(BODY)) for person in seen)
    assert emptied(tracker) == 1


def test_a_leg_that_a_single_image_shows_there_has_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = leg_lost(BODY)
    seen, tracker, _ = looking(monkeypatch, lambda i: lost if i >= 5 else BODY, lambda i: lost if i >= 1 else BODY, 8)
    assert straight_knee(seen[5]) == pytest.approx(straight_knee(lost))
    assert emptied(tracker) == 0


def test_a_single_image_with_the_legs_exchanged_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tracker would begin anew with left taken for right."""
    lost = leg_lost(BODY)
    seen, tracker, _ = looking(monkeypatch, lambda i: lost if i == 5 else BODY, lambda _: legs_swapped(BODY), 8)
    assert straight_knee(seen[5]) == pytest.approx(straight_knee(lost))
    assert emptied(tracker) == 0


def test_legs_that_come_apart_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tracker has found a lost leg again; a single image may have it lost still."""
    lost = leg_lost(BODY)
    seen, tracker, _ = looking(monkeypatch, lambda i: BODY if i >= 5 else lost, lambda _: lost, 8)
    assert straight_knee(seen[5]) == pytest.approx(straight_knee(BODY))
    assert emptied(tracker) == 0


def test_one_frame_in_ten_is_checked_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = 10 * CHECK_EVERY
    calm = looking(monkeypatch, lambda _: BODY, lambda _: BODY, frames)[2]
    restless = looking(monkeypatch, lambda i: leg_lost(BODY) if i % 2 else BODY, lambda _: leg_lost(BODY), frames)[2]
    checks = len(restless.shown) - len(calm.shown)
    assert frames / CHECK_EVERY - 2 <= checks <= frames / CHECK_EVERY + 1
