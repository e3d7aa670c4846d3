"""The chapter on the flexibility check is what was measured, and keeps what was asked of it."""

import json
from pathlib import Path

from docs.accuracy import chapter_of_checks
from docs.flexibility import RESULTS

REPO = Path(__file__).parents[2]
FOUND = json.loads(RESULTS.read_text(encoding="utf-8"))


def test_the_page_has_the_chapter_as_it_was_measured() -> None:
    assert "\n".join(chapter_of_checks(FOUND)) in (REPO / "docs" / "accuracy.md").read_text(encoding="utf-8")


def test_the_thigh_is_read_as_truly_as_was_asked() -> None:
    assert FOUND["setups"] >= 300
    assert FOUND["by_yaw"]["0..15"]["hip"]["mean_absolute"] <= 4.0
    assert FOUND["by_yaw"]["15..30"]["hip"]["mean_absolute"] <= 6.0
    assert FOUND["all"]["wrong_sign"] == 0
    assert all(group["without_answer"] == 0 for group in FOUND["rolled"].values())


def test_films_are_read_as_truly_and_what_swings_is_asked_again() -> None:
    films = FOUND["films"]
    assert films["lowerings"] >= 40
    assert films["hip"]["mean_absolute"] <= 4.0
    assert films["wrong_sign"] == 0
    assert films["asked_again"] == films["swinging"] > 0
