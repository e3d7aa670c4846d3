"""formcheck: a posture and stretch form checker for an ordinary webcam.

Importing it is light: what is asked of it is imported at the first use. `formcheck.api` documents every function.
"""

import sys
from typing import TYPE_CHECKING, Any

from formcheck.core import errors as errors
from formcheck.core.errors import FormcheckError as FormcheckError
from formcheck.core.version import __version__ as __version__

if TYPE_CHECKING:
    from formcheck.analysis.baseline.offsets import Baseline
    from formcheck.analysis.scoring.comparison import ClipComparison, compare
    from formcheck.analysis.scoring.result import Result
    from formcheck.api import (
        analyze,
        calibrate,
        detect,
        evaluate,
        list_measures,
        list_stretches,
        load_stretch,
        score,
        score_many,
        tune,
        write_report,
    )
    from formcheck.core.measures import Measure, register_measure
    from formcheck.core.values import Landmarks, Moment, Point
    from formcheck.pipeline.batch.run import ClipResult
    from formcheck.pipeline.outputs.formats.movement_dataset import to_movement
    from formcheck.pipeline.outputs.landmark_table import LandmarkLayout, read_landmarks, write_landmarks
    from formcheck.pipeline.recording import LandmarkRecording
    from formcheck.stretches import StretchSpec
    from formcheck.tuning.evaluation.run import Evaluation
    from formcheck.tuning.run import Tuned
    from formcheck.vision.engines import register_engine

__all__ = [
    "Baseline",
    "ClipComparison",
    "ClipResult",
    "Evaluation",
    "FormcheckError",
    "LandmarkLayout",
    "LandmarkRecording",
    "Landmarks",
    "Measure",
    "Moment",
    "Point",
    "Result",
    "StretchSpec",
    "Tuned",
    "__version__",
    "analyze",
    "calibrate",
    "compare",
    "detect",
    "evaluate",
    "list_measures",
    "list_stretches",
    "load_stretch",
    "read_landmarks",
    "register_engine",
    "register_measure",
    "score",
    "score_many",
    "to_movement",
    "tune",
    "write_landmarks",
    "write_report",
]

sys.modules[f"{__name__}.errors"] = errors  # `from formcheck.errors import ...`, as `os.path` is a name for another module

_PLACES = {
    "Baseline": "analysis.baseline.offsets",
    "ClipComparison": "analysis.scoring.comparison",
    "ClipResult": "pipeline.batch.run",
    "Evaluation": "tuning.evaluation.run",
    "LandmarkLayout": "pipeline.outputs.landmark_table",
    "LandmarkRecording": "pipeline.recording",
    "Landmarks": "core.values",
    "Measure": "core.measures",
    "Moment": "core.values",
    "Point": "core.values",
    "Result": "analysis.scoring.result",
    "StretchSpec": "stretches",
    "Tuned": "tuning.run",
    "compare": "analysis.scoring.comparison",
    "read_landmarks": "pipeline.outputs.landmark_table",
    "register_engine": "vision.engines",
    "register_measure": "core.measures",
    "to_movement": "pipeline.outputs.formats.movement_dataset",
    "write_landmarks": "pipeline.outputs.landmark_table",
}
"""Where a public name lies that is not in `formcheck.api`."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_PLACES.get(name, 'api')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
