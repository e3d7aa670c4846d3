"""Progress: the sessions that are kept, some at a time, what the report says of them, a table of them, and their deletion."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.core import wording
from formcheck.core.durations import MOMENT
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import N_
from formcheck.people.history import CheckRecord, Entry
from formcheck.people.kept import HISTORY, delete_kinds
from formcheck.people.progress import progress_of
from formcheck.stretches.titles import title_of
from formcheck.system.leftovers import temporary_folder
from formcheck.system.paths import history_file
from formcheck.system.processes import give_way, run_isolated
from formcheck.ui.kept_session import pain_told
from formcheck.ui.session_in_short import lines_of, sitting_in_short
from formcheck.web.routes import ShownResponse
from formcheck.web.routes.report_page import page_response
from formcheck.web.screen import Message

Answer = TypeVar("Answer")

NO_SUCH_SESSION = N_("This session is not kept, or not any more. Go back to the list.")
RUNS_NOW = N_("This session is still running. End it first, then delete it.")
DAMAGED = N_("This session cannot be read: {fault}.")
READING = N_("{side}, {reading}: {degrees:.0f} degrees, give or take {error:.0f}")

MEDIA: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
"""What a table of sessions is, by the ending of its file."""

_AT_ONCE, _MOST = 10, 1000
"""So many sessions are listed where the page asks for no other number, and at most."""

_WITHIN_S = 120.0
"""Pages and tables of ten years take three seconds on two cores; longer than this is none made."""


class _Chosen(BaseModel):
    """Which sessions a page asks for: of whom, from which day on, how many, and after how many of them."""

    model_config = ConfigDict(extra="forbid")

    profile: str | None = None
    since: date | None = None
    skip: int = Field(0, ge=0, le=1_000_000)
    count: int = Field(_AT_ONCE, ge=1, le=_MOST)


def routes(running: Callable[[], str | None]) -> list[Route]:
    """Return what is answered; `running` returns the ID of the session that runs, which is not deleted."""

    async def delete(request: Request) -> Response:
        session = request.query_params.get("id", "")
        if session == running():
            raise HTTPException(409, RUNS_NOW)
        await asyncio.to_thread(_delete, session)
        return ShownResponse({})

    async def delete_all(request: Request) -> Response:
        await asyncio.to_thread(delete_kinds, [HISTORY], but=running())
        return ShownResponse({})

    one_at_a_time = asyncio.Semaphore()

    async def made(request: Request, make: Callable[..., Answer], *arguments: Any) -> Answer:
        async with one_at_a_time:  # so the threads that a session needs are not all taken
            if await request.is_disconnected():  # meanwhile something else was chosen
                raise HTTPException(408)
            return await asyncio.to_thread(make, *arguments)

    async def report(request: Request) -> Response:
        chosen = _chosen(request)
        page = await made(request, _apart, progress_page, chosen.profile, chosen.since)
        if not page:
            raise HTTPException(404)
        return page_response(page)

    async def table(request: Request) -> Response:
        ending = request.path_params["ending"]
        if ending not in MEDIA:
            raise HTTPException(404)
        written = await made(request, _written, ending, _chosen(request))
        name = f"formcheck-history-{date.today()}.{ending}"
        return Response(written, media_type=MEDIA[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'})

    return [
        Route("/api/progress", _list),
        Route("/api/progress", delete_all, methods=["DELETE"]),
        Route("/api/progress/report", report),
        Route("/api/progress/table.{ending:str}", table),
        Route("/api/progress/session", _session),
        Route("/api/progress/session", delete, methods=["DELETE"]),
        Route("/api/progress/session/report", _session_report),
    ]


def session_message(entry: Entry, *, partly: bool) -> Message:
    """Return what the list tells of a session; `partly`: something of it could not be read."""
    told: list[str] = [wording.SESSION_LEVEL.format(level=entry.level)] if entry.level is not None else []
    told += [pain_told(entry)] if entry.pain_before is not None else []
    told += [sitting_in_short(entry.sitting)] if entry.sitting is not None else []
    lines = [{"title": title, "side": side, "held": held, "notes": notes} for title, side, held, _, notes in lines_of(entry)]
    return {
        "id": entry.id,
        "title": title_of(entry.plan),
        "day": MOMENT.format(time=entry.started),
        "profile": one_line(entry.profile) if entry.profile is not None else None,
        "cut": wording.SESSION_CUT if entry.ended is None else None,
        "lines": lines,
        "told": told,
        "nothing": wording.NOTHING_DONE if not lines and entry.sitting is None else None,
        "partly": wording.PROGRESS_PARTLY.format(count=1) if partly else None,
    }


def _check_messages(records: "tuple[CheckRecord, ...]") -> list[Message]:
    """What the list tells of the flexibility checks, the newest first."""
    by_id: dict[str, list[CheckRecord]] = {}
    for one in records:
        by_id.setdefault(one.id, []).append(one)
    return [
        {
            "id": session,
            "title": title_of(read[0].check),
            "day": MOMENT.format(time=read[0].taken),
            "profile": one_line(read[0].profile) if read[0].profile is not None else None,
            "lines": [
                READING.format(side=one.side, reading=one_line(one.reading), degrees=one.degrees, error=one.error_deg)
                for one in read
            ],
        }
        for session, read in reversed(by_id.items())
    ]


async def _list(request: Request) -> Response:
    return ShownResponse(await asyncio.to_thread(_listed, _chosen(request)))


def _listed(chosen: _Chosen) -> Message:
    tables = [ending for ending in MEDIA if ending != "parquet" or find_spec("pyarrow") is not None]
    told: Message = {"sessions": [], "damaged": [], "checks": [], "people": [], "next": None, "tables": tables}
    if not history_file().is_file():  # to look is no reason to make one
        return told
    from formcheck.people.history.database import Store

    with Store(history_file()) as store:
        ends = chosen.skip + chosen.count
        if store.recent(1, profile=chosen.profile, since=chosen.since, skip=ends) or store.faulty:
            told["next"] = ends
        entries = store.recent(chosen.count, profile=chosen.profile, since=chosen.since, skip=chosen.skip)
        told["sessions"] = [session_message(one, partly=one.id in store.partly) for one in entries]
        told["people"] = [{"profile": name, "name": one_line(name)} for name in store.people()]
        if chosen.skip == 0:
            told["checks"] = _check_messages(_checks_since(store.checks(profile=chosen.profile), chosen.since))
        told["damaged"] = [{"id": known, "told": DAMAGED.format(fault=fault)} for known, fault in store.faulty.items()]
    return told


def _checks_since(checks: "tuple[CheckRecord, ...]", since: date | None) -> "tuple[CheckRecord, ...]":
    return tuple(one for one in checks if since is None or one.taken.date() >= since)


# --- pages and tables of all sessions are made in a process of their own: a session in this one is not held up ---------------


_apart = partial(run_isolated, within_s=_WITHIN_S, prepare=give_way)


async def _session_report(request: Request) -> Response:
    return page_response(await asyncio.to_thread(session_page, request.query_params.get("id", "")))


def progress_page(profile: str | None, since: date | None) -> str:
    """Return the page that `formcheck history report` writes; nothing where nothing is kept. Raises HistoryError."""
    from formcheck.people.history.database import Store
    from formcheck.ui.report.progress.page import render_progress

    with Store(history_file()) as store:
        entries = store.recent(profile=profile, since=since)
        checks = _checks_since(store.checks(profile=profile), since)
        if not (entries or checks):
            return ""
        return render_progress(
            progress_of(entries, checks), since=since, unreadable=len(store.faulty), partly=len(store.partly)
        )


def session_page(session: str) -> str:
    """Return the page that `formcheck history report ID` writes. Raises HistoryError, and HTTPException where there is none."""
    from formcheck.ui.report.progress.page import render_session

    entry, partly = _found(session)
    return render_session(entry, partly=int(partly))


def _written(ending: str, chosen: _Chosen) -> bytes:
    with temporary_folder() as folder:
        file = folder / f"history.{ending}"
        _apart(write_table, file, chosen.profile, chosen.since)
        return file.read_bytes()


def write_table(file: Path, profile: str | None, since: date | None) -> str:
    """Write what `formcheck history export` does. Raises HistoryError and OutputError."""
    from formcheck.people.history.database import Store
    from formcheck.pipeline.outputs.formats.history_table import write_history

    with Store(history_file()) as store:
        return str(write_history(file, store.recent(profile=profile, since=since)[::-1]))


# --- one session ---------------------------------------------------------------------------------------------------------


async def _session(request: Request) -> Response:
    entry, partly = await asyncio.to_thread(_found, request.query_params.get("id", ""))
    return ShownResponse(session_message(entry, partly=partly))


def _found(session: str) -> tuple[Entry, bool]:
    """The session with this ID, and whether something of it could not be read. Raises HTTPException where there is none."""
    from formcheck.people.history.database import Store

    if history_file().is_file():
        with Store(history_file()) as store:
            if (entry := store.find(session)) is not None:
                return entry, session in store.partly
    raise HTTPException(404, NO_SUCH_SESSION)


def _delete(session: str) -> None:
    """Delete a session, or check, even one that is damaged. Raises HTTPException where there is none."""
    from formcheck.people.history.database import Store

    if history_file().is_file():
        with Store(history_file()) as store:
            if store.find(session) is not None or session in {one.id for one in store.checks()} | set(store.faulty):
                store.clear(session=session)
                return
    raise HTTPException(404, NO_SUCH_SESSION)


def _chosen(request: Request) -> _Chosen:
    return _Chosen.model_validate(dict(request.query_params))
