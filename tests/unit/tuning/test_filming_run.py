"""Filming with a hand-made camera and window: the marks are kept as they are made, whatever ends the program."""

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.errors import OutputError
from formcheck.core.interfaces import Image
from formcheck.system.paths import unfinished_folder
from formcheck.tuning.labeling import filming
from formcheck.tuning.labeling.editor import make_key_map
from formcheck.tuning.labeling.filming import Filming
from formcheck.tuning.labeling.filming_window import KEEP_EVERY_S, FilmingRun
from formcheck.tuning.labeling.intervals import Intervals
from formcheck.tuning.labeling.screen import LabelingView
from formcheck.tuning.labels import CORRECT
from formcheck.vision.camera import camera as camera_module
from formcheck.vision.camera.address import LocalCamera
from formcheck.vision.camera.backend import CapturedFrame, clock
from formcheck.vision.camera.camera import Camera
from tests.support.specs import KNEELING

FRESH = Filming(key_map=make_key_map(KNEELING))


class Lens:
    """A picture fifty times a second, each another one."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(1)

    def next(self) -> CapturedFrame:
        time.sleep(0.02)
        picture = self._random.integers(90, 160, (48, 64, 3), np.uint8)
        return CapturedFrame(clock(), lambda: picture)

    def close(self) -> None:
        pass


class Hands:
    """The window: presses `plan`'s keys when so many seconds of film are shown, and notes what stands there."""

    size = 640, 360

    def __init__(self, **plan: float) -> None:
        self._plan = plan
        self.notes: set[str] = set()
        self.film_s = 0.0

    def draw(self, image: Image | None, view: LabelingView) -> None:
        self.film_s = view.at_s
        self.notes.add(view.note)

    def keys(self, wait_s: float) -> tuple[str, ...]:
        due = [key for key, at_s in self._plan.items() if self.film_s >= at_s]
        for key in due:
            del self._plan[key]
        return tuple("space" if key in ("begin", "end") else key for key in due)


@pytest.fixture
def eye(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Camera:
    monkeypatch.setattr(camera_module, "open_backend", lambda _: Lens())
    monkeypatch.setattr(filming, "COUNTDOWN_S", 0.1)
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    return Camera(LocalCamera(where=0))


def test_marks_are_kept_while_it_films_as_far_as_they_have_grown(eye: Camera, tmp_path: Path) -> None:
    kept: list[tuple[float, Intervals]] = []
    hands = Hands(begin=0.0, c=0.3, end=2.5)
    with eye:
        run = FilmingRun(eye, tmp_path / "a.mp4", "", FRESH, lambda marks: kept.append((hands.film_s, marks)))
        run.run(hands)
    assert len(kept) >= 3
    for at_s, (only,) in kept:
        assert only.label == CORRECT
        assert only.start_s == pytest.approx(0.3, abs=0.5)
        assert only.end_s >= at_s - 0.5
    ends_s = [at_s for at_s, _ in kept]
    assert hands.film_s - ends_s[-1] < 1.0, "of what is pressed and filmed a crash takes less than a second"
    assert max(later - earlier for earlier, later in pairwise(ends_s)) < 2 * KEEP_EVERY_S + 0.5


def test_without_room_for_the_marks_it_is_shown_and_the_film_goes_on(eye: Camera, tmp_path: Path) -> None:
    def full(_marks: Intervals) -> None:
        raise OutputError("No room for the marks.")

    hands = Hands(begin=0.0, c=0.2, end=1.2)
    with eye:
        FilmingRun(eye, tmp_path / "a.mp4", "", FRESH, full).run(hands)
    assert "No room for the marks." in hands.notes
    assert not unfinished_folder().exists(), "the film is finished"
    assert (tmp_path / "a.mp4").is_file()
