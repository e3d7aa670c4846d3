"""Work shared out over processes. A process that dies loses only the item it worked on, and that is tried again.

The standard pool breaks as a whole when one of its processes is killed, and does not name the item. Here every process has a
pipe of its own: it gets one item at a time, and the pipe that closes is that of the process that ended.
"""

import ctypes
import math
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, current_process, get_context, parent_process, spawn
from typing import Any, Protocol, TypeVar

from formcheck.core.errors import FormcheckError, TooSlowError, WorkerLostError
from formcheck.core.wording.language import N_
from formcheck.system.languages import LANGUAGE_VARIABLE, speak_language
from formcheck.system.leftovers import clear_cache

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Stop = Callable[[], bool]
"""Called again and again; the work ends once it returns True."""

Answers = Generator[tuple[int, Answer | Exception]]
"""The number of an item and what came of it, as each is done: a value, or the error that was raised."""

TRIES = 2
"""An item whose process died is tried once more: other programs may have left the machine short of memory."""

ALIVE_EVERY_S = 1.0
"""So often, at most, work tells that it has come further (seconds)."""

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


def give_way() -> None:
    """Let other processes go first from now on, on systems that know of that."""
    if hasattr(os, "nice"):
        os.nice(10)


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


def unlimited(_item: object) -> float:
    """Return how long work on any item may get no further: for ever."""
    return math.inf


def unheard(_item: int, _share: float) -> None:
    """Take no note of how far the work on an item is."""


class Processes:
    """A `Runner` on this machine: `at_once` processes, 0 = one a core; each calls `prepare` before it begins.

    `patience_s` gives the seconds that work on an item may get no further, which it tells by `tell_alive`: then its process is
    ended, and TooSlowError is what came of the item. Of work that native code has lost itself in nothing else can be had.
    `heard` is called with the number of an item and the share of it that is done, as its work tells that.

    A process of `multiprocessing.Pool` may have none of its own: all is done in it, with neither patience nor telling.
    """

    def __init__(
        self,
        at_once: int = 0,
        prepare: Callable[[], None] = prepare_nothing,
        patience_s: Callable[[Any], float] = unlimited,
        heard: Callable[[int, float], None] = unheard,
    ) -> None:
        self._at_once = at_once or cores()
        self._prepare = prepare
        self._patience_s = patience_s
        self._heard = heard

    def __call__(self, work: Callable[[Item], Answer], items: Sequence[Item], stop: Stop = never_stop) -> Answers[Answer]:
        return in_this_process(work, items, stop) if current_process().daemon else self._shared_out(work, items, stop)

    def _shared_out(self, work: Callable[[Item], Answer], items: Sequence[Item], stop: Stop) -> Answers[Answer]:
        waiting = deque((i, 1) for i in range(len(items)))
        idle: list[_Worker] = []
        busy: dict[Any, _AtWork] = {}
        try:
            while (waiting or busy) and not stop():
                while waiting and len(busy) < self._at_once:
                    i, tries = waiting.popleft()
                    worker = idle.pop() if idle else _Worker(self._prepare)
                    busy[worker.pipe] = _AtWork(worker, i, tries, self._patience_s(items[i]), time.monotonic())
                    worker.send(work, items[i])
                for pipe in connection.wait(list(busy), _POLL_S):
                    task = busy[pipe]
                    try:
                        answer = task.worker.pipe.recv()
                    except (EOFError, OSError):
                        del busy[pipe]
                        how = _ending(task.worker.end())
                        if task.tries < TRIES:
                            waiting.appendleft((task.item, task.tries + 1))
                        else:
                            yield (
                                task.item,
                                WorkerLostError(
                                    N_("The process that worked on it ended by itself, {times} times ({how}).").format(
                                        times=TRIES, how=how
                                    )
                                ),
                            )
                        continue
                    if isinstance(answer, _Alive):
                        task.heard_s = time.monotonic()
                        self._heard(task.item, answer.share)
                        continue
                    del busy[pipe]
                    idle.append(task.worker)
                    yield task.item, answer.error if isinstance(answer, _Raised) else answer
                for task in [task for task in busy.values() if time.monotonic() - task.heard_s > task.patience_s]:
                    del busy[task.worker.pipe]
                    task.worker.kill()
                    task.worker.end()
                    yield (
                        task.item,
                        TooSlowError(
                            N_("It got no further for {seconds:.0f} s, and was given up.").format(seconds=task.patience_s)
                        ),
                    )
        finally:
            _end_all(idle, [task.worker for task in busy.values()])


