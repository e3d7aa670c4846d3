"""Counts that add up, and comparisons whose answer is known."""

from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.scoring.document import ClipEntry, Document, EngineEntry, FaultEntry, HoldEntry, SideEntry
from formcheck.core.errors import SourceError
from formcheck.core.values import Assessment, Moment, Side, Status, Verdict
from formcheck.stretches.files import find_stretch
from formcheck.tuning.evaluation.compare import compare, true_holds, yaw_band
from formcheck.tuning.evaluation.counts import Agreement, ErrorSums, EvaluationCounts
from formcheck.tuning.evaluation.motion import evaluate_motion
from formcheck.tuning.evaluation.photos import evaluate_photos
from formcheck.tuning.labels import CameraPlacement, LabelInterval, Labels
from formcheck.vision.engines import EngineModel

SPEC = find_stretch("kneeling_hip_flexor")
FPS = 10
NO_MODEL = EngineModel(engine="none", factory="none:none", file=None)
Spans = Sequence[tuple[float, float, str]]


def labels(*spans: tuple[float, float, str], pose: str = SPEC.name, yaw: float = 0.0) -> Labels:
    return Labels(
        format=1,
        pose=pose,
        person="a",
        stretched_side=Side.LEFT,
        source="rendered",
        camera=CameraPlacement(yaw_deg=yaw),
        intervals=tuple(LabelInterval(start_s=s, end_s=e, label=label) for s, e, label in spans),
    )


def told(
    length_s: float,
    correct: Spans = (),
    faults: Spans = (),
    pose: str | None = SPEC.name,
    unseen: Spans = (),
    hip: float = 20.0,
) -> tuple[Document, list[Moment]]:
    holds = [HoldEntry(side=Side.LEFT, start_s=s, end_s=e, held_s=e - s, score=90) for s, e, _ in correct]
    moments = []
    for i in range(round(length_s * FPS)):
        time_s = i / FPS
        status = Status.CORRECT if any(s <= time_s < e for s, e, _ in correct) else Status.ADJUST
        if any(s <= time_s < e for s, e, _ in unseen):
            status = Status.UNSEEN
        shown = pose or SPEC.name
        now = Assessment(pose=shown, status=status, measurements={"rear_hip_extension": hip})
        moments.append(
            Moment(
                time_s=time_s,
                landmarks=None,
                view=None,
                assessment=now,
                hold=None,
                held_s=0,
                goal_s=30,
                cue=None,
                recognised=True,
            )
        )
    side = SideEntry(held_s=1, longest_s=1, goal_s=30, complete=False, score=90, verdict=Verdict.CORRECT)
    document = Document(
        formcheck_version="0",
        clip=ClipEntry(path="x", duration_s=length_s, fps=FPS, width=4, height=3),
        engine=EngineEntry(name="e", version="0", model="m"),
        pose=pose,
        verdict=Verdict.NONE,
        borderline=[],
        nearest=None,
        score=None,
        band=None,
        causes=[],
        seen_s=length_s,
        in_form_s=0,
        holds=holds,
        sides={Side.LEFT: side} if pose else {},
        faults=[FaultEntry(name=n, side=Side.LEFT, start_s=s, end_s=e, cue="c") for s, e, n in faults],
        unseen=[],
    )
    return document, moments


TRUE = labels((0, 3, "other"), (3, 10, "correct"), (10.2, 14, "leaning_forward"), (14.2, 20, "correct"))
HOLDS = ((3.0, 10.0, ""), (14.2, 20.0, ""))


class TestErrors:
    @given(st.lists(st.floats(-50, 50), min_size=1), st.lists(st.floats(-50, 50)))
    def test_they_add_up_like_one_list(self, first: list[float], second: list[float]) -> None:
        apart, together, other = ErrorSums(), ErrorSums(), ErrorSums()
        for error in first:
            apart.add(error)
            together.add(error)
        for error in second:
            other.add(error)
            together.add(error)
        apart += other
        assert apart.count == together.count
        assert apart.bins == together.bins
        assert apart.bias == pytest.approx(together.bias)

    def test_the_percentile_is_that_of_the_list(self) -> None:
        errors = ErrorSums()
        values = [i / 100 for i in range(1, 201)]
        for value in values:
            errors.add(-value)
        assert errors.percentile(0.95) == pytest.approx(quantiles(values, n=20, method="inclusive")[-1], abs=0.02)
        assert errors.share_within(1.0) == 0.5
        assert errors.bias == pytest.approx(-1.005)

    def test_nothing_gives_nothing(self) -> None:
        assert ErrorSums().bias is ErrorSums().percentile(0.95) is ErrorSums().share_within(1) is None


def test_kappa_of_a_textbook_table() -> None:
    agreement = Agreement(both=20, only_told=5, only_true=10, neither=15)
    assert agreement.kappa == pytest.approx(0.4)
    assert agreement.balanced_accuracy == pytest.approx((20 / 30 + 15 / 20) / 2)


def test_a_perfect_answer_has_no_error() -> None:
    truth = [(i / FPS, {"rear_hip_extension": 20.0}) for i in range(200)]
    counts = compare(*told(20, HOLDS, [(10.0, 14.1, "leaning_forward")]), TRUE, truth, SPEC)
    assert (counts.pose_right, counts.side_right) == (1, 1)
    assert (counts.holds.labelled, counts.holds.missed, counts.holds.split, counts.holds.invented) == (2, 0, 0, 0)
    assert counts.holds.onset.mean_absolute == counts.holds.held.mean_absolute == 0
    assert counts.holds.false_s == 0
    assert counts.holds.missed_s == pytest.approx(0)
    assert counts.faults["leaning_forward"].recall == counts.faults["leaning_forward"].precision == 1
    assert counts.agreement.kappa == 1
    assert counts.measures["rear_hip_extension", "0..15"].mean_absolute == 0


