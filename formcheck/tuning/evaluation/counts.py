"""Counts over labelled clips. They add up across clips: sums of seconds and cases, never means of means.

Errors are stored as histograms, so that a percentile over all clips needs no list of every error.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass
from math import ceil
from typing import Any, Self


class _Adding:
    """A sum that adds up field by field: numbers, counters, dictionaries of such, and other sums."""

    def __iadd__(self, other: Self) -> Self:
        for part in fields(self):  # type: ignore[arg-type]
            current, other_value = getattr(self, part.name), getattr(other, part.name)
            if isinstance(current, Counter):
                current.update(other_value)
            elif isinstance(current, dict):
                for key, value in other_value.items():
                    current[key] = current[key].__iadd__(value) if key in current else deepcopy(value)
            else:
                total = current + other_value if isinstance(current, int | float) else current.__iadd__(other_value)
                setattr(self, part.name, total)
        return self


@dataclass(slots=True)
class ErrorSums(_Adding):
    """Signed errors (reported minus true) of one quantity.

    `bins` counts absolute errors by whole hundredths, `barred` those of a reading with an interval round it, `inside` those
    among them that the interval holds.
    """

    count: int = 0
    barred: int = 0
    inside: int = 0
    total: float = 0.0
    absolute: float = 0.0
    bins: Counter[int] = field(default_factory=Counter)

    def add(self, error: float, half_width: float | None = None) -> None:
        """Take in one error; `half_width` is that of the interval round the reading."""
        self.count += 1
        if half_width is not None:
            self.barred += 1
            self.inside += abs(error) <= half_width
        self.total += error
        self.absolute += abs(error)
        self.bins[round(abs(error) * 100)] += 1

    @property
    def bias(self) -> float | None:
        """The mean error."""
        return self.total / self.count if self.count else None

    @property
    def share_inside(self) -> float | None:
        """The share of readings whose interval holds the true value; 0.9 is what the intervals are made for."""
        return self.inside / self.barred if self.barred else None

    @property
    def mean_absolute(self) -> float | None:
        """The mean absolute error."""
        return self.absolute / self.count if self.count else None

    def percentile(self, share: float) -> float | None:
        """Return what `share` (0..1) of the absolute errors do not exceed, to a hundredth."""
        if not self.count:
            return None
        at_least = max(1, ceil(share * self.count - 1e-9))
        return sorted(self.bins.elements())[at_least - 1] / 100

    def share_within(self, limit: float) -> float | None:
        """Return the share of absolute errors that do not exceed `limit`."""
        if not self.count:
            return None
        return sum(count for hundredths, count in self.bins.items() if hundredths <= round(limit * 100)) / self.count


@dataclass(slots=True)
class Agreement(_Adding):
    """Seconds reported correct or not, against labelled correct or not.

    Attributes
    ----------
    both, only_told, only_true, neither : int
        Seconds reported and labelled correct, only reported so, only labelled so, and neither.
    """

    both: int = 0
    only_told: int = 0
    only_true: int = 0
    neither: int = 0

    @property
    def seconds(self) -> int:
        """All seconds that were compared."""
        return self.both + self.only_told + self.only_true + self.neither

    @property
    def balanced_accuracy(self) -> float | None:
        """The mean of the shares of correct and of other seconds that were judged right."""
        true, false = self.both + self.only_true, self.neither + self.only_told
        return (self.both / true + self.neither / false) / 2 if true and false else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: agreement beyond chance, 1 at best."""
        if not self.seconds:
            return None
        agreed = (self.both + self.neither) / self.seconds
        judged, true = (self.both + self.only_told) / self.seconds, (self.both + self.only_true) / self.seconds
        chance = judged * true + (1 - judged) * (1 - true)
        return (agreed - chance) / (1 - chance) if chance < 1 else None


@dataclass(slots=True)
class FaultCounts(_Adding):
    """Cases of one fault.

    Attributes
    ----------
    hit, missed, false : int
        Labelled and reported, labelled only, reported only.
    """

    hit: int = 0
    missed: int = 0
    false: int = 0

    @property
    def recall(self) -> float | None:
        """The share of labelled cases that were reported, 0 to 1; `None` without any."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else None

    @property
    def precision(self) -> float | None:
        """The share of reported cases that were labelled, 0 to 1; `None` without any."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else None


