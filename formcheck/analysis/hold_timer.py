"""The hold timer, as a pure fold over time: `advance(clock, ..., time_s) -> HoldTimer`.

Time is an argument: one timer serves camera, file and test, at any frame rate. What is true at one sample is taken to
last until the next, so a hold runs from the first correct sample to the first that is not.
"""

from dataclasses import dataclass, replace

from formcheck.core.values import Hold, Side

CONFIRM_S = 0.5
"""A pose counts once it has been correct for this long; the time is then counted from when it became correct."""

LAPSE_S = 1.0
"""A lapse shorter than this stays inside the same hold. Its time is not counted."""

GAP_S = 1.0
"""Nothing is known between two samples further apart than this: the clock stands still."""

_ROUNDING_S = 1e-6
"""Pictures that are a second apart are no further apart, however their times are rounded."""


def is_gap(passed_s: float) -> bool:
    """Return whether nothing is known between two samples that are so many seconds apart."""
    return passed_s > GAP_S + _ROUNDING_S


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTimer:
    """The state of the timer.

    `current` is the running (or just lapsed) hold, or one that is not confirmed yet; `done` are the finished ones.
    """

    current: Hold | None = None
    confirmed: bool = False
    lapsed: bool = False
    resumed_s: float = 0.0  # since when the form has been correct without a lapse
    last_s: float | None = None
    last_score: float = 0.0
    done: tuple[Hold, ...] = ()

    @property
    def running(self) -> Hold | None:
        """The confirmed hold under way, if any."""
        return self.current if self.confirmed else None

    @property
    def holds(self) -> tuple[Hold, ...]:
        """All confirmed holds, the running one last."""
        return (*self.done, self.running) if self.running else self.done

    def held_s(self, side: Side | None) -> float:
        """Return the seconds held on `side`, over all holds."""
        return sum(hold.held_s for hold in self.holds if hold.side is side)


def advance(
    clock: HoldTimer, *, correct: bool, score: float, side: Side | None, time_s: float, lost_s: float | None = None
) -> HoldTimer:
    """Return the clock after one sample: whether the form is correct at `time_s`, with what score (0..100), on which side.

    `time_s` must not run backwards (it may stand still). `lost_s` may tell that form which is no longer correct began to go
    at that earlier time: what was credited since is taken back. A side that changes within a hold corrects the hold's side:
    legs cannot be changed without leaving the pose.
    """
    if clock.last_s is not None and time_s < clock.last_s:
        raise ValueError(f"time runs backwards: {time_s} s after {clock.last_s} s")
    clock = _let_pass(clock, time_s)
    if lost_s is not None and not correct:
        clock = _take_back(clock, lost_s)
    current = clock.current
    confirmed = clock.confirmed or (current is not None and current.held_s >= CONFIRM_S - 1e-9)
    if correct:
        resumed_s = time_s if current is None or clock.lapsed else clock.resumed_s
        if current is None:
            current = Hold(side=side, start_s=time_s, end_s=time_s, held_s=0.0)
        elif current.side is not side:
            current = replace(current, side=side)
        return HoldTimer(
            current=current, confirmed=confirmed, resumed_s=resumed_s, last_s=time_s, last_score=score, done=clock.done
        )
    if not confirmed:
        current = None
    return replace(clock, current=current, confirmed=confirmed, lapsed=current is not None, last_s=time_s)


def ended(clock: HoldTimer) -> HoldTimer:
    """Return the clock with the hold under way over: what comes next is another one, however soon."""
    return replace(clock, current=None, confirmed=False, lapsed=False, done=clock.holds)


def _let_pass(clock: HoldTimer, time_s: float) -> HoldTimer:
    """Credit the time since the last sample, or end a hold whose lapse has lasted too long."""
    current = clock.current
    if current is None or clock.last_s is None:
        return clock
    passed = time_s - clock.last_s
    if not clock.lapsed and not is_gap(passed):
        held_s, score_s = current.held_s + passed, current.score_s + passed * clock.last_score
        return replace(clock, current=replace(current, end_s=time_s, held_s=held_s, score_s=score_s))
    return ended(clock) if time_s - current.end_s >= LAPSE_S - 1e-9 else clock


def _take_back(clock: HoldTimer, lost_s: float) -> HoldTimer:
    """Let the running hold end at `lost_s`, if that is before its end, but keep what was held before its last lapse."""
    current = clock.current
    if current is None or clock.lapsed:
        return clock
    taken = min(current.end_s - max(lost_s, clock.resumed_s), current.held_s)
    if taken <= 0:
        return clock
    held_s, score_s = current.held_s - taken, current.score_s - taken * current.mean_score
    less = replace(current, end_s=current.end_s - taken, held_s=held_s, score_s=score_s)
    return replace(clock, current=less, confirmed=clock.confirmed and less.held_s >= CONFIRM_S - 1e-9)
