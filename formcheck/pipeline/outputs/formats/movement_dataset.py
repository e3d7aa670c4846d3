"""A scored clip as a dataset in the layout of `movement` (https://movement.neuroinformatics.dev), without that package."""

from typing import TYPE_CHECKING

import numpy as np

from formcheck.analysis.scoring.result import Result
from formcheck.core.errors import OutputError, check_argument
from formcheck.core.values import JOINTS
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.pipeline.outputs.formats import extra_module
from formcheck.pipeline.outputs.formats.uniform import rate_of, resampled

if TYPE_CHECKING:
    import xarray

_PERSON = "id_0"
"""What the only individual is called: the name that `movement` itself gives the first one."""


def to_movement(result: Result) -> "xarray.Dataset":
    """Return where the joints were, as a dataset in the layout of `movement`, which its functions take.

    It has the person who was judged. A row is a picture of the clip at its rate: places are taken straight between the moments
    that were judged, and are NaN where nobody was seen or within a gap.

    Parameters
    ----------
    result
        What `formcheck.score` returned.

    Returns
    -------
    xarray.Dataset
        Dimensions `time` (seconds from the clip's first picture), `space` (`x`, `y`), `keypoints` (the joints, as
        `left_knee`) and `individuals`. `position` is in pixels of the upright picture, x right, y down, from the upper left
        corner; `confidence` is the engine's own, 0 to 1. Attributes: `fps`, `time_unit` (`seconds`; of a photo `frames`, and
        no `fps`), `source_software`, `source_file`, `ds_type` (`poses`), `formcheck_version`, `engine` and `model`.

    Raises
    ------
    OutputError
        Where xarray is not installed (the extra `movement`), or the result holds no landmarks, as one of `score_many`.

    Examples
    --------
    >>> from formcheck import score, to_movement
    >>> dataset = to_movement(score("samples/kneeling_short_hold_p8.mp4"))
    >>> dataset.position.dims, dataset.attrs["ds_type"]
    (('time', 'space', 'keypoints', 'individuals'), 'poses')
    """
    xarray = extra_module("xarray", extra="movement", what="to_movement")
    check_argument("result", result, Result, N_("what score returned"))
    joints = result.landmarks()
    if not joints:
        raise OutputError(N_("to_movement: this result holds no landmarks. Give one that formcheck.score returned."))
    clip, still = result.document.clip, result.still
    rate = rate_of(clip.fps)
    places = np.stack([[joints[f"{joint}_{part}"] for part in ("x", "y", "visibility")] for joint in JOINTS])
    times_s, rows = resampled(joints["time_s"], np.moveaxis(places, -1, 0), rate, from_start=True)
    x, y, seen = rows[..., 0] * clip.height, (1.0 - rows[..., 1]) * clip.height, rows[..., 2]
    about = {
        "source_software": "formcheck",
        "ds_type": "poses",
        **({} if still else {"fps": rate}),
        "time_unit": "frames" if still else "seconds",
        "source_file": clip.path,
        "formcheck_version": __version__,
        "engine": result.document.engine.name,
        "model": result.document.engine.model,
    }
    dims = ("time", "space", "keypoints", "individuals")
    return xarray.Dataset(
        {
            "position": (dims, np.stack([x, y], axis=1)[..., np.newaxis], {"units": "pixels"}),
            "confidence": ((dims[0], *dims[2:]), np.nan_to_num(seen)[..., np.newaxis]),
        },
        coords={
            "time": times_s.astype(np.int64) if still else times_s,
            "space": ["x", "y"],
            "keypoints": list(JOINTS),
            "individuals": [_PERSON],
        },
        attrs=about,
    )
