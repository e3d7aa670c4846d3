from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.capture import BaselineCapture
from formcheck.analysis.baseline.offsets import LIMIT, Baseline, StraightPosture, StraightReading, corrected, posture_of
from formcheck.analysis.baseline.validity import BaselineCheck, BaselineMismatch
from formcheck.core.measures import MEASURES, Roles, measure, sided
from formcheck.core.values import Landmarks, Reason, Side
from formcheck.core.wording import HOLD_STILL, LEVEL_CAMERA, LIE_FLAT, ON_YOUR_BACK, REASONS, STAND_STRAIGHT, TURN_A_LITTLE
from formcheck.core.wording.language import with_hint
from formcheck.stretches import StretchSpec
from formcheck.testing import (
    Leg,
    figure,
    hidden,
    hook_lying,
    kneeling,
    legs_flat,
    lying,
    mirrored,
    placed,
    pushed_out,
    rolled,
    scaled,
    shaken,
    shifted,
    standing,
    supine,
    trunk_length,
    turned,
    upright,
)
from tests.support.calibrated import baseline_of, hips_off, measured, straight, taking_of, watched
from tests.support.laws import between, law, seeds, slow_law
from tests.support.scenes import changed, scene
from tests.support.specs import KNEELING, SHIPPED, STANDING, SUPINE
from tests.unit.analysis.test_analyzer import anybody

STRETCHES = [
    (KNEELING, kneeling(), "rear_hip_extension"),
    (STANDING, standing(), "rear_hip_extension"),
    (SUPINE, supine(), "straight_hip_flexion"),
]
each_stretch = pytest.mark.parametrize(("spec", "body", "name"), STRETCHES, ids=[spec.name for spec, _, _ in STRETCHES])
off = between(-30.0, 30.0)
thighs = between(16.0, 30.0)
"""How far the rear thigh leans, in degrees."""
PARTS = ("trunk", "neck", *(f"{side}_{part}" for side in ("near", "far") for part in ("hip", "knee", "leg")))
LENGTHS = {"trunk": 0.3, "thigh": 0.25, "shank": 0.25}


def reading(**offsets: float) -> StraightReading:
    return StraightReading(offsets=offsets, lengths=LENGTHS, view_ratio=0.0)


readings = st.dictionaries(st.sampled_from(PARTS), off).map(lambda offsets: reading(**offsets))
baselines = st.builds(Baseline, standing=readings, lying=readings)


class TestOffsets:
    @each_stretch
    @pytest.mark.parametrize("degrees", [6.0, -6.0])
    @pytest.mark.parametrize("face", [lambda body: body, mirrored], ids=["right", "left"])
    def test_a_hip_that_reads_six_degrees_off_is_put_right_by_two_thirds_at_least(
        self, spec: StretchSpec, body: Landmarks, name: str, degrees: float, face: object
    ) -> None:
        """Calibrated facing right; the other leg, stretched facing left, has the benefit too."""
        left = face is mirrored

        def seen(person: Landmarks) -> Landmarks:
            return mirrored(hips_off(person, degrees)) if left else hips_off(person, degrees)

        true = measured(spec, mirrored(body) if left else body, None, name)
        before = measured(spec, seen(body), None, name) - true
        after = measured(spec, seen(body), baseline_of(lambda person: hips_off(person, degrees)), name) - true
        assert abs(before) == pytest.approx(6.0, abs=0.6)
        assert abs(after) <= abs(before) / 3

    def test_it_is_applied_to_whichever_role_a_leg_plays(self) -> None:
        """The near leg in front: its knee is the front knee, and the far one's offset goes to the rear."""
        baseline = Baseline(standing=reading(near_knee=4.0, far_knee=-3.0), lying=reading())
        for spec, body, near in ((KNEELING, kneeling(), "rear"), (KNEELING, _far_leg(kneeling()), "front")):
            plain = watched(spec, body, None)[-1].assessment.measurements
            ours = watched(spec, body, baseline)[-1].assessment.measurements
            shift = {
                role: (plain[f"{role}_knee_flexion"] or 0) - (ours[f"{role}_knee_flexion"] or 0) for role in ("rear", "front")
            }
            far = "front" if near == "rear" else "rear"
            assert 0.35 * 4.0 <= shift[near] <= 4.0  # bent by 70 to 100, it has less of it
            assert -3.0 <= shift[far] <= -0.35 * 3.0

    @law
    @given(st.sampled_from(sorted(MEASURES)), between(-90, 270), readings, st.sampled_from(Side), st.sampled_from([-1, 1]))
    def test_no_measurement_is_ever_moved_beyond_the_limit(
        self, name: str, value: float, off_by: StraightReading, stretched: Side, facing: int
    ) -> None:
        row = MEASURES[name]
        roles: Roles = {"rear": stretched, "straight": stretched, "front": stretched.other, "bent": stretched.other}
        moved = corrected(sided(row, roles), value, off_by, facing)
        assert moved is not None
        assert abs(moved - value) <= LIMIT + 1e-9

    def test_every_straight_measure_is_put_right(self) -> None:
        """By the table alone: a measure with a part needs no line anywhere else."""
        body = hips_off(legs_flat(), 5.0)
        lying_flat = baseline_of(lambda person: hips_off(person, 5.0)).lying
        for name in ("straight_hip_flexion", "rear_hip_extension", "bent_knee_flexion", "trunk_elevation", "trunk_inclination"):
            roles: Roles = dict.fromkeys(("rear", "front", "straight", "bent"), Side.RIGHT)
            row = MEASURES[name]
            value = measure(row, body, roles, 1)
            assert value is not None
            straight_value = -90.0 if name == "trunk_inclination" else 0.0
            assert corrected(sided(row, roles), value, lying_flat, 1) == pytest.approx(straight_value, abs=0.2), name

    def test_without_a_baseline_nothing_changes(self) -> None:
        for spec, body, _ in STRETCHES:
            neutral = Baseline(standing=reading(), lying=reading())
            assert [m.assessment for m in watched(spec, body, None)] == [m.assessment for m in watched(spec, body, neutral)]


