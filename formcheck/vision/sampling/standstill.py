"""Pictures that are the same, to the last bit, for longer than a camera gives them: it, or the recording, stands still.

The noise of a sensor makes every picture differ from the one before, whatever it shows. Encoders smooth noise away where they
are short of bits: then a true clip has pictures that are the same as well. Measured: in none of 78 sample clips for longer than
0.17 seconds, nor once in five recordings of cameras; encoded down to what hardly shows a person (x264 and x265 at 35 to 42) for
up to 2.1 seconds, and then from the beginning of the clip on.

A recording that was encoded anew after its camera had stood still, with key pictures every second, flickers: no two seconds of
it are the same to the last bit. It is not told from a person who keeps still, for nothing tells them apart. Measured at 640
pixels of width in twelve ways of coding (x264, x265, MPEG-2, MPEG-4, VP8, VP9): one picture for ever differs from itself a
second later by 0.00 to 0.26 of 255 on average, and in a few pixels by up to 27; somebody who holds a stretch, without sensor
noise, by 0.09 to 0.59. That pictures come again to the last bit within three seconds would show it in five of the twelve ways,
and never at the constant bit rate (x264, VP8) that cameras use.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

STANDS_STILL_S = 2.0
"""Pictures that are the same for this long (seconds) are those of a camera that stands still, where pictures before were not
the same."""

IN_ANY_CASE_S = 5.0
"""And for this long whatever was before: twice as long as any encoding was seen to do it."""

NOISY_S = 1.0
"""For this long (seconds) pictures must have come before, to say of them that they were not the same."""

REPEATS_S = 0.25
"""They were not when none stayed for longer than this. A file at 30 a second of a camera that gives 15 has every one twice."""

Item = TypeVar("Item")


def without_standstill(frames: Iterable[tuple[float, bool, Item]]) -> Iterator[tuple[float, Item]]:
    """Yield the time of each picture and what belongs to it, but for those of a camera that stands still.

    Of these the first is left: it is the last that was new.

    Parameters
    ----------
    frames
        In order of time: when each picture is (seconds), whether it is the same as the one before, and what belongs to it.
    """
    waiting: list[tuple[float, Item]] = []  # as the last new picture, so far
    first_s = new_s = longest_s = 0.0
    stands_still = begun = False
    for time_s, same, item in frames:
        if not begun:
            first_s, begun = time_s, True
        if not same:
            if waiting:
                longest_s = max(longest_s, waiting[-1][0] - new_s)
            yield from waiting
            yield time_s, item
            waiting, new_s, stands_still = [], time_s, False
            continue
        noisy = new_s - first_s >= NOISY_S and longest_s <= REPEATS_S
        stands_still = stands_still or time_s - new_s >= (STANDS_STILL_S if noisy else IN_ANY_CASE_S)
        if stands_still:
            waiting = []
        else:
            waiting.append((time_s, item))
    yield from waiting
