"""A routine unrolled into the holds that are asked for, one after the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from formcheck.posefile import PoseSpec
from formcheck.routine.spec import Routine
from formcheck.values import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One stretch on one side, and the rest after it (seconds; 0 after the last). Repetitions count from 1."""

    pose: str
    side: Side
    hold_s: float
    rest_s: float
    repetition: int
    repetitions: int


def expand(routine: Routine, specs: Mapping[str, PoseSpec]) -> tuple[Bout, ...]:
    """Return the bouts of `routine`; `specs` holds its stretches by name.

    A repetition goes through all sides before the next begins: one side rests while the other is stretched.
    """
    *bouts, last = _bouts(routine, specs)
    return (*bouts, replace(last, rest_s=0.0))


def _bouts(routine: Routine, specs: Mapping[str, PoseSpec]) -> Iterator[Bout]:
    for step in routine.steps:
        for repetition in range(1, step.repetitions + 1):
            for side in step.sides:
                yield Bout(
                    pose=step.pose_name,
                    side=side,
                    hold_s=step.hold_s if step.hold_s is not None else specs[step.pose_name].hold_s,
                    rest_s=step.rest_s if step.rest_s is not None else routine.rest_s,
                    repetition=repetition,
                    repetitions=step.repetitions,
                )


def duration_s(bouts: Iterable[Bout]) -> float:
    """Return the seconds of holding and resting; getting into position comes on top."""
    return sum(bout.hold_s + bout.rest_s for bout in bouts)
