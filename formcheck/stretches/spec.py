"""The schema of a pose file. Field descriptions end up in the JSON Schema that editors read."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    field_validator,
    model_validator,
)

from formcheck.core.measures import MEASURES, BodyPart, Roles
from formcheck.core.measures.joints import joint_name
from formcheck.core.values import Edge, Side
from formcheck.core.wording import TO_THE_END
from formcheck.core.wording.language import N_, Sentence
from formcheck.stretches.validation import PROSE, FileTable, TranslatedFile, as_written, did_you_mean

CUE_WORDS = 8
"""The longest cue, in words: more is not taken in while holding a stretch."""

Line = Annotated[str, Field(min_length=1, max_length=400), PROSE]
Degrees = Annotated[float, Field(ge=-180, le=360, strict=True)]


LONGEST_HOLD_S = 600

NOT_SECONDS = N_('must be a number of seconds, or "{to_the_end}" (found {found})')
UNKNOWN_MEASURE = N_("unknown measure {given}{suggestion}")
RUNS_DOWN = N_("{key} runs from {low:g} up to {high:g}: the first must be the smaller")
NOT_INSIDE = N_("{inner} {start:g}..{end:g} must lie inside {outer} {low:g}..{high:g}")
NOT_OUTSIDE = N_("zero {low:g}..{high:g} must lie outside full {start:g}..{end:g}: zero[0] < full[0] <= full[1] < zero[1]")
TOO_MANY_WORDS = N_("{words} words, at most {most} can be taken in while stretching")
ONE_OF = N_("give exactly one of {keys}")
NEVER_ENDS = N_("clear {clear:g} must lie inside the limit ({key} {limit:g}), or the fault never ends")


def _seconds_or_to_the_end(given: Any, seconds: ValidatorFunctionWrapHandler) -> float | None:
    """Return the seconds, `None` for a hold to the end."""
    if given == TO_THE_END:
        return None
    if isinstance(given, str):
        raise ValueError(NOT_SECONDS.format(to_the_end=TO_THE_END, found=as_written(given)))  # noqa: TRY004
    checked: float | None = seconds(given)
    return checked


Hold = Annotated[
    float | None,
    Field(gt=0, le=LONGEST_HOLD_S, strict=True),
    WrapValidator(_seconds_or_to_the_end),
    WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0, "maximum": LONGEST_HOLD_S}, {"const": TO_THE_END}]}),
]


def first_sentence(text: str) -> Sentence:
    """Return the first sentence of `text`, a text of a file, without its full stop."""
    translations = getattr(text, "own", None) or {}
    return Sentence(_begun(text), own={code: _begun(translation) for code, translation in translations.items()})


def _begun(text: str) -> str:
    return text.partition(". ")[0].rstrip(".")


def is_path(name: str) -> bool:
    """Whether `name` is meant as the path of a file."""
    return name.endswith(".toml") or "/" in name or "\\" in name


class _OfMeasure(FileTable):
    measure: Annotated[str, Field(description="A name from `formcheck poses measures`.")]

    @field_validator("measure")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in MEASURES:
            raise ValueError(UNKNOWN_MEASURE.format(given=as_written(name), suggestion=did_you_mean(name, MEASURES)))
        return name


class Legs(FileTable):
    """The roles of the two legs; left and right are found while watching."""

    stretched: Literal["rear", "straight"] = Field(
        description="The role whose hip flexor is stretched; of a hold for strength, the leg by which its side is named."
    )
    other: Literal["front", "bent"] = Field(description="The role of the other leg.")

    def roles(self, stretched: Side) -> Roles:
        """Return which leg plays which role when the `stretched` side is stretched."""
        return {self.stretched: stretched, self.other: stretched.other}


class ShapeRange(_OfMeasure):
    """One condition of the gross shape: outside `range` the person is doing something else."""

    range: Annotated[tuple[Degrees, Degrees], Field(description="Lowest and highest value, in degrees.")]
    enter: Annotated[
        tuple[Degrees, Degrees] | None,
        Field(description="A narrower range that is asked for first, unless this very stretch is expected."),
    ] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, high = self.range
        if low >= high:
            raise ValueError(RUNS_DOWN.format(key="range", low=low, high=high))
        if self.enter is not None and not low <= self.enter[0] < self.enter[1] <= high:
            start, end = self.enter
            raise ValueError(NOT_INSIDE.format(inner="enter", start=start, end=end, outer="range", low=low, high=high))
        return self

    def margin(self, value: float, *, entering: bool) -> float:
        """Return by how many degrees `value` is inside the range (or, `entering`, the narrower one); negative outside."""
        low, high = self.bounds(entering=entering)
        return min(value - low, high - value)

    def bounds(self, *, entering: bool) -> tuple[float, float]:
        """Return the lowest and the highest value in degrees, of the narrower range where the person is `entering` one."""
        return self.enter if entering and self.enter is not None else self.range


def short_enough(cue: str) -> str:
    """Return a sentence that can be taken in while stretching. Raises ValueError for a longer one."""
    if (words := len(cue.split())) > CUE_WORDS:
        raise ValueError(TOO_MANY_WORDS.format(words=words, most=CUE_WORDS))
    return cue


SHORT = AfterValidator(short_enough)
"""Of a text that is said while stretching: so many words at most."""


class Target(_OfMeasure):
    """A target range: full credit inside `full`, none outside `zero`, linear in between."""

    full: Annotated[tuple[Degrees, Degrees], Field(description="Full credit from .. to, in degrees.")]
    zero: Annotated[tuple[Degrees, Degrees], Field(description="No credit at or beyond these, in degrees.")]
    weight: Annotated[float, Field(gt=0, le=100, strict=True, description="Share in the form score.")]
    essential: bool = Field(
        default=True, description="Without it nothing is judged. false: while unseen, its weight is left out."
    )
    goal: bool = Field(
        default=False,
        description="How far the stretch goes, more being deeper. What is reached is kept, and full[0] follows the person's "
        "own range. One target at most; none where something else, as the floor, ends the stretch.",
    )
    too_low: Annotated[str, SHORT, PROSE] = Field(
        default="", description="What to do about a value below full[0]; else a fault's cue is said, or the measure's own."
    )
    too_high: Annotated[str, SHORT, PROSE] = Field(
        default="", description="What to do about a value above full[1]; else as for too_low."
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, start, end, high = self.zero[0], *self.full, self.zero[1]
        if not (low < start <= end < high):
            raise ValueError(NOT_OUTSIDE.format(low=low, high=high, start=start, end=end))
        return self


class Limit(_OfMeasure):
    """A second witness: the fault needs this as well."""

    above: Degrees | None = Field(default=None, description="Holds above this value, in degrees.")
    below: Degrees | None = Field(default=None, description="Holds below this value, in degrees.")

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise ValueError(ONE_OF.format(keys="above, below"))
        return self

    @property
    def key(self) -> Literal["above", "below"]:
        """The key of the limit in its table."""
        return "above" if self.above is not None else "below"

    @property
    def value(self) -> float:
        """The limit in degrees."""
        return self.above if self.above is not None else self.below or 0.0

    @property
    def edge(self) -> Edge:
        """On which side of the limit it holds."""
        return Edge.HIGH if self.above is not None else Edge.LOW

    @property
    def sign(self) -> int:
        """+1 where larger values are worse, -1 where smaller ones are."""
        return 1 if self.above is not None else -1

    def exceeded_by(self, value: float) -> float:
        """Return by how many degrees `value` is beyond the limit; negative while it is within."""
        return self.sign * (value - self.value)


class Fault(Limit):
    """A named, observable error of form."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="Lower case, words joined by _.")]
    clear: Annotated[Degrees, Field(description="The fault ends here, some degrees inside its limit.")]
    min_s: Annotated[
        float, Field(ge=0, le=10, strict=True, description="It is told only when it lasts this long, in seconds.")
    ] = 1.0
    cap: Annotated[float, Field(ge=0, le=100, strict=True, description="The form score is at most this while the fault lasts.")]
    priority: Annotated[int, Field(ge=1, le=9, strict=True, description="1 is said first (safety), larger numbers later.")]
    cue: Annotated[str, Field(min_length=1, description=f"What to do about it, at most {CUE_WORDS} words."), SHORT, PROSE]
    stops_clock: bool = Field(default=True, description="false: advice only, the hold goes on.")
    also: Annotated[tuple[Limit, ...], Field(description="Further limits that must be exceeded as well.")] = ()
    from_start: bool = Field(
        default=False,
        strict=True,
        description="true: limit and clear count from what the measure was when the hold began, in degrees.",
    )

    @model_validator(mode="after")
    def _hysteresis(self) -> Self:
        if self.exceeded_by(self.clear) >= 0:
            raise ValueError(NEVER_ENDS.format(clear=self.clear, key=self.key, limit=self.value))
        return self

    @property
    def guards_the_back(self) -> bool:
        """Whether neither a baseline nor a personal range may move it: safety (priority 1), and all that the trunk does.

        A change is the same with a baseline and without.
        """
        return not self.from_start and (self.priority == 1 or MEASURES[self.measure].part is BodyPart.TRUNK)

    def starting_at(self, value: float) -> Self:
        """Return the fault with its limits counted from `value` (degrees)."""
        limit = {self.key: self.value + value, "clear": self.clear + value}
        return self.model_copy(update={**limit, "from_start": False})

    def past_clear(self, value: float) -> float:
        """Return by how many degrees `value` is beyond the clearing limit; 0 or less once the fault has ended."""
        return self.sign * (value - self.clear)


