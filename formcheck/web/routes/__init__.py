"""What the server answers of each part of the page beside the session: a module each, with `routes()`."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse

from formcheck.web.words import as_shown


class Given(BaseModel):
    """What the page gives with a request: all that is asked for, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @classmethod
    async def of(cls, request: Request) -> Self:
        """Return what `request` gives. Raises ValidationError."""
        return cls.model_validate_json(await request.body())


class ShownResponse(JSONResponse):
    """Data for the page, with every sentence in it as the person reads it."""

    def render(self, content: Any) -> bytes:
        return super().render(as_shown(content))
