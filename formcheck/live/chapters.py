"""One document for each stretch of a session: the same scorer that a clip gets hears every moment as it comes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from formcheck.ports import ClipInfo, EngineInfo
from formcheck.practice.progress import Progress
from formcheck.scoring import Result, Scorer
from formcheck.session import Session
from formcheck.values import Hold, Moment


class Chapters:
    """Takes moments in order of time; a new chapter begins with each new `Session`. The first is there before any moment."""

    def __init__(self, session: Session) -> None:
        self._open = [(session, Scorer(session))]
        self._starts_s = [0.0]
        self._ends_s = [0.0]

    def add(self, session: Session, moment: Moment) -> None:
        """Take in one moment that `session` judged."""
        if self._open[-1][0] is not session:
            self._open.append((session, Scorer(session)))
            self._starts_s.append(moment.time_s)
            self._ends_s.append(moment.time_s)
        self._open[-1][1].add(moment)
        self._ends_s[-1] = moment.time_s

    def results(self, clip: ClipInfo, engine: EngineInfo, tasks: Sequence[Progress]) -> list[Result]:
        """Return the result of every chapter; call once. Each ends with its last moment: nothing is known of the time after.

        What was held counts where it counted for one of `tasks`: not the wrong leg, nor whoever stays in it for the rest.
        """
        counting = self._by_chapter(tasks)
        chapters = zip(self._open, self._ends_s, counting, strict=True)
        return [scorer.result(clip, engine, end_s, holds) for (_, scorer), end_s, holds in chapters]

    def _by_chapter(self, tasks: Sequence[Progress]) -> Sequence[Mapping[str, Sequence[Hold]]]:
        """The holds of all tasks in order of time, by chapter and stretch."""
        found: list[defaultdict[str, list[Hold]]] = [defaultdict(list) for _ in self._open]
        held = [(hold, task.pose) for task in tasks for hold in task.holds]
        for hold, pose in sorted(held, key=lambda one: one[0].start_s):
            chapter = max(i for i, start_s in enumerate(self._starts_s) if i == 0 or start_s <= hold.start_s)
            found[chapter][pose].append(hold)
        return found
