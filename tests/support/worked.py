"""The worked poses: four people in the plane, in metres, with the angles that each pose gives."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from formcheck.core.values import Landmarks
from formcheck.testing import placed, shoulder_line

PATH = Path(__file__).resolve().parents[3] / "shared" / "data" / "example_poses.json"

needed = pytest.mark.skipif(not PATH.exists(), reason="the worked poses, ../shared/data/example_poses.json, are not here")

STRETCHES = {"kneeling": "kneeling_hip_flexor", "supine": "supine_psoas", "standing": "standing_psoas"}


@dataclass(frozen=True, kw_only=True)
class Worked:
    """One pose of one person. All face right and stretch the right side."""

    person: str
    group: str
    name: str
    body: Landmarks
    angles: dict[str, float]
    faults: tuple[str, ...]
    observable: bool

    def __str__(self) -> str:
        return f"{self.group}-{self.name}-{self.person}"


def poses(*groups: str) -> list[Worked]:
    """Return the poses of these groups, of all people; none where the file is absent."""
    return list(_poses(groups)) if PATH.exists() else []


def _poses(groups: tuple[str, ...]) -> Iterator[Worked]:
    people = json.loads(PATH.read_text(encoding="utf-8"))["people"]
    for person, entry in people.items():
        for group in groups:
            for name, pose in entry["poses"][group].items():
                yield Worked(
                    person=person,
                    group=group,
                    name=name,
                    body=_body(pose),
                    angles=pose["angles"],
                    faults=tuple(pose.get("expected_faults", ())),
                    observable=pose.get("observable_from_side", True),
                )


def _body(pose: dict[str, Any]) -> Landmarks:
    joints = {name.replace("foot_index", "toe"): (x, y) for name, (x, y) in pose["landmarks"].items()}
    return replace(placed(joints), world=shoulder_line(float(pose["params"].get("yaw_sh", 0.0))))
