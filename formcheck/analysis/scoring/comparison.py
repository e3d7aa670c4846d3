"""Two clips of one stretch against each other: side by side from the onset of the hold, and each angle told as the same within
error, more or less.

The JSON document of a comparison is here too. Times are seconds from the first frame of the clip that they are of, angles
degrees. What is told of both is told as A against B: more is more in A.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from pydantic import Field

from formcheck.analysis.scoring.document import SCHEMA_VERSION, Document, MeasureEntry
from formcheck.analysis.scoring.key_moments import SECOND_S
from formcheck.analysis.scoring.measured import error_of_both
from formcheck.analysis.scoring.result import Result
from formcheck.analysis.scoring.track import SIDES, STATUSES, ClipTrack
from formcheck.core.errors import FormcheckError, check_argument
from formcheck.core.values import Side
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.stretches.validation import StrictModel


class Onset(StrEnum):
    """What the moment is at which a clip is aligned with the other one."""

    HOLD = "hold"
    NEAREST = "nearest"
    BEGINNING = "beginning"
    PHOTO = "photo"


class Difference(StrEnum):
    """What an angle of A is against that of B: more or less by more than both readings together may be off, or the same."""

    SAME = "same"
    MORE = "more"
    LESS = "less"


class AlignedEntry(StrictModel):
    """The side of one clip that is compared, and the moment of the clip that is 0 s of the comparison.

    `side` is null where both legs do the same. `onset` is what the moment is: the onset of the first `hold` of that side;
    where it was never held the moment `nearest` to correct form in the stretch; the `beginning` where that is not known; or
    that of a `photo`.
    """

    side: Side | None
    onset_s: float
    onset: Onset


class PairEntry(StrictModel):
    """A side of A, and the side of B that it is compared with: the same one, unless each clip shows another side alone."""

    a: AlignedEntry
    b: AlignedEntry


class DifferenceEntry(StrictModel):
    """One angle in both clips, in degrees: medians, and by how much A is above B.

    With `in_form` both medians are over the time in correct form; where one of the clips has none in it, both are over all time
    in the shape. `error_deg` is what both readings together may be off; `difference` is more or less where it is larger.
    """

    measure: str
    side_a: Side | None
    side_b: Side | None
    full: tuple[float, float]
    a: float
    b: float
    in_form: bool
    a_minus_b_deg: float
    error_deg: float
    difference: Difference


class ComparisonDocument(StrictModel):
    """The documents of both clips as they are, which sides are compared from which moment on, and each angle of them."""

    schema_version: Literal[1] = SCHEMA_VERSION
    formcheck_version: str
    pose: str
    a: Document
    b: Document
    pairs: list[PairEntry] = Field(description="The sides that are compared; at least one.")
    differences: list[DifferenceEntry]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ClipComparison:
    """Two scored clips of one stretch against each other.

    Attributes
    ----------
    a, b : Result
        What was scored.
    document : ComparisonDocument
        All that `formcheck compare --json` writes.
    """

    a: Result
    b: Result
    document: ComparisonDocument

    def __repr__(self) -> str:
        a, b = (one.document.clip.path for one in (self.a, self.b))
        return f"ClipComparison({a!r}, {b!r}, pose={self.document.pose!r}, differences={len(self.differences)})"

    @property
    def differences(self) -> list[DifferenceEntry]:
        """The angles of both, in degrees: `measure`, `a`, `b`, `a_minus_b_deg`, `error_deg`, `difference`."""
        return self.document.differences

    def to_dict(self) -> dict[str, Any]:
        """Return the document that `formcheck compare --json` writes, as plain values.

        Returns
        -------
        dict[str, Any]
            Times in seconds from the first frame of each clip, angles in degrees; `None` where there is no value.
        """
        return self.document.model_dump(mode="json")

    def to_json(self) -> str:
        """Return the document that `formcheck compare --json` writes, as text.

        Returns
        -------
        str
            Indented JSON and a newline.
        """
        return self.document.model_dump_json(indent=2) + "\n"


def compare(a: Result, b: Result) -> ClipComparison:
    """Compare two scored clips of one stretch, as `formcheck compare` does: today against four weeks ago, or you against
    somebody who shows it.

    Parameters
    ----------
    a, b
        What `score` returned of each. Left is compared with left; where each shows another side alone, these are.

    Returns
    -------
    ClipComparison
        `differences` has each angle in degrees: `a_minus_b_deg` is told as `more` or `less` where it is larger than
        `error_deg`, by which both readings together may be off, else as the `same`. `write_report` makes a page of it.

    Raises
    ------
    FormcheckError
        Where a clip shows no stretch or nobody who is in it, or both show different ones.

    Examples
    --------
    >>> from formcheck import compare, score
    >>> now = score("samples/kneeling_short_hold_p8.mp4")
    >>> {one.difference.value for one in compare(now, now).differences}
    {'same'}
    """
    _check(a, b)
    of_a, of_b = a.document, b.document
    assert of_a.pose is not None
    pairs = [PairEntry(a=_aligned(a, of_one), b=_aligned(b, of_other)) for of_one, of_other in _sides(a, b)]
    document = ComparisonDocument(
        formcheck_version=__version__,
        pose=of_a.pose,
        a=of_a,
        b=of_b,
        pairs=pairs,
        differences=list(_differences(of_a.measures, of_b.measures, pairs)),
    )
    return ClipComparison(a=a, b=b, document=document)


def _check(a: Result, b: Result) -> None:
    for name, one in {"a": a, "b": b}.items():
        check_argument(name, one, Result, N_("what score returned of a clip: compare(score(...), score(...))"))
        path = one.document.clip.path
        if one.spec is None:
            raise FormcheckError(
                N_("{path}: shows no stretch that is known here, so there is nothing to compare.")
                .hinting(N_("`formcheck score` tells why; a stretch of your own is named with --pose."))
                .format(path=path)
            )
        if not one.document.sides:
            raise FormcheckError(
                N_("{path}: nobody gets into the {title} in it, so there is nothing to compare.")
                .hinting(N_("`formcheck score` tells what was missing."))
                .format(path=path, title=one.spec.title)
            )
    assert a.spec is not None
    assert b.spec is not None
    if a.spec.name != b.spec.name:
        raise FormcheckError(
            N_("{one} shows the {title}, and {other} the {other_title}: only clips of one stretch can be compared.")
            .hinting(N_("Where one of them was taken for another, --pose NAME says what both show."))
            .format(one=a.document.clip.path, title=a.spec.title, other=b.document.clip.path, other_title=b.spec.title)
        )


def _sides(a: Result, b: Result) -> list[tuple[Side | None, Side | None]]:
    """Return which side of A is compared with which of B: each with the same one, or, where there is none, what is there."""
    one, other = ([side if isinstance(side, Side) else None for side in result.document.sides] for result in (a, b))
    return [(side, side) for side in one if side in other] or list(zip(one, other, strict=False))


def _aligned(result: Result, side: Side | None) -> AlignedEntry:
    if result.still:
        return AlignedEntry(side=side, onset_s=0.0, onset=Onset.PHOTO)
    held = next((hold.start_s for hold in result.holds if hold.side is side), None)
    if held is not None:
        return AlignedEntry(side=side, onset_s=held, onset=Onset.HOLD)
    nearest_s = _nearest_s(result.track, side) if result.track is not None else None
    if nearest_s is not None:
        return AlignedEntry(side=side, onset_s=nearest_s, onset=Onset.NEAREST)
    return AlignedEntry(side=side, onset_s=0.0, onset=Onset.BEGINNING)


def _nearest_s(track: ClipTrack, side: Side | None) -> float | None:
    """Return the middle of the second with the best score in the shape on a side; `None` where there is none."""
    in_shape = np.array([status.in_shape for status in STATUSES])[track.status] & (track.side == SIDES.index(side))
    counts = in_shape & np.isfinite(track.scores)
    if not counts.any():
        return None
    sums = np.concatenate(([0.0], np.cumsum(np.where(counts, track.scores, 0.0))))
    begins = np.searchsorted(track.times_s, track.times_s - SECOND_S / 2)
    ends = np.searchsorted(track.times_s, track.times_s + SECOND_S / 2, side="right")
    means = np.where(counts, (sums[ends] - sums[begins]) / (ends - begins), -1.0)
    return round(float(track.times_s[int(np.argmax(means))]), 2)


def _differences(
    of_a: Sequence[MeasureEntry], of_b: Sequence[MeasureEntry], pairs: Sequence[PairEntry]
) -> Iterator[DifferenceEntry]:
    """Yield each angle that was read in both clips."""
    partners = {pair.a.side: pair.b.side for pair in pairs}
    others = {(other.measure, other.side): other for other in of_b}
    for one in of_a:
        if one.side in partners and (other := others.get((one.measure, partners[one.side]))) is not None:
            yield _difference(one, other)


def _difference(one: MeasureEntry, other: MeasureEntry) -> DifferenceEntry:
    if one.median is not None and other.median is not None:
        a, b, in_form = one.median, other.median, True
    else:
        a, b, in_form = one.median_in_shape, other.median_in_shape, False
    apart, error = round(a - b, 1), error_of_both(one, other)
    told = Difference.MORE if apart > 0 else Difference.LESS
    return DifferenceEntry(
        measure=one.measure,
        side_a=one.side,
        side_b=other.side,
        full=one.full,
        a=a,
        b=b,
        in_form=in_form,
        a_minus_b_deg=apart,
        error_deg=error,
        difference=told if abs(apart) > error else Difference.SAME,
    )
