"""Progress in a real browser: from the list to a report and back, deleted one by one and all, by keyboard, quiet and alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from formcheck.core.plain_text import one_line
from formcheck.people.history.database import Store
from formcheck.system.paths import history_file
from formcheck.vision.engines import EngineModel
from formcheck.web.server import serve
from tests.support.browser import browser as open_browser
from tests.support.browser import until
from tests.support.histories import held, read, risen, session
from tests.support.hostile import HOSTILE
from tests.support.speaking import speaking

pytestmark = pytest.mark.heavy

REPORT_S = 60.0
"""A report is made by a process that lets all others go first."""
SHOWN = "document.querySelector('.report_frame p')?.hidden"
FRAMED = "(document.querySelector('iframe')?.contentDocument.body?.innerText ?? '')"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with open_browser() as found:
        yield found


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))


def keep(*sessions: Any) -> None:
    with Store(history_file()) as store:
        store.save(*sessions)
        store.save_check([read(1, 4.0)])


@contextmanager
def served() -> Iterator[str]:
    """Serve the page; yield the address that lets in."""
    there, leave, address = Event(), Event(), []

    def opened(found: str) -> None:
        address.append(found)
        there.set()

    model = EngineModel(engine="toy", factory="a:b", file=None)
    serving = Thread(target=serve, args=(model, None), kwargs={"opened": opened, "stopped": leave.is_set}, daemon=True)
    serving.start()
    try:
        assert there.wait(20)
        yield address[0]
    finally:
        leave.set()
        serving.join(20)


class Seen:
    """The page, what it printed to the console, and what it asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.said: list[str] = []
        self.requested: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.requested.append(request.url))

    def go(self, address: str) -> None:
        self.page.evaluate(f"location.hash = {address!r}")

    def rows(self) -> list[str]:
        return list(self.page.evaluate("[...document.querySelectorAll('.parts ol.sessions h3 a')].map((one) => one.ariaLabel)"))

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.textContent"))


@contextmanager
def opened(chromium: Any, address: str, *, width: int = 1366, height: int = 768, **context: Any) -> Iterator[Seen]:
    with chromium.new_context(viewport={"width": width, "height": height}, **context) as made:
        seen = Seen(made.new_page())
        seen.page.goto(address)
        until(seen.page, "document.querySelector('h1') !== null")
        seen.go("#/progress")
        until(seen.page, "document.querySelector('main.progress') !== null")
        yield seen
        assert seen.said == []
        assert [
            one for one in seen.requested if not one.startswith(("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:"))
        ] == []


def test_from_the_list_to_a_report_and_back_and_deleted_until_nothing_is_left(chromium: Any) -> None:
    keep(*risen([12] * 14, [15] * 14))
    with served() as address, opened(chromium, address, width=390, height=844) as seen:
        page = seen.page
        until(page, f"{FRAMED}.includes('Sessions: 14.')", REPORT_S)
        first = seen.rows()
        assert len(first) == 10
        page.get_by_role("button", name="Show more").click()
        until(page, "document.querySelectorAll('.parts ol.sessions h3 a').length === 14")
        assert seen.focused() == "session_10"
        page.locator("#session_12").focus()
        before = page.evaluate("scrollY")
        page.keyboard.press("Enter")
        until(page, f"{FRAMED}.includes('What was done')", REPORT_S)
        assert seen.focused() == "Report of a session"

        page.get_by_role("link", name="All sessions").click()
        until(page, "document.activeElement.id === 'session_12'")
        assert page.evaluate("scrollY") == before
        assert seen.rows()[:10] == first

        page.get_by_role("button", name="Delete the session").nth(1).press("Enter")
        assert seen.focused() == "Keep it", "Enter deletes nothing"
        assert "This cannot be undone." in page.locator("dialog").inner_text()
        page.keyboard.press("Escape")
        until(page, "document.querySelector('dialog') === null")
        assert len(seen.rows()) == 14
        page.get_by_role("button", name="Delete the session").nth(1).press("Enter")
        page.locator("dialog").get_by_role("button", name="Delete", exact=True).press("Enter")
        until(page, "document.querySelectorAll('.parts ol.sessions h3 a').length === 13")
        assert seen.focused() == "session_2"
        assert first[1] not in seen.rows()
        until(page, f"{FRAMED}.includes('Sessions: 13.')", REPORT_S)
        with Store(history_file()) as store:
            assert len(store.recent()) == 13

        page.get_by_role("button", name="Delete all sessions").click()
        page.locator("dialog").get_by_role("button", name="Delete", exact=True).click()
        until(page, "document.querySelector('.parts') === null")
        assert "Nothing has been kept yet." in page.locator("main").inner_text()
        assert not history_file().exists()
        page.get_by_role("link", name="Choose a stretch").click()
        until(page, "document.querySelector('.card') !== null")


