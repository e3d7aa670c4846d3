"""A role: scenes played one after the other by one body, each beginning where the one before ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from .acts import ACTS
from .body import SIDES, Body
from .camera import Facing, Place
from .clip import Scene
from .hands import PLACES
from .motion import Key, Motion, breath, ease
from .skeleton import Skeleton, hold, stand

TURN_DEG: dict[Facing, float] = {"right": 0.0, "left": 180.0}


@dataclass(frozen=True, slots=True)
class Played:
    """One moment of a role."""

    scene: Scene
    skeleton: Skeleton
    place: Place


class Role:
    """What one body does, and where. It starts with its own origin at (x, z) metres."""

    def __init__(self, body: Body, scenes: Sequence[Scene], x_m: float = 0.0, z_m: float = 0.0) -> None:
        self._body, self._scenes, self._z_m = body, tuple(scenes), z_m
        self._motions = tuple(_motion(body, scene) for scene in scenes)
        self._hips_x: list[float] = []
        for index in range(len(self._scenes)):
            before = self._hip_x(index - 1, self._motions[index - 1].end_s) if index else None
            start = x_m + self._ahead(index, self._start_s(index)) if before is None else before
            self._hips_x.append(start + self._scenes[index].jump_m)

    @property
    def end_s(self) -> float:
        """When the last scene ends."""
        return self._motions[-1].end_s

    def at(self, time_s: float) -> Played:
        """The role at one moment; before its first step and after its last it stands still."""
        index = max((i for i in range(len(self._scenes)) if self._start_s(i) <= time_s), default=0)
        scene, skeleton = self._scenes[index], self._skeleton(index, time_s)
        turn, hip = self._turn(index, time_s), float(skeleton.joints["mid_hip"][0])
        if scene.turns:
            # Round the hips, on the spot.
            x, z = self._hips_x[index] - cos(radians(turn)) * hip, self._z_m + sin(radians(turn)) * hip
        else:
            first = self._state(index, self._start_s(index))
            x, z = self._hips_x[index] - cos(radians(turn)) * self._own_hip(index, first), self._z_m
        return Played(scene, skeleton, Place(x, z, turn))

    def _start_s(self, index: int) -> float:
        return self._motions[index].keys[0].time_s

    def _turn(self, index: int, time_s: float) -> float:
        scene, motion = self._scenes[index], self._motions[index]
        end = TURN_DEG[scene.facing]
        if not scene.turns or index == 0:
            return end
        start = TURN_DEG[self._scenes[index - 1].facing]
        begin = motion.keys[0].time_s
        return start + (end - start) * ease((time_s - begin) / (motion.end_s - begin))

    def _ahead(self, index: int, time_s: float) -> float:
        """How far the hips are from the person's origin along the room's x."""
        return cos(radians(self._turn(index, time_s))) * self._own_hip(index, self._state(index, time_s))

    def _hip_x(self, index: int, time_s: float) -> float:
        gone = self._ahead(index, time_s) - self._ahead(index, self._start_s(index))
        return self._hips_x[index] + (0.0 if self._scenes[index].turns else gone)

    def _own_hip(self, index: int, state: dict[str, float]) -> float:
        scene = self._scenes[index]
        return ACTS[scene.act].posture(self._body, state, scene.stretched).hip_x_m

    def _state(self, index: int, time_s: float) -> dict[str, float]:
        return self._motions[index].at(time_s)

    def _skeleton(self, index: int, time_s: float) -> Skeleton:
        scene, body, state = self._scenes[index], self._body, self._state(index, time_s)
        state["neck"] += 0.5 * breath(time_s, 5.3)
        if "trunk" in state:
            state["trunk"] += 0.25 * breath(time_s)
        skeleton = stand(body, ACTS[scene.act].posture(body, state, scene.stretched))
        for side in SIDES:
            a, b = (PLACES[name](skeleton, body, side, scene.stretched) for name in scene.hands)
            hold(skeleton, body, side, a.mixed(b, state["hands"]))
        return skeleton


def _motion(body: Body, scene: Scene) -> Motion:
    act = ACTS[scene.act]
    first, *rest = scene.steps
    wanted = Motion.of([(first[0], {**act.rest, **first[1]}), *rest])
    return Motion(tuple(Key(key.time_s, act.settle(body, key.values)) for key in wanted.keys))
