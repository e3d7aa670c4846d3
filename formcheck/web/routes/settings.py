"""What is chosen of the app: the language, and who it is; profiles, and the calibration that makes one."""

import asyncio
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.coaching.guidance import phrases
from formcheck.coaching.readings.calibration import Calibration
from formcheck.coaching.summary import SessionSummary
from formcheck.core import wording
from formcheck.core.errors import FormcheckError, ProfileError
from formcheck.core.interfaces import ClipInfo
from formcheck.core.wording.language import joined, spoken
from formcheck.people.chosen import load_chosen, save_chosen
from formcheck.people.history.writer import new_entry
from formcheck.people.person import forget_person
from formcheck.people.profile import find_profile, keep_baseline, profile_file, profile_names
from formcheck.stretches.files import load_stretches
from formcheck.system.languages import languages, speak_language
from formcheck.vision.engines import EngineModel, create_engine
from formcheck.web.routes import Given, ShownResponse
from formcheck.web.screen import Message, summary_message
from formcheck.web.session import PageSession, SessionPlan


class _Choosing(Given):
    language: str | None = None
    profile: str | None = None


def routes() -> list[Route]:
    """Return what is answered of the settings."""
    return [
        Route("/api/settings", _settings),
        Route("/api/settings", _choose, methods=["POST"]),
        Route("/api/profiles/{name}", _forget, methods=["DELETE"]),
    ]


def calibration(model: EngineModel, profile: str, *, muted: bool) -> PageSession:
    """Return a calibration that keeps its baseline in `profile`. Raises ProfileError for an impossible name."""
    profile_file(profile)
    specs = {spec.name: spec for spec in load_stretches()}
    engine = create_engine(model)
    reading = Calibration(specs, muted=muted, traits=engine.traits)

    def finish(clip: ClipInfo | None) -> Message:
        if clip is None or reading.baseline is None:
            raise FormcheckError(wording.CALIBRATION_LEFT)
        keep_baseline(profile, reading.baseline, (clip.width or 1, clip.height or 1))
        told = summary_message(SessionSummary(), phrases.CALIBRATED)
        return told | {"sentences": [wording.APP_BASELINE_KEPT.format(profile=profile)]}

    plan = SessionPlan(title=phrases.CALIBRATION, specs=specs, entry=new_entry("calibration", profile), finish=finish)
    return PageSession(plan, reading, engine)


async def _settings(request: Request) -> Response:
    chosen = {"language": spoken().language, "profile": load_chosen().profile}
    return ShownResponse({**chosen, "languages": languages(), "profiles": list(_profiles())})


def _profiles() -> Iterator[Message]:
    for name in profile_names():
        try:
            yield {"name": name, "taken": find_profile(name).taken.isoformat(), "trouble": None}
        except ProfileError as error:
            yield {"name": name, "taken": None, "trouble": joined(" ", error.lines)}


async def _choose(request: Request) -> Response:
    given = await _Choosing.of(request)
    if given.profile is not None:
        find_profile(given.profile)
    if given.language is not None:
        speak_language(given.language)
    save_chosen(load_chosen().model_copy(update=given.model_dump(exclude_unset=True)))
    return ShownResponse({})


async def _forget(request: Request) -> Response:
    await asyncio.to_thread(forget_person, request.path_params["name"])
    return ShownResponse({})
