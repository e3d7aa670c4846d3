"""A data folder of the tests' own: what is written notes there where it is not finished yet."""

import pytest


@pytest.fixture(autouse=True)
def _own_data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path_factory.mktemp("data")))
