"""A camera on the network: MJPEG over HTTP as phone apps send it, or RTSP.

PyAV reads it and not OpenCV, which fits every picture into the size of the first: a phone turned on its side would give a
squeezed person, and all angles would be wrong. PyAV also reports why an address does not work.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from formcheck.core.errors import SourceError
from formcheck.vision.camera.address import NetworkStream
from formcheck.vision.camera.backend import CapturedFrame, clock
from formcheck.vision.video.file import FrameConverter
from formcheck.vision.video.streams import StreamDisplay, video_stream

OPEN_S = 5.0
"""How long a camera may take to answer: one in the house takes under a second, one asleep on Wi-Fi a few."""

READ_S = 3.0
"""How long a connection may be silent before it is given up for a new one."""

_SHOW = "Open the address in a browser: the picture alone should be there. Phone apps often want /video at the end."


class NetworkCamera:
    """An opened stream; constructing it opens it and raises SourceError."""

    def __init__(self, stream: NetworkStream) -> None:
        from formcheck.system.media_libs import av

        self._stream = stream
        # Directly and never by a proxy: the pictures are of a person at home. Over TCP: lost packets smear the picture.
        options = {"rtsp_transport": "tcp"} if stream.url.lower().startswith("rtsp") else {"http_proxy": ""}
        try:
            self._container: Any = av.open(stream.url, options=options, timeout=(OPEN_S, READ_S), metadata_errors="replace")
        except (av.FFmpegError, OSError) as error:
            raise SourceError(f"{stream}: {_why_not(stream, error)}") from None
        try:
            self._video: Any = video_stream(self._container)
            if self._video is None:
                raise SourceError(f"{stream}: sends no pictures. {_SHOW}")
            if self._container.duration is not None:
                raise SourceError(f"{stream}: is a recorded clip. Save it here and use `formcheck score`.")
        except SourceError:
            self._container.close()
            raise
        # Several decoders would each hold back a frame.
        self._video.thread_type = "NONE"
        self._frames = self._captured_frames()

    def next(self) -> CapturedFrame:
        from formcheck.system.media_libs import av

        try:
            captured = next(self._frames, None)
        except av.error.ExitError:
            raise SourceError(f"{self._stream}: has sent nothing for {READ_S:.0f} s.") from None
        except (av.FFmpegError, OSError):
            captured = None
        if captured is None:
            raise SourceError(
                f"{self._stream}: the connection has broken off. Is the camera still on, and in reach of the Wi-Fi?"
            )
        return captured

    def _captured_frames(self) -> Iterator[CapturedFrame]:
        from formcheck.system.media_libs import av

        converter, display = FrameConverter(), StreamDisplay(self._video)
        for packet in self._container.demux(self._video):
            arrived = clock()
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue  # a picture damaged on its way
            for frame in frames:
                yield CapturedFrame(arrived=arrived, convert=partial(converter.convert, frame, display.of(frame)))

    def close(self) -> None:
        self._container.close()


def _why_not(stream: NetworkStream, error: Exception) -> str:
    from formcheck.system.media_libs import av

    parts = urlsplit(stream.url)
    match error:
        case ConnectionRefusedError():
            return "nothing answers there. Start the stream in the camera app, and compare address and port with what it shows."
        case av.error.HTTPUnauthorizedError() | av.error.HTTPForbiddenError():
            return f"wants a name and a password. Write {parts.scheme}://NAME:PASSWORD@ before the rest of the address."
        case av.error.HTTPNotFoundError():
            return f"the camera answers, but has nothing at {parts.path or '/'}. {_SHOW}"
        case av.error.InvalidDataError():
            return f"what comes from there is not a video stream. {_SHOW}"
        case av.error.ExitError() | TimeoutError():
            return f"does not answer within {OPEN_S:.0f} s. Is the stream started, and is the camera in the same Wi-Fi?"
    message = getattr(error, "strerror", None) or error
    return f"cannot be reached ({message}). Is the address right, and is the camera in the same Wi-Fi?"
