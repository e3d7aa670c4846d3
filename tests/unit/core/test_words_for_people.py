"""What people read or hear promises nothing, names no illness, grades nobody and frightens nobody.

Read as a physiotherapist and as a lawyer would: a word of the first table may be shown in the phrases of the second alone, each
with why it may. Shown is what the program says, what is in the files that ship, and the pages for those who use it.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from formcheck.system.languages import languages
from tests.languages import catalogue
from tests.support.clips import REPO
from tests.support.literals import literals

FORBIDDEN = {
    # It would be a promise, which no study of these stretches bears out.
    "cures": r"cur(e|es|ed|ing)",
    "heals": r"heal(s|ed|ing)?",
    "treats": r"treat(s|ed|ing|ments?)?",
    "remedies": r"remed(y|ies|ied)",
    "relieves": r"reliev\w*|relief",
    "prevents": r"prevent\w*",
    "protects": r"protect\w*|guards? (the|your) back",
    "improves": r"improv\w*",
    "guarantees": r"guarant\w*|ensures?",
    "is safe": r"safe|safely|harmless",
    "will help": r"will (help|do you good|feel|make you)|helps? (you|against|your)",
    "ends pain": r"pain-?free|painless|(ends?|stops?|takes?|reduces?|eases?) (the |your )?pains?",
    "corrects posture": r"(good|bad|correct|better|proper) posture",
    # It would be a finding about a body, which is for somebody who can examine it.
    "diagnoses": r"diagnos\w*",
    "tight": r"tight|tightness|contractures?",
    "weak": r"weak|weakness|weakened",
    "imbalance": r"imbalanc\w*|asymmetr\w*|misalign\w*",
    "abnormal": r"abnormal\w*|dysfunction\w*|deficits?",
    "illness": r"symptoms?|diseases?|disorders?|patholog\w*|syndromes?",
    "patient": r"patients?",
    "finds illness": r"screening|detects?|signs of",
    # It would make a medical device of it.
    "medical": r"medical\w*|clinical\w*|therapeutic\w*|therapy|rehabilitat\w*",
    # It would grade a person.
    "bad": r"bad|poor|poorly|lazy|unfit|failure",
    # It would frighten.
    "danger": r"dangers?|dangerous\w*|hazardous",
    "damage": r"damag\w*",
    "harm": r"harms?|harmful|injur\w*",
    "risk": r"risk\w*",
}

ALLOWED = {
    "not a medical device, it diagnoses nothing": "says what it is not",
    "Not medical advice": "says what it is not",
    "is not medical advice": "says what it is not",
    "is medical advice": "says what it is not: nothing here is",
    "no diagnosis": "says what it is not",
    "nothing is diagnosed": "says what it is not",
    "never a diagnosis": "says what it is not",
    "It is not a treatment": "says what it is not",
    "a stretch takes pain away": "says what it does not promise",
    "helps you into place": "before the camera",
    "numb, tingling or weak leg": "what to see a doctor with",
    "numb or weak": "for whom a check is not",
    "numbness, tingling, weakness": "for whom a roller is not",
    "numbness, tingling or weakness": "for whom a roller is not",
    "a fresh injury": "who asks a clinician first",
    "a clotting disorder": "for whom pressure on the belly is not",
    "how weak they are": "of sources",
    "as bad as you can think of": "the end of the scale of pain",
    "one that is damaged": "of files",
    "damaged there": "of files",
    "also one that is damaged": "of files",
    "damaged files": "of files",
    "the damaged session": "of files",
    "a damaged clip": "of files",
    "of them damaged": "of files",
    "is damaged.": "of files",
    "what is damaged": "of files",
    "**Damage**: a clip": "of files",
}

FORBIDDEN_ELSEWHERE = {
    "de": {
        # It would be a promise.
        "heals": r"heil\w*|geheilt|kurier\w*",
        "treats": r"behandel\w*|therapier\w*",
        "relieves": r"linder\w*|gelindert|lös(t|en) (deine )?(verspannung|schmerz)\w*",
        "prevents": r"verhinder\w*|vorbeug\w*|beug\w* (\w+ )?vor",
        "protects": r"schütz\w*|geschützt|schon(t|en|end)",
        "improves": r"verbesser\w*",
        "guarantees": r"garant\w*",
        "is safe": r"gefahrlos\w*|risikolos\w*|unbedenklich\w*|harmlos\w*",
        "will help": r"hilft|helfen|wird dir gut ?tun",
        "ends pain": r"schmerzfrei\w*|schmerzlos\w*",
        "corrects posture": r"(gute|schlechte|richtige|falsche|bessere) haltung",
        # It would be a finding about a body.
        "diagnoses": r"diagnos\w*",
        "tight": r"verkürz\w*|verspann\w*|verkrampf\w*",
        "weak": r"schwach\w*|schwäche\w*",
        "imbalance": r"dysbalanc\w*|asymmetr\w*|ungleichgewicht\w*|fehlstellung\w*|fehlhaltung\w*|schief",
        "abnormal": r"abnorm\w*|krankhaft\w*|auffällig\w*|störung\w*",
        "illness": r"krank\w*|symptom\w*|syndrom\w*|befund\w*|leiden",
        "patient": r"patient\w*",
        # It would make a medical device of it.
        "medical": r"medizin\w*|klinisch\w*|reha\w*",
        # It would grade a person.
        "bad": r"schlecht(e|en|em|es)?|mangelhaft\w*|faul|versag\w*|unfit",
        # It would frighten.
        "danger": r"gefahr\w*|gefähr\w*",
        "damage": r"(ge)?schädig\w*|schaden|schadet|schäden",
        "harm": r"verletz\w*",
        "risk": r"risik\w*|riskan\w*",
        # It would nag.
        "nags": r"schon wieder|immer noch nicht|du musst|sofort|endlich|gefälligst",
    }
}
"""Words of the other languages that none of their sentences may have."""

ALLOWED_ELSEWHERE = {
    "de": {
        "es wird nichts diagnostiziert": "says what it is not",
        "keine Diagnose": "says what it is not",
        "Keine Diagnose": "says what it is not",
        "Du musst nicht alles": "says that less is enough",
        "Das Bild ist schief": "of the camera",
        "Kribbeln, Schwäche": "for whom a roller is not",
        "Kribbeln oder Schwäche": "for whom a roller is not",
        "taub, kribbelnd oder schwach": "what to see a doctor with",
        "tauben oder schwachen Bein": "for whom a check is not",
        "eine Krankheit von Lunge oder Herz": "who asks a doctor first",
        "eine frische Verletzung": "who asks a clinician first",
    }
}

PAGES = (
    "README.md",
    *(f"docs/{name}.md" for name in ("psoas", "psoas.de", "checks", "sitting", "live", "stretches", "scoring", "install")),
)
FILES = (*(REPO / "poses").rglob("*.toml"), *(REPO / "formcheck/people/safety").glob("*.toml"))
SAID = ("core/wording/__init__.py", "core/measures/table.py")
SPEAKING = ("cli", "coaching", "people", "ui")
"""Packages all of whose strings may be shown."""

SOURCES = {"strength"}
"""Keys whose values are of evidence, and no sentences."""


def of_tables(value: object) -> Iterator[str]:
    """Yield every string of a TOML document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from of_tables(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in SOURCES:
                yield from of_tables(one)


def helped(path: Path) -> Iterator[str]:
    """Yield the docstrings of the commands of a module: they are its help."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield (ast.get_docstring(node) or "").partition("\n\n")[0]


def page(path: Path) -> str:
    """Return the prose of a page: neither blocks of code nor names in backquotes or behind links."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`]*`|\]\([^)]*\)|^\[\w+\]: .*$", "", text, flags=re.MULTILINE)


