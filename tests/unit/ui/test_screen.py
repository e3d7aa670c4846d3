"""What is on the screen, as texts and marks; how it is painted is looked at (`python -m tests.support.screens FOLDER`)."""

from dataclasses import replace
from itertools import combinations, pairwise
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.events import Breath, Key, ScreenState, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.summary import SessionSummary, SummaryRow
from formcheck.core.geometry import Vec
from formcheck.core.measures import MEASURES, facing_evidence, locate, measure
from formcheck.core.values import Cue, Moment, Reason, Side, Status
from formcheck.core.wording import STATUSES
from formcheck.stretches import StretchSpec
from formcheck.testing import hidden, kneeling, standing, supine
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.overlay import SIGNS
from formcheck.ui.drawing.shapes import Anchor, Body, CachedMarks, Dot, Line, Mark, Ring, Text, TextBackground, Tone, flatten
from formcheck.ui.opencv import sprites
from formcheck.ui.opencv.live_window import Window, render_window
from formcheck.ui.opencv.painter import paint
from formcheck.ui.screen import Box, ScreenDrawing, draw_screen
from formcheck.ui.screen.silhouette import FLESH, NEAR, draw_silhouette, landmarks, lies, target_silhouette
from formcheck.ui.screen.words import CAPS
from tests.support.laws import between, law, slow_law
from tests.support.scenes import scene, watch
from tests.support.screens import ALWAYS, screens
from tests.support.specs import KNEELING, SHIPPED, STANDING, SUPINE, small, target
from tests.support.spoken import speaking

M = TypeVar("M")
WIDE = 16 / 9
BODIES = {"kneeling_hip_flexor": kneeling(), "standing_psoas": standing(), "supine_psoas": supine()}
MOMENTS = {spec.name: watch(spec, scene((1.0, BODIES[spec.name])))[-1] for spec in SHIPPED}
SCREENS = {spec.name: screens(spec, MOMENTS[spec.name], 1) for spec in SHIPPED}

specs = st.sampled_from(SHIPPED)
windows, pictures = between(0.4, 2.5), between(0.5, 2.0)


def shown(
    name: str, spec: StretchSpec = KNEELING, *, window: float = WIDE, picture: float = WIDE, **more: object
) -> ScreenDrawing:
    return draw_screen(replace(SCREENS[spec.name][name], **more), spec, picture=picture, window=window)  # type: ignore[arg-type]


def of(kind: type[M], drawn: ScreenDrawing) -> list[M]:
    return [mark for mark in flatten(drawn.marks) if isinstance(mark, kind)]


def words(drawn: ScreenDrawing) -> str:
    """All texts, in their order; what is wrapped reads on."""
    return " ".join(mark.text for mark in of(Text, drawn))


def extent(mark: Text) -> tuple[float, float, float, float]:
    """Left, low, right and top of the capitals of a text."""
    wide, tall = text_metrics.width(mark.text, mark.size), text_metrics.CAPITALS * mark.size
    left = mark.at[0] - {Anchor.LEFT: 0.0, Anchor.CENTRE: wide / 2, Anchor.RIGHT: wide}[mark.anchor]
    return left, mark.at[1] - tall / 2, left + wide, mark.at[1] + tall / 2


def overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    within = 1e-6
    return a[0] < b[2] - within and b[0] < a[2] - within and a[1] < b[3] - within and b[1] < a[3] - within


def with_status(status: Status, reason: Reason | None = None) -> Moment:
    moment = MOMENTS[KNEELING.name]
    return replace(moment, cue=None, assessment=replace(moment.assessment, status=status, reason=reason))


# --- what is said in each phase


def test_setup_shows_the_silhouette_one_instruction_and_the_side() -> None:
    drawn = shown("setup")
    assert len(of(Body, drawn)) == 2
    assert "Turn your side to the camera" in words(drawn)
    assert "Right side" in words(drawn)
    assert not of(Ring, drawn)


def test_the_countdown_is_one_large_number() -> None:
    drawn = shown("countdown")
    (count,) = [mark for mark in of(Text, drawn) if mark.text == "3"]
    assert count.size > 0.1
    assert "Get ready" in words(drawn)
    assert "Hold still" in words(drawn)
    assert "paused" not in words(drawn)


