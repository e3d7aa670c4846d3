"""A report of formcheck as the page of the app shows it: a document that keeps to itself."""

from pathlib import Path

from starlette.responses import FileResponse

from formcheck.core.plain_text import path_as_text

_POLICY = (
    "sandbox allow-scripts; default-src 'none'; img-src data:; media-src blob:; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""It has no origin and reaches no network; which script and styles are its own it says itself, by their sums."""


def report_response(report: Path, name: str | None = None) -> FileResponse:
    """Return the answer that shows the page in the file `report`; with a `name` it is to be stored under that."""
    return file_response(report, "text/html; charset=utf-8", name, {"Content-Security-Policy": _POLICY})


def file_response(file: Path, media_type: str, name: str | None, headers: dict[str, str] | None = None) -> FileResponse:
    """Return the answer that is the content of `file`; with a `name` it is to be stored under that."""
    return FileResponse(
        file, media_type=media_type, filename=path_as_text(name) if name is not None else None, headers=headers or {}
    )
