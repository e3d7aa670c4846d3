"""The page on psoas care, as the app shows it: elements and text, of which the browser makes nothing else.

It is read from `docs/psoas.md`, in the language that is spoken where there is a translation. HTML has no meaning in it. Links
to its parts stay in the app, as do commands that the app has a page for; links to files that it does not have are plain text.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from formcheck.core.wording.language import spoken
from formcheck.system.shipped import page_file
from formcheck.web.screen import Message

PAGE = "psoas"

PARTS = "#/psoas?part="
"""The address of a part, but for its key."""

STRETCHES = "#/stretch"
"""Where the app has what the README says of the stretches."""

COMMANDS = {
    "formcheck live programme": "#/programme",
    "formcheck check thomas_floor": "#/check?plan=thomas_floor",
    "formcheck sit": "#/sitting",
}
"""Where the app has what these commands do."""

_TAGS = frozenset({"p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "strong", "em", "h3"})
"""What the page makes; of anything else it shows the words."""

Node = str | list["str | list[Node] | None"]
"""Text, or an element: its tag, the address of a link, and what is in it."""


def psoas_page() -> Message:
    """Return the page: a title, what comes before the first part, and the parts.

    The key of a part is the same in every language, as long as all have as many parts.
    """
    tree = _read(page_file(PAGE, spoken().language))
    parts = _parts(tree)
    keys = [_slug(_text(part[0])) for part in _parts(_read(page_file(PAGE, "en")))]
    slugs = [_slug(_text(part[0])) for part in parts]
    known = dict(zip(slugs, keys if len(keys) == len(slugs) else slugs, strict=True))
    first = [node for node in tree.children[: tree.children.index(parts[0][0])] if node.tag != "h1"] if parts else []
    return {
        "title": next((_text(node) for node in tree.children if node.tag == "h1"), ""),
        "intro": [one for node in first for one in _nodes(node, known)],
        "parts": [
            {"key": key, "title": _text(part[0]), "nodes": [one for node in part[1:] for one in _nodes(node, known)]}
            for part, key in zip(parts, known.values(), strict=True)
        ],
    }


def _read(path: Path) -> SyntaxTreeNode:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return SyntaxTreeNode(parser.parse(path.read_text(encoding="utf-8")))


def _parts(tree: SyntaxTreeNode) -> list[list[SyntaxTreeNode]]:
    """Return the nodes of each part, its heading first."""
    parts: list[list[SyntaxTreeNode]] = []
    for node in tree.children:
        if node.tag == "h2":
            parts.append([])
        if parts:
            parts[-1].append(node)
    return parts


def _nodes(node: SyntaxTreeNode, known: dict[str, str]) -> Iterator[Node]:
    """Yield what the page makes of a node."""
    inside: list[Node] = [one for child in node.children for one in _nodes(child, known)]
    if node.type == "code_inline":
        address = COMMANDS.get(node.content)
        yield ["a", address, [node.content]] if address is not None else ["code", None, [node.content]]
    elif node.type in ("softbreak", "hardbreak"):
        yield " "
    elif node.tag == "a" and (address := _address(str(node.attrs.get("href", "")), known)) is not None:
        yield ["a", address, inside]
    elif node.tag in _TAGS and not node.hidden:
        yield [node.tag, None, inside]
    elif inside:
        yield from inside
    elif node.type in ("text", "code_block", "fence"):
        yield node.content


def _address(target: str, known: dict[str, str]) -> str | None:
    """Return where a link of the file leads in the app; `None` where the app has nothing there."""
    if target.startswith("#"):
        key = known.get(unquote(target[1:]))
        return PARTS + key if key is not None else None
    if target.startswith("https://"):
        return target
    return STRETCHES if target.partition("#")[0].endswith("README.md") else None


def _text(node: SyntaxTreeNode) -> str:
    return node.content if not node.children else "".join(_text(child) for child in node.children)


def _slug(heading: str) -> str:
    """Return what a link to the heading has after its `#`, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
