"""What the page of the history says, in sentences and rows: every number in it is one of the values."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from formcheck.core import wording
from formcheck.core.durations import DAY, MOMENT, format_duration, format_hours, format_minutes
from formcheck.core.errors import PoseFileError
from formcheck.core.measures import MEASURES
from formcheck.core.plain_text import one_line
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, Sentence, joined, number
from formcheck.people.history import CheckRecord, Entry
from formcheck.people.progress import AngleCourse, CheckProgress, FaultProgress, PainSpan, Progress, RangeProgress, Span
from formcheck.people.progression import SESSIONS
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.checks import CheckSpec
from formcheck.stretches.files import shipped_stretch
from formcheck.stretches.titles import title_of
from formcheck.ui.kept_session import guided_in_words, pain_told, shown_block_side

NEEDED = 2 * SESSIONS
"""So many sessions it takes until a change can be told."""


DAY_OF_YEAR = N_("{day:%d %b}")
MONTH = N_("{day:%b %Y}")
YEAR = N_("{day:%Y}")


def day_in_words(day: date) -> str:
    """Return a day as people read it."""
    return DAY.format(day=day)


_DEGREES = Sentence("{degrees}°")


def moment_in_words(time: datetime) -> str:
    """Return a day with its time as people read it."""
    return MOMENT.format(time=time)


def span_in_words(begin: date, span: Span) -> str:
    """Return what a bar or a point stands for."""
    if span is Span.WEEK:
        return wording.PROGRESS_WEEK.format(day=day_in_words(begin))
    return {Span.DAY: DAY, Span.MONTH: MONTH, Span.YEAR: YEAR}[span].format(day=begin)


def degrees(value: float) -> str:
    """Return degrees as precisely as they are worth reading: whole, or half where that is the middle of two."""
    return number(round(value, 1))


def opening(progress: Progress, since: date | None) -> Iterator[str]:
    """Yield when the sessions were, how many, and what the page leaves out."""
    first, last = progress.days
    days = wording.PROGRESS_DAYS if first < last else wording.PROGRESS_ONE_DAY
    yield days.format(first=day_in_words(first), last=day_in_words(last))
    yield wording.PROGRESS_SESSIONS.format(sessions=progress.sessions)
    if since is not None:
        yield wording.PROGRESS_SINCE.format(day=day_in_words(since))


def left_out(unreadable: int, partly: int) -> Iterator[str]:
    """Yield how many sessions and checks could not be read, whole or in part."""
    if unreadable:
        yield wording.PROGRESS_UNREADABLE.format(count=unreadable)
    if partly:
        yield wording.PROGRESS_PARTLY.format(count=partly)


def verdict(progress: Progress) -> str | None:
    """Return that nothing has changed, or that it is too early to tell; `None` where something has, or nothing was measured."""
    courses = [course for course, _, _ in _courses(progress)]
    if not courses or any(one.change is not None for one in courses) or any(one.certain for one in progress.faults):
        return None
    early = all(one.then is None for one in courses)
    return wording.PROGRESS_TOO_EARLY.format(needed=NEEDED) if early else wording.PROGRESS_NO_CHANGE_AT_ALL


def findings(progress: Progress) -> Iterator[tuple[bool, str]]:
    """Yield what has changed and what has not, and how the sides compare, a sentence each, after whether it can be told."""
    for course, name, few in _courses(progress):
        yield course.change is not None, _change(course, name, few)
    for one in progress.ranges:
        yield _sides(one)
    if not progress.ranges:
        yield False, wording.PROGRESS_NO_RANGE
    for check in progress.checks:
        if check.left_minus_right is not None:
            side, apart = _more(check.left_minus_right), degrees(abs(check.left_minus_right))
            yield True, wording.PROGRESS_CHECK_SIDES.format(title=reading_title(check), degrees=apart, side=side)
    yield from _faults(progress.faults)


def _courses(progress: Progress) -> Iterator[tuple[AngleCourse, str, str]]:
    """Yield every angle, what it is called, and what is said of it while there is nothing to compare."""
    for one in progress.ranges:
        for course in one.sides:
            yield course, range_name(one, course.side), wording.PROGRESS_TOO_FEW
    for check in progress.checks:
        for course in check.sides:
            yield course, check_name(check, course.side), wording.PROGRESS_ONE_CHECK


def _change(course: AngleCourse, name: str, few: str) -> str:
    values = {"name": name, "now": degrees(course.now), "detectable": number(course.detectable, ".1f")}
    if course.then is None:
        return few.format(**values, needed=NEEDED, sessions=course.readings)
    sentence = wording.PROGRESS_NO_CHANGE
    if course.change is not None:
        sentence = wording.PROGRESS_MORE if course.change > 0 else wording.PROGRESS_LESS
    return sentence.format(**values, then=degrees(course.then), degrees=degrees(abs(course.now - course.then)))


def _sides(one: RangeProgress) -> tuple[bool, str]:
    title = title_of(one.pose)
    if one.apart is None:
        return False, wording.PROGRESS_SIDES_FEW.format(title=title, needed=SESSIONS)
    difference, told = one.apart.left - one.apart.right, one.apart.left_minus_right is not None
    values = {"degrees": degrees(abs(difference)), "detectable": number(one.apart.detectable, ".1f")}
    sentence = wording.PROGRESS_SIDES if told else wording.PROGRESS_SIDES_ALIKE
    return told, sentence.format(title=title, side=_more(difference), **values)


def _more(left_minus_right: float) -> Side:
    return Side.LEFT if left_minus_right > 0 else Side.RIGHT


def _faults(faults: Sequence[FaultProgress]) -> Iterator[tuple[bool, str]]:
    for one in faults:
        if one.certain and one.then is not None:
            sentence = wording.PROGRESS_FAULT_RARER if one.now < one.then else wording.PROGRESS_FAULT_MORE
            shares = {"now": percent(one.now), "then": percent(one.then)}
            yield True, sentence.format(title=title_of(one.pose), cue=one_line(one.cue), **shares)
    if faults and not any(one.certain for one in faults):
        early = all(one.then is None for one in faults)
        yield False, wording.PROGRESS_FAULTS_FEW.format(needed=NEEDED) if early else wording.PROGRESS_FAULTS_ALIKE


def percent(share: float) -> str:
    """Return a share of the time as a whole number of hundred parts."""
    return f"{100 * share:.0f}"


def range_name(one: RangeProgress, side: Side) -> str:
    """Return the stretch, the side and what is measured."""
    name, measure = wording.STRETCH_ON_SIDE.format(title=title_of(one.pose), side=side), goal_name(one)
    return name if measure is None else wording.PROGRESS_MEASURED.format(name=name, measure=measure)


def goal_name(one: RangeProgress) -> str | None:
    """Return what is measured in a stretch; `None` of one that is not shipped."""
    spec = shipped_stretch(one.pose)
    return MEASURES[spec.goal.measure].name_with_leg if spec is not None and spec.goal is not None else None


def check_name(check: CheckProgress, side: Side) -> str:
    """Return the reading and the side."""
    return wording.STRETCH_ON_SIDE.format(title=reading_title(check), side=side)


def reading_title(check: CheckProgress) -> str:
    """Return what a reading is called; its name in words where its check is no longer there."""
    title = _reading_title(check.reading, check_spec(check.check))
    return one_line(wording.PROGRESS_READING.format(reading=title, check=check.check))


def check_spec(name: str) -> CheckSpec | None:
    """Return the check called `name`; `None` where it is no longer there, or its file is faulty."""
    try:
        return CHECKS.find(name)
    except PoseFileError:
        return None


def check_row(record: CheckRecord, spec: CheckSpec | None) -> tuple[str, ...]:
    """Return the row of one reading: side, what was read, the angle, by how much it may be off, and what it means."""
    reading = next((one for one in spec.readings if one.name == record.reading), None) if spec is not None else None
    band = next((row.words for row in reading.bands if row.band == record.band), None) if reading is not None else None
    return (
        wording.SIDES[record.side].title,
        one_line(_reading_title(record.reading, spec)),
        reading.in_words(record.degrees) if reading is not None else _DEGREES.format(degrees=degrees(record.degrees)),
        _DEGREES.format(degrees=degrees(record.error_deg)),
        wording.CHECK_WITHOUT if record.band is None else band or one_line(record.band),
    )


def _reading_title(name: str, spec: CheckSpec | None) -> str:
    readings = spec.readings if spec is not None else ()
    return next((one.title for one in readings if one.name == name), name.replace("_", " ").capitalize())


def angle_row(course: AngleCourse) -> tuple[str, ...]:
    """Return the row of one side: readings, at first, now, difference, from where on it can be told, and whether it is."""
    told = wording.REPORT_YES if course.change is not None else wording.PROGRESS_NO_CHANGE_YET
    told = wording.PROGRESS_TOO_EARLY_CELL if course.then is None else told
    return (
        shown_block_side(course.side),
        str(course.readings),
        "" if course.then is None else degrees(course.then),
        degrees(course.now),
        "" if course.then is None else number(round(course.now - course.then, 1), "+g"),
        number(course.detectable, ".1f"),
        told,
    )


def angle_numbers(sides: Sequence[AngleCourse], span: Span) -> list[tuple[str, str, str]]:
    """Return the points of both sides, a row for each span of time."""

    def of_side(side: Side, begin: date) -> str:
        points = (point for course in sides if course.side is side for point in course.points)
        return joined(", ", (degrees(point.degrees) for point in points if point.begin == begin))

    begins = sorted({point.begin for course in sides for point in course.points})
    return [(span_in_words(begin, span), of_side(Side.LEFT, begin), of_side(Side.RIGHT, begin)) for begin in begins]


def fault_row(one: FaultProgress) -> tuple[str, str, str, str]:
    """Return the cue, its share of the time at first and now, and what can be told of that."""
    if one.then is None:
        told = wording.PROGRESS_TOO_EARLY_CELL
    elif one.certain:
        told = wording.PROGRESS_RARER if one.now < one.then else wording.PROGRESS_MORE_FREQUENT
    else:
        told = wording.PROGRESS_NO_CHANGE_YET
    return one_line(one.cue), "" if one.then is None else f"{percent(one.then)} %", f"{percent(one.now)} %", told


def pain_row(one: PainSpan, span: Span) -> tuple[str, str, str, str]:
    """Return when pain was told, how much before and after, and how often in sessions."""
    before, after = ("" if value is None else number(value) for value in (one.before, one.after))
    told = joined(
        ", ",
        (
            wording.PROGRESS_PAIN_COUNT.format(pain=wording.pain_in_words(answer), count=count)
            for answer, count in sorted(one.told.items())
        ),
    )
    return span_in_words(one.begin, span), before, after, told


def people_rows(progress: Progress) -> list[tuple[str, str, str]]:
    """Return what each of several people held in all."""
    return [
        (
            _whose(one.profile),
            format_minutes(one.held_s, from_s=120),
            str(one.sessions),
        )
        for one in progress.people
    ]


def other(progress: Progress) -> Iterator[str]:
    """Yield what was guided and counted besides, a sentence each."""
    for total in progress.guided:
        yield guided_in_words(total)
    if progress.sitting is not None:
        sitting = progress.sitting
        yield wording.PROGRESS_SITTING.format(
            count=sitting.days, sat=format_hours(sitting.sat_s), breaks=sitting.breaks, shifts=sitting.shifts
        )


def last_row(entry: Entry, *, several: bool) -> list[str]:
    """Return the row of one of the last sessions: when, what, what was held, pain, ID, and whose of several people it was.

    Pain is what was told before, after and in the session.
    """
    around = [pain_told(entry)] if entry.pain_before is not None else []
    within = dict.fromkeys(wording.pain_in_words(pain.answer) for pain in entry.pains)
    row = [
        moment_in_words(entry.started),
        title_of(entry.plan),
        seconds(sum(stretch.held_s for stretch in entry.stretches)),
        joined("; ", [*around, *within]),
        one_line(entry.short_id),
    ]
    return [*row, _whose(entry.profile)] if several else row


def _whose(profile: str | None) -> str:
    return wording.PROGRESS_NOBODY if profile is None else one_line(profile)


def seconds(held_s: float) -> str:
    """Return what was held as a cell; nothing where it is nothing."""
    return format_duration(held_s) if held_s > 0 else ""


def angle_label(course: AngleCourse, name: str) -> str:
    """Return what the chart of one side shows, for who cannot see it."""
    values = {"name": name, "readings": course.readings, "now": degrees(course.now)}
    if course.then is None:
        return wording.PROGRESS_ANGLE_CHART.format(**values)
    edges = {"low": degrees(course.then - course.detectable), "high": degrees(course.then + course.detectable)}
    return wording.PROGRESS_ANGLE_CHART_BAND.format(**values, then=degrees(course.then), **edges)
