"""`formcheck history` and its commands."""

import dataclasses
import json as json_text
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.prompt import Confirm
from rich.table import Table

from formcheck.core.values import Side
from formcheck.people import profile as profiles
from formcheck.people import safety
from formcheck.people.history import Entry, Pain, Stretch, Total
from formcheck.people.history.database import Store, delete_history
from formcheck.people.progression import SESSIONS, Trend, session_reaches, trend
from formcheck.system.paths import history_file


def show(count: int | None, *, json: bool, profile: str | None = None) -> None:
    """Print the last `count` sessions (`None`: all), the newest last, what was held in all, and how far it went.

    Those of `profile`, if one is given; how far it went is told of one person only. Raises HistoryError.
    """
    entries: Sequence[Entry] = ()
    every: Sequence[Entry] = ()
    totals: Sequence[Total] = ()
    if history_file().is_file():  # to look is no reason to make one
        with Store(history_file()) as store:
            every = store.recent(profile=profile)
            entries, totals = every[:count][::-1], store.totals(profile=profile)
    if json:
        json_text.dump([dataclasses.asdict(entry) for entry in entries], sys.stdout, indent=2, default=datetime.isoformat)
        print()
        return
    console = Console()
    if not entries:
        whose = f" of the profile {profile}" if profile is not None else ""
        console.print(f"Nothing has been kept yet{whose}. A session of `formcheck live` is kept as it happens.")
        return
    _print_sessions(console, entries)
    if totals:
        console.print()
        console.print(_totals(totals))
    told = list(_trends(every, profile))
    if told:
        console.print()
        console.print(*told, sep="\n", highlight=False, soft_wrap=True)


def delete_all(*, yes: bool) -> None:
    """Delete history, profiles and the answers to the safety questions, asking first unless `yes`. Raises FormcheckError."""
    if not (history_file().exists() or safety.answers_file().exists() or profiles.profile_names()):
        print("Nothing is kept, so there is nothing to delete.")
        return
    if not yes and not Confirm.ask(
        "Delete the whole history, all profiles and your answers to the safety questions?", default=False
    ):
        print("Nothing was deleted.")
        return
    safety.delete_answers()
    for name in profiles.profile_names():
        profiles.delete_profile(name)
        safety.delete_answers(name)
    if history_file().exists():
        delete_history(history_file())
    print("The history, the profiles and your answers are deleted. Your own routines are still there.")


def _table(*heads: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, justify="right" if head in ("held", "score", "sessions") else "left", no_wrap=head != "notes")
    return table


_Line = tuple[str, str, str, str, str]


def _print_sessions(console: Console, entries: Sequence[Entry]) -> None:
    """Print a heading for each session, and below it what was done, in columns that are the same for all of them."""
    done = [list(_rows(entry)) for entry in entries]
    widths = [max((len(line[i]) for lines in done for line in lines), default=0) for i in range(4)]
    for entry, lines in zip(entries, done, strict=True):
        cut = "" if entry.ended else "  still running, or cut short"
        plan = f"{entry.plan}, {entry.profile}" if entry.profile else entry.plan
        console.print(f"{entry.started:%a %d %b %Y, %H:%M}  {plan}{cut}", style="bold", markup=False, highlight=False)
        table = Table(box=None, pad_edge=True, padding=(0, 0, 0, 2), show_header=False)
        for width, right in zip(widths, (False, False, True, True), strict=True):
            table.add_column(min_width=width, justify="right" if right else "left", no_wrap=True)
        table.add_column()
        for line in lines:
            table.add_row(*line)
        console.print(table)


def _rows(entry: Entry) -> Iterator[_Line]:
    """A line for every stretch and side: its repetitions are one thing to somebody who looks back."""

    def named(part: Stretch | Pain) -> tuple[str, str]:
        return part.pose, _side(part.side)

    for (pose, side), same in groupby(sorted(entry.stretches, key=named), key=named):
        bouts = list(same)
        held_s = sum(bout.held_s for bout in bouts)
        goal_s = sum(bout.goal_s for bout in bouts)
        scored = [(bout.score, bout.held_s) for bout in bouts if bout.score is not None and bout.held_s > 0]
        score = f"form {sum(part * s for part, s in scored) / sum(s for _, s in scored):.0f}" if scored else ""
        notes = ["skipped"] * any(bout.skipped for bout in bouts)
        notes += [_pain(pain) for pain in entry.pains if named(pain) == (pose, side)]
        notes += _faults(bouts)
        yield pose, side, f"{held_s:.0f} of {goal_s:.0f} s", score, ", ".join(notes)
    for pain in entry.pains:
        if named(pain) not in {named(stretch) for stretch in entry.stretches}:
            yield *named(pain), "", "", _pain(pain)


def _faults(bouts: Sequence[Stretch]) -> Iterator[str]:
    """The fault that lasted longest, if it lasted a second: more would be a report, not a diary."""
    sums: dict[str, float] = {}
    for bout in bouts:
        for name, seconds in bout.faults.items():
            sums[name] = sums.get(name, 0.0) + seconds
    longest = max(sums, key=lambda name: sums[name], default=None)
    if longest is not None and sums[longest] >= 1.0:
        yield f"{longest.replace('_', ' ')} {sums[longest]:.0f} s"


def _pain(pain: Pain) -> str:
    return f"{pain.answer} pain" if pain.answer else "pain"


def _totals(totals: Sequence[Total]) -> Table:
    table = _table("in all", "side", "held", "sessions")
    for total in totals:
        table.add_row(total.pose, _side(total.side), _duration(total.held_s), str(total.sessions))
    return table


def _trends(entries: Sequence[Entry], profile: str | None) -> Iterator[str]:
    """How far each stretch went on each side: the median of five sessions, and a change only where it is one."""
    people = {entry.profile for entry in entries}
    if profile is None and len(people) != 1:
        if any(stretch.reach for entry in entries for stretch in entry.stretches):
            yield "How far you got is told of one person at a time: --profile NAME."
        return
    poses = sorted({stretch.pose for entry in entries for stretch in entry.stretches if stretch.reach})
    for pose in poses:
        for side, done in session_reaches(entries, pose).items():
            found = trend(done)
            if found is not None:
                yield f"{pose}, {side}: {found.now:.0f} degrees reached, {_change(found)}"


def _change(found: Trend) -> str:
    if found.before is None:
        return f"the median of up to {SESSIONS} sessions; a change is told from {2 * SESSIONS} on."
    if found.change is None:
        return f"{found.before:.0f} at first: no change beyond what the camera can tell ({found.detectable:.0f})."
    return f"{found.before:.0f} at first: {abs(found.change):.0f} {'more' if found.change > 0 else 'less'}, a real change."


def _side(side: Side | None) -> str:
    return side.value if side else "?"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
