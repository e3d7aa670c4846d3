"""The eight ways in which a stored picture can be turned and mirrored to be shown upright, and where files state them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, pi

import numpy as np

from formcheck.core.errors import FormcheckError
from formcheck.core.interfaces import Image
from formcheck.core.wording.language import N_


@dataclass(frozen=True, slots=True)
class Orientation:
    """What is done to a stored picture to show it: turned, then mirrored.

    Attributes
    ----------
    quarter_turns : int
        By how many times 90 degrees clockwise, as seen, it is turned: 0 to 3.
    mirrored : bool
        Whether left and right are exchanged after that.
    """

    quarter_turns: int = 0
    mirrored: bool = False

    @property
    def on_its_side(self) -> bool:
        """Whether width and height are exchanged."""
        return self.quarter_turns % 2 == 1

    def upright(self, picture: Image) -> Image:
        """Return a stored picture as it is shown, without gaps between its rows.

        Parameters
        ----------
        picture
            Shape (height, width) or (height, width, 3).

        Returns
        -------
        NDArray[np.uint8]
            C-contiguous; a copy only where it has to be.
        """
        turned = np.rot90(picture, -self.quarter_turns)
        return np.ascontiguousarray(turned[:, ::-1] if self.mirrored else turned)

    def then(self, other: "Orientation") -> "Orientation":
        """Return the one that does to a picture what this one does, and then what `other` does."""
        turns = other.quarter_turns * (-1 if self.mirrored else 1)  # a mirrored picture turns the other way
        return Orientation((self.quarter_turns + turns) % 4, self.mirrored is not other.mirrored)

    @property
    def inverse(self) -> "Orientation":
        """The one that undoes this one."""
        return self if self.mirrored else Orientation(-self.quarter_turns % 4)


AS_STORED = Orientation()

EXIF = {
    1: AS_STORED,
    2: Orientation(0, mirrored=True),
    3: Orientation(2),
    4: Orientation(2, mirrored=True),
    5: Orientation(1, mirrored=True),
    6: Orientation(1),
    7: Orientation(3, mirrored=True),
    8: Orientation(3),
}
"""By the number that JPEG, TIFF, PNG, WebP and HEIC state (EXIF tag 0x0112)."""


def of_display_matrix(matrix: Sequence[int]) -> Orientation:
    """Return the orientation that a film's display matrix states.

    Parameters
    ----------
    matrix
        Nine numbers, row by row, as in a track header: a point (x, y), y down, is shown at (a x + c y, b x + d y), where the
        first rows are (a, b, u) and (c, d, v).

    Returns
    -------
    Orientation
        The nearest of the eight. What flattens pictures to a line, or is not nine numbers, is no orientation: as stored.
    """
    if len(matrix) != 9:
        return AS_STORED
    a, b, c, d = (int(matrix[i]) for i in (0, 1, 3, 4))
    area = a * d - b * c
    if area == 0:
        return AS_STORED
    mirrored = area < 0
    if mirrored:
        a = -a
    return Orientation(round(atan2(b, a) / (pi / 2)) % 4, mirrored)


def requested(rotate_deg: int, *, mirror: bool) -> Orientation:
    """Return what a person asks for: turned clockwise by `rotate_deg` as seen, then mirrored. Raises FormcheckError."""
    if rotate_deg not in (0, 90, 180, 270):
        raise FormcheckError(
            N_("rotate: {given!r} is not possible. Pictures are turned clockwise by 90, 180 or 270 degrees.").format(
                given=rotate_deg
            )
        )
    return Orientation(rotate_deg // 90, mirror)
