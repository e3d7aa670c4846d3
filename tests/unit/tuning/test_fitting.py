"""Fitting ranges: what evidence moves, what it leaves alone, and what it may never loosen."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.values import Assessment, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import check_text
from formcheck.system.shipped import poses_folder
from formcheck.tuning.edit_pose_file import edit_pose_file
from formcheck.tuning.evaluation.counts import Agreement, EvaluationCounts, FaultCounts, HoldErrors
from formcheck.tuning.fitting.comparison import judge
from formcheck.tuning.fitting.error_model import found_error, sigma
from formcheck.tuning.fitting.evidence import EvidenceSpan, gather
from formcheck.tuning.fitting.proposal import LimitChange, Proposal, TuningConstraints, propose
from formcheck.tuning.labels import CORRECT, Labels
from tests.support.evidence import middle, span
from tests.support.laws import between, law, seeds, slow_law
from tests.support.specs import KNEELING, SHIPPED, SUPINE, small, target

ANY = TuningConstraints()


def proposed(
    spec: StretchSpec, spans: Sequence[EvidenceSpan], wishes: TuningConstraints = ANY, shipped: StretchSpec | None = None
) -> Proposal:
    return propose(spec, shipped or spec, spans, wishes)


def row(proposal: Proposal, name: str, key: str) -> LimitChange:
    (found,) = [row for row in proposal.rows if (row.name, row.key) == (name, key)]
    return found


def leaning(correct: Sequence[float], faulty: Sequence[float], **more: Any) -> list[EvidenceSpan]:
    """Intervals of the small stretch with these inclinations of the trunk."""
    good = [span(CORRECT, {"trunk_inclination": v, "neck_relative": 5}, clip=i, **more) for i, v in enumerate(correct)]
    bad = [span("leaning", {"trunk_inclination": v, "neck_relative": 5}, clip=10 + i, **more) for i, v in enumerate(faulty)]
    return good + bad


class TestLimits:
    def test_evidence_that_agrees_moves_nothing(self) -> None:
        for spec in SHIPPED:
            good = [span(CORRECT, middle(spec), clip=i) for i in range(4)]
            bad = [
                span(fault.name, middle(spec) | {fault.measure: fault.value + 12 * fault.sign}, clip=10 + i)
                for i, fault in enumerate(spec.faults)
            ]
            assert proposed(spec, good + bad).changes == ()

    def test_a_limit_that_misses_its_fault_moves_between_the_two(self) -> None:
        spec = small(faults=[fault_above(40)])
        found = row(proposed(spec, leaning([2, 4, 5, 3], [24, 26, 30])), "leaning", "above")
        assert 5 + 4 < float(str(found.new)) < 24
        assert found.why == "3 of 3 faults beyond, 0 of 4 correct clips"

    def test_a_limit_that_catches_correct_form_moves_out(self) -> None:
        spec = small(faults=[fault_above(3)], targets=[wide("trunk_inclination"), wide("neck_relative")])
        found = row(
            proposed(spec, leaning([8, 9, 7, 8], [24, 26, 30]), TuningConstraints(allow_looser=True)), "leaning", "above"
        )
        assert 9 < float(str(found.new)) < 24

    def test_without_a_clip_of_the_fault_correct_form_alone_may_move_it(self) -> None:
        spec = small(faults=[fault_above(3)], targets=[wide("trunk_inclination"), wide("neck_relative")])
        assert row(proposed(spec, leaning([8, 9], []), TuningConstraints(allow_looser=True)), "leaning", "above").changed
        kept = row(proposed(small(), leaning([-3, -4], [])), "leaning", "above")
        assert not kept.changed
        assert "no clip shows this fault" in kept.why

    def test_what_reads_alike_is_left_alone(self) -> None:
        spec = small(faults=[fault_above(40)])
        found = row(proposed(spec, leaning([2, 20, 5, 25, 12, 14], [3, 22, 6, 24, 13, 11])), "leaning", "above")
        assert not found.changed
        assert "read alike" in found.why

    def test_one_clip_is_too_little(self) -> None:
        found = proposed(small(faults=[fault_above(40)]), leaning([2], [24, 26]))
        assert found.changes == ()
        assert "too little evidence, correct form in 1 of at least 2 clips" in row(found, "leaning", "above").why

    def test_what_moves_a_limit_out_is_taken_off(self) -> None:
        spec = small(faults=[fault_above(40)])
        plain, turned = (
            float(str(row(proposed(spec, leaning([2, 4, 5], [24, 26], tolerance=t)), "leaning", "above").new)) for t in (0, 6)
        )
        assert turned == plain - 6

    def test_a_fault_clears_inside_its_limit_where_correct_form_is(self) -> None:
        spec = small(faults=[fault_above(40) | {"clear": 20}])
        fault = proposed(spec, leaning([2, 4, 5, 3], [24, 26, 30])).spec.fault("leaning")
        assert fault.above is not None
        assert 5 < fault.clear <= fault.above - 2

    def test_a_second_witness_is_fitted_too(self) -> None:
        witness = [{"measure": "neck_relative", "above": 40}]
        spec = small(faults=[fault_above(15) | {"also": witness}])
        spans = [span(CORRECT, {"trunk_inclination": 0, "neck_relative": 5}, clip=i) for i in range(3)]
        spans += [span("leaning", {"trunk_inclination": 25, "neck_relative": 35}, clip=5 + i) for i in range(3)]
        assert row(proposed(spec, spans), "leaning", "also[0].above").changed


class TestRanges:
    def test_a_range_grows_to_hold_correct_form(self) -> None:
        spec = small(faults=[])
        found = proposed(spec, leaning([14, 15, 16], []), TuningConstraints(allow_looser=True)).spec.targets[0]
        low, high = found.full
        assert low == 0
        assert 16 < high <= 16 + sigma("trunk_inclination", lying=False)
        assert found.zero[1] >= high + 2 * sigma("trunk_inclination", lying=False)

    def test_it_ends_before_a_fault_that_stops_the_clock(self) -> None:
        spec = small(targets=[wide("trunk_inclination"), wide("neck_relative")])
        found = proposed(spec, leaning([2, 3, 4], [20, 25]))
        limit = found.spec.fault("leaning").above
        assert limit is not None
        assert found.spec.targets[0].full[1] <= limit
        assert not row(found, "neck_relative", "full").changed

    @pytest.mark.parametrize(("fault", "correct", "faulty"), [("arching_back", 40, 0), ("leaning_forward", -40, 0)])
    def test_it_stays_where_all_of_it_would_be_a_fault(self, fault: str, correct: float, faulty: float) -> None:
        """A range that guards the back does not follow labels, and a limit that does would take in all of it."""
        forms = [(CORRECT, correct), (fault, faulty)]
        found = proposed(
            KNEELING,
            [
                span(label, middle(KNEELING) | {"trunk_inclination": value}, clip=4 * place + i)
                for place, (label, value) in enumerate(forms)
                for i in range(4)
            ],
        )
        assert not [change for change in found.changes if change.measure == "trunk_inclination"]
        assert "correct form as labelled lies beyond the limits" in row(found, "trunk_inclination", "full").why
        text = edit_pose_file((poses_folder() / f"{KNEELING.name}.toml").read_text(encoding="utf-8"), found.changes)
        assert check_text(text, name=KNEELING.name) == found.spec

    def test_the_evidence_is_told(self) -> None:
        found = proposed(small(), leaning([2, 3, 4], [20, 25]))
        assert row(found, "trunk_inclination", "full").why == "3 of 3 correct clips, 0 of 2 faults inside"
        assert row(found, "neck_relative", "full").why == "3 of 3 correct clips inside"


class TestWishes:
    SPANS = leaning([2, 4, 5, 3], [24, 26, 30])

    def test_kept_measures_stay(self) -> None:
        spec = small(faults=[fault_above(40)], targets=[target("trunk_inclination"), wide("neck_relative")])
        kept = proposed(spec, self.SPANS, TuningConstraints(keep=frozenset({"trunk_inclination"})))
        assert kept.changes == ()
        assert "as asked for" in row(kept, "leaning", "above").why

    def test_only_the_named_move(self) -> None:
        spec = small(faults=[fault_above(40)], targets=[target("trunk_inclination"), wide("neck_relative")])
        assert proposed(spec, self.SPANS, TuningConstraints(only=frozenset({"neck_relative"}))).changes == ()
        assert proposed(spec, self.SPANS, TuningConstraints(only=frozenset({"trunk_inclination"}))).changes

    def test_a_guard_is_loosened_only_when_that_is_allowed(self) -> None:
        spec = small(targets=[wide("trunk_inclination"), wide("neck_relative")])
        spans = leaning([24, 25, 26], [48, 50])
        held = row(proposed(spec, spans), "leaning", "above")
        assert held.new == held.old
        assert "a limit on the back is not loosened" in held.why
        loose = row(proposed(spec, spans, TuningConstraints(allow_looser=True)), "leaning", "above")
        assert float(str(loose.new)) > 26


@st.composite
def evidence(draw: st.DrawFn) -> tuple[StretchSpec, list[EvidenceSpan]]:
    """Any readings under any labels, of any number of people."""
    spec = draw(st.sampled_from(SHIPPED))
    labels = [CORRECT, *(fault.name for fault in spec.faults)]
    spans = []
    for i in range(draw(st.integers(0, 12))):
        values = {name: draw(between(-90, 150)) for name in middle(spec)}
        spans.append(span(draw(st.sampled_from(labels)), values, clip=i, person=f"k{i % 3}", tolerance=draw(between(0, 10))))
    return spec, spans


@law
@given(evidence())
def test_no_evidence_whatever_loosens_a_guard_or_makes_a_file_that_is_not_valid(
    made: tuple[StretchSpec, list[EvidenceSpan]],
) -> None:
    spec, spans = made
    found = proposed(spec, spans)
    assert StretchSpec.model_validate(found.spec.model_dump()) == found.spec
    for old, new in zip(spec.faults, found.spec.faults, strict=True):
        if old.guards_the_back:
            assert old.sign * (new.value - old.value) <= 0
    for was, now in zip(spec.targets, found.spec.targets, strict=True):
        if was.measure.startswith("trunk"):
            assert was.full[0] <= now.full[0]
            assert now.full[1] <= was.full[1]
        else:
            assert now.full[1] - now.full[0] >= min(was.full[1] - was.full[0], 2 * found_error(was.measure, lying=False) - 1)


@law
@given(evidence())
def test_what_is_written_says_what_was_proposed_and_nothing_else_changes(made: tuple[StretchSpec, list[EvidenceSpan]]) -> None:
    spec, spans = made
    found = proposed(spec, spans)
    before = (poses_folder() / f"{spec.name}.toml").read_text(encoding="utf-8")
    after = edit_pose_file(before, found.changes)
    assert check_text(after, name=spec.name) == found.spec
    lines = list(zip(before.splitlines(), after.splitlines(), strict=True))
    changed = [(old, new) for old, new in lines if old != new]
    assert all(old.partition("=")[0] == new.partition("=")[0] for old, new in changed)
    assert {old.partition(" ")[0] for old, _ in changed} <= {"full", "zero", "above", "below", "clear"}
    assert bool(changed) == bool(found.changes)


def test_windows_line_ends_and_comments_stay() -> None:
    text = '# mine\r\n[[targets]]\r\nmeasure = "trunk_inclination" # why\r\nfull = [ 0,  10 ] # here\r\nzero = [-10, 30]\r\n'
    change = LimitChange(
        table="targets", name="trunk_inclination", measure="trunk_inclination", key="full", old=(0, 10), new=(0, 12.5), why=""
    )
    assert edit_pose_file(text, [change]) == text.replace("10 ] # here", "12.5 ] # here")


class TestGathering:
    LABELS = Labels.model_validate(
        {
            "format": 1,
            "pose": "small",
            "person": "k1",
            "stretched_side": "left",
            "source": "recorded",
            "intervals": [
                {"start_s": 0.0, "end_s": 2.0, "label": "correct"},
                {"start_s": 2.0, "end_s": 2.5, "label": "leaning"},
                {"start_s": 3.0, "end_s": 5.0, "label": "leaning"},
                {"start_s": 5.0, "end_s": 7.0, "label": "unseen"},
            ],
        }
    )

    def told(self, time_s: float) -> Assessment:
        hidden = 3.0 <= time_s < 5.0
        return Assessment(
            pose="small",
            status=Status.ADJUST,
            side=Side.LEFT,
            measurements={"trunk_inclination": 100.0 * time_s, "neck_relative": None if hidden else 1.0},
            tolerances={"trunk_inclination": 2.0} if hidden else {"trunk_inclination": 2.0, "neck_relative": 3.0},
        )

    def test_the_ends_of_an_interval_and_short_ones_are_left_out(self) -> None:
        spans = gather("a.mp4", self.LABELS, [(t / 10, self.told(t / 10)) for t in range(70)])
        assert [(one.label, one.where) for one in spans] == [("correct", 0), ("leaning", 2)]
        assert spans[0].values["trunk_inclination"].min() >= 20
        assert spans[0].values["trunk_inclination"].max() < 180
        assert spans[0].tolerances == {"trunk_inclination": 2.0, "neck_relative": 3.0}
        assert spans[1].tolerances == {"trunk_inclination": 2.0}

    def test_what_was_hidden_is_no_evidence(self) -> None:
        spans = gather("a.mp4", self.LABELS, [(t / 10, self.told(t / 10)) for t in range(70)])
        assert "neck_relative" in spans[0].values
        assert spans[1].median("neck_relative") is None


class TestJudging:
    def counts(self, *, wrong: int, missed: int = 0) -> EvaluationCounts:
        return EvaluationCounts(
            clips=1,
            clip_s=20,
            holds=HoldErrors(labelled=1, false_s=wrong),
            faults={"leaning": FaultCounts(hit=2 - missed, missed=missed)},
            agreement=Agreement(both=10 - wrong // 2, only_told=wrong, neither=10, only_true=wrong // 2),
        )

    def test_the_same_is_not_better(self) -> None:
        same = {f"k{i}": [self.counts(wrong=i)] for i in range(5)}
        assert not judge(same, same).better

    def test_what_is_better_for_everybody_is(self) -> None:
        bad, good = ({f"k{i}": [self.counts(wrong=w)] for i in range(5)} for w in (6, 0))
        found = judge(bad, good)
        assert found.better
        assert found.before.kappa.value is not None
        assert found.after.kappa.value == pytest.approx(1.0)
        assert found.before.false_hold.value == pytest.approx(18.0)
        worse = judge(good, bad)
        assert not worse.better
        assert "worse on clips" in worse.why

    def test_labels_that_are_not_foretold_prove_nothing(self) -> None:
        before, after = (
            {
                f"k{i}": [
                    EvaluationCounts(
                        clips=1,
                        clip_s=20,
                        holds=HoldErrors(false_s=false),
                        agreement=Agreement(both=5, only_told=5, only_true=5, neither=5),
                    )
                ]
                for i in range(5)
            }
            for false in (6, 0)
        )
        found = judge(before, after)
        assert not found.better
        assert "do not foretell" in found.why

    def test_better_for_one_and_worse_for_another_is_not_sure(self) -> None:
        before = {"k1": [self.counts(wrong=6)], "k2": [self.counts(wrong=0)]}
        after = {"k1": [self.counts(wrong=0)], "k2": [self.counts(wrong=6)]}
        assert not judge(before, after).better

    def test_more_correct_seconds_bought_with_missed_faults_are_not_better(self) -> None:
        before = {f"k{i}": [self.counts(wrong=4)] for i in range(5)}
        after = {f"k{i}": [self.counts(wrong=0, missed=2)] for i in range(5)}
        assert not judge(before, after).better

    @slow_law
    @given(seeds)
    def test_the_interval_holds_the_figure(self, seed: int) -> None:
        draw = np.random.default_rng(seed)
        some = {f"k{i}": [self.counts(wrong=int(draw.integers(0, 8)))] for i in range(6)}
        kappa = judge(some, some).before.kappa
        assert kappa.low is not None
        assert kappa.value is not None
        assert kappa.high is not None
        assert kappa.low - 1e-9 <= kappa.value <= kappa.high + 1e-9


def test_lying_people_are_measured_worse() -> None:
    for spec in (KNEELING, SUPINE):
        for name in spec.measures:
            assert sigma(name, lying=True) > sigma(name, lying=False) > 0


def fault_above(limit: float) -> dict[str, Any]:
    return {
        "name": "leaning",
        "measure": "trunk_inclination",
        "above": limit,
        "clear": limit - 4,
        "cap": 50,
        "priority": 2,
        "cue": "Mind leaning",
    }


def wide(measure: str) -> dict[str, Any]:
    return {"measure": measure, "full": (-40, 40), "zero": (-60, 60), "weight": 50}
