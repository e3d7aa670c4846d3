"""The page of all sessions over time, and those of one of them, and of one flexibility check."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from formcheck.core import wording
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import capitalized, joined, number
from formcheck.people.history import CheckRecord, Entry
from formcheck.people.progress import AngleCourse, Progress
from formcheck.people.progression import LEAST_S, SESSIONS
from formcheck.stretches.titles import title_of
from formcheck.ui.kept_session import decisions_in_words, kept_in_words, pain_told, session_rows, sitting_rows, totals_rows
from formcheck.ui.report.html_page import filled
from formcheck.ui.report.page import drawn
from formcheck.ui.report.progress import words
from formcheck.ui.report.progress.charts import draw_angle, draw_held, draw_pain

_UNITS = ((3 * 3600.0, 3600.0, "h"), (180.0, 60.0, "min"), (0.0, 1.0, "s"))
"""From how many seconds on a bar is told in a unit, and how many seconds that has."""


def render_progress(progress: Progress, *, since: date | None = None, unreadable: int = 0, partly: int = 0) -> str:
    """Return the page of all sessions.

    `since` is the day from which on they were taken; so many sessions and checks were `unreadable`, and so many could be read
    only `partly`.
    """
    several = len(progress.people) > 1
    profile = None if several or not progress.people else progress.people[0].profile
    findings = [*words.findings(progress)]
    few = {"few": SESSIONS, "least": number(LEAST_S)}
    return filled(
        "progress.html",
        profile=one_line(profile) if profile is not None else None,
        opening=joined(" ", words.opening(progress, since)),
        left_out=[*words.left_out(unreadable, partly)],
        several=wording.PROGRESS_SEVERAL.format(people=len(progress.people)) if several else None,
        people=words.people_rows(progress),
        verdict=words.verdict(progress),
        told=[sentence for certain, sentence in findings if certain],
        not_told=[sentence for certain, sentence in findings if not certain],
        held=_held(progress),
        totals=totals_rows(progress.totals),
        ranges=[*_ranges(progress)],
        range_help=wording.PROGRESS_RANGE_HELP.format(**few),
        points=wording.PROGRESS_POINTS.get(progress.points),
        checks=[*_checks(progress)],
        faults=[*_faults(progress)],
        faults_help=wording.PROGRESS_FAULTS_HELP.format(**few),
        pain=_pain(progress),
        pain_rows=[words.pain_row(one, progress.points) for one in progress.pains],
        other=[*words.other(progress)],
        last_heads=wording.PROGRESS_LAST_HEADS_OF_SEVERAL if several else wording.PROGRESS_LAST_HEADS,
        last=[words.last_row(entry, several=several) for entry in reversed(progress.last)],
    )


def render_session(entry: Entry, *, partly: int = 0) -> str:
    """Return the page of one session; `partly` is 1 where a part of it could not be read."""
    return filled(
        "session.html",
        title=title_of(entry.plan),
        day=words.moment_in_words(entry.started),
        profile=one_line(entry.profile) if entry.profile is not None else None,
        kept=kept_in_words(entry),
        level=capitalized(wording.SESSION_LEVEL.format(level=entry.level)) if entry.level is not None else None,
        left_out=[*words.left_out(0, partly)],
        pain=wording.SESSION_PAIN.format(told=pain_told(entry)) if entry.pain_before is not None else None,
        decisions=decisions_in_words(entry, rules=False),
        rows=session_rows(entry),
        sitting=sitting_rows(entry.sitting) if entry.sitting is not None else [],
    )


def render_check(records: Sequence[CheckRecord], changes: Sequence[str]) -> str:
    """Return the page of one flexibility check: the `records` of its readings, and what has changed since the time before."""
    one, spec = records[0], words.check_spec(records[0].check)
    return filled(
        "check.html",
        title=spec.title if spec is not None else title_of(one.check),
        day=words.moment_in_words(one.taken),
        profile=one_line(one.profile) if one.profile is not None else None,
        kept=one_line(wording.KEPT_CHECK_ID.format(id=one.id, version=one.version)),
        rows=[words.check_row(record, spec) for record in records],
        unjudged=any(record.band is None for record in records),
        changes=changes,
        unseen=spec.unseen if spec is not None else (),
    )


def _held(progress: Progress) -> dict[str, Any] | None:
    """Return the chart of each stretch that was held, all of one scale, and the table of their numbers."""
    if not progress.held:
        return None
    poses = sorted({pose for one in progress.held for pose in one.held_s}, key=title_of)
    most_s = max(seconds for one in progress.held for seconds in one.held_s.values())
    unit_s, unit = next((size, name) for least, size, name in _UNITS if most_s >= least)
    label = wording.PROGRESS_HELD_UNITS[f"{progress.bars} {unit}"]
    days = progress.held[0].begin, progress.held[-1].begin
    charts = []
    for place, pose in enumerate(poses):
        bars = [(one.begin, one.held_s[pose] / unit_s) for one in progress.held if pose in one.held_s]
        title, highest = title_of(pose), round(max(value for _, value in bars))
        charts.append(
            {
                "title": title,
                "note": label,
                "label": wording.PROGRESS_HELD_CHART.format(title=title, unit=label, bars=len(bars), most=highest),
                "drawings": drawn(draw_held(bars, progress.bars, days, most_s / unit_s, f"held{place}")),
            }
        )
    return {
        "help": wording.PROGRESS_HELD_PER[progress.bars],
        "charts": charts,
        "heads": [wording.PROGRESS_HELD_HEADS[0], *map(title_of, poses), wording.PROGRESS_HELD_HEADS[1]],
        "rows": [
            [
                words.span_in_words(one.begin, progress.bars),
                *(words.seconds(one.held_s.get(pose, 0.0)) for pose in poses),
                words.seconds(sum(one.held_s.values())),
            ]
            for one in progress.held
        ],
    }


def _pain(progress: Progress) -> list[dict[str, Any]]:
    if not progress.pains:
        return []
    drawings = drawn(draw_pain(progress.pains, progress.days, "pain"))
    return [{"title": "", "note": wording.PROGRESS_PAIN_SCALE, "label": wording.PROGRESS_PAIN_CHART, "drawings": drawings}]


def _ranges(progress: Progress) -> Iterator[dict[str, Any]]:
    for place, one in enumerate(progress.ranges):
        names = [words.range_name(one, course.side) for course in one.sides]
        yield _angles(progress, title_of(one.pose), one.sides, names, f"range{place}", words.goal_name(one))


def _checks(progress: Progress) -> Iterator[dict[str, Any]]:
    for place, one in enumerate(progress.checks):
        names = [words.check_name(one, course.side) for course in one.sides]
        yield _angles(progress, words.reading_title(one), one.sides, names, f"check{place}", None)


def _angles(
    progress: Progress, title: str, sides: Sequence[AngleCourse], names: Sequence[str], salt: str, measure: str | None
) -> dict[str, Any]:
    """Return what is shown of an angle: a chart and a row for each side, all of one scale, and the numbers of the points."""
    limits = _limits(sides)
    unit = wording.DEGREES if measure is None else wording.PROGRESS_DEGREES.format(measure=measure)
    return {
        "title": title,
        "charts": [
            {
                "title": wording.SIDES[course.side].title,
                "note": unit,
                "label": words.angle_label(course, name),
                "drawings": drawn(draw_angle(course, progress.days, limits, f"{salt}{course.side}")),
            }
            for course, name in zip(sides, names, strict=True)
        ],
        "rows": [words.angle_row(course) for course in sides],
        "numbers_title": wording.PROGRESS_ANGLE_NUMBERS.format(title=title),
        "numbers": words.angle_numbers(sides, progress.points),
    }


def _limits(sides: Sequence[AngleCourse]) -> tuple[float, float]:
    """Return from where to where the axis goes: over all points, and the bands round where they began."""
    reached = [point.degrees for course in sides for point in course.points]
    for course in sides:
        if course.then is not None:
            reached += [course.then - course.detectable, course.then + course.detectable]
    return min(reached) - 3.0, max(reached) + 3.0


def _faults(progress: Progress) -> Iterator[dict[str, Any]]:
    for pose in dict.fromkeys(one.pose for one in progress.faults):
        yield {"title": title_of(pose), "rows": [words.fault_row(one) for one in progress.faults if one.pose == pose]}
