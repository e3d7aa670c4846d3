"""Looking at fewer frames than there are: what lies between two looks, how often to look, and whether anything moved."""

from dataclasses import replace
from math import isfinite
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.interfaces import Image
from formcheck.core.values import Landmarks
from formcheck.system.native.media_libs import av
from formcheck.testing import hidden, kneeling, legs_flat, shaken, shifted, standing, supine, trunk_length, upright
from formcheck.vision.sampling.interpolation import Detection, interpolated
from formcheck.vision.sampling.motion import AT_LEAST, Box, box_of, moved
from formcheck.vision.sampling.pace import GROWS, SELDOM_S, SETTLED, STEP_S, Pace
from formcheck.vision.video.file import FrameConverter
from formcheck.vision.video.sparse_reader import SparseFrame
from tests.support.laws import between as from_to
from tests.support.laws import law, seeds, slow_law

BODIES = [kneeling(), standing(), supine(), upright(), legs_flat()]
bodies = st.builds(lambda body, seed: shaken(body, Random(seed), 0.01), st.sampled_from(BODIES), seeds)
crowds = st.lists(bodies, max_size=2)
shares = from_to(0.0, 1.0)

HEIGHT, WIDTH = 90, 160


class TestBetween:
    @law
    @given(crowds, crowds, shares)
    def test_at_the_looks_it_is_what_was_seen(self, first: list[Landmarks], second: list[Landmarks], still: float) -> None:
        before = Detection(time_s=1.0, people=first, still_s=0.0)
        after = Detection(time_s=2.0, people=second, still_s=1.0 + still)
        assert interpolated(before, after, 1.0) is first
        assert interpolated(before, after, 2.0) is second
        assert interpolated(before, before, 1.0) is first

    @law
    @given(bodies, from_to(-0.05, 0.05), shares, shares)
    def test_joints_move_straight_and_evenly_once_the_picture_changes(
        self, body: Landmarks, right: float, still: float, share: float
    ) -> None:
        there = shaken(shifted(body, right, 0.02), Random(1), 0.005)
        before = Detection(time_s=1.0, people=[body], still_s=0.0)
        after = Detection(time_s=3.0, people=[there], still_s=1.0 + still)
        (person,) = interpolated(before, after, after.still_s + share * (3.0 - after.still_s))
        for name, point in person.points.items():
            one, other = body.points[name], there.points[name]
            assert point.x == pytest.approx(one.x + share * (other.x - one.x), abs=1e-9)
            assert point.y == pytest.approx(one.y + share * (other.y - one.y), abs=1e-9)
            assert point.visibility == pytest.approx(one.visibility)
        assert person.world.keys() == body.world.keys()
        assert person.aspect == body.aspect

    def test_the_spread_is_that_of_the_nearer_look(self) -> None:
        """Not half way: one that leads the other way would take it to nothing."""
        body = kneeling()
        first, second = (replace(body, spread={"left_knee": (across, 0.0)}) for across in (0.02, -0.02))
        before = Detection(time_s=1.0, people=[first], still_s=1.0)
        after = Detection(time_s=2.0, people=[second], still_s=1.0)
        for at_s, nearer in ((1.2, first), (1.4, first), (1.7, second)):
            (person,) = interpolated(before, after, at_s)
            assert person.spread == nearer.spread

    @law
    @given(crowds, crowds, shares, shares)
    def test_nothing_changes_while_the_picture_does_not(
        self, first: list[Landmarks], second: list[Landmarks], still: float, share: float
    ) -> None:
        before = Detection(time_s=1.0, people=first, still_s=0.0)
        after = Detection(time_s=2.5, people=second, still_s=1.0 + still)
        assert list(interpolated(before, after, 1.0 + share * still)) in (first[:1], first)

    @pytest.mark.parametrize("coming", [True, False])
    @pytest.mark.parametrize("instead", [(), (shifted(kneeling(), 1.0),)])
    def test_somebody_who_comes_or_goes_is_there_from_or_until_half_way(
        self, coming: bool, instead: tuple[Landmarks, ...]
    ) -> None:
        """Also where somebody else is there before or after: nobody glides across the picture."""
        people = [instead, (kneeling(),)] if coming else [(kneeling(),), instead]
        before = Detection(time_s=1.0, people=people[0], still_s=0.0)
        after = Detection(time_s=2.0, people=people[1], still_s=1.4)
        assert interpolated(before, after, 1.69) == people[0]
        assert interpolated(before, after, 1.71) == people[1]

    @law
    @given(crowds, crowds, shares, from_to(-1.0, 4.0))
    def test_every_number_is_finite_at_any_time(
        self, first: list[Landmarks], second: list[Landmarks], still: float, at_s: float
    ) -> None:
        before = Detection(time_s=1.0, people=first, still_s=0.0)
        for after in (
            Detection(time_s=2.0, people=second, still_s=1.0 + still),
            Detection(time_s=2.0, people=second, still_s=2.0),
        ):
            for person in interpolated(before, after, at_s):
                assert all(isfinite(n) for p in person.points.values() for n in (p.x, p.y, p.visibility))
                assert all(isfinite(n) for place in person.world.values() for n in place)


