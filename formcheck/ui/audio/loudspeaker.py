"""All that is heard of a session: chimes and sentences, from the same utterances, with one switch for silence.

A sentence begins when its chime is over. Nothing is looked for and nothing started while it is muted from the beginning.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from formcheck.coaching.events import Utterance
from formcheck.ui.audio.player import Sound, Tell
from formcheck.ui.audio.voice import Voice


class Loudspeaker:
    """Inert until entered. No call blocks, and nothing that is missing stops a session: `tell` gets a sentence about it, once.

    `tell` may be called from another thread. Without `voice` there are chimes only.
    """

    def __init__(self, tell: Tell, *, muted: bool = False, voice: bool = True) -> None:
        self._muted = muted
        self._sound = Sound(tell)
        self._voice = Voice(tell) if voice else None
        self._stack = ExitStack()
        self._entered = self._started = False

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, wanted: bool) -> None:
        """Silence everything, what sounds now too; or let what comes from now on be heard."""
        self._muted = self._sound.muted = wanted
        if self._voice is not None:
            self._voice.muted = wanted
        self._start()

    def hear(self, utterances: Sequence[Utterance]) -> None:
        """Let `utterances` be heard, each chime before its sentence."""
        if self._muted:
            return
        for utterance in utterances:
            if utterance.chime is not None:
                self._sound.play(utterance.chime)
            if utterance.text is not None and self._voice is not None:
                self._voice.say(utterance.text, urgent=utterance.urgent, after_s=self._sound.rest_s)

    def __enter__(self) -> Self:
        self._entered = True
        self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._entered = False
        self._stack.close()

    def _start(self) -> None:
        if self._entered and not self._muted and not self._started:
            self._started = True
            self._stack.enter_context(self._sound)
            if self._voice is not None:
                self._stack.enter_context(self._voice)
