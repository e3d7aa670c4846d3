"""What `formcheck evaluate` prints: tables of errors, by the yaw of the camera where that is known."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.console import Console

from formcheck.cli.reports.tables import Column, WrappedTable
from formcheck.core.measures import MEASURES
from formcheck.core.wording.language import N_, NP_, Sentence, number
from formcheck.tuning.evaluation.counts import ErrorSums, EvaluationCounts
from formcheck.tuning.evaluation.motion import ANGLES, Motion
from formcheck.tuning.evaluation.photos import PhotoSums


def print_evaluation(
    console: Console,
    total: EvaluationCounts | None,
    by_yaw: Mapping[str, EvaluationCounts],
    photos: Mapping[str, Mapping[str, PhotoSums]],
    motion: Mapping[str, Mapping[str, Motion]],
) -> None:
    """Print the figures of all labelled clips (`None`: there are none), of tables of photographs, and of recorded angles."""
    tables = [*evaluation_tables(total, by_yaw)] if total is not None else []
    tables += [photos_table(name, sums) for name, sums in photos.items()]
    tables += [motion_table(name, views) for name, views in motion.items()]
    for table in tables:
        console.print(table)
        console.print()


def evaluation_tables(counts: EvaluationCounts, by_yaw: Mapping[str, EvaluationCounts]) -> Iterator[WrappedTable]:
    """Yield the tables of labelled clips: angles, holds, faults, verdicts."""
    parts = {N_("all"): counts, **by_yaw}
    yield _measures(counts)
    yield _holds(parts)
    yield _faults(counts)
    yield _verdicts(parts)


def _measures(counts: EvaluationCounts) -> WrappedTable:
    bands = sorted({band for _, band in counts.measures})
    title = N_("Angles: degrees off on average (too high + or too low -, 19 of 20 are within), by how far the person is turned")
    names = dict.fromkeys(name for name, _ in sorted(counts.measures))
    rows = [(_named(name), *(_error(counts.measures.get((name, band))) for band in bands)) for name in names]
    return _table(title, (N_("measure"), *bands), rows)


def _error(errors: ErrorSums | None) -> str:
    if errors is None or errors.mean_absolute is None:
        return ""
    return Sentence("{error:.1f} ({bias}, {most:.0f})").format(
        error=errors.mean_absolute, bias=_number(errors.bias, "+.1f"), most=errors.percentile(0.95)
    )


def _named(measure: str) -> str:
    """What people call it; a measure that this program does not know keeps its name."""
    return MEASURES[measure].name_with_leg if measure in MEASURES else measure


def _by_yaw(
    title: str, parts: Mapping[str, EvaluationCounts], rows: Mapping[str, Callable[[EvaluationCounts], str]]
) -> WrappedTable:
    return _table(title, ("", *parts), [(name, *map(figure, parts.values())) for name, figure in rows.items()])


def _holds(parts: Mapping[str, EvaluationCounts]) -> WrappedTable:
    rows: dict[str, Callable[[EvaluationCounts], str]] = {
        NP_("of a hold", "start"): lambda counts: _seconds(counts.holds.onset),
        NP_("of a hold", "end"): lambda counts: _seconds(counts.holds.offset),
        N_("held time"): lambda counts: _seconds(counts.holds.held),
        N_("holds labelled"): lambda counts: str(counts.holds.labelled),
        N_("missed, split, invented"): lambda c: f"{c.holds.missed}, {c.holds.split}, {c.holds.invented}",
        N_("counted though not held, s a minute"): lambda counts: _number(counts.holds.false_a_minute(counts.clip_s), ".2f"),
        N_("held but not counted, s"): lambda counts: number(counts.holds.missed_s, ".1f"),
    }
    return _by_yaw(
        N_("Holds: seconds too late or too long (+), too early or too short (-), on average (share within 0.25 s), by turn"),
        parts,
        rows,
    )


def _faults(counts: EvaluationCounts) -> WrappedTable:
    rows = [
        (name, str(fault.hit), str(fault.missed), str(fault.false), _share(fault.recall), _share(fault.precision))
        for name, fault in sorted(counts.faults.items())
    ]
    heads = N_("fault"), N_("found"), N_("missed"), N_("false"), N_("share found"), N_("share right")
    return _table(N_("Faults"), heads, rows)


def _verdicts(parts: Mapping[str, EvaluationCounts]) -> WrappedTable:
    rows: dict[str, Callable[[EvaluationCounts], str]] = {
        N_("clips with the right stretch"): lambda counts: _of(counts.pose_right, counts.clips),
        N_("clips with the right side"): lambda counts: _of(counts.side_right, counts.side_labelled),
        N_("seconds of verdict"): lambda counts: str(counts.agreement.seconds),
        N_("balanced accuracy"): lambda counts: _share(counts.agreement.balanced_accuracy),
        N_("agreement beyond chance (kappa)"): lambda counts: _number(counts.agreement.kappa, ".2f"),
        N_("hidden, and said so, s"): lambda counts: _of(counts.sight.told_s, counts.sight.unseen_s),
        N_("in sight, but called hidden, s"): lambda counts: _of(counts.sight.denied_s, counts.sight.seen_s),
    }
    return _by_yaw(N_("Verdicts, by how far the person is turned"), parts, rows)


def photos_table(name: str, sums: Mapping[str, PhotoSums]) -> WrappedTable:
    """Return the answers to the photographs that the table `name` lists, a row for each form."""
    heads = (
        N_("form"),
        N_("photos"),
        N_("right stretch"),
        N_("right side"),
        N_("called correct"),
        N_("fault named"),
        N_("called hidden"),
        N_("asked to turn"),
    )
    rows = []
    for form, seen in sums.items():
        counts = (seen.photos, seen.stretch_right, seen.side_right, seen.told_correct)
        rows.append((form, *map(str, (*counts, seen.told_fault, seen.told_unseen, seen.told_turn))))
    return _table(N_("Photographs in {name}").format(name=name), heads, rows)


def motion_table(name: str, views: Mapping[str, Motion]) -> WrappedTable:
    """Return the errors against the angles that were recorded in the folder `name`, a row for each view."""
    heads = (
        N_("view"),
        N_("turned by"),
        N_("knee, as seen"),
        N_("knee, squared on"),
        N_("hip, as seen"),
        N_("hip, squared on"),
    )
    rows = []
    for video, view in views.items():
        errors = [seen.get(angle) for angle in ANGLES for seen in (view.as_seen, view.squared_on)]
        rows.append((video, _number(view.yaw, ".0f"), *map(_error, errors)))
    return _table(
        N_("Recorded angles in {name}: degrees off on average (too high + or too low -, 19 of 20 are within)").format(
            name=name
        ),
        heads,
        rows,
    )


def _table(title: str, heads: Iterable[str], rows: Sequence[Sequence[str]]) -> WrappedTable:
    return WrappedTable([Column(head=head, right=i > 0) for i, head in enumerate(heads)], rows, title=title)


def _seconds(errors: ErrorSums) -> str:
    if errors.bias is None:
        return ""
    return Sentence("{bias} ({share})").format(bias=_number(errors.bias, "+.2f"), share=_share(errors.share_within(0.25)))


def _number(value: float | None, form: str) -> str:
    """Return a figure, without a sign where it rounds to nothing."""
    if value is None:
        return ""
    return number(value, form) if float(format(value, form)) else number(0.0, form.lstrip("+"))


def _of(some: float, of: float) -> str:
    return N_("{some:.0f} of {all:.0f}").format(some=some, all=of)


def _share(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.0f} %"
