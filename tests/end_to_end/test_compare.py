"""Two clips against each other: the command as people meet it, and its page in a real browser."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from formcheck.testing import kneeling, mirrored, upright
from formcheck.ui.report.comparison_page import render_comparison
from tests.end_to_end.test_report import A4_INSIDE, HOSTILE
from tests.support.browser import browser as open_browser
from tests.support.browser import opened, until
from tests.support.clips import REPO, SAMPLES, frames_of
from tests.support.refused import refused
from tests.support.scenes import scene
from tests.unit.ui.test_comparison_page import pair

pytestmark = pytest.mark.heavy

A, B = SAMPLES / "kneeling_short_hold_p8.mp4", SAMPLES / "kneeling_p2_arch_head.mp4"
SUPINE, EMPTY = SAMPLES / "supine_far_leg_p7.mp4", SAMPLES / "none_empty_room.mp4"


def run(
    model: Path, *words: str | Path, folder: Path = REPO, at_most: int | None = None, code: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run the command; files of it may have `at_most` so many bytes, as on a full disk."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (at_most or 0, at_most or 0))

    done = subprocess.run(
        [sys.executable, "-m", "formcheck", "compare", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPO), "FORMCHECK_MODEL": str(model), "FORMCHECK_DATA": str(folder / "data")},
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        preexec_fn=limit if at_most is not None else None,
    )
    assert done.returncode == code, f"{done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def page(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    said = run(model, A, B, "--report", folder / "two.html", "--json", folder / "two.json").stdout
    (folder / "said.txt").write_text(said, encoding="utf-8")
    return folder / "two.html"


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of two clips with both sides each, which face one way and the other, without films."""
    first = scene((2, upright()), (3, kneeling()), (2, upright()), (4, mirrored(kneeling())))
    second = scene((3, mirrored(kneeling())), (2, upright()), (5, kneeling()))
    path = tmp_path_factory.mktemp("sides") / "two.html"
    path.write_text(render_comparison(*pair(first, second)), encoding="utf-8")
    return path


def test_the_terminal_the_document_and_the_page_have_the_same_numbers(page: Path) -> None:
    document = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    said = (page.parent / "said.txt").read_text(encoding="utf-8")
    html = page.read_text(encoding="utf-8")
    assert document["schema_version"] == 1
    assert document["differences"]
    for one in document["differences"]:
        apart = f"{one['a_minus_b_deg']:+.1f}".replace("+0.0", "0.0").replace("-0.0", "0.0")
        cells = [f"{one['a']:.1f}", f"{one['b']:.1f}", apart, f"{one['error_deg']:.1f}"]
        assert " ".join(cells) in " ".join(said.split()), one
        assert "".join(f"<td>{cell}</td>" for cell in cells) in re.sub(' data-head="[^"]*"', "", html)
    assert "same within error" in said
    assert str(page) in said
    assert len(html) < 3_000_000


def test_it_is_quiet_and_alone_and_both_films_go_together(chromium: Any, page: Path) -> None:
    (zeros,) = [
        (one["a"]["onset_s"], one["b"]["onset_s"]) for one in json.loads(page.with_suffix(".json").read_text())["pairs"]
    ]
    times = "[...document.querySelectorAll('video')].map((one) => one.currentTime)"
    settled = "[...document.querySelectorAll('video')].every((one) => !one.seeking)"
    with opened(chromium, page) as found:
        shown = found.page
        until(shown, settled)
        assert shown.evaluate(times) == pytest.approx(zeros, abs=0.02)
        assert shown.locator(".clock").inner_text() == "0.0 s"
        shown.locator(".play").click()
        until(shown, f"{times}.every((one, i) => one > {list(zeros)}[i] + 0.8)")
        shown.locator(".play").click()
        at_s = [time_s - zero for time_s, zero in zip(shown.evaluate(times), zeros, strict=True)]
        assert at_s[0] == pytest.approx(at_s[1], abs=0.35)
        assert shown.evaluate("[...document.querySelectorAll('video')].every((one) => one.paused)")
        button = shown.locator(".hold button[data-time]").last
        button.click()
        wanted_s = float(button.get_attribute("data-time"))
        until(shown, settled)
        assert shown.evaluate(times) == pytest.approx([wanted_s + zero for zero in zeros], abs=0.02)
        shown.locator(".time").focus()
        shown.keyboard.press("Home")
        until(shown, settled)
        assert min(shown.evaluate(times)) == pytest.approx(0, abs=0.1)
        assert found.said == []
        assert [url for url in found.requested if not url.startswith(("blob:", "data:", page.as_uri()))] == []


