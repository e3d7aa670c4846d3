"""Hand-made evidence: intervals of clips in which each measure has a value of one's choice."""

from collections.abc import Mapping

import numpy as np

from formcheck.stretches import StretchSpec
from formcheck.tuning.fitting.evidence import EvidenceSpan

FRAMES = 40


def span(label: str, values: Mapping[str, float], *, clip: int = 0, person: str = "k1", tolerance: float = 0.0) -> EvidenceSpan:
    """An interval in which each measure swings half a degree round its value."""
    swing = 0.5 * np.sin(np.arange(FRAMES))
    return EvidenceSpan(
        clip=f"{person}_{clip}.mp4",
        person=person,
        where=0,
        label=label,
        tolerances=dict.fromkeys(values, tolerance),
        values={name: value + swing for name, value in values.items()},
    )


def middle(spec: StretchSpec) -> dict[str, float]:
    """For every target of `spec` the middle of its full range."""
    return {target.measure: (target.full[0] + target.full[1]) / 2 for target in spec.targets}
