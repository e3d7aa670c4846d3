"""The app as people use it: its page in Chromium, with a sample as the camera, through the browser's own `getUserMedia`."""

import os
import signal
import sqlite3
import time
from contextlib import ExitStack, closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from formcheck.pipeline.clip import score_recording
from formcheck.stretches.files import find_stretch
from formcheck.system.native.media_libs import cv2
from formcheck.web.routes.camera_check import SEEN_FROM_THE_SIDE
from formcheck.web.words import WORDS
from tests.support.app_page import CAPITALS, Seen, page_of, pictures_of, written
from tests.support.browser import browser, until
from tests.support.clips import SAMPLES
from tests.support.processes import family, seeing
from tests.support.real_time import in_real_time
from tests.support.recorded import Recorded
from tests.support.served import late_s, served
from tests.support.sitting import sitting
from tests.support.streamed import streamed
from tests.support.truth import held_in_truth

pytestmark = pytest.mark.heavy

CLIP, CLIP_S = SAMPLES / "kneeling_hip_flexor.mp4", 22
STRETCH = find_stretch("kneeling_hip_flexor")

LEAD_S, AWAY_S = 14.0, 2.0
"""The first second of the clip, to and fro, before it: time to get through the page. Nothing of it is held. Between the two
sides nobody is there: who turns round is not the mirror image of before from one picture to the next."""

SIZES = ((390, 844), (1366, 768), (1920, 1080))

WATCH_GAPS = """() => {
  const session = document.querySelector("main.session");
  let before = null;
  window.gaps = [];
  new MutationObserver(() => {
    const taken = Number(session.dataset.taken);
    if (taken && before !== null) window.gaps.push(taken - before);
    before = taken || before;
  }).observe(session, { attributeFilter: ["data-taken"] });
}"""
"""What lies between two pictures that were judged, in milliseconds."""

HIDE = """() => {{
  Object.defineProperty(document, "hidden", {{ configurable: true, get: () => {hidden} }});
  document.dispatchEvent(new Event("visibilitychange"));
}}"""

TAKE_CAMERA = """() => {
  const [track] = document.querySelector("video").srcObject.getVideoTracks();
  track.stop();
  track.dispatchEvent(new Event("ended"));
}"""


STAND_STILL = """() => {
  const video = document.querySelector("video");
  video.play = async () => {};
  video.pause();
}"""

BEGIN_ELSEWHERE = """async (plan) => (await fetch("/api/session", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ plan, side: "auto", profile: null, muted: true, resume: null }),
})).status"""
"""As another window does."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser has as its camera: a second to and fro, the clip, nobody, and the clip as a mirror shows it."""
    pictures, room = pictures_of(CLIP), pictures_of(SAMPLES / "none_empty_room.mp4")
    assert len(pictures) == 30 * CLIP_S, "as many a second as Chromium plays"
    to_and_fro = [*range(30), *range(30, 0, -1)]
    lead = [pictures[to_and_fro[n % 60]] for n in range(round(30 * LEAD_S))]
    away = room[: round(30 * AWAY_S)]
    mirrored = (cv2.flip(one, 1) for one in pictures)
    return written((*lead, *pictures, *away, *mirrored), tmp_path_factory.mktemp("camera") / "camera.mjpeg")


@pytest.fixture(scope="module")
def hold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera's film of somebody in correct form, who sways a little and never leaves."""
    pictures = pictures_of(CLIP)[135:270]
    return written((*pictures, *reversed(pictures)), tmp_path_factory.mktemp("hold") / "hold.mjpeg")


def stored(data: Path) -> list[tuple[str, float]]:
    """Return what was held of each side, in the order in which they were stretched."""
    with closing(sqlite3.connect(data / "history.db")) as connection:
        return connection.execute("SELECT side, held_s FROM stretches ORDER BY rowid").fetchall()


def pictured(seen: Seen, name: str, folder: Path) -> None:
    """Keep a picture of a state in every size, and see that nothing is cut off or out of the page."""
    for width, height in SIZES:
        seen.page.set_viewport_size({"width": width, "height": height})
        seen.page.wait_for_timeout(60)
        seen.page.screenshot(path=folder / f"{name}_{width}.png")
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name}: {wide} wide at {width}"
    seen.page.set_viewport_size({"width": 1366, "height": 768})


