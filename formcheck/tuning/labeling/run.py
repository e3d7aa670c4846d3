"""The window in which a clip is wound through and marked. What the keys do is in `marking/desk.py`; here are clock and disk."""

from dataclasses import replace
from enum import StrEnum
from time import perf_counter

from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.tuning.labeling import screen
from formcheck.tuning.labeling.editor import ClipTimes, EditorRequest, LabelEditor, palette
from formcheck.tuning.labeling.intervals import EditHistory, Strip
from formcheck.tuning.labeling.job import LabelingJob
from formcheck.tuning.labeling.window import CLOSED, LabelingWindow, easel_picture
from formcheck.vision.video.random_access import SeekableVideo

_PLAYING_S, _PAUSED_S = 0.004, 0.03
"""How long to wait for a key: while playing a fraction of a picture's time."""
_DRAFT_EVERY_S = 2.0
"""While the pen paints, so much of it may be lost to a power cut."""


class Ending(StrEnum):
    SAVED = "saved"
    LEFT = "left"  # nothing was changed
    DISCARDED = "discarded"
    CLOSED = "closed"  # by the window's cross, not saved: the draft stays


class LabelingRun:
    """`strip` is what to begin with, `saved` what the label file says (`None`: it says nothing of what holds now)."""

    def __init__(self, job: LabelingJob, reel: SeekableVideo, easel: LabelingWindow, strip: Strip, saved: Strip | None) -> None:
        sides = {"both": "both sides, ", None: ""}
        self._title = f"{job.clip.name}   {sides.get(job.about.side, f'{job.about.side} side, ')}{job.about.person}"
        self._job = job
        self._reel = reel
        self._easel = easel
        self._desk = LabelEditor(
            clip=ClipTimes(times_s=reel.times_s, length_s=reel.length_s),
            palette=palette(job.specs.get(job.about.pose), both=job.about.side == "both"),
            marks=EditHistory(strip=strip),
            saved=saved,
            filmed=job.filmed,
            side=Side(job.about.side) if job.about.side in tuple(Side) else Side.LEFT,
        )
        self._kept, self._kept_s = self._desk.marks, 0.0
        self._drawn: tuple[LabelEditor, tuple[int, int]] | None = None
        self._last_s = perf_counter()
        self._ending: Ending | None = None
        self._ever_saved = False

    def run(self) -> Ending:
        """Return when the person leaves. Whatever ends this, what was marked and not saved stays in the draft.

        Raises FormcheckError.
        """
        try:
            while self._ending is None:
                self._turn()
        finally:
            if self._ending in (None, Ending.CLOSED):
                self._keep()
        return self._ending

    def _turn(self) -> None:
        now_s = perf_counter()
        self._desk, self._last_s = self._desk.played(now_s - self._last_s), now_s
        self._show()
        for key in self._easel.keys(_PLAYING_S if self._desk.playing else _PAUSED_S):
            if key == CLOSED:
                self._ending = Ending.CLOSED if self._desk.unsaved else self._left()
            if self._ending is not None:
                return
            self._desk = self._desk.press(key)
            self._grant(self._desk.wish)
        growing = self._desk.marks.pen is not None and now_s > self._kept_s + _DRAFT_EVERY_S
        if self._ending is None and (growing or self._desk.marks != self._kept):
            self._keep()
            self._kept, self._kept_s = self._desk.marks, now_s

    def _show(self) -> None:
        """Draw, if anything has changed."""
        size = width, height = self._easel.size
        seen = replace(self._desk, at_s=self._desk.here_s), size
        if self._drawn == seen:
            return
        self._drawn = seen
        image = self._reel.picture(self._desk.number)
        view = screen.of_desk(self._desk, self._title)
        shown = screen.shown(view, picture=image.shape[1] / image.shape[0], window=width / height)
        self._easel.show(easel_picture(image, shown.picture, shown.marks, width, height))

    def _grant(self, wish: EditorRequest | None) -> None:
        match wish:
            case EditorRequest.SAVE | EditorRequest.SAVE_AND_LEAVE:
                try:
                    self._job = self._job.save(self._desk.strip, self._reel.length_s)
                except FormcheckError as error:
                    self._desk = self._desk.told(" ".join(str(error).split()))
                    return
                self._ever_saved = True
                self._desk = self._desk.told(f"Saved: {self._job.labels.name}, {len(self._desk.strip)} intervals.", saved=True)
                self._kept = self._desk.marks
                if wish is EditorRequest.SAVE_AND_LEAVE:
                    self._ending = Ending.SAVED
            case EditorRequest.LEAVE:
                self._ending = self._left()
            case EditorRequest.DISCARD:
                self._job.discard()
                self._ending = Ending.SAVED if self._ever_saved else Ending.DISCARDED

    def _left(self) -> Ending:
        self._job.draft.unlink(missing_ok=True)
        return Ending.SAVED if self._ever_saved else Ending.LEFT

    def _keep(self) -> None:
        if self._desk.unsaved:
            self._job.keep(self._desk.strip)
        else:
            self._job.draft.unlink(missing_ok=True)
