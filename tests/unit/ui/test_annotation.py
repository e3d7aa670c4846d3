"""What is written over a picture, and where: on nobody, on nothing else, and in the same place for as long as can be."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.assessment import within
from formcheck.core.geometry import distance
from formcheck.core.measures import MeasuredBody, size_of
from formcheck.core.values import Assessment, Cue, Hold, Landmarks, Moment, Reason, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.testing import (
    hidden,
    kneeling,
    legs_flat,
    mirrored,
    placed,
    pushed_out,
    scaled,
    shaken,
    shifted,
    standing,
    supine,
    turned,
)
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.annotation import Annotation, WordPlaces, annotate
from formcheck.ui.drawing.areas import Area, BodyArea
from formcheck.ui.drawing.placement import PlaceChoice
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Ring, Text, TextBackground, Tone
from formcheck.ui.drawing.words import block_places, lay_out, unit_of, words_of
from tests.support.laws import between, seeds, slow_law
from tests.support.scenes import scene, watch
from tests.support.specs import KNEELING, SHIPPED, STANDING, SUPINE

ASPECTS = (0.5, 9 / 16, 0.75, 1.0, 4 / 3, 16 / 9, 2.2)
STRETCHES = {"kneeling_hip_flexor": kneeling(), "standing_psoas": standing(), "supine_psoas": supine()}
FAULTY = {
    "kneeling_hip_flexor": kneeling(lean=22),
    "standing_psoas": standing(rear_knee=34),
    "supine_psoas": supine(straight_knee=27),
}


def last(body: Landmarks | None, lasting_s: float = 2.0, spec: StretchSpec = KNEELING) -> Moment:
    """The moment after watching somebody (or nobody) for a while."""
    return watch(spec, scene((lasting_s, body if body is not None else ())))[-1]


def drawn(moment: Moment, spec: StretchSpec = KNEELING, aspect: float = 16 / 9, *, still: bool = False) -> Annotation:
    return annotate(moment, spec, aspect, 360, still=still)


def texts(annotation: Annotation) -> list[str]:
    return [mark.text for mark in annotation.words if isinstance(mark, Text)]


def said(annotation: Annotation) -> str:
    return " ".join(texts(annotation))


def ring(annotation: Annotation) -> Ring:
    (found,) = [mark for mark in annotation.words if isinstance(mark, Ring)]
    return found


def plates(annotation: Annotation) -> list[Area]:
    """The areas of all words: their plates, and the ring."""
    found = [Area(*mark.low, *mark.high) for mark in annotation.words if isinstance(mark, TextBackground)]
    rings = [mark for mark in annotation.words if isinstance(mark, Ring)]
    return found + [
        Area(mark.at[0] - mark.radius, mark.at[1] - mark.radius, mark.at[0] + mark.radius, mark.at[1] + mark.radius)
        for mark in rings
    ]


def fitted(body: Landmarks, aspect: float) -> Landmarks:
    """The same body in a picture of another shape."""
    return placed({name: (point.x, point.y) for name, point in body.points.items()}, aspect=aspect)


def extent(mark: Text) -> Area:
    wide = text_metrics.width(mark.text, mark.size)
    left = mark.at[0] - {Anchor.LEFT: 0.0, Anchor.CENTRE: wide / 2, Anchor.RIGHT: wide}[mark.anchor]
    return Area(left, mark.at[1] - mark.size / 2, left + wide, mark.at[1] + mark.size / 2)


# --- what is written ---------------------------------------------------------------------------------------------------


def test_correct_form_says_hold_it_with_title_side_and_whole_seconds_of_the_goal() -> None:
    found = drawn(last(kneeling(), 3.9))
    assert "Kneeling hip flexor stretch, right side" in said(found)
    assert {"Hold it", "3", "of 30 s"} <= set(texts(found))
    assert ring(found).share == pytest.approx(3.8 / 30, abs=0.1 / 30)


def test_a_fault_says_adjust_with_an_exclamation_mark_and_its_cue() -> None:
    found = drawn(last(kneeling(lean=22)))
    assert {"Adjust", "!", "! lean 22°"} <= set(texts(found))
    assert "Grow tall, chest over hips" in said(found)


def test_another_pose_says_how_to_get_into_this_one() -> None:
    moment = last(supine())
    assert moment.assessment.status is Status.ELSEWHERE
    found = drawn(moment)
    assert {"Getting ready", "…"} <= set(texts(found))
    assert KNEELING.posture in said(found)
    assert "°" not in said(found)


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        (None, Reason.NO_PERSON, "Nobody in the picture"),
        (turned(kneeling(), 80), Reason.VIEW, "Not side-on to the camera"),
        (pushed_out(kneeling(), "right_ankle"), Reason.OUT_OF_FRAME, "Part of you is out of the picture"),
        (hidden(kneeling(), "right_ankle"), Reason.HIDDEN, "Part of you is hidden"),
    ],
)
def test_what_cannot_be_seen_says_why_with_a_question_mark(body: Landmarks | None, reason: Reason, words: str) -> None:
    moment = last(body)
    assert moment.assessment.reason is reason
    found = drawn(moment)
    assert words in said(found)
    assert {"Turn side-on" if reason is Reason.VIEW else "Can't see", "?"} <= set(texts(found))
    assert "°" not in said(found)


def test_before_a_stretch_is_recognised_no_name_and_no_clock_is_shown() -> None:
    moment = watch(SHIPPED, scene((1.0, legs_flat())))[-1]
    assert not moment.recognised
    found = drawn(moment)
    assert "Waiting for a stretch" in texts(found)
    assert not [mark for mark in found.words if isinstance(mark, Ring)]
    assert not [text for text in texts(found) if "stretch, " in text or " s" in text[-2:]]


def test_a_photo_has_no_clock_and_asks_for_nothing_to_be_held() -> None:
    found = drawn(last(kneeling()), still=True)
    assert "Correct" in texts(found)
    assert not [mark for mark in found.words if isinstance(mark, Ring)]


def test_every_status_has_its_own_words_sign_and_colour() -> None:
    moment = last(None)
    seen = []
    for status in Status:
        found = drawn(replace(moment, assessment=replace(moment.assessment, status=status, reason=None)))
        words = next(mark for mark in found.words if isinstance(mark, Text) and mark.bold and mark.anchor is Anchor.LEFT)
        signs = [mark.text for mark in found.words if isinstance(mark, Text) and mark.text in ("!", "?", "…")]
        ticks = [mark for mark in found.words if isinstance(mark, Line)]
        assert bool(signs) != bool(ticks)
        seen.append((words.text, words.tone, tuple(signs)))
    assert len({words for words, _, _ in seen}) == len({tone for _, tone, _ in seen}) == len({s for *_, s in seen}) == 4


def test_the_ring_is_full_at_the_goal_and_stays_so() -> None:
    moment = last(kneeling())
    shares = [ring(drawn(replace(moment, held_s=held_s))).share for held_s in (30.0, 44.0, 0.0)]
    assert shares == [1, 1, 0]


def test_seconds_are_not_rounded_up() -> None:
    moment = last(kneeling())
    assert "29" in texts(drawn(replace(moment, held_s=29.99)))
    assert "30" in texts(drawn(replace(moment, held_s=29.9999999)))


def test_the_side_of_a_hold_stays_in_the_title_through_a_lapse() -> None:
    moment = last(kneeling())
    lapsed = replace(
        moment,
        assessment=replace(moment.assessment, status=Status.ELSEWHERE, side=None),
        hold=Hold(side=Side.LEFT, start_s=0, end_s=1, held_s=1),
    )
    assert "Kneeling hip flexor stretch, left side" in said(drawn(lapsed))


def test_a_cue_is_shown_while_there_is_one() -> None:
    moment = last(kneeling())
    assert "Grow tall" not in texts(drawn(replace(moment, cue=None)))
    assert "Grow tall" in texts(drawn(replace(moment, cue=Cue(text="Grow tall"))))


@pytest.mark.parametrize(
    ("body", "spec", "labels"),
    [
        (kneeling(), KNEELING, {"lean 2°", "back hip 18°", "back knee 70°", "front knee 101°"}),
        (standing(), STANDING, {"lean 2°", "back hip 20°", "back knee 12°", "front knee 36°"}),
        (supine(), SUPINE, {"bent hip 115°", "straight hip 0°", "straight knee 3°", "back 0°"}),
    ],
)
def test_angles_are_whole_degrees_at_their_joints(body: Landmarks, spec: StretchSpec, labels: set[str]) -> None:
    for seen in (body, mirrored(body)):
        assert {text for text in texts(drawn(last(seen, 1.0, spec), spec)) if "°" in text} == labels


def test_an_angle_earns_a_mark_exactly_outside_its_full_range() -> None:
    target = KNEELING.targets[0]
    assert within(target, target.full[0])
    assert within(target, target.full[1])
    assert not within(target, target.full[0] - 0.1)
    assert not within(target, target.full[1] + 0.1)


def test_no_angle_is_a_negative_zero() -> None:
    assert "lean 0°" in texts(drawn(last(kneeling(lean=-0.2))))


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_colour_and_exclamation_mark_go_together(spec: StretchSpec) -> None:
    found = drawn(last(FAULTY[spec.name], 2.0, spec), spec)
    labels = [mark for mark in found.words if isinstance(mark, Text) and "°" in mark.text]
    assert {mark.text.startswith("! ") for mark in labels} == {True, False}
    assert all((mark.tone is Tone.ADJUST) == mark.text.startswith("! ") for mark in labels)


# --- where it is written -----------------------------------------------------------------------------------------------


def states(moment: Moment, spec: StretchSpec) -> Iterable[Moment]:
    """The moment with every status and reason, the longest cue and the longest times."""
    cue = Cue(text=max((fault.cue for fault in spec.faults), key=len))
    for status, reason in [(Status.UNSEEN, reason) for reason in Reason] + [(status, None) for status in Status]:
        judged = replace(moment.assessment, status=status, reason=reason)
        yield replace(moment, held_s=599.9, goal_s=600, cue=cue, assessment=judged)


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_words_are_on_their_plates_inside_the_picture_and_not_on_each_other(spec: StretchSpec, aspect: float) -> None:
    for body in (fitted(STRETCHES[spec.name], aspect), mirrored(fitted(FAULTY[spec.name], aspect))):
        for moment in states(last(body, 1.0, spec), spec):
            for height_px in (240, 360, 1080):
                found = annotate(moment, spec, aspect, height_px)
                areas = plates(found)
                assert [area for area in areas if not area.inside(aspect)] == []
                assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []
                for mark in found.words:
                    if isinstance(mark, Text) and mark.anchor is Anchor.LEFT:
                        left, low, right, top = extent(mark)
                        assert any(a.left <= left and a.low <= low and right <= a.right and top <= a.top for a in areas)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, Landmarks]:
    """Somebody in one of the stretches, anywhere in a picture of any shape."""
    name, cast = draw(st.sampled_from(sorted(STRETCHES))), draw(st.sampled_from([STRETCHES, FAULTY]))
    body = fitted(cast[name], draw(between(0.5, 2.2)))
    factor, right, up = draw(between(0.45, 1.1)), draw(between(-1, 1)), draw(between(-1, 1))
    body = scaled(mirrored(body) if draw(st.booleans()) else body, factor)
    return name, shifted(body, right * (1 - factor) * body.aspect / 2, up * (1 - factor) / 2)


SPECS = {spec.name: spec for spec in SHIPPED}


@slow_law
@given(bodies(), st.sampled_from([240, 360, 1080]))
def test_wherever_the_person_is_no_word_lies_on_another_or_on_the_face(person: tuple[str, Landmarks], height_px: int) -> None:
    name, body = person
    spec, aspect = SPECS[name], body.aspect
    found = annotate(last(body, 1.0, spec), spec, aspect, height_px)
    areas = plates(found)
    assert [area for area in areas if not area.inside(aspect)] == []
    assert [pair for pair in combinations(areas, 2) if pair[0].overlaps(pair[1])] == []
    labels = [area_of_label(found, mark) for mark in found.words if isinstance(mark, Text) and "°" in mark.text]
    whole = BodyArea(MeasuredBody(body))
    assert [label for label in labels if whole.on_head(label)] == []


def area_of_label(annotation: Annotation, mark: Text) -> Area:
    (found,) = [area for area in plates(annotation) if area.left < mark.at[0] < area.right and area.low < mark.at[1] < area.top]
    return found


@slow_law
@given(bodies())
def test_where_a_place_is_free_the_words_hide_nothing_of_the_body(person: tuple[str, Landmarks]) -> None:
    name, body = person
    spec, unit = SPECS[name], unit_of(body.aspect, 360)
    moment, whole = last(body, 1.0, spec), BodyArea(MeasuredBody(body))
    words = words_of(moment, spec, still=True)
    blocks = [lay_out(words, place, body.aspect, unit) for place in block_places(body.aspect, unit)]
    free = [block for block in blocks if not any(map(whole.covered, block.plates))]
    found = annotate(moment, spec, body.aspect, 360, still=True)
    shown = [area for area in plates(found) if area in {plate for block in blocks for plate in block.plates}]
    assert len(shown) >= 2
    if free:
        assert sum(map(whole.covered, shown)) < 0.05


@pytest.mark.parametrize("flipped", [False, True])
@pytest.mark.parametrize("factor", [0.6, 0.8, 1.0])
@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
@pytest.mark.parametrize("cast", [STRETCHES, FAULTY], ids=["correct", "faulty"])
def test_no_word_lies_on_a_bone_where_there_is_room(
    cast: dict[str, Landmarks], spec: StretchSpec, factor: float, *, flipped: bool
) -> None:
    body = scaled(cast[spec.name], factor)
    body = mirrored(body) if flipped else body
    found = drawn(last(body, 2.0, spec), spec)
    bones = [mark for mark in found.figure if isinstance(mark, Line) and mark.width > 0.1 * 0.045]
    on_bones = [area for area in plates(found) for bone in bones if not is_leader(bone, found) and crosses(area, bone)]
    assert on_bones == []


def is_leader(mark: Line, annotation: Annotation) -> bool:
    """Whether a line ends at the edge of a plate."""
    return any(distance(mark.end, area.nearest(mark.end)) < 1e-9 for area in plates(annotation))


def crosses(area: Area, line: Line) -> bool:
    steps = [i / 40 for i in range(41)]
    points = [tuple(a + share * (b - a) for a, b in zip(line.start, line.end, strict=True)) for share in steps]
    return any(area.left < x < area.right and area.low < y < area.top for x, y in points)


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_a_line_ties_each_angle_to_its_own_joint(spec: StretchSpec) -> None:
    body = STRETCHES[spec.name]
    found = drawn(last(body, 1.0, spec), spec)
    labels = [mark for mark in found.words if isinstance(mark, Text) and "°" in mark.text]
    assert len(labels) == 4
    joints = {dot.at for dot in found.figure if isinstance(dot, Dot)}
    for label in labels:
        area = area_of_label(found, label)
        tied = [mark for mark in found.figure if isinstance(mark, Line) and distance(mark.end, area.nearest(mark.end)) < 1e-9]
        assert len(tied) == 1
        assert min(distance(tied[0].start, joint) for joint in joints) < 1e-9


def test_bones_and_lines_are_below_all_words() -> None:
    found = drawn(last(kneeling()))
    assert not [mark for mark in found.figure if isinstance(mark, Text | TextBackground | Ring)]
    over_words = [mark for mark in found.words if isinstance(mark, Line | Dot)]
    labels = [mark for mark in found.words if isinstance(mark, Text) and "°" in mark.text]
    assert len(over_words) == 2 + 3 * len(labels)  # the tick of the state, and a bar below each angle


def test_the_bar_of_an_angle_is_as_wide_as_it_is_unsure_and_stays_on_its_plate_off_the_words() -> None:
    moment = last(kneeling())
    seen, lengths = moment.assessment.errors, list[float]()
    for share in (0.5, 1.0, 100.0):
        found = drawn(replace(moment, assessment=replace(moment.assessment, errors={k: share * v for k, v in seen.items()})))
        (label,) = [mark for mark in found.words if isinstance(mark, Text) and mark.text.startswith("back hip")]
        area = area_of_label(found, label)
        bars = [one for one in found.words if isinstance(one, Line) and area.left <= one.start[0] <= area.right]
        bars = [one for one in bars if area.low <= one.start[1] <= area.top]
        assert len(bars) == 3
        for bar in bars:
            for x, y in (bar.start, bar.end):
                assert area.left < x < area.right
                assert area.low < y < label.at[1] - 0.5 * label.size
        lengths.append(max(one.end[0] - one.start[0] for one in bars))
    assert lengths[1] == pytest.approx(2 * lengths[0])
    assert lengths[2] > lengths[1]


# --- that it stays -----------------------------------------------------------------------------------------------------


def film(body: Landmarks, spec: StretchSpec, seed: int) -> Iterable[Annotation]:
    """Four seconds of a person whose joints tremble as those of an engine do."""
    moment, random, before = last(body, 2.0, spec), Random(seed), None
    spread = 0.004 * size_of(body)
    for frame in range(40):
        seen = shaken(body, random, spread)
        found = annotate(replace(moment, landmarks=seen, time_s=frame / 10), spec, body.aspect, 360, before=before)
        before = found.places
        yield found


@slow_law
@given(bodies(), seeds)
def test_nothing_jumps_about_when_joints_tremble(person: tuple[str, Landmarks], seed: int) -> None:
    name, body = person
    frames = [found.places for found in film(body, SPECS[name], seed)]
    assert {place.block.index for place in frames if place.block} == {frames[0].block.index if frames[0].block else None}
    assert len({place.ring.index for place in frames if place.ring}) <= 1
    # A label whose line only just passes another one may find that out later, and moves once.
    moves = [a != b for one, other in pairwise(frames) for a, b in zip(chosen(one), chosen(other), strict=True)]
    assert sum(moves) <= 1


def chosen(places: WordPlaces) -> list[int]:
    return [label.choice.index for label in places.labels.values()]


def test_a_label_does_not_tremble_with_its_joint() -> None:
    assert len({tuple(plates(found)) for found in film(kneeling(), KNEELING, 1)}) == 1


def test_words_that_somebody_steps_behind_move_away_after_a_second() -> None:
    aside = shifted(scaled(kneeling(), 0.6), 0.45)
    moment = last(aside)
    first = annotate(moment, KNEELING, 16 / 9, 360)
    behind = replace(moment, landmarks=shifted(aside, -1.0, 0.2))
    where, before = [], first.places
    for frame in range(30):
        found = annotate(replace(behind, time_s=frame / 10), KNEELING, 16 / 9, 360, before=before)
        before = found.places
        where.append(found.places.block)
    indices = [choice.index for choice in where if choice is not None]
    assert indices[:10] == [first.places.block.index if first.places.block else None] * 10
    assert len(set(indices)) == 2
    assert indices[-1] != indices[0]


def test_a_new_sentence_does_not_come_where_it_would_hide_the_person() -> None:
    body = shifted(scaled(kneeling(), 0.6), -0.5, -0.06)  # there is room over the head for two plates, not for three
    quiet = replace(last(body), cue=None)
    index = next(i for i in range(12) if hidden_by(i, quiet, body) == 0 and hidden_by(i, with_cue(quiet), body) > 0.1)
    before = WordPlaces(block=PlaceChoice(index=index))
    stays = annotate(quiet, KNEELING, body.aspect, 360, before=before)
    assert stays.places.block == before.block
    moves = annotate(with_cue(quiet), KNEELING, body.aspect, 360, before=stays.places)
    assert moves.places.block is not None
    assert hidden_by(moves.places.block.index, with_cue(quiet), body) < 0.01


def with_cue(moment: Moment) -> Moment:
    return replace(moment, cue=Cue(text="Grow tall, chest over hips, look ahead"))


def hidden_by(index: int, moment: Moment, body: Landmarks) -> float:
    """How much of the body the words hide at one of their places."""
    unit = unit_of(body.aspect, 360)
    block = lay_out(words_of(moment, KNEELING, still=False), block_places(body.aspect, unit)[index], body.aspect, unit)
    return sum(map(BodyArea(MeasuredBody(body)).covered, block.plates))


def test_an_assessment_without_a_side_has_no_angles() -> None:
    moment = last(kneeling())
    bare = Assessment(pose=KNEELING.name, status=Status.CORRECT, measurements=moment.assessment.measurements)
    assert "°" not in said(drawn(replace(moment, assessment=bare)))
