"""What a guided session comes to: the scorer's result for each stretch, the document of them, what goes into the history."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.document import BlockEntry, LiveDocument, PainEntry, SessionDocument, TaskEntry
from formcheck.analysis.scoring.losses import summed
from formcheck.analysis.scoring.result import CountedForm, Result, Scorer
from formcheck.analysis.scoring.track import TrackBuilder
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.summary import SummaryRow, mean_score
from formcheck.coaching.tasks import EarlierBout, TaskProgress
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Hold, Moment, Side
from formcheck.core.version import __version__
from formcheck.people.history import Answer, Entry, GuidedTime, Pain, Stretch
from formcheck.vision.sampling.standstill import STANDS_STILL_S


@dataclass(slots=True, kw_only=True)
class _Chapter:
    """What one analyzer judged, from its first moment to its last, and the holds that count, by stretch."""

    analyzer: FormAnalyzer
    scorer: Scorer
    track: TrackBuilder | None
    start_s: float = 0.0
    end_s: float = 0.0
    holds: defaultdict[str, list[Hold]] = field(default_factory=lambda: defaultdict(list))


TAKEN_BACK_S = 2 * STANDS_STILL_S
"""Seconds for which a moment may be taken back: one that stands still is noticed after two, and a slow one a little later."""


class PerStretchResults:
    """Takes moments in order of time; each new `FormAnalyzer` begins a new chapter, the first at once, if there is one.

    A moment of an earlier time takes back those after it: they were judged by pictures of a camera that stood still. `tracked`
    is for a page: what was seen all the time is kept, a megabyte a minute.
    """

    def __init__(self, analyzer: FormAnalyzer | None, *, tracked: bool = False) -> None:
        self._tracked = tracked
        self._chapters = [_chapter(analyzer, tracked=tracked)] if analyzer is not None else []
        self._latest: deque[tuple[FormAnalyzer, Moment]] = deque()  # that may be taken back

    def add(self, analyzer: FormAnalyzer, moment: Moment) -> None:
        """Take in one moment that `analyzer` judged."""
        while self._latest and self._latest[-1][1].time_s > moment.time_s:
            self._latest.pop()
        self._latest.append((analyzer, moment))
        while moment.time_s - self._latest[0][1].time_s > TAKEN_BACK_S:
            self._score(*self._latest.popleft())

    def _score(self, analyzer: FormAnalyzer, moment: Moment) -> None:
        if self._chapters[-1].analyzer is not analyzer:
            self._chapters.append(_chapter(analyzer, moment.time_s, tracked=self._tracked))
        self._chapters[-1].scorer.add(moment)
        if (track := self._chapters[-1].track) is not None:
            track.add(moment)
        self._chapters[-1].end_s = moment.time_s

    def results(self, clip: ClipInfo, engine: EngineInfo, session: GuidedSession) -> list[Result]:
        """Return the result of every chapter; call once. Each ends with its last moment: nothing is known of the time after.

        What was held, its score and its faults count where they counted for a task: not the wrong leg, nor what is held on into
        the rest, nor getting ready. `session` is over.
        """
        while self._latest:
            self._score(*self._latest.popleft())
        tasks = session.agenda.begun
        for hold, pose in sorted(((hold, task.pose) for task in tasks for hold in task.holds), key=lambda one: one[0].start_s):
            self._chapter(hold.start_s).holds[pose].append(hold)
        counted = list(zip(tasks, session.summary.rows, strict=False))  # what was never begun comes last
        results = [
            one.scorer.result(
                clip,
                engine,
                one.end_s,
                replace(one.analyzer.summary(one.end_s), holds=one.holds),
                {task.pose: self._counted(one, task.pose, counted) for task in tasks},
            )
            for one in self._chapters
        ]
        aspect = clip.width / clip.height if clip.height else 1.0
        return [
            replace(result, track=one.track.track(result.document.pose, aspect) if one.track is not None else None)
            for one, result in zip(self._chapters, results, strict=True)
        ]

    def _counted(self, chapter: _Chapter, pose: str, tasks: Sequence[tuple[TaskProgress, SummaryRow]]) -> CountedForm:
        """What counted of the form in a chapter, for the tasks of one stretch that something of it belongs to."""
        spans = {id(task): [span for span in task.fault_spans if self._chapter(span.start_s) is chapter] for task, _ in tasks}
        rows = [
            (row, task.lost)
            for task, row in tasks
            if task.pose == pose and (spans[id(task)] or any(self._chapter(hold.start_s) is chapter for hold in task.holds))
        ]
        faults = [span for task, _ in tasks if task.pose == pose for span in spans[id(task)]]
        return CountedForm(
            sides={side: mean_score(row for row, _ in rows if row.side is side) for side in (*Side, None)},
            score=mean_score(row for row, _ in rows),
            lost=summed([lost for _, lost in rows], [row.held_s or 1.0 for row, _ in rows]),
            faults=sorted(faults, key=lambda span: span.start_s),
        )

    def _chapter(self, time_s: float) -> _Chapter:
        return [chapter for chapter in self._chapters if chapter is self._chapters[0] or chapter.start_s <= time_s][-1]


def _chapter(analyzer: FormAnalyzer, start_s: float = 0.0, *, tracked: bool) -> _Chapter:
    specs, traits = analyzer.candidates, analyzer.traits
    track = TrackBuilder(specs, traits=traits) if tracked else None
    return _Chapter(analyzer=analyzer, scorer=Scorer(specs, traits=traits), track=track, start_s=start_s)


def session_document(
    plan: str, results: Sequence[Result], session: GuidedSession, *, routine: bool, started: datetime
) -> LiveDocument | SessionDocument:
    """Return one stretch as the document of a clip, a `routine` as a list of such documents, which is empty for a guided block.

    `session` is over.
    """
    parts = [result.document for result in results]
    tasks = [_task_entry(row) for row in session.summary.rows]
    pains = [
        PainEntry(time_s=round(pain.time_s, 2), pose=pain.pose, side=pain.side, answer=pain.answer and pain.answer.value)
        for pain in history_pains(session)
    ]
    blocks = [BlockEntry.model_validate(row, from_attributes=True) for row in session.summary.blocks]
    if routine or not parts:
        return SessionDocument(
            formcheck_version=__version__,
            plan=plan,
            started=started.isoformat(),
            stretches=parts,
            tasks=tasks,
            pains=pains,
            blocks=blocks,
        )
    more = {"started": started.isoformat(), "tasks": tasks, "pains": pains, "blocks": blocks}
    return LiveDocument.model_validate({**parts[0].model_dump(), **more})


def _task_entry(row: SummaryRow) -> TaskEntry:
    return TaskEntry.model_validate(row, from_attributes=True)


def history_stretches(session: GuidedSession) -> list[Stretch]:
    """Return all tasks begun so far, or left out; one that was not tried yet is only planned."""
    return [_stretch(row) for row in session.summary.rows[: len(session.agenda.begun)]]


def history_blocks(session: GuidedSession) -> list[GuidedTime]:
    """Return all guided blocks begun so far, or left out; one that was not tried yet is only planned."""
    known = [field.name for field in fields(GuidedTime)]
    return [
        GuidedTime(**{name: getattr(row, name) for name in known} | {"started_s": row.started_s or 0.0})
        for row in session.summary.blocks[: len(session.agenda.begun_blocks)]
    ]


def earlier_bouts(entry: Entry, begins_s: float) -> tuple[EarlierBout, ...]:
    """Return what was done in a session that was cut off, for one that goes on `begins_s` seconds after its beginning."""
    stretches = [
        EarlierBout(
            pose=one.pose,
            side=one.side,
            started_s=one.started_s - begins_s,
            done_s=one.held_s,
            longest_s=one.longest_s,
            score=one.score,
            skipped=one.skipped,
            reach=one.reach,
        )
        for one in entry.stretches
    ]
    blocks = [
        EarlierBout(pose=one.block, side=one.side, started_s=one.started_s - begins_s, done_s=one.guided_s, skipped=one.skipped)
        for one in entry.blocks
    ]
    return (*stretches, *blocks)


def history_pains(session: GuidedSession) -> list[Pain]:
    """Return what hurt, in order."""
    given = [(pain, Answer(pain.answer.value) if pain.answer is not None else None) for pain in session.pains]
    return [Pain(time_s=pain.time_s, pose=pain.progress.pose, side=pain.progress.side, answer=answer) for pain, answer in given]


def _stretch(row: SummaryRow) -> Stretch:
    known = {field.name: getattr(row, field.name) for field in fields(Stretch)}
    return Stretch(**{**known, "faults": {fault.name: round(fault.seconds, 2) for fault in row.faults}})
