"""What a page shows of a `ScreenState`, as the message that it gets."""

from collections.abc import Mapping, Sequence
from typing import Any

from formcheck.analysis.form.causes import cause_of
from formcheck.coaching.events import ScreenState, SessionPhase, Utterance
from formcheck.coaching.guidance import phrases
from formcheck.coaching.summary import SessionSummary
from formcheck.core import wording
from formcheck.core.durations import whole_seconds
from formcheck.core.values import Status
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.overlay import skeleton
from formcheck.ui.drawing.shapes import Body, Dot, Line, Tone, flatten
from formcheck.ui.screen.gauges import read_gauges
from formcheck.ui.screen.places import Box
from formcheck.ui.screen.silhouette import draw_silhouette
from formcheck.ui.screen.words import (
    CAPS,
    KEY_NAMES,
    begun_rows,
    key_text,
    pain_sentences,
    row_text,
    side_text,
    step_text,
    summary_head,
    summary_sentences,
    title_text,
    waiting_text,
)

Message = dict[str, Any]

SILHOUETTE = Box(left=0.0, low=0.0, width=1.4, height=1.0)
"""The room of a silhouette: y is up, its height is 1."""

_SKETCHED = frozenset({SessionPhase.SETUP, SessionPhase.COUNTDOWN, SessionPhase.REST})
"""In these phases a silhouette shows what is asked for."""


def screen_message(screen: ScreenState, spec: StretchSpec | None, taken_ms: float | None) -> Message:
    """Return what to show of `screen`; `spec` is the stretch `screen.pose`, as far as that is known.

    `taken_ms` is when the page took the picture that this is of.
    """
    moment = screen.moment
    judged = moment.assessment if moment is not None else None
    status = judged.status if judged is not None else Status.ELSEWHERE
    stretching = screen.phase is SessionPhase.STRETCH
    sketched = screen.block is None and (screen.phase in _SKETCHED or (stretching and status is Status.ELSEWHERE))
    if stretching:
        verdict = {"text": wording.verdict(status, judged.reason if judged is not None else None), "status": status}
    elif screen.phase is SessionPhase.COUNTDOWN and spec is not None:
        verdict = {"text": wording.GET_READY, "status": Status.ELSEWHERE}
    else:
        verdict = None
    return {
        "type": "screen",
        "taken": taken_ms,
        "phase": screen.phase,
        "title": title_text(screen),
        "step": step_text(screen),
        "side": side_text(screen),
        "verdict": verdict,
        "instruction": screen.instruction,
        "coaching": screen.coaching if screen.instruction is None else None,
        "count": screen.count,
        "count_of": _count_of(screen),
        "held": whole_seconds(screen.held_s),
        "held_s": round(screen.held_s, 2),
        "goal_s": screen.goal_s,
        "of_goal": _of_goal(screen),
        "counting": screen.counting,
        "breath": {"inhaling": screen.breath.inhaling, "share": round(screen.breath.share, 3)} if screen.breath else None,
        "block": _block(screen),
        "upcoming": screen.upcoming,
        "figure": _figure(screen, spec),
        "focus": [round(edge, 4) for edge in screen.focus] if screen.focus is not None else None,
        "gauges": _gauges(screen, spec, status) if stretching else [],
        "silhouette": silhouette_message(spec, -screen.facing) if sketched and spec is not None else None,
        "keys": [{"key": key, "cap": CAPS[key], "text": key_text(key, screen)} for key in screen.keys],
        "answers": _answers() if screen.phase is SessionPhase.PAIN else [],
        "muted": screen.muted,
        "recording": screen.recording,
        "summary": summary_message(screen.summary, screen.instruction) if screen.phase is SessionPhase.DONE else None,
    }


def say_message(utterance: Utterance) -> Message:
    """Return what the page is to let be heard."""
    return {"type": "say", "text": utterance.text, "chime": utterance.chime, "urgent": utterance.urgent}


