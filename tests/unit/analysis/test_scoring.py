from collections.abc import Callable, Sequence
from math import pi, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.document import SCHEMA_VERSION, Document
from formcheck.analysis.scoring.result import Result, Scorer, band_of
from formcheck.analysis.scoring.tally import Tally
from formcheck.core.engine_traits import DEFAULT_TRAITS, AngleError, EngineTraits
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Assessment, Band, Breach, Edge, Landmarks, Reason, Side, Status, Verdict
from formcheck.core.version import __version__
from formcheck.stretches import StretchSpec
from formcheck.testing import hook_lying, kneeling, legs_flat, mirrored, pushed_out, standing, supine, turned, upright
from tests.support.laws import between, law, seeds, slow_law
from tests.support.scenes import FPS, Scene, scene, trembling, watch
from tests.support.specs import KNEELING, SHIPPED, STANDING, SUPINE, drafted, fault, small

SPEC = small(
    faults=[
        fault("arching", "trunk_inclination", below=-14, clear=-10, min_s=0.5, priority=1),
        fault("leaning", "trunk_inclination", above=15, clear=11, min_s=1.0),
    ]
)
ENGINE = EngineInfo(name="hands", version="1", model="none")
FEET = ("left_ankle", "right_ankle")
FRAME_S = 0.125
"""A power of two, so that times add up exactly."""

CORRECT = Assessment(pose="small", status=Status.CORRECT, side=Side.LEFT, score=90)
ELSEWHERE = Assessment(pose="small", status=Status.ELSEWHERE)
NOBODY = Assessment(pose="small", status=Status.UNSEEN, reason=Reason.NO_PERSON)
HIDDEN = Assessment(pose="small", status=Status.UNSEEN, reason=Reason.HIDDEN)


def adjust(*faults: str, score: float = 50, since_s: float = 0.0, side: Side = Side.LEFT) -> Assessment:
    breaches = tuple(Breach(name=name, since_s=since_s) for name in faults)
    return Assessment(pose="small", status=Status.ADJUST, side=side, score=score, breaches=breaches)


some_assessment = st.sampled_from([CORRECT, ELSEWHERE, NOBODY, HIDDEN, adjust("leaning")])


def tallied(*acts: tuple[float, Assessment]) -> Tally:
    """Return the tally of assessments that last for some seconds each; faults begin with their act."""
    tally, time_s, end_s = Tally(SPEC), 0.0, 0.0
    for lasting_s, now in acts:
        breaches = tuple(Breach(name=breach.name, since_s=end_s) for breach in now.breaches)
        begun = Assessment(
            pose=now.pose, status=now.status, side=now.side, score=now.score, reason=now.reason, breaches=breaches
        )
        end_s += lasting_s
        while time_s < end_s:
            tally.add(begun, time_s)
            time_s += FRAME_S
    tally.let_pass(end_s)
    return tally


def scored(
    specs: StretchSpec | Sequence[StretchSpec],
    shots: Scene,
    *,
    still: bool = False,
    end_s: float | None = None,
    traits: EngineTraits = DEFAULT_TRAITS,
) -> Result:
    candidates = [specs] if isinstance(specs, StretchSpec) else specs
    session, scorer = FormAnalyzer(candidates, traits=traits), Scorer(candidates, still=still, traits=traits)
    for time_s, people in shots:
        scorer.add(session.step(people, time_s))
    length_s = len(shots) / FPS if end_s is None else end_s
    clip = ClipInfo(path="clip.mp4", width=1920, height=1080, fps=None if still else FPS, expected_s=None, still=still)
    return scorer.result(clip, ENGINE, length_s, session.summary(length_s))


def photo(specs: StretchSpec | Sequence[StretchSpec], *people: Landmarks) -> Document:
    return scored(specs, [(0.0, people)], still=True, end_s=0.0).document


def test_seconds_add_up() -> None:
    tally = tallied((2, ELSEWHERE), (3, CORRECT), (1, adjust("leaning")), (4, NOBODY), (2, CORRECT))
    assert tally.seen_s == 8
    assert tally.in_form_s == 5
    form = tally.sides[Side.LEFT]
    assert (form.shape_s, form.correct_s) == (6, 5)
    assert form.score_s / form.shape_s == pytest.approx((5 * 90 + 1 * 50) / 6)


