"""Errors meant for the person at the terminal: where, what was expected, what was found, what to do."""


class FormcheckError(Exception):
    """Something the person can put right. Its text is a whole sentence (or several lines of them).

    The command line prints it without a traceback and exits with `exit_code`.
    """

    exit_code = 1


class StoppedError(FormcheckError):
    """Ctrl-C, before there was anything to tell."""

    exit_code = 130


class PoseFileError(FormcheckError):
    """One or more faults in a pose file; every fault is named with its key path."""


class SourceError(FormcheckError):
    """A video or photo that cannot be read."""


class ModelError(FormcheckError):
    """The pose model is missing, damaged, or cannot be fetched."""


class OutputError(FormcheckError):
    """A result that cannot be written."""
