"""The clock of a video, rebuilt where its stamps jump or go back, as players do. Pure: stamps in, stamps out.

Recordings that were joined begin anew in the middle, a camcorder's clock jumps where it was switched on again, counters run
over, and a single stamp may be hours late. A step that can't be one counts as the usual step.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

JUMPING_S = 10.0
"""The longest step in a format whose clock may jump (MPEG-TS and -PS, Ogg): what ffplay and ffmpeg take for one too."""

LONGEST_S = 3600.0
"""The longest step in all others, as in ffplay. They state how long each picture lasts, and a recording of a screen may well
show one for minutes."""

BACK_S = 1.0
"""A clock that goes back by more than this between two packets was set back; by less, packets are merely out of order."""


class Stamp(NamedTuple):
    """What a container says of a picture, in ticks: when it is shown, when decoded, and whether it needs no other picture."""

    shown: int | None
    decoded: int | None
    key: bool


def rebuilt(stamps: Sequence[Stamp], tick_s: float, longest_s: float) -> list[int | None] | None:
    """Return when each picture is shown, in ticks, on a clock that runs through; `None` where the stamps are sound.

    Parameters
    ----------
    stamps
        Those of all pictures, in the order of decoding. A picture without a time stays without one.
    tick_s
        Seconds to a tick.
    longest_s
        A step between neighbouring pictures that is longer (seconds) counts as the usual one, the median of all others.
    """
    runs = _runs(stamps, BACK_S / tick_s)
    longest = longest_s / tick_s
    shown = [sorted({stamp.shown for stamp in stamps[run] if stamp.shown is not None}) for run in runs]
    steps = [after - before for times in shown for before, after in pairwise(times)]
    if len(runs) == 1 and max(steps, default=0) <= longest:
        return None
    usual = median_low([step for step in steps if step <= longest] or [1])
    clock: list[int | None] = []
    now: int | None = None
    for run, times in zip(runs, shown, strict=True):
        when: dict[int, int] = {}
        for before, at in zip([None, *times], times, strict=False):
            step = at - before if before is not None else usual
            now = at if now is None else now + (step if step <= longest else usual)
            when[at] = now
        clock += [when[stamp.shown] if stamp.shown is not None else None for stamp in stamps[run]]
    return clock


def _runs(stamps: Sequence[Stamp], back: float) -> list[slice]:
    """Return the parts in which the clock never goes back.

    It does where a key picture would be shown before another that is decoded earlier, and where the times of decoding go back.
    """
    begins = [0]
    newest = decoded = None
    for number, stamp in enumerate(stamps):
        again = stamp.key and None not in (newest, stamp.shown) and stamp.shown < newest  # type: ignore[operator]
        if again or (None not in (decoded, stamp.decoded) and stamp.decoded < decoded - back):  # type: ignore[operator]
            begins.append(number)
            newest = decoded = None
        if stamp.shown is not None:
            newest = stamp.shown if newest is None else max(newest, stamp.shown)
        decoded = stamp.decoded if stamp.decoded is not None else decoded
    return [slice(begin, end) for begin, end in zip(begins, [*begins[1:], len(stamps)], strict=True)]
