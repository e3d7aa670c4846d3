"""Everything that is drawn over the picture of a moment: bones, angles at their joints, and words where nobody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from formcheck.core.measures import MeasuredBody
from formcheck.core.values import Moment
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.angle_labels import LabelPlace, angle_labels
from formcheck.ui.drawing.areas import BodyArea
from formcheck.ui.drawing.overlay import skeleton
from formcheck.ui.drawing.placement import PlaceChoice
from formcheck.ui.drawing.shapes import Mark
from formcheck.ui.drawing.words import place_block, place_ring, unit_of, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPlaces:
    """Where the words of a moment are; those of the next one stay there while they can. At first they have no place yet.

    `sentence` is the one that was shown.
    """

    sentence: str | None = None
    block: PlaceChoice | None = None
    ring: PlaceChoice | None = None
    labels: Mapping[str, LabelPlace] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What is drawn of a moment.

    Attributes
    ----------
    figure : tuple[Mark, ...]
        The lines from the joints to their angles, and the bones: painted first.
    words : tuple[Mark, ...]
        Plates with words and the ring of the hold: painted over the figure.
    places : WordPlaces
        Where the words are, for the next moment.
    """

    figure: tuple[Mark, ...]
    words: tuple[Mark, ...]
    places: WordPlaces


def annotate(
    moment: Moment,
    spec: StretchSpec,
    aspect: float,
    height_px: int,
    *,
    still: bool = False,
    before: WordPlaces | None = None,
) -> Annotation:
    """Return what is drawn over the picture of `moment`.

    Parameters
    ----------
    moment : Moment
        What was judged in the picture.
    spec : StretchSpec
        The stretch of its assessment.
    aspect : float
        The picture's width over its height.
    height_px : int
        The picture's height: in a small one the letters are larger, so that they can be read.
    still : bool
        Whether it is a photo, which has no clock.
    before : WordPlaces or None
        The places of the frame before this one; `None` where there is none.

    """
    moment = moment.as_elsewhere() if moment.only_a_guess else moment
    before = before or WordPlaces()
    unit, now_s = unit_of(aspect, height_px), moment.time_s
    body = MeasuredBody(moment.landmarks) if moment.landmarks is not None else None
    area = BodyArea(body) if body is not None else None
    said = words_of(moment, spec, still=still)
    changed = said.sentence not in (None, before.sentence)
    block, block_choice = place_block(said, area, aspect, unit, before.block, now_s, changed=changed)
    words, taken = list(block.marks), list(block.plates)
    ring_choice = before.ring
    if moment.recognised and not still:
        ring, drawn, ring_choice = place_ring(moment, block, area, aspect, unit, before.ring)
        words += drawn
        taken.append(ring)
    figure, labels = list[Mark](), before.labels
    if body is not None and area is not None:
        found = angle_labels(body, area, moment.assessment, spec, unit, taken, before.labels, now_s)
        figure += [*found.leaders, *skeleton(body, moment.assessment, spec)]
        words, labels = [*found.plates, *words], found.places
    places = WordPlaces(sentence=said.sentence, block=block_choice, ring=ring_choice, labels=labels)
    return Annotation(figure=tuple(figure), words=tuple(words), places=places)
