"""An engine is a folder and a row: one that is registered from outside scores clips, judges live and measures for tuning."""

import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from formcheck import analyze, cli, detect, register_engine, score, write_landmarks
from formcheck.coaching.events import StepResult
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.tasks import of_stretch
from formcheck.core.errors import ModelError
from formcheck.core.interfaces import Frame
from formcheck.core.values import Side
from formcheck.pipeline.live.worker import Worker
from formcheck.system.files import digest
from formcheck.tuning.labels import LabelledClip, find_clips
from formcheck.tuning.run import Judged, judge_clip, tuning_jobs
from formcheck.vision import engines
from formcheck.vision.camera.camera import CameraState
from formcheck.vision.engines import create_engine, obtain
from tests.support.clips import SAMPLES, colours, write_clip
from tests.support.specs import KNEELING
from tests.support.toy_engine import FACTORY, KNEELS_FROM_S, ToyEngine

LENGTH_S = 8.0


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is registered, and forgotten after the test."""
    monkeypatch.setattr(engines, "ENGINES", dict(engines.ENGINES))
    register_engine("toy", FACTORY)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "clip.mp4", [(image, i / 10) for i, image in enumerate(colours(round(LENGTH_S * 10)))])


def test_the_command_scores_with_it(clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.json"
    words = ["formcheck", "score", "--verbose", str(clip), "--model", "toy", "--every-frame", "--json", str(out)]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    document = json.loads(out.read_text())
    assert document["engine"] == {"name": "toy", "version": "1", "model": "none"}
    (hold,) = document["holds"]
    assert hold["start_s"] == pytest.approx(KNEELS_FROM_S, abs=0.2)
    assert hold["held_s"] == pytest.approx(LENGTH_S - KNEELS_FROM_S, abs=0.3)


def test_other_processes_create_it_by_name(clip: Path) -> None:
    seen: list[int] = []
    result = score(clip, model="toy", jobs=2, on_progress=lambda done_s, of_s: seen.append(os.getpid()))
    assert result.document.engine.name == "toy"
    assert [hold.held_s for hold in result.holds] == [pytest.approx(LENGTH_S - KNEELS_FROM_S, abs=0.3)]
    assert set(seen) <= {os.getpid()}


def test_its_traits_go_with_what_it_saw(clip: Path, tmp_path: Path) -> None:
    register_engine("faint", "tests.support.toy_engine:create_faint")
    whole = score(clip, model="faint")
    assert len(whole.holds) == 1
    seen = detect(clip, model="faint")
    write_landmarks(seen, tmp_path / "seen.csv")
    score(clip, model="faint", outputs={"landmarks": tmp_path / "written.csv"})
    assert score(seen).holds == score(tmp_path / "seen.csv").holds == score(tmp_path / "written.csv").holds == whole.holds
    assert any(moment.assessment.score is not None for moment in analyze(seen))
    every = detect(clip, model="faint", every_frame=True)
    assert score(every).holds == score(clip, model="faint", every_frame=True).holds


@dataclass
class Feed:
    """A camera's feed of `LENGTH_S` seconds, as fast as it is asked."""

    number: int = -1

    def next(self, timeout_s: float, *, sparing: bool = False) -> Frame | None:
        self.number += 1
        if self.number / 10 > LENGTH_S:
            time.sleep(0.01)
            return None
        return Frame(
            image=np.full((48, 64, 3), 120, np.uint8) + np.arange(64, dtype=np.uint8)[:, None], time_s=self.number / 10
        )


@pytest.mark.parametrize("name", ["toy", "faint"])
def test_a_live_session_judges_with_it(name: str) -> None:
    """And by its traits: one of the two is sure of nothing."""
    register_engine("faint", "tests.support.toy_engine:create_faint")
    feed = Feed()
    camera = SimpleNamespace(
        feed=lambda: feed, now_s=lambda: min(feed.number / 10, LENGTH_S), condition=SimpleNamespace(state=CameraState.LIVE)
    )
    engine = create_engine(obtain(name, lambda _: lambda _done, _of: None))
    session = GuidedSession({KNEELING.name: KNEELING}, of_stretch(KNEELING, Side.RIGHT, 0.0), traits=engine.traits)
    results: list[StepResult] = []
    with Worker(camera, engine, session, results.append) as worker:  # type: ignore[arg-type]
        while worker.last_s < LENGTH_S and not worker.over.is_set():
            time.sleep(0.01)
    assert worker.error is None
    assert session.agenda.current.done_s == pytest.approx(LENGTH_S - KNEELS_FROM_S, abs=0.4)


def test_clips_are_measured_with_it_for_tuning() -> None:
    (sample,) = find_clips([SAMPLES / "kneeling_short_hold_p8.toml"], {KNEELING.name: KNEELING})
    (job,) = tuning_jobs([_with_contrast(sample)], KNEELING, obtain("toy", lambda _: lambda _done, _of: None))
    assert job.digest == ""
    assert job.content == digest(sample.video)
    judged = judge_clip(job)
    assert isinstance(judged, Judged)
    assert judged.counts.clips == 1


def _with_contrast(clip: LabelledClip) -> LabelledClip:
    labels = {entry.label for entry in clip.labels.intervals}
    assert "correct" in labels
    assert len(labels) > 1, "a clip with correct form and something else"
    return clip


@pytest.mark.parametrize(
    ("name", "factory", "told"),
    [
        ("toy", "elsewhere:create", "There is an engine called 'toy' already"),
        ("other", "no_colon", "give the factory of 'other' as package.module:name"),
        ("other", "__main__:create", "other processes import it from there"),
    ],
)
def test_what_cannot_be_registered(name: str, factory: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        register_engine(name, factory)


def test_an_engine_that_cannot_be_loaded_is_told(clip: Path) -> None:
    register_engine("gone", "tests.support.toy_engine:nothing")
    with pytest.raises(ModelError, match=r"The engine 'gone' cannot be loaded from tests\.support\.toy_engine:nothing"):
        score(clip, model="gone")
    with pytest.raises(ModelError, match=r"--model toy:weights\.bin: there is no file weights\.bin"):
        score(clip, model="toy:weights.bin")


def test_the_same_registration_twice_is_one() -> None:
    register_engine("toy", FACTORY)
    assert isinstance(create_engine(obtain("toy", lambda _: lambda _done, _of: None)), ToyEngine)
