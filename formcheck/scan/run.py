"""The pieces of a clip, looked at by one process or by several, in order.

No more pieces are under way or wait to be taken than a few for each process, so memory does not grow with the clip.
"""

import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from multiprocessing.util import Finalize

from formcheck.quiet import silence_native_messages
from formcheck.scan.look import Looker, Task, Tell
from formcheck.scan.piece import PIECE_S, Piece, Seen, pieces

AHEAD = 2
"""Pieces asked for, by process: one under way and one to go on with."""

POLL_S = 0.1
"""How often to tell how far it is."""


def scan(task: Task, length_s: float | None, jobs: int, tell: Tell) -> Iterator[Seen]:
    """Yield what is seen of a clip of `length_s` seconds, piece by piece, looked at by `jobs` processes.

    Ends early when `tell` says so. Raises FormcheckError.
    """
    parts = pieces(length_s)
    if min(jobs, len(parts)) > 1:
        yield from _shared(task, parts, min(jobs, len(parts)), tell)
        return
    with Looker(task).opened() as looker:
        going_on = True

        def told(at_s: float) -> bool:
            nonlocal going_on
            going_on = going_on and tell(at_s)
            return going_on

        for part in parts:
            yield looker.look(part, told)
            if not going_on:
                return


def _shared(task: Task, parts: list[Piece], jobs: int, tell: Tell) -> Iterator[Seen]:
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (task,))
    try:
        waiting: deque[Future[Seen]] = deque()
        left = iter(parts)
        done = 0
        while True:
            while len(waiting) < AHEAD * jobs and (part := next(left, None)) is not None:
                waiting.append(pool.submit(_look, part))
            if not waiting:
                return
            while not wait([waiting[0]], POLL_S).done:
                if not tell((done + sum(one.done() for one in waiting)) * PIECE_S):
                    return
            yield waiting.popleft().result()
            done += 1
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_looking: list[Looker] = []
"""The engine of this process, for all the pieces it is given."""


def _begin(task: Task) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked for the pieces decides
    silence_native_messages()
    opened = Looker(task).opened()
    _looking.append(opened.__enter__())
    Finalize(None, opened.__exit__, (None, None, None), exitpriority=1)


def _look(part: Piece) -> Seen:
    return _looking[0].look(part)
