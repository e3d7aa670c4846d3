"""Sessions in a terminal: keys without a window, and in which order what is asked comes."""

import signal
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from formcheck.analysis.scoring.document import LiveDocument, ProgrammeDocument
from formcheck.coaching.events import Key
from formcheck.coaching.guidance import phrases
from formcheck.core import wording
from formcheck.people import safety
from formcheck.people.history import Answer
from formcheck.people.history.database import Store
from formcheck.people.safety import questionnaire
from formcheck.ui.terminal_keys import ANSWERS, KEYS, Keyboard
from tests.support.clips import SAMPLES
from tests.support.real_time import in_real_time
from tests.support.streamed import streamed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal as on POSIX")

LONG = SAMPLES / "kneeling_short_hold_p8.mp4"

if sys.platform != "win32":
    from tests.support.terminal import terminal


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def answered() -> None:
    safety.save_answers(safety.Answers(questionnaire=questionnaire().version, on=date.today(), yes=frozenset()))


def test_where_nobody_can_type_there_are_no_keys() -> None:
    with Keyboard() as keyboard:  # the tests' own input is no terminal
        assert not keyboard.present
        assert keyboard.pressed() == ()


def test_every_key_is_named_but_that_of_the_window() -> None:
    for part in ("space pause", "s skip", "o other side", "m mute", "x pain", "1 mild", "2 strong", "3 sharp", "q quit"):
        assert part in KEYS
    assert "full" not in KEYS
    assert "2 strong: leave this side" in ANSWERS
    assert "Ctrl-C" in wording.NO_TERMINAL_KEYS


@pytest.mark.heavy
@in_real_time
def test_each_press_counts_at_once_and_the_terminal_is_as_it_was(model: Path, folder: Path) -> None:
    answered()
    with (
        streamed(LONG, loop=True) as stream,
        terminal("live", "kneeling_hip_flexor", "--no-window", "--mute", "--camera", stream.url) as shown,
    ):
        shown.wait_for(KEYS[:40])
        shown.wait_for(phrases.RUNS)
        shown.type(" ")
        shown.wait_for(phrases.PAUSED)
        shown.type("\x1b[A\r\n?f")  # an arrow and what means nothing
        shown.type(" ")
        shown.wait_for(phrases.GOING_ON)
        shown.type("X")
        shown.wait_for("2 strong: leave this side")
        shown.type("1")
        shown.wait_for(phrases.ANSWERS[Key.MILD])
        assert shown.now_modes() != shown.modes, "one press at a time, without an echo"
        shown.type("q")
        assert shown.ended() == 0
        assert shown.now_modes() == shown.modes
        assert "Not started: " in shown.shown
    with Store(folder / "history.db") as store:
        (entry,) = store.recent()
    assert [pain.answer for pain in entry.pains] == [Answer.MILD]


@pytest.mark.heavy
@in_real_time
@pytest.mark.parametrize("how", ["key", "signal"])
def test_ctrl_c_gives_the_terminal_back(how: str, model: Path) -> None:
    answered()
    with (
        streamed(LONG, loop=True) as stream,
        terminal("live", "kneeling_hip_flexor", "--no-window", "--mute", "--camera", stream.url) as shown,
    ):
        shown.wait_for(KEYS[:40])
        if how == "key":
            shown.type("\x03")
        else:
            shown.process.send_signal(signal.SIGTERM)
        assert shown.ended() == (130 if how == "key" else 143)
        assert shown.now_modes() == shown.modes


@pytest.mark.heavy
@in_real_time
def test_a_terminal_that_is_closed_loses_nothing(model: Path, tmp_path: Path) -> None:
    """Its keys, what is printed there, and a signal go at once."""
    answered()
    out = tmp_path / "out.json"
    with (
        streamed(LONG, loop=True) as stream,
        terminal("live", "kneeling_hip_flexor", "--no-window", "--mute", "--camera", stream.url, "--json", out) as shown,
    ):
        shown.wait_for(KEYS[:40])
        time.sleep(5)
        shown.hang_up()
        assert shown.process.wait(30) == 129
    assert LiveDocument.model_validate_json(out.read_text()).holds[0].held_s > 1
    with Store(tmp_path / "data" / "history.db") as store:
        (entry,) = store.recent()
    assert entry.ended is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "out.json"]


@pytest.mark.heavy
def test_nobody_answers_questions_for_a_camera_that_is_not_there(model: Path, folder: Path) -> None:
    with terminal("live", "--no-window", "--camera", "97") as shown:
        assert shown.ended() == 1
        assert "there is no such camera" in shown.shown
        assert "`formcheck doctor` looks at every part." in " ".join(shown.shown.split())
        assert questionnaire().questions[0].text not in shown.shown
    assert not folder.exists()


@pytest.mark.heavy
@in_real_time
def test_the_camera_that_was_tried_is_there_for_the_session(model: Path, folder: Path) -> None:
    with (
        streamed(LONG, loop=True) as stream,
        terminal("live", "kneeling_hip_flexor", "--no-window", "--mute", "--camera", stream.url) as shown,
    ):
        for number, question in enumerate(questionnaire().questions, 1):
            shown.wait_for(f"{number}. {question.text}")
            shown.type("n\n")
        shown.wait_for(phrases.RUNS)
        shown.type("q")
        assert shown.ended() == 0
    assert safety.load_answers() is not None


@pytest.mark.heavy
@in_real_time
def test_ctrl_c_at_the_question_after_a_programme_writes_what_was_done(model: Path, tmp_path: Path, folder: Path) -> None:
    answered()
    path = tmp_path / "day.json"
    with (
        streamed(LONG, loop=True) as stream,
        terminal(
            *("live", "programme", "--pain", "1", "--no-window", "--mute", "--json", str(path), "--camera", stream.url)
        ) as shown,
    ):
        shown.wait_for("Do you want to do it now?")
        shown.type("n\n")
        shown.wait_for("   y or n")  # about slow breathing
        shown.type("n\n")
        shown.wait_for(KEYS[:40])
        shown.type("q")
        shown.wait_for("And how much does it hurt now")
        shown.type("\x03")
        assert shown.ended() == 130
    document = ProgrammeDocument.model_validate_json(path.read_text(encoding="utf-8"))
    assert (document.level, document.pain_before, document.pain_after) == (1, 1, None)
    with Store(folder / "history.db") as store:
        (entry,) = store.recent()
    assert (entry.check_put_off, entry.pain_after) == (True, None)
    assert entry.ended is not None
