"""Whether a check is left out is asked once, by check and person, and again where its words have changed."""

from pathlib import Path

import pytest

from formcheck.people.safety.blocks import load_block_answers
from formcheck.people.safety.checks import is_barred, save_barred

WORDS = ("Leave it out with a new hip.",)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    return tmp_path


def test_it_is_asked_once_by_check_and_person() -> None:
    assert is_barred("thomas", WORDS) is None
    save_barred("thomas", WORDS, barred=True)
    save_barred("lunge", WORDS, barred=False)
    assert is_barred("thomas", WORDS) is True
    assert is_barred("lunge", WORDS) is False
    assert is_barred("thomas", WORDS, "anna") is None


def test_other_words_are_asked_about_anew() -> None:
    save_barred("thomas", WORDS, barred=False)
    assert is_barred("thomas", (*WORDS, "Or late in pregnancy.")) is None


def test_answers_about_blocks_stay(home: Path) -> None:
    save_barred("thomas", WORDS, barred=True)
    kept = load_block_answers()
    save_barred("lunge", WORDS, barred=True)
    assert load_block_answers().items() >= kept.items()
    next(home.glob("*.json")).write_text("{", encoding="utf-8")
    assert is_barred("thomas", WORDS) is None
