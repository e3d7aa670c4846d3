"""`--json FILE|-`: the result as a document for machines."""

import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.files import whole_file
from formcheck.ports import Frame
from formcheck.scoring import Result
from formcheck.values import Moment


class JsonDocument:
    """Writes to `path`, or to standard output where it is `None`."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stack = ExitStack()
        self._part: Path | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._part = stack.enter_context(whole_file(self._path)) if self._path is not None else None
            self._stack = stack.pop_all()
        return self

    def write(self, frame: Frame, moment: Moment) -> None:
        """Nothing is written before the end."""

    def complete(self, result: Result) -> None:
        text = result.document.model_dump_json(indent=2) + "\n"
        if self._part is None:
            sys.stdout.write(text)
        else:
            self._part.write_text(text, encoding="utf-8")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.__exit__(kind, error, trace)
