"""What a report says of a scored clip, in sentences and rows: every number in it is one of the document."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from formcheck.analysis.scoring.document import BOTH, CauseEntry, Document, MeasureEntry, SideEntry, SidesApartEntry
from formcheck.analysis.scoring.fault_totals import totals_of_document
from formcheck.analysis.scoring.result import Result
from formcheck.coaching.summary import norms_in_words
from formcheck.core import wording
from formcheck.core.durations import DAY, format_clip_time, format_duration, seconds_of_goal
from formcheck.core.measures import MEASURES, BodyPart
from formcheck.core.measures.accuracy import NORMAL
from formcheck.core.plain_text import one_line
from formcheck.core.values import Edge, Reason, Side, Verdict
from formcheck.core.wording.language import capitalized, joined, number
from formcheck.stretches import StretchSpec
from formcheck.stretches.titles import title_of
from formcheck.ui.kept_session import shown_block_side

WELL_FROM = 0.9
"""A measure went well where it was inside its range for this share of the time in the stretch."""

PRACTISE = 2
"""So many cues are named to be practised next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A hold, a fault or a time not seen, to go to: `kind` is hold, fault or unseen."""

    kind: str
    text: str
    start_s: float
    end_s: float
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """The heads of a table's columns, and its rows, a cell for each head."""

    heads: Sequence[str]
    rows: Sequence[tuple[str, ...]]


def heading(result: Result) -> str:
    """Return the name of the stretch and its score in words."""
    document, spec = result.document, result.spec
    return wording.NO_STRETCH if spec is None else spec.title if document.band is None else _scored_title(document, spec)


def _scored_title(document: Document, spec: StretchSpec) -> str:
    assert document.band is not None
    return wording.REPORT_SCORED.format(
        title=spec.title, verdict=wording.BANDS[document.band].report.format(score=document.score)
    )


def verdict(result: Result) -> Iterator[str]:
    """Yield the verdict, a sentence each."""
    document, spec = result.document, result.spec
    if spec is None:
        yield wording.NO_STRETCH_WHY
        yield from _missing(document)
        return
    if result.still:
        yield from _of_photo(document, spec)
    elif done(document):
        yield wording.REPORT_VERDICTS[document.verdict]
        if document.verdict is Verdict.ADJUST and document.score is not None:
            yield wording.REPORT_SCORE_COUNTS
        if not document.holds:
            yield wording.NEVER_CORRECT
        elif spec.to_the_end:
            yield from (norm + "." for norm in norms_in_words(spec))
    elif document.seen_s > 0:
        yield wording.NEVER_IN_STRETCH.format(instruction=spec.instruction)
    if not done(document):
        yield from _missing(document)


def done(document: Document) -> bool:
    """Return whether somebody was in the stretch; of what is held to the end there is no score."""
    return bool(document.sides) or document.score is not None


def _of_photo(document: Document, spec: StretchSpec) -> Iterator[str]:
    side = next(iter(document.sides), None)
    if side is not None:
        name = next((MEASURES[name].name_with_leg for name in document.borderline), None)
        sentences = wording.PHOTOS_BOTH if side == BOTH else wording.PHOTOS
        yield sentences[document.verdict].format(side=side, name=name) + "."
    elif document.verdict is Verdict.NONE:
        yield wording.NOT_IN_STRETCH.format(instruction=spec.instruction)


def _missing(document: Document) -> Iterator[str]:
    if document.causes:
        nearest = document.nearest
        head = wording.NEAREST.format(title=title_of(nearest)) if nearest is not None else wording.MISSING
        yield head + joined("; ", (cause.cue for cause in document.causes)) + "."
    elif document.nearest is not None:
        yield wording.NEAREST_TOO_SHORT.format(title=title_of(document.nearest), name=document.nearest)


