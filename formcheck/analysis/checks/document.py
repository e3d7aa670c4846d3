"""The JSON document of a check, version 1. Times are seconds from the first frame, angles degrees with one decimal.

Each reading of the check has fields of its own by its name, as `hip_deg` and `hip_band`. Fields may be added within a version;
a changed or removed one raises `schema_version`.
"""

from collections.abc import Mapping, Sequence

from formcheck.analysis.checks.result import CheckedSide
from formcheck.analysis.checks.trials import Trial
from formcheck.analysis.scoring.document import ClipEntry
from formcheck.stretches.checks import CheckSpec

SCHEMA_VERSION = 1


def check_document(spec: CheckSpec, clip: ClipEntry, sides: Sequence[CheckedSide]) -> dict[str, object]:
    """Return the document of a check, ready for JSON."""
    return {
        "schema_version": SCHEMA_VERSION,
        "check": spec.name,
        "clip": clip.model_dump(mode="json"),
        "sides": [_side(spec, side) for side in sides],
    }


def _side(spec: CheckSpec, side: CheckedSide) -> dict[str, object]:
    return {
        "side": str(side.side),
        **_angles(spec, side.angles),
        "error_deg": side.error_deg,
        "spread_deg": side.spread_deg,
        **{f"{reading.name}_band": side.bands[reading.name] for reading in spec.readings},
        "reason": " ".join(side.reasons) or None,
        "lowerings": [_trial(spec, trial) for trial in side.trials],
    }


def _trial(spec: CheckSpec, trial: Trial) -> dict[str, object]:
    return {"start_s": round(trial.start_s, 2), "end_s": round(trial.end_s, 2), **_angles(spec, trial.angles)}


def _angles(spec: CheckSpec, angles: Mapping[str, float | None]) -> dict[str, float | None]:
    rounded = {name: None if value is None else round(value, 1) + 0.0 for name, value in angles.items()}
    return {f"{reading.name}_deg": rounded[reading.name] for reading in spec.readings}
