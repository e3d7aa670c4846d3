"""The key pictures of a report: small, annotated as the film of a clip is; without a picture on a plain ground."""

import base64
from dataclasses import dataclass, replace

import numpy as np

from formcheck.analysis.scoring.document import KeyMomentEntry
from formcheck.analysis.scoring.key_moments import KeyMoment
from formcheck.core import wording
from formcheck.core.interfaces import Image
from formcheck.core.values import KeyKind
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.annotation import annotate
from formcheck.ui.opencv.painter import paint

HEIGHT = 480
"""Pixels of the height of what is shown of a clip, at most."""

_GROUND = 40
_QUALITY = 82


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A key picture: `src` is the picture itself, `time_s` where in the clip it is."""

    caption: str
    src: str
    time_s: float
    width: int
    height: int


def small(image: Image) -> Image:
    """Return a picture no higher than `HEIGHT`; a copy in any case."""
    high, wide = image.shape[:2]
    if high <= HEIGHT:
        return image.copy()
    from formcheck.system.native.media_libs import cv2

    size = max(1, round(wide * HEIGHT / high)), HEIGHT
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def address_of(image: Image) -> str:
    """Return a picture as an address that has all of it."""
    from formcheck.system.native.media_libs import cv2

    _, content = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return f"data:image/jpeg;base64,{base64.b64encode(content.tobytes()).decode()}"


def picture_of(key: KeyMoment, entry: KeyMomentEntry, spec: StretchSpec, aspect: float) -> Picture:
    """Return the picture of a key moment with skeleton and verdict, and the numbers of its entry. `aspect` is the clip's."""
    if key.image is not None:
        image = key.image.copy()
    else:
        image = np.full((HEIGHT, max(2, round(HEIGHT * aspect)), 3), _GROUND, np.uint8)
    height, width = image.shape[:2]
    told = replace(key.moment.assessment, measurements={**key.moment.assessment.measurements, **entry.measures})
    moment = replace(key.moment, assessment=told, held_s=entry.held_s)
    found = annotate(moment, spec, width / height, height, still=key.kind is KeyKind.PHOTO)
    paint(image, found.figure)
    paint(image, found.words)
    return Picture(
        caption=_caption(entry),
        src=address_of(image),
        time_s=entry.time_s,
        width=width,
        height=height,
    )


def _caption(key: KeyMomentEntry) -> str:
    if key.kind is KeyKind.CHANGE:
        return wording.REPORT_PICTURE_OF_CHANGE
    captions = wording.REPORT_PICTURES_OF if key.side is not None else wording.REPORT_PICTURES_OF_BOTH
    return captions[key.kind].format(side=key.side)
