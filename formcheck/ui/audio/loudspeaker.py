"""Plays the utterances of a session, chimes and sentences, with one switch for silence.

A sentence begins when its chime is over. Muted from the beginning, it looks for no device and starts no process.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Self

from formcheck.coaching.events import Utterance
from formcheck.ui.audio.player import OnMessage, Sound
from formcheck.ui.audio.voice import Voice


class Loudspeaker:
    """Inert until entered. No call blocks, and no missing part stops a session: `on_message` gets a sentence about it, once.

    `on_message` may be called from another thread. Without `voice` there are chimes only.
    """

    def __init__(self, on_message: OnMessage, *, muted: bool = False, voice: bool = True) -> None:
        self._muted = muted
        self._player = Sound(on_message)
        self._voice = Voice(on_message) if voice else None
        self._stack = ExitStack()
        self._entered = self._started = False

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        """Silence everything, the present sound too; or play the utterances from now on."""
        self._muted = self._player.muted = muted
        if self._voice is not None:
            self._voice.muted = muted
        self._start()

    def play(self, utterances: Sequence[Utterance]) -> None:
        """Play `utterances`, each chime before its sentence."""
        if self._muted:
            return
        for utterance in utterances:
            if utterance.chime is not None:
                self._player.play(utterance.chime)
            if utterance.text is not None and self._voice is not None:
                self._voice.say(utterance.text, urgent=utterance.urgent, after_s=self._player.rest_s)

    def __enter__(self) -> Self:
        self._entered = True
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._entered = False
        self._stack.close()

    def _start(self) -> None:
        if self._entered and not self._muted and not self._started:
            self._started = True
            self._stack.enter_context(self._player)
            if self._voice is not None:
                self._stack.enter_context(self._voice)
