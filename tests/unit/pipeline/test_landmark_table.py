"""Landmarks as a table: what was seen comes back to the last bit, others' tables are read, and every fault is told with its
line.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.api import analyze
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.errors import FormcheckError, OutputError, SourceError
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.measures import locate
from formcheck.core.values import JOINTS, Landmarks, Point, Side
from formcheck.pipeline.clip import score_recording, unjudgeable
from formcheck.pipeline.outputs import create_outputs
from formcheck.pipeline.outputs.landmark_table import COLUMNS, EARS, NEEDED, LandmarkLayout, read_landmarks, write_landmarks
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.stretches import StretchSpec
from formcheck.testing import kneeling, shifted, supine, turned, upright
from formcheck.vision.sampling.fusion import fused
from formcheck.vision.sampling.interpolation import Detection
from tests.support.clips import REPO
from tests.support.laws import law
from tests.support.scenes import FPS, Scene, scene
from tests.support.specs import KNEELING, SHIPPED, SUPINE

CLIP = ClipInfo(path="clip.mp4", width=1920, height=1080, fps=FPS, expected_s=8.0)
ENGINE = EngineInfo(name="hand", version="1", model="none")
SHOTS = scene((1, ()), (2, (upright(), shifted(upright(), 0.5))), (4, turned(kneeling(), 10)), (1, ()))
LOOKED_AT_TWICE = fused(turned(kneeling(), 12), shifted(turned(kneeling(extension=14.0), 8), 0.01, 0.02))


def every_frame(shots: Scene) -> LandmarkRecording:
    segments = [SegmentDetections.of_frame(tuple(people), time_s) for time_s, people in shots]
    return LandmarkRecording(clip=CLIP, engine=ENGINE, segments=segments, every_frame=True)


def sparse(shots: Scene, every: int = 5) -> LandmarkRecording:
    """Every fifth frame looked at, in two segments of which the second looks once before it begins."""
    looks = [
        Detection(time_s=time_s, people=tuple(people), still_s=max(0.0, time_s - 0.1)) for time_s, people in shots[::every]
    ]
    times_s = [time_s for time_s, _ in shots]
    middle = len(looks) // 2
    first = SegmentDetections(detections=looks[:middle], times_s=tuple(t for t in times_s if t < looks[middle].time_s))
    second = SegmentDetections(detections=looks[middle - 1 :], times_s=tuple(t for t in times_s if t >= looks[middle].time_s))
    return LandmarkRecording(clip=CLIP, engine=ENGINE, segments=[first, second], every_frame=False)


def seen(recording: LandmarkRecording) -> list[tuple[float, list[Landmarks]]]:
    """What a recording shows, frame by frame."""
    return [(time_s, list(people)) for time_s, people in recording.frames()]


def written(folder: Path, recording: LandmarkRecording) -> Path:
    path = folder / "landmarks.csv"
    write_landmarks(recording, path)
    return path


class TestRoundTrip:
    @pytest.mark.parametrize("made", [every_frame, sparse])
    def test_it_comes_back_as_it_was(self, made: object, tmp_path: Path) -> None:
        recording = made(SHOTS)  # type: ignore[operator]
        back = read_landmarks(written(tmp_path, recording))
        assert seen(back) == seen(recording)
        assert back.engine == ENGINE
        assert (back.clip.width, back.clip.height, back.clip.fps) == (CLIP.width, CLIP.height, CLIP.fps)
        assert back.every_frame is recording.every_frame

    @pytest.mark.parametrize("filmed", ["2026-11-30", None])
    def test_it_has_the_day_that_the_clip_states(self, filmed: str | None, tmp_path: Path) -> None:
        path = written(tmp_path, replace(every_frame(SHOTS), clip=replace(CLIP, filmed=filmed)))
        back = read_landmarks(path)
        assert back.clip.filmed == filmed
        assert ("filmed" in path.read_text(encoding="utf-8")) is (filmed is not None)
        assert score_recording(back, SHIPPED).document.clip.filmed == filmed

    @pytest.mark.parametrize("made", [every_frame, sparse])
    def test_it_is_judged_as_the_recording_is(self, made: object, tmp_path: Path) -> None:
        recording = made(SHOTS)  # type: ignore[operator]
        back = read_landmarks(written(tmp_path, recording))
        tables = [tmp_path / "one.csv", tmp_path / "other.csv"]
        results = [
            score_recording(
                one, SHIPPED, outputs=create_outputs({"measures": table}, one.clip, SHIPPED, every_frame=True)
            ).document
            for one, table in zip((recording, back), tables, strict=True)
        ]
        assert results[0].holds
        assert results[0].model_copy(update={"clip": results[1].clip}) == results[1]
        assert tables[0].read_bytes() == tables[1].read_bytes()

    def test_a_photo_that_was_looked_at_twice(self, tmp_path: Path) -> None:
        photo = replace(CLIP, fps=None, expected_s=0.0, still=True)
        recording = replace(every_frame([(0.0, (LOOKED_AT_TWICE,))]), clip=photo)
        back = read_landmarks(written(tmp_path, recording))
        assert back.clip.still
        assert seen(back) == [(0.0, [LOOKED_AT_TWICE])]
        assert len(LOOKED_AT_TWICE.spread) == len(JOINTS)

    def test_a_file_from_before_pictures_were_looked_at_twice(self, tmp_path: Path) -> None:
        path = written(tmp_path, every_frame(SHOTS))
        lines = path.read_text().splitlines(keepends=True)
        head = [line for line in lines if line.startswith("#")]
        rows = list(csv.reader(lines[len(head) :]))
        lasting = [i for i, name in enumerate(rows[0]) if "_spread_" not in name]
        assert len(lasting) < len(rows[0])
        path.write_text("".join(head) + "".join(",".join(row[i] for i in lasting) + "\n" for row in rows))
        assert seen(read_landmarks(path)) == seen(every_frame(SHOTS))

    @pytest.mark.parametrize("traits", [DEFAULT_TRAITS, EngineTraits(visible=0.25, leap_s=0.1 + 0.2)])
    def test_the_engine_errs_as_before(self, traits: EngineTraits, tmp_path: Path) -> None:
        recording = replace(every_frame(SHOTS), traits=traits)
        assert read_landmarks(written(tmp_path, recording)).traits == traits
        outputs = create_outputs({"landmarks": tmp_path / "scored.csv"}, CLIP, SHIPPED, every_frame=True)
        score_recording(recording, SHIPPED, outputs=outputs)
        assert read_landmarks(tmp_path / "scored.csv").traits == traits

    def test_a_file_from_before_traits_were_written(self, tmp_path: Path) -> None:
        path = written(tmp_path, every_frame(SHOTS))
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith("# traits: ")))
        assert read_landmarks(path).traits == DEFAULT_TRAITS

    @law
    @given(st.lists(st.floats(-5, 5, allow_nan=False), min_size=2, max_size=2), st.floats(0, 1))
    def test_no_digit_is_lost(self, place: Sequence[float], visibility: float) -> None:
        body = upright()
        point = Point(x=place[0], y=place[1], visibility=visibility)
        moved = Landmarks(points={**body.points, "left_toe": point}, world=body.world, aspect=16 / 9)
        text = "".join(_text(every_frame([(0.0, (moved,))])))
        row = next(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
        assert [float(row[f"left_toe_{part}"]) for part in ("x", "y", "visibility")] == [*place, visibility]


def _text(recording: LandmarkRecording) -> list[str]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return written(Path(folder), recording).read_text().splitlines(keepends=True)


class TestTheFile:
    def test_a_row_is_a_person_in_a_picture(self, tmp_path: Path) -> None:
        lines = written(tmp_path, every_frame(SHOTS)).read_text().splitlines()
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        assert tuple(rows[0]) == COLUMNS
        assert COLUMNS[:5] == ("time_s", "person", "nose_x", "nose_y", "nose_visibility")
        assert len(rows) == sum(len(people) for _, people in SHOTS)
        assert {row["person"] for row in rows} == {"0", "1"}
        body = SHOTS[-round(FPS) - 1][1][0]
        last = rows[-1]
        assert float(last["left_hip_y"]) == body.points["left_hip"].y
        assert float(last["left_shoulder_world_z"]) == body.world["left_shoulder"][2]

    def test_clip_and_engine_stand_before_the_table(self, tmp_path: Path) -> None:
        head = [line for line in written(tmp_path, sparse(SHOTS)).read_text().splitlines() if line.startswith("#")]
        assert head[0] == "# formcheck landmarks 2"
        about = dict(line.removeprefix("# ").split(": ", 1) for line in head[1:3])
        assert json.loads(about["clip"])["path"] == "clip.mp4"
        assert json.loads(about["engine"]) == {"name": "hand", "version": "1", "model": "none"}

    def test_nothing_half_written(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="the folder"):
            write_landmarks(every_frame(SHOTS), tmp_path / "nowhere" / "out.csv")
        assert list(tmp_path.iterdir()) == []

    def test_there_is_nothing_to_draw_on(self, tmp_path: Path) -> None:
        outputs = create_outputs({"annotate": tmp_path / "out.mp4"}, CLIP, (KNEELING,), every_frame=True)
        with pytest.raises(OutputError, match="has landmarks and no pictures"):
            score_recording(every_frame(SHOTS), (KNEELING,), outputs=outputs)
        assert list(tmp_path.iterdir()) == []


def foreign(folder: Path, shots: Scene, *, without: Sequence[str] = ()) -> Path:
    """A table of another program: pixels of a picture of 1000 x 500, y down, frames counted, joints with names of its own."""
    path = folder / "theirs.csv"
    joints = [joint for joint in JOINTS if joint not in without]
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        file.write("# made elsewhere\n")
        table.writerow(["frame", *(f"{joint.upper()}_{axis}" for joint in joints for axis in "XY")])
        for number, (_, people) in enumerate(shots):
            for body in people:
                places = [body.points[joint] for joint in joints]
                table.writerow([number, *(value for point in places for value in (500 * point.x, 500 * (1 - point.y)))])
    return path


COCO_LACKS = ("left_heel", "right_heel", "left_toe", "right_toe")

LAYOUT = LandmarkLayout(
    columns={"time_s": "frame", **{f"{joint}_{axis}": f"{joint.upper()}_{axis.upper()}" for joint in JOINTS for axis in "xy"}},
    scale=(1 / 500, 1 / 500),
    origin="upper_left",
    aspect=2.0,
    time_scale=1 / FPS,
    engine="theirs",
    traits=EngineTraits(visible=0.3),
)


class TestOthersTables:
    def test_columns_scale_and_origin(self, tmp_path: Path) -> None:
        body = kneeling()
        recording = read_landmarks(foreign(tmp_path, scene((1, body))), layout=LAYOUT)
        times_s, people = zip(*recording.frames(), strict=True)
        assert times_s == pytest.approx([i / FPS for i in range(round(FPS))])
        (found,) = people[3]
        for joint in JOINTS:
            assert (found.points[joint].x, found.points[joint].y) == pytest.approx((body.points[joint].x, body.points[joint].y))
            assert found.points[joint].visibility == 1.0
        assert found.aspect == 2.0
        assert recording.engine.name == "theirs"
        assert recording.traits == EngineTraits(visible=0.3)

    def test_without_depth_the_picture_tells_the_view(self, tmp_path: Path) -> None:
        recording = read_landmarks(foreign(tmp_path, scene((2, upright()), (6, kneeling()))), layout=LAYOUT)
        (hold,) = score_recording(recording, (KNEELING,)).holds
        assert hold.side is Side.RIGHT
        assert hold.held_s == pytest.approx(6, abs=0.4)

    def test_a_joint_that_is_not_there_is_unseen(self, tmp_path: Path) -> None:
        lost = ("nose", "left_ear", "right_ear", "left_toe", "right_toe")
        recording = read_landmarks(foreign(tmp_path, scene((1, kneeling())), without=lost), layout=LAYOUT)
        _, (body,) = next(recording.frames())
        assert {joint for joint in JOINTS if body.points[joint].visibility == 0.0} == set(lost)

    @pytest.mark.parametrize("ear", ["left_ear", "right_ear"])
    def test_one_ear_is_enough(self, ear: str, tmp_path: Path) -> None:
        body = supine()
        recording = read_landmarks(foreign(tmp_path, scene((1, body)), without=[ear]), layout=LAYOUT)
        _, (found,) = next(recording.frames())
        seen = next(joint for joint in EARS if joint != ear)
        assert locate(found, {}, "mid_ear") == pytest.approx((body.points[seen].x, body.points[seen].y))
        assert recording.lacking_joints(SUPINE) == ()

    @pytest.mark.parametrize(
        ("without", "lacking"),
        [
            ((), [(), (), ()]),
            (COCO_LACKS, [COCO_LACKS[1:], COCO_LACKS[1:], ()]),
            (("nose", "left_ear", "right_ear"), [(), (), ("nose", "left_ear", "right_ear")]),
            (("left_toe",), [("left_toe",), ("left_toe",), ()]),
        ],
    )
    def test_what_a_stretch_lacks(self, without: Sequence[str], lacking: list[tuple[str, ...]], tmp_path: Path) -> None:
        recording = read_landmarks(foreign(tmp_path, scene((1, kneeling())), without=without), layout=LAYOUT)
        assert [recording.lacking_joints(spec) for spec in SHIPPED] == lacking
        told = unjudgeable(recording, SHIPPED)
        assert len(told) == sum(map(bool, lacking))
        for spec, joints in zip(SHIPPED, lacking, strict=True):
            if joints:
                assert f"{spec.name} can't be judged without {', '.join(joints)}, which no picture has." in told
                with pytest.raises(SourceError, match="nothing in it can be judged"):
                    score_recording(recording, (spec,))
        if not all(lacking):
            score_recording(recording, SHIPPED)

    def test_where_nobody_is_seen_nothing_is_lacking(self) -> None:
        assert unjudgeable(every_frame(scene((1, ()))), SHIPPED) == []


MEDIAPIPE = {joint: joint.replace("_toe", "_foot_index") for joint in JOINTS if not joint.endswith(("ear", "elbow", "wrist"))}

SHARES = LandmarkLayout(
    columns={
        f"{joint}_{part}": f"{theirs}_{called}"
        for joint, theirs in MEDIAPIPE.items()
        for part, called in (("x", "x"), ("y", "y"), ("visibility", "v"))
    },
    scale=(16 / 9, 1.0),
    origin="upper_left",
    aspect=16 / 9,
    fps=2.0,
)


def labelled(folder: Path, bodies: Sequence[Landmarks | None]) -> Path:
    """A table of rows labelled one by one: no times, shares of a picture of 16:9, names of MediaPipe, a column of no joint."""
    path = folder / "labelled.csv"
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["label", *(f"{theirs}_{part}" for theirs in MEDIAPIPE.values() for part in "xyzv")])
        for body in bodies:
            cells: list[object] = []
            for joint in MEDIAPIPE:
                point = body.points[joint] if body is not None else None
                cells += (point.x * 9 / 16, 1 - point.y, 0.1, point.visibility) if point is not None else ("", "", "", "")
            table.writerow(["C", *cells])
    return path


class TestRowsWithoutTimes:
    def test_every_row_is_the_next_frame(self, tmp_path: Path) -> None:
        bodies = [kneeling(), None, upright()]
        recording = read_landmarks(labelled(tmp_path, bodies), layout=SHARES)
        times_s, people = zip(*recording.frames(), strict=True)
        assert times_s == (0.0, 0.5, 1.0)
        assert [len(some) for some in people] == [1, 0, 1]
        for some, body in zip(people, bodies, strict=True):
            for found in some:
                assert body is not None
                for joint in MEDIAPIPE:
                    place, point = found.points[joint], body.points[joint]
                    assert (place.x, place.y, place.visibility) == pytest.approx((point.x, point.y, point.visibility))
        assert recording.clip.fps == 2.0

    def test_a_row_is_judged_by_itself(self, tmp_path: Path) -> None:
        shins = (5.0, 24.0, -8.0)
        recording = read_landmarks(labelled(tmp_path, [kneeling(shin=shin) for shin in shins]), layout=SHARES)
        for (_, people), shin in zip(recording.frames(), shins, strict=True):
            moment = next(analyze([(0.0, people)], "kneeling_hip_flexor"))
            assert moment.assessment.measurements["front_shin_angle"] == pytest.approx(shin, abs=0.5)

    def test_without_a_rate_the_way_out_is_told(self, tmp_path: Path) -> None:
        path = labelled(tmp_path, [kneeling()])
        with pytest.raises(SourceError, match=r"has no column time_s\. Where every row is the next.*LandmarkLayout\(fps=30\)"):
            read_landmarks(path, layout=replace(SHARES, fps=None))

    def test_times_and_a_rate_are_one_too_many(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"has times \(frame\), and the layout counts frames"):
            read_landmarks(foreign(tmp_path, scene((1, kneeling()))), layout=replace(LAYOUT, fps=30.0))


def edited(path: Path) -> str:
    """What a program for tables makes of a file that it reads without its head, to the last digit."""
    rows = csv.reader(line for line in path.read_text().splitlines() if not line.startswith("#"))
    return "\n".join(",".join(row) for row in rows) + "\n"


def padded(line: str) -> str:
    """A line before the table as a program leaves it that took it for a cell without quotes, with the others empty."""
    return line + "," * 260


def quoted(line: str) -> str:
    """The same of a program that puts quotes around a cell with commas."""
    return '"' + line.replace('"', '""') + '"'


def in_cells(line: str) -> str:
    """The same of a program that took every comma in it for the end of a cell."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([*next(csv.reader([line])), "", ""])
    return text.getvalue()