def lines(page: Any, stage: int, kind: str) -> list[tuple[float, ...]]:
    """Where the lines of a skeleton are: of one's own (`own`), or of the other's (`ghost`)."""
    wanted = ".ghost" if kind == "ghost" else ":not(.ghost):not(.edge)"
    found = page.evaluate(
        "([stage, wanted]) => [...document.querySelectorAll('.stage')[stage].querySelectorAll('line' + wanted)]"
        ".map((one) => ['x1', 'y1', 'x2', 'y2'].map((name) => Number(one.getAttribute(name))))",
        [stage, wanted],
    )
    return [tuple(one) for one in found]


def test_the_skeleton_of_the_other_lies_over_ones_own_whatever_its_place_size_and_facing(chromium: Any, tmp_path: Path) -> None:
    """Both hold the same form: laid over each other at the hips, there is one skeleton."""
    comparison, parts = pair(scene((4, kneeling())), scene((4, mirrored(kneeling()))))
    track = parts[1].track
    assert track is not None
    away = replace(track, joints=0.6 * track.joints + 0.1)
    path = tmp_path / "two.html"
    path.write_text(render_comparison(comparison, [parts[0], replace(parts[1], track=away)]), encoding="utf-8")
    with opened(chromium, path) as found:
        for stage in (0, 1):
            own, ghost = (sorted(lines(found.page, stage, kind)) for kind in ("own", "ghost"))
            assert len(own) == len(ghost) > 15
            for one, other in zip(own, ghost, strict=True):
                assert one == pytest.approx(other, abs=0.003)
        found.page.locator(".ghosts").uncheck()
        assert lines(found.page, 0, "ghost") == []
        assert lines(found.page, 0, "own")
        found.page.locator(".ghosts").check()
        found.page.locator(".bones").uncheck()
        assert lines(found.page, 0, "own") == []
        assert lines(found.page, 0, "ghost")
        assert found.said == []


def test_one_chooses_on_which_side_they_are_aligned(chromium: Any, sides: Path) -> None:
    with opened(chromium, sides) as found:
        page = found.page
        data = json.loads(page.locator("#data").text_content())["players"][0]["alignments"]
        for number, aligned in enumerate(data):
            page.locator(".alignment").nth(number).check()
            assert [one.is_visible() for one in page.locator(".lines").all()] == [i == number for i in range(2)]
            assert float(page.locator(".time").get_attribute("min")) == pytest.approx(aligned["begin"])
            assert page.evaluate("Number(document.querySelector('.time').value)") == pytest.approx(0, abs=0.06)
        page.locator(".plot.wide:visible").hover(position={"x": 400, "y": 30})
        assert page.locator(".clock").inner_text() != "0.0 s"
        page.locator(".play").click()
        before = page.evaluate("Number(document.querySelector('.time').value)")
        until(page, f"Number(document.querySelector('.time').value) > {before} + 0.3")
        assert found.said == []


def test_all_of_it_is_reached_by_keyboard(chromium: Any, sides: Path) -> None:
    with opened(chromium, sides) as found:
        page = found.page
        what = "button:visible, input:not([type=radio]):visible, input[type=radio]:checked, summary:visible"
        wanted = page.locator(what).count()
        reached = set()
        for _ in range(3 * wanted):
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate(
                    "[...document.querySelectorAll('button, input:not([type=radio]), input[type=radio]:checked, summary')]"
                    ".filter((one) => one.checkVisibility()).indexOf(document.activeElement)"
                )
            )
        assert reached - {-1} == set(range(wanted))
        page.locator(".alignment").first.focus()
        page.keyboard.press("ArrowRight")
        assert page.locator(".lines").nth(1).is_visible()
        assert found.said == []


