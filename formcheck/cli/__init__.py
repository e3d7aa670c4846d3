"""The command line: its commands in their order, and the one place where errors become a sentence and an exit code.

A command's module declares its options; what it needs to work is imported when it runs, for `formcheck --help` must be instant.
"""

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from formcheck.cli.commands.calibrate import calibrate
from formcheck.cli.commands.doctor import doctor
from formcheck.cli.commands.evaluate import evaluate, samples
from formcheck.cli.commands.history import history
from formcheck.cli.commands.live import live
from formcheck.cli.commands.model import model
from formcheck.cli.commands.new import new
from formcheck.cli.commands.poses import poses, routines
from formcheck.cli.commands.profiles import profiles
from formcheck.cli.commands.record import record
from formcheck.cli.commands.score import score
from formcheck.cli.commands.tune import tune
from formcheck.core.errors import FormcheckError
from formcheck.core.version import __version__
from formcheck.system.files import DISK_ERRORS

app = typer.Typer(
    name="formcheck",
    help="A form checker for hip flexor and psoas stretches. Nothing leaves this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help costs half the time of a boxed one
    add_completion=False,
)
_COMMANDS: tuple[Callable[..., None], ...] = (score, live, calibrate, record, new, evaluate, tune, model, doctor)
_GROUPS = {"poses": poses, "routines": routines, "history": history, "profiles": profiles, "samples": samples}

for _command in _COMMANDS:
    app.command()(_command)
for _name, _group in _GROUPS.items():
    app.add_typer(_group, name=_name)


def main() -> None:
    """Run the command line; the entry point of `formcheck`."""
    try:
        app()
    except FormcheckError as error:
        print(f"formcheck: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # What reads the output has had enough, as in `formcheck poses | head`.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        print(f"formcheck: the result cannot be written ({error.strerror}).", file=sys.stderr)
        os._exit(1)  # what is left in the buffers would fail again


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass
