"""The page itself, from what is known of a clip: a file with everything in it, and a policy that lets nothing else in."""

import base64
import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.analysis.scoring.document import BOTH, Document
from formcheck.analysis.scoring.result import Result
from formcheck.analysis.scoring.track import DRAWN, SIDES, STATUSES, ClipTrack
from formcheck.core import wording
from formcheck.core.measures import MEASURES
from formcheck.core.plain_text import one_line, whole_characters
from formcheck.core.values import Side
from formcheck.core.version import __version__
from formcheck.ui.report import words
from formcheck.ui.report.charts import Curve, Drawing, EventRow, Span, draw_curve, draw_timeline
from formcheck.ui.report.film import NO_FILM, Film
from formcheck.ui.report.pictures import Picture, picture_of

_MOST_SAMPLES = 6000
"""The skeleton has so many postures at most: ten minutes of all that were judged, beyond that fewer a second."""

_UNSEEN = -9999
"""In the place of a joint that was not seen; others are in thousandths of the picture's height."""

_BONES = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "heel"),
    ("ankle", "toe"),
    ("heel", "toe"),
    ("ear", "shoulder"),
)
_LEG = ("hip", "knee", "ankle", "heel", "toe")


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
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    styles, script = _part_of_page("page.css"), _part_of_page("page.js")
    shown = [_shown(part, number, len(parts), film, pains) for number, part in enumerate(parts)]
    data = {"film": {"begin": film.begin_s}, "parts": [one.pop("data") for one in shown], "words": _SCRIPT_WORDS}
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    page = environment.from_string(_part_of_page("page.html")).render(
        parts=shown,
        several=len(parts) > 1,
        words=wording,
        version=__version__,
        film=film,
        film_text=base64.b64encode(film.content).decode() if film.content is not None else None,
        styles=Markup(styles),  # noqa: S704 (our own file)
        script=Markup(script),  # noqa: S704
        data=Markup(_json(data)),  # noqa: S704 (nothing in it can end its block)
        policy=_policy(styles, script, linked=film.href is not None),
    )
    return whole_characters(page)


_SCRIPT_WORDS = {
    "play": wording.REPORT_PLAY,
    "pause": wording.REPORT_PAUSE,
    "copied": wording.REPORT_COPIED,
    "failed": wording.REPORT_FILM_FAILED,
}


