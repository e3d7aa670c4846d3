"""Work shared out over processes. A process that dies loses only the item it worked on, and that is tried again.

The standard pool breaks as a whole when one of its processes is killed, and does not name the item. Here every process has a
pipe of its own: it gets one item at a time, and the pipe that closes is that of the process that ended.
"""

import ctypes
import os
import pickle
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from multiprocessing import connection, get_context, parent_process, spawn
from typing import Any, Protocol, TypeVar

from formcheck.core.errors import FormcheckError, WorkerLostError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Stop = Callable[[], bool]
"""Called again and again; the work ends once it returns True."""

Answers = Generator[tuple[int, Answer | Exception]]
"""The number of an item and what came of it, as each is done: a value, or the error that was raised."""

TRIES = 2
"""An item whose process died is tried once more: other programs may have left the machine short of memory."""

_POLL_S = 0.2
"""How often `stop` is called, in seconds."""

_END_S = 5.0
"""How long an idle process may take to end by itself."""

_M_ARENA_MAX = -8  # from malloc.h

_SPAWN = get_context("spawn")  # forked, MediaPipe's and OpenCV's threads would be missing


def never_stop() -> bool:
    """Return False: the work goes on to its end."""
    return False


def prepare_nothing() -> None:
    """Prepare nothing."""


class Runner(Protocol):
    """Runs `work` on every item, the first ones first, several at once.

    Yields an item's number and its result as soon as it is done: a value, or the error that was raised (WorkerLostError
    where the process died). Work, items and results are pickled for other processes. Once `stop` returns True it ends, and
    unfinished items are given up. Close it when leaving it early.
    """

    def __call__(self, work: Callable[[Item], Answer], items: Sequence[Item], stop: Stop = never_stop) -> Answers[Answer]: ...


class ParallelMap(Protocol):
    """Runs `work` on every item, in any process; returns the answers in the items' order. `what` names the work meanwhile.

    The first error of any of them is raised.
    """

    def __call__(self, what: str, work: Callable[[Item], Answer], items: Sequence[Item], /) -> list[Answer]: ...


