"""What is to sound next, as a tape that a sound device reads in pieces of whatever size it likes.

Knows no device, so that what would be heard can be tested where there is none.
"""

from collections import deque
from threading import Lock

from formcheck.outputs.chimes import Samples

FADE_S = 0.006
"""How fast a sound that is cut off dies away: at once for the ear, slow enough not to click."""


class Tape:
    """Sounds put on it play one after the other. One thread may put and cut while another takes."""

    def __init__(self, rate_hz: int) -> None:
        self._fade = max(1, round(FADE_S * rate_hz))
        self._sounds: deque[Samples] = deque()
        self._lock = Lock()

    def put(self, sound: Samples) -> None:
        with self._lock:
            self._sounds.append(sound)

    def cut(self) -> None:
        """End what sounds now, and forget what waits."""
        import numpy as np

        with self._lock:
            if self._sounds:
                rest = self._sounds[0][: self._fade]
                self._sounds = deque([(rest * np.linspace(1.0, 0.0, len(rest))).astype(np.float32)])

    def take(self, count: int) -> Samples:
        """Return the next `count` samples; silence where nothing is left."""
        import numpy as np

        out = np.zeros(count, dtype=np.float32)
        filled = 0
        with self._lock:
            while self._sounds and filled < count:
                piece = self._sounds[0][: count - filled]
                out[filled : filled + len(piece)] = piece
                filled += len(piece)
                rest = self._sounds.popleft()[len(piece) :]
                if len(rest):
                    self._sounds.appendleft(rest)
        return out
