"""`formcheck history` and its commands."""

import dataclasses
import json as json_text
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.help import HelpfulCommand
from formcheck.cli.options import YesOption
from formcheck.cli.terminal import say
from formcheck.core import wording
from formcheck.core.errors import FormcheckError, HistoryError, PoseFileError
from formcheck.core.wording.language import N_

if TYPE_CHECKING:
    from formcheck.people.history import CheckRecord, Entry, GuidedTotal, Total

_LAST = 10
_SHORT = 6
"""Of an ID, as much as tells sessions apart."""
history = typer.Typer(help=N_("Show or delete what was done in live sessions."), rich_markup_mode=None)


@history.command("show", cls=HelpfulCommand, epilog="history\nhistory --pose kneel --since 4w\nhistory show 3f2a")
def show_history(
    session: Annotated[
        str | None, typer.Argument(metavar="ID", help=N_("One session in full; its ID is in the list."), show_default=False)
    ] = None,
    last: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help=N_("The last N sessions; 0 is all. Default: 10, with --since all."),
        ),
    ] = None,
    pose: Annotated[
        str | None, typer.Option(metavar="NAME", autocompletion=completion.stretches, help=N_("Of one stretch or block only."))
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=N_("From a day on: 2025-11-22, or 7d or 4w ago."))] = None,
    json: Annotated[bool, typer.Option("--json", help=N_("Print them as JSON."))] = False,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", autocompletion=completion.profiles, help=N_("Those of one person only."))
    ] = None,
) -> None:
    """Show the last sessions, what was held in all, and how far it went; with an ID one session in full."""
    from formcheck.people.history.records import guided_totals, totals

    first_day = _day(since, date.today()) if since is not None else None
    wanted = last if last is not None else 0 if since is not None else _LAST
    in_short = bool(wanted) and session is None and pose is None and first_day is None
    stored = _stored(profile, begins=session, last=wanted if in_short else None)
    every, faulty, partly = stored.sessions, stored.faulty, stored.partly
    checks: Sequence[CheckRecord] = [
        one for one in stored.checks if pose is None and (first_day is None or one.taken.date() >= first_day)
    ]
    chosen: Sequence[Entry] = []
    if session is not None and (found := _check_called(session, checks, every)):
        checks, faulty, partly = found, {}, {}
    elif session is not None:
        chosen, checks = [_find(session, every, faulty)], []
        faulty, partly = {}, {chosen[0].id: partly.get(chosen[0].id, ())}
    else:
        every = _selected(every, pose, first_day)
        chosen = every[: wanted or None][::-1]
        shown = set(list(dict.fromkeys(one.id for one in checks))[-wanted:])
        checks = [one for one in checks if one.id in shown]
    if json:
        from formcheck.people.history.export import documents

        json_text.dump(documents(chosen, checks), sys.stdout, indent=2, default=datetime.isoformat)
        print()
    elif session is not None and chosen:
        from formcheck.cli.reports.one_session import print_session
        from formcheck.cli.terminal import console

        print_session(console(), *chosen)
    elif not (chosen or checks) and (pose or since):
        say(wording.HISTORY_NONE_FITS)
    else:
        from formcheck.cli.reports.history import print_history

        if chosen or not checks:
            of_all = stored.totals if in_short else totals(every)
            guided = stored.guided if in_short else guided_totals(every)
            print_history(chosen, every, of_all, profile, guided=guided)
        if checks:
            from formcheck.cli.reports.check import print_kept_checks

            print_kept_checks(checks, below=bool(chosen))
    if told := [*_told(faulty), *_partly_told(partly)]:
        raise HistoryError(*told)


@history.command("export", cls=HelpfulCommand, epilog="history export mine.csv\nhistory export mine.parquet --since 52w")
def export_history(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Ends in .csv or .parquet."), show_default=False)],
    pose: Annotated[
        str | None, typer.Option(metavar="NAME", autocompletion=completion.stretches, help=N_("Of one stretch only."))
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=N_("From a day on: 2025-11-22, or 7d or 4w ago."))] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", autocompletion=completion.profiles, help=N_("Those of one person only."))
    ] = None,
) -> None:
    """Write a table for other programs: a row for each side of each stretch of each session, the oldest first."""
    from formcheck.pipeline.outputs.formats.history_table import check_history_table, write_history

    check_history_table(file)
    first_day = _day(since, date.today()) if since is not None else None
    stored = _stored(profile)
    chosen = _selected(stored.sessions, pose, first_day)[::-1]
    say(wording.HISTORY_EXPORTED.format(path=file, rows=write_history(file, chosen), sessions=len(chosen)))
    if told := [*_told(stored.faulty), *_partly_told(stored.partly)]:
        raise HistoryError(*told)


