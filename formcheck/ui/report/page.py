"""The page of a clip or a session."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.analysis.scoring.document import BOTH, Document
from formcheck.analysis.scoring.result import Result
from formcheck.analysis.scoring.track import ClipTrack
from formcheck.core import wording
from formcheck.core.measures import MEASURES
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import capitalized, joined, number
from formcheck.ui.report import words
from formcheck.ui.report.charts import Curve, Drawing, EventRow, Span, draw_curve, draw_timeline
from formcheck.ui.report.film import NO_FILM, Film
from formcheck.ui.report.html_page import Alignment, MovingPicture, Player, html_page
from formcheck.ui.report.pictures import Picture, picture_of
from formcheck.ui.report.skeleton import aspect_of, skeleton_data


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """One stretch of a page: its result, what it was over time, and sentences beside its document.

    `clip` is what it is called, where that is not the name of a file.
    """

    result: Result
    track: ClipTrack | None
    remarks: tuple[str, ...] = ()
    clip: str | None = None


def render(parts: Sequence[ReportPart], film: Film = NO_FILM, *, pains: Sequence[str] | None = None) -> str:
    """Return the page of a clip, or of a session of several stretches.

    `pains` are what the person said of pain; `None` where nobody asked.
    """
    shown = [_shown(part, number, len(parts), film, pains) for number, part in enumerate(parts)]
    ends = [ends_of(part.result, part.track, film) for part in parts]
    return html_page(
        "clip.html",
        parts=[skeleton_data(part.track, *span) for part, span in zip(parts, ends, strict=True)],
        players=[
            Player(stages=(MovingPicture(part=number, film=0),), alignments=(Alignment(begin=begin, end=end, zeros=(0.0,)),))
            for number, (begin, end) in enumerate(ends)
        ],
        films=[film],
        shown=shown,
        several=len(parts) > 1,
    )


def _shown(part: ReportPart, number: int, count: int, film: Film, pains: Sequence[str] | None) -> dict[str, Any]:
    result, track = part.result, part.track
    document, spec = result.document, result.spec
    clip = one_line(part.clip or Path(document.clip.path).name)
    title = words.heading(result)
    from_s, to_s = ends_of(result, track, film)
    return {
        "id": f"part{number}",
        "title": wording.REPORT_PART.format(number=number + 1, count=count, title=title) if count > 1 else title,
        "clip": clip,
        "filmed": words.filmed(document),
        "verdict": list(words.verdict(result)),
        "held": list(words.held(result)),
        "only_rest": result.damaged,
        "points": words.points(result) if document.score is not None else None,
        "points_in_all": words.points_in_all(document) if document.score is not None else None,
        "done": words.done(document),
        "well": words.went_well(result),
        "against": words.against(result),
        "unseen": words.unseen(document),
        "remarks": list(part.remarks),
        "practise": words.practise(result),
        "coaching": spec.coaching[0] if spec is not None and spec.coaching and words.done(document) else None,
        "exact": joined(" ", words.exact(document)),
        "still": result.still,
        "moves": track is not None and not result.still and len(track.times_s) > 1,
        "aspect": aspect_of(track),
        "from_s": f"{from_s:.2f}",
        "to_s": f"{to_s:.2f}",
        "events": words.event_rows(words.events(document)),
        "timeline": drawn(draw_timeline(_rows(document), from_s, to_s, name=f"line{number}")) if not result.still else None,
        "charts": list(_charts(result, track, from_s, to_s)) if track is not None else [],
        "pictures": _pictures(track, result),
        "table": words.table(result),
        "apart": words.apart_table(document),
        "why": words.why(result),
        "notes": words.notes(result, clip, pains),
    }


def ends_of(result: Result, track: ClipTrack | None, film: Film) -> Span:
    """Return from when to when the clip goes."""
    begin_s = min(float(track.times_s[0]), film.begin_s) if track is not None and len(track.times_s) else 0.0
    return begin_s, max(result.document.clip.duration_s, begin_s)


def drawn(drawings: Sequence[Drawing]) -> list[dict[str, Any]]:
    """Return drawings as a template shows them."""
    from markupsafe import Markup

    return [
        {
            "svg": Markup(one.svg),  # noqa: S704 (drawn here; its texts are escaped)
            "left": f"{one.left:.4f}",
            "right": f"{one.right:.4f}",
            "kind": "wide" if one.wide else "narrow",
        }
        for one in drawings
    ]


def _rows(document: Document) -> list[EventRow]:
    """Return the rows of the time line: what was held by side, each fault, what was unseen."""
    rows = []
    for side in document.sides:
        spans = tuple((hold.start_s, hold.end_s) for hold in document.holds if (hold.side or BOTH) == side)
        label = wording.REPORT_ROW_HELD if side == BOTH else wording.REPORT_ROW_HOLDS.format(side=side)
        rows += [EventRow(label=label, kind="hold", spans=spans)] if spans else []
    for cue in dict.fromkeys(fault.cue for fault in document.faults):
        faults = tuple((fault.start_s, fault.end_s) for fault in document.faults if fault.cue == cue)
        rows.append(EventRow(label=one_line(cue), kind="fault", spans=faults))
    hidden = tuple((one.start_s, one.end_s) for one in document.unseen)
    return rows + ([EventRow(label=wording.REPORT_ROW_UNSEEN, kind="unseen", spans=hidden)] if hidden else [])


def _charts(result: Result, track: ClipTrack, from_s: float, to_s: float) -> Iterator[dict[str, Any]]:
    """Yield the chart of each target that was read."""
    document, spec = result.document, result.spec
    if spec is None or result.still:
        return
    holds = [(hold.start_s, hold.end_s) for hold in document.holds]
    hidden = [(one.start_s, one.end_s) for one in document.unseen]
    for target in spec.targets:
        values = track.measures.get(target.measure)
        if values is None or not np.isfinite(values[:, 0]).any():
            continue
        names = {fault.name for fault in spec.faults if fault.measure == target.measure}
        faults = tuple((one.start_s, one.end_s) for one in document.faults if one.name in names)
        curve = Curve(name=target.measure, times_s=track.times_s, values=values, target=target.full, faults=faults)
        low, high = map(number, target.full)
        name = capitalized(MEASURES[target.measure].name_with_leg)
        yield {
            "name": name,
            "target": wording.REPORT_CHART_TARGET.format(low=low, high=high),
            "label": wording.REPORT_CHART.format(name=name, low=low, high=high),
            "drawings": drawn(draw_curve(curve, holds, hidden, from_s, to_s)),
        }


def _pictures(track: ClipTrack | None, result: Result) -> list[Picture]:
    """Return the pictures of the key moments of the document."""
    if track is None or result.spec is None:
        return []
    keys = {(key.kind, key.side): key for key in track.keys}
    listed = [(entry, keys.get((entry.kind, entry.side))) for entry in result.document.key_moments]
    return [picture_of(key, entry, result.spec, track.aspect) for entry, key in listed if key is not None]