@dataclass(slots=True)
class HoldErrors(_Adding):
    """Labelled holds against reported ones.

    Attributes
    ----------
    labelled, missed : int
        Labelled holds, and those during which none of the same side was reported.
    split : int
        Reported holds beyond the first during one labelled hold.
    invented : int
        Reported holds that meet no time labelled as held.
    onset, offset, held : ErrorSums
        Errors of start, end and time held, in seconds, reported minus true.
    false_s, missed_s : float
        Seconds held falsely, and seconds labelled as held that no reported hold covers.
    """

    labelled: int = 0
    missed: int = 0
    split: int = 0
    invented: int = 0
    onset: ErrorSums = field(default_factory=ErrorSums)
    offset: ErrorSums = field(default_factory=ErrorSums)
    held: ErrorSums = field(default_factory=ErrorSums)
    false_s: float = 0.0
    missed_s: float = 0.0

    def false_a_minute(self, clip_s: float) -> float | None:
        """Return the seconds held falsely, for every minute of clip."""
        return self.false_s / clip_s * 60 if clip_s else None


@dataclass(slots=True)
class VisibilityCounts(_Adding):
    """Seconds labelled or reported unseen.

    Attributes
    ----------
    unseen_s, told_s : float
        Seconds labelled unseen, and those of them that were reported so.
    seen_s, denied_s : float
        Seconds labelled as anything else, and those of them that were reported unseen.
    """

    unseen_s: float = 0.0
    told_s: float = 0.0
    seen_s: float = 0.0
    denied_s: float = 0.0


@dataclass(slots=True)
class EvaluationCounts(_Adding):
    """Everything counted over some clips.

    Attributes
    ----------
    clips : int
        Clips.
    clip_s : float
        Their length in seconds.
    pose_right : int
        Clips whose stretch was reported as labelled, or none where none is labelled.
    side_right, side_labelled : int
        Clips whose stretched sides were reported as labelled, and clips whose labels tell a side.
    measures : dict[tuple[str, str], ErrorSums]
        Errors in degrees by measure and band of yaw; a moment in which the measure was unseen has none.
    holds : HoldErrors
        Labelled holds against reported ones, in seconds.
    faults : dict[str, FaultCounts]
        Cases of each fault, by its name.
    agreement : Agreement
        Seconds reported correct or not, against labelled correct or not.
    sight : VisibilityCounts
        Seconds labelled or reported unseen.
    """

    clips: int = 0
    clip_s: float = 0.0
    pose_right: int = 0
    side_right: int = 0
    side_labelled: int = 0
    measures: dict[tuple[str, str], ErrorSums] = field(default_factory=dict)
    holds: HoldErrors = field(default_factory=HoldErrors)
    faults: dict[str, FaultCounts] = field(default_factory=dict)
    agreement: Agreement = field(default_factory=Agreement)
    sight: VisibilityCounts = field(default_factory=VisibilityCounts)


_DERIVED = {Agreement: ("balanced_accuracy", "kappa"), FaultCounts: ("recall", "precision")}


def plain(value: Any) -> Any:
    """Return counts, or mappings of them, as values of JSON: the figures that follow from them beside each."""
    if isinstance(value, ErrorSums):
        return {
            "count": value.count,
            "bias": _rounded(value.bias),
            "mean_absolute": _rounded(value.mean_absolute),
            "p95_absolute": _rounded(value.percentile(0.95)),
            "share_within_0_25": _rounded(value.share_within(0.25)),
            "share_inside": _rounded(value.share_inside),
        }
    if is_dataclass(value):
        names = [*(part.name for part in fields(value)), *_DERIVED.get(type(value), ())]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        nested: dict[str, Any] = {}
        for key, entry in value.items():
            if isinstance(key, tuple):
                nested.setdefault(key[0], {})[key[1]] = plain(entry)
            else:
                nested[str(key)] = plain(entry)
        return nested
    return _rounded(value)


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
