"""One document for each stretch of a session: the same scorer that a clip gets hears every moment as it comes."""

from formcheck.ports import ClipInfo, EngineInfo
from formcheck.scoring import Result, Scorer
from formcheck.session import Session
from formcheck.values import Moment


class Chapters:
    """Takes moments in order of time; a new chapter begins with each new `Session`. The first is there before any moment."""

    def __init__(self, session: Session) -> None:
        self._open = [(session, Scorer(session))]
        self._ends_s = [0.0]

    def add(self, session: Session, moment: Moment) -> None:
        """Take in one moment that `session` judged."""
        if self._open[-1][0] is not session:
            self._open.append((session, Scorer(session)))
            self._ends_s.append(moment.time_s)
        self._open[-1][1].add(moment)
        self._ends_s[-1] = moment.time_s

    def results(self, clip: ClipInfo, engine: EngineInfo) -> list[Result]:
        """Return the result of every chapter; call once. Each ends with its last moment: nothing is known of the time after."""
        return [scorer.result(clip, engine, end_s) for (_, scorer), end_s in zip(self._open, self._ends_s, strict=True)]