def held(result: Result) -> Iterator[tuple[str, str, str]]:
    """Yield what was held: whose side, how much of the goal, and whether that was reached, with the form. Not of a photo."""
    for side, entry in result.document.sides.items() if not result.still else ():
        name = wording.BOTH_LEGS if side == BOTH else wording.ON_SIDE.format(side=side)
        score = wording.FORM.format(score=entry.score) if entry.score is not None else ""
        yield name, held_of(entry), joined(", ", (part for part in (_left(entry), score) if part))


def held_of(entry: SideEntry) -> str:
    """Return what was held of the goal; of what is held to the end the longest go."""
    if entry.goal_s is None:
        return format_duration(entry.longest_s)
    seconds = seconds_of_goal(entry.held_s, entry.goal_s, complete=entry.complete)
    return wording.DURATION_OF.format(held=format_duration(seconds.held), goal=format_duration(seconds.goal or 0))


def _left(entry: SideEntry) -> str:
    if entry.goal_s is None:
        return wording.TO_THE_END
    return wording.REACHED if entry.complete else ""


def points(result: Result) -> ReportTable:
    """Return what each lost point was for: points, measure, degrees, for how long (not of a photo), and what to do."""
    rows = [
        (
            number(cause.points),
            MEASURES[cause.measure].name_with_leg,
            _beyond(cause),
            *(() if result.still else (format_duration(cause.seconds),)),
            cause.cue,
        )
        for cause in result.document.causes
    ]
    return ReportTable(heads=wording.REPORT_POINTS_HEADS_PHOTO if result.still else wording.REPORT_POINTS_HEADS, rows=rows)


def _beyond(cause: CauseEntry) -> str:
    sentence = wording.REPORT_BELOW if cause.edge is Edge.LOW else wording.REPORT_ABOVE
    return sentence.format(degrees=f"{cause.beyond_deg:.0f}")


def points_in_all(document: Document) -> str:
    """Return how many points were lost in all."""
    lost = 100 - (document.score if document.score is not None else 100)
    return wording.REPORT_POINTS_IN_ALL.format(points=lost, score=document.score) if lost else wording.REPORT_NO_POINTS


def went_well(result: Result) -> list[str]:
    """Return what went well, a sentence each."""
    document, found = result.document, list[str]()
    for side, entry in document.sides.items():
        both = side == BOTH
        if entry.complete and entry.goal_s is not None:
            sentence = wording.REPORT_GOAL_REACHED_BOTH if both else wording.REPORT_GOAL_REACHED
            found.append(sentence.format(goal=format_duration(entry.goal_s), side=side))
        elif entry.longest_s >= 1:
            sentence = wording.REPORT_LONGEST_BOTH if both else wording.REPORT_LONGEST
            found.append(sentence.format(duration=format_duration(entry.longest_s), side=side))
    if done(document) and not document.faults:
        found.append(wording.REPORT_NO_FAULT_PHOTO if result.still else wording.REPORT_NO_FAULT)
    for of_side in (None, *Side):
        inside = [one for one in document.measures if one.side is of_side and one.inside >= WELL_FROM and not is_guess(one)]
        found += [_inside(inside, of_side, still=result.still)] if inside else []
    return found


def _inside(entries: Sequence[MeasureEntry], side: Side | None, *, still: bool) -> str:
    if still:
        names = joined(", ", map(_name, entries))
        sentence = wording.REPORT_INSIDE_PHOTO if side is not None else wording.REPORT_INSIDE_PHOTO_BOTH
    else:
        names = joined(", ", (wording.REPORT_INSIDE_OF.format(name=_name(one), percent=_percent(one)) for one in entries))
        sentence = wording.REPORT_INSIDE if side is not None else wording.REPORT_INSIDE_BOTH
    return sentence.format(side=side.capitalize() if side is not None else "", names=names)


