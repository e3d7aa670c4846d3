"""What is made of a clip while it is scored: files for people, tables and programs. `OUTPUTS` is the one table that names
them.
"""

import hashlib
import importlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.core.interfaces import ClipInfo
from formcheck.core.wording.language import N_, one_of
from formcheck.pipeline.outputs.base import Output, OutputRequest
from formcheck.stretches import StretchSpec
from formcheck.system.files import check_output_paths
from formcheck.system.inputs import real_path
from formcheck.ui.report.choice import FilmChoice

_ANY = ""

OUTPUTS: Mapping[str, Mapping[str, str]] = {
    "annotate": {_ANY: "annotated"},
    "measures": {".csv": "csv_table", ".parquet": "formats.parquet_table", ".mot": "formats.motion_file"},
    "json": {_ANY: "json_document"},
    "landmarks": {".csv": "landmark_table", ".trc": "formats.marker_file"},
    "report": {_ANY: "report"},
}
"""The modules of every output by its name, which is its option's, and by the ending of the file, in small letters; the first is
that of a name without one, as of a pipe. The module's `create(request)` returns the output."""


LONGEST_NAME = 200
"""Bytes of a clip's name that an output's takes over: file systems take 255, endings and marks of unfinished files are 35."""

DRAWN_VIDEOS, DRAWN_PHOTOS = (".mp4", ".m4v", ".mov"), (".jpg", ".jpeg", ".png")
"""The endings of files that are written with drawings, in small letters."""

ENDINGS: dict[str, str] = {"measures": ".csv", "json": ".json", "landmarks": ".landmarks.csv", "report": ".html"}
"""What the file of an output has after the clip's whole name. What is drawn ends as the clip does, if that can be written."""


def mirrored_path(output: str, folder: Path, clip: Path, *, still: bool) -> Path:
    """Return the file of an output in `folder` that is for the clip at `clip`, a path from the folder that is mirrored.

    It has the clip's whole name, for `a.mov` and `a.mp4` are two clips, and after it what the output writes. Of a name so long
    that no file system would take that, the beginning and a sum of all of it stand in its place. `still`: the clip is a photo.
    """
    drawn = DRAWN_PHOTOS if still else DRAWN_VIDEOS
    ending = ENDINGS.get(output, "" if clip.suffix.lower() in drawn else drawn[0])
    name = os.fsencode(clip.name)
    if len(name) <= LONGEST_NAME:
        return folder / clip.with_name(f"{clip.name}{ending}")
    begins = name[: LONGEST_NAME - len(clip.suffix.encode()) - 10].decode(errors="ignore")
    return folder / clip.with_name(f"{begins}~{hashlib.sha256(name).hexdigest()[:8]}{clip.suffix}{ending}")


def check_outputs(paths: Mapping[str, Path], clip: Path) -> None:
    """Raise OutputError, before minutes of work, where an output is not known or does not write a file that ends so, or a file
    can't be written or is the clip itself.
    """
    if unknown := [name for name in paths if name not in OUTPUTS]:
        raise OutputError(N_("There is no output {name!r}. Known: {known}.").format(name=unknown[0], known=", ".join(OUTPUTS)))
    for name, path in paths.items():
        if _ANY not in OUTPUTS[name] and path.suffix.lower() not in (_ANY, *OUTPUTS[name]):
            endings = one_of(list(OUTPUTS[name]))
            raise OutputError(wording.WRONG_ENDING.format(path=path, option=f"--{name}", endings=endings))
    check_output_paths(list(paths.values()))
    for path in paths.values():
        if real_path(path) == real_path(clip):
            raise OutputError(
                N_("{path}: is the clip itself. Give another name; the clip is never written to.").format(path=path)
            )


def create_outputs(
    paths: Mapping[str, Path],
    clip: ClipInfo,
    specs: Iterable[StretchSpec],
    *,
    every_frame: bool,
    film: FilmChoice = FilmChoice.EMBED,
) -> list[Output]:
    """Return the outputs that write to `paths`, by their names in `OUTPUTS`, in the order of that table.

    `film` is what becomes of the film in a report.

    Raises OutputError as `check_outputs` does, and where an output does not write a file that ends so.
    """
    check_outputs(paths, Path(clip.path))
    named = {spec.name: spec for spec in specs}
    requests = {
        name: OutputRequest(path=path, clip=clip, specs=named, every_frame=every_frame, film=film)
        for name, path in paths.items()
    }
    modules = {name: _module(name, paths[name]) for name in OUTPUTS if name in requests}
    return [importlib.import_module(f"{__name__}.{module}").create(requests[name]) for name, module in modules.items()]


def _module(name: str, path: Path) -> str:
    known = OUTPUTS[name]
    return known.get(path.suffix.lower(), next(iter(known.values())))
