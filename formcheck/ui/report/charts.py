"""The charts of a report, drawn by matplotlib as SVG: a time line, and a band for each measure.

They carry no style of their own, which a page without inline styles needs: what is drawn has classes (`ink`, `band`, ...), and
the page's style sheet colours these for light, dark, print and forced colours. Each is drawn twice, wide and narrow, so that
its letters are of the same size on a phone.
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from formcheck.core.wording.language import shown

Span = tuple[float, float]
"""From when to when, in seconds."""

MOST_POINTS = 700
"""A curve has so many points at most: that is one for each pixel."""

_SVG = "{http://www.w3.org/2000/svg}"
_CLASSES = {
    "#00000a": "ink",
    "#00000b": "faint",
    "#00000c": "band",
    "#00000d": "error",
    "#00000e": "curve",
    "#00000f": "hold",
    "#00001a": "fault",
    "#00001b": "unseen",
}
"""What is drawn in these colours has these classes instead."""
COLOUR = {name: colour for colour, name in _CLASSES.items()}
_KEPT = {
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "opacity",
    "fill-opacity", "stroke-opacity", "font-size", "font-weight", "text-anchor",
}  # fmt: skip
_RC: Any = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 11,
    "path.simplify": True,
    "hatch.linewidth": 1.2,
    "axes.linewidth": 0.8,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart: its `svg`, and the shares of its width at which its time begins and ends."""

    svg: str
    left: float
    right: float
    wide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A row of the time line: `kind` is hold, fault or unseen."""

    label: str
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What is drawn of one measure: times in seconds, value and interval in degrees, and where its faults were."""

    name: str
    times_s: NDArray[np.float64]
    values: NDArray[np.float64]
    target: tuple[float, float] | None
    faults: tuple[Span, ...] = ()


SIZES = ((600.0, True), (340.0, False))
_LEFT, _RIGHT = 42.0, 26.0


def draw_timeline(
    rows: Sequence[EventRow], from_s: float, to_s: float, *, name: str, relative: bool = False
) -> tuple[Drawing, ...]:
    """Return the time line, wide and narrow: a row each for holds, faults and what was unseen.

    No other on the page has its `name`. Where it is `relative` there is a line at 0 s, and times are seconds before and after.
    """
    return tuple(_timeline(rows, from_s, to_s, width, name, wide=wide, relative=relative) for width, wide in SIZES)


def draw_curve(curve: Curve, holds: Sequence[Span], unseen: Sequence[Span], from_s: float, to_s: float) -> tuple[Drawing, ...]:
    """Return the chart of one measure, wide and narrow."""
    return tuple(_curve(curve, holds, unseen, from_s, to_s, width, wide=wide) for width, wide in SIZES)


def _timeline(
    rows: Sequence[EventRow], from_s: float, to_s: float, width: float, name: str, *, wide: bool, relative: bool
) -> Drawing:
    height = 26.0 + 32.0 * max(1, len(rows))
    with axes_of(width, height) as axes:
        for place, row in enumerate(rows):
            label = "".join(sign for sign in shown(row.label) if sign.isprintable())  # XML takes no others
            at, beside = (from_s, place - 0.14), (6, 0)  # the mark of the time stands at the edge
            axes.annotate(label, at, beside, textcoords="offset points", color=COLOUR["ink"], fontsize=11, va="bottom")
            axes.plot([from_s, to_s], [place + 0.17, place + 0.17], color=COLOUR["faint"], linewidth=0.7)
            bars = [(start, max(end - start, (to_s - from_s) / 400)) for start, end in row.spans]
            hatch = {"fault": "///", "unseen": "xx", "hold": None}[row.kind]
            axes.broken_barh(
                bars,
                (place, 0.34),
                facecolor=COLOUR[row.kind] if row.kind == "hold" else "none",
                edgecolor=COLOUR[row.kind],
                hatch=hatch,
                linewidth=1,
            )
        if relative:
            axes.axvline(0, color=COLOUR["ink"], linewidth=1, linestyle=(0, (4, 3)))
        axes.set_ylim(max(1, len(rows)) - 0.5, -0.72)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return _over_time(axes, from_s, to_s, f"{name}{wide}", wide=wide, relative=relative)


def _curve(
    curve: Curve, holds: Sequence[Span], unseen: Sequence[Span], from_s: float, to_s: float, width: float, *, wide: bool
) -> Drawing:
    height = 150.0
    times_s, values = _thinned(curve.times_s, curve.values)
    with axes_of(width, height) as axes:
        low, high = _limits(curve, values)
        if curve.target is not None:
            axes.axhspan(*curve.target, facecolor=COLOUR["band"], linewidth=0)
            for edge in curve.target:
                if low < edge < high:
                    axes.axhline(edge, color=COLOUR["faint"], linewidth=0.8, linestyle=(0, (4, 3)))
        for start_s, end_s in unseen:
            axes.axvspan(start_s, end_s, facecolor="none", edgecolor=COLOUR["unseen"], hatch="xx", linewidth=0)
        for start_s, end_s in curve.faults:
            axes.axvspan(start_s, end_s, facecolor="none", edgecolor=COLOUR["fault"], hatch="//", linewidth=0)
        axes.fill_between(times_s, values[:, 1], values[:, 2], facecolor=COLOUR["error"], linewidth=0)
        axes.plot(times_s, values[:, 0], color=COLOUR["curve"], linewidth=1.8)
        for start_s, end_s in holds:
            axes.plot([start_s, end_s], [low, low], color=COLOUR["hold"], linewidth=7, solid_capstyle="butt", clip_on=True)
        axes.set_ylim(low, high)
        axes.yaxis.set_major_locator(whole_ticks(5))
        return _over_time(axes, from_s, to_s, f"{curve.name}{wide}", wide=wide)