def answers_of(
    runner: Runner,
    work: Callable[[Item], Answer],
    items: Sequence[Item],
    *,
    stop: Stop = never_stop,
    advance: Callable[[], None] = prepare_nothing,
) -> list[Answer]:
    """Return the answers in the items' order, calling `advance` as each comes; the first error is raised."""
    found: dict[int, Answer] = {}
    with closing(runner(work, items, stop)) as answers:
        for i, answer in answers:
            if isinstance(answer, Exception):
                raise answer
            found[i] = answer
            advance()
    return [found[i] for i in range(len(items))]


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_heaps() -> None:
    """Let all threads of this process share two heaps.

    The engine starts new threads for every clip: with a heap for each of them a process grows from 200 to 510 MB over 40 clips,
    with two in all to 310, in the same time.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a C library other than GNU's, which does not have this
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def in_this_process(work: Callable[[Item], Answer], items: Sequence[Item], stop: Stop = never_stop) -> Answers[Answer]:
    """Run `work` on one item after the other here: a `Runner` for what other processes could not know."""
    for i, item in enumerate(items):
        if stop():
            return
        answer: Answer | Exception
        try:
            answer = work(item)
        except Exception as error:
            answer = error
        yield i, answer


class Processes:
    """A `Runner` on this machine: `at_once` processes, 0 = one a core; each calls `prepare` before it begins."""

    def __init__(self, at_once: int = 0, prepare: Callable[[], None] = prepare_nothing) -> None:
        self._at_once = at_once or cores()
        self._prepare = prepare

    def __call__(self, work: Callable[[Item], Answer], items: Sequence[Item], stop: Stop = never_stop) -> Answers[Answer]:
        waiting = deque((i, 1) for i in range(len(items)))
        idle: list[_Worker] = []
        busy: dict[Any, tuple[_Worker, int, int]] = {}
        try:
            while (waiting or busy) and not stop():
                while waiting and len(busy) < self._at_once:
                    i, tries = waiting.popleft()
                    worker = idle.pop() if idle else _Worker(self._prepare)
                    busy[worker.pipe] = worker, i, tries
                    worker.send(work, items[i])
                for pipe in connection.wait(list(busy), _POLL_S):
                    worker, i, tries = busy.pop(pipe)
                    try:
                        answer = worker.pipe.recv()
                    except (EOFError, OSError):
                        how = _ending(worker.end())
                        if tries < TRIES:
                            waiting.appendleft((i, tries + 1))
                        else:
                            yield i, WorkerLostError(f"The process that worked on it ended by itself, {TRIES} times ({how}).")
                        continue
                    idle.append(worker)
                    yield i, answer.error if isinstance(answer, _Raised) else answer
        finally:
            for worker, _, _ in busy.values():
                worker.kill()
            for worker in idle:
                worker.pipe.close()  # all of them at once: each then ends by itself
            for worker in [*idle, *(worker for worker, _, _ in busy.values())]:
                worker.end()


def run_isolated(function: Callable[..., str], *arguments: Any, within_s: float) -> str:
    """Return what `function(*arguments)` returns, or raise the FormcheckError that it raises or that its end amounts to."""
    worker = _Worker(prepare_nothing)
    worker.send(_answer, (function, arguments))
    try:
        if not worker.pipe.poll(within_s):
            raise FormcheckError(f"There was no answer within {within_s:.0f} s.")
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        answer = None
    finally:
        worker.kill()
        code = worker.end()
    if answer is None:
        raise FormcheckError(f"It crashed (exit code {code}).")
    if isinstance(answer, _Raised):
        raise answer.error
    return str(answer)


def _answer(call: tuple[Callable[..., str], tuple[Any, ...]]) -> str:
    function, arguments = call
    try:
        return function(*arguments)
    except FormcheckError:
        raise
    except Exception as error:  # whatever a native library throws is an answer too
        raise FormcheckError(f"{type(error).__name__}: {error}".splitlines()[0]) from None


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        self.pipe, other_end = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(other_end, prepare), daemon=True)
        with _interrupts_blocked(), without_main():
            self._process.start()
        other_end.close()

    def send(self, work: Callable[[Any], Any], item: Any) -> None:
        with suppress(OSError):  # it has died; reading from the pipe finds out
            self.pipe.send((work, item))

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """Close the pipe, wait for the process to end, and return its exit code, below 0 where a signal ended it."""
        self.pipe.close()
        self._process.join(_END_S)
        self._process.kill()
        self._process.join()
        code = self._process.exitcode or 0
        self._process.close()
        return code


def _ending(code: int) -> str:
    if code == -getattr(signal, "SIGKILL", 9):
        return "killed, which is mostly for want of memory"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


_starting = threading.Lock()
_here = threading.local()


@contextmanager
def without_main() -> Iterator[None]:
    """Processes started within by this thread do not import the program's main module.

    A spawned process would run it again, and a script without `if __name__ == "__main__"` with it. What it is given to do lies
    in modules that it imports by name.
    """
    with _starting:
        before = spawn.get_preparation_data

        def prepared(name: str) -> dict[str, Any]:
            data: dict[str, Any] = before(name)
            if getattr(_here, "without", False):
                data.pop("init_main_from_name", None)
                data.pop("init_main_from_path", None)
            return data

        spawn.get_preparation_data = prepared
        _here.without = True
        try:
            yield
        finally:
            _here.without = False
            spawn.get_preparation_data = before


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C in processes started within: it reaches every process of a terminal, and the first one decides."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Raised:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _serve(pipe: Any, prepare: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where a process can't be started with it blocked
    threading.Thread(target=_end_with_parent, daemon=True).start()
    share_heaps()
    prepare()
    while True:
        try:
            work, item = pipe.recv()
        except EOFError:
            return
        try:
            answer = work(item)
        except Exception as error:
            answer = _Raised(_portable(error))
        try:
            pipe.send(answer)
        except BrokenPipeError:
            return  # it is not awaited any more


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _portable(error: Exception) -> Exception:
    """Return the error in a form that can be pickled, with where it was raised."""
    where = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was pickled a moment ago
    except Exception:
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(where)
    return error
