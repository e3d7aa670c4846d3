"""The evidence of labelled clips: the measured values during each labelled interval of a stretch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.core.values import Assessment, Status
from formcheck.core.wording.language import N_
from formcheck.tuning.labels import OTHER, UNSEEN, Labels

EDGE_S = 0.2
"""So much of either end of an interval is left out (seconds): the median lags by 0.1, and labelling by hand errs by more."""

LEAST_S = 0.3
"""What is left of an interval must be at least this long (seconds) to count."""

LEAST_CLIPS = 2
"""Correct form in fewer clips than this says nothing about a range or a limit."""

Values = np.ndarray[tuple[int], np.dtype[np.float64]]
"""Degrees, shape (frames,), in order of time; frames in which the measure was unseen are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSpan:
    """One labelled interval: person, label and measurements.

    Attributes
    ----------
    clip, person : str
        The path of the clip, and who is in it.
    where : int
        The interval's place in its label file, from 0.
    label : str
        `correct`, or the name of a fault.
    tolerances : Mapping[str, float]
        Degrees by which limits of faults were moved out, by measure, the median over the interval.
    values : Mapping[str, NDArray[np.float64]]
        Degrees by measure, in order of time, for measures that were seen in at least half of the frames; frames in which a
        measure was unseen are left out.
    """

    clip: str
    person: str
    where: int
    label: str
    tolerances: Mapping[str, float]
    values: Mapping[str, Values]

    def median(self, measure: str) -> float | None:
        """Return the median value in degrees, or `None` if the measure was not seen."""
        values = self.values.get(measure)
        return None if values is None else float(np.median(values))


def gather(clip: str, labels: Labels, assessments: Sequence[tuple[float, Assessment]]) -> list[EvidenceSpan]:
    """Return a span for every interval of `labels` that shows the stretch and was seen.

    `assessments` are those of the labelled stretch in each frame, as (seconds, assessment), in order of time.
    """
    spans = []
    for where, entry in enumerate(labels.intervals):
        if entry.label in (OTHER, UNSEEN) or entry.end_s - entry.start_s < LEAST_S + 2 * EDGE_S:
            continue
        first_s, end_s = entry.start_s + EDGE_S, entry.end_s - EDGE_S
        inside = [now for time_s, now in assessments if first_s <= time_s < end_s]
        seen = [now for now in inside if now.status is not Status.UNSEEN]
        if not seen or 2 * len(seen) < len(inside):
            continue
        columns = {name: [now.measurements.get(name) for now in seen] for name in seen[0].measurements}
        known = {name: [value for value in column if value is not None] for name, column in columns.items()}
        values = {name: np.array(values) for name, values in known.items() if 2 * len(values) >= len(seen)}
        moved = {name: float(np.median([now.tolerances[name] for now in seen if name in now.tolerances])) for name in values}
        spans.append(
            EvidenceSpan(clip=clip, person=labels.person, where=where, label=entry.label, tolerances=moved, values=values)
        )
    return spans


def too_little(correct: Sequence[EvidenceSpan]) -> str | None:
    """Return why intervals in correct form say too little about a number, or `None` where they are enough."""
    clips = len({span.clip for span in correct})
    lack = N_("kept: too little evidence, correct form in {clips} of at least {least} clips")
    return lack.format(clips=clips, least=LEAST_CLIPS) if clips < LEAST_CLIPS else None
