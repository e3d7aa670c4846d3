"""The files that are written of each of many clips: in folders that mirror those of the clips, so that no two are one."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from formcheck.core.errors import OutputError
from formcheck.core.wording.language import N_
from formcheck.pipeline.batch.discovery import ClipFile
from formcheck.pipeline.outputs import mirrored_path
from formcheck.system.inputs import real_path
from formcheck.vision.video.photo import is_photo

Files = Mapping[str, Path]
"""The files of one clip by the names of the outputs that write them."""


def plan_files(clips: Sequence[ClipFile], paths: Sequence[Path], folders: Mapping[str, Path]) -> list[Files]:
    """Return the files of each clip, absolute, in `folders` by output, which are made if need be.

    `paths` are the files and folders that the clips were found in: the folder that all of these are in is mirrored. Raises
    OutputError where a folder cannot be made, or a file would be a clip or that of another clip.
    """
    for folder in folders.values():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                N_("{folder}: the folder cannot be made ({reason}). Choose another place.").format(
                    folder=folder, reason=error.strerror
                )
            ) from None
    sources = {real_path(clip.path) for clip in clips}
    mirrored = _shared_folder(paths)
    planned: list[Files] = []
    taken: dict[Path, Path] = {}
    for clip in clips:
        place = Path(os.path.abspath(clip.path))  # noqa: PTH100 (a link stays where it is)
        inside = place.relative_to(mirrored or place.anchor)
        still = bool(folders) and is_photo(clip.path)
        files = {output: mirrored_path(output, folder.absolute(), inside, still=still) for output, folder in folders.items()}
        for file in files.values():
            if real_path(file) in sources:
                raise OutputError(
                    N_("{file}: is one of the clips. Choose another folder; clips are never written to.").format(file=file)
                )
            if (other := taken.setdefault(file, clip.path)) != clip.path or list(files.values()).count(file) > 1:
                raise OutputError(
                    N_("{file}: would be written twice, for {one} and {other}. Score these apart.").format(
                        file=file, one=other, other=clip.path
                    )
                )
        planned.append(files)
    return planned


def _shared_folder(paths: Sequence[Path]) -> Path | None:
    """The folder that all of these files and folders are in; `None` where they are on several disks."""
    try:
        return Path(os.path.commonpath([os.path.abspath(path if path.is_dir() else path.parent) for path in paths]))  # noqa: PTH100
    except ValueError:
        return None
