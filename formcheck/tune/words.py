"""Rows and figures of a tuning in words, for the terminal and the report alike."""

from collections.abc import Iterator

from formcheck.tune.run import Tuned
from formcheck.tuning import Comparison, Row
from formcheck.tuning.judge import Figure, Figures

Pair = tuple[float, float]


def values(row: Row) -> str:
    """Return `10..40 -> 14..46`, or the value alone where it stays."""
    return f"{_value(row.old)} -> {_value(row.new)}" if row.changed else _value(row.old)


def _value(value: float | Pair) -> str:
    return f"{value[0]:g}..{value[1]:g}" if isinstance(value, tuple) else f"{value:g}"


def figures(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """Yield name, before and after of every figure."""
    for name, key, form in _FIGURES:
        yield name, _figure(comparison.before, key, form), _figure(comparison.after, key, form)


_FIGURES = (
    ("held falsely, s a minute", "false_hold", "{:.2f}"),
    ("held but not told, s a minute", "missed_hold", "{:.2f}"),
    ("faults found (recall)", "recall", "{:.0%}"),
    ("faults told rightly (precision)", "precision", "{:.0%}"),
    ("Cohen's kappa", "kappa", "{:.2f}"),
)


def _figure(figures: Figures, key: str, form: str) -> str:
    figure: Figure = getattr(figures, key)
    if figure.value is None or figure.low is None or figure.high is None:
        return ""
    return f"{form.format(figure.value)} ({form.format(figure.low)}..{form.format(figure.high)})"


def worsened(comparison: Comparison) -> Iterator[str]:
    """Yield the figures that read worse after, however little."""
    for name, key, form in _FIGURES:
        before, after = (getattr(figures, key).value for figures in (comparison.before, comparison.after))
        if before is None or after is None or form.format(before) == form.format(after):
            continue
        if (after > before) is (key in ("false_hold", "missed_hold")):
            yield name


def clips(tuned: Tuned) -> str:
    """Return how much there is to go by."""
    count = "1 clip" if tuned.clips == 1 else f"{tuned.clips} clips"
    people = "1 person" if tuned.people == 1 else f"{tuned.people} people"
    return f"{count} of {people}, {len(tuned.spans)} labelled intervals in which the stretch is seen"


def left_out(tuned: Tuned) -> str:
    """Return what the comparison is made on."""
    return f"Judged on each {tuned.left_out} by ranges fitted without that {tuned.left_out}"


def verdict(tuned: Tuned) -> str:
    """Return what it comes to, in a sentence."""
    if tuned.better:
        lost = list(worsened(tuned.comparison)) if tuned.comparison is not None else []
        return f"Proposed: {tuned.why}.{' A little worse: ' + ', '.join(lost) + '.' if lost else ''}"
    alike = [row.name for row in tuned.proposal.rows if "read alike" in row.why]
    reason = f" In these labels correct form reads like {', '.join(alike)}." if alike else ""
    return f"Nothing is proposed: {tuned.why}.{reason}"