class TestEditedTables:
    def test_with_its_head_it_is_what_it_was(self, tmp_path: Path) -> None:
        recording = sparse(SHOTS)
        path = written(tmp_path, recording)
        head = [line for line in path.read_text().splitlines(keepends=True) if line.startswith("#")]
        path.write_text("".join(head) + edited(path))
        assert seen(read_landmarks(path)) == seen(recording)

    @pytest.mark.parametrize("made", [every_frame, sparse])
    @pytest.mark.parametrize("saved", [padded, quoted, in_cells])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_saved_by_a_program_for_tables_with_its_head(self, made: Any, saved: Any, end: str, tmp_path: Path) -> None:
        recording = made([(time_s + 1 / 3, people) for time_s, people in SHOTS])
        path = written(tmp_path, recording)
        lines = path.read_text(encoding="utf-8").splitlines()
        head = [saved(line) for line in lines if line.startswith("#")]
        names, *rows = csv.reader(line for line in lines if not line.startswith("#"))
        rows = [[f"{float(row[0]):.10g}", *row[1:]] for row in rows]  # so many digits are shown, and written
        path.write_text(end.join([*head, *map(",".join, [names, *rows]), ""]), encoding="utf-8", newline="")
        back = read_landmarks(path)
        assert seen(back) == seen(recording)
        assert back.engine == recording.engine

    @pytest.mark.parametrize("separator", [";", "\t"])
    def test_other_separators_are_told_as_such(self, separator: str, tmp_path: Path) -> None:
        path = written(tmp_path, every_frame(SHOTS))
        lines = path.read_text(encoding="utf-8").splitlines()
        padded = [f"{line}{separator * 3}" if line.startswith("#") else line.replace(",", separator) for line in lines]
        path.write_text("\n".join([*padded, ""]), encoding="utf-8")
        with pytest.raises(SourceError, match="its columns are separated by"):
            read_landmarks(path)

    def test_without_its_head_the_pictures_looked_at_are_the_frames(self, tmp_path: Path) -> None:
        path = written(tmp_path, sparse(SHOTS[round(2 * FPS) : round(6 * FPS)]))
        path.write_text(edited(path))
        back = read_landmarks(path)
        assert back.every_frame
        assert len(list(back.frames())) < len(SHOTS) / 5 + 1
        assert back.engine.name == "unknown"


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_the_page_names_the_joints_of_every_stretch(spec: StretchSpec) -> None:
    page = (REPO / "docs" / "python.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{spec.name}` |"))
    told = {word.removesuffix("s").removesuffix("e") for word in re.findall(r"\w+", row.split("|")[2])} - {"an"}
    for side in Side:
        parts = {joint.split("_")[-1] for joint in spec.needed_joints(side)}
        assert {part.removesuffix("e") for part in parts} == told


