"""The charts of progress: time held, an angle and pain over days, weeks, months or years."""

import math
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from formcheck.core.wording.language import Sentence, shown
from formcheck.people.progress import AngleCourse, PainSpan, Span
from formcheck.ui.report.charts import COLOUR, SIZES, Drawing, axes_of, drawing_of, whole_ticks
from formcheck.ui.report.progress.words import DAY_OF_YEAR, MONTH, YEAR

_LEAST_DAYS = 7
"""A chart goes over so many days at least: one of a day alone would have hours on its axis."""
_ENDS = 0.1
"""The share of a chart's width over which it is marked where an angle began, and where it is now."""
_TOLD = -1.4
"""Where it stands that pain was told in a session: below the scale, as it has no number, and named beside it."""
_EPOCH = date(1970, 1, 1).toordinal()
Days = tuple[date, date]
"""From which day to which a chart goes."""


def draw_held(bars: Sequence[tuple[date, float]], span: Span, days: Days, most: float, salt: str) -> tuple[Drawing, ...]:
    """Return the bars of one stretch, wide and narrow; `most` is the highest of all stretches, in the same unit."""
    return tuple(_held(bars, span, days, most, salt, width, wide=wide) for width, wide in SIZES)


def draw_angle(course: AngleCourse, days: Days, limits: tuple[float, float], salt: str) -> tuple[Drawing, ...]:
    """Return the points of an angle in the band within which no change can be told, wide and narrow."""
    return tuple(_angle(course, days, limits, salt, width, wide=wide) for width, wide in SIZES)


def draw_pain(pains: Sequence[PainSpan], days: Days, salt: str) -> tuple[Drawing, ...]:
    """Return pain before and after sessions, and a cross where it was told in one, wide and narrow."""
    return tuple(_pain(pains, days, salt, width, wide=wide) for width, wide in SIZES)


def _held(
    bars: Sequence[tuple[date, float]], span: Span, days: Days, most: float, salt: str, width: float, *, wide: bool
) -> Drawing:
    with axes_of(width, 110.0) as axes:
        across: list[float] = []
        up: list[float] = []
        for begin, value in bars:
            start, end = _day(begin), _day(span.after(begin))
            gap = 0.1 * (end - start)
            across += [start + gap, start + gap, end - gap, end - gap]
            up += [0.0, value, value, 0.0]
        axes.fill(across, up, facecolor=COLOUR["hold"], linewidth=0)
        ticks = whole_ticks(4).tick_values(0, most)
        axes.set_yticks(ticks)
        axes.set_ylim(0, ticks[-1])
        return _over_days(axes, (span.begin(days[0]), span.after(span.begin(days[1]))), salt, wide=wide)


def _angle(course: AngleCourse, days: Days, limits: tuple[float, float], salt: str, width: float, *, wide: bool) -> Drawing:
    with axes_of(width, 160.0) as axes:
        low, high = limits
        if course.then is not None:
            edges = course.then - course.detectable, course.then + course.detectable
            axes.axhspan(*edges, facecolor=COLOUR["band"], linewidth=0)
            for edge in edges:
                axes.axhline(edge, color=COLOUR["faint"], linewidth=0.8, linestyle=(0, (4, 3)))
            _level(axes, course.then, 0.0, _ENDS)
            _level(axes, course.now, 1 - _ENDS, 1.0)
        _dots(axes, [(point.begin, point.degrees) for point in course.points], "curve")
        axes.set_ylim(low, high)
        axes.yaxis.set_major_locator(whole_ticks(5))
        return _over_days(axes, days, salt, wide=wide)


def _pain(pains: Sequence[PainSpan], days: Days, salt: str, width: float, *, wide: bool) -> Drawing:
    with axes_of(width, 150.0) as axes:
        both = [(_day(one.begin), one.before, one.after) for one in pains if None not in (one.before, one.after)]
        across = [day for day, _, _ in both for _ in range(3)]
        up = [value for _, before, after in both for value in (before, after, math.nan)]
        axes.plot(across, up, color=COLOUR["faint"], linewidth=1)
        _dots(axes, [(one.begin, one.before) for one in pains if one.before is not None], "ink", hollow=True)
        _dots(axes, [(one.begin, one.after) for one in pains if one.after is not None], "ink")
        _dots(axes, [(one.begin, _TOLD) for one in pains if one.told], "fault", marker="x")
        axes.set_ylim(-2.2, 10.7)
        axes.set_yticks([_TOLD, 0, 2, 4, 6, 8, 10], ["×", *map(str, range(0, 12, 2))])
        axes.spines["left"].set_bounds(0, 10)
        return _over_days(axes, days, salt, wide=wide)


def _level(axes: Any, degrees: float, start: float, end: float) -> None:
    axes.plot([start, end], [degrees] * 2, transform=axes.get_yaxis_transform(), color=COLOUR["ink"], linewidth=3)


def _dots(axes: Any, points: Sequence[tuple[date, float]], kind: str, *, marker: str = "o", hollow: bool = False) -> None:
    axes.plot(
        [_day(begin) for begin, _ in points],
        [value for _, value in points],
        linestyle="none",
        marker=marker,
        markersize=5,
        markerfacecolor="none" if hollow else COLOUR[kind],
        markeredgecolor=COLOUR[kind] if hollow or marker == "x" else "none",
        zorder=3,
        clip_on=False,
    )


def _over_days(axes: Any, days: Days, salt: str, *, wide: bool) -> Drawing:
    from matplotlib import dates

    library: Any = dates  # it has no types
    start, end = map(_day, days)
    missing = max(0.0, _LEAST_DAYS - (end - start))
    spare = 0.01 * (end - start)
    axes.set_xlim(start - missing / 2 - spare, end + missing / 2 + spare)
    locator = library.AutoDateLocator(minticks=3, maxticks=7 if wide else 4)
    formatter = library.AutoDateFormatter(locator)
    formatter.scaled = {apart: partial(_day_at, day) for apart, day in ((7.0, DAY_OF_YEAR), (31.0, MONTH), (366.0, YEAR))}
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)
    return drawing_of(axes, f"{salt} {wide}", wide=wide)


def _day_at(sentence: Sentence, at: float, _place: object) -> str:
    return shown(sentence.format(day=date.fromordinal(_EPOCH + math.floor(at))))


def _day(day: date) -> float:
    """Return a day as matplotlib counts them."""
    return float(day.toordinal() - _EPOCH)