def in_the_terminal(folder: Path) -> tuple[float, list[float]]:
    """Return what `formcheck live` held of the clip, and when it judged a picture."""
    folder.mkdir()
    with streamed(CLIP) as stream, sitting(folder, STRETCH.name, "--camera", stream.url, "--mute") as session:
        held_s = session.wait_for(lambda line: line["time_s"] >= CLIP_S)["held_s"]
        assert session.ended(signal.SIGINT) == 130
    return held_s, [line["time_s"] for line in session.results if line["status"]]


@in_real_time
def test_a_whole_session_on_the_page_is_timed_as_in_the_terminal(
    model: Path, recorded: Recorded, film: Path, tmp_path: Path
) -> None:
    """As the file of the same clip is scored, too, and as its labels have it.

    What a busy machine has no time to judge, neither is held nor is not: by so much the times may be further apart.
    """
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    with served(model, tmp_path) as server, browser(film) as chromium, page_of(server, chromium) as seen:
        seen.begin("kneeling_hip_flexor")
        seen.page.evaluate(WATCH_GAPS)
        seen.phase("setup")
        pictured(seen, "setup", pictures)
        seen.phase("countdown")
        pictured(seen, "countdown", pictures)
        seen.status("adjust")
        seen.status("correct", LEAD_S + 10)
        seen.page.wait_for_timeout(2000)
        pictured(seen, "hold", pictures)
        assert seen.serious() == []
        cue = seen.status("adjust", 10)
        pictured(seen, "fault", pictures)
        assert cue["instruction"] == next(fault.cue for fault in STRETCH.faults if fault.name == "leaning_forward")
        seen.status("correct", 10)
        pictured(seen, "recovery", pictures)
        seen.status("adjust", 10)
        seen.page.keyboard.press("s")
        seen.until(lambda state: (state["phase"], state["side"]) == ("setup", "Left side"))
        pictured(seen, "other_side", pictures)
        assert seen.serious() == []
        seen.status("correct", 15)
        seen.status("adjust", 10)
        seen.status("correct", 10)
        seen.status("adjust", 10)
        seen.page.keyboard.press("q")
        assert seen.page.inner_text("dialog h2") == WORDS["end_session_question"]
        assert seen.serious() == []
        seen.page.keyboard.press("q")
        assert seen.page.locator("dialog").count() == 1, "it is asked once"
        seen.page.click("dialog button.main")
        summary = seen.board("over")
        pictured(seen, "summary", pictures)
        assert seen.serious() == []
        assert summary["headline"]
        gaps_ms = seen.page.evaluate("window.gaps")
        assert seen.said == []
        assert {url.split("/")[2] for url in seen.asked} == {server.base.split("/")[2]}, "nothing leaves this machine"
    held = stored(tmp_path)
    assert [side for side, _ in held] == ["right", "left"]

    live_s, judged_s = in_the_terminal(tmp_path / "terminal")
    late = late_s((*gaps_ms, *(1000 * (b - a) for a, b in pairwise(judged_s))))
    file_s = sum(hold.held_s for hold in score_recording(recorded(CLIP, STRETCH), (STRETCH,)).document.holds)
    times_s = [*(held_s for _, held_s in held), live_s, file_s]
    assert max(times_s) - min(times_s) <= 0.2 + late, (times_s, late)
    assert times_s == pytest.approx([held_in_truth(CLIP)] * 4, abs=0.3 + late), late


