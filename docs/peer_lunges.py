"""Writes docs/peer_lunges.json: how a fault's limit, found by the fitting of `formcheck tune`, agrees with labels of other people.

    python docs/peer_lunges.py TRAIN.csv TEST.csv

The tables are in the public repository NgoQuocBao1010/Exercise-Correction (MIT), folder core/lunge_model, and not in this one:

    git show d885277a000cd720ff4cadb3be1dd823ba1c615b:core/lunge_model/err.train2.csv > TRAIN.csv
    git show 202a0a8:core/lunge_model/err.test.csv > TEST.csv

A row has the landmarks that MediaPipe saw in one picture of a film of lunges, as shares of a picture taken to be 16:9, and what a
person called it while looking on: `C` (correct) or `L` (knee over toe). Their whole table for training, err.train.csv, has 17,907 rows
and 4 MB or more; what is named above is an early state of a part of it. `docs/accuracy.py` makes a chapter of what is written.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import asin, degrees, hypot
from pathlib import Path
from typing import Any

import numpy as np

from formcheck import LandmarkLayout, StretchSpec, analyze, load_stretch, read_landmarks
from formcheck.core.values import JOINTS, Moment, Side
from formcheck.tuning.evaluation.counts import Agreement, plain
from formcheck.tuning.fitting.evidence import EvidenceSpan
from formcheck.tuning.fitting.limits import fit_limit, gap_of
from formcheck.tuning.labels import CORRECT

PAGE = Path(__file__).resolve().with_suffix(".json")

STRETCH, FAULT = "standing_psoas", "front_knee_past_toes"
LABELS = {"C": CORRECT, "L": FAULT}

LAYOUT = LandmarkLayout(
    columns={
        f"{joint}_{part}": f"{joint.replace('_toe', '_foot_index')}_{theirs}"
        for joint in JOINTS
        for part, theirs in (("x", "x"), ("y", "y"), ("visibility", "v"))
    },
    scale=(16 / 9, 1.0),
    origin="upper_left",
    fps=30.0,
)

THEIRS = Agreement(both=545, only_true=1, only_told=30, neither=531)
"""Their best classifier, a logistic regression of all 52 columns, on the same test table: the first line of err.evaluation.csv."""

PERCENTILES = (5, 25, 50, 75, 95)
"""Those of degrees that are written."""

LIMITS = range(14, 33, 2)
"""Limits (degrees) whose agreement with the test rows is written, beside the one that was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRow:
    """One row: its label (`correct` or the fault) and what was measured in it, in degrees, `None` where a joint is hidden.

    At `over_toes` the knee would stand over the tip of the toes.
    """

    label: str
    value: float | None
    over_toes: float | None


def labelled_rows(path: Path, spec: StretchSpec) -> list[LabelledRow]:
    """Return the rows of a table, each measured by itself: one picture, nothing before it."""
    with path.open(encoding="utf-8", newline="") as file:
        labels = [LABELS[row["label"]] for row in csv.DictReader(file)]
    measure = spec.fault(FAULT).measure
    rows = []
    for label, (_, people) in zip(labels, read_landmarks(path, layout=LAYOUT).frames(), strict=True):
        moment = next(iter(analyze([(0.0, people)], spec)))
        value = moment.assessment.measurements.get(measure)
        rows.append(LabelledRow(label=label, value=value, over_toes=_over_toes(moment)))
    return rows


def _over_toes(moment: Moment) -> float | None:
    view, person = moment.view, moment.landmarks
    if view is None or person is None:
        return None
    front = max(Side, key=lambda side: view.facing * person.points[f"{side}_ankle"].x)
    knee, ankle, toe = (person.points[f"{front}_{joint}"] for joint in ("knee", "ankle", "toe"))
    return degrees(asin(min(1.0, abs(toe.x - ankle.x) / hypot(knee.x - ankle.x, knee.y - ankle.y))))


def runs(rows: Sequence[LabelledRow]) -> list[list[LabelledRow]]:
    """Return the rows that follow each other with one label: one film, often one movement."""
    return [list(some) for _, some in groupby(rows, lambda row: row.label)]