def test_the_stretch_says_state_side_seconds_goal_and_step() -> None:
    said = words(shown("stretch"))
    for part in ("Hold it", "Right side", "17", "of 30 s", "2 of 6", "Kneeling hip flexor stretch", "breathe in"):
        assert part in said


def test_one_sentence_at_a_time_the_instruction_before_the_coaching() -> None:
    assert KNEELING.coaching[0] in words(shown("stretch", moment=with_status(Status.CORRECT)))
    cue = Cue(text="Grow tall", fault="leaning_forward")  # the voice's, which the screen does not follow
    said = words(shown("stretch", moment=replace(with_status(Status.ADJUST), cue=cue), instruction="Turn round"))
    assert "Turn round" in said
    assert "Grow tall" not in said
    assert KNEELING.coaching[0] not in said


@pytest.mark.parametrize("reason", list(Reason))
def test_what_cannot_be_seen_greys_the_gauges(reason: Reason) -> None:
    """Somebody who is plainly seen and only turned does not read that they can't be seen."""
    drawn = shown("stretch", moment=with_status(Status.UNSEEN, reason), coaching=None, counting=False)
    assert ("Turn side-on" if reason is Reason.VIEW else "Can't see") in words(drawn)
    assert "°" not in words(drawn)
    assert not [mark for mark in of(Line, drawn) if mark.tone in (Tone.GOOD, Tone.ADJUST)]


def test_who_is_not_in_the_shape_sees_it_and_no_gauges() -> None:
    drawn = shown("stretch_away")
    assert len(of(Body, drawn)) == 2
    assert "°" not in words(drawn)
    assert "waiting" in words(drawn)
    assert "paused" not in words(drawn)
    assert KNEELING.posture in words(drawn)


def test_right_wrong_and_unseen_differ_without_colour() -> None:
    """By the word, by the sign, and by the ring of the clock."""
    seen = {}
    for status in Status:
        moment = with_status(status, Reason.HIDDEN if status is Status.UNSEEN else None)
        drawn = shown("stretch", moment=moment, counting=status is Status.CORRECT)
        said = words(drawn)
        seen[status] = (STATUSES[status].live in said, SIGNS.get(status, "tick"))
        assert STATUSES[status].live in said
        assert [other for other in Status if other is not status and STATUSES[other].live in said] == []
        ring = of(Ring, drawn)[0]
        running = status is Status.CORRECT
        assert (("running" in said), ("paused" in said)) == (running, not running)
        assert (ring.width > 0.02) is running
    assert len({sign for _, sign in seen.values()}) == 4


def test_paused_has_two_bars_and_running_a_triangle() -> None:
    def shape(status: Status) -> list[Line]:
        """The lines beside the word below the ring."""
        drawn = shown("stretch", moment=with_status(status), counting=status is Status.CORRECT)
        (word,) = [mark for mark in of(Text, drawn) if mark.text in ("running", "paused")]
        return [
            mark for mark in of(Line, drawn) if 0 < word.at[0] - mark.start[0] < 0.08 and abs(mark.start[1] - word.at[1]) < 0.03
        ]

    bars = shape(Status.ADJUST)
    assert len(bars) == 2
    assert all(mark.start[0] == mark.end[0] for mark in bars)
    triangle = shape(Status.CORRECT)
    assert len(triangle) == 3
    assert all(a.end == b.start for a, b in pairwise((*triangle, triangle[0])))


def test_the_ring_fills_with_the_time_held_and_never_over() -> None:
    for held_s, share in ((0.0, 0.0), (15.0, 0.5), (30.0, 1.0), (99.0, 1.0)):
        assert of(Ring, shown("stretch", held_s=held_s))[0].share == pytest.approx(share)
    assert "29" in words(shown("stretch", held_s=29.99))


def test_the_pacer_grows_with_the_breath_in_and_shrinks_with_the_breath_out() -> None:
    def radius(share: float, *, inhaling: bool) -> float:
        drawn = shown("stretch", breath=Breath(inhaling=inhaling, share=share))
        x = of(Ring, drawn)[1].at
        (dot,) = [mark for mark in of(Dot, drawn) if mark.at == x]
        return dot.radius

    shares = [i / 10 for i in range(11)]
    assert all(a < b for a, b in pairwise(radius(share, inhaling=True) for share in shares))
    assert all(a > b for a, b in pairwise(radius(share, inhaling=False) for share in shares))
    assert radius(1.0, inhaling=True) == radius(0.0, inhaling=False)
    assert "breathe out" in words(shown("stretch", breath=Breath(inhaling=False, share=0.1)))
    assert "breathe" not in words(shown("stretch", breath=None))


