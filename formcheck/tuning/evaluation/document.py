"""The evaluation as a JSON document: derived figures beside the counts they come from."""

from dataclasses import fields, is_dataclass
from typing import Any

from formcheck.tuning.evaluation.counts import Agreement, ErrorSums, FaultCounts

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
