"""The app as it runs: a server of its own, asked as its page asks it, with a sample as the page's camera."""

import asyncio
import json
import os
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from formcheck.system.native.media_libs import av, cv2
from tests.support.clips import REPO, SAMPLES
from tests.support.served import Served, late_s, served
from tests.support.truth import held_in_truth

pytestmark = pytest.mark.heavy

T = TypeVar("T")

CLIP = SAMPLES / "kneeling_hip_flexor.mp4"
PLAN = "kneeling_hip_flexor"
WITHIN_S = 0.3
"""By so much what was held may differ from the truth of the clip."""


@dataclass
class Page:
    """What a page knows: its cookie, and what it was told."""

    client: httpx.AsyncClient
    messages: list[dict[str, Any]] = field(default_factory=list)
    sent_ms: float = 0.0

    @property
    def screens(self) -> list[dict[str, Any]]:
        return [one for one in self.messages if one["type"] == "screen"]

    @property
    def late_s(self) -> float:
        """What a busy machine did not judge."""
        taken = [one["taken"] for one in self.screens if one["taken"] is not None]
        return late_s(b - a for a, b in pairwise(taken))

    async def begin(self, **more: Any) -> dict[str, Any]:
        asked = (await self.client.get("/api/questions", params={"plan": PLAN})).json()["questions"]
        if asked:
            answers = [{"id": one["id"], "yes": False, "agreed": None} for one in asked]
            told = await self.client.post("/api/answers", json={"plan": PLAN, "profile": None, "answers": answers})
            assert told.status_code == 200, told.text
        begun = await self.client.post("/api/session", json={"plan": PLAN, **more})
        assert begun.status_code == 200, begun.text
        return dict(begun.json())

    async def play(self, clip: Path, *, from_s: float = 0.0, to_s: float = 1e9) -> None:
        """Send the clip's pictures in real time, one under way at a time, and take in what comes back."""
        address = f"{self.client.base_url}".replace("http", "ws").rstrip("/") + "/api/session/pictures"
        origin = Origin(f"{self.client.base_url}".rstrip("/"))
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        async with connect(
            address, additional_headers={"cookie": cookie}, origin=Origin(origin) if origin is not None else None
        ) as socket:
            back = asyncio.Event()
            listening = asyncio.create_task(self._listen(socket, back))
            begun_s = time.perf_counter() - from_s
            for time_s, jpeg in pictures(clip, from_s, to_s):
                wait_s = begun_s + time_s - time.perf_counter()
                late = wait_s < -0.05
                await asyncio.sleep(max(0.0, wait_s))
                now_ms = 1000 * time.perf_counter()
                waiting = self.sent_ms and not back.is_set() and now_ms - self.sent_ms < 500
                if late or waiting or now_ms - self.sent_ms < 66:
                    continue
                self.sent_ms = now_ms
                back.clear()
                await socket.send(struct.pack("<d", now_ms) + jpeg)
            await asyncio.sleep(0.3)
            listening.cancel()

    async def _listen(self, socket: Any, back: asyncio.Event) -> None:
        async for text in socket:
            message = json.loads(text)
            self.messages.append(message)
            if message["type"] == "screen" and message["taken"] is not None and message["taken"] >= self.sent_ms - 0.01:
                back.set()


def pictures(clip: Path, from_s: float, to_s: float) -> Iterator[tuple[float, bytes]]:
    with av.open(str(clip)) as opened:
        for frame in opened.decode(video=0):
            if from_s <= frame.time <= to_s:
                _, jpeg = cv2.imencode(".jpg", frame.to_ndarray(format="bgr24"))
                yield float(frame.time), jpeg.tobytes()


@contextmanager
def let_in(server: Served) -> Iterator[httpx.AsyncClient]:
    with httpx.Client(base_url=server.base) as client:
        cookies = client.get(server.address).cookies
    yield httpx.AsyncClient(base_url=server.base, headers={"origin": server.base}, cookies=cookies, timeout=20.0)


def run(client: httpx.AsyncClient, work: Coroutine[Any, Any, T]) -> T:
    async def closed_then() -> T:
        async with client:
            return await work

    return asyncio.run(closed_then())


def stored(data: Path) -> list[tuple[float, str | None]]:
    with closing(sqlite3.connect(data / "history.db")) as connection:
        return connection.execute("SELECT sum(held_s), max(ended) FROM stretches JOIN sessions ON id = session").fetchall()


def test_a_session_of_a_page_is_timed_said_and_kept(model: Path, tmp_path: Path) -> None:
    async def session(client: httpx.AsyncClient) -> Page:
        page = Page(client)
        await page.begin()
        again = await client.post("/api/session", json={"plan": PLAN})
        assert again.status_code == 409
        await page.play(CLIP)
        assert (await client.delete("/api/session")).status_code == 200
        assert (await client.post("/api/quit")).status_code == 200
        return page

    with served(model, tmp_path) as server, let_in(server) as client:
        page = run(client, session(client))
        assert server.process.wait(10) == 0
    phases = [one["phase"] for one in page.screens]
    assert {"setup", "countdown", "stretch"} <= set(phases)
    statuses = {one["verdict"]["status"] for one in page.screens if one["verdict"]}
    assert {"correct", "adjust"} <= statuses
    said = [one["text"] for one in page.messages if one["type"] == "say" and one["text"]]
    assert "The clock is running" in said
    assert any(one["figure"]["lines"] for one in page.screens)
    (held_s, ended), = stored(tmp_path)  # fmt: skip
    assert ended is not None
    assert held_s == pytest.approx(held_in_truth(CLIP), abs=WITHIN_S + page.late_s)
    assert not (tmp_path / "app_token").exists(), "whoever quits is let in no more by the old page"


