"""Clips scored at few frames and by several processes: the same bytes, close to every frame, and nothing half done."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import fmean

import pytest

from benchmarks.agreement import ANGLES_WITHIN_DEG, HELD_WITHIN_S, agreement
from benchmarks.clips import repeat
from formcheck.analysis.scoring.document import HoldEntry
from formcheck.core.values import Side
from formcheck.pipeline.clip import score
from formcheck.pipeline.parallel import segments as piece
from formcheck.pipeline.parallel.segments import SEGMENT_S, segments_of
from formcheck.stretches.files import load_stretches
from formcheck.system.native.media_libs import av
from formcheck.vision.engines import create_engine, mediapipe_model
from formcheck.vision.video import open_clip
from formcheck.vision.video.random_access import length_of
from tests.support.clips import REPO, SAMPLES, frames_of

pytestmark = pytest.mark.heavy

LONG_S = 85.0
"""Four pieces, of some twenty-one seconds each."""

FORMCHECK = [sys.executable, "-m", "formcheck", "score"]


LONGER_S = 300.0
"""Long enough to be stopped before its end, however fast the machine is."""


def again_and_again(clip: Path, length_s: float) -> Path:
    """Write a stretch that is done again and again."""
    source = SAMPLES / "supine_p5_close_head.mp4"
    with open_clip(source) as video:
        assert video.info.expected_s is not None
        repeat(source, clip, every_s=video.info.expected_s, length_s=length_s)
    return clip


@pytest.mark.parametrize("every", [3, 10])
def test_a_leg_is_as_visible_however_few_pictures_are_seen(every: int, model: Path) -> None:
    """Ten and three pictures a second; with MediaPipe's own smoothing the means are 0.04 and 0.12."""
    with open_clip(REPO / "tests" / "data" / "quad" / "quad_p9.mp4") as video:
        frames = list(video.frames())

    def visible(step: int) -> dict[float, list[float]]:
        with create_engine(mediapipe_model(model)) as engine:
            people = {frame.time_s: engine.detect(frame) for frame in frames[::step]}
        return {
            time_s: [person.points[f"{side}_{joint}"].visibility for side in Side for joint in ("knee", "ankle")]
            for time_s, (person, *_) in people.items()
        }

    whole, few = visible(1), visible(every)
    differences = [abs(a - b) for time_s, joints in few.items() for a, b in zip(joints, whole[time_s], strict=True)]
    assert fmean(differences) < 0.03


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clip = again_and_again(tmp_path_factory.mktemp("long") / "long.mp4", LONG_S)
    with open_clip(clip) as video:
        assert len(segments_of(video.info.expected_s)) == 4
    return clip


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return again_and_again(tmp_path_factory.mktemp("longer") / "longer.mp4", LONGER_S)


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*FORMCHECK, *map(str, words)], cwd=REPO, capture_output=True, text=True, check=False)


def outputs(folder: Path) -> list[str | Path]:
    return ["--json", folder / "out.json", "--measures", folder / "out.csv"]


