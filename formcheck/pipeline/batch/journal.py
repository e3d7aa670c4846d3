"""What is stored while many clips are scored, so that a run that ends early loses nothing that was finished.

The file that was asked for appears when all is done, with its lines in the order of the clips. Until then every line is added,
as it comes, to a file beside it. Going on reads both: a line states by itself which content it is of and how it came about.

The lines of `--json FILE` for many clips: a document each, with what it takes to know the clip again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, TextIO

from pydantic import BaseModel, ValidationError

from formcheck.analysis.scoring.document import SCHEMA_VERSION, Document, Said
from formcheck.core.errors import OutputError
from formcheck.core.plain_text import quiet_json
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_, NN_
from formcheck.pipeline.batch.discovery import ClipFile
from formcheck.stretches.validation import StrictModel
from formcheck.system.files import check_writable, reserved_file
from formcheck.system.leftovers import forget_unfinished, note_unfinished

_UNFINISHED = NN_(
    "{path}: has what an unfinished run scored ({count} clip). Go on with --resume, or delete it to begin anew.",
    "{path}: has what an unfinished run scored ({count} clips). Go on with --resume, or delete it to begin anew.",
)


class ScoredLine(Document):
    """The document of a clip. `sha256` is of the clip's content; `settings` names version, model, stretches and options."""

    sha256: str
    settings: str


class FailedClip(StrictModel):
    path: str


class FailedLine(StrictModel):
    """A clip that could not be scored, and why. `sha256` is null where it could not even be read."""

    schema_version: Literal[1] = SCHEMA_VERSION
    formcheck_version: str
    clip: FailedClip
    sha256: str | None
    error: Said


def scored_line(path: str, content: str, settings: str, document: Document) -> ScoredLine:
    """Return the line of the clip at `path`, whatever path the document has."""
    fields = {name: getattr(document, name) for name in Document.model_fields}
    fields["clip"] = document.clip.model_copy(update={"path": path})
    return ScoredLine(**fields, sha256=content, settings=settings)


def failed_line(path: str, content: str | None, error: str) -> FailedLine:
    return FailedLine(formcheck_version=__version__, clip=FailedClip(path=path), sha256=content, error=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviousResults:
    """How many results there were that the new ones do not go on from: replaced, left out, or with other settings."""

    replaced: int = 0
    left_out: int = 0
    other_settings: int = 0


class Journal:
    """The lines for the file `output_path`. Entered, it takes lines; `finish` makes `output_path` of them all.

    Entering keeps the place for this run. Raises OutputError where another one writes there.
    """

    def __init__(self, output_path: Path) -> None:
        self.output_path = output_path
        self.path = output_path.with_name(f"{output_path.name}.unfinished")
        self._file: TextIO | None = None

    def check(self, *, resume: bool) -> None:
        """Raise OutputError where nothing can be written, or where something would be lost.

        That is an unfinished run, and whatever else than results the file has: it may have been named by mistake.
        """
        path = self.output_path
        check_writable(path)
        if not all(map(_is_result, _results(path))):
            raise OutputError(
                N_(
                    "{path}: is there already and is no results file of formcheck. It stays as it is: give another name."
                ).format(path=path)
            )
        count = sum(1 for _ in _lines(self.path))
        if count and not resume:
            raise OutputError(_UNFINISHED.format(path=self.path, count=count))

    def stored(self, settings: str) -> Mapping[str | None, ScoredLine]:
        """Return what was scored with these settings, by the clip's content."""
        lines = [line for file in (self.output_path, self.path) for line in _lines(file) if line.settings == settings]
        return {line.sha256: line for line in lines}

    def earlier(self, clips: Iterable[ClipFile], settings: str, *, resume: bool) -> PreviousResults:
        """Return what becomes of the results there are when `clips` are scored."""
        if not resume:
            return PreviousResults(replaced=sum(1 for _ in _results(self.output_path)))
        clips = tuple(clips)
        contents, names = {clip.content for clip in clips}, {clip.name for clip in clips}
        stored = self.stored(settings)
        known = [result for file in (self.output_path, self.path) for result in _results(file) if _is_result(result)]
        left_out, other = set(), set()
        for result in known:
            path = str(result["clip"].get("path"))
            content = result.get("sha256")
            if content not in contents and path not in names:
                left_out.add((content, path))
            elif content in contents and content not in stored and result.get("settings", settings) != settings:
                other.add(content)
        return PreviousResults(left_out=len(left_out), other_settings=len(other))

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._reserved = stack.enter_context(reserved_file(self.output_path))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def add(self, line: BaseModel) -> None:
        """Store a line. Raises OutputError."""
        if self._file is None:
            note_unfinished(self.path)
            try:
                self._file = self._stack.enter_context(self.path.open("a+", encoding="utf-8"))
            except OSError as error:
                raise OutputError(
                    N_("{path}: cannot be written ({reason}). Choose another place.").format(
                        path=self.path, reason=error.strerror
                    )
                ) from None
            self._file.write("\n" if self._file.tell() else "")  # the last line may have been cut off
        self._file.write(f"{quiet_json(line.model_dump_json())}\n")
        self._file.flush()

    def finish(self, lines: Iterable[BaseModel]) -> None:
        """Write `output_path`, whole, and forget what was stored for it. Raises OSError."""
        self._reserved.publish_json(as_text(lines))
        if self._file is not None:
            self._file.close()
        self.path.unlink(missing_ok=True)
        forget_unfinished(self.path)


def as_text(lines: Iterable[BaseModel]) -> str:
    return "".join(f"{line.model_dump_json()}\n" for line in lines)


def _results(file: Path) -> Iterator[Any]:
    """What a file holds: a single document, or what is on each of its lines, `None` where that is no JSON."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace") as opened:
        first = next((line for line in opened if line.strip()), "")
        lines = [first] if first else []
        if first.startswith("{"):  # a video named by mistake is not to be read whole
            lines += [line for line in opened if line.strip()]
    if lines and not _is_result(_parsed(lines[0])):
        lines = ["".join(lines)]
    yield from map(_parsed, lines)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_result(found: Any) -> bool:
    """Of any version of formcheck."""
    return isinstance(found, dict) and "formcheck_version" in found and isinstance(found.get("clip"), dict)


def _lines(file: Path) -> Iterator[ScoredLine]:
    """The clips that a file lists; what is no such line is passed over: one that failed, or was cut off."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace") as opened:
        for line in opened:
            if not line.startswith("{"):
                continue
            try:
                yield ScoredLine.model_validate_json(line)
            except ValidationError:
                continue
