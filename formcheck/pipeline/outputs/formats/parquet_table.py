"""`--measures FILE.parquet`: the rows of the CSV file with types, and what is known of the clip beside them.

Columns, names and numbers are those of the CSV file: times in seconds and angles in degrees are floats, `score` a whole number,
`correct` true or false, `side` text; what is empty there is null here. The key-value metadata of the file has
`formcheck_version`, `pose`, and, as JSON, `clip` and `engine` as the JSON document has them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from formcheck.analysis.scoring.result import Result
from formcheck.pipeline.outputs.base import OutputRequest
from formcheck.pipeline.outputs.csv_table import MeasuresTable
from formcheck.pipeline.outputs.formats import extra_module

KINDS = {"time_s": "float64", "side": "string", "correct": "bool_", "score": "int64"}
"""What is in a column, as pyarrow calls it; in all others are degrees."""

_AT_ONCE = 10_000


class ParquetMeasures(MeasuresTable):
    """The Parquet file."""

    def complete(self, result: Result) -> None:
        found = result.document
        about = {
            "formcheck_version": found.formcheck_version,
            "pose": found.pose or "",
            "clip": json.dumps(found.clip.model_dump(mode="json")),
            "engine": json.dumps(found.engine.model_dump(mode="json")),
        }
        head, rows = self.table(result)
        write_parquet(self.part, {name: KINDS.get(name, "float64") for name in head}, rows, about)


def create(request: OutputRequest) -> ParquetMeasures:
    """Return the output of `--measures FILE.parquet`. Raises OutputError where pyarrow is not installed."""
    need_parquet(str(request.path))
    return ParquetMeasures(request)


def need_parquet(what: str) -> None:
    """Raise OutputError where no Parquet file can be written, as `what` would be."""
    extra_module("pyarrow.parquet", extra="parquet", what=what)


def write_parquet(
    path: Path, kinds: Mapping[str, str], rows: Iterator[Sequence[str]], about: Mapping[str, str] | None = None
) -> None:
    """Write a table of texts, as a CSV file has them, as a Parquet file.

    `kinds` are the columns and what is in them, as pyarrow calls it; a text that is empty is null. `about` becomes the
    key-value metadata.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, getattr(pa, kind)()) for name, kind in kinds.items()], metadata=about)
    made = [_MAKERS[kind] for kind in kinds.values()]
    # By an open file of Python's own, whose errors are those of every other file.
    with path.open("wb") as out, pq.ParquetWriter(out, schema) as writer:
        some: list[Sequence[str]] = []

        def write() -> None:
            columns = zip(made, zip(*some, strict=True), strict=True)
            table = [[make(text) if text else None for text in column] for make, column in columns]
            writer.write_table(pa.table(table, schema=schema))
            some.clear()

        for row in rows:
            some.append(row)
            if len(some) == _AT_ONCE:
                write()
        if some:
            write()


_MAKERS: Mapping[str, Any] = {"float64": float, "int64": int, "bool_": "true".__eq__, "string": str}
