"""Every page of the app: in every look, at every size, in every language, by keyboard alone."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from formcheck.coaching.events import Key, ScreenState, Utterance
from formcheck.coaching.guidance import phrases
from formcheck.coaching.summary import SessionSummary
from formcheck.core.wording.language import shown
from formcheck.system.languages import languages
from formcheck.testing import kneeling, standing, supine
from formcheck.web.screen import Message, say_message, screen_message, summary_message
from formcheck.web.words import as_shown
from tests.support.app_page import CAPITALS, Seen, page_of
from tests.support.browser import browser, until
from tests.support.rehearsal import SPECS, Rehearsal, both
from tests.support.screens import ANSWERS, ROWS, screens
from tests.support.served import Served, served
from tests.support.speaking import speaking
from tests.support.specs import KNEELING, STANDING, SUPINE

pytestmark = pytest.mark.heavy

PAGES = (
    "stretch",
    "plan?plan=kneeling_hip_flexor",
    "questions?plan=kneeling_hip_flexor",
    "camera?plan=kneeling_hip_flexor",
    "video",
    "care",
    "psoas",
    "programme",
    "check?plan=thomas",
    "sitting",
    "progress",
    "settings",
    "kept",
    "quit",
)

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "less motion": {"reduced_motion": "reduce"},
}

CUT = """() => [...document.querySelectorAll("main *, header *")].filter((one) => {
  const style = getComputedStyle(one);
  const hides = style.overflowX !== "visible" && style.overflowX !== "auto" && style.overflowX !== "scroll";
  return hides && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && one.textContent.trim() !== "";
}).map((one) => one.outerHTML.slice(0, 200))"""
"""What has a text that is cut off at its side, but for what is there for screen readers alone."""

REACHED = """() => {
  const hidden = (one) => one.closest("[hidden], [inert], details:not([open]) > :not(summary)") || !one.getClientRects().length;
  const ofGroup = (name) => document.querySelector(`[name=${name}]:checked`) ?? document.querySelector(`[name=${name}]`);
  return [...document.querySelectorAll("a[href], button, input, select, summary, textarea")]
    .filter((one) => !one.disabled && !hidden(one) && (one.type !== "radio" || one === ofGroup(one.name)))
    .map((one) => one.outerHTML.slice(0, 200));
}"""
"""What the keyboard must lead to; of a group of radio buttons the one that is chosen, else the first."""

FOCUSED = "document.activeElement === document.body ? null : document.activeElement.outerHTML.slice(0, 200)"


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("pages")
    with served(model, folder) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


SHOW = """(page) => {
  if (location.hash === `#/${page}`) return;
  document.querySelector("main").dataset.before = "";
  location.hash = `#/${page}`;
}"""


def show(seen: Seen, page: str) -> None:
    """Go to a page, and wait until it stands."""
    seen.page.evaluate(SHOW, page)
    until(seen.page, "document.querySelector('main:not([data-before]) h1') !== null")
    seen.page.wait_for_timeout(150)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious(look: str, server: Served, chromium: Any) -> None:
    with page_of(server, chromium, **LOOKS[look]) as seen:
        for page in PAGES:
            show(seen, page)
            assert seen.serious() == [], page


@pytest.mark.parametrize("language", languages())
def test_nothing_is_cut_off_or_wider_than_a_phone(language: str, server: Served, chromium: Any) -> None:
    """Also where letters are twice as large."""
    with page_of(server, chromium) as seen:
        show(seen, "settings")
        seen.page.select_option("#language", language)
        until(seen.page, f"document.documentElement.lang === '{language}'")
        for size in ("100", "200"):
            show(seen, "settings")
            seen.page.evaluate(
                f"""() => {{
                  const size = document.querySelector("#type_size");
                  size.value = {size};
                  size.dispatchEvent(new Event("input", {{ bubbles: true }}));
                  size.dispatchEvent(new Event("change", {{ bubbles: true }}));
                }}"""
            )
            for width, height in ((390, 844), (1366, 768)) if size == "200" else ((390, 844),):
                seen.page.set_viewport_size({"width": width, "height": height})
                for page in PAGES:
                    show(seen, page)
                    where = f"{page} in {language}, {width} wide, letters at {size} %"
                    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, where
                    assert seen.page.evaluate(CUT) == [], where
        show(seen, "settings")
        seen.page.select_option("#language", "en")
        until(seen.page, "document.documentElement.lang === 'en'")


def test_the_keyboard_leads_everywhere(server: Served, chromium: Any) -> None:
    with page_of(server, chromium) as seen:
        for page in PAGES:
            show(seen, page)
            wanted = seen.page.evaluate(REACHED)
            seen.page.evaluate("document.activeElement.blur()")
            reached: list[str | None] = []
            for _ in range(len(wanted) + 6):
                seen.page.keyboard.press("Tab")
                reached.append(seen.page.evaluate(FOCUSED))
            assert [one for one in wanted if one not in reached] == [], page
        assert [said for said in seen.said if "camera" not in said.lower()] == []


def test_answers_outlast_a_page_that_is_left_or_loaded_anew(server: Served, chromium: Any) -> None:
    """Until something else is chosen."""
    with page_of(server, chromium) as seen:
        page = seen.page

        def begin() -> str:
            show(seen, f"plan?plan={KNEELING.name}")
            page.click("form button.main")
            return str(page.inner_text(".number"))

        first = begin()
        for _ in range(2):
            page.click("button:text-is('No')")
        third = page.inner_text(".number")
        page.reload()
        assert page.inner_text(".number") == third != first
        page.go_back()
        page.click("form button.main")
        assert page.inner_text(".number") == third
        show(seen, "stretch")
        assert begin() == first


BLANK_CAMERA = """navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d");
  return canvas.captureStream(5);
}"""

LARGE_WORDS = """() => {
  const place = document.querySelector(".instruction");
  const cut = place.scrollHeight > place.clientHeight + 1 || place.scrollWidth > place.clientWidth + 1;
  const verdict = document.querySelector(".verdict_text");
  return { text: cut ? "" : place.textContent, verdict: verdict.clientHeight > 0 ? verdict.textContent : null };
}"""


def told_in_sessions() -> Iterator[tuple[ScreenState, str, str | None]]:
    """Yield what stands large beside the picture: the screen, the sentence, and what was said just before, if that is it."""
    for spec, body in ((KNEELING, kneeling()), (STANDING, standing()), (SUPINE, supine())):
        moment = Rehearsal.of(*both(spec)).see(4, body).screen.moment
        assert moment is not None
        known = screens(spec, moment, 1)
        for tip in spec.coaching:
            yield replace(known["stretch"], coaching=tip), tip, None
        yield replace(known["setup"], breath=None, instruction=spec.posture), spec.posture, None
        for said in (phrases.RUNS, phrases.HALF, phrases.TO_GO):
            yield known["stretch"], said, said


def session_of(seen: Seen, server: Served) -> Callable[[Message], None]:
    """Open the page of a session that is played by what is sent to it."""
    page, lines = seen.page, list[Any]()
    page.add_init_script(BLANK_CAMERA)

    def keep(line: Any) -> None:
        lines.append(line)

    def with_session(route: Any) -> None:
        route.fulfill(json={**route.fetch().json(), "session": {"id": "one", "title": KNEELING.title}})

    page.route_web_socket("**/api/session/pictures", keep)
    page.route("**/api/state", with_session)
    page.goto(f"{server.base}/#/session")
    page.reload()
    until(page, "document.querySelector('main.session') !== null")
    page.wait_for_timeout(300)
    return lambda message: lines[-1].send(json.dumps(as_shown(message)))


@pytest.mark.parametrize("language", languages())
def test_sentences_of_a_session_stand_whole_and_what_is_said_can_be_read_from_afar(
    language: str, server: Served, chromium: Any
) -> None:
    with page_of(server, chromium) as seen, speaking(language):
        page, send = seen.page, session_of(seen, server)
        for width, height in ((390, 844), (1366, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            for screen, sentence, said in told_in_sessions():
                message = screen_message(screen, SPECS[screen.pose or ""], None)
                send({**message, "instruction": "-"})  # whatever was said before is no longer to be read
                send(message)
                if said is not None:
                    send(say_message(Utterance(time_s=1.0, text=said)))
                    send(message)
                page.wait_for_timeout(60)
                large = page.evaluate(LARGE_WORDS)
                assert large["text"] == shown(sentence), f"{width} wide"
                verdict = message["verdict"]["text"] if message["verdict"] is not None else None
                assert large["verdict"] == (shown(verdict) if verdict is not None else None), "also once it has been away"
                if said is not None:
                    capitals = page.locator(".instruction").evaluate(CAPITALS)
                    assert capitals >= min(0.05 * height, 0.09 * width), f"{sentence}, {width} wide"


HIDDEN_ANSWERS = """() => [...document.querySelectorAll(".board.pain .answer")].filter((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect();
  const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  const heights = [top + 3, bottom - 3, (top + bottom) / 2];
  const cut = one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
  return cut || !inside || !heights.every((y) => one.contains(document.elementFromPoint((left + right) / 2, y)));
}).map((one) => one.textContent)"""
"""What of the answers about pain is beyond the page, behind something else, or has no room for its words."""


@pytest.mark.parametrize("language", languages())
def test_every_answer_about_pain_is_seen_at_every_size(language: str, server: Served, chromium: Any) -> None:
    """The last one is the safest: nobody in pain scrolls to it."""
    moment = Rehearsal.of(*both(KNEELING)).see(4, kneeling()).screen.moment
    assert moment is not None
    asked = replace(screens(KNEELING, moment, 1)["pain"], keys=(*ANSWERS, Key.PAUSE, Key.QUIT))
    with page_of(server, chromium) as seen, speaking(language):
        page, send = seen.page, session_of(seen, server)
        send(screen_message(asked, KNEELING, None))
        until(page, "document.querySelectorAll('.board.pain .answer').length === 3")
        for width, height in ((683, 384), (844, 390), (1024, 600), (700, 690), (1366, 768), (390, 844)):
            for size in (1, 2):
                page.set_viewport_size({"width": width, "height": height})
                page.evaluate("(size) => document.documentElement.style.setProperty('--type', size)", size)
                page.wait_for_timeout(60)
                assert page.evaluate(HIDDEN_ANSWERS) == [], f"{width} x {height}, letters {size} times as large"


@pytest.mark.parametrize("language", languages())
def test_whether_to_end_a_session_is_asked_large_and_enter_goes_on(language: str, server: Served, chromium: Any) -> None:
    """Who is asked is two metres away, and may have come by the key without wanting to."""
    moment = Rehearsal.of(*both(KNEELING)).see(4, kneeling()).screen.moment
    assert moment is not None
    with page_of(server, chromium) as seen, speaking(language):
        page, send = seen.page, session_of(seen, server)
        send(screen_message(screens(KNEELING, moment, 1)["stretch"], KNEELING, None))
        seen.board("")
        for width, height in ((683, 384), (1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            page.keyboard.press("q")
            assert page.locator("dialog h2").evaluate(CAPITALS) >= min(0.05 * height, 0.09 * width)
            assert page.locator("dialog p").first.evaluate(CAPITALS) >= min(0.03 * height, 0.035 * width)
            assert page.evaluate("document.querySelector('dialog').scrollHeight <= innerHeight")
            page.keyboard.press("Enter")
            until(page, "document.querySelector('dialog') === null")
            seen.board("")


OUTSIDE = """() => [...document.querySelectorAll(".board.done, .board.done *")].filter((one) => {
  const { left, right } = one.getBoundingClientRect();
  return right > innerWidth + 1 || left < -1;
}).map((one) => one.outerHTML.slice(0, 200))"""
"""What of the summary is beyond the edges of the page."""

ADVICE = "document.querySelector('.board.done h2').getBoundingClientRect().toJSON()"

BELOW = """() => {
  const last = document.querySelector(".board.done .ways").lastElementChild;
  last.scrollIntoView();
  return last.getBoundingClientRect().bottom - innerHeight;
}"""
"""By how much the last thing of the summary is below the page, once scrolled to."""


@pytest.mark.parametrize("language", languages())
def test_the_summary_is_whole_at_every_size(language: str, server: Served, chromium: Any) -> None:
    sharp = replace(ROWS[3], pains=(Key.SHARP.value,))
    with page_of(server, chromium) as seen, speaking(language):
        page, send = seen.page, session_of(seen, server)
        page.evaluate("(language) => document.documentElement.lang = language", language)
        told = summary_message(SessionSummary(rows=(*ROWS, sharp)), None)
        send({"type": "over", "summary": told, "film": None, "report": "#", "trouble": None, "then": None})
        until(page, "document.querySelector('.board.done .ways a') !== null")
        for size, width, height in ((1, 390, 844), (2, 390, 844), (2, 683, 384), (1, 1366, 768), (2, 1366, 768)):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("(size) => document.documentElement.style.setProperty('--type', size)", size)
            page.wait_for_timeout(100)
            where = f"{width} wide, letters {size} times as large"
            advice = page.evaluate(ADVICE)
            assert 0 <= advice["top"] < advice["bottom"] <= height, where
            assert page.evaluate(OUTSIDE) == [], where
            assert page.evaluate(CUT) == [], where
            assert page.evaluate(BELOW) <= 0, where
            page.evaluate("document.querySelector('.board h2').scrollIntoView()")
