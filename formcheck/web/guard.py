"""Who may ask the server anything: the page that it served itself, opened by the person who has the token.

A page of another origin, a name that only pretends to be this machine (DNS rebinding) and whoever lacks the token are refused
before anything is looked at.
"""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.system.files import atomic_file
from formcheck.system.paths import data_folder, make_data_folder

MOST_BYTES = 64 * 1024
"""A request of more is none of the page's; files are another matter (`large`)."""

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
    """

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self._app = app
        self._token = token
        self._cookie = f"formcheck_{port}"
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._headers: Mapping[str, str] = {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
                f"media-src 'self' blob: mediastream:; connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}; "
                "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
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
        answer = self._refusal(scope, headers)
        if answer is None:
            await self._app(scope, _limited(receive, scope), self._with_headers(send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await answer(scope, receive, self._with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """What to answer instead; `None` where the request may pass."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self._hosts:
            return PlainTextResponse(wording.APP_WRONG_HOST, status_code=421)
        asks = scope["type"] == "http" and scope["method"] in _SAFE
        if origin != f"http://{host}" and not (asks and origin is None):
            return PlainTextResponse(wording.APP_WRONG_ORIGIN, status_code=403)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if asks and scope["path"] == "/" and given:
            if not secrets.compare_digest(given.encode(), self._token.encode()):
                return PlainTextResponse(wording.APP_BY_ADDRESS, status_code=401)
            return self._admission()
        if not secrets.compare_digest(_cookie(headers, self._cookie).encode(), self._token.encode()):
            return PlainTextResponse(wording.APP_BY_ADDRESS, status_code=401)
        length = headers.get("content-length", "0")
        if scope["type"] == "http" and not (length.isdecimal() and int(length) <= MOST_BYTES):
            return PlainTextResponse(wording.APP_TOO_LARGE, status_code=413)
        return None

    def _admission(self) -> Response:
        """Let the page in: the token goes into a cookie, and out of the address."""
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return sending


def _cookie(headers: Headers, name: str) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return cookie.value if cookie is not None else ""


def _limited(receive: Receive, scope: Scope) -> Receive:
    """Cut off a request that sends more than it may, whatever it said of its length."""
    if scope["type"] != "http":
        return receive
    had = 0

    async def receiving() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        return {"type": "http.disconnect"} if had > MOST_BYTES else message

    return receiving
