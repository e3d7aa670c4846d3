"""Texts of files in other languages: tables `[text.<language>]` that mirror the keys of a file."""

import copy
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formcheck import cli
from formcheck.core.wording.language import Catalogue, shown, speak
from formcheck.people.safety.blocks import questions_of
from formcheck.people.safety.questions import questionnaire
from formcheck.stretches import StretchSpec
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.files import check_text, find_stretch, stretch_names
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.stretches.routine_files import ROUTINES
from formcheck.stretches.titles import title_of
from formcheck.stretches.validation.translations import texts_in, untranslated
from formcheck.system.languages import LANGUAGE_VARIABLE, languages, speak_language
from formcheck.system.shipped import poses_folder
from tests.support.clips import REPO
from tests.support.specs import POSE_FILE

KINDS = (BLOCKS, CHECKS, ROUTINES, PROGRAMMES)
SHIPPED = {
    **{name: find_stretch(name) for name in stretch_names()},
    **{path.stem: kind.read(path) for kind in KINDS for path in sorted((poses_folder() / kind.folder).glob("*.toml"))},
    "questions": questionnaire(),
    "belly": questions_of(BLOCKS.read(poses_folder() / "blocks" / "hand_massage.toml")),
}

NORMS = """
[[norms]]
who = "people"
mean_s = 30
sd_s = 10
people = 9
source = "none"
"""
ENGLISH = (
    'coaching = ["Breathe", "Look ahead"]\n'
    + POSE_FILE.replace("weight = 30\n", 'weight = 30\ntoo_high = "Less deep"\n')
    + NORMS
)
"""Of every kind of text one."""

GERMAN = """
[text.de]
title = "Eine Dehnung"
instruction = "Knie dich hin. Schieb die Hüfte vor."
setup = "Dort."
safety = "Gib acht."
coaching = ["Atme", "Schau nach vorn"]
norms = [{ who = "Leute" }]

[text.de.targets]
rear_hip_extension.too_high = "Weniger tief"

[text.de.faults]
leaning_forward.cue = "Mach dich lang"
leg_lifts.cue = "Lass es sinken"
"""


def parsed(text: str) -> StretchSpec:
    spec = check_text(text, name="stretch")
    assert isinstance(spec, StretchSpec), spec
    return spec


@pytest.fixture(autouse=True)
def _english_after(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    yield
    speak_language(None)


@pytest.fixture
def german() -> None:
    speak_language("de")


# --- the shipped ones --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_no_text_of_a_shipped_file_lacks_a_translation(name: str, language: str) -> None:
    texts = list(texts_in(SHIPPED[name]))
    assert texts
    assert [path for path, text in texts if language not in (text.own or {})] == []


def test_every_shipped_file_is_looked_at() -> None:
    assert {path.stem for path in poses_folder().rglob("*.toml")} <= {*SHIPPED}


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("name", "title"),
    [("plank", "Unterarmstütz"), ("ball_massage", "Selbstmassage mit einem Ball"), ("psoas_relief", "Psoasdehnungen")],
)
def test_titles_by_name_are_translated(name: str, title: str) -> None:
    assert shown(title_of(name)) == title


# --- one of a person's own ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text_of", "english", "german"),
    [
        (lambda spec: spec.title, "A stretch", "Eine Dehnung"),
        (lambda spec: spec.posture, "Kneel down", "Knie dich hin"),
        (lambda spec: spec.coaching[1], "Look ahead", "Schau nach vorn"),
        (lambda spec: spec.faults[0].cue, "Grow tall, chest over hips", "Mach dich lang"),
        (lambda spec: spec.targets[0].too_high, "Less deep", "Weniger tief"),
        (lambda spec: spec.norms[0].who, "people", "Leute"),
        (lambda spec: spec.with_goal_from(8).with_start({}).faults[0].cue, "Grow tall, chest over hips", "Mach dich lang"),
    ],
)
def test_a_text_is_english_and_shown_in_what_is_spoken(
    text_of: Callable[[StretchSpec], str], english: str, german: str
) -> None:
    spec = parsed(ENGLISH + GERMAN)
    for text in (text_of(spec), text_of(pickle.loads(pickle.dumps(spec))), copy.deepcopy(text_of(spec))):  # noqa: S301
        speak_language(None)
        assert (text, shown(text)) == (english, english)
        speak_language("de")
        assert shown(text) == german


def test_translations_of_one_file_are_none_of_another_and_no_catalogue_has_them() -> None:
    other = parsed(ENGLISH + GERMAN.replace("Eine Dehnung", "Noch eine"))
    without = parsed(ENGLISH)
    spec = parsed(ENGLISH + GERMAN)
    speak(Catalogue(language="de", sentences={(None, "A stretch"): "Aus dem Katalog"}))
    assert [shown(one.title) for one in (other, without, spec)] == ["Noch eine", "A stretch", "Eine Dehnung"]