@law
@given(
    st.lists(st.tuples(between(0, 3), st.sampled_from([CORRECT, ELSEWHERE, NOBODY, HIDDEN, adjust("leaning")])), max_size=30)
)
def test_seen_and_unseen_make_up_the_clip_and_form_is_part_of_what_is_seen(steps: list[tuple[float, Assessment]]) -> None:
    tally, time_s, unseen_s = Tally(SPEC), 0.0, 0.0
    for lasting_s, now in steps:
        tally.add(now, time_s)
        time_s += lasting_s
        unseen_s += lasting_s if now.status is Status.UNSEEN else 0
    tally.let_pass(time_s)
    assert tally.seen_s + unseen_s == pytest.approx(time_s)
    assert 0 <= tally.in_form_s <= tally.seen_s + 1e-9
    assert sum(at.length_s for at in tally.unseen) <= time_s - tally.seen_s + 0.5 * len(steps)
    for side in tally.sides.values():
        score = tally.score(side)
        assert score is None or 0 <= score <= 100


@pytest.mark.parametrize(
    ("name", "lasting_s", "told"), [("arching", 0.375, 0), ("arching", 0.5, 1), ("leaning", 0.875, 0), ("leaning", 1.0, 1)]
)
def test_a_fault_shorter_than_its_minimum_is_not_told(name: str, lasting_s: float, told: int) -> None:
    tally = tallied((2, CORRECT), (lasting_s, adjust(name)), (2, CORRECT))
    assert len(tally.faults) == told
    for found in tally.faults:
        assert (found.what, found.side, found.start_s, found.end_s) == (name, Side.LEFT, 2.0, 2.0 + lasting_s)


def test_faults_a_moment_apart_are_one_and_further_apart_are_two() -> None:
    def bouts(apart_s: float) -> list[tuple[float, float]]:
        tally = tallied((2, adjust("leaning")), (apart_s, CORRECT), (2, adjust("leaning")))
        return [(at.start_s, at.end_s) for at in tally.faults]

    assert bouts(0.375) == [(0.0, 4.375)]
    assert bouts(0.5) == [(0.0, 2.0), (2.5, 4.5)]


def test_short_bouts_that_merge_are_told_together() -> None:
    bouts = [(0.75, adjust("leaning")), (0.25, CORRECT)] * 4
    assert [(at.start_s, at.end_s) for at in tallied(*bouts).faults] == [(0.0, 3.75)]


def test_faults_are_told_in_order_of_time_and_then_of_priority() -> None:
    tally = tallied((2, adjust("leaning")), (2, CORRECT), (2, adjust("leaning", "arching")))
    assert [span.what for span in tally.faults] == ["leaning", "arching", "leaning"]


def test_a_fault_that_lasts_to_the_end_is_told_to_the_end() -> None:
    assert [(span.start_s, span.end_s) for span in tallied((1, CORRECT), (2, adjust("leaning"))).faults] == [(1.0, 3.0)]


def test_unseen_times_are_told_with_their_reason_without_flickers() -> None:
    tally = tallied((1, NOBODY), (0.25, CORRECT), (1, NOBODY), (3, CORRECT), (0.25, HIDDEN), (3, CORRECT), (0.375, HIDDEN))
    assert [(at.what, at.start_s, at.end_s) for at in tally.unseen] == [
        (Reason.NO_PERSON, 0.0, 2.25),
        (Reason.HIDDEN, 8.5, 8.875),
    ]


def test_flickers_do_not_add_up_to_an_unseen_time() -> None:
    assert tallied(*[(0.125, NOBODY), (0.375, CORRECT)] * 12).unseen == []


def test_two_reasons_in_a_row_are_two_times() -> None:
    assert [at.what for at in tallied((1, NOBODY), (1, HIDDEN)).unseen] == [Reason.NO_PERSON, Reason.HIDDEN]


def test_getting_ready_does_not_spoil_the_score() -> None:
    ready = tallied((5, adjust("leaning")), (5, CORRECT))
    assert ready.score(ready.sides[Side.LEFT]) == pytest.approx(0.8 * 90 + 20)
    fell_apart = tallied((5, CORRECT), (5, adjust("leaning")))
    assert fell_apart.score(fell_apart.sides[Side.LEFT]) == pytest.approx(0.8 * 70 + 20 * 0.5)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (100, Band.GREAT),
        (85, Band.GREAT),
        (84, Band.GOOD),
        (70, Band.GOOD),
        (69, Band.ADJUST),
        (50, Band.ADJUST),
        (49, Band.RESET),
        (0, Band.RESET),
    ],
)
def test_bands_begin_at_85_70_and_50(score: int, band: Band) -> None:
    assert band_of(score) is band


