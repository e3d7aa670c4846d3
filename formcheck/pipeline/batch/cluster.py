"""The clips handed to a Dask cluster. Its workers see the same files at the same paths, and have the same formcheck.

An answer is fetched as soon as it is there, so that a worker that dies takes along only what it was at; Dask gives that to
another one. What was with several workers when they died (four, unless the scheduler is set otherwise) Dask gives up. That may
be the cause of it, or what stood in line behind it: so it is tried again at the end, alone, and only then reported as failed.

Where workers die, Dask's scheduler may lose the message that a clip is done or given up, and one would wait for it for ever. So
a clip that no worker is at, while a worker has nothing to do, is tried again at the end as well.
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any

from formcheck.core import wording
from formcheck.core.errors import ClusterError, WorkerLostError
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_
from formcheck.system.processes import Answer, Answers, Item, Runner, Stop, never_stop, prepare_nothing, share_heaps

CONNECT_S = 10.0
"""How long a scheduler may take to answer, and its first worker to be there."""

_LOOK_S = 0.1

_ASK_S = 2.0
"""How long no answer comes before the scheduler is asked what its workers are at, and then between these questions."""

_ALONE_S = 5.0
"""How long there is no worker before that is reported: one that is restarted by its nanny is back sooner."""

_OTHER_FORMCHECK = N_(
    "The worker {worker} has formcheck {theirs}, and here it is {ours}: results would depend on who scores. Install the same "
    "on all."
)
_NO_FORMCHECK = N_(
    "The worker {worker} has no formcheck, and here it is {ours}: results would depend on who scores. Install the same on all."
)
_NO_WORKERS_LEFT = N_("The scheduler has no workers left; waiting. Start one with `dask worker {address}`.")


@contextmanager
def cluster(
    address: str, prepare: Callable[[], None] = prepare_nothing, tell: Callable[[str], None] = lambda _: None
) -> Iterator[Runner]:
    """Yield a `Runner` on the workers of the scheduler at `address`; each calls `prepare` once. Raises ClusterError.

    It waits where there is no worker any more, and calls `tell` with a sentence about that.
    """
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError:
        raise ClusterError(
            wording.EXTRA_NEEDED.format(what="--scheduler", package="dask.distributed", extra="cluster")
        ) from None
    try:
        get_address_host_port(address)  # a client that finds out by itself leaves a complaint behind
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            N_(
                "--scheduler {address}: no Dask scheduler answers there ({reason}). "
                "Start one with `dask scheduler`; it prints its address, such as tcp://192.168.1.5:8786."
            ).format(address=address or repr(address), reason=_said(error))
        ) from None
    with client:
        _check_workers(client, address)
        yield _Workers(client, address, prepare, tell)


def _check_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError:
        raise ClusterError(
            N_("--scheduler {address}: the scheduler has no workers. Start one or more with `dask worker {address}`.").format(
                address=address
            )
        ) from None
    workers = client.get_versions(packages=["formcheck"])["workers"]
    wrong = [(where, found["packages"]["formcheck"]) for where, found in workers.items()]
    if faults := [_mismatch(where, theirs, __version__) for where, theirs in sorted(wrong) if theirs != __version__]:
        raise ClusterError(*faults)


def _mismatch(where: str, theirs: str | None, ours: str) -> str:
    sentence = _OTHER_FORMCHECK if theirs else _NO_FORMCHECK
    return sentence.format(worker=where, theirs=theirs, ours=ours)


class _Workers:
    """A `Runner` on the workers of a cluster."""

    def __init__(self, client: Any, address: str, prepare: Callable[[], None], tell: Callable[[str], None]) -> None:
        self._client = client
        self._address = address
        self._prepare = prepare
        self._tell = tell
        self._idle: set[Any] = set()
        self._answered()

    def __call__(self, work: Callable[[Item], Answer], items: Sequence[Item], stop: Stop = never_stop) -> Answers[Answer]:
        from distributed import as_completed

        done = as_completed(loop=self._client.loop, with_results=True, raise_errors=False)
        numbers: dict[Any, int] = {}

        def submit(i: int) -> None:
            future = self._client.submit(_work, __version__, self._prepare, work, items[i], pure=False, priority=-i)
            numbers[future] = i
            done.add(future)

        for i in range(len(items)):
            submit(i)
        self._answered()
        again: list[int] = []
        alone: set[int] = set()
        try:
            while (numbers or again) and not stop():
                answers = [(future, answer) for future, answer in done.next_batch(block=False) if future in numbers]
                for future, answer in answers:
                    i, found = numbers.pop(future), _answer(future.status, answer)
                    future.release()  # else Dask makes the answer anew where the worker that has it dies
                    if isinstance(found, WorkerLostError) and i not in alone:
                        again.append(i)
                    else:
                        yield i, found
                if again and not numbers:
                    alone.add(again[0])
                    submit(again.pop(0))
                elif answers:
                    self._answered()
                elif lost := self._wait(numbers):
                    self._client.cancel(lost)
                    again += [numbers.pop(future) for future in lost]
        finally:
            self._client.cancel(list(numbers))

    def _answered(self) -> None:
        """There are workers: an answer has come, or the scheduler says so."""
        self._reported = False
        self._alive_s = self._asked_s = time.monotonic()

    def _wait(self, pending: Collection[Any]) -> list[Any]:
        """Wait a little; return those of `pending` whose answers will not come.

        It tells, once each time, that all workers are gone: otherwise one would wait for answers and not know why. A scheduler
        that is not there shows in the answers themselves.
        """
        time.sleep(_LOOK_S)
        now_s = time.monotonic()
        if now_s - self._asked_s < _ASK_S or self._client.status != "running":
            return []
        self._asked_s = now_s
        try:
            at_work = self._client.processing()
        except OSError:
            return []
        if at_work:
            self._answered()
        elif not self._reported and now_s - self._alive_s >= _ALONE_S:
            self._reported = True
            self._tell(_NO_WORKERS_LEFT.format(address=self._address))
        return self._lost(pending, at_work)

    def _lost(self, pending: Collection[Any], at_work: Mapping[str, Collection[str]]) -> list[Any]:
        """Return those of `pending` that no worker is at, now and at the last question, though one of them has nothing to do.

        At one question alone, the message that it is done may still be on its way.
        """
        before, busy = self._idle, {key for keys in at_work.values() for key in keys}
        free = any(not keys for keys in at_work.values())
        self._idle = {one for one in pending if free and one.status == "pending" and one.key not in busy}
        return [one for one in pending if one in self._idle and one in before]


def _answer(status: str, answer: Any) -> Any:
    from distributed import KilledWorker

    # An answer that is here is good, though the worker that gave it may have died since, and its future be "lost".
    if status == "cancelled" or isinstance(answer, CancelledError):
        raise ClusterError(
            N_(
                "The connection to the scheduler was lost. With --json FILE what is done is kept, and --resume goes on from "
                "there."
            )
        )
    if status != "error":
        return answer
    error = answer[1]
    if isinstance(error, KilledWorker):
        return WorkerLostError(N_("The workers that had it died, one after the other: it may need more memory than they have."))
    return error


_preparing = Lock()


@cache
def _prepare_once(prepare: Callable[[], None]) -> None:
    """Prepare the process."""
    share_heaps()
    prepare()


def _work(version: str, prepare: Callable[[], None], work: Callable[[Item], Answer], item: Item) -> Answer:
    """What a worker does. One that joined after the others were checked may have another version."""
    if version != __version__:
        from distributed import get_worker

        raise ClusterError(_mismatch(get_worker().address, __version__, version))
    with _preparing:
        _prepare_once(prepare)
    return work(item)


def _said(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
