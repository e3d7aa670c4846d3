"""People who do a check, by hand-made bodies: as they are seen six times a second."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from formcheck.analysis.checks.frames import CheckReader
from formcheck.analysis.checks.result import CheckedSide, judge
from formcheck.core.values import Landmarks, Side
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.checks import CheckSpec
from formcheck.testing import leg_let_down

ROOT = Path(__file__).parents[2]

THOMAS = CHECKS.find("thomas", ROOT / "none")
STRAIGHT_LEG = CHECKS.find(str(ROOT / "tests/data/checks/straight_leg_raise.toml"), ROOT / "none")
ANKLE = CHECKS.find(str(ROOT / "tests/data/checks/ankle_lunge.toml"), ROOT / "none")
HZ = 6.0
UP = 122.0
"""Degrees over level of a thigh that is held to the chest."""

Body = Callable[[float], Landmarks]
"""A body by the angle of its tested leg."""


def there_and_back(body: Body, start: float, angles: Iterable[float], *, rest_s: float = 4.0) -> Iterator[Landmarks]:
    """Go from the angle `start` to each of `angles`, stay, and return, over two seconds each."""
    steps = round(2.0 * HZ)
    yield from (body(start) for _ in range(steps))
    for angle in angles:
        yield from (body(start + (angle - start) * i / steps) for i in range(steps))
        yield from (body(angle) for _ in range(round(rest_s * HZ)))
        yield from (body(angle + (start - angle) * i / steps) for i in range(steps))
        yield from (body(start) for _ in range(steps))


def lowered(
    angles: Sequence[float] = (-10.0, -10.0, -10.0),
    change: Callable[[Landmarks], Landmarks] = lambda body: body,
    *,
    rest_s: float = 4.0,
    knee: float = 75.0,
    held: float = 125.0,
    trunk: float = 0.0,
) -> list[Landmarks]:
    """Return somebody who lets a leg down to each of `angles`, every body changed by `change`."""

    def body(thigh: float) -> Landmarks:
        return change(leg_let_down(thigh=thigh, knee=knee if thigh < 60 else 128.0, held=held, trunk=trunk))

    return list(there_and_back(body, UP, angles, rest_s=rest_s))


def checked(
    bodies: Iterable[Landmarks | None],
    spec: CheckSpec = THOMAS,
    *,
    side: Side | None = None,
    level: float | None = 0.0,
    answers: dict[str, bool] | None = None,
) -> tuple[CheckedSide, ...]:
    """Return what the check tells of them; asked what no camera sees, they say that all is as it should be."""
    answers = {question.name: question.expected == "yes" for question in spec.questions} if answers is None else answers
    reader = CheckReader(spec, level_deg=level or 0.0)
    frames = [reader.step([body] if body is not None else [], i / HZ) for i, body in enumerate(bodies)]
    return judge(frames, spec, side=side, answers=answers, levelled=level is not None)
