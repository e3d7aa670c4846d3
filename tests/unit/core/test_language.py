"""Sentences keep what they are made of, and are shown in the language that is spoken."""

import copy
import pickle
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.core.wording.language import (
    ENGLISH,
    N_,
    NN_,
    NP_,
    Catalogue,
    Sentence,
    capitalized,
    joined,
    number,
    shown,
    speak,
    with_hint,
    without_head,
)
from formcheck.system.languages import LANGUAGE_VARIABLE, asked_language, languages, speak_language
from tests.languages import catalogue, lacking, marked

HELD = N_("{name} held for {seconds:.1f} s")
HOLDS = NN_("{count} hold", "{count} holds")
LEFT = NP_("side", "left")
DAY = N_("on {day:%d %b}")


@pytest.fixture
def mirrored() -> Iterator[None]:
    """Another language, made up."""
    speak(
        Catalogue(
            language="xx",
            sentences={
                (None, HELD.key): "{seconds:.1f} s of {name}",
                (None, "{count} hold"): ("one", "many: {count}"),
                ("side", "left"): "LEFT",
                (None, "Bridge"): "BRIDGE",
                (None, "bridge"): "brücke",
                (None, DAY.key): "{day:dM}",
            },
            decimal=",",
            dates=lambda day, pattern: f"{pattern} of {day.year}",
        )
    )
    yield
    speak(ENGLISH)


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize(
    ("text", "english", "other"),
    [
        (HELD.format(name=N_("Bridge"), seconds=1.25), "Bridge held for 1.2 s", "1,2 s of BRIDGE"),
        (HELD.format(name="Bridge", seconds=1.25), "Bridge held for 1.2 s", "1,2 s of Bridge"),  # a name that people gave
        (HOLDS.format(count=1), "1 hold", "one"),
        (HOLDS.format(count=3), "3 holds", "many: 3"),
        (LEFT, "left", "LEFT"),
        (N_("on the {side}").format(side="left"), "on the left", "on the LEFT"),
        (N_("on the {side}").format(side=Side.LEFT), "on the left", "on the LEFT"),
        (N_("No: {error}").format(error=FormcheckError(N_("Bridge"))), "No: Bridge", "No: BRIDGE"),
        (N_("No: {error}").format(error=ValueError(N_("Bridge"))), "No: Bridge", "No: BRIDGE"),
        (N_("No: {error}").format(error=OSError(2, "none")), "No: [Errno 2] none", "No: [Errno 2] none"),
        (N_("left"), "left", "left"),
        (N_("{braces} of nobody"), "{braces} of nobody", "{braces} of nobody"),
        (joined("; {x} ", [LEFT, "a", N_("Bridge")]), "left; {x} a; {x} Bridge", "LEFT; {x} a; {x} BRIDGE"),
        ("formcheck: " + N_("Bridge"), "formcheck: Bridge", "formcheck: BRIDGE"),
        (N_("Bridge") + "!", "Bridge!", "BRIDGE!"),
        (capitalized(N_("bridge")), "Bridge", "Brücke"),
        (without_head("mine: " + N_("Bridge"), "mine: "), "Bridge", "BRIDGE"),
        (without_head("mine: " + N_("Bridge"), "other: "), "mine: Bridge", "mine: BRIDGE"),
        (N_("Bridge").hinting(N_("--pose {name}")), "Bridge", "BRIDGE"),
        (with_hint(N_("Bridge").hinting(N_("--pose {name}")).format(name="x")), "Bridge --pose x", "BRIDGE --pose x"),
        (with_hint(N_("Bridge")), "Bridge", "BRIDGE"),
        (N_("{name}").format(name=capitalized("bridge of Mine")), "Bridge of Mine", "Bridge of Mine"),
        (number(1.25, "+.1f"), "+1.2", "+1,2"),
        (number(1.5), "1.5", "1,5"),
        (number(3), "3", "3"),
        (DAY.format(day=date(2026, 3, 2)), "on 02 Mar", "dM of 2026"),
        (DAY.format(day=datetime(2026, 3, 2, 18, 30)), "on 02 Mar", "dM of 2026"),
    ],
)
def test_a_sentence_is_english_and_shown_in_what_is_spoken(text: str, english: str, other: str) -> None:
    for same in (text, pickle.loads(pickle.dumps(text)), copy.deepcopy(text), FormcheckError(text).lines[0]):  # noqa: S301
        assert str(same) == english
        assert shown(same) == other


@pytest.mark.usefixtures("mirrored")
def test_what_fills_a_sentence_is_on_one_line_in_every_language() -> None:
    title = HELD.format(name="Bridge\x1b]0;", seconds=0.5)
    (line,) = FormcheckError(N_("{title}: {path}").format(title=title, path=Path("a\nb"))).lines
    assert line == r"Bridge\x1b]0; held for 0.5 s: a\nb"
    assert shown(line) == r"0,5 s of Bridge\x1b]0;: a\nb"


@pytest.mark.usefixtures("mirrored")
@given(st.text(), st.lists(st.text()))
def test_what_is_no_sentence_is_shown_as_it_is(text: str, more: list[str]) -> None:
    assert shown(text) == text
    assert shown(joined(text, more)) == text.join(more) == joined(text, more)
    assert shown(Sentence("{} {x}").format(text, x=text)) == f"{text} {text}"


@pytest.mark.parametrize(
    ("words", "environment", "asked"),
    [
        (["--language", "de", "score"], None, "de"),
        (["--language=de"], "en", "de"),
        (["score", "--language", "de"], None, None),
        (["score"], "de", "de"),
        (["--help"], "", None),
        (["--language"], None, None),
    ],
)
def test_the_language_is_asked_before_the_command(
    words: list[str], environment: str | None, asked: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LANGUAGE_VARIABLE, raising=False)
    if environment is not None:
        monkeypatch.setenv(LANGUAGE_VARIABLE, environment)
    assert asked_language(words) == asked


def test_languages_are_known_by_their_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    assert languages()["de"] == "Deutsch"
    unknown = N_("{given}: there is no such language. There are: {known}.").format(given="xx", known="en, de")
    try:
        speak_language("de_AT.UTF-8")
        assert shown(unknown) == "xx: Diese Sprache gibt es nicht. Es gibt: en, de."
        for wrong in ("xx", "../de", "d", "/"):
            with pytest.raises(FormcheckError, match="there is no such language"):
                speak_language(wrong)
    finally:
        speak_language(None)
    assert shown(unknown) == str(unknown)


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_no_sentence_is_missing_and_each_has_its_placeholders(language: str) -> None:
    assert lacking(language) == []
    there = catalogue(language)
    assert {message.id for message in there} == {message.id for message in marked()}, "run python -m tests.languages"
    assert [str(error) for _, errors in there.check() for error in errors] == []
