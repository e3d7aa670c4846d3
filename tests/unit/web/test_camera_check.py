"""The camera before a session: what the page is told of its pictures."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from formcheck.coaching.guidance import phrases
from formcheck.core.interfaces import Frame
from formcheck.core.values import Landmarks, Status
from formcheck.system.paths import history_file
from formcheck.testing import scaled, shifted, turned
from formcheck.web.routes.camera_check import SEEN, SEEN_FROM_THE_SIDE, CameraCheck
from tests.support.rehearsal import READY, RIGHT
from tests.support.toy_engine import ToyEngine

PICTURE = np.random.default_rng(7).integers(60, 200, (90, 160, 3)).astype(np.uint8)
EVERY_S = 0.25


@dataclass
class Room(ToyEngine):
    """Whoever is in front of the camera."""

    people: tuple[Landmarks, ...] = ()

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return self.people


def told(*people: Landmarks, guided: bool = False, light: float = 1.0) -> tuple[Status | None, str | None]:
    """Return what is said after two seconds before the camera; first all that was said is nothing, or that."""
    check = CameraCheck(Room(people=people), guided=guided)
    seen = [check.look((PICTURE * light).astype(np.uint8), number * EVERY_S) for number in range(8)]
    said = [(one["status"], one["text"]) for one in seen]
    assert set(said) <= {(None, None), said[-1]}
    return said[-1]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


def test_it_says_what_keeps_the_camera_from_seeing_as_the_set_up_of_a_session_does(home: Path) -> None:
    assert told() == (Status.UNSEEN, phrases.STEP_IN)
    assert told(light=0.0) == (Status.UNSEEN, phrases.UNCOVER)
    assert told(scaled(READY, 0.1)) == (Status.UNSEEN, phrases.CLOSER)
    assert told(shifted(READY, 0.0, -0.4)) == (Status.UNSEEN, phrases.TILT_DOWN)
    assert told(turned(READY, 60)) == (Status.UNSEEN, phrases.TURN)
    assert told(turned(READY, 25)) == (Status.ADJUST, phrases.TURN_A_LITTLE)
    assert told(READY) == told(RIGHT) == (Status.CORRECT, SEEN_FROM_THE_SIDE)
    assert not history_file().exists()


def test_a_guided_block_needs_no_more_than_somebody_who_is_there() -> None:
    assert told(guided=True) == (Status.UNSEEN, phrases.STEP_IN)
    assert told(turned(READY, 60), guided=True) == told(scaled(READY, 0.1), guided=True) == (Status.CORRECT, SEEN)
