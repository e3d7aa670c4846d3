"""Clips as they were filmed, and as somebody says they were, through the engine and by the command line."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import formcheck
from formcheck.core.errors import FormcheckError, SourceError
from formcheck.system.native.media_libs import av, cv2
from tests.support.clips import REPO, SAMPLES, Image, colours, frames_of, write_clip
from tests.support.refused import refused

SAMPLE = SAMPLES / "kneeling_hip_flexor.mp4"
FORMCHECK = [sys.executable, "-m", "formcheck", "score"]

heavy = pytest.mark.heavy


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--from", "soon"], "'soon' is no time in a clip. Write seconds"),
        (["--to", "1:75"], "'1:75' is no time in a clip"),
        (["--from", "9", "--to", "0:05"], "formcheck: --to: 5 s is not after 9 s"),
        (["--speed", "0"], "formcheck: --speed: 0 is not possible"),
    ],
)
def test_what_cannot_be_is_told(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert expected in refused(capsys, "score", "--verbose", SAMPLE, *words)


@pytest.mark.parametrize("words", [["--rotate", "90"], ["--mirror"], ["--speed", "0.5"], ["--from", "1"], ["--to", "1"]])
def test_landmarks_have_no_pictures_to_turn(words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = tmp_path / "seen.csv"
    table.write_text("time_s\n")
    assert "has no pictures: --rotate, --mirror, --speed, --from and --to" in refused(
        capsys, "score", "--verbose", table, *words
    )


def test_a_photograph_has_no_part(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "photo.png"), colours(1, (200, 300))[0])
    assert "is a photo, which has no time" in refused(capsys, "score", "--verbose", tmp_path / "photo.png", "--from", "3")


def test_python_refuses_the_same(tmp_path: Path) -> None:
    with pytest.raises(FormcheckError, match="90, 180 or 270"):
        formcheck.score(SAMPLE, rotate=45)
    with pytest.raises(FormcheckError, match="speed: -1"):
        formcheck.detect(SAMPLE, speed=-1.0)
    with pytest.raises(FormcheckError, match="is not after"):
        formcheck.score_many([SAMPLE], from_s=5.0, to_s=2.0)
    with pytest.raises(FormcheckError, match="90, 180 or 270"):
        formcheck.calibrate(SAMPLE, rotate=1)


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*FORMCHECK, *map(str, words)], cwd=REPO, capture_output=True, text=True, check=False)


def document(*words: str | Path) -> dict[str, Any]:
    done = run(*words, "--json", "-")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rewritten(path: Path, change: Callable[[Image], Image], *, aspect: str = "1/1", slower: int = 1) -> Path:
    """Write the sample with every picture changed."""
    with av.open(str(path), "w") as out:
        stream: Any = out.add_stream("libx264", rate=30, options={"preset": "veryfast", "crf": "18"})
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 90_000)
        for i, (picture, at_s) in enumerate(frames_of(SAMPLE)):
            stored = np.ascontiguousarray(change(picture))
            if i == 0:
                stream.height, stream.width = stored.shape[:2]
                stream.codec_context.sample_aspect_ratio = Fraction(aspect)
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24")
            frame.pts, frame.time_base = round(at_s * slower * 90_000), Fraction(1, 90_000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def plain(model: Path) -> dict[str, Any]:
    return document(SAMPLE)


def is_like(found: dict[str, Any], plain: dict[str, Any]) -> None:
    """The same stretch, sides and faults, and holds within a fifth of a second."""
    assert found["pose"] == plain["pose"]
    assert [hold["side"] for hold in found["holds"]] == [hold["side"] for hold in plain["holds"]]
    assert [fault["name"] for fault in found["faults"]] == [fault["name"] for fault in plain["faults"]]
    for one, other in zip(found["holds"], plain["holds"], strict=True):
        assert one["start_s"] == pytest.approx(other["start_s"], abs=0.2)
        assert one["end_s"] == pytest.approx(other["end_s"], abs=0.2)


@heavy
def test_wide_pixels_are_judged_as_square_ones(plain: dict[str, Any], tmp_path: Path) -> None:
    def squeezed(picture: Image) -> Image:
        return np.asarray(cv2.resize(picture, (320, 360), interpolation=cv2.INTER_AREA), np.uint8)

    path = rewritten(tmp_path / "wide.mp4", squeezed, aspect="2/1")
    found = document(path, "--measures", tmp_path / "wide.csv")
    assert run(SAMPLE, "--measures", tmp_path / "plain.csv").returncode == 0
    assert (found["clip"]["width"], found["clip"]["height"]) == (640, 360)
    is_like(found, plain)
    rows = []
    for name in ("wide", "plain"):
        with (tmp_path / f"{name}.csv").open(newline="") as file:
            rows.append({row["time_s"]: row for row in csv.DictReader(file)})
    both = sorted(rows[0].keys() & rows[1].keys())
    assert len(both) > 100
    for measure in ("rear_hip_extension", "rear_knee_flexion", "trunk_inclination", "front_knee_flexion"):
        off = [abs(float(rows[0][at][measure] or "nan") - float(rows[1][at][measure] or "nan")) for at in both]
        assert np.nanmedian(off) < 1.5, measure


@heavy
def test_a_turned_clip_says_so_and_turned_back_it_is_the_plain_one(plain: dict[str, Any], tmp_path: Path) -> None:
    path = rewritten(tmp_path / "turned.mp4", lambda picture: np.rot90(picture, -1))
    done = run(path)
    assert done.returncode == 0
    assert "score it with --rotate 270" in " ".join(done.stdout.split())
    done = run(tmp_path)
    assert done.returncode == 0
    assert f"{path}: In pictures turned clockwise by 270 degrees there is" in done.stderr
    found = document(path, "--rotate", "270")
    assert (found["clip"]["width"], found["clip"]["height"]) == (640, 360)
    is_like(found, plain)


@heavy
def test_a_mirrored_clip_is_of_the_other_side(plain: dict[str, Any]) -> None:
    found = document(SAMPLE, "--mirror")
    assert {hold["side"] for hold in found["holds"]} == {"left"}
    assert {hold["side"] for hold in plain["holds"]} == {"right"}


@heavy
def test_slow_motion_is_held_for_as_long_as_it_was(plain: dict[str, Any], tmp_path: Path) -> None:
    path = rewritten(tmp_path / "slow.mp4", lambda picture: picture, slower=4)
    found = document(path, "--speed", "0.25")
    assert found["clip"]["duration_s"] == pytest.approx(plain["clip"]["duration_s"], abs=0.1)
    is_like(found, plain)


@heavy
@pytest.mark.parametrize("words", [[], ["--every-frame"]])
def test_a_part_has_the_times_of_the_whole(words: list[str], plain: dict[str, Any], tmp_path: Path) -> None:
    table, film, seen = (tmp_path / name for name in ("part.csv", "part.mp4", "seen.csv"))
    part = ["--from", "0:12", "--to", "18.5"]
    found = document(SAMPLE, *part, *words, "--measures", table, "--annotate", film, "--landmarks", seen)
    (hold,) = found["holds"]
    assert hold["start_s"] == pytest.approx(plain["holds"][1]["start_s"], abs=0.2)
    assert hold["end_s"] == pytest.approx(18.5, abs=0.05)
    assert found["clip"]["duration_s"] == pytest.approx(18.5, abs=0.05)
    assert all(fault["start_s"] >= 12.0 for fault in found["faults"])
    with table.open(newline="") as file:
        times_s = [float(row["time_s"]) for row in csv.DictReader(file)]
    assert times_s[0] == pytest.approx(12.0, abs=0.15)
    assert times_s[-1] < 18.5
    shown = [at_s for _, at_s in frames_of(film)]
    assert (shown[0], shown[-1]) == pytest.approx((0.0, 6.5), abs=0.05), "a film of a part begins with it"
    again = document(seen)
    assert (again["holds"], again["faults"]) == (found["holds"], found["faults"])


@heavy
def test_a_part_beyond_the_end_is_told(model: Path) -> None:
    for words in ([], ["--every-frame"]):
        done = run(SAMPLE, "--from", "1:00", *words)
        assert done.returncode == 1
        assert "has no pictures from 60 s on" in done.stderr


@heavy
def test_pictures_too_small_are_not_judged(model: Path, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "small.mp4", ((image, i / 10) for i, image in enumerate(colours(5, (72, 128)))), fps=10)
    with pytest.raises(SourceError, match="is 128 x 72 pixels, which is too small to judge"):
        formcheck.score(clip)


@heavy
def test_a_run_goes_on_only_with_what_was_read_in_the_same_way(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    write_clip(folder / "a.mp4", ((image, i / 10) for i, image in enumerate(colours(10, (128, 192)))), fps=10)
    lines = []
    for words in ([], ["--rotate", "90"], ["--rotate", "90"]):
        done = run(folder, "--json", tmp_path / "all.jsonl", "--resume", *words)
        assert done.returncode == 0, done.stderr
        lines.append(json.loads((tmp_path / "all.jsonl").read_text()))
    assert [line["clip"]["width"] for line in lines] == [192, 128, 128]
    assert lines[0]["settings"] != lines[1]["settings"] == lines[2]["settings"]
