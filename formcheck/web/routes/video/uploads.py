"""Files that the page sends: piece by piece to the disk, whole or not at all."""

import asyncio
import re
import shutil
from contextlib import suppress
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from formcheck.core import wording
from formcheck.core.wording.language import N_
from formcheck.pipeline.outputs import LONGEST_NAME

MOST_UPLOAD_BYTES = 900_000_000
"""A phone films 8 to 50 Mbit/s: that is a quarter of an hour, or two and a half minutes in the finest quality it has. A larger
file is given by its path: a copy of it would only fill the disk."""

KEEP_FREE_BYTES = 500_000_000
"""So much of the disk is left to everything else."""

NO_ROOM = N_("There is too little room in {folder} for a copy of this file. Make room, or give its path instead.")

_BARRED = re.compile(r'[<>:"/\\|?*]')
"""In names of files, on one system or another."""


def file_name(given: str) -> str:
    """Return a name for a file that the page calls `given`: without folders, and such that every system takes it."""
    kept = "".join(sign if sign.isprintable() else "_" for sign in _BARRED.sub("_", given)).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    while len(kept.encode()) > LONGEST_NAME and stem:
        stem = stem[:-1]
        kept = f"{stem}{dot}{ending}"
    return kept.encode()[:LONGEST_NAME].decode(errors="ignore") or "clip"


async def receive(request: Request, folder: Path) -> Path:
    """Return the file in `folder`, which is made for it, once all of it has come.

    Raises HTTPException where it is too large, or there is no room; then nothing of it is left.
    """
    file = folder / "clip" / file_name(request.query_params.get("name", ""))
    _check_room(folder.parent, int(request.headers.get("content-length", "0")))
    try:
        await asyncio.to_thread(file.parent.mkdir, parents=True)
        with file.open("xb") as taken:
            async for piece in request.stream():
                _check_room(folder, len(piece))
                await asyncio.to_thread(taken.write, piece)
    except BaseException as error:
        await asyncio.shield(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))
        match error:
            case ClientDisconnect():  # the page has gone, or has sent more than it may
                raise HTTPException(413, wording.APP_FILE_TOO_LARGE.format(megabytes=MOST_UPLOAD_BYTES // 1_000_000)) from None
            case OSError():
                raise HTTPException(507, NO_ROOM.format(folder=folder.parent)) from None
        raise
    return file


def _check_room(folder: Path, bytes_more: int) -> None:
    with suppress(FileNotFoundError):  # it went with the check
        if shutil.disk_usage(folder).free - bytes_more < KEEP_FREE_BYTES:
            raise HTTPException(507, NO_ROOM.format(folder=folder))
