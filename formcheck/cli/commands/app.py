"""`formcheck app`: the page in a browser."""

import webbrowser
from contextlib import suppress
from typing import Annotated

import typer

from formcheck.cli import options
from formcheck.cli.commands.model import obtain
from formcheck.cli.terminal import say
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.wording.language import N_
from formcheck.system.languages import asked_language, speak_language
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import stoppable


def app(
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, metavar="N", help=N_("Where the page is on this machine. Default: 8129, or a free one.")
        ),
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help=N_("Do not open the browser."))] = False,
    model: options.ModelOption = None,
    verbose: options.LiveVerboseOption = False,
) -> None:
    """Open formcheck in the browser: the same sessions, on a page. Pictures and all that is kept stay on this machine."""
    from formcheck.people.chosen import load_chosen

    if asked_language(()) is None and (language := load_chosen().language) is not None:
        with suppress(FormcheckError):  # one that there is no more
            speak_language(language)
    chosen = obtain(model)
    silence_native_messages(verbose=verbose)

    # Imported late: what is wrong above should not wait for OpenCV.
    from formcheck.web.server import serve

    def opened(address: str) -> None:
        say(wording.APP_OPENED.format(address=address))
        say(wording.APP_FOR_THIS_MACHINE)
        if not no_open and not webbrowser.open(address):
            say(wording.APP_NO_BROWSER)

    with stoppable() as stop:
        serve(chosen, port, opened=opened, stopped=stop.requested)
    say(wording.APP_ENDED)
