"""Addresses of cameras on the command line. They hold passwords: only `--camera` takes them, and nothing repeats them.

The words that a program is started with, every other program of the machine can read: until they have been read here, where
they are written over. `--camera -` and the variable keep an address out of there from the start, and it is never handed on
in words or variables of another process.
"""

import getpass
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from formcheck.core.errors import FormcheckError, SourceError
from formcheck.core.wording.language import N_, shown
from formcheck.vision.camera.address import Address, NetworkStream, is_address, parse_camera, shown_address

VARIABLE = "FORMCHECK_CAMERA"

_ASK = N_("The camera's address (not shown): ")

_TAKE_ADDRESSES = ("--camera", "--scheduler")


def check_words(words: Sequence[str]) -> None:
    """Raise FormcheckError where the address of a camera is given for something else: a file, a stretch, an output.

    No command may get such a word: it would name it in its messages, as it does with what is not there.
    """
    before = ""
    for word in words:
        name, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
        given = value if equals or not name else ""
        option = name if equals else before
        before = word
        if option not in _TAKE_ADDRESSES and is_address(given) and not _is_there(given):
            raise FormcheckError(
                N_(
                    "{address}: is the address of a camera, and stands where none is expected. `formcheck live`, "
                    "`calibrate`, `sit`, `record` and `doctor` take one after --camera; a clip that lies there is to be saved "
                    "here first."
                ).format(address=shown_address(given))
            )


def _is_there(word: str) -> bool:
    """Whether there is such a file, or the folder that it would be in: then the name is only mistyped."""
    try:
        path = Path(word)
        return path.exists() or (len(path.parts) > 1 and Path(path.parts[0]).exists())
    except (OSError, ValueError):
        return False


def given_camera(option: str | None) -> Address:
    """Return the camera that is meant: by `--camera`, by the variable, or else the first of this machine.

    `-` reads it from standard input. Raises FormcheckError.
    """
    from_variable = os.environ.pop(VARIABLE, None)  # other processes are not to have it
    text = option if option is not None else from_variable
    if not text:
        from formcheck.vision.camera.listing import default_camera

        return default_camera()
    try:
        address = parse_camera(_read() if text.strip() == "-" else text)
    except SourceError as error:
        if option is not None:
            raise
        raise SourceError(N_("{error} It comes from {variable}.").format(error=error, variable=VARIABLE)) from None
    if isinstance(address, NetworkStream):
        _hide_texts_of_errors()
        if option is not None and option.strip() != "-":
            from setproctitle import setproctitle

            setproctitle(f"formcheck {address}")
    return address


def is_given(option: str | None) -> bool:
    """Return whether a camera is named, by the option or the variable."""
    return bool(option or os.environ.get(VARIABLE))


def _read() -> str:
    """Return a line of standard input, or what is typed unseen at a terminal."""
    try:
        typed = getpass.getpass(shown(_ASK)) if sys.stdin.isatty() else sys.stdin.readline()
    except (EOFError, UnicodeDecodeError):
        typed = ""
    if not typed.strip():
        raise FormcheckError(N_("--camera - reads the address of the camera from standard input, and there was none."))
    return typed


def _hide_texts_of_errors() -> None:
    """From now on an error that nothing has foreseen is printed without its own text, which may have the address in it."""
    sys.excepthook = lambda _kind, error, _trace: _print_without_text(error)
    threading.excepthook = lambda failed: _print_without_text(failed.exc_value)


def _print_without_text(error: BaseException | None) -> None:
    print(*lines_without_text(error), sep="", file=sys.stderr)


def lines_without_text(error: BaseException | None) -> list[str]:
    """Return the traceback of an error and of those behind it: where they were raised, and of which kind they are."""
    if error is None:
        return []
    trace: TracebackType | None = error.__traceback__
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    head = "Traceback (most recent call last):\n"
    last = f"{type(error).__qualname__}: not shown, for it may name the camera's address\n"
    return [*lines_without_text(behind), head, *traceback.format_tb(trace), last]
