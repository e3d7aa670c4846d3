"""Every word that is shown is in a sentence that can be said in another language, and is shown in the one that is spoken.

In the made-up language all sentences stand in brackets. Outside of them are names, of files and of what people call things.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from formcheck.analysis.scoring.comparison import compare
from formcheck.core.values import Side
from formcheck.core.wording.language import shown
from formcheck.people.history import Answer, GuidedTime, Pain, SittingRecord
from formcheck.people.progress import progress_of
from formcheck.stretches.block_files import BLOCKS
from formcheck.testing import kneeling, mirrored, supine, turned, upright
from formcheck.tuning.labeling.screen import draw_view
from formcheck.ui import terminal_keys
from formcheck.ui.drawing.annotation import annotate
from formcheck.ui.drawing.shapes import Mark, Text, Tone, flatten
from formcheck.ui.opencv import sprites
from formcheck.ui.report.comparison_page import render_comparison
from formcheck.ui.report.page import render
from formcheck.ui.report.progress.page import render_check, render_progress, render_session
from formcheck.ui.screen import draw_screen
from tests.support.histories import SUPINE, held, read, risen, session
from tests.support.reports import Page, reported
from tests.support.scenes import Scene, scene, watch
from tests.support.screens import guided_screens, labeling_views, screens
from tests.support.specs import KNEELING, SHIPPED
from tests.support.spoken import outside_brackets, speaking
from tests.support.strength import PLANK, plank

BOTH = scene(
    (1, ()),
    (4, kneeling()),
    (2.5, kneeling(lean=24)),
    (2, upright()),
    (4, mirrored(kneeling(extension=30))),
    (2, turned(kneeling(), 80)),
)
NAMES = {"formcheck", "clip", "mp", "hands"}
"""Of the program, of the clips of these tests, and of their engine."""


def compared(a: Scene, b: Scene) -> str:
    parts = [reported(KNEELING, shots) for shots in (a, b)]
    results = [replace(part.result, track=part.track) for part in parts]
    return render_comparison(compare(*results), [replace(part, result=one) for part, one in zip(parts, results, strict=True)])


def practised() -> str:
    hurt = (Pain(time_s=3.0, pose=SUPINE, side=None, answer=Answer.MILD), Pain(time_s=4.0, pose=SUPINE, side=Side.LEFT))
    block = GuidedTime(block="thigh_roller", side=Side.LEFT, started_s=80.0, guided_s=60.0, goal_s=60.0, complete=True)
    more = session(30, held(at=None, pose=SUPINE), pains=hurt, pain_before=4, pain_after=2, blocks=(block,))
    history = risen([12] * 5 + [30] * 5, [20] * 10, fault_s=[9] * 5 + [2] * 5)
    return render_progress(progress_of([*history, more], [read(0, 2.0), read(7, -8.0, Side.RIGHT)]), unreadable=1, partly=2)


def one_session() -> str:
    sat = SittingRecord(sat_s=7000, away_s=900, unseen_s=60, longest_s=3000, breaks=2, shifts=4, prompts=1)
    block = GuidedTime(
        block="thigh_roller", side=Side.LEFT, started_s=80.0, guided_s=6.0, goal_s=60.0, complete=False, skipped=True
    )
    stretches = held(faults={"leaning_forward": 3.0}, skipped=True), held(Side.RIGHT, complete=True, held_s=30.0)
    return render_session(session(2, *stretches, blocks=(block,), sitting=sat, level=2, pain_before=4, pain_after=3), partly=1)


PAGES: dict[str, Callable[[], str]] = {
    "both sides": lambda: render([reported(KNEELING, BOTH)], pains=["mild"]),
    "of several": lambda: render([reported(KNEELING, BOTH), reported(SHIPPED, scene((4, supine())))]),
    "no stretch": lambda: render([reported(SHIPPED, scene((3, upright()), (2, ())))]),
    "held to the end": lambda: render([reported(PLANK, scene((8, plank()), (3, plank(-25.0))))]),
    "photo": lambda: render([reported(KNEELING, [(0.0, (kneeling(),))], still=True)]),
    "nothing": lambda: render([]),
    "comparison": lambda: compared(BOTH, scene((2, upright()), (4, kneeling(extension=60)), (2, kneeling(lean=24)))),
    "progress": practised,
    "session": one_session,
    "check": lambda: render_check([read(0, -13.0, reading="hip"), read(0, 2.0, Side.RIGHT, reading="hip", band=None)], []),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_says_everything_in_the_language_that_is_spoken(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr("formcheck.ui.report.pictures.paint", lambda _, marks: drawn.extend(painted(marks)))
    with speaking("brackets"):
        html = PAGES[kind]()
        page = Page(html)
        assert '<html lang="xx">' in html
    words = json.loads(page.blocks.get("data", '{"words": {}}'))["words"].values()
    for text in (page.text, page.labels, page.blocks.get("svg", ""), " ".join(drawn), " ".join(words)):
        assert set(outside_brackets(text)) - NAMES == set()
    assert "⟦" in page.text


def painted(marks: Iterable[Mark]) -> list[str]:
    """Return the texts that a painter paints."""
    return [shown(mark.text) for mark in flatten(marks) if isinstance(mark, Text)]


SCREENS = {
    **{
        name: (screen, KNEELING) for name, screen in screens(KNEELING, watch(KNEELING, scene((1.0, kneeling())))[-1], 1).items()
    },
    **{name: (screen, None) for name, screen in guided_screens(BLOCKS.find("thigh_roller")).items()},
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("window", [16 / 9, 9 / 16])
def test_the_screen_says_everything_in_the_language_that_is_spoken(name: str, window: float) -> None:
    screen, spec = SCREENS[name]
    with speaking("brackets"):
        texts = painted(draw_screen(screen, spec, picture=16 / 9, window=window).marks)
    assert set(outside_brackets(" ".join(texts))) - NAMES - {"fps", "ms"} == set()
    assert "⟦" in " ".join(texts)


@pytest.mark.parametrize("name", labeling_views(KNEELING))
def test_the_labelling_window_says_everything_in_the_language_that_is_spoken(name: str) -> None:
    faults = {word for fault in KNEELING.faults for word in fault.name.split("_")}
    with speaking("brackets"):
        texts = painted(draw_view(labeling_views(KNEELING)[name], picture=16 / 9, window=16 / 9).marks)
    assert set(outside_brackets(" ".join(texts))) - faults - {*KNEELING.name.split("_"), "mp", "toml"} == set()


@pytest.mark.parametrize("still", [False, True])
def test_a_film_and_a_photo_say_everything_in_the_language_that_is_spoken(still: bool) -> None:
    with speaking("brackets"):
        for moment in watch(KNEELING, BOTH)[::5]:
            found = annotate(moment, KNEELING, 16 / 9, 720, still=still)
            assert outside_brackets(" ".join(painted((*found.figure, *found.words)))) == []


def test_the_keys_of_the_terminal_are_named_in_the_language_that_is_spoken() -> None:
    with speaking("brackets"):
        assert outside_brackets(shown(terminal_keys.KEYS)) == []


def test_what_stays_on_the_screen_is_said_anew_in_another_language() -> None:
    screen = SCREENS["stretch"][0]
    texts = {}
    for language in ("en", "de", "en", "brackets"):
        with speaking(language):
            texts[language] = painted(draw_screen(screen, KNEELING, picture=16 / 9, window=16 / 9).marks)
    assert "running" in texts["en"]
    assert "läuft" in texts["de"]
    assert "⟦running⟧" in texts["brackets"]


def test_letters_of_other_languages_are_painted() -> None:
    """As a letter that the font has, and not as the sign for one that it lacks."""
    missing = sprites.text("\U0010fffd", 40, bold=True, tone=Tone.PLAIN, outlined=False)[0].keep
    for letter in "äöüÄÖÜß„“–éñç":
        found = sprites.text(letter, 40, bold=True, tone=Tone.PLAIN, outlined=False)[0].keep
        assert found.min() < 255, letter
        assert found.shape != missing.shape or (found != missing).any(), letter
