"""The notes of every chime, and their sound as samples.

Chimes differ by their outline, which survives a laptop's speaker, a large room and ears of any age: rising where something
begins, falling where it stops, the same note twice at half-time, a chord when a hold is done. All lie between 500 and
1400 Hz: small speakers swallow what is lower, and older ears lose what is higher. This module plays nothing.
"""

from dataclasses import dataclass
from typing import Any

from formcheck.coaching.events import Chime

Samples = Any
"""One channel of sound: a float32 array within -1..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One struck note. `at_s` from the start of the chime."""

    pitch_hz: float
    at_s: float
    for_s: float


C5, DS5, E5, G5, A5, C6, E6 = 523.25, 622.25, 659.26, 783.99, 880.0, 1046.5, 1318.51
"""Pitches in Hz, equal temperament with A at 440."""


def _struck(*pitches_hz: float, every_s: float, last_s: float) -> tuple[Note, ...]:
    """Return notes that follow each other every `every_s` seconds and ring together until the last has rung for `last_s`."""
    end_s = every_s * (len(pitches_hz) - 1) + last_s
    return tuple(Note(pitch_hz=hz, at_s=i * every_s, for_s=end_s - i * every_s) for i, hz in enumerate(pitches_hz))


NOTES: dict[Chime, tuple[Note, ...]] = {
    Chime.READY: _struck(C5, G5, every_s=0.16, last_s=0.32),
    Chime.TICK: _struck(A5, every_s=0.0, last_s=0.12),
    Chime.START: _struck(G5, C6, E6, every_s=0.09, last_s=0.30),
    Chime.LAPSE: _struck(G5, C5, every_s=0.16, last_s=0.32),
    Chime.HALF: _struck(E5, E5, every_s=0.20, last_s=0.28),
    Chime.DONE: _struck(C5, E5, G5, C6, every_s=0.03, last_s=0.48),
    Chime.CHANGE: _struck(E5, C6, E5, every_s=0.14, last_s=0.28),
    Chime.ALERT: _struck(A5, DS5, A5, DS5, every_s=0.11, last_s=0.22),
    Chime.IN: _struck(E5, A5, every_s=0.12, last_s=0.24),
    Chime.OUT: _struck(A5, E5, every_s=0.12, last_s=0.24),
}

_PARTIALS = (1.0, 0.3, 0.1)
"""Loudness of the note and its overtones: a bare sine is hard to locate, a rich one is harsh."""
_ATTACK_S = 0.008
"""Shorter sounds as a click, longer is no longer struck."""
_RELEASE_S = 0.03
"""The end of a note, brought to nothing so that it does not click."""
_DECAYS = 4.0
"""How many times a note falls to 1/e of itself while it lasts; few, so that it carries, enough to stay soft."""
_PEAK = 0.5
"""Of the most a device can play: soft beside other programs, and room for two sounds at once."""
_PACE_PEAK = 0.25
"""What only keeps the pace, of seconds or of breath, is no news."""
_PACE = (Chime.TICK, Chime.IN, Chime.OUT)


def length_s(chime: Chime) -> float:
    """Return how long `chime` sounds, in seconds."""
    return max(note.at_s + note.for_s for note in NOTES[chime])


def samples(chime: Chime, rate_hz: int) -> Samples:
    """Return the sound of `chime` at `rate_hz` samples a second."""
    import numpy as np

    sound = np.zeros(round(length_s(chime) * rate_hz))
    for note in NOTES[chime]:
        start = round(note.at_s * rate_hz)
        part = sound[start:]
        time_s = np.arange(len(part)) / rate_hz
        tone = sum(size * np.sin(2 * np.pi * note.pitch_hz * (i + 1) * time_s) for i, size in enumerate(_PARTIALS))
        left_s = (len(part) - 1) / rate_hz - time_s
        edges = _eased(time_s / _ATTACK_S) * _eased(left_s / _RELEASE_S)
        part += tone * edges * np.exp(-_DECAYS * time_s / note.for_s)
    sound *= (_PACE_PEAK if chime in _PACE else _PEAK) / np.abs(sound).max()
    return sound.astype(np.float32)


def _eased(share: Any) -> Any:
    """Return a curve from 0 to 1 without a corner, staying 1 thereafter."""
    import numpy as np

    return 0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0))
