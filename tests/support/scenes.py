"""Bodies over time, and a session that watches them."""

from collections.abc import Callable, Iterable, Sequence
from random import Random

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.core.values import Hold, Landmarks, Moment, Side, Status
from formcheck.stretches import StretchSpec
from formcheck.testing import shaken

People = Sequence[Landmarks]
Scene = list[tuple[float, People]]
"""Who is seen, at what time in seconds."""

Act = tuple[float, Landmarks | People]
"""For how many seconds, and who: one person, several, or `()`."""

FPS = 15.0


def scene(*acts: Act, fps: float = FPS) -> Scene:
    """Return the acts one after the other, at a steady frame rate."""
    shots: Scene = []
    end_s = 0.0
    for lasting_s, who in acts:
        end_s += lasting_s
        people = (who,) if isinstance(who, Landmarks) else tuple(who)
        while len(shots) / fps < end_s - 1e-9:
            shots.append((len(shots) / fps, people))
    return shots


def changed(shots: Scene, change: Callable[[float, Landmarks], Landmarks]) -> Scene:
    """Return the scene with every person in it changed by `change(time_s, person)`."""
    return [(time_s, tuple(change(time_s, person) for person in people)) for time_s, people in shots]


def trembling(shots: Scene, spread: float, seed: int = 0) -> Scene:
    random = Random(seed)
    return changed(shots, lambda _, person: shaken(person, random, spread))


def watch(specs: StretchSpec | Sequence[StretchSpec], shots: Iterable[tuple[float, People]]) -> list[Moment]:
    """Return every moment of a fresh session over the scene."""
    session = FormAnalyzer([specs] if isinstance(specs, StretchSpec) else specs)
    return [session.step(people, time_s) for time_s, people in shots]


def holds(specs: StretchSpec | Sequence[StretchSpec], shots: Scene, fps: float = FPS) -> dict[str, tuple[Hold, ...]]:
    """Return the holds of every stretch that has any, once the scene is over."""
    session = FormAnalyzer([specs] if isinstance(specs, StretchSpec) else specs)
    for time_s, people in shots:
        session.step(people, time_s)
    found = session.summary(len(shots) / fps).holds
    return {name: tuple(held) for name, held in found.items() if held}


def sides_of(found: Iterable[Hold]) -> list[Side | None]:
    return [hold.side for hold in found]


def statuses(moments: Iterable[Moment]) -> set[Status]:
    return {moment.assessment.status for moment in moments}
