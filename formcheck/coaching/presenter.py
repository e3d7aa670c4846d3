"""From where a session stands to what is shown of it, and what it has come to."""

from formcheck.analysis.form.causes import shown_sentence
from formcheck.coaching.events import BlockView, Breath, Key, ScreenState, SessionPhase
from formcheck.coaching.flow import SessionFlow
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import coaching_line
from formcheck.coaching.guidance.blocks import rule_now
from formcheck.coaching.guidance.breathing import breath
from formcheck.coaching.guidance.setup import facing_for
from formcheck.coaching.summary import SessionSummary, summarized
from formcheck.coaching.tasks import BlockProgress
from formcheck.core import wording
from formcheck.core.lighting import Light
from formcheck.core.values import Moment, Status

_DARKNESS = {Light.BLACK: phrases.UNCOVER, Light.BLOCKED: phrases.BLOCKED}
"""Why nobody is seen in pictures that show nothing at all."""


def screen_state(flow: SessionFlow, time_s: float, *, keys: tuple[Key, ...], muted: bool) -> ScreenState:
    """Return what to show at `time_s`; `keys` are those that are meant now."""
    agenda, current, moment, phase = flow.agenda, flow.agenda.current, _shown_moment(flow), flow.phase
    done = phase is SessionPhase.DONE
    block = agenda.block
    guided = phase is SessionPhase.GUIDED and block is not None and not block.is_away(time_s)
    running = flow.announcer.running and phase is SessionPhase.STRETCH
    left = flow.timer.left(time_s)
    facing = moment.view.facing if moment is not None and moment.view is not None else 1
    return ScreenState(
        phase=phase,
        time_s=time_s,
        pose=current.pose if current.known and block is None else None,
        title=agenda.requested.title if current.known else phrases.ANY_TITLE,
        side=None if done else current.side,
        either=agenda.either and not done,
        focus=flow.observer.focus.area if phase is SessionPhase.STRETCH else None,
        facing=facing_for(current.side) if current.side is not None else facing,
        instruction=_instruction(flow, moment, time_s),
        count=max(1, left) if left is not None else None,  # at its end the phase waits for a picture
        held_s=current.shown_s,
        goal_s=current.goal_s if current.known and not done else None,
        to_the_end=current.known and current.goal_s is None,
        counting=guided or (flow.observer.credit.counting and phase is SessionPhase.STRETCH),
        breath=_breath(flow) if running or guided else None,
        block=_block_view(block, phase) if block is not None and not done else None,
        coaching=coaching_line(agenda.spec, current.shown_s) if running else None,
        step=agenda.step,
        upcoming=agenda.requested.title if phase is SessionPhase.REST else None,
        moment=moment,
        keys=keys,
        muted=muted,
        summary=summary_of(flow) if done else SessionSummary(),
    )


def summary_of(flow: SessionFlow) -> SessionSummary:
    """Return what the session has come to so far."""
    return summarized(flow.agenda, ((pain.progress, pain.answer and pain.answer.value) for pain in flow.pains))


def _breath(flow: SessionFlow) -> Breath | None:
    """The pacer of a hold, or of a phase of a block that is for breathing."""
    block = flow.agenda.block
    if block is None:
        return breath(flow.agenda.current.shown_s)
    return breath(block.into_phase_s) if block.phase.breathe else None


def _block_view(block: BlockProgress, phase: SessionPhase) -> BlockView:
    """What is to be done in a guided block: the phase, or, before it begins, how to get into position."""
    spec, now = block.spec, block.phase
    if phase in (SessionPhase.SETUP, SessionPhase.COUNTDOWN, SessionPhase.REST):
        return BlockView(name=wording.GET_READY, do=spec.position, needs=spec.needs or None)
    return BlockView(
        name=now.name,
        do=now.do,
        pressure=now.pressure,
        left_s=now.seconds - block.into_phase_s,
        rule=rule_now(block),
    )


def _instruction(flow: SessionFlow, moment: Moment | None, time_s: float) -> str | None:
    """The one sentence to read now, in any phase; `None` only while form is correct, and in phases that say all in large."""
    match flow.phase:
        case SessionPhase.SETUP:
            return _help(flow, time_s)
        case SessionPhase.COUNTDOWN if flow.agenda.block is not None:
            return None  # how to get into position is there in full
        case SessionPhase.GUIDED if flow.agenda.block is not None and flow.agenda.block.is_away(time_s):
            return phrases.AWAY
        case SessionPhase.COUNTDOWN if moment is not None and moment.assessment.status.in_shape:
            return _reason(flow, moment) or phrases.STAY
        case SessionPhase.COUNTDOWN:
            return flow.posture
        case SessionPhase.STRETCH:
            return _reason(flow, moment)
        case SessionPhase.REST:
            return flow.announcement
        case SessionPhase.PAIN:
            return phrases.HOW
        case SessionPhase.LOST:
            return flow.no_picture
        case SessionPhase.DONE:
            return flow.farewell
        case _:
            return None


def _help(flow: SessionFlow, time_s: float) -> str | None:
    """What to do before the stretch can be judged, or the block begin; how to get into position for that is there in full."""
    if flow.easing(time_s):
        return phrases.ANSWERS[Key.MILD]
    advice = flow.instructions.first
    if flow.agenda.block is not None:
        return advice.text if advice is not None else None
    if _is_other_leg(flow):
        return phrases.OTHER_LEG
    if advice is not None:
        return advice.text
    return flow.posture if flow.instructions.well_since_s is None else phrases.STAY


def _reason(flow: SessionFlow, moment: Moment | None) -> str | None:
    """Why the form is not correct; the cause that is there now, whatever the voice spares the person."""
    if _is_other_leg(flow):
        return phrases.OTHER_LEG
    if moment is None or moment.assessment.status is Status.ELSEWHERE or _is_unasked_leg(flow):
        return flow.posture
    if moment.landmarks is None and flow.light in _DARKNESS:
        return _DARKNESS[flow.light]
    return shown_sentence(flow.agenda.specs[moment.assessment.pose], moment)


def _shown_moment(flow: SessionFlow) -> Moment | None:
    """The latest moment, if it is of the requested stretch.

    Whoever stretches the other leg, and were it ever so well, is not in the shape that was asked for: nothing counts. Nor is
    somebody who passes through the shape of a stretch, as long as none is recognised and no clock runs.
    """
    moment = flow.observer.moment
    if (
        moment is None
        or flow.agenda.block is not None
        or (moment.assessment.pose != flow.agenda.current.pose and moment.assessment.status is not Status.UNSEEN)
    ):
        return None
    passing = moment.only_a_guess and not flow.observer.credit.counting
    return moment.as_elsewhere() if passing or _is_other_leg(flow) or _is_unasked_leg(flow) else moment


def _is_other_leg(flow: SessionFlow) -> bool:
    """Whether another leg than the requested one is stretched, and not one that is to come later."""
    moment = flow.observer.moment
    later = moment is not None and flow.agenda.asks_later(moment.assessment.side)
    return flow.observer.credit.other_leg or (_is_unasked_leg(flow) and not later)


def _is_unasked_leg(flow: SessionFlow) -> bool:
    """Whether another leg than the requested one is stretched; one that is to come later is requested in a moment, if meant."""
    moment, credit = flow.observer.moment, flow.observer.credit
    if moment is None or flow.agenda.side_open or credit.counting:
        return False
    return credit.is_unasked_leg(moment.assessment)
