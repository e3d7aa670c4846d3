"""A function that may abort, crash or hang, run in a process of its own."""

from collections.abc import Callable
from typing import Any

from formcheck.core.errors import FormcheckError
from formcheck.system.processes import Raised, WorkerProcess, prepare_nothing


def run_isolated(function: Callable[..., str], *arguments: Any, within_s: float) -> str:
    """Return what `function(*arguments)` returns, or raise the FormcheckError that it raises or that its end amounts to."""
    worker = WorkerProcess(prepare_nothing)
    worker.send(_answer, (function, arguments))
    try:
        if not worker.pipe.poll(within_s):
            raise FormcheckError(f"There was no answer within {within_s:.0f} s.")
        answer = worker.pipe.recv()
    except (EOFError, OSError):
        answer = None
    finally:
        worker.kill()
        code = worker.end()
    if answer is None:
        raise FormcheckError(f"It crashed (exit code {code}).")
    if isinstance(answer, Raised):
        raise answer.error
    return str(answer)


def _answer(call: tuple[Callable[..., str], tuple[Any, ...]]) -> str:
    function, arguments = call
    try:
        return function(*arguments)
    except FormcheckError:
        raise
    except Exception as error:  # whatever a native library throws is an answer too
        raise FormcheckError(f"{type(error).__name__}: {error}".splitlines()[0]) from None