def test_at_most_three_gauges_the_weightiest_with_numbers_and_signs() -> None:
    said = words(shown("stretch", moment=with_status(Status.CORRECT)))
    assert said.count("°") == 3
    assert "18°" in said
    leaning = watch(KNEELING, scene((1.0, kneeling(lean=22))))[-1]
    drawn = shown("stretch", moment=leaning)
    assert "22°" in words(drawn)
    (number,) = [mark for mark in of(Text, drawn) if mark.text == "22°"]
    assert number.tone is Tone.ADJUST
    beside = [mark for mark in of(Text, drawn) if mark.text == "!" and mark.size < 0.06]
    assert [abs(mark.at[1] - number.at[1]) < 0.08 for mark in beside].count(True) == 1


def test_a_gauge_of_what_is_unseen_has_no_needle_and_a_question_mark() -> None:
    unseen = watch(KNEELING, scene((1.0, hidden(kneeling(), "right_ankle", "right_knee", "left_knee", "left_ankle"))))[-1]
    drawn = shown("stretch", moment=unseen)
    assert [mark.text for mark in of(Text, drawn)].count("–") >= 1
    assert [mark.text for mark in of(Text, drawn) if mark.size < 0.06].count("?") >= 1


def test_a_needle_stays_on_its_scale() -> None:
    moment = with_status(Status.ADJUST)
    wild = {name: 170.0 if value is not None else None for name, value in moment.assessment.measurements.items()}
    drawn = shown("stretch", moment=replace(moment, assessment=replace(moment.assessment, measurements=wild)))
    needles = [mark for mark in of(Line, drawn) if mark.tone is Tone.ADJUST and mark.start[0] == mark.end[0]]
    tracks = [mark for mark in of(Line, drawn) if mark.tone is Tone.FAINT]
    assert len(needles) == len(tracks) == 3
    assert {mark.start[0] for mark in needles} == {mark.end[0] for mark in tracks}


def test_a_rest_says_what_comes_and_shows_it() -> None:
    drawn = shown("rest")
    said = words(drawn)
    for part in ("12", "rest", "Change sides, turn round", "Next: Kneeling hip flexor stretch, left"):
        assert part in said
    assert len(of(Body, drawn)) == 2


def test_pain_asks_and_names_the_keys_of_the_answers() -> None:
    said = words(shown("pain"))
    assert "How strong was the pain?" in said
    assert "1 mild 2 strong 3 sharp" in said
    for leads_to in ("ease off, go on", "leave this side", "stop for today"):
        assert leads_to in said


def test_paused_and_lost_say_so() -> None:
    assert "Paused" in words(shown("paused"))
    assert "space go on" in words(shown("paused"))
    assert phrases.NO_PICTURE in words(shown("lost"))
    assert "?" in [mark.text for mark in of(Text, shown("lost"))]


def test_the_summary_says_what_was_done_of_what_was_asked() -> None:
    drawn = shown("done")
    said = words(drawn)
    assert said.count("3 of 8 held to the goal") == 1
    assert phrases.LEFT_EARLY in said
    for part in ("30 of 30 s, form 92", "24 of 30 s, form 78", "3 of 30 s, form 64, sharp pain", "skipped", "2 not started"):
        assert part in said
    assert "Next time: Lift your gaze, long neck (12 s)" in said
    assert "Longest without a break" not in said.replace("Held to the goal without a break", "") or "30 s" in said
    assert len({mark.at[1] for mark in of(Text, drawn) if "stretch, " in mark.text and " side" in mark.text}) >= 6


def test_nothing_is_praised_that_was_not_held_or_that_hurt() -> None:
    skipped = SummaryRow(title="Small", side=Side.LEFT, held_s=0, goal_s=30, skipped=True)
    said = words(shown("done", summary=SessionSummary(rows=(skipped,) * 10), instruction=None))
    assert "Nothing was held" in said
    assert "ell done" not in said
    held = replace(skipped, skipped=False, held_s=30, longest_s=30, complete=True)
    assert "Not one fault in 30 s" in words(shown("done", summary=SessionSummary(rows=(held,))))
    hurt = replace(held, pains=("mild",))
    assert "Not one fault" not in words(shown("done", summary=SessionSummary(rows=(hurt,))))


