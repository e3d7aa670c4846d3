"""What a page is told of a session: all of it is JSON, and the same as the window shows."""

import json

import pytest

from formcheck.coaching.events import Key, SessionPhase
from formcheck.coaching.guidance import phrases
from formcheck.coaching.tasks import BlockTask
from formcheck.core import wording
from formcheck.core.values import Side, Status
from formcheck.core.wording.language import ENGLISH, Catalogue, speak
from formcheck.stretches.block_files import BLOCKS
from formcheck.ui.drawing.shapes import Text, flatten
from formcheck.ui.screen.scene import draw_screen
from formcheck.ui.screen.words import summary_head
from formcheck.web.screen import SILHOUETTE, say_message, screen_message, silhouette_message, summary_message
from formcheck.web.words import as_shown
from tests.support.rehearsal import LEFT, READY, RIGHT, SPECS, Rehearsal, both, planned
from tests.support.specs import KNEELING, SHIPPED
from tests.unit.coaching.test_guided_session import WRONG


def played() -> Rehearsal:
    """Set-up, a hold, a fault, a pause, pain, a lost camera, the other side, the end."""
    told = Rehearsal.of(*both())
    told.see(4.0, READY).until(SessionPhase.STRETCH, RIGHT).see(8.0, RIGHT).see(2.0, WRONG).see(2.0)
    told.press(Key.PAUSE)
    told.see(1.0, RIGHT)
    told.press(Key.PAUSE)
    told.see(3.0, RIGHT)
    told.press(Key.PAIN)
    told.see(1.0, RIGHT)
    told.press(Key.MILD)
    told.see(10.0, RIGHT).lose_camera(3.0).until(SessionPhase.REST, RIGHT).see(10.0, LEFT)
    told.press(Key.QUIT)
    return told.see(1.0, LEFT)


def test_every_screen_is_told_as_it_is_drawn() -> None:
    phases = set()
    for result in played().results:
        screen = result.screen
        spec = SPECS.get(screen.pose or "")
        message = json.loads(json.dumps(screen_message(screen, spec, 12.5)))
        phases.add(message["phase"])
        drawn = draw_screen(screen, spec, picture=16 / 9, window=16 / 9)
        words = " ".join(mark.text for mark in flatten(drawn.marks) if isinstance(mark, Text))
        said = [message["verdict"] and message["verdict"]["text"]]
        assert bool(said[0]) is (message["phase"] in ("countdown", "stretch"))
        at_work = message["phase"] in ("setup", "countdown", "stretch", "rest")
        said += [message["side"], message["instruction"]] if at_work else []
        said += [key["text"] for key in message["keys"]]
        said += [str(message["held"])] if message["phase"] == "stretch" else []
        assert [one for one in said if one and not set(one.split()) <= set(words.split())] == []
        shown = {mark.text for mark in flatten(drawn.marks) if isinstance(mark, Text)}
        assert {gauge["text"] for gauge in message["gauges"]} <= shown
        assert len(message["figure"]["lines"]) + len(message["figure"]["dots"]) == len(drawn.figure)
        assert (message["summary"] is not None) is (screen.phase is SessionPhase.DONE)
        assert bool(message["answers"]) is (screen.phase is SessionPhase.PAIN)
        json.dumps([say_message(one) for one in result.utterances])
    assert phases >= {"setup", "countdown", "stretch", "paused", "pain", "lost", "rest", "done"}


def test_somebody_who_cannot_be_seen_is_never_told_wrong() -> None:
    told = Rehearsal.of(*both()).see(4.0, READY).until(SessionPhase.STRETCH, RIGHT).see(3.0, RIGHT).see(2.0)
    message = screen_message(told.results[-1].screen, KNEELING, None)
    assert message["verdict"]["status"] is Status.UNSEEN
    assert all(gauge["status"] is Status.UNSEEN and gauge["value"] is None for gauge in message["gauges"])
    assert message["figure"]["lines"] == []


def test_a_guided_block_is_told_without_a_verdict() -> None:
    block = BLOCKS.find("slow_breathing")
    told = Rehearsal.of(BlockTask(block=block, side=None)).until(SessionPhase.GUIDED, READY).see(3.0, READY)
    message = screen_message(told.results[-1].screen, None, None)
    assert message["verdict"] is None
    assert message["gauges"] == []
    assert message["block"]["name"]
    assert message["block"]["left_s"] > 0
    assert set(message["block"]) == {"name", "do", "pressure", "left_s", "rule", "needs"}


def test_every_stretch_has_a_silhouette_within_its_room() -> None:
    for spec in SHIPPED:
        for facing in (-1, 1):
            sketch = silhouette_message(spec, facing)
            assert len(sketch["limbs"]) > 8
            assert 0 < len(sketch["stretched"]) < len(sketch["limbs"])
            assert all(limb in sketch["limbs"] for limb in sketch["stretched"])
            for x1, y1, r1, x2, y2, r2 in sketch["limbs"]:
                assert min(x1 - r1, x2 - r2) >= -0.01
                assert max(x1 + r1, x2 + r2) <= SILHOUETTE.width + 0.01
                assert min(y1 - r1, y2 - r2) >= -0.01
                assert max(y1 + r1, y2 + r2) <= 1.01


def test_the_answers_about_pain_are_told_in_the_language_that_is_spoken() -> None:
    screen = next(result.screen for result in played().results if result.screen.phase is SessionPhase.PAIN)
    words = {"mild": "leicht", "strong": "stark", "sharp": "stechend"}
    speak(Catalogue(language="xx", sentences={(None, english): word for english, word in words.items()}))
    try:
        answers = as_shown(screen_message(screen, None, None))["answers"]
    finally:
        speak(ENGLISH)
    assert {answer["key"]: answer["text"] for answer in answers} == words


ADVICE: dict[Key, list[str]] = {
    Key.MILD: [],
    Key.STRONG: [wording.PAIN_LATER],
    Key.SHARP: [phrases.ANSWERS[Key.SHARP], wording.PAIN_LATER],
}


@pytest.mark.parametrize("answer", ADVICE)
def test_what_to_do_about_pain_comes_before_all_else(answer: Key) -> None:
    told = Rehearsal.of(planned(Side.RIGHT)).until(SessionPhase.STRETCH, RIGHT).see(2.0, RIGHT)
    told.press(Key.PAIN, answer)
    told.press(Key.QUIT)
    screen = told.see(0.1).screen
    assert screen.phase is SessionPhase.DONE
    advice, headline = ADVICE[answer], screen.summary.headline
    assert summary_head(screen.summary, screen.instruction)[: len(advice) + 1] == [*advice, headline]
    for summary in (screen_message(screen, None, None)["summary"], summary_message(screen.summary, None)):
        assert [summary["headline"], *summary["advice"]] == (advice or [headline])
        assert (headline in summary["sentences"]) is bool(advice)
        assert not set(advice) & set(summary["sentences"])
