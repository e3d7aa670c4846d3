"""Text in a box: as large as requested, in as few lines as fit, on a dark background no larger than the words."""

from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.shapes import Anchor, Mark, Text, TextBackground, Tone
from formcheck.ui.screen.cached import cached_marks
from formcheck.ui.screen.places import Box

_AROUND = 0.32
"""The background reaches this far beyond the words, in heights of a line."""


@cached_marks
def draw_paragraph(
    text: str,
    box: Box,
    size: float,
    *,
    tone: Tone = Tone.PLAIN,
    bold: bool = True,
    anchor: Anchor = Anchor.CENTRE,
    upwards: bool = False,
    background: bool = True,
    indent: float = 0.0,
) -> list[Mark]:
    """Return `text` within `box`, its middle in the box's middle, or (`upwards`) standing on the box's lower edge.

    `indent` leaves room for a sign at its left, on the background.
    """
    around = _AROUND * size if background else 0.0
    size, lines = text_metrics.fit(text, size, box.width - 2 * around - indent, box.height - around)
    pitch = size * text_metrics.PITCH
    tall = size + pitch * (len(lines) - 1)
    middle = box.low + (around + tall) / 2 if upwards else box.middle[1]
    x = {Anchor.LEFT: box.left + around + indent, Anchor.CENTRE: box.middle[0], Anchor.RIGHT: box.right - around}[anchor]
    ground: list[Mark] = []
    if background and lines:
        wide = max(text_metrics.width(line, size) for line in lines)
        left = x - {Anchor.LEFT: 0.0, Anchor.CENTRE: wide / 2, Anchor.RIGHT: wide}[anchor]
        reach = tall / 2 + around / 2
        ground.append(TextBackground(low=(left - around - indent, middle - reach), high=(left + wide + around, middle + reach)))
    return ground + [
        Text(at=(x, middle + tall / 2 - size / 2 - pitch * i), text=line, size=size, tone=tone, bold=bold, anchor=anchor)
        for i, line in enumerate(lines)
    ]
