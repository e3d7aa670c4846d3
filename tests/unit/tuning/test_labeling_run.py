"""Nothing marked is lost: whatever is pressed, the lanes, the label file and the recovery file say the same.

The run is the real one, with its keys, its label file and its draft; the window and the clock are hand-made.
"""

import shutil
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from formcheck.core.errors import LabelError, OutputError
from formcheck.core.values import Side
from formcheck.tuning.labeling.editor import GAP, Asking, label_words
from formcheck.tuning.labeling.intervals import Intervals, PendingLabel, labelled, with_sides
from formcheck.tuning.labeling.job import LabelingJob
from formcheck.tuning.labeling.run import DRAFT_EVERY_S, Ending
from formcheck.tuning.labeling.window import CLOSED
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelInterval
from tests.proofs import Found
from tests.support.labeller import CLIPS, Labeller, Picture, pictures
from tests.unit.tuning.test_labeling import interval

LEANING = "leaning_forward"
STEADY_S = 5.0
"""The length of the steady clip."""

WINDING = ("left", "right", "page_up", "page_down", "home", "end", "up", "down", "space")
CHANGING = ("enter", "backspace", "z", "y", ",", ".", "r", "o")
IDLE = ("s", "q", "escape", "tab", "w", "j")
BEFORE: dict[str, Intervals] = {
    "nothing": (),
    "three": (interval(0.6, 1.4), interval(1.4, 2.0, LEANING), interval(3.0, 4.4, UNSEEN)),
    "all": (interval(0.0, 4.4, OTHER),),
}
WITHIN_REACH = {"photo": ("nothing",), "steady": tuple(BEFORE), "uneven": tuple(BEFORE)}


