"""A clip that the page sends, checked by the real engine: the numbers are those of `formcheck score`."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.browser import browser
from tests.support.browser import until as shown
from tests.support.clips import SAMPLES
from tests.support.reports import Page
from tests.support.served import Served, served

pytestmark = pytest.mark.heavy

CLIP = SAMPLES / "kneeling_short_hold_p8.mp4"


@contextmanager
def opened(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base, headers={"origin": server.base}, timeout=30.0) as client:
        client.get(server.address)
        yield client


def until(
    client: httpx.Client, reached: Callable[[list[dict[str, Any]]], bool], within_s: float = 180.0
) -> list[dict[str, Any]]:
    end_s = time.monotonic() + within_s
    while not reached(rows := client.get("/api/videos").json()["checks"]):
        assert time.monotonic() < end_s, rows
        time.sleep(0.2)
    return list(rows)


def test_a_clip_of_the_page_has_the_numbers_of_score(model: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    subprocess.run(
        [sys.executable, "-m", "formcheck", "score", str(CLIP), "--model", str(model), "--json", str(there)],
        check=True,
        capture_output=True,
    )
    with served(model, tmp_path / "data") as server, opened(server) as client:
        sent = client.put("/api/videos/upload", params={"name": "mine.mp4"}, content=CLIP.read_bytes())
        told = client.post("/api/videos", json={"path": str(CLIP), "options": {}})
        assert (sent.status_code, told.status_code) == (200, 200)
        shares: list[float] = []

        def done(rows: list[dict[str, Any]]) -> bool:
            shares.append(rows[0]["work"]["share"])
            return all(row["work"]["state"] == "done" for row in rows)

        rows = until(client, done)
        documents = [client.get(f"/api/videos/{row['id']}/json").json() for row in rows]
        report = client.get(f"/api/videos/{rows[0]['id']}/report").text
        assert client.post(f"/api/videos/{rows[0]['id']}/film").status_code == 200
        (filmed, _) = until(client, lambda rows: rows[0]["film"]["state"] == "done")
        film = client.get(f"/api/videos/{filmed['id']}/film").content
        folder = Path(client.get("/api/videos/choices").json()["folder"])
        assert folder.is_dir()
        client.post("/api/quit")
        assert server.process.wait(20) == 0
    assert not folder.exists()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0, "all of it is done, however short it was"
    score = json.loads(there.read_text())
    copied, stayed = documents
    assert stayed == score
    assert {**copied, "clip": {**copied["clip"], "path": ""}} == {**score, "clip": {**score["clip"], "path": ""}}
    assert (rows[0]["result"]["score"], rows[0]["name"], rows[1]["place"]) == (score["score"], "mine.mp4", str(CLIP.parent))
    assert "mine.mp4" in report
    assert film[4:8] == b"ftyp"


def test_two_clips_of_the_page_are_compared_as_by_the_command(model: Path, tmp_path: Path) -> None:
    there, names = tmp_path / "there.html", ("kneeling_short_hold_p8.mp4", "kneeling_p2_arch_head.mp4")
    clips = [str(SAMPLES / name) for name in names]
    command = [sys.executable, "-m", "formcheck", "compare", *clips, "--model", str(model), "--report", str(there)]
    subprocess.run(command, check=True, capture_output=True)
    with served(model, tmp_path / "data") as server, browser() as chrome:
        page = chrome.new_page(viewport={"width": 1366, "height": 768})
        page.goto(server.address)
        shown(page, "document.querySelector('nav a[href=\"#/video\"]') !== null")
        page.locator("nav a[href='#/video']").click()
        for number, clip in enumerate(clips, 1):
            shown(page, "document.querySelector('#video_path') !== null")
            page.fill("#video_path", clip)
            page.keyboard.press("Enter")
            shown(page, f"document.querySelectorAll('[data-act=choose]').length === {number}", 180.0)
        compare = page.get_by_role("button", name="Compare the two")
        assert compare.is_disabled()
        for name in names:
            page.get_by_role("checkbox", name=f"Compare: {name}").focus()
            page.keyboard.press("Space")
        compare.focus()
        page.keyboard.press("Enter")
        shown(page, "document.querySelector('.report_part h2').textContent.includes(' – ')", 180.0)
        assert page.locator("[data-act=choose]:checked").count() == 0
        with page.expect_download() as saving:
            page.get_by_role("link", name="Save the report").click()
        saving.value.save_as(tmp_path / "here.html")
        page.set_viewport_size({"width": 390, "height": 844})
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert page.frames[1].evaluate(fits)
        assert page.evaluate(fits)
        page.get_by_role("button", name="Back to the list").click()
        assert page.evaluate(fits)
    here = tmp_path / "here.html"
    assert Page(here.read_text(encoding="utf-8")).text == Page(there.read_text(encoding="utf-8")).text


def test_a_killed_app_leaves_its_copies_to_the_next(model: Path, tmp_path: Path) -> None:
    with served(model, tmp_path) as server:
        with opened(server) as client:
            client.put("/api/videos/upload", params={"name": "mine.mp4"}, content=CLIP.read_bytes())
            until(client, lambda rows: rows[0]["work"]["state"] == "at_work")
            folder = Path(client.get("/api/videos/choices").json()["folder"])
        server.process.kill()
        server.process.wait()
    assert list(folder.rglob("mine.mp4"))
    with served(model, tmp_path):
        assert not folder.exists()


def test_the_page_lists_clips_and_shows_a_report_that_keeps_to_itself(model: Path, tmp_path: Path) -> None:
    hostile = tmp_path / """"><img src=x onerror=alert(1)>.mp4"""
    hostile.write_bytes(CLIP.read_bytes())
    text = tmp_path / "notes.txt"
    text.write_text("no clip")
    with served(model, tmp_path / "data") as server, browser() as chrome:
        page = chrome.new_page(viewport={"width": 1366, "height": 768})
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(server.address)
        shown(page, "document.querySelector('nav a[href=\"#/video\"]') !== null")
        page.locator("nav a[href='#/video']").click()
        shown(page, "document.querySelector('#video_path') !== null")
        assert not page.locator(".list").is_visible()
        page.locator("input[type=file]").first.set_input_files(text)
        page.fill("#video_path", str(hostile))
        page.keyboard.press("Enter")
        shown(page, "document.querySelectorAll('[data-act=open]').length === 1", 180.0)
        shown(page, "document.querySelectorAll('[data-act=again]').length === 1", 60.0)
        page.reload()
        shown(page, "document.querySelectorAll('[data-act=open]').length === 1")
        assert page.locator("[data-act=open]").inner_text() == hostile.name
        page.locator("[data-act=open]").focus()
        page.keyboard.press("Enter")
        shown(page, "document.activeElement.id === 'video_report'")
        page.wait_for_timeout(1000)
        report = page.frames[1]
        shown(report, "document.querySelector('video')?.readyState >= 2")
        assert report.evaluate("window.origin") == "null"
        assert report.evaluate("fetch('/api/videos').then(() => 'reached', () => 'refused')") == "refused"
        page.go_back()
        shown(page, "document.querySelector('.report_part').hidden")
        page.locator("tr:has([data-act=open]) [data-act=remove]").click()
        assert hostile.name in page.locator("dialog h2").inner_text()
        assert page.locator("[data-act=open]").count() == 1, "its report goes after a yes only"
        page.locator("dialog button.main").click()
        shown(page, "document.querySelectorAll('.list tbody tr').length === 1")
    assert said == []
