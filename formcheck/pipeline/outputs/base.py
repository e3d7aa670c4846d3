"""What an output of a scored clip is, and what all outputs to a file have in common: it appears whole at the end, or not at
all.
"""

import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from formcheck.analysis.scoring.result import Result
from formcheck.core.interfaces import ClipInfo, Image
from formcheck.core.values import Assessment, Moment
from formcheck.pipeline.recording import SegmentDetections
from formcheck.stretches import StretchSpec
from formcheck.system.files import atomic_file
from formcheck.ui.report.choice import FilmChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputRequest:
    """A requested file: where it goes, of which clip it is, and in which frames of it people are detected.

    `specs` are the candidate stretches by name, `film` is what becomes of the film in a report.
    """

    path: Path
    clip: ClipInfo
    specs: Mapping[str, StretchSpec]
    every_frame: bool = False
    film: FilmChoice = FilmChoice.EMBED


class Output:
    """What is made of a clip while it is scored. Inert until entered; what an output does not need it leaves as it is here.

    What it writes appears whole when it is left, or, where an error leaves it, not at all.
    """

    needs_picture = False
    """Whether `write` is to be called for every frame of the clip, with its picture."""

    def detected(self, segment: SegmentDetections) -> None:
        """Take in what the engine saw of one segment of the clip, before the moments of it."""

    def write(self, moment: Moment, picture: Image | None) -> None:
        """Take in a judged moment, without a picture; or, where pictures are needed, what to show in each of them."""

    def complete(self, result: Result) -> None:
        """Take in the result of the clip, after its last moment."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing to close."""


class AtomicFileOutput(Output):
    """An output that writes to `part`, which becomes the requested file when it is left without an error."""

    def __init__(self, request: OutputRequest) -> None:
        self.request = request
        self.part = request.path
        self._stack = ExitStack()

    def open(self, stack: ExitStack) -> None:
        """Open what is needed besides the file; `stack` closes it, before the file takes its place."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.part = stack.enter_context(atomic_file(self.request.path))
            self.open(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)


def columns_of(measure: str) -> tuple[str, str, str]:
    """Return what the columns of a measure are called: its value, and the ends of the interval round it."""
    return measure, f"{measure}_low", f"{measure}_high"


def values_of(now: Assessment, measure: str) -> tuple[float | None, float | None, float | None]:
    """Return what is in these columns, in degrees; `None` where the measure was unseen."""
    return now.measurements.get(measure), *(now.interval(measure) or (None, None))


def temporary_text() -> IO[str]:
    """Return a file for text that waits until it is known what stands before it; closed, it is gone."""
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")
