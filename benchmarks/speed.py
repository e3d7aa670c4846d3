"""How fast a clip is scored, beside the plain loop and what decoding and inference alone take.

Rounds go through all ways in turn (A B C A B C), each a process of its own. The plain loop, whose speed does not
depend on the length of a clip, sees the minute of scenes that the long clip repeats, as `--every-frame` does, and only its loop
counts; the program is timed from its start to its end.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import inside, ratios
from benchmarks.clips import SCENES_S, Kind, made
from benchmarks.process import FORMCHECK, PYTHON, run

_Round = dict[str, dict[str, float]]


def measured(kinds: Sequence[tuple[Kind, int]], folder: Path, model: Path, *, whole: bool) -> list[dict[str, Any]]:
    """Return what each clip took in so many rounds. With `whole` the plain loop also sees the first clip to its end, once."""
    rounds: dict[str, list[_Round]] = {kind.name: [] for kind, _ in kinds}
    told: dict[str, set[str]] = {kind.name: set() for kind, _ in kinds}
    for turn in range(max(count for _, count in kinds)):
        for kind, count in kinds:
            if turn < count:
                rounds[kind.name].append(dict(_ways(kind, folder, model, told[kind.name])))
    found = [
        {
            "name": kind.name,
            "width": kind.width,
            "height": kind.height,
            "fps": kind.fps,
            "megabits": 8 * made(kind, folder).stat().st_size / kind.length_s / 1e6,
            "length_s": kind.length_s,
            "rounds": rounds[kind.name],
            "same_result": len(told[kind.name]) == 1,
            "inside": {"clip_s": SCENES_S, **inside.measured(_minute(kind, folder), jobs=1)},
        }
        for kind, _ in kinds
    ]
    if whole:
        found[0]["whole"] = _looped(made(kinds[0][0], folder), kinds[0][0].length_s, "benchmarks.plain", str(model))
    return found


def _minute(kind: Kind, folder: Path) -> Path:
    return made(replace(kind, length_s=SCENES_S), folder)


def _ways(kind: Kind, folder: Path, model: Path, told: set[str]) -> Iterator[tuple[str, dict[str, float]]]:
    minute, clip = _minute(kind, folder), made(kind, folder)
    plain = ("benchmarks.plain", str(model))
    yield ratios.PLAIN, _looped(minute, SCENES_S, *plain)
    yield ratios.DRAWN, _looped(minute, SCENES_S, *plain, "--draw")
    yield ratios.EVERY, _scored(minute, SCENES_S, set(), "--every-frame", "--jobs", "1")
    yield ratios.DEFAULT, _scored(clip, kind.length_s, told)
    yield ratios.PLAIN_ALONE, _looped(minute, SCENES_S, *plain, cores=1)
    yield ratios.DEFAULT_ALONE, _scored(clip, kind.length_s, told, "--jobs", "1", cores=1)
    yield ratios.DECODING, _looped(minute, SCENES_S, "benchmarks.decode")


def _looped(clip: Path, clip_s: float, module: str, *words: str, cores: int | None = None) -> dict[str, float]:
    ran = run([*PYTHON, "-m", module, str(clip), *words], cores=cores)
    return {"clip_s": clip_s, "spent_s": json.loads(ran.out)["loop_s"], "cpu_s": ran.cpu_s}


def _scored(clip: Path, clip_s: float, told: set[str], *words: str, cores: int | None = None) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "told.json"
        ran = run([*FORMCHECK, "score", str(clip), "--json", str(document), *words], cores=cores)
        told.add(document.read_text(encoding="utf-8"))
    return {"clip_s": clip_s, "spent_s": ran.spent_s, "cpu_s": ran.cpu_s}
