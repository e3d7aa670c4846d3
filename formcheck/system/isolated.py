"""Runs something that may abort, crash or hang in a process of its own, and brings its answer back."""

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from formcheck.core.errors import FormcheckError
from formcheck.system.processes import without_main


def run_isolated(look: Callable[..., str], *words: Any, within_s: float) -> str:
    """Return what `look(*words)` returns, or raise the FormcheckError that it raises or that its end amounts to."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(there, look, words), daemon=True)
    with without_main():
        child.start()
    there.close()
    try:
        if not here.poll(within_s):
            raise FormcheckError(f"There was no answer within {within_s:.0f} s.")
        answer = here.recv()
    except EOFError:
        child.join()
        raise FormcheckError(f"It crashed (exit code {child.exitcode}).") from None
    finally:
        child.kill()
        child.join()
        child.close()
        here.close()
    if isinstance(answer, FormcheckError):
        raise answer
    return str(answer)


def _answer(back: Connection, look: Callable[..., str], words: tuple[Any, ...]) -> None:
    try:
        back.send(look(*words))
    except FormcheckError as error:
        back.send(error)
    except Exception as error:  # whatever a native library throws is an answer too
        back.send(FormcheckError(f"{type(error).__name__}: {error}".splitlines()[0]))
