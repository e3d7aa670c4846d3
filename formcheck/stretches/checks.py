"""The schema of a check file: how far a joint goes is measured a few times over, and told in a band with soft words.

A check is not a stretch: nothing is held or scored. The person goes from a start to where the leg comes to rest by itself, some
times over; what is read there is told with its error, and a verdict only where every witness of the posture agrees.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from formcheck.core.values import PARTS
from formcheck.core.wording.language import N_
from formcheck.stretches.spec import NOT_INSIDE, RUNS_DOWN, SHORT, Degrees, Line
from formcheck.stretches.validation import PROSE, TWICE, FileTable, Tables, TranslatedFile, as_written, check_toml, tables_in

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
CheckBand = Literal["long", "usual", "unclear", "short"]
Kind = Literal["elevation", "lean", "turn"]

ROLES = ("tested", "other")
"""The legs of a check: the tested one is on the camera's side."""

_JOINTS = {"nose", *(f"{side}_{part}" for side in ("mid", *ROLES) for part in PARTS)}
_COUNT = {"elevation": 2, "lean": 2, "turn": 4, "shift": 1}


OTHER_JOINTS = N_("{kind} is of {expected} joints, and {found} are named")
NO_JOINT = N_("there is no joint {given}; as tested_knee, other_hip, mid_shoulder, nose")
NO_LAST_BAND = N_("each band but the last has one of at_most, at_least; the last has neither, for all the rest")
BOTH_LIMITS = N_("the limits of all bands are at_most, or all are at_least")
LIMITS_UNORDERED = N_("the limits of the bands must rise with at_most, and fall with at_least")
BAND_TWICE = N_("a band is there twice")
SHIFT_AT_REST = N_("a shift is known only at rest, and says nothing of a posture")
FIRST_READING = N_("the first reading says where a trial begins: elevation or lean")
ONLY_DEGREES = N_("only {placeholder} stands for something")


class _OfJoints(FileTable):
    name: Name
    kind: Kind | Literal["shift"]
    joints: Annotated[
        tuple[str, ...],
        Field(
            description="elevation and lean: of the segment from the first to the second joint. turn: the signed turn from the "
            "segment of the first two to that of the last two. shift: one joint. Legs are tested and other, as tested_knee; "
            "mid_hip lies between both hips."
        ),
    ]

    @model_validator(mode="after")
    def _known(self) -> Self:
        if len(self.joints) != _COUNT[self.kind]:
            raise ValueError(OTHER_JOINTS.format(kind=self.kind, expected=_COUNT[self.kind], found=len(self.joints)))
        for joint in self.joints:
            if joint not in _JOINTS:
                raise ValueError(NO_JOINT.format(given=as_written(joint)))
        return self


class BandRow(FileTable):
    """One band of a reading: the first whose limit holds is told; the last one has no limit."""

    band: CheckBand
    at_most: Degrees | None = Field(default=None, description="Holds up to this value, in degrees.")
    at_least: Degrees | None = Field(default=None, description="Holds from this value on, in degrees.")
    words: Line = Field(description="What the person reads. Soft: it looks so, nothing is diagnosed.")

    def holds(self, value: float) -> bool:
        """Return whether the band is that of `value`, in degrees, where no earlier one is."""
        if self.at_most is not None:
            return value <= self.at_most
        return self.at_least is None or value >= self.at_least