@pytest.mark.parametrize("name", list(SCREENS[KNEELING.name]))
def test_keys_recording_and_silence_are_always_shown(name: str) -> None:
    drawn = shown(name, keys=ALWAYS, recording=True, muted=True, stats="30 fps")
    said = words(drawn)
    for part in (
        "s skip",
        "o other side",
        "m sound on",
        "x pain",
        "f full screen",
        "q quit",
        "REC recording",
        "sound off",
        "30 fps",
    ):
        assert part in said
    assert [mark for mark in of(Dot, drawn) if mark.tone is Tone.ALERT]
    quiet = shown(name, keys=(Key.QUIT,), recording=False, muted=False, stats=None)
    assert "REC" not in words(quiet)
    assert "skip " not in words(quiet)
    assert not [mark for mark in of(Dot, quiet) if mark.tone is Tone.ALERT]


def test_without_a_stretch_or_a_moment_there_is_still_a_screen() -> None:
    for phase in SessionPhase:
        drawn = draw_screen(ScreenState(phase=phase, time_s=0.0), None, picture=WIDE, window=WIDE)
        assert "formcheck" in words(drawn)


# --- the silhouette


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_the_silhouette_is_in_good_form_by_its_own_measures(spec: StretchSpec) -> None:
    body = landmarks(target_silhouette(spec))
    for wanted in spec.targets:
        value = measure(MEASURES[wanted.measure], body, spec.roles(NEAR), 1)
        assert value is not None
        assert wanted.full[0] <= value <= wanted.full[1]
    for part in spec.shape:
        value = measure(MEASURES[part.measure], body, spec.roles(NEAR), 1)
        assert value is not None
        assert part.margin(value, entering=True) > 0
    for fault in spec.faults:
        value = measure(MEASURES[fault.measure], body, spec.roles(NEAR), 1)
        assert value is not None
        assert fault.exceeded_by(value) < 0


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_what_carries_the_silhouette_rests_on_the_floor(spec: StretchSpec) -> None:
    joints = target_silhouette(spec)
    parts = ("shoulder", "hip", "knee", "ankle", "heel", "toe")
    low = {f"{side}_{part}": joints[f"{side}_{part}"][1] - FLESH[part] for side in Side for part in parts}
    floor = min(low.values())
    near = min(low[f"{NEAR}_{part}"] for part in parts[2:])
    other = low[f"{NEAR}_shoulder"] if lies(spec) else min(low[f"{NEAR.other}_{part}"] for part in parts[2:])
    assert near == pytest.approx(floor, abs=0.02)
    assert other == pytest.approx(floor, abs=0.02)


@slow_law
@given(between(-15, 15), between(0, 40), between(0, 45))
def test_a_stretch_of_ones_own_gets_its_silhouette(lean: float, extension: float, knee: float) -> None:
    wanted = {"trunk_inclination": lean, "rear_hip_extension": extension, "rear_knee_flexion": knee}
    own = small(
        targets=[
            target(name, full=(value - 8, value + 8), zero=(value - 20, value + 20), weight=100 / 3)
            for name, value in wanted.items()
        ],
        faults=[],
    )
    body = landmarks(target_silhouette(own))
    for name, value in wanted.items():
        assert measure(MEASURES[name], body, own.roles(NEAR), 1) == pytest.approx(value, abs=8)


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_the_silhouette_faces_the_way_it_should_in_the_mirror(spec: StretchSpec) -> None:
    assert facing_evidence(landmarks(target_silhouette(spec))) > 0
    room = Box(left=0.2, low=0.1, width=1.0, height=0.7)
    for facing in (1, -1):
        _floor, rest, stretched = draw_silhouette(spec, facing, room)
        assert isinstance(rest, Body)
        assert isinstance(stretched, Body)
        nose, head = rest.limbs[3].end, rest.limbs[2].start
        tilt = (nose[0] - head[0]) if not lies(spec) else (stretched.limbs[-1].end[0] - head[0])
        assert tilt * facing > 0
        assert (stretched.tone, rest.tone) == (Tone.GOOD, Tone.PLAIN)
        for limb in (*rest.limbs, *stretched.limbs):
            for (x, y), radius in ((limb.start, limb.start_radius), (limb.end, limb.end_radius)):
                assert room.left - 1e-9 <= x - radius
                assert x + radius <= room.right + 1e-9
                assert room.low - 1e-9 <= y - radius
                assert y + radius <= room.top + 1e-9
    mirrored = shown("setup", spec, facing=1), shown("setup", spec, facing=-1)
    seen = [of(Body, drawn)[0] for drawn in mirrored]
    xs = [end[0] for drawn in mirrored for body in of(Body, drawn) for limb in body.limbs for end in (limb.start, limb.end)]
    for a, b in zip(seen[0].limbs, seen[1].limbs, strict=True):
        assert a.start[0] + b.start[0] == pytest.approx(2 * sum(xs) / len(xs)), "it turns in its place"
    # Facing right in the camera's picture is facing left in the mirror; lying, the head is on the right there.
    toe = of(Body, mirrored[0])[1].limbs[-1].end
    head, nose = seen[0].limbs[2].start, seen[0].limbs[3].end
    assert head[0] > (toe[0] if lies(spec) else nose[0])


