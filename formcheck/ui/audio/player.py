"""Plays chimes on the computer's own sound device, and stays silent where there is none.

A computer without a sound device or without the sound library is a normal case, reported once. Everything that may take time
(finding the device, opening and closing it) happens on a thread of its own, so the session never waits. The device stays open
between chimes: headphones without a wire sleep in between and swallow the start of the sound that wakes them.
"""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Any, Self

from formcheck.coaching.events import Chime
from formcheck.core.errors import MissingPartError, by_system
from formcheck.core.wording.language import N_
from formcheck.system.native.audio_lib import import_sound_library
from formcheck.system.signals import join
from formcheck.ui.audio.chimes import Samples, length_s, samples

OnMessage = Callable[[str], None]
"""Called with a sentence for the person, maybe from another thread."""

_LATENCY_S = 0.1
"""How far ahead the device is filled: longer than the pose engine ever keeps the interpreter busy, shorter than a late tick."""
_CLOSING_S = 1.0
"""The longest wait for a device to close; one that was unplugged may never do so."""

_INSTALL_AGAIN = N_("Install the library again: pip install --force-reinstall sounddevice")

FADE_S = 0.006
"""How fast a sound that is cut off fades, in seconds: at once for the ear, slow enough not to click."""


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
            N_("There is no sound: the sound library PortAudio is missing."),
            by_system(
                linux=N_("Install it (Debian, Ubuntu: sudo apt install libportaudio2)."),
                macos=_INSTALL_AGAIN,
                windows=_INSTALL_AGAIN,
            ),
        ) from None
    try:
        device: dict[str, Any] = sounddevice.query_devices(kind="output")
    except (sounddevice.PortAudioError, ValueError):
        raise MissingPartError(N_("There is no sound: no sound device was found."), _plug_in()) from None
    channels = min(2, device["max_output_channels"])
    return AudioDevice(name=device["name"], rate_hz=round(device["default_samplerate"]), channels=channels)


class AudioBuffer:
    """Sounds in the order they play, read in pieces of any size. One thread may append and fade while another reads."""

    def __init__(self, rate_hz: int) -> None:
        self._fade = max(1, round(FADE_S * rate_hz))
        self._sounds: deque[Samples] = deque()
        self._lock = Lock()

    def append(self, sound: Samples) -> None:
        with self._lock:
            self._sounds.append(sound)

    def fade_out(self) -> None:
        """Fade out the present sound, and drop those that wait."""
        import numpy as np

        with self._lock:
            if self._sounds:
                rest = self._sounds[0][: self._fade]
                self._sounds = deque([(rest * np.linspace(1.0, 0.0, len(rest))).astype(np.float32)])

    def read(self, count: int) -> Samples:
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


class Sound:
    """Plays chimes while entered. No call blocks; a chime that cannot be played is dropped."""

    def __init__(self, on_message: OnMessage) -> None:
        self._on_message = on_message
        self._buffer: AudioBuffer | None = None
        self._sounds: dict[Chime, Samples] = {}
        self._until_s = 0.0
        self._muted = False
        self._ended = Event()  # set to close, and by the device when it goes away
        self._closing = False
        self._thread = Thread(target=self._run, name="sound", daemon=True)

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        buffer = self._buffer
        if muted and not self._muted and buffer is not None:
            buffer.fade_out()
            self._until_s = 0.0
        self._muted = muted

    @property
    def rest_s(self) -> float:
        """Seconds until the chimes under way are over; 0 in silence."""
        return max(0.0, self._until_s - time.monotonic())

    def play(self, chime: Chime) -> None:
        """Play `chime` as soon as those before it are over."""
        buffer = self._buffer  # the device may go away at any time
        if self._muted or buffer is None:
            return
        begin_s = max(time.monotonic() + _LATENCY_S, self._until_s)
        self._until_s = begin_s + length_s(chime)
        buffer.append(self._sounds[chime])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        self._ended.set()
        join(self._thread, _CLOSING_S)

    def _run(self) -> None:
        try:
            self._feed(find_device())
        except MissingPartError as missing:
            self._on_message(str(missing))
        finally:
            self._buffer, self._until_s = None, 0.0

    def _feed(self, device: AudioDevice) -> None:
        """Fill `device` until it goes away or this is left."""
        sounddevice = import_sound_library()
        buffer = AudioBuffer(device.rate_hz)
        self._sounds = {chime: samples(chime, device.rate_hz) for chime in Chime}

        def fill(out: Any, count: int, _time: Any, _status: Any) -> None:
            out[:] = buffer.read(count)[:, None]

        try:
            stream = sounddevice.OutputStream(
                samplerate=device.rate_hz,
                channels=device.channels,
                dtype="float32",
                latency=_LATENCY_S,
                callback=fill,
                finished_callback=self._ended.set,
            )
        except sounddevice.PortAudioError as error:
            raise MissingPartError(
                N_("There is no sound: {device} cannot be opened ({reason}).").format(
                    device=device.name, reason=_reason(error)
                ),
                _plug_in(),
            ) from None
        try:
            stream.start()
            self._buffer = buffer
            self._ended.wait()
        except sounddevice.PortAudioError as error:
            raise MissingPartError(
                N_("There is no sound: {device} does not play ({reason}).").format(device=device.name, reason=_reason(error)),
                _plug_in(),
            ) from None
        finally:
            self._buffer = None
            with suppress(sounddevice.PortAudioError):
                stream.close()
        if not self._closing:
            raise MissingPartError(
                N_("There is no sound any more: {device} has gone.").format(device=device.name),
                N_("Connect it again and start anew."),
            )


def _plug_in() -> str:
    return by_system(
        linux=N_(
            "Connect a loudspeaker or headphones; if other programs can be heard, join this one to them "
            "(Debian, Ubuntu: sudo apt install pipewire-alsa, or libasound2-plugins with PulseAudio)."
        ),
        macos=N_("Connect a loudspeaker or headphones and choose it in System Settings > Sound > Output."),
        windows=N_("Connect a loudspeaker or headphones and choose it in Settings > System > Sound > Output."),
    )


def _reason(error: Exception) -> str:
    """Return the words of a PortAudioError, without its numbers."""
    return str(error.args[0]) if error.args else N_("no reason given")
