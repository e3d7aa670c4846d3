"""What an output of a scored clip is, and what all outputs to a file have in common: it appears whole at the end, or not at
all.
"""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from formcheck.analysis.scoring.result import Result
from formcheck.core.interfaces import Image, Opened
from formcheck.core.values import Moment
from formcheck.pipeline.recording import SegmentDetections
from formcheck.system.files import atomic_file


class Output(Opened, Protocol):
    """What is made of a clip while it is scored. Inert until entered.

    What it writes appears whole when it is left, or, where an error leaves it, not at all.
    """

    @property
    def needs_picture(self) -> bool:
        """Whether `write` is to be called for every frame of the clip, with its picture."""
        ...

    def detected(self, segment: SegmentDetections) -> None:
        """Take in what the engine saw of one segment of the clip, before the moments of it."""
        ...

    def write(self, moment: Moment, picture: Image | None) -> None:
        """Take in a judged moment, without a picture; or, where pictures are needed, what to show in each of them."""
        ...

    def complete(self, result: Result) -> None:
        """Take in the result of the clip, after its last moment."""
        ...


class BaseOutput:
    """An `Output` that does nothing: what an output does not need it leaves as it is here."""

    needs_picture = False

    def detected(self, segment: SegmentDetections) -> None:
        """Take in what the engine saw of one segment."""

    def write(self, moment: Moment, picture: Image | None) -> None:
        """Take in one moment."""

    def complete(self, result: Result) -> None:
        """Take in the result."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to close."""


class AtomicFileOutput(BaseOutput):
    """An output that writes to `part`, which becomes `path` when it is left without an error."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path
        self._stack = ExitStack()

    def open(self, stack: ExitStack) -> None:
        """Open what is needed besides the file; `stack` closes it, before the file takes its place."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.part = stack.enter_context(atomic_file(self.path))
            self.open(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.__exit__(kind, error, trace)
