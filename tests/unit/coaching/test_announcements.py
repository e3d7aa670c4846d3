"""What somebody with closed eyes hears while they hold: little, at the right moment, one sentence at a time."""

from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.events import Chime, Utterance
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guidance.announcements import (
    AGAIN_S,
    APART_S,
    BLINK_S,
    COACH_AFTER_S,
    COACH_EVERY_S,
    QUIET_S,
    Announcer,
    SpeechScheduler,
    coaching_line,
)
from formcheck.coaching.tasks import StretchTask, TaskProgress
from formcheck.core import wording
from formcheck.core.measures.table import BY_NAME
from formcheck.core.values import Assessment, Cue, Hold, Moment, Side, Status
from formcheck.core.wording import PRAISE
from formcheck.core.wording.language import shown
from formcheck.system.languages import languages
from tests.support.laws import law
from tests.support.speaking import speaking
from tests.support.specs import SHIPPED, fault, small

FRAME_S = 0.125
SPEC = small(
    coaching=["Tuck your tailbone under.", "Squeeze your glute.", "Hip bones ahead."],
    faults=[
        fault("arching", "trunk_inclination", below=-14, clear=-10, priority=1),
        fault("leaning", "trunk_inclination", above=15, clear=11, priority=2),
    ],
)
ARCHING, LEANING = SPEC.fault("arching").cue, SPEC.fault("leaning").cue


@dataclass
class Hearing:
    """A hold as the announcer has it: the clock runs or not, a cue stands or not."""

    goal_s: float = 30.0
    time_s: float = 0.0
    held_s: float = 0.0
    heard: list[Utterance] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.speech = SpeechScheduler()
        self.announcer = Announcer(self.speech)
        self.current = TaskProgress(
            task=StretchTask(pose="small", side=Side.LEFT), pose="small", goal_s=self.goal_s, side=Side.LEFT, started_s=0.0
        )

    def go_on(self, lasting_s: float, *, counting: bool = True, cue: str | None = None, name: str | None = None) -> "Hearing":
        since_s = self.time_s
        for _ in range(round(lasting_s / FRAME_S)):
            self.current.credit([Hold(side=Side.LEFT, start_s=0.0, end_s=self.time_s, held_s=self.held_s)], running=True)
            moment = Moment(
                time_s=self.time_s,
                landmarks=None,
                view=None,
                assessment=Assessment(pose="small", status=Status.CORRECT if counting else Status.ADJUST, side=Side.LEFT),
                hold=None,
                held_s=self.held_s,
                goal_s=self.goal_s,
                cue=Cue(text=cue, fault=name, since_s=since_s) if cue else None,
                recognised=True,
            )
            if not self.current.complete:
                self.announcer.announce(moment, self.current, SPEC, counting=counting)
                self.heard += self.speech.take()
            self.time_s += FRAME_S
            self.held_s += FRAME_S if counting else 0.0
        return self

    @property
    def said(self) -> list[tuple[float, str]]:
        return [(one.time_s, one.text) for one in self.heard if one.text is not None]

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.said]

    @property
    def coached_s(self) -> list[float]:
        return [time_s for time_s, text in self.said if text in SPEC.coaching]

    def chimes(self, chime: Chime) -> list[float]:
        return [one.time_s for one in self.heard if one.chime is chime]


def test_a_hold_of_thirty_seconds_is_told_in_five_sentences() -> None:
    live = Hearing().go_on(30)
    assert live.texts == [phrases.RUNS, SPEC.coaching[0], phrases.HALF, SPEC.coaching[2], phrases.TO_GO]
    assert live.chimes(Chime.START) == [0]
    assert live.chimes(Chime.HALF) == [15]
    assert live.chimes(Chime.TICK) == [27, 28, 29]
    assert live.chimes(Chime.LAPSE) == []


def test_a_short_goal_is_not_talked_through() -> None:
    live = Hearing(goal_s=8).go_on(8)
    assert live.texts == [phrases.RUNS]
    assert live.chimes(Chime.TICK) == [5, 6, 7]


def test_a_lapse_is_heard_and_so_is_that_the_clock_runs_again() -> None:
    live = Hearing().go_on(4).go_on(2, counting=False).go_on(4)
    assert live.chimes(Chime.LAPSE) == [pytest.approx(4 + BLINK_S, abs=FRAME_S)]
    assert live.chimes(Chime.START) == [0, 6]
    assert live.texts.count(phrases.RUNS) == 1


def test_that_the_clock_runs_sounds_at_once_and_is_said_when_the_sentence_before_has_been_heard() -> None:
    live = Hearing(time_s=0.5)
    live.speech.say(0.0, "Kneeling hip flexor stretch, either side first")
    live.go_on(4)
    assert live.chimes(Chime.START) == [0.5]
    assert live.said[1:] == [(APART_S, phrases.RUNS)]


def test_a_blink_is_not_heard() -> None:
    live = Hearing().go_on(4).go_on(0.25, counting=False).go_on(2)
    assert live.chimes(Chime.LAPSE) == []
    assert live.chimes(Chime.START) == [0]


def test_what_was_broken_off_on_purpose_is_no_lapse() -> None:
    live = Hearing().go_on(4)
    live.announcer.stop()
    live.go_on(3, counting=False)
    assert live.chimes(Chime.LAPSE) == []