def _end_all(idle: Sequence["_Worker"], busy: Sequence["_Worker"]) -> None:
    """End processes: those that are at work at once, with what they had begun to write in the cache."""
    for worker in busy:
        worker.kill()
    for worker in idle:
        worker.pipe.close()  # all of them at once: each then ends by itself
    for worker in (*idle, *busy):
        worker.end()
    if busy:
        clear_cache()


def run_isolated(
    function: Callable[..., str], *arguments: Any, within_s: float, prepare: Callable[[], None] = prepare_nothing
) -> str:
    """Return what `function(*arguments)` returns, or raise the FormcheckError that it raises or that its end amounts to.

    The process that it is done in calls `prepare` first.
    """
    worker = _Worker(prepare)
    worker.send(_answer, (function, arguments))
    try:
        if not worker.pipe.poll(within_s):
            raise FormcheckError(N_("There was no answer within {seconds:.0f} s.").format(seconds=within_s))
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        answer = None
    finally:
        worker.kill()
        code = worker.end()
    if answer is None:
        raise FormcheckError(N_("It crashed (exit code {code}).").format(code=code))
    if isinstance(answer, _Raised):
        raise answer.error
    assert isinstance(answer, str)  # a sentence stays one
    return answer


def _answer(call: tuple[Callable[..., str], tuple[Any, ...]]) -> str:
    function, arguments = call
    try:
        return function(*arguments)
    except FormcheckError:
        raise
    except Exception as error:  # whatever a native library throws is an answer too
        raise FormcheckError(f"{type(error).__name__}: {error}".splitlines()[0]) from None


@dataclass(slots=True)
class _AtWork:
    """What a process works on: the number of an item, how often it was tried, and when anything was heard of it."""

    worker: "_Worker"
    item: int
    tries: int
    patience_s: float
    heard_s: float


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
        return N_("killed, which is mostly for want of memory")
    return N_("signal {number}").format(number=-code) if code < 0 else N_("exit code {code}").format(code=code)


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
    from multiprocessing.resource_tracker import ensure_running  # a process of the library's own, which Windows has not

    ensure_running()  # once it has to start that process itself, the library unblocks Ctrl-C for good
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(frozen=True, slots=True)
class _Alive:
    """Told by a process that has come further: the share that is done, from 0 to 1."""

    share: float


_told_s = 0.0
_listener: Any = None
"""The pipe to those who wait for the work of this process; `None` where nobody waits with patience."""


def tell_alive(share: float) -> None:
    """Tell which share of the work that this process was given is done, from 0 to 1. Without such work it does nothing."""
    global _told_s  # noqa: PLW0603 - one process, one piece of work
    now_s = time.monotonic()
    if _listener is not None and now_s - _told_s >= ALIVE_EVERY_S:
        _told_s = now_s
        with suppress(OSError):  # it is not awaited any more
            _listener.send(_Alive(share))


class _Raised:
    def __init__(self, error: Exception) -> None:
        self.error = error


def _serve(pipe: Any, prepare: Callable[[], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where a process can't be started with it blocked
    threading.Thread(target=_end_with_parent, daemon=True).start()
    share_heaps()
    speak_language(os.environ.get(LANGUAGE_VARIABLE))
    prepare()
    global _listener  # noqa: PLW0603
    _listener = pipe
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
