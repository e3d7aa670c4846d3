"""The formats of the field: what is written is what was measured, in their units, names and signs, and whole or not there."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from math import isnan, nan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck import read_landmarks, score, to_movement, write_landmarks
from formcheck.analysis.scoring.result import Result
from formcheck.analysis.two_rate_analyzer import SAME_S
from formcheck.core.errors import OutputError
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.plain_text import one_line, path_as_text
from formcheck.core.values import JOINTS, Landmarks
from formcheck.pipeline.outputs import OUTPUTS
from formcheck.pipeline.outputs.formats.marker_file import MARKERS
from formcheck.pipeline.outputs.formats.motion_file import COORDINATES
from formcheck.pipeline.outputs.formats.uniform import HIGHEST_RATE, USUAL_RATE, rate_of, resampled
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.testing import Leg, figure, hidden, kneeling, mirrored, placed, pushed_out, scaled, shaken, turned, upright
from tests.support.hostile import BYTES, HOSTILE, ORDERS
from tests.support.laws import between, law, slow_law
from tests.support.scenes import FPS, Scene, changed, scene, trembling
from tests.support.specs import KNEELING, SUPINE

pandas, polars, pq = pytest.importorskip("pandas"), pytest.importorskip("polars"), pytest.importorskip("pyarrow.parquet")

CLIP = ClipInfo(path="a\nclip.mp4", width=1920, height=1080, fps=FPS, expected_s=8.0)
ENGINE = EngineInfo(name="hand", version="1", model="none")
SHOTS = trembling(
    scene((1, ()), (2, upright()), (4, turned(kneeling(), 10)), (1, ()), (1, hidden(kneeling(), "left_ankle"))), 0.002
)


def recording_of(shots: Scene, **about: Any) -> LandmarkRecording:
    segments = [SegmentDetections.of_frame(tuple(people), time_s) for time_s, people in shots]
    return LandmarkRecording(clip=replace(CLIP, **about), engine=ENGINE, segments=segments, every_frame=True)


def scored(shots: Scene, outputs: dict[str, Path] | None = None, **about: Any) -> Result:
    return score(recording_of(shots, **about), stretch=[KNEELING, SUPINE], outputs=outputs or {})


def text_of(name: str, shots: Scene, ending: str, **about: Any) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"out{ending}"
        scored(shots, {name: path}, **about)
        return path.read_text(encoding="utf-8")


Table = dict[str, "np.ndarray[tuple[int], np.dtype[np.float64]]"]


def motion(text: str) -> tuple[dict[str, str], Table]:
    """The header of a motion file by its keys, its name as `name`, and the columns: what OpenSim's documents say of it."""
    head, _, body = text.partition("endheader\n")
    first, *keys = head.splitlines()
    rows = [line.split("\t") for line in body.splitlines()]
    columns = np.array([[float(cell) for cell in row] for row in rows[1:]]).reshape(-1, len(rows[0]))
    return {"name": first, **dict(key.split("=") for key in keys)}, dict(zip(rows[0], columns.T, strict=True))


def markers(text: str) -> tuple[dict[str, str], Table]:
    """The header of a marker file, and an array (rows, 3) of each marker, `time` and `frame`, as Pose2Sim reads them."""
    lines = text.splitlines()
    names = [name for name in lines[3].split("\t")[2::3] if name]
    read = pandas.read_csv(StringIO(text), sep="\t", skiprows=4)
    columns = read.to_numpy(dtype=float)
    assert columns.shape[1] == 2 + 3 * len(names)
    found = {name: columns[:, 2 + 3 * i : 5 + 3 * i] for i, name in enumerate(names)}
    head = dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True))
    return head, {"frame": columns[:, 0], "time": columns[:, 1], **found}


