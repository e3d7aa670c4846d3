"""The film in a report: made small and put into the page, linked beside it, or left out."""

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from formcheck.core import wording
from formcheck.core.interfaces import Frame, Image
from formcheck.core.plain_text import one_line, path_as_text
from formcheck.system.leftovers import temporary_folder
from formcheck.ui.report.pictures import HEIGHT
from formcheck.vision.video.writer import VideoWriter

LARGEST_MB = 20
"""A page is not made larger than this by its film; a few minutes of a person who keeps still take half of it."""

_LARGEST_BYTES = LARGEST_MB * 1_000_000 * 3 // 4  # as text it takes a third more
_CRF = 27
_LOOK_EVERY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """The film of a page: `content` is an MP4, `href` leads to one beside the page. `begin_s` is where in the clip it begins.
    `picture` is that of a photo, as an address that has all of it.

    `note` says where it is, or why there is none.
    """

    content: bytes | None = None
    href: str | None = None
    picture: str | None = None
    begin_s: float = 0.0
    note: str = ""


NO_FILM = Film(note=wording.REPORT_FILM_WITHOUT)


class SmallFilm:
    """Takes the pictures of a clip while it is entered, and makes a small film of them; none where it gets too large."""

    def __init__(self, width: int, height: int, fps: float | None) -> None:
        scale = min(1.0, HEIGHT / height)
        self._size = max(2, round(width * scale)), max(2, round(height * scale))
        self._fps = fps or 25.0
        self._stack = ExitStack()
        self._writer: VideoWriter | None = None
        self._begin_s: float | None = None
        self._count = 0
        self._too_large = False

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._path = stack.enter_context(temporary_folder()) / "film.mp4"
            self._writing = stack.enter_context(ExitStack())
            self._writer = self._writing.enter_context(VideoWriter(self._path, *self._size, self._fps, crf=_CRF))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def add(self, image: Image, time_s: float) -> None:
        """Take in the next picture."""
        if self._too_large or self._writer is None:
            return
        self._begin_s = time_s if self._begin_s is None else self._begin_s
        self._writer.add(Frame(image=image, time_s=time_s - self._begin_s))
        self._count += 1
        if self._count % _LOOK_EVERY == 0:
            self._too_large = self._path.stat().st_size > _LARGEST_BYTES

    def film(self) -> Film:
        """Return the film; call once, after the last picture."""
        self._writing.close()
        self._writer = None
        content = self._path.read_bytes() if self._count else b""
        if self._too_large or len(content) > _LARGEST_BYTES:
            return Film(note=wording.REPORT_FILM_TOO_LARGE.format(megabytes=LARGEST_MB))
        return Film(content=content, begin_s=self._begin_s or 0.0) if content else NO_FILM


def linked(clip: Path, page: Path) -> Film:
    """Return the film at `clip` as a page at `page` leads to it: from its own folder, so both can be moved together."""
    path = os.path.abspath(clip)  # noqa: PTH100 (a link stays what it is)
    try:
        beside = os.path.relpath(path, os.path.abspath(page.parent))  # noqa: PTH100
        href = "/".join(quote(os.fsencode(part), safe="") for part in Path(beside).parts)
    except ValueError:  # on another disk
        href = Path(path).as_uri()
    name = one_line(path_as_text(str(clip.name)))
    return Film(href=href if "://" in href else f"./{href}", note=wording.REPORT_FILM_LINKED.format(name=name))
