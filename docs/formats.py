"""Has the files of docs/formats.md read by the programs that they are for, each in an environment of its own.

    .venv/bin/python docs/formats.py write FOLDER
    ENVIRONMENT/bin/python docs/formats.py read FOLDER

The first writes a sample clip in every format; the second reads them with what of `opensim`, `Pose2Sim` and `movement` is
installed there (`pip install opensim`, `pip install pose2sim`, `pip install movement`: the last two bring OpenCV wheels of their
own), checks units, rates, names and signs, and prints the rows of the page's table. It needs nothing of formcheck.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from math import atan2, degrees
from pathlib import Path
from typing import Any

CLIP = "samples/kneeling_hip_flexor.mp4"
FPS, WIDTH, HEIGHT = 30.0, 640, 360
ANGLES, MARKERS, DATASET = "kneeling.mot", "kneeling.trc", "kneeling.json"


def write(folder: Path) -> None:
    from formcheck import score, to_movement

    folder.mkdir(parents=True, exist_ok=True)
    result = score(CLIP, outputs={"measures": folder / ANGLES, "landmarks": folder / MARKERS})
    (folder / DATASET).write_text(json.dumps(to_movement(result).to_dict()), encoding="utf-8")


def with_opensim(folder: Path) -> Iterator[str]:
    import numpy as np
    import opensim

    opensim.Logger.setLevelString("Error")
    angles = opensim.TimeSeriesTable(str(folder / ANGLES))
    stored = opensim.Storage(str(folder / ANGLES))
    times_s = np.array(angles.getIndependentColumn())
    assert angles.getTableMetaDataString("inDegrees") == "yes"
    assert stored.isInDegrees()
    assert np.allclose(np.diff(times_s), 1 / FPS, atol=1e-5)
    yield f"`TimeSeriesTable`, `Storage`: {ANGLES}, {angles.getNumRows()} rows, {angles.getNumColumns()} coordinates in degrees"
    assert stored.getSize() <= angles.getNumRows()
    places = opensim.TimeSeriesTableVec3(str(folder / MARKERS))
    data = opensim.MarkerData(str(folder / MARKERS))
    assert data.getUnits().getLabel() == "meters"
    assert data.getDataRate() == FPS
    hip, knee = (places.getDependentColumn(name) for name in ("RHip", "RKnee"))
    lengths_m = [sum((knee[i][axis] - hip[i][axis]) ** 2 for axis in range(3)) ** 0.5 for i in range(places.getNumRows())]
    assert 0.3 < np.nanmedian(lengths_m) < 0.55
    yield f"`TimeSeriesTableVec3`, `MarkerData`: {MARKERS}, {data.getNumFrames()} rows, {data.getNumMarkers()} markers in metres"
    yield from _in_the_model(opensim, angles)


_BODIES = ("femur_r", "tibia_r", "talus_r", "calcn_r", "toes_r")


def _in_the_model(opensim: Any, angles: Any) -> Iterator[str]:
    """Pose2Sim's model takes on the angles: its segments turn by what their signs say, and it kneels."""
    from importlib.util import find_spec

    found = find_spec("Pose2Sim")
    if found is None or not found.submodule_search_locations:
        return
    model = opensim.Model(str(Path(found.submodule_search_locations[0]) / "OpenSim_Setup" / "Model_Pose2Sim_simple.osim"))
    state = model.initSystem()
    names = list(angles.getColumnLabels())

    def posed(values: dict[str, float]) -> dict[str, float]:
        """By segment of the right leg, and of the trunk, by how many degrees it leads away from straight up, forward below 0."""
        for name, value in values.items():
            coordinate = model.updCoordinateSet().get(name)
            coordinate.setClamped(state, False)
            coordinate.setValue(state, value / 57.29577951308232, False)
        model.realizePosition(state)
        at = {name: model.getBodySet().get(name).getPositionInGround(state) for name in (*_BODIES, "torso")}
        pelvis = model.getBodySet().get("pelvis").getPositionInGround(state)
        ends = {"thigh": ("femur_r", "tibia_r"), "shank": ("tibia_r", "talus_r"), "foot": ("calcn_r", "toes_r")}
        lines = {name: (at[end][0] - at[start][0], at[end][1] - at[start][1]) for name, (start, end) in ends.items()}
        lines["trunk"] = at["torso"][0] - pelvis[0], at["torso"][1] - pelvis[1]
        return {name: degrees(atan2(y, x)) for name, (x, y) in lines.items()}

    zero = posed(dict.fromkeys(names, 0.0))
    worst = 0.0
    for i in range(0, angles.getNumRows(), 20):
        row = dict(zip(names, angles.getRowAtIndex(i).to_numpy(), strict=True))
        if any(value != value for value in row.values()):  # noqa: PLR0124 - not a number
            continue
        now = posed(row)
        turned = {name: (now[name] - zero[name] + 180) % 360 - 180 for name in now}
        thigh = row["pelvis_tilt"] + row["hip_flexion_r"]
        wanted = {"trunk": row["pelvis_tilt"], "thigh": thigh, "shank": thigh - row["knee_angle_r"]}
        wanted["foot"] = wanted["shank"] + row["ankle_angle_r"]
        worst = max(worst, *(abs((turned[name] - wanted[name] + 180) % 360 - 180) for name in wanted))
    assert worst < 3.0, worst  # a knee of the model glides as it bends
    yield f"`Model_Pose2Sim_simple.osim` takes the angles: trunk, thigh, shank and foot lie as they do in the picture, within {worst:.1f}°"