def test_the_document_has_exactly_the_fields_that_are_promised() -> None:
    document = scored(KNEELING, scene((1, ()), (2, kneeling()), (3, kneeling(lean=24)))).document
    written = document.model_dump(mode="json")
    assert list(written) == [
        "schema_version",
        "formcheck_version",
        "clip",
        "engine",
        "pose",
        "verdict",
        "borderline",
        "nearest",
        "score",
        "band",
        "causes",
        "seen_s",
        "in_form_s",
        "holds",
        "sides",
        "faults",
        "unseen",
        "measures",
        "sides_apart",
        "key_moments",
    ]
    assert list(written["clip"]) == ["path", "duration_s", "fps", "width", "height", "damaged", "filmed", "from_s"]
    assert list(written["engine"]) == ["name", "version", "model"]
    assert list(written["holds"][0]) == ["side", "start_s", "end_s", "held_s", "score"]
    assert list(written["sides"]) == ["right"]
    assert list(written["sides"]["right"]) == ["held_s", "longest_s", "goal_s", "complete", "score", "verdict"]
    assert list(written["causes"][0]) == ["measure", "edge", "beyond_deg", "seconds", "points", "cue"]
    assert list(written["faults"][0]) == ["name", "side", "start_s", "end_s", "cue"]
    fields = ["measure", "side", "full", "median", "median_in_shape", "inside", "error_deg"]
    assert list(written["measures"][0]) == fields
    assert list(written["key_moments"][0]) == ["kind", "side", "time_s", "held_s", "measures"]
    assert list(written["unseen"][0]) == ["reason", "start_s", "end_s"]
    assert (written["schema_version"], written["formcheck_version"]) == (SCHEMA_VERSION, __version__) == (1, __version__)
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_a_good_hold_is_told_with_its_side_score_and_band() -> None:
    document = scored(SHIPPED, scene((1, mirrored(upright())), (6, mirrored(kneeling())), (2, mirrored(upright())))).document
    assert document.pose == "kneeling_hip_flexor"
    assert document.band is Band.GREAT
    (hold,) = document.holds
    assert hold.side is Side.LEFT
    assert hold.held_s == pytest.approx(6, abs=0.15)
    assert hold.score == 100
    side = document.sides[Side.LEFT]
    assert (side.held_s, side.longest_s, side.goal_s, side.complete) == (hold.held_s, hold.held_s, 30, False)
    assert document.faults == []
    assert document.seen_s == pytest.approx(9, abs=0.01)


def test_bad_form_is_told_with_its_cue_and_without_a_hold() -> None:
    document = scored(KNEELING, scene((5, kneeling(lean=24)))).document
    assert document.holds == []
    assert document.in_form_s == 0
    (leaning,) = [entry for entry in document.faults if entry.name == "leaning_forward"]
    assert leaning.cue == "Grow tall, chest over hips"
    assert leaning.side is Side.RIGHT
    assert (leaning.start_s, leaning.end_s) == (0, 5)
    assert document.score is not None
    assert document.score <= KNEELING.fault("leaning_forward").cap
    assert document.band in (Band.ADJUST, Band.RESET)


@pytest.mark.parametrize(("held_s", "complete"), [(9.8, False), (9.95, True), (10.0, True), (12.0, True)])
def test_a_side_is_complete_within_a_tenth_of_a_second_of_its_goal(held_s: float, complete: bool) -> None:
    short = KNEELING.model_copy(update={"hold_s": 10.0})
    document = scored(short, scene((held_s, kneeling())), end_s=held_s).document
    assert document.sides[Side.RIGHT].held_s == pytest.approx(held_s, abs=0.01)
    assert document.sides[Side.RIGHT].complete is complete


def test_several_holds_of_one_side_add_up_to_its_goal() -> None:
    short = KNEELING.model_copy(update={"hold_s": 8.0})
    side = scored(short, scene((3, kneeling()), (2, upright()), (5.2, kneeling()))).document.sides[Side.RIGHT]
    assert side.held_s == pytest.approx(8.2, abs=0.2)
    assert side.longest_s == pytest.approx(5.2, abs=0.1)
    assert side.complete


