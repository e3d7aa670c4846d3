"""The schema of a profile, and the baseline that is in it."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from formcheck.baseline import Baseline, Reading

Degrees = Annotated[float, Field(ge=-90, le=90)]
Length = Annotated[float, Field(gt=0, le=5)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Offsets(_Part):
    """Degrees; a part that was not seen is left out."""

    trunk: Degrees
    neck: Degrees
    near_hip: Degrees
    near_knee: Degrees
    near_leg: Degrees | None = None
    far_hip: Degrees | None = None
    far_knee: Degrees | None = None
    far_leg: Degrees | None = None


class Lengths(_Part):
    """Frame heights."""

    trunk: Length
    thigh: Length
    shank: Length


class Straight(_Part):
    """One straight posture."""

    view_ratio: Annotated[float, Field(ge=0, le=5)]
    floor: Degrees | None = None
    offsets: Offsets
    lengths: Lengths

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """Return what was read, rounded: a tenth of a degree is beyond what a camera tells."""
        return cls(
            view_ratio=round(reading.view_ratio, 3),
            floor=round(reading.floor, 1) if reading.floor is not None else None,
            offsets=Offsets.model_validate({name: round(value, 1) for name, value in reading.offsets.items()}),
            lengths=Lengths.model_validate({name: round(value, 4) for name, value in reading.lengths.items()}),
        )

    @property
    def reading(self) -> Reading:
        return Reading(
            offsets=self.offsets.model_dump(exclude_none=True),
            lengths=self.lengths.model_dump(),
            view_ratio=self.view_ratio,
            floor=self.floor,
        )


class Profile(_Part):
    """What is known of one person. `camera` is the size of its pictures, width and height in pixels."""

    format: Literal[1] = 1
    taken: datetime
    camera: tuple[Annotated[int, Field(gt=0)], Annotated[int, Field(gt=0)]]
    standing: Straight
    lying: Straight

    @classmethod
    def of(cls, baseline: Baseline, *, taken: datetime, camera: tuple[int, int]) -> Self:
        return cls(taken=taken, camera=camera, standing=Straight.of(baseline.standing), lying=Straight.of(baseline.lying))

    @property
    def baseline(self) -> Baseline:
        return Baseline(standing=self.standing.reading, lying=self.lying.reading)
