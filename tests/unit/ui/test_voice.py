"""The rules of who speaks when, as laws; and processes that speak, die, hang and are cut off."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.events import Chime
from formcheck.core.errors import MissingPartError
from formcheck.ui.audio.chimes import length_s
from formcheck.ui.audio.speak import choose_voice
from formcheck.ui.audio.speech_queue import (
    AGAIN_S,
    STALE_S,
    SpeechQueue,
    ToSay,
    add_sentence,
    clear,
    end_sentence,
    next_start_s,
    start_next,
)
from formcheck.ui.audio.voice import SPEAK, Voice, find_voice
from tests.support.clips import REPO
from tests.support.laws import between, law
from tests.unit.ui.test_audio import needs_portaudio

MOUTH = SPEAK[2]


def sentence(text: str, at_s: float, *, after_s: float = 0.0, urgent: bool = False) -> ToSay:
    return ToSay(text=text, requested_s=at_s, earliest_s=at_s + after_s, urgent=urgent)


@dataclass
class Spoken:
    sentence: ToSay
    start_s: float
    end_s: float = float("inf")
    cut: bool = False


@dataclass
class Room:
    """Everything that was said, by a mouth that takes `lasts_s` seconds a sentence and is never late."""

    lasts_s: float
    queue: SpeechQueue = field(default_factory=SpeechQueue)
    spoken: list[Spoken] = field(default_factory=list)

    def until(self, now_s: float) -> None:
        """Let time go by."""
        while True:
            ends_s = self.spoken[-1].start_s + self.lasts_s if self.queue.speaking else None
            begins_s = next_start_s(self.queue)
            due = [at_s for at_s in (ends_s, begins_s) if at_s is not None and at_s <= now_s]
            if not due:
                return
            at_s = max(min(due), self.spoken[-1].start_s if self.spoken else 0.0)
            if ends_s is not None and ends_s <= at_s:
                self.spoken[-1].end_s = at_s
                self.queue = end_sentence(self.queue)
            self.begin(at_s)

    def begin(self, now_s: float) -> None:
        before = self.queue.speaking
        self.queue = start_next(self.queue, now_s)
        if before is None and self.queue.speaking is not None:
            self.spoken.append(Spoken(self.queue.speaking, now_s))

    def hear(self, new: ToSay) -> None:
        self.until(new.requested_s)
        before = self.queue.speaking
        self.queue = add_sentence(self.queue, new)
        if before is not None and self.queue.speaking is None:
            self.spoken[-1].end_s = new.requested_s
            self.spoken[-1].cut = True
        self.begin(new.requested_s)


requests = st.lists(
    st.tuples(between(0.0, 3.0), st.sampled_from("abcde"), between(0.0, 1.2), st.booleans()),
    max_size=40,
)


def said(asked: list[tuple[float, str, float, bool]], lasts_s: float) -> tuple[Room, list[ToSay]]:
    """Ask for sentences, each so many seconds after the one before, and let all of it be said."""
    room = Room(lasts_s=lasts_s)
    now_s, heard = 0.0, []
    for gap_s, text, after_s, urgent in asked:
        now_s += gap_s
        heard.append(sentence(text, now_s, after_s=after_s, urgent=urgent))
        room.hear(heard[-1])
    room.until(now_s + 1000.0)
    return room, heard


class TestTurns:
    @law
    @given(asked=requests, lasts_s=between(0.2, 6.0))
    def test_never_two_at_once(self, asked: list[tuple[float, str, float, bool]], lasts_s: float) -> None:
        spoken = said(asked, lasts_s)[0].spoken
        for before, after in pairwise(spoken):
            assert before.end_s <= after.start_s
        assert all(one.cut or one.end_s == pytest.approx(one.start_s + lasts_s) for one in spoken)

    @law
    @given(asked=requests, lasts_s=between(0.2, 6.0))
    def test_no_repeat_within_ten_seconds_unless_urgent(
        self, asked: list[tuple[float, str, float, bool]], lasts_s: float
    ) -> None:
        spoken = said(asked, lasts_s)[0].spoken
        for i, one in enumerate(spoken):
            earlier = [other.start_s for other in spoken[:i] if other.sentence.text == one.sentence.text]
            if earlier and not one.sentence.urgent:
                assert one.start_s - earlier[-1] >= AGAIN_S

    @law
    @given(asked=requests, lasts_s=between(0.2, 6.0))
    def test_nothing_is_late_or_before_its_chime_is_over(
        self, asked: list[tuple[float, str, float, bool]], lasts_s: float
    ) -> None:
        for one in said(asked, lasts_s)[0].spoken:
            assert one.start_s >= one.sentence.earliest_s
            assert one.sentence.urgent or one.start_s - one.sentence.requested_s <= STALE_S

    @law
    @given(asked=requests, lasts_s=between(0.2, 6.0))
    def test_urgent_is_always_said_and_first_and_to_its_end(
        self, asked: list[tuple[float, str, float, bool]], lasts_s: float
    ) -> None:
        room, heard = said(asked, lasts_s)
        urgent = [one for one in room.spoken if one.sentence.urgent]
        assert not any(one.cut for one in urgent)
        for wanted in (one for one in heard if one.urgent):
            # Said, unless the same was on its way when it was asked for.
            assert any(one.sentence.text == wanted.text and one.end_s > wanted.requested_s for one in urgent)
        for one in room.spoken:
            if not one.sentence.urgent:
                waiting = [other for other in urgent if other.sentence.requested_s < one.start_s < other.start_s]
                assert waiting == []

    @law
    @given(asked=requests, lasts_s=between(0.2, 6.0))
    def test_what_is_not_urgent_keeps_its_order(self, asked: list[tuple[float, str, float, bool]], lasts_s: float) -> None:
        asked = [(gap_s, text, 0.0, False) for gap_s, text, _, _ in asked]
        heard = [one.sentence.requested_s for one in said(asked, lasts_s)[0].spoken]
        assert heard == sorted(heard)

    def test_a_waiting_sentence_goes_stale(self) -> None:
        room = Room(lasts_s=4.0)
        for text, at_s in (("long", 0.0), ("too old by then", 1.0), ("fresh enough", 2.0)):
            room.hear(sentence(text, at_s))
        room.until(100.0)
        assert [one.sentence.text for one in room.spoken] == ["long", "fresh enough"]

    def test_hush(self) -> None:
        room = Room(lasts_s=4.0)
        for text in "ab":
            room.hear(sentence(text, 0.0))
        room.queue = clear(room.queue)
        assert room.queue.speaking is None
        assert next_start_s(room.queue) is None
        room.hear(sentence("a", 1.0))  # said a second ago
        assert room.queue.speaking is None


def voices(*found: tuple[str, list[str] | None], own: str = "") -> Any:
    """A speech engine as far as its voices go."""
    listed = [SimpleNamespace(id=name, name=name, languages=languages) for name, languages in found]
    engine = SimpleNamespace(own=own)
    engine.getProperty = lambda name: listed if name == "voices" else engine.own
    engine.setProperty = lambda _name, value: setattr(engine, "own", value)
    return engine


class TestLanguage:
    @pytest.mark.parametrize(
        ("found", "own", "english", "german"),
        [
            ([("Anna", ["de_DE"]), ("Kate", ["en_GB"]), ("Samantha", ["en_US"])], "Samantha", "Samantha", "Anna"),
            ([("Anna", ["de_DE"]), ("Kate", ["en_GB"])], "Anna", "Kate", "Anna"),
            ([("Anna", ["de_DE"])], "Anna", "Anna", "Anna"),
            ([("Hedda - German", None), ("Zira - English", None)], "", "Zira - English", "Hedda - German"),
            ([("Amelie", [None]), ("Daniel", ["en-GB"])], "", "Daniel", None),
            ([], "", None, None),
        ],
    )
    def test_one_of_the_language_if_there_is_any(
        self, found: list[tuple[str, list[str] | None]], own: str, english: str | None, german: str | None
    ) -> None:
        for language, name, wanted in (("en", "English", english), ("de", "German", german)):
            engine = voices(*found, own=own)
            assert choose_voice(engine, language, name) == wanted
            assert engine.own == (wanted or own)


def program(tmp_path: Path, body: str) -> tuple[str, ...]:
    """A mouth that does as `body` says, and writes down the number of its process before."""
    path = tmp_path / "mouth.py"
    path.write_text(
        f"import os, sys, time\nlog = {str(tmp_path / 'log')!r}\n"
        "def note(*words):\n    with open(log, 'a') as out:\n        print(os.getpid(), time.time(), *words, file=out)\n"
        f"note('born')\n{body}"
    )
    return (sys.executable, str(path))


def noted(tmp_path: Path, word: str = "") -> list[list[str]]:
    """What mouths wrote down: process, time, word, text."""
    path = tmp_path / "log"
    lines = path.read_text().splitlines() if path.exists() else []
    return [parts for parts in (line.split(" ", 3) for line in lines) if word in ("", parts[2])]


GOOD = """
print('ready Nobody', flush=True)
text = sys.stdin.readline().strip()
if text:
    note('start', text)
    time.sleep({lasts_s})
    note('end', text)
    print('spoken', flush=True)
