"""A camera on the network, as a process of its own: plays a clip as MJPEG over HTTP, and misbehaves when told to.

    python -m tests.support.stream samples/supine_psoas.mp4 --height 720 --loop

The first line it prints is JSON with two ports of 127.0.0.1: `video` serves the pictures, `control` takes orders.
With `--login NAME:PASSWORD` the pictures are for those alone who know it. It ends when its standard input does, so it never
outlives a test.

The clip starts with its first frame when the first client connects and runs on in real time, watched or not, as the
world before a camera does. Without `--loop` the last picture stays for ever, with the noise of a camera in it. Everything
is encoded before the first line is printed, so that serving costs next to nothing.

| path         | what it serves                                                                          |
|--------------|-----------------------------------------------------------------------------------------|
| `/video`     | MJPEG by the book: boundary, type and length before each picture                        |
| `/bare`      | MJPEG as some small boards send it: the first boundary missing, no lengths, other quotes |
| `/plain`     | one JPEG after the other, with nothing said of what it is                               |
| `/snapshot`  | one JPEG: the picture of now                                                            |
| `/page`      | a web page without a length, whose end never comes                                      |
| `/rubbish`   | bytes without an end that are nothing                                                   |

| order            | what happens                                                                        |
|------------------|-------------------------------------------------------------------------------------|
| `/stall?s=5`     | connections stay, and no picture comes for 5 s                                      |
| `/drop?s=5`      | connections are closed, and for 5 s the port refuses new ones                       |
| `/size?w=..&h=..`| pictures of another size from now on                                                |
| `/black?s=5`     | black pictures for 5 s                                                              |
| `/restart`       | the clip begins anew when the next client connects                                  |
| `/status`        | JSON: see `Film.status`; times are `time.monotonic()`, the same clock in all processes|
"""

import argparse
import json
import sys
import threading
import time
from base64 import b64encode
from bisect import bisect_right
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np

from formcheck.system.native.media_libs import cv2
from formcheck.vision.video import open_clip

QUALITY = 85
"""JPEG quality, as phone apps send by default."""

REMEMBERED = 900
"""Frames whose sending times are told: half a minute at 30 frames per second."""

NOISY = 8
"""Of the last picture there are so many with different noise: pictures that are the same to the last bit are no camera's."""

_BOUNDARY = "picture"

_MULTIPART = f"multipart/x-mixed-replace; boundary={_BOUNDARY}"
_TYPES = {
    "/video": _MULTIPART,
    "/bare": "multipart/x-mixed-replace;boundary=--something",
    "/plain": "",
    "/snapshot": "image/jpeg",
    "/page": "text/html",
    "/rubbish": "",
}


def _jpeg(bgr: Any) -> bytes:
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1])


class Film:
    """The encoded clip, where it has got to, and what has been ordered."""

    def __init__(self, clip: Path, *, height: int | None, loop: bool) -> None:
        self._loop = loop
        self._jpegs: list[bytes] = []
        self._times: list[float] = []
        with open_clip(clip) as source:
            for frame in source.frames():
                image = frame.image
                if height is not None:
                    size = round(image.shape[1] * height / image.shape[0]), height
                    image = np.asarray(cv2.resize(image, size), np.uint8)
                self._jpegs.append(_jpeg(image[..., ::-1]))
                self._times.append(frame.time_s)
        noise = np.random.default_rng(0)
        self._last = [
            _jpeg(np.clip(image[..., ::-1] + noise.normal(0, 2, image.shape), 0, 255).astype(np.uint8)) for _ in range(NOISY)
        ]
        self._period_s = self._times[-1] / max(1, len(self._times) - 1)
        self._size: tuple[int, int] = (image.shape[1], image.shape[0])
        self._others: dict[tuple[int, tuple[int, int], bool], bytes] = {}
        self._resized = False
        self._lock = threading.Lock()
        self._started_s: float | None = None
        self._sent: deque[dict[str, float]] = deque(maxlen=REMEMBERED)
        self._stalled_until = self._black_until = 0.0
        self.clients = 0

    def start(self) -> None:
        with self._lock:
            if self._started_s is None:
                self._started_s = time.monotonic()

    def restart(self) -> None:
        with self._lock:
            self._started_s = None
            self._sent.clear()

    def due(self, last: int) -> tuple[int, float]:
        """Return the next picture to send after number `last` (counted on through loops), and when.

        A client too slow for the clip misses pictures, as it would of a camera.
        """
        now = time.monotonic()
        started = self._started_s if self._started_s is not None else now
        number = max(last + 1, self._at(now - started))
        return number, started + self._time_of(number)

    def _at(self, played_s: float) -> int:
        """Return the number of the picture that is on at `played_s`."""
        rounds, within = divmod(played_s, self._times[-1] + self._period_s) if self._loop else (0.0, played_s)
        if within > self._times[-1]:
            return len(self._times) - 1 + int((within - self._times[-1]) / self._period_s)
        return int(rounds) * len(self._times) + bisect_right(self._times, within) - 1

    def _time_of(self, number: int) -> float:
        if self._loop:
            rounds, index = divmod(number, len(self._times))
            return rounds * (self._times[-1] + self._period_s) + self._times[index]
        over = max(0, number - len(self._times) + 1)
        return self._times[number - over] + over * self._period_s

    def picture(self, number: int) -> bytes | None:
        """Return the picture to send now; `None` while stalled."""
        now = time.monotonic()
        if now < self._stalled_until:
            return None
        index = number % len(self._jpegs) if self._loop else min(number, len(self._jpegs) - 1)
        black = now < self._black_until
        over = not self._loop and number >= len(self._jpegs)
        if not black and not self._resized:
            return self._last[number % NOISY] if over else self._jpegs[index]
        key = (-1 if black else index, self._size, black)
        if key not in self._others:
            plain: Any = np.zeros((self._size[1], self._size[0], 3), np.uint8)
            stored: Any = cv2.imdecode(np.frombuffer(self._jpegs[index], np.uint8), cv2.IMREAD_COLOR)
            self._others[key] = _jpeg(plain if black else cv2.resize(stored, self._size))
        return self._others[key]

    def sent(self, number: int, at_s: float) -> None:
        index = number % len(self._times) if self._loop else min(number, len(self._times) - 1)
        with self._lock:
            self._sent.append({"number": number, "clip_s": self._times[index], "at_s": at_s})

    def stall(self, seconds: float) -> None:
        self._stalled_until = time.monotonic() + seconds

    def black(self, seconds: float) -> None:
        self._black_until = time.monotonic() + seconds

    def size(self, width: int, height: int) -> None:
        self._size, self._resized = (width, height), True

    def status(self) -> dict[str, Any]:
        """`started_s`: when the clip's time 0 was. `sent`: number, clip time and time of sending of the last frames."""
        with self._lock:
            return {
                "now_s": time.monotonic(),
                "started_s": self._started_s,
                "clients": self.clients,
                "frames": len(self._jpegs),
                "clip_s": self._times[-1],
                "width": self._size[0],
                "height": self._size[1],
                "sent": list(self._sent),
            }


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing to tell: a test's output is its own."""


