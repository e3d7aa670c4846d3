"""Marking as a fold: laws of the strip, what can be undone, and what each key does at the desk and while filming."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.values import Side
from formcheck.tuning.labeling import intervals
from formcheck.tuning.labeling.editor import GAP, Asking, ClipTimes, EditorRequest, KeyMap, LabelEditor, palette
from formcheck.tuning.labeling.filming import COUNTDOWN_S, Filming, FilmingPhase
from formcheck.tuning.labeling.intervals import EditHistory, Strip
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelInterval
from tests.support.laws import law
from tests.support.specs import KNEELING, SHIPPED, small

LENGTH_S = 10.0
FPS = 25
CLIP = ClipTimes(times_s=tuple(i / FPS for i in range(int(LENGTH_S * FPS))), length_s=LENGTH_S)

times = st.integers(min_value=0, max_value=1000).map(lambda n: n * LENGTH_S / 1000)
words = st.sampled_from([CORRECT, OTHER, UNSEEN, "leaning_forward", None])
sides = st.sampled_from([None, Side.LEFT, Side.RIGHT])
Stroke = tuple[float, float, str | None, Side | None]
strokes: st.SearchStrategy[Stroke] = st.tuples(times, times, words, sides)


@st.composite
def painted_strips(draw: st.DrawFn) -> Strip:
    strip: Strip = ()
    for stroke in draw(st.lists(strokes, max_size=8)):
        strip = intervals.painted(strip, *stroke)
    return strip


def sound(strip: Strip, length_s: float = LENGTH_S) -> bool:
    inside = all(0 <= entry.start_s < entry.end_s <= length_s for entry in strip)
    return inside and all(before.end_s <= after.start_s for before, after in pairwise(strip))


def interval(start_s: float, end_s: float, label: str = CORRECT) -> LabelInterval:
    return LabelInterval(start_s=start_s, end_s=end_s, label=label)


class TestStrip:
    @law
    @given(painted_strips(), strokes)
    def test_it_stays_sorted_disjoint_and_inside_the_clip(self, strip: Strip, stroke: Stroke) -> None:
        assert sound(intervals.painted(strip, *stroke))

    @law
    @given(painted_strips(), strokes)
    def test_painting_twice_is_painting_once(self, strip: Strip, stroke: Stroke) -> None:
        once = intervals.painted(strip, *stroke)
        assert intervals.painted(once, *stroke) == once

    @law
    @given(painted_strips(), strokes, times)
    def test_what_was_painted_is_there_and_all_else_as_before(self, strip: Strip, stroke: Stroke, time_s: float) -> None:
        start_s, end_s, label, side = stroke
        found, before = intervals.at(intervals.painted(strip, *stroke), time_s), intervals.at(strip, time_s)
        if start_s <= time_s < end_s:
            assert (found and (found.label, found.stretched_side)) == (label and (label, side))
        elif min(abs(time_s - edge) for edge in (start_s, end_s)) > intervals.SLIVER_S:
            assert (found and (found.label, found.stretched_side)) == (before and (before.label, before.stretched_side))

    @law
    @given(painted_strips(), times, times)
    def test_a_moved_boundary_leaves_the_labels_and_their_order(self, strip: Strip, near_s: float, to_s: float) -> None:
        if not strip:
            return
        edge_s = min(intervals.edges(strip), key=lambda time_s: abs(time_s - near_s))
        after = intervals.moved(strip, edge_s, to_s, LENGTH_S)
        assert sound(after)
        assert [entry.label for entry in after] == [entry.label for entry in strip]
        changed = {(a, b) for old, new in zip(strip, after, strict=True) for a, b in _pairs(old, new) if a != b}
        assert changed <= {(edge_s, to_s)}

    @law
    @given(painted_strips(), times)
    def test_what_lies_beyond_the_end_goes(self, strip: Strip, length_s: float) -> None:
        inside = intervals.within(strip, length_s)
        assert sound(inside, length_s)
        assert intervals.within(inside, length_s) == inside

    @law
    @given(st.floats(min_value=0, max_value=36_000))
    def test_times_are_cut_downwards_once(self, time_s: float) -> None:
        cut = intervals.cut_s(time_s)
        assert cut == intervals.cut_s(cut)
        assert -1e-8 <= time_s - cut < 0.001

    def test_touching_intervals_of_one_label_melt(self) -> None:
        assert intervals.painted((interval(0, 2), interval(3, 5)), 2, 3, CORRECT) == (interval(0, 5),)

    def test_a_boundary_between_two_moves_for_both(self) -> None:
        strip = (interval(0, 2), interval(2, 5, OTHER))
        assert intervals.moved(strip, 2, 3, LENGTH_S) == (interval(0, 3), interval(3, 5, OTHER))
        assert intervals.moved(strip, 2, 5, LENGTH_S) == strip, "it does not swallow an interval"
        assert intervals.moved(strip, 5, LENGTH_S + 1, LENGTH_S) == strip, "nor leave the clip"

    def test_the_crumbs_of_rounding_are_swept_away(self) -> None:
        assert intervals.painted((interval(0, 0.067),), 0, 0.066, OTHER) == (interval(0, 0.066, OTHER),)


def _pairs(old: LabelInterval, new: LabelInterval) -> list[tuple[float, float]]:
    return [(old.start_s, new.start_s), (old.end_s, new.end_s)]


Step = Callable[[EditHistory], EditHistory]
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda label, time_s: lambda marks: marks.down(label, time_s), words, times),
    st.builds(lambda time_s: lambda marks: marks.up(time_s), times),
    st.builds(lambda time_s: lambda marks: marks.erased(time_s), times),
    st.builds(lambda time_s: lambda marks: marks.relabelled(time_s, OTHER, None), times),
    st.just(lambda marks: marks.dropped()),
)


class TestMarks:
    @law
    @given(st.lists(steps, max_size=10), steps)
    def test_undo_inverts_and_redo_inverts_undo(self, before: list[Step], step: Step) -> None:
        marks = EditHistory()
        for earlier in before:
            marks = earlier(marks)
        after = step(marks)
        if after is marks:
            return
        assert after != marks
        assert after.undone() == marks
        assert after.undone().redone() == after

    @law
    @given(st.lists(steps, max_size=10))
    def test_all_can_be_undone_and_nothing_more(self, all_steps: list[Step]) -> None:
        marks = EditHistory()
        for step in all_steps:
            marks = step(marks)
            assert sound(marks.strip)
        for _ in range(len(all_steps) + 1):
            marks = marks.undone()
        assert marks == EditHistory()

    def test_each_label_holds_until_the_next(self) -> None:
        marks = EditHistory().down(CORRECT, 1.0).down(UNSEEN, 3.0).down(None, 4.0).down(OTHER, 6.0).up(7.0)
        assert marks.strip == (interval(1, 3), interval(3, 4, UNSEEN), interval(6, 7, OTHER))

    def test_the_pen_paints_forwards_only(self) -> None:
        marks = EditHistory(strip=(interval(0, 2),)).down(OTHER, 5.0)
        assert marks.strip_at(1.0) == (interval(0, 2),)
        assert marks.up(1.0).strip == (interval(0, 2),)

    def test_the_same_label_again_changes_nothing(self) -> None:
        marks = EditHistory().down(CORRECT, 1.0)
        assert marks.down(CORRECT, 2.0) is marks


def desk(*intervals: LabelInterval, both: bool = False) -> LabelEditor:
    return LabelEditor(clip=CLIP, palette=palette(KNEELING, both=both), marks=EditHistory(strip=intervals), saved=intervals)


def pressed(start: LabelEditor, *keys: str) -> LabelEditor:
    for key in keys:
        start = start.press(key)
    return start


ALL_KEYS = [*palette(KNEELING).labels, GAP, *"zyro,.sq", "space", "left", "right", "up", "down", "home", "end"]
ALL_KEYS += ["page_up", "page_down", "enter", "backspace", "escape", "tab", "w", "d"]


class TestDesk:
    @law
    @given(st.lists(st.one_of(st.sampled_from(ALL_KEYS), st.floats(min_value=0.001, max_value=2)), max_size=40), st.booleans())
    def test_whatever_is_pressed_the_strip_is_sound_and_one_is_inside_the_clip(
        self, keys: list[str | float], both: bool
    ) -> None:
        now = desk(interval(1, 3), interval(3, 4.5, OTHER), both=both)
        for key in keys:
            now = now.played(key) if isinstance(key, float) else now.press(key)
            assert sound(now.strip)
            assert 0 <= now.at_s <= CLIP.times_s[-1]
            assert all(round(edge * 1000, 6) % 1 == 0 for edge in intervals.edges(now.strip)), "whole milliseconds"

    def test_labels_while_playing(self) -> None:
        now = desk().press("space").press("c").played(2.0).press("2").played(1.0).press("enter")
        assert now.strip == (interval(0, 2), interval(2, 3, "leaning_forward"))
        assert now.playing

    def test_a_label_to_the_last_picture_reaches_the_clips_end(self) -> None:
        assert pressed(desk(), "page_down", "c", "end", "enter").strip == (interval(1, LENGTH_S),)

    def test_playing_ends_at_the_last_picture_and_begins_anew(self) -> None:
        now = desk().press("space").played(60)
        assert (now.playing, now.number) == (False, len(CLIP.times_s) - 1)
        again = now.press("space")
        assert (again.playing, again.number) == (True, 0)

    def test_steps(self) -> None:
        now = pressed(desk(), "right", "right", "left", "page_down")
        assert now.here_s == pytest.approx(1 + 1 / FPS)
        assert pressed(now, "page_up", "page_up").number == 0

    def test_from_boundary_to_boundary(self) -> None:
        now = desk(interval(1, 3), interval(4, 5))
        assert [pressed(now, *["down"] * n).here_s for n in (1, 2, 3, 4)] == [1, 3, 4, 5]
        assert pressed(now, *["down"] * 5).note
        assert pressed(now, "end", "up", "up").here_s == 4

    def test_the_nearest_boundary_is_moved_by_a_picture(self) -> None:
        now = pressed(desk(interval(1, 3)), "page_down", "page_down", "page_down", "right", ".")
        assert now.strip == (interval(1, 3.04),)
        assert now.here_s == pytest.approx(3.04)
        assert pressed(now, ",", ",").strip == (interval(1, 2.96),)
        assert desk().press(",").note

    def test_the_end_of_the_clip_is_a_place_for_a_boundary(self) -> None:
        now = pressed(desk(interval(1, 9.96)), "end", ".")
        assert now.strip == (interval(1, LENGTH_S),)
        assert pressed(now, ".").strip == now.strip
        assert pressed(now, ",").strip == (interval(1, 9.96),)

    def test_erase_drop_undo_redo(self) -> None:
        start = desk(interval(0, 3))
        assert start.press("backspace").strip == ()
        assert pressed(start, "backspace", "z").strip == start.strip
        assert pressed(start, "backspace", "z", "y").strip == ()
        assert pressed(start, "u", "page_down", "backspace").strip == start.strip, "with the pen down its stroke goes"

    def test_one_whole_interval_gets_another_label(self) -> None:
        asked = desk(interval(0, 3)).press("r")
        assert asked.asking is Asking.RELABEL
        assert asked.press("1").strip == (interval(0, 3, "arching_back"),)
        assert asked.press("x").strip == (interval(0, 3),)
        assert pressed(desk(), "r").note, "where there is none it says so"

    def test_a_clip_of_both_sides(self) -> None:
        now = pressed(desk(both=True), "c", "page_down", "o", "page_down", "u", "page_down", "enter")
        assert [(entry.label, entry.stretched_side) for entry in now.strip] == [
            (CORRECT, Side.LEFT),
            (CORRECT, Side.RIGHT),
            (UNSEEN, None),
        ]
        assert pressed(now, "home", "r", "o").strip[0].stretched_side is Side.RIGHT

    def test_leaving_with_something_unsaved_asks(self) -> None:
        assert desk(interval(0, 1)).press("q").wish is EditorRequest.LEAVE
        asked = pressed(desk(), "c", "page_down", "q")
        assert (asked.asking, asked.wish) == (Asking.LEAVE, None)
        assert asked.press("d").wish is EditorRequest.DISCARD
        assert asked.press("s").wish is EditorRequest.SAVE_AND_LEAVE
        back = asked.press("j")
        assert (back.asking, back.wish, back.strip) == (None, None, asked.strip)

    def test_a_film_that_was_just_made_is_not_left_without_a_question(self) -> None:
        fresh = LabelEditor(clip=CLIP, palette=palette(KNEELING), marks=EditHistory(), saved=None)
        assert fresh.press("escape").asking is Asking.LEAVE

    def test_saving_lifts_the_pen(self) -> None:
        saved = pressed(desk(), "c", "page_down", "s")
        assert (saved.wish, saved.marks.pen, saved.strip) == (EditorRequest.SAVE, None, (interval(0, 1),))
        assert not saved.told("Saved.", saved=True).unsaved


class TestPalette:
    @pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
    def test_every_fault_of_a_shipped_stretch_has_a_digit(self, spec: object) -> None:
        found = palette(spec)  # type: ignore[arg-type]
        faults = [fault.name for fault in spec.faults]  # type: ignore[attr-defined]
        assert [found.labels[str(i + 1)] for i in range(len(faults))] == faults

    def test_no_key_means_two_things(self) -> None:
        fault = {"measure": "trunk_inclination", "above": 15, "clear": 11, "cap": 50, "priority": 2, "cue": "Mind"}
        many = palette(small(faults=[{**fault, "name": f"fault_{n}"} for n in range(16)]), both=True)
        assert len(many.labels) == 19
        assert not set(many.labels) & {"z", "y", "r", "o", ",", ".", "s", "q", "f", GAP}

    def test_a_clip_without_a_stretch_has_neither_correct_nor_faults(self) -> None:
        assert set(palette(None).labels.values()) == {OTHER, UNSEEN}


class TestFilming:
    START = Filming(palette=KeyMap(labels={"c": CORRECT, "u": UNSEEN}))

    def test_from_ready_to_done(self) -> None:
        now = self.START.at(3.0).press("space")
        assert (now.phase, now.count) == (FilmingPhase.COUNTDOWN, 5)
        now = now.at(3.0 + COUNTDOWN_S - 0.01)
        assert (now.phase, now.count) == (FilmingPhase.COUNTDOWN, 1)
        now = now.at(8.0).at(9.0).press("c").at(11.0).press("u").at(12.0).press("space")
        assert (now.phase, now.film_s) == (FilmingPhase.DONE, 4.0)
        assert now.marks.strip_at(4.0) == (interval(1, 3), interval(3, 4, UNSEEN))

    def test_nothing_is_marked_or_filmed_before_it_begins(self) -> None:
        now = self.START.at(3.0).press("c").press("space").press("c").press("space")
        assert (now.phase, now.marks) == (FilmingPhase.READY, EditHistory())
        assert now.press("q").phase is FilmingPhase.LEFT

    def test_undo_and_drop(self) -> None:
        now = self.START.press("space").at(5.0).press("c").at(6.0).press("u").at(7.0)
        assert now.press("z").marks.strip_at(2.0) == (interval(0, 2),)
        assert now.press("backspace").marks.strip_at(2.0) == (interval(0, 1),)
        assert now.press("enter").at(9.0).marks.strip_at(4.0) == (interval(0, 1), interval(1, 2, UNSEEN))
