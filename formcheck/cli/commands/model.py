"""`formcheck model`, and the model for every command that needs one."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from formcheck.system.native_log import silence_native_messages
from formcheck.vision import engines
from formcheck.vision.engines import Announce, EngineModel


def fetch_model(name: str, *, verbose: bool) -> None:
    """Fetch the model of that name, whatever the environment names."""
    if not verbose:
        silence_native_messages()
    from formcheck.vision.engines.mediapipe import models

    model = models.MODELS[name]
    if model.kept.is_file():
        print(f"The pose model is already there: {model.kept}")
        return
    with announcing() as announce:
        path = models.fetch(model, announce(model.explanation))
    print(f"The pose model is ready: {path}")


@contextmanager
def announcing() -> Iterator[Announce]:
    """Yield an announcer that says why something is fetched and draws a progress bar for it, on standard error."""
    console = Console(file=sys.stderr)
    bar = Progress(TextColumn("fetching the model"), BarColumn(), DownloadColumn(), console=console, transient=True)

    def announce(why: str) -> engines.Progress:
        console.print(why)
        stack.enter_context(bar)
        task = bar.add_task("fetch", total=None)
        return lambda done, total: bar.update(task, completed=done, total=total)

    with ExitStack() as stack:
        yield announce


def obtain(explicit: str | None) -> EngineModel:
    """Return the engine and model to use, fetching a model that has a name with a progress bar if need be. Raises
    ModelError.
    """
    with announcing() as announce:
        return engines.obtain(explicit, announce)
