"""`--record FILE`: the pictures of the camera as an H.264 video, in a thread of its own. Only ever on request."""

from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from typing import Protocol, Self

from formcheck.core.interfaces import Frame
from formcheck.system.files import atomic_file
from formcheck.vision.video.writer import VideoWriter

_WAIT_S = 0.2
_PATIENCE_S = 10.0
"""How long to wait for the last pictures to be written."""


class Pictures(Protocol):
    """What a camera's feed gives: the newest picture, or `None` where none came in time."""

    def next(self, timeout_s: float, /) -> Frame | None: ...


class Recording:
    """Records `feed` while it is entered; the file appears whole at the end. Pictures that come too fast are left out."""

    def __init__(self, path: Path, feed: Pictures) -> None:
        self.trouble: str | None = None
        self._path = path
        self._feed = feed
        self._over = Event()
        self._thread = Thread(target=self._run, name="recording", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join(_PATIENCE_S)
        if self._thread.is_alive():
            self.trouble = f"{self._path}: the recording was not kept (the disk took longer than {_PATIENCE_S:.0f} s)."

    def _run(self) -> None:
        try:
            with ExitStack() as stack:
                part = stack.enter_context(atomic_file(self._path))
                writer: VideoWriter | None = None
                while not self._over.is_set():
                    frame = self._feed.next(_WAIT_S)
                    if frame is None:
                        continue
                    if writer is None:
                        height, width = frame.image.shape[:2]
                        writer = stack.enter_context(VideoWriter(part, width, height))
                    writer.add(frame)
        except Exception as error:
            self.trouble = f"{self._path}: the recording was not kept ({error})."
