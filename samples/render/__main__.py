"""``python -m samples.render``: draw the sample clips."""

import argparse
import sys
import time
from pathlib import Path

from .clips import CLIPS, Clip


def main(arguments: list[str] | None = None) -> int:
    """Draw all clips, or those asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m samples.render", description=__doc__)
    parser.add_argument("--list", action="store_true", help="name the clips and stop")
    parser.add_argument("--only", metavar="NAME", action="append", help="this clip only (may be repeated)")
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("samples"), help="folder (default: samples)")
    parser.add_argument("--truth", action="store_true", help="write labels and angles only, no film")
    options = parser.parse_args(arguments)
    if options.list:
        print("\n".join(line(clip) for clip in CLIPS))
        return 0
    unknown = set(options.only or ()) - {clip.name for clip in CLIPS}
    if unknown:
        print(f"no clip is called {', '.join(sorted(unknown))}; --list names them all", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    for clip in CLIPS:
        if not options.only or clip.name in options.only:
            make(clip, options.out, film=not options.truth)
    return 0


def line(clip: Clip) -> str:
    """A clip in one line."""
    width, height = clip.camera.size
    who = f"{clip.person:4} {clip.stretched:5} faces {clip.facing:5}"
    return f"{clip.name:28} {clip.pose:20} {who} {width}x{height} {float(clip.fps):g} fps"


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
