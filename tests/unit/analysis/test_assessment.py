import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.assessment import breaches, credit, score, shape_margin
from formcheck.core.values import Breach
from formcheck.stretches import StretchSpec, Target
from tests.support.laws import between, law
from tests.support.specs import SHIPPED, fault, small, target

SPEC = small()
WITNESSED = small(
    faults=[
        fault("lifts", "straight_leg_elevation", above=13, clear=9, also=[{"measure": "straight_hip_flexion", "above": 8}])
    ],
    legs={"stretched": "straight", "other": "bent"},
    shape=[{"measure": "trunk_elevation", "range": (-30, 30)}],
    targets=[target("straight_leg_elevation")],
)

degrees = between(-180, 180)
specs = st.sampled_from(SHIPPED)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    low, start, end, high = sorted(draw(st.sets(st.integers(-170, 170), min_size=4, max_size=4)))
    return Target(measure="trunk_inclination", full=(start, end), zero=(low, high), weight=draw(between(1, 100)))


@st.composite
def measured(draw: st.DrawFn, spec: StretchSpec) -> dict[str, float | None]:
    return {name: draw(st.one_of(st.none(), degrees)) for name in spec.measures}


def names(found: tuple[Breach, ...]) -> list[str]:
    return [breach.name for breach in found]


@law
@given(targets(), degrees)
def test_credit_is_one_inside_full_none_beyond_zero_and_between_in_between(target: Target, value: float) -> None:
    given = credit(target, value)
    if target.full[0] <= value <= target.full[1]:
        assert given == 1
    elif value <= target.zero[0] or value >= target.zero[1]:
        assert given == 0
    else:
        assert 0 <= given <= 1


@law
@given(targets(), degrees, degrees)
def test_credit_never_falls_towards_the_full_range(target: Target, one: float, other: float) -> None:
    def outside(value: float) -> float:
        return max(target.full[0] - value, value - target.full[1], 0.0)

    if (one < target.full[0]) == (other < target.full[0]):
        nearer, further = sorted((one, other), key=outside)
        assert credit(target, nearer) >= credit(target, further)


@law
@given(targets())
def test_half_way_to_zero_is_half_the_credit(target: Target) -> None:
    assert credit(target, (target.zero[0] + target.full[0]) / 2) == pytest.approx(0.5)
    assert credit(target, (target.zero[1] + target.full[1]) / 2) == pytest.approx(0.5)


@law
@given(targets(), degrees, *[st.floats(0, 1)] * 4)
def test_a_wider_range_never_loses_credit(
    target: Target, value: float, low: float, start: float, end: float, high: float
) -> None:
    zero = target.zero[0] - 10 * low, target.zero[1] + 10 * high
    full = (
        target.full[0] - 0.99 * start * (target.full[0] - target.zero[0]),
        target.full[1] + 0.99 * end * (target.zero[1] - target.full[1]),
    )
    wider = target.model_copy(update={"zero": zero, "full": full})
    assert credit(wider, value) >= credit(target, value) - 1e-12


@law
@given(st.data(), specs)
def test_the_score_lies_between_0_and_100_or_is_not_given(data: st.DataObject, spec: StretchSpec) -> None:
    found = score(spec, data.draw(measured(spec)))
    assert found is None or 0 <= found <= 100


@law
@given(st.data(), specs)
def test_faults_only_ever_lower_the_score_to_the_smallest_cap(data: st.DataObject, spec: StretchSpec) -> None:
    values = data.draw(measured(spec))
    some = data.draw(st.sets(st.sampled_from([fault.name for fault in spec.faults])))
    free, capped = score(spec, values), score(spec, values, some)
    if free is None:
        assert capped is None
    else:
        assert capped == min([free, *(spec.fault(name).cap for name in some)])


@law
@given(st.data(), specs, st.sampled_from([0.25, 0.5, 2, 4]))
def test_only_the_ratio_of_weights_counts(data: st.DataObject, spec: StretchSpec, factor: float) -> None:
    values = data.draw(measured(spec))
    heavier = [t.model_copy(update={"weight": factor * t.weight}) for t in spec.targets]
    before, after = score(spec, values), score(spec.model_copy(update={"targets": tuple(heavier)}), values)
    assert (before is None) == (after is None)
    assert before is None or after == pytest.approx(before)


def test_the_score_is_the_weighted_mean_of_credits() -> None:
    assert score(SPEC, {"trunk_inclination": 5, "neck_relative": 20}) == pytest.approx(60 + 40 / 2)
    assert score(SPEC, {"trunk_inclination": -5, "neck_relative": 5}) == pytest.approx(60 / 2 + 40)


def test_a_target_out_of_sight_leaves_its_weight_out_up_to_two_fifths() -> None:
    assert score(SPEC, {"trunk_inclination": -5, "neck_relative": None}) == pytest.approx(50)
    assert score(SPEC, {"trunk_inclination": None, "neck_relative": 5}) is None
    heavier_neck = small(targets=[target("trunk_inclination", weight=58), target("neck_relative", weight=42)])
    assert score(heavier_neck, {"trunk_inclination": 5, "neck_relative": None}) is None
    assert score(SPEC, {}) is None


