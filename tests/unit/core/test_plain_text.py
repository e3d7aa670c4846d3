"""Names and titles are shown as text, on one line, whatever is in them; and errors that name them too."""

import copy
import json
import os
import pickle
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core import errors
from formcheck.core.errors import FormcheckError, MissingPartError, SourceError, TuneError
from formcheck.core.plain_text import each_line, one_line, path_as_text, quiet_json
from tests.support.laws import law

HOSTILE = "a\nb\r\x1b]0;title\x07\x1b[31m[red]\x9b2J\u202egpj\u2028c\udcff"


@law
@given(st.text(st.characters(exclude_categories=())))
def test_it_is_one_line_without_orders_and_shown_again_it_stays(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in shown)
    assert one_line(shown) == shown
    shown.encode("utf-8")


@law
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs", "M"])))
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Müller – 体操 [bold]x[/bold].mp4", "Müller – 体操 [bold]x[/bold].mp4"),
        ("👩‍🦽 a\xa0b", "👩‍🦽 a\xa0b"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202egpj.exe", r"\u202egpj.exe"),
        ("\udcff\udce9.mp4", "��.mp4"),
        ("\ud800", "���"),
    ],
)
def test_orders_are_written_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_lines_stay_lines() -> None:
    assert each_line("a\x07\n\tb") == "a\\x07\n\\tb"


@law
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_stays_the_same_and_has_no_orders(text: str) -> None:
    written = quiet_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert one_line(written) == written


def test_a_path_is_text_that_can_be_written() -> None:
    assert path_as_text(os.fsdecode(b"x/\xff.mp4")) == "x/�.mp4"
    assert path_as_text(Path("a\nb")) == "a\nb"


ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, FormcheckError)]


class TestErrors:
    @pytest.mark.parametrize("kind", ERRORS)
    def test_names_in_an_error_are_shown_as_text(self, kind: type[FormcheckError]) -> None:
        arguments: dict[object, tuple[Any, ...]] = {
            TuneError: ([f"{HOSTILE}: is bad."],),
            MissingPartError: (HOSTILE.replace("\n", ""), "Buy one."),
        }
        text = str(kind(*arguments.get(kind, (f"{HOSTILE}: is bad.",))))
        assert not any(unicodedata.category(sign) in {"Cs", "Zl"} or (sign < " " and sign != "\n") for sign in text)
        assert text.count("\n") == (1 if kind is TuneError else 0)

    @pytest.mark.parametrize("kind", ERRORS)
    def test_an_error_comes_whole_out_of_another_process(self, kind: type[FormcheckError]) -> None:
        arguments: dict[object, tuple[Any, ...]] = {TuneError: (["a: b", "c\nd"],), MissingPartError: ("What.", "Fix.")}
        error = kind(*arguments.get(kind, ("a: b", "c\nd")))
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301
            assert type(again) is kind
            assert str(again) == str(error)

    def test_lines_are_given_one_by_one(self) -> None:
        error = SourceError("a\nb: is bad.", "  c: too")
        assert error.lines == (r"a\nb: is bad.", "  c: too")
        assert str(error) == "a\\nb: is bad.\n  c: too"
