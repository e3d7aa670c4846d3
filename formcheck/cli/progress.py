"""Bars that show how far the work is, of one clip or of many; and many things at once, each in a process of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.progress import Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from formcheck.cli.terminal import console
from formcheck.core.wording.language import N_, shown
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.processes import Answer, Item, Processes, answers_of

Show = Callable[[float, float | None], None]
"""Called with the seconds done and in all (`None` = not known)."""

Advance = Callable[..., None]
"""Called when one more is done, with its `weight`, and with `failed` if it could not be done."""

_SPEED_OVER_S = 3600.0
"""The remaining time goes by the speed over the last hour: single clips take minutes."""

_BLOCKS = 20

_FAILED = N_(", {count} failed")


class BlockBar(ProgressColumn):
    """A bar of full and light blocks: the library's own tells the two by colour alone."""

    def render(self, task: Task) -> Text:
        filled = round(_BLOCKS * min(1.0, task.completed / task.total)) if task.total else 0
        return Text("█" * filled, style="good") + Text("░" * (_BLOCKS - filled))


@contextmanager
def clip_bar(what: str) -> Iterator[Show]:
    """Draw a bar for one clip on standard error; yield what moves it."""
    with _drawn(what, "{task.percentage:>3.0f} %") as progress:
        task = progress.add_task(what, total=None)
        yield lambda done_s, of_s: progress.update(task, completed=done_s, total=of_s)


def _drawn(what: str, figures: str, **options: Any) -> Progress:
    columns = (TextColumn(shown(what)), BlockBar(), TextColumn(figures), TimeRemainingColumn())
    err = console(stderr=True)
    # Where it is piped on there is no bar, and its end would be an empty line.
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal, **options)


@contextmanager
def bar(what: str, count: int, weight: float | None = None) -> Iterator[Advance]:
    """Draw a bar for `count` things on standard error; yield what moves it.

    `weight` is that of all of them, where some take longer than others: the remaining time goes by weight.
    """
    figures = "{task.fields[done]}/{task.fields[count]}{task.fields[failures]}"
    total = count if weight is None else weight
    done = failures = 0
    with _drawn(what, figures, speed_estimate_period=_SPEED_OVER_S) as progress:
        task = progress.add_task(what, total=total, done=0, count=count, failures="")

        def advance(*, weight: float = 1, failed: bool = False) -> None:
            nonlocal done, failures
            done += 1
            failures += failed
            message = shown(_FAILED.format(count=failures)) if failures else ""
            progress.update(task, advance=weight, done=done, failures=message)

        yield advance


def side_by_side(what: str, work: Callable[[Item], Answer], items: Sequence[Item], jobs: int) -> list[Answer]:
    """Return `work` of every item, in the order of the items, whichever is done first. `jobs` at once; 0 is one a core.

    `work` and the items travel to other processes. The first error of any of them is raised.
    """
    with bar(what, len(items)) as advance:
        return answers_of(Processes(jobs, silence_native_messages), work, items, advance=advance)