"""


def wait_for(what: Callable[[], Any], within_s: float = 20.0) -> None:
    end_s = time.monotonic() + within_s
    while not what():
        assert time.monotonic() < end_s, "waited in vain"
        time.sleep(0.02)


def alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except OSError:
        return False
    return True


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What the person is told; nothing is told twice."""
    sentences: list[str] = []
    yield sentences
    assert len(set(sentences)) == len(sentences)


class TestProcesses:
    def test_one_after_the_other(self, tmp_path: Path, told: list[str]) -> None:
        with Voice(told.append, command=program(tmp_path, GOOD.format(lasts_s=0.2))) as voice:
            for text in ("One.", "Two,\nin two lines.", "One."):
                begin_s = time.perf_counter()
                voice.say(text)
                assert time.perf_counter() - begin_s < 0.1
            wait_for(lambda: len(noted(tmp_path, "end")) == 2)
            time.sleep(0.3)
        steps = [(word, text) for _, _, word, text in (line for line in noted(tmp_path) if len(line) == 4)]
        one, two = "One.", "Two, in two lines."
        assert steps == [("start", one), ("end", one), ("start", two), ("end", two)]
        assert told == []

    def test_urgent_cuts_off(self, tmp_path: Path, told: list[str]) -> None:
        with Voice(told.append, command=program(tmp_path, GOOD.format(lasts_s=1.5))) as voice:
            voice.say("Lean back a little.")
            wait_for(lambda: noted(tmp_path, "start"))
            voice.say("Stop.", urgent=True)
            wait_for(lambda: noted(tmp_path, "end"))
        assert [line[3] for line in noted(tmp_path, "start")] == ["Lean back a little.", "Stop."]
        assert [line[3] for line in noted(tmp_path, "end")] == ["Stop."]
        assert told == []

    def test_mute_silences_at_once_and_can_be_taken_back(self, tmp_path: Path, told: list[str]) -> None:
        with Voice(told.append, command=program(tmp_path, GOOD.format(lasts_s=0.5))) as voice:
            voice.say("One.")
            voice.say("Two.")
            wait_for(lambda: noted(tmp_path, "start"))
            voice.muted = True
            voice.say("Three.")
            wait_for(lambda: not alive(noted(tmp_path, "start")[0][0]), within_s=5)
            time.sleep(1.0)
            assert [line[3] for line in noted(tmp_path, "start")] == ["One."]
            assert noted(tmp_path, "end") == []
            voice.muted = False
            voice.say("Four.")
            wait_for(lambda: noted(tmp_path, "end"))
        assert [line[3] for line in noted(tmp_path, "end")] == ["Four."]

    def test_the_chime_comes_first(self, tmp_path: Path, told: list[str]) -> None:
        with Voice(told.append, command=program(tmp_path, GOOD.format(lasts_s=0.1))) as voice:
            begin_s = time.time()
            voice.say("One.", after_s=1.0)
            wait_for(lambda: noted(tmp_path, "start"))
        assert float(noted(tmp_path, "start")[0][1]) - begin_s >= 0.99

    def test_one_that_dies_loses_its_sentence_and_no_more(self, tmp_path: Path, told: list[str]) -> None:
        dies_once = (
            "if not os.path.exists(log + '.died'):\n    open(log + '.died', 'w').close()\n"
            "    print('ready Nobody', flush=True)\n    sys.stdin.readline()\n    os._exit(7)\n"
        )
        with Voice(told.append, command=program(tmp_path, dies_once + GOOD.format(lasts_s=0.1))) as voice:
            voice.say("Lost.")
            wait_for((tmp_path / "log.died").exists)
            wait_for(lambda: len(noted(tmp_path, "born")) == 2)
            voice.say("Said.")
            wait_for(lambda: noted(tmp_path, "end"))
        assert [line[3] for line in noted(tmp_path, "end")] == ["Said."]
        assert told == []

    @pytest.mark.parametrize("body", ["os._exit(1)", "raise SystemExit('no')", "print('ready Nobody', flush=True)"])
    def test_ones_that_keep_dying_are_given_up(self, body: str, tmp_path: Path, told: list[str]) -> None:
        with Voice(told.append, command=program(tmp_path, body)) as voice:
            wait_for(lambda: told)
            voice.say("Nobody hears this.", urgent=True)
            voice.muted = True
            time.sleep(0.2)
        assert len(told) == 1
        assert "speech engine does not answer" in told[0]
        assert len(noted(tmp_path, "born")) <= 3

    def test_ones_that_hang_are_given_up(self, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("formcheck.ui.audio.voice._GRACE_S", 0.3)
        monkeypatch.setattr("formcheck.ui.audio.voice._PATIENCE", 0.0)
        hangs = "print('ready Nobody', flush=True)\nsys.stdin.readline()\nnote('hangs')\ntime.sleep(600)"
        with Voice(told.append, command=program(tmp_path, hangs)) as voice:
            for i in range(3):
                wait_for(lambda i=i: len(noted(tmp_path, "born")) == i + 1)  # type: ignore[misc]
                voice.say(f"ToSay {i}.")
                wait_for(lambda i=i: len(noted(tmp_path, "hangs")) == i + 1)  # type: ignore[misc]
            wait_for(lambda: told)
        assert len(told) == 1
        assert not any(alive(line[0]) for line in noted(tmp_path, "born"))

    def test_one_that_never_gets_ready_is_given_up(
        self, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("formcheck.ui.audio.voice._READY_WITHIN_S", 0.3)
        with Voice(told.append, command=program(tmp_path, "time.sleep(600)")):
            wait_for(lambda: told)
        assert not any(alive(line[0]) for line in noted(tmp_path))

    def test_closing_is_prompt_and_leaves_nothing_behind(self, tmp_path: Path, told: list[str]) -> None:
        with Voice(told.append, command=program(tmp_path, GOOD.format(lasts_s=600))) as voice:
            voice.say("On and on.")
            wait_for(lambda: noted(tmp_path, "start"))
            begin_s = time.perf_counter()
        assert time.perf_counter() - begin_s < 1.5
        assert not any(alive(line[0]) for line in noted(tmp_path))
        assert told == []

    def test_no_such_program(self, tmp_path: Path, told: list[str]) -> None:
        with Voice(told.append, command=(str(tmp_path / "none"),)):
            wait_for(lambda: told)
        with pytest.raises(MissingPartError):
            find_voice((str(tmp_path / "none"),))


class TestMouth:
    """The real program, as it is shipped."""

    def test_without_the_library(self, told: list[str]) -> None:
        """`-S` leaves out everything that was installed."""
        bare = (sys.executable, "-S", MOUTH, "160")
        with Voice(told.append, command=bare) as voice:
            wait_for(lambda: told)
            voice.say("Nobody hears this.")
        assert len(told) == 1
        assert '".[voice]"' in told[0]
        with pytest.raises(MissingPartError, match="not installed"):
            find_voice(bare)

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pyttsx3 plays through aplay on Linux alone")
    def test_without_a_player(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        _needs_espeak()
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(MissingPartError, match="aplay"):
            find_voice()

    def test_it_keeps_to_itself(self) -> None:
        """Whatever engine there is or is not: one line of answer, no word on standard error."""
        run = subprocess.run(
            [*SPEAK, "en", "English"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
        )
        assert run.stderr == ""
        assert run.stdout.splitlines()[0].split()[0] in ("ready", "lacking")
        assert len(run.stdout.splitlines()) == 1

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pyttsx3 plays through aplay on Linux alone")
    def test_a_real_engine_speaks_through_a_player_and_is_killed_with_it(
        self, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The engine is real; the player writes down what it was given instead of playing it."""
        _needs_espeak()
        player = tmp_path / "aplay"
        player.write_text(
            f"#!/bin/sh\necho $$ 0 start $(wc -c < $1) >> {tmp_path}/log\nsleep $(cat {tmp_path}/lasts)\n"
            f"echo $$ 0 end >> {tmp_path}/log\n"
        )
        player.chmod(0o755)
        (tmp_path / "lasts").write_text("0.4")
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        assert "English" in find_voice()
        with Voice(told.append) as voice:
            voice.say("Well done.")
            voice.say("Now change sides, slowly, and come back to the mat.")
            wait_for(lambda: len(noted(tmp_path, "end")) == 2)
            (tmp_path / "lasts").write_text("600")
            voice.say("This one is cut off.")
            wait_for(lambda: len(noted(tmp_path, "start")) == 3)
            begin_s = time.perf_counter()
        assert time.perf_counter() - begin_s < 1.5
        wait_for(lambda: not alive(noted(tmp_path, "start")[2][0]), within_s=5)
        assert [line[2] for line in noted(tmp_path)] == ["start", "end", "start", "end", "start"]
        short, long = (int(line[3]) for line in noted(tmp_path, "start")[:2])
        assert long > 2 * short > 20_000  # bytes of sound
        assert told == []


SESSION = """
import time
from formcheck.ui.audio.loudspeaker import Loudspeaker
from formcheck.coaching.events import Chime, Utterance
told = []
with Loudspeaker(told.append, muted=True) as loudspeaker:
    loudspeaker.play([Utterance(time_s=0.0, text='Nobody hears this.', chime=Chime.READY)])
    loudspeaker.muted = False
    time.sleep(2.0)
    print('asked', time.time())
    loudspeaker.play([Utterance(time_s=2.0, text='Well done.', chime=Chime.DONE)])
    time.sleep(2.0)
    loudspeaker.muted = True
    loudspeaker.play([Utterance(time_s=4.0, text='Nor this.', chime=Chime.READY, urgent=True)])
    time.sleep(0.5)
print('told', told)
"""


@pytest.mark.heavy
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sets up ALSA, the sound system of Linux")
def test_the_chime_and_then_the_sentence_and_nothing_while_muted(tmp_path: Path) -> None:
    """Real libraries, a sound device that swallows everything, and a player that writes down when it plays."""
    _needs_espeak()
    needs_portaudio()
    player = tmp_path / "aplay"
    player.write_text(f"#!/bin/sh\necho $$ $(date +%s.%N) start >> {tmp_path}/log\n")
    player.chmod(0o755)
    config = tmp_path / "asound.conf"
    config.write_text("pcm.!default { type null }")
    places = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "ALSA_CONFIG_PATH": str(config), "PYTHONPATH": str(REPO)}
    run = subprocess.run(
        [sys.executable, "-c", SESSION], capture_output=True, text=True, check=True, env={**os.environ, **places}
    )
    asked, told = run.stdout.splitlines()
    assert told == "told []"
    (start,) = noted(tmp_path, "start")
    assert float(start[1]) - float(asked.split()[1]) >= length_s(Chime.DONE)


def _needs_espeak() -> None:
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
