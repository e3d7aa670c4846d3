"""A page in its file, written whole or not at all."""

from pathlib import Path

from formcheck.core.errors import OutputError
from formcheck.core.wording.language import N_
from formcheck.system.files import atomic_file


def check_report_path(path: Path, option: str = "--report") -> None:
    """Raise OutputError where `option` is to write a page to a file that no browser would open as one."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise OutputError(
            N_("{path}: {option} writes a page; give a name that ends in .html.").format(path=path, option=option)
        )


def write_page(path: Path, page: str) -> None:
    """Write the text of a page to `path`. Raises OutputError."""
    with atomic_file(path) as part:
        part.write_text(page, encoding="utf-8")