def test_both_sides_are_told_apart() -> None:
    document = scored(KNEELING, scene((4, kneeling()), (2, upright()), (3, mirrored(kneeling(lean=24))))).document
    assert document.sides.keys() == {Side.RIGHT, Side.LEFT}
    assert document.sides[Side.LEFT].held_s == 0
    right, left = document.sides[Side.RIGHT].score, document.sides[Side.LEFT].score
    assert right is not None
    assert left is not None
    assert right > left


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ((), Reason.NO_PERSON),
        ((turned(kneeling(), 80),), Reason.VIEW),
        ((pushed_out(kneeling(), *FEET),), Reason.OUT_OF_FRAME),
    ],
)
def test_what_cannot_be_judged_is_told_why_and_never_scored(who: tuple[Landmarks, ...], reason: Reason) -> None:
    document = scored(SHIPPED, scene((3, who))).document
    assert (document.pose, document.score, document.band) == (None, None, None)
    assert (document.holds, document.faults, document.sides) == ([], [], {})
    assert document.seen_s == 0
    assert [(entry.reason, entry.start_s, entry.end_s) for entry in document.unseen] == [(reason, 0, 3)]


@pytest.mark.parametrize("body", [upright(), hook_lying(), legs_flat()])
def test_no_stretch_is_told_where_none_was_done(body: Landmarks) -> None:
    document = scored(SHIPPED, scene((4, body))).document
    assert (document.pose, document.score, document.holds) == (None, None, [])
    assert document.seen_s == pytest.approx(4)
    assert document.unseen == []


def test_the_expected_stretch_is_told_even_where_nobody_did_it() -> None:
    document = scored(SUPINE, scene((4, upright()))).document
    assert document.pose == "supine_psoas"
    assert document.score is None
    assert document.sides == {}


def test_passing_through_a_shape_is_not_doing_the_stretch() -> None:
    assert scored(SHIPPED, scene((2, upright()), (0.4, standing()), (2, upright()))).document.pose is None


@pytest.mark.parametrize(("by", "pose"), [(0, "standing_psoas"), (7, "standing_psoas"), (20, None)])
def test_a_lunge_that_goes_on_and_on_is_no_stretch_and_one_that_wobbles_is(by: int, pose: str | None) -> None:
    """The hips go forward and back by so many degrees, once in two seconds, always in the shape of the stretch."""
    moving = [(0.1, standing(extension=24 + by * sin(pi * i / 10))) for i in range(80)]
    assert {now.assessment.status.in_shape for now in watch(STANDING, scene(*moving))} == {True}
    assert scored(SHIPPED, scene(*moving)).document.pose == pose


def test_each_leg_for_a_moment_is_no_stretch() -> None:
    steps = [(1.5, standing()), (1.5, mirrored(standing()))] * 3
    assert scored(SHIPPED, scene(*steps)).document.pose is None


def test_in_a_clip_too_short_to_settle_most_of_it_is_enough() -> None:
    assert scored(SHIPPED, scene((1.2, kneeling()))).document.pose == "kneeling_hip_flexor"
    assert scored(SHIPPED, scene((0.6, upright()), (0.6, standing()))).document.pose is None


def test_the_stretch_held_longest_is_told_and_the_others_named() -> None:
    result = scored(SHIPPED, scene((3, standing()), (2, upright()), (6, kneeling())))
    assert result.spec is KNEELING
    assert result.document.pose == "kneeling_hip_flexor"
    assert result.also == ("standing_psoas",)


def test_time_seen_at_a_slant_is_counted() -> None:
    assert scored(KNEELING, scene((4, turned(kneeling(), 30)))).oblique_s == pytest.approx(4, abs=0.2)
    assert scored(KNEELING, scene((4, kneeling()))).oblique_s == 0


@pytest.mark.parametrize(("spec", "body"), [(KNEELING, kneeling()), (STANDING, standing()), (SUPINE, supine())])
def test_a_photo_gets_the_same_verdict_without_a_hold(spec: StretchSpec, body: Landmarks) -> None:
    for candidates in (spec, SHIPPED):
        document = photo(candidates, body)
        assert document.pose == spec.name
        assert (document.score, document.band) == (100, Band.GREAT)
        assert document.holds == []
        assert document.sides[Side.RIGHT].score == 100
        assert document.faults == []


def test_a_photo_tells_faults_without_a_minimum_time() -> None:
    document = photo(SHIPPED, kneeling(lean=24))
    assert document.pose == "kneeling_hip_flexor"
    assert "leaning_forward" in [entry.name for entry in document.faults]
    assert document.score is not None
    assert document.score <= 65


