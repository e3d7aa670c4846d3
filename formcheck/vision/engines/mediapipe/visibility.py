"""How sure the engine is of a joint, smoothed by time instead of by pictures.

MediaPipe's tracker smooths the visibility of each joint with a low-pass filter that counts pictures: each one moves what is
told by a tenth of the way to what the network says (`alpha: 0.1` of the filter in its pose graph). Pictures 33 or 300 ms apart
get the same values to the last bit. So the fewer pictures it sees, the longer a leg that comes into sight counts as hidden, and
one that is hidden as seen: at ten pictures a second three times as long as at thirty.

The filter can be undone, because it forgets nothing: what the network said follows from two values told one after the other.
"""

from collections.abc import Mapping
from dataclasses import replace

from formcheck.core.values import Landmarks

SHARE = 0.1
"""Of the way from what MediaPipe told to what its network says that one more picture moves what it tells."""

PICTURES_HZ = 30.0
"""Pictures a second at which smoothing by time is the same as MediaPipe's: the usual rate of a webcam."""


class SmoothedByTime:
    """What one tracker tells of one person, with visibility as it would be at `PICTURES_HZ` whatever the rate is."""

    def __init__(self) -> None:
        self._time_s: float | None = None
        self._told: Mapping[str, float] = {}
        self._smooth: Mapping[str, float] = {}

    def next(self, person: Landmarks | None, time_s: float) -> Landmarks | None:
        """Return `person` with each joint's visibility smoothed by time; `None`, who is lost, is forgotten.

        Parameters
        ----------
        person
            Whom the tracker told, with MediaPipe's own visibility, in [0, 1]. The first one is returned as told, as MediaPipe
            does it.
        time_s
            When the picture was taken, in seconds. A picture no later than the one before changes nothing.
        """
        if person is None:
            self._time_s = None
            return None
        told = {name: point.visibility for name, point in person.points.items()}
        if self._time_s is None:
            self._smooth = told
        else:
            share = 1.0 - (1.0 - SHARE) ** (max(0.0, time_s - self._time_s) * PICTURES_HZ)
            self._smooth = {
                name: before + share * (_unsmoothed(self._told[name], told[name]) - before)
                for name, before in self._smooth.items()
            }
        self._time_s, self._told = time_s, told
        return replace(
            person, points={name: replace(point, visibility=self._smooth[name]) for name, point in person.points.items()}
        )


def _unsmoothed(before: float, now: float) -> float:
    """Return what the network said, from what was told before and after it."""
    return min(1.0, max(0.0, before + (now - before) / SHARE))
