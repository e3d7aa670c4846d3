"""Every error that is meant for the person: where, what was expected, what was found, what to do. `formcheck.errors` is this
module.
"""

import sys
from collections.abc import Sequence
from reprlib import repr as in_short
from types import UnionType

from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import N_, joined


class FormcheckError(Exception):
    """Something the person can put right. Its text is a whole sentence (or several lines of them).

    The command line prints it without a traceback and exits with `exit_code`.

    Parameters
    ----------
    *lines
        The text, line by line. Each is shown on one line, as `one_line` gives it, whatever names of files are in it.

    Attributes
    ----------
    exit_code : int
        The exit status of the command line, of the class: 1, and 130 of `StoppedError`.
    lines : tuple[str, ...]
        The lines as they are shown.
    """

    exit_code = 1

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = tuple(map(one_line, lines))

    def __str__(self) -> str:
        return joined("\n", self.lines)


def check_argument(name: str, given: object, kind: type | UnionType, expected: str) -> None:
    """Refuse an argument that is of another kind, before something inside stumbles over it.

    Parameters
    ----------
    name
        What the argument is called.
    given
        Its value.
    kind
        The type or types that it may be of.
    expected
        What to give, in words: the end of a sentence.

    Raises
    ------
    FormcheckError
        Where it is of none of them.
    """
    if not isinstance(given, kind):
        raise FormcheckError(
            N_("{name}: {given} is none. Give {expected}.").format(name=name, given=in_short(given), expected=expected)
        )


def as_flag(name: str, given: object) -> bool:
    """Return the yes or no that was given for an argument: a text that says no would otherwise be taken for a yes.

    Parameters
    ----------
    name
        What the argument is called.
    given
        Its value: True or False, NumPy's or Python's, or 1 or 0.

    Returns
    -------
    bool

    Raises
    ------
    FormcheckError
        Where it is anything else.
    """
    try:
        known = given in (True, False)
    except ValueError:  # an array has no one truth
        known = False
    if not known:
        raise FormcheckError(N_("{name}: {given} is none. Give True or False.").format(name=name, given=in_short(given)))
    return bool(given)


class StoppedError(FormcheckError):
    """Ctrl-C, before there was a result."""

    exit_code = 130


class PoseFileError(FormcheckError):
    """One or more faults in a pose file; every fault is named with its key path."""


class SourceError(FormcheckError):
    """A video or photo that cannot be read."""


class ModelError(FormcheckError):
    """The pose model is missing, damaged, or cannot be fetched."""


class OutputError(FormcheckError):
    """A result that cannot be written."""


class MeasureError(FormcheckError):
    """A measure that cannot be added."""


class RoutineError(FormcheckError):
    """One or more faults in a routine file; every fault is named with its key path."""


class ProgrammeError(FormcheckError):
    """A programme file is missing or cannot be used."""


class BlockError(FormcheckError):
    """One or more faults in a block file; every fault is named with its key path."""


class LabelError(FormcheckError):
    """Label files are faulty; every fault is named with file and key."""


class DraftError(FormcheckError):
    """A clip from which no pose file can be drafted."""


class TuneError(FormcheckError):
    """Some clips can't be tuned on; every problem of every file is named.

    Parameters
    ----------
    problems
        A sentence for each problem; each has a line of its own in the text of the error.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(N_("Nothing is tuned and nothing written."), *("  " + problem for problem in problems))
        self.args = (problems,)


class ProfileError(FormcheckError):
    """The profile is not there, or its file is faulty; every fault is named with its key path."""


class HistoryError(FormcheckError):
    """The history cannot be read or written now."""


class UnusableHistoryError(HistoryError):
    """The history's file cannot be used as it is: damaged, or made by a newer formcheck."""


class ChangedError(FormcheckError):
    """A file is not the one that was read when the work was planned."""


class WorkerLostError(FormcheckError):
    """The process that worked on something died, and so did the next."""


class TooSlowError(FormcheckError):
    """Work on something got no further for too long, and was given up."""


class ClusterError(FormcheckError):
    """The cluster is not there, or not fit for the work."""


class MissingPartError(FormcheckError):
    """Something of this computer is missing.

    Attributes
    ----------
    what : str
        What is missing, a whole sentence.
    fix : str
        What to do about it, a whole sentence. It is apart because a session says both in one breath and `formcheck doctor`
        prints them in two places.
    """

    def __init__(self, what: str, fix: str) -> None:
        *before, last = what.split("\n") if "\n" in what else [what]
        super().__init__(*before, joined(" ", (last, fix)))
        self.args = (what, fix)
        self.what = what
        self.fix = fix


def by_system(*, linux: str, macos: str, windows: str) -> str:
    """Return the one that is for the operating system this runs on.

    Parameters
    ----------
    linux, macos, windows
        The texts. The one of Linux is for every other system as well.

    Returns
    -------
    str
        One of the three.
    """
    return {"darwin": macos, "win32": windows}.get(sys.platform, linux)
