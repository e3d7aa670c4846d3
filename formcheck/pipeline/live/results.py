"""What a guided session comes to: the scorer's result for each stretch, the document of them, what goes into the history."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.document import LiveDocument, PainEntry, SessionDocument, TaskEntry
from formcheck.analysis.scoring.result import Result, Scorer
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.tasks import TaskProgress
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Hold, Moment
from formcheck.core.version import __version__
from formcheck.people.history import Answer, Pain, Stretch


@dataclass(slots=True, kw_only=True)
class _Chapter:
    """What one analyzer judged, from its first moment to its last, and the holds that count, by stretch."""

    analyzer: FormAnalyzer
    scorer: Scorer
    start_s: float = 0.0
    end_s: float = 0.0
    holds: defaultdict[str, list[Hold]] = field(default_factory=lambda: defaultdict(list))


class PerStretchResults:
    """Takes moments in order of time; each new `FormAnalyzer` begins a new chapter, the first at once."""

    def __init__(self, analyzer: FormAnalyzer) -> None:
        self._chapters = [_Chapter(analyzer=analyzer, scorer=Scorer(analyzer.candidates))]

    def add(self, analyzer: FormAnalyzer, moment: Moment) -> None:
        """Take in one moment that `analyzer` judged."""
        if self._chapters[-1].analyzer is not analyzer:
            scorer = Scorer(analyzer.candidates)
            self._chapters.append(_Chapter(analyzer=analyzer, scorer=scorer, start_s=moment.time_s))
        self._chapters[-1].scorer.add(moment)
        self._chapters[-1].end_s = moment.time_s

    def results(self, clip: ClipInfo, engine: EngineInfo, tasks: Sequence[TaskProgress]) -> list[Result]:
        """Return the result of every chapter; call once. Each ends with its last moment: nothing is known of the time after.

        What was held counts where it counted for one of `tasks`: not the wrong leg, nor what is held on into the rest.
        """
        held = [(hold, task.pose) for task in tasks for hold in task.holds]
        for hold, pose in sorted(held, key=lambda one: one[0].start_s):
            begun = [chapter for chapter in self._chapters if chapter.start_s <= hold.start_s] or self._chapters[:1]
            begun[-1].holds[pose].append(hold)
        return [
            one.scorer.result(clip, engine, one.end_s, replace(one.analyzer.summary(one.end_s), holds=one.holds))
            for one in self._chapters
        ]


def session_document(
    plan: str, results: Sequence[Result], session: GuidedSession, *, routine: bool
) -> LiveDocument | SessionDocument:
    """Return one stretch as the document of a clip, a routine as a list of such documents; `session` is over."""
    parts = [result.document for result in results]
    tasks = [_task_entry(task) for task in session.agenda.summary]
    pains = [
        PainEntry(time_s=round(pain.time_s, 2), pose=pain.pose, side=pain.side, answer=pain.answer and pain.answer.value)
        for pain in history_pains(session)
    ]
    if routine:
        return SessionDocument(formcheck_version=__version__, plan=plan, stretches=parts, tasks=tasks, pains=pains)
    return LiveDocument.model_validate({**parts[0].model_dump(), "tasks": tasks, "pains": pains})


def _task_entry(task: TaskProgress) -> TaskEntry:
    return TaskEntry.model_validate(task, from_attributes=True).model_copy(update={"held_s": round(task.held_s, 2)})


def history_stretches(session: GuidedSession) -> list[Stretch]:
    """Return all tasks begun so far, or left out; one that was not tried yet is only planned."""
    return [_stretch(task) for task in session.agenda.begun if task.held_s > 0 or task.skipped or task.faults]


def history_pains(session: GuidedSession) -> list[Pain]:
    """Return what hurt, in order."""
    given = [(pain, Answer(pain.answer.value) if pain.answer is not None else None) for pain in session.pains]
    return [Pain(time_s=pain.time_s, pose=pain.progress.pose, side=pain.progress.side, answer=answer) for pain, answer in given]


def _stretch(task: TaskProgress) -> Stretch:
    known = {field.name: getattr(task, field.name) for field in fields(Stretch)}
    return Stretch(**{**known, "faults": dict(task.faults), "reach": dict(task.reach)})  # which go on to grow
