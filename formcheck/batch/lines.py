"""The lines of `--json FILE` for many clips: a document each, with what it takes to know the clip again."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from formcheck import __version__
from formcheck.scoring.document import SCHEMA_VERSION, Document


class ScoredLine(Document):
    """The document of a clip. `sha256` is of the clip's content; `settings` names version, model, stretches and options."""

    sha256: str
    settings: str


class FailedClip(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str


class FailedLine(BaseModel):
    """A clip that could not be scored, and why. `sha256` is null where it could not even be read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = SCHEMA_VERSION
    formcheck_version: str
    clip: FailedClip
    sha256: str | None
    error: str


def scored_line(path: str, content: str, settings: str, document: Document) -> ScoredLine:
    """Return the line of the clip at `path`, whatever path the document has."""
    fields = {name: getattr(document, name) for name in Document.model_fields}
    fields["clip"] = document.clip.model_copy(update={"path": path})
    return ScoredLine(**fields, sha256=content, settings=settings)


def failed_line(path: str, content: str | None, error: str) -> FailedLine:
    return FailedLine(formcheck_version=__version__, clip=FailedClip(path=path), sha256=content, error=error)