class TestGuards:
    def test_the_faults_that_guard_the_back(self) -> None:
        assert {spec.name: [fault.name for fault in spec.faults if fault.guards_the_back] for spec in SHIPPED} == {
            "kneeling_hip_flexor": ["arching_back", "leaning_forward"],
            "standing_psoas": ["arching_back", "leaning_forward"],
            "supine_psoas": ["straight_leg_lifts", "shoulders_lift", "hips_lift"],
        }

    @slow_law
    @given(
        st.one_of(
            st.builds(lambda lean, thigh: (KNEELING, kneeling(lean=lean, extension=thigh - lean)), between(-30, 30), thighs),
            st.builds(lambda lean, thigh: (STANDING, standing(lean=lean, extension=thigh - lean)), between(-30, 30), thighs),
            st.builds(lambda lift, up: (SUPINE, supine(leg=lift, shoulders=up)), between(-10, 30), between(-20, 25)),
        ),
        baselines,
        between(8.0, 25.0),
    )
    def test_they_never_move(self, done: tuple[StretchSpec, Landmarks], baseline: Baseline, edge: float) -> None:
        """Whatever was calibrated, and whatever is asked of a person: the same faults at the same times."""
        spec, body = done

        def guards(mine: StretchSpec, ours: Baseline | None) -> list[set[str]]:
            told = [moment.assessment for moment in watched(mine, body, ours, 0.7)]
            return [{b.name for b in one.breaches if mine.fault(b.name).guards_the_back} for one in told]

        assert guards(spec, None) == guards(spec.with_goal_from(edge), baseline)


