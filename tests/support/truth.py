"""What is true of a sample, by its labels."""

from itertools import pairwise
from pathlib import Path

from formcheck.tuning.labels import CORRECT, find_clips
from tests.support.specs import SHIPPED


def held_in_truth(clip: Path) -> float:
    """Return the seconds in correct form; the time between two labels belongs to both by half."""
    (found,) = find_clips([clip], {spec.name: spec for spec in SHIPPED})
    labels = found.labels.intervals
    edges = [labels[0].start_s, *((a.end_s + b.start_s) / 2 for a, b in pairwise(labels)), labels[-1].end_s]
    return sum(
        end_s - start_s for label, (start_s, end_s) in zip(labels, pairwise(edges), strict=True) if label.label == CORRECT
    )
