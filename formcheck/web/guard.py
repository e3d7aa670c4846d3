"""Who may ask the server anything: the page that it served itself, opened by the person who has the token.

A page of another origin, a name that only pretends to be this machine (DNS rebinding) and whoever lacks the token are refused
before anything is looked at.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.core.wording.language import shown
from formcheck.system.files import atomic_file
from formcheck.system.paths import data_folder, make_data_folder

MOST_BYTES = 64 * 1024
"""A request of more is none of the page's, but for the files that it sends."""

_SAFE = frozenset({"GET", "HEAD"})


def token_file() -> Path:
    """Return the file that keeps the token of a page, whether or not it is there."""
    return data_folder() / "app_token"


def load_token() -> str:
    """Return the token that pages have that were opened before a server was cut off, else a new one, which is kept."""
    path = token_file()
    with suppress(OSError, UnicodeDecodeError):
        if len(token := path.read_text(encoding="ascii").strip()) >= 32:
            return token
    token = secrets.token_urlsafe(32)
    with suppress(OSError, OutputError):  # then it is for this run alone
        make_data_folder()
        with atomic_file(path, private=True) as part:
            part.write_text(token, encoding="ascii")
    return token


def forget_token() -> None:
    """Let no page that was opened so far be let in by the next server."""
    with suppress(OSError):
        token_file().unlink()


class Guard:
    """Lets requests through to `app` that come from its own page with the token, and refuses all others.

    Parameters
    ----------
    app
        What is guarded.
    port
        Where the server listens on this machine.
    token
        What the opened address has, and from then on a cookie.
    most_bytes
        How much may be sent to a path that takes more than `MOST_BYTES`.
    """

    def __init__(self, app: ASGIApp, *, port: int, token: str, most_bytes: Mapping[str, int] = MappingProxyType({})) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._token = token
        self._cookie = f"formcheck_{port}"
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._headers: Mapping[str, str] = {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
                "media-src 'self' blob: mediastream:; frame-src 'self'; "
                f"connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}; "
                "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request, or a connection."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        body = _Body(receive, headers, self._most_bytes.get(scope["path"], MOST_BYTES))
        send = self._with_headers(send, body)
        answer = self._refusal(scope, headers, body)
        if answer is None:
            await self._app(scope, body.receive if scope["type"] == "http" else receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await answer(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers, body: "_Body") -> Response | None:
        """What to answer instead; `None` where the request may pass."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self._hosts:
            return PlainTextResponse(shown(wording.APP_WRONG_HOST), status_code=421)
        asks = scope["type"] == "http" and scope["method"] in _SAFE
        if origin != f"http://{host}" and not (asks and origin is None):
            return PlainTextResponse(shown(wording.APP_WRONG_ORIGIN), status_code=403)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if asks and scope["path"] == "/" and given:
            if not secrets.compare_digest(given.encode(), self._token.encode()):
                return PlainTextResponse(shown(wording.APP_BY_ADDRESS), status_code=401)
            return self._admission()
        if not secrets.compare_digest(_cookie(headers, self._cookie).encode(), self._token.encode()):
            return PlainTextResponse(shown(wording.APP_BY_ADDRESS), status_code=401)
        if scope["type"] == "http" and not body.may_come:
            return PlainTextResponse(shown(wording.APP_TOO_LARGE), status_code=413)
        return None

    def _admission(self) -> Response:
        """Let the page in: the token goes into a cookie, and out of the address."""
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _with_headers(self, send: Send, body: "_Body") -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if body.comes:  # the rest is not awaited
                    headers["Connection"] = "close"
            await send(message)

        return sending


def _cookie(headers: Headers, name: str) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return cookie.value if cookie is not None else ""


class _Body:
    """What a request sends, cut off where it is more than it may, whatever it said of its length.

    Attributes
    ----------
    comes : bool
        Whether something of it is still to come.
    """

    def __init__(self, receive: Receive, headers: Headers, most_bytes: int) -> None:
        self._receive = receive
        self._length = headers.get("content-length", "0")
        self._most_bytes = most_bytes
        self._had = 0
        self.comes = self._length != "0" or "transfer-encoding" in headers

    @property
    def may_come(self) -> bool:
        """Whether it is, as it says itself, not more than it may be."""
        return self._length.isdecimal() and int(self._length) <= self._most_bytes

    async def receive(self) -> Message:
        """Return what comes next."""
        message = await self._receive()
        self._had += len(message.get("body", b""))
        if self._had > self._most_bytes:
            return {"type": "http.disconnect"}
        self.comes = self.comes and bool(message.get("more_body"))
        return message
