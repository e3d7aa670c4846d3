"""Stretches for tests: a small one made by hand, and the shipped ones."""

from functools import cache
from typing import Any

from formcheck.stretches import StretchSpec
from formcheck.stretches.files import find_stretch
from formcheck.testing import kneeling, upright
from formcheck.tuning.drafting.hold_search import find_hold
from formcheck.tuning.drafting.proposal import propose
from tests.support.scenes import scene

KNEELING, STANDING, SUPINE = (find_stretch(name) for name in ("kneeling_hip_flexor", "standing_psoas", "supine_psoas"))
SHIPPED = (KNEELING, STANDING, SUPINE)

POSE_FILE = """\
format = 1
title = "A stretch"
instruction = "Kneel down. Push your hips forward."
setup = "Stand there."
safety = "Mind yourself."
view = "side"
hold_s = 30

[legs]
stretched = "rear"
other = "front"

[[shape]]
measure = "trunk_inclination"
range = [-45, 50]

[[targets]]
measure = "rear_hip_extension"
full = [10, 45]
zero = [0, 62]
weight = 30

[[faults]]
name = "leaning_forward"
measure = "trunk_inclination"
above = 15
clear = 11
cap = 65
priority = 2
cue = "Grow tall, chest over hips"

[[faults]]
name = "leg_lifts"
measure = "rear_shank_elevation"
above = 40
clear = 30
cap = 65
priority = 3
cue = "Let it sink"

[[faults.also]]
measure = "rear_knee_lift"
above = 8
"""
"""The smallest good file: of a stretch called `stretch`, with a target and two faults."""


@cache
def drafted() -> StretchSpec:
    """A stretch that `formcheck new` drafts, from somebody who kneels in front of the camera."""
    shots = scene((2, upright()), (8, kneeling()), (1, upright()))
    return propose("own", find_hold(shots), None, SHIPPED, hold_s=30).spec


def target(measure: str, **more: Any) -> dict[str, Any]:
    return {"measure": measure, "full": (0, 10), "zero": (-10, 30), "weight": 60, **more}


def fault(name: str, measure: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "measure": measure, "cap": 50, "priority": 2, "cue": f"Mind {name}", **more}


def small(**more: Any) -> StretchSpec:
    """A stretch of two targets (weights 60 and 40) and one fault, or what `more` says instead."""
    return StretchSpec.model_validate(
        {
            "format": 1,
            "name": "small",
            "title": "Small stretch",
            "instruction": "Do little.",
            "setup": "Stand there.",
            "safety": "Mind yourself.",
            "view": "side",
            "hold_s": 10,
            "legs": {"stretched": "rear", "other": "front"},
            "shape": [
                {"measure": "trunk_inclination", "range": (-45, 45)},
                {"measure": "rear_knee_flexion", "range": (0, 100)},
            ],
            "targets": [target("trunk_inclination"), target("neck_relative", weight=40)],
            "faults": [fault("leaning", "trunk_inclination", above=15, clear=11)],
            **more,
        }
    )
