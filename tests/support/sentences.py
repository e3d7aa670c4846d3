"""Literals of a module that read as sentences or words for people and are not marked for translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.literals import docstrings, template

MARKS = {"N_", "NN_", "NP_"}

FOR_PEOPLE = {
    *("say", "tell", "tell_error", "print", "_fail", "Text", "Column", "columns"),
    *("waiting", "clip_bar", "bar", "confirmed", "asked", "as_question"),
}
FOR_PEOPLE_BY_KEYWORD = {"help", "title", "head"}
"""What these get, people read: there a single word is one for them."""

NO_SENTENCES = {
    # The calls, keywords, functions and names by which a text is for a developer, another program or a file: it stays English.
    "errors of programmers": {"ValueError", "TypeError", "RuntimeError", "KeyError", "AttributeError", "AssertionError"},
    "regular expressions": {"compile", "fullmatch", "match", "search", "sub", "split", "findall", "pattern"},
    "SQL": {"execute", "executescript", "executemany"},
    "logs and tracebacks": {"debug", "info", "warning", "getLogger", "lines_without_text"},
    "the developer": {"__repr__", "__all__", "__slots__", "TypeVar", "getattr", "setattr", "encode", "import_module"},
    "schemas of JSON": {"description", "alias", "examples", "json_schema_extra", "__get_pydantic_json_schema__"},
    "words that are typed": {"metavar", "epilog", "_EXAMPLES"},
    "drawing libraries": {"xycoords", "textcoords"},
    "keys that are compared": {"first_time", "startswith", "removeprefix"},
}
_NONE = frozenset().union(*NO_SENTENCES.values())

_NO_SENTENCE = re.compile(
    r"""
    \s*(SELECT|WHERE|FOREIGN\ KEY|\{\}\ AND\ \()   # SQL
    | \{\}\ =\ excluded                            # SQL
    | \#                                           # a comment in a file that is written
    | (default-src|sandbox|attachment;)\                   # of HTTP
    | (formcheck|history)\ [a-z]+(\ [a-z{}-]+)*$   # a command of the program
    """,
    re.VERBOSE,
)
_TWO_WORDS = re.compile(r"(?<![\w./\\<-])[A-Za-z']*[a-z][a-z']+[,;:.)]* +\(?[A-Za-z']*[a-z']+(?![\w/\\(=<\[])")
_ONE_WORD = re.compile(r"(?<![\w./\\<{%-])[A-Za-z]?[a-z]{2,}(?![\w/\\(=<-])")
_WORD_OF_FORMAT = re.compile(r"(?<![^\s(\[“\"'])[A-Za-z]?[a-z]{2,}(?=[\s.,;:!?)\]]|$)")


def unmarked(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of every literal for people that is not marked, placeholders as `{}`; of a module with this text."""
    tree = ast.parse(text)
    yield from _Search(docstrings(tree)).found(tree)


def unmarked_in(package: Path) -> list[str]:
    """The same of a package or module, each with where it is."""
    modules = sorted(package.rglob("*.py")) if package.is_dir() else [package]
    return [f"{path}:{line}: {found}" for path in modules for line, found in unmarked(path.read_text(encoding="utf-8"))]


class _Search:
    def __init__(self, left_out: set[int]) -> None:
        self._left_out = left_out

    def found(self, node: ast.AST, for_people: bool = False) -> Iterator[tuple[int, str]]:
        match node:
            case ast.JoinedStr():
                text = template(node).replace("formcheck", "")
                if (for_people and _ONE_WORD.search(text)) or (" " in text and _WORD_OF_FORMAT.search(text)):
                    yield from _unless_none(node, template(node))
                yield from (
                    hit for part in node.values if isinstance(part, ast.FormattedValue) for hit in self.found(part.value)
                )
            case ast.Constant(value=str(text)) if id(node) not in self._left_out:
                if (_ONE_WORD if for_people else _TWO_WORDS).search(re.sub(r"\{[^}]*\}", "{}", text)):
                    yield from _unless_none(node, text)
            case ast.Call():
                yield from self._of_call(node)
            case ast.BinOp() | ast.IfExp() | ast.BoolOp() | ast.Starred():
                yield from (hit for child in ast.iter_child_nodes(node) for hit in self.found(child, for_people))
            case ast.Assign(targets=[target]) | ast.AnnAssign(target=target) if _named(target) in _NONE:
                pass
            case ast.FunctionDef(name=name) if name in _NONE:
                pass
            case _:
                yield from self._of_parts(node)

    def _of_parts(self, node: ast.AST) -> Iterator[tuple[int, str]]:
        for field, child in ast.iter_fields(node):
            for one in child if isinstance(child, list) else [child]:
                # A key is looked up by, what asserts say is for developers, and types may be written as texts.
                if field in {"annotation", "returns"} and isinstance(one, ast.AST):
                    yield from (hit for call in ast.walk(one) if isinstance(call, ast.Call) for hit in self._of_call(call))
                elif isinstance(one, ast.AST) and not (field in {"keys", "msg"} and isinstance(one, ast.Constant)):
                    yield from self.found(one)

    def _of_call(self, node: ast.Call) -> Iterator[tuple[int, str]]:
        name = _named(node.func)
        if name in MARKS or name in _NONE:
            return
        yield from self.found(node.func)
        error = name.endswith("Error")
        for argument in node.args:
            yield from self.found(argument, error or name in FOR_PEOPLE)
        for keyword in node.keywords:
            if keyword.arg not in _NONE:
                yield from self.found(keyword.value, error or keyword.arg in FOR_PEOPLE_BY_KEYWORD)


def _unless_none(node: ast.expr, text: str) -> Iterator[tuple[int, str]]:
    if not _NO_SENTENCE.match(text):
        yield node.lineno, text


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
