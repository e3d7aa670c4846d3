"""Writes docs/real_people.json: how photographs of real people, labelled by eye, are judged, and how their mirror images are.

    python docs/real_people.py TABLE.csv FOLDER

A row of the table names a picture in a public repository (`repo`, `commit`, `path`), the stretch and what a person sees in it: `correct`,
`correct?` (debatable), a fault, `near` (nearly the stretch), `view` (turned too far), `none`. FOLDER has the pictures as
`FOLDER/<repo>/<path>`; they are of other people and not in this repository. `docs/accuracy.py` makes a chapter of what is written.
"""

import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

import formcheck
from formcheck.core.values import Verdict
from formcheck.vision.video import open_clip

PAGE = Path(__file__).resolve().with_suffix(".json")
LABELS = ("correct", "correct?", "arching_back", "near", "view", "none")


def judged(path: Path) -> dict[str, Any]:
    """Return what the program says of one picture: verdict, stretch, side, score, and the measures that cost most."""
    result = formcheck.score(path)
    document = result.document
    return {
        "verdict": document.verdict.value,
        "pose": document.pose,
        "side": next((side.value for side in document.sides), None),
        "score": document.score,
        "reasons": [
            *(f"{cause.measure} {cause.edge}" for cause in document.causes[:2]),
            *(document.borderline),
            *(entry.reason.value for entry in document.unseen),
        ],
    }


def mirrored(path: Path, folder: Path) -> Path:
    """Write the mirror image of a picture into `folder`, without loss."""
    import cv2

    with open_clip(path) as source:
        image = next(iter(source.frames())).image
    out = folder / "mirrored.png"
    out.write_bytes(cv2.imencode(".png", np.ascontiguousarray(image[:, ::-1, ::-1]))[1].tobytes())
    return out


def figures(rows: Iterable[Mapping[str, str]], folder: Path) -> dict[str, Any]:
    """Return the counts by label, and every picture that is judged otherwise than its label asks, by its number in the table."""
    counts: dict[str, Counter[str]] = {}
    wrong = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, row in enumerate(rows, start=1):
            if row["kind"] != "photo":
                continue
            path = folder / row["repo"] / row["path"]
            told, other = judged(path), judged(mirrored(path, Path(scratch)))
            label, verdict = row["form"], told["verdict"]
            seen = counts.setdefault(label, Counter())
            right = (
                verdict == Verdict.CORRECT and told["pose"] == row["stretch"] and told["side"] == (row["side"] or told["side"])
            )
            seen.update(["pictures", verdict, *(["told correct"] if verdict == Verdict.CORRECT else [])])
            seen.update(["right stretch and side"] if right else [])
            seen.update(["no reason"] if verdict != Verdict.CORRECT and not told["reasons"] else [])
            seen.update(["turned by the mirror"] if _kind(told) != _kind(other) else [])
            if (label == "correct") != right and not label.endswith("?"):
                wrong.append({"row": number, "label": label, **told})
    return {"labels": {label: dict(counts[label]) for label in LABELS if label in counts}, "otherwise": _unexpected(wrong)}


def _kind(told: Mapping[str, Any]) -> tuple[Any, ...]:
    return told["verdict"], told["pose"]


def _unexpected(wrong: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Correct ones that are not told so, and others that are."""
    return [one for one in wrong if one["label"] == "correct" or one["verdict"] == Verdict.CORRECT]


def main() -> None:
    """Judge the pictures named on the command line and write the figures; what was measured before is kept."""
    table, folder = map(Path, sys.argv[1:3])
    with table.open(encoding="utf-8", newline="") as file:
        now = figures(list(csv.DictReader(file)), folder)
    before = json.loads(PAGE.read_text(encoding="utf-8")) if PAGE.is_file() else {}
    PAGE.write_text(json.dumps({**before, "now": now}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
