"""Bodies of the holds for strength, and the pose files of these."""

from formcheck.core.geometry import Vec
from formcheck.core.values import Landmarks, Side
from formcheck.stretches.files import find_stretch
from formcheck.testing import Leg, figure, placed

BRIDGE, SINGLE, PLANK = (find_stretch(name) for name in ("bridge", "single_leg_bridge", "plank"))
STRENGTH = (BRIDGE, SINGLE, PLANK)


def bridge(hip: float = 4.0, *, lift: float | None = None) -> Landmarks:
    """Somebody on the back, head left, with the hips lifted: `hip` degrees short of a line, 60 and more once they lie."""
    lift = max(0.0, 28.0 - 0.45 * hip) if lift is None else lift
    leg = Leg(hip=hip, knee=100.0 + 0.3 * hip)
    return placed(figure(lean=-90.0 - lift, left=leg, right=leg, neck=8.0 + lift))


def single_leg_bridge(hip: float = 4.0) -> Landmarks:
    """The same with the right leg, the nearer one, straight in the air."""
    lift = max(0.0, 28.0 - 0.45 * hip)
    standing, raised = Leg(hip=hip, knee=100.0 + 0.3 * hip), Leg(hip=hip, knee=4.0)
    return placed(figure(lean=-90.0 - lift, left=standing, right=raised, neck=8.0 + lift))


def plank(line: float = 2.0, *, knee: float = 3.0) -> Landmarks:
    """Somebody on forearms and toes, head right; `line` as the hips: + = up, - = they sag."""
    leg = Leg(hip=line, knee=knee)
    joints = figure(lean=80.0 + 0.4 * line, left=leg, right=leg)
    return placed(joints | _propped(joints))


def prone() -> Landmarks:
    """Somebody flat on the front, head right, arms along the floor."""
    leg = Leg(hip=0.0, knee=2.0)
    joints = figure(lean=90.0, left=leg, right=leg)
    flat = {
        f"{side}_{part}": (joints[f"{side}_shoulder"][0] + x, 0.0)
        for side in Side
        for part, x in (("elbow", 0.3), ("wrist", 0.5))
    }
    return placed(joints | flat)


def _propped(joints: dict[str, Vec]) -> dict[str, Vec]:
    """Elbows under the shoulders, forearms on the floor."""
    shoulders = {side: joints[f"{side}_shoulder"] for side in Side}
    elbows = {f"{side}_elbow": (x, y - 0.325) for side, (x, y) in shoulders.items()}
    return elbows | {f"{side}_wrist": (x + 0.25, y - 0.325) for side, (x, y) in shoulders.items()}