def _limits(curve: Curve, values: NDArray[np.float64]) -> tuple[float, float]:
    """Return from where to where the axis goes: over all that was read and, as far as that leaves room, the target."""
    read = values[np.isfinite(values)]
    low, high = (float(read.min()), float(read.max())) if read.size else (0.0, 0.0)
    if curve.target is not None:
        low, high = min(low, curve.target[0]), max(high, curve.target[1])
    spare = max(4.0, 0.08 * (high - low))
    return low - spare, high + spare


def _thinned(times_s: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return no more than `MOST_POINTS` of them, each the middle one of those that it stands for; a gap stays one."""
    step = -(-len(times_s) // MOST_POINTS)
    if step <= 1:
        return times_s, values
    starts = range(0, len(times_s), step)
    middle = [np.median(values[start : start + step], axis=0) for start in starts]  # NaN where one of them is
    return np.array([times_s[start : start + step].mean() for start in starts]), np.array(middle)


@contextmanager
def axes_of(width: float, height: float) -> Iterator[Any]:
    """Give a pair of axes in a figure of so many pixels, outside pyplot, which is one for the whole program."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_RC):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        axes = figure.add_axes((_LEFT / width, 24 / height, (width - _LEFT - _RIGHT) / width, (height - 30) / height))
        axes.patch.set_visible(False)
        figure.patch.set_visible(False)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(COLOUR["faint"])
        axes.tick_params(colors=COLOUR["faint"], labelcolor=COLOUR["ink"], labelsize=11, length=3)
        yield axes


def whole_ticks(most: int) -> Any:
    """Return a locator of ticks at whole numbers, so many at most."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(most, integer=True)


def drawing_of(axes: Any, salt: str, *, wide: bool) -> Drawing:
    """Return what was drawn on `axes`. `salt` is unlike that of any other chart of the page."""
    import matplotlib as mpl

    out, figure = io.StringIO(), axes.figure
    width = figure.get_figwidth() * 72
    with mpl.rc_context({"svg.hashsalt": f"formcheck {salt}"}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # letters that its own font lacks; the browser has them
        figure.savefig(out, format="svg", transparent=True, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return Drawing(svg=_plain(out.getvalue(), salt), left=_LEFT / width, right=1 - _RIGHT / width, wide=wide)


def _over_time(axes: Any, from_s: float, to_s: float, salt: str, *, wide: bool, relative: bool = False) -> Drawing:
    axes.set_xlim(from_s, max(to_s, from_s + 0.1))
    axes.xaxis.set_major_locator(whole_ticks(8 if wide else 4))
    axes.xaxis.set_major_formatter(_seconds_of if relative else _time_of)
    return drawing_of(axes, salt, wide=wide)


def _time_of(time_s: float, _place: object) -> str:
    return f"{int(time_s) // 60}:{int(time_s) % 60:02d}"


def _seconds_of(time_s: float, _place: object) -> str:
    return f"{time_s:+.0f} s" if time_s else "0 s"


def _plain(text: str, salt: str) -> str:
    """Return an SVG without styles and metadata, with classes for colours, and names that no other on the page has."""
    root = ET.fromstring(text)  # noqa: S314 (matplotlib wrote it just now)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}metadata", f"{_SVG}style"):
                parent.remove(child)
    unique = re.sub(r"\W", "_", salt)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
        for key in [key for key in element.attrib if key.startswith("{")]:
            element.set("href", element.attrib.pop(key))
        _unstyle(element)
        if (name := element.get("id")) is not None:
            element.set("id", f"{unique}-{name}")
        for key in ("href", "clip-path", "fill"):
            if "#" in (value := element.get(key, "")):
                element.set(key, value.replace("#", f"#{unique}-", 1))
        for key in ("d", "points"):
            if key in element.attrib:
                element.set(key, re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.1f}", element.attrib[key]))
    for key in ("width", "height"):
        root.attrib.pop(key, None)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return ET.tostring(root, encoding="unicode")


def _unstyle(element: ET.Element) -> None:
    """Make attributes of the styles of an element, and classes of its colours."""
    classes: list[str] = []
    for key, value in _styles(element):
        if key in ("fill", "stroke") and value in _CLASSES:
            classes.append(f"{key}-{_CLASSES[value]}")
            element.attrib.pop(key, None)
        elif key in _KEPT:
            element.set(key, value)
    if classes:
        element.set("class", " ".join(classes))


def _styles(element: ET.Element) -> Iterator[tuple[str, str]]:
    for part in element.attrib.pop("style", "").split(";"):
        key, _, value = (word.strip() for word in part.partition(":"))
        if key == "font":
            size = re.search(r"([\d.]+)px", value)
            if size is not None:
                yield "font-size", size[1]
        elif key:
            yield key, value
    for key in ("fill", "stroke"):
        if element.get(key) in _CLASSES:
            yield key, element.attrib[key]
