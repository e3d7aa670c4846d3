"""A report of formcheck as the page of the app shows it: a document that keeps to itself, within ours alone."""

from pathlib import Path

from starlette.responses import FileResponse, Response

from formcheck.core.plain_text import path_as_text
from formcheck.ui.report.html_page import policy_of

_HTML = "text/html; charset=utf-8"
_WITHIN_OURS = "frame-ancestors 'self'"

_POLICY = (
    "sandbox allow-scripts; default-src 'none'; img-src data:; media-src blob:; style-src 'unsafe-inline'; "
    f"script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; {_WITHIN_OURS}"
)
"""It has no origin and reaches no network; which script and styles are its own it says itself, by their sums."""


def page_response(page: str) -> Response:
    """Return the answer that shows `page`, which has no scripts, and keeps to the policy that stands in it."""
    return Response(page, media_type=_HTML, headers={"Content-Security-Policy": f"{policy_of(page)}; {_WITHIN_OURS}"})


def report_response(report: Path, name: str | None = None) -> FileResponse:
    """Return the answer that shows a report with scripts of its own; with a `name` it is to be stored under that."""
    return file_response(report, _HTML, name, {"Content-Security-Policy": _POLICY})


def file_response(file: Path, media_type: str, name: str | None, headers: dict[str, str] | None = None) -> FileResponse:
    """Return the answer that is the content of `file`; with a `name` it is to be stored under that."""
    filename = path_as_text(name) if name is not None else None
    return FileResponse(file, media_type=media_type, filename=filename, headers=headers)