@in_real_time
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")
def test_what_is_taken_away_stops_the_clock_and_the_session_goes_on(model: Path, hold: Path, tmp_path: Path) -> None:
    """The server, the page's place on the screen, the camera, and the whole machine, each in the middle of a hold."""
    with browser(hold) as chromium, ExitStack() as servers:
        server = servers.enter_context(served(model, tmp_path))
        with page_of(server, chromium) as seen:
            page = seen.page
            seen.choose(STRETCH.name)
            page.wait_for_selector(".sight [data-status='correct']")
            assert page.inner_text(".sight") == SEEN_FROM_THE_SIDE
            seen.start()
            held = seen.holds_on(3)

            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
            seen.board("server")
            second = servers.enter_context(served(model, tmp_path, server.port))
            again = seen.until(lambda state: state["board"] == "" and state["phase"] == "stretch", 30)
            assert int(again["number"]) >= held - 1, "at most a second is lost"
            held = seen.holds_on()

            page.evaluate(HIDE.format(hidden="true"))
            page.wait_for_timeout(6000)
            page.evaluate(HIDE.format(hidden="false"))
            assert seen.held <= held + 1
            seen.until(lambda state: state["board"] == "" and state["phase"] == "stretch")
            held = seen.holds_on()

            page.evaluate(TAKE_CAMERA)
            assert seen.board("camera")["headline"]
            page.wait_for_timeout(3000)
            page.click(".board button.main, .board button")
            seen.until(lambda state: state["board"] == "" and state["phase"] == "stretch")
            assert seen.held <= held + 1
            held = seen.holds_on()

            asleep = [*family(seeing(hold)), second.process.pid]
            for process in asleep:
                os.kill(process, signal.SIGSTOP)
            time.sleep(6)
            for process in asleep:
                os.kill(process, signal.SIGCONT)
            seen.until(lambda state: state["board"] == "" and state["phase"] == "stretch")
            assert seen.held <= held + 2
            seen.holds_on()


@in_real_time
def test_another_window_takes_the_session_over_and_the_camera_with_it(model: Path, hold: Path, tmp_path: Path) -> None:
    with browser(hold) as chromium, served(model, tmp_path) as server, page_of(server, chromium) as seen:
        seen.begin(STRETCH.name)
        held = seen.holds_on()
        other = Seen(seen.page.context.new_page())
        other.page.goto(f"{server.base}/#/session")
        assert other.holds_on() > held
        for one, another in ((seen, other), (other, seen)):
            one.page.bring_to_front()
            assert one.board("obstacle")["headline"]
            assert one.page.evaluate("document.querySelector('.stage video').srcObject === null")
            one.page.click(".board button.main")
            one.holds_on()
            another.board("obstacle")


def test_the_camera_check_looks_wherever_its_picture_stands(model: Path, hold: Path, tmp_path: Path) -> None:
    """Out of sight on a small page with large letters, too; and without a picture it says so."""
    with browser(hold) as chromium, served(model, tmp_path) as server, page_of(server, chromium) as seen:
        page, sight = seen.page, seen.page.locator(".sight p")
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{server.base}/#/settings")
        page.locator("#type_size").fill("200")
        page.goto(f"{server.base}/#/camera?plan={STRETCH.name}")
        page.reload()
        page.wait_for_selector("main.camera_check button.main:enabled")
        until(page, "document.querySelector('video').getBoundingClientRect().bottom < 0")
        page.wait_for_selector(".sight [data-status='correct']")
        assert sight.inner_text() == SEEN_FROM_THE_SIDE
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

        page.evaluate(STAND_STILL)
        page.wait_for_selector(".sight [data-status='unseen']")
        assert sight.inner_text() == WORDS["no_picture"]
        page.evaluate("delete document.querySelector('video').play")
        page.evaluate("document.querySelector('video').play()")
        page.wait_for_selector(".sight [data-status='correct']")

        page.evaluate("document.documentElement.style.removeProperty('--type')")
        page.set_viewport_size({"width": 1366, "height": 768})
        assert sight.evaluate(CAPITALS) >= 0.035 * 768, "to be read from where the person stands"
        page.evaluate("scrollTo(0, 0)")
        until(page, "document.querySelector('.ways').getBoundingClientRect().bottom <= 768")


def test_a_session_that_was_left_is_gone_back_to_or_ended_before_another(model: Path, hold: Path, tmp_path: Path) -> None:
    with browser(hold) as chromium, served(model, tmp_path) as server, page_of(server, chromium) as seen:
        page = seen.page
        seen.choose(STRETCH.name)
        assert page.evaluate(BEGIN_ELSEWHERE, STRETCH.name) == 200
        page.click("main.camera_check button.main")
        page.wait_for_selector("main .notice")
        assert page.locator("main :is(button.main, video)").count() == 0
        page.go_back()
        page.wait_for_selector("main.plan .notice")
        assert page.locator("main form").count() == 0
        page.go_forward()
        page.click(".notice a")
        page.wait_for_selector("main.session")
        seen.board("")

        for address in (page.url, f"{server.base}/"):
            page.goto(address)
            page.reload()
            page.wait_for_selector("main.session")
            seen.board("")
        another = page.context.new_page()
        another.goto(f"{server.base}/")
        another.wait_for_selector("main .notice")
        assert STRETCH.title in another.inner_text("main .notice")
        assert another.locator("main.session, video").count() == 0
        another.close()
        seen.board("")

        page.goto(f"{server.base}/#/camera?plan={STRETCH.name}")
        page.click(".notice button")
        page.wait_for_selector(".sight [data-status='correct']")
        assert page.evaluate(BEGIN_ELSEWHERE, STRETCH.name) == 200
        page.evaluate("location.hash = '#/session'")  # from a page that has the camera
        page.wait_for_selector("main.session")
        seen.board("")


