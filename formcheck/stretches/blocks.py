"""The schema of a block file: a guided time without a verdict, as self-massage with a ball, or slow breathing.

A camera knows nothing of pressure or place, so nothing is judged: a block is a plan of phases in words, and a clock that runs
while somebody is there. What a body can take in one go is limited here, so that no file can ask for more.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from formcheck.core.wording.language import N_, Sentence, joined
from formcheck.stretches.safety_questions import SafetyQuestion
from formcheck.stretches.spec import CUE_WORDS, Line, first_sentence, short_enough
from formcheck.stretches.validation import PROSE, FileTable, TranslatedFile

SPOT_S = 90.0
"""The longest time with pressure before a phase without: studies of self-massage gave one spot 30 to 120 s."""

EASE_LEAST_S = 15.0
"""A phase without pressure between two with pressure is at least so long."""

CEILING_S = 600.0
"""The longest block, both sides together."""


TOO_LONG = N_("the phases take {seconds:g} s, most_s is {most:g}")
TOO_LONG_ON_BOTH = N_("the phases take {seconds:g} s on both sides, most_s is {most:g}")
PRESSED_NOWHERE = N_("a phase has a pressure, but area is none")
NEVER_PRESSED = N_("no phase has a pressure, but area is {area}")
NOT_GENTLE = N_("the first pressure must be gentle (found {found})")
TOO_SUDDEN = N_("{after} comes right after {before}: pressure grows by one step at a time")
TOO_HARD = N_("{pressure} is too much for the {area}: {most} at most")
PRESSED_TOO_LONG = N_("{seconds:g} s with pressure on end: {most:g} at most, then a phase without")
EASED_TOO_SHORT = N_("{seconds:g} s between two times with pressure: {least:g} at least")


class Pressure(StrEnum):
    """How hard to press, in the word that the person hears."""

    GENTLE = "gentle"
    MODERATE = "moderate"
    FIRM = "firm"


class PressedArea(StrEnum):
    """Where the pressure goes. Before pressure on the belly there is a safety screen of its own, whatever the file asks."""

    BELLY = "belly"
    FRONT_OF_THIGH = "front_of_thigh"
    BUTTOCK = "buttock"
    NONE = "none"


_HARDEST = {PressedArea.BELLY: Pressure.MODERATE, PressedArea.FRONT_OF_THIGH: Pressure.FIRM, PressedArea.BUTTOCK: Pressure.FIRM}
_ORDER = tuple(Pressure)

Spoken = Annotated[str, Field(min_length=1, description=f"At most {CUE_WORDS} words."), AfterValidator(short_enough), PROSE]


def _first_short(text: str) -> str:
    short_enough(first_sentence(text))
    return text


class BlockPhase(FileTable):
    """One phase: what to do, for so long."""

    name: Annotated[str, Field(min_length=1, max_length=24, description="Shown large while it lasts."), PROSE]
    seconds: Annotated[float, Field(gt=0, le=CEILING_S, strict=True)]
    do: Annotated[str, Field(min_length=1, max_length=60, description="What to do in it: shown, to be read from afar."), PROSE]
    say: Annotated[Spoken, Field(description="Said when it begins.")]
    pressure: Pressure | None = None
    breathe: Annotated[bool, Field(description="Whether the breathing pacer is shown: 4 s in, 6 s out.")] = False


class BlockSource(FileTable):
    """What the block rests on, and how much that is worth."""

    text: Line
    strength: Annotated[
        Literal["weak", "mixed", "good"],
        Field(description="weak: no trial, or small ones; mixed: trials that disagree; good: trials that agree."),
    ]


class BlockSpec(TranslatedFile):
    """A parsed block file."""

    format: Literal[1] = Field(description="The version of this file format.")
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="As the file is called, without .toml.")]
    title: Annotated[str, Field(min_length=1, max_length=40), PROSE]
    purpose: Line = Field(description="What it is for, in one sentence. It promises nothing.")
    needs: Annotated[str, Field(max_length=80, description="What to have at hand."), PROSE] = ""
    position: Annotated[
        str,
        Field(min_length=1, max_length=160, description="How to get into position. The first sentence is said aloud."),
        AfterValidator(_first_short),
        PROSE,
    ]
    ready_s: Annotated[
        float, Field(ge=5, le=120, strict=True, description="Seconds to get into position, before the clock runs.")
    ] = 20.0
    area: Annotated[PressedArea, Field(description="Where the pressure goes; belly: its safety screen is asked first.")]
    sides: Annotated[
        bool, Field(description="true: the phases are of one side, and come once for each, so that sides change at half.")
    ] = True
    most_s: Annotated[float, Field(gt=0, le=CEILING_S, strict=True, description="The ceiling in seconds, both sides together.")]
    rules: Annotated[tuple[Spoken, ...], Field(min_length=1, description="What to mind meanwhile: shown, and said once.")]
    phases: Annotated[tuple[BlockPhase, ...], Field(min_length=1)]
    questions: Annotated[tuple[SafetyQuestion, ...], Field(description="A yes leaves out this block alone.")] = ()
    sources: tuple[BlockSource, ...] = ()

    @model_validator(mode="after")
    def _within_limits(self) -> Self:
        if faults := [*self._beyond()]:
            raise ValueError(joined("; ", faults))
        return self

    def _beyond(self) -> Iterator[str]:
        """What a body should not be asked for."""
        if self.total_s > self.most_s:
            yield (TOO_LONG_ON_BOTH if self.sides else TOO_LONG).format(seconds=self.total_s, most=self.most_s)
        pressed = [phase.pressure for phase in self.phases if phase.pressure is not None]
        if self.area is PressedArea.NONE:
            if pressed:
                yield PRESSED_NOWHERE
            return
        if not pressed:
            yield NEVER_PRESSED.format(area=self.area)
        elif pressed[0] is not Pressure.GENTLE:
            yield NOT_GENTLE.format(found=pressed[0])
        for before, after in pairwise(pressed):
            if _ORDER.index(after) > _ORDER.index(before) + 1:
                yield TOO_SUDDEN.format(after=after, before=before)
        hardest = max(pressed, key=_ORDER.index, default=Pressure.GENTLE)
        if _ORDER.index(hardest) > _ORDER.index(_HARDEST[self.area]):
            yield TOO_HARD.format(pressure=hardest, area=self.area, most=_HARDEST[self.area])
        grouped = groupby(self.phases, lambda phase: phase.pressure is not None)
        bouts = [(on, sum(phase.seconds for phase in group)) for on, group in grouped]
        for on, seconds in bouts:
            if on and seconds > SPOT_S:
                yield PRESSED_TOO_LONG.format(seconds=seconds, most=SPOT_S)
        for on, seconds in bouts[1:-1]:
            if not on and seconds < EASE_LEAST_S:
                yield EASED_TOO_SHORT.format(seconds=seconds, least=EASE_LEAST_S)

    @property
    def side_s(self) -> float:
        """Seconds of all phases, once."""
        return sum(phase.seconds for phase in self.phases)

    @property
    def total_s(self) -> float:
        """Seconds of the whole block."""
        return self.side_s * (2 if self.sides else 1)

    @property
    def posture(self) -> Sentence:
        """How to get into position: the first sentence of it."""
        return first_sentence(self.position)

    def phase_at(self, guided_s: float) -> tuple[int, float]:
        """Return which phase it is after `guided_s` seconds, from 0, and since when; after the last one it is the last."""
        start_s = 0.0
        for number, phase in enumerate(self.phases):
            if guided_s < start_s + phase.seconds - _NEARLY_S or number == len(self.phases) - 1:
                return number, start_s
            start_s += phase.seconds
        raise AssertionError("a block has a phase")


_NEARLY_S = 1e-6
