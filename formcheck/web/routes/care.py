"""Psoas care: what of it there is, and the page that says what each part is for."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.pipeline.live.plan import SHIPPED_PROGRAMME
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.web.psoas import psoas_page
from formcheck.web.routes import ShownResponse
from formcheck.web.screen import Message


def routes() -> list[Route]:
    """Return what the server answers."""
    return [Route("/api/care", _care), Route("/api/care/psoas", _psoas)]


async def _care(request: Request) -> Response:
    return ShownResponse(await asyncio.to_thread(_offers))


async def _psoas(request: Request) -> Response:
    return ShownResponse(await asyncio.to_thread(psoas_page))


def _offers() -> Message:
    programme = PROGRAMMES.find(SHIPPED_PROGRAMME)
    return {
        "programme": {"name": programme.name, "title": programme.title, "text": programme.description},
        "checks": [{"name": spec.name, "title": spec.title, "text": spec.instruction} for spec in CHECKS.load()[0]],
    }