def test_the_page_names_all_joints() -> None:
    page = (REPO / "docs" / "python.md").read_text(encoding="utf-8")
    table = page.partition("| here | MediaPipe")[2].partition("\n\n")[0]
    assert tuple(re.findall(r"`(\w+)`", table)) == JOINTS


class TestFaults:
    def broken(self, folder: Path, change: object) -> str:
        path = written(folder, every_frame(SHOTS))
        path.write_text(change(path.read_text()))  # type: ignore[operator]
        with pytest.raises(SourceError) as caught:
            read_landmarks(path)
        return str(caught.value)

    def test_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match=r"none\.csv: there is no such file"):
            read_landmarks(tmp_path / "none.csv")

    def test_another_table(self, tmp_path: Path) -> None:
        told = self.broken(tmp_path, lambda _: "time_s,side,correct\n0,left,true\n")
        assert "is no table of landmarks: it has no column left_shoulder_x" in told
        assert "--landmarks" in told

    def test_every_needed_column_counts(self, tmp_path: Path) -> None:
        for joint in NEEDED:
            told = self.broken(tmp_path, lambda text, joint=joint: text.replace(f"{joint}_y,", "other,", 1))
            assert f"no column {joint}_y" in told

    def test_a_cell_that_is_no_number(self, tmp_path: Path) -> None:
        line = next(csv.reader([_text(every_frame(SHOTS))[-1]]))
        told = self.broken(tmp_path, lambda text: text.replace(line[2], "left", 1))
        assert "nose_x is 'left'; a number is expected" in told
        assert "line " in told

    def test_time_that_runs_backwards(self, tmp_path: Path) -> None:
        path = foreign(tmp_path, scene((1, kneeling())))
        lines = path.read_text().splitlines()
        path.write_text("\n".join([*lines[:2], lines[5], lines[3]]))
        with pytest.raises(SourceError, match=r"line 4: time runs backwards, to 0.0666667 s after 0.2 s"):
            read_landmarks(path, layout=LAYOUT)

    def test_a_day_that_is_none(self, tmp_path: Path) -> None:
        changed = self.broken(tmp_path, lambda text: text.replace("# clip: {", '# clip: {"filmed": "yesterday", ', 1))
        assert "not as formcheck writes them" in changed

    def test_a_damaged_head(self, tmp_path: Path) -> None:
        assert "line 2: is damaged" in self.broken(tmp_path, lambda text: text.replace('# clip: {"', "# clip: {", 1))
        assert "written by another version" in self.broken(tmp_path, lambda text: text.replace("landmarks 2", "landmarks 9", 1))

    @pytest.mark.parametrize("recording", [every_frame, sparse])
    @pytest.mark.parametrize("line", ["formcheck landmarks", "frames_s", "segment"])
    def test_a_line_that_is_lost(self, line: str, recording: Callable[[Scene], LandmarkRecording], tmp_path: Path) -> None:
        path = written(tmp_path, recording(SHOTS))
        lines = path.read_text().splitlines(keepends=True)
        left = [one for one in lines if not one.startswith(f"# {line}")]
        path.write_text("".join(left))
        if left == lines:
            assert seen(read_landmarks(path)) == seen(recording(SHOTS))
        else:
            with pytest.raises(
                SourceError, match=r"has lost the line '# (formcheck landmarks 2|segment: \.\.\.)' before the table"
            ):
                read_landmarks(path)

    @pytest.mark.parametrize("line", ["segment: 3", "frames_s: all"])
    def test_a_line_of_another_program_may_say_the_same(self, line: str, tmp_path: Path) -> None:
        path = foreign(tmp_path, scene((1, kneeling())))
        as_it_is = read_landmarks(path, layout=LAYOUT)
        path.write_text(f"# {line}\n" + path.read_text())
        assert seen(read_landmarks(path, layout=LAYOUT)) == seen(as_it_is)

    def test_rows_that_are_missing(self, tmp_path: Path) -> None:
        path = written(tmp_path, sparse(SHOTS))
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:-2]))
        with pytest.raises(SourceError, match="are not as many as the lines before the table say"):
            read_landmarks(path)

    def test_an_empty_file(self, tmp_path: Path) -> None:
        assert "is no table of landmarks" in self.broken(tmp_path, lambda _: "")

    @pytest.mark.parametrize("cells", [1, 3, len(COLUMNS) - 1, len(COLUMNS) + 1])
    def test_a_row_of_another_length(self, cells: int, tmp_path: Path) -> None:
        def change(text: str) -> str:
            *lines, last = text.splitlines()
            return "\n".join([*lines, ",".join([*last.split(","), "0"][:cells]), ""])

        told = self.broken(tmp_path, change)
        assert f"{len(COLUMNS)} cells are expected, one a column; there are {cells}." in told
        assert f"line {len(_text(every_frame(SHOTS)))}: " in told

    @pytest.mark.parametrize("lost", [1, 2, 40, 400])
    def test_a_file_that_is_cut_off(self, lost: int, tmp_path: Path) -> None:
        assert "the file is cut off" in self.broken(tmp_path, lambda text: text[:-lost])

    @pytest.mark.parametrize("cell", ["nan", "NaN", " NAN ", "-nan", ""])
    def test_what_is_not_a_number_is_unseen(self, cell: str, tmp_path: Path) -> None:
        path = self.with_cell(tmp_path, "LEFT_TOE_X", cell)
        _, (body,) = next(read_landmarks(path, layout=LAYOUT).frames())
        assert [joint for joint in JOINTS if body.points[joint].visibility == 0.0] == ["left_toe"]

    @pytest.mark.parametrize(
        ("column", "cell", "told"),
        [
            ("LEFT_TOE_X", "inf", "line 3: LEFT_TOE_X is 'inf'; a number is expected"),
            ("NOSE_Y", "-Infinity", "line 3: NOSE_Y is '-Infinity'; a number is expected"),
            ("NOSE_Y", "1e999", "line 3: NOSE_Y is '1e999'; a number is expected"),
            ("frame", "inf", "line 3: frame is 'inf'; a number is expected"),
            ("frame", "NaN", "line 3: has no time: frame is NaN; a number is expected"),
            ("frame", " ", "line 3: has no time: frame is empty; a number is expected"),
        ],
    )
    def test_a_cell_that_cannot_be(self, column: str, cell: str, told: str, tmp_path: Path) -> None:
        with pytest.raises(SourceError) as caught:
            read_landmarks(self.with_cell(tmp_path, column, cell), layout=LAYOUT)
        assert told in str(caught.value)

    def with_cell(self, folder: Path, column: str, cell: str) -> Path:
        """A table of another program with this in a column of its first row."""
        path = foreign(folder, scene((1, kneeling())))
        comment, names, first, *others = path.read_text().splitlines()
        cells = dict(zip(names.split(","), first.split(","), strict=True)) | {column: cell}
        path.write_text("\n".join([comment, names, ",".join(cells.values()), *others]))
        return path

    @pytest.mark.parametrize("separator", [";", "\t"])
    def test_another_separator(self, separator: str, tmp_path: Path) -> None:
        path = foreign(tmp_path, scene((1, kneeling())))
        path.write_text(path.read_text().replace(",", separator))
        with pytest.raises(SourceError, match=r"columns are separated by (semicolons|tabs). Save it with commas"):
            read_landmarks(path, layout=LAYOUT)

    def test_a_layout_for_a_file_of_formcheck(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError, match="its layout is known: read it without one"):
            read_landmarks(written(tmp_path, every_frame(SHOTS)), layout=LAYOUT)

    @pytest.mark.parametrize("key", ["clip", "engine", "traits"])
    @pytest.mark.parametrize("value", ["[1]", "3", '"text"', "null"])
    def test_a_head_that_is_no_object(self, key: str, value: str, tmp_path: Path) -> None:
        told = self.broken(tmp_path, lambda text: re.sub(f"# {key}: .*", f"# {key}: {value}", text, count=1))
        assert f"after '# {key}:' an object is expected" in told

    def test_rows_of_a_time_that_no_frame_has(self, tmp_path: Path) -> None:
        told = self.broken(tmp_path, lambda text: re.sub(r"(# frames_s: .*), \S+?\]", r"\1]", text).replace("\n6.9", "\n7.9"))
        assert "and no frame then by the line '# frames_s:'" in told

    @pytest.mark.parametrize(
        ("line", "other"),
        [
            (r'"aspect": [\d.]+', '"aspect": "wide"'),
            (r'"visible": [\d.]+', '"visible": "well"'),
            (r'"visible": [\d.]+', '"visible": null'),
            (r'"visible"', '"sees"'),
        ],
    )
    def test_a_value_of_the_head_that_cannot_be(self, line: str, other: str, tmp_path: Path) -> None:
        told = self.broken(tmp_path, lambda text: re.sub(line, other, text, count=1))
        assert "the lines before the table are not as formcheck writes them" in told

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        path = written(tmp_path, every_frame(SHOTS))
        content = path.read_bytes()
        for damaged in (content[:-2] + b"\xff\n", content.decode().encode("utf-16")):
            path.write_bytes(damaged)
            with pytest.raises(SourceError, match=r"cannot be read as a table of landmarks \(it is no UTF-8 text"):
                read_landmarks(path)

    def test_a_head_that_goes_too_deep(self, tmp_path: Path) -> None:
        told = self.broken(tmp_path, lambda text: re.sub(r"# clip: .*", "# clip: " + "[" * 10_000, text, count=1))
        assert "is damaged; JSON is expected after 'clip'" in told

    def test_an_object_with_other_keys(self, tmp_path: Path) -> None:
        for key in ("clip", "engine", "traits"):
            told = self.broken(tmp_path, lambda text, key=key: re.sub(f"# {key}: .*", f'# {key}: {{"a": 1}}', text, count=1))
            assert "the lines before the table are not as formcheck writes them" in told