def against(result: Result) -> list[str]:
    """Return how left and right compare, a sentence each; which reaches less far is told of the measure that is the goal."""
    document, spec = result.document, result.spec
    if spec is None or not done(document) or result.still:
        return []
    if spec.legs is None:
        return [wording.REPORT_NO_SIDES]
    if len(document.sides) == 1:
        return [wording.REPORT_ONE_SIDE.format(side=next(iter(document.sides)))]
    if not document.sides_apart:
        return [wording.REPORT_NOT_BOTH_HELD]
    reach = _reach_measure(spec)
    found = [_reach(one, document) for one in document.sides_apart if one.measure == reach]
    found += [
        wording.REPORT_MORE_ON.format(
            name=capitalized(MEASURES[one.measure].name_with_leg),
            degrees=_degrees(abs(one.left_minus_right_deg)),
            positive=MEASURES[one.measure].positive,
            side=_more(one),
            error=_degrees(one.error_deg),
        )
        for one in document.sides_apart
        if one.measure != reach and one.told_apart
    ]
    return found or [wording.REPORT_SIDES_ALIKE]


def _reach_measure(spec: StretchSpec) -> str | None:
    """Return the measure that says how far a side reaches: the goal, else the hip of the stretched leg."""
    if spec.goal is not None:
        return spec.goal.measure
    stretched = spec.legs.stretched if spec.legs is not None else ""
    rows = [MEASURES[target.measure] for target in spec.targets]
    return next((row.name for row in rows if row.part is BodyPart.HIP and row.roles == {stretched}), None)


def _reach(one: SidesApartEntry, document: Document) -> str:
    row = MEASURES[one.measure]
    told = [entry for entry in document.measures if entry.measure == one.measure]
    medians = {entry.side: _degrees(entry.median) for entry in told if entry.median is not None}
    bent = row.part is BodyPart.HIP and row.sign > 0  # more of it is less of a stretch
    less = wording.REPORT_REACHES_LESS_BENT if bent else wording.REPORT_REACHES_LESS
    sentence = less if one.told_apart else wording.REPORT_REACHES_ALIKE
    name = row.name_with_leg
    return sentence.format(
        side=_more(one) if bent else _more(one).other,
        name=name if one.told_apart else capitalized(name),
        degrees=_degrees(abs(one.left_minus_right_deg)),
        left=medians[Side.LEFT],
        right=medians[Side.RIGHT],
        error=_degrees(one.error_deg),
    )


def _more(one: SidesApartEntry) -> Side:
    return Side.LEFT if one.left_minus_right_deg > 0 else Side.RIGHT


def is_guess(one: MeasureEntry) -> bool:
    """Return whether an angle may be off by so much that it tells nothing.

    What it may be lies wider apart than the ends of its target range, and it is off by twice what it is off by in plain sight.
    """
    usual = NORMAL * MEASURES[one.measure].sigma_deg
    return one.error_deg > 2 * usual and 2 * one.error_deg > one.full[1] - one.full[0]


def guesses(document: Document) -> list[str]:
    """Return which angles are a guess, a sentence each."""
    return [
        (wording.REPORT_GUESSED_LEG if MEASURES[one.measure].roles else wording.REPORT_GUESSED).format(
            name=(wording.STRETCH_ON_SIDE if one.side is not None else wording.STRETCH_ALONE).format(
                title=capitalized(_name(one)), side=one.side
            ),
            degrees=_degrees(one.median_in_shape if one.median is None else one.median),
            error=_degrees(one.error_deg),
        )
        for one in document.measures
        if is_guess(one)
    ]


def unseen(document: Document) -> list[str]:
    """Return what could not be seen, for how long in all, why, and what to do about it; then the angles that are a guess."""
    whole = format_duration(document.clip.length_s)
    times = [
        wording.REPORT_UNSEEN_FOR.format(duration=format_duration(seconds), whole=whole, advice=wording.REASONS[reason].remedy)
        if seconds > 0
        else capitalized(wording.REASONS[reason].remedy)
        for reason, seconds in unseen_seconds(document).items()
    ]
    return [*times, *guesses(document)]


def unseen_seconds(document: Document) -> dict[Reason, float]:
    """Return for how long nothing could be seen, by reason."""
    totals: defaultdict[Reason, float] = defaultdict(float)
    for entry in document.unseen:
        totals[entry.reason] += entry.end_s - entry.start_s
    return dict(totals)


