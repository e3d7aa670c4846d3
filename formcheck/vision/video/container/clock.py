"""The clock of a video, rebuilt where its stamps jump or go back, as players do. Pure: stamps in, stamps out.

Recordings that were joined begin anew in the middle, a camcorder's clock jumps where it was switched on again, counters run
over, and a single stamp may be hours late. A step that can't be one counts as the usual step. One that may be
either, a gap or a jump, counts as a gap where the file shows that the recording ran on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

JUMPING_S = 10.0
"""The longest step in a format whose clock may jump (MPEG-TS and -PS, Ogg): what ffplay and ffmpeg take for one too. A longer
one needs evidence."""

LONGEST_S = 3600.0
"""The longest step in any format, as in ffplay. Most state how long each picture lasts, and a recording of a screen may well
show one for minutes."""

BACK_S = 1.0
"""A clock that goes back by more than this between two packets was set back; by less, packets are merely out of order."""


class Stamp(NamedTuple):
    """What a container says of a picture, in ticks: when it is shown, when decoded, and whether it needs no other picture."""

    shown: int | None
    decoded: int | None
    key: bool


@dataclass(frozen=True, slots=True)
class RebuiltClock:
    """A clock that runs through.

    Attributes
    ----------
    shown : list of int or None
        When each picture is shown, in ticks, in the order of decoding. A picture without a time stays without one.
    joins : list of int
        When the first picture is shown after each place where the stamps jump or go back, in ticks of this clock.
    """

    shown: list[int | None]
    joins: list[int]


def _never(before: int, after: int) -> bool:
    return False


def rebuilt(
    stamps: Sequence[Stamp], tick_s: float, longest_s: float, runs_on: Callable[[int, int], bool] = _never
) -> RebuiltClock | None:
    """Return a clock that runs through; `None` where the stamps are sound.

    Parameters
    ----------
    stamps
        Those of all pictures, in the order of decoding.
    tick_s
        Seconds to a tick.
    longest_s
        A step between neighbouring pictures that is longer (seconds) counts as the usual one, the median of all others.
    runs_on
        Asked of such a step, with the numbers of the two pictures: whether the recording is known to have run on over it. Then
        it is a gap, and counts as long as it is, up to `LONGEST_S`. It is not asked of the last picture of a part: one stray
        stamp looks like a gap.
    """
    longest, at_most = longest_s / tick_s, LONGEST_S / tick_s
    runs = _runs(stamps, BACK_S / tick_s)
    pictures = [_in_order(stamps, run) for run in runs]
    steps = [after - before for times in pictures for (before, _), (after, _) in pairwise(times)]
    usual = median_low([step for step in steps if step <= longest] or [1])
    shown: list[int | None] = []
    joins: list[int] = []
    now: int | None = None
    for run, times in zip(runs, pictures, strict=True):
        when: dict[int, int] = {}
        for place, (at, number) in enumerate(times):
            if place == 0:
                joins += [now + usual] if now is not None else []
                now = now + usual if now is not None else at
            else:
                assert now is not None
                before, number_before = times[place - 1]
                step = at - before
                last = place == len(times) - 1
                if step > longest and (last or step > at_most or not runs_on(number_before, number)):
                    step = usual
                    joins.append(now + step)
                now += step
            when[at] = now
        shown += [when[stamp.shown] if stamp.shown is not None else None for stamp in stamps[run]]
    return RebuiltClock(shown, joins) if joins else None


def _in_order(stamps: Sequence[Stamp], run: slice) -> list[tuple[int, int]]:
    """Return when the pictures of a part are shown, in order, each time once, and the number of the picture."""
    numbers = {stamp.shown: number for number, stamp in enumerate(stamps[run], run.start) if stamp.shown is not None}
    return sorted(numbers.items())


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