class TestFaultsOfALayout:
    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"origin": "top_left"}, "origin: is 'top_left'; 'lower_left' or 'upper_left' is expected"),
            ({"aspect": 0}, "aspect: is 0; more than 0"),
            ({"aspect": float("nan")}, "aspect: is nan; a number is expected"),
            ({"scale": (1.0, -1.0)}, "scale: is (1.0, -1.0); more than 0"),
            ({"scale": (1.0,)}, "scale: is (1.0,); 2 numbers are expected"),
            ({"scale": 1 / 4}, "scale: is 0.25; 2 numbers are expected"),
            ({"aspect": "16:9"}, "aspect: is '16:9'; a number is expected"),
            ({"time_scale": 0.0}, "time_scale: is 0.0; more than 0"),
            ({"fps": 0}, "fps: is 0; more than 0"),
            ({"fps": "30"}, "fps: is '30'; a number is expected"),
            ({"world_scale": (1.0, 0.0, 1.0)}, "world_scale: is (1.0, 0.0, 1.0); 0 is impossible"),
            ({"columns": {"left_knee_X": "x"}}, "columns: there is no 'left_knee_X' here; did you mean 'left_knee_x'?"),
            ({"columns": {"wheel": "x"}}, "columns: there is no 'wheel' here.\n"),
        ],
    )
    def test_is_told(self, given: dict[str, Any], told: str) -> None:
        with pytest.raises(FormcheckError) as caught:
            LandmarkLayout(**given)
        assert told in str(caught.value)

    def test_all_at_once(self) -> None:
        with pytest.raises(FormcheckError) as caught:
            LandmarkLayout(columns={"knee": "k", "hip": "h"}, aspect=-1, time_scale=-1)
        assert len(str(caught.value).splitlines()) == 7

    def test_an_axis_may_point_the_other_way(self) -> None:
        assert LandmarkLayout(world_scale=(0.001, -0.001, 0.001)).world_scale[1] < 0
