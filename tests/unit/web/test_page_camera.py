"""The pictures of a page: in order, at the times at which the page took them, and nothing that is no picture."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from formcheck.core.errors import SourceError
from formcheck.web import camera
from formcheck.web.camera import PageCamera
from tests.support.laws import law


def picture(width: int = 64, height: int = 48, shade: int = 120, *, kind: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), (shade, 40, 200)).save(file, kind)
    return file.getvalue()


JPEG = picture()


def test_a_picture_is_as_it_was_taken() -> None:
    page = PageCamera()
    assert not page.wait_first(0.0)
    assert page.put(1000.0, JPEG)
    assert page.wait_first(0.0)
    image = page.next().image
    assert image.shape == (48, 64, 3)
    assert np.abs(image[20, 20].astype(int) - (120, 40, 200)).max() <= 4, "red stays red"


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", JPEG[:200], picture(kind="PNG"), picture(3000, 3000), b"\xff\xd8\xff" + bytes(400)],
    ids=["nothing", "text", "cut off", "another kind", "far too large", "a beginning alone"],
)
def test_what_is_no_picture_of_the_page_is_left_alone(content: bytes) -> None:
    page = PageCamera()
    assert not page.put(1000.0, content)
    assert not page.wait_first(0.0)


def test_a_time_that_is_none_is_left_alone() -> None:
    page = PageCamera()
    assert not any(page.put(taken_ms, JPEG) for taken_ms in (float("nan"), float("inf"), -float("inf")))


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
            assert page.put(taken_ms, JPEG)
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
