"""Marking as a fold: laws of the entries, what can be undone, and what each key does at the editor and while filming."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.values import Side
from formcheck.tuning.labeling import intervals
from formcheck.tuning.labeling.editor import GAP, Asking, ClipTimes, EditorRequest, KeyMap, LabelEditor, make_key_map
from formcheck.tuning.labeling.filming import COUNTDOWN_S, Filming, FilmingPhase
from formcheck.tuning.labeling.intervals import EditHistory, Intervals
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
def labelled_intervals(draw: st.DrawFn) -> Intervals:
    entries: Intervals = ()
    for stroke in draw(st.lists(strokes, max_size=8)):
        entries = intervals.labelled(entries, *stroke)
    return entries


def sound(entries: Intervals, length_s: float = LENGTH_S) -> bool:
    inside = all(0 <= entry.start_s < entry.end_s <= length_s for entry in entries)
    return inside and all(before.end_s <= after.start_s for before, after in pairwise(entries))


def interval(start_s: float, end_s: float, label: str = CORRECT) -> LabelInterval:
    return LabelInterval(start_s=start_s, end_s=end_s, label=label)


class TestStrip:
    @law
    @given(labelled_intervals(), strokes)
    def test_it_stays_sorted_disjoint_and_inside_the_clip(self, entries: Intervals, stroke: Stroke) -> None:
        assert sound(intervals.labelled(entries, *stroke))

    @law
    @given(labelled_intervals(), strokes)
    def test_painting_twice_is_painting_once(self, entries: Intervals, stroke: Stroke) -> None:
        once = intervals.labelled(entries, *stroke)
        assert intervals.labelled(once, *stroke) == once

    @law
    @given(labelled_intervals(), strokes, times)
    def test_what_was_painted_is_there_and_all_else_as_before(self, entries: Intervals, stroke: Stroke, time_s: float) -> None:
        start_s, end_s, label, side = stroke
        found, before = (
            intervals.interval_at(intervals.labelled(entries, *stroke), time_s),
            intervals.interval_at(entries, time_s),
        )
        if start_s <= time_s < end_s:
            assert (found and (found.label, found.stretched_side)) == (label and (label, side))
        elif min(abs(time_s - edge) for edge in (start_s, end_s)) > intervals.SLIVER_S:
            assert (found and (found.label, found.stretched_side)) == (before and (before.label, before.stretched_side))

    @law
    @given(labelled_intervals(), times, times)
    def test_a_moved_boundary_leaves_the_labels_and_their_order(self, entries: Intervals, near_s: float, to_s: float) -> None:
        if not entries:
            return
        edge_s = min(intervals.edges(entries), key=lambda time_s: abs(time_s - near_s))
        after = intervals.moved(entries, edge_s, to_s, LENGTH_S)
        assert sound(after)
        assert [entry.label for entry in after] == [entry.label for entry in entries]
        changed = {(a, b) for old, new in zip(entries, after, strict=True) for a, b in _pairs(old, new) if a != b}
        assert changed <= {(edge_s, to_s)}

    @law
    @given(labelled_intervals(), times)
    def test_what_lies_beyond_the_end_goes(self, entries: Intervals, length_s: float) -> None:
        inside = intervals.within(entries, length_s)
        assert sound(inside, length_s)
        assert intervals.within(inside, length_s) == inside

    @law
    @given(st.floats(min_value=0, max_value=36_000))
    def test_times_are_cut_downwards_once(self, time_s: float) -> None:
        cut = intervals.cut_s(time_s)
        assert cut == intervals.cut_s(cut)
        assert -1e-8 <= time_s - cut < 0.001

    def test_touching_intervals_of_one_label_melt(self) -> None:
        assert intervals.labelled((interval(0, 2), interval(3, 5)), 2, 3, CORRECT) == (interval(0, 5),)

    def test_a_boundary_between_two_moves_for_both(self) -> None:
        entries = (interval(0, 2), interval(2, 5, OTHER))
        assert intervals.moved(entries, 2, 3, LENGTH_S) == (interval(0, 3), interval(3, 5, OTHER))
        assert intervals.moved(entries, 2, 5, LENGTH_S) == entries, "it does not swallow an interval"
        assert intervals.moved(entries, 5, LENGTH_S + 1, LENGTH_S) == entries, "nor leave the clip"

    def test_the_crumbs_of_rounding_are_swept_away(self) -> None:
        assert intervals.labelled((interval(0, 0.067),), 0, 0.066, OTHER) == (interval(0, 0.066, OTHER),)


def _pairs(old: LabelInterval, new: LabelInterval) -> list[tuple[float, float]]:
    return [(old.start_s, new.start_s), (old.end_s, new.end_s)]


Step = Callable[[EditHistory], EditHistory]
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda label, time_s: lambda history: history.begin_label(label, time_s), words, times),
    st.builds(lambda time_s: lambda history: history.end_label(time_s), times),
    st.builds(lambda time_s: lambda history: history.erased(time_s), times),
    st.builds(lambda time_s: lambda history: history.relabelled(time_s, OTHER, None), times),
    st.just(lambda history: history.dropped()),
)


class TestMarks:
    @law
    @given(st.lists(steps, max_size=10), steps)
    def test_undo_inverts_and_redo_inverts_undo(self, before: list[Step], step: Step) -> None:
        history = EditHistory()
        for earlier in before:
            history = earlier(history)
        after = step(history)
        if after is history:
            return
        assert after != history
        assert after.undone() == history
        assert after.undone().redone() == after

    @law
    @given(st.lists(steps, max_size=10))
    def test_all_can_be_undone_and_nothing_more(self, all_steps: list[Step]) -> None:
        history = EditHistory()
        for step in all_steps:
            history = step(history)
            assert sound(history.intervals)
        for _ in range(len(all_steps) + 1):
            history = history.undone()
        assert history == EditHistory()

    def test_each_label_holds_until_the_next(self) -> None:
        history = (
            EditHistory()
            .begin_label(CORRECT, 1.0)
            .begin_label(UNSEEN, 3.0)
            .begin_label(None, 4.0)
            .begin_label(OTHER, 6.0)
            .end_label(7.0)
        )
        assert history.intervals == (interval(1, 3), interval(3, 4, UNSEEN), interval(6, 7, OTHER))

    def test_the_pen_paints_forwards_only(self) -> None:
        history = EditHistory(intervals=(interval(0, 2),)).begin_label(OTHER, 5.0)
        assert history.extended(1.0).shown == (interval(0, 2),)
        assert history.end_label(1.0).intervals == (interval(0, 2),)

    def test_the_same_label_again_changes_nothing(self) -> None:
        history = EditHistory().begin_label(CORRECT, 1.0)
        assert history.begin_label(CORRECT, 2.0) is history


def editor(*intervals: LabelInterval, both: bool = False) -> LabelEditor:
    return LabelEditor(
        clip=CLIP, key_map=make_key_map(KNEELING, both=both), history=EditHistory(intervals=intervals), saved=intervals
    )


def pressed(start: LabelEditor, *keys: str) -> LabelEditor:
    for key in keys:
        start = start.press(key)
    return start


ALL_KEYS = [*make_key_map(KNEELING).labels, GAP, *"zyro,.sq", "space", "left", "right", "up", "down", "home", "end"]
ALL_KEYS += ["page_up", "page_down", "enter", "backspace", "escape", "tab", "w", "d"]


class TestDesk:
    @law
    @given(st.lists(st.one_of(st.sampled_from(ALL_KEYS), st.floats(min_value=0.001, max_value=2)), max_size=40), st.booleans())
    def test_whatever_is_pressed_the_strip_is_sound_and_one_is_inside_the_clip(
        self, keys: list[str | float], both: bool
    ) -> None:
        now = editor(interval(1, 3), interval(3, 4.5, OTHER), both=both)
        for key in keys:
            now = now.played(key) if isinstance(key, float) else now.press(key)
            assert sound(now.intervals)
            assert 0 <= now.at_s <= CLIP.times_s[-1]
            assert all(round(edge * 1000, 6) % 1 == 0 for edge in intervals.edges(now.intervals)), "whole milliseconds"

    def test_labels_while_playing(self) -> None:
        now = editor().press("space").press("c").played(2.0).press("2").played(1.0).press("enter")
        assert now.intervals == (interval(0, 2), interval(2, 3, "leaning_forward"))
        assert now.playing

    def test_a_label_to_the_last_picture_reaches_the_clips_end(self) -> None:
        assert pressed(editor(), "page_down", "c", "end", "enter").intervals == (interval(1, LENGTH_S),)

    def test_playing_ends_at_the_last_picture_and_begins_anew(self) -> None:
        now = editor().press("space").played(60)
        assert (now.playing, now.number) == (False, len(CLIP.times_s) - 1)
        again = now.press("space")
        assert (again.playing, again.number) == (True, 0)

    def test_steps(self) -> None:
        now = pressed(editor(), "right", "right", "left", "page_down")
        assert now.here_s == pytest.approx(1 + 1 / FPS)
        assert pressed(now, "page_up", "page_up").number == 0

    def test_from_boundary_to_boundary(self) -> None:
        now = editor(interval(1, 3), interval(4, 5))
        assert [pressed(now, *["down"] * n).here_s for n in (1, 2, 3, 4)] == [1, 3, 4, 5]
        assert pressed(now, *["down"] * 5).note
        assert pressed(now, "end", "up", "up").here_s == 4

    def test_the_nearest_boundary_is_moved_by_a_picture(self) -> None:
        now = pressed(editor(interval(1, 3)), "page_down", "page_down", "page_down", "right", ".")
        assert now.intervals == (interval(1, 3.04),)
        assert now.here_s == pytest.approx(3.04)
        assert pressed(now, ",", ",").intervals == (interval(1, 2.96),)
        assert editor().press(",").note

    def test_the_end_of_the_clip_is_a_place_for_a_boundary(self) -> None:
        now = pressed(editor(interval(1, 9.96)), "end", ".")
        assert now.intervals == (interval(1, LENGTH_S),)
        assert pressed(now, ".").intervals == now.intervals
        assert pressed(now, ",").intervals == (interval(1, 9.96),)

    def test_erase_drop_undo_redo(self) -> None:
        start = editor(interval(0, 3))
        assert start.press("backspace").intervals == ()
        assert pressed(start, "backspace", "z").intervals == start.intervals
        assert pressed(start, "backspace", "z", "y").intervals == ()
        assert pressed(start, "u", "page_down", "backspace").intervals == start.intervals, "with the pen down its stroke goes"

    def test_one_whole_interval_gets_another_label(self) -> None:
        asked = editor(interval(0, 3)).press("r")
        assert asked.asking is Asking.RELABEL
        assert asked.press("1").intervals == (interval(0, 3, "arching_back"),)
        assert asked.press("x").intervals == (interval(0, 3),)
        assert pressed(editor(), "r").note, "where there is none it says so"

    def test_a_clip_of_both_sides(self) -> None:
        now = pressed(editor(both=True), "c", "page_down", "o", "page_down", "u", "page_down", "enter")
        assert [(entry.label, entry.stretched_side) for entry in now.intervals] == [
            (CORRECT, Side.LEFT),
            (CORRECT, Side.RIGHT),
            (UNSEEN, None),
        ]
        assert pressed(now, "home", "r", "o").intervals[0].stretched_side is Side.RIGHT

    def test_leaving_with_something_unsaved_asks(self) -> None:
        assert editor(interval(0, 1)).press("q").request is EditorRequest.LEAVE
        asked = pressed(editor(), "c", "page_down", "q")
        assert (asked.asking, asked.request) == (Asking.LEAVE, None)
        assert asked.press("d").request is EditorRequest.DISCARD
        assert asked.press("s").request is EditorRequest.SAVE_AND_LEAVE
        back = asked.press("j")
        assert (back.asking, back.request, back.intervals) == (None, None, asked.intervals)

    def test_a_film_that_was_just_made_is_not_left_without_a_question(self) -> None:
        fresh = LabelEditor(clip=CLIP, key_map=make_key_map(KNEELING), history=EditHistory(), saved=None)
        assert fresh.press("escape").asking is Asking.LEAVE

    def test_saving_lifts_the_pen(self) -> None:
        saved = pressed(editor(), "c", "page_down", "s")
        assert (saved.request, saved.history.pending, saved.intervals) == (EditorRequest.SAVE, None, (interval(0, 1),))
        assert not saved.with_note("Saved.", saved=True).unsaved


class TestPalette:
    @pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
    def test_every_fault_of_a_shipped_stretch_has_a_digit(self, spec: object) -> None:
        found = make_key_map(spec)  # type: ignore[arg-type]
        faults = [fault.name for fault in spec.faults]  # type: ignore[attr-defined]
        assert [found.labels[str(i + 1)] for i in range(len(faults))] == faults

    def test_no_key_means_two_things(self) -> None:
        fault = {"measure": "trunk_inclination", "above": 15, "clear": 11, "cap": 50, "priority": 2, "cue": "Mind"}
        many = make_key_map(small(faults=[{**fault, "name": f"fault_{n}"} for n in range(16)]), both=True)
        assert len(many.labels) == 19
        assert not set(many.labels) & {"z", "y", "r", "o", ",", ".", "s", "q", "f", GAP}

    def test_a_clip_without_a_stretch_has_neither_correct_nor_faults(self) -> None:
        assert set(make_key_map(None).labels.values()) == {OTHER, UNSEEN}


class TestFilming:
    START = Filming(key_map=KeyMap(labels={"c": CORRECT, "u": UNSEEN}))

    def test_from_ready_to_done(self) -> None:
        now = self.START.at(3.0).press("space")
        assert (now.phase, now.count) == (FilmingPhase.COUNTDOWN, 5)
        now = now.at(3.0 + COUNTDOWN_S - 0.01)
        assert (now.phase, now.count) == (FilmingPhase.COUNTDOWN, 1)
        now = now.at(8.0).at(9.0).press("c").at(11.0).press("u").at(12.0).press("space")
        assert (now.phase, now.film_s) == (FilmingPhase.DONE, 4.0)
        assert now.history.shown == (interval(1, 3), interval(3, 4, UNSEEN))

    def test_nothing_is_marked_or_filmed_before_it_begins(self) -> None:
        now = self.START.at(3.0).press("c").press("space").press("c").press("space")
        assert (now.phase, now.history) == (FilmingPhase.READY, EditHistory())
        assert now.press("q").phase is FilmingPhase.LEFT

    @law
    @given(
        st.lists(
            st.one_of(st.sampled_from(["c", "u", GAP, "enter", "z", "y", "backspace", "w"]), st.floats(0.01, 3)), max_size=30
        )
    )
    def test_what_is_marked_stays_but_for_a_key_that_says_so(self, keys: list[str | float]) -> None:
        now = self.START.press("space").at(COUNTDOWN_S)
        for key in keys:
            before, pending, film_s = now.history.shown, now.history.pending, now.film_s
            now = now.at(now.now_s + key) if isinstance(key, float) else now.press(key)
            if isinstance(key, float) and pending is not None:
                assert now.history.shown == intervals.labelled(
                    before, intervals.cut_s(film_s), intervals.cut_s(now.film_s), pending.label
                )
            elif key not in ("z", "y", "backspace"):
                assert now.history.shown == before
            assert sound(now.history.shown, now.film_s + 1e-6)  # times in a label file are rounded
            done = now.press("q")
            assert done.history.extended(done.film_s).shown == now.history.shown

    def test_undo_and_drop(self) -> None:
        now = self.START.press("space").at(5.0).press("c").at(6.0).press("u").at(7.0)
        assert now.press("z").history.shown == (interval(0, 2),)
        assert now.press("backspace").history.shown == (interval(0, 1),)
        assert now.press("enter").at(9.0).history.shown == (interval(0, 1), interval(1, 2, UNSEEN))
