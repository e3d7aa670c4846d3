"""Many clips at once, each in a process of its own, with a bar that shows how far they are."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from multiprocessing import get_context
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from formcheck.quiet import silence_native_messages

Item = TypeVar("Item")
Found = TypeVar("Found")


def side_by_side(what: str, work: Callable[[Item], Found], items: Sequence[Item], jobs: int) -> list[Found]:
    """Return `work` of every item, in the order of the items, whoever finishes first. `jobs` at once; 0 is one a core.

    `work` and the items travel to other processes. The first error of any of them is raised.
    """
    if not items:
        return []
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
        task = progress.add_task("clips", total=len(items))
        at_once = min(jobs or os.cpu_count() or 1, len(items))
        pool = stack.enter_context(ProcessPoolExecutor(at_once, get_context("spawn"), silence_native_messages))
        waiting = [pool.submit(work, item) for item in items]
        for done in as_completed(waiting):
            if (error := done.exception()) is not None:
                pool.shutdown(wait=False, cancel_futures=True)
                raise error
            progress.advance(task)
        return [one.result() for one in waiting]
