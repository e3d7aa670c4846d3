"""`formcheck history export FILE`: the history as a table for other programs, CSV or Parquet by the ending of the name."""

import csv
from collections.abc import Iterable
from pathlib import Path

from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.core.wording.language import one_of
from formcheck.people.history import Entry
from formcheck.people.history.export import COLUMNS, rows
from formcheck.pipeline.outputs.formats.parquet_table import need_parquet, write_parquet
from formcheck.system.files import atomic_file, check_writable

_CSV, _PARQUET = ".csv", ".parquet"


def check_history_table(path: Path) -> None:
    """Raise OutputError where no table can be written to `path`, or pyarrow, which Parquet needs, is not installed."""
    if path.suffix.lower() not in (_CSV, _PARQUET):
        endings = one_of([_CSV, _PARQUET])
        raise OutputError(wording.WRONG_ENDING.format(path=path, option="history export", endings=endings))
    if path.suffix.lower() == _PARQUET:
        need_parquet(str(path))
    check_writable(path)


def write_history(path: Path, entries: Iterable[Entry]) -> int:
    """Write these sessions to `path`, whole or not at all; return how many rows they are. Raises OutputError."""
    check_history_table(path)
    table = list(rows(entries))
    with atomic_file(path) as part:
        if path.suffix.lower() == _PARQUET:
            write_parquet(part, COLUMNS, iter(table))
        else:
            with part.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([list(COLUMNS), *table])
    return len(table)