def test_a_table_is_saved_under_a_good_name(chromium: Any, tmp_path: Path) -> None:
    keep(*risen([12] * 3, [15] * 3))
    with served() as address, opened(chromium, address) as seen:
        with seen.page.expect_download() as downloading:
            seen.page.get_by_role("link", name="Table (CSV)").click()
        assert downloading.value.suggested_filename.startswith("formcheck-history-")
        assert downloading.value.suggested_filename.endswith(".csv")
        downloading.value.save_as(tmp_path / "mine.csv")
        assert len((tmp_path / "mine.csv").read_text(encoding="utf-8").splitlines()) == 1 + 6


def test_a_report_is_saved_as_one_file_and_printed_from_a_tab_of_its_own(chromium: Any, tmp_path: Path) -> None:
    many = risen([12] * 14, [15] * 14)
    keep(*many)
    with served() as address, opened(chromium, address) as seen:
        page = seen.page
        for place, heading, saved_as in (
            ("#/progress", "Progress", "What the sessions show.html"),
            (f"#/session_report?id={many[0].id}", "Report of a session", ".html"),
        ):
            seen.go(place)
            until(page, f"document.querySelector('h1').textContent === {heading!r}")
            with page.expect_download() as downloading:
                page.get_by_role("link", name="Save the report").click()
            assert downloading.value.suggested_filename.endswith(saved_as)
            downloading.value.save_as(tmp_path / "saved.html")
            with page.expect_popup() as opening:
                page.get_by_role("link", name="Open it to print (new tab)").click()
            tab = opening.value
            tab.wait_for_load_state()
            alone = tab.evaluate("document.body.innerText")
            tab.goto((tmp_path / "saved.html").as_uri())
            assert tab.evaluate("document.body.innerText") == alone
            assert tab.locator("h1").count() == 1
            tab.close()


def test_the_sessions_of_the_last_days_can_be_chosen(chromium: Any) -> None:
    now = datetime.now().astimezone()
    keep(*(session(days, held(), started=now - timedelta(days=days), ended=now) for days in (1, 6, 9, 40)))
    with served() as address, opened(chromium, address) as seen:
        until(seen.page, "document.querySelectorAll('.parts ol.sessions h3 a').length === 4")
        for label, count in (("The last 7 days", 2), ("The last 4 weeks", 3)):
            seen.page.locator("#since").select_option(label=label)
            until(seen.page, f"document.querySelectorAll('.parts ol.sessions h3 a').length === {count}")


def test_everything_is_deleted_the_settings_of_the_browser_with_it(chromium: Any) -> None:
    keep(*risen([12] * 3, [15] * 3))
    with served() as address, opened(chromium, address) as seen:
        page = seen.page
        page.evaluate("localStorage.setItem('language', 'de')")
        page.get_by_role("link", name="What is kept on this machine").click()
        until(page, "document.querySelector('main.kept') !== null")
        assert str(history_file().parent) in page.locator("main").inner_text()
        page.get_by_role("button", name="Delete everything").click()
        assert "History" in page.locator("dialog").inner_text()
        page.locator("dialog").get_by_role("button", name="Delete", exact=True).click()
        until(page, "document.querySelector('[role=status]').textContent !== ''")
        assert "History" not in page.locator("main").inner_text()
        assert page.evaluate("localStorage.length") == 0
        assert not history_file().exists()


