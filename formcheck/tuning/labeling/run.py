"""Labels a clip in a window: plays it, draws it, saves. `editor.py` says what the keys do; here are clock and disk."""

from dataclasses import replace
from enum import StrEnum
from time import perf_counter

from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.tuning.labeling.editor import ClipTimes, EditorRequest, LabelEditor, make_key_map
from formcheck.tuning.labeling.intervals import EditHistory, Intervals
from formcheck.tuning.labeling.job import LabelingJob
from formcheck.tuning.labeling.screen import view_of_editor
from formcheck.tuning.labeling.window import CLOSED, LabelingWindow
from formcheck.vision.video.random_access import SeekableVideo

_PLAYING_S, _PAUSED_S = 0.004, 0.03
"""How long to wait for a key: while playing a fraction of a picture's time."""
_DRAFT_EVERY_S = 2.0
"""Seconds of a pending label that a power cut may lose."""


class Ending(StrEnum):
    """How a labelling run ended."""

    SAVED = "saved"
    LEFT = "left"  # nothing was changed
    DISCARDED = "discarded"
    CLOSED = "closed"  # by the window's cross, not saved: the draft stays


class LabelingRun:
    """Labels `video` in `window`, from `intervals` on. `saved`: as in `LabelEditor`."""

    def __init__(
        self, job: LabelingJob, video: SeekableVideo, window: LabelingWindow, intervals: Intervals, saved: Intervals | None
    ) -> None:
        sides = {"both": "both sides, ", None: ""}
        self._title = f"{job.clip.name}   {sides.get(job.about.side, f'{job.about.side} side, ')}{job.about.person}"
        self._job = job
        self._video = video
        self._window = window
        self._editor = LabelEditor(
            clip=ClipTimes(times_s=video.times_s, length_s=video.length_s),
            key_map=make_key_map(job.specs.get(job.about.pose), both=job.about.side == "both"),
            history=EditHistory(intervals=intervals),
            saved=saved,
            filmed=job.filmed,
            side=Side(job.about.side) if job.about.side in tuple(Side) else Side.LEFT,
        )
        self._stored, self._stored_s = self._editor.history, 0.0
        self._drawn: tuple[LabelEditor, tuple[int, int]] | None = None
        self._last_s = perf_counter()
        self._ending: Ending | None = None
        self._ever_saved = False

    def run(self) -> Ending:
        """Return when the person leaves. Labels that were not saved stay in the draft, whatever ends this.

        Raises FormcheckError.
        """
        try:
            while self._ending is None:
                self._step()
        finally:
            if self._ending in (None, Ending.CLOSED):
                self._store_draft()
        return self._ending

    def _step(self) -> None:
        now_s = perf_counter()
        self._editor, self._last_s = self._editor.played(now_s - self._last_s), now_s
        self._show()
        for key in self._window.keys(_PLAYING_S if self._editor.playing else _PAUSED_S):
            if key == CLOSED:
                self._ending = Ending.CLOSED if self._editor.unsaved else self._end_unchanged()
            if self._ending is not None:
                return
            self._editor = self._editor.press(key)
            self._fulfil(self._editor.request)
        growing = self._editor.history.pending is not None and now_s > self._stored_s + _DRAFT_EVERY_S
        if self._ending is None and (growing or self._editor.history != self._stored):
            self._store_draft()
            self._stored, self._stored_s = self._editor.history, now_s

    def _show(self) -> None:
        """Draw, if anything has changed."""
        state = replace(self._editor, at_s=self._editor.here_s), self._window.size
        if self._drawn != state:
            self._drawn = state
            self._window.draw(self._video.picture(self._editor.number), view_of_editor(self._editor, self._title))

    def _fulfil(self, request: EditorRequest | None) -> None:
        match request:
            case EditorRequest.SAVE | EditorRequest.SAVE_AND_LEAVE:
                try:
                    self._job = self._job.save(self._editor.intervals, self._video.length_s)
                except FormcheckError as error:
                    self._editor = self._editor.with_note(" ".join(str(error).split()))
                    return
                self._ever_saved = True
                self._editor = self._editor.with_note(
                    f"Saved: {self._job.labels.name}, {len(self._editor.intervals)} intervals.", saved=True
                )
                self._stored = self._editor.history
                if request is EditorRequest.SAVE_AND_LEAVE:
                    self._ending = Ending.SAVED
            case EditorRequest.LEAVE:
                self._ending = self._end_unchanged()
            case EditorRequest.DISCARD:
                self._job.discard()
                self._ending = Ending.SAVED if self._ever_saved else Ending.DISCARDED

    def _end_unchanged(self) -> Ending:
        self._job.draft.unlink(missing_ok=True)
        return Ending.SAVED if self._ever_saved else Ending.LEFT

    def _store_draft(self) -> None:
        if self._editor.unsaved:
            self._job.store_draft(self._editor.intervals)
        else:
            self._job.draft.unlink(missing_ok=True)
