"""What goes into the history of a session, from how far its tasks have come."""

from formcheck.history import Answer, Pain, Stretch
from formcheck.practice.practice import Practice
from formcheck.practice.progress import Progress


def stretches(practice: Practice) -> list[Stretch]:
    """Return all tasks begun so far, or left out; one that nobody has tried yet is only asked for."""
    return [_stretch(part) for part in practice.stretches if part.held_s > 0 or part.skipped or part.faults]


def pains(practice: Practice) -> list[Pain]:
    """Return what hurt, in order."""
    return [
        Pain(
            time_s=hurt.time_s,
            pose=hurt.progress.pose,
            side=hurt.progress.side,
            answer=Answer(hurt.answer.value) if hurt.answer is not None else None,
        )
        for hurt in practice.pains
    ]


def _stretch(part: Progress) -> Stretch:
    return Stretch(
        pose=part.pose,
        side=part.side,
        started_s=part.started_s,
        held_s=part.held_s,
        longest_s=part.longest_s,
        goal_s=part.goal_s,
        complete=part.complete,
        score=part.score,
        skipped=part.skipped,
        faults=dict(part.faults),
        reach=dict(part.reach),
    )