@history.command("report", cls=HelpfulCommand, epilog="history report --out progress.html\nhistory report 3f2a --out day.html")
def report_history(
    out: Annotated[Path, typer.Option(metavar="FILE", help=N_("The page; ends in .html."), show_default=False)],
    session: Annotated[
        str | None, typer.Argument(metavar="ID", help=N_("One session only; its ID is in the list."), show_default=False)
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help=N_("From a day on: 2025-11-22, or 7d or 4w ago."))] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", autocompletion=completion.profiles, help=N_("Those of one person only."))
    ] = None,
) -> None:
    """Write a page: time held, how far you get, faults and pain over time; with an ID one session, or flexibility check."""
    from formcheck.cli.reports.history import nothing_kept
    from formcheck.people.progress import progress_of
    from formcheck.pipeline.outputs.page_file import check_report_path, write_page
    from formcheck.system.files import check_writable
    from formcheck.ui.report.progress.page import render_check, render_progress, render_session

    check_report_path(out, "--out")
    check_writable(out)
    first_day = _day(since, date.today()) if since is not None else None
    stored = _stored(profile)
    faulty, partly = stored.faulty, stored.partly
    if session is not None and (found := _check_called(session, stored.checks, stored.sessions)):
        page = render_check(found, _changed(found, stored.checks))
        faulty, partly = {}, {}
    elif session is not None:
        entry = _find(session, stored.sessions, faulty)
        faulty, partly = {}, {known: told for known, told in partly.items() if known == entry.id}
        page = render_session(entry, partly=len(partly))
    else:
        entries = _selected(stored.sessions, None, first_day)
        checks = [one for one in stored.checks if first_day is None or one.taken.date() >= first_day]
        if not (entries or checks or faulty):
            say(wording.HISTORY_NONE_FITS if first_day is not None else nothing_kept(profile))
            return
        if not (entries or checks):
            raise HistoryError(*_told(faulty))
        progress = progress_of(entries, checks)
        page = render_progress(progress, since=first_day, unreadable=len(faulty), partly=len(partly))
    write_page(out, page)
    say(wording.REPORT_WRITTEN.format(path=out))
    if told := [*_told(faulty), *_partly_told(partly)]:
        raise HistoryError(*told)


@history.command("delete", cls=HelpfulCommand, epilog="history delete 3f2a\nhistory delete")
def delete_history(
    session: Annotated[
        str | None, typer.Argument(metavar="ID", help=N_("One session only; its ID is in the list."), show_default=False)
    ] = None,
    yes: YesOption = False,
) -> None:
    """Delete one session, or all that is kept about you: history, profiles, answers to the safety questions, landmarks."""
    from formcheck.cli.terminal import confirmed
    from formcheck.people.history import database
    from formcheck.people.kept import KINDS, delete_kinds
    from formcheck.system.paths import history_file

    if session is not None:
        stored = _stored()
        every, checks, faulty = stored.sessions, stored.checks, stored.faulty
        damaged = [known for known in faulty if session and known.startswith(session)]
        if len(damaged) == 1:
            (chosen,), question = damaged, N_("Delete the damaged session?")
        elif of_check := _check_called(session, checks, every):
            chosen = of_check[0].id
            question = N_("Delete the flexibility check of {day:%a %d %b %Y, %H:%M}?").format(day=of_check[0].taken)
        else:
            entry = _find(session, every, {})
            chosen = entry.id
            question = N_("Delete the session of {day:%a %d %b %Y, %H:%M} ({plan})?").format(day=entry.started, plan=entry.plan)
        if not yes and not confirmed(question):
            say(N_("Nothing was deleted."))
            return
        with database.Store(history_file()) as store:
            store.clear(session=chosen)
        say(N_("The session is deleted."))
        return
    personal = [kind for kind in KINDS.values() if kind.personal]
    if not any(list(kind.files()) for kind in personal):
        say(N_("Nothing is kept, so there is nothing to delete."))
        return
    question = N_("Delete the whole history, all profiles, your answers to the safety questions and the landmarks of clips?")
    if not yes and not confirmed(question):
        say(N_("Nothing was deleted."))
        return
    delete_kinds(personal)
    say(N_("The history, the profiles, your answers and the landmarks are deleted. What you made yourself stays."))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """Sessions, the newest first; all flexibility checks; by their IDs, what is wrong with damaged ones, and with parts.

    Where only the last sessions are asked for, the totals are those of all.
    """

    sessions: "Sequence[Entry]" = ()
    checks: "Sequence[CheckRecord]" = ()
    faulty: "Mapping[str, str]" = dataclasses.field(default_factory=dict)
    partly: "Mapping[str, Sequence[str]]" = dataclasses.field(default_factory=dict)
    totals: "Sequence[Total]" = ()
    guided: "Sequence[GuidedTotal]" = ()


