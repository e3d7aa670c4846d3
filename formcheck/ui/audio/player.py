"""Plays chimes on the computer's own sound device, and stays silent where there is none.

A computer without a sound device or without the sound library is a normal case, said once. Everything that may take time
(looking for the device, opening and closing it) happens on a thread of its own, so the session never waits. The device stays
open between chimes: headphones without a wire sleep in between and swallow the start of whatever wakes them.

What is to sound next, as a tape that a sound device reads in pieces of whatever size it likes.

Knows no device, so that what would be heard can be tested where there is none.
"""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self

from formcheck.coaching.events import Chime
from formcheck.core.errors import MissingPartError, by_system
from formcheck.system.audio_lib import import_sound_library
from formcheck.ui.audio.chimes import Samples, length_s, samples

FADE_S = 0.006
"""How fast a sound that is cut off dies away: at once for the ear, slow enough not to click."""


class AudioBuffer:
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


Tell = Callable[[str], None]
"""Takes a sentence for the person. May be called from another thread."""

_LATENCY_S = 0.1
"""How far ahead the device is fed: more than the pose engine ever keeps the interpreter busy, less than a late tick."""
_CLOSING_S = 1.0
"""The longest wait for a device to close; one that was unplugged may never do so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioDevice:
    """The sound device that the operating system plays on."""

    name: str
    rate_hz: int
    channels: int


def find_device() -> AudioDevice:
    """Return the default sound device. Raises MissingPartError when there is none, or no library to reach it with."""
    try:
        sounddevice = import_sound_library()
    except (ImportError, OSError):
        raise MissingPartError(
            "There is no sound: the sound library PortAudio is missing.",
            by_system(
                linux="Install it (Debian, Ubuntu: sudo apt install libportaudio2).",
                macos="Install the library again: pip install --force-reinstall sounddevice",
                windows="Install the library again: pip install --force-reinstall sounddevice",
            ),
        ) from None
    try:
        found: dict[str, Any] = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError):
        raise MissingPartError("There is no sound: no sound device was found.", _plug_in()) from None
    channels = min(2, found["max_output_channels"])
    return AudioDevice(name=found["name"], rate_hz=round(found["default_samplerate"]), channels=channels)


def _plug_in() -> str:
    return by_system(
        linux=(
            "Connect a loudspeaker or headphones; if other programs can be heard, join this one to them "
            "(Debian, Ubuntu: sudo apt install pipewire-alsa, or libasound2-plugins with PulseAudio)."
        ),
        macos="Connect a loudspeaker or headphones and choose it in System Settings > Sound > Output.",
        windows="Connect a loudspeaker or headphones and choose it in Settings > System > Sound > Output.",
    )


class Sound:
    """Inert until entered. No call blocks; what cannot be played is not played."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._tape: AudioBuffer | None = None
        self._sounds: dict[Chime, Samples] = {}
        self._until_s = 0.0
        self._muted = False
        self._over = Event()  # set by us to close, and by the device when it goes away
        self._closing = False
        self._thread = Thread(target=self._run, name="sound", daemon=True)

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, wanted: bool) -> None:
        tape = self._tape
        if wanted and not self._muted and tape is not None:
            tape.cut()
            self._until_s = 0.0
        self._muted = wanted

    @property
    def rest_s(self) -> float:
        """Seconds until the chimes that were asked for are over; 0 when there is silence."""
        return max(0.0, self._until_s - time.monotonic())

    def play(self, chime: Chime) -> None:
        """Let `chime` sound as soon as those before it are over."""
        tape = self._tape  # the device may go away at any time
        if self._muted or tape is None:
            return
        begin_s = max(time.monotonic() + _LATENCY_S, self._until_s)
        self._until_s = begin_s + length_s(chime)
        tape.put(self._sounds[chime])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closing = True
        self._over.set()
        self._thread.join(_CLOSING_S)

    def _run(self) -> None:
        try:
            self._feed(find_device())
        except MissingPartError as missing:
            self._tell(str(missing))
        finally:
            self._tape, self._until_s = None, 0.0

    def _feed(self, device: AudioDevice) -> None:
        """Keep `device` fed until it goes away or this is left."""
        sounddevice = import_sound_library()
        tape = AudioBuffer(device.rate_hz)
        self._sounds = {chime: samples(chime, device.rate_hz) for chime in Chime}

        def fill(out: Any, count: int, _time: Any, _status: Any) -> None:
            out[:] = tape.take(count)[:, None]

        try:
            stream = sounddevice.OutputStream(
                samplerate=device.rate_hz,
                channels=device.channels,
                dtype="float32",
                latency=_LATENCY_S,
                callback=fill,
                finished_callback=self._over.set,
            )
        except sounddevice.PortAudioError as error:
            raise MissingPartError(
                f"There is no sound: {device.name} cannot be opened ({_reason(error)}).", _plug_in()
            ) from None
        try:
            stream.start()
            self._tape = tape
            self._over.wait()
        except sounddevice.PortAudioError as error:
            raise MissingPartError(f"There is no sound: {device.name} does not play ({_reason(error)}).", _plug_in()) from None
        finally:
            self._tape = None
            with suppress(sounddevice.PortAudioError):
                stream.close()
        if not self._closing:
            raise MissingPartError(f"There is no sound any more: {device.name} has gone.", "Connect it again and start anew.")


def _reason(error: Exception) -> str:
    """The words of a PortAudioError, without its numbers."""
    return str(error.args[0]) if error.args else "no reason given"
