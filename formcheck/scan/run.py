"""The pieces of a clip, looked at by one process or by several, in order.

A process is given its next piece when somebody asks for what was seen in an earlier one, so memory does not grow with the clip.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from multiprocessing.util import Finalize

from formcheck.quiet import silence_native_messages
from formcheck.scan.look import Looker, Task, Tell
from formcheck.scan.piece import PIECE_S, Piece, Seen, pieces
from formcheck.workers import Processes


def scan(task: Task, length_s: float | None, jobs: int, tell: Tell) -> Iterator[Seen]:
    """Yield what is seen of a clip of `length_s` seconds, piece by piece, looked at by `jobs` processes.

    Ends early when `tell` says so. Raises FormcheckError.
    """
    parts = pieces(length_s)
    if min(jobs, len(parts)) > 1:
        yield from _shared(task, parts, min(jobs, len(parts)), tell)
        return
    going_on = True

    def told(at_s: float) -> bool:
        nonlocal going_on
        going_on = going_on and tell(at_s)
        return going_on

    with Looker(task).opened() as looker:
        for part in parts:
            yield looker.look(part, told)
            if not going_on:
                return


def _shared(task: Task, parts: list[Piece], jobs: int, tell: Tell) -> Iterator[Seen]:
    done: dict[int, Seen | Exception] = {}
    following = 0

    def stop() -> bool:
        return not tell((following + len(done)) * PIECE_S)

    with closing(Processes(jobs, silence_native_messages)(partial(_look, task), parts, stop)) as found:
        for i, seen in found:
            done[i] = seen
            while (now := done.pop(following, None)) is not None:
                if isinstance(now, Exception):
                    raise now
                following += 1
                yield now


_looking: list[Looker] = []
"""The open engine of this process, for all the pieces it is given; they are of one task."""


def _look(task: Task, part: Piece) -> Seen:
    if not _looking:
        looker = Looker(task)
        opened = looker.opened()
        opened.__enter__()
        Finalize(None, opened.__exit__, (None, None, None), exitpriority=1)  # closed before the interpreter ends
        _looking.append(looker)
    return _looking[0].look(part)
