"""Outputs that write nothing: they collect what was judged of a clip for the code that called."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import nan

import numpy as np

from formcheck.analysis.scoring.result import Result, Series
from formcheck.analysis.scoring.track import TrackBuilder
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.interfaces import ClipInfo, Image
from formcheck.core.values import JOINTS, Landmarks, Moment, Point
from formcheck.pipeline.outputs.base import Output, columns_of, values_of
from formcheck.stretches import StretchSpec

_UNSEEN = (nan, nan, 0.0)


class MomentCollector(Output):
    """The moments of a clip, in order of time, once it has been scored."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []

    def write(self, moment: Moment, picture: Image | None) -> None:
        self.moments.append(moment)


class JointTrack:
    """Where the joints of one person were over time, as numbers alone: an hour takes some 20 MB."""

    def __init__(self) -> None:
        self.times_s = array("d")
        self._points = array("d")
        self._there = array("b")

    def add(self, time_s: float, person: Landmarks | None) -> None:
        """Take in who was seen at `time_s` (seconds)."""
        self.times_s.append(time_s)
        self._there.append(person is not None)
        for joint in JOINTS:
            point = person.points.get(joint) if person is not None else None
            self._points.extend((point.x, point.y, point.visibility) if point is not None else _UNSEEN)

    def people(self) -> Iterator[Mapping[str, Point] | None]:
        """Yield the joints at every time; `None` where nobody was seen."""
        rows = np.array(self._points).reshape(-1, len(JOINTS), 3)
        for there, row in zip(self._there, rows, strict=True):
            places = zip(JOINTS, row.tolist(), strict=True)
            yield {joint: Point(x=x, y=y, visibility=seen) for joint, (x, y, seen) in places} if there else None

    def series(self) -> Series:
        """Return the times in seconds, and of each joint x and y in frame heights and its visibility, 0 to 1."""
        rows = np.array(self._points).reshape(-1, len(JOINTS) * 3)
        names = [f"{joint}_{part}" for joint in JOINTS for part in ("x", "y", "visibility")]
        return {"time_s": np.array(self.times_s), **{name: rows[:, i] for i, name in enumerate(names)}}


class MeasurementCollector(Output):
    """The measurements of every stretch over time and the joints, as numbers alone: an hour takes some 50 MB."""

    def __init__(self, specs: Iterable[StretchSpec]) -> None:
        self._joints = JointTrack()
        self._columns = {spec.name: {name: [array("d") for _ in columns_of(name)] for name in spec.measures} for spec in specs}

    def write(self, moment: Moment, picture: Image | None) -> None:
        self._joints.add(moment.time_s, moment.landmarks)
        for assessment in moment.assessments:
            for name, columns in self._columns[assessment.pose].items():
                for column, value in zip(columns, values_of(assessment, name), strict=True):
                    column.append(nan if value is None else value)

    def series(self, pose: str | None) -> Series:
        """Return the times in seconds, and for each measure of the stretch `pose` its degrees then, and from where to where the
        true ones lie, NaN where unseen.
        """
        known = self._columns[pose] if pose is not None else {}
        named = [pair for name, columns in known.items() for pair in zip(columns_of(name), columns, strict=True)]
        return {"time_s": np.array(self._joints.times_s), **{name: np.array(column) for name, column in named}}

    def joints(self) -> Series:
        """Return the times in seconds, and of each joint x and y in frame heights and its visibility, 0 to 1."""
        return self._joints.series()


class ResultCollector(Output):
    """What a result has beside its document: the measurements and joints over time, and what a report draws."""

    def __init__(self, clip: ClipInfo, specs: Iterable[StretchSpec], traits: EngineTraits = DEFAULT_TRAITS) -> None:
        specs = list(specs)
        self._measurements = MeasurementCollector(specs)
        self._track = TrackBuilder(specs, still=clip.still, traits=traits)
        self._aspect = clip.width / clip.height

    def write(self, moment: Moment, picture: Image | None) -> None:
        self._measurements.write(moment, picture)
        self._track.add(moment)

    def completed(self, result: Result) -> Result:
        """Return the result with all of it; call once."""
        pose, found = result.document.pose, self._measurements
        track = self._track.track(pose, self._aspect)
        return replace(result, series=found.series(pose), joints=found.joints(), track=track)
