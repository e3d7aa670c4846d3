"""The document of a session: what the scorer says of each stretch, and the tasks and pains as the summary has them."""

from collections.abc import Sequence

from formcheck import __version__
from formcheck.practice.practice import Practice
from formcheck.practice.progress import Progress
from formcheck.scoring import LiveDocument, PainEntry, Result, SessionDocument, TaskEntry


def document(plan: str, results: Sequence[Result], practice: Practice, *, routine: bool) -> LiveDocument | SessionDocument:
    """Return one stretch as a clip is told, a routine as a list of such documents; `practice` is over."""
    parts = [result.document for result in results]
    tasks = [_task(part) for part in practice.summary]
    pains = [
        PainEntry(
            time_s=round(hurt.time_s, 2),
            pose=hurt.progress.pose,
            side=hurt.progress.side,
            answer=hurt.answer.value if hurt.answer is not None else None,
        )
        for hurt in practice.pains
    ]
    if routine:
        return SessionDocument(formcheck_version=__version__, plan=plan, stretches=parts, tasks=tasks, pains=pains)
    return LiveDocument.model_validate({**parts[0].model_dump(), "tasks": tasks, "pains": pains})


def _task(part: Progress) -> TaskEntry:
    return TaskEntry(
        pose=part.pose,
        side=part.side,
        held_s=round(part.held_s, 2),
        goal_s=part.goal_s,
        complete=part.complete,
        skipped=part.skipped,
        note=part.note,
    )