@pytest.fixture(scope="module")
def by_one(long: Path, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what one process says of it, with a film."""
    folder = tmp_path_factory.mktemp("one")
    done = run(long, "--jobs", "1", *outputs(folder), "--annotate", folder / "out.mp4")
    assert done.returncode == 0, done.stderr
    return folder


def same(folder: Path, other: Path) -> bool:
    return all((folder / name).read_bytes() == (other / name).read_bytes() for name in ("out.json", "out.csv"))


def test_several_processes_say_the_same(long: Path, by_one: Path, tmp_path: Path) -> None:
    done = run(long, "--jobs", "4", *outputs(tmp_path))
    assert done.returncode == 0, done.stderr
    assert same(tmp_path, by_one)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.json"]


def test_every_round_is_held_as_long_as_the_others(by_one: Path) -> None:
    """Wherever the cuts fall."""
    document = json.loads((by_one / "out.json").read_text())
    held_s = [hold["held_s"] for hold in document["holds"] if hold["end_s"] < LONG_S - 10]
    assert len(held_s) >= 3
    assert document["pose"] == "supine_psoas"
    with (by_one / "out.csv").open(newline="") as file:
        times_s = [float(row["time_s"]) for row in csv.DictReader(file)]
    assert times_s == sorted(set(times_s))
    assert times_s[-1] == pytest.approx(document["clip"]["duration_s"], abs=0.15)


def test_the_film_shows_every_frame_with_somebody_drawn_on_it(long: Path, by_one: Path) -> None:
    plain, drawn = ([at_s for _, at_s in frames_of(path, every=10)] for path in (long, by_one / "out.mp4"))
    assert drawn == pytest.approx(plain, abs=2e-3)


class Started:
    """A run that can be disturbed once its film has begun: the first piece has then been looked at, and the last has not."""

    def __init__(self, folder: Path, *words: str | Path) -> None:
        film = ["--json", folder / "out.json", "--annotate", folder / "out.mp4"]
        self.child = subprocess.Popen(
            [*FORMCHECK, *map(str, [*words, *film])], cwd=REPO, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        deadline = time.monotonic() + 90
        while self.child.poll() is None and not any(path.stat().st_size for path in folder.glob(".out.formcheck-part.mp4")):
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("jobs", "number", "code"),
    [
        (1, signal.SIGINT, 130),
        (2, signal.SIGINT, 130),
        (1, signal.SIGTERM, 143),
        (2, signal.SIGTERM, 143),
        (2, signal.SIGHUP, 129),
    ],
)
def test_asked_to_end_it_keeps_what_was_looked_at(
    jobs: int, number: signal.Signals, code: int, longer: Path, model: Path, tmp_path: Path
) -> None:
    run = Started(tmp_path, longer, "--jobs", str(jobs))
    run.child.send_signal(number)
    _, said = run.child.communicate(timeout=90)
    assert run.child.returncode == code, said
    assert "Stopped at" in said
    document = json.loads((tmp_path / "out.json").read_text())
    assert SEGMENT_S / 2 - 1 <= document["clip"]["duration_s"] < LONGER_S - 10
    assert document["holds"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "out.mp4"]
    assert length_of(tmp_path / "out.mp4") == pytest.approx(document["clip"]["duration_s"], abs=0.2)


def test_a_process_that_is_killed_is_replaced_by_one_that_says_the_same(long: Path, by_one: Path, tmp_path: Path) -> None:
    with subprocess.Popen([*FORMCHECK, str(long), "--jobs", "2", *map(str, outputs(tmp_path))], cwd=REPO) as child:
        deadline = time.monotonic() + 60
        while not (workers := children(child.pid)) and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(2.0)  # into its first piece
        os.kill(workers[0], signal.SIGKILL)
        child.wait(timeout=120)
    assert child.returncode == 0
    assert same(tmp_path, by_one)


def children(pid: int) -> list[int]:
    """The worker processes that `pid` has started by itself."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(line.split()[0]) for line in found.splitlines() if "spawn_main" in line]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_video_cut_short_is_told_and_what_is_left_scored_or_refused(
    jobs: int, long: Path, model: Path, tmp_path: Path
) -> None:
    clip = tmp_path / "cut.mp4"
    with av.open(str(long)) as source, av.open(str(clip), "w", options={"movflags": "faststart"}) as out:
        stream = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    whole = clip.read_bytes()
    start = whole.index(b"mdat")
    clip.write_bytes(whole[: start + (len(whole) - start) // 5])
    done = run(clip, "--strict", "--jobs", str(jobs), *outputs(tmp_path))
    assert done.returncode == 1
    assert "breaks off at" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [clip]


def test_a_cut_within_a_hold_neither_parts_nor_shortens_it(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole: list[HoldEntry] = []
    parted: list[HoldEntry] = []
    for length_s, told in ((SEGMENT_S, whole), (3.0, parted)):
        monkeypatch.setattr(piece, "SEGMENT_S", length_s)
        with open_clip(SAMPLES / "supine_p5_close_head.mp4") as source:
            assert (len(segments_of(source.info.expected_s)) > 2) is (length_s == 3.0)
            told.extend(score(source, mediapipe_model(model), load_stretches()).document.holds)
    assert whole
    assert [hold.side for hold in parted] == [hold.side for hold in whole]
    for one, other in zip(parted, whole, strict=True):
        assert one.start_s == pytest.approx(other.start_s, abs=0.1)
        assert one.end_s == pytest.approx(other.end_s, abs=0.1)
        assert one.held_s == pytest.approx(other.held_s, abs=0.1)


@pytest.mark.parametrize("name", ["kneeling_p12_toes_head", "standing_p4_hips_head", "supine_p5_close_head"])
def test_it_agrees_with_every_frame(name: str, model: Path) -> None:
    found = agreement(SAMPLES / f"{name}.mp4", mediapipe_model(model))
    assert all(found.same.values()), found.same
    assert found.held_s is not None
    assert found.held_s <= HELD_WITHIN_S
    assert found.angle_deg <= ANGLES_WITHIN_DEG
