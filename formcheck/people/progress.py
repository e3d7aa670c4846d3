"""What has become of somebody over all their sessions, as values: a page shows them, and so may any other front end.

What may be called a change is for `progression` and `history.checks` to say, and for nothing else. Faults have no camera's
error: one is rarer, or more frequent, where it took less, or more, in each of the last five sessions than in any of the first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import mean, median

from formcheck.analysis.scoring.fault_totals import totals_of_seconds
from formcheck.core.values import Side
from formcheck.people.history.checks import CheckRecord, detectable_deg, sides_differ_again, told_apart
from formcheck.people.history.records import Entry, GuidedTotal, Total, guided_totals, totals
from formcheck.people.progression import (
    LEAST_S,
    SESSIONS,
    SidesReach,
    session_medians,
    session_reaches,
    sides_reach,
    trend_of,
)
from formcheck.stretches.files import shipped_stretch

MOST_BARS, MOST_POINTS = 130, 180
"""So many days, weeks, months or years are shown apart, as bars and as points; where there are more, the next longer ones."""

LAST = 10
"""So many of the last sessions are listed."""


class Span(StrEnum):
    """For how long a bar or a point stands."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    def begin(self, day: date) -> date:
        """Return the first day of the one that `day` is in; a week begins on a Monday."""
        if self is Span.WEEK:
            return day - timedelta(days=day.weekday())
        return {Span.DAY: day, Span.MONTH: day.replace(day=1), Span.YEAR: day.replace(month=1, day=1)}[self]

    def after(self, begin: date) -> date:
        """Return the first day of the one that follows the one that begins with `begin`."""
        longest = {Span.DAY: 1, Span.WEEK: 7, Span.MONTH: 31, Span.YEAR: 366}[self]
        return self.begin(begin + timedelta(days=longest))


