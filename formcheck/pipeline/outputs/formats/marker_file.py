"""`--landmarks FILE.trc`: the joints in metres as marker trajectories, for Pose2Sim, Sports2D and OpenSim.

The names are those of Pose2Sim. Axes: x right in the picture, y up, z towards the camera, so that they are right-handed; the
origin is the middle of the hips, at all times. Depth (z) is a guess of the engine from one picture. A joint that is hidden or
out of the picture is NaN, and one of which the engine gives no place in the room has no marker.
"""

from array import array
from collections.abc import Mapping
from math import nan

import numpy as np

from formcheck.analysis.scoring.result import Result
from formcheck.core.engine_traits import EngineTraits
from formcheck.core.interfaces import EngineInfo
from formcheck.core.plain_text import one_line
from formcheck.core.values import JOINTS, Landmarks
from formcheck.pipeline.outputs.base import AtomicFileOutput, OutputRequest
from formcheck.pipeline.outputs.formats.uniform import Values, as_text, rate_of, resampled
from formcheck.pipeline.recording import SegmentDetections

_PARTS = {
    "hip": "Hip",
    "knee": "Knee",
    "ankle": "Ankle",
    "toe": "BigToe",
    "heel": "Heel",
    "ear": "Ear",
    "shoulder": "Shoulder",
    "elbow": "Elbow",
    "wrist": "Wrist",
}

MARKERS: Mapping[str, tuple[str, ...]] = {
    "Hip": ("left_hip", "right_hip"),
    **{f"{side[0].upper()}{name}": (f"{side}_{part}",) for side in ("right", "left") for part, name in _PARTS.items()},
    "Neck": ("left_shoulder", "right_shoulder"),
    "Nose": ("nose",),
}
"""The joints of each marker. Of two it is the middle: `Hip` of the hips, `Neck` of the shoulders."""

_HIDDEN = 0.0
_DECIMALS = 5


class MarkerFile(AtomicFileOutput):
    """The marker file, with a row for every picture of the clip, of the person who is followed."""

    def __init__(self, request: OutputRequest) -> None:
        super().__init__(request)
        self._times_s = array("d")
        self._places = array("f")  # x, y, z in metres and the confidence of every joint

    def detected(self, segment: SegmentDetections) -> None:
        for time_s, people in segment.people():
            self._times_s.append(time_s)
            self._places.extend(_places(next(iter(people()), None)))

    def complete(self, result: Result) -> None:
        self.finish(EngineInfo(**result.document.engine.model_dump()), result.traits, result.damaged)

    def finish(self, engine: EngineInfo, traits: EngineTraits, damaged: str | None) -> None:
        """Write what was seen of all segments."""
        places = np.array(self._places, dtype=np.float64).reshape(-1, len(JOINTS), 4)
        joints = {name: [JOINTS.index(joint) for joint in of] for name, of in MARKERS.items()}
        # An engine may not know where some joints are in the room, at no time: they are no markers.
        known = {name: of for name, of in joints.items() if np.isfinite(places[:, of, :3]).all(axis=(1, 2)).any()} or joints
        seen = np.stack([_marker(places[:, of], traits.visible) for of in known.values()], axis=1)
        rate = rate_of(self.request.clip.fps)
        times_s, markers = resampled(self._times_s, seen, rate)
        count, shown = len(times_s), f"{rate:g}"
        head = {
            "DataRate": shown,
            "CameraRate": shown,
            "NumFrames": count,
            "NumMarkers": len(known),
            "Units": "m",
            "OrigDataRate": shown,
            "OrigDataStartFrame": 1,
            "OrigNumFrames": count,
        }
        axes = "\t".join(f"{axis}{i}" for i in range(1, len(known) + 1) for axis in "XYZ")
        with self.part.open("w", encoding="utf-8", newline="\n") as out:
            out.write(f"PathFileType\t4\t(X/Y/Z)\t{one_line(self.request.path.name)}\n")
            out.write("\t".join(head) + "\n" + "\t".join(map(str, head.values())) + "\n")
            out.write("Frame#\tTime\t" + "\t\t\t".join(known) + f"\t\t\n\t\t{axes}\n")
            for i, (time_s, row) in enumerate(zip(times_s, markers.reshape(count, -1), strict=True), 1):
                out.write("\t".join([str(i), f"{time_s:.6f}", *(as_text(value, _DECIMALS) for value in row)]) + "\n")


create = MarkerFile


def _places(person: Landmarks | None) -> list[float]:
    if person is None:
        return [nan, nan, nan, _HIDDEN] * len(JOINTS)
    found: list[float] = []
    for joint in JOINTS:
        world, point = person.world.get(joint), person.points.get(joint)
        right, up, away = world if world is not None else (nan, nan, nan)
        inside = point is not None and 0.0 <= point.x <= person.aspect and 0.0 <= point.y <= 1.0
        found += [right, up, -away, point.visibility if point is not None and inside else _HIDDEN]
    return found


def _marker(places: Values, visible: float) -> Values:
    """The middle of the joints of a marker at every time; of two the better seen one decides, as it does of measures."""
    middle: Values = places[..., :3].mean(axis=1)
    middle[(places[..., 3] < visible).all(axis=1)] = nan
    return middle