# --- where things are


@law
@given(specs, st.sampled_from(sorted(SCREENS[KNEELING.name])), windows, pictures, st.sampled_from(["en", "de"]))
def test_every_text_is_inside_the_window_and_on_no_other(
    spec: StretchSpec, name: str, window: float, picture: float, language: str
) -> None:
    with speaking(language):
        drawn = shown(name, spec, window=window, picture=picture)
        texts = [(mark.text, extent(mark)) for mark in of(Text, drawn)]
    for text, (left, low, right, top) in texts:
        assert left >= -1e-6, text
        assert low >= -1e-6, text
        assert right <= window + 1e-6, text
        assert top <= 1 + 1e-6, text
    for (a, at_a), (b, at_b) in combinations(texts, 2):
        if name != "countdown":  # its number may lie over a word where there is hardly any room
            assert not overlap(at_a, at_b), (a, b)


@law
@given(specs, st.sampled_from(sorted(SCREENS[KNEELING.name])), windows, pictures)
def test_no_two_grounds_overlap(spec: StretchSpec, name: str, window: float, picture: float) -> None:
    plates = of(TextBackground, shown(name, spec, window=window, picture=picture))
    for a, b in combinations(plates, 2):
        assert not overlap((*a.low, *a.high), (*b.low, *b.high))


@law
@given(specs, between(1.0, 2.5), pictures)
def test_main_words_can_be_read_from_three_metres(spec: StretchSpec, window: float, picture: float) -> None:
    """At least a twentieth of the window's height."""
    cue = max((fault.cue for fault in spec.faults), key=len)
    moment = MOMENTS[spec.name]
    for status in Status:
        said = replace(moment, cue=Cue(text=cue), assessment=replace(moment.assessment, status=status))
        drawn = shown("stretch", spec, window=window, picture=picture, moment=said)
        bold = [mark for mark in of(Text, drawn) if mark.bold and mark.text not in CAPS.values()]
        main = {
            mark.text: mark
            for mark in bold
            if mark.text in (*(row.live for row in STATUSES.values()), "17") or mark.text in cue
        }
        assert {*STATUSES[status].live.split(" and "), "17"} <= set(main)
        for mark in main.values():
            assert text_metrics.CAPITALS * mark.size >= 0.05, mark.text
    for name in ("setup", "setup_long", "rest", "countdown", "paused", "pain"):
        drawn = shown(name, spec, window=window, picture=picture)
        instruction = SCREENS[spec.name][name].instruction or "Paused How strong was the pain?"
        lines = [mark for mark in of(Text, drawn) if mark.text in instruction and mark.bold and mark.text not in CAPS.values()]
        assert lines
        assert all(text_metrics.CAPITALS * mark.size >= 0.05 for mark in lines)


@law
@given(specs, st.sampled_from(sorted(SCREENS[KNEELING.name])), windows, pictures, st.sampled_from(["en", "de"]))
def test_words_are_never_on_the_picture(spec: StretchSpec, name: str, window: float, picture: float, language: str) -> None:
    """So no word is ever on the person, wherever they are; the summary is over a picture that does not matter."""
    with speaking(language):
        drawn = shown(name, spec, window=window, picture=picture)
        texts = [(mark.text, extent(mark)) for mark in of(Text, drawn)]
    room = (drawn.room.left, drawn.room.low, drawn.room.right, drawn.room.top)
    if name != "done":
        for text, at in texts:
            assert not overlap(at, room), text
        for limb in (limb for body in of(Body, drawn) for limb in body.limbs):
            assert not overlap((*limb.start, *limb.start), room)


