"""Whether anything has moved between two pictures, by small grey copies of them.

A small copy averages the sensor's noise away, while the edge of a limb that moves by a thousandth of the picture's height
still changes some of its pixels. Measured on rendered and recorded people: where nothing moves, the few pixels that differ most
differ by 3 to 8 of 255 (the codec's doing), where a person moves by 30 and more.
"""

from typing import Any

import numpy as np

from formcheck.core.interfaces import Image
from formcheck.core.values import Landmarks

THUMB_WIDTH = 160
"""The longer side of the small copy, in pixels."""

DIFFERS = 8
"""Pixels that differ by more than this, of 255, have changed: an edge has moved by a thousandth of the height."""

AT_LEAST = 4
"""So many changed pixels mean that something has moved."""

MOST = 1 / 3
"""Breathing changes no more of a person's part of the picture than this: of samples and recorded people, 0.02 to 0.26."""

MARGIN = 0.1
"""How far a person may reach beyond the joints, in frame heights."""

_EVERY = 32
"""Every so many lines are compared first."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in frame heights, y down."""


def box_of(person: Landmarks) -> Box:
    """Return the part of the picture that `person` takes up."""
    xs = [point.x for point in person.points.values()]
    ys = [1.0 - point.y for point in person.points.values()]
    return min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN


def moved(
    before: Image,
    now: Image,
    box: Box | None = None,
    *,
    outside: bool = False,
    usual: Image | None = None,
    differs: int = DIFFERS,
) -> bool:
    """Return whether anything differs between two small grey pictures, uint8 of one shape (height, width).

    Only inside `box` where one is given, or, with `outside`, only outside of it. `usual` is how much each pixel may change
    besides, as `sway` has it; `differs` is the most, of 255, that is no change.
    """
    change = np.abs(before.astype(np.int16) - now)
    changed = change > differs if usual is None else change > usual.astype(np.int16) + differs
    if box is not None:
        rows, columns = _slices(box, now.shape)
        if outside:
            changed[rows, columns] = False
        else:
            changed = changed[rows, columns]
    return int(np.count_nonzero(changed)) >= AT_LEAST


def sway(before: Image, now: Image, box: Box | None = None, usual: Image | None = None) -> Image | None:
    """Return how much each pixel, or one beside it, differs between two small grey pictures in which nobody has moved.

    Nobody holds a stretch like a statue: who breathes changes the edges of a picture all the time, and it means nothing.
    Pictures and what is returned are uint8 of one shape (height, width). `usual` is what was found so far: it is not forgotten.
    `None` where so much has changed, in `box` if one is given, that it is not the edges: light, or the camera.
    """
    padded = np.pad(np.abs(before.astype(np.int16) - now).astype(np.uint8), 1)
    rows = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    around: Image = np.maximum(np.maximum(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])
    found = around if usual is None else np.maximum(usual, around, dtype=np.uint8)
    changed = found > DIFFERS if box is None else found[_slices(box, found.shape)] > DIFFERS
    return found if np.count_nonzero(changed) <= MOST * changed.size else None


def identical(before: Image, now: Image) -> bool:
    """Return whether two pictures are the same, to the last bit. A few lines of them tell most that are not."""
    return before.shape == now.shape and np.array_equal(before[::_EVERY], now[::_EVERY]) and np.array_equal(before, now)


def _slices(box: Box, shape: tuple[int, ...]) -> tuple[Any, Any]:
    height, width = shape
    left, top, right, bottom = (round(edge * height) for edge in box)
    return slice(max(0, top), min(height, bottom + 1)), slice(max(0, left), min(width, right + 1))
