"""The pictures of a page: in order, at the times at which the page took them, and nothing that is no picture."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from formcheck.coaching.events import SessionPhase
from formcheck.core.errors import SourceError
from formcheck.core.lighting import Light
from formcheck.web import camera
from formcheck.web.camera import PageCamera
from tests.support.laws import law
from tests.support.rehearsal import READY, RIGHT, Rehearsal, both


def picture(width: int = 96, height: int = 72, shade: int = 120, *, kind: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), (shade, 40, 200)).save(file, kind)
    return file.getvalue()


JPEG = picture()


def test_a_picture_is_as_it_was_taken() -> None:
    page = PageCamera()
    assert not page.wait_first(0.0)
    page.put(1000.0, JPEG)
    assert page.wait_first(0.0)
    image = page.next().image
    assert image.shape == (72, 96, 3)
    assert np.abs(image[20, 20].astype(int) - (120, 40, 200)).max() <= 4, "red stays red"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        JPEG[:200],
        JPEG[: len(JPEG) // 3],
        picture(kind="PNG"),
        picture(3000, 3000),
        picture(1, 1),
        picture(4000, 1),
        b"\xff\xd8\xff" + bytes(400),
        JPEG[:2] + bytes(len(JPEG) - 4) + JPEG[-2:],
    ],
    ids=["nothing", "text", "cut off", "head alone", "PNG", "far too large", "tiny", "a line", "a beginning alone", "hollow"],
)
def test_what_is_no_picture_of_the_page_is_left_alone(content: bytes) -> None:
    page = PageCamera()
    page.put(1000.0, content)
    assert not page.wait_first(0.0)
    page.put(1100.0, JPEG)
    assert page.wait_first(0.0), "the next one is seen"


@pytest.mark.parametrize("taken_ms", [float("nan"), float("inf"), -float("inf"), 1e300, -1e300])
def test_a_time_that_is_none_is_left_alone(taken_ms: float) -> None:
    page = PageCamera()
    page.put(taken_ms, JPEG)
    assert not page.wait_first(0.0)
    page.put(1000.0, JPEG)
    assert page.wait_first(0.0)


def test_of_a_flood_the_newest_is_looked_at_and_no_other_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[bytes] = []
    decoded = camera.decoded

    def look(jpeg: bytes) -> Any:
        looked.append(jpeg)
        return decoded(jpeg)

    monkeypatch.setattr(camera, "decoded", look)
    page = PageCamera()
    newest = picture(shade=250)
    for number in range(2000):
        page.put(float(number), JPEG)
    page.put(2000.0, newest)
    assert page.next().image[20, 20, 0] > 240
    assert looked == [newest]
    assert len(page._taken) <= 64


def test_no_more_than_thirty_pictures_a_second_are_looked_at() -> None:
    page, seen = PageCamera(), 0
    with pytest.MonkeyPatch.context() as patch:
        now = [0.0]
        patch.setattr(camera, "clock", lambda: now[0])
        patch.setattr(camera, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
        for number in range(100):
            now[0] += 1e-4
            page.put(1e3 * now[0], picture(shade=number))
            page.next()
            seen += 1
        assert now[0] >= (seen - 1) * camera.APART_S


def test_a_camera_that_is_turned_goes_on() -> None:
    page = PageCamera()
    for number, (width, height) in enumerate([(640, 480), (480, 640), (320, 240), (854, 480)]):
        page.put(100.0 * number, picture(width, height))
        assert page.next().image.shape == (height, width, 3)


JUMPS_S = {
    "none": lambda t: 0.0,
    "an hour ahead": lambda t: 3600.0 if t >= 20 else 0.0,
    "an hour back": lambda t: -3600.0 if t >= 20 else 0.0,
    "half a second ahead": lambda t: 0.5 if t >= 20 else 0.0,
    "half a second back": lambda t: -0.5 if t >= 20 else 0.0,
    "to and fro": lambda t: 5.0 * (int(t) % 2),
    "slow": lambda t: -0.001 * t,
    "stands": lambda t: 20.0 - t if t >= 20 else 0.0,
}


@pytest.mark.parametrize("jump", JUMPS_S.values(), ids=JUMPS_S.keys())
def test_whatever_the_clock_of_the_page_does_nothing_is_held_that_was_not(jump: Callable[[float], float]) -> None:
    """Ten pictures a second of somebody who holds: what is credited is never more than the time that has passed."""
    page, session = PageCamera(), Rehearsal.of(*both()).session
    with pytest.MonkeyPatch.context() as patch:
        now = [1000.0]
        patch.setattr(camera, "clock", lambda: now[0])
        last, held_s, began = -1.0, 0.0, None
        for number in range(350):
            true_s = number / 10
            now[0] = 1000.0 + true_s
            page.put(1000.0 * (true_s + jump(true_s)), JPEG)
            arrived = page._last - 1000.0
            if arrived <= last:
                continue
            assert arrived <= true_s + 1e-6, "no picture is from the future"
            last = arrived
            result = session.step((READY,) if true_s < 5 else (RIGHT,), Light.FINE, arrived)
            if result.screen.phase is SessionPhase.STRETCH:
                began = true_s if began is None else began
                assert result.screen.held_s - held_s <= 1.6, "no leap of the clock"
                held_s = result.screen.held_s
        assert began is not None
        assert held_s <= true_s - began + 0.2
        assert held_s >= 10.0, "it goes on"


def test_pictures_out_of_order_are_left_alone() -> None:
    page, now = PageCamera(), [10.0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(camera, "clock", lambda: now[0])
        for taken_ms in (0.0, 300.0, 100.0, 200.0, 300.0):
            now[0] += 0.05
            page.put(taken_ms, JPEG)
        assert [taken for _, taken in page._taken] == [0.0, 300.0]


def test_without_a_picture_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "STALLED_S", 0.01)
    with pytest.raises(SourceError, match="sends no pictures"):
        PageCamera().next()


sent = st.lists(st.tuples(st.floats(20, 400), st.floats(1, 300)), min_size=1, max_size=30)
"""Milliseconds between two pictures, and those that each takes to arrive."""


@law
@given(sent, st.floats(-1e6, 1e6))
def test_pictures_are_as_far_apart_as_they_were_taken(pictures: list[tuple[float, float]], page_ms: float) -> None:
    """However late they come: from the one on that came the fastest, times are the page's, moved by one constant."""
    page, now = PageCamera(), [0.0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(camera, "clock", lambda: now[0])
        taken_ms, arrived = page_ms, []
        last_arrival_ms = 0.0
        for apart_ms, late_ms in pictures:
            taken_ms += apart_ms
            last_arrival_ms = max(last_arrival_ms, taken_ms - page_ms + late_ms)
            now[0] = last_arrival_ms / 1000.0
            before = page._last
            page.put(taken_ms, JPEG)
            if page._last > before:
                arrived.append((page._last, taken_ms))
                assert page._last <= now[0] + 1e-9, "no picture is from the future"
                assert page.taken_ms(page._last) == taken_ms
        assert [one for one, _ in arrived] == sorted({one for one, _ in arrived})


def test_a_clock_that_stood_still_is_tied_anew() -> None:
    page, now = PageCamera(), [100.0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(camera, "clock", lambda: now[0])
        page.put(5000.0, JPEG)
        now[0] += 60.0  # this machine slept, and the page's clock with it
        page.put(5100.0, JPEG)
        assert page._last == pytest.approx(160.0)
        page.connect()
        now[0] += 1.0
        page.put(3.0, JPEG)  # another page, whose clock has just begun
        assert page._last == pytest.approx(161.0)
