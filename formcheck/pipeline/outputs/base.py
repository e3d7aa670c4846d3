"""What all outputs to a file have in common: the file appears whole at the end, or not at all."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.analysis.scoring import Result
from formcheck.core.interfaces import Frame
from formcheck.core.values import Moment
from formcheck.system.files import atomic_file


class AtomicFileOutput:
    """An `Output` that writes to `part`, which becomes `path` when it is left without an error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path
        self._stack = ExitStack()

    def open(self, stack: ExitStack) -> None:
        """Open what is needed besides the file; `stack` closes it, before the file takes its place."""

    def write(self, frame: Frame, moment: Moment) -> None:
        """Take in one moment."""

    def complete(self, result: Result) -> None:
        """Take in the result."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.part = stack.enter_context(atomic_file(self.path))
            self.open(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.__exit__(kind, error, trace)
