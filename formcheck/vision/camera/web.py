"""A camera that answers over HTTP with JPEG pictures: one after the other (MJPEG), or one each time it is asked (a snapshot).

The pictures are found by their own beginning and end. What should stand between them, cameras get wrong in every way: no first
boundary, another one than was said, no length, a wrong one. Everything else that comes over HTTP is for `network`.
"""

import re
import ssl
import time
from collections import deque
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDefaultErrorHandler,
    HTTPDigestAuthHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from formcheck.core.errors import SourceError
from formcheck.core.wording.language import N_
from formcheck.vision.camera.address import NetworkStream
from formcheck.vision.camera.backend import CameraBackend, CapturedFrame, clock
from formcheck.vision.camera.jpeg import JpegDecoder
from formcheck.vision.camera.network import (
    BROKEN_OFF,
    OPEN_S,
    READ_S,
    SHOW,
    SILENT,
    NetworkCamera,
    status_error,
    why_not,
)

ASK_S = 0.1
"""Between two questions for a single picture, in seconds: a small camera takes longer for one, and a hold needs no more."""

_BEGINNING = 4096
"""Bytes by which to tell what comes where the answer does not say."""

_LARGEST = 32_000_000
"""Bytes without the end of a picture after which no more is waited for."""

_SOI = b"\xff\xd8\xff"
_MARKER = re.compile(rb"\xff[^\x00\xff]")
_ANY = "".join(map(chr, range(33, 127)))


def open_web_camera(stream: NetworkStream) -> CameraBackend:
    """Open what answers at the address, whatever it sends. Raises SourceError."""
    answer = _asked(stream)
    if answer is None:
        return NetworkCamera(stream)
    kind = answer.headers.get_content_type() if "content-type" in answer.headers else ""
    beginning = b""
    try:
        if kind in ("", "text/plain", "application/octet-stream"):
            beginning = answer.read1(_BEGINNING)
            kind = "image/jpeg" if _SOI in beginning else "multipart/" if beginning.lstrip().startswith(b"--") else kind
        if kind in ("text/html", "application/xhtml+xml") or beginning.lstrip().startswith(b"<"):
            raise SourceError(
                N_("{stream}: is a web page and not a video stream. {advice}").format(stream=str(stream), advice=SHOW)
            )
    except (HTTPException, OSError):
        kind = ""
    except SourceError:
        answer.close()
        raise
    if kind.startswith(("image/", "multipart/")):
        return WebCamera(stream, answer, beginning)
    answer.close()
    return NetworkCamera(stream, answered=True)


class WebCamera:
    """JPEG pictures from `answer`; where that was a single one, it is asked for again and again.

    `beginning` is what was read of the answer already.
    """

    def __init__(self, stream: NetworkStream, answer: HTTPResponse, beginning: bytes = b"") -> None:
        self._stream = stream
        self._answer = answer
        self._asked_s = clock()
        self._splitter = JpegSplitter()
        self._pictures: deque[bytes] = deque(self._splitter.add(beginning))
        self._count = len(self._pictures)  # of this answer
        self._decoder = JpegDecoder()

    def next(self) -> CapturedFrame:
        began_s = clock()
        while clock() - began_s < OPEN_S:
            while self._pictures:
                picture = self._pictures.popleft()
                if self._pictures:
                    continue  # of several, the newest
                if (captured := self._decoder.captured(picture, clock())) is not None:
                    return captured
            if more := self._read():
                found = self._splitter.add(more)
                self._pictures += found
                self._count += len(found)
            elif self._count == 1:
                self._ask_again()
            elif self._count:
                raise SourceError(f"{self._stream}: " + BROKEN_OFF)
            else:
                break
        raise SourceError(N_("{stream}: sends no JPEG pictures. {advice}").format(stream=str(self._stream), advice=SHOW))

    def _read(self) -> bytes:
        try:
            return self._answer.read1(65536)
        except TimeoutError:
            raise SourceError(f"{self._stream}: " + SILENT) from None
        except (HTTPException, OSError, ValueError):
            raise SourceError(f"{self._stream}: " + BROKEN_OFF) from None

    def _ask_again(self) -> None:
        self._answer.close()
        time.sleep(max(0.0, self._asked_s + ASK_S - clock()))
        self._asked_s = clock()
        answer = _asked(self._stream)
        if answer is None:
            raise SourceError(f"{self._stream}: " + BROKEN_OFF)
        self._answer, self._count, self._splitter = answer, 0, JpegSplitter()

    def close(self) -> None:
        self._answer.close()


