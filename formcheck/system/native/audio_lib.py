"""The sound library, imported only where sound is made.

MediaPipe imports `sounddevice` for tasks that are not used here, and with it comes PortAudio, which searches for sound servers
and, on a broken sound set-up, ends the whole process. A program that scores a clip must do neither.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

_NAME = "sounddevice"
_lock = Lock()


def import_sound_library() -> Any:
    """Return the module `sounddevice`. Raises ImportError or OSError where it, or PortAudio, is missing."""
    with _lock:
        import sounddevice

        return sounddevice


@contextmanager
def without_sound() -> Iterator[None]:
    """Make `import sounddevice` fail within the block, unless it is imported already. MediaPipe does without."""
    with _lock:
        hide = _NAME not in sys.modules
        if hide:
            sys.modules[_NAME] = None  # type: ignore[assignment]
        try:
            yield
        finally:
            if hide:
                del sys.modules[_NAME]
