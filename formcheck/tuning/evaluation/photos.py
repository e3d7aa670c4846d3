"""Labelled photographs: a `photos.csv` with the columns `file, stretch, stretched_side, form` beside them.

`form` is `correct`, `near` (nearly the stretch: either answer is right), a fault's name, `view` (cannot be judged from
there) or `none` (not the stretch).
"""

from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis.scoring.result import Result
from formcheck.core.errors import SourceError
from formcheck.core.values import Reason, Verdict
from formcheck.core.wording.language import N_
from formcheck.pipeline.clip import score
from formcheck.stretches.files import load_stretches, unreadable
from formcheck.system.documents import TextError, table_rows
from formcheck.vision.engines import EngineModel
from formcheck.vision.video import open_clip

COLUMNS = {"file", "stretch", "stretched_side", "form"}


@dataclass(slots=True)
class PhotoSums:
    """Counts of the photographs of one labelled form, by the answer given.

    Attributes
    ----------
    photos : int
        All of them.
    stretch_right, side_right : int
        Those whose stretch, and whose stretched side alone, was reported as labelled.
    told_correct : int
        Those reported correct.
    told_fault : int
        Those with the labelled fault reported.
    told_unseen, told_turn : int
        Those that could not be judged, and those among them where the person was turned too far from side-on.
    """

    photos: int = 0
    stretch_right: int = 0
    side_right: int = 0
    told_correct: int = 0
    told_fault: int = 0
    told_unseen: int = 0
    told_turn: int = 0


def evaluate_photos(table: Path, model: EngineModel) -> dict[str, PhotoSums]:
    """Return the sums by form for every photograph in `table`. Raises SourceError."""
    try:
        rows = [row for _, row in table_rows(table, sorted(COLUMNS))]
    except FileNotFoundError:
        raise SourceError(N_("{path}: there is no such file.").format(path=table)) from None
    except (OSError, TextError) as error:
        raise SourceError(N_("{path}: {reason}.").format(path=table, reason=unreadable(error))) from None
    if not rows:
        raise SourceError(
            N_("{path}: needs a row for every photograph and the columns {columns}.").format(
                path=table, columns=", ".join(sorted(COLUMNS))
            )
        )
    sums: dict[str, PhotoSums] = {}
    for row in rows:
        with open_clip(table.parent / row["file"]) as source:
            _count(sums.setdefault(row["form"], PhotoSums()), row, score(source, model, load_stretches()))
    return sums


def _count(sums: PhotoSums, row: dict[str, str], result: Result) -> None:
    document = result.document
    sums.photos += 1
    sums.stretch_right += (document.pose or "none") == row["stretch"]
    sums.side_right += bool(row["stretched_side"]) and [str(side) for side in document.sides] == [row["stretched_side"]]
    sums.told_correct += result.verdict is Verdict.CORRECT
    sums.told_fault += row["form"] in [fault.name for fault in document.faults]
    sums.told_unseen += bool(document.unseen)
    sums.told_turn += Reason.VIEW in [entry.reason for entry in document.unseen]