def test_a_photo_of_nobody_or_from_the_front_says_why() -> None:
    assert [entry.reason for entry in photo(SHIPPED).unseen] == [Reason.NO_PERSON]
    assert photo(SHIPPED).pose is None
    front = photo(SHIPPED, turned(kneeling(), 80))
    assert [entry.reason for entry in front.unseen] == [Reason.VIEW]
    assert (front.pose, front.score) == (None, None)


def test_a_photo_of_no_stretch_is_told_so() -> None:
    document = photo(SHIPPED, upright())
    assert (document.pose, document.score, document.unseen) == (None, None, [])


@slow_law
@given(
    st.lists(
        st.tuples(between(0.1, 2.5), st.sampled_from([kneeling(), kneeling(lean=24), upright(), mirrored(kneeling()), ()])),
        min_size=1,
        max_size=5,
    ),
    seeds,
)
@example(acts=[(0.25, ())], seed=0)
def test_what_is_told_of_a_clip_is_consistent(acts: list[tuple[float, Landmarks]], seed: int) -> None:
    shots = trembling(scene(*acts), 0.002, seed)
    document = scored(KNEELING, shots).document
    length_s = document.clip.duration_s
    assert document.in_form_s <= document.seen_s <= length_s + 0.01
    for hold in document.holds:
        assert 0 <= hold.held_s <= round(hold.end_s - hold.start_s, 2)
        assert 0 <= hold.start_s <= hold.end_s <= length_s
    for side, entry in document.sides.items():
        mine = [hold.held_s for hold in document.holds if hold.side is side]
        assert entry.held_s == pytest.approx(sum(mine), abs=0.011 * (1 + len(mine)))
        assert entry.longest_s == max(mine, default=0)
        assert entry.goal_s is not None
        assert entry.complete is (entry.held_s >= entry.goal_s - 0.1)
    for start_s, end_s in [(told.start_s, told.end_s) for told in document.faults] + [
        (told.start_s, told.end_s) for told in document.unseen
    ]:
        assert 0 <= start_s <= end_s <= length_s
    assert (document.band is None) == (document.score is None)
    assert document.score is None or document.band is band_of(document.score)
    check_reasons(document)


def check_reasons(document: Document) -> None:
    """Every point that is lost has a cause, and every verdict but correct a reason."""
    if document.score is not None:
        assert sum(cause.points for cause in document.causes) == pytest.approx(100 - document.score)
    verdicts = {side.verdict for side in document.sides.values()}
    assert verdicts <= {Verdict.CORRECT, Verdict.BORDERLINE, Verdict.ADJUST}
    match document.verdict:
        case Verdict.ADJUST:
            assert document.causes
        case Verdict.BORDERLINE:
            assert document.borderline
        case Verdict.UNSEEN:
            assert document.unseen
        case Verdict.NONE:
            assert document.causes or document.unseen or document.nearest or document.clip.duration_s == 0
    assert (document.verdict is Verdict.BORDERLINE) == bool(document.borderline)


OF_A_POSE: dict[str, Callable[..., Landmarks]] = {KNEELING.name: kneeling, STANDING.name: standing}


@law
@given(st.sampled_from([KNEELING, STANDING, drafted()]), between(-40, 40), between(-5, 60), st.booleans())
def test_a_photo_tells_what_every_point_was_lost_for(spec: StretchSpec, lean: float, neck: float, alone: bool) -> None:
    body = OF_A_POSE.get(spec.name, kneeling)(extension=22 - lean, lean=lean, neck=neck)
    document = photo([spec] if alone else [*SHIPPED, spec], body)
    check_reasons(document)
    assert (document.pose is None) <= (document.verdict is Verdict.NONE)
    if document.pose is None:
        assert document.nearest is not None or document.unseen


@pytest.mark.parametrize(
    ("lean", "verdict"),
    [(0.0, Verdict.CORRECT), (14.6, Verdict.BORDERLINE), (15.4, Verdict.BORDERLINE), (22.0, Verdict.ADJUST)],
)
def test_a_photo_near_a_limit_is_borderline_and_says_by_which_measure(lean: float, verdict: Verdict) -> None:
    document = photo(KNEELING, kneeling(extension=28 - lean, lean=lean))
    assert document.verdict is verdict
    assert document.borderline == (["trunk_inclination"] if verdict is Verdict.BORDERLINE else [])
    assert [entry.name for entry in document.faults] == (["leaning_forward"] if verdict is Verdict.ADJUST else [])


