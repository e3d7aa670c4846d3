"""Files that are to be read: whether there is anything to read, and that it is a file.

A pipe, a device or a socket in the place of a file would be waited for, without end.
"""

import errno
import os
import stat
from os import PathLike
from pathlib import Path
from reprlib import repr as in_short

from formcheck.core.errors import FormcheckError
from formcheck.core.wording.language import N_, NP_


def as_path(given: object, *, error: type[FormcheckError]) -> Path:
    """Return the path that was given from Python. Raises `error` for what is none, and for an empty text."""
    if not isinstance(given, str | PathLike) or not isinstance(path := os.fspath(given), str) or not path:
        raise error(
            N_('path: {given} is none. Give one, as "clip.mp4" or a pathlib.Path; score_many takes several.').format(
                given=in_short(given)
            )
        )
    return Path(path)


def check_content(path: Path, wanted: str, *, error: type[FormcheckError]) -> None:
    """Raise `error` where there is no file with something in it at `path`; `wanted` is a sentence that says what to give."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise error(N_("{path}: is a folder. {wanted}").format(path=path, wanted=wanted))
        if not stat.S_ISREG(mode):
            raise error(N_("{path}: is a {what}, not a file. {wanted}").format(path=path, what=_special(mode), wanted=wanted))
        if path.stat().st_size == 0:
            raise error(N_("{path}: the file is empty.").format(path=path))
        with path.open("rb"):
            pass
    except (FileNotFoundError, NotADirectoryError):
        raise error(N_("{path}: there is no such file.").format(path=path)) from None
    except (OSError, ValueError) as reason:
        raise error(
            N_("{path}: cannot be read ({reason}).").format(path=path, reason=getattr(reason, "strerror", None) or reason)
        ) from None


def real_path(path: Path) -> Path:
    """Return the path without links; where one leads to itself, which pathlib does not take, as far as it goes."""
    return Path(os.path.realpath(path))


def refuse_special(path: Path) -> None:
    """Raise OSError where there is something at `path` that is neither a file nor a folder."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, N_("it is a {what}, not a file").format(what=_special(mode)))


def special_kind(path: Path) -> str | None:
    """Return what in words there is at `path`, where that is neither a file nor a folder; `None` where it is one."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if not path.is_symlink():
            return None
        looped = getattr(error, "errno", None) == errno.ELOOP
        return N_("link that leads back to itself") if looped else N_("link that leads nowhere")
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else _special(mode)


def why_unreadable(error: Exception | None) -> str:
    """Return why a library could not read a file, in plain words, by the kind of its error: its own are for programmers."""
    match error:
        case MemoryError():
            return N_("there is not enough memory")
        case OSError(errno=int(number)) if number > 0:
            return os.strerror(number)
        case EOFError():
            return N_("it ends too early")
        case LookupError() | NotImplementedError():
            return N_("its format is none that can be read here")
    return N_("its content is not understood")


def _special(mode: int) -> str:
    return N_("pipe") if stat.S_ISFIFO(mode) else N_("socket") if stat.S_ISSOCK(mode) else NP_("file", "device")
