"""The films of sessions: where one goes, and the way to have it."""

from datetime import datetime
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.people.kept import FILMS
from formcheck.system.paths import films_folder, make_data_folder, make_private


def routes() -> list[Route]:
    """Return what is answered of films."""
    return [Route("/api/films/{name}", _film)]


def new_film(began: datetime) -> Path:
    """Return where the film of a session that began just now goes. Raises OutputError."""
    path = films_folder() / f"{began:%Y-%m-%d_%H%M%S}.mp4"
    try:
        make_data_folder()
        make_private(films_folder())
    except OSError as error:
        raise OutputError(wording.FOLDER_NOT_MADE.format(path=path, reason=error.strerror)) from None
    return path


async def _film(request: Request) -> Response:
    wanted = request.path_params["name"]
    film = next((path for path in FILMS.files() if path.name == wanted), None)
    if film is None:
        raise HTTPException(404)
    return FileResponse(film, media_type="video/mp4")
