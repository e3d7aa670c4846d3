"""Speaks sentences through processes that speak one sentence each, by the rules of `speech_queue.py`.

A speech engine is the least reliable part of a computer's sound: it hangs, it dies, it cannot be interrupted. So it never
runs in this process. A process (`speak.py`) is started ahead of time, gets its sentence when that is due, and is killed when
it must be silent or takes too long; then the next one is started. A thread of its own holds the queue and the process, and
everything that happens reaches it as an event, so no call ever waits.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Self

from formcheck.core.errors import MissingPartError, by_system
from formcheck.core.wording.language import N_, shown, spoken
from formcheck.system.languages import english_name
from formcheck.system.leftovers import temporary_folder
from formcheck.system.signals import join
from formcheck.ui.audio.player import OnMessage
from formcheck.ui.audio.speech_queue import SpeechQueue, ToSay, add_sentence, clear, end_sentence, next_start_s, start_next

WORDS_A_MINUTE = 160
"""A little slower than conversation: heard with closed eyes, from another corner of the room."""
SPEAK = (sys.executable, "-P", str(Path(__file__).with_name("speak.py")), str(WORDS_A_MINUTE))
"""The command that speaks, but for the language and its name, which come last. `-P` keeps this folder's modules from shadowing
the engine's own.
"""

_READY_WITHIN_S = 20.0
"""The first start on a cold disk takes seconds, on Windows more than elsewhere."""
_PATIENCE = 2.0
_GRACE_S = 5.0
"""A sentence may take this many times as long as its words at the requested rate, and some seconds to begin with."""
_FAILURES = 3
"""Processes that fail one after the other before the voice is given up."""
_CLOSING_S = 2.0
"""The longest wait for the last process to be gone; killing one takes milliseconds."""


def find_voice(command: Sequence[str] = SPEAK) -> str:
    """Return the name of the voice that would speak. Raises MissingPartError when none would. Takes a second or two."""
    answers: SimpleQueue[str] = SimpleQueue()
    process = SpeechProcess(command, {}, lambda _process, answer: answers.put(answer))
    try:
        answer = answers.get(timeout=_READY_WITHIN_S)
    except Empty:
        answer = ""
    finally:
        process.close()
    if answer.startswith("ready "):
        return answer.removeprefix("ready ")
    raise _missing(answer)


class Voice:
    """Speaks while entered. No call blocks; a sentence that cannot be spoken is dropped."""

    def __init__(self, on_message: OnMessage, *, command: Sequence[str] = SPEAK) -> None:
        self._on_message = on_message
        self._command = command
        self._events: SimpleQueue[_Event] = SimpleQueue()
        self._muted = False
        self._open = False
        self._thread = Thread(target=self._run, name="voice", daemon=True)
        # Known to the thread alone:
        self._queue = SpeechQueue()
        self._process: SpeechProcess | None = None
        self._ready = False
        self._deadline_s: float | None = None
        self._failures = 0

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        if muted and not self._muted:
            self._events.put(self._clear)
        self._muted = muted

    def say(self, text: str, *, urgent: bool = False, after_s: float = 0.0) -> None:
        """Speak `text` when it is due, not before `after_s` seconds from now; see `speech_queue.py`."""
        if self._muted or not self._open:
            return
        now_s = time.monotonic()
        line = " ".join(shown(text).split())
        sentence = ToSay(text=line, requested_s=now_s, earliest_s=now_s + after_s, urgent=urgent)
        self._events.put(lambda: self._add(sentence))

    def __enter__(self) -> Self:
        self._open = True
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._events.put(self._wake)
        join(self._thread, _CLOSING_S)

    def _run(self) -> None:
        try:
            # An engine that is killed leaves files behind; they go with the folder.
            with temporary_folder() as folder:
                self._folder = str(folder)
                try:
                    self._renew()
                    while self._open:
                        self._step()
                finally:
                    self._open = False
                    self._silence()
        except MissingPartError as missing:
            self._on_message(str(missing))
        except OSError as error:
            self._on_message(
                N_("There is no voice: {reason}. Make room in the folder for temporary files ({folder}).").format(
                    reason=error.strerror, folder=error.filename
                )
            )

    def _step(self) -> None:
        """Wait for the next event, or for the time of the next sentence, or until the process is overdue."""
        now_s = time.monotonic()
        begin_s = next_start_s(self._queue) if self._ready else None
        until_s = min((at_s for at_s in (begin_s, self._deadline_s) if at_s is not None), default=None)
        try:
            event = self._events.get(timeout=None if until_s is None else max(0.0, until_s - now_s))
        except Empty:
            event = self._wake
        event()
        now_s = time.monotonic()
        if self._open and self._deadline_s is not None and now_s >= self._deadline_s:
            self._fail()
        if self._open and self._ready and self._queue.speaking is None:
            self._queue = start_next(self._queue, now_s)
            if self._queue.speaking is not None:
                self._begin(self._queue.speaking, now_s)

    def _begin(self, sentence: ToSay, now_s: float) -> None:
        assert self._process is not None
        words_s = len(sentence.text.split()) / WORDS_A_MINUTE * 60
        self._deadline_s = now_s + _GRACE_S + _PATIENCE * words_s
        self._process.say(sentence.text)

    def _renew(self) -> None:
        """Replace the process by a new one."""
        self._silence()
        self._ready = False
        self._deadline_s = time.monotonic() + _READY_WITHIN_S
        # Every engine puts its temporary files where these say.
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder)
        self._process = SpeechProcess(
            self._command, places, lambda process, answer: self._events.put(lambda: self._answer(process, answer))
        )

    def _silence(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

    def _add(self, sentence: ToSay) -> None:
        before, self._queue = self._queue, add_sentence(self._queue, sentence)
        if before.speaking is not None and self._queue.speaking is None:
            self._renew()

    def _clear(self) -> None:
        before, self._queue = self._queue, clear(self._queue)
        if before.speaking is not None:
            self._renew()

    def _wake(self) -> None:
        """Do nothing: the event alone wakes the thread."""

    def _answer(self, process: "SpeechProcess", answer: str) -> None:
        if process is not self._process:
            return  # a late answer of one that was killed
        if answer.startswith("ready"):
            self._ready = True
            self._deadline_s = None
        elif answer.startswith("lacking"):
            raise _missing(answer)
        elif answer == "spoken":
            self._failures = 0
            self._queue = end_sentence(self._queue)
            self._renew()
        else:
            self._fail()

    def _fail(self) -> None:
        """Replace a process that died or hangs; its sentence is lost."""
        self._failures += 1
        if self._failures >= _FAILURES:
            raise _missing("")
        self._queue = end_sentence(self._queue)
        self._renew()


_Event = Callable[[], None]


class SpeechProcess:
    """A process that speaks one sentence. `report` gets each line it answers and "" at its end, on another thread."""

    def __init__(
        self, command: Sequence[str], places: Mapping[str, str], report: Callable[["SpeechProcess", str], None]
    ) -> None:
        self._report = report
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        try:
            self._process = subprocess.Popen(
                [*command, spoken().language, english_name(spoken().language)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, **places},
                creationflags=flags,
                start_new_session=True,  # Ctrl-C does not reach it, and it is killed with whatever it has started
            )
        except OSError:  # no processes left, no memory
            raise _missing("") from None
        self._reader = Thread(target=self._read_answers, name="voice-answers", daemon=True)
        self._reader.start()

    def say(self, text: str) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # it has died; the reading thread reports that
            self._process.stdin.write(text + "\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """Silence it at once."""
        if self._process.poll() is None:
            with suppress(OSError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)
        self._reader.join(_CLOSING_S)

    def _read_answers(self) -> None:
        with self._process:  # closes the pipes and waits for the end
            assert self._process.stdout is not None
            for line in self._process.stdout:
                self._report(self, line.strip())
        self._report(self, "")


def _missing(answer: str) -> MissingPartError:
    """Return what `answer` (a line of `speak.py`; empty: it died or hangs) means for the person."""
    match answer.removeprefix("lacking "):
        case "library":
            return MissingPartError(
                N_("There is no voice: the speech library is not installed."),
                N_('Install it, in the folder of formcheck: pip install ".[voice]"'),
            )
        case "player":
            return MissingPartError(
                N_("There is no voice: the program aplay is missing."),
                N_("Install it (Debian, Ubuntu: sudo apt install alsa-utils)."),
            )
        case "engine":
            return MissingPartError(N_("There is no voice: no speech engine was found."), _install_engine())
        case _:
            return MissingPartError(N_("There is no voice: the speech engine does not answer."), _install_engine())


def _install_engine() -> str:
    return by_system(
        linux=N_("Install it (Debian, Ubuntu: sudo apt install espeak-ng alsa-utils)."),
        macos=N_("Choose a voice in System Settings > Accessibility > Read & Speak (Spoken Content), and hear it there."),
        windows=N_("Choose a voice in Settings > Time & language > Speech, and hear it there."),
    )