def shown() -> Iterator[tuple[str, str]]:
    """Yield all that is shown: where it stands, and the text."""
    package = REPO / "formcheck"
    modules = [*(package / name for name in SAID), *(path for name in SPEAKING for path in (package / name).rglob("*.py"))]
    for path in modules:
        yield from ((str(path.relative_to(REPO)), text) for _, text in literals(path))
    for path in (package / "cli/commands").glob("*.py"):
        yield from ((str(path.relative_to(REPO)), text) for text in helped(path))
    for path in FILES:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        document.pop("text", None)
        yield from ((str(path.relative_to(REPO)), text) for text in of_tables(document))
    report = (package / "tuning/report.html").read_text(encoding="utf-8")
    yield "report.html", re.sub(r"\{[{%].*?[%}]\}", "", report, flags=re.DOTALL)
    yield from ((name, page(REPO / name)) for name in PAGES)


SHOWN = [(where, " ".join(text.split())) for where, text in shown() if " " in text.strip()]


def without_allowed(text: str, allowed: Iterable[str]) -> str:
    for phrase in sorted(allowed, key=len, reverse=True):
        text = text.replace(phrase, " ")
    return text


def found(pattern: str, texts: list[tuple[str, str]], allowed: Iterable[str] = ALLOWED) -> list[str]:
    """Return each place where the pattern is shown, with some of the words around it."""
    whole = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    cut = [(where, without_allowed(text, allowed)) for where, text in texts]
    return [
        f"{where}: {text[max(0, hit.start() - 30) : hit.end() + 30]!r}" for where, text in cut for hit in whole.finditer(text)
    ]


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_sentence_for_people_has_it(word: str) -> None:
    assert found(FORBIDDEN[word], SHOWN) == []