@lru_cache
def _part_of_page(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _policy(styles: str, script: str, *, linked: bool) -> str:
    """Return what the page may load: its own styles and script, by their sums, and its own pictures and film."""

    def sum_of(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    media = "media-src blob: file: 'self'" if linked else "media-src blob:"
    parts = ("default-src 'none'", "img-src data:", media, f"style-src {sum_of(styles)}", f"script-src {sum_of(script)}")
    return "; ".join((*parts, "base-uri 'none'", "form-action 'none'"))


def _json(data: Any) -> str:
    """Return JSON that can stand in a script element: in it nothing ends that, or begins a comment."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _shown(part: ReportPart, number: int, count: int, film: Film, pains: Sequence[str] | None) -> dict[str, Any]:
    result, track = part.result, part.track
    document, spec = result.document, result.spec
    clip = one_line(part.clip or Path(document.clip.path).name)
    title = words.heading(result)
    from_s, to_s = _ends(result, track, film)
    return {
        "id": f"part{number}",
        "title": wording.REPORT_PART.format(number=number + 1, count=count, title=title) if count > 1 else title,
        "clip": clip,
        "verdict": list(words.verdict(result)),
        "held": list(words.held(document)),
        "only_rest": result.damaged,
        "points": words.points(document, still=result.still) if document.score is not None else [],
        "points_in_all": words.points_in_all(document) if document.score is not None else None,
        "done": words.done(document),
        "well": words.went_well(result),
        "against": words.against(result),
        "unseen": words.unseen(document),
        "remarks": list(part.remarks),
        "practise": words.practise(result),
        "coaching": spec.coaching[0] if spec is not None and spec.coaching and words.done(document) else None,
        "exact": words.exact(document),
        "moves": track is not None and not result.still and len(track.times_s) > 1,
        "aspect": f"{track.aspect:.4f}" if track is not None else "1.7778",
        "from_s": f"{from_s:.2f}",
        "to_s": f"{to_s:.2f}",
        "events": [(event, words.from_to(event.start_s, event.end_s)) for event in words.events(document)],
        "timeline": _drawn(draw_timeline(_rows(document), from_s, to_s)) if not result.still else None,
        "charts": list(_charts(result, track, from_s, to_s)) if track is not None else [],
        "pictures": _pictures(track, result),
        "table": words.table(document),
        "apart": words.apart_table(document),
        "why": words.why(result),
        "notes": words.notes(result, clip, pains),
        "data": _data(track, from_s, to_s),
    }


def _ends(result: Result, track: ClipTrack | None, film: Film) -> Span:
    """Return from when to when the clip goes."""
    begin_s = min(float(track.times_s[0]), film.begin_s) if track is not None and len(track.times_s) else 0.0
    return begin_s, max(result.document.clip.duration_s, begin_s)


def _drawn(drawings: Sequence[Drawing]) -> list[dict[str, Any]]:
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
        low, high = (f"{edge:g}" for edge in target.full)
        name = MEASURES[target.measure].name_with_leg.capitalize()
        yield {
            "name": name,
            "target": wording.REPORT_CHART_TARGET.format(low=low, high=high),
            "label": wording.REPORT_CHART.format(name=name, low=low, high=high),
            "drawings": _drawn(draw_curve(curve, holds, hidden, from_s, to_s)),
        }


def _pictures(track: ClipTrack | None, result: Result) -> list[Picture]:
    """Return the pictures of the key moments of the document."""
    if track is None or result.spec is None:
        return []
    keys = {(key.kind, key.side): key for key in track.keys}
    listed = [(entry, keys.get((entry.kind, entry.side))) for entry in result.document.key_moments]
    return [picture_of(key, entry, result.spec, track.aspect) for entry, key in listed if key is not None]


def _data(track: ClipTrack | None, from_s: float, to_s: float) -> dict[str, Any]:
    """Return what the script draws the skeleton by: numbers alone."""
    if track is None or not len(track.times_s):
        return {"from": from_s, "to": to_s, "times": [], "joints": [], "sides": [], "good": [], "bones": [], "legs": []}
    step = -(-len(track.times_s) // _MOST_SAMPLES)
    joints = np.where(np.isfinite(track.joints), np.round(1000 * track.joints), _UNSEEN).astype(int)
    places = {name: place for place, name in enumerate(DRAWN)}
    bones = [(places[f"{side}_{a}"], places[f"{side}_{b}"], side, a in _LEG and b in _LEG) for side in Side for a, b in _BONES]
    across = [(places[f"left_{part}"], places[f"right_{part}"]) for part in ("shoulder", "hip")]
    return {
        "from": round(from_s, 3),
        "to": round(to_s, 3),
        "aspect": round(track.aspect, 4),
        "unseen": _UNSEEN,
        "times": [round(float(time_s), 3) for time_s in track.times_s[::step]],
        "joints": joints[::step].reshape(-1, 2 * len(DRAWN)).tolist(),
        "sides": ["" if SIDES[side] is None else str(SIDES[side]) for side in track.side[::step]],
        "good": [STATUSES[status].value == "correct" for status in track.status[::step]],
        "bones": [[a, b, str(side) if leg else ""] for a, b, side, leg in bones] + [[a, b, ""] for a, b in across],
        "head": [places["left_ear"], places["right_ear"]],
        "size": round(_size(track), 4),
    }


def _size(track: ClipTrack) -> float:
    """Return the length of a trunk in frame heights: the head and the lines are drawn in proportion to it."""
    places = {name: place for place, name in enumerate(DRAWN)}
    parts = [
        np.hypot(*(track.joints[:, places[f"{side}_shoulder"]] - track.joints[:, places[f"{side}_hip"]]).T) for side in Side
    ]
    lengths = np.concatenate(parts)
    lengths = lengths[np.isfinite(lengths)]
    length = float(np.median(lengths)) if lengths.size else 0.0
    return length if math.isfinite(length) and length > 0 else 0.2