def test_the_shape_is_met_by_the_margin_of_its_tightest_condition() -> None:
    assert shape_margin(SPEC, {"trunk_inclination": 40, "rear_knee_flexion": 50}) == 5
    assert shape_margin(SPEC, {"trunk_inclination": 0, "rear_knee_flexion": 110}) == -10
    assert shape_margin(SPEC, {"trunk_inclination": 0, "rear_knee_flexion": None}) == 45
    assert shape_margin(SPEC, {"trunk_inclination": None}) is None


def test_entering_asks_for_the_narrower_range_where_there_is_one() -> None:
    spec = small(
        shape=[
            {"measure": "stride", "range": (7, 150), "enter": (18, 150)},
            {"measure": "trunk_inclination", "range": (-45, 45)},
        ]
    )
    short_step = {"stride": 12.0, "trunk_inclination": 0.0}
    assert shape_margin(spec, short_step) == 5
    assert shape_margin(spec, short_step, entering=True) == -6


def test_a_fault_begins_beyond_its_limit_and_ends_at_its_clearing_limit() -> None:
    found: tuple[Breach, ...] = ()
    history = []
    for time_s, lean in enumerate([10, 15, 15.1, 14, 11.1, 11, 14, 16]):
        found = breaches(SPEC, {"trunk_inclination": lean}, found, float(time_s))
        history.append([(breach.name, breach.since_s) for breach in found])
    since_2 = [("leaning", 2.0)]
    assert history == [[], [], since_2, since_2, since_2, [], [], [("leaning", 7.0)]]


def test_a_fault_below_its_limit_is_the_mirror_of_one_above() -> None:
    spec = small(faults=[fault("leaning_back", "trunk_inclination", below=-15, clear=-11)])
    found: tuple[Breach, ...] = ()
    history = []
    for lean in (-15, -15.1, -12, -11, -14):
        found = breaches(spec, {"trunk_inclination": lean}, found, 0)
        history.append(bool(found))
    assert history == [False, True, True, False, False]


@law
@given(st.data(), specs)
def test_what_is_unseen_neither_begins_nor_keeps_a_fault(data: st.DataObject, spec: StretchSpec) -> None:
    values = data.draw(measured(spec))
    before = tuple(Breach(name=f.name, since_s=0) for f in spec.faults)
    for found in (breaches(spec, values, (), 1), breaches(spec, values, before, 1)):
        for breach in found:
            spoken_of = spec.fault(breach.name)
            assert None not in {values[limit.measure] for limit in (spoken_of, *spoken_of.also)}


@law
@given(st.data(), specs)
def test_what_begins_also_goes_on(data: st.DataObject, spec: StretchSpec) -> None:
    values = data.draw(measured(spec))
    begun = breaches(spec, values, (), 1.0)
    assert breaches(spec, values, begun, 2.0) == begun


@law
@given(between(0, 10), between(-30, 40))
def test_tolerance_moves_both_limits_of_a_fault_out_and_no_other(tolerance: float, lean: float) -> None:
    begun = (Breach(name="leaning", since_s=0),)
    for moved, by in (({"trunk_inclination": tolerance}, tolerance), ({"neck_relative": tolerance}, 0.0)):
        assert bool(breaches(SPEC, {"trunk_inclination": lean}, (), 1, moved)) is (lean - 15 > by)
        assert bool(breaches(SPEC, {"trunk_inclination": lean}, begun, 1, moved)) is (lean - 11 > by)


@law
@given(st.data(), specs)
def test_faults_come_in_order_of_priority(data: st.DataObject, spec: StretchSpec) -> None:
    priorities = [spec.fault(name).priority for name in names(breaches(spec, data.draw(measured(spec)), (), 0))]
    assert priorities == sorted(priorities)


@pytest.mark.parametrize(
    ("leg", "hip", "fires"), [(14, 9, True), (14, 8, False), (13, 9, False), (14, None, False), (None, 9, False)]
)
def test_a_second_witness_must_agree(leg: float | None, hip: float | None, fires: bool) -> None:
    values = {"straight_leg_elevation": leg, "straight_hip_flexion": hip}
    assert bool(breaches(WITNESSED, values, (), 0)) is fires


def test_a_second_witness_lets_go_only_some_degrees_inside_its_limit() -> None:
    begun = (Breach(name="lifts", since_s=0),)
    still = {"straight_leg_elevation": 10.0, "straight_hip_flexion": 4.1}
    assert breaches(WITNESSED, still, begun, 1) == begun
    assert breaches(WITNESSED, {**still, "straight_hip_flexion": 4.0}, begun, 1) == ()
    assert breaches(WITNESSED, {**still, "straight_leg_elevation": 9.0}, begun, 1) == ()
