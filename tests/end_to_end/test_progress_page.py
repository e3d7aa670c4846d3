"""The page of the history in a real browser: quiet and alone, by screen reader, on a phone and on paper, with hostile words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from formcheck.core.plain_text import one_line
from formcheck.core.values import Side
from formcheck.people.history import Decided
from formcheck.people.progress import progress_of
from formcheck.ui.report.progress.page import render_check, render_progress, render_session
from tests.end_to_end.test_report import A4_INSIDE, HOSTILE
from tests.support.browser import browser as open_browser
from tests.support.browser import opened
from tests.support.histories import held, read, risen, session
from tests.support.reports import Page

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return pages of all kinds: few sessions, many with a change, several people, one session, and hostile words."""
    risen_by = risen([12] * 5 + [30] * 7, [14] * 12, fault_s=[9] * 5 + [2] * 7)
    many = [replace(one, pain_before=number % 7, pain_after=number % 4) for number, one in enumerate(risen_by)]
    checks = [read(day, degrees, side) for day, degrees in ((0, 2.0), (20, -9.0)) for side in Side]
    mixed = [replace(one, profile=name) for one, name in zip(many, ["anna", HOSTILE * 4] * 6, strict=True)]
    worst = session(
        0,
        held(pose=HOSTILE, faults={HOSTILE: 9.0}),
        profile=HOSTILE * 4,
        plan=HOSTILE,
        version=HOSTILE,
        pain_before=3,
        pain_where=HOSTILE,
        decisions=(Decided(rule=HOSTILE, says=HOSTILE),),
    )
    made = {
        "few": render_progress(progress_of(many[:3])),
        "many": render_progress(progress_of(many, checks), unreadable=2),
        "several": render_progress(progress_of(mixed)),
        "session": render_session(replace(many[3], decisions=(Decided(rule="a", says="Half as long today."),))),
        "hostile": render_progress(progress_of([worst], [read(0, 1.0, check=HOSTILE, reading=HOSTILE, profile=HOSTILE * 4)])),
        "hostile session": render_session(worst),
        "check": render_check([read(0, 2.0), replace(read(0, -9.0, Side.RIGHT), band=None)], ["No change."]),
        "hostile check": render_check([read(0, 1.0, check=HOSTILE, reading=HOSTILE, profile=HOSTILE * 4)], []),
    }
    folder = tmp_path_factory.mktemp("progress")
    for name, html in made.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize(
    "how",
    [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}, {"forced_colors": "active"}],
    ids=["laptop", "dark", "phone", "forced colours"],
)
def test_it_is_quiet_and_alone_axe_finds_nothing_and_nothing_is_cut_off(
    chromium: Any, pages: dict[str, Path], how: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    for name, path in pages.items():
        with opened(chromium, path, **how) as found:
            for details in found.page.locator("summary").all():
                details.click()
            assert (found.said, found.requested) == ([], [path.as_uri()]), name
            results = axe.Axe().run(found.page).response
            assert [(one["id"], one["nodes"][0]["html"]) for one in results["violations"]] == [], name
            width = found.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert width[0] <= width[1], name


def test_all_that_opens_opens_by_keyboard(chromium: Any, pages: dict[str, Path]) -> None:
    with opened(chromium, pages["many"]) as found:
        for details in found.page.locator("summary").all():
            details.focus()
            found.page.keyboard.press("Enter")
        assert found.page.evaluate("[...document.querySelectorAll('details')].every((one) => one.open)")


def test_what_has_changed_is_on_one_page_of_paper_and_no_chart_is_cut(chromium: Any, pages: dict[str, Path]) -> None:
    with opened(chromium, pages["many"], width=round(A4_INSIDE[0]), height=round(A4_INSIDE[1])) as found:
        found.page.emulate_media(media="print")
        assert found.page.evaluate("document.querySelector('.opening').scrollHeight") < A4_INSIDE[1]
        widths = "[...document.querySelectorAll('.plot svg')].map((one) => one.getBoundingClientRect().right)"
        assert max(found.page.evaluate(widths)) <= A4_INSIDE[0] + 1


def test_labels_lie_within_their_charts(chromium: Any, pages: dict[str, Path]) -> None:
    beyond = """[...document.querySelectorAll('.plot svg')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
        const all = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].map((text) => text.getBoundingClientRect())
            .filter((one) => one.left < all.left - 1 || one.right > all.right + 1).map((one) => one.right - all.right);
    })"""
    for how in ({}, {"width": 390, "height": 844}):
        for name in ("few", "many"):
            with opened(chromium, pages[name], **how) as found:
                assert found.page.evaluate(beyond) == [], name


@pytest.mark.parametrize("name", ["hostile", "hostile session"])
def test_hostile_words_do_nothing(chromium: Any, pages: dict[str, Path], name: str) -> None:
    with opened(chromium, pages[name]) as found:
        assert (found.said, found.requested) == ([], [pages[name].as_uri()])
        shown = one_line(HOSTILE)
        assert shown in found.page.locator("main").inner_text()
        assert "49" not in Page(pages[name].read_text(encoding="utf-8")).text.replace(shown, "")
