"""The screen of a guided block: what to do, and that nothing of it is measured; how it is painted is looked at."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.events import BlockView
from formcheck.core import wording
from formcheck.stretches.block_files import BLOCKS
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.shapes import Anchor, Body, Line, Ring, Text, flatten
from formcheck.ui.screen import ScreenDrawing, draw_screen
from tests.support.laws import between, law
from tests.support.screens import guided_screens
from tests.support.spoken import speaking

SHIPPED = {block.name: block for block in BLOCKS.load()[0]}
SCREENS = {name: guided_screens(block) for name, block in SHIPPED.items()}
NAMES = sorted(SCREENS["ball_massage"])


def drawn(block: str, name: str, window: float = 16 / 9, picture: float = 16 / 9) -> ScreenDrawing:
    return draw_screen(SCREENS[block][name], None, picture=picture, window=window)


def screen_of(block: str, name: str) -> BlockView:
    view = SCREENS[block][name].block
    assert view is not None
    return view


def texts(shown: ScreenDrawing) -> list[Text]:
    return [mark for mark in flatten(shown.marks) if isinstance(mark, Text)]


def words(shown: ScreenDrawing) -> str:
    return " ".join(mark.text for mark in texts(shown))


def extent(mark: Text) -> tuple[float, float, float, float]:
    """Left, low, right and top of the capitals of a text."""
    wide, tall = text_metrics.width(mark.text, mark.size), text_metrics.CAPITALS * mark.size
    left = mark.at[0] - {Anchor.LEFT: 0.0, Anchor.CENTRE: wide / 2, Anchor.RIGHT: wide}[mark.anchor]
    return left, mark.at[1] - tall / 2, left + wide, mark.at[1] + tall / 2


@pytest.mark.parametrize("block", SHIPPED)
@pytest.mark.parametrize("name", ["guided", "guided_away", "guided_setup", "guided_ready", "guided_rest"])
def test_it_says_that_nothing_is_measured_and_has_no_verdict_and_no_gauge(block: str, name: str) -> None:
    shown = drawn(block, name)
    said = words(shown)
    assert wording.NOT_MEASURED in said
    assert "°" not in said
    assert not any(status.live in said for status in wording.STATUSES.values())
    assert not [mark for mark in flatten(shown.marks) if isinstance(mark, Body)]
    assert shown.figure == (), "no bones are drawn"


def test_it_says_what_to_do_how_hard_and_for_how_long() -> None:
    said = words(drawn("ball_massage", "guided"))
    for part in ("A little more", "Right side", "Moderate pressure", "18 s more", "42", "of 200 s", "running", "2 of 6"):
        assert part in said
    assert "Lean in as you breathe out" in said
    rule = words(drawn("ball_massage", "guided_rule"))
    assert "Stop at sharp pain, sickness or dizziness" in rule
    assert "Lean in" not in rule, "one sentence at a time"
    away = words(drawn("ball_massage", "guided_away"))
    assert "Paused until I see you" in away
    assert "running" not in away


def test_the_pacer_is_there_for_breathing_alone() -> None:
    assert "breathe in" in words(drawn("slow_breathing", "guided"))
    assert "breathe in" not in words(drawn("ball_massage", "guided"))
    assert "breathe in" not in words(drawn("slow_breathing", "guided_away")).lower()


def test_how_to_get_into_position_is_there_in_full_while_it_is_counted_down() -> None:
    for block in SHIPPED.values():
        said = words(drawn(block.name, "guided_ready"))
        assert block.position in said
        assert block.needs in said
        assert "17" in said


def test_the_summary_tells_blocks_as_not_measured() -> None:
    said = words(drawn("ball_massage", "guided_done"))
    assert "120 of 120 s, not measured" in said
    assert "47 of 120 s, not measured, strong pain" in said


@law
@given(
    st.sampled_from(sorted(SHIPPED)),
    st.sampled_from(NAMES),
    between(0.45, 2.5),
    between(0.5, 2.0),
    st.sampled_from(["en", "de"]),
)
def test_every_text_is_inside_the_window_and_on_no_other(
    block: str, name: str, window: float, picture: float, language: str
) -> None:
    with speaking(language):
        places = [(mark.text, extent(mark)) for mark in texts(drawn(block, name, window, picture))]
    for text, (left, low, right, top) in places:
        assert left >= -1e-6, text
        assert right <= window + 1e-6, text
        assert low >= -1e-6, text
        assert top <= 1 + 1e-6, text
    near = 1e-6
    for (text_a, a), (text_b, b) in combinations(places, 2):
        apart = a[2] <= b[0] + near or b[2] <= a[0] + near or a[3] <= b[1] + near or b[3] <= a[1] + near
        assert apart, (text_a, text_b)


@pytest.mark.parametrize("window", [16 / 9, 1366 / 690, 4 / 3, 9 / 16])
@pytest.mark.parametrize("block", SHIPPED)
def test_what_to_do_can_be_read_from_three_metres(block: str, window: float) -> None:
    """What the phase is called at least a twentieth of the window's height, or width where that is less; the sentence a little
    less: the voice says the same in short.
    """
    spec = SHIPPED[block]
    for name, told in (("guided", [phase.do for phase in spec.phases]), ("guided_rule", spec.rules)):
        shown = drawn(block, name, window)
        lines = [mark for mark in texts(shown) if len(mark.text) > 6 and any(mark.text in sentence for sentence in told)]
        assert lines
        for mark in lines:
            assert mark.size * text_metrics.CAPITALS >= 0.042 * min(1.0, window), mark.text
        (name_line,) = [mark for mark in texts(shown) if mark.text == screen_of(block, name).name]
        assert name_line.size * text_metrics.CAPITALS >= 0.05 * min(1.0, window)
        assert [mark for mark in flatten(shown.marks) if isinstance(mark, Ring)]
        assert [mark for mark in flatten(shown.marks) if isinstance(mark, Line)], "a triangle says that it runs"
