"""The app asked as its page asks it, without a server: what it answers, and with which status."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx

from formcheck.vision.engines import EngineModel
from formcheck.web.app import App

HERE = "http://127.0.0.1"
NO_MODEL = EngineModel(engine="none", factory="nowhere:none", file=None)

Ask = Callable[..., Awaitable[Any]]


def app() -> App:
    return App(model=NO_MODEL, quit=lambda: None, folder=Path("nowhere"))


def asked(app: App, work: Callable[[Ask], Awaitable[None]]) -> None:
    """Let `work` ask the app: a path, and what is posted to it, if anything is; a refusal is its sentences."""

    async def run() -> None:
        transport = httpx.ASGITransport(app.routes())
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:

            async def ask(path: str, posted: Any = None) -> Any:
                answer = await (client.get(path) if posted is None else client.post(path, json=posted))
                return answer.json() if answer.is_success else answer.json()["error"]

            await work(ask)

    asyncio.run(run())