@law
@given(specs, windows, pictures, st.data())
def test_the_person_is_in_the_picture_and_as_large_as_can_be(
    spec: StretchSpec, window: float, picture: float, data: st.DataObject
) -> None:
    left, low = data.draw(between(0, 0.7 * picture)), data.draw(between(0, 0.7))
    focus = left, low, data.draw(between(left + 0.1 * picture, picture)), data.draw(between(low + 0.1, 1.0))
    whole = shown("stretch", spec, window=window, picture=picture)
    near = shown("stretch", spec, window=window, picture=picture, focus=focus)
    for drawn in (whole, near):
        room, box = drawn.room, drawn.picture
        assert box.width / box.height == pytest.approx(picture)
        for start, length, low_edge, side in (
            (box.left, box.width, room.left, room.width),
            (box.low, box.height, room.low, room.height),
        ):
            if length <= side + 1e-9:
                assert low_edge - 1e-9 <= start
                assert start + length <= low_edge + side + 1e-9
            else:
                assert start <= low_edge + 1e-9
                assert start + length >= low_edge + side - 1e-9
    assert whole.picture.width <= whole.room.width + 1e-9
    assert whole.picture.height <= whole.room.height + 1e-9
    assert near.picture.height >= whole.picture.height - 1e-9
    x = [near.picture.left + (picture - at) * near.picture.height for at in (focus[2], focus[0])]
    y = [near.picture.low + at * near.picture.height for at in (focus[1], focus[3])]
    assert near.room.left - 1e-6 <= x[0] < x[1] <= near.room.right + 1e-6
    assert near.room.low - 1e-6 <= y[0] < y[1] <= near.room.top + 1e-6


@law
@given(windows, pictures, between(0, 59), between(0, 59))
def test_nothing_moves_while_the_numbers_change(window: float, picture: float, a: float, b: float) -> None:
    def places(held_s: float) -> list[object]:
        drawn = shown("stretch", window=window, picture=picture, held_s=held_s, breath=Breath(inhaling=True, share=held_s / 60))
        return [(type(mark).__name__, getattr(mark, "at", None), getattr(mark, "low", None)) for mark in flatten(drawn.marks)]

    assert places(a) == places(b)


def test_the_bones_are_mirrored_with_the_picture() -> None:
    moment = MOMENTS[KNEELING.name]
    body = moment.landmarks
    assert body is not None
    for window, picture in ((WIDE, WIDE), (0.6, WIDE), (2.4, WIDE)):
        for focus in (None, (0.4, 0.1, 1.2, 0.9)):
            drawn = shown("stretch", window=window, picture=picture, focus=focus)
            box, room = drawn.picture, drawn.room
            ends = [end for mark in drawn.figure if isinstance(mark, Line) for end in (mark.start, mark.end)]
            for joint in ("right_knee", "left_ankle", "mid_shoulder"):
                x, y = locate(body, {}, joint)
                at = box.left + (body.aspect - x) * box.height, box.low + y * box.height
                within = (at[0] - room.left) / room.height, (at[1] - room.low) / room.height
                assert min(abs(within[0] - end[0]) + abs(within[1] - end[1]) for end in ends) < 1e-9


@pytest.mark.parametrize("name", list(SCREENS[KNEELING.name]))
def test_bones_are_drawn_in_a_stretch_alone(name: str) -> None:
    assert bool(shown(name).figure) is name.startswith("stretch")


def test_either_side_is_offered_in_words() -> None:
    assert "Either side first" in words(shown("setup_either"))
    assert "Right side, or left first" in words(shown("setup_choice"))
    assert "first" not in words(shown("setup"))


# --- letters and paint


