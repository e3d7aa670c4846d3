"""What `formcheck tune` costs: clips measured for the first time, then from what was kept.

    python -m benchmarks.tune --clips 60

Run by hand on a machine that does nothing else. The clips are samples of the tuning part, repeated to 20 s, each a file of its
own content.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tomlkit

from benchmarks.clips import repeat
from formcheck.system.native.media_libs import av
from tests.support.clips import REPO, SAMPLES

LENGTH_S = 20.0
POSE = "standing_psoas"
WRONG_BY = 15
"""Degrees by which the pose file is wrong, so that everything is fitted and judged."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--clips", type=int, default=60)
    count: int = parser.parse_args().clips
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "clips").mkdir()
        labelled = [file for file in sorted(SAMPLES.glob("standing_*.toml")) if 'part = "tuning"' in file.read_text()]
        for i in range(count):
            _repeat(labelled[i % len(labelled)], folder / "clips" / f"clip_{i:03}", i)
        pose = _wrong(folder / f"{POSE}.toml")
        words = [sys.executable, "-m", "formcheck", "tune", str(folder / "clips"), "--pose", str(pose)]
        for state in ("cold", "warm", "warm"):
            begin_s = time.monotonic()
            done = subprocess.run(
                words, cwd=REPO, env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}, capture_output=True, check=False
            )
            spent_s = time.monotonic() - begin_s
            peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
            if done.returncode:
                sys.exit(done.stderr.decode())
            print(f"{state}  {spent_s:6.1f} s, largest process so far {peak_mb:.0f} MB")


def _repeat(labels: Path, goal: Path, number: int) -> None:
    """Write the clip of `labels` over and over until it is long enough, and its labels with it."""
    source = labels.with_suffix(".mp4")
    text = tomlkit.parse(labels.read_text(encoding="utf-8"))
    with av.open(str(source)) as container:
        length_s = max(float(container.duration or 0) / 1e6, float(text["intervals"][-1]["end_s"]))
    times = int(LENGTH_S // length_s)
    film = goal.with_suffix(".mp4")
    repeat(source, film, every_s=length_s, length_s=times * length_s, comment=f"clip {number}")
    intervals = text["intervals"]
    entries = [dict(entry) for entry in intervals]
    text["intervals"] = [
        {**entry, **{key: round(entry[key] + turn * length_s, 3) for key in ("start_s", "end_s")}}
        for turn in range(times)
        for entry in entries
    ]
    goal.with_suffix(".toml").write_text(tomlkit.dumps(text), encoding="utf-8")


def _wrong(goal: Path) -> Path:
    """Write the stretch with every range too high."""
    shutil.copy(REPO / "poses" / goal.name, goal)
    text = tomlkit.parse(goal.read_text(encoding="utf-8"))
    for target in text["targets"]:
        for key in ("full", "zero"):
            target[key] = [value + WRONG_BY for value in target[key]]
    goal.write_text(tomlkit.dumps(text), encoding="utf-8")
    return goal


if __name__ == "__main__":
    main()
