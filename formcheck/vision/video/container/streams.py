"""What a video file states of its pictures: the track to show, the shape of a pixel, which way is up, and the speed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

import numpy as np

from formcheck.vision.orientation import AS_STORED, Orientation, of_display_matrix

WIDEST_PIXEL = 4.0
"""A pixel is no wider or higher than so many times its other side: recorders know 2, films 2.9. Beyond it the file is wrong,
and players that believe it show a line."""

SQUARE_WITHIN = 0.005
"""Pixels that differ less from squares are squares: a thigh is off by no more than 0.15 degrees, and nothing is resized."""

HIGH_SPEED_HZ = 100.0
"""Cameras for slow motion take at least so many pictures a second. Below it a stored rate under the captured one means a camera
that slowed down in the dark, and not slow motion."""

OTHER_SPEED = 1.9
"""The stored rate is off from the captured one by at least this factor where a film plays slower or faster than life."""

_CAPTURE_RATE = ("capturefps", "captureframerate", "capturerate")
"""How the names of the tags end: `com.android.capture.fps`, `captureFps`."""

_MADE = ("com.apple.quicktime.creationdate", "creation_time")
"""The tags that say when a film was made; programs that cut it on a phone leave the first as it was."""

_UNSET_YEAR = 2000
"""Clocks of cameras and files begin in 1904, 1970, 1980 or 2000."""


def video_stream(container: Any) -> Any:
    """Return the track to look at: the default one, else the largest; the first of several such. `None` where there is none.

    Pictures that belong to a file as its cover or as thumbnails are no film.
    """
    from formcheck.system.native.media_libs import av

    kinds = av.stream.Disposition
    tracks = [
        track for track in container.streams.video if not track.disposition & (kinds.attached_pic | kinds.timed_thumbnails)
    ]
    tracks = [track for track in tracks if track.codec_context is not None] or tracks
    return max(tracks, key=lambda track: (bool(track.disposition & kinds.default), _area(track)), default=None)


def _area(track: Any) -> int:
    return track.codec_context.width * track.codec_context.height if track.codec_context is not None else 0


@dataclass(frozen=True, slots=True)
class Display:
    """How decoded pictures are shown.

    Attributes
    ----------
    aspect : float
        Width over height of a pixel of the stored picture.
    orientation : Orientation
        What is then done to it.
    """

    aspect: float = 1.0
    orientation: Orientation = AS_STORED

    def square(self, width: int, height: int) -> tuple[int, int]:
        """Return the size in square pixels of a picture stored in `width` by `height`; no side becomes shorter."""
        if abs(self.aspect - 1.0) < SQUARE_WITHIN:
            return width, height
        if self.aspect > 1.0:
            return round(width * self.aspect), height
        return width, round(height / self.aspect)

    def shown(self, width: int, height: int) -> tuple[int, int]:
        """Return width and height of the picture as it is shown, upright and in square pixels."""
        wide, high = self.square(width, height)
        return (high, wide) if self.orientation.on_its_side else (wide, high)


class StreamDisplay:
    """The display of every picture of one track, asked for as it comes out of the decoder.

    As players do, what the container says of pixels counts before what is coded with the pictures; without it the latter may
    change on the way. `after` is what is done to pictures beyond what the file states.
    """

    def __init__(self, stream: Any | None, after: Orientation = AS_STORED) -> None:
        self._stream = stream
        self._after = after
        self._stated = _pixel_aspect(stream.sample_aspect_ratio) if stream is not None else None
        coded = _pixel_aspect(stream.codec_context.sample_aspect_ratio) if stream is not None else None
        self._changes = self._stated is None or coded == self._stated
        self._last: tuple[int, float, Display] | None = None

    def of(self, frame: Any) -> Display:
        """Return the display of the picture that the decoder has just given.

        Its matrix is looked at only where its angle is another one than before: a frame whose `side_data` was looked at refers
        to itself, and its pixels stay in memory until Python's collector of cycles comes by.
        """
        aspect, angle = self._aspect(), frame.rotation
        if self._last is None or self._last[:2] != (angle, aspect):
            matrix = _display_matrix(frame)
            stated = of_display_matrix(np.frombuffer(matrix, np.int32)[:9].tolist()) if matrix else AS_STORED
            self._last = angle, aspect, Display(aspect, stated.then(self._after))
        return self._last[2]

    def _aspect(self) -> float:
        if self._stream is None or not self._changes:
            return self._stated or 1.0
        return _pixel_aspect(self._stream.codec_context.sample_aspect_ratio) or self._stated or 1.0


def _pixel_aspect(ratio: Any) -> float | None:
    """Return the width over height of a pixel; `None` where a file states none, or an impossible one."""
    if not ratio:
        return None
    aspect = float(ratio)
    return aspect if 1 / WIDEST_PIXEL <= aspect <= WIDEST_PIXEL else None


def _display_matrix(frame: Any) -> bytes | None:
    """Return the bytes of a picture's display matrix. PyAV's `rotation` leaves out whether it is mirrored."""
    try:
        data = frame.side_data.get("DISPLAYMATRIX")
    except ValueError:  # a kind beside it that PyAV has no name for, as in films for two eyes
        cos, sin = _QUARTERS[round(frame.rotation / 90) % 4]
        return np.array([cos, -sin, 0, sin, cos, 0, 0, 0, 1], np.int32).tobytes()
    return bytes(data) if data is not None else None


_QUARTERS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Cosine and sine of so many quarter turns."""


def stated_day(tags: Mapping[str, str]) -> str | None:
    """Return the day on which a film was made, where this machine is, as its tags state it; `None` where they do not."""
    for name in _MADE:
        with suppress(KeyError, ValueError, OverflowError):
            if (day := believed_day(datetime.fromisoformat(tags[name]).astimezone())) is not None:
                return day
    return None


def believed_day(made: datetime) -> str | None:
    """Return the day of a time that a clock told; `None` of one that was never set: it tells the day that it begins with."""
    return made.date().isoformat() if made.year > _UNSET_YEAR else None


def stated_speed(container: Any, stream: Any) -> float:
    """Return seconds that passed in front of the camera for each second that the film plays, as its tags state; else 1.

    A phone's slow motion is stored at 30 pictures a second beside a tag of the 240 that were taken: 0.125. A time-lapse has
    fewer than it plays: above 1.
    """
    captured_hz = next((rate for tags in (container.metadata, stream.metadata) if (rate := _capture_rate(tags))), None)
    if captured_hz is None or not stream.average_rate:
        return 1.0
    speed = float(stream.average_rate) / captured_hz
    slow_motion = captured_hz >= HIGH_SPEED_HZ and speed <= 1 / OTHER_SPEED
    return speed if slow_motion or speed >= OTHER_SPEED else 1.0


def _capture_rate(tags: Mapping[str, str]) -> float | None:
    for name, text in tags.items():
        if "".join(filter(str.isalnum, name.lower())).endswith(_CAPTURE_RATE):
            try:
                rate = float(text)
            except ValueError:
                continue
            if isfinite(rate) and rate > 0:
                return rate
    return None
