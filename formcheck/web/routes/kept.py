"""What is kept on this machine, by its kind: what it is, where it lies, how large it is, and its deletion."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.people.kept import KINDS, KeptKind, delete_kinds
from formcheck.web.routes import ShownResponse
from formcheck.web.screen import Message

ALL = "all"


def routes(running: Callable[[], str | None]) -> list[Route]:
    """Return what is answered; `running` returns the ID of the session that runs, which is not deleted."""

    async def delete(request: Request) -> Response:
        named = request.query_params.get("kind", "")
        if named not in (*KINDS, ALL):
            raise HTTPException(404)
        kinds = list(KINDS.values()) if named == ALL else [KINDS[named]]
        await asyncio.to_thread(delete_kinds, kinds, but=running())
        return ShownResponse({})

    return [Route("/api/kept", _list), Route("/api/kept", delete, methods=["DELETE"])]


async def _list(request: Request) -> Response:
    return ShownResponse({"kinds": await asyncio.to_thread(lambda: [kind_message(kind) for kind in KINDS.values()])})


def kind_message(kind: KeptKind) -> Message:
    """Return what there is of a kind: how many files, of how many bytes in all, and in which folders."""
    found = dict(_sizes(kind))
    return {
        "kind": kind.name,
        "use": kind.use,
        "files": len(found),
        "bytes": sum(found.values()),
        "folders": sorted({str(file.parent) for file in found}),
    }


def _sizes(kind: KeptKind) -> Iterator[tuple[Path, int]]:
    for file in kind.files():
        with suppress(FileNotFoundError):  # a session at work has logs that come and go
            yield file, file.lstat().st_size
