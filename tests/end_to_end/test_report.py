"""The page of a report in a real browser: alone, by keyboard, on paper, and with the skeleton on the person."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

import formcheck
from formcheck.testing import kneeling
from formcheck.ui.report.film import linked
from formcheck.ui.report.page import ReportPart, render
from tests.support.browser import browser as open_browser
from tests.support.browser import opened, until
from tests.support.clips import SAMPLES
from tests.support.reports import Page, reported
from tests.support.scenes import scene
from tests.support.specs import KNEELING

pytestmark = pytest.mark.heavy

FAULTY = SAMPLES / "kneeling_p2_arch_head.mp4"
LEAVES = SAMPLES / "standing_leaves_and_returns_p7.mp4"
AWAY_S = 6.0

A4_INSIDE = 182 / 25.4 * 96, 269 / 25.4 * 96
"""Pixels of an A4 page within its margins of 14 mm, at 96 for an inch as browsers count."""

HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}</script><script>alert(2)</script>\u202e"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def faulty(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    formcheck.score(FAULTY, outputs={"report": folder / "page.html", "json": folder / "page.json"}, model=model)
    return folder / "page.html"


@pytest.fixture(scope="module")
def leaves(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("leaves") / "page.html"
    formcheck.score(LEAVES, outputs={"report": page}, model=model)
    return page


def shot(page: Any) -> NDArray[np.int16]:
    picture = Image.open(io.BytesIO(page.locator(".stage").screenshot())).convert("RGB")
    return np.asarray(picture, np.int16)


def seek(page: Any, time_s: float) -> None:
    """Move the film as the person does, and wait until it shows that picture."""
    page.evaluate(
        """(time) => new Promise((done) => {
             const video = document.querySelector("video"), slider = document.querySelector(".time");
             video.addEventListener("seeked", () => requestAnimationFrame(() => requestAnimationFrame(done)), { once: true });
             slider.value = time;
             slider.dispatchEvent(new Event("input"));
           })""",
        time_s,
    )


def test_it_is_quiet_and_alone_and_a_click_on_a_fault_goes_there(chromium: Any, faulty: Path) -> None:
    document = json.loads(faulty.with_suffix(".json").read_text())
    with opened(chromium, faulty) as found:
        page = found.page
        for fault in document["faults"]:
            page.locator(f'.fault button[data-time="{fault["start_s"]:.2f}"]').click()
            until(page, "!document.querySelector('video').seeking")
            assert page.evaluate("document.querySelector('video').currentTime") == pytest.approx(fault["start_s"], abs=0.01)
        page.locator(".plot.wide").nth(1).hover(position={"x": 300, "y": 60})
        until(page, "!document.querySelector('video').seeking")
        left, right = (float(page.locator(".plot.wide").nth(1).get_attribute(f"data-{edge}")) for edge in ("left", "right"))
        width = page.locator(".plot.wide").nth(1).bounding_box()["width"]
        wanted_s = (300 / width - left) / (right - left) * document["clip"]["duration_s"]
        assert page.evaluate("document.querySelector('video').currentTime") == pytest.approx(wanted_s, abs=0.1)
        page.locator(".play").click()
        until(page, f"document.querySelector('video').currentTime > {wanted_s + 0.3}")
        page.locator(".play").click()
        assert page.evaluate("document.querySelector('video').paused")
        assert found.said == []
        assert [url for url in found.requested if not url.startswith(("blob:", "data:", faulty.as_uri()))] == []


def test_all_of_it_is_reached_and_done_by_keyboard(chromium: Any, faulty: Path) -> None:
    with opened(chromium, faulty) as found:
        page = found.page
        wanted = page.locator("button:visible, input:visible, summary:visible").count()
        reached = set()
        for _ in range(3 * wanted):
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate(
                    "[...document.querySelectorAll('button, input, summary')].filter((one) => one.checkVisibility())"
                    ".indexOf(document.activeElement)"
                )
            )
        assert reached - {-1} == set(range(wanted))
        page.locator(".fault button").first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("Number(document.querySelector('.time').value)") > 1
        page.locator(".time").focus()
        page.keyboard.press("Home")
        assert page.evaluate("Number(document.querySelector('.time').value)") == 0
        assert found.said == []


@pytest.mark.parametrize(
    "how",
    [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}, {"forced_colors": "active"}],
    ids=["laptop", "dark", "phone", "forced colours"],
)
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(chromium: Any, faulty: Path, how: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    with opened(chromium, faulty, **how) as found:
        for details in found.page.locator("summary").all():
            details.click()
        results = axe.Axe().run(found.page).response
        assert [(one["id"], one["nodes"][0]["html"]) for one in results["violations"]] == []
        assert len(results["passes"]) > 15
        width = found.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1]


def test_the_skeleton_lies_on_the_person(chromium: Any, leaves: Path) -> None:
    """The person is what differs from the room without them; the skeleton is what changes when it is turned off."""
    with opened(chromium, leaves) as found:
        page = found.page
        page.locator(".bones").uncheck()
        seek(page, AWAY_S)
        room = shot(page)
        for time_s in (2.5, 4.0):
            seek(page, time_s)
            without = shot(page)
            page.locator(".bones").check()
            lines = np.abs(shot(page) - without).max(axis=2) > 60
            page.locator(".bones").uncheck()
            person = np.abs(without - room).max(axis=2) > 24
            around = np.array(person)
            for rows in range(-4, 5):
                for columns in range(-4, 5):
                    around |= np.roll(person, (rows, columns), (0, 1))
            assert lines.sum() > 500
            assert (lines & around).sum() > 0.93 * lines.sum()


def test_a_picture_that_stands_upright_is_seen_whole(chromium: Any, tmp_path: Path) -> None:
    part = reported(KNEELING, scene((3, kneeling())))
    assert part.track is not None
    page = tmp_path / "page.html"
    page.write_text(render([replace(part, track=replace(part.track, aspect=9 / 16))]), encoding="utf-8")
    with opened(chromium, page) as found:
        corners = found.page.evaluate(
            """() => {
                 const box = document.querySelector(".stage").getBoundingClientRect();
                 const matrix = document.querySelector(".skeleton").getScreenCTM();
                 return [[0, 0], [9 / 16, 1]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix))
                   .map((at) => [at.x - box.left, box.right - at.x, at.y - box.top, box.bottom - at.y]);
               }"""
        )
        assert min(distance for corner in corners for distance in corner) >= -0.5


def test_the_summary_is_one_page_of_paper(chromium: Any, faulty: Path, leaves: Path) -> None:
    for path in (faulty, leaves):
        with opened(chromium, path, width=round(A4_INSIDE[0]), height=round(A4_INSIDE[1])) as found:
            found.page.emulate_media(media="print")
            assert found.page.evaluate("document.querySelector('.summary').scrollHeight") < A4_INSIDE[1]


def test_no_page_of_paper_has_the_first_or_the_last_rows_of_a_table_alone(chromium: Any, faulty: Path) -> None:
    with opened(chromium, faulty) as found:
        found.page.emulate_media(media="print")
        breaks = found.page.evaluate(
            """[...document.querySelectorAll('tbody')].map((body) => {
                 const template = body.rows[0];
                 while (body.rows.length < 30) body.append(template.cloneNode(true));
                 const styles = [...body.rows].map((row) => getComputedStyle(row));
                 const joined = (i) => styles[i - 1].breakAfter === 'avoid' || styles[i].breakBefore === 'avoid';
                 return [1, 2, 3, 25, 26, 27, 28, 29].map(joined);
               })"""
        )
        assert breaks
        assert all(joined == [True, True, False, False, True, True, True, True] for joined in breaks)


def test_it_works_without_the_film_and_with_the_film_beside_it(chromium: Any, tmp_path: Path, model: Path) -> None:
    result = formcheck.score(FAULTY, model=model)
    formcheck.write_report(result, tmp_path / "alone.html")
    assert "data:video" not in (tmp_path / "alone.html").read_text()
    with opened(chromium, tmp_path / "alone.html") as found:
        before = shot(found.page)
        found.page.locator(".fault button").first.click()
        assert np.abs(shot(found.page) - before).max() > 100
        found.page.locator(".play").click()
        found.page.wait_for_timeout(400)
        assert found.page.evaluate("Number(document.querySelector('.time').value)") > 5.8
        assert found.said == []
    clip = tmp_path / "a clip & more #1.mp4"
    clip.write_bytes(FAULTY.read_bytes())
    (tmp_path / "pages").mkdir()
    page = tmp_path / "pages" / "page.html"
    page.write_text(render([ReportPart(result=result, track=result.track)], linked(clip, page)))
    with opened(chromium, page) as found:
        found.page.locator(".fault button").first.click()
        until(found.page, "document.querySelector('video').currentTime > 5")
        assert found.said == []


def test_hostile_words_do_nothing(chromium: Any, tmp_path: Path, model: Path) -> None:
    result = formcheck.score(FAULTY, model=model)
    assert result.spec is not None
    document = result.document
    changed = document.model_copy(
        update={
            "clip": document.clip.model_copy(update={"path": HOSTILE}),
            "causes": [one.model_copy(update={"cue": HOSTILE}) for one in document.causes],
            "faults": [one.model_copy(update={"cue": HOSTILE}) for one in document.faults],
        }
    )
    spec = result.spec.model_copy(update={"title": HOSTILE, "coaching": (HOSTILE,)})
    part = ReportPart(result=replace(result, document=changed, spec=spec), track=result.track, remarks=(HOSTILE,))
    page = tmp_path / "page.html"
    page.write_text(render([part], pains=[HOSTILE]), encoding="utf-8")
    with opened(chromium, page) as found:
        found.page.locator(".fault button").first.click()
        assert found.said == []
        assert found.requested == [page.as_uri()]
        assert HOSTILE in found.page.locator("h1").inner_text()
        assert "49" not in Page(page.read_text(encoding="utf-8")).text.replace(HOSTILE, "")
