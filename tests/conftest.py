"""What every test may ask for, the real model and the recorded material beside the repository, and the order of the tests."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from formcheck.core.measures import MEASURES
from formcheck.pipeline.landmark_cache import cached_landmarks
from formcheck.pipeline.recording import LandmarkRecording
from formcheck.stretches import StretchSpec
from formcheck.system.files import digest
from formcheck.vision.engines.mediapipe import models
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from tests.support.recorded import Recorded
from tests.support.schedule import UnitScheduling, longest_first

REPO = Path(__file__).resolve().parent.parent

# A runner may be started with hang-ups ignored (nohup), which every child of it inherits: here they count.
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

settings.register_profile("shared cores", deadline=None)  # a busy machine may pause for longer than any law takes
settings.load_profile("shared cores")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of recorded photographs and videos; it lies beside the repository and is not part of it."""
    folder = REPO.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the recorded material is not here (no folder {folder})")
    return folder


@pytest.fixture(scope="session")
def model() -> Path:
    """The default pose model, fetched from the package index if it is not cached."""
    return models.obtain(None, lambda _why: lambda _done, _total: None)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that all processes of this run share: what the engine saw of a clip, for tests that are about judging."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "recordings"


@pytest.fixture(scope="session")
def recorded(model: Path, recordings: Path) -> Recorded:
    """What the engine sees in every frame of a clip, asked to follow the shapes of these stretches; seen once in this run."""

    def look(clip: Path, *specs: StretchSpec) -> LandmarkRecording:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(recordings))
            return cached_landmarks(clip, digest(clip), MediaPipeEngine(model), digest(model), specs)

    return look


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "proof" not in config.option.markexpr:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("proof")])
        items[:] = [item for item in items if not item.get_closest_marker("proof")]
    longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> UnitScheduling:
    return UnitScheduling(config, log)


@pytest.fixture
def spare_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures that a test registers are gone after it."""
    monkeypatch.setattr(MEASURES, "_rows", dict(MEASURES))
