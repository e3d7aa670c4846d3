"""Speaks one sentence and ends. A program of its own, run by `voice.py`; it imports nothing of formcheck, so it starts fast.

Speech engines hang on a second call, need the main thread, print to the terminal, and on macOS may end the whole program when
they are done. A process that speaks once has a main thread, meets no second call, prints to nowhere, and can be killed.

It answers in lines: `ready VOICE`, then, having read one line of text, `spoken`; or `lacking library|engine|player`.
"""

import os
import shutil
import sys
import time
from typing import Any, NoReturn


def main() -> None:
    """Speak the first line of standard input at the rate of `sys.argv[1]`, words a minute.

    The language is `sys.argv[2]`, and `sys.argv[3]` what it is called in English.
    """
    words_a_minute, language, name = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # the engine prints there

    def end(answer: str) -> NoReturn:
        answers.write(answer + "\n")
        answers.flush()
        os._exit(0)  # some engines never return, others complain when they are taken down

    try:
        import pyttsx3
    except ImportError:
        end("lacking library")
    try:
        engine = pyttsx3.init()
        engine.setProperty("rate", words_a_minute)
    except Exception:  # every engine has its own ways to fail
        end("lacking engine")
    if sys.platform.startswith("linux") and shutil.which("aplay") is None:
        end("lacking player")  # through which pyttsx3 plays there
    answers.write(f"ready {choose_voice(engine, language, name) or 'system voice'}\n")
    text = sys.stdin.buffer.readline().decode("utf-8").strip()
    if not text:
        os._exit(0)  # the parent has gone
    # The end of the sentence is what counts. `runAndWait` returns long before it on Linux, and on macOS perhaps never.
    engine.connect("finished-utterance", lambda **_: end("spoken"))
    engine.connect("error", lambda **_: os._exit(1))
    engine.say(text)
    engine.runAndWait()
    time.sleep(1.0 + 1.5 * len(text.split()) * 60 / words_a_minute)  # more than it takes, if no end is reported
    end("spoken")


def choose_voice(engine: Any, language: str, name: str) -> str | None:
    """Return the name of the voice. It is the system's own if that speaks the language, else the first that does."""
    try:
        voices, own = engine.getProperty("voices"), engine.getProperty("voice")
    except Exception:
        return None  # a voice that cannot be described; the system's own will do
    current = next((voice for voice in voices if voice.id == own), None)
    if current is not None and speaks(current, language, name):
        return str(current.name)
    chosen = next((voice for voice in voices if speaks(voice, language, name)), None)
    if chosen is not None:
        engine.setProperty("voice", chosen.id)
    best = chosen or current
    return None if best is None else str(best.name)


def speaks(voice: Any, language: str, name: str) -> bool:
    """Return whether `voice` does, by its languages (`en`, `en-GB`, `en_US`) or, where it lists none, by its name."""
    languages = [str(one).lower() for one in voice.languages or () if one]
    if languages:
        return any(one.startswith(language) for one in languages)
    return name.lower() in str(voice.name).lower()


if __name__ == "__main__":
    main()