class TestTaking:
    def test_standing_and_lying_are_recognised_in_either_order(self) -> None:
        there = taking_of(scene((4, upright(lean=0)), (5, legs_flat()))).baseline
        back = taking_of(scene((4, legs_flat()), (5, upright(lean=0)))).baseline
        assert there is not None
        assert back is not None
        assert there.standing.offsets == pytest.approx(back.standing.offsets)
        assert there.standing.offsets == pytest.approx({**there.standing.offsets, "trunk": 0, "near_hip": 0, "near_knee": 2})
        assert there.standing.lengths["thigh"] / there.standing.lengths["trunk"] == pytest.approx(0.429 / 0.504)
        assert there.lying.floor == pytest.approx(1.9, abs=0.2)
        assert there.standing.floor is None

    @pytest.mark.parametrize("degrees", [0.0, 6.0])
    def test_facing_the_other_way_gives_the_same(self, degrees: float) -> None:
        here = baseline_of(lambda body: hips_off(body, degrees))
        there = baseline_of(lambda body: mirrored(hips_off(body, degrees)))
        for posture in StraightPosture:
            assert there.of(posture).offsets == pytest.approx(here.of(posture).offsets, abs=1e-6)

    def test_it_counts_down_three_seconds(self) -> None:
        session, taking = FormAnalyzer(SHIPPED), BaselineCapture()
        lefts: list[int | None] = []
        for time_s, people in scene((4, upright(lean=0))):
            done = taking.step(session.step(people, time_s))
            lefts.append(taking.left)
            if done is not None:
                assert time_s == pytest.approx(3.0, abs=0.1)
                break
        assert list(dict.fromkeys(lefts)) == [3, 2, 1, None]

    @slow_law
    @given(seeds)
    def test_it_is_a_median_that_trembling_hardly_moves(self, seed: int) -> None:
        random = Random(seed)
        shots = changed(straight(), lambda _, person: shaken(person, random, 0.002))
        found, quiet = taking_of(shots).baseline, baseline_of()
        assert found is not None
        for posture in StraightPosture:
            for part, value in quiet.of(posture).offsets.items():
                assert found.of(posture).offsets[part] == pytest.approx(value, abs=2.5)

    def test_a_frame_that_fails_is_left_out_a_second_begins_anew(self) -> None:
        body = upright(lean=0)
        for gap_s, done_s in ((0.2, 3.0), (1.2, 5.5)):
            shots = [
                (time_s, (hidden(body, "right_knee"),) if 1.3 <= time_s < 1.3 + gap_s else people)
                for time_s, people in scene((done_s + 0.1, body))
            ]
            assert StraightPosture.STANDING in taking_of(shots).readings
            assert StraightPosture.STANDING not in taking_of(shots[: -round(0.3 * 15)]).readings

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            (turned(upright(), 60), REASONS[Reason.VIEW].cue),
            (turned(upright(), 25), TURN_A_LITTLE),
            (hidden(upright(), "right_knee"), REASONS[Reason.HIDDEN].cue),
            (pushed_out(upright(), "right_ankle", "left_ankle"), REASONS[Reason.OUT_OF_FRAME].cue),
            (scaled(upright(), 0.12), REASONS[Reason.TOO_FAR].cue),
            (upright(lean=25), STAND_STRAIGHT),
            (kneeling(), STAND_STRAIGHT),
            (placed(figure(lean=0, left=Leg(hip=20, knee=0), right=Leg(hip=-12, knee=0))), STAND_STRAIGHT),
            (hook_lying(), LIE_FLAT),
            (supine(), LIE_FLAT),
            (lying(Leg(hip=0, knee=30), Leg(hip=0, knee=30)), LIE_FLAT),
            (rolled(legs_flat(), 12), LEVEL_CAMERA),
        ],
    )
    def test_it_refuses_and_says_why(self, body: Landmarks, why: str) -> None:
        taking = taking_of(scene((5, body)))
        assert taking.readings == {}
        assert taking.why == why
        assert max(taking.missed[posture_of(body)].items(), key=lambda told: told[1])[0] == why

    def test_lying_on_the_front(self) -> None:
        body = legs_flat()
        face = replace(body.points["nose"], y=body.points["left_ear"].y - 0.05)
        assert taking_of(scene((4, replace(body, points={**body.points, "nose": face})))).why == ON_YOUR_BACK

    def test_somebody_who_moves(self) -> None:
        shots = changed(scene((6, upright(lean=0))), lambda time_s, person: shifted(person, 0.05 * time_s))
        taking = taking_of(shots)
        assert taking.readings == {}
        assert HOLD_STILL in taking.missed[StraightPosture.STANDING]

    @law
    @given(st.lists(st.tuples(between(0, 1.5), st.lists(anybody(), max_size=2)), max_size=8), baselines)
    def test_whatever_is_seen_it_goes_on(self, frames: list[tuple[float, list[Landmarks]]], baseline: Baseline) -> None:
        session, taking, time_s = FormAnalyzer(SHIPPED, fit=BaselineCheck(baseline=baseline)), BaselineCapture(), 0.0
        for passed_s, people in frames:
            time_s += passed_s
            taking.step(session.step(people, time_s))
            assert taking.left in (None, 1, 2, 3)
            assert (taking.why is None) <= (taking.left is not None or taking.readings != {})

    def test_nobody(self) -> None:
        assert taking_of(scene((2, ()))).why == REASONS[Reason.NO_PERSON].cue