def looked_at(people_at: dict[int, list[Landmarks]], moving: set[int], frames: int, fps: float) -> list[float]:
    """The times of the looks at a clip, as the pace has it. `people_at` and `moving` are told by frame number."""
    pace, times_s = Pace(), []
    people: list[Landmarks] = []
    for i in range(frames):
        people = people_at.get(i, people)
        if pace.due(i / fps, moving=i in moving):
            pace = pace.after_detection(people, i / fps, moving=i in moving)
            times_s.append(i / fps)
    return times_s


class TestPace:
    @law
    @given(
        st.dictionaries(st.integers(0, 300), crowds, max_size=4),
        st.sets(st.integers(0, 300)),
        st.sampled_from([10.0, 24.0, 30.0, 60.0]),
    )
    def test_it_is_never_long_without_a_look_and_a_movement_is_looked_at_at_once(
        self, people_at: dict[int, list[Landmarks]], moving: set[int], fps: float
    ) -> None:
        frames = 300
        times_s = looked_at(people_at, moving, frames, fps)
        frame_s = 1 / fps + 1e-9
        assert times_s[0] == 0.0
        assert times_s == sorted(set(times_s))
        for one, other in zip(times_s, [*times_s[1:], (frames - 1) / fps], strict=True):
            assert other - one <= SELDOM_S + frame_s
        for i in moving - {300}:
            since_s = i / fps - max(at_s for at_s in times_s if at_s <= i / fps)
            assert since_s < STEP_S

    @law
    @given(st.lists(st.tuples(crowds, st.booleans()), max_size=12))
    def test_the_wait_grows_by_no_more_than_its_factor_and_to_no_more_than_the_longest(
        self, looks: list[tuple[list[Landmarks], bool]]
    ) -> None:
        pace, at_s = Pace(), 0.0
        for people, moving in looks:
            after = pace.after_detection(people, at_s, moving=moving)
            assert 0.0 <= after.wait_s <= min(SELDOM_S, GROWS * max(pace.wait_s, STEP_S))
            assert not (moving and after.wait_s > max(pace.wait_s, STEP_S)), "a movement makes nobody wait for longer"
            pace, at_s = after, at_s + 1.0

    @law
    @given(bodies, st.integers(0, 6), from_to(0.0, 4.0), from_to(0.0, 4.0), st.booleans())
    def test_what_is_due_stays_due_and_movement_never_puts_it_off(
        self, body: Landmarks, looks: int, wait_s: float, longer_s: float, moving: bool
    ) -> None:
        pace = Pace()
        for i in range(looks):
            pace = pace.after_detection((body,), float(i), moving=False)
        at_s = max(0, looks - 1) + wait_s
        if pace.due(at_s, moving=moving):
            assert pace.due(at_s + longer_s, moving=moving)
            assert pace.due(at_s, moving=True)

    def test_somebody_still_is_looked_at_ever_less_often(self) -> None:
        times_s = looked_at({0: [supine()]}, set(), 30 * 60, 30.0)
        waits_s = np.diff(times_s)
        assert all(np.diff(waits_s) > -1.5 / 30)
        assert waits_s[-1] == pytest.approx(SELDOM_S, abs=1.5 / 30)
        assert len(times_s) < 60 / SELDOM_S + 10

    def test_an_empty_room_too(self) -> None:
        assert len(looked_at({}, set(), 30 * 60, 30.0)) < 60 / SELDOM_S + 10

    def test_who_has_moved_is_looked_at_again_soon(self) -> None:
        body = kneeling()
        calm = Pace().after_detection((body,), 0.0, moving=True).after_detection((body,), 1.0, moving=False)
        steps = [share * SETTLED * trunk_length(body) for share in (0.0, 0.5, 2.0, 40.0)]
        waits_s = [calm.after_detection([shifted(body, step)], 2.0, moving=False).wait_s for step in steps]
        assert waits_s[0] == waits_s[1] > STEP_S
        assert waits_s[2] == waits_s[3] == STEP_S

    def test_breathing_that_moves_no_joint_is_no_movement_any_more(self) -> None:
        body = kneeling()
        out, breathed_in = filmed(0.6, 0.0, 1), filmed(0.606, 0.0, 2)
        assert moved(out, breathed_in)
        pace = Pace().after_detection((body,), 0.0, moving=True, thumb=out)
        assert pace.moving(breathed_in)
        pace = pace.after_detection((body,), 0.1, moving=True, thumb=breathed_in)
        assert not pace.moving(out)
        assert not pace.moving(filmed(0.603, 0.0, 3))
        assert pace.moving(filmed(0.65, 0.0, 4)), "further than a breath"
        somewhere_else = out.copy()
        somewhere_else[10:14, 60:64] += 60
        assert pace.moving(somewhere_else), "another part of the picture"

    def test_a_change_of_light_is_no_breath(self) -> None:
        """What everything does tells nothing of anybody: it would hide every movement."""
        body, dark = kneeling(), filmed(0.6, 0.0, 1)
        bright = dark + np.uint8(20)
        pace = Pace().after_detection((body,), 0.0, moving=True, thumb=dark)
        pace = pace.after_detection((body,), 0.1, moving=True, thumb=bright)
        assert pace.usual is None
        assert pace.moving(dark)

    def test_what_breathing_is_has_to_be_learnt_anew_once_a_joint_has_moved(self) -> None:
        body = kneeling()
        out, breathed_in = filmed(0.6, 0.0, 1), filmed(0.606, 0.0, 2)
        there = shifted(body, 2 * SETTLED * trunk_length(body))
        pace = Pace().after_detection((body,), 0.0, moving=True, thumb=out)
        pace = pace.after_detection((there,), 0.1, moving=True, thumb=breathed_in)
        assert pace.usual is None
        assert pace.moving(out)

    @law
    @given(bodies, from_to(0.0, 0.8) | from_to(1.25, 2.0), from_to(0.01, 1.0))
    def test_how_much_is_a_movement_does_not_hang_on_how_often_one_looks(
        self, body: Landmarks, of_settled: float, step: float
    ) -> None:
        """Else at every picture of a camera nobody would ever move."""
        slow = shifted(body, of_settled * step * SETTLED * trunk_length(body))
        pace = Pace().after_detection((body,), 0.0, moving=True, thumb=filmed(0.6, 0.0, 1))
        pace = pace.after_detection((slow,), step * STEP_S, moving=True, thumb=filmed(0.606, 0.0, 2))
        assert (pace.usual is None) == (of_settled > 1.0)

    def test_who_comes_or_goes_is_looked_at_at_every_picture(self) -> None:
        for people, then in (((), (kneeling(),)), ((kneeling(),), ())):
            assert Pace().after_detection(people, 0.0, moving=False).after_detection(then, 1.0, moving=False).every_frame

    def test_a_guessed_joint_that_jumps_is_no_movement(self) -> None:
        body = hidden(supine(), "left_ankle", "left_toe")
        jumped = replace(
            body, points={name: replace(p, x=p.x + 0.3) if name == "left_ankle" else p for name, p in body.points.items()}
        )
        settled = Pace().after_detection((body,), 0.0, moving=False)
        assert settled.after_detection((jumped,), 1.0, moving=False) == replace(
            settled.after_detection((body,), 1.0, moving=False), seen=(jumped,)
        )


