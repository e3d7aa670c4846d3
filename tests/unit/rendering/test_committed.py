"""Laws of the committed clips: what the table names is there, is well formed, and covers every fault in both parts."""

import csv
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest

from samples.render.clips import CLIPS, Clip
from samples.render.labels import FAULTS
from samples.render.moments import moments
from samples.render.own import OWN
from samples.render.people import PEOPLE
from samples.render.sidecar import label_file, label_runs
from samples.render.stretches import SHIPPED

SAMPLES = Path(__file__).parents[3] / "samples"
QUAD = Path(__file__).parents[2] / "data" / "quad"
SUFFIXES = (".angles.csv", ".mp4", ".toml")
LABELS = {"correct", "other", "unseen"} | {fault.name for faults in FAULTS.values() for fault in faults}


def label_files() -> dict[str, dict[str, Any]]:
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.toml"))}


def test_every_clip_of_the_table_has_its_three_files_and_no_other_lies_about() -> None:
    wanted = {clip.name + suffix for clip in CLIPS for suffix in SUFFIXES}
    assert {path.name for path in SAMPLES.iterdir() if path.name.endswith(SUFFIXES)} == wanted


def test_the_set_stays_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.glob("*.mp4")) < 40e6


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_intervals_are_sorted_disjoint_and_inside_the_clip(clip: Clip) -> None:
    found = tomllib.loads((SAMPLES / f"{clip.name}.toml").read_text(encoding="utf-8"))
    assert (found["pose"], found["person"], found["part"]) == (clip.pose, clip.person, PEOPLE[clip.person].part)
    assert found["intervals"]
    with (SAMPLES / f"{clip.name}.angles.csv").open(encoding="utf-8") as file:
        times = [float(row["time_s"]) for row in csv.DictReader(file)]
    assert all(a < b for a, b in pairwise(times))
    for interval in found["intervals"]:
        assert interval["label"] in LABELS
        assert times[0] <= interval["start_s"] < interval["end_s"] <= times[-1] + 0.2
    for before, after in pairwise(found["intervals"]):
        assert before["end_s"] <= after["start_s"]


def test_nobody_is_in_both_parts() -> None:
    parts: dict[str, set[str]] = {}
    for found in label_files().values():
        parts.setdefault(found["person"], set()).add(found["part"])
    assert all(len(of) == 1 for of in parts.values())
    for clip in CLIPS:
        assert {PEOPLE[extra.person].part for extra in clip.extras} <= {clip.player.part}
    for part in ("tuning", "test"):
        assert sum(of == {part} for of in parts.values()) >= 4


@pytest.mark.parametrize(("pose", "fault"), [(pose, fault.name) for pose in SHIPPED for fault in FAULTS[pose]])
@pytest.mark.parametrize("part", ["tuning", "test"])
def test_every_fault_occurs_in_both_parts_seen_from_the_side(pose: str, fault: str, part: str) -> None:
    longest = [
        interval["end_s"] - interval["start_s"]
        for found in label_files().values()
        if (found["pose"], found["part"]) == (pose, part) and abs(found["camera"]["yaw_deg"]) <= 15
        for interval in found["intervals"]
        if interval["label"] == fault
    ]
    assert max(longest, default=0.0) >= 2.0


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_a_film_has_a_frame_for_every_row_of_angles(clip: Clip) -> None:
    with (SAMPLES / f"{clip.name}.angles.csv").open(encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    with av.open(str(SAMPLES / f"{clip.name}.mp4")) as container:
        stream = container.streams.video[0]
        assert stream.frames == rows
        size = clip.camera.size[::-1] if clip.film.quarter_turn else clip.camera.size
        assert (stream.width, stream.height) == size


@pytest.mark.heavy
@pytest.mark.parametrize("clip", [*CLIPS, *OWN], ids=lambda clip: clip.name)
def test_the_committed_labels_are_what_the_table_says(clip: Clip) -> None:
    frames = list(moments(clip))
    text = label_file(clip, label_runs(clip, frames), frames)
    assert ((QUAD if clip in OWN else SAMPLES) / f"{clip.name}.toml").read_text(encoding="utf-8") == text


def test_the_clips_of_a_stretch_that_ships_nowhere_are_there_and_nobody_is_in_both_parts() -> None:
    wanted = {clip.name + suffix for clip in OWN for suffix in SUFFIXES}
    assert {path.name for path in QUAD.iterdir()} == wanted
    assert sum(path.stat().st_size for path in QUAD.iterdir()) < 1e6
    parts = {clip.person: clip.player.part for clip in OWN}
    assert list(parts.values()).count("tuning") >= 3
    assert list(parts.values()).count("test") >= 2
