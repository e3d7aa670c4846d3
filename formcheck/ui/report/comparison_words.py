"""What is told of two clips against each other, in sentences and rows: every number in it is one of the document."""

from collections.abc import Iterable, Iterator, Mapping

from formcheck.analysis.scoring.comparison import ComparisonDocument, Difference, DifferenceEntry, PairEntry
from formcheck.analysis.scoring.document import BOTH, Document
from formcheck.analysis.scoring.fault_totals import FaultTotal, totals_of_document
from formcheck.core import wording
from formcheck.core.durations import format_clip_time, format_duration
from formcheck.core.measures import MEASURES
from formcheck.core.values import Side
from formcheck.core.wording.language import Sentence, capitalized, joined, number
from formcheck.stretches import StretchSpec
from formcheck.ui.report.words import held_of, is_guess


def score_of(document: Document) -> str:
    """Return the score of a clip in words."""
    if document.band is None:
        return wording.COMPARE_NO_SCORE
    return wording.BANDS[document.band].report.format(score=document.score)


def verdict(document: ComparisonDocument) -> Iterator[str]:
    """Yield which angles are more or less in A, and which are the same within error."""
    found = document.differences
    sentences = {Difference.MORE: wording.COMPARE_MORE, Difference.LESS: wording.COMPARE_LESS}
    told = {kind: [_by(one) for one in found if one.difference is kind] for kind in sentences}
    for kind, names in told.items():
        if names:
            yield sentences[kind].format(names=joined("; ", names))
    same = sum(one.difference is Difference.SAME for one in found)
    if not found:
        yield wording.COMPARE_NO_ANGLES
    elif same == len(found):
        yield wording.COMPARE_SAME.format(count=same)
    else:
        yield wording.COMPARE_OTHERS_SAME.format(count=len(found), same=same)


def _by(one: DifferenceEntry) -> str:
    return wording.COMPARE_BY.format(name=_name(one), degrees=number(abs(one.a_minus_b_deg), ".1f"))


def _name(one: DifferenceEntry) -> str:
    name = MEASURES[one.measure].name_with_leg
    side = _side(one.side_a, one.side_b)
    return wording.COMPARE_ON_SIDE.format(name=name, side=side) if side else name


def _side(a: Side | None, b: Side | None) -> str:
    return (a or "") if a is b else _of_sides(wording.COMPARE_SIDES, a, b)


def _of_sides(sentence: Sentence, a: Side | None, b: Side | None) -> str:
    names = wording.SIDE_NAMES
    return sentence.format(side_a=names.get(a or "", ""), side_b=names.get(b or "", ""))


def pair_name(pair: PairEntry) -> str:
    """Return the side of a pair in words."""
    return wording.ON_SIDE.format(side=_side(pair.a.side, pair.b.side)) if pair.a.side is not None else wording.BOTH_LEGS


def table(document: ComparisonDocument) -> list[tuple[str, ...]]:
    """Return the row of each angle and side, as `COMPARE_TABLE_HEADS` has them."""
    return [
        (
            capitalized(_name(one)),
            wording.FROM_TO.format(start=number(one.full[0]), end=number(one.full[1])),
            number(one.a, ".1f"),
            number(one.b, ".1f"),
            number(one.a_minus_b_deg, "+.1f" if one.a_minus_b_deg else ".1f"),
            number(one.error_deg, ".1f"),
            wording.COMPARE_DIFFERENCES[one.difference],
        )
        for one in document.differences
    ]


def held(document: ComparisonDocument) -> list[tuple[str, ...]]:
    """Return the row of each side, as `COMPARE_HELD_HEADS` has them."""
    rows = []
    for pair in document.pairs:
        entries = document.a.sides[pair.a.side or BOTH], document.b.sides[pair.b.side or BOTH]
        seconds = [
            held_of(entry) if clip.clip.duration_s else wording.CELL_PHOTO
            for clip, entry in zip((document.a, document.b), entries, strict=True)
        ]
        scores = ["" if entry.score is None else str(entry.score) for entry in entries]
        rows.append((capitalized(pair_name(pair)), *seconds, *scores))
    return rows


