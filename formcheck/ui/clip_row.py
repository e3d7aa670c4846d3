"""What a row of a table says of a clip: what was held, and what to change above all."""

from collections.abc import Mapping

from formcheck.analysis.scoring.document import BOTH, Document
from formcheck.analysis.scoring.fault_totals import totals_of_document
from formcheck.core import wording
from formcheck.core.durations import format_duration, seconds_of_goal
from formcheck.core.measures import MEASURES
from formcheck.core.values import Verdict
from formcheck.core.wording.language import joined
from formcheck.stretches import StretchSpec
from formcheck.ui.report.words import unseen_seconds


def held_of_goals(document: Document) -> str:
    """Return what was held on each side, of how much, as the report of the clip tells it."""
    if document.clip.duration_s == 0:
        return wording.CELL_PHOTO
    seconds = {
        side: seconds_of_goal(entry.held_s, entry.goal_s, complete=entry.complete)
        for side, entry in sorted(document.sides.items())
    }
    sides = [
        wording.SIDE_DURATION.format(side=side, held=format_duration(of.held)) if side != BOTH else format_duration(of.held)
        for side, of in seconds.items()
    ]
    goals = {of.goal for of in seconds.values() if of.goal is not None}
    held = joined(", ", sides)
    return wording.DURATION_OF.format(held=held, goal=format_duration(max(goals))) if goals else held


def first_to_change(document: Document, specs: Mapping[str, StretchSpec]) -> str:
    """Return what to change above all, as the report of the clip has it, or why there is no score.

    `specs` are the stretches that were looked for, by name.
    """
    if document.borderline:
        return wording.NOTE_BORDERLINE.format(name=MEASURES[document.borderline[0]].name_with_leg)
    totals = totals_of_document(document, specs.get(document.pose) if document.pose is not None else None)
    if totals:
        worst, *others = totals
        return wording.NOTE_AND_OTHERS.format(note=worst.cue, count=len(others)) if others else worst.cue
    if document.score is not None or document.holds:
        return document.causes[0].cue if document.causes and document.verdict is not Verdict.CORRECT else ""
    unseen = unseen_seconds(document)
    if unseen and (document.pose is not None or sum(unseen.values()) >= document.clip.length_s / 2):
        return wording.REASONS[max(unseen, key=lambda reason: unseen[reason])].note
    if document.pose is None:
        return wording.NOTE_NO_STRETCH
    return document.causes[0].cue if document.causes else wording.NOTE_NEVER_IN_STRETCH