def test_a_history_that_cannot_be_read_says_what_to_do(chromium: Any) -> None:
    keep(*risen([12] * 3, [15] * 3))
    history_file().write_bytes(b"this is no database" * 400)
    with served() as address, chromium.new_context() as made:
        page = made.new_page()
        page.goto(address)
        until(page, "document.querySelector('h1') !== null")
        page.evaluate("location.hash = '#/progress'")
        until(page, "document.querySelector('.trouble') !== null")
        assert "is damaged." in page.locator(".trouble").inner_text()
        page.locator("main").get_by_role("link", name="What is kept on this machine").click()
        page.get_by_role("button", name="Delete: History").click()
        page.locator("dialog").get_by_role("button", name="Delete", exact=True).click()
        until(page, "document.querySelector('[role=status]')?.textContent === 'Deleted: History'")
        assert not history_file().exists()


def test_hostile_names_stay_text(chromium: Any) -> None:
    worst = HOSTILE["end of an attribute"]
    keep(replace(session(1, held()), profile=worst, plan=worst), session(2, held()))
    with served() as address, opened(chromium, address) as seen:
        until(seen.page, SHOWN, REPORT_S)
        assert one_line(worst) in seen.page.locator("main").inner_text()
        seen.page.locator("#whose").select_option(worst)
        until(seen.page, "document.querySelectorAll('.parts ol.sessions h3 a').length === 1")
        assert seen.focused() == "whose"
        assert seen.page.locator("img").count() == 0


@pytest.mark.parametrize(
    "how",
    [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}, {"forced_colors": "active"}],
    ids=["laptop", "dark", "phone", "forced colours"],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(chromium: Any, how: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    many = risen([12] * 5 + [30] * 7, [14] * 12)
    keep(*(replace(one, profile="anna", pain_before=2) for one in many))
    with served() as address, opened(chromium, address, **how) as seen:
        for place, heading in (
            ("#/progress", "Progress"),
            (f"#/session_report?id={many[0].id}", "Report of a session"),
            ("#/kept", "What is kept on this machine"),
        ):
            seen.go(place)
            until(seen.page, f"document.querySelector('h1').textContent === {heading!r}")
            until(seen.page, f"document.querySelector('main.kept') !== null || {SHOWN}", REPORT_S)
            for type_ in ("", "225%"):
                seen.page.evaluate(f"document.documentElement.style.fontSize = {type_!r}")
                width = seen.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
                assert width[0] <= width[1], (place, type_)
            seen.page.evaluate("document.documentElement.style.fontSize = ''")
            found = axe.Axe().run(seen.page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], place
        seen.page.get_by_role("button", name="Delete everything").click()
        assert axe.Axe().run(seen.page).response["violations"] == []


def test_in_german_and_dark_with_large_type_it_is_as_wide_as_a_phone_and_all_of_it_is_dark(chromium: Any) -> None:
    keep(*risen([12] * 2, [15] * 2))
    ground = "getComputedStyle({}).backgroundColor"
    with speaking("de"), served() as address, opened(chromium, address, width=390, height=844, color_scheme="null") as seen:
        page = seen.page
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        page.evaluate("document.documentElement.style.setProperty('--type', 2)")
        until(page, f"{FRAMED}.length > 100", REPORT_S)
        framed = page.evaluate(ground.format("document.querySelector('.report_frame iframe').contentDocument.documentElement"))
        assert framed == page.evaluate(ground.format("document.documentElement"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