def translated(language: str) -> list[tuple[str, str]]:
    """Return every sentence in a language, of the catalogue and of the files that ship, and where it stands."""
    strings = {str(message.id): message.string for message in catalogue(language) if message.id}
    said = [
        (english, text) for english, forms in strings.items() for text in ([forms] if isinstance(forms, str) else forms or ())
    ]
    texts = {path: tomllib.loads(path.read_text(encoding="utf-8")).get("text", {}).get(language, {}) for path in FILES}
    return said + [(path.name, text) for path, tables in texts.items() for text in of_tables(tables)]


@pytest.mark.parametrize(
    ("language", "word"), [(code, word) for code in FORBIDDEN_ELSEWHERE for word in FORBIDDEN_ELSEWHERE[code]]
)
def test_no_translation_has_it(language: str, word: str) -> None:
    assert found(FORBIDDEN_ELSEWHERE[language][word], translated(language), ALLOWED_ELSEWHERE[language]) == []


@pytest.mark.parametrize("language", ALLOWED_ELSEWHERE)
def test_what_a_translation_may_have_is_there_and_would_not_be_otherwise(language: str) -> None:
    for phrase in ALLOWED_ELSEWHERE[language]:
        assert any(phrase in text for _, text in translated(language)), phrase
        assert any(found(pattern, [("here", phrase)], ()) for pattern in FORBIDDEN_ELSEWHERE[language].values()), phrase


def test_every_language_has_its_words() -> None:
    assert FORBIDDEN_ELSEWHERE.keys() == ALLOWED_ELSEWHERE.keys() == languages().keys() - {"en"}


@pytest.mark.parametrize("phrase", ALLOWED)
def test_what_is_allowed_is_there_and_would_not_be_otherwise(phrase: str) -> None:
    assert any(phrase in text for _, text in SHOWN)
    assert any(re.search(rf"\b(?:{pattern})\b", phrase, re.IGNORECASE) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("relieves", "Psoas relief"),
        ("will help", "This will help against stiffness"),
        ("tight", "A tight hip flexor raises the thigh"),
        ("protects", "Limits that guard your back"),
        ("medical", "A clinically proven stretch"),
        ("is safe", "It is safe to go on"),
        ("ends pain", "It takes your pain away"),
        ("corrects posture", "Sit with better posture"),
    ],
)
def test_a_sentence_that_has_it_is_found(word: str, sentence: str) -> None:
    assert found(FORBIDDEN[word], [("here", sentence)])


def test_all_kinds_of_texts_are_looked_at() -> None:
    places = {where for where, _ in SHOWN}
    assert {
        *PAGES,
        "formcheck/people/safety/belly.toml",
        "poses/checks/thomas.toml",
        "formcheck/cli/commands/live.py",
    } <= places
    assert len(SHOWN) > 1000
