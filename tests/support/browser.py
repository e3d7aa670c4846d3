"""A real browser without a window: Chromium as the system has it, driven by Playwright, which brings none."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Return where Chromium is; the test is skipped without it, or without Playwright."""
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    found = next((path for name in NAMES if (path := shutil.which(name)) is not None), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine")
    return found


@contextmanager
def browser(camera: Path | None = None) -> Iterator[Any]:
    """Open the browser; `camera` is a file of JPEGs that it has as its camera, 30 a second, over and over."""
    place = chromium()
    from playwright.sync_api import sync_playwright

    seeing = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=place, args=["--no-sandbox", *(seeing if camera else [])])
        yield opened
        opened.close()


def until(page: Any, expression: str, seconds: float = 10.0) -> None:
    """Wait until an expression is true on the page, whose policy lets Playwright's own waiting do nothing."""
    end_s = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end_s, expression
        page.wait_for_timeout(30)


@dataclass
class Opened:
    """A page, what it printed to the console, and what it asked for besides itself."""

    page: Any
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Any, path: Path, *, width: int = 1366, height: int = 768, **context: Any) -> Iterator[Opened]:
    """Open the page at `path`, and wait until its script has run and its film can be shown."""
    with browser.new_context(viewport={"width": width, "height": height}, **context) as made:
        page = made.new_page()
        found = Opened(page)

        def told(dialog: Any) -> None:
            found.said.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("console", lambda message: found.said.append(message.text))
        page.on("pageerror", lambda error: found.said.append(str(error)))
        page.on("dialog", told)
        page.on("request", lambda request: found.requested.append(request.url))
        page.goto(path.as_uri())
        until(page, "[...document.querySelectorAll('video')].every((video) => video.readyState >= 2)")
        yield found