def practise(result: Result) -> list[str]:
    """Return what to practise next: the faults that cost most, as every table ranks them, then what else cost points."""
    told = [total.cue for total in totals_of_document(result.document, result.spec)]
    costly = [cause.cue for cause in result.document.causes if cause.points > 0]
    return list(dict.fromkeys([*told, *costly]))[:PRACTISE] if done(result.document) else []


def exact(document: Document) -> list[str]:
    """Return how exact the numbers are."""
    errors = [one.error_deg for one in document.measures]
    if not errors:
        return [wording.REPORT_NO_ERRORS, wording.REPORT_NOT_SEEN]
    told = wording.REPORT_ERRORS.format(least=_degrees(min(errors)), most=_degrees(max(errors)))
    return [told, wording.REPORT_BETWEEN_DAYS, wording.REPORT_NOT_SEEN]


def events(document: Document) -> list[Event]:
    """Return holds, faults and times not seen, in order."""
    found = [
        Event(
            kind="hold",
            text=wording.REPORT_EVENT_HOLD.format(side=hold.side) if hold.side else wording.REPORT_EVENT_HOLD_BOTH,
            start_s=hold.start_s,
            end_s=hold.end_s,
            side=hold.side,
        )
        for hold in document.holds
    ]
    found += [Event(kind="fault", text=one.cue, start_s=one.start_s, end_s=one.end_s, side=one.side) for one in document.faults]
    found += [
        Event(
            kind="unseen",
            text=wording.REPORT_EVENT_UNSEEN.format(note=wording.REASONS[one.reason].note),
            start_s=one.start_s,
            end_s=one.end_s,
        )
        for one in document.unseen
    ]
    return sorted(found, key=lambda event: event.start_s)


def event_rows(events: Sequence[Event], zero_s: float = 0.0) -> list[dict[str, str]]:
    """Return what a list of buttons shows of events, and where each leads, in seconds after `zero_s`."""
    return [
        {
            "kind": one.kind,
            "time": f"{one.start_s - zero_s:.2f}",
            "when": from_to(one.start_s, one.end_s),
            "text": one.text,
        }
        for one in events
    ]


def from_to(start_s: float, end_s: float) -> str:
    """Return from when to when, as people read it."""
    return wording.FROM_TO.format(start=format_clip_time(start_s), end=format_clip_time(end_s))


def table(result: Result) -> ReportTable:
    """Return the row of each measure and side: name, side, target, both medians, share of time inside, error.

    Of a photo there is the angle and whether it is inside, in place of medians and shares.
    """
    return ReportTable(
        heads=wording.REPORT_TABLE_HEADS_PHOTO if result.still else wording.REPORT_TABLE_HEADS,
        rows=[
            (
                capitalized(_name(one)),
                shown_block_side(one.side),
                wording.FROM_TO.format(start=number(one.full[0]), end=number(one.full[1])),
                *(_in_photo(one) if result.still else _over_time(one)),
                _degrees(one.error_deg),
            )
            for one in result.document.measures
        ],
    )


def _over_time(one: MeasureEntry) -> tuple[str, ...]:
    return "" if one.median is None else _degrees(one.median), _degrees(one.median_in_shape), f"{_percent(one)} %"


def _in_photo(one: MeasureEntry) -> tuple[str, ...]:
    return _degrees(one.median_in_shape), wording.REPORT_YES if one.inside else wording.REPORT_NO


def apart_table(document: Document) -> list[tuple[str, str, str, str]]:
    """Return how far apart left and right are, a row for each measure."""
    return [
        (
            capitalized(MEASURES[one.measure].name_with_leg),
            number(one.left_minus_right_deg, "+.1f"),
            _degrees(one.error_deg),
            wording.REPORT_YES if one.told_apart else wording.REPORT_NO,
        )
        for one in document.sides_apart
    ]