class TestUniform:
    times = st.lists(st.integers(1, 40), min_size=1, max_size=30).map(lambda steps: np.cumsum(steps) / 20.0)

    @law
    @given(times, st.data(), st.sampled_from([10.0, 20.0, 30.0, 29.97]))
    def test_it_is_straight_between_neighbours_and_nowhere_else(self, times: Any, data: st.DataObject, rate: float) -> None:
        column = st.lists(st.none() | between(-90, 90), min_size=len(times), max_size=len(times))
        values = np.array([[nan if one is None else one] for one in data.draw(column)])
        grid, found = resampled(times, values, rate)
        assert np.allclose(grid * rate, np.round(grid * rate))
        assert np.allclose(np.diff(grid), 1 / rate)
        for at_s, (value,) in zip(grid, found, strict=True):
            i = int(np.argmin(abs(times - at_s)))
            if abs(times[i] - at_s) <= SAME_S:
                assert value == values[i, 0] or (isnan(value) and isnan(values[i, 0]))
                continue
            before, after = np.flatnonzero(times < at_s), np.flatnonzero(times > at_s)
            if not (len(before) and len(after)) or times[after[0]] - times[before[-1]] > 1.0 + 1e-6:
                assert isnan(value)
                continue
            ends = values[before[-1], 0], values[after[0], 0]
            assert isnan(value) == (isnan(ends[0]) or isnan(ends[1]))
            assert isnan(value) or min(ends) - 1e-9 <= value <= max(ends) + 1e-9

    @law
    @given(times)
    def test_what_is_straight_stays_so(self, times: Any) -> None:
        grid, found = resampled(times, 3.0 * times - 1.0, 20.0)
        seen = ~np.isnan(found)
        assert np.allclose(found[seen], 3.0 * grid[seen] - 1.0)

    def test_nothing_and_from_the_start(self) -> None:
        assert [part.shape for part in resampled([], np.empty((0, 3)), 30.0)] == [(0,), (0, 3)]
        grid, found = resampled([1.0, 1.1], np.array([5.0, 6.0]), 10.0, from_start=True)
        assert len(grid) == 12
        assert np.isnan(found[:10]).all()
        assert found[10:].tolist() == [5.0, 6.0]

    def test_a_clock_that_says_anything_is_told(self) -> None:
        with pytest.raises(OutputError, match=r"277778 hours are too many for one file of 30 rows a second\."):
            resampled([0.0, 1e9], np.array([0.0, 1.0]), 30.0)

    def test_a_rate_is_believed_within_reason(self) -> None:
        assert [rate_of(fps) for fps in (25.0, None, 0.0, 1e9)] == [25.0, USUAL_RATE, USUAL_RATE, HIGHEST_RATE]


