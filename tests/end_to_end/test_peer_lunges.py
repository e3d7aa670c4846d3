"""The chapter on lunges that somebody else labelled: what it is counted from, and that the page has it as it is."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.accuracy import chapter_of_lunges
from docs.peer_lunges import (
    FAULT,
    LAYOUT,
    PAGE,
    STRETCH,
    LabelledRow,
    agreement,
    figures,
    found_limit,
    labelled_rows,
    right_runs,
)
from formcheck.core.values import JOINTS, Landmarks
from formcheck.testing import standing
from formcheck.tuning.evaluation.counts import Agreement
from formcheck.tuning.labels import CORRECT
from tests.support.clips import REPO
from tests.support.specs import SHIPPED

SPEC = next(spec for spec in SHIPPED if spec.name == STRETCH)


def row(label: str, value: float | None) -> LabelledRow:
    return LabelledRow(label=label, value=value, over_toes=25.0)


def table(path: Path, bodies: list[tuple[str, Landmarks]]) -> Path:
    """A table as theirs is: a label, then shares of a picture of 16:9, y down."""
    joints = [joint for joint in JOINTS if not joint.endswith(("ear", "elbow", "wrist"))]
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["label", *(LAYOUT.columns[f"{joint}_{part}"] for joint in joints for part in ("x", "y", "visibility"))])
        for label, body in bodies:
            points = [body.points[joint] for joint in joints]
            out.writerow([label, *(cell for at in points for cell in (at.x * 9 / 16, 1 - at.y, at.visibility))])
    return path


def test_a_table_of_theirs_gives_labels_and_the_measure(tmp_path: Path) -> None:
    shins = [("C", 4.0), ("L", 27.0), ("C", -6.0)]
    rows = labelled_rows(table(tmp_path / "t.csv", [(label, standing(shin=shin)) for label, shin in shins]), SPEC)
    assert [row.label for row in rows] == [CORRECT, FAULT, CORRECT]
    assert [row.value for row in rows] == pytest.approx([shin for _, shin in shins], abs=0.5)
    assert len({round(row.over_toes or 0) for row in rows}) == 1, "a foot is as long whatever the shin does"


@given(st.lists(st.floats(-5, 10), min_size=10, max_size=30), st.lists(st.floats(30, 40), min_size=10, max_size=30))
def test_the_limit_found_lies_between_what_is_far_apart(good: list[float], bad: list[float]) -> None:
    rows = [*(row(CORRECT, value) for value in good), *(row(FAULT, value) for value in bad)]
    for intervals in ([[one] for one in rows], [rows[: len(good) // 2], rows[len(good) // 2 : len(good)], rows[len(good) :]]):
        limit, _ = found_limit(intervals, SPEC)
        assert max(good) < limit < min(bad)
        counts = agreement(rows, limit)
        assert (counts.both, counts.neither, counts.seconds) == (len(good), len(bad), len(rows))


def test_rows_are_counted_by_what_is_told_and_what_is_true() -> None:
    rows = [row(CORRECT, 20.0), row(CORRECT, 20.1), row(FAULT, 19.9), row(FAULT, 30.0), row(FAULT, None)]
    assert agreement(rows, 20.0) == Agreement(both=1, only_true=1, only_told=1, neither=1)


def test_a_run_is_right_where_most_of_its_rows_are() -> None:
    rows = [row(CORRECT, 5.0), row(CORRECT, 30.0), row(FAULT, 30.0), row(FAULT, 30.0), row(FAULT, 5.0), row(CORRECT, 5.0)]
    assert right_runs(rows, 20.0) == 2


def test_the_page_has_the_chapter_and_the_chapter_the_shipped_limit() -> None:
    written = json.loads(PAGE.read_text(encoding="utf-8"))
    assert written["shipped"]["limit"] == SPEC.fault(FAULT).value, "run docs/peer_lunges.py again"
    assert "\n".join(chapter_of_lunges(written)) in (REPO / "docs" / "accuracy.md").read_text(encoding="utf-8")
    rows = [row(CORRECT, 5.0), row(CORRECT, 6.0), row(FAULT, 35.0)]
    assert figures(rows, rows, SPEC).keys() == written.keys()
