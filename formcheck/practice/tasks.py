"""What is asked of a session, in order: one stretch on one side, for so long, then a rest."""

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.posefile import PoseSpec
from formcheck.routine import Bout
from formcheck.values import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """`pose` is `None` for whichever is recognised, `side` for whichever comes first; a second such task is the other side.

    Times in seconds; `goal_s` is `None` where the stretch's own is meant.
    """

    pose: str | None
    side: Side | None
    goal_s: float | None = None
    rest_s: float = 0.0


def of_stretch(spec: PoseSpec, side: Side | None, rest_s: float) -> tuple[Task, ...]:
    """Return the tasks of one stretch: `side`, or one side after the other with a rest between."""
    if side is not None:
        return (Task(pose=spec.name, side=side),)
    return (Task(pose=spec.name, side=None, rest_s=rest_s), Task(pose=spec.name, side=None))


def of_routine(bouts: Iterable[Bout]) -> tuple[Task, ...]:
    """Return the tasks of a routine."""
    return tuple(Task(pose=bout.pose, side=bout.side, goal_s=bout.hold_s, rest_s=bout.rest_s) for bout in bouts)


ANYTHING = (Task(pose=None, side=None),)
"""No plan: whatever stretch is done is recognised and timed, for as long as the person likes."""
