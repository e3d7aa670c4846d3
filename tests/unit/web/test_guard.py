"""Who is let in by the server of the app: its own page, opened with the token, and nobody else."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from formcheck.web.guard import MOST_BYTES, Guard, forget_token, load_token, token_file

PORT, TOKEN = 8129, "t" * 43
HERE = f"http://127.0.0.1:{PORT}"
MINE = {"cookie": f"formcheck_{PORT}={TOKEN}"}


def ask(method: str, path: str, headers: dict[str, str], *, content: Any = None) -> httpx.Response:
    async def echo(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{len(await request.body())} bytes")

    app = Guard(Starlette(routes=[Route("/{rest:path}", echo, methods=["GET", "POST", "DELETE"])]), port=PORT, token=TOKEN)

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE) as client:
            return await client.request(method, path, headers=headers, content=content)

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", MINE, 200),
        ("GET", "/api/state", MINE, 200),
        ("GET", "/api/state", {**MINE, "host": f"localhost:{PORT}"}, 200),
        ("POST", "/api/session", {**MINE, "origin": HERE}, 200),
        ("DELETE", "/api/session", {**MINE, "origin": HERE}, 200),
        ("GET", "/", {}, 401),
        ("GET", "/static/app.js", {}, 401),
        ("GET", "/?token=wrong", {}, 401),
        ("GET", "/?token=", {}, 401),
        ("GET", "/api/state?token=" + TOKEN, {}, 401),
        ("GET", "/", {"cookie": f"formcheck_{PORT}=é"}, 401),
        ("GET", "/", {"cookie": f"formcheck_{PORT + 1}={TOKEN}"}, 401),
        ("GET", "/", {**MINE, "host": "evil.example"}, 421),
        ("GET", "/", {**MINE, "host": f"127.0.0.1.evil.example:{PORT}"}, 421),
        ("GET", "/", {**MINE, "host": f"127.0.0.1:{PORT + 1}"}, 421),
        ("GET", "/", {**MINE, "host": ""}, 421),
        ("GET", "/api/state", {**MINE, "origin": "http://evil.example"}, 403),
        ("GET", "/api/state", {**MINE, "origin": "null"}, 403),
        ("POST", "/api/session", MINE, 403),
        ("POST", "/api/session", {**MINE, "origin": "http://evil.example"}, 403),
        ("POST", "/api/session", {**MINE, "origin": f"https://127.0.0.1:{PORT}"}, 403),
        ("DELETE", "/api/session", {**MINE, "origin": f"http://localhost:{PORT}"}, 403),
        ("POST", "/api/session", {"origin": HERE}, 401),
        ("POST", "/api/session", {**MINE, "origin": HERE, "content-length": str(MOST_BYTES + 1)}, 413),
        ("POST", "/api/session", {**MINE, "origin": HERE, "content-length": "-1"}, 413),
    ],
)
def test_who_is_let_in(method: str, path: str, headers: dict[str, str], status: int) -> None:
    headers = {name: value.encode("latin-1") for name, value in headers.items()}  # type: ignore[misc]
    answer = ask(method, path, headers)
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_token_goes_into_a_strict_cookie_and_out_of_the_address() -> None:
    answer = ask("GET", f"/?token={TOKEN}", {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in (f"formcheck_{PORT}={TOKEN}", "httponly", "samesite=strict", "path=/"))


def test_who_says_nothing_of_the_length_is_cut_off_all_the_same() -> None:
    async def endless() -> Any:
        for _ in range(40):
            yield b"0" * 4096

    with pytest.raises(ClientDisconnect):
        ask("POST", "/api/session", {**MINE, "origin": HERE}, content=endless())


def test_a_token_is_kept_for_the_person_alone_until_it_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    first = load_token()
    assert load_token() == first
    assert token_file().stat().st_mode & 0o077 == 0
    forget_token()
    assert not token_file().exists()
    assert load_token() != first


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe" * 40])
def test_a_damaged_token_is_made_anew(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    token_file().write_bytes(content)
    token = load_token()
    assert len(token) >= 32
    assert load_token() == token
