"""Whether there is light enough to see by, from brightness alone.

A pose engine that detects no person gives no reason. A covered lens, a dark room and a box in front of the camera each need
another sentence, and each shows in two numbers: how bright the picture is and how much its parts differ.
"""

from enum import StrEnum
from math import sqrt

from formcheck.core.interfaces import Image

DARK = 35.0
"""Mean brightness (0 to 255) below which a picture is dark: half that of the darkest sample clip, a room at dusk."""

BLACK, NOISE = 20.0, 6.0
"""A covered lens: mean brightness and spread (standard deviation) both below these; what is left is the sensor's noise."""

UNIFORM, CONTRAST = 9.0, 0.15
"""Nothing to see: the spread is below the first, half that of the plainest sample clip, and below this share of the mean,
half that of the darkest. The share is there because in little light everything differs by less."""

ROWS = 60
"""About as many rows are measured: parts of a picture that matter are larger, and measuring costs a tenth of a millisecond."""

_LUMA = (0.25, 0.625, 0.125)
"""The weights of red, green and blue in brightness as people see it, to a few percent."""


class Light(StrEnum):
    """What the brightness of a picture says."""

    FINE = "fine"
    DARK = "dark"  # a picture, with too little light
    BLACK = "black"  # covered lens, or a camera that sends black
    BLOCKED = "blocked"  # something right before the lens


def judge(mean: float, spread: float) -> Light:
    """Return the light by the mean brightness and its standard deviation, both on the scale 0 to 255."""
    if mean < BLACK:
        return Light.BLACK if spread < NOISE else Light.DARK
    if spread < min(UNIFORM, CONTRAST * mean):
        return Light.BLOCKED
    return Light.DARK if mean < DARK else Light.FINE


def light_of(image: Image) -> Light:
    """Return the light of a picture."""
    step = max(1, min(image.shape[:2]) // ROWS)
    luma = image[::step, ::step].reshape(-1, 3).dot(_LUMA)
    mean = float(luma.mean())
    return judge(mean, sqrt(max(0.0, float(luma.dot(luma)) / luma.size - mean * mean)))
