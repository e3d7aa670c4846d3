"""`--landmarks FILE.csv` and `formcheck score FILE.csv`: the file gives what the clip gives, to the last digit."""

import json
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from formcheck import cli
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.pipeline.clip import score, score_recording
from formcheck.pipeline.outputs import create_outputs
from formcheck.pipeline.outputs.landmark_table import read_landmarks, write_landmarks
from formcheck.pipeline.parallel import segments
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.stretches.files import load_stretches
from formcheck.system.native.media_libs import cv2
from formcheck.testing import kneeling, moved
from formcheck.vision.engines import mediapipe_model
from formcheck.vision.video import open_clip
from tests.support.clips import SAMPLES, frames_of

CLIP = SAMPLES / "kneeling_short_hold_p8.mp4"


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["formcheck", "score", "--verbose", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def but_the_path(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text())
    document["clip"].pop("path")
    return document


@pytest.mark.heavy
@pytest.mark.parametrize("options", [(), ("--every-frame",)], ids=["default", "every frame"])
@pytest.mark.parametrize("name", ["kneeling_short_hold_p8", "kneeling_somebody_passes_in_front_p6", "none_empty_room"])
def test_the_file_gives_what_the_clip_gives(
    name: str, options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landmarks = tmp_path / "seen.csv"
    outputs = [("--json", tmp_path / f"{i}.json", "--measures", tmp_path / f"{i}.csv") for i in range(2)]
    assert run(monkeypatch, SAMPLES / f"{name}.mp4", *outputs[0], "--landmarks", landmarks, *options) == 0
    assert run(monkeypatch, landmarks, *outputs[1]) == 0
    assert but_the_path(tmp_path / "0.json") == but_the_path(tmp_path / "1.json")
    assert (tmp_path / "0.csv").read_bytes() == (tmp_path / "1.csv").read_bytes()


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["kneeling_hip_flexor", "supine_p5_close_head"])
def test_a_photo_and_its_mirror_image_and_their_files_agree(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image, _ = next(islice(frames_of(SAMPLES / f"{name}.mp4"), 30, None))
    documents: list[dict[str, Any]] = []
    tables: list[str] = []
    for way, shown in (("as it is", image), ("mirrored", image[:, ::-1])):
        photo, landmarks = tmp_path / f"{way}.png", tmp_path / f"{way}.csv"
        assert cv2.imwrite(str(photo), shown[:, :, ::-1])
        for source, output in ((photo, ("--landmarks", landmarks)), (landmarks, ())):
            files = tmp_path / f"{len(tables)}.json", tmp_path / f"{len(tables)}.csv"
            assert run(monkeypatch, source, "--json", files[0], "--measures", files[1], *output) == 0
            documents.append(but_the_path(files[0]))
            tables.append(files[1].read_text())
    assert documents[0] == documents[1]
    assert tables[0] == tables[1]
    assert documents[0]["pose"] == documents[2]["pose"] is not None
    assert documents[0]["score"] == documents[2]["score"]
    assert documents[2:] == documents[2:3] * 2
    assert {*documents[0]["sides"], *documents[2]["sides"]} == {"left", "right"}
    of_side = {"left": "right", "right": "left"}
    (first, *values), (second, *others) = (row.split(",") for row in (tables[0].splitlines()[1], tables[2].splitlines()[1]))
    assert first == second
    assert (of_side[values[0]], values[1:]) == (others[0], others[1:])


@pytest.mark.heavy
def test_also_where_a_clip_is_looked_at_in_segments(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "SEGMENT_S", 3.0)
    specs = load_stretches()
    with open_clip(SAMPLES / "supine_p5_close_head.mp4") as source:
        outputs = create_outputs({"landmarks": tmp_path / "seen.csv"}, source.info, specs, every_frame=False)
        direct = score(source, mediapipe_model(model), specs, outputs=outputs).document
    recording = read_landmarks(tmp_path / "seen.csv")
    assert len(recording.segments) > 2
    again = score_recording(recording, specs).document
    assert direct.holds
    assert direct.model_copy(update={"clip": again.clip}) == again


@pytest.fixture
def landmarks(tmp_path: Path) -> Path:
    """A table that a command must refuse for its options, before it is read."""
    file = tmp_path / "seen.csv"
    file.write_text("time_s,person\n")
    return file


@pytest.mark.parametrize("options", [("--model", "lite"), ("--every-frame",)])
def test_options_that_are_for_clips(
    landmarks: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, landmarks, *options) == 1
    assert (
        "is a table of landmarks, which were seen already: --model and --every-frame are for clips" in capsys.readouterr().err
    )


def test_a_table_of_something_else(
    landmarks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, landmarks) == 1
    assert "is no table of landmarks" in capsys.readouterr().err


def test_a_table_without_toes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "seen.csv"
    body = moved(kneeling(), lambda name, point: replace(point, visibility=0.0) if name.endswith("_toe") else point)
    seen = [SegmentDetections.of_frame((body,), i / 30) for i in range(30)]
    clip = ClipInfo(path="clip.mp4", width=1920, height=1080, fps=30.0, expected_s=None)
    engine = EngineInfo(name="hand", version="1", model="none")
    write_landmarks(LandmarkRecording(clip=clip, engine=engine, segments=seen, every_frame=True), path)
    assert run(monkeypatch, path) == 0
    told = capsys.readouterr().err
    assert "kneeling_hip_flexor can't be judged without left_toe, right_toe, which no picture has." in told
    assert "supine_psoas" not in told
    assert run(monkeypatch, path, "--pose", "kneeling_hip_flexor") == 1
    assert "nothing in it can be judged" in capsys.readouterr().err


def test_many_clips_have_a_landmarks_file_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, CLIP, CLIP, "--landmarks", tmp_path / "seen.csv") == 1
    assert "each of many clips has one of its own: give a folder" in capsys.readouterr().err


def test_folders_leave_tables_alone(
    landmarks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, tmp_path) == 1
    assert "holds no video or photo" in capsys.readouterr().err
    (tmp_path / "clip.avi.txt").write_text("A clip by its content would be taken.")
    assert run(monkeypatch, tmp_path) == 1