def _stored(profile: str | None = None, *, begins: str | None = None, last: int | None = None) -> _Stored:
    """What the history has, or has of one person: all sessions, or those whose ID begins so, or no more than the last need."""
    from formcheck.system.paths import history_file

    if not history_file().is_file():  # to look is no reason to make one
        return _Stored()
    from formcheck.people.history.database import Store

    with Store(history_file()) as store:
        if last is not None:
            short = store.overview(last, profile=profile)
            sessions, totals, guided = short.entries, short.totals, short.guided
        else:
            sessions, totals, guided = store.recent(profile=profile, begins=begins) or store.recent(profile=profile), (), ()
        checks = store.checks(profile=profile)
        return _Stored(sessions=sessions, checks=checks, faulty=store.faulty, partly=store.partly, totals=totals, guided=guided)


def _told(faulty: "Mapping[str, str]") -> "Iterator[str]":
    """A sentence for every session that is damaged."""
    from formcheck.system.paths import history_file

    for session, fault in faulty.items():
        yield (
            N_("{file}, session {id}: {fault}. It is left out; `formcheck history delete {short}` deletes it.").format(
                file=history_file(), id=session, fault=fault, short=session[:_SHORT]
            )
        )


def _partly_told(partly: "Mapping[str, Sequence[str]]") -> "Iterator[str]":
    """A sentence for every part of a session that is damaged."""
    from formcheck.system.paths import history_file

    for session, faults in partly.items():
        for fault in faults:
            yield (
                N_(
                    "{file}, session {id}: {fault}. That alone is left out; `formcheck history delete {short}` deletes the "
                    "session."
                ).format(file=history_file(), id=session, fault=fault, short=session[:_SHORT])
            )


def _find(session: str, entries: "Iterable[Entry]", faulty: "Mapping[str, str]") -> "Entry":
    """The session whose ID begins so. Raises HistoryError."""
    from formcheck.stretches.validation import known_name

    by_id = {entry.id: entry for entry in entries}
    if session and not any(known.startswith(session) for known in by_id):
        for told in _told({known: fault for known, fault in faulty.items() if known.startswith(session)}):
            raise HistoryError(told)
    advice = N_("`formcheck history` lists the sessions with their IDs.")
    return by_id[known_name(session, by_id, kind="session", error=HistoryError, advice=advice, listed=False)]


def _check_called(session: str, checks: "Sequence[CheckRecord]", entries: "Iterable[Entry]") -> "Sequence[CheckRecord]":
    """What was read in the one check whose ID begins so; nothing where there are several, or a session's does."""
    found = [one for one in checks if session and one.id.startswith(session)]
    return found if len({one.id for one in found}) == 1 and not any(one.id.startswith(session) for one in entries) else []


def _changed(records: "Sequence[CheckRecord]", checks: "Sequence[CheckRecord]") -> list[str]:
    """What has changed since the checks before that of these `records`, as far as it can be told."""
    from formcheck.pipeline.readings.check_words import changes_in_words
    from formcheck.stretches.check_files import CHECKS

    try:
        spec = CHECKS.find(records[0].check)
    except PoseFileError:  # its file is no longer there
        return []
    return changes_in_words(spec, records, [one for one in checks if one.taken < records[0].taken])


def _selected(entries: "Sequence[Entry]", pose: str | None, first_day: date | None) -> "Sequence[Entry]":
    """The sessions from `first_day` on, and of each what was done of `pose`. Raises HistoryError where it was never done."""
    if first_day is not None:
        entries = [entry for entry in entries if entry.started.date() >= first_day]
    if pose is None:
        return entries
    from formcheck.stretches.block_files import BLOCKS
    from formcheck.stretches.files import stretch_names
    from formcheck.stretches.validation import known_name

    done = {part.pose for entry in entries for parts in (entry.stretches, entry.pains) for part in parts}
    done |= {block.block for entry in entries for block in entry.blocks}
    names = sorted({*done, *stretch_names(), *BLOCKS.paths()})
    name = known_name(pose, names, kind=N_("stretch or block"), error=HistoryError)
    return [only for entry in entries if (only := entry.of_pose(name)).stretches or only.pains or only.blocks]


def _day(since: str, today: date) -> date:
    """The day that `since` means. Raises FormcheckError."""
    if back := re.fullmatch(r"(\d{1,4}) ?([dw])", since.strip().lower()):
        return today - timedelta(days=int(back[1]) * {"d": 1, "w": 7}[back[2]])
    try:
        return date.fromisoformat(since.strip())
    except ValueError:
        raise FormcheckError(
            N_("--since: {given!r} is no date. Give a day as {today}, or how long ago as 7d or 4w.").format(
                given=since, today=today.isoformat()
            )
        ) from None
