"""Writes docs/strength.json: when rendered holds for strength begin and end, and when the program says they do.

    python -m samples.render --goes --many 18 --part test --out FOLDER
    python docs/strength.py FOLDER

Every clip is judged twice: as the hold that it shows, by its name, and as nothing in particular, which must name no stretch.
`docs/accuracy.py` makes a chapter of what is written.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import formcheck
from formcheck.core.values import Hold
from formcheck.stretches.files import every_stretch
from formcheck.tuning.evaluation.compare import true_holds
from formcheck.tuning.labels import LabelledClip, find_clips
from formcheck.vision.video.random_access import length_of

PAGE = Path(__file__).resolve().with_suffix(".json")
LEAST_S = 1.0
"""A labelled hold is at least this long."""


def goes(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield every labelled hold of the clips in `folder`, with what was found of it."""
    specs = {spec.name: spec for spec in every_stretch() if spec.to_the_end}
    for clip in find_clips([folder], {spec.name: spec for spec in every_stretch()}, length_of=length_of):
        if clip.labels.pose not in specs:
            continue
        found = formcheck.score(clip.video, stretch=clip.labels.pose)
        anything = formcheck.score(clip.video)
        yaw_deg = clip.labels.camera.yaw_deg if clip.labels.camera is not None else 0.0
        for true in true_holds(clip.labels):
            if true.held_s >= LEAST_S:
                print(clip.video.stem, round(true.end_s, 2), flush=True)
                yield {
                    "clip": clip.video.stem,
                    "pose": clip.labels.pose,
                    "yaw_deg": yaw_deg,
                    "true": [round(true.start_s, 3), round(true.end_s, 3)],
                    **nearest(true, found.holds),
                    "taken_for": anything.document.pose,
                    "held_as_that_s": sum(hold.held_s for hold in anything.holds),
                    "side_right": _side_right(clip, found),
                }


def nearest(true: Hold, holds: Sequence[Any]) -> dict[str, Any]:
    """Return the hold that overlaps a true one most, and how many do."""
    overlaps = [(min(true.end_s, one.end_s) - max(true.start_s, one.start_s), one) for one in holds]
    touching = [one for one in overlaps if one[0] > 0]
    if not touching:
        return {"found": None, "pieces": 0}
    best = max(touching, key=lambda one: one[0])[1]
    return {"found": [best.start_s, best.end_s], "pieces": len(touching)}


def _side_right(clip: LabelledClip, found: formcheck.Result) -> bool | None:
    side = clip.labels.stretched_side
    return None if side is None else [str(one) for one in found.sides] == [str(side)]


def main() -> None:
    rows = sorted(goes(Path(sys.argv[1])), key=lambda row: (row["pose"], row["clip"], row["true"]))
    PAGE.write_text(json.dumps({"goes": rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