def filmed(edge: float, sigma: float, seed: int) -> Image:
    """The small copy of a webcam's picture of a limb before a wall: its edge at `edge` picture heights, noise of `sigma`."""
    high, wide = 360, 640
    rows = np.clip(np.arange(high) + 1 - edge * high, 0.0, 1.0)
    picture = np.full((high, wide), 90.0)
    picture[:, 160:480] += 60 * rows[:, None]
    noise = np.random.default_rng(seed).normal(0.0, sigma, picture.shape)
    pixels = np.clip(picture + noise, 0, 255).round().astype(np.uint8)
    return SparseFrame(0.0, av.VideoFrame.from_ndarray(pixels, format="gray"), FrameConverter()).thumb


pictures = seeds.map(lambda seed: np.random.default_rng(seed).integers(0, 256, (HEIGHT, WIDTH)).astype(np.uint8))
boxes = st.tuples(*[from_to(-0.5, 2.2)] * 4).map(
    lambda edges: (min(edges[0], edges[2]), min(edges[1], edges[3]), max(edges[0], edges[2]), max(edges[1], edges[3]))
)


class TestStillness:
    @law
    @given(pictures)
    def test_a_picture_has_not_moved_against_itself(self, picture: Image) -> None:
        assert not moved(picture, picture.copy())

    @law
    @given(pictures, pictures)
    def test_before_and_after_may_change_places(self, one: Image, other: Image) -> None:
        assert moved(one, other) is moved(other, one)

    @slow_law
    @given(seeds, from_to(0.2, 0.8))
    def test_noise_of_a_webcam_is_no_movement(self, seed: int, edge: float) -> None:
        assert not moved(filmed(edge, 2.0, seed), filmed(edge, 2.0, seed + 1))

    @slow_law
    @given(seeds, from_to(0.2, 0.8), st.sampled_from([-0.005, 0.005]))
    def test_an_edge_that_moves_by_half_a_percent_of_the_height_is_movement(self, seed: int, edge: float, by: float) -> None:
        assert moved(filmed(edge, 2.0, seed), filmed(edge + by, 2.0, seed + 1))

    @law
    @given(pictures, st.sets(st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1)), max_size=12), boxes)
    def test_what_changes_counts_inside_a_box_or_outside_of_it(
        self, before: Image, changed: set[tuple[int, int]], box: Box
    ) -> None:
        now = before.copy()
        for at in changed:
            now[at] = (int(now[at]) + 128) % 256
        inside, outside = moved(before, now, box), moved(before, now, box, outside=True)
        assert moved(before, now) is (len(changed) >= AT_LEAST)
        if inside or outside:
            assert moved(before, now)
        if len(changed) >= 2 * AT_LEAST - 1:
            assert inside or outside
        if len(changed) < 2 * AT_LEAST:
            assert not (inside and outside)

    @law
    @given(bodies, from_to(-1.5, 1.5))
    def test_the_box_of_somebody_holds_all_joints_wherever_they_are(self, body: Landmarks, right: float) -> None:
        body = shifted(body, right)
        left, top, right_edge, bottom = box_of(body)
        assert all(left < p.x < right_edge and top < 1 - p.y < bottom for p in body.points.values())

    def test_somebody_behind_does_not_count_inside_the_box(self) -> None:
        body = shifted(kneeling(), -0.3)
        before = np.full((HEIGHT, WIDTH), 90, np.uint8)
        now = before.copy()
        now[20:60, 150:158] = 200
        assert moved(before, now)
        assert not moved(before, now, box_of(body))
        assert moved(before, now, box_of(body), outside=True)