TEXTS = sorted(
    {fault.cue for spec in SHIPPED for fault in spec.faults}
    | {line for spec in SHIPPED for line in (*spec.coaching, spec.title, spec.setup)}
    | {"-12°", "110°", "Can't see", "breathe out", "of 600 s", "Über die Höhe", "0123456789", "!?…–●"}
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("bold", [False, True])
def test_a_text_is_never_wider_than_the_layout_thinks(text: str, bold: bool) -> None:
    for size in (24, 72):
        real = sprites.text_width(text, size, bold=bold)
        assert real <= text_metrics.width(text, size) + 3  # whole pixels
        assert text_metrics.width(text, size) <= 1.35 * real


def test_capitals_are_as_high_as_the_layout_thinks() -> None:
    image = np.zeros((400, 400, 3), np.uint8)
    paint(image, [Text(at=(0.5, 0.5), text="H", size=0.5, tone=Tone.PLAIN, anchor=Anchor.CENTRE, bold=True)])
    rows = np.flatnonzero(image.max(axis=(1, 2)) > 127)
    assert (rows[-1] - rows[0] + 1) / 400 == pytest.approx(0.5 * text_metrics.CAPITALS, abs=0.01)
    assert (rows[-1] + rows[0]) / 2 == pytest.approx(200, abs=4)


@law
@given(
    st.lists(st.sampled_from(["a", "knee", "forward", "stretch"]), min_size=1, max_size=12), between(0.2, 2), between(0.1, 1)
)
def test_wrapping_loses_no_word_and_fits(parts: list[str], room: float, height: float) -> None:
    text = " ".join(parts)
    size, lines = text_metrics.fit(text, 0.1, room, height)
    assert " ".join(lines) == text
    assert size <= 0.1
    assert all(text_metrics.width(line, size) <= room + 1e-6 for line in lines)
    assert size * (1 + text_metrics.PITCH * (len(lines) - 1)) <= height + 1e-6


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (480, 800), (161, 400), (1000, 300)])
@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_every_phase_can_be_painted_at_any_size_and_leaves_the_camera_picture_alone(
    spec: StretchSpec, size: tuple[int, int]
) -> None:
    image = np.full((240, 426, 3), (200, 60, 20), np.uint8)
    for name, stage in SCREENS[spec.name].items():
        made = render_window(None if name == "lost" else image, stage, spec, *size)
        assert made.shape == (size[1], size[0], 3)
        assert made.dtype == np.uint8
    assert (image == (200, 60, 20)).all()


@pytest.mark.parametrize("size", [(1280, 720), (480, 800), (161, 400), (1000, 300)])
def test_nothing_of_what_was_in_memory_before_is_shown(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.full((240, 426, 3), (200, 60, 20), np.uint8)
    for name, stage in SCREENS[KNEELING.name].items():
        made = []
        for left_there in (0, 255):
            monkeypatch.setattr(np, "empty", lambda shape, kind, value=left_there: np.full(shape, value, kind))
            made.append(render_window(None if name == "lost" else image, stage, KNEELING, *size))
        assert (made[0] == made[1]).all(), name


@pytest.mark.parametrize("how", ["picture", "words", "size"])
def test_only_what_has_changed_is_painted_anew(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    size, painted = [640, 360], []
    monkeypatch.setattr(Window, "closed", False)
    monkeypatch.setattr(Window, "size", property(lambda _: tuple(size)))
    monkeypatch.setattr(Window, "pressed", lambda _: ())
    monkeypatch.setattr(Window, "show_picture", lambda _, picture: painted.append(picture))
    window, image = Window({}), np.zeros((90, 160, 3), np.uint8)
    screen = ScreenState(phase=SessionPhase.SETUP, time_s=0.0, instruction="Hello")
    for _ in range(3):
        window.show(image, replace(screen))
    assert len(painted) == 1
    size[0] += how == "size"
    window.show(image.copy() if how == "picture" else image, replace(screen, instruction="Hi") if how == "words" else screen)
    assert len(painted) == 2


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (160, 90)])
def test_the_picture_is_mirrored(size: tuple[int, int]) -> None:
    image = np.zeros((180, 320, 3), np.uint8)
    image[:, :160] = (250, 0, 0)
    screen = ScreenState(phase=SessionPhase.SETUP, time_s=0.0)
    box = draw_screen(screen, None, picture=16 / 9, window=size[0] / size[1]).picture
    middle = render_window(image, screen, None, *size)[size[1] // 2]
    at = [round((box.left + share * box.width) * size[1]) for share in (0.2, 0.8)]
    assert [middle[x].tolist() for x in at] == [[0, 0, 0], [0, 0, 250]]


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (1000, 300)])
@pytest.mark.parametrize("place", [(0.3, 0.2), (1.5, 0.9), (16 / 18, 0.5)])
def test_a_point_is_marked_where_it_lies_in_the_mirrored_picture(size: tuple[int, int], place: Vec) -> None:
    image = np.zeros((360, 640, 3), np.uint8)
    x, y = round(place[0] * 360), round((1 - place[1]) * 360)
    image[max(0, y - 20) : y + 20, max(0, x - 20) : x + 20] = (250, 0, 0)
    screen = ScreenState(phase=SessionPhase.SETUP, time_s=0.0, points=(place,))
    drawing = draw_screen(screen, None, picture=16 / 9, window=size[0] / size[1])
    box = drawing.picture
    seen = (box.right - place[0] * box.height, box.low + place[1] * box.height)
    column, row = round(seen[0] * size[1]), round((1 - seen[1]) * size[1])
    without = render_window(image, replace(screen, points=()), None, *size)
    assert without[row, column].tolist() == [0, 0, 250], "the spot of the picture that it marks"
    assert render_window(image, screen, None, *size)[row, column].tolist() != [0, 0, 250]
    assert drawing.in_picture(seen) == pytest.approx(place)
    assert drawing.in_picture((box.right + 0.01, seen[1])) is None
    assert drawing.in_picture((seen[0], box.low - 0.01)) is None


