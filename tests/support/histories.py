"""Hand-made histories: sessions of a person over time, each with what is told of it beforehand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from formcheck.core.values import Side
from formcheck.people.history import CheckRecord, Entry, Stretch

MONDAY = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
KNEELING, SUPINE = "kneeling_hip_flexor", "supine_psoas"


def reached(degrees: int, seconds: float = 20.0) -> dict[int, float]:
    """Return a reach whose median is so many degrees, spread over three."""
    return {degrees - 1: seconds / 4, degrees: seconds / 2, degrees + 1: seconds / 4}


def held(side: Side = Side.LEFT, *, pose: str = KNEELING, at: int | None = 12, held_s: float = 25.0, **more: Any) -> Stretch:
    """Return a stretch on one side that was held at so many degrees; `None` for one without a goal in degrees."""
    fields = {"started_s": 5.0, "longest_s": held_s, "goal_s": 30.0, "complete": False, "score": 88.0}
    reach = {} if at is None else reached(at)
    return Stretch(**{**fields, "pose": pose, "side": side, "held_s": held_s, "reach": reach, **more})


def session(day: float, *stretches: Stretch, **more: Any) -> Entry:
    """Return the session so many days after a Monday."""
    started = MONDAY + timedelta(days=day)
    fields = {"id": f"{round(100 * day):08x}", "version": "1.0", "plan": KNEELING, "ended": started + timedelta(minutes=9)}
    return Entry(**{**fields, "started": started, "stretches": stretches, **more})


def risen(left: Sequence[int], right: Sequence[int], *, every: float = 2.0, fault_s: Sequence[float] = ()) -> list[Entry]:
    """Return sessions, one every so many days, each with the median of either side, and so many seconds of one fault."""
    faults = [{"leaning_forward": seconds} for seconds in fault_s] or [{}] * len(left)
    return [
        session(every * number, held(Side.LEFT, at=a, faults=fault), held(Side.RIGHT, at=b, started_s=45.0))
        for number, (a, b, fault) in enumerate(zip(left, right, faults, strict=True))
    ]


def read(day: float, degrees: float, side: Side = Side.LEFT, **more: Any) -> CheckRecord:
    """Return a reading of a flexibility check."""
    fields = {"id": f"c{round(100 * day):07x}", "version": "1.0", "profile": None, "check": "thomas", "reading": "thigh"}
    known = {"error_deg": 6.0, "spread_deg": 1.0, "band": "usual", "taken": MONDAY + timedelta(days=day)}
    return CheckRecord(**{**fields, **known, "side": side, "degrees": degrees, **more})
