"""The one sentence to read now, in any phase."""

from formcheck.practice import words
from formcheck.practice.course import Course
from formcheck.practice.stage import Phase
from formcheck.values import Status


def instruction(course: Course) -> str | None:
    """Return the sentence; `None` where there is none."""
    moment, shown = course.watch.moment, course.guide.shown
    match course.phase:
        case Phase.SETUP | Phase.STRETCH if course.agenda.other_leg:
            return words.OTHER_LEG
        case Phase.SETUP if shown is not None:
            return shown.text
        case Phase.SETUP if course.guide.well_since_s is not None:
            return words.STAY
        case Phase.COUNTDOWN:
            return course.posture
        case Phase.STRETCH if moment is not None and moment.cue is not None:
            return moment.cue.text
        case Phase.STRETCH if moment is not None and moment.assessment.status is Status.ELSEWHERE:
            return course.posture
        case Phase.REST:
            return course.call
        case Phase.PAIN:
            return words.HOW
        case Phase.LOST:
            return words.NO_PICTURE
        case Phase.DONE:
            return course.farewell
        case _:
            return None
