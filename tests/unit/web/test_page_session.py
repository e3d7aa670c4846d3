"""A session of a page in its threads: pictures stay away and come again, one is filmed, a calibration makes a profile."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from formcheck.coaching.events import Key
from formcheck.coaching.guided_session import GuidedSession
from formcheck.core.interfaces import Frame
from formcheck.core.values import Landmarks
from formcheck.people.history.writer import new_entry
from formcheck.people.profile import find_profile, profile_names
from formcheck.system.native.media_libs import av
from formcheck.testing import legs_flat, upright
from formcheck.vision.engines import EngineModel
from formcheck.web.routes.films import new_film
from formcheck.web.routes.settings import calibration
from formcheck.web.screen import Message, summary_message
from formcheck.web.session import PageSession, SessionPlan
from tests.support.rehearsal import SPECS, both
from tests.support.toy_engine import ToyEngine

pytestmark = pytest.mark.heavy


class Straight(ToyEngine):
    """Sees somebody who stands straight, and lies flat after five seconds."""

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        return (upright(lean=0.0) if frame.time_s < 5.0 else legs_flat(),)


def create_straight(model_file: Path | None, *, still: bool = False) -> Straight:
    return Straight()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


class FakePage:
    """Sends pictures, ten a second, no two of them alike, and takes in what comes back."""

    def __init__(self, session: PageSession) -> None:
        self.session = session
        self.messages: list[Message] = []
        self.size = 320, 240
        self._pictures = self._made()
        session.start()
        session.attach(self.messages.append)

    def _made(self) -> Iterator[bytes]:
        for seed in count():
            file = BytesIO()
            pixels = np.random.default_rng(seed).integers(60, 200, (*self.size[::-1], 3), dtype=np.uint8)
            Image.fromarray(pixels).save(file, "JPEG", quality=40)
            yield file.getvalue()

    def send_until(self, there: Callable[[], bool], at_most_s: float = 20.0) -> None:
        end = time.monotonic() + at_most_s
        while not there():
            assert time.monotonic() < end, self.messages[-1:]
            self.session.picture(1000.0 * time.perf_counter(), next(self._pictures))
            time.sleep(0.1)

    def wait_until(self, there: Callable[[], bool], at_most_s: float = 10.0) -> None:
        end = time.monotonic() + at_most_s
        while not there():
            assert time.monotonic() < end, self.messages[-1:]
            time.sleep(0.05)

    @property
    def screen(self) -> dict[str, Any]:
        return next((one for one in reversed(self.messages) if one["type"] == "screen"), {"phase": None, "held_s": 0.0})

    def over(self) -> dict[str, Any] | None:
        return next((one for one in self.messages if one["type"] in ("over", "error")), None)


def held_by(film: Path | None = None) -> FakePage:
    guided = GuidedSession(SPECS, both())
    plan = SessionPlan(
        title="Kneeling",
        specs=SPECS,
        entry=new_entry("kneeling_hip_flexor"),
        finish=lambda _: summary_message(guided.summary, None),
        film=film,
    )
    return FakePage(PageSession(plan, guided, ToyEngine()))


def test_while_pictures_stay_away_the_clock_stands_and_then_it_goes_on() -> None:
    """As when the page is hidden, the camera taken away, the machine asleep, or the way to the server cut."""
    page = held_by()
    page.send_until(lambda: page.screen["phase"] == "stretch" and page.screen["held_s"] >= 1.0)
    page.wait_until(lambda: page.screen["phase"] == "lost")
    stood_s = page.screen["held_s"]
    time.sleep(1.0)
    assert page.screen["held_s"] == stood_s
    assert page.screen["instruction"]
    page.send_until(lambda: page.screen["phase"] == "stretch")
    began = time.monotonic()
    page.send_until(lambda: page.screen["held_s"] >= stood_s + 1.0)
    assert time.monotonic() - began >= 0.5, "nothing was credited for the time in between"
    page.size = 240, 320
    page.send_until(lambda: page.screen["held_s"] >= stood_s + 2.0)
    page.session.end()
    told = page.over()
    assert told is not None
    assert told["film"] is None


def test_a_session_is_filmed_on_request_and_the_page_says_so_and_where(home: Path) -> None:
    film = new_film(new_entry("any").started)
    page = held_by(film)
    page.send_until(lambda: page.screen["phase"] == "setup")
    page.send_until(lambda: page.screen["phase"] == "stretch")
    assert page.screen["recording"] is True
    assert not film.exists(), "it appears whole"
    page.session.press(Key.QUIT)
    page.send_until(lambda: page.over() is not None)
    told = page.over()
    assert told is not None
    assert told["film"]["name"] == film.name
    assert str(film) in told["film"]["told"]
    assert [path.name for path in film.parent.iterdir()] == [film.name]
    with av.open(str(film)) as opened:
        frames = [frame.time for frame in opened.decode(video=0)]
    assert len(frames) > 20
    assert film.parent.stat().st_mode & 0o077 == 0


def test_a_session_that_is_not_filmed_leaves_no_picture(home: Path) -> None:
    page = held_by()
    page.send_until(lambda: page.screen["phase"] == "setup")
    assert page.screen["recording"] is False
    page.session.end()
    assert {path.suffix for path in home.rglob("*") if path.is_file()} <= {".db", ".db-wal", ".db-shm"}


def test_a_calibration_makes_a_profile(home: Path) -> None:
    session = calibration(EngineModel(engine="toy", factory=f"{__name__}:create_straight", file=None), "anna", muted=False)
    page = FakePage(session)
    page.send_until(lambda: page.over() is not None, 30.0)
    told = page.over()
    assert told is not None
    assert told["type"] == "over", told
    assert "anna" in told["summary"]["sentences"][0]
    assert find_profile("anna").camera == (320, 240)
    assert not (home / "history.db").exists(), "nothing was held"


def test_a_calibration_that_is_left_keeps_nothing() -> None:
    session = calibration(EngineModel(engine="toy", factory=f"{__name__}:create_straight", file=None), "anna", muted=False)
    page = FakePage(session)
    page.send_until(lambda: page.screen["phase"] == "countdown")
    session.end()
    told = page.over()
    assert told is not None
    assert told["type"] == "error"
    assert profile_names() == []
