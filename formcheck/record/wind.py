"""The window in which a clip is wound through and marked. What the keys do is in `marking/desk.py`; here are clock and disk."""

from enum import StrEnum
from time import perf_counter

from formcheck.errors import FormcheckError
from formcheck.marking import screen
from formcheck.marking.desk import Clip, Desk, Wish
from formcheck.marking.marks import Marks
from formcheck.marking.palette import palette
from formcheck.marking.strip import Strip, within
from formcheck.outputs.easel import CLOSED, Easel, easel_picture
from formcheck.record.job import Job
from formcheck.sources.reel import Reel
from formcheck.values import Side

_PLAYING_S, _PAUSED_S = 0.004, 0.03
"""How long to wait for a key: while playing a fraction of a picture's time."""
_DRAFT_EVERY_S = 2.0
"""While the pen paints, so much of it may be lost to a power cut."""


class Ending(StrEnum):
    SAVED = "saved"
    LEFT = "left"  # nothing was changed, or all was saved before
    DISCARDED = "discarded"
    CLOSED = "closed"  # by the window's cross, not saved: the draft stays


def wind(job: Job, reel: Reel, easel: Easel, strip: Strip, saved: Strip | None) -> tuple[Job, Ending]:
    """Let the person mark until they leave; `strip` is what to begin with, `saved` what the label file says.

    Returns the job as saved. Whatever ends this, what was marked and not saved stays in the draft. Raises FormcheckError.
    """
    spec = job.specs.get(job.about.pose)
    title = f"{job.clip.name}   {_whose(job)}"
    desk = Desk(
        clip=Clip(times_s=reel.times_s, length_s=reel.length_s),
        palette=palette(spec, both=job.about.side == "both"),
        marks=Marks(strip=within(strip, reel.length_s)),
        saved=saved,
        side=Side(job.about.side) if job.about.side in tuple(Side) else Side.LEFT,
    )
    kept, kept_s, drawn, last_s = desk.marks, 0.0, None, perf_counter()
    done = False
    try:
        while True:
            now_s = perf_counter()
            desk, last_s = desk.played(now_s - last_s), now_s
            size = easel.size
            if drawn != (desk, size):
                image = reel.picture(desk.number)
                width, height = size
                shown = screen.shown(
                    screen.of_desk(desk, title), picture=image.shape[1] / image.shape[0], window=width / height
                )
                easel.show(easel_picture(image, shown.picture, shown.marks, width, height))
                drawn = desk, size
            for key in easel.keys(_PLAYING_S if desk.playing else _PAUSED_S):
                if key == CLOSED:
                    done = not desk.unsaved
                    return job, Ending.CLOSED if desk.unsaved else Ending.LEFT
                desk = desk.press(key)
                match desk.wish:
                    case Wish.SAVE | Wish.SAVE_AND_LEAVE as wish:
                        try:
                            job = job.save(desk.strip, reel.length_s)
                        except FormcheckError as error:
                            desk = desk.told(" ".join(str(error).split()))
                            continue
                        desk = desk.told(f"Saved: {job.labels.name}, {len(desk.strip)} intervals.", saved=True)
                        kept = desk.marks
                        if wish is Wish.SAVE_AND_LEAVE:
                            done = True
                            return job, Ending.SAVED
                    case Wish.LEAVE:
                        job.draft.unlink(missing_ok=True)
                        done = True
                        return job, Ending.SAVED if saved != desk.saved else Ending.LEFT
                    case Wish.DISCARD:
                        job.discard()
                        done = True
                        return job, Ending.DISCARDED
            growing = desk.marks.pen is not None and now_s > kept_s + _DRAFT_EVERY_S
            if desk.unsaved and (growing or desk.marks != kept):
                job.keep(desk.strip)
                kept, kept_s = desk.marks, now_s
    finally:
        if not done and desk.unsaved:
            job.keep(desk.strip)


def _whose(job: Job) -> str:
    sides = {"both": "both sides, ", None: ""}.get(job.about.side, f"{job.about.side} side, ")
    return f"{sides}{job.about.person}"
