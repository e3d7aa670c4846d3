"""One document for each stretch of a session: the same scorer that a clip gets hears every moment as it comes."""

from formcheck.ports import ClipInfo, EngineInfo
from formcheck.scoring import Result, Scorer
from formcheck.session import Session
from formcheck.values import Moment


class Chapters:
    """Takes moments in order of time; a new chapter begins with each new `Session`."""

    def __init__(self) -> None:
        self._open: list[tuple[Session, Scorer]] = []
        self._ends_s: list[float] = []

    def add(self, session: Session, moment: Moment) -> None:
        """Take in one moment that `session` judged."""
        if not self._open or self._open[-1][0] is not session:
            self._open.append((session, Scorer(session)))
            self._ends_s.append(moment.time_s)
        self._open[-1][1].add(moment)
        self._ends_s[-1] = moment.time_s

    def results(self, clip: ClipInfo, engine: EngineInfo, end_s: float) -> list[Result]:
        """Return the result of every chapter; call once. The last one's verdict stands until `end_s` (seconds)."""
        if self._ends_s:
            self._ends_s[-1] = max(self._ends_s[-1], end_s)
        return [scorer.result(clip, engine, at_s) for (_, scorer), at_s in zip(self._open, self._ends_s, strict=True)]