def span_for(days: Iterable[date], most: int) -> Span:
    """Return the shortest span of which no more than `most` lie between the first and the last of `days`."""
    ordered = sorted(days)
    length = (ordered[-1] - ordered[0]).days + 1 if ordered else 0
    within = (span for span, lasts in ((Span.DAY, 1), (Span.WEEK, 7), (Span.MONTH, 30.4)) if length <= most * lasts)
    return next(within, Span.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSpan:
    """Seconds held from the day `begin` on, for as long as a bar stands, by stretch; a span without any is not listed."""

    begin: date
    held_s: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnglePoint:
    """An angle from the day `begin` on, for as long as a point stands: the median of what was read, in degrees."""

    begin: date
    degrees: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AngleCourse:
    """An angle of one side over time: at first (`then`, `None`: too few readings yet), and now.

    `readings` is how many there are, `detectable` the smallest change that counts, `change` what it is where it counts, else
    `None`. Angles in degrees.
    """

    side: Side
    points: tuple[AnglePoint, ...]
    readings: int
    then: float | None
    now: float
    detectable: float
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeProgress:
    """How far a stretch goes on each side, in degrees of its goal; `apart` is `None` where a side has too few sessions yet."""

    pose: str
    sides: tuple[AngleCourse, ...]
    apart: SidesReach | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProgress:
    """One reading of a flexibility check over time: the last is compared with the first.

    `left_minus_right` is in degrees, where it could be told the last two times; else `None`.
    """

    check: str
    reading: str
    sides: tuple[AngleCourse, ...]
    left_minus_right: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultProgress:
    """What share (0..1) of the time in a stretch a fault took, by its `cue`: the mean of the first and the last five sessions.

    The time in a stretch is what was held and what stopped the clock. `then` is `None` where there are fewer than ten
    sessions yet. `certain`: all of the last five are less, or more, than any of the first five.
    """

    pose: str
    cue: str
    then: float | None
    now: float
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PainSpan:
    """Pain told from the day `begin` on: the median `before` and `after` sessions, 0 to 10; in them, how often by answer."""

    begin: date
    before: float | None
    after: float | None
    told: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingTotal:
    """What was counted on all days at the desk, and over how many."""

    days: int
    sat_s: float
    breaks: int
    shifts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTotal:
    """All that one person held; the `profile` is `None` for who gave none."""

    profile: str | None
    sessions: int
    held_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All sessions and flexibility checks of somebody; or of several people: then what is of one person alone is empty.

    `people` has everybody whose they are. `days` is the first and the last; `sessions` does not count days at the desk in
    which nothing else was done. A bar stands for `bars`, a point for `points`; where that is a day, each session has its own.
    """

    people: tuple[PersonTotal, ...]
    days: tuple[date, date]
    sessions: int
    bars: Span
    points: Span
    held: tuple[HeldSpan, ...]
    totals: tuple[Total, ...]
    guided: tuple[GuidedTotal, ...]
    sitting: SittingTotal | None
    last: tuple[Entry, ...]
    ranges: tuple[RangeProgress, ...] = ()
    checks: tuple[CheckProgress, ...] = ()
    faults: tuple[FaultProgress, ...] = ()
    pains: tuple[PainSpan, ...] = ()


def progress_of(entries: Iterable[Entry], checks: Iterable[CheckRecord] = ()) -> Progress:
    """Return what these sessions and checks show; there is one at least."""
    ordered = sorted(entries, key=lambda entry: entry.started)
    read = sorted(checks, key=lambda one: one.taken)
    days = sorted([*(entry.started.date() for entry in ordered), *(one.taken.date() for one in read)])
    sessions = [entry for entry in ordered if entry.sitting is None or entry.stretches or entry.pains or entry.blocks]
    people = tuple(_people(sessions, read))
    points = span_for(days, MOST_POINTS)
    bars = span_for((entry.started.date() for entry in sessions), MOST_BARS)
    alone = len(people) <= 1
    return Progress(
        people=people,
        days=(days[0], days[-1]),
        sessions=len(sessions),
        bars=bars,
        points=points,
        held=tuple(_held(sessions, bars)),
        totals=totals(sessions),
        guided=guided_totals(sessions),
        sitting=_sitting(ordered),
        last=tuple(sessions[-LAST:]),
        ranges=tuple(_ranges(sessions, points)) if alone else (),
        checks=tuple(_checks(read, points)) if alone else (),
        faults=tuple(_faults(sessions)) if alone else (),
        pains=tuple(_pains(sessions, points)) if alone else (),
    )


def _people(sessions: Sequence[Entry], checks: Iterable[CheckRecord]) -> Iterator[PersonTotal]:
    everybody = {*(one.profile for one in sessions), *(one.profile for one in checks)}
    for profile in sorted(everybody, key=lambda name: (name or "").casefold()):
        own = [entry for entry in sessions if entry.profile == profile]
        held_s = sum(stretch.held_s for entry in own for stretch in entry.stretches)
        yield PersonTotal(profile=profile, sessions=len(own), held_s=held_s)


def _held(sessions: Iterable[Entry], bars: Span) -> Iterator[HeldSpan]:
    held: defaultdict[date, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for entry in sessions:
        for stretch in entry.stretches:
            if stretch.held_s > 0:
                held[bars.begin(entry.started.date())][stretch.pose] += stretch.held_s
    for begin in sorted(held):
        yield HeldSpan(begin=begin, held_s=dict(held[begin]))


def _ranges(sessions: Sequence[Entry], points: Span) -> Iterator[RangeProgress]:
    for pose in sorted({stretch.pose for entry in sessions for stretch in entry.stretches if stretch.reach}):
        reaches = session_reaches(sessions, pose)
        medians = {side: session_medians(reaches.get(side, ())) for side in Side}
        sides = tuple(course for side in Side if (course := _course(side, medians[side], points)) is not None)
        if sides:
            yield RangeProgress(pose=pose, sides=sides, apart=sides_reach(medians[Side.LEFT], medians[Side.RIGHT]))


def _course(side: Side, medians: Sequence[tuple[datetime, float]], points: Span) -> AngleCourse | None:
    found = trend_of(medians)
    if found is None:
        return None
    return AngleCourse(
        side=side,
        points=_points(medians, points),
        readings=len(medians),
        then=found.before,
        now=found.now,
        detectable=found.detectable,
        change=found.change,
    )


def _points(read: Iterable[tuple[datetime, float]], span: Span) -> tuple[AnglePoint, ...]:
    if span is Span.DAY:
        return tuple(AnglePoint(begin=on.date(), degrees=degrees) for on, degrees in read)
    together: defaultdict[date, list[float]] = defaultdict(list)
    for on, degrees in read:
        together[span.begin(on.date())].append(degrees)
    return tuple(AnglePoint(begin=begin, degrees=median(together[begin])) for begin in sorted(together))


def _checks(checks: Sequence[CheckRecord], points: Span) -> Iterator[CheckProgress]:
    """Yield each reading that had a verdict: those without say nothing that can be compared."""
    sure = [one for one in checks if one.band is not None]
    for check, reading in sorted({(one.check, one.reading) for one in sure}):
        alike = [one for one in sure if (one.check, one.reading) == (check, reading)]
        now = [one for one in alike if one.id == alike[-1].id]
        earlier = [one for one in alike if one.id != alike[-1].id]
        of_sides = ([one for one in alike if one.side is side] for side in Side)
        yield CheckProgress(
            check=check,
            reading=reading,
            sides=tuple(_course_of_check(own, points) for own in of_sides if own),
            left_minus_right=sides_differ_again(now, earlier, reading),
        )


def _course_of_check(read: Sequence[CheckRecord], points: Span) -> AngleCourse:
    first, last = read[0], read[-1]
    several = len(read) > 1
    return AngleCourse(
        side=first.side,
        points=_points(((one.taken, one.degrees) for one in read), points),
        readings=len(read),
        then=first.degrees if several else None,
        now=last.degrees,
        detectable=detectable_deg(first, last),
        change=last.degrees - first.degrees if several and told_apart(first, last) else None,
    )


def _faults(sessions: Sequence[Entry]) -> Iterator[FaultProgress]:
    for pose in sorted({stretch.pose for entry in sessions for stretch in entry.stretches}):
        (first_ends, first), (last_begins, last) = _some(sessions, pose), _some(sessions, pose, backwards=True)
        enough = len(first) == len(last) == SESSIONS and first_ends < last_begins
        for cue in dict.fromkeys(cue for shares in ([*last, *first] if enough else last) for cue in shares):
            then, now = ([shares.get(cue, 0.0) for shares in part] for part in (first, last))
            yield FaultProgress(
                pose=pose,
                cue=cue,
                then=mean(then) if enough else None,
                now=mean(now),
                certain=enough and (max(now) < min(then) or min(now) > max(then)),
            )


def _some(sessions: Sequence[Entry], pose: str, *, backwards: bool = False) -> tuple[int, list[Mapping[str, float]]]:
    """Return the shares of each fault in the first five sessions of `pose`, or the last, and which session is the furthest."""
    found: list[Mapping[str, float]] = []
    number = 0
    for number in reversed(range(len(sessions))) if backwards else range(len(sessions)):
        shares = _shares(sessions[number], pose)
        found += [shares] if shares is not None else []
        if len(found) == SESSIONS:
            break
    return number, found


def _shares(entry: Entry, pose: str) -> Mapping[str, float] | None:
    """Return what share of the time in a stretch each fault took in a session, by its cue; `None` where it was too short."""
    done = [stretch for stretch in entry.stretches if stretch.pose == pose]
    seconds: defaultdict[str, float] = defaultdict(float)
    for stretch in done:
        for name, lasting_s in stretch.faults.items():
            seconds[name] += lasting_s
    faults = totals_of_seconds(seconds, shipped_stretch(pose))
    whole_s = sum(stretch.held_s for stretch in done) + sum(fault.seconds for fault in faults if fault.stops_clock)
    if whole_s < LEAST_S:
        return None
    return {fault.cue: min(1.0, fault.seconds / whole_s) for fault in faults}


def _pains(sessions: Iterable[Entry], points: Span) -> Iterator[PainSpan]:
    together: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in sessions:
        if entry.pains or entry.pain_before is not None or entry.pain_after is not None:
            together[points.begin(entry.started.date())].append(entry)
    for begin, told in sorted(together.items()):
        before = [entry.pain_before for entry in told if entry.pain_before is not None]
        after = [entry.pain_after for entry in told if entry.pain_after is not None]
        yield PainSpan(
            begin=begin,
            before=median(before) if before else None,
            after=median(after) if after else None,
            told=Counter(pain.answer or "" for entry in told for pain in entry.pains),
        )


def _sitting(entries: Iterable[Entry]) -> SittingTotal | None:
    kept = [entry.sitting for entry in entries if entry.sitting is not None]
    if not kept:
        return None
    return SittingTotal(
        days=len(kept),
        sat_s=sum(one.sat_s for one in kept),
        breaks=sum(one.breaks for one in kept),
        shifts=sum(one.shifts for one in kept),
    )