def test_what_is_near_is_cut_out_of_the_picture() -> None:
    image = np.zeros((360, 640, 3), np.uint8)
    image[90:270, 160:320] = (0, 250, 0)
    screen = replace(SCREENS[KNEELING.name]["stretch"], moment=None, focus=(160 / 360, 90 / 360, 320 / 360, 270 / 360))
    room = draw_screen(screen, KNEELING, picture=16 / 9, window=16 / 9).room
    made = render_window(image, screen, KNEELING, 1280, 720)
    x, y = round(room.middle[0] * 720), round((1 - room.middle[1]) * 720)
    assert made[y, x].tolist() == [0, 250, 0]
    green = np.flatnonzero((made[y] == (0, 250, 0)).all(axis=1))
    assert abs((green[0] + green[-1]) / 2 - x) <= 2
    assert len(green) == pytest.approx(720 * 160 / 360, abs=6), "so near that the picture fills its place, and no nearer"


@pytest.mark.parametrize("name", ["setup", "stretch", "rest", "pain", "done"])
def test_what_stays_looks_the_same_painted_once_or_mark_by_mark(name: str) -> None:
    """The blends are rounded twice, and where edges meet more often: nobody sees four of 255 levels."""
    spec = SHIPPED[0]
    marks = draw_screen(SCREENS[spec.name][name], spec, picture=16 / 9, window=16 / 9).marks
    assert any(isinstance(mark, CachedMarks) for mark in marks)
    ground = np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8)
    once, one_by_one = ground.copy(), ground.copy()
    paint(once, marks)
    paint(one_by_one, flatten(marks))
    assert np.abs(once.astype(int) - one_by_one).max() <= 4
    assert (once != ground).any()


def test_blue_first_is_the_same_picture() -> None:
    spec = SHIPPED[0]
    marks = draw_screen(SCREENS[spec.name]["stretch"], spec, picture=16 / 9, window=16 / 9).marks
    rgb = np.full((360, 640, 3), 120, np.uint8)
    bgr = rgb.copy()
    paint(rgb, marks)
    paint(bgr, marks, bgr=True)
    assert (rgb == bgr[..., ::-1]).all()


def test_good_and_adjust_differ_in_grey() -> None:
    def grey(tone: Tone) -> float:
        red, green, blue = sprites.SHADES[tone]
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(Tone.GOOD) - grey(Tone.ADJUST)) > 30


def test_a_mark_outside_the_picture_is_left_out() -> None:
    image = np.zeros((100, 100, 3), np.uint8)
    marks: list[Mark] = [
        TextBackground(low=(-3.0, -3.0), high=(-2.0, -2.0)),
        Text(at=(5.0, 5.0), text="gone", size=0.1, tone=Tone.PLAIN),
        Dot(at=(-5.0, 0.5), radius=0.1, tone=Tone.PLAIN),
    ]
    paint(image, marks[:1] + marks[2:])
    assert not image.any()


assert {STANDING.name, SUPINE.name} < set(SCREENS)
