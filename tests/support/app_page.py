"""The page of the app in a browser: what it shows, what a person presses, and what its camera sees."""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from formcheck.system.native.media_libs import av, cv2
from tests.support.served import Served

STATE = """() => {
  const session = document.querySelector("main.session");
  if (session === null) return null;
  const text = (name) => session.querySelector(name)?.textContent ?? "";
  return {
    phase: session.dataset.phase, board: session.dataset.board, status: session.querySelector(".verdict")?.dataset.status ?? "",
    instruction: text(".instruction"), number: text(".ring .number"), headline: text(".board h2"), side: text(".side"),
  };
}"""

CAPITALS = """(place) => {
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(place);
  const drawn = document.createElement("canvas").getContext("2d");
  drawn.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  return drawn.measureText("H").actualBoundingBoxAscent;
}"""
"""How high the capitals of a text are, in pixels."""


def pictures_of(clip: Path) -> list[Any]:
    with av.open(str(clip)) as opened:
        return [frame.to_ndarray(format="bgr24") for frame in opened.decode(video=0)]


def written(pictures: Iterable[Any], film: Path) -> Path:
    with film.open("wb") as out:
        for picture in pictures:
            out.write(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes())
    return film


@dataclass
class Seen:
    """A page, what it told its console, and what it asked for."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def state(self) -> dict[str, str] | None:
        return self.page.evaluate(STATE)  # type: ignore[no-any-return]

    def serious(self) -> list[str]:
        """What axe finds wrong with the page as it stands, and calls serious or worse."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
        found = axe.Axe().run(self.page).response["violations"]
        return [
            f"{one['id']}: {node['html']}" for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
        ]

    def until(self, reached: Callable[[dict[str, str]], bool], within_s: float = 15.0) -> dict[str, str]:
        end_s = time.monotonic() + within_s
        while True:
            state = self.state()
            if state is not None and reached(state):
                return state
            assert time.monotonic() < end_s, state
            self.page.wait_for_timeout(50)

    def phase(self, phase: str, within_s: float = 15.0) -> dict[str, str]:
        return self.until(lambda state: state["phase"] == phase, within_s)

    def status(self, status: str, within_s: float = 15.0) -> dict[str, str]:
        return self.until(lambda state: (state["phase"], state["status"], state["board"]) == ("stretch", status, ""), within_s)

    def board(self, board: str, within_s: float = 15.0) -> dict[str, str]:
        return self.until(lambda state: state["board"] == board, within_s)

    def choose(self, plan: str) -> None:
        """Go from the first page to the camera by what a person presses, answering each question with No."""
        page = self.page
        page.click(f"a.card[href*='plan={plan}&']")
        page.click("form button.main")
        page.wait_for_url(re.compile("#/(questions|camera)"))
        while "#/questions" in page.url:
            page.click("button:text-is('No')")
            page.wait_for_timeout(100)
        page.wait_for_selector("main.camera_check button.main:enabled")

    def start(self) -> None:
        """Begin the session, from the camera's page."""
        page = self.page
        page.click("main.camera_check button.main")
        page.wait_for_selector("main.session")

    def begin(self, plan: str) -> None:
        """Go from the first page to the session."""
        self.choose(plan)
        self.start()

    @property
    def held(self) -> int:
        state = self.state()
        assert state is not None
        return int(state["number"])

    def holds_on(self, by: int = 2) -> int:
        """Wait until the clock has counted on by some seconds; return what it shows."""
        before = self.until(lambda state: state["status"] == "correct" and state["board"] == "" and state["number"] != "")
        self.until(lambda state: state["board"] == "" and int(state["number"] or 0) >= int(before["number"]) + by)
        return self.held


@contextmanager
def page_of(server: Served, chromium: Any, **context: Any) -> Iterator[Seen]:
    with chromium.new_context(viewport={"width": 1366, "height": 768}, **context) as made:
        page = made.new_page()
        seen = Seen(page)
        page.on("console", lambda message: seen.said.append(message.text))
        page.on("pageerror", lambda error: seen.said.append(str(error)))
        page.on("request", lambda request: seen.asked.append(request.url))
        page.on("websocket", lambda socket: seen.asked.append(socket.url))
        page.goto(server.address)
        page.wait_for_selector("h1")
        yield seen
