"""The server: on this machine alone, until it is ended, with everything kept."""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.system.leftovers import temporary_folder
from formcheck.vision.engines import EngineModel
from formcheck.web.app import App
from formcheck.web.guard import Guard, forget_token, load_token
from formcheck.web.routes.video import UPLOADS
from formcheck.web.routes.video.uploads import MOST_UPLOAD_BYTES

PORT = 8129
"""Where the app is, if nothing else is there: a page that was left open finds it again."""

_HOST = "127.0.0.1"
_LOOK_S = 0.1

_CONNECTIONS = 64
"""A page needs three or four."""

_SILENT_S = 10.0
"""A connection that has asked nothing for so long is closed."""

_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

_PICTURE_BYTES = 2 * 1024 * 1024


class _Connection(H11Protocol):
    """A connection that is closed where there are too many, before they take all that this process may open."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take in that it is there."""
        super().connection_made(transport)
        if len(self.connections) > _CONNECTIONS:
            transport.write(_BUSY)
            transport.close()
        else:
            self.loop.call_later(_SILENT_S, self._close_if_silent)

    def _close_if_silent(self) -> None:
        if self in self.connections and self.cycle is None:
            self.transport.close()


class _Server(uvicorn.Server):
    """One that leaves the signals to the program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield


def serve(model: EngineModel, port: int | None, *, opened: Callable[[str], None], stopped: Callable[[], bool]) -> None:
    """Serve until the page asks for the end, or `stopped`. `opened` takes the address, once pages can be had from it.

    Raises FormcheckError where the port is not to be had.
    """
    with closing(listening_socket(port)) as listening, temporary_folder() as folder:
        number = listening.getsockname()[1]
        token = load_token()
        ended = False

        def leave() -> None:
            nonlocal ended
            ended = True

        app = App(model=model, quit=leave, folder=folder)
        config = uvicorn.Config(
            Guard(app.routes(), port=number, token=token, most_bytes={UPLOADS: MOST_UPLOAD_BYTES}),
            log_level="error",
            lifespan="off",
            http=_Connection,
            ws="websockets-sansio",
            ws_max_size=_PICTURE_BYTES,
            ws_ping_interval=5.0,
            ws_ping_timeout=10.0,
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=2,
            server_header=False,
        )
        server = _Server(config)

        async def run() -> None:
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            while not (server.started or serving.done()):
                await asyncio.sleep(_LOOK_S)
            if server.started:
                opened(f"http://{_HOST}:{number}/?token={token}")
            while not (ended or stopped() or serving.done()):
                await asyncio.sleep(_LOOK_S)
            await asyncio.to_thread(app.end)
            server.should_exit = True
            await serving

        asyncio.run(run())
        forget_token()


def listening_socket(port: int | None) -> socket.socket:
    """Return a socket that listens on this machine alone: at `port`; without one at `PORT`, or wherever it may.

    Raises FormcheckError where the port is not to be had. It listens at once: two programs that start
    together could both be given a port that neither listens at yet.
    """
    wanted = (PORT, 0) if port is None else (port,)
    for number in wanted:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # elsewhere it would take the port from another program
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_HOST, number))
            listening.listen()
        except OSError as error:
            listening.close()
            reason = error.strerror
            continue
        return listening
    raise FormcheckError(wording.APP_NO_PORT.format(port=wanted[0], reason=reason))