class TestParquet:
    @pytest.fixture(params=["stretch", "none"])
    def both(self, request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
        """The same clip as CSV and as Parquet: one with a stretch in it, and one without."""
        shots = SHOTS if request.param == "stretch" else scene((1, ()), (1, upright()))
        for ending in ("csv", "parquet"):
            scored(shots, {"measures": tmp_path / f"m.{ending}"})
        return tmp_path / "m.csv", tmp_path / "m.parquet"

    def test_pandas_and_polars_read_what_the_csv_file_says(self, both: tuple[Path, Path]) -> None:
        with both[0].open(newline="") as file:
            head, *rows = csv.reader(file)
        by_pandas, by_polars = pandas.read_parquet(both[1]), polars.read_parquet(both[1])
        assert list(by_pandas.columns) == by_polars.columns == head
        assert len(rows) == len(by_pandas) == by_polars.height > 10
        for i, name in enumerate(head):
            texts = [row[i] for row in rows]
            assert by_polars[name].to_list() == [_typed(name, text) for text in texts]
            assert by_pandas[name].isna().tolist() == [text == "" for text in texts]

    def test_every_column_has_its_kind(self, both: tuple[Path, Path]) -> None:
        kinds = {"side": polars.String, "correct": polars.Boolean, "score": polars.Int64}
        schema = polars.read_parquet_schema(both[1])
        assert schema == {name: kinds.get(name, polars.Float64) for name in schema}

    def test_the_clip_is_told_beside_it(self, both: tuple[Path, Path]) -> None:
        about = {key.decode(): text.decode() for key, text in pq.read_schema(both[1]).metadata.items()}
        found = scored(SHOTS).to_dict()
        assert json.loads(about["clip"])["path"] == CLIP.path
        assert (json.loads(about["engine"]), about["formcheck_version"]) == (found["engine"], found["formcheck_version"])
        assert about["pose"] in {found["pose"], ""}


def _typed(name: str, text: str) -> Any:
    if not text:
        return None
    kinds: dict[str, Callable[[str], Any]] = {"side": str, "correct": "true".__eq__, "score": int}
    return kinds.get(name, float)(text)


angles = st.fixed_dictionaries({"hip": between(-20, 110), "knee": between(0, 110), "foot": between(-40, 30)}).map(
    lambda leg: Leg(**leg)
)


class TestMotion:
    @slow_law
    @given(between(-40, 40) | between(-110, -70), angles, angles, st.booleans())
    def test_a_body_has_the_angles_it_was_made_with(self, lean: float, left: Leg, right: Leg, other_way: bool) -> None:
        """The builder's: hip and knee bent and foot drawn up count above 0, and so they do in OpenSim's models."""
        body = placed(figure(lean=lean, left=left, right=right))
        legs = {"l": left, "r": right}
        if other_way:
            body, legs = mirrored(body), {"l": right, "r": left}
        head, found = motion(text_of("measures", scene((1, body)), ".mot"))
        assert list(found) == ["time", *COORDINATES]
        assert (int(head["nRows"]), int(head["nColumns"])) == (len(found["time"]), len(found))
        within = 1e-3 if lean > -45 else 1.0  # who lies counts as turned a little, which is taken out
        made = {"pelvis_tilt": -lean}
        for side, leg in legs.items():
            made |= {f"hip_flexion_{side}": leg.hip, f"knee_angle_{side}": leg.knee, f"ankle_angle_{side}": leg.foot}
        for name, angle in made.items():
            assert found[name] == pytest.approx(angle, abs=within), name

    def test_the_header_is_one_that_opensim_writes(self) -> None:
        head, found = motion(text_of("measures", scene((2, kneeling())), ".mot"))
        assert head == {"name": r"formcheck a\nclip.mp4", "version": "1", "nRows": "30", "nColumns": "8", "inDegrees": "yes"}
        assert found["time"] == pytest.approx(np.arange(30) / FPS, abs=1e-6)

    @slow_law
    @given(st.integers(0, 1000))
    def test_it_says_what_the_table_says(self, seed: int) -> None:
        """The same moments by the same medians: what is stretched in the table is a leg here."""
        shots = trembling(
            scene((1, ()), (3, turned(kneeling(), 12)), (1, hidden(turned(kneeling(), 12), "left_ankle"))), 0.004, seed
        )
        with TemporaryDirectory() as folder:
            table = Path(folder) / "m.csv"
            scored(shots, {"measures": table})
            with table.open(newline="") as file:
                rows = {round(float(row["time_s"]) * FPS): row for row in csv.DictReader(file)}
        _, found = motion(text_of("measures", shots, ".mot"))
        compared = 0
        for i, at_s in enumerate(found["time"]):
            row = rows[round(at_s * FPS)]
            of = {"rear_hip_extension": -found["hip_flexion_r"][i], "trunk_inclination": -found["pelvis_tilt"][i]}
            of |= {"rear_knee_flexion": found["knee_angle_r"][i], "front_knee_flexion": found["knee_angle_l"][i]}
            for name, value in of.items():
                if row[name] and row["side"] == "right":
                    assert value == pytest.approx(float(row[name]), abs=0.051)
                    compared += 1
        assert compared > 100

    def test_what_is_unseen_is_nan_or_left_out(self) -> None:
        far, near = hidden(kneeling(), "left_ankle", "left_toe"), hidden(kneeling(), "left_toe")
        _, found = motion(text_of("measures", scene((1, ()), (1, near), (1, far), (1, ())), ".mot"))
        assert "ankle_angle_l" not in found, "never seen"
        assert found["time"][0] == pytest.approx(1.0, abs=0.2)
        assert found["time"][-1] == pytest.approx(3.0, abs=0.2)
        assert np.isnan(found["knee_angle_l"][-5:]).all()
        assert np.isfinite(found["knee_angle_r"]).all()

    @pytest.mark.parametrize("who", [(), scaled(kneeling(), 0.05), turned(kneeling(), 60)], ids=["nobody", "far", "turned"])
    def test_who_cannot_be_judged_has_no_rows(self, who: Any) -> None:
        head, found = motion(text_of("measures", scene((2, who)), ".mot"))
        assert (head["nRows"], list(found)) == ("0", ["time", *COORDINATES])

    def test_a_photo_is_one_row(self) -> None:
        head, found = motion(text_of("measures", [(0.0, (kneeling(),))], ".mot", still=True, fps=None))
        assert head["nRows"] == "1"
        assert found["hip_flexion_r"] == pytest.approx([-18.0], abs=1e-3)


def in_the_room(body: Landmarks, **joints: tuple[float, float, float]) -> Landmarks:
    """The body with places in metres: those of its joints in the picture, the left side 0.2 m further away."""
    middle = body.points["left_hip"]
    world = {
        joint: (point.x - middle.x, point.y - middle.y, 0.1 * (("left" in joint) - ("right" in joint)))
        for joint, point in body.points.items()
    }
    return replace(body, world=world | joints)


class TestMarkers:
    def test_units_rate_names_and_axes(self) -> None:
        body = in_the_room(kneeling())
        head, found = markers(text_of("landmarks", scene((2, body)), ".trc"))
        assert head["Units"] == "m"
        assert head["DataRate"] == head["CameraRate"] == head["OrigDataRate"] == "15"
        assert (head["NumFrames"], head["NumMarkers"], head["OrigNumFrames"]) == ("30", str(len(MARKERS)), "30")
        assert found["frame"].tolist() == list(range(1, 31))
        assert found["time"] == pytest.approx(np.arange(30) / FPS, abs=1e-6)
        assert set(found) - {"frame", "time"} == set(MARKERS)
        for name, of in MARKERS.items():
            right, up, away = np.mean([body.world[joint] for joint in of], axis=0)
            assert found[name][7] == pytest.approx([right, up, -away], abs=1e-5)
        # Who faces right has the right hand towards the camera: forward, up and right are a right hand's axes.
        across = found["RHip"][0] - found["LHip"][0]
        forward, upwards = found["Nose"][0] - found["Neck"][0], np.array([0.0, 1.0, 0.0])
        assert np.dot(np.cross(forward, upwards), across) > 0

    @slow_law
    @given(st.sampled_from(JOINTS), st.booleans())
    def test_a_joint_that_is_not_seen_is_no_place(self, joint: str, out: bool) -> None:
        lost = in_the_room((pushed_out if out else hidden)(kneeling(), joint))
        _, found = markers(text_of("landmarks", scene((1, in_the_room(kneeling())), (1, lost)), ".trc"))
        for name, of in MARKERS.items():
            gone = np.array(np.isnan(found[name]).all(axis=1))
            assert not gone[:14].any()
            assert gone[15:].all() == (of == (joint,)), name

    def test_joints_that_the_engine_does_not_place_have_no_marker(self) -> None:
        body = in_the_room(kneeling())
        body = replace(body, world={joint: place for joint, place in body.world.items() if joint != "nose"})
        head, found = markers(text_of("landmarks", scene((1, body)), ".trc"))
        assert "Nose" not in found
        assert int(head["NumMarkers"]) == len(MARKERS) - 1

    def test_nobody_is_there_in_every_row(self) -> None:
        head, found = markers(text_of("landmarks", scene((1, ()), (1, in_the_room(kneeling())), (1, ())), ".trc"))
        assert head["NumFrames"] == "45"
        assert np.isnan(found["RHip"]).all(axis=1).sum() == 30

    def test_landmarks_are_written_so_from_python_too(self, tmp_path: Path) -> None:
        shots = scene((2, in_the_room(kneeling())))
        write_landmarks(recording_of(shots), tmp_path / "out.trc")
        assert (tmp_path / "out.trc").read_text() == text_of("landmarks", shots, ".trc")


class TestMovement:
    def test_layout_and_units(self) -> None:
        xarray = pytest.importorskip("xarray")
        body = upright()
        dataset = to_movement(scored(scene((1, ()), (2, body)), width=1920, height=1080))
        assert isinstance(dataset, xarray.Dataset)
        assert dataset.position.dims == ("time", "space", "keypoints", "individuals")
        assert dataset.confidence.dims == ("time", "keypoints", "individuals")
        assert dataset.sizes == {"time": 45, "space": 2, "keypoints": len(JOINTS), "individuals": 1}
        assert dataset.time.values == pytest.approx(np.arange(45) / FPS)
        assert [list(dataset[name].values) for name in ("space", "keypoints", "individuals")] == [
            ["x", "y"],
            list(JOINTS),
            ["id_0"],
        ]
        about = {
            "source_software": "formcheck",
            "ds_type": "poses",
            "fps": FPS,
            "time_unit": "seconds",
            "source_file": CLIP.path,
        }
        assert dataset.attrs.items() >= about.items()
        assert dataset.position.attrs == {"units": "pixels"}
        knee = body.points["right_knee"]
        there = dataset.sel(keypoints="right_knee", individuals="id_0").isel(time=-1)
        assert there.position.values == pytest.approx([knee.x * 1080, (1 - knee.y) * 1080])
        assert float(there.confidence) == pytest.approx(knee.visibility)
        assert np.isnan(dataset.position.values[:14]).all()
        assert (dataset.confidence.values[:14] == 0.0).all()

    def test_a_photo_counts_frames(self) -> None:
        dataset = to_movement(scored([(0.0, (kneeling(),))], still=True, fps=None))
        assert (dataset.time.values.tolist(), dataset.attrs["time_unit"]) == ([0], "frames")
        assert "fps" not in dataset.attrs

    def test_a_result_without_landmarks_says_so(self) -> None:
        with pytest.raises(OutputError, match="holds no landmarks"):
            to_movement(replace(scored(SHOTS), joints={}))

    def test_landmarks_are_arrays_as_measurements_are(self) -> None:
        result = scored(SHOTS)
        joints, measured = result.landmarks(), result.measurements()
        assert list(joints) == ["time_s", *(f"{joint}_{part}" for joint in JOINTS for part in ("x", "y", "visibility"))]
        assert (joints["time_s"] == measured["time_s"]).all()
        assert {len(column) for column in joints.values()} == {len(measured["time_s"])}


WAYS = [("measures", ".csv"), ("measures", ".parquet"), ("measures", ".mot"), ("landmarks", ".csv"), ("landmarks", ".trc")]


class TestFiles:
    @pytest.mark.parametrize("name", ["measures", "landmarks"])
    @pytest.mark.parametrize("ending", [".txt", ".xlsx", ".parquets", ".mp4", ".C3D"])
    def test_another_ending_is_told_before_anything_is_done(self, name: str, ending: str, tmp_path: Path) -> None:
        with pytest.raises(OutputError) as told:
            scored(SHOTS, {name: tmp_path / f"out{ending}"})
        kinds = {"measures": ".csv, .parquet or .mot", "landmarks": ".csv or .trc"}[name]
        assert str(told.value) == f"{tmp_path / 'out'}{ending}: --{name} writes {kinds}; give a name that ends so."
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(("name", "ending"), WAYS)
    def test_capitals_are_no_other_ending(self, name: str, ending: str, tmp_path: Path) -> None:
        scored(SHOTS, {name: tmp_path / f"out{ending.upper()}"})
        scored(SHOTS, {name: tmp_path / f"out{ending}"})
        one, other = ((tmp_path / f"out{end}").read_bytes() for end in (ending, ending.upper()))
        assert one.replace(b"out.TRC", b"out.trc") == other.replace(b"out.TRC", b"out.trc")

    def test_a_name_without_an_ending_gets_the_csv_table(self, tmp_path: Path) -> None:
        for name in ("out", "out.csv"):
            scored(SHOTS, {"measures": tmp_path / name})
        assert (tmp_path / "out").read_bytes() == (tmp_path / "out.csv").read_bytes()

    @pytest.mark.parametrize(
        ("module", "extra", "call"),
        [
            ("pyarrow.parquet", "parquet", lambda folder: scored(SHOTS, {"measures": folder / "m.parquet"})),
            ("xarray", "movement", lambda _: to_movement(scored(SHOTS))),
        ],
    )
    def test_a_missing_extra_is_told_with_the_way_to_get_it(
        self, module: str, extra: str, call: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(OutputError, match=rf"which is not installed: pip install 'formcheck\[{extra}\]'"):
            call(tmp_path)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are those of Unix")
    @pytest.mark.parametrize(("name", "ending"), WAYS)
    def test_a_full_disk_leaves_what_was_there(self, name: str, ending: str, tmp_path: Path) -> None:
        out = tmp_path / f"out{ending}"
        out.write_bytes(b"before")
        done = subprocess.run([sys.executable, "-c", FULL, name, str(out)], capture_output=True, text=True, check=False)
        assert done.stdout.startswith(f"{out}: cannot be written (File too large). Make room"), done.stderr
        assert (out.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (b"before", [out.name])

    @pytest.mark.parametrize("kind", HOSTILE | ORDERS | BYTES)
    def test_the_name_of_the_clip_is_text_and_changes_nothing_else(self, kind: str, tmp_path: Path) -> None:
        text = (HOSTILE | ORDERS | BYTES)[kind]
        for folder, clip in (("plain", "clip.mp4"), ("hostile", f"films/{text}")):
            (tmp_path / folder).mkdir()
            for name, ending in WAYS:
                scored(SHOTS, {name: tmp_path / folder / f"{name}{ending}"}, path=clip)

        def both(name: str) -> list[Path]:
            return [tmp_path / folder / name for folder in ("plain", "hostile")]

        plain, hostile = (path.read_bytes() for path in both("measures.csv"))
        assert plain == hostile
        plain, hostile = (path.read_bytes() for path in both("landmarks.trc"))
        assert plain == hostile
        motions = [path.read_bytes().partition(b"\n") for path in both("measures.mot")]
        assert motions[1] == (f"formcheck {one_line(Path(text).name)}".encode(), *motions[0][1:])
        tables = [pq.read_table(path) for path in both("measures.parquet")]
        assert tables[0].equals(tables[1])
        assert json.loads(tables[1].schema.metadata[b"clip"])["path"] == path_as_text(f"films/{text}")
        lines = [path.read_text(encoding="utf-8").split("\n") for path in both("landmarks.csv")]
        (place,) = [i for i, line in enumerate(lines[0]) if line != lines[1][i]]
        assert json.loads(lines[1][place].removeprefix("# clip: "))["path"] == f"films/{text}"
        assert read_landmarks(both("landmarks.csv")[1]).segments == read_landmarks(both("landmarks.csv")[0]).segments

    @pytest.mark.parametrize("kind", HOSTILE | ORDERS)
    def test_the_name_of_the_file_is_text(self, kind: str, tmp_path: Path) -> None:
        """A marker file has its own name in it."""
        text = (HOSTILE | ORDERS)[kind].replace("/", "")
        path = tmp_path / f"{text[:200]}.trc"
        scored(SHOTS, {"landmarks": path})
        first, _, rest = path.read_text(encoding="utf-8").partition("\n")
        assert first == f"PathFileType\t4\t(X/Y/Z)\t{one_line(path.name)}"
        assert rest == text_of("landmarks", SHOTS, ".trc").partition("\n")[2]

    @pytest.mark.parametrize(("name", "ending"), WAYS)
    def test_a_folder_that_cannot_be_written_is_told(self, name: str, ending: str, tmp_path: Path) -> None:
        for place, why in ((tmp_path / "none" / "out", "does not exist"), (tmp_path, "is a folder")):
            path = place if place.is_dir() else place.with_name(f"out{ending}")
            with pytest.raises(OutputError, match=why if path != tmp_path or not OUTPUTS[name].get("") else ""):
                scored(SHOTS, {name: path})
        assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys
from pathlib import Path
from formcheck.errors import OutputError
from tests.unit.pipeline.test_formats import LONG, scored
shots = LONG()
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
import tempfile
tempfile.TemporaryFile = lambda mode, **how: __import__("io").StringIO(newline="")  # what waits does so in memory
try:
    scored(shots, {sys.argv[1]: Path(sys.argv[2])})
except OutputError as error:
    print(error)
"""


def LONG() -> Scene:  # noqa: N802 - a scene like the others, made when it is asked for
    from random import Random

    random = Random(1)
    return changed(scene((12, in_the_room(kneeling()))), lambda _, person: shaken(person, random, 0.002))
