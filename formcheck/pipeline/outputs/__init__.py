"""What is made of a clip while it is scored: files for people, tables and programs. `OUTPUTS` is the one table that names
them.
"""

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.core.errors import OutputError
from formcheck.core.interfaces import ClipInfo
from formcheck.stretches import StretchSpec
from formcheck.system.files import check_output_paths

if TYPE_CHECKING:
    from formcheck.pipeline.outputs.base import Output

OUTPUTS: dict[str, str] = {
    "annotate": "formcheck.pipeline.outputs.annotated",
    "measures": "formcheck.pipeline.outputs.csv_table",
    "json": "formcheck.pipeline.outputs.json_document",
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


def create_outputs(
    paths: Mapping[str, Path], clip: ClipInfo, specs: Iterable[StretchSpec], *, every_frame: bool
) -> list["Output"]:
    """Return the outputs called as the keys of `paths`, in the order of `OUTPUTS`.

    Raises OutputError, before minutes of work, where one is not known or does not write such a file, a file cannot be written,
    is named twice, or is the clip itself.
    """
    if unknown := [name for name in paths if name not in OUTPUTS]:
        raise OutputError(f"There is no output {unknown[0]!r}. Known: {', '.join(OUTPUTS)}.")
    check_output_paths(list(paths.values()))
    for path in paths.values():
        if path.resolve() == Path(clip.path).resolve():
            raise OutputError(f"{path}: is the clip itself. Give another name; the clip is never written to.")
    named = {spec.name: spec for spec in specs}
    requests = {
        name: OutputRequest(path=paths[name], clip=clip, specs=named, every_frame=every_frame)
        for name in OUTPUTS
        if name in paths
    }
    return [importlib.import_module(OUTPUTS[name]).create(request) for name, request in requests.items()]
