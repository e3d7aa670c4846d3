"""The sound library, kept out of what makes no sound.

MediaPipe imports `sounddevice` for tasks that are not used here, and with it comes PortAudio, which looks for sound servers
and, on a broken sound set-up, ends the whole process. A program that scores a film must do neither.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_NAME = "sounddevice"
_importing = Lock()


def sound_library() -> Any:
    """Return the module. Raises ImportError or OSError where it, or PortAudio, is missing."""
    with _importing:
        import sounddevice

        return sounddevice


@contextmanager
def without_sound() -> Iterator[None]:
    """Within this, an `import sounddevice` of others fails, unless it is there already. MediaPipe does without."""
    with _importing:
        hide = _NAME not in sys.modules
        if hide:
            sys.modules[_NAME] = None  # type: ignore[assignment]
        try:
            yield
        finally:
            if hide:
                del sys.modules[_NAME]