def summary_message(summary: SessionSummary, instruction: str | None) -> Message:
    """Return what a session has come to: a headline, advice about pain, a row for all that was begun, and sentences."""
    head, *below = summary_head(summary, instruction)
    about_pain = pain_sentences(summary)
    told = [*below, waiting_text(summary), *summary_sentences(summary)]
    return {
        "headline": head,
        "advice": [sentence for sentence in about_pain if sentence != head],
        "rows": [{"name": row.name, "done": row.done, "text": row_text(row)} for row in begun_rows(summary)],
        "sentences": [sentence for sentence in dict.fromkeys(told) if sentence and sentence not in (head, *about_pain)],
    }


def silhouette_message(spec: StretchSpec, facing: int) -> Message:
    """Return the posture of a stretch as a sketch: tapered limbs that melt into one body, the `stretched` again, and lines."""
    marks = list(flatten(draw_silhouette(spec, facing, SILHOUETTE)))
    bodies = [mark for mark in marks if isinstance(mark, Body)]
    lines = [mark for mark in marks if isinstance(mark, Line)]
    return {
        "width": SILHOUETTE.width,
        "limbs": [limb for body in bodies for limb in _limbs(body)],
        "stretched": [limb for body in bodies if body.tone is Tone.GOOD for limb in _limbs(body)],
        "lines": [_rounded((*line.start, *line.end, line.width)) for line in lines],
    }


def _limbs(body: Body) -> list[list[float]]:
    return [_rounded((*limb.start, limb.start_radius, *limb.end, limb.end_radius)) for limb in body.limbs]


def _rounded(numbers: Sequence[float]) -> list[float]:
    return [round(float(number), 4) for number in numbers]


def _count_of(screen: ScreenState) -> str | None:
    if screen.count is None:
        return None
    return wording.REST_LEFT if screen.phase is SessionPhase.REST else wording.SECONDS


def _of_goal(screen: ScreenState) -> str | None:
    if screen.to_the_end:
        return wording.TO_THE_END
    return wording.OF_GOAL.format(goal_s=screen.goal_s) if screen.goal_s is not None else None


def _block(screen: ScreenState) -> Message | None:
    block = screen.block
    if block is None:
        return None
    left = None if block.left_s is None else max(0, round(block.left_s))
    return {
        "name": block.name,
        "do": block.do,
        "pressure": block.pressure,
        "left_s": left,
        "rule": block.rule,
        "needs": block.needs,
    }


def _figure(screen: ScreenState, spec: StretchSpec | None) -> Mapping[str, list[list[Any]]]:
    """The bones of the person while they stretch, in heights of the picture, as the camera sees it."""
    moment = screen.moment
    if screen.phase is not SessionPhase.STRETCH or spec is None or moment is None or moment.landmarks is None:
        return {"lines": [], "dots": []}
    marks = skeleton(moment.landmarks, moment.assessment, spec)
    return {
        "lines": [[*_rounded((*one.start, *one.end, one.width)), one.tone] for one in marks if isinstance(one, Line)],
        "dots": [[*_rounded((*one.at, one.radius)), one.tone] for one in marks if isinstance(one, Dot)],
    }


def _gauges(screen: ScreenState, spec: StretchSpec | None, status: Status) -> list[Message]:
    """The gauges of somebody who is in the shape; none else, where a silhouette shows how to get into it."""
    if spec is None or status is Status.ELSEWHERE:
        return []
    judged = screen.moment.assessment if screen.moment is not None else None
    cause = cause_of(spec, judged) if judged is not None else None
    return [
        {
            "name": one.scale.name,
            "text": one.text,
            "status": one.status,
            "value": None if one.value is None else round(one.value, 1),
            "full": list(one.scale.full),
            "zero": list(one.scale.zero),
        }
        for one in read_gauges(spec, judged if status is not Status.UNSEEN else None, cause)
    ]


def _answers() -> list[Message]:
    return [
        {"key": key, "cap": CAPS[key], "text": KEY_NAMES[key], "leads_to": leads_to}
        for key, leads_to in phrases.LEADS_TO.items()
    ]
