"""`formcheck model`, and the model for every command that needs one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import LiveVerboseOption
from formcheck.cli.terminal import say
from formcheck.core.wording.language import N_, joined, shown
from formcheck.system.native.native_log import silence_native_messages

if TYPE_CHECKING:
    from formcheck.vision.engines import Announce, EngineModel


class ModelName(StrEnum):
    LITE = "lite"
    FULL = "full"
    HEAVY = "heavy"


def model(
    name: Annotated[
        ModelName, typer.Argument(metavar="lite|full|heavy", help=N_("Which one; lite is for slow machines."))
    ] = ModelName.FULL,
    verbose: LiveVerboseOption = False,
) -> None:
    """Fetch a pose model now, so that the first run needs no network."""
    from formcheck.vision.engines.mediapipe import models

    silence_native_messages(verbose=verbose)
    chosen = models.MODELS[name.value]
    if chosen.sound:
        say(N_("The pose model is already there: {path}").format(path=chosen.path))
    else:
        with _announcing() as announce:
            path = models.fetch(chosen, announce(joined("", (models.damage(chosen), chosen.explanation))))
        say(N_("The pose model is ready: {path}").format(path=path))
    if chosen.caution:
        say(chosen.caution)


def obtain(explicit: str | None) -> "EngineModel":
    """Return the engine and model to use, fetching a model that has a name with a bar if need be. Raises ModelError.

    What has to be known of a model that the limits are not set for is said on standard error.
    """
    from formcheck.vision import engines

    with _announcing() as announce:
        chosen = engines.obtain(explicit, announce)
    if caution := engines.caution_of(chosen):
        say(caution, stderr=True)
    return chosen


@contextmanager
def _announcing() -> Iterator["Announce"]:
    """Yield an announcer that says why something is fetched and draws a progress bar for it, on standard error."""
    from rich.progress import DownloadColumn, Progress, TextColumn

    from formcheck.cli.progress import BlockBar
    from formcheck.cli.terminal import console

    err = console(stderr=True)
    columns = TextColumn(shown(N_("fetching the model"))), BlockBar(), DownloadColumn()
    bar = Progress(*columns, console=err, transient=True, disable=not err.is_terminal)

    def announce(reason: str) -> Callable[[int, int], None]:
        err.print(reason)
        stack.enter_context(bar)
        task = bar.add_task("fetch", total=None)
        return lambda done, total: bar.update(task, completed=done, total=total)

    with ExitStack() as stack:
        yield announce