def test_what_stands_for_a_file_is_the_same_with_and_without_translations() -> None:
    assert parsed(ENGLISH + GERMAN).model_dump_json() == parsed(ENGLISH).model_dump_json()
    assert parsed(ENGLISH + GERMAN) == parsed(ENGLISH)


@pytest.mark.usefixtures("german")
def test_the_value_of_a_reading_has_its_placeholder_filled() -> None:
    thigh = CHECKS.read(poses_folder() / "checks" / "thomas.toml").main
    assert thigh.in_words(-5.2) == "5° below level"
    assert shown(thigh.in_words(-5.2)) == "5° unter der Waagerechten"


def test_what_a_translation_lacks_is_told_and_no_fault() -> None:
    assert untranslated(parsed(ENGLISH)) == {}
    assert untranslated(parsed(ENGLISH + GERMAN)) == {}
    lacking = GERMAN.replace('title = "Eine Dehnung"\n', "").replace('leaning_forward.cue = "Mach dich lang"\n', "")
    spec = parsed(ENGLISH + lacking)
    assert untranslated(spec) == {"de": ["title", "faults.leaning_forward.cue"]}
    speak_language("de")
    assert shown(spec.title) == "A stretch"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("[text.de]\n", "[text.de]\ntitel = 'x'\n", "text.de.titel: unknown key; did you mean 'title'?"),
        ("[text.de]\n", "[text.de]\nview = 'Seite'\n", "text.de.view: unknown key."),
        ("leaning_forward.cue", "leaning_forward.cu", "text.de.faults.leaning_forward.cu: unknown key; did you mean 'cue'?"),
        ("leaning_forward.cue", "leanin.cue", "text.de.faults.leanin: the file has no such text in English"),
        ("too_high", "too_low", "text.de.targets.rear_hip_extension.too_low: the file has no such text in English"),
        ('"Atme", ', "", "text.de.coaching: must have as many entries as in English, 2 (found 1)"),
        ('"Atme"', '"{Atme}"', "text.de.coaching[0]: must have the placeholders of the English text: none (found {Atme})"),
        ('"Atme"', '" "', "text.de.coaching[0]: must not be empty"),
        ('"Dort."', "3", "text.de.setup: must be a text in quotes (found 3)"),
        (
            '"Mach dich lang"',
            '"1 2 3 4 5 6 7 8 9"',
            "text.de.faults.leaning_forward.cue: 9 words, at most 8 can be taken in while stretching",
        ),
        ("[text.de]\n", "[text]\nde = 3\n[text.fr]\n", "text.de: must be a table with keys of its own (found 3)"),
        ("[text.de]\n", "[text.english]\n[text.de]\n", "text.english: there is no such language; give its code, as de"),
        ("[text.de]\n", "[text.xx]\n[text.de]\n", "text.xx: there is no such language; give its code, as de"),
        ("[text.de]\n", "[text.en]\n[text.de]\n", "text.en: English is what the file itself has; give another language"),
    ],
)
def test_every_fault_is_told_with_its_key(old: str, new: str, line: str) -> None:
    changed = GERMAN.replace(old, new, 1) if "de = 3" not in new else new
    assert changed != GERMAN
    assert check_text(ENGLISH + changed, name="stretch") == [line]


def test_faults_of_the_file_and_of_its_translations_are_told_at_once() -> None:
    text = ENGLISH.replace('title = "A stretch"\n', "") + GERMAN.replace("leaning_forward.cue", "leaning_forward.cu")
    told = check_text(text, name="stretch")
    assert isinstance(told, list)
    assert {"title: missing", "text.de.faults.leaning_forward.cu: unknown key; did you mean 'cue'?"} <= {*told}


def test_a_placeholder_that_is_missing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "thomas.toml"
    shipped = (poses_folder() / "checks" / "thomas.toml").read_text(encoding="utf-8")
    path.write_text(shipped.replace('"um {degrees}° gebeugt"', '"gebeugt"'), encoding="utf-8")
    with pytest.raises(CHECKS.error, match=r"text\.de\.readings\.knee\.positive: must have .*: \{degrees\} \(found none\)"):
        CHECKS.read(path)


@pytest.mark.usefixtures("german")
def test_the_example_of_the_document_goes_with_its_file() -> None:
    page = (REPO / "docs" / "stretches.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    file = (poses_folder() / "kneeling_hip_flexor.toml").read_text(encoding="utf-8")
    spec = check_text(file.partition("[text.de]")[0] + example, name="kneeling_hip_flexor")
    whole = find_stretch("kneeling_hip_flexor")
    assert isinstance(spec, StretchSpec), spec
    assert [shown(text) for text in (spec.title, spec.fault("head_drops").cue)] == [
        shown(text) for text in (whole.title, whole.fault("head_drops").cue)
    ]
    assert "faults.leaning_forward.cue" in untranslated(spec)["de"]


def test_poses_check_tells_what_a_translation_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "stretch.toml"
    path.write_text(ENGLISH + GERMAN.replace('title = "Eine Dehnung"\n', ""), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["formcheck", "poses", "check", str(path), "hand_massage", "thomas"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{path}: [text.de] has no title; there it stays English."
