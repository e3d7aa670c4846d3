"""What a session came to, as one value: the screen, the terminal, the history and the JSON document all read this.

It is computed from what the tasks have counted, and rounded here: seconds to two decimals. Whole seconds are made of them in
one place, `core/durations.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from formcheck.analysis.scoring.fault_totals import FaultTotal, ranked
from formcheck.core import wording
from formcheck.core.durations import GoalSeconds, seconds_of_goal, whole_seconds
from formcheck.core.values import Side
from formcheck.stretches import StretchSpec

if TYPE_CHECKING:  # the history reads what stands here, and of no session that runs
    from formcheck.coaching.agenda import Agenda
    from formcheck.coaching.tasks import AnyProgress, BlockProgress, TaskProgress

UNANSWERED = ""
"""A pain of which the person did not say how strong it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One line of the summary: a stretch on one side.

    Times in seconds, `score` 0..100 as of a side of a scored clip, `faults` with those first that cost most, `reach` the
    seconds that were held by whole degrees of the stretch's goal. `note` says why it was left, `pains` how strong each was.
    Without a goal, held to the end, `goal_s` and `complete` are `None`; `norms` says how long others held it.
    """

    title: str
    side: Side | None
    held_s: float
    goal_s: float | None
    pose: str = ""
    started_s: float = 0.0
    longest_s: float = 0.0
    complete: bool | None = False
    skipped: bool = False
    left_out: bool = False  # it was never asked: it waits for a clinician
    note: str | None = None
    score: float | None = None
    faults: tuple[FaultTotal, ...] = ()
    reach: Mapping[int, float] = field(default_factory=dict)
    pains: tuple[str, ...] = ()
    norms: tuple[str, ...] = ()
    sided: bool = True  # whether it has sides at all

    @property
    def done(self) -> bool:
        """Whether it was held to its goal, or, without one, to the end."""
        return self.held_s > 0 and not self.skipped if self.complete is None else self.complete

    @property
    def begun(self) -> bool:
        """Whether it was held, tried or skipped, or hurt."""
        return self.held_s > 0 or self.skipped or bool(self.faults or self.pains)

    @property
    def seconds(self) -> GoalSeconds:
        """Whole seconds: held, the goal, and still to go."""
        return seconds_of_goal(self.held_s, self.goal_s, complete=self.complete)

    @property
    def name(self) -> str:
        """The stretch and the side, as far as it is known."""
        named = wording.STRETCH_ON_SIDE if self.side is not None else wording.STRETCH_ALONE
        return named.format(title=self.title, side=self.side)

    @property
    def outcome(self) -> str:
        """What became of it: done, so much to go, or why it was left."""
        if self.done and not self.complete:
            return wording.TO_THE_END
        return outcome_of(self, tried=self.held_s > 0)

    @property
    def pain_notes(self) -> tuple[str, ...]:
        """The pains in words, but for the one that is the reason why it was left."""
        return notes_of_pains(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    """One line of the summary: a guided block on one side (`None`: it has none). Nothing in it was measured but time.

    Times in seconds; `started_s` is `None` where it never ran. `note` says why it was left, `pains` how strong each was.
    """

    title: str
    block: str
    side: Side | None
    started_s: float | None
    guided_s: float
    goal_s: float
    complete: bool
    skipped: bool = False
    left_out: bool = False  # it was never asked: its safety questions say so
    note: str | None = None
    pains: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it ran to its end."""
        return self.complete

    @property
    def begun(self) -> bool:
        """Whether it ran, was skipped, or hurt."""
        return self.guided_s > 0 or self.skipped or bool(self.pains)

    @property
    def seconds(self) -> GoalSeconds:
        """Whole seconds: guided, the goal, and still to go."""
        return seconds_of_goal(self.guided_s, self.goal_s, complete=self.complete)

    @property
    def name(self) -> str:
        """The block and the side, where it has sides."""
        named = wording.STRETCH_ON_SIDE if self.side is not None else wording.STRETCH_ALONE
        return named.format(title=self.title, side=self.side)

    @property
    def outcome(self) -> str:
        """What became of it: done, so much to go, or why it was left."""
        return outcome_of(self, tried=self.guided_s > 0)

    @property
    def pain_notes(self) -> tuple[str, ...]:
        """The pains in words, but for the one that is the reason why it was left."""
        return notes_of_pains(self)


