"""Puts tuned numbers into the text of a pose file: comments, order and everything else stay as they were."""

from collections.abc import Sequence
from typing import Any

import tomlkit

from formcheck.tuning.fitting.proposal import LimitChange


def edit_pose_file(text: str, rows: Sequence[LimitChange]) -> str:
    """Return `text`, a pose file in TOML, with the new numbers of `rows` in it."""
    document = tomlkit.parse(text)
    for row in rows:
        if row.changed:
            _put(document, row)
    return tomlkit.dumps(document)


def _put(document: Any, row: LimitChange) -> None:
    table = next(one for one in document[row.table] if one["measure" if row.table == "targets" else "name"] == row.name)
    if row.key.startswith("also["):
        place, _, key = row.key.removeprefix("also[").partition("].")
        table["also"][int(place)][key] = _number(row.new)
    elif isinstance(row.new, tuple):
        for i, value in enumerate(row.new):
            if row.old[i] != value:  # type: ignore[index]
                table[row.key][i] = _number(value)
    else:
        table[row.key] = _number(row.new)


def _number(value: Any) -> int | float:
    return int(value) if float(value).is_integer() else float(value)
