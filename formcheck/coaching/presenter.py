"""From where a session stands to what is shown of it.

The breathing pacer: in for four seconds and out for six, three breaths in a hold of thirty.

The one sentence to read now, in any phase.
"""

from dataclasses import replace

from formcheck.coaching.agenda import Agenda
from formcheck.coaching.events import Breath, Key, ScreenState, SessionPhase
from formcheck.coaching.flow import SessionFlow
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import coaching_line
from formcheck.coaching.guidance.setup import facing_for
from formcheck.core.values import Moment, Status

IN_S, OUT_S = 4.0, 6.0
"""About six breaths a minute, the pace that slow-breathing studies use, with the longer breath out that lets a muscle go."""


def breath(held_s: float) -> Breath:
    """Return the breath after `held_s` seconds of a hold; it begins with a breath in."""
    into_s = held_s % (IN_S + OUT_S)
    if into_s < IN_S:
        return Breath(inhaling=True, share=into_s / IN_S)
    return Breath(inhaling=False, share=(into_s - IN_S) / OUT_S)


def instruction(course: SessionFlow) -> str | None:
    """Return the sentence; `None` where there is none."""
    moment, shown = course.watch.moment, course.guide.shown
    match course.phase:
        case SessionPhase.SETUP | SessionPhase.STRETCH if course.agenda.other_leg:
            return phrases.OTHER_LEG
        case SessionPhase.SETUP if shown is not None:
            return shown.text
        case SessionPhase.SETUP if course.guide.well_since_s is not None:
            return phrases.STAY
        case SessionPhase.COUNTDOWN:
            return course.posture
        case SessionPhase.STRETCH if moment is not None and moment.cue is not None:
            return moment.cue.text
        case SessionPhase.STRETCH if moment is not None and moment.assessment.status is Status.ELSEWHERE:
            return course.posture
        case SessionPhase.REST:
            return course.call
        case SessionPhase.PAIN:
            return phrases.HOW
        case SessionPhase.LOST:
            return phrases.NO_PICTURE
        case SessionPhase.DONE:
            return course.farewell
        case _:
            return None


ANY_TITLE = "Any stretch"
OTHER_SIDE = "the other side"


def staged(
    agenda: Agenda,
    *,
    phase: SessionPhase,
    time_s: float,
    moment: Moment | None,
    low: bool,
    running: bool,
    instruction: str | None,
    count: int | None,
    keys: tuple[Key, ...],
    muted: bool,
    score: float | None,
) -> ScreenState:
    """Return the stage. `moment` is the latest one; `running` tells whether the clock of the present task runs."""
    mine = agenda.present
    done = phase is SessionPhase.DONE
    facing = moment.view.facing if moment is not None and moment.view is not None else 1
    fits = moment is not None and (not agenda.planned or moment.assessment.pose == mine.pose)
    return ScreenState(
        phase=phase,
        time_s=time_s,
        pose=mine.pose if mine.known else None,
        title=agenda.spec.title if mine.known else ANY_TITLE,
        side=None if done else mine.side,
        either=agenda.either and not done,
        low=low,
        facing=facing_for(mine.side) if mine.side is not None else facing,
        instruction=instruction,
        count=count,
        held_s=mine.shown_s,
        goal_s=mine.goal_s if mine.known and not done else None,
        breath=breath(mine.shown_s) if running else None,
        coaching=coaching_line(agenda.spec, mine.shown_s) if running else None,
        step=agenda.step,
        upcoming=_upcoming(agenda, phase),
        moment=_not_asked(moment) if fits and agenda.other_leg else moment if fits else None,
        keys=keys,
        muted=muted,
        rows=agenda.rows if done else (),
        score=score if done else None,
    )


def _not_asked(moment: Moment | None) -> Moment | None:
    """The other leg is stretched, and were it held ever so well, nothing runs and no cue is meant."""
    if moment is None:
        return None
    return replace(moment, cue=None, assessment=replace(moment.assessment, status=Status.ADJUST, breaches=()))


def _upcoming(agenda: Agenda, phase: SessionPhase) -> str | None:
    """What comes next: in a rest that is what is asked already."""
    if phase is SessionPhase.REST:
        return agenda.spec.title
    following = agenda.following
    if phase is SessionPhase.DONE or following is None:
        return None
    if following.side is None and following.pose == agenda.present.pose:
        return OTHER_SIDE
    return phrases.named(agenda.specs[following.pose], following.side)
