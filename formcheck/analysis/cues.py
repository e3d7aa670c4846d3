"""Which one cue to give now. Few words, far apart: working memory is short, and repetition annoys.

Order: what keeps the camera from seeing, then the pose file's priorities. A fault must last its own minimum time; at
least 5 s lie between two cues, 10 s between two of the same; nothing but safety (priority 1) is cued in the first 3 s of
a hold or the last 5 s of its goal. A correction is praised once.
"""

from dataclasses import dataclass, replace

from formcheck.analysis.form.causes import cause_of
from formcheck.core.values import Assessment, Cue, Hold, Status, View
from formcheck.core.wording import PRAISE, REASONS, TURN_A_LITTLE
from formcheck.stretches import StretchSpec

GAP_S = 5.0
REPEAT_S = 10.0
SETTLE_S = 3.0
ALMOST_S = 5.0
SHOW_S = 2.5
"""The cue of a fault stays up this long after its cause has gone, so that it can be read."""

UNSEEN_AFTER_S = 1.0
SHORT_AFTER_S = 1.0
"""So long the score must have been too low, for one and the same cause, before it is said what costs the points."""


_UNSEEN = frozenset(row.cue for row in REASONS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSelector:
    """The cues given so far, and when."""

    cue: Cue | None = None
    wanted_s: float = 0.0  # when the cue's cause was last there
    given: tuple[tuple[str, float], ...] = ()  # text, time it was last given
    unseen_since_s: float | None = None
    short: tuple[str, float] | None = None  # what costs the points of a score that is too low without a fault, since when
    praised: frozenset[str] = frozenset()
    last_fault: str | None = None  # the fault of the last cue, whether or not it is still shown
    still: bool = False  # a photo: every cue is given at once

    def advise(
        self, spec: StretchSpec, now: Assessment, view: View | None, hold: Hold | None, left_s: float | None, time_s: float
    ) -> "CueSelector":
        """Return the next state, given the assessment at `time_s`; its `cue` is the one to show or speak.

        `hold` is the running hold and `left_s` what is missing to the goal, if there is one.
        """
        since_s = time_s if self.unseen_since_s is None else self.unseen_since_s
        unseen_since_s = since_s if now.status is Status.UNSEEN else None
        state = replace(self, unseen_since_s=unseen_since_s, short=self._short(spec, now, time_s))._fitting(now, view, time_s)
        almost = left_s is not None and left_s < ALMOST_S
        quiet = hold is not None and (time_s - hold.start_s < SETTLE_S or almost)
        due = state._due(spec, now, view, time_s, quiet=quiet)
        if due is not None and state.cue is not None and due.text == state.cue.text:
            return replace(state, wanted_s=time_s)
        if due is not None and state._may_give(due, spec, time_s):
            return state._give(due, time_s)
        if due is None and hold is not None and state._corrected(now):
            return state._praise(time_s)
        return state

    def _fitting(self, now: Assessment, view: View | None, time_s: float) -> "CueSelector":
        """Take back what the picture contradicts: words about the view once it is good, praise once the form is lost.

        The cue of a fault stays `SHOW_S` after its cause has gone, so that it can be read, while the person is in the stretch.
        """
        if self.cue is None:
            return self
        if self.cue.fault is not None:
            fits = now.status.in_shape and time_s - self.wanted_s <= SHOW_S
        elif self.cue.text == PRAISE:
            fits = now.status is Status.CORRECT and time_s - self.wanted_s <= SHOW_S
        elif self.cue.text == TURN_A_LITTLE:
            fits = now.status.in_shape and view is not None and view.oblique
        elif self.cue.text in _UNSEEN:
            fits = now.status is Status.UNSEEN
        else:
            fits = now.status is Status.ADJUST and self.short is not None and self.short[0] == self.cue.text
        return self if fits else replace(self, cue=None)

    def _due(self, spec: StretchSpec, now: Assessment, view: View | None, time_s: float, *, quiet: bool) -> Cue | None:
        if now.status is Status.UNSEEN and now.reason is not None and self.unseen_since_s is not None:
            lasting = self.still or time_s - self.unseen_since_s >= UNSEEN_AFTER_S
            return Cue(text=REASONS[now.reason].cue, since_s=time_s) if lasting else None
        for breach in now.breaches:  # in order of priority
            fault = spec.fault(breach.name)
            if (self.still or time_s - breach.since_s >= fault.min_s) and (fault.priority == 1 or not quiet):
                return Cue(text=fault.cue, fault=fault.name, since_s=time_s)
        if self.short is not None and not quiet and (self.still or time_s - self.short[1] >= SHORT_AFTER_S):
            return Cue(text=self.short[0], since_s=time_s)
        if view is not None and view.oblique and not quiet and now.status.in_shape:
            return Cue(text=TURN_A_LITTLE, since_s=time_s)
        return None

    def _short(self, spec: StretchSpec, now: Assessment, time_s: float) -> tuple[str, float] | None:
        """What costs the points where the form is not correct and no fault says why, and since when."""
        if now.status is not Status.ADJUST or now.breaches or now.score is None:
            return None
        cause = cause_of(spec, now)
        assert cause is not None, "it is not correct"
        return self.short if self.short is not None and self.short[0] == cause.text else (cause.text, time_s)

    def _may_give(self, cue: Cue, spec: StretchSpec, time_s: float) -> bool:
        given_s = dict(self.given)
        if cue.text in given_s and time_s - given_s[cue.text] < REPEAT_S:
            return False
        urgent = cue.fault is not None and spec.fault(cue.fault).priority == 1
        return urgent or all(time_s - at >= GAP_S for at in given_s.values())

    def _give(self, cue: Cue, time_s: float) -> "CueSelector":
        given = tuple((text, at) for text, at in self.given if text != cue.text)
        return replace(self, cue=cue, wanted_s=time_s, given=(*given, (cue.text, time_s)), last_fault=cue.fault)

    def _corrected(self, now: Assessment) -> bool:
        fault = self.last_fault
        over = fault not in [breach.name for breach in now.breaches]
        return fault is not None and over and fault not in self.praised and now.status is Status.CORRECT

    def _praise(self, time_s: float) -> "CueSelector":
        praised = self.praised | ({self.last_fault} if self.last_fault else set())
        return replace(self._give(Cue(text=PRAISE, since_s=time_s), time_s), praised=praised)
