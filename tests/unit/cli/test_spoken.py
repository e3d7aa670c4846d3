"""The terminal in the person's language: what is asked and answered, what typer says, and tables as wide as what is shown."""

from collections.abc import Iterator

import pytest

from formcheck.cli.help import said
from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.cli.safety import YesNoBackPrompt
from formcheck.cli.terminal import asked, confirmed, console
from formcheck.core.wording.language import N_, shown
from formcheck.system.languages import speak_language


@pytest.fixture(autouse=True)
def speaking_german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FORMCHECK_LANGUAGE", "de")
    speak_language("de")
    yield
    speak_language(None)


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    typed = iter(lines)
    monkeypatch.setattr("builtins.input", lambda: next(typed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("j", True), ("Ja ", True), ("y", True), ("YES", True), ("n", False), ("nein", False), ("no", False), ("", False)],
)
def test_a_yes_is_one_in_both_languages(typed: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, typed)
    assert confirmed("?") is meant


def test_what_is_no_answer_is_asked_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    type_in(monkeypatch, "vielleicht", "", "ja")
    assert confirmed(N_("Do you want to do it now?"), default=None) is True
    question = "Möchtest du ihn jetzt machen? [j/n]: "
    again = f"{question}Antworte bitte mit j oder n.\n"
    assert capsys.readouterr().out == f"{again}{again}{question}"


def test_in_english_there_is_no_german(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    speak_language(None)
    type_in(monkeypatch, "j", "y")
    assert confirmed("Now?") is True
    assert capsys.readouterr().out == "Now? [y/n] (n): Please answer with y or n.\nNow? [y/n] (n): "


@pytest.mark.parametrize(("typed", "meant"), [("ja", True), ("n", False), ("z", None), ("zurück", None), ("b", None)])
def test_one_can_go_back(typed: str, meant: bool | None, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, typed)
    assert YesNoBackPrompt.ask("", console=console()) is meant


def test_options_stay_as_they_are(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    type_in(monkeypatch, "left")
    question = N_("Which side is stretched (the rear or straight leg)?")
    assert asked(question, on=console(), choices=["left", "right"]) == "left"
    assert "Welche Seite wird gedehnt (das hintere oder gestreckte Bein)? [left/right]: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("No such option: --nix", "Diese Option gibt es nicht: --nix."),
        ("No such option: --nix Did you mean --mix?", "Diese Option gibt es nicht: --nix. Meintest du --mix?"),
        ("Got unexpected extra argument (b.mp4)", "Unerwartetes zusätzliches Argument (b.mp4)."),
        (
            "No such option: --nix (Possible options: --mix, --six)",
            "Diese Option gibt es nicht: --nix (mögliche Optionen: --mix, --six).",
        ),
        ("No such command 'nix'.", "Den Befehl 'nix' gibt es nicht."),
        ("No such command 'scor'. Did you mean 'score'?", "Den Befehl 'scor' gibt es nicht. Meintest du 'score'?"),
        ("Missing argument 'CLIP'.", "Das Argument 'CLIP' fehlt."),
        ("Missing argument 'KIND'. Choose from: pose, block", "Das Argument 'KIND' fehlt. Zur Wahl stehen: pose, block."),
        ("Missing option '--out'.", "Die Option '--out' fehlt."),
        ("Option '--json' requires an argument.", "Die Option '--json' braucht ein Argument."),
        (
            "Invalid value for '--jobs': -1 is not in the range x>=0.",
            "Ungültiger Wert für '--jobs': -1 liegt nicht im Bereich x>=0.",
        ),
        ("Invalid value for '--jobs': 'a' is not a valid integer.", "Ungültiger Wert für '--jobs': 'a' ist keine ganze Zahl."),
        ("Invalid value for '--jobs': something of the future", "Ungültiger Wert für '--jobs': something of the future"),
        ("default: 0", "Vorgabe: 0"),
        ("x>=0", "0 oder mehr"),
        ("0<=x<=10", "0 bis 10"),
        ("something of the future", "something of the future"),
    ],
)
def test_what_typer_says_is_german(english: str, german: str) -> None:
    assert shown(said(english)) == german


def test_a_table_is_as_wide_as_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    console().print(WrappedTable(columns(N_("hold"), "n"), [(N_("to the end"), "1")]))
    assert capsys.readouterr().out == "Halten        n\nbis zum Ende  1\n"
