"""The real window on a virtual screen: keys pressed by xdotool, its size changed, its cross clicked."""

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.coaching.events import ScreenState, SessionPhase
from formcheck.system.display import work_area
from formcheck.ui.opencv.base_window import SIZE
from formcheck.ui.screen import draw_screen
from tests.support.clips import REPO
from tests.support.desktop import HEIGHT, WIDTH, Desktop, desktop, needed
from tests.support.real_time import in_real_time

pytestmark = [pytest.mark.heavy, in_real_time, *needed]

PROGRAM = """
    import sys, time
    import numpy as np
    from formcheck.system.native.media_libs import cv2
    from formcheck.ui.opencv.live_window import TITLE, Window
    from formcheck.coaching.events import Key, ScreenState, SessionPhase

    image = np.full((480, 640, 3), (200, 60, 20), np.uint8)
    end = time.monotonic() + 60
    with Window({{}}, full_screen={full}) as window:
        size = full = None
        while time.monotonic() < end:
            keys = window.show(image, ScreenState(phase=SessionPhase.SETUP, time_s=0.0, instruction="Hello"))
            for key in keys:
                print("key", key, flush=True)
            for x, y in window.pointed():
                print("point", round(x, 2), round(y, 2), flush=True)
            if Key.QUIT in keys:
                closed = window.show(image, ScreenState(phase=SessionPhase.SETUP, time_s=0.0)) == (Key.QUIT,)
                assert closed or sys.argv[1:] == ["q"]
                break
            now = cv2.getWindowImageRect(TITLE)[2:]
            if now != size:
                print("size", *now, flush=True)
            filled = cv2.getWindowProperty(TITLE, cv2.WND_PROP_FULLSCREEN)
            if filled != full:
                print("full", int(filled), flush=True)
            size, full = now, filled
            time.sleep(0.01)
    assert (image == (200, 60, 20)).all()
    print("left", flush=True)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


class Shown:
    """The program in its window, what it said, and hands to work it."""

    def __init__(self, desk: Desktop, folder: Path, *, full: bool = False, how: str = "q") -> None:
        env = {**os.environ, "DISPLAY": desk.display, "PYTHONPATH": str(REPO)}
        self._desk = desk
        self._log = folder / "said.txt"
        code = textwrap.dedent(PROGRAM).format(full=full)
        with self._log.open("w") as log:
            self.process = subprocess.Popen([sys.executable, "-c", code, how], env=env, stdout=log)
        self.wait_for("size")
        self.id = desk.find("formcheck")

    def said(self) -> list[str]:
        return self._log.read_text().splitlines()

    def wait_for(self, start: str, seconds: float = 30.0) -> None:
        end = time.monotonic() + seconds
        while not any(line.startswith(start) for line in self.said()):
            assert time.monotonic() < end, f"{start!r} was not said, only {self.said()}"
            time.sleep(0.05)

    def press(self, key: str) -> None:
        self._desk.press(self.id, key)

    def resize(self, width: int, height: int) -> None:
        self._desk.resize(self.id, width, height)


def test_each_key_is_told(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path)
    keys = {"space": "pause", "s": "skip", "o": "other_side", "m": "mute", "x": "pain", "1": "mild", "3": "sharp"}
    for key, name in keys.items():
        shown.press(key)
        shown.wait_for(f"key {name}")
    shown.press("Escape")
    assert shown.process.wait(30) == 0
    said = [line for line in shown.said() if not line.startswith(("size", "full"))]
    assert said == [*(f"key {name}" for name in keys.values()), "key quit", "left"]


def test_capitals_count_and_other_keys_do_not(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path)
    for key in ("j", "F5", "M"):
        shown.press(key)
        time.sleep(0.3)
    shown.press("q")
    assert shown.process.wait(30) == 0
    assert [line for line in shown.said() if line.startswith("key")] == ["key mute", "key quit"]


def test_a_click_is_told_as_a_place_in_the_picture_and_beside_it_not_at_all(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path)
    shown.resize(1200, 600)
    shown.wait_for("size 1200 600")
    drawing = draw_screen(ScreenState(phase=SessionPhase.SETUP, time_s=0.0), None, picture=4 / 3, window=2.0)
    room = drawing.room
    for x, y in ((1190, 300), *((round(600 * (room.left + room.width * share)), 300) for share in (0.25, 0.75))):
        desk.click(shown.id, x, y)
        time.sleep(0.2)
    right, left = (drawing.in_picture((room.left + room.width * share, 0.5)) for share in (0.25, 0.75))
    assert right is not None
    assert left is not None
    assert left[0] < right[0], "it is a mirror"
    shown.press("q")
    assert shown.process.wait(30) == 0
    told = [tuple(map(float, line.split()[1:])) for line in shown.said() if line.startswith("point")]
    assert told == [pytest.approx(place, abs=0.02) for place in (right, left)]


def test_the_picture_takes_the_shape_of_the_window(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path)
    shown.resize(500, 800)
    shown.wait_for("size 500 800")
    shown.resize(1500, 400)
    shown.wait_for("size 1500 400")
    shown.press("q")
    assert shown.process.wait(30) == 0


def test_f_toggles_the_full_screen_and_is_not_handed_on(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path)
    shown.wait_for("full 0")
    shown.press("f")
    shown.wait_for("full 1")
    shown.press("f")
    time.sleep(0.5)
    shown.press("q")
    assert shown.process.wait(30) == 0
    assert [line for line in shown.said() if line[:4] in ("full", "key ")] == ["full 0", "full 1", "full 0", "key quit"]


def test_it_can_start_on_the_full_screen(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path, full=True)
    shown.wait_for("full 1")
    shown.press("q")
    assert shown.process.wait(30) == 0


def test_closing_it_by_its_cross_means_quit_and_stays_so(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path, how="cross")
    desk.click_cross(shown.id)
    assert shown.process.wait(30) == 0
    assert shown.said()[-2:] == ["key quit", "left"]


def test_it_opens_as_large_as_the_screen_has_room_for(desk: Desktop, tmp_path: Path) -> None:
    shown = Shown(desk, tmp_path)
    shown.wait_for(f"size {WIDTH} {HEIGHT}")
    shown.press("q")
    assert shown.process.wait(30) == 0


def test_a_screen_that_does_not_tell_gets_a_window_that_fits_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":nowhere")
    assert work_area() is None
    assert SIZE[0] <= 1280
    assert SIZE[1] <= 720 - 100, "bars and frame"
