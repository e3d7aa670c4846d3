"""Many clips: what is known already is taken from there, the rest is scored, each content once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis.scoring.document import Document
from formcheck.core.errors import FormcheckError
from formcheck.pipeline.batch.discovery import ClipFile
from formcheck.pipeline.batch.files import Files
from formcheck.pipeline.batch.job import ScoreJob, Settings, score_job
from formcheck.pipeline.batch.journal import FailedLine, ScoredLine, failed_line, scored_line
from formcheck.system.processes import Runner, never_stop

Work = Callable[[ScoreJob], str]


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
    """

    line: ScoredLine | FailedLine
    now: bool
    copy: bool = False

    @property
    def path(self) -> str:
        """The path of the clip, as it was given or found."""
        return self.line.clip.path

    @property
    def document(self) -> Document | None:
        """The document of the clip; `None` where it could not be scored."""
        return self.line if isinstance(self.line, ScoredLine) else None

    @property
    def error(self) -> str | None:
        """Why the clip could not be scored; `None` where it was."""
        return self.line.error if isinstance(self.line, FailedLine) else None


def score_clips(
    clips: Sequence[ClipFile],
    settings: Settings,
    runner: Runner,
    *,
    kept: Mapping[tuple[str | None, bool], ScoredLine],
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
    copies: dict[tuple[str | None, bool], list[int]] = defaultdict(list)
    for i, clip in enumerate(clips):
        if clip.content is None:
            yield i, ClipResult(line=failed_line(clip.name, None, clip.trouble or ""), now=True)
        elif (line := kept.get(clip.identity)) is not None and all(file.is_file() for file in written[i].values()):
            yield i, ClipResult(line=scored_line(clip.name, clip.content, name, line), now=False)
        else:
            copies[clip.identity].append(i)
    some = sorted(copies.values(), key=lambda numbers: -clips[numbers[0]].size_bytes)
    jobs = [_job(clips[numbers[0]], settings, {clips[i].path.absolute(): written[i] for i in numbers}) for numbers in some]
    with closing(runner(work, jobs, stop)) as answers:
        for at, answer in answers:
            for i in some[at]:
                first = i == some[at][0]
                yield i, ClipResult(line=_line(clips[i].name, jobs[at], name, answer), now=first, copy=not first)


def _job(clip: ClipFile, settings: Settings, files: Mapping[Path, Files]) -> ScoreJob:
    assert clip.content is not None
    return ScoreJob(clip=clip.path.absolute(), content=clip.content, settings=settings, files=files)


def _line(path: str, job: ScoreJob, settings: str, answer: str | Exception) -> ScoredLine | FailedLine:
    if isinstance(answer, str):
        return scored_line(path, job.content, settings, Document.model_validate_json(answer))
    if isinstance(answer, FormcheckError):
        return failed_line(path, job.content, str(answer).removeprefix(f"{job.clip}: "))
    why = f"{type(answer).__name__}: {answer}".strip(": ")
    return failed_line(path, job.content, f"formcheck itself failed on this clip ({why}). Please report it.")