def test_a_clip_is_what_most_of_the_time_in_the_shape_was() -> None:
    mostly_correct = scored(KNEELING, scene((1, upright()), (6, kneeling()), (3, kneeling(lean=24)))).document
    mostly_leaning = scored(KNEELING, scene((1, upright()), (3, kneeling()), (6, kneeling(lean=24)))).document
    never = scored(KNEELING, scene((5, upright()))).document
    nobody = scored(KNEELING, scene((5, ()))).document
    assert mostly_correct.verdict is mostly_correct.sides[Side.RIGHT].verdict is Verdict.CORRECT
    assert mostly_leaning.verdict is mostly_leaning.sides[Side.RIGHT].verdict is Verdict.ADJUST
    assert (never.verdict, nobody.verdict) == (Verdict.NONE, Verdict.UNSEEN)


def test_out_of_the_expected_shape_it_is_told_what_is_missing() -> None:
    cause, hip = photo(KNEELING, kneeling(extension=-42, lean=60)).causes
    assert (hip.measure, hip.edge) == ("rear_hip_extension", Edge.LOW)
    assert (cause.measure, cause.edge, cause.points) == ("trunk_inclination", Edge.HIGH, 0)
    assert cause.beyond_deg == pytest.approx(10, abs=0.5)
    assert cause.cue == "Bring your chest a little further up (lean 60 degrees, this stretch ends at 50)"


@pytest.mark.parametrize("still", [True, False])
def test_degrees_are_those_by_which_the_body_moves(still: bool) -> None:
    """A reading that follows a body by half is to be moved by twice as much as it is off; the points are the same."""
    lagging = EngineTraits(angle_errors={"trunk_inclination": AngleError(kneeling=1.0, follows=0.5)})
    follows = EngineTraits(angle_errors={"trunk_inclination": AngleError(kneeling=1.0)})
    shots: Scene = [(0.0, (kneeling(lean=24),))] if still else scene((6, kneeling(lean=24)))
    (twice,), (once,) = (
        [one for one in scored(KNEELING, shots, still=still, traits=traits).causes if one.measure == "trunk_inclination"]
        for traits in (lagging, follows)
    )
    assert twice.beyond_deg == pytest.approx(2 * once.beyond_deg, abs=0.1)
    assert twice.points == once.points


def test_without_a_stretch_the_nearest_is_told() -> None:
    document = photo(SHIPPED, kneeling(extension=-42, lean=60))
    assert (document.pose, document.verdict, document.nearest) == (None, Verdict.NONE, KNEELING.name)
    assert document.causes


@pytest.mark.parametrize("milliseconds", range(0, 20, 3))
def test_held_time_as_told_never_exceeds_the_time_from_start_to_end_as_told(milliseconds: int) -> None:
    shots = scene((1.5, kneeling()), (3, upright()))
    document = scored(KNEELING, [(time_s * 1.003 + milliseconds / 1000, people) for time_s, people in shots]).document
    (hold,) = document.holds
    assert hold.held_s <= round(hold.end_s - hold.start_s, 2)


@pytest.mark.parametrize("from_s", [0.0, 2.0, 60.0])
def test_a_part_of_a_clip_is_judged_as_the_part_cut_out_is(from_s: float) -> None:
    shots = [(from_s + time_s, people) for time_s, people in scene((1, kneeling()))]
    document = scored(SHIPPED, shots, end_s=from_s + 1.0).document
    assert document.pose == KNEELING.name
    assert document.clip.length_s == pytest.approx(1.0)
    assert document.clip.from_s == from_s


@pytest.mark.parametrize(
    ("shots", "nearest"),
    [
        (scene((0.4, kneeling())), KNEELING.name),  # less than the clock needs
        (scene((3, upright()), (0.9, kneeling()), (3, upright())), KNEELING.name),
        (scene((3, upright()), (0.2, kneeling()), (3, upright())), None),  # a step on the way
    ],
)
def test_a_stretch_that_was_not_kept_for_long_enough_is_the_nearest(shots: Scene, nearest: str | None) -> None:
    document = scored(SHIPPED, shots).document
    assert (document.pose, document.score, document.holds) == (None, None, [])
    assert (document.nearest == nearest and not document.causes) is (nearest is not None)


def test_of_somebody_who_is_not_wholly_seen_no_other_stretch_is_the_nearest() -> None:
    cropped = pushed_out(standing(), *FEET)
    document = scored(SHIPPED, scene((6, cropped))).document
    assert document.pose is None
    assert document.unseen
    assert (document.nearest, document.causes) == (None, [])
