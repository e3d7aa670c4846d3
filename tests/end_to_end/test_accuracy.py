"""The floors: how true the numbers must stay on the committed test clips. A drop below them breaks the build.

`docs/accuracy.md` tells the figures themselves; these are the promises, up to 15 degrees of yaw where nothing else is said.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.clips import REPO

pytestmark = pytest.mark.heavy

NEAR = "0..15"
WITHIN, NECK_WITHIN, WORST_CLIP = 5.0, 7.0, 9.0
FAULT_RECALL, FAULT_PRECISION = 0.95, 0.9

# Short of the 9 degrees that every clip should stay within; `docs/accuracy.md` says why.
WORSE = {"neck_relative": 13.0, "rear_knee_flexion": 10.0, "straight_knee_flexion": 17.0, "straight_hip_flexion": 13.0}

# Somebody passes in front, and the engine goes along with them: for a second longer where not every frame is looked at. On
# another kind of processor it was 15.5 degrees in place of 14.2.
PASSED, PASSED_WITHIN = "kneeling_somebody_passes_in_front_p6", 17.0


@pytest.fixture(scope="module")
def evaluation(model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("evaluation") / "test.json"
    words = [sys.executable, "-m", "formcheck", "evaluate", "samples", "--part", "test", "--json", str(out)]
    done = subprocess.run(words, cwd=REPO, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "150"})
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    found: dict[str, Any] = json.loads(out.read_text())
    return found


def test_angles(evaluation: dict[str, Any]) -> None:
    for name, bands in evaluation["by_yaw"][NEAR]["measures"].items():
        assert bands[NEAR]["mean_absolute"] <= (NECK_WITHIN if name == "neck_relative" else WITHIN), name


def test_angles_of_the_worst_clip(evaluation: dict[str, Any]) -> None:
    for clip, counts in evaluation["clips"].items():
        for name, bands in counts["measures"].items():
            if NEAR in bands:
                within = PASSED_WITHIN if PASSED in clip else WORSE.get(name, WORST_CLIP)
                assert bands[NEAR]["mean_absolute"] <= within, (name, clip)


def test_holds(evaluation: dict[str, Any]) -> None:
    near = evaluation["by_yaw"][NEAR]
    holds = near["holds"]
    # An engine's numbers differ in their last bits from one kind of processor to another, and on some of them one of these 33
    # goes the other way: a head on long hair is read as lifted.
    assert holds["missed"] + holds["split"] + holds["invented"] <= 1
    assert holds["onset"]["share_within_0_25"] >= 0.95
    # 0.95 is aimed at. An end that does not leap when a clip is coded anew costs one of these 33 and wins three of 88 others.
    assert holds["offset"]["share_within_0_25"] >= 0.90
    assert abs(holds["held"]["bias"]) <= 0.1
    assert holds["held"]["p95_absolute"] <= 0.6  # both holds of the clip in which somebody passes; 0.4 without it
    assert 60 * holds["false_s"] / near["clip_s"] <= 0.5


def test_faults(evaluation: dict[str, Any]) -> None:
    faults = evaluation["by_yaw"][NEAR]["faults"].values()
    hit, missed, false = (sum(fault[key] for fault in faults) for key in ("hit", "missed", "false"))
    assert hit / (hit + missed) >= FAULT_RECALL
    assert hit / (hit + false) >= FAULT_PRECISION


def test_verdicts(evaluation: dict[str, Any]) -> None:
    for band, kappa in ((NEAR, 0.9), ("15..30", 0.8)):
        part = evaluation["by_yaw"][band]
        assert part["agreement"]["kappa"] >= kappa
        assert part["pose_right"] == part["clips"]
        assert part["side_right"] >= 0.95 * part["side_labelled"]
        assert part["sight"]["told_s"] >= 0.95 * part["sight"]["unseen_s"]
        assert part["sight"]["denied_s"] <= 0.1 * part["sight"]["seen_s"]


def test_no_verdict_from_45_degrees_on(evaluation: dict[str, Any]) -> None:
    """One clip of seven is taken for less turned than it is."""
    bands = [evaluation["by_yaw"].get(band) for band in ("30..45", "over 45")]
    sights = [band["sight"] for band in bands if band is not None]
    assert sum(sight["told_s"] for sight in sights) >= 0.7 * sum(sight["unseen_s"] for sight in sights)
