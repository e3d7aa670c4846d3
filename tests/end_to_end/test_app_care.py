"""Psoas care in the app as it runs: a check tells what `formcheck check --video` tells of the same clip, and the pages are for
everybody."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed

from formcheck.people.history.database import Store
from formcheck.people.history.records import Answer, Entry, Pain
from formcheck.stretches.check_files import CHECKS
from formcheck.web.words import WORDS
from tests.end_to_end.test_app import Page, let_in, run
from tests.support.app_page import Seen, page_of, written
from tests.support.browser import browser, until
from tests.support.clips import SAMPLES
from tests.support.served import Served, served

pytestmark = pytest.mark.heavy

CLIP = SAMPLES / "checks" / "thomas.mp4"
SIDE = json.loads(CLIP.with_suffix(".json").read_text(encoding="utf-8"))["side"]
ALIKE_DEG = 2.0
"""By so much a film and small pictures of it at other times may differ."""


def of_the_film(model: Path, out: Path) -> dict[str, Any]:
    words = [
        "--video",
        str(CLIP),
        "--side",
        SIDE,
        "--level",
        "0",
        "--answers",
        "back_flat=yes,edge_firm=yes",
        "--json",
        str(out),
    ]
    command = [sys.executable, "-m", "formcheck", "check", "thomas", "--model", str(model), *words]
    subprocess.run(command, check=True, capture_output=True)
    (side,) = json.loads(out.read_text(encoding="utf-8"))["sides"]
    return dict(side)


async def check(client: httpx.AsyncClient) -> tuple[Page, dict[str, Any]]:
    page = Page(client)
    asked = (await client.get("/api/check", params={"check": "thomas"})).json()["questions"]
    answers = [{"id": one["id"], "yes": False, "agreed": None} for one in asked]
    assert (await client.post("/api/check/answers", json={"check": "thomas", "answers": answers})).status_code == 200
    begun = await client.post("/api/session", json={"plan": None, "check": "thomas", "side": SIDE, "level_deg": 0})
    assert begun.status_code == 200, begun.text
    await page.play(CLIP)
    await client.delete("/api/session")
    questions = (await client.get("/api/check/result")).json()["questions"]
    told = await client.post("/api/check/result", json={"answers": {one["id"]: True for one in questions}})
    return page, told.json()["result"]


def test_a_clip_before_the_page_tells_what_the_film_tells(model: Path, tmp_path: Path) -> None:
    film = of_the_film(model, tmp_path / "out.json")
    with served(model, tmp_path / "data") as server, let_in(server) as client:
        page, result = run(client, check(client))
    said = {one["text"] for one in page.messages if one["type"] == "say"}
    assert {"Let the near leg down, slowly", "Draw it up again"} <= said
    assert {"1 of 3", "2 of 3"} <= {one["step"] for one in page.screens}
    (side,) = result["sides"]
    assert side["reasons"] == []
    with closing(sqlite3.connect(tmp_path / "data" / "history.db")) as connection:
        kept = dict(connection.execute("SELECT reading, degrees FROM checks").fetchall())
        bands = dict(connection.execute("SELECT reading, band FROM checks").fetchall())
    assert kept["hip"] == pytest.approx(film["hip_deg"], abs=ALIKE_DEG)
    assert kept["knee"] == pytest.approx(film["knee_deg"], abs=ALIKE_DEG)
    assert bands == {"hip": film["hip_band"], "knee": film["knee_band"]}


async def programme(client: httpx.AsyncClient) -> Page:
    page = Page(client)
    day = (await client.post("/api/programme", json={"pain": 2, "check": False})).json()["day"]
    assert day["parts"]
    asked = (await client.get("/api/questions", params={"plan": "hip_care"})).json()["questions"]
    answers = [{"id": one["id"], "yes": False, "agreed": None} for one in asked]
    await client.post("/api/answers", json={"plan": "hip_care", "profile": None, "answers": answers})
    begun = (await client.post("/api/session", json={"plan": "hip_care"})).json()
    await page.play(CLIP, to_s=2.0)
    await client.delete("/api/session")
    with suppress(ConnectionClosed):  # who joins what is over is told so, and no more
        await page.play(CLIP, to_s=0.5)
    after = await client.post("/api/programme/after", json={"session": begun["id"], "pain": 1})
    assert after.json() == {"mind": None}
    return page


def test_a_session_of_the_programme_is_kept_with_what_was_told(model: Path, tmp_path: Path) -> None:
    with served(model, tmp_path) as server, let_in(server) as client:
        page = run(client, programme(client))
    over = next(one for one in page.messages if one["type"] == "over")
    with closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        rows = connection.execute("SELECT id, plan, level, pain_before, pain_after FROM sessions ORDER BY started").fetchall()
    ((session, *told),) = rows
    assert told == ["hip_care", 1, 2, 1]
    assert over["then"] == f"#/after?session={session}"
    assert page.screens[0]["step"] == "1 of 3"


ADDRESSES = ("#/care", "#/psoas", "#/psoas?part=check", "#/programme", "#/check?plan=thomas", "#/sitting", "#/after?session=x")
SIZES = ((390, 844), (1366, 768), (1920, 1080))


def test_every_page_is_for_everybody(model: Path, tmp_path: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with browser() as chromium, served(model, tmp_path) as server, page_of(server, chromium, bypass_csp=True) as seen:
        page = seen.page
        for address in ADDRESSES:
            page.evaluate(f"location.hash = '{address}'")
            until(page, "document.activeElement === document.querySelector('h1')")
            faults = [fault["id"] for fault in axe.run(page).response["violations"]]
            assert faults == [], address
            for (width, height), size in ((size, type_size) for size in SIZES for type_size in ("", "36px")):
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, width, size)
            page.evaluate("document.documentElement.style.fontSize = ''")
        assert seen.said == []
        assert all(url.startswith((server.base, server.base.replace("http", "ws"))) for url in seen.asked)


def press(seen: Seen, *keys: str) -> None:
    for key in keys:
        seen.page.keyboard.press(key)


def test_a_day_of_the_programme_by_keyboard_alone(model: Path, tmp_path: Path) -> None:
    with browser() as chromium, served(model, tmp_path) as server, page_of(server, chromium) as seen:
        page = seen.page
        page.evaluate("location.hash = '#/programme'")
        until(page, "document.querySelector('.pain_scale') !== null && document.activeElement.tagName === 'H1'")
        press(seen, "Tab", *(7 * ["ArrowRight"]), "Tab", "Tab", "Enter")
        until(page, "document.querySelector('.decisions') !== null")
        assert page.evaluate("document.activeElement.tagName") == "H1"
        assert "6 or more" in page.inner_text(".decisions")
        assert page.locator("text=Begin").count() == 0


def test_a_check_needs_no_hand_once_it_is_begun(model: Path, tmp_path: Path) -> None:
    """What it asks for is read before, beside the button that begins it."""
    spec = CHECKS.find("thomas_floor")
    film = written([np.full((480, 640, 3), 90, np.uint8)] * 30, tmp_path / "camera.mjpeg")
    with browser(film) as seeing, served(model, tmp_path) as server, page_of(server, seeing) as seen:
        page = seen.page
        page.evaluate(f"location.hash = '#/check?plan={spec.name}'")
        until(page, "document.querySelector('main.check_plan form') !== null")
        read = page.inner_text("main")
        page.click("form button.main")
        until(page, "document.querySelector('main.questions h1, main.camera_check h1') !== null")
        while "#/check_questions" in page.url:
            page.click("button:text-is('No')")
            page.wait_for_timeout(100)
        page.wait_for_selector("main.camera_check button.main:enabled")
        for sentence in (spec.instruction, spec.setup, *spec.not_with):
            assert sentence in read
        for sentence in (spec.instruction, spec.setup):
            assert sentence in page.inner_text("main")
        seen.start()
        seen.board("")


def test_after_sharp_pain_today_a_check_says_so_first(model: Path, tmp_path: Path) -> None:
    sharp = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.SHARP)
    with Store(tmp_path / "history.db") as store:
        store.save(Entry(id="today", started=datetime.now().astimezone(), version="1", plan="supine_psoas", pains=(sharp,)))
    with browser() as chromium, served(model, tmp_path) as server, page_of(server, chromium) as seen:
        page = seen.page
        page.evaluate("location.hash = '#/check_questions?plan=thomas'")
        until(page, "document.querySelector('main.questions h1') !== null")
        while page.locator(".number").count():
            page.click("button:text-is('No')")
            page.wait_for_timeout(100)
        assert page.inner_text("h1") == WORDS["left_out_title"]
        assert "sharp pain today" in page.inner_text("main")
        page.click(f"main button:text-is('{WORDS['go_on']}')")
        page.wait_for_url("**/#/check_camera?*")


def level_shown(server: Served, seeing: Any, *, mirrored: bool) -> float:
    """Show an edge of the preview that rises to the right, and return the roll that the page makes of it."""
    with page_of(server, seeing) as seen:
        page = seen.page
        page.evaluate(f"localStorage.setItem('preferences', '{json.dumps({'mirrored': mirrored})}')")
        page.evaluate("location.hash = '#/check_camera?plan=thomas_floor'")
        page.reload()
        until(page, "document.querySelector('video')?.videoWidth > 0")
        box = page.locator("video").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.click(x - 60, y + 10)
        until(page, "document.querySelectorAll('.level circle').length === 1")
        page.mouse.click(x + 60, y - 10)
        until(page, "document.querySelector('#level').value !== ''")
        return float(page.input_value("#level"))


def test_the_level_is_as_the_camera_sees_it_however_its_picture_is_shown(model: Path, tmp_path: Path) -> None:
    film = written([np.full((480, 640, 3), 90, np.uint8)] * 30, tmp_path / "camera.mjpeg")
    with browser(film) as seeing, served(model, tmp_path) as server:
        rising = level_shown(server, seeing, mirrored=False)
        assert rising == pytest.approx(9.5, abs=1.0)
        assert level_shown(server, seeing, mirrored=True) == pytest.approx(-rising, abs=0.2)
