"""The pieces of a clip, looked at by one process or by several, in order.

A process is given its next piece when somebody asks for what was seen in an earlier one, so memory does not grow with the clip.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path

from formcheck.quiet import silence_native_messages
from formcheck.scan.board import Board, posted
from formcheck.scan.look import Looker, Task, Tell
from formcheck.scan.piece import Piece, Seen, pieces
from formcheck.workers import Processes


def scan(task: Task, length_s: float | None, jobs: int, tell: Tell) -> Iterator[Seen]:
    """Yield what is seen of a clip of `length_s` seconds, piece by piece, looked at by `jobs` processes.

    `tell` is told how many seconds have been looked at. When it says so this ends early, with what was seen from the beginning
    on without a gap. Raises FormcheckError.
    """
    parts = pieces(length_s)
    together = min(jobs, len(parts))
    for seen in _shared(task, parts, together, tell) if together > 1 else _alone(task, parts, tell):
        yield seen
        if seen.cut:
            return


def _alone(task: Task, parts: Sequence[Piece], tell: Tell) -> Iterator[Seen]:
    with Looker(task).opened() as looker:
        for part in parts:
            yield looker.look(part, tell)


def _shared(task: Task, parts: Sequence[Piece], jobs: int, tell: Tell) -> Iterator[Seen]:
    done: dict[int, Seen | Exception] = {}
    following = 0
    with posted(len(parts)) as board:

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


_looking: list[Looker] = []
"""The open engine of this process, for all the pieces it is given; they are of one task."""


def _look(task: Task, path: Path, numbered: tuple[int, Piece]) -> Seen:
    number, part = numbered
    board = Board(path)
    if board.stopped:
        return Seen(looks=(), times_s=(), cut=True)
    if not _looking:
        looker = Looker(task)
        opened = looker.opened()
        opened.__enter__()
        Finalize(None, opened.__exit__, (None, None, None), exitpriority=1)  # closed before the interpreter ends
        _looking.append(looker)

    def tell(at_s: float) -> bool:
        board.tell(number, at_s - part.begin_s)
        return not board.stopped

    return _looking[0].look(part, tell)
