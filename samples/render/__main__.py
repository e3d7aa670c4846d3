"""``python -m samples.render``: draw the sample clips."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from .chance import random_clip
from .clips import CLIPS, Clip
from .goes import GOES, random_go
from .own import OWN
from .people import Part


def main(arguments: list[str] | None = None) -> int:
    """Draw all clips, or those asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m samples.render", description=__doc__)
    parser.add_argument("--list", action="store_true", help="name the clips and stop")
    parser.add_argument("--only", metavar="NAME", action="extend", nargs="+", help="these clips only (may be repeated)")
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("samples"), help="folder (default: samples)")
    parser.add_argument("--truth", action="store_true", help="write labels and angles only, no film")
    parser.add_argument("--many", metavar="N", type=int, help="draw N clips of people, cameras and faults by chance instead")
    parser.add_argument("--seed", metavar="S", type=int, default=1, help="which clips by chance (default: 1)")
    parser.add_argument("--own", action="store_true", help="draw the clips of a stretch that ships nowhere instead")
    parser.add_argument("--goes", action="store_true", help="draw holds for strength instead; with --many N, N by chance")
    parser.add_argument("--part", choices=get_args(Part), default="tuning", help="the part they belong to (default: tuning)")
    options = parser.parse_args(arguments)
    clips: Sequence[Clip] = OWN if options.own else GOES if options.goes else CLIPS
    if options.many is not None:
        by_chance = random_go if options.goes else random_clip
        clips = [by_chance(options.seed, index, options.part) for index in range(options.many)]
    unknown = set(options.only or ()) - {clip.name for clip in clips}
    if unknown:
        print(f"no clip is called {', '.join(sorted(unknown))}; --list names them all", file=sys.stderr)
        return 2
    clips = [clip for clip in clips if not options.only or clip.name in options.only]
    if options.list:
        print("\n".join(line(clip) for clip in clips))
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    for clip in clips:
        make(clip, options.out, film=not options.truth)
    return 0


def line(clip: Clip) -> str:
    """A clip in one line."""
    width, height = clip.camera.size
    who = f"{clip.person:4} {clip.player.part:6} {clip.stretched:5} faces {clip.facing:5}"
    return f"{clip.name:36} {clip.pose:20} {who} yaw {clip.camera.yaw_deg:4.0f} {width}x{height} {float(clip.fps):.4g} fps"


def make(clip: Clip, folder: Path, film: bool) -> None:
    """Write one clip's files and say so."""
    # Imported late: naming the clips should not wait for VTK.
    from .moments import moments
    from .sidecar import write_truth

    if not film:
        write_truth(clip, list(moments(clip)), folder)
        return
    from .produce import produce

    began = time.monotonic()
    count = produce(clip, folder)
    spent = time.monotonic() - began
    size = (folder / f"{clip.name}.mp4").stat().st_size
    pace = f"{spent:.0f} s ({spent / count * 1000:.0f} ms a frame)"
    print(f"{clip.name}: {count} frames, {size / 1000:.0f} kB, {pace}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
