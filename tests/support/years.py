"""A history of many years, as somebody has it who stretches every day, and now and then sits or checks how far they get."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from formcheck.core.values import Side
from formcheck.people.history import Answer, CheckRecord, Decided, Entry, GuidedTime, Pain, SittingRecord, Stretch
from formcheck.people.history.database import Store

LAST_DAY = datetime(2026, 3, 1, 18, 30, tzinfo=timezone(timedelta(hours=1)))
POSES = ("kneeling_hip_flexor", "supine_psoas")
FAULTS = ("trunk_leans_backward", "hips_turned", "head_lifts", "leg_lifts")


def keep_years(path: Path, days: int = 3653, *, profile: str | None = None, seed: int = 1) -> None:
    """Make a history with a session a day up to `LAST_DAY`: two stretches on both sides, what was wrong, and how far."""
    random = Random(seed)
    with Store(path) as store:
        store.save(*(_day(random, LAST_DAY - timedelta(days=back), profile) for back in range(days)))
        for back in range(0, days, 60):
            store.save_check(list(_check(random, LAST_DAY - timedelta(days=back, hours=1), profile)))


def _day(random: Random, started: datetime, profile: str | None) -> Entry:
    sides = [(pose, side) for pose in POSES for side in Side]
    stretches = tuple(_stretch(random, *done, started_s=90.0 * i) for i, done in enumerate(sides))
    hurt = [Pain(time_s=200.0, pose=pose, side=side, answer=Answer.MILD) for pose, side in sides if random.random() < 0.02]
    times: dict[str, Any] = {"started_s": 400.0, "guided_s": 180.0, "goal_s": 180.0}
    sat: dict[str, Any] = {
        "sat_s": 7200.0,
        "away_s": 600.0,
        "unseen_s": 0.0,
        "longest_s": 1800.0,
        "breaks": 4,
        "shifts": 11,
        "prompts": 2,
    }
    return Entry(
        id=f"{random.getrandbits(128):032x}",
        started=started,
        version="1",
        plan="routine",
        ended=started + timedelta(minutes=8),
        profile=profile,
        level=1 + random.randrange(4),
        pain_before=random.randrange(4),
        pain_after=random.randrange(4),
        pain_where="right groin",
        decisions=(Decided(rule="same", says="The level stays."),),
        stretches=stretches,
        pains=tuple(hurt),
        blocks=(GuidedTime(block="slow_breathing", side=None, complete=True, **times),) if random.random() < 0.2 else (),
        sitting=SittingRecord(**sat) if random.random() < 0.05 else None,
    )


def _stretch(random: Random, pose: str, side: Side, *, started_s: float) -> Stretch:
    middle, held_s = random.randrange(8, 24), random.uniform(40.0, 60.0)
    return Stretch(
        pose=pose,
        side=side,
        started_s=started_s,
        held_s=held_s,
        longest_s=held_s / 2,
        goal_s=60.0,
        complete=held_s > 50.0,
        score=random.uniform(60.0, 100.0),
        faults={name: random.uniform(0.5, 9.0) for name in random.sample(FAULTS, 2)},
        reach={middle + i: random.uniform(0.1, 9.0) for i in range(10)},
    )


def _check(random: Random, taken: datetime, profile: str | None) -> Iterator[CheckRecord]:
    name = f"{random.getrandbits(128):032x}"
    for side in Side:
        yield CheckRecord(
            id=name,
            taken=taken,
            version="1",
            profile=profile,
            check="thomas",
            side=side,
            reading="hip",
            degrees=random.uniform(-20.0, 10.0),
            error_deg=6.0,
            spread_deg=1.0,
            band="usual",
        )
