"""`--json FILE|-`: the result as a document for machines."""

import sys
from types import TracebackType
from typing import Self

from formcheck.analysis.scoring import Result
from formcheck.core.interfaces import Frame
from formcheck.core.values import Moment
from formcheck.pipeline.outputs.base import AtomicFileOutput


def as_text(result: Result) -> str:
    """Return the document as it is written: indented JSON and a newline."""
    return result.document.model_dump_json(indent=2) + "\n"


class JsonFile(AtomicFileOutput):
    """The document in a file."""

    def complete(self, result: Result) -> None:
        self.part.write_text(as_text(result), encoding="utf-8")


class JsonToStdout:
    """The document on standard output."""

    def write(self, frame: Frame, moment: Moment) -> None:
        """Nothing is written before the end."""

    def complete(self, result: Result) -> None:
        sys.stdout.write(as_text(result))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        sys.stdout.flush()
