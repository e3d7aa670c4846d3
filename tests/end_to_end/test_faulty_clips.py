"""Clips whose clock jumps, that stand still, or are damaged: scored as far as they show something, and told as such."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import formcheck
from formcheck.core.errors import SourceError
from tests.support.clips import REPO, SAMPLES, frames_of
from tests.support.media import cut, flipped, joined, record, restamped

pytestmark = pytest.mark.heavy

FORMCHECK = [sys.executable, "-m", "formcheck", "score", "--pose", "kneeling_hip_flexor"]
FPS, COUNT = 30, 360
PLAIN = (3.0, 10.1)
"""When the only hold of the first twelve seconds begins and ends."""


def pictures(count: int = COUNT) -> list[Any]:
    return [image for image, _ in islice(frames_of(SAMPLES / "kneeling_hip_flexor.mp4"), count)]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("clips")
    some = pictures()
    made = {ending: record(folder / f"plain{ending}", some, fps=FPS) for ending in (".mp4", ".ts", ".mkv")}
    frozen = [*some[:180], *[some[180]] * 180]
    return {
        "plain": made[".mp4"],
        "joined": joined(folder / "joined.ts", made[".ts"], made[".ts"], made[".ts"], made[".ts"]),
        "late": restamped(made[".mp4"], folder / "late.mp4", lambda _, i, count: 20 * 3600.0 * (i == count - 1)),
        "gap": restamped(made[".mkv"], folder / "gap.mkv", lambda at_s, *_: 900.0 if at_s > 6.0 else 0.0),
        "frozen": record(folder / "frozen.mkv", frozen, fps=FPS, codec="ffv1"),
        "cut": cut(made[".mp4"], folder / "cut.mp4", 0.7),
        "flipped": flipped(made[".mp4"], folder / "flipped.mp4", seed=1),
    }


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*FORMCHECK, *map(str, words)], cwd=REPO, capture_output=True, text=True, check=False, timeout=200)


def document(clip: Path, folder: Path, *words: str) -> tuple[dict[str, Any], str]:
    done = run(clip, "--json", folder / "out.json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out.json").read_text(encoding="utf-8")), done.stderr


def holds(found: dict[str, Any]) -> list[tuple[float, float]]:
    return [(hold["start_s"], hold["end_s"]) for hold in found["holds"]]


def near(*spans: tuple[float, float]) -> list[Any]:
    return [(pytest.approx(start_s, abs=0.2), pytest.approx(end_s, abs=0.2)) for start_s, end_s in spans]


def test_every_part_of_a_joined_recording_is_scored_the_same_by_any_number_of_processes(
    clips: dict[str, Path], tmp_path: Path
) -> None:
    found, told = document(clips["joined"], tmp_path, "--jobs", "1")
    assert holds(found) == near(*((12.0 * i + PLAIN[0], 12.0 * i + PLAIN[1]) for i in range(4)))
    assert (found["clip"]["damaged"], found["clip"]["duration_s"]) == (None, pytest.approx(48.0, abs=0.1))
    assert told == ""
    written = (tmp_path / "out.json").read_bytes()
    document(clips["joined"], tmp_path, "--jobs", "2")  # which are two segments
    assert (tmp_path / "out.json").read_bytes() == written


@pytest.mark.parametrize("kind", ["plain", "late"])
def test_a_late_last_stamp_changes_nothing(kind: str, clips: dict[str, Path], tmp_path: Path) -> None:
    found, _ = document(clips[kind], tmp_path)
    assert holds(found) == near(PLAIN)
    assert found["clip"]["duration_s"] == pytest.approx(12.0, abs=0.1)
    assert found["unseen"] == []


def test_a_gap_is_unseen(clips: dict[str, Path], tmp_path: Path) -> None:
    found, _ = document(clips["gap"], tmp_path)
    assert holds(found) == near((PLAIN[0], 6.0), (906.0, 900.0 + PLAIN[1]))
    assert found["seen_s"] == pytest.approx(12.0, abs=0.2)
    assert [entry["reason"] for entry in found["unseen"]] == ["no_new_picture"]
    assert sum(fault["end_s"] - fault["start_s"] for fault in found["faults"]) < 12.0


@pytest.mark.parametrize("words", [(), ("--every-frame",)])
def test_a_clip_that_stands_still_is_not_held_from_there_on(
    words: tuple[str, ...], clips: dict[str, Path], tmp_path: Path
) -> None:
    found, _ = document(clips["frozen"], tmp_path, *words, "--landmarks", str(tmp_path / "seen.csv"))
    assert holds(found) == near((PLAIN[0], 6.0))
    assert [(entry["reason"], entry["end_s"]) for entry in found["unseen"]] == [
        ("no_new_picture", pytest.approx(12.0, abs=0.1))
    ]
    again, _ = document(tmp_path / "seen.csv", tmp_path)
    assert {**again, "clip": None} == {**found, "clip": None}


@pytest.mark.parametrize("kind", ["cut", "flipped"])
def test_what_is_left_of_a_damaged_clip_is_scored_and_told(kind: str, clips: dict[str, Path], tmp_path: Path) -> None:
    clip, table = clips[kind], tmp_path / "seen.csv"
    found, told = document(clip, tmp_path, "--landmarks", str(table))
    damaged = found["clip"]["damaged"]
    assert "breaks off at" in damaged if kind == "cut" else "is damaged at" in damaged
    assert told == f"formcheck: {clip}: {damaged}. What is left of it was looked at. --strict refuses it.\n"
    assert holds(found)[0][0] == pytest.approx(PLAIN[0], abs=0.2)
    again, _ = document(table, tmp_path)
    assert again["clip"]["damaged"] == damaged
    assert {**again, "clip": None} == {**found, "clip": None}

    for source in (clip, table):
        refused = run(source, "--strict", "--json", tmp_path / "strict.json")
        assert refused.returncode == 1
        assert damaged in refused.stderr
        assert not (tmp_path / "strict.json").exists()


def test_among_many_clips_a_damaged_one_is_scored_counted_and_told(clips: dict[str, Path], tmp_path: Path) -> None:
    done = run(clips["cut"], clips["plain"], "--json", tmp_path / "all.jsonl")
    assert done.returncode == 0
    assert "2 scored, 1 of them damaged" in done.stdout
    assert f"{clips['cut']}: the video breaks off" in done.stderr
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["clip"]["damaged"] is None for line in lines] == [False, True]
    strict = run(clips["cut"], clips["plain"], "--strict", "--json", tmp_path / "all.jsonl", "--resume")
    assert strict.returncode == 1
    assert "1 scored, 1 failed" in strict.stdout


def test_from_python_the_result_says_so_and_strict_refuses(clips: dict[str, Path]) -> None:
    result = formcheck.score(clips["cut"], stretch="kneeling_hip_flexor")
    assert result.damaged is not None
    assert result.document.clip.damaged == result.damaged
    assert formcheck.detect(clips["cut"], stretch="kneeling_hip_flexor").clip.damaged == result.damaged
    with pytest.raises(SourceError, match="breaks off"):
        formcheck.score(clips["cut"], stretch="kneeling_hip_flexor", strict=True)
    some = {Path(one.path).name: one for one in formcheck.score_many([clips["cut"], clips["plain"]])}
    assert (some["plain.mp4"].damaged, some["cut.mp4"].damaged) == (None, result.damaged)
    some = {Path(one.path).name: one for one in formcheck.score_many([clips["cut"]], strict=True)}
    assert "breaks off" in str(some["cut.mp4"].error)


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing on Windows")
def test_one_interrupt_ends_the_scoring_of_a_clip_whose_clock_jumps(clips: dict[str, Path], tmp_path: Path) -> None:
    clip = joined(tmp_path / "long.ts", *[clips["joined"]] * 6)
    work = subprocess.Popen([*FORMCHECK, str(clip)], cwd=REPO, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(4.0)
    began = time.monotonic()
    work.send_signal(signal.SIGINT)
    assert work.wait(30) == 130
    assert time.monotonic() - began < 15.0
