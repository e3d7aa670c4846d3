"""What an engine saw of a clip, without the pictures: it can be judged as often as there is something to ask of it.

A recording is judged directly. It needs no source without pictures and no engine that only repeats what was seen.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import JOINTS, Landmarks, Side
from formcheck.stretches import StretchSpec
from formcheck.vision.sampling.interpolation import Detection, interpolated


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentDetections:
    """What was seen in a segment of a clip.

    Attributes
    ----------
    detections : Sequence[Detection]
        The people in the frames that the engine looked at, in order of time, the last ones before the segment among them.
    times_s : Sequence[float]
        The times of all frames of the segment, in seconds from the clip's first frame.
    repeats_s : Sequence[float]
        The times of those frames that are the same as the one before, to the last bit.
    damaged_s : float or None
        Where the segment was first found to be damaged; `None` where it was not.
    cut : bool
        Whether an end was asked for before the segment had one.
    """

    detections: Sequence[Detection]
    times_s: Sequence[float]
    repeats_s: Sequence[float] = ()
    damaged_s: float | None = None
    cut: bool = False

    @classmethod
    def of_frame(cls, people: Sequence[Landmarks], time_s: float, *, repeats: bool = False) -> Self:
        """Return the detection in a single frame."""
        detection = Detection(time_s=time_s, people=people, still_s=time_s)
        return cls(detections=(detection,), times_s=(time_s,), repeats_s=(time_s,) if repeats else ())

    def people(self) -> Iterator[tuple[float, Callable[[], Sequence[Landmarks]]]]:
        """Yield the time of every frame, and what returns the people who are taken to have been seen in it."""
        i = 0
        for time_s in self.times_s:
            while i + 1 < len(self.detections) and self.detections[i].time_s < time_s:
                i += 1
            pair = self.detections[max(0, i - 1) : i + 1]
            yield time_s, partial(interpolated, pair[0], pair[-1], time_s) if pair else tuple


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkRecording:
    """The people seen in a clip, the tracked one first.

    Attributes
    ----------
    clip : ClipInfo
        The path of the clip, its size in pixels, frame rate and expected length in seconds.
    engine : EngineInfo
        Name, version and model of the engine that saw the people.
    traits : EngineTraits
        Where that engine errs, and by how much.
    segments : Sequence[SegmentDetections]
        The parts in which the clip was detected, in order; with `every_frame` each is a single frame. Landmarks are as in
        `Landmarks`: frame heights, x right, y up.
    every_frame : bool
        Whether the engine looked at every frame; else joints are interpolated between the frames it looked at.
    """

    clip: ClipInfo
    engine: EngineInfo
    traits: EngineTraits = DEFAULT_TRAITS
    segments: Sequence[SegmentDetections]
    every_frame: bool

    @property
    def anybody(self) -> bool:
        """Whether a person is seen at all."""
        return any(one.people for segment in self.segments for one in segment.detections)

    @property
    def joints(self) -> frozenset[str]:
        """The joints that some picture has, with whatever confidence above 0; all of them where nobody is seen."""
        unknown = set(JOINTS)
        for person in (person for segment in self.segments for one in segment.detections for person in one.people):
            unknown -= {joint for joint in unknown if joint in person.points and person.points[joint].visibility > 0.0}
            if not unknown:
                break
        return frozenset(JOINTS) - unknown if self.anybody else frozenset(JOINTS)

    def lacking_joints(self, spec: StretchSpec) -> tuple[str, ...]:
        """Return the joints without which a stretch can't be judged, on either side, and which no picture has.

        Of a pair whose middle is needed (`mid_ear`) one joint is enough. Another engine or program may not know of a joint.

        Parameters
        ----------
        spec
            The stretch.

        Returns
        -------
        tuple of str
            As `left_toe`; empty where nobody is seen.
        """
        seen = self.joints
        seen |= {f"mid_{joint.partition('_')[2]}" for joint in seen}
        lacking = min((spec.needed_joints(side) - seen for side in Side), key=len)
        pairs = {f"{side}_{joint.removeprefix('mid_')}" for joint in lacking for side in Side if joint.startswith("mid_")}
        return tuple(joint for joint in JOINTS if joint in lacking | pairs)

    def frames(self) -> Iterator[tuple[float, Sequence[Landmarks]]]:
        """Yield every frame of the clip: detected, or interpolated between two detections.

        Yields
        ------
        time_s : float
            Seconds from the first frame, in order.
        people : Sequence[Landmarks]
            The people seen, the tracked one first; empty where nobody is. Between two detections it is the tracked one alone.
            A joint that is not seen has a low visibility.
        """
        for segment in self.segments:
            for time_s, people in segment.people():
                yield time_s, people()
