"""How fast `formcheck score` is, beside the plain MediaPipe loop, and what else scoring costs.

    python -m samples.render --many 110 --seed 2611 --part test --out FURTHER
    python -m benchmarks.score --out docs/performance.json [--quick | --full] [--only PART ...] [--further FURTHER]
    python -m docs.performance

Run by hand, on Linux (the part `live` wants Xvfb and xdotool), on a machine that does nothing else. `--clips` keeps
the clips that are made, which takes minutes; `--only` measures some parts anew and leaves the others in the file as they are.
`--quick` leaves out 1080p24 and 1080p60; `--full` lets the plain loop see the longest clip to its end.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import Any

import formcheck
from benchmarks import agreement, live, many, memory, ratios, speed, start
from benchmarks.clips import Kind
from benchmarks.process import machine
from formcheck.cli.commands.model import obtain
from formcheck.system.files import atomic_file
from formcheck.vision.engines import VARIABLE, mediapipe_model
from tests.support.clips import SAMPLES

TARGET = (Kind(height=1080, fps=30, length_s=600.0), 2)
"""The clip that the program's speed is told by, and its rounds."""
PHONE = Kind(height=1080, fps=30, length_s=300.0, megabits=8.0)
OTHERS = (
    (PHONE, 1),
    *((Kind(height=height, fps=fps, length_s=300.0), 1) for height, fps in ((480, 30), (720, 30), (1080, 24), (1080, 60))),
)
QUICK = 3
"""How many of the others are measured when there is little time."""
LIVE_S = 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True, help="the file of results")
    parser.add_argument("--clips", type=Path, help="where clips are made and kept (default: a temporary folder)")
    parser.add_argument("--further", type=Path, help="a folder of further clips to compare the default with every frame on")
    parser.add_argument("--model", help="a bundle as published (default: formcheck's own)")
    parser.add_argument("--only", action="extend", nargs="+", choices=list(_parts()), metavar="PART", help=", ".join(_parts()))
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--quick", action="store_true")
    amount.add_argument("--full", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        given.clips = given.clips or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        given.clips.mkdir(parents=True, exist_ok=True)
        file = obtain(given.model).file
        assert file is not None
        given.model = file.resolve()
        os.environ[VARIABLE] = str(given.model)
        # What the program keeps for the next time is no part of what is measured, and nobody's cache gets fuller.
        os.environ["XDG_CACHE_HOME"] = stack.enter_context(tempfile.TemporaryDirectory())
        for name, measure in _parts().items():
            if given.only is None or name in given.only:
                print(f"{name} ...", file=sys.stderr, flush=True)
                if (found := measure(given)) is not None:
                    _keep(given.out, name, found)


def _parts() -> dict[str, Callable[[argparse.Namespace], Any]]:
    return {
        "speed": _speed,
        "memory": lambda given: memory.measured(given.clips),
        "start": lambda _: start.measured(),
        "many": lambda given: many.measured(given.clips),
        "live": lambda _: live.measured(LIVE_S),
        "held": lambda _: live.measured(LIVE_S, held=True),
        "agreement": lambda given: _agreement(given, SAMPLES),
        "further": _further,
    }


def _speed(given: argparse.Namespace) -> list[dict[str, Any]]:
    kinds = (TARGET, *(OTHERS[:QUICK] if given.quick else OTHERS))
    found = speed.measured(kinds, given.clips, given.model, whole=given.full)
    for clip in found:
        print("\n".join(ratios.lines(clip)), flush=True)
    return found


def _further(given: argparse.Namespace) -> dict[str, list[dict[str, Any]]] | None:
    if given.further is None:
        return None
    return {"default": _agreement(given, given.further), "anew": _agreement(given, given.further, again=True)}


def _agreement(given: argparse.Namespace, folder: Path, *, again: bool = False) -> list[dict[str, Any]]:
    clips, jobs = agreement.videos([folder]), os.cpu_count() or 1
    found = list(agreement.agreements(clips, mediapipe_model(given.model), jobs, again=again))
    print("\n".join(agreement.report(found)))
    return [
        {"clip": one.clip, "same": one.same, "held_s": one.held_s, "angle_deg": one.angle_deg, "compared": one.compared}
        for one in found
    ]


def _keep(out: Path, name: str, found: Any) -> None:
    """Put what one part found beside what is there, with where it was found."""
    told = json.loads(out.read_text(encoding="utf-8")) if out.is_file() else {}
    versions = {package: version(package) for package in ("mediapipe", "opencv-python", "av", "numpy")}
    told[name] = {
        "machine": machine(),
        "cores": len(os.sched_getaffinity(0)),
        "versions": {"formcheck": formcheck.__version__, **versions},
        "found": found,
    }
    with atomic_file(out) as part:
        part.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
