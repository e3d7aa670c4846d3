"""One clip to score, wherever: everything that decides the result, and nothing else."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.analysis.scoring.document import SCHEMA_VERSION
from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.errors import ChangedError
from formcheck.core.values import Side
from formcheck.core.version import __version__
from formcheck.pipeline.clip import score
from formcheck.stretches import StretchSpec
from formcheck.system.files import digest
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.video import open_clip


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What decides the result besides the clip. `digest` is the SHA-256 of the model."""

    specs: tuple[StretchSpec, ...]
    side: Side | None
    fit: BaselineCheck | None
    model: EngineModel
    digest: str
    every_frame: bool = False

    @property
    def fingerprint(self) -> str:
        """A name for all of this together and the program's version: where it is the same, so is the result."""
        engine = create_engine(self.model)
        parts: list[Any] = [SCHEMA_VERSION, __version__, asdict(engine.info), self.digest, self.side, self.every_frame]
        parts += [[spec.model_dump(mode="json") for spec in self.specs], asdict(self.fit) if self.fit else None]
        parts += [asdict(engine.traits)] if engine.traits != DEFAULT_TRAITS else []
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreJob:
    """`clip` is an absolute path, for other processes may stand in another folder. `content` is the clip's SHA-256."""

    clip: Path
    content: str
    settings: Settings


def score_job(job: ScoreJob) -> str:
    """Return the document as JSON, without the path, which the caller adds.

    Raises FormcheckError, also where clip or model are not those that were meant: a clip may have been changed meanwhile, and
    another machine may have another file of that name. What is stored by content must be of that content.
    """
    for file, content in ((job.clip, job.content), (job.settings.model.file, job.settings.digest)):
        if file is not None and _content(file) != content:
            raise ChangedError(f"{file}: is not the file that was meant to be read; it has changed, or is another one here.")
    given = job.settings
    with open_clip(job.clip) as source:
        result = score(source, given.model, given.specs, every_frame=given.every_frame, side=given.side, baseline=given.fit)
    document = result.document
    return document.model_copy(update={"clip": document.clip.model_copy(update={"path": ""})}).model_dump_json()


def _content(file: Path) -> str:
    try:
        return digest(file)
    except OSError as error:
        raise ChangedError(f"{file}: cannot be read where it was to be scored ({error.strerror}).") from None
