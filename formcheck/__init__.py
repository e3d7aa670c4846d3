"""formcheck: a posture and stretch form checker for an ordinary webcam.

Importing it is light: what is asked of it is imported at the first use. `formcheck.api` documents every function.
"""

import sys
from typing import TYPE_CHECKING, Any

from formcheck.core import errors as errors
from formcheck.core.errors import FormcheckError as FormcheckError
from formcheck.core.version import __version__ as __version__

if TYPE_CHECKING:
    from formcheck.analysis.baseline.offsets import Baseline as Baseline
    from formcheck.analysis.scoring.result import Result as Result
    from formcheck.api import analyze as analyze
    from formcheck.api import calibrate as calibrate
    from formcheck.api import detect as detect
    from formcheck.api import evaluate as evaluate
    from formcheck.api import list_measures as list_measures
    from formcheck.api import list_stretches as list_stretches
    from formcheck.api import load_stretch as load_stretch
    from formcheck.api import score as score
    from formcheck.api import score_many as score_many
    from formcheck.api import tune as tune
    from formcheck.core.measures import Measure as Measure
    from formcheck.core.measures import register_measure as register_measure
    from formcheck.core.values import Landmarks as Landmarks
    from formcheck.core.values import Moment as Moment
    from formcheck.core.values import Point as Point
    from formcheck.pipeline.batch.run import ClipResult as ClipResult
    from formcheck.pipeline.outputs.landmark_table import LandmarkLayout as LandmarkLayout
    from formcheck.pipeline.outputs.landmark_table import read_landmarks as read_landmarks
    from formcheck.pipeline.outputs.landmark_table import write_landmarks as write_landmarks
    from formcheck.pipeline.recording import LandmarkRecording as LandmarkRecording
    from formcheck.stretches import StretchSpec as StretchSpec
    from formcheck.tuning.evaluation.run import Evaluation as Evaluation
    from formcheck.tuning.run import Tuned as Tuned
    from formcheck.vision.engines import register_engine as register_engine

sys.modules[f"{__name__}.errors"] = errors  # `from formcheck.errors import ...`, as `os.path` is a name for another module

_NAMES = {
    "analysis.baseline.offsets": "Baseline",
    "analysis.scoring.result": "Result",
    "api": "analyze calibrate detect evaluate list_measures list_stretches load_stretch score score_many tune",
    "core.measures": "Measure register_measure",
    "core.values": "Landmarks Moment Point",
    "pipeline.batch.run": "ClipResult",
    "pipeline.outputs.landmark_table": "LandmarkLayout read_landmarks write_landmarks",
    "pipeline.recording": "LandmarkRecording",
    "stretches": "StretchSpec",
    "tuning.evaluation.run": "Evaluation",
    "tuning.run": "Tuned",
    "vision.engines": "register_engine",
}
"""The public names, by the module that has them."""

_PLACES = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = ["FormcheckError", "__version__", *_PLACES]  # noqa: PLE0604 (they are strings)


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