def outcome_of(row: SummaryRow | BlockRow, *, tried: bool) -> str:
    """Return what became of what a row is about; `tried`: some of its time counts."""
    if row.complete:
        return wording.REACHED
    if not row.begun:
        return wording.NOT_STARTED
    if not row.skipped:
        return wording.SECONDS_TO_GO.format(left_s=row.seconds.to_go)
    if row.note is not None:
        return (wording.LEFT_OUT_FOR if row.left_out else wording.STOPPED_FOR).format(reason=row.note)
    return wording.ENDED_EARLY if tried else wording.SKIPPED


def notes_of_pains(row: SummaryRow | BlockRow) -> tuple[str, ...]:
    """Return the pains of a row in words, but for the one that is the reason why it was left."""
    words = map(wording.pain_in_words, row.pains)
    return tuple(word for word in dict.fromkeys(words) if word != row.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """What was done of what was asked, in rows: what was begun, in that order, and then what never was.

    `rows` are the stretches, `blocks` the guided blocks, of which nothing was measured.
    """

    rows: tuple[SummaryRow, ...] = ()
    blocks: tuple[BlockRow, ...] = ()

    @property
    def asked(self) -> int:
        """How many stretches and sides were asked, those that wait for a clinician not counted."""
        return sum(not row.left_out for row in self.rows)

    @property
    def done(self) -> int:
        """How many of them were held to the goal, or to the end."""
        return sum(row.done for row in self.rows)

    @property
    def norms(self) -> tuple[str, ...]:
        """How long others held what was held to the end here, each once."""
        return tuple(dict.fromkeys(norm for row in self.rows if row.held_s > 0 for norm in row.norms))

    @property
    def held_s(self) -> float:
        """Seconds held, over all rows."""
        return round(sum(row.held_s for row in self.rows), 2)

    @property
    def score(self) -> float | None:
        """The form score of all that was held, 0..100."""
        return mean_score(self.rows) if self.held_s > 0 else None

    @property
    def faults(self) -> tuple[FaultTotal, ...]:
        """The faults of all rows: what stopped the clock, longest first, then what was advised."""
        return ranked(fault for row in self.rows for fault in row.faults)

    @property
    def worst_fault(self) -> FaultTotal | None:
        """The fault that cost most, with its cue and seconds."""
        return next(iter(self.faults), None)

    @property
    def headline(self) -> str:
        """What was done of what was asked; of guided blocks where no stretch was held."""
        if self.held_s == 0 and (self.guided_s > 0 or not self.rows):
            return self._guided
        if self.held_s == 0:
            return wording.NOTHING_HELD
        asked = [row for row in self.rows if not row.left_out]
        if any(row.goal_s is None for row in asked):
            return self._without_goals(asked)
        if self.asked == self.done:
            return wording.ALL_HELD if self.asked > 1 else wording.GOAL_HELD
        if self.asked == 1:
            (row,) = asked
            return wording.HELD_OF_ASKED.format(held_s=row.seconds.held, goal_s=row.seconds.goal)
        return wording.DONE_OF_ASKED.format(done=self.done, asked=self.asked)

    def _without_goals(self, asked: Sequence[SummaryRow]) -> str:
        """What was done, some of it to the end."""
        if len(asked) == 1:
            return wording.HELD_FOR.format(held_s=asked[0].seconds.held)
        return wording.ALL_DONE if self.done == len(asked) else wording.DONE_OF.format(done=self.done, asked=len(asked))

    @property
    def guided_s(self) -> float:
        """Seconds of all blocks."""
        return round(sum(row.guided_s for row in self.blocks), 2)

    @property
    def _guided(self) -> str:
        if self.guided_s == 0:
            return wording.NOTHING_DONE if self.blocks else wording.NOTHING_HELD
        goal_s = sum(row.seconds.goal or 0 for row in self.blocks if not row.left_out)
        return wording.GUIDED_OF_ASKED.format(guided_s=sum(row.seconds.held for row in self.blocks), goal_s=goal_s)

    @property
    def good_news(self) -> str | None:
        """The best that is to be told; `None` where nothing was held, or something hurt: that is no time for praise."""
        if self.held_s == 0 or any(row.pains for row in self.rows):
            return None
        if not self.faults:
            return wording.NO_FAULT.format(held_s=whole_seconds(self.held_s))
        longest = max(self.rows, key=lambda row: row.longest_s)
        if longest.goal_s is None:
            return None  # the headline has it
        if longest.complete and longest.longest_s >= longest.goal_s - 0.01:
            return wording.GOAL_IN_ONE.format(name=longest.name)
        return wording.LONGEST_HOLD.format(held_s=whole_seconds(longest.longest_s), name=longest.name)


def summarized(agenda: "Agenda", pains: "Iterable[tuple[AnyProgress, str | None]]") -> SessionSummary:
    """Return what the session has come to so far; `pains` are its pains, during which task, and how strong, once answered."""
    reported = [(task, answer or UNANSWERED) for task, answer in pains]
    return SessionSummary(
        rows=tuple(_row(agenda, task, reported) for task in agenda.summary),
        blocks=tuple(_block_row(agenda, block, reported) for block in agenda.blocks),
    )


def mean_score(rows: Iterable[SummaryRow]) -> float | None:
    """Return the form score of several rows as one, 0..100: each weighs what was held of it."""
    scored = [(row.score, row.held_s) for row in rows if row.score is not None]
    held_s = sum(weight for _, weight in scored)
    if held_s == 0:
        return sum(score for score, _ in scored) / len(scored) if scored else None
    return sum(score * weight for score, weight in scored) / held_s


def _block_row(agenda: "Agenda", block: "BlockProgress", pains: "Iterable[tuple[AnyProgress, str]]") -> BlockRow:
    return BlockRow(
        title=block.spec.title,
        block=block.pose,
        side=block.side,
        started_s=round(block.started_s, 2) if block.guided_s > 0 else None,
        guided_s=round(block.guided_s, 2),
        goal_s=block.spec.side_s,
        complete=block.finished,
        skipped=block.skipped,
        left_out=agenda.leaves_out(block),
        note=block.note,
        pains=tuple(answer for reported, answer in pains if reported is block),
    )


def _row(agenda: "Agenda", task: "TaskProgress", pains: "Iterable[tuple[AnyProgress, str]]") -> SummaryRow:
    held_s, spec = round(task.held_s, 2), agenda.specs[task.pose]
    return SummaryRow(
        title=spec.title,
        side=task.side,
        sided=task.sided,
        held_s=held_s,
        goal_s=task.goal_s,
        pose=task.pose,
        started_s=task.started_s,
        longest_s=round(task.longest_s, 2),
        complete=task.complete,
        skipped=task.skipped,
        left_out=agenda.leaves_out(task),
        note=task.note,
        score=task.score,
        faults=task.faults,
        reach={degrees: round(seconds, 2) for degrees, seconds in task.reach.items()} if held_s > 0 else {},
        pains=tuple(answer for reported, answer in pains if reported is task),
        norms=norms_in_words(spec) if task.goal_s is None else (),
    )


def norms_in_words(spec: StretchSpec) -> tuple[str, ...]:
    """Return how long people held it, a sentence for each published figure."""
    return tuple(
        wording.NORM.format(who=norm.who, mean_s=norm.mean_s, sd_s=norm.sd_s, people=norm.people, source=norm.source)
        for norm in spec.norms
    )
