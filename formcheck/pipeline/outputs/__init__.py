"""What is made of a clip while it is scored: files for people, tables and programs. `OUTPUTS` is the one table that names
them.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.core.interfaces import ClipInfo
from formcheck.stretches import StretchSpec

if TYPE_CHECKING:
    from formcheck.pipeline.outputs.base import Output

OUTPUTS: dict[str, str] = {
    "json": "formcheck.pipeline.outputs.json_document",
    "measures": "formcheck.pipeline.outputs.csv_table",
    "annotate": "formcheck.pipeline.outputs.annotated",
    "landmarks": "formcheck.pipeline.outputs.landmark_table",
}
"""The module of every output by its name, which is its option's. The module's `create(request)` returns the output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputRequest:
    """A file that was asked for: where it goes, of which clip it is, and how that is looked at.

    `specs` are the stretches that are looked for, by name.
    """

    path: Path
    clip: ClipInfo
    specs: Mapping[str, StretchSpec]
    every_frame: bool = False


def create_output(name: str, request: OutputRequest) -> "Output":
    """Return the output called `name` in `OUTPUTS`. Raises OutputError where it does not write files of that kind, and
    KeyError.
    """
    output: Output = importlib.import_module(OUTPUTS[name]).create(request)
    return output