def test_milestones_are_told_once_however_often_the_clock_stops() -> None:
    live = Hearing()
    for _ in range(40):
        live.go_on(0.75).go_on(0.75, counting=False)
    assert live.texts.count(phrases.HALF) == 1
    assert live.texts.count(phrases.TO_GO) == 1
    assert len(live.chimes(Chime.TICK)) == 3


@pytest.mark.parametrize(
    ("text", "name", "urgent"), [(ARCHING, "arching", True), (LEANING, "leaning", False), ("I can't see", None, False)]
)
def test_a_cue_is_said_once_for_as_long_as_it_stands(text: str, name: str | None, urgent: bool) -> None:
    live = Hearing().go_on(8).go_on(10, counting=False, cue=text, name=name)
    assert [(one.text, one.urgent) for one in live.heard if one.time_s >= 8 and one.text] == [(text, urgent)]


def test_a_cue_goes_before_a_milestone_whose_chime_remains() -> None:
    live = Hearing().go_on(15).go_on(3, cue=LEANING, name="leaning")
    assert live.chimes(Chime.HALF) == [15]
    assert phrases.HALF not in live.texts
    assert LEANING in live.texts


def test_praise_is_not_said_on_top_of_the_news_that_the_clock_runs() -> None:
    assert Hearing().go_on(3, cue=PRAISE).texts == [phrases.RUNS]


def test_praise_is_heard_after_a_correction() -> None:
    live = Hearing().go_on(4).go_on(6, counting=False, cue=LEANING, name="leaning").go_on(3, cue=PRAISE)
    assert live.texts[-1] == PRAISE
    assert live.chimes(Chime.START)[-1] == live.said[-1][0] == 10


def test_a_coaching_line_waits_until_the_form_has_settled_again() -> None:
    live = Hearing().go_on(2).go_on(10, counting=False).go_on(6)
    assert live.coached_s == [12 + COACH_AFTER_S]


def test_without_coaching_lines_nothing_is_missing() -> None:
    assert coaching_line(small(), 12.0) is None


spells = st.lists(
    st.tuples(
        st.sampled_from([0.25, 0.5, 2.0, 5.0, 12.0]),
        st.booleans(),
        st.sampled_from([(None, None), (ARCHING, "arching"), (LEANING, "leaning"), (PRAISE, None)]),
    ),
    max_size=20,
)


@law
@given(st.sampled_from([5.0, 12.0, 30.0, 60.0]), spells)
def test_nobody_is_talked_to_too_much(goal_s: float, script: list[tuple[float, bool, tuple[str | None, str | None]]]) -> None:
    live = Hearing(goal_s=goal_s)
    for lasting_s, counting, (cue, name) in script:
        live.go_on(lasting_s, counting=counting, cue=cue, name=name)
    times_s = [time_s for time_s, _ in live.said]
    assert len(times_s) == len(set(times_s)), "two sentences at once"
    assert all(b - a >= COACH_EVERY_S for a, b in pairwise(live.coached_s))
    quiet = [*SPEC.coaching, PRAISE]
    assert all(b - a >= QUIET_S for (a, _), (b, text) in pairwise(live.said) if text in quiet)
    for text in (phrases.RUNS, phrases.HALF, phrases.TO_GO, *SPEC.coaching):
        assert live.texts.count(text) <= 1
    starts, lapses = live.chimes(Chime.START), live.chimes(Chime.LAPSE)
    assert sorted(starts + lapses) == [
        at for pair in zip(starts, [*lapses, None], strict=False) for at in pair if at is not None
    ]


# --- instructions ------------------------------------------------------------------------------------------------------


def test_an_instruction_waits_for_what_was_said_before_and_is_repeated_while_it_stays_true() -> None:
    speech = SpeechScheduler()
    speech.say(0.0, "Ready")
    times_s = []
    for tick in range(400):
        speech.instruct(tick / 10, "Come closer")
        times_s += [one.time_s for one in speech.take() if one.text == "Come closer"]
    assert times_s == [pytest.approx(APART_S + AGAIN_S * i) for i in range(4)]


def test_two_instructions_that_take_turns_are_each_said_no_oftener_than_one() -> None:
    speech = SpeechScheduler()
    said = []
    for tick in range(240):
        speech.instruct(tick / 10, "Come closer" if tick // 8 % 2 else "Move back")
        said += [one.text for one in speech.take()]
    assert said.count("Come closer") <= 2
    assert said.count("Move back") <= 2


# --- wording -----------------------------------------------------------------------------------------------------------

SENTENCES = [
    *(text for name, text in vars(phrases).items() if name.isupper() and isinstance(text, str)),
    *phrases.ANSWERS.values(),
    *(row.cue for row in wording.REASONS.values()),
    *(text for row in BY_NAME.values() for text in (row.too_low, row.too_high, row.below_shape, row.above_shape) if text),
    *(
        said.format(side=side)
        for said in (phrases.TURN_SIDE, phrases.TURN_ROUND, phrases.OTHER_SIDE, phrases.NOW_SIDE)
        for side in Side
    ),
    phrases.turn_to(None),
    *(spec.posture for spec in SHIPPED),
    *(phrases.following(spec, side) for spec in SHIPPED for side in Side),
]


@pytest.mark.parametrize("language", languages())
def test_a_sentence_is_short_and_reads_as_one(language: str) -> None:
    with speaking(language):
        said = [shown(sentence) for sentence in SENTENCES]
    assert [text for text in said if len(text.split()) > 8 or not text[0].isupper() or text.endswith(".")] == []
