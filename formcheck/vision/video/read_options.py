"""How a clip is read where its file does not say it, or says it wrong."""

import re
from dataclasses import dataclass
from math import inf, isfinite
from numbers import Real
from reprlib import repr as in_short
from typing import Self

from formcheck.core.errors import FormcheckError, as_flag
from formcheck.core.wording.language import N_
from formcheck.vision.orientation import AS_STORED, Orientation, requested

SLOWEST, FASTEST = 0.001, 1000.0
"""Of `speed`: cameras go up to a thousand pictures a second, and a time-lapse has one in half a minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What the person says about a clip.

    Attributes
    ----------
    orientation : Orientation
        What is done to its pictures beyond what the file states.
    speed : float or None
        Seconds that passed for each second that the video plays: 0.125 for slow motion of 240 pictures a second that plays 30.
        `None` = as the file states.
    from_s, to_s : float, float or None
        The part that is looked at, in seconds from the first picture as they passed, which is how results give times. `None` =
        to the end.
    """

    orientation: Orientation = AS_STORED
    speed: float | None = None
    from_s: float = 0.0
    to_s: float | None = None

    @classmethod
    def of(
        cls,
        *,
        rotate: int = 0,
        mirror: bool = False,
        speed: float | None = None,
        from_s: float = 0.0,
        to_s: float | None = None,
    ) -> Self:
        """Return what a person asks for: turned by `rotate` degrees clockwise, then mirrored. Raises FormcheckError."""
        return cls(orientation=requested(rotate, mirror=as_flag("mirror", mirror)), speed=speed, from_s=from_s, to_s=to_s)

    def __post_init__(self) -> None:
        for name, given in {"speed": self.speed, "from_s": self.from_s, "to_s": self.to_s}.items():
            if not isinstance(given, Real) and (given is not None or name == "from_s"):
                raise FormcheckError(
                    N_("{name}: {given} is no number. Give one, as 1.5.").format(name=name, given=in_short(given))
                )
        if self.speed is not None and not SLOWEST <= self.speed <= FASTEST:
            raise FormcheckError(
                N_(
                    "speed: {given:g} is not possible. It is how many seconds passed for each second that the video "
                    "plays: 0.125 where 240 pictures a second play as 30."
                ).format(given=self.speed)
            )
        if not (isfinite(self.from_s) and self.from_s >= 0.0):
            raise FormcheckError(
                N_("from_s: {begin:g} is no time in a clip. Give seconds from its beginning.").format(begin=self.from_s)
            )
        if self.to_s is not None and not self.from_s < self.to_s < inf:
            raise FormcheckError(
                N_("to: {end:g} s is not after {begin:g} s, where it begins. Give a later time.").format(
                    end=self.to_s, begin=self.from_s
                )
            )

    @property
    def of_time(self) -> bool:
        """Whether it says anything that a photo has none of: a speed, or a part."""
        return self.speed is not None or self.from_s > 0.0 or self.to_s is not None


AS_IT_IS = ReadOptions()


def parse_time(text: str) -> float:
    """Return the seconds of a time as people write it: `75`, `75.5`, `75,5`, `1:15` or `0:01:15`. Raises FormcheckError.

    A comma is that of a decimal, but for one before three digits, as in `1,500`, which may stand between thousands.
    """
    found = re.fullmatch(r"(?![1-9]\d{0,2},\d{3}$)(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d*)?)", text.strip(), re.ASCII)
    parts = [float((part or "0").replace(",", ".")) for part in found.groups()] if found is not None else [0.0, 0.0, inf]
    hours, minutes, seconds = parts
    if found is None or (seconds >= 60 and found[2] is not None) or (minutes >= 60 and found[1] is not None):
        raise FormcheckError(
            N_("{text!r} is no time in a clip. Write seconds, or minutes and seconds: 75, 75.5 or 1:15.").format(text=text)
        )
    return 3600 * hours + 60 * minutes + seconds