class CheckReading(_OfJoints):
    """A quantity that is told, in degrees."""

    title: Line
    kind: Annotated[
        Kind,
        Field(
            description="elevation: over level, counted from where the feet point. lean: from straight up, + = the way the "
            "person faces. turn: of a joint. Elevation and lean are signed, by the segment's own length and its drop."
        ),
    ]
    positive: Line = Field(description="How a value of 0 or more is told; {degrees} stands for it.")
    negative: Line = Field(description="How a value below 0 is told; {degrees} stands for it, without its sign.")
    error_deg: Annotated[
        float, Field(gt=0, le=45, strict=True, description="Half width of the interval that has the true value in 90 of 100.")
    ]
    bands: tuple[BandRow, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.bands:
            return self
        *limited, last = self.bands
        if (
            last.at_most is not None
            or last.at_least is not None
            or any((row.at_most is None) == (row.at_least is None) for row in limited)
        ):
            raise ValueError(NO_LAST_BAND)
        rising = [row.at_most for row in limited if row.at_most is not None]
        falling = [row.at_least for row in limited if row.at_least is not None]
        if rising and falling:
            raise ValueError(BOTH_LIMITS)
        if any(a >= b for a, b in pairwise(rising)) or any(a <= b for a, b in pairwise(falling)):
            raise ValueError(LIMITS_UNORDERED)
        if len({row.band for row in self.bands}) < len(self.bands):
            raise ValueError(BAND_TWICE)
        return self

    def band_of(self, value: float) -> BandRow | None:
        """Return the band of `value`, in degrees; `None` where the reading has no bands."""
        return next((row for row in self.bands if row.holds(value)), None)

    def in_words(self, value: float) -> str:
        """Return `value`, in degrees, as the person reads it."""
        whole = round(value)
        return (self.positive if whole >= 0 else self.negative).format(degrees=abs(whole))


class Witness(_OfJoints):
    """What must be so at rest, or there is no verdict."""

    kind: Annotated[
        Kind | Literal["shift"],
        Field(description="As for a reading, or shift: trunk lengths that the joint moves from leaving the start until rest."),
    ]
    range: Annotated[tuple[Degrees, Degrees], Field(description="Lowest and highest value: degrees, or trunk lengths.")]
    posture: Annotated[
        tuple[Degrees, Degrees] | None,
        Field(description="Outside this the person does something else, or is seen wrongly: nothing is read."),
    ] = None
    otherwise: Line = Field(description="What to do where it is not so.")

    @model_validator(mode="after")
    def _rising(self) -> Self:
        low, high = self.range
        if low >= high:
            raise ValueError(RUNS_DOWN.format(key="range", low=low, high=high))
        if self.posture is not None and self.kind == "shift":
            raise ValueError(SHIFT_AT_REST)
        if self.posture is not None and not (self.posture[0] <= low and high <= self.posture[1]):
            least, most = self.posture
            raise ValueError(NOT_INSIDE.format(inner="range", start=low, end=high, outer="posture", low=least, high=most))
        return self

    def possible(self, value: float | None) -> bool:
        """Return whether the person may be in the posture of the check; `value` is in degrees, `None` if not seen."""
        return self.posture is None or value is None or self.posture[0] <= value <= self.posture[1]

    def agrees(self, value: float) -> bool:
        """Return whether `value` is within the range."""
        low, high = self.range
        return low <= value <= high


class CheckQuestion(FileTable):
    """What no camera sees and the person is asked: after another answer than the expected one there is no verdict."""

    name: Name
    text: Line
    expected: Literal["yes", "no"]
    needed: bool = Field(default=True, description="false: unanswered, a verdict is told all the same.")
    otherwise: Line = Field(description="What to do after another answer.")


class Trials(FileTable):
    """How often it is done, and what a trial is."""

    start: Annotated[tuple[Degrees, Degrees], Field(description="Where the first reading is before and after each trial.")]
    count: Annotated[int, Field(ge=1, le=10, strict=True, description="So many on a side; the middle one is told.")] = 3
    settled_s: Annotated[float, Field(gt=0, le=30, strict=True, description="At rest for so many seconds,")] = 3.0
    settled_within_deg: Annotated[
        float, Field(gt=0, le=20, strict=True, description="with a standard deviation of at most this.")
    ] = 1.5
    agree_within_deg: Annotated[
        float, Field(gt=0, le=45, strict=True, description="Trials that are further apart are not steady: once more.")
    ] = 6.0
    turned_from_deg: Annotated[
        float,
        Field(
            gt=0, le=45, strict=True, description="By length and by direction further apart than this: turned from the camera."
        ),
    ] = 4.0
    longest_s: Annotated[float, Field(gt=0, le=600, strict=True, description="Away from the start on a side, at most.")] = 180.0

    @model_validator(mode="after")
    def _rising(self) -> Self:
        low, high = self.start
        if low >= high:
            raise ValueError(RUNS_DOWN.format(key="start", low=low, high=high))
        return self


Cue = Annotated[str, Field(min_length=1), SHORT, PROSE]


class Says(FileTable):
    """What is said in front of the camera, each in a few words."""

    start: Cue = Field(description="How to get to the start.")
    go: Cue = Field(description="To leave the start.")
    stay: Cue = Field(description="On the way, and at rest.")
    back: Cue = Field(description="Once it was read.")


class CheckSpec(TranslatedFile):
    """A parsed check file."""

    format: Literal[1] = Field(description="The version of this file format.")
    name: Name = Field(description="As the file is called, without .toml.")
    title: Line
    instruction: Line = Field(description="What the person does, in one or two sentences.")
    setup: Line = Field(description="Where the camera and the person go.")
    not_with: Annotated[tuple[Line, ...], Field(min_length=1, description="Who leaves it out, or asks first.")]
    unseen: tuple[Line, ...] = Field(default=(), description="What no side camera can see; said.")
    sources: Annotated[tuple[Line, ...], Field(min_length=1, description="Where the bands and limits come from.")]
    trials: Trials
    says: Says
    questions: tuple[CheckQuestion, ...] = ()
    readings: Annotated[tuple[CheckReading, ...], Field(min_length=1, description="The first says where a trial begins.")]
    witnesses: tuple[Witness, ...] = ()

    @property
    def main(self) -> CheckReading:
        """The reading that says where a trial begins and ends."""
        return self.readings[0]


def check_text(text: str, *, name: str) -> CheckSpec | list[str]:
    """Return the check, or a line for every fault of the file: key path, what is wrong, a suggestion if one is near."""
    return check_toml(text, CheckSpec, _TABLES, across=_across, name=name)


def _across(data: dict[str, Any]) -> Iterator[str]:
    """What takes more than one table to be seen wrong. Reads the raw data, which may be wrong in any other way too."""
    for key in ("readings", "witnesses", "questions"):
        names: list[object] = []
        for i, table in tables_in(data, key):
            if table.get("name") in names:
                yield f"{key}[{i}]: " + TWICE.format(name=table["name"])
            names.append(table.get("name"))
    for i, table in tables_in(data, "readings"):
        if i == 0 and table.get("kind") == "turn":
            yield "readings[0].kind: " + FIRST_READING
        for word in ("positive", "negative"):
            text = table.get(word)
            if isinstance(text, str) and text.replace("{degrees}", "").count("{") + text.replace("{degrees}", "").count("}"):
                yield f"readings[{i}].{word}: " + ONLY_DEGREES.format(placeholder="{degrees}")


_TABLES: Tables = {
    "": CheckSpec,
    "trials": Trials,
    "says": Says,
    "questions": CheckQuestion,
    "readings": CheckReading,
    "bands": BandRow,
    "witnesses": Witness,
}