@pytest.mark.parametrize(
    "how",
    [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}, {"forced_colors": "active"}],
    ids=["laptop", "dark", "phone", "forced colours"],
)
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(chromium: Any, page: Path, sides: Path, how: dict[str, Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    for path in (page, sides):
        with opened(chromium, path, **how) as found:
            for details in found.page.locator("summary").all():
                details.click()
            results = axe.Axe().run(found.page).response
            assert [(one["id"], one["nodes"][0]["html"]) for one in results["violations"]] == []
            assert len(results["passes"]) > 15
            width = found.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert width[0] <= width[1]
            table = found.page.evaluate(
                "(({scrollWidth, clientWidth}) => [scrollWidth, clientWidth])(document.querySelector('.scroll'))"
            )
            assert table[0] <= table[1]


def test_the_table_is_on_one_page_of_paper(chromium: Any, page: Path, sides: Path) -> None:
    for path in (page, sides):
        with opened(chromium, path, width=round(A4_INSIDE[0]), height=round(A4_INSIDE[1])) as found:
            found.page.emulate_media(media="print")
            assert found.page.evaluate("document.querySelector('.summary').scrollHeight") < A4_INSIDE[1]
            assert all(one.is_visible() for one in found.page.locator(".lines").all())


def test_hostile_names_do_nothing(chromium: Any, tmp_path: Path) -> None:
    comparison, parts = pair(scene((3, kneeling())), scene((3, kneeling())))
    results = []
    for part in parts:
        document = part.result.document
        clip = document.clip.model_copy(update={"path": HOSTILE})
        results.append(replace(part.result, document=document.model_copy(update={"clip": clip})))
    changed = [replace(part, result=one, remarks=(HOSTILE,)) for part, one in zip(parts, results, strict=True)]
    path = tmp_path / "two.html"
    path.write_text(render_comparison(comparison, changed), encoding="utf-8")
    with opened(chromium, path) as found:
        assert HOSTILE.rpartition("/")[2].rstrip("\u202e") in found.page.locator("dl").inner_text()
        assert found.said == []
        assert found.requested == [path.as_uri()]


class TestCommand:
    def test_landmarks_and_their_clip_are_the_same_and_a_photo_has_no_time(self, model: Path, tmp_path: Path) -> None:
        table, photo = tmp_path / "a.csv", tmp_path / "a.png"
        words = ["score", A, "--landmarks", table, "--model", model]
        subprocess.run([sys.executable, "-m", "formcheck", *map(str, words)], cwd=REPO, check=True, capture_output=True)
        found = json.loads(run(model, A, table, "--json", "-").stdout)
        assert {(one["a_minus_b_deg"], one["difference"]) for one in found["differences"]} == {(0, "same")}
        picture = next(image for image, time_s in frames_of(A) if time_s >= found["a"]["holds"][0]["start_s"] + 0.5)
        Image.fromarray(picture).save(photo)
        run(model, photo, table, "--report", tmp_path / "two.html", "--json", tmp_path / "two.json")
        found = json.loads((tmp_path / "two.json").read_text())
        assert [(one["a"]["onset"], one["b"]["onset"]) for one in found["pairs"]] == [("photo", "hold")]
        assert 'src="data:image/jpeg;base64,' in (tmp_path / "two.html").read_text()

    def test_linked_films_are_beside_the_page(self, model: Path, tmp_path: Path) -> None:
        for name, clip in (("a #1.mp4", A), ("b.mp4", A)):
            shutil.copy(clip, tmp_path / name)
        run(model, "a #1.mp4", "b.mp4", "--report", "two.html", "--link-video", folder=tmp_path)
        html = (tmp_path / "two.html").read_text()
        assert 'src="./a%20%231.mp4"' in html
        assert 'src="./b.mp4"' in html

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ((A, SUPINE), "only clips of one stretch can be compared"),
            ((A, EMPTY), "shows no stretch"),
            ((A, "none.mp4"), "no such file"),
            ((A, A, "--no-video"), "--report FILE.html: give that too"),
            ((A, A, "--report", "two.pdf"), "ends in .html"),
            ((A, A, "--report", "none/two.html"), "does not exist"),
            ((A, A, "--report", "same.html", "--json", "same.html"), "named for two outputs"),
            (("clip.html", A, "--report", "clip.html"), "one of the clips"),
        ],
    )
    def test_what_cannot_be_compared_is_told_and_nothing_is_written(
        self,
        words: tuple[str | Path, ...],
        said: str,
        model: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        given = [
            *words,
            *(() if "--report" in words or "--no-video" in words else ("--report", "two.html", "--json", "two.json")),
        ]
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("FORMCHECK_DATA", "data")
        assert said in refused(capsys, "compare", "--verbose", "--model", model, *given)
        assert [path.name for path in tmp_path.iterdir()] == []

    @pytest.mark.skipif(sys.platform == "win32", reason="has no limit for the size of files")
    def test_a_full_disk_leaves_nothing(self, model: Path, tmp_path: Path) -> None:
        words = ("--no-video", "--report", "two.html", "--json", "two.json")
        done = run(model, A, A, *words, folder=tmp_path, at_most=20_000, code=1)
        assert "cannot be written" in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == []
