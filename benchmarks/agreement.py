"""How far the default differs from `--every-frame`: every sample clip is scored both ways and compared.

    python -m benchmarks.agreement [FOLDER or clips...] --jobs 2 [--again]

Compared is what a person is told: the stretch, its holds (how many, which sides, how long), its faults; and the measurements
that `--measures` writes, at the times that both ways measured. The clips of both parts are looked at: this chooses no number.

No two ways of seeing a clip agree wholly: the engine follows what it saw before, so that the least difference of a picture goes
on. `--again` tells how far the reference agrees with itself: every frame of a clip, and every frame of it coded anew.
"""

import argparse
import math
import multiprocessing
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from formcheck.analysis.scoring.document import Document, Sides
from formcheck.cli.commands.model import obtain
from formcheck.core.values import Side
from formcheck.pipeline.clip import score
from formcheck.pipeline.outputs.collector import MomentCollector
from formcheck.stretches.files import load_stretches
from formcheck.system.native.media_libs import av
from formcheck.system.native.native_log import silence_native_messages
from formcheck.vision.engines import EngineModel
from formcheck.vision.video import open_clip
from formcheck.vision.video.kinds import VIDEOS
from tests.support.clips import SAMPLES

HELD_WITHIN_S = 0.1
ANGLES_WITHIN_DEG = 0.7
"""What is aimed at: a hold's time, and a clip's mean difference of all angles."""

WORST = 5
"""Clips that are named in the end."""

Angles = Mapping[int, Mapping[str, float | None]]
"""Degrees by measure, by time in milliseconds; `None` = unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one way of scoring told of a clip."""

    document: Document
    angles: Angles

    @property
    def holds(self) -> list[Side | None]:
        return [hold.side for hold in self.document.holds]

    @property
    def sides(self) -> set[Side | Sides]:
        return set(self.document.sides)

    @property
    def faults(self) -> list[tuple[str, Side | None]]:
        return [(fault.name, fault.side) for fault in sorted(self.document.faults, key=lambda one: one.start_s)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One clip, told both ways. Seconds and degrees; `held_s` is the largest difference of a hold."""

    clip: str
    reference: Told
    other: Told

    @property
    def same(self) -> dict[str, bool]:
        """Whether both ways tell the same: the stretch, its holds, its sides, its faults (which and how often)."""
        one, other = self.reference, self.other
        return {
            "stretch": one.document.pose == other.document.pose,
            "holds": one.holds == other.holds,
            "sides": one.sides == other.sides,
            "faults": sorted(map(str, one.faults)) == sorted(map(str, other.faults)),
        }

    @property
    def held_s(self) -> float | None:
        """`None` where the holds are not the same ones."""
        if not self.same["holds"]:
            return None
        pairs = zip(self.reference.document.holds, self.other.document.holds, strict=True)
        return max((abs(one.held_s - other.held_s) for one, other in pairs), default=0.0)

    @property
    def angles_deg(self) -> dict[str, float]:
        """The mean absolute difference of every measure, over the frames in which both ways saw it."""
        return {name: sum(found) / len(found) for name, found in self._differences().items()}

    @property
    def angle_deg(self) -> float:
        """The mean absolute difference over all measures and frames."""
        found = [difference for some in self._differences().values() for difference in some]
        return sum(found) / len(found) if found else 0.0

    @property
    def compared(self) -> int:
        """Frames that both ways measured."""
        return len(self.reference.angles.keys() & self.other.angles.keys())

    def _differences(self) -> dict[str, list[float]]:
        found = defaultdict(list)
        for at in self.reference.angles.keys() & self.other.angles.keys():
            now = self.other.angles[at]
            for name, value in self.reference.angles[at].items():
                if value is not None and (told := now.get(name)) is not None:
                    found[name].append(abs(value - told))
        return found


def agreement(clip: Path, model: EngineModel, *, again: bool = False) -> Agreement:
    """Score a clip both ways; with `again`, every frame of it, and every frame of it coded anew. Raises FormcheckError."""
    reference = _told(clip, model, every_frame=True)
    if not again:
        return Agreement(clip=clip.stem, reference=reference, other=_told(clip, model, every_frame=False))
    with tempfile.TemporaryDirectory() as folder:
        anew = coded_anew(clip, Path(folder) / f"{clip.stem}.mp4")
        return Agreement(clip=clip.stem, reference=reference, other=_told(anew, model, every_frame=True))


def agreements(clips: Sequence[Path], model: EngineModel, jobs: int, *, again: bool = False) -> Iterator[Agreement]:
    """Score clips both ways in `jobs` processes, and yield what was found in order of the clips."""
    fresh = multiprocessing.get_context("spawn")  # not forked: an engine's threads do not come along
    with ProcessPoolExecutor(jobs, mp_context=fresh, initializer=silence_native_messages) as pool:
        yield from pool.map(partial(agreement, model=model, again=again), clips)


def coded_anew(clip: Path, path: Path) -> Path:
    """Write the pictures of `clip` to `path` once more, at their times and in good quality; return `path`."""
    with av.open(str(clip)) as source, av.open(str(path), "w") as goal:
        stored = source.streams.video[0]
        stream = goal.add_stream("libx264", rate=stored.average_rate, options={"crf": "20", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = stored.width, stored.height, "yuv420p"
        assert stored.time_base is not None
        stream.time_base = stream.codec_context.time_base = stored.time_base
        for frame in source.decode(stored):
            picture = frame.reformat(format="yuv420p")
            picture.pts, picture.time_base, picture.pict_type = frame.pts, frame.time_base, 0
            goal.mux(stream.encode(picture))
        goal.mux(stream.encode(None))
    return path


def _told(clip: Path, model: EngineModel, *, every_frame: bool) -> Told:
    kept = MomentCollector()
    with open_clip(clip) as source:
        document = score(source, model, load_stretches(), every_frame=every_frame, outputs=[kept]).document
    angles = {
        round(1000 * moment.time_s): assessment.measurements
        for moment in kept.moments
        for assessment in moment.assessments
        if assessment.pose == document.pose
    }
    return Told(document=document, angles=angles)


def videos(given: Sequence[Path]) -> list[Path]:
    """Return the videos among `given` and in the folders of it."""
    files = [file for path in given for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    return [file for file in files if file.suffix.lower() in VIDEOS]


def report(found: Sequence[Agreement]) -> Iterator[str]:
    """Yield a line for each criterion, and the clips that are furthest off."""
    for what in ("stretch", "holds", "sides", "faults"):
        other = [one.clip for one in found if not one.same[what]]
        yield f"same {what:8} {len(found) - len(other)} of {len(found)} clips" + (": not " + ", ".join(other) if other else "")
    held = sorted(((math.inf if one.held_s is None else one.held_s, one.clip) for one in found), reverse=True)
    yield _within("held time", held, HELD_WITHIN_S, "s a hold")
    yield _within("angles", sorted(((one.angle_deg, one.clip) for one in found), reverse=True), ANGLES_WITHIN_DEG, "degrees")


def _within(what: str, found: Sequence[tuple[float, str]], limit: float, unit: str) -> str:
    near = sum(value <= limit for value, _ in found)
    worst = ", ".join(f"{clip} {value:.2f}" for value, clip in found[:WORST])
    return f"{what:13} {near} of {len(found)} clips within {limit} {unit}; worst: {worst}"


def _lines(one: Agreement) -> Iterator[str]:
    differing = [what for what, same in one.same.items() if not same]
    held = "other holds" if one.held_s is None else f"held within {one.held_s:.2f} s"
    worst = max(one.angles_deg.items(), key=lambda pair: pair[1], default=("", 0.0))
    yield (
        f"{one.clip}: {held}, angles {one.angle_deg:.2f} deg over {one.compared} frames (worst {worst[0]} {worst[1]:.2f})"
        + (f", DIFFERENT {', '.join(differing)}" if differing else "")
    )
    for name, told in (("every frame", one.reference), ("other", one.other)):
        document = told.document
        holds = (f"{hold.side or '-'} {hold.start_s:.2f}-{hold.end_s:.2f} held {hold.held_s:.2f}" for hold in document.holds)
        faults = (f"{fault.name} {fault.side or '-'} {fault.start_s:.2f}-{fault.end_s:.2f}" for fault in document.faults)
        yield f"  {name:11} {document.pose or 'no stretch'}, score {document.score}"
        yield f"  {'':11} holds  {'; '.join(holds) or 'none'}"
        yield f"  {'':11} faults {'; '.join(faults) or 'none'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("clips", type=Path, nargs="*", default=[SAMPLES])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--model")
    parser.add_argument("--again", action="store_true", help="compare every frame with every frame of the clip coded anew")
    given = parser.parse_args()
    found = []
    for one in agreements(videos(given.clips), obtain(given.model), given.jobs, again=given.again):
        found.append(one)
        print("\n".join(_lines(one)), flush=True)
    print()
    print("\n".join(report(found)))


if __name__ == "__main__":
    main()