def test_late_holds_are_late_by_so_much() -> None:
    counts = compare(*told(20, [(3.4, 9.9, ""), (14.3, 20, "")]), TRUE, [], SPEC)
    assert counts.holds.onset.bias == pytest.approx((0.4 + 0.1) / 2)
    assert counts.holds.offset.bias == pytest.approx(-0.05)
    assert counts.holds.missed_s == pytest.approx(0.4 + 0.1 + 0.1)
    assert counts.faults["leaning_forward"].missed == 1


def test_time_held_during_a_fault_is_false_and_ambiguous_time_is_not() -> None:
    counts = compare(*told(20, [(3, 11.2, ""), (14.2, 20, "")]), TRUE, [], SPEC)
    assert counts.holds.false_s == pytest.approx(1.0)


def test_a_hold_where_none_is_labelled_is_invented() -> None:
    counts = compare(*told(6, [(1, 3, "")]), labels((0, 6, "other"), pose="none"), [], None)
    assert counts.holds.invented == 1
    assert counts.holds.false_s == pytest.approx(2)
    assert counts.pose_right == 0
    assert counts.agreement.only_told == 2


def test_the_wrong_stretch_misses_every_hold() -> None:
    counts = compare(*told(20, HOLDS, pose="standing_psoas"), TRUE, [], SPEC)
    assert counts.holds.missed == 2
    assert counts.holds.missed_s == pytest.approx(12.8)
    assert counts.agreement.both == 0


def test_one_labelled_hold_in_two_pieces_is_split() -> None:
    counts = compare(*told(10, [(0, 4, ""), (6, 10, "")]), labels((0, 10, "correct")), [], SPEC)
    assert counts.holds.split == 1
    assert counts.holds.held.bias == pytest.approx(-2)


def test_a_wobble_does_not_part_a_labelled_hold() -> None:
    wobbling = labels((0, 4, "correct"), (4, 4.4, "leaning_forward"), (4.4, 9, "correct"))
    (hold,) = true_holds(wobbling)
    assert (hold.side, hold.start_s, hold.end_s) == (Side.LEFT, 0, 9)
    assert hold.held_s == pytest.approx(8.6)


def test_a_fault_without_label_is_false_unless_the_angles_show_it() -> None:
    reported = told(10, faults=[(2, 6, "leaning_forward")])
    plain = labels((0, 10, "hips_not_forward"))
    upright = [(i / FPS, {"trunk_inclination": 2.0}) for i in range(100)]
    leaning = [(i / FPS, {"trunk_inclination": 25.0}) for i in range(100)]
    assert compare(*reported, plain, upright, SPEC).faults["leaning_forward"].false == 1
    assert "leaning_forward" not in compare(*reported, plain, leaning, SPEC).faults


def test_unseen_is_counted_apart() -> None:
    counts = compare(*told(10, unseen=[(4, 10, "")]), labels((0, 5, "other"), (5, 10, "unseen")), [], SPEC)
    assert counts.sight.unseen_s == pytest.approx(5)
    assert counts.sight.told_s == pytest.approx(5)
    assert counts.sight.denied_s == pytest.approx(1)
    assert counts.agreement.seconds == 5


@given(st.lists(st.sampled_from(["a", "b"]), max_size=4))
def test_counts_add_up_in_any_order(order: list[str]) -> None:
    parts = {
        "a": lambda: compare(*told(20, HOLDS), TRUE, [], SPEC),
        "b": lambda: compare(*told(6, [(1, 3, "")]), labels((0, 6, "other"), pose="none"), [], None),
    }
    forward, backward = EvaluationCounts(), EvaluationCounts()
    for name in order:
        forward += parts[name]()
    for name in reversed(order):
        backward += parts[name]()
    assert forward.clips == len(order)
    assert forward.agreement == backward.agreement
    assert forward.holds.false_s == pytest.approx(backward.holds.false_s)
    assert forward.faults.keys() == backward.faults.keys()


@pytest.mark.parametrize(("yaw", "band"), [(0, "0..15"), (-15, "0..15"), (20, "15..30"), (-45, "30..45"), (60, "over 45")])
def test_bands_of_yaw(yaw: float, band: str) -> None:
    assert yaw_band(yaw) == band


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "has no column file, form, stretch, stretched_side"),
        (b"file,stretch,stretched_side,form\n", "needs a row for every photograph"),
        (b"file,stretch,stretched_side,form\na.jpg,none\n", "line 2 has 2 cells"),
        (b"file,stretch,stretched_side,form\n\xff,none,,none\n", "byte 34 belongs to no character"),
        ("file,stretch\n".encode("utf-16"), "it is written in UTF-16"),
    ],
)
def test_a_faulty_table_of_photographs_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    table = tmp_path / "photos.csv"
    table.write_bytes(content)
    with pytest.raises(SourceError, match=rf"photos\.csv: .*{told}"):
        evaluate_photos(table, NO_MODEL)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"inDegrees=yes\nendheader\ntime a\n0.0 b\n", b"inDegrees=yes\nendheader\ntime a\n0.0\n", b"nothing"],
)
def test_a_faulty_motion_file_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "motion.mot").write_bytes(content)
    (tmp_path / "clip.mp4").touch()
    with pytest.raises(SourceError, match=r"motion\.mot: "):
        evaluate_motion(tmp_path, NO_MODEL)
