"""Outputs that write nothing: they collect what was judged of a clip for the code that called."""

from array import array
from collections.abc import Iterable
from math import nan

import numpy as np

from formcheck.analysis.scoring.result import Series
from formcheck.core.interfaces import Image
from formcheck.core.values import Moment
from formcheck.pipeline.outputs.base import Output, columns_of, values_of
from formcheck.stretches import StretchSpec


class MomentCollector(Output):
    """The moments of a clip, in order of time, once it has been scored."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []

    def write(self, moment: Moment, picture: Image | None) -> None:
        self.moments.append(moment)


class MeasurementCollector(Output):
    """The measurements of every stretch over time, as numbers alone: an hour takes some 30 MB."""

    def __init__(self, specs: Iterable[StretchSpec]) -> None:
        self._times_s = array("d")
        self._columns = {spec.name: {name: [array("d") for _ in columns_of(name)] for name in spec.measures} for spec in specs}

    def write(self, moment: Moment, picture: Image | None) -> None:
        self._times_s.append(moment.time_s)
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
        return {"time_s": np.array(self._times_s), **{name: np.array(column) for name, column in named}}
