"""`formcheck live --report FILE.html`: a session as one page, with the skeleton alone unless it was filmed."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from formcheck.analysis.scoring.document import LiveDocument, ProgrammeDocument, SessionDocument
from formcheck.analysis.scoring.result import Result
from formcheck.core import wording
from formcheck.pipeline.remarks import remarks_of
from formcheck.stretches.titles import title_of
from formcheck.ui.report.film import NO_FILM, linked
from formcheck.ui.report.page import ReportPart, render


def session_page(
    results: Sequence[Result],
    document: LiveDocument | SessionDocument,
    page: Path,
    film: Path | None = None,
    *,
    profile: str | None = None,
) -> str:
    """Return the page of a session, to be written to `page`; a `film` of it is linked: half an hour is too long to be in it.

    `profile` is that of the person, where one was given.

    A session of guided blocks alone, in which nothing was measured, has no part; its page says so.
    """
    told = wording.REPORT_LIVE if profile is None else wording.REPORT_LIVE_OF
    clip = told.format(date=datetime.fromisoformat(document.started).date().isoformat(), profile=profile)
    parts = [ReportPart(result=result, track=result.track, remarks=tuple(remarks_of(result)), clip=clip) for result in results]
    shown = linked(film, page) if film is not None and film.is_file() else NO_FILM
    return render(parts, shown, pains=_pains(document))


def _pains(document: LiveDocument | SessionDocument) -> list[str]:
    """What the person said of pain: each time that it hurt, and in a programme how much before and after."""
    told: list[str] = []
    for pain in document.pains:
        title = title_of(pain.pose)
        stretch = title if pain.side is None else wording.STRETCH_ON_SIDE.format(title=title, side=pain.side)
        told.append(wording.REPORT_PAIN_IN.format(pain=wording.pain_in_words(pain.answer), stretch=stretch))
    if isinstance(document, ProgrammeDocument):
        before, after = document.pain_before, document.pain_after
        told.append(
            wording.PAIN_BEFORE.format(before=before) if after is None else wording.PAIN_BOTH.format(before=before, after=after)
        )
    return told
