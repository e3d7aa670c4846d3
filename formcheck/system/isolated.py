"""A function that may abort, crash or hang, run in a process of its own."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from formcheck.core.errors import FormcheckError
from formcheck.system.processes import without_main


def run_isolated(function: Callable[..., str], *arguments: Any, within_s: float) -> str:
    """Return what `function(*arguments)` returns, or raise the FormcheckError that it raises or that its end amounts to."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_send_answer, args=(sender, function, arguments), daemon=True)
    with without_main():
        child.start()
    sender.close()
    try:
        if not receiver.poll(within_s):
            raise FormcheckError(f"There was no answer within {within_s:.0f} s.")
        answer = receiver.recv()
    except EOFError:
        child.join()
        raise FormcheckError(f"It crashed (exit code {child.exitcode}).") from None
    finally:
        child.kill()
        child.join()
        child.close()
        receiver.close()
    if isinstance(answer, FormcheckError):
        raise answer
    return str(answer)


def _send_answer(sender: Connection, function: Callable[..., str], arguments: tuple[Any, ...]) -> None:
    try:
        sender.send(function(*arguments))
    except FormcheckError as error:
        sender.send(error)
    except Exception as error:  # whatever a native library throws is an answer too
        sender.send(FormcheckError(f"{type(error).__name__}: {error}".splitlines()[0]))