def found_limit(intervals: Sequence[Sequence[LabelledRow]], spec: StretchSpec) -> tuple[float, str]:
    """Return the limit that tuning finds in intervals of one label each, and the evidence in words."""
    fault = spec.fault(FAULT)
    spans = []
    for number, interval in enumerate(intervals):
        values = np.array([row.value for row in interval if row.value is not None])
        if len(values):
            label, named = interval[0].label, {fault.measure: values}
            spans.append(
                EvidenceSpan(clip=f"{number}", person="", where=0, label=label, tolerances={fault.measure: 0.0}, values=named)
            )
    good, bad = ([span for span in spans if span.label == label] for label in (CORRECT, FAULT))
    return fit_limit(fault, good, bad, gap=gap_of(fault), lying=False)


def agreement(rows: Sequence[LabelledRow], limit: float) -> Agreement:
    """Return how a limit agrees with the labels, in rows instead of seconds; rows in which the measure is unseen are left out."""
    cells = Counter((_judged(row, limit), row.label == CORRECT) for row in rows)
    return Agreement(
        both=cells[True, True], only_told=cells[True, False], only_true=cells[False, True], neither=cells[False, False]
    )


def _judged(row: LabelledRow, limit: float) -> bool | None:
    return None if row.value is None else row.value <= limit


def right_runs(rows: Sequence[LabelledRow], limit: float) -> int:
    """Return in how many runs most rows are judged as they are labelled."""
    return sum(2 * sum(_judged(row, limit) is (row.label == CORRECT) for row in run) > len(run) for run in runs(rows))


def figures(train: Sequence[LabelledRow], test: Sequence[LabelledRow], spec: StretchSpec) -> dict[str, Any]:
    """Return all that the chapter tells."""
    fault = spec.fault(FAULT)

    def judged_by(limit: float) -> dict[str, Any]:
        return {"limit": limit, **plain(agreement(test, limit)), "right_runs": right_runs(test, limit)}

    halves = [at / 2 for at in range(2 * LIMITS.start, 2 * LIMITS.stop)]
    return {
        "stretch": spec.name,
        "fault": fault.name,
        "measure": fault.measure,
        "train": _counted(train),
        "test": _counted(test),
        "train_degrees": _by_label(train),
        "degrees": _by_label(test),
        "over_toes": _percentiles(row.over_toes for row in test),
        "past_toes": {label: _past_toes([row for row in test if row.label == label]) for label in LABELS.values()},
        "found_by_run": judged_by(found_limit(runs(train), spec)[0]),
        "found_by_row": judged_by(found_limit([[row] for row in train], spec)[0]),
        "best": judged_by(max(halves, key=lambda at: _agreed(agreement(test, at)))),
        "shipped": judged_by(fault.value),
        "theirs": plain(THEIRS),
        "by_limit": {str(at): plain(agreement(test, at)) for at in LIMITS},
    }


def _counted(rows: Sequence[LabelledRow]) -> dict[str, int]:
    return {
        "rows": len(rows),
        "correct": sum(row.label == CORRECT for row in rows),
        "fault": sum(row.label == FAULT for row in rows),
        "unseen": sum(row.value is None for row in rows),
        "runs": len(runs(rows)),
    }


def _by_label(rows: Sequence[LabelledRow]) -> dict[str, list[float]]:
    return {label: _percentiles(row.value for row in rows if row.label == label) for label in LABELS.values()}


def _agreed(counts: Agreement) -> float:
    return (counts.both + counts.neither) / counts.seconds


def _percentiles(values: Iterable[float | None]) -> list[float]:
    return [round(float(at), 1) for at in np.percentile([value for value in values if value is not None], PERCENTILES)]


def _past_toes(rows: Sequence[LabelledRow]) -> float:
    """Return the share of rows in which the knee is beyond the tip of the toes, of those that show it."""
    known = [(row.value, row.over_toes) for row in rows if row.value is not None and row.over_toes is not None]
    return round(sum(value > over_toes for value, over_toes in known) / len(known), 4)


def main() -> None:
    """Read the two tables named on the command line and write the figures."""
    spec = load_stretch(STRETCH)
    train, test = (labelled_rows(Path(name), spec) for name in sys.argv[1:3])
    PAGE.write_text(json.dumps(figures(train, test, spec), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
