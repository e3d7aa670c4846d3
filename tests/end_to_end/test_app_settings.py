"""The settings of the app as people use them: in Chromium, by keyboard, in German, large, dark and without colours."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.app_page import Seen, page_of
from tests.support.browser import browser, until
from tests.support.served import served

pytestmark = pytest.mark.heavy

LOOKS: list[dict[str, Any]] = [{}, {"color_scheme": "dark"}, {"forced_colors": "active", "reduced_motion": "reduce"}]


def settings(seen: Seen) -> None:
    seen.page.evaluate("location.hash = '#/settings'")
    until(seen.page, "document.querySelector('main.settings') !== null")


def choose(seen: Seen, name: str, keys: str) -> None:
    """Choose in a field by keyboard alone."""
    seen.page.focus(f"#{name}")
    seen.page.keyboard.type(keys)


def axe_of(seen: Seen) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = axe.Axe().run(seen.page).response["violations"]
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "forced colours"])
def test_what_is_chosen_is_there_at_once_and_next_time(look: dict[str, Any], model: Path, tmp_path: Path) -> None:
    with served(model, tmp_path) as server, browser() as chromium, page_of(server, chromium, **look) as seen:
        settings(seen)
        assert axe_of(seen) == []
        choose(seen, "language", "De")
        until(seen.page, "document.querySelector('h1').textContent === 'Einstellungen'")
        until(seen.page, "document.activeElement.id === 'language'")
        assert seen.page.evaluate("document.documentElement.lang") == "de"
        seen.page.focus("#type_size")
        seen.page.keyboard.press("End")
        choose(seen, "theme", "Ho")
        seen.page.focus("#mirrored")
        seen.page.keyboard.press("Space")
        root = "Object.values({...document.documentElement.dataset})"
        assert seen.page.evaluate(f"({root}).sort()") == sorted(
            ["contrast", "false", "less" if "reduced_motion" in look else "full"]
        )
        seen.page.reload()
        settings(seen)
        assert seen.page.evaluate("[...document.querySelectorAll('#theme, #type_size')].map((one) => one.value)") == [
            "200",
            "contrast",
        ]
        assert seen.page.inner_text("h1") == "Einstellungen"
        for width, height in ((390, 844), (360, 640), (768, 1024), (1920, 1080)):
            seen.page.set_viewport_size({"width": width, "height": height})
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe_of(seen) == []
        assert seen.said == []
        assert {url.split("/")[2] for url in seen.asked} == {server.base.split("/")[2]}, "nothing leaves this machine"


def test_an_impossible_name_is_told_and_a_calibration_asks_for_the_camera(model: Path, tmp_path: Path) -> None:
    with served(model, tmp_path) as server, browser() as chromium, page_of(server, chromium) as seen:
        settings(seen)
        seen.page.focus("#new_profile")
        seen.page.keyboard.type("Anna B.")
        seen.page.keyboard.press("Enter")
        assert "#/settings" in seen.page.url
        seen.page.fill("#new_profile", "anna")
        seen.page.keyboard.press("Enter")
        until(seen.page, "document.querySelector('main.camera_check') !== null")
        assert "anna" in seen.page.inner_text("h1")
