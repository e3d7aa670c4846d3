"""Two clips against each other, scored by any process: the page that `formcheck compare --report` writes."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.scoring.comparison import compare
from formcheck.core.errors import FormcheckError
from formcheck.core.interfaces import ClipInfo
from formcheck.pipeline.batch.discovery import ClipFile
from formcheck.pipeline.batch.run import ScoreJob, Settings, job_of, scored
from formcheck.pipeline.outputs.page_file import write_page
from formcheck.pipeline.outputs.report import ShownClip
from formcheck.system.processes import Runner, never_stop, tell_alive
from formcheck.ui.report.comparison_page import render_comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareJob:
    """The clips A and B, and where their page goes."""

    clips: tuple[ScoreJob, ScoreJob]
    page: Path

    @property
    def size_bytes(self) -> int:
        return sum(one.size_bytes for one in self.clips)


def compare_job(job: CompareJob) -> None:
    """Score both clips and write their page. Raises FormcheckError, also where there is nothing to compare."""
    clips = [_shown(one, number) for number, one in enumerate(job.clips)]
    parts = [one.part for one in clips]
    comparison = compare(*(replace(part.result, track=part.track) for part in parts))
    job.page.parent.mkdir(parents=True, exist_ok=True)
    write_page(job.page, render_comparison(comparison, parts, [one.film(job.page) for one in clips]))


def _shown(job: ScoreJob, number: int) -> ShownClip:
    made: list[ShownClip] = []

    def outputs(info: ClipInfo) -> list[ShownClip]:
        made.append(ShownClip(info, job.settings.specs, job.settings.film))
        return made

    scored(job, outputs, lambda share: tell_alive((number + share) / 2))
    return made[0]


def compare_clips(
    clips: Sequence[tuple[ClipFile, Settings]], page: Path, runner: Runner, *, stop: Callable[[], bool] = never_stop
) -> bool:
    """Write the page of two clips, each by settings of its own; return whether it was done before `stop` said so.

    Raises FormcheckError.
    """
    for clip, _ in clips:
        if clip.content is None:
            raise FormcheckError(clip.trouble or "")
    a, b = (job_of(clip, settings, {}) for clip, settings in clips)
    with closing(runner(compare_job, [CompareJob(clips=(a, b), page=page)], stop)) as answers:
        for _, answer in answers:
            if isinstance(answer, Exception):
                raise answer
            return True
    return False
