"""A camera on the network that sends video: RTSP, or what else comes over HTTP than the JPEG pictures of `web`.

PyAV reads it and not OpenCV, which fits every picture into the size of the first: a phone turned on its side would give a
squeezed person, and all angles would be wrong. PyAV also reports why an address does not work.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from formcheck.core.errors import SourceError
from formcheck.core.wording.language import N_
from formcheck.vision.camera.address import ESCAPES, NetworkStream
from formcheck.vision.camera.backend import CapturedFrame, clock
from formcheck.vision.video.container.streams import StreamDisplay, video_stream
from formcheck.vision.video.file import FrameConverter

OPEN_S = 5.0
"""How long a camera may take to answer: one in the house takes under a second, one asleep on Wi-Fi a few."""

READ_S = 3.0
"""How long a connection may be silent before it is given up for a new one."""

SHOW = N_("Open the address in a browser: the picture alone should be there. Phone apps often want /video at the end.")

NO_VIDEO = N_("what comes from there is not a video stream. {advice}").format(advice=SHOW)
SILENT = N_("has sent nothing for {seconds:.0f} s.").format(seconds=READ_S)
BROKEN_OFF = N_("the connection has broken off. Is the camera still on, and in reach of the Wi-Fi?")


_STATUS = {"HTTPUnauthorizedError": 401, "HTTPForbiddenError": 403, "HTTPNotFoundError": 404, "HTTPServerError": 500}
"""PyAV's errors for answers over HTTP and RTSP."""


class NetworkCamera:
    """An opened stream; constructing it opens it and raises SourceError. `answered`: there is somebody at the address."""

    def __init__(self, stream: NetworkStream, *, answered: bool = False) -> None:
        from formcheck.system.native.media_libs import TAGS_IN_ANY_ENCODING, av

        self._stream = stream
        # Directly and never by a proxy: the pictures are of a person at home. Over TCP: lost packets smear the picture.
        options = {"rtsp_transport": "tcp"} if _is_rtsp(stream) else {"http_proxy": ""}
        try:
            self._container: Any = av.open(stream.url, options=options, timeout=(OPEN_S, READ_S), **TAGS_IN_ANY_ENCODING)
        except (av.error.HTTPClientError, av.error.HTTPServerError) as error:
            raise status_error(stream, _STATUS.get(type(error).__name__, 400)) from None
        except (av.FFmpegError, OSError) as error:
            why = NO_VIDEO if answered and isinstance(error, av.error.ExitError) else why_not(error)
            raise SourceError(f"{stream}: " + why) from None
        try:
            self._video: Any = video_stream(self._container)
            if self._video is None:
                raise SourceError(N_("{stream}: sends no pictures. {advice}").format(stream=str(stream), advice=SHOW))
            # Over RTSP a clip comes in its own time, as from a camera, and some cameras state a length.
            if self._container.duration is not None and not _is_rtsp(stream):
                raise SourceError(
                    N_("{stream}: is a recorded clip. Save it here and use `formcheck score`.").format(stream=str(stream))
                )
        except SourceError:
            self._container.close()
            raise
        # Several decoders would each hold back a frame.
        self._video.thread_type = "NONE"
        self._frames = self._captured_frames()

    def next(self) -> CapturedFrame:
        from formcheck.system.native.media_libs import av

        try:
            captured = next(self._frames, None)
        except av.error.ExitError:
            raise SourceError(f"{self._stream}: " + SILENT) from None
        except (av.FFmpegError, OSError):
            captured = None
        if captured is None:
            raise SourceError(f"{self._stream}: " + BROKEN_OFF)
        return captured

    def _captured_frames(self) -> Iterator[CapturedFrame]:
        from formcheck.system.native.media_libs import av

        converter, display = FrameConverter(), StreamDisplay(self._video)
        for packet in self._container.demux(self._video):
            arrived = clock()
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue  # a picture damaged on its way
            for frame in frames:
                shown = display.of(frame)
                yield CapturedFrame(arrived, partial(converter.convert, frame, shown), partial(converter.shrink, frame, shown))

    def close(self) -> None:
        self._container.close()


def _is_rtsp(stream: NetworkStream) -> bool:
    return stream.url.lower().startswith("rtsp")


def status_error(stream: NetworkStream, status: int) -> SourceError:
    """Return the error for a camera that answers with an HTTP status other than that of success."""
    if status in (401, 403):
        if "@" in stream.url:
            return SourceError(
                N_("{stream}: does not take this name and password. {advice}").format(stream=str(stream), advice=ESCAPES)
            )
        scheme = urlsplit(stream.url).scheme
        return SourceError(
            N_(
                "{stream}: wants a name and a password. Write {scheme}://NAME:PASSWORD@ before the rest of the "
                "address. {advice}"
            ).format(stream=str(stream), scheme=scheme, advice=ESCAPES)
        )
    if status == 404:
        return SourceError(
            N_("{stream}: the camera answers, but has nothing at this address. {advice}").format(
                stream=str(stream), advice=SHOW
            )
        )
    return SourceError(
        N_("{stream}: the camera answers with an error (HTTP {status}). {advice}").format(
            stream=str(stream), status=status, advice=SHOW
        )
    )


def why_not(error: Exception) -> str:
    """Return why the camera does not answer. Nothing of the error's own text, which may have the address in it."""
    from formcheck.system.native.media_libs import av

    match error:
        case ConnectionRefusedError():
            return N_(
                "nothing answers there. Start the stream in the camera app, and compare address and port with what it shows."
            )
        case av.error.InvalidDataError():
            return NO_VIDEO
        case av.error.ExitError() | TimeoutError():
            return N_(
                "does not answer within {seconds:.0f} s. Is the stream started, and is the camera in the same Wi-Fi?"
            ).format(seconds=OPEN_S)
    message = getattr(error, "strerror", None) or type(error).__name__
    return N_("cannot be reached ({reason}). Is the address right, and is the camera in the same Wi-Fi?").format(reason=message)