def with_pose2sim(folder: Path) -> Iterator[str]:
    import numpy as np
    from Pose2Sim.common import read_trc

    data, frames, times_s, markers, head = read_trc(folder / MARKERS)
    assert frames.tolist() == list(range(1, len(frames) + 1))
    assert np.allclose(np.diff(times_s), 1 / FPS, atol=1e-5)
    assert {"Hip", "Neck", "RHip", "LKnee", "RBigToe", "LHeel"} <= set(markers)
    assert data.shape == (len(frames), 3 * len(markers))
    assert head[2].split("\t")[0] == f"{FPS:g}"
    yield f"`read_trc`: {MARKERS}, {len(frames)} rows, {len(markers)} markers"


def with_movement(folder: Path) -> Iterator[str]:
    import numpy as np
    import xarray
    from movement import filtering
    from movement.io import load_poses, save_poses
    from movement.kinematics import compute_velocity
    from movement.validators.datasets import ValidPosesInputs

    dataset = xarray.Dataset.from_dict(json.loads((folder / DATASET).read_text(encoding="utf-8")))
    ValidPosesInputs.validate(dataset)
    made = load_poses.from_numpy(
        position_array=dataset.position.values,
        confidence_array=dataset.confidence.values,
        individual_names=list(dataset.individuals.values),
        keypoint_names=list(dataset.keypoints.values),
        fps=FPS,
        source_software="formcheck",
    )
    assert made.position.identical(dataset.position.drop_attrs())
    assert made.attrs.items() <= dataset.attrs.items()
    assert 0 < np.nanmin(dataset.position) < np.nanmax(dataset.position.sel(space="x")) < WIDTH
    assert np.nanmax(dataset.position.sel(space="y")) < HEIGHT
    sure = filtering.filter_by_confidence(dataset.position, dataset.confidence, threshold=0.6)
    speed = compute_velocity(sure)
    assert speed.dims == dataset.position.dims
    save_poses.to_dlc_file(dataset, folder / "kneeling.dlc.csv", split_individuals=False)
    back = load_poses.from_dlc_file(folder / "kneeling.dlc.csv", fps=FPS)
    assert np.allclose(back.position, dataset.position, atol=1e-3, equal_nan=True)
    yield (
        f"`ValidPosesInputs`, `from_numpy` (the same dataset), `filter_by_confidence`, `compute_velocity`, `to_dlc_file` and back: "
        f"{dataset.sizes['time']} rows, {dataset.sizes['keypoints']} keypoints"
    )


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "opensim": with_opensim,
    "pose2sim": with_pose2sim,
    "movement": with_movement,
}


def read(folder: Path) -> None:
    today = datetime.now(UTC).date()
    for name, check in READERS.items():
        try:
            number = version(name)
        except ImportError:
            continue
        for sentence in check(folder):
            print(f"| {name} {number} | {sentence} | {today} |")


if __name__ == "__main__":
    {"write": write, "read": read}[sys.argv[1]](Path(sys.argv[2]))