def faults(document: ComparisonDocument, spec: StretchSpec) -> list[tuple[str, str, str]]:
    """Return the row of each fault of either clip, as `COMPARE_FAULTS_HEADS` has them."""
    a, b = ({total.cue: total for total in totals_of_document(clip, spec)} for clip in (document.a, document.b))
    return [(cue, _when(a, cue, document.a), _when(b, cue, document.b)) for cue in dict.fromkeys((*a, *b))]


def _when(totals: Mapping[str, FaultTotal], cue: str, document: Document) -> str:
    if (total := totals.get(cue)) is None:
        return wording.COMPARE_NOT_HERE
    if not document.clip.duration_s:
        return wording.CELL_PHOTO
    starts = joined(", ", (format_clip_time(start_s) for start_s in total.starts_s[:3]))
    times = wording.FIRST_TIMES if len(total.starts_s) > 3 else wording.TIMES
    return times.format(times=starts, duration=format_duration(total.seconds))


def limits(document: ComparisonDocument) -> Iterator[str]:
    """Yield what is compared in another way than the rest, and what is not compared, and why."""
    for pair in document.pairs:
        if pair.a.side is not pair.b.side:
            yield _of_sides(wording.COMPARE_OTHER_SIDES, pair.a.side, pair.b.side)
    for name, clip, sides in zip(wording.COMPARE_CLIPS, (document.a, document.b), _paired(document), strict=True):
        alone = [side for side in clip.sides if side not in sides]
        yield from (wording.COMPARE_SIDE_ALONE.format(side=side, clip=name) for side in alone)
    read = (
        {(one.measure, one.side_a) for one in document.differences},
        {(one.measure, one.side_b) for one in document.differences},
    )
    both = zip(read, (document.a, document.b), _paired(document), reversed(wording.COMPARE_CLIPS), strict=True)
    for known, clip, sides, other in both:
        unread = [one.measure for one in clip.measures if (one.side or BOTH) in sides and (one.measure, one.side) not in known]
        if unread:
            yield wording.COMPARE_UNREAD.format(clip=other, names=_names(unread))
    for name, clip, known in zip(wording.COMPARE_CLIPS, (document.a, document.b), read, strict=True):
        guessed = [one.measure for one in clip.measures if (one.measure, one.side) in known and is_guess(one)]
        if guessed:
            yield wording.COMPARE_GUESSED.format(clip=name, names=_names(guessed))
    in_shape = [one.measure for one in document.differences if not one.in_form]
    if in_shape:
        yield wording.COMPARE_IN_SHAPE.format(names=_names(in_shape))


def _paired(document: ComparisonDocument) -> tuple[set[str], set[str]]:
    return {pair.a.side or BOTH for pair in document.pairs}, {pair.b.side or BOTH for pair in document.pairs}


def _names(measures: Iterable[str]) -> str:
    return joined(", ", (MEASURES[name].name_with_leg for name in dict.fromkeys(measures)))


def onsets(pair: PairEntry) -> list[str]:
    """Return which moment 0 s is in each clip."""
    sentences = wording.COMPARE_ONSETS_BOTH if pair.a.side is None else wording.COMPARE_ONSETS
    return [
        sentences[one.onset].format(clip=clip, side=one.side)
        for clip, one in zip(wording.COMPARE_CLIPS, (pair.a, pair.b), strict=True)
    ]


def exact(document: ComparisonDocument) -> list[str]:
    """Return how exact the differences are."""
    errors = [one.error_deg for one in document.differences]
    told = [wording.COMPARE_EXACT.format(least=number(min(errors), ".1f"), most=number(max(errors), ".1f"))] if errors else []
    return [*told, wording.COMPARE_DAYS, wording.REPORT_NOT_SEEN]
