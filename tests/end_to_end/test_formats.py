"""A sample clip in the formats of the field: its motion has the angles that it was rendered with."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

from formcheck import cli
from formcheck.pipeline.outputs.formats.marker_file import MARKERS
from tests.support.clips import SAMPLES
from tests.unit.pipeline.test_formats import markers, motion

CLIP = SAMPLES / "kneeling_short_hold_p8.mp4"

WITHIN_DEG = {"rear_hip_extension": 7.0, "rear_knee_flexion": 8.0, "front_knee_flexion": 5.0, "trunk_inclination": 4.0}
"""By how much the median may be off: twice the mean error that docs/accuracy.md states."""


@pytest.mark.heavy
def test_the_motion_and_the_markers_of_a_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = tmp_path / "angles.mot", tmp_path / "joints.trc"
    words = ["formcheck", "score", str(CLIP), "--verbose", "--measures", str(files[0]), "--landmarks", str(files[1])]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code in (None, 0)
    head, angles = motion(files[0].read_text())
    with CLIP.with_suffix(".angles.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    true_s = np.array([float(row["time_s"]) for row in rows])
    shown = {
        "rear_hip_extension": -angles["hip_flexion_r"],
        "rear_knee_flexion": angles["knee_angle_r"],
        "front_knee_flexion": angles["knee_angle_l"],
        "trunk_inclination": -angles["pelvis_tilt"],
    }
    for name, found in shown.items():
        true = np.interp(angles["time"], true_s, [float(row[name]) for row in rows])
        assert np.nanmedian(abs(found - true)) < WITHIN_DEG[name], name
        assert np.isfinite(found).mean() > 0.9
    assert np.diff(angles["time"]) == pytest.approx(0.1, abs=2e-6), "the rate of the clip"
    about, joints = markers(files[1].read_text())
    assert (about["DataRate"], about["Units"]) == ("10", "m")
    assert abs(int(about["NumFrames"]) - int(head["nRows"])) <= 2
    lengths_m = {
        limb: np.linalg.norm(joints[limb[1]] - joints[limb[0]], axis=1) for limb in (("RHip", "RKnee"), ("Hip", "Neck"))
    }
    assert set(joints) == {"frame", "time", *MARKERS}
    assert 0.1 < np.nanmedian(np.linalg.norm(joints["Nose"] - joints["Neck"], axis=1)) < 0.35
    assert all(0.3 < np.nanmedian(one) < 0.65 for one in lengths_m.values())
    assert np.nanmedian(joints["RHip"][:, 2] - joints["LHip"][:, 2]) > 0, "the near leg is nearer"
