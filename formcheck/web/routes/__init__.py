"""What the server answers of each part of the page beside the session: a module each, with `routes()`."""

from typing import Any

from starlette.responses import JSONResponse

from formcheck.web.words import as_shown


class ShownResponse(JSONResponse):
    """Data for the page, with every sentence in it as the person reads it."""

    def render(self, content: Any) -> bytes:
        return super().render(as_shown(content))