class JpegSplitter:
    """Finds the whole JPEG pictures in a stream of bytes, whatever stands between them."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._at = 0  # where to go on in the picture that `_bytes` begins with; 0: none has begun

    def add(self, more: bytes) -> list[bytes]:
        """Take in what came next; return the pictures that are whole with it."""
        self._bytes += more
        pictures = []
        while (end := self._end()) is not None:
            pictures.append(bytes(self._bytes[:end]))
            del self._bytes[:end]
            self._at = 0
        if len(self._bytes) > _LARGEST:
            self._bytes.clear()
            self._at = 0
        return pictures

    def _end(self) -> int | None:
        """Return where the first picture ends, having dropped what stands before it; `None` where the end has not come."""
        stored = self._bytes
        while True:
            if self._at == 0:
                start = stored.find(_SOI)
                if start < 0:
                    del stored[: max(0, len(stored) - len(_SOI) + 1)]
                    return None
                del stored[:start]
                self._at = 2
            marker = _MARKER.search(stored, self._at)
            if marker is None:
                self._at = max(self._at, len(stored) - 1)  # the last byte may be the first half of one
                return None
            code, after = marker[0][1], marker.end()
            if code == 0xD9:
                return after
            if code == 0xD8:  # the next one begins: this one was cut off
                del stored[: after - 2]
                self._at = 0
            elif code == 0x01 or 0xD0 <= code <= 0xD7:  # stand alone
                self._at = after
            elif len(stored) < after + 2:
                self._at = marker.start()
                return None
            else:  # a segment, which says its length; a small picture may lie in one
                self._at = after + int.from_bytes(stored[after : after + 2])


class _Plain(HTTPConnection):
    def getresponse(self) -> HTTPResponse:
        return _patiently(self, super().getresponse)


class _Encrypted(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:
        return _patiently(self, super().getresponse)


def _patiently(connection: HTTPConnection, answer: Callable[[], HTTPResponse]) -> HTTPResponse:
    """Slow to answer a camera may be; silent in the middle of it, not for as long."""
    socket = connection.sock  # the connection's no more once there is an answer
    response = answer()
    socket.settimeout(READ_S)
    return response


class _PlainHandler(HTTPHandler):
    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_Plain, request)


class _EncryptedHandler(HTTPSHandler):
    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_Encrypted, request, context=_any_certificate())


class _StatusAlone(HTTPErrorProcessor):
    """What an answer without pictures says besides is not read, and its connection not kept."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        if not 200 <= response.status < 300:
            response.close()
        processed: HTTPResponse = super().http_response(request, response)
        return processed

    https_response = http_response


def _any_certificate() -> ssl.SSLContext:
    """A camera at home vouches for itself; nobody else can."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _asked(stream: NetworkStream) -> HTTPResponse | None:
    """Return the answer to a question for the address, `None` where it is not one by the book. Raises SourceError.

    Directly and never by a proxy: the pictures are of a person at home.
    """
    parts = urlsplit(stream.url)
    login, _, place = parts.netloc.rpartition("@")
    address = f"{parts.scheme}://{place}{quote(parts.path or '/', safe=_ANY)}"
    address += f"?{quote(parts.query, safe=_ANY)}" if parts.query else ""
    opener = OpenerDirector()
    opener.addheaders = [("User-Agent", "formcheck")]
    handlers: list[Any] = [_PlainHandler(), _EncryptedHandler()]
    handlers += [HTTPDefaultErrorHandler(), HTTPRedirectHandler(), _StatusAlone()]
    if login:
        name, _, password = login.partition(":")
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, address, unquote(name), unquote(password))
        handlers += [HTTPDigestAuthHandler(passwords), HTTPBasicAuthHandler(passwords)]
    for handler in handlers:
        opener.add_handler(handler)
    try:
        answer: HTTPResponse = opener.open(address, timeout=OPEN_S)
    except HTTPError as error:
        error.close()
        raise status_error(stream, error.code) from None
    except URLError as error:
        reason = error.reason if isinstance(error.reason, Exception) else error
        raise SourceError(f"{stream}: " + why_not(reason)) from None
    except OSError as error:
        raise SourceError(f"{stream}: " + why_not(error)) from None
    except (HTTPException, ValueError):
        return None
    return answer
