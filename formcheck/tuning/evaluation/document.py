"""The evaluation as a JSON document: derived figures beside the counts they come from."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from formcheck.core.version import __version__
from formcheck.tuning.evaluation.counts import Agreement, ErrorSums, EvaluationCounts, FaultCounts

SCHEMA_VERSION = 1

_DERIVED = {Agreement: ("balanced_accuracy", "kappa"), FaultCounts: ("recall", "precision")}


def as_document(
    total: EvaluationCounts, by_yaw: Mapping[str, EvaluationCounts], clips: Mapping[str, EvaluationCounts], **others: Any
) -> dict[str, Any]:
    """Return figures of all clips, by the camera's band of yaw, and of each; `others` are further sets of counts by name."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "formcheck_version": __version__,
        "total": _plain(total),
        "by_yaw": {band: _plain(counts) for band, counts in by_yaw.items()},
        "clips": {name: _plain(counts) for name, counts in clips.items()},
    }
    return document | {name: _plain(counts) for name, counts in others.items() if counts}


def _plain(value: Any) -> Any:
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
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        nested: dict[str, Any] = {}
        for key, entry in value.items():
            if isinstance(key, tuple):
                nested.setdefault(key[0], {})[key[1]] = _plain(entry)
            else:
                nested[str(key)] = _plain(entry)
        return nested
    return _rounded(value)


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
