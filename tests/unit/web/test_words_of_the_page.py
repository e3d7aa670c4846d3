"""No sentence that reaches the page names an option of the command line: who has the page may have no terminal.

A sentence may have a hint (`Sentence.hinting`), which only the terminal says. The others that name one stand where the page
does not come by: in a module that it never imports, under a name that none of its modules uses, or in one of `TERMINAL_ALONE`.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

from tests.support.clips import REPO

OPTION = re.compile(r"(?<![\w-])--[a-z]")

TERMINAL_ALONE: Mapping[str, str] = {
    "formcheck.pipeline.batch.journal": "the page keeps no journal of what it has checked",
    "formcheck.pipeline.outputs.landmark_table": "the page is given films and photos",
    "formcheck.pipeline.outputs.report": "a report of the page has its film in it",
    "formcheck.pipeline.turned": "what fills a hint",
    "formcheck.ui.audio.player": "the browser plays the sounds of the page",
    "formcheck.vision.camera.listing": "the browser has the camera of the page",
    "formcheck.vision.engines": "the model is chosen as the app is begun",
    "formcheck.vision.engines.mediapipe.models": "the model is fetched as the app is begun",
}
"""Modules that the page imports, whose sentences of this kind it does not show, and why."""

FROM = ("formcheck.web", "formcheck.pipeline.outputs")
MARKS = ("N_", "NP_", "NN_")


def test_no_sentence_that_reaches_the_page_names_an_option() -> None:
    assert list(_reaching()) == []


def test_the_modules_that_are_let_off_still_need_it() -> None:
    assert {module for module in TERMINAL_ALONE if not any(_with_options(_tree(module)))} == set()


def _reaching() -> Iterator[str]:
    """Yield each sentence that names an option, of the modules that the page imports."""
    modules = sorted(_modules())
    used = {name for module in modules for name in _names_used(_tree(module))}
    for module in modules:
        for name, text in _with_options(_tree(module)):
            if (name is None or name in used) and module not in TERMINAL_ALONE:
                yield f"{module}: {text}"


@cache
def _modules() -> frozenset[str]:
    """Return every module that the page imports, by whatever others, and what writes its reports and films."""
    found: set[str] = set()
    waiting = [name for name in _all_modules() if name.startswith(FROM)]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += _imported(module)
    return frozenset(found)


@cache
def _all_modules() -> frozenset[str]:
    files = (REPO / "formcheck").rglob("*.py")
    return frozenset(".".join(file.relative_to(REPO).with_suffix("").parts).removesuffix(".__init__") for file in files)


def _imported(module: str) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        names: list[str] = []
        match node:
            case ast.Import(names=given):
                names = [one.name for one in given]
            case ast.ImportFrom(module=str(origin), names=given):
                names = [origin, *(f"{origin}.{one.name}" for one in given)]
        yield from (name for name in names if name in _all_modules())


@cache
def _tree(module: str) -> ast.Module:
    path = REPO.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(file.read_text())


def _with_options(tree: ast.Module) -> Iterator[tuple[str | None, str]]:
    """Yield each sentence that names an option, with the name of the constant that has it, if one does."""
    for statement in tree.body:
        name = _constant(statement)
        for node in _without_hints(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                yield from ((name, text) for text in texts if OPTION.search(text))


def _constant(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return None


def _names_used(tree: ast.Module) -> Iterator[str]:
    for node in _without_hints(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                yield name


def _without_hints(node: ast.AST) -> Iterator[ast.AST]:
    """Yield `node` and all that is in it, but what is given to `hinting`."""
    yield node
    match node:
        case ast.Call(func=ast.Attribute(attr="hinting") as hinted):
            yield from _without_hints(hinted)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _without_hints(child)