class Camera:
    """The port that serves the pictures; it can be closed for a while."""

    def __init__(self, film: Film, port: int = 0, login: str = "") -> None:
        self._film = film
        self._login = login
        self._server = self._listen(port)
        self.port: int = self._server.server_address[1]

    def drop(self, seconds: float) -> None:
        """Close every connection, refuse new ones, and come back by itself."""
        server = self._server
        server.shutdown()
        server.server_close()
        threading.Timer(seconds, self._back).start()

    def _back(self) -> None:
        self._server = self._listen(self.port)

    def _listen(self, port: int) -> ThreadingHTTPServer:
        film, login = self._film, self._login

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False
            open_now = True

            def server_close(self) -> None:
                self.open_now = False
                super().server_close()

        class Handler(_Quiet):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                if path not in _TYPES:
                    self.send_error(404)
                    return
                if login and self.headers.get("Authorization") != f"Basic {b64encode(login.encode()).decode()}":
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="camera"')
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self.send_response(200)
                if kind := _TYPES[path]:
                    self.send_header("Content-Type", kind)
                self.end_headers()
                film.start()
                film.clients += 1
                try:
                    match path:
                        case "/snapshot":
                            self._show()
                        case "/page" | "/rubbish":
                            self._talk(b"<html><h1>Phone</h1>" + b"<p>a</p>" * 50 if path == "/page" else bytes(range(1, 200)))
                        case _:
                            self._play(path)
                except OSError:
                    pass  # the client has gone
                finally:
                    film.clients -= 1

            def _show(self) -> None:
                number, _ = film.due(-1)
                film.sent(number, time.monotonic())
                self.wfile.write(film.picture(number) or b"")

            def _talk(self, text: bytes) -> None:
                while server.open_now:
                    self.wfile.write(text)
                    time.sleep(0.05)

            def _play(self, path: str) -> None:
                last = -1
                while server.open_now:
                    last, at_s = film.due(last)
                    time.sleep(max(0.0, at_s - time.monotonic()))
                    jpeg = film.picture(last)
                    if jpeg is None or not server.open_now:
                        continue
                    head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                    film.sent(last, time.monotonic())
                    match path:
                        case "/bare":
                            self.wfile.write(b"Content-Type: image/jpeg\r\n\r\n" + jpeg + b"\r\n--other\r\n")
                        case "/plain":
                            self.wfile.write(jpeg)
                        case _:
                            self.wfile.write(head.encode() + jpeg + b"\r\n")

        server = Server(("127.0.0.1", port), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return server


def _control(film: Film, camera: Camera) -> int:
    """Start to take orders; return the port."""

    class Handler(_Quiet):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            number = {key: float(values[0]) for key, values in parse_qs(asked.query).items()}
            match asked.path:
                case "/stall":
                    film.stall(number["s"])
                case "/drop":
                    camera.drop(number["s"])
                case "/size":
                    film.size(int(number["w"]), int(number["h"]))
                case "/black":
                    film.black(number["s"])
                case "/restart":
                    film.restart()
                case "/status":
                    pass
                case _:
                    self.send_error(404)
                    return
            said = json.dumps(film.status()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--height", type=int, help="scale the pictures to this height, in pixels")
    parser.add_argument("--loop", action="store_true", help="begin anew at the end")
    parser.add_argument("--login", default="", metavar="NAME:PASSWORD", help="ask for these")
    parser.add_argument("--port", type=int, default=0, help="the port of the video; 0 = any free one")
    asked = parser.parse_args()
    film = Film(asked.clip, height=asked.height, loop=asked.loop)
    camera = Camera(film, asked.port, asked.login)
    print(json.dumps({"video": camera.port, "control": _control(film, camera)}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
