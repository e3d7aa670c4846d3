"""The page of two clips against each other: both in one player, and a table of their angles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from formcheck.analysis.scoring.comparison import AlignedEntry, ClipComparison, PairEntry
from formcheck.analysis.scoring.document import Document
from formcheck.core import wording
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import joined
from formcheck.ui.report import comparison_words as words
from formcheck.ui.report.charts import EventRow, Span, draw_timeline
from formcheck.ui.report.film import NO_FILM, Film
from formcheck.ui.report.html_page import Alignment, MovingPicture, Player, html_page
from formcheck.ui.report.page import ReportPart, drawn, ends_of
from formcheck.ui.report.skeleton import aspect_of, skeleton_data
from formcheck.ui.report.words import Event, event_rows, events, filmed, why

NO_FILMS = (NO_FILM, NO_FILM)


def render_comparison(comparison: ClipComparison, clips: Sequence[ReportPart], films: Sequence[Film] = NO_FILMS) -> str:
    """Return the page of a comparison; `clips` are A and B, `films` theirs."""
    document, spec = comparison.document, comparison.a.spec
    assert spec is not None
    ends = [ends_of(one.result, one.track, film) for one, film in zip(clips, films, strict=True)]
    alignments = [_alignment(pair, clips, ends) for pair in document.pairs]
    moves = any(one.end > one.begin for one in alignments)
    return html_page(
        "comparison.html",
        parts=[skeleton_data(one.track, *span) for one, span in zip(clips, ends, strict=True)],
        players=[
            Player(
                stages=(MovingPicture(part=0, film=0), MovingPicture(part=1, film=1)),
                alignments=tuple(alignments),
                relative=True,
            )
        ],
        films=films,
        title=wording.COMPARE_TITLE.format(title=spec.title),
        clips=[_clip(name, part, film) for name, part, film in zip(wording.COMPARE_CLIPS, clips, films, strict=True)],
        verdict=list(words.verdict(document)),
        table=words.table(document),
        limits=list(words.limits(document)),
        held=words.held(document),
        faults=words.faults(document, spec),
        exact=joined(" ", words.exact(document)),
        moves=moves,
        begin=f"{alignments[0].begin:.2f}",
        end=f"{alignments[0].end:.2f}",
        pairs=[
            _pair(pair, number, document.a, document.b, alignment, moves=moves)
            for number, (pair, alignment) in enumerate(zip(document.pairs, alignments, strict=True))
        ],
        why=why(comparison.a),
    )


def _alignment(pair: PairEntry, clips: Sequence[ReportPart], ends: Sequence[Span]) -> Alignment:
    """Return from when to when both go, so that each is there from its beginning to its end.

    A photo is there always.
    """
    zeros = pair.a.onset_s, pair.b.onset_s
    moving = [
        (begin - zero, end - zero) for clip, zero, (begin, end) in zip(clips, zeros, ends, strict=True) if not clip.result.still
    ]
    begin, end = min((begin for begin, _ in moving), default=0.0), max((end for _, end in moving), default=0.0)
    return Alignment(begin=round(begin, 2), end=round(end, 2), zeros=zeros)


def _clip(name: str, part: ReportPart, film: Film) -> dict[str, Any]:
    document = part.result.document
    stage = wording.COMPARE_STAGE_FILM if film.content or film.href or film.picture else wording.COMPARE_STAGE
    damaged = part.result.damaged
    return {
        "name": name,
        "file": one_line(Path(document.clip.path).name),
        "score": words.score_of(document),
        "filmed": filmed(document),
        "aspect": aspect_of(part.track),
        "film": film,
        "label": stage.format(clip=name),
        "remarks": [
            *([wording.WHAT_IS_LEFT.format(clip=name, damaged=damaged)] if damaged is not None else []),
            *(wording.NOTE_OF.format(clips=name, note=remark) for remark in part.remarks),
        ],
    }


def _pair(pair: PairEntry, number: int, a: Document, b: Document, alignment: Alignment, *, moves: bool) -> dict[str, Any]:
    found = [
        (name, one, _events(clip, one)) for name, one, clip in zip(wording.COMPARE_CLIPS, (pair.a, pair.b), (a, b), strict=True)
    ]
    rows = [row for name, one, some in found for row in _rows(name, some, one.onset_s)]
    line = draw_timeline(rows, alignment.begin, alignment.end, name=f"line{number}", relative=True) if moves else ()
    return {
        "name": words.pair_name(pair),
        "onsets": words.onsets(pair),
        "timeline": drawn(line),
        "events": [
            (wording.COMPARE_EVENTS.format(clip=name), event_rows(some, one.onset_s)) for name, one, some in found if some
        ],
    }


def _events(document: Document, aligned: AlignedEntry) -> list[Event]:
    """Return what happened on the side that is compared, and what was not seen; of a photo there is no time of it."""
    return [one for one in events(document) if one.side in (aligned.side, None)] if document.clip.duration_s else []


def _rows(name: str, some: Sequence[Event], zero_s: float) -> list[EventRow]:
    labels = {"hold": wording.COMPARE_ROW_HELD, "fault": wording.COMPARE_ROW_FAULTS, "unseen": wording.COMPARE_ROW_UNSEEN}
    spans = {kind: tuple((one.start_s - zero_s, one.end_s - zero_s) for one in some if one.kind == kind) for kind in labels}
    return [
        EventRow(label=labels[kind].format(clip=name), kind=kind, spans=times)
        for kind, times in spans.items()
        if times or kind == "hold"
    ]
