"""The strings of a module, as they stand in its text."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path


def docstrings(tree: ast.AST) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def template(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string of a module that is no docstring, placeholders as `{}`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
            yield node.lineno, template(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, re.sub(r"\{[^}]*\}", "{}", node.value)
