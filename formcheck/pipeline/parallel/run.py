"""The pieces of a clip, looked at by one process or by several, in order.

A process is given its next piece when somebody asks for what was seen in an earlier one, so memory does not grow with the clip.

A notice board for the processes that share a clip: how far each piece has been looked at, and whether to stop.

A few numbers in a file that all of them have in memory: telling costs nothing, and a process that dies leaves nothing locked.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from formcheck.pipeline.parallel.detect import DetectionJob, Detector, Tell
from formcheck.pipeline.parallel.segments import Segment, SegmentDetections, segments_of
from formcheck.system.native_log import silence_native_messages
from formcheck.system.processes import Processes


class SharedProgress:
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
def shared_progress(pieces: int) -> Iterator[SharedProgress]:
    """Yield a board for so many pieces; it is taken down at the end."""
    with TemporaryDirectory(prefix="formcheck-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "board"
        np.zeros(1 + pieces).tofile(path)
        yield SharedProgress(path)


def detect_segments(task: DetectionJob, length_s: float | None, jobs: int, tell: Tell) -> Iterator[SegmentDetections]:
    """Yield what is seen of a clip of `length_s` seconds, piece by piece, looked at by `jobs` processes.

    `tell` is told how many seconds have been looked at. When it says so this ends early, with what was seen from the beginning
    on without a gap. Raises FormcheckError.
    """
    parts = segments_of(length_s)
    together = min(jobs, len(parts))
    for seen in _shared(task, parts, together, tell) if together > 1 else _alone(task, parts, tell):
        yield seen
        if seen.cut:
            return


def _alone(task: DetectionJob, parts: Sequence[Segment], tell: Tell) -> Iterator[SegmentDetections]:
    with Detector(task).opened() as looker:
        for part in parts:
            yield looker.look(part, tell)


def _shared(task: DetectionJob, parts: Sequence[Segment], jobs: int, tell: Tell) -> Iterator[SegmentDetections]:
    done: dict[int, SegmentDetections | Exception] = {}
    following = 0
    with shared_progress(len(parts)) as board:

        def stop() -> bool:
            if not tell(board.looked_s):
                board.stop()
            return False  # those at work stop by themselves, and hand over what they have seen

        work = partial(_look, task, board.path)
        with closing(Processes(jobs, silence_native_messages)(work, list(enumerate(parts)), stop)) as found:
            for i, seen in found:
                done[i] = seen
                while (now := done.pop(following, None)) is not None:
                    if isinstance(now, Exception):
                        raise now
                    following += 1
                    yield now


_looking: list[Detector] = []
"""The open engine of this process, for all the pieces it is given; they are of one task."""


def _look(task: DetectionJob, path: Path, numbered: tuple[int, Segment]) -> SegmentDetections:
    number, part = numbered
    board = SharedProgress(path)
    if board.stopped:
        return SegmentDetections(looks=(), times_s=(), cut=True)
    if not _looking:
        looker = Detector(task)
        opened = looker.opened()
        opened.__enter__()
        Finalize(None, opened.__exit__, (None, None, None), exitpriority=1)  # closed before the interpreter ends
        _looking.append(looker)

    def tell(at_s: float) -> bool:
        board.tell(number, at_s - part.begin_s)
        return not board.stopped

    return _looking[0].look(part, tell)