class TestFit:
    BASELINE = baseline_of()

    def fit_of(self, body: Landmarks, baseline: Baseline) -> BaselineCheck:
        session = FormAnalyzer(SHIPPED, fit=BaselineCheck(baseline=baseline))
        for time_s, people in scene((3, body)):
            session.step(people, time_s)
        return session.fit

    def at(self, body: Landmarks, *, larger: float = 1.0, view: float = 0.0) -> Baseline:
        """A baseline of the person as in `body`, or from elsewhere."""
        session = FormAnalyzer(SHIPPED)
        moment = next(session.step(people, time_s) for time_s, people in scene((0.1, body)))
        assert moment.landmarks is not None
        trunk = trunk_length(body) / larger
        lengths = {"trunk": trunk, "thigh": trunk * 0.429 / 0.504, "shank": trunk * 0.431 / 0.504}
        one = StraightReading(offsets={"near_hip": 5.0}, lengths=lengths, view_ratio=view)
        return Baseline(standing=one, lying=one)

    @pytest.mark.parametrize("body", [kneeling(), standing(), supine()])
    def test_in_the_same_place_it_fits(self, body: Landmarks) -> None:
        found = self.fit_of(body, self.at(body))
        assert found.found == {posture_of(body): None}
        assert found.misfits == ()
        for larger in (0.88, 1.12):
            assert self.fit_of(body, self.at(body, larger=larger)).misfits == ()

    @pytest.mark.parametrize("body", [kneeling(), supine()])
    @pytest.mark.parametrize("larger", [0.8, 1.25])
    def test_nearer_or_further_away_it_is_out_of_date_and_not_used(self, body: Landmarks, larger: float) -> None:
        found = self.fit_of(body, self.at(body, larger=larger))
        assert found.found[posture_of(body)] is BaselineMismatch.SIZE
        assert "formcheck calibrate" in with_hint(found.misfits[0])
        assert found.reading(body) is None

    def test_turned_otherwise_it_is_out_of_date(self) -> None:
        assert self.fit_of(kneeling(), self.at(kneeling(), view=0.14)).found == {
            StraightPosture.STANDING: BaselineMismatch.VIEW
        }
        assert self.fit_of(kneeling(), self.at(kneeling(), view=0.06)).misfits == ()

    def test_the_other_posture_is_looked_at_by_itself(self) -> None:
        fit = self.fit_of(kneeling(), self.at(kneeling(), larger=0.7))
        assert fit.reading(kneeling()) is None
        assert fit.reading(supine()) is not None

    def test_walking_about_before_a_stretch_proves_nothing(self) -> None:
        """Far away in the doorway, then on the mat: only where the stretch is done counts."""
        session = FormAnalyzer([KNEELING], fit=BaselineCheck(baseline=self.at(kneeling())))
        for time_s, people in scene((3, scaled(upright(), 0.4)), (3, kneeling())):
            session.step(people, time_s)
        assert session.fit.found == {StraightPosture.STANDING: None}

    def test_a_photo_is_judged_at_once(self) -> None:
        session = FormAnalyzer([KNEELING], still=True, fit=BaselineCheck(baseline=self.at(kneeling(), larger=0.7)))
        moment = session.step((kneeling(extension=18),), 0.0)
        assert session.fit.misfits != ()
        assert moment.assessment.measurements["rear_hip_extension"] == pytest.approx(18.0, abs=0.1)

    def test_from_then_on_the_numbers_are_the_cameras_own(self) -> None:
        body = kneeling(extension=18)
        values = [
            m.assessment.measurements["rear_hip_extension"] for m in watched(KNEELING, body, self.at(body, larger=0.7), 3.0)
        ]
        assert values[0] == pytest.approx(18.0 + 5.0, abs=0.3)
        assert values[-1] == pytest.approx(18.0, abs=0.1)

    @law
    @given(readings, between(0.5, 2.0))
    def test_size_alone_decides_about_size(self, off_by: StraightReading, larger: float) -> None:
        assume(abs(abs(larger - 1.0) - 0.15) > 0.01)
        lengths = {name: length / larger for name, length in self.at(kneeling()).standing.lengths.items()}
        baseline = Baseline(standing=replace(off_by, lengths=lengths), lying=off_by)
        misfit = self.fit_of_still(kneeling(), baseline)
        assert (misfit is BaselineMismatch.SIZE) == (abs(larger - 1.0) > 0.15)

    def fit_of_still(self, body: Landmarks, baseline: Baseline) -> BaselineMismatch | None:
        session = FormAnalyzer([KNEELING], still=True, fit=BaselineCheck(baseline=baseline))
        session.step((body,), 0.0)
        return session.fit.found[StraightPosture.STANDING]


def _far_leg(body: Landmarks) -> Landmarks:
    """The same stretch with the leg that is stretched on the far side, which is seen well."""
    names = {name: f"{Side(name.partition('_')[0]).other}_{name.partition('_')[2]}" for name in body.points if "_" in name}
    return replace(body, points={name: body.points[names.get(name, name)] for name in body.points})
