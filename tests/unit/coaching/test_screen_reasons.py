"""What the screen says is what is there now: in every state that is not correct one reason, and what is drawn follows it.

The window is drawn for every screen of random sessions, of all stretches, faults, views and keys.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.analysis.form.causes import cause_of
from formcheck.coaching.events import Key, ScreenState, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.tasks import ANYTHING, StretchTask
from formcheck.core.measures import MEASURES, joint_state
from formcheck.core.values import Landmarks, Side, Status
from formcheck.core.wording import PRAISE, TURN_A_LITTLE, verdict
from formcheck.testing import hidden, kneeling, mirrored, pushed_out, scaled, shifted, standing, supine, turned, upright
from formcheck.ui.drawing.shapes import Text, Tone, flatten
from formcheck.ui.screen import draw_screen
from tests.proofs import Found
from tests.support.rehearsal import LEFT, READY, READY_LEFT, RIGHT, SPECS, Rehearsal, both, planned
from tests.support.specs import SHIPPED, STANDING, SUPINE

BODIES: dict[str, Landmarks | None] = {
    "right": RIGHT,
    "left": LEFT,
    "leaning": kneeling(lean=22),
    "leaning left": mirrored(kneeling(lean=22)),
    "arching": kneeling(lean=-20),
    "not forward": kneeling(extension=1),
    "head dropped": kneeling(neck=50),
    "leaning, head dropped": kneeling(lean=25, neck=50),
    "shin far": kneeling(shin=32),
    "too deep": kneeling(extension=62, lean=9),
    "much a little": kneeling(extension=6, lean=12, shin=27, neck=33),
    "lunge": standing(),
    "lunge, knee bent": standing(rear_knee=33),
    "lunge, head dropped": standing(neck=50),
    "lying": supine(),
    "lying, leg up": supine(leg=24),
    "lying, knee bent": supine(straight_knee=27),
    "ready": READY,
    "ready left": READY_LEFT,
    "standing about": shifted(upright(), 0.2),
    "nobody": None,
    "far": scaled(kneeling(), 0.12),
    "turned": turned(kneeling(), 60),
    "askew": turned(kneeling(), 25),
    "foot out": pushed_out(kneeling(), "right_ankle"),
    "leg hidden": hidden(kneeling(), "right_knee", "right_ankle"),
}
PLANS: dict[str, tuple[StretchTask, ...]] = {
    "both": both(),
    "right": both(side=Side.RIGHT),
    "anything": ANYTHING,
    "routine": tuple(planned(side, goal_s=3, rest_s=1, spec=spec) for spec in SHIPPED for side in Side),
    "lunge": both(STANDING),
    "lying": both(SUPINE),
}
acts = st.lists(
    st.tuples(st.sampled_from(sorted(BODIES)), st.sampled_from([0.2, 0.6, 1.2, 2.6, 5.0])) | st.sampled_from(list(Key)),
    max_size=14,
)
Act = tuple[str, float] | Key


def play(plan: str, script: list[Act], look: Callable[[ScreenState], None]) -> None:
    live = Rehearsal.of(*PLANS[plan], fps=5.0)
    look(live.session.first_screen)
    for act in script:
        if isinstance(act, Key):
            live.press(act)
            look(live.session.wait(live.time_s).screen)
            continue
        body = BODIES[act[0]]
        before = len(live.results)
        live.see(act[1], *(() if body is None else (body,)))
        for result in live.results[before:]:
            look(result.screen)


def _is_seen(screen: ScreenState, joints: tuple[str, ...]) -> bool:
    """Whether two of these joints in a row are seen in this very picture: a verdict stands on the ones before as well."""
    moment = screen.moment
    if moment is None or moment.landmarks is None:
        return False
    side = moment.assessment.side
    roles = SPECS[moment.assessment.pose].roles(side) if side is not None else {}
    known = [joint for joint in joints if joint.partition("_")[0] in ("mid", *roles)]
    seen = {joint for joint in known if joint_state(moment.landmarks, roles, joint) is None}
    return any(seen.issuperset(pair) for pair in pairwise(joints))


def check(screen: ScreenState) -> None:
    """One screen says one reason, of now; gauges, marks and clock go with it."""
    spec = SPECS[screen.pose] if screen.pose is not None else None
    drawn = draw_screen(screen, spec, picture=16 / 9, window=16 / 9)
    texts = [mark.text for mark in flatten(drawn.marks) if isinstance(mark, Text)]
    said = " ".join(texts)
    if screen.phase in (SessionPhase.SETUP, SessionPhase.COUNTDOWN, SessionPhase.REST, SessionPhase.PAIN, SessionPhase.LOST):
        assert screen.instruction
        assert screen.instruction in said
    if screen.phase is not SessionPhase.STRETCH:
        assert not drawn.figure
        return
    now = screen.moment.assessment if screen.moment is not None else None
    status = now.status if now is not None else Status.ELSEWHERE
    assert verdict(status, now.reason if now is not None else None) in said
    assert ("running" in said) is screen.counting
    assert ("°" in said) is (status.in_shape and spec is not None)
    orange = [mark for mark in drawn.figure if mark.tone is Tone.ADJUST]
    cause = cause_of(SPECS[now.pose], now) if now is not None else None
    if status is Status.CORRECT:
        assert now is not None
        advice = [SPECS[now.pose].fault(breach.name).cue for breach in now.breaches]
        assert screen.instruction in (None, PRAISE, TURN_A_LITTLE, *advice)
        assert not orange
        return
    assert not screen.counting
    assert screen.instruction is not None
    assert screen.instruction in said
    assert not any(line in said for spec in SHIPPED for line in spec.coaching)
    if status is Status.ELSEWHERE:
        assert screen.instruction in (phrases.OTHER_LEG, phrases.ANY_STRETCH, *(one.posture for one in SHIPPED))
        assert not orange
        return
    assert cause is not None
    assert screen.instruction == cause.text
    assert [text for one in SHIPPED for fault in one.faults if (text := fault.cue) in said and text != cause.text] == []
    if cause.measure is None:
        assert not orange
    else:
        assert MEASURES[cause.measure].name_with_leg in texts
        assert "!" in texts
        assert bool(orange) is _is_seen(screen, MEASURES[cause.measure].marked)


CASES = [
    ("right", [("ready", 5.0), ("right", 5.0), ("leaning", 2.6), ("right", 2.6), ("leaning", 2.6)]),
    ("right", [("ready", 5.0), ("right", 5.0), ("leaning", 2.6), ("leaning, head dropped", 2.6), ("head dropped", 5.0)]),
    ("right", [("ready", 5.0), ("right", 5.0), ("head dropped", 5.0), ("right", 2.6)]),
    ("right", [("ready", 5.0), ("right", 2.6), ("much a little", 5.0), ("too deep", 5.0)]),
    ("right", [("ready", 5.0), ("right", 2.6), ("turned", 5.0), ("askew", 5.0), ("standing about", 5.0)]),
    ("right", [("ready", 5.0), ("left", 5.0), ("leaning left", 5.0)]),
    ("anything", [("standing about", 5.0), ("lunge", 5.0), ("lunge, head dropped", 2.6), ("lying, leg up", 5.0)]),
    ("anything", [("leg hidden", 5.0), ("arching", 0.6)]),
    ("both", [("right", 5.0), Key.PAUSE, Key.PAUSE, ("right", 0.2), Key.PAIN, Key.MILD, ("leaning", 5.0), Key.QUIT]),
]
"""A second lean within ten seconds, a head that drops under the cue of a lean, one that drops alone, a score that is too low
without a fault, a person who turns, the other leg, no plan, and keys.
"""


@pytest.mark.parametrize(("plan", "script"), CASES)
def test_in_these_sessions_the_screen_says_what_is_there(plan: str, script: list[Act]) -> None:
    play(plan, script, check)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(PLANS)), acts)
@example("both", [("right", 5.0), Key.QUIT])
def test_whatever_happens_the_screen_says_what_is_there(plan: str, script: list[Act]) -> None:
    play(plan, script, check)


@pytest.mark.heavy
@pytest.mark.proof
def test_in_thousands_of_sessions_the_screen_says_what_is_there(record_property: Found) -> None:
    looked = [0, 0]

    @settings(deadline=None, max_examples=3000, database=None)
    @given(st.sampled_from(sorted(PLANS)), acts)
    def law(plan: str, script: list[Act]) -> None:
        def look(screen: ScreenState) -> None:
            looked[1] += 1
            check(screen)

        looked[0] += 1
        play(plan, script, look)

    law()
    record_property("found", f"{looked[0]} sessions, {looked[1]} screens")
