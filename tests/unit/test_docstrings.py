"""Public docstrings: whole numpydoc sections, which name what there is to name."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import formcheck

PACKAGE = Path(formcheck.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

WRAPPED = re.compile(r"\b(Parameters|Returns|Yields|Raises|Attributes|Examples|Notes) -{3,}(\s|$)")
"""A heading and its underline on one line: what is left of a section after its lines were joined and wrapped anew."""

DOCUMENTED = {name: value for name in formcheck.__all__ if callable(value := getattr(formcheck, name))}
FUNCTIONS = {name: value for name, value in DOCUMENTED.items() if inspect.isfunction(value)}
DATACLASSES = {name: value for name, value in DOCUMENTED.items() if is_dataclass(value)}

PROSE = {
    "FormcheckError": "an exception, not a dataclass",
    "StretchSpec": "its docstring is the description in `formcheck poses schema`, which has one for each field already",
}
"""Public classes that are neither function nor dataclass, and why no section is asked of them."""


def sections(text: str | None) -> dict[str, list[str]]:
    """Return the lines of each numpydoc section by its heading."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    lines = inspect.cleandoc(text or "").splitlines()
    for line, under in zip(lines, [*lines[1:], ""], strict=True):
        if line and under == "-" * len(line):
            current = found.setdefault(line, [])
        elif not line or line.strip("-"):
            current.append(line)
    return found


def entries(lines: list[str]) -> dict[str, list[str]]:
    """Return the lines said of each name of a section; several names may share them: `model, every_frame : type`."""
    found: dict[str, list[str]] = {}
    names: list[str] = []
    for line in lines:
        if line and not line.startswith(" "):
            names = [name.strip(" *") for name in line.partition(" : ")[0].split(",")]
            found |= {name: [] for name in names}
        elif line:
            for name in names:
                found[name].append(line)
    return found


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of every docstring in a module, and of every other text that stands alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def lacking(wanted: list[str], lines: list[str]) -> list[str]:
    """Return which of the `wanted` names a section does not have, or says nothing of."""
    found = entries(lines)
    return [name for name in wanted if not found.get(name)]


def test_no_section_was_wrapped_into_its_heading() -> None:
    wrapped = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in MODULES
        for line, text in docstrings(path)
        if any(WRAPPED.search(one) for one in text.splitlines())
    ]
    assert not wrapped


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("Returns ------- Result `score`", True),
        ("It is.\n\nYields ------ Moment", True),
        ("Returns\n-------\nResult", False),
        ("It returns --- at last --- a result", False),
    ],
)
def test_a_wrapped_section_is_told_from_a_whole_one(text: str, *, damaged: bool) -> None:
    assert any(WRAPPED.search(line) for line in text.splitlines()) is damaged


def test_entries_may_share_a_line() -> None:
    text = "Do.\n\nParameters\n----------\na, b : int\n    Two.\n*rest\n    More.\nbare\n\nReturns\n-------\nint\n    One."
    found = sections(text)
    assert list(found) == ["Parameters", "Returns"]
    assert lacking(["a", "b", "rest", "bare", "c"], found["Parameters"]) == ["bare", "c"]


def test_every_public_name_is_a_function_a_dataclass_or_exempt() -> None:
    assert DOCUMENTED.keys() == FUNCTIONS.keys() | DATACLASSES.keys() | PROSE.keys()


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_docstring_begins_with_its_summary(name: str) -> None:
    first = inspect.cleandoc(DOCUMENTED[name].__doc__ or "").partition("\n\n")[0]
    assert first.endswith(".") or ". " in first
    assert not first.startswith(f"{name}(")  # what `dataclass` writes where nothing is said


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_names_its_parameters_and_what_it_returns(name: str) -> None:
    found, signature = sections(FUNCTIONS[name].__doc__), inspect.signature(FUNCTIONS[name])
    assert not lacking(list(signature.parameters), found.get("Parameters", []))
    if signature.return_annotation not in (None, "None"):
        assert found.get("Returns") or found.get("Yields")


@pytest.mark.parametrize("name", DATACLASSES)
def test_a_dataclass_names_its_fields(name: str) -> None:
    found = sections(DATACLASSES[name].__doc__)
    public = [field.name for field in fields(DATACLASSES[name]) if not field.name.startswith("_")]
    # A dataclass that callers make themselves may call its fields parameters, as numpydoc does: they are both.
    assert not lacking(public, found.get("Attributes", []) + found.get("Parameters", []))


@pytest.mark.parametrize("name", [*DATACLASSES, "StretchSpec"])
def test_a_public_method_says_what_it_returns(name: str) -> None:
    for method, value in vars(DOCUMENTED[name]).items():
        if method.startswith("_"):
            continue
        if isinstance(value, property):
            assert value.__doc__, method
        elif inspect.isfunction(value):
            found = sections(value.__doc__)
            assert found.get("Returns") or found.get("Yields"), method
            taken = [one for one in inspect.signature(value).parameters if one != "self"]
            assert not lacking(taken, found.get("Parameters", [])), method
