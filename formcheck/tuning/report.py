"""The results of a tuning in words, and `--report FILE.html`: one file with everything in it, readable without colour."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from formcheck.core.measures import MEASURES
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_, NN_, joined, number, shown, spoken
from formcheck.system.files import atomic_file
from formcheck.tuning.fitting.comparison import Comparison, Figure
from formcheck.tuning.fitting.evidence import EvidenceSpan
from formcheck.tuning.fitting.limits import ALIKE
from formcheck.tuning.fitting.proposal import LimitChange
from formcheck.tuning.fitting.ranges import Pair
from formcheck.tuning.labels import CORRECT, LABEL_NAMES
from formcheck.tuning.run import Tuned
from formcheck.ui.report.charts import whole_ticks

_FIGURES = (
    (N_("counted though not held, s a minute"), "false_hold", ".2f"),
    (N_("held but not counted, s a minute"), "missed_hold", ".2f"),
    (N_("faults found"), "recall", ".0%"),
    (N_("faults told that were there"), "precision", ".0%"),
    (N_("agreement beyond chance (kappa)"), "kappa", ".2f"),
)

_WORDS = {
    "tuning": N_("tuning"),
    "title": N_("Tuning from labelled clips"),
    "about": N_(
        "formcheck {version}. Angles are in degrees. This file holds everything it shows and asks the network for nothing."
    ).format(version=__version__),
    "beware": N_("Beware:"),
    "before": N_("before"),
    "after": N_("after"),
    "brackets": N_("In brackets the interval that 95 % of 2000 draws of people (or clips) with replacement lie in."),
    "old_and_new": N_("Old and new"),
    "tried": N_("What was tried, and is not proposed"),
    "counted": N_(
        "A clip counts as correct where all of its intervals in correct form are; faults are counted by interval, and only "
        "those that are told by this very measure."
    ),
    "what": N_("what"),
    "key": N_("key"),
    "change": N_("old → new"),
    "evidence": N_("evidence"),
    "measured": N_("Measured, by label"),
    "lines": N_(
        "A line for every labelled interval: its middle 90 %, and a mark at its median. Dots are correct form; crosses are "
        "faults of this measure, squares all other faults. The hatched band is the new range of full credit; old edges are "
        "dashed, new ones solid."
    ),
}
"""What the page says of every tuning."""

_JUDGED_ON = {
    "clip": N_("Judged on each clip by ranges fitted without that clip"),
    "person": N_("Judged on each person by ranges fitted without that person"),
}

_INK, _OLD, _BAND = "#111111", "#555555", "#bbbbbb"


def write_report(output_path: Path, tuned: Sequence[Tuned]) -> None:
    """Write the HTML report of all stretches, whole or not at all. Raises OutputError."""
    from jinja2 import Environment

    template = (Path(__file__).parent / "report.html").read_text(encoding="utf-8")
    page = Environment(autoescape=True, finalize=shown, trim_blocks=True).from_string(template)
    functions = (describe_clips, describe_validation, describe_verdict, draw_measures, figure_rows, format_change)
    named = {function.__name__: function for function in functions}
    text = page.render(language=spoken().language, words=_WORDS, tuned=tuned, **named)
    with atomic_file(output_path) as part:
        part.write_text(text, encoding="utf-8")


def format_change(row: LimitChange) -> str:
    """Return `10..40 -> 14..46`, or the value alone where it stays."""
    return joined(" -> ", map(_format_value, (row.old, row.new))) if row.changed else _format_value(row.old)


def describe_limit(row: LimitChange) -> str:
    """Return what the number is about: a measure, or a fault by its name in the pose file."""
    return MEASURES[row.measure].name_with_code if row.table == "targets" else row.name


def figure_rows(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """Yield name, before and after of every figure."""
    for name, key, form in _FIGURES:
        before, after = (_format_figure(getattr(figures, key), form) for figures in (comparison.before, comparison.after))
        yield name, before, after


def describe_clips(tuned: Tuned) -> str:
    """Return the amount of evidence in words."""
    return N_("{clips} of {people}, {intervals} labelled intervals in which the stretch is seen").format(
        clips=NN_("{count} clip", "{count} clips").format(count=tuned.clips),
        people=NN_("{count} person", "{count} people").format(count=tuned.people),
        intervals=len(tuned.spans),
    )


def describe_validation(tuned: Tuned) -> str:
    """Return in words which clips the comparison is judged on."""
    return _JUDGED_ON[tuned.left_out]


def describe_verdict(tuned: Tuned) -> str:
    """Return the outcome in a sentence."""
    if tuned.better:
        lost = list(_worsened(tuned.comparison)) if tuned.comparison is not None else []
        proposed = N_("Proposed: {why}. A little worse: {figures}.") if lost else N_("Proposed: {why}.")
        return proposed.format(why=tuned.why, figures=joined(", ", lost))
    alike = [describe_limit(row) for row in tuned.proposal.rows if row.why == ALIKE]
    nothing = (
        N_("Nothing is proposed: {why}. In these labels correct form reads like {faults}.")
        if alike
        else N_("Nothing is proposed: {why}.")
    )
    return nothing.format(why=tuned.why, faults=joined(", ", alike))


def _worsened(comparison: Comparison) -> Iterator[str]:
    """Yield the names of the figures that are worse after, however little."""
    for name, key, form in _FIGURES:
        before, after = (getattr(figures, key).value for figures in (comparison.before, comparison.after))
        if before is None or after is None or number(before, form) == number(after, form):
            continue
        if (after > before) is (key in ("false_hold", "missed_hold")):
            yield name


def _format_value(value: float | Pair) -> str:
    return joined("..", map(number, value)) if isinstance(value, tuple) else number(value)


def _format_figure(figure: Figure, form: str) -> str:
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    value, low, high = (number(one, form) for one in (figure.value, figure.low, figure.high))
    return joined("", (value, " (", low, "..", high, ")"))


def draw_measures(tuned: Tuned) -> Iterator[tuple[str, str]]:
    """Yield every measure of which there is evidence, and its drawing as SVG."""
    for measure in dict.fromkeys(row.measure for row in tuned.proposal.rows):
        spans = [span for span in tuned.spans if measure in span.values]
        if spans:
            yield MEASURES[measure].name_with_code, _draw_measure(measure, spans, tuned)


def _draw_measure(measure: str, spans: Sequence[EvidenceSpan], tuned: Tuned) -> str:
    """Return a drawing of one measure as SVG: the intervals of every label along its axis, and the edges before and after."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    rows = [row for row in tuned.proposal.rows if row.measure == measure]
    own = {row.name for row in rows if row.table == "faults"}
    labels = [CORRECT, *sorted({span.label for span in spans} - {CORRECT}, key=lambda label: (label not in own, label))]
    plt.rcParams.update({"svg.fonttype": "none", "font.size": 11, "svg.hashsalt": "formcheck", "hatch.color": _BAND})
    figure, axes = plt.subplots(figsize=(9, 1.1 + 0.55 * len(labels)), layout="constrained")
    for place, label in enumerate(labels):
        some = [span for span in spans if span.label == label]
        for i, span in enumerate(sorted(some, key=lambda span: (span.person, span.clip, span.where))):
            _draw_interval(axes, span, measure, place - 0.32 + 0.64 * (i + 0.5) / len(some), own)
    for row in rows:
        _draw_edges(axes, row)
    axes.set_yticks(range(len(labels)), [_count_of(label, spans) for label in labels])
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xlabel(shown(N_("{measure}, degrees").format(measure=MEASURES[measure].name_with_code)))
    axes.xaxis.set_major_locator(whole_ticks(9))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Title": measure})
    plt.close(figure)
    return out.getvalue()[out.getvalue().index("<svg") :]