def why(result: Result) -> list[tuple[str, list[str]]]:
    """Return for each measure of the table what it is: definition, zero, sign, range and source."""
    found: list[tuple[str, list[str]]] = []
    for name in dict.fromkeys(one.measure for one in result.document.measures):
        row = MEASURES[name]
        sentences: list[str] = [
            wording.REPORT_WHY_MEANING.format(meaning=row.meaning),
            wording.REPORT_WHY_ZERO.format(zero=row.zero),
            wording.REPORT_WHY_POSITIVE.format(positive=row.positive),
            wording.REPORT_WHY_JOINTS.format(joints=row.joints_in_words),
            wording.REPORT_WHY_RANGE.format(name=result.document.pose),
            wording.REPORT_WHY_SOURCE,
        ]
        found.append((capitalized(row.name_with_code), sentences))
    return found


def filmed(document: Document) -> list[str]:
    """Return when the clip was filmed; nothing where its file does not state it."""
    day = document.clip.filmed
    return [wording.REPORT_FILMED.format(day=DAY.format(day=date.fromisoformat(day)))] if day is not None else []


def notes(result: Result, clip: str, pains: Sequence[str] | None) -> str:
    """Return a block of text to paste into notes. `pains` are what the person said of pain; `None` where it was not asked."""
    document, spec = result.document, result.spec
    whole = format_duration(document.clip.length_s)
    head = wording.REPORT_NOTE_HEAD_PHOTO if result.still else wording.REPORT_NOTE_HEAD
    lines: list[str] = [
        head.format(title=spec.title if spec is not None else wording.NO_STRETCH, clip=clip, duration=whole),
        *filmed(document),
        wording.REPORT_NOTE_NO_SCORE if document.score is None else wording.REPORT_NOTE_SCORE.format(score=document.score),
    ]
    for side, entry in document.sides.items() if not result.still else ():
        sentence = wording.REPORT_NOTE_HELD_BOTH if side == BOTH else wording.REPORT_NOTE_HELD
        lines.append(sentence.format(side=side, held=held_of(entry)))
    if pains is None:
        lines.append(wording.REPORT_NOTE_NO_PAIN)
    else:
        lines += [wording.REPORT_NOTE_PAIN.format(told=told) for told in pains] or [wording.REPORT_NOTE_NO_PAIN_TOLD]
    if document.measures:
        lines.append(wording.REPORT_NOTE_ANGLES_PHOTO if result.still else wording.REPORT_NOTE_ANGLES)
    lines += [_note(one, still=result.still) for one in document.measures]
    lines += guesses(document)
    lines += against(result)
    lines += [
        wording.REPORT_NOTE_UNSEEN.format(duration=format_duration(seconds), whole=whole, note=wording.REASONS[reason].note)
        for reason, seconds in unseen_seconds(document).items()
        if seconds > 0
    ]
    engine = document.engine
    lines.append(
        wording.REPORT_NOTE_END.format(version=document.formcheck_version, engine=engine.name, engine_version=engine.version)
    )
    return joined("\n", map(one_line, lines))


def _note(one: MeasureEntry, *, still: bool) -> str:
    if still:
        sentences = wording.REPORT_NOTE_INSIDE_PHOTO if one.inside else wording.REPORT_NOTE_OUTSIDE_PHOTO
    else:
        sentences = wording.REPORT_NOTE_MEASURE if one.median is not None else wording.REPORT_NOTE_NO_MEDIAN
    sentence = sentences["side" if one.side is not None else BOTH]
    return sentence.format(
        name=capitalized(_name(one)),
        positive=MEASURES[one.measure].positive,
        side=one.side,
        median=_degrees(one.median_in_shape if one.median is None else one.median),
        error=_degrees(one.error_deg),
        low=number(one.full[0]),
        high=number(one.full[1]),
        percent=_percent(one),
    )


def _name(one: MeasureEntry) -> str:
    return MEASURES[one.measure].name_with_leg


def _percent(one: MeasureEntry) -> str:
    return f"{100 * one.inside:.0f}"


def _degrees(value: float) -> str:
    return number(value, ".1f")
