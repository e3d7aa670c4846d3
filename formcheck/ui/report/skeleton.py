"""What the script of a page draws a skeleton by: numbers alone."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from formcheck.analysis.scoring.track import DRAWN, SIDES, STATUSES, ClipTrack
from formcheck.core.values import Side

_MOST_SAMPLES = 6000
"""The skeleton has so many postures at most: ten minutes of all that were judged, beyond that fewer a second."""

_UNSEEN = -9999
"""In the place of a joint that was not seen; others are in thousandths of the picture's height."""

_BONES = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
    ("ankle", "heel"),
    ("ankle", "toe"),
    ("heel", "toe"),
    ("ear", "shoulder"),
)
_LEG = ("hip", "knee", "ankle", "heel", "toe")
_PLACES = {name: place for place, name in enumerate(DRAWN)}


def aspect_of(track: ClipTrack | None) -> str:
    """Return width over height of the picture, as a template has it."""
    return f"{track.aspect:.4f}" if track is not None else "1.7778"


def skeleton_data(track: ClipTrack | None, from_s: float, to_s: float) -> Mapping[str, Any]:
    """Return the postures of a clip that goes from `from_s` to `to_s` seconds, and how they are drawn."""
    if track is None or not len(track.times_s):
        return {"from": from_s, "to": to_s, "times": []}
    step = -(-len(track.times_s) // _MOST_SAMPLES)
    joints = np.where(np.isfinite(track.joints), np.round(1000 * track.joints), _UNSEEN).astype(int)
    bones = [
        [_PLACES[f"{side}_{a}"], _PLACES[f"{side}_{b}"], str(side) if a in _LEG and b in _LEG else ""]
        for side in Side
        for a, b in _BONES
    ]
    across = [_of_both(part) for part in ("shoulder", "hip")]
    return {
        "from": round(from_s, 3),
        "to": round(to_s, 3),
        "unseen": _UNSEEN,
        "times": [round(float(time_s), 3) for time_s in track.times_s[::step]],
        "joints": joints[::step].reshape(-1, 2 * len(DRAWN)).tolist(),
        "sides": ["" if SIDES[side] is None else str(SIDES[side]) for side in track.side[::step]],
        "good": [STATUSES[status].value == "correct" for status in track.status[::step]],
        "facing": track.facing[::step].tolist(),
        "bones": bones + [[*ends, ""] for ends in across],
        "head": _of_both("ear"),
        "hips": _of_both("hip"),
        "size": round(_size(track), 4),
    }


def _of_both(part: str) -> list[int]:
    return [_PLACES[f"{side}_{part}"] for side in Side]


def _size(track: ClipTrack) -> float:
    """Return the length of a trunk in frame heights: the head and the lines are drawn in proportion to it."""
    parts = [
        np.hypot(*(track.joints[:, _PLACES[f"{side}_shoulder"]] - track.joints[:, _PLACES[f"{side}_hip"]]).T) for side in Side
    ]
    lengths = np.concatenate(parts)
    lengths = lengths[np.isfinite(lengths)]
    length = float(np.median(lengths)) if lengths.size else 0.0
    return length if math.isfinite(length) and length > 0 else 0.2
