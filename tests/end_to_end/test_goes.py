"""Rendered holds for strength, by the real engine: each ends when it was lost, and none is a stretch that is recognised."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from docs.accuracy import chapter_of_goes
from formcheck.pipeline.clip import score
from formcheck.stretches.files import find_stretch, load_stretches
from formcheck.tuning.evaluation.compare import true_holds
from formcheck.tuning.labels import find_clips
from formcheck.vision.engines import mediapipe_model
from formcheck.vision.video import open_clip
from formcheck.vision.video.random_access import length_of
from tests.support.clips import REPO

pytestmark = pytest.mark.heavy

GOES = REPO / "tests" / "data" / "goes"
NAMES = ("bridge", "single_leg_bridge", "plank")
WITHIN_S = 0.3


@pytest.mark.parametrize("name", NAMES)
def test_a_go_ends_when_it_was_lost(name: str, model: Path) -> None:
    spec = find_stretch(name)
    (clip,) = (
        one
        for one in find_clips(
            [GOES], {spec.name: find_stretch(spec.name) for spec in map(find_stretch, NAMES)}, length_of=length_of
        )
        if one.labels.pose == name
    )
    with open_clip(clip.video) as source:
        found = score(source, mediapipe_model(model), (spec,))
    (true,) = true_holds(clip.labels)
    (hold,) = found.holds
    assert hold.side is true.side
    assert hold.start_s == pytest.approx(true.start_s, abs=WITHIN_S)
    assert hold.end_s == pytest.approx(true.end_s, abs=WITHIN_S)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_no_stretch_that_is_recognised(name: str, model: Path) -> None:
    (video,) = GOES.glob(f"{name}_p*.mp4")
    with open_clip(video) as source:
        found = score(source, mediapipe_model(model), load_stretches())
    assert (found.document.pose, found.document.nearest in {spec.name for spec in load_stretches()} | {None}) == (None, True)
    assert found.holds == []


def test_the_page_has_what_was_measured() -> None:
    written = json.loads((REPO / "docs" / "strength.json").read_text(encoding="utf-8"))
    assert len(written["goes"]) >= 30
    assert all(abs(go["found"][1] - go["true"][1]) <= WITHIN_S for go in written["goes"])
    assert not any(go["held_as_that_s"] for go in written["goes"])
    assert "\n".join(chapter_of_goes(written)) in (REPO / "docs" / "accuracy.md").read_text(encoding="utf-8")


def test_the_command_line_tells_it_beside_the_norm(model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    words = [sys.executable, "-m", "formcheck", "score", str(GOES / "plank_p1.mp4"), "--pose", "plank", "--json", str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "to the end" in done.stdout
    assert "72 s on average, spread 33 s" in done.stdout
    assert json.loads(out.read_text())["sides"]["both"]["goal_s"] is None
    refused = subprocess.run([*words, "--side", "left"], capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "both legs do the same" in refused.stderr
