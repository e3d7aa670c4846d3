"""Every sentence of the program is in the catalogue: what people read is marked, in Python and on the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.web.words import WORDS
from tests.support.clips import REPO
from tests.support.sentences import unmarked

PROGRAM = REPO / "formcheck"
PAGE = PROGRAM / "web" / "static"

NOT_YET: dict[str, str] = {}
"""Packages with sentences that are not marked yet, and why."""

IN_FILES = {
    "people/profile.py": "comments of the file that it writes, and its schema",
    "tuning/drafting/toml_text.py": "comments of the file that it writes",
    "tuning/drafting/proposal.py": "texts of the file that is written, which the person replaces",
    "pipeline/outputs/formats/motion_file.py": "a measure of files for other programs alone",
    "ui/audio/speak.py": "what a process tells the one that has started it",
}
"""Modules whose sentences nobody is shown, and what they are."""

NAMES = {
    "any stretch": "of a plan, in the history",
    "over {}": "of a band of angles, in JSON",
    "of the page": "of a camera",
    "leave out": "of a choice",
    "blob: file: 'self'": "of sources in a policy of HTML",
    "check {}": "of an answer, in a file",
    "question {}": "of an answer, in a file",
    "video checks": "of a thread",
}
"""Texts that are names, and of what."""


@pytest.mark.parametrize(
    "package", sorted({path.stem for path in PROGRAM.iterdir() if path.suffix in {"", ".py"}} - {"__pycache__"})
)
def test_no_sentence_of_a_package_is_without_a_mark(package: str) -> None:
    found = [f"{path}:{line}: {text}" for path in modules(package) for line, text in unmarked(path.read_text(encoding="utf-8"))]
    found = [hit for hit in found if hit.split(": ", 1)[1] not in NAMES]
    assert (found == []) is (package not in NOT_YET), "\n".join(found)


def modules(package: str) -> Iterator[Path]:
    folder = PROGRAM / package
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]:
        if path.relative_to(PROGRAM).as_posix() not in IN_FILES:
            yield path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('HINT = "Move back a little"', ["Move back a little"]),
        ('HINT = N_("Move back a little")', []),
        ('HINTS = NN_("{count} clip", "{count} clips")', []),
        ('say(f"{path}: written")', ["{}: written"]),
        ('say("done")', ["done"]),
        ('say(N_("done") if done else "failed")', ["failed"]),
        ('def one(): return f"{count} clips"', ["{} clips"]),
        ('raise SourceError("empty")', ["empty"]),
        ('raise ValueError("no band is above this one")', []),
        ('def one(name: Annotated[str, typer.Option(metavar="OUT FILE", help="Where.")]): "What it is for."', ["Where."]),
        ('def one() -> "dict[str, array[float]]": return other', []),
        ('ROW = {"seconds a day": N_("seconds a day")}', []),
        ('texts = f"{folder}/{name}.toml"', []),
        ('assert rows, "there is one at least"', []),
        ('store.execute("DELETE FROM sessions WHERE id = ?")', []),
        ('re.compile("one or more")', []),
    ],
)
def test_what_reads_as_a_sentence_is_found(text: str, found: list[str]) -> None:
    assert [hit for _, hit in unmarked(text)] == found


_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\w])//[^\n]*", re.DOTALL)
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
_TWO_WORDS = re.compile(r"(?<![\w-])[A-Za-z']{2,}[,.;:!?]* +[A-Za-z']{2,}(?![\w-])")
_SHOWN_WORD = re.compile(r"\b(?:textContent|innerText|ariaLabel|title|placeholder|alt) = [\"`][A-Za-z]{2}")
SELECTORS = {"input, select, textarea"}


def scripts() -> Iterator[tuple[Path, str]]:
    for path in sorted(PAGE.rglob("*.js")):
        yield path, _COMMENT.sub("", path.read_text(encoding="utf-8"))


def test_the_page_has_no_sentence_but_by_its_key() -> None:
    styles = " ".join(path.read_text(encoding="utf-8") for path in PAGE.rglob("*.css"))
    classes = set(re.findall(r"\.([a-z][\w-]*)", styles))
    for path, text in scripts():
        assert not _SHOWN_WORD.search(text), path
        literals = [re.sub(r"\$\{[^}]*\}", "", "".join(found)) for found in _LITERAL.findall(text)]
        sentences = [one for one in literals if _TWO_WORDS.search(one) and not (one.islower() and one.split()[0] in classes)]
        assert set(sentences) <= SELECTORS, path


def test_every_sentence_of_the_page_is_asked_for_and_there() -> None:
    used: set[str] = set()
    made: list[str] = []
    for path, text in scripts():
        asked = set(re.findall(r'\bt\(\s*"(\w+)"', text))
        assert asked <= WORDS.keys(), path
        literals = {"".join(found) for found in _LITERAL.findall(text)}
        used |= literals & WORDS.keys()
        templates = [one for one in literals if "${" in one and re.fullmatch(r"[a-z_]+", re.sub(r"\$\{[^}]*\}", "", one))]
        made += [re.sub(r"\$\{[^}]*\}", r"\\w+", one) for one in templates]
    server = "\n".join(path.read_text(encoding="utf-8") for path in PROGRAM.rglob("*.py") if path.name != "words.py")
    left = {key for key in WORDS.keys() - used if not any(re.fullmatch(one, key) for one in made) and f'"{key}"' not in server}
    assert left == set()
