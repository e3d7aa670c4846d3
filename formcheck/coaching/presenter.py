"""From where a session stands to what is shown of it, and what it has come to."""

from dataclasses import replace

from formcheck.coaching.events import Breath, Key, ScreenState, SessionPhase
from formcheck.coaching.flow import SessionFlow
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import coaching_line
from formcheck.coaching.guidance.setup import facing_for
from formcheck.coaching.summary import SessionSummary, summarized
from formcheck.core.values import Moment, Status

IN_S, OUT_S = 4.0, 6.0
"""About six breaths a minute, the pace that slow-breathing studies use, with the longer breath out that lets a muscle go: three
breaths in a hold of thirty seconds."""


def screen_state(flow: SessionFlow, time_s: float, *, keys: tuple[Key, ...], muted: bool) -> ScreenState:
    """Return what to show at `time_s`; `keys` are those that are meant now."""
    agenda, current, moment, phase = flow.agenda, flow.agenda.current, flow.observer.moment, flow.phase
    done = phase is SessionPhase.DONE
    running = flow.announcer.running and phase is SessionPhase.STRETCH
    left = flow.timer.left(time_s)
    facing = moment.view.facing if moment is not None and moment.view is not None else 1
    praised = done and flow.farewell is None and not flow.pains
    summary = summary_of(flow) if done else SessionSummary()
    return ScreenState(
        phase=phase,
        time_s=time_s,
        pose=current.pose if current.known else None,
        title=agenda.spec.title if current.known else phrases.ANY_TITLE,
        side=None if done else current.side,
        either=agenda.either and not done,
        low=flow.observer.place.low,
        facing=facing_for(current.side) if current.side is not None else facing,
        instruction=_instruction(flow),
        count=max(1, left) if left is not None else None,  # at its end the phase waits for a picture
        held_s=current.shown_s,
        goal_s=current.goal_s if current.known and not done else None,
        breath=breath(current.shown_s) if running else None,
        coaching=coaching_line(agenda.spec, current.shown_s) if running else None,
        step=agenda.step,
        upcoming=agenda.spec.title if phase is SessionPhase.REST else None,
        moment=_shown_moment(flow, moment) if moment is not None else None,
        keys=keys,
        muted=muted,
        summary=summary,
        rows=summary.rows,
        score=summary.score if praised else None,
    )


def summary_of(flow: SessionFlow) -> SessionSummary:
    """Return what the session has come to so far."""
    return summarized(flow.agenda, ((pain.progress, pain.answer and pain.answer.value) for pain in flow.pains))


def breath(held_s: float) -> Breath:
    """Return the breath after `held_s` seconds of a hold; it begins with a breath in."""
    into_s = held_s % (IN_S + OUT_S)
    if into_s < IN_S:
        return Breath(inhaling=True, share=into_s / IN_S)
    return Breath(inhaling=False, share=(into_s - IN_S) / OUT_S)


def _instruction(flow: SessionFlow) -> str | None:
    """The one sentence to read now, in any phase; `None` where there is none."""
    moment, advice = flow.observer.moment, flow.instructions.shown
    match flow.phase:
        case SessionPhase.SETUP | SessionPhase.STRETCH if flow.observer.credit.other_leg:
            return phrases.OTHER_LEG
        case SessionPhase.SETUP if advice is not None:
            return advice.text
        case SessionPhase.SETUP if flow.instructions.well_since_s is not None:
            return phrases.STAY
        case SessionPhase.COUNTDOWN:
            return flow.posture
        case SessionPhase.STRETCH if moment is not None and moment.cue is not None:
            return moment.cue.text
        case SessionPhase.STRETCH if moment is not None and moment.assessment.status is Status.ELSEWHERE:
            return flow.posture
        case SessionPhase.REST:
            return flow.announcement
        case SessionPhase.PAIN:
            return phrases.HOW
        case SessionPhase.LOST:
            return phrases.NO_PICTURE
        case SessionPhase.DONE:
            return flow.farewell
        case _:
            return None


def _shown_moment(flow: SessionFlow, moment: Moment) -> Moment | None:
    """The moment, if it is of the requested stretch.

    While the other leg is stretched, and were it held ever so well, nothing counts and no cue is meant.
    """
    if flow.agenda.planned and moment.assessment.pose != flow.agenda.current.pose:
        return None
    if not flow.observer.credit.other_leg:
        return moment
    return replace(moment, cue=None, assessment=replace(moment.assessment, status=Status.ADJUST, breaches=()))
