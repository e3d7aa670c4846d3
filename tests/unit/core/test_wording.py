"""A sentence stands in one place: in the table, in the phrases of a session, or in a pose file."""

import ast
import os
import re
import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path

import pytest

from formcheck.coaching.events import Key
from formcheck.coaching.guidance import phrases
from formcheck.core import wording
from formcheck.core.values import Band, Reason, Side, Status
from formcheck.core.wording.language import shown
from formcheck.system.languages import languages
from tests.support.clips import REPO
from tests.support.literals import literals
from tests.support.spoken import speaking

HOMES = tuple(Path(module.__file__ or "") for module in (wording, phrases))
MODULES = sorted(path for path in (REPO / "formcheck").rglob("*.py") if path not in HOMES)


def is_sentence(text: str) -> bool:
    """Whether it begins as one or has three words: `{} of {}` and `pause` may be anything."""
    return text[:1].isupper() or len(re.findall(r"[^\W_]{2,}", text.replace("{}", ""))) >= 3


SENTENCES = frozenset(text for home in HOMES for _, text in literals(home) if is_sentence(text))


def is_glued(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)))


@pytest.mark.parametrize(
    ("table", "enum"),
    [(wording.REASONS, Reason), (wording.STATUSES, Status), (wording.BANDS, Band), (wording.SIDES, Side)],
)
def test_every_member_has_its_row(table: dict[StrEnum, object], enum: type[StrEnum]) -> None:
    assert set(table) == set(enum)


def test_every_answer_to_the_pain_question_has_its_words() -> None:
    assert set(phrases.ANSWERS) == set(phrases.LEADS_TO) == {Key.MILD, Key.STRONG, Key.SHARP}


def test_there_are_sentences_to_look_for() -> None:
    assert {"Step into the picture", "{}, either side first", "Done", "Turn your {} side to the camera"} <= SENTENCES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(REPO)))
def test_no_other_module_has_the_sentence_again(path: Path) -> None:
    again = [
        (line, text)
        for line, text in literals(path)
        if text.strip() in SENTENCES or any(whole in text for whole in SENTENCES if len(whole.split()) >= 4)
    ]
    assert again == []


def test_no_sentence_stands_twice_in_the_table_or_the_phrases() -> None:
    written = Counter(
        node.value
        for home in HOMES
        for node in ast.walk(ast.parse(home.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    )
    assert [text for text, count in written.items() if count > 1] == []


@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.stem)
def test_a_sentence_is_whole_and_its_placeholders_have_names(home: Path) -> None:
    tree = ast.parse(home.read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.expr) and is_glued(node)]
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    placeholders = [name for text in texts for name in re.findall(r"\{([^}]*)\}", text)]
    assert all(re.fullmatch(r"[a-z_]+(:\.\d+f)?", name) for name in placeholders)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows speaks its own language, and says other things in English")
@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_what_the_system_says_of_common_errors_is_translated(language: str) -> None:
    with speaking(language):
        for number, words in wording.SYSTEM_REASONS.items():
            if sys.platform == "linux":
                assert os.strerror(number) == words
            told = shown(wording.FOLDER_NOT_MADE.format(path="x", reason=os.strerror(number)))
            assert words not in told


def test_what_the_system_says_fills_the_placeholder_by_which_it_is_translated() -> None:
    filled = [
        (path.name, keyword.arg)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        for keyword in node.keywords
        if any(isinstance(part, ast.Attribute) and part.attr == "strerror" for part in ast.walk(keyword.value))
    ]
    assert filled
    assert {arg for _, arg in filled} == {"reason"}, filled
