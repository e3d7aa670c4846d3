"""How far off a measurement may be: wider for every circumstance that makes it worse, and only for those."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.engine_traits import DEFAULT_TRAITS, AngleError, EngineTraits
from formcheck.core.measures import MEASURES, MeasuredBody, ReadingErrors, near_leg, sided
from formcheck.core.measures.accuracy import AGREEING, LEAST, NORMAL
from formcheck.core.values import JOINTS, Landmarks, View
from formcheck.testing import kneeling, moved, standing, supine
from tests.support.laws import between, law
from tests.support.specs import SHIPPED, SUPINE

KNEE = MEASURES["rear_knee_flexion"]
ERROR = AngleError(standing=4.0, kneeling=6.0, lying=8.0, far=3.0, front=0.5, behind=0.25, hidden=20.0, apart=2.0)
TRAITS = EngineTraits(angle_errors={KNEE.name: ERROR}, errors_grow_from_deg=10.0)
NEAR = {"rear": near_leg(1), "front": near_leg(1).other}
FAR = {"rear": near_leg(1).other, "front": near_leg(1)}


def half_width(
    body: Landmarks, *, yaw: float | None = 0.0, far: bool = False, traits: EngineTraits = TRAITS
) -> tuple[float, float]:
    errors = ReadingErrors(MeasuredBody(body, traits), View(yaw=yaw, facing=1))
    return errors.half_width(sided(KNEE, FAR if far else NEAR))


def seen(body: Landmarks, visibility: float) -> Landmarks:
    return moved(body, lambda _, point: replace(point, visibility=visibility))


def spread(body: Landmarks, right: float) -> Landmarks:
    """A body whose knees two looks place apart, by so many frame heights to either side."""
    return replace(body, spread={name: (right if name.endswith("knee") else 0.0, 0.0) for name in JOINTS})


@pytest.mark.parametrize(("body", "posture"), [(standing(), "standing"), (kneeling(), "kneeling"), (supine(), "lying")])
def test_what_it_is_at_best_goes_by_the_posture(body: Landmarks, posture: str) -> None:
    assert half_width(seen(body, 1.0)) == (getattr(ERROR, posture), 0.0)


@law
@given(between(-20, 25), between(10, 40), between(12, 35))
def test_kneeling_is_told_from_standing_in_any_form(lean: float, extension: float, rear_knee: float) -> None:
    assert half_width(seen(kneeling(lean=lean, extension=extension), 1.0))[0] == ERROR.kneeling
    assert half_width(seen(standing(lean=lean, extension=22.0 - lean, rear_knee=rear_knee), 1.0))[0] == ERROR.standing


def test_in_a_posture_without_a_number_the_largest_of_the_others_stands_in() -> None:
    lying_only = replace(TRAITS, angle_errors={KNEE.name: AngleError(lying=8.0, kneeling=5.0)})
    assert half_width(seen(standing(), 1.0), traits=lying_only) == (8.0, 0.0)


@law
@given(between(-90, 90), st.booleans(), between(0, 1))
def test_every_circumstance_adds_what_it_is_to_add(yaw: float, far: bool, visibility: float) -> None:
    beyond = max(0.0, abs(yaw) - 10)
    added = 3.0 * far + (0.5 if yaw > 0 else 0.25) * beyond + 20.0 * (1 - visibility)
    assert half_width(seen(standing(), visibility), yaw=yaw, far=far) == pytest.approx((4.0 + added, added))


@law
@given(between(0, 0.05), between(0, 0.05))
def test_looks_that_differ_more_say_less(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert half_width(spread(standing(), less))[0] <= half_width(spread(standing(), more))[0] + 1e-9


def test_looks_that_agree_say_more_than_one_does() -> None:
    body = seen(standing(), 1.0)
    assert half_width(spread(body, 0.0)) == pytest.approx((4.0 - 2.0 * AGREEING, -2.0 * AGREEING))
    assert half_width(body) == (4.0, 0.0)


def test_no_interval_is_a_point() -> None:
    sure = replace(TRAITS, angle_errors={KNEE.name: replace(ERROR, standing=1.5)})
    assert half_width(spread(seen(standing(), 1.0), 0.0), traits=sure)[0] == LEAST


@law
@given(between(-60, 60), st.booleans(), between(0, 1))
def test_without_a_number_the_standard_deviation_says_it(yaw: float, far: bool, visibility: float) -> None:
    body = seen(standing(), visibility)
    assert half_width(body, yaw=yaw, far=far, traits=EngineTraits()) == (NORMAL * KNEE.sigma_deg, 0.0)


def test_an_unknown_yaw_adds_nothing() -> None:
    assert half_width(standing(), yaw=None) == half_width(standing())


def test_the_shipped_engine_has_a_number_for_every_measure_of_the_shipped_stretches() -> None:
    wanted = {name for spec in SHIPPED for name in spec.measures}
    assert wanted <= DEFAULT_TRAITS.angle_errors.keys() <= set(MEASURES)
    lying = set(SUPINE.measures)
    for name, error in DEFAULT_TRAITS.angle_errors.items():
        assert min(getattr(error, part.name) for part in fields(error)) >= 0
        assert (error.lying if name in lying else error.standing or error.kneeling) >= 2
