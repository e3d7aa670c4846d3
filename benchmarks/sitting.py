"""What a day at the desk costs, and how true its counts are.

    python -m benchmarks.sitting cost --seconds 120
    python -m benchmarks.sitting truth --hours 8 --seed 7 --noise 3

`cost` runs `formcheck sit` before a rendered desk that a camera on the network shows, the program as it is, and counts the CPU
time of the process, all threads, without its start: opening the camera, the looks, waiting, history. `truth` draws a day by
chance, writes it as a film with a picture every five seconds, has the program count in it, and compares.
"""

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.process import machine
from tests.support.clips import REPO
from tests.support.desk import DeskDay, draw, film, random_day
from tests.support.streamed import streamed

WARM_S = 20.0
"""The first seconds are left out: libraries and models load."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("cost", "truth"))
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--hours", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--person", default="p1")
    parser.add_argument("--noise", type=float, default=3.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if given.what == "cost":
            cost(Path(name), given.seconds, given.every)
        else:
            truth(Path(name), random_day(given.hours, given.seed), given.person, given.noise)


def cost(folder: Path, seconds: float, every_s: float) -> None:
    """Print the share of a core that looking takes."""
    drawn = draw()
    way = next(iter(drawn))
    clip = film(folder / "desk.mp4", DeskDay(changes=[(0.0, way)], end_s=20.0), drawn, every_s=0.2, noise=3.0)
    with streamed(clip, height=720, loop=True) as stream:
        words = ["sit", "--camera", stream.url, "--every", f"{every_s:g}", "--no-notice", "--mute"]
        with contextlib.closing(_Running(words, folder)) as running:
            time.sleep(WARM_S)
            before = running.cpu_s()
            time.sleep(seconds)
            spent = running.cpu_s() - before
    share = 100 * spent / seconds
    print(
        f"{machine()}, a look every {every_s:g} s for {seconds:.0f} s: {share:.2f} % of a core, "
        f"{10 * share * every_s:.0f} ms a look"
    )


class _Running:
    def __init__(self, words: list[str], folder: Path) -> None:
        env = {**os.environ, "FORMCHECK_DATA": str(folder / "data")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "formcheck", *words], cwd=REPO, env=env, stdin=subprocess.DEVNULL
        )

    def cpu_s(self) -> float:
        """CPU time of the process so far, all threads, user and system."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(30)


def truth(folder: Path, day: DeskDay, person: str, noise: float) -> None:
    """Print what the program counts in a film of `day`, beside what it is."""
    clip = film(folder / "day.mp4", day, draw(person), noise=noise)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "formcheck", "sit", "--video", str(clip), "--json", str(folder / "day.json")]
    subprocess.run(words, cwd=REPO, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = json.loads((folder / "day.json").read_text())
    print(f"{machine()}, {day.end_s / 3600:g} h, {person}")
    print(f"sat      {told['sat_s'] / 60:.1f} min of {day.sat_s / 60:.1f}")
    for what, true, found in (
        ("breaks", [start_s for start_s, _ in day.breaks], [one["start_s"] for one in told["breaks"]]),
        ("ends", [end_s for _, end_s in day.breaks], [one["end_s"] for one in told["breaks"]]),
        ("shifts", day.shifts, [one["time_s"] for one in told["shifts"]]),
    ):
        near = [min((abs(one - other) for other in found), default=float("inf")) for one in true]
        matched = [one for one in near if one <= 30]
        print(f"{what:8} {len(found)} of {len(true)}, {len(matched)} within 30 s, furthest {max(matched, default=0):.0f} s")
    print(f"prompts  {[(round(one['time_s'] / 60), one['reason']) for one in told['prompts']]}")
    print(f"CPU      {cpu_s:.0f} s, {1000 * cpu_s / (day.end_s / 5):.0f} ms a look, with decoding and the start")


if __name__ == "__main__":
    main()
