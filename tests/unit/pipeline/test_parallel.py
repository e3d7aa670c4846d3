"""A clip cut into pieces, and what is seen in them told frame by frame."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from formcheck.pipeline.parallel.segments import SEGMENT_S, WARM_S, segments_of
from formcheck.pipeline.recording import SegmentDetections
from formcheck.testing import kneeling, shifted, upright
from formcheck.vision.sampling.interpolation import Detection, interpolated
from tests.support.laws import between as from_to
from tests.support.laws import law

lengths_s = st.one_of(from_to(0.0, 1000.0), st.sampled_from([SEGMENT_S * n / 2 for n in range(12)]))


class TestPieces:
    @law
    @given(lengths_s)
    def test_they_tile_the_clip(self, length_s: float) -> None:
        parts = segments_of(length_s)
        assert parts[0].begin_s == 0.0
        assert parts[-1].end_s is None, "the last one runs to the end, wherever that is"
        assert all(one.end_s == other.begin_s for one, other in pairwise(parts))
        ends_s = [length_s if part.end_s is None else part.end_s for part in parts]
        for part, end_s in zip(parts, ends_s, strict=True):
            assert end_s - part.begin_s <= SEGMENT_S + 1e-6
            assert len(parts) == 1 or end_s - part.begin_s >= SEGMENT_S / 2 - 1e-6

    @law
    @given(lengths_s)
    def test_each_is_warmed_up_for_as_long_as_there_is_something_before_it(self, length_s: float) -> None:
        for part in segments_of(length_s):
            assert part.from_s == max(0.0, part.begin_s - WARM_S)

    @law
    @given(lengths_s, from_to(0.0, 500.0), st.one_of(st.none(), from_to(0.0, 1.0)))
    def test_those_of_a_part_tile_it(self, length_s: float, from_s: float, share: float | None) -> None:
        to_s = None if share is None else from_s + 1.0 + share * length_s
        end_s = length_s if to_s is None else min(length_s, to_s)
        parts = segments_of(end_s, from_s, to_s)
        assert parts[0].begin_s == from_s
        assert parts[-1].end_s == to_s
        assert all(one.end_s == other.begin_s for one, other in pairwise(parts))
        assert all(part.from_s == max(0.0, part.begin_s - WARM_S) for part in parts)
        assert all(other.begin_s - one.begin_s <= SEGMENT_S + 1e-6 for one, other in pairwise(parts))

    def test_of_a_clip_whose_length_nobody_knows_there_is_one(self) -> None:
        assert [(part.begin_s, part.end_s) for part in segments_of(None)] == [(0.0, None)]

    @law
    @given(lengths_s)
    def test_several_are_of_one_length_and_of_an_even_number(self, length_s: float) -> None:
        """So that two processes are through with them at nearly the same time."""
        parts = segments_of(length_s)
        assert len(parts) == 1 or len(parts) % 2 == 0
        lengths = [(part.end_s or length_s) - part.begin_s for part in parts]
        assert max(lengths) - min(lengths) < 1e-6


class TestSeen:
    @law
    @given(
        st.lists(from_to(0.0, 10.0), min_size=1, max_size=5, unique=True),
        st.lists(from_to(0.0, 10.0), max_size=12, unique=True),
    )
    def test_every_frame_is_told_from_the_looks_around_it(self, detected_s: list[float], others_s: list[float]) -> None:
        detected_s = sorted(detected_s)
        looks = [
            Detection(time_s=at_s, people=[shifted(kneeling(), 0.01 * i)], still_s=at_s if i == 0 else detected_s[i - 1])
            for i, at_s in enumerate(detected_s)
        ]
        times_s = sorted({*detected_s, *others_s})
        told = list(SegmentDetections(detections=looks, times_s=times_s).people())
        assert [at_s for at_s, _ in told] == times_s
        for at_s, people in told:
            after = next((i for i, look in enumerate(looks) if look.time_s >= at_s), len(looks) - 1)
            assert people() == interpolated(looks[max(0, after - 1)], looks[after], at_s)

    def test_asking_later_or_twice_gives_the_same(self) -> None:
        looks = [
            Detection(time_s=0.0, people=[kneeling()], still_s=0.0),
            Detection(time_s=1.0, people=[upright()], still_s=0.0),
        ]
        told = list(SegmentDetections(detections=looks, times_s=[0.0, 0.3, 0.7, 1.0]).people())
        later = [people() for _, people in reversed(told)]
        assert later[::-1] == [people() for _, people in told]
        assert later[-1] == looks[0].people

    def test_before_the_first_look_and_after_the_last_it_is_what_these_saw(self) -> None:
        look = Detection(time_s=1.0, people=[kneeling()], still_s=1.0)
        told = [people() for _, people in SegmentDetections(detections=[look], times_s=[0.5, 1.0, 1.5]).people()]
        assert told == [look.people] * 3

    def test_a_piece_without_any_frame(self) -> None:
        assert list(SegmentDetections(detections=[], times_s=[]).people()) == []


def test_a_piece_without_a_look_shows_nobody() -> None:
    assert [(time_s, people()) for time_s, people in SegmentDetections(detections=(), times_s=(1.0, 2.0)).people()] == [
        (1.0, ()),
        (2.0, ()),
    ]
