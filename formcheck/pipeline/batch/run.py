"""Many clips: what is known already is taken from there, the rest is scored, each content once, in any process."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.analysis.scoring.document import SCHEMA_VERSION, Document
from formcheck.analysis.scoring.result import Result
from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.errors import ChangedError, FormcheckError
from formcheck.core.interfaces import ClipInfo, Image
from formcheck.core.plain_text import one_line
from formcheck.core.values import Moment, Side
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_, joined, without_head
from formcheck.pipeline.batch.discovery import ClipFile
from formcheck.pipeline.batch.files import Files
from formcheck.pipeline.batch.journal import FailedLine, ScoredLine, failed_line, scored_line
from formcheck.pipeline.clip import score
from formcheck.pipeline.outputs import create_outputs
from formcheck.pipeline.outputs.base import Output
from formcheck.pipeline.remarks import remarks_of
from formcheck.stretches import StretchSpec
from formcheck.system.files import clear_leftovers, digest
from formcheck.system.processes import Runner, never_stop, tell_alive
from formcheck.ui.report.choice import FilmChoice
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.vision.video import open_clip
from formcheck.vision.video.read_options import AS_IT_IS, ReadOptions

PATIENCE_S = 300.0
"""A clip that gets no further for so long, and a while more by its size, is given up: the others wait for its process."""

READ_BYTES_S = 1_000_000
"""Bytes a second that even a slow disk or network gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What decides the result besides the clip. `digest` is the SHA-256 of the model.

    `film`, what becomes of the film in a report, does not.
    """

    specs: tuple[StretchSpec, ...]
    side: Side | None
    fit: BaselineCheck | None
    model: EngineModel
    digest: str
    every_frame: bool = False
    options: ReadOptions = AS_IT_IS
    strict: bool = False
    film: FilmChoice = FilmChoice.EMBED

    @property
    def fingerprint(self) -> str:
        """A name for all of this together and the program's version: where it is the same, so is the result."""
        engine = create_engine(self.model)
        parts: list[Any] = [SCHEMA_VERSION, __version__, asdict(engine.info), self.digest, self.side, self.every_frame]
        parts += [[spec.model_dump(mode="json") for spec in self.specs], asdict(self.fit) if self.fit else None]
        parts += [asdict(engine.traits)] if engine.traits != DEFAULT_TRAITS else []
        parts += [asdict(self.options)] if self.options != AS_IT_IS else []
        parts += ["strict"] if self.strict else []
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreJob:
    """`clip` is an absolute path, for other processes may stand in another folder. `content` is the clip's SHA-256.

    `files` are those to write: of this clip, and of every copy of it, by the copy's path.
    """

    clip: Path
    content: str
    settings: Settings
    size_bytes: int = 0
    files: Mapping[Path, Mapping[str, Path]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """What comes of a job: the document of its clip as JSON, without the path, and sentences that are not in the document."""

    document: str
    notes: tuple[str, ...] = ()


def score_job(job: ScoreJob) -> JobResult:
    """Write the files of the clip, and return its document and notes. Raises FormcheckError as `scored` does."""
    given = job.settings

    def outputs(info: ClipInfo) -> list[Output]:
        made = []
        for clip, paths in job.files.items():
            for path in paths.values():
                path.parent.mkdir(parents=True, exist_ok=True)
            named = replace(info, path=str(clip))
            made += create_outputs(paths, named, given.specs, every_frame=given.every_frame, film=given.film)
        return made

    result = scored(job, outputs)
    document = result.document
    nameless = document.model_copy(update={"clip": document.clip.model_copy(update={"path": ""})})
    return JobResult(document=nameless.model_dump_json(), notes=tuple(remarks_of(result)))


def scored(
    job: ScoreJob, outputs: Callable[[ClipInfo], Sequence[Output]], tell: Callable[[float], None] = tell_alive
) -> Result:
    """Return the result of the clip, after its `outputs`; `tell` takes the share that is done.

    Raises FormcheckError, also where clip or model are not those that were meant: a clip may have been changed meanwhile, and
    another machine may have another file of that name. What is stored by content must be of that content.
    """
    for file, content in ((job.clip, job.content), (job.settings.model.file, job.settings.digest)):
        if file is not None and _content(file) != content:
            raise ChangedError(
                N_("{file}: is not the file that was meant to be read; it has changed, or is another one here.").format(
                    file=file
                )
            )
    given = job.settings
    with open_clip(job.clip, given.options) as source:
        if given.film is FilmChoice.LINK:
            from formcheck.pipeline.outputs.report import check_linkable

            check_linkable(source)
        made = outputs(source.info)
        how_far = _HowFar(source.info.expected_s, tell, needs_picture=any(output.needs_picture for output in made))
        return score(
            source,
            given.model,
            given.specs,
            every_frame=given.every_frame,
            side=given.side,
            baseline=given.fit,
            outputs=[*made, how_far],
            progress=how_far.seen,
            strict=given.strict,
        )


class SizedJob(Protocol):
    """Work on clips of so many bytes."""

    @property
    def size_bytes(self) -> int: ...


def patience_s(job: SizedJob) -> float:
    """Return how long the work on a clip may get no further before it is given up, in seconds.

    A second of a clip takes less than one, so it is only lost work that takes longer; but a large file is read first, perhaps
    from afar.
    """
    return PATIENCE_S + job.size_bytes / READ_BYTES_S


class _HowFar(Output):
    """Tells how far a clip is, of `of_s` seconds: what is seen of it and, where pictures are shown, these as well."""

    def __init__(self, of_s: float | None, tell: Callable[[float], None], *, needs_picture: bool) -> None:
        self.needs_picture = needs_picture
        self._of_s = of_s
        self._share = tell
        self._seen_s = self._shown_s = 0.0

    def seen(self, to_s: float) -> bool:
        """Take in how far it was looked at; go on."""
        self._seen_s = to_s
        self._tell()
        return True

    def write(self, moment: Moment, picture: Image | None) -> None:
        self._shown_s = moment.time_s
        self._tell()

    def _tell(self) -> None:
        done_s = (self._seen_s + self._shown_s) / 2 if self.needs_picture else self._seen_s
        self._share(min(1.0, done_s / self._of_s) if self._of_s else 0.0)


def _content(file: Path) -> str:
    try:
        return digest(file)
    except OSError as error:
        raise ChangedError(
            N_("{file}: cannot be read where it was to be scored ({reason}).").format(file=file, reason=error.strerror)
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipResult:
    """The result of one clip of many: its document, or why it could not be scored.

    Attributes
    ----------
    line : ScoredLine or FailedLine
        What `formcheck score --json` writes of the clip: its document, or its error; `document` and `error` give either.
    now : bool
        Whether the clip was worked on now. `False` where it had been scored before, or is a copy.
    copy : bool
        Whether the clip has the same content as another one that was scored now; its result is taken from there.
    notes : tuple[str, ...]
        Sentences about how the clip was read and what makes its numbers less sure, as of slow motion or of a person who is
        turned. None of a clip that had been scored before.
    """

    line: ScoredLine | FailedLine
    now: bool
    copy: bool = False
    notes: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The path of the clip, as it was given or found."""
        return self.line.clip.path

    @property
    def document(self) -> Document | None:
        """The document of the clip; `None` where it could not be scored."""
        return self.line if isinstance(self.line, ScoredLine) else None

    @property
    def damaged(self) -> str | None:
        """What is damaged in the clip, so that only what is left of it was scored; `None` where nothing is."""
        return self.line.clip.damaged if isinstance(self.line, ScoredLine) else None

    @property
    def error(self) -> str | None:
        """Why the clip could not be scored; `None` where it was."""
        return self.line.error if isinstance(self.line, FailedLine) else None


OWN_FAULT = N_("formcheck itself failed on this clip ({why}). Please report it.")

Work = Callable[[ScoreJob], JobResult]


def score_clips(
    clips: Sequence[ClipFile],
    settings: Settings,
    runner: Runner,
    *,
    kept: Mapping[str | None, ScoredLine],
    files: Sequence[Files] = (),
    stop: Callable[[], bool] = never_stop,
    work: Work = score_job,
) -> Iterator[tuple[int, ClipResult]]:
    """Yield the number of a clip and its result, as each is known, until all are or `stop` says so.

    `kept` is what need not be scored again, where all `files` of the clip are there; these are written, and are in the order
    of the clips. The largest begin first: a long one begun last would keep all others waiting.
    """
    name = settings.fingerprint
    written = files or [{}] * len(clips)
    copies: dict[str, list[int]] = defaultdict(list)
    for i, clip in enumerate(clips):
        if clip.content is None:
            yield i, ClipResult(line=failed_line(clip.name, None, clip.trouble or ""), now=True)
        elif (line := kept.get(clip.content)) is not None and all(file.is_file() for file in written[i].values()):
            yield i, ClipResult(line=scored_line(clip.name, clip.content, name, line), now=False)
        else:
            copies[clip.content].append(i)
    some = sorted(copies.values(), key=lambda numbers: -clips[numbers[0]].size_bytes)
    jobs = [job_of(clips[numbers[0]], settings, {clips[i].path.absolute(): written[i] for i in numbers}) for numbers in some]
    try:
        with closing(runner(work, jobs, stop)) as answers:
            for at, answer in answers:
                for i in some[at]:
                    first = i == some[at][0]
                    notes = answer.notes if isinstance(answer, JobResult) else ()
                    told = _line(clips[i].name, jobs[at], name, answer)
                    yield i, ClipResult(line=told, now=first, copy=not first, notes=notes)
    finally:
        # Processes that were ended or died in the middle of a clip could not clear up behind them.
        for folder in {file.parent for paths in files for file in paths.values()}:
            clear_leftovers(folder)


def job_of(clip: ClipFile, settings: Settings, files: Mapping[Path, Files]) -> ScoreJob:
    """Return the work on a clip whose content is known."""
    assert clip.content is not None
    return ScoreJob(clip=clip.path.absolute(), content=clip.content, settings=settings, size_bytes=clip.size_bytes, files=files)


def _line(path: str, job: ScoreJob, settings: str, answer: JobResult | Exception) -> ScoredLine | FailedLine:
    if isinstance(answer, JobResult):
        return scored_line(path, job.content, settings, Document.model_validate_json(answer.document))
    if isinstance(answer, FormcheckError):
        head = f"{one_line(str(job.clip))}: "
        said = joined("\n", [without_head(line, head) for line in answer.lines])
        return failed_line(path, job.content, said)
    return failed_line(path, job.content, own_fault(answer))


def own_fault(error: Exception) -> str:
    """Return what is told of a clip on which the program itself failed."""
    return OWN_FAULT.format(why=one_line(f"{type(error).__name__}: {error}".strip(": ")))
