"""What every test may ask for: the real model, the recorded material beside the repository."""

from pathlib import Path

import pytest

from formcheck.core.measures import MEASURES
from formcheck.vision.engines.mediapipe import models

REPO = Path(__file__).resolve().parent.parent


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


@pytest.fixture
def spare_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures that a test registers are gone after it."""
    monkeypatch.setattr(MEASURES, "_rows", dict(MEASURES))
