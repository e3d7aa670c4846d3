"""A notice board for the processes that share a clip: how far each piece has been looked at, and whether to stop.

A few numbers in a file that all of them have in memory: telling costs nothing, and a process that dies leaves nothing locked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np


class Board:
    """The board in the file `path`. The first number tells to stop, the others the seconds looked at, by piece."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._numbers = np.memmap(path, np.float64, "r+")

    def stop(self) -> None:
        """Ask everybody to stop."""
        self._numbers[0] = 1.0

    @property
    def stopped(self) -> bool:
        return bool(self._numbers[0])

    def tell(self, piece: int, looked_s: float) -> None:
        """Say that `looked_s` seconds of a piece have been looked at; of its warm-up, which comes before it, none."""
        self._numbers[1 + piece] = max(0.0, looked_s)

    @property
    def looked_s(self) -> float:
        """The seconds looked at of all pieces."""
        return float(self._numbers[1:].sum())


@contextmanager
def posted(pieces: int) -> Iterator[Board]:
    """Yield a board for so many pieces; it is taken down at the end."""
    with TemporaryDirectory(prefix="formcheck-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "board"
        np.zeros(1 + pieces).tofile(path)
        yield Board(path)