def test_who_ends_formcheck_reads_of_a_session_that_is_open_first(model: Path, hold: Path, tmp_path: Path) -> None:
    with browser(hold) as chromium, served(model, tmp_path) as server, page_of(server, chromium) as seen:
        page = seen.page
        seen.choose(STRETCH.name)
        titled = "title => document.querySelector('h1')?.textContent === title"
        page.goto(f"{server.base}/#/quit")
        page.wait_for_function(titled, arg=WORDS["quit_question"])
        assert page.locator("main .notice").count() == 0
        assert page.evaluate(BEGIN_ELSEWHERE, STRETCH.name) == 200
        page.click("main button.main")
        page.wait_for_selector("main .notice")
        assert STRETCH.title in page.inner_text("main .notice")
        assert page.inner_text("h1") == WORDS["quit_question"]
        page.click("main button.main")
        page.wait_for_function(titled, arg=WORDS["quit_title"])
        assert page.locator("a, button").count() == 0, "there is nowhere to go"


STRANGER = """async (base) => {
  const told = {};
  const tried = async (name, work) => { told[name] = await work().then((found) => found, () => "refused"); };
  const ask = (path, options) => fetch(base + path, { credentials: "include", ...options });
  await tried("read", async () => (await ask("/api/state")).text());
  await tried("read blindly", async () => (await (await ask("/api/state", { mode: "no-cors" })).text()) || "nothing");
  await tried("quit", async () => (await ask("/api/quit", { method: "POST", body: "{}" })).status);
  await tried("quit blindly", async () => (await ask("/api/quit", { method: "POST", body: "{}", mode: "no-cors" })).type);
  await tried("script", () => new Promise((had, not) => {
    const script = document.createElement("script");
    Object.assign(script, { src: base + "/static/app.js", onload: () => had("run"), onerror: not });
    document.head.append(script);
  }));
  await tried("frame", () => new Promise((had) => {
    const frame = document.createElement("iframe");
    frame.src = base + "/";
    frame.onload = () => setTimeout(() => had(frame.contentDocument === null ? "refused" : "shown"), 300);
    document.body.append(frame);
  }));
  await tried("socket", () => new Promise((had, not) => {
    const socket = new WebSocket(base.replace("http", "ws") + "/api/session/pictures");
    socket.onopen = () => had("open");
    socket.onerror = not;
  }));
  return told;
}"""


def test_a_page_of_another_origin_is_refused(model: Path, hold: Path, tmp_path: Path) -> None:
    """One of this machine, too, which the browser counts as of the same site and gives the cookie."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "index.html").write_text("<!doctype html><title>Another</title><body></body>")
    serving = partial(SimpleHTTPRequestHandler, directory=tmp_path / "other")
    with (
        served(model, tmp_path) as server,
        ThreadingHTTPServer(("127.0.0.1", 0), serving) as other,
        browser(hold) as chromium,
        page_of(server, chromium) as seen,
    ):
        Thread(target=other.serve_forever, daemon=True).start()
        seen.begin(STRETCH.name)
        seen.holds_on()
        stranger = seen.page.context.new_page()
        stranger.goto(f"http://127.0.0.1:{other.server_port}/index.html")
        told = stranger.evaluate(STRANGER, server.base)
        other.shutdown()
        assert told.pop("quit blindly") in ("refused", "opaque")  # which does not tell what came of it: see below
        assert told == dict.fromkeys(("read", "read blindly", "quit", "script", "frame", "socket"), "refused")
        seen.page.bring_to_front()
        seen.holds_on()
