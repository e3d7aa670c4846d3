"""Labels a clip in a window: plays it, draws it, saves. `editor.py` says what the keys do; here are clock and disk.

What is drawn, what is saved and what the draft states are the same: `LabelEditor.intervals`.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from time import perf_counter

from formcheck.core import wording
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, joined
from formcheck.tuning.labeling.editor import ClipTimes, EditorRequest, LabelEditor, make_key_map
from formcheck.tuning.labeling.intervals import EditHistory, Intervals, interval_count
from formcheck.tuning.labeling.job import LabelingJob
from formcheck.tuning.labeling.screen import view_of_editor
from formcheck.tuning.labeling.window import CLOSED, LabelingDisplay
from formcheck.vision.video.random_access import SeekableVideo

_PLAYING_S, _PAUSED_S = 0.004, 0.03
"""How long to wait for a key: while playing a fraction of a picture's time."""
_HOW_TO = N_("A label's key says what is true from here on. Play or wind on to mark it; enter ends it.")
SAVED = N_("Saved: {name}, {intervals}.")
DRAFT_EVERY_S = 2.0
"""Seconds of playing, without a key, that a power cut may take from the label being marked."""


class Ending(StrEnum):
    """How a labelling run ended."""

    SAVED = "saved"
    LEFT = "left"  # nothing was changed
    DISCARDED = "discarded"
    CLOSED = "closed"  # by the window's cross, not saved: the draft stays


def open_editor(job: LabelingJob, video: SeekableVideo, intervals: Intervals, saved: Intervals | None) -> LabelEditor:
    """Return the editor of the job's labels, from `intervals` on. `saved`: as in `LabelEditor`."""
    return LabelEditor(
        clip=ClipTimes(times_s=video.times_s, length_s=max([video.length_s, *(entry.end_s for entry in intervals)])),
        key_map=make_key_map(job.specs.get(job.about.pose), both=job.about.side == "both"),
        history=EditHistory(intervals=intervals),
        saved=saved,
        filmed=job.filmed,
        side=Side(job.about.side) if job.about.side in tuple(Side) else Side.LEFT,
        note="" if intervals else _HOW_TO,
    )


class LabelingRun:
    """Labels `video` in `window`, from the state `editor` on. `clock` tells seconds.

    `editor` is the present state, `job` what was saved so far, `ending` how the person left, `None` until then.
    """

    def __init__(
        self,
        job: LabelingJob,
        video: SeekableVideo,
        window: LabelingDisplay,
        editor: LabelEditor,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        sides: dict[str | None, list[str]] = {"both": [N_("both sides")], None: []}
        side = sides.get(job.about.side) or [wording.ON_SIDE.format(side=job.about.side)]
        self.editor = editor
        self.ending: Ending | None = None
        self._title = joined("   ", (job.clip.name, joined(", ", [*side, job.about.person])))
        self.job = job
        self._video = video
        self._window = window
        self._clock = clock
        self._stored: Intervals | None = None
        self._stored_s = self._last_s = clock()
        self._drawn: tuple[LabelEditor, tuple[int, int]] | None = None
        self._ever_saved = False

    def run(self) -> Ending:
        """Return when the person leaves. Labels that were not saved stay in the draft, whatever ends this.

        Raises FormcheckError.
        """
        try:
            while self.ending is None:
                self.step()
        finally:
            if self.ending in (None, Ending.CLOSED):
                self._store_draft()
        return self.ending

    def step(self) -> None:
        """Play on to now, draw, and do what the keys say that were pressed. Raises FormcheckError."""
        now_s = self._clock()
        self.editor, self._last_s = self.editor.played(now_s - self._last_s), now_s
        self._show()
        keys = self._window.keys(_PLAYING_S if self.editor.playing else _PAUSED_S)
        for key in keys:
            if key == CLOSED:
                self.ending = Ending.CLOSED if self.editor.unsaved else self._end_unchanged()
            if self.ending is not None:
                return
            self.editor = self.editor.press(key)
            self._fulfil(self.editor.request)
        due = bool(keys) or now_s > self._stored_s + DRAFT_EVERY_S
        if self.ending is None and due and self.editor.intervals != self._stored:
            self._stored_s = now_s
            try:
                self._store_draft()
            except OutputError as error:  # there is time to make room, and to save
                self.editor = self.editor.with_note(_in_one_line(error))

    def _show(self) -> None:
        """Draw, if anything has changed."""
        state = replace(self.editor, at_s=self.editor.here_s), self._window.size
        if self._drawn != state:
            self._drawn = state
            self._window.draw(self._video.picture(self.editor.number), view_of_editor(self.editor, self._title))

    def _fulfil(self, request: EditorRequest | None) -> None:
        match request:
            case EditorRequest.SAVE | EditorRequest.SAVE_AND_LEAVE:
                try:
                    self.job = self.job.save(self.editor.intervals, self._video.length_s)
                except (FormcheckError, OSError) as error:
                    self.editor = self.editor.with_note(_in_one_line(error))
                    return
                self._ever_saved = True
                self._stored = self.editor.intervals
                self.editor = self.editor.with_note(
                    SAVED.format(name=self.job.labels.name, intervals=interval_count(self._stored)), saved=True
                )
                if request is EditorRequest.SAVE_AND_LEAVE:
                    self.ending = Ending.SAVED
            case EditorRequest.LEAVE:
                self.ending = self._end_unchanged()
            case EditorRequest.DISCARD:
                self.job.discard()
                self.ending = Ending.SAVED if self._ever_saved else Ending.DISCARDED

    def _end_unchanged(self) -> Ending:
        self.job.draft.unlink(missing_ok=True)
        return Ending.SAVED if self._ever_saved else Ending.LEFT

    def _store_draft(self) -> None:
        """Make the draft state what is shown, or remove it where that is saved. Raises OutputError."""
        if self.editor.unsaved:
            self.job.store_draft(self.editor.intervals)
        else:
            self.job.draft.unlink(missing_ok=True)
        self._stored = self.editor.intervals


def _in_one_line(error: Exception) -> str:
    return joined(" ", error.lines) if isinstance(error, FormcheckError) else " ".join(str(error).split())
