"""The verdict near a limit: told so, with the measure that would turn it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.assessment import breaches, score
from formcheck.analysis.form.verdict import IN_DOUBT, error_of, in_doubt, verdict_of
from formcheck.core.values import Assessment, Reason, Status, Verdict
from formcheck.stretches import StretchSpec
from tests.support.laws import between, law
from tests.support.specs import KNEELING, SHIPPED, drafted

GOOD = {one.measure: sum(one.full) / 2 for one in KNEELING.targets}


def judged(spec: StretchSpec, measured: dict[str, float | None], error: float) -> Assessment:
    """One moment by itself, as a photo is judged."""
    found = breaches(spec, measured, (), 0.0)
    form = score(spec, measured, [one.name for one in found])
    assert form is not None
    correct = form >= 70 and not any(spec.fault(one.name).stops_clock for one in found)
    status = Status.CORRECT if correct else Status.ADJUST
    errors = dict.fromkeys(measured, error)
    return Assessment(pose=spec.name, status=status, score=form, measurements=measured, breaches=found, errors=errors)


@law
@given(st.data(), st.sampled_from((*SHIPPED, drafted())), between(0, 12))
def test_a_verdict_that_is_sure_holds_whichever_measure_is_off_a_little(
    data: st.DataObject, spec: StretchSpec, error: float
) -> None:
    measured: dict[str, float | None] = {
        one.measure: data.draw(between(one.zero[0], one.zero[1]), label=one.measure) for one in spec.targets
    }
    now = judged(spec, measured, error)
    doubtful = in_doubt(spec, now)
    name = data.draw(st.sampled_from([one.measure for one in spec.targets]))
    value = measured[name]
    assert value is not None
    for off in (-IN_DOUBT * error, IN_DOUBT * error):
        other = judged(spec, {**measured, name: value + off}, error)
        assert (other.status is now.status) or name in doubtful


@law
@given(st.sampled_from((14.0, 14.6, 15.4, 16.0)), between(0, 12))
def test_the_measure_at_its_limit_is_named(lean: float, error: float) -> None:
    now = judged(KNEELING, {**GOOD, "trunk_inclination": lean}, error)
    near = abs(lean - 15.0) < IN_DOUBT * error
    assert in_doubt(KNEELING, now) == (("trunk_inclination",) if near else ())
    assert (verdict_of(KNEELING, now) is Verdict.BORDERLINE) == near


def test_what_only_what_was_before_decides_is_in_doubt() -> None:
    """Between the limit of a fault and where it ends the same picture might be correct."""
    leaning = judged(KNEELING, {**GOOD, "trunk_inclination": 16.0}, 0.0)
    still = replace(leaning, measurements={**GOOD, "trunk_inclination": 13.0})
    assert in_doubt(KNEELING, still) == ("trunk_inclination",)


@pytest.mark.parametrize(
    ("status", "verdict"), [(Status.UNSEEN, Verdict.UNSEEN), (Status.ELSEWHERE, Verdict.NONE)], ids=["unseen", "elsewhere"]
)
def test_out_of_the_shape_nothing_is_in_doubt(status: Status, verdict: Verdict) -> None:
    now = Assessment(pose=KNEELING.name, status=status, reason=Reason.VIEW, measurements=GOOD)
    assert verdict_of(KNEELING, now) is verdict
    assert in_doubt(KNEELING, now) == ()


def test_without_a_known_error_the_measure_s_own_spread_stands_in() -> None:
    now = Assessment(pose=KNEELING.name, status=Status.CORRECT, measurements=GOOD)
    assert error_of(now, "trunk_inclination") == pytest.approx(1.645 * 4)
    assert error_of(replace(now, errors={"trunk_inclination": 3.0}), "trunk_inclination") == 3.0