def test_what_was_held_outlives_a_server_that_was_killed(model: Path, tmp_path: Path) -> None:
    async def first(client: httpx.AsyncClient) -> tuple[str, float]:
        page = Page(client)
        begun = await page.begin()
        await page.play(CLIP, to_s=9.0)
        return begun["id"], page.screens[-1]["held_s"]

    async def second(client: httpx.AsyncClient, session: str) -> list[dict[str, Any]]:
        page = Page(client)
        assert (await client.get("/api/state")).json()["session"] is None
        begun = await page.begin(resume=session)
        assert begun["id"] == session
        await page.play(CLIP, from_s=14.0, to_s=17.0)
        await client.delete("/api/session")
        return page.screens

    with served(model, tmp_path) as server:
        with let_in(server) as client:
            session, held_s = run(client, first(client))
            cookies = client.cookies
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        port = server.port
    assert held_s > 3.0
    with served(model, tmp_path, port) as server:
        client = httpx.AsyncClient(base_url=server.base, headers={"origin": server.base}, cookies=cookies, timeout=20.0)
        screens = run(client, second(client, session))
    assert screens[0]["held_s"] >= held_s - 1.0
    (now_s, _), = stored(tmp_path)  # fmt: skip
    assert now_s >= held_s - 1.0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_order_when_asked(number: int, model: Path, tmp_path: Path) -> None:
    with served(model, tmp_path) as server:
        server.process.send_signal(number)
        assert server.process.wait(10) == 128 + number
        assert server.process.stdout is not None
        assert "all that was done is kept" in server.process.stdout.read()


def test_nobody_else_is_let_in(model: Path, tmp_path: Path) -> None:
    async def asked(server: Served, cookies: Any) -> None:
        address = f"ws://127.0.0.1:{server.port}/api/session/pictures"
        here, evil = Origin(server.base), Origin("http://evil.example")
        for headers, origin in (({}, here), ({"cookie": cookies}, evil), ({"cookie": cookies}, None)):
            with pytest.raises(WebSocketException):
                async with connect(
                    address, additional_headers=headers, origin=Origin(origin) if origin is not None else None
                ) as socket:
                    await socket.recv()

    with served(model, tmp_path) as server:
        with httpx.Client(base_url=server.base) as client:
            assert client.get("/api/state").status_code == 401
            assert client.get("/api/state", headers={"host": "evil.example"}).status_code == 421
            client.get(server.address)
            assert client.get("/api/state").status_code == 200
            for path in ("/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/server.py", "/static//etc/passwd"):
                assert client.get(path).status_code in (400, 404), path
            wrong = client.post("/api/session", content=b"{", headers={"origin": server.base})
            assert wrong.status_code == 422
            cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        asyncio.run(asked(server, cookies))
        second = subprocess.run(
            [sys.executable, "-m", "formcheck", "app", "--no-open", "--model", str(model), "--port", server.port],
            env={**os.environ, "FORMCHECK_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert second.returncode == 1
        assert f"Port {server.port} cannot be had" in second.stderr


def test_a_flood_leaves_the_session_alone(model: Path, tmp_path: Path) -> None:
    """A thousand connections, a gigabyte, other origins and names, all in the middle of a hold."""

    async def gigabyte(client: httpx.AsyncClient) -> int:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(1024):
                yield bytes(1 << 20)

        try:
            return (await client.post("/api/answers", content=pieces(), headers={"content-length": str(1 << 30)})).status_code
        except httpx.HTTPError:
            return 413  # the connection was closed before all of it was sent

    async def session(client: httpx.AsyncClient, base: str) -> tuple[Page, dict[str, Any], int]:
        page = Page(client)
        await page.begin()
        playing = asyncio.create_task(page.play(CLIP))
        await asyncio.sleep(5.0)  # in the first hold
        words = (sys.executable, "-m", "tests.support.intruder", base)
        intruder = await asyncio.create_subprocess_exec(*words, cwd=REPO, stdout=subprocess.PIPE)
        told, _ = await intruder.communicate()
        status = await gigabyte(client)
        assert (await client.get("/api/state")).json()["session"] is not None
        await playing
        assert (await client.delete("/api/session")).status_code == 200
        return page, json.loads(told), status

    with served(model, tmp_path) as server, let_in(server) as client:
        page, told, status = run(client, session(client, server.base))
    *answered, large = told["strange"]
    assert answered == [401, 401, 421, 403, 403]
    assert large in (401, None), "refused before it is read, so that the connection may be closed while it is sent"
    assert set(told["many"]) <= {"401", "503", "closed"}
    assert told["silent"] > 900
    assert status == 413
    (held_s, ended), = stored(tmp_path)  # fmt: skip
    assert ended is not None
    assert page.late_s < 5.0, "an answer may be late beside a thousand"
    assert held_s == pytest.approx(held_in_truth(CLIP), abs=WITHIN_S + page.late_s)
