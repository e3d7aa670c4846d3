"""`--measures FILE.csv`: what was measured, a row for every judged frame.

Columns: `time_s, side, correct, score`, then three per measure of the stretch, in degrees: its value, and from where to where
(`_low`, `_high`) the true one lies in 90 of 100 cases; empty = unseen. Which stretch a clip shows is known only at its end, so
each candidate's rows wait in a temporary file until then.
"""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from formcheck.analysis.scoring.result import Result
from formcheck.core.interfaces import Image
from formcheck.core.values import Assessment, Moment, Status
from formcheck.pipeline.outputs.base import AtomicFileOutput, columns_of, temporary_text, values_of

HEAD = ("time_s", "side", "correct", "score")


class MeasuresTable(AtomicFileOutput):
    """The CSV file. `correct` is true or false, and empty where the frame cannot be judged."""

    def open(self, stack: ExitStack) -> None:
        self._rows = {name: stack.enter_context(temporary_text()) for name in self.request.specs}

    def write(self, moment: Moment, picture: Image | None) -> None:
        for assessment in moment.assessments:
            names = self.request.specs[assessment.pose].measures
            csv.writer(self._rows[assessment.pose]).writerow(_row(moment.time_s, assessment, names))

    def complete(self, result: Result) -> None:
        head, rows = self.table(result)
        with self.part.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(head)
            table.writerows(rows)

    def table(self, result: Result) -> tuple[tuple[str, ...], Iterator[list[str]]]:
        """Return the names of the columns, and the rows as the texts that are in them, of the stretch that the clip shows."""
        spec = result.spec
        rows = self._rows[spec.name if spec else next(iter(self.request.specs))]
        rows.seek(0)
        measures = spec.measures if spec else ()
        head = (*HEAD, *(column for name in measures for column in columns_of(name)))
        return head, (row[: len(head)] for row in csv.reader(rows))


create = MeasuresTable


def _row(time_s: float, now: Assessment, names: tuple[str, ...]) -> list[Any]:
    correct = "" if now.status is Status.UNSEEN else str(now.status is Status.CORRECT).lower()
    score = "" if now.score is None else round(now.score)
    degrees = ["" if value is None else f"{value:.1f}" for name in names for value in values_of(now, name)]
    return [f"{time_s:.3f}", now.side or "", correct, score, *degrees]
