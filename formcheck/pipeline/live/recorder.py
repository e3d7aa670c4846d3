"""`--record FILE`: the pictures of the camera as an H.264 video, in a thread of its own. Only ever on request.

While it is filmed it lies beside FILE as NAME.unfinished.mp4, in fragments: cut off at any moment, all but the last second
of it plays. It is not hidden, for a person whose film was cut off looks for it there, and it is never overwritten nor removed
but by becoming FILE: an ordinary MP4 with its index in front.
"""

from contextlib import ExitStack
from itertools import count
from pathlib import Path
from threading import Event, Thread
from typing import Protocol, Self

from formcheck.core.errors import OutputError
from formcheck.core.interfaces import Frame
from formcheck.core.wording.language import N_
from formcheck.system.files import ReservedFile, reserved_file
from formcheck.system.inputs import why_unreadable
from formcheck.system.leftovers import forget_unfinished, note_unfinished
from formcheck.system.signals import join
from formcheck.vision.video.writer import VideoWriter, rewrite

_WAIT_S = 0.2
PATIENCE_S = 30.0
"""How long to wait for the end: half an hour of film is read and written once more, which takes a slow disk this long."""

_NOT_FINISHED = N_("{path}: the recording was not finished ({reason}).")
_NOT_FINISHED_KEPT = N_("{path}: the recording was not finished ({reason}). What there is of it is in {film}, which plays.")


class Pictures(Protocol):
    """What a camera's feed gives: the newest picture, or `None` where none came in time."""

    def next(self, timeout_s: float, /) -> Frame | None: ...


def unfinished_path(path: Path) -> Path:
    """Return where the film for `path` lies until it is finished."""
    return path.with_name(f"{path.stem}.unfinished{path.suffix}")


def _put_aside(path: Path) -> Path | None:
    """Give an earlier film for `path` that was cut off a name of its own, and return that; `None` where there is none.

    Raises OutputError where it can't be renamed.
    """
    film = unfinished_path(path)
    if not film.exists():
        return None
    names = (film.with_stem(f"{film.stem}-{number}") for number in count(2))
    kept = next(name for name in names if not name.exists())
    try:
        film.rename(kept)
    except OSError as error:
        raise OutputError(
            N_("{film}: cannot be renamed ({reason}), and is not to be overwritten.").format(film=film, reason=error.strerror)
        ) from None
    forget_unfinished(film)
    note_unfinished(kept)
    return kept


def finish_film(path: Path) -> None:
    """Make `path` of what was filmed for it before a run was cut off. Raises OutputError, also while it is being filmed."""
    film = unfinished_path(path)
    with reserved_file(path) as reserved:
        try:
            rewrite(film, reserved.part)
        except Exception as error:
            raise OutputError(
                N_("{film}: cannot be finished ({reason}). It stays as it is.").format(film=film, reason=why_unreadable(error))
            ) from None
        reserved.publish()
    film.unlink(missing_ok=True)
    forget_unfinished(film)


class Recording:
    """Records `feed` while it is entered; the file appears whole at the end. Pictures that come too fast are left out.

    Entering raises OutputError where the place is taken. `put_aside` is where an earlier film for it, that was cut off, lies
    then.
    """

    def __init__(self, path: Path, feed: Pictures) -> None:
        self.trouble: str | None = None
        self.put_aside: Path | None = None
        self._path = path
        self._feed = feed
        self._over = Event()
        self._given_up = False
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            reserved = stack.enter_context(reserved_file(self._path))
            self.put_aside = _put_aside(self._path)
            self._stack = stack.pop_all()
        self._thread = Thread(target=self._run, args=(reserved,), name="recording", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        with self._stack:
            try:
                join(self._thread, PATIENCE_S)
            finally:
                self._given_up = self._thread.is_alive()
            if self._given_up:
                film = unfinished_path(self._path)
                self.trouble = N_("There was no time to finish {path}. What was filmed is in {film}, which plays.").format(
                    path=self._path, film=film
                )

    def _run(self, reserved: ReservedFile) -> None:
        film = unfinished_path(self._path)
        try:
            self._film(film)
            if film.exists():
                rewrite(film, reserved.part)
                if not self._given_up:
                    reserved.publish()
                    film.unlink()
                    forget_unfinished(film)
        except Exception as error:
            sentence = _NOT_FINISHED_KEPT if film.exists() else _NOT_FINISHED
            self.trouble = sentence.format(path=self._path, reason=str(error), film=film)

    def _film(self, film: Path) -> None:
        """Write the pictures, until it is over. Without any there is no film."""
        with ExitStack() as stack:
            writer: VideoWriter | None = None
            while not self._over.is_set():
                frame = self._feed.next(_WAIT_S)
                if frame is None:
                    continue
                if writer is None:
                    height, width = frame.image.shape[:2]
                    note_unfinished(film)
                    writer = stack.enter_context(VideoWriter(film, width, height, fragmented=True))
                writer.add(frame)
