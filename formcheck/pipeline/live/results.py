"""What a guided session comes to: the scorer's result for each stretch, the document of them, what goes into the history."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.document import LiveDocument, PainEntry, SessionDocument, TaskEntry
from formcheck.analysis.scoring.result import CountedForm, Result, Scorer
from formcheck.analysis.scoring.tally import TimeSpan
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.summary import SummaryRow, mean_score
from formcheck.coaching.tasks import TaskProgress
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Hold, Moment, Side
from formcheck.core.version import __version__
from formcheck.people.history import Answer, Pain, Stretch


class PerStretchResults:
    """Takes moments in order of time; each new `FormAnalyzer` begins a new chapter, the first at once."""

    def __init__(self, analyzer: FormAnalyzer) -> None:
        self._open = [(analyzer, Scorer(analyzer.candidates))]
        self._starts_s = [0.0]
        self._ends_s = [0.0]

    def add(self, analyzer: FormAnalyzer, moment: Moment) -> None:
        """Take in one moment that `analyzer` judged."""
        if self._open[-1][0] is not analyzer:
            self._open.append((analyzer, Scorer(analyzer.candidates)))
            self._starts_s.append(moment.time_s)
            self._ends_s.append(moment.time_s)
        self._open[-1][1].add(moment)
        self._ends_s[-1] = moment.time_s

    def results(self, clip: ClipInfo, engine: EngineInfo, session: GuidedSession) -> list[Result]:
        """Return the result of every chapter; call once. Each ends with its last moment: nothing is known of the time after.

        What was held, its score and its faults count where they counted for a task: not the wrong leg, nor what is held on into
        the rest, nor getting ready. `session` is over.
        """
        tasks = session.agenda.begun
        rows = session.summary.rows[: len(tasks)]
        chapters = zip(self._open, self._ends_s, self._held(tasks), self._counted(tasks, rows), strict=True)
        return [
            scorer.result(clip, engine, end_s, replace(analyzer.summary(end_s), holds=holds), counted)
            for (analyzer, scorer), end_s, holds, counted in chapters
        ]

    def _held(self, tasks: Sequence[TaskProgress]) -> Sequence[Mapping[str, Sequence[Hold]]]:
        """The holds of all tasks in order of time, by chapter and stretch."""
        found: list[defaultdict[str, list[Hold]]] = [defaultdict(list) for _ in self._open]
        held = [(hold, task.pose) for task in tasks for hold in task.holds]
        for hold, pose in sorted(held, key=lambda one: one[0].start_s):
            found[self._chapter(hold.start_s)][pose].append(hold)
        return found

    def _counted(self, tasks: Sequence[TaskProgress], rows: Sequence[SummaryRow]) -> Sequence[Mapping[str, CountedForm]]:
        """What counted of the form, by chapter and stretch."""
        named = [(i, task, row) for task, row in zip(tasks, rows, strict=True) for i in self._chapters_of(task)]
        return [
            {
                pose: _counted_form([(task, row) for at, task, row in named if at == i and task.pose == pose], self._within(i))
                for pose in {task.pose for at, task, _ in named if at == i}
            }
            for i in range(len(self._open))
        ]

    def _chapters_of(self, task: TaskProgress) -> set[int]:
        starts_s = [hold.start_s for hold in task.holds] + [span.start_s for span in task.fault_spans]
        return {self._chapter(start_s) for start_s in starts_s}

    def _chapter(self, time_s: float) -> int:
        return max(i for i, start_s in enumerate(self._starts_s) if i == 0 or start_s <= time_s)

    def _within(self, chapter: int) -> Callable[[TimeSpan], bool]:
        return lambda span: self._chapter(span.start_s) == chapter


def _counted_form(parts: Sequence[tuple[TaskProgress, SummaryRow]], within: Callable[[TimeSpan], bool]) -> CountedForm:
    spans = [span for task, _ in parts for span in task.fault_spans if within(span)]
    return CountedForm(
        sides={side: mean_score(row for _, row in parts if row.side is side) for side in Side},
        score=mean_score(row for _, row in parts),
        faults=sorted(spans, key=lambda span: span.start_s),
    )


def session_document(
    plan: str, results: Sequence[Result], session: GuidedSession, *, routine: bool
) -> LiveDocument | SessionDocument:
    """Return one stretch as the document of a clip, a routine as a list of such documents; `session` is over."""
    parts = [result.document for result in results]
    tasks = [_task_entry(row) for row in session.summary.rows]
    pains = [
        PainEntry(time_s=round(pain.time_s, 2), pose=pain.pose, side=pain.side, answer=pain.answer and pain.answer.value)
        for pain in history_pains(session)
    ]
    if routine:
        return SessionDocument(formcheck_version=__version__, plan=plan, stretches=parts, tasks=tasks, pains=pains)
    return LiveDocument.model_validate({**parts[0].model_dump(), "tasks": tasks, "pains": pains})


def _task_entry(row: SummaryRow) -> TaskEntry:
    return TaskEntry(
        pose=row.pose,
        side=row.side,
        held_s=row.held_s,
        goal_s=row.goal_s,
        complete=row.complete,
        skipped=row.skipped,
        note=row.note,
    )


def history_stretches(session: GuidedSession) -> list[Stretch]:
    """Return all tasks begun so far, or left out; one that was not tried yet is only planned."""
    return [_stretch(row) for row in session.summary.rows[: len(session.agenda.begun)]]


def history_pains(session: GuidedSession) -> list[Pain]:
    """Return what hurt, in order."""
    return [
        Pain(
            time_s=pain.time_s,
            pose=pain.progress.pose,
            side=pain.progress.side,
            answer=Answer(pain.answer.value) if pain.answer is not None else None,
        )
        for pain in session.pains
    ]


def _stretch(row: SummaryRow) -> Stretch:
    return Stretch(
        pose=row.pose,
        side=row.side,
        started_s=row.started_s,
        held_s=row.held_s,
        longest_s=row.longest_s,
        goal_s=row.goal_s,
        complete=row.complete,
        score=row.score,
        skipped=row.skipped,
        faults={fault.name: round(fault.seconds, 2) for fault in row.faults},
        reach=row.reach,
    )