class Norm(FileTable):
    """How long people held it: published figures, to be shown beside a result and never to judge it by."""

    who: Annotated[
        str, Field(min_length=1, max_length=80, description="Who was measured, as `people without back pain`."), PROSE
    ]
    mean_s: Annotated[float, Field(gt=0, strict=True, description="Their mean, in seconds.")]
    sd_s: Annotated[float, Field(gt=0, strict=True, description="The standard deviation between them, in seconds.")]
    people: Annotated[int, Field(gt=0, strict=True, description="How many they were.")]
    source: Annotated[str, Field(min_length=1, max_length=80, description="Where it is published.")]


class StretchSpec(TranslatedFile):
    """A parsed pose file.

    `hold_s` is `None` where the file says "to the end": one go, without a goal, until the form is lost.
    """

    format: Literal[1] = Field(description="The version of this file format.")
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="As the file is called, without .toml.")]
    title: Line
    instruction: Line = Field(description="What the person does, in one or two sentences. The first is said aloud.")
    setup: Line = Field(description="Where the camera and the person go.")
    safety: Line = Field(description="Who should ask first, and when to stop.")
    coaching: Annotated[
        tuple[Annotated[str, PROSE], ...], Field(description="What no side camera can see; said, never scored.")
    ] = ()
    view: Literal["side"] = Field(description="From where the stretch can be judged.")
    hold_s: Annotated[Hold, Field(description=f'Seconds to hold, per side; or "{TO_THE_END}": one go, until the form is lost.')]
    recognise: bool = Field(
        default=True, strict=True, description="false: it is done by its name and in routines only, never recognised."
    )
    legs: Annotated[Legs | None, Field(description="Without it both legs do the same, and there are no sides.")] = None
    norms: Annotated[tuple[Norm, ...], Field(description="How long people held it.")] = ()
    shape: Annotated[tuple[ShapeRange, ...], Field(min_length=1)]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    faults: tuple[Fault, ...] = ()

    @property
    def posture(self) -> Sentence:
        """How to get into the stretch: the first sentence of the instruction."""
        return first_sentence(self.instruction)

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure the file speaks of, in the order of the measures' table."""
        used = {part.measure for part in (*self.shape, *self.targets, *self.faults)}
        used |= {limit.measure for fault in self.faults for limit in fault.also}
        return tuple(name for name in MEASURES if name in used)

    @property
    def essential(self) -> frozenset[str]:
        """Measures without which nothing is judged: the shape's, and those of essential targets and their faults."""
        spare = {target.measure for target in self.targets if not target.essential}
        faults = {fault.measure for fault in self.faults if fault.stops_clock}
        return frozenset(({part.measure for part in (*self.shape, *self.targets)} | faults) - spare)

    @property
    def to_the_end(self) -> bool:
        """Whether it is held without a goal, until the form is lost."""
        return self.hold_s is None

    @property
    def lying(self) -> bool:
        """Whether it is done lying down, by the measures that the file speaks of."""
        straight = self.legs is not None and self.legs.stretched == "straight"
        return straight or any(MEASURES[name].lying for name in self.measures)

    def with_start(self, start: Mapping[str, float]) -> Self:
        """Return the stretch for a hold that began with these values.

        Parameters
        ----------
        start
            Degrees by measure. Faults that count from the start of the hold are left out where theirs is not known.

        Returns
        -------
        StretchSpec
            Another one; this one where no fault counts from the start.
        """
        if not any(fault.from_start for fault in self.faults):
            return self
        known = (fault for fault in self.faults if not fault.from_start or fault.measure in start)
        faults = tuple(fault.starting_at(start[fault.measure]) if fault.from_start else fault for fault in known)
        return self.model_copy(update={"faults": faults})

    @property
    def goal(self) -> Target | None:
        """The target that says how far the stretch goes, if one does."""
        return next((target for target in self.targets if target.goal), None)

    def with_goal_from(self, edge: float) -> Self:
        """Return the stretch with full credit for its goal from `edge` (degrees) on.

        An edge lower than the file's takes along where credit is nothing and the faults of not getting far enough; a higher
        one leaves them where they are, and nothing moves the faults that guard the back.

        Parameters
        ----------
        edge
            Degrees; one above the upper end of full credit counts as that end.

        Returns
        -------
        StretchSpec
            Another one; this one where it has no goal.
        """
        goal = self.goal
        if goal is None:
            return self
        edge = min(edge, goal.full[1])
        lower = min(0.0, edge - goal.full[0])
        moved = goal.model_copy(update={"full": (edge, goal.full[1]), "zero": (goal.zero[0] + lower, goal.zero[1])})
        targets = tuple(moved if target is goal else target for target in self.targets)
        faults = tuple(
            fault.model_copy(update={"below": fault.below + lower, "clear": fault.clear + lower})
            if fault.measure == goal.measure and fault.below is not None and not fault.guards_the_back
            else fault
            for fault in self.faults
        )
        return self.model_copy(update={"targets": targets, "faults": faults})

    def roles(self, stretched: Side) -> Roles:
        """Return which leg plays which role when the `stretched` side is stretched.

        Parameters
        ----------
        stretched
            The side whose hip flexor is stretched.

        Returns
        -------
        Mapping[str, Side]
            The side of each of the two roles in `legs`, for example `{"rear": Side.LEFT, "front": Side.RIGHT}`; nothing where
            both legs do the same.
        """
        return self.legs.roles(stretched) if self.legs is not None else {}

    def needed_joints(self, stretched: Side) -> frozenset[str]:
        """Return the joints without which nothing is judged.

        Parameters
        ----------
        stretched
            The side that is stretched.

        Returns
        -------
        frozenset of str
            As `left_knee`, `mid_hip`.
        """
        roles = self.roles(stretched)
        return frozenset(joint_name(joint, roles) for name in self.essential for joint in MEASURES[name].joints)

    def fault(self, name: str) -> Fault:
        """Return the fault of that name.

        Parameters
        ----------
        name
            As the pose file calls it.

        Returns
        -------
        Fault
            Its limits are in degrees.

        Raises
        ------
        KeyError
            Where the stretch has no such fault.
        """
        return {fault.name: fault for fault in self.faults}[name]
