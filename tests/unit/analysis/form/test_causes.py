"""A moment that is not correct has one cause, which is there now and has a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.assessment import score
from formcheck.analysis.form.causes import Cause, cause_of, causes_of, shape_advice, shown_sentence
from formcheck.core.measures import MEASURES
from formcheck.core.values import Assessment, Breach, Cue, Edge, Reason, Side, Status
from formcheck.core.wording import REASONS
from formcheck.stretches import StretchSpec
from formcheck.stretches.spec import CUE_WORDS
from formcheck.testing import kneeling, supine
from tests.support.laws import between, law
from tests.support.scenes import scene, watch
from tests.support.specs import KNEELING, SHIPPED, drafted, fault, small, target

ADJUST = Assessment(pose="kneeling_hip_flexor", status=Status.ADJUST, side=Side.RIGHT, score=50.0)
GOOD = {one.measure: sum(one.full) / 2 for spec in SHIPPED for one in spec.targets}


SPECS = (*SHIPPED, drafted())


def adjust(*faults: str, **measured: float) -> Assessment:
    return scored(KNEELING, {**GOOD, **measured}, faults)


def scored(spec: StretchSpec, measured: Mapping[str, float | None], faults: Iterable[str] = ()) -> Assessment:
    """The moment with these measurements and faults, scored as the program does."""
    ordered = sorted(faults, key=lambda name: spec.fault(name).priority)
    form = score(spec, measured, ordered)
    breaches = tuple(Breach(name=name, since_s=0.0) for name in ordered)
    return replace(ADJUST, pose=spec.name, measurements=measured, score=form, breaches=breaches)


@law
@given(st.data(), st.sampled_from(SPECS))
def test_what_is_not_correct_has_a_cause_of_now(data: st.DataObject, spec: StretchSpec) -> None:
    measured = {name: data.draw(st.none() | between(-60, 180), label=name) for name in spec.measures}
    beyond = [one for one in spec.faults if (value := measured.get(one.measure)) is not None and one.exceeded_by(value) > 0]
    ordered = sorted(beyond, key=lambda one: one.priority)
    now = scored(spec, measured, [one.name for one in ordered])
    cause = cause_of(spec, now)
    assert cause is not None
    assert 0 < len(cause.text.split()) <= max(CUE_WORDS, len(spec.posture.split()))
    stopping = [one for one in ordered if one.stops_clock]
    causes = causes_of(spec, now)
    if causes and stopping:
        assert (cause.text, cause.measure, cause.fault) == (stopping[0].cue, stopping[0].measure, stopping[0].name)
    elif causes:
        assert cause.points == max(one.points for one in causes)
        assert cause.measure is not None
        assert measured[cause.measure] is not None


@law
@given(st.data(), st.sampled_from(SPECS))
def test_every_lost_point_has_a_cause(data: st.DataObject, spec: StretchSpec) -> None:
    """They add up, whatever is seen; each has a measure, an edge, degrees and a sentence, and none comes twice."""
    measured = {name: data.draw(st.none() | between(-60, 180), label=name) for name in spec.measures}
    now = scored(spec, measured, data.draw(st.sets(st.sampled_from([one.name for one in spec.faults]))))
    causes = causes_of(spec, now)
    if now.score is not None:
        assert sum(one.points for one in causes) == pytest.approx(100 - now.score)
    assert len({(one.measure, one.edge, one.fault) for one in causes}) == len(causes)
    for one in causes:
        assert one.measure in measured
        assert one.edge is not None
        assert one.points >= 0
        assert one.points == 0 or one.fault is not None or one.beyond_deg > 0
        assert one.text


@law
@given(st.data(), st.sampled_from(SPECS))
def test_what_is_corrected_as_told_is_correct(data: st.DataObject, spec: StretchSpec) -> None:
    """Each measure moved by the degrees of its cause: every point is there again, and every fault has ended."""
    measured: dict[str, float | None] = {one.measure: data.draw(between(-60, 180)) for one in spec.targets}
    there = [one for one in spec.faults if (value := measured[one.measure]) is not None and one.exceeded_by(value) > 0]
    now = scored(spec, measured, [one.name for one in there])
    moves = {one.measure: one.beyond_deg if one.edge is Edge.LOW else -one.beyond_deg for one in causes_of(spec, now)}
    corrected = {name: value + moves.get(name, 0.0) for name, value in measured.items() if value is not None}
    assert score(spec, corrected) == pytest.approx(100)
    assert all(one.past_clear(corrected[one.measure]) <= 1e-6 for one in there)


@pytest.mark.parametrize("reason", list(Reason))
def test_what_cannot_be_seen_says_why(reason: Reason) -> None:
    now = replace(ADJUST, status=Status.UNSEEN, reason=reason, breaches=(Breach(name="leaning_forward", since_s=0.0),))
    assert cause_of(KNEELING, now) == Cause(text=REASONS[reason].cue)


def test_out_of_the_shape_it_is_how_to_get_into_it() -> None:
    moment = watch(KNEELING, scene((2.0, supine())))[-1]
    assert moment.assessment.status is Status.ELSEWHERE
    assert cause_of(KNEELING, moment.assessment) == Cause(text="Kneel on one knee, other foot in front")


def test_correct_form_has_none() -> None:
    assert cause_of(KNEELING, watch(KNEELING, scene((2.0, kneeling())))[-1].assessment) is None


def test_a_fault_that_stops_the_clock_comes_before_advice() -> None:
    cause = cause_of(KNEELING, adjust("front_knee_past_toes", "head_drops", front_shin_angle=30, neck_relative=40))
    assert cause is not None
    assert cause.fault == "head_drops"


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_each_side_of_a_target_has_a_sentence_of_its_own(spec: StretchSpec) -> None:
    """Far outside on one side, all else well: the sentence is about this side of this measure."""
    said = {}
    for one in spec.targets:
        for value in (one.zero[0] - 5, one.zero[1] + 5):
            cause = cause_of(spec, scored(spec, {**GOOD, one.measure: value}))
            assert cause is not None
            assert (cause.measure, cause.fault) == (one.measure, None)
            assert 0 < len(cause.text.split()) <= CUE_WORDS
            said[one.measure, value > one.full[1]] = cause.text
    for one in spec.targets:
        assert said[one.measure, True] != said[one.measure, False]


def test_the_pose_file_has_the_first_word_then_its_fault_then_the_measure() -> None:
    def low(spec: StretchSpec) -> str:
        cause = cause_of(spec, scored(spec, {"trunk_inclination": -9.0, "neck_relative": 5.0}))
        assert cause is not None
        return cause.text

    others = [target("neck_relative", weight=40)]
    below = [fault("behind", "trunk_inclination", below=-15, clear=-11)]
    assert low(small(targets=[target("trunk_inclination", too_low="Lean in"), *others], faults=below)) == "Lean in"
    assert low(small(faults=below)) == "Mind behind"
    assert low(small()) == MEASURES["trunk_inclination"].too_low


def test_a_measure_without_words_says_which_way() -> None:
    spec = small(targets=[target("stride"), target("trunk_inclination", weight=1)])
    cause = cause_of(spec, scored(spec, {"stride": 28.0, "trunk_inclination": 5.0}))
    assert cause is not None
    assert (cause.text, cause.measure) == ("Stride: a little less", "stride")


@pytest.mark.parametrize("edge", Edge)
def test_what_is_missing_of_a_shape_is_said_in_words_of_the_body(edge: Edge) -> None:
    for spec in SHIPPED:
        for part in spec.shape:
            sentence, row = shape_advice(part.measure, edge), MEASURES[part.measure]
            assert sentence.split()[0].isalpha(), "what to do comes first"
            assert 1 < len(sentence.split()) <= CUE_WORDS
            assert not {"elevation", "inclination", "flexion", "extension", "angle", "level"} & set(sentence.split())
            assert "a little more" not in sentence, "the measure has no words of its own"
            assert "elevation" not in row.name_with_leg


def test_what_is_shown_is_there_now() -> None:
    """The cue of a fault that is gone may still be spoken; it is not shown. Praise and advice are."""
    correct = watch(KNEELING, scene((2.0, kneeling())))[-1]
    gone = replace(correct, cue=Cue(text="Grow tall", fault="leaning_forward"))
    assert shown_sentence(KNEELING, gone) is None
    assert shown_sentence(KNEELING, replace(correct, cue=Cue(text="Lovely"))) == "Lovely"
    advised = replace(correct.assessment, breaches=(Breach(name="front_knee_past_toes", since_s=0.0),))
    cue = Cue(text="Step", fault="front_knee_past_toes")
    assert shown_sentence(KNEELING, replace(correct, assessment=advised, cue=cue)) == "Step"
    dropped = replace(gone, assessment=adjust("head_drops", neck_relative=50))
    assert shown_sentence(KNEELING, dropped) == KNEELING.fault("head_drops").cue
