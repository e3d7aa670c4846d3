"""`--report FILE.html`: one file with everything in it, readable without colour."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from formcheck import __version__
from formcheck.files import whole_file
from formcheck.labels import CORRECT
from formcheck.tune import words
from formcheck.tune.run import Tuned
from formcheck.tuning import Row, Span

_INK, _OLD, _BAND = "#111111", "#555555", "#bbbbbb"


def write_report(goal: Path, tuned: Sequence[Tuned]) -> None:
    """Write the report of all stretches, whole or not at all. Raises OutputError."""
    from jinja2 import Environment

    template = (Path(__file__).parent / "report.html").read_text(encoding="utf-8")
    page = Environment(autoescape=True, trim_blocks=True).from_string(template)
    text = page.render(version=__version__, tuned=[_section(one) for one in tuned])
    with whole_file(goal) as part:
        part.write_text(text, encoding="utf-8")


def _section(tuned: Tuned) -> dict[str, Any]:
    return {
        "title": tuned.spec.title,
        "clips": words.clips(tuned),
        "warnings": tuned.warnings,
        "verdict": words.verdict(tuned),
        "better": tuned.better,
        "left_out": words.left_out(tuned),
        "figures": list(words.figures(tuned.comparison)) if tuned.comparison is not None else [],
        "rows": [
            {"name": row.name, "key": row.key, "change": words.values(row), "why": row.why, "changed": row.changed}
            for row in tuned.proposal.rows
        ],
        "pictures": list(_pictures(tuned)),
    }


def _pictures(tuned: Tuned) -> Iterator[tuple[str, str]]:
    for measure in dict.fromkeys(row.measure for row in tuned.proposal.rows):
        spans = [span for span in tuned.spans if measure in span.values]
        if spans:
            yield measure, _picture(measure, spans, tuned)


def _picture(measure: str, spans: Sequence[Span], tuned: Tuned) -> str:
    """The intervals of every label along the measure's axis, and the edges before and after, as SVG."""
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
            _interval(axes, span, measure, place - 0.32 + 0.64 * (i + 0.5) / len(some), own)
    for row in rows:
        _edges(axes, row)
    axes.set_yticks(range(len(labels)), [f"{label} ({sum(span.label == label for span in spans)})" for label in labels])
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xlabel(f"{measure}, degrees")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Title": measure})
    plt.close(figure)
    return out.getvalue()[out.getvalue().index("<svg") :]


def _interval(axes: Any, span: Span, measure: str, height: float, own: set[str]) -> None:
    import numpy as np

    low, middle, high = np.quantile(span.values[measure], (0.05, 0.5, 0.95))
    marker = "o" if span.label == CORRECT else "x" if span.label in own else "s"
    axes.plot([low, high], [height, height], color=_INK, linewidth=1.2, solid_capstyle="butt")
    axes.plot([middle], [height], marker=marker, color=_INK, markersize=5, markerfacecolor=_INK if marker == "o" else "white")


def _edges(axes: Any, row: Row) -> None:
    """The lines of one row: its old values dashed, its new ones solid, named at the top."""
    if row.key == "full" and isinstance(row.new, tuple):
        axes.axvspan(*row.new, facecolor="none", edgecolor=_BAND, hatch="///", linewidth=0, zorder=0)
    if row.key not in ("full", "above", "below"):
        return
    old, new = (value if isinstance(value, tuple) else (value,) for value in (row.old, row.new))
    name = "full" if row.key == "full" else row.name
    for before, after in zip(old, new, strict=True):
        width = 1.0 if row.key == "full" else 2.0
        axes.axvline(after, color=_INK, linewidth=width, zorder=1)
        _name(axes, after, f"{name} {after:g}")
        if before != after:
            axes.axvline(before, color=_OLD, linewidth=width, linestyle=(0, (4, 3)), zorder=1)
            _name(axes, before, f"{name} was {before:g}")


def _name(axes: Any, at: float, text: str) -> None:
    axes.annotate(
        text, (at, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
        rotation=35, fontsize=8.5, ha="left", va="bottom", color=_INK,
    )  # fmt: skip