class Labelling(RuleBasedStateMachine):
    """Keys in any order, with playing, a window closed and power cuts in between."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(
        data=st.data(), clip=st.sampled_from(list(CLIPS)), side=st.sampled_from(["right", "both"]), filmed=st.booleans()
    )
    def open(self, data: st.DataObject, clip: str, side: str, filmed: bool) -> None:
        before = BEFORE[data.draw(st.sampled_from(WITHIN_REACH[clip]), label="before")] if not filmed else ()
        if side == "both":
            sides = {CORRECT: Side.LEFT, LEANING: Side.RIGHT}
            before = tuple(entry.model_copy(update={"stretched_side": sides.get(entry.label)}) for entry in before)
        self.labeller = Labeller(self.folder, clip, before, side=side, filmed=filmed)
        self.ever_shown = [self.labeller.shown]
        self.agree()

    @rule(key=st.sampled_from([*WINDING, *CHANGING, *IDLE]))
    def press_a_key(self, key: str) -> None:
        self.press(key)

    @rule(data=st.data(), winding=st.lists(st.sampled_from(WINDING), max_size=4))
    def mark(self, data: st.DataObject, winding: list[str]) -> None:
        self.press(data.draw(st.sampled_from([*self.labeller.run.editor.key_map.labels, GAP]), label="key"))
        for key in winding:
            self.press(key)

    @rule(key=st.sampled_from(CHANGING), winding=st.lists(st.sampled_from(WINDING), max_size=4))
    def wind_and_change(self, key: str, winding: list[str]) -> None:
        for wind in winding:
            self.press(wind)
        self.press(key)

    @rule(winding=st.lists(st.sampled_from(WINDING), min_size=1, max_size=4), steps=st.integers(min_value=1, max_value=4))
    def take_back(self, winding: list[str], steps: int) -> None:
        self.press("enter")
        for wind in winding:
            self.press(wind)
        undone = []
        for _ in range(steps):
            shown = self.labeller.shown
            self.press("z")
            if self.labeller.note != "There is nothing to undo.":
                undone.append(shown)
        for shown in reversed(undone):
            self.press("y")
            assert self.labeller.shown == shown

    @rule(seconds=st.floats(min_value=0.01, max_value=6.0))
    def play(self, seconds: float) -> None:
        if not self.labeller.run.editor.playing:
            self.press("space")
        was = self.now()
        self.labeller.wait(seconds)
        self.wound(was)
        self.agree(lag_s=DRAFT_EVERY_S)

    @rule(closed=st.booleans())
    def go_on_another_day(self, closed: bool) -> None:
        shown, run = self.labeller.shown, self.labeller.run
        if closed:
            self.labeller.screen.waiting = (CLOSED,)
            assert (run.run() is Ending.CLOSED) == run.editor.unsaved
            assert self.labeller.in_recovery == shown
        else:
            self.labeller.press("tab")  # any key has the draft written at once; then the power goes
        self.begin_again(shown)

    def begin_again(self, shown: Intervals) -> None:
        self.labeller.cut_off()
        assert self.labeller.shown == shown
        self.ever_shown = [shown]
        self.agree()

    def now(self) -> tuple[Intervals, int, PendingLabel | None]:
        view = self.labeller.screen.view
        return view.intervals, self.labeller.run.editor.number, view.pending

    def cells(self, intervals: Intervals) -> list[Picture]:
        return pictures(intervals, self.labeller.video.times_s)

    def press(self, key: str) -> None:
        labeller, was, asking = self.labeller, self.now(), self.labeller.run.editor.asking
        shown, here, pending = was
        labeller.press(key)
        if labeller.run.ending is not None:
            self.ended(shown)
            return
        before, after = self.cells(shown), self.cells(labeller.shown)
        changed = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        labels = {**labeller.run.editor.key_map.labels, GAP: None}
        marking = self.label_of(pending)
        started = pending is not None and self.labeller.video.times_s[here] >= pending.since_s - 1e-6
        last = len(before) - 1
        if asking is Asking.LEAVE:
            assert not changed
        elif asking is Asking.RELABEL:
            assert not changed or key in labels or key == "o"
            assert {before[i] for i in changed} <= {before[here]}
        elif key in WINDING:
            self.wound(was)
        elif key in labels or key == "o":
            assert all(i >= here for i in changed)
            assert all((before[i] == marking and started) or i == last for i in changed), (
                "only what was being marked, from here on"
            )
            new = {picture[0] for i in changed if (picture := after[i]) is not None}
            assert new <= ({labels[key]} if key in labels else {marking and marking[0]})
        elif key == "enter":
            assert all(i >= here and before[i] == marking for i in changed), "what was being marked ends here"
        elif key == "backspace":
            assert {before[i] for i in changed} <= {marking if pending is not None else before[here]}
        elif key in ("z", "y"):
            assert labeller.shown in self.ever_shown, "nothing that was never shown"
        elif key in (",", "."):
            assert len(changed) <= 2
            assert [e.label for e in labeller.shown] == [e.label for e in shown]
        elif key != "r":
            assert labeller.shown == shown
        self.agree()

    def wound(self, was: tuple[Intervals, int, PendingLabel | None]) -> None:
        """Assert that going on marked what is passed, if the header said so, and that nothing else changed."""
        shown, here, pending = was
        times_s, there = self.labeller.video.times_s, self.labeller.run.editor.number
        expected = self.cells(shown)
        reached = there + 1 if there == len(times_s) - 1 else there
        for i in range(here, reached if there > here else here):
            if pending is not None and times_s[i] >= pending.since_s - 1e-6:
                expected[i] = self.label_of(pending)
        assert self.cells(self.labeller.shown) == expected

    @staticmethod
    def label_of(pending: PendingLabel | None) -> Picture:
        return (pending.label, pending.side) if pending is not None and pending.label is not None else None

    def agree(self, lag_s: float = 0.0) -> None:
        """Assert that the lanes, the file if it were saved now, the recovery file and the header say the same."""
        labeller = self.labeller
        shown, recent = labeller.shown, labeller.shown_since(labeller.screen.now_s - lag_s)
        self.ever_shown.append(shown)
        assert all(one.end_s <= two.start_s for one, two in pairwise(shown))
        written, said = labeller.would_save()
        assert written == shown
        if not shown:
            assert said.startswith("Nothing is marked")
        assert labeller.in_recovery in (recent if lag_s else [shown])
        here_s, pending = labeller.run.editor.here_s, labeller.screen.view.pending
        here = self.cells(shown)[labeller.run.editor.number]
        if pending is not None:
            assert labeller.header.startswith("marking")
            assert labeller.header.endswith(label_words(pending.label))
            assert ("from" in labeller.header) == (here_s < pending.since_s)
        else:
            assert labeller.header == (label_words(here[0]) if here is not None else "")

    def ended(self, shown: Intervals) -> None:
        """Left for good: what was shown is in the file, or nothing was lost. The next begins from there."""
        labeller = self.labeller
        assert labeller.run.ending is not Ending.DISCARDED, "the d that throws away is not pressed here"
        assert not labeller.run.job.draft.exists()
        assert labeller.in_file == shown
        self.begin_again(shown)


QUICK = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a sequence of keys takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Labelling.TestCase.settings = QUICK
TestLabelling = Labelling.TestCase


@pytest.mark.heavy
@pytest.mark.proof
def test_in_a_thousand_sessions_what_the_lanes_show_is_saved(record_property: Found) -> None:
    begun = [0]

    class Counted(Labelling):
        def __init__(self) -> None:
            super().__init__()
            begun[0] += 1

    run_state_machine_as_test(Counted, settings=settings(QUICK, max_examples=1000, database=None))
    record_property("found", f"{begun[0]} sessions of up to 25 keys and other events")


def leave_by(labeller: Labeller, way: str) -> Intervals:
    """Leave in this way; return what is found afterwards."""
    match way:
        case "save":
            labeller.press("s")
            assert labeller.note.startswith("Saved: clip.toml")
            return labeller.in_file
        case "quit and save":
            labeller.press("q")
            assert "Not saved" in labeller.note
            labeller.press("s")
            assert labeller.run.ending is Ending.SAVED
            return labeller.in_file
        case "close":
            labeller.screen.waiting = (CLOSED,)
            assert labeller.run.run() is Ending.CLOSED
    labeller.cut_off()
    return labeller.shown


AFTERWARDS = [
    (),
    *((key,) for key in (*WINDING, "tab", "enter")),
    ("home", "enter"),
    ("space", "space", "end"),
    ("q", "j", "up", "down"),
]


class TestNothingMarkedIsLost:
    @pytest.mark.parametrize("before", ["nothing", "three"])
    @pytest.mark.parametrize("afterwards", AFTERWARDS, ids="+".join)
    @pytest.mark.parametrize("way", ["save", "quit and save", "close", "power cut"])
    def test_a_fault_played_to_the_end(self, tmp_path: Path, before: str, afterwards: tuple[str, ...], way: str) -> None:
        labeller = Labeller(tmp_path, before=BEFORE[before])
        labeller.press("page_down", "2", "space")
        labeller.wait(60)
        marked = labelled(BEFORE[before], 1.0, STEADY_S, LEANING)
        assert (labeller.shown, labeller.header) == (marked, "marking: leaning forward")
        labeller.press(*afterwards)
        assert labeller.shown == marked
        assert leave_by(labeller, way) == marked

    @pytest.mark.parametrize("key", ["home", "space", "left", "page_up", "up"])
    def test_back_at_its_beginning_a_label_is_over(self, tmp_path: Path, key: str) -> None:
        labeller = Labeller(tmp_path)
        labeller.press(
            "page_down",
            "2",
            "right" if key == "left" else "end",
            *[key] * (2 if key == "left" else 5 if key == "page_up" else 1),
        )
        shown = labeller.shown
        assert "marking" not in labeller.header
        labeller.press("home", "end")
        assert labeller.shown == shown

    def test_within_it_a_label_goes_on(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path)
        labeller.press("2", "page_down", "page_down", "page_up", "left")
        assert (labeller.shown, labeller.header) == ((interval(0, 2, LEANING),), "marking: leaning forward")
        labeller.press("page_down", "page_down")
        assert labeller.shown == (interval(0, 2.8, LEANING),)

    def test_enter_ends_it_where_one_is(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path, before=BEFORE["three"])
        labeller.press("n", "end", "page_up", "page_up", "page_up", "enter")
        assert labeller.shown == labelled(BEFORE["three"], 0, 1.8, OTHER), "the labels beneath are there again"

    def test_the_next_label_takes_over_from_here_on(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path)
        labeller.press("c", "page_down", "page_down", "page_up", "2")
        assert labeller.shown == (interval(0, 1), interval(1, 2, LEANING))
        labeller.press("right", "enter")
        rest_as_it_was = labelled((interval(0, 2),), 1, 1.2, LEANING)
        assert labeller.shown == rest_as_it_was
        labeller.press("z", "z")
        assert [entry.end_s for entry in labeller.shown] == [2.0]

    def test_no_label_from_here_on_holds_at_once_where_one_had_gone_too_far(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path)
        labeller.press("c", "page_down", "page_down", "page_up", "0")
        assert labeller.shown == (interval(0, 1),)
        labeller.press("enter")
        assert labeller.shown == (interval(0, 1),)

    def test_a_label_that_covers_nothing_yet_waits(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path)
        labeller.press("page_down", "2", "s")
        assert labeller.note.startswith("Nothing is marked yet: leaning forward begins here.")
        labeller.press("home")
        assert labeller.header == "marking from 0:01.00: leaning forward"
        labeller.press("page_down", "page_down")
        assert labeller.shown == (interval(1, 2, LEANING),)
        labeller.press("s")
        assert (labeller.in_file, labeller.note) == (labeller.shown, "Saved: clip.toml, 1 interval.")

    def test_saving_among_others_a_label_that_covers_nothing_yet_leaves_it_waiting(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path, before=BEFORE["three"])
        labeller.press("2", "s")
        assert (labeller.in_file, labeller.header) == (BEFORE["three"], "marking: leaning forward")
        labeller.press("right")
        assert labeller.shown == (interval(0, 0.2, LEANING), *BEFORE["three"])

    @pytest.mark.parametrize(("clip", "start_s"), [("photo", 0.0), ("steady", 4.8), ("uneven", 4.4)])
    @pytest.mark.parametrize("way", ["save", "quit and save", "close", "power cut"])
    def test_a_label_of_the_last_picture(self, tmp_path: Path, clip: str, start_s: float, way: str) -> None:
        labeller = Labeller(tmp_path, clip)
        labeller.press("end", "2")
        (only,) = labeller.shown
        assert (only.start_s, only.label) == (start_s, LEANING)
        assert only.end_s == pytest.approx(labeller.video.length_s, abs=0.001)
        labeller.press("enter")
        assert labeller.shown == (only,)
        assert leave_by(labeller, way) == (only,)

    def test_after_the_last_label_nothing_is_left_beyond_the_picture(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path, before=(interval(0.2, 5.08),))
        labeller.press("page_down", "2", "end", "s")
        assert labeller.in_file == (interval(0.2, 1.0), interval(1.0, 5.08, LEANING))


class TestUndo:
    def test_what_was_ended_by_mistake_goes_on_where_it_was(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path)
        labeller.press("c", "space")
        labeller.wait(2.1)
        labeller.press("enter")
        labeller.wait(1.3)
        labeller.press("z")
        assert labeller.run.editor.here_s == 2.0
        assert (labeller.shown, labeller.header) == ((interval(0, 2),), "marking: correct")
        labeller.press("right")
        assert labeller.shown == (interval(0, 2.2),)

    def test_far_away_it_covers_no_more_than_it_did(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path, before=BEFORE["three"])
        labeller.press("c", "right", "enter", "end", "z")
        assert labeller.shown == (interval(0, 0.2), *BEFORE["three"])
        assert labeller.run.editor.here_s == 0.2

    def test_with_nothing_to_take_back_it_says_so(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path)
        labeller.press("z")
        assert labeller.note == "There is nothing to undo."
        labeller.press("y")
        assert labeller.note == "There is nothing to do again."


def test_who_begins_is_told_how_it_goes_until_the_first_key(tmp_path: Path) -> None:
    labeller = Labeller(tmp_path)
    assert labeller.note == "A label's key says what is true from here on. Play or wind on to mark it; enter ends it."
    labeller.press("right")
    assert labeller.note == ""
    labeller.press("c", "right", "s")
    labeller.cut_off()
    assert labeller.note == ""


class TestSaving:
    def test_nothing_marked_is_said_where_nothing_is(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path, filmed=True)
        labeller.press("s")
        assert labeller.note.startswith("Nothing is marked, so nothing is saved")
        assert not labeller.run.job.labels.exists()

    def test_twice_is_once(self, tmp_path: Path) -> None:
        labeller = Labeller(tmp_path)
        labels = labeller.run.job.labels
        labeller.press("c", "page_down", "s")
        once = labels.read_bytes()
        labeller.press("s")
        assert (labels.read_bytes(), labeller.note) == (once, "Saved: clip.toml, 1 interval.")
        labeller.press("q")
        assert labeller.run.ending is Ending.SAVED

    def test_without_room_for_the_draft_one_can_go_on(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        labeller = Labeller(tmp_path)

        def full(self: LabelingJob, intervals: Intervals) -> None:
            raise OutputError("clip.toml.draft: cannot be written (No space left on device).")

        with monkeypatch.context() as patch:
            patch.setattr(LabelingJob, "store_draft", full)
            labeller.press("c", "page_down")
            assert "No space left" in labeller.note
        labeller.press("page_down", "s")
        assert labeller.in_file == (interval(0, 2),)

    @pytest.mark.parametrize("text", ["", "not TOML [", 'format = 1\npose = "kneeling_hip_flexor"\n'])
    def test_a_draft_that_cannot_be_used_is_left_alone(self, tmp_path: Path, text: str) -> None:
        job = Labeller(tmp_path).run.job
        job.draft.write_text(text)
        with pytest.raises(LabelError, match="Correct this file, or move it away"):
            job.load_draft()
        assert job.draft.read_text() == text


def test_a_clip_of_one_side_that_turns_out_to_show_both() -> None:
    entries = (
        interval(0, 1),
        interval(1, 2, UNSEEN),
        LabelInterval(start_s=2, end_s=3, label=CORRECT, stretched_side=Side.RIGHT),
    )
    assert [entry.stretched_side for entry in with_sides(entries, Side.LEFT)] == [Side.LEFT, None, Side.RIGHT]
    assert with_sides(entries, "both") == entries