def _count_of(label: str, spans: Sequence[EvidenceSpan]) -> str:
    count = sum(span.label == label for span in spans)
    return shown(joined("", (LABEL_NAMES.get(label, label), f" ({count})")))


def _draw_interval(axes: Any, span: EvidenceSpan, measure: str, height: float, own: set[str]) -> None:
    import numpy as np

    low, middle, high = np.quantile(span.values[measure], (0.05, 0.5, 0.95))
    marker = "o" if span.label == CORRECT else "x" if span.label in own else "s"
    axes.plot([low, high], [height, height], color=_INK, linewidth=1.2, solid_capstyle="butt")
    axes.plot([middle], [height], marker=marker, color=_INK, markersize=5, markerfacecolor=_INK if marker == "o" else "white")


def _draw_edges(axes: Any, row: LimitChange) -> None:
    """Draw the lines of one row: its old values dashed, its new ones solid, named at the top."""
    if row.key == "full" and isinstance(row.new, tuple):
        axes.axvspan(*row.new, facecolor="none", edgecolor=_BAND, hatch="///", linewidth=0, zorder=0)
    if row.key not in ("full", "above", "below"):
        return
    old, new = (value if isinstance(value, tuple) else (value,) for value in (row.old, row.new))
    name = row.key if row.key == "full" else row.name
    for before, after in zip(old, new, strict=True):
        width = 1.0 if row.key == "full" else 2.0
        axes.axvline(after, color=_INK, linewidth=width, zorder=1)
        _annotate(axes, after, joined(" ", (name, number(after))))
        if before != after:
            axes.axvline(before, color=_OLD, linewidth=width, linestyle=(0, (4, 3)), zorder=1)
            _annotate(axes, before, N_("{name} was {before:g}").format(name=name, before=before))


def _annotate(axes: Any, at: float, text: str) -> None:
    axes.annotate(
        shown(text), (at, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
        rotation=35, fontsize=8.5, ha="left", va="bottom", color=_INK,
    )  # fmt: skip
