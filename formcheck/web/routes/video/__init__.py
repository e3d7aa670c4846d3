"""Check a video: clips that the page sends, or that lie on this machine, are scored as `formcheck score` does it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.core.plain_text import path_as_text
from formcheck.pipeline.batch.discovery import SUFFIXES
from formcheck.stretches.files import every_stretch
from formcheck.web.routes import Given, ShownResponse
from formcheck.web.routes.report_page import file_response, report_response
from formcheck.web.routes.video.checks import NO_CHECK, NO_SUCH_FILE, CheckOptions, ClipCheck, VideoChecks
from formcheck.web.routes.video.messages import list_message
from formcheck.web.routes.video.uploads import MOST_UPLOAD_BYTES, receive

UPLOADS = "/api/videos/upload"
"""Where files are sent to; each is the body of a request, so that it goes straight to the disk."""


class _Path(Given):
    path: str
    options: CheckOptions


def routes(checks: VideoChecks) -> list[Route]:
    """Return what the server answers of this part."""
    answers = _Answers(checks)
    return [
        Route("/api/videos", answers.all),
        Route("/api/videos", answers.add, methods=["POST"]),
        Route("/api/videos", answers.remove_all, methods=["DELETE"]),
        Route("/api/videos/choices", answers.choices),
        Route("/api/videos/stop", answers.stop_all, methods=["POST"]),
        Route("/api/videos/compare", answers.compare, methods=["POST"]),
        Route(UPLOADS, answers.upload, methods=["PUT"]),
        Route("/api/videos/{id}", answers.remove, methods=["DELETE"]),
        Route("/api/videos/{id}/stop", answers.stop, methods=["POST"]),
        Route("/api/videos/{id}/again", answers.again, methods=["POST"]),
        Route("/api/videos/{id}/film", answers.make_film, methods=["POST"]),
        Route("/api/videos/{id}/{what:str}", answers.file),
    ]


class _Two(Given):
    a: str
    b: str


class _Answers:
    def __init__(self, checks: VideoChecks) -> None:
        self._checks = checks

    async def all(self, request: Request) -> Response:
        return ShownResponse(list_message(self._checks))

    async def choices(self, request: Request) -> Response:
        stretches = await asyncio.to_thread(every_stretch)
        return ShownResponse(
            {
                "folder": str(self._checks.folder),
                "most_bytes": MOST_UPLOAD_BYTES,
                "endings": SUFFIXES,
                "stretches": [{"name": spec.name, "title": spec.title} for spec in stretches],
            }
        )

    async def add(self, request: Request) -> Response:
        given = await _Path.of(request)
        remarks = await asyncio.to_thread(self._checks.add_path, given.path, given.options)
        return ShownResponse({"remarks": remarks})

    async def upload(self, request: Request) -> Response:
        options = CheckOptions.model_validate_json(request.query_params.get("options", "{}"))
        await asyncio.to_thread(self._checks.admit, options, 1)
        folder = self._checks.new_folder()
        clip = await receive(request, folder)
        check = await asyncio.to_thread(self._checks.add_upload, clip, folder, options)
        return ShownResponse({"id": check.id})

    async def compare(self, request: Request) -> Response:
        given = await _Two.of(request)
        check = await asyncio.to_thread(self._checks.compare, self._called(given.a), self._called(given.b))
        return ShownResponse({"id": check.id})

    async def stop(self, request: Request) -> Response:
        return await self._done(self._checks.stop, [self._check(request)])

    async def stop_all(self, request: Request) -> Response:
        return await self._done(self._checks.stop, self._checks.listed())

    async def remove(self, request: Request) -> Response:
        return await self._done(self._checks.remove, [self._check(request)])

    async def remove_all(self, request: Request) -> Response:
        return await self._done(self._checks.remove, self._checks.listed())

    async def again(self, request: Request) -> Response:
        options = await CheckOptions.of(request)
        return await self._done(self._checks.again, self._check(request), options)

    async def make_film(self, request: Request) -> Response:
        return await self._done(self._checks.make_film, self._check(request))

    async def file(self, request: Request) -> Response:
        check, what = self._check(request), request.path_params["what"]
        name = path_as_text(check.name)
        stored = "download" in request.query_params
        if what == "report" and (report := check.score.files["report"]).is_file():
            return report_response(report, f"{name}.html" if stored else None)
        if what == "json" and (document := check.score.files["json"]).is_file():
            return file_response(document, "application/json", f"{name}.json" if stored else None)
        if what == "film" and check.film is not None and (film := check.film_file).is_file():
            kind = "image/jpeg" if check.still else "video/mp4"
            return file_response(film, kind, f"{Path(name).stem}.annotated{film.suffix}" if stored else None)
        raise HTTPException(404, NO_SUCH_FILE)

    def _check(self, request: Request) -> ClipCheck:
        return self._called(request.path_params["id"])

    def _called(self, name: str) -> ClipCheck:
        try:
            return self._checks.find(name)
        except KeyError:
            raise HTTPException(404, NO_CHECK) from None

    async def _done(self, act: Callable[..., None], *arguments: Any) -> Response:
        await asyncio.to_thread(act, *arguments)
        return ShownResponse({})
