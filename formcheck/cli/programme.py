"""A programme at the terminal: how much it hurts before and after, what that means for today, and by which rule."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console
from rich.prompt import InvalidResponse, PromptBase

from formcheck.analysis.scoring.document import LiveDocument, SessionDocument
from formcheck.cli.safety import general_to_be_asked, to_be_asked
from formcheck.cli.terminal import confirmed, tell_error
from formcheck.coaching.guidance.phrases import PAIN_NOTES
from formcheck.coaching.programme import Today
from formcheck.core import wording
from formcheck.core.errors import FormcheckError, HistoryError
from formcheck.core.values import Side
from formcheck.people.history import CheckRecord, Entry
from formcheck.people.history.writer import new_entry
from formcheck.pipeline.live.plan import Plan, plan_of, programme_of
from formcheck.pipeline.live.programme import ProgrammeDay, day_of, last_told, programme_document
from formcheck.stretches.programmes.spec import WORST_PAIN, PainLight, Programme
from formcheck.system.paths import history_file
from formcheck.system.signals import Interrupted, asking

if TYPE_CHECKING:
    from formcheck.people.history.database import Store

_BEFORE = "How much does it hurt now, from 0 (not at all) to 10 (as bad as you can think of)?"
_AFTER = "And how much does it hurt now, from 0 to 10?"
_WHERE = "Where?"
_PLACES = {"1": "left groin", "2": "right groin", "3": "lower back"}
_LEVEL = "{title}, level {level} of {levels}: {name}"
_NOTHING_TODAY = "{title}: nothing today"
_LOWER = "  Today is one level lower."
_MUCH_LOWER = "  Today is {count} levels lower."
_HIGHER = "  Today is one level higher."
_LOWEST = "  This is the gentlest level already, so the level stays."
_NEXT_LOWER = "  The next time begins one level lower, at level {level} of {levels}."
_NEXT_MUCH_LOWER = "  The next time begins {count} levels lower, at level {level} of {levels}."
_ASKED_AGAIN = "  You are asked about it again in {days} days, or at once with --screen."
_CHECK = "A flexibility check is due. It comes first, for stretching changes what it measures: `formcheck check {check}`."
_NO_TABLE = "Without a table, firm bed or sofa edge: `formcheck check {check}`."
_CHECK_NOW = "Do you want to do it now?"
_CHECK_LATER = "No check today. You are asked again in {days} days; `formcheck check {check}` does one at any time."
_NOT_ASKED = "--pain: give how much it hurts now, 0 to 10; without a terminal nobody can be asked."


def chosen_plan(pose: str | None, name: str | None, side: Side | None, pain: int | None) -> Plan | Programme:
    """Return what the words of the command line mean; what a programme asks for depends on more. Raises FormcheckError."""
    programme = programme_of(pose, name, side)
    if programme is None and pain is not None:
        raise FormcheckError("--pain: goes with `formcheck live programme` only.")
    return plan_of(pose, name, side) if programme is None else programme


def questions_due(
    console: Console, chosen: Plan | Programme, pain: int | None, *, again: bool = False, person: str | None = None
) -> bool:
    """Whether anything will be asked before the session: about safety, or, of a programme, how much it hurts."""
    if isinstance(chosen, Programme):
        return pain is None or general_to_be_asked(console, again=again, person=person)
    return to_be_asked(console, chosen, again=again, person=person)


def programme_day(
    console: Console,
    chosen: Plan | Programme,
    pain: int | None,
    profile: str | None,
    *,
    hold_check: Callable[[str], None],
    again: bool = False,
) -> ProgrammeDay | None:
    """Ask how much it hurts, unless `pain` says so, and print what a programme makes of it; a day of rest is stored.

    A flexibility check that is due is offered, and held by `hold_check`, which takes its name. What was answered with no some
    days ago is asked `again`. `None` of what is no programme. Raises FormcheckError where nobody can be asked, and
    HistoryError.
    """
    if isinstance(chosen, Plan):
        return None
    entries, checks = _past(profile)
    where: str | None = None
    if pain is None:
        if not _answering(console):
            raise FormcheckError(_NOT_ASKED)
        if (before := last_told(entries)) is not None:
            console.print(before)
        pain = _PainPrompt.ask(_BEFORE, console=console)
        where = _asked_where(console) if pain > 0 else None
    entry = new_entry(chosen.name, profile, pain_before=pain, pain_where=where)
    can_check = _answering(console) and chosen.check is not None and not _is_barred(chosen.check, profile)
    today = partial(day_of, chosen, entries, checks, again=again, can_check=can_check)
    day = today(entry)
    if day.today.question is not None and _answering(console):
        day = today(replace(entry, looked_at=confirmed(day.today.question, on=console, default=None)))
    if day.today.check and not _wants_check(console, chosen):
        day = today(replace(day.entry, check_put_off=True))
    _print_day(console, chosen, day)
    if day.today.check and chosen.check is not None:
        try:
            hold_check(chosen.check)
        except FormcheckError as error:  # it may not be for this person; the rest is
            tell_error(*error.lines)
            day = today(replace(day.entry, check_put_off=True))
    if day.plan is None:
        day = replace(day, entry=replace(day.entry, ended=datetime.now().astimezone()))
    if day.plan is None or day.entry.looked_at is not None or day.entry.check_put_off:
        with _stored() as history:
            history.save(day.entry)
    return day


def told_after(
    console: Console, document: LiveDocument | SessionDocument, day: ProgrammeDay | None, *, ask: bool
) -> LiveDocument | SessionDocument:
    """Return the document of a session; of a programme with what it decided, and how much it hurts now, if that is asked."""
    if day is None:
        return document
    pain = _asked_after(console) if ask and _answering(console) else None
    if pain is not None:
        with _stored() as history:
            history.tell_pain_after(day.entry.id, pain)
        told = any(one.answer == key.value for one in document.pains for key in PAIN_NOTES)  # by the summary
        if day.programme.pain.light(pain) is not PainLight.GREEN and not told:
            console.print(wording.PAIN_LATER)
    return programme_document(document, day, pain)


def _asked_after(console: Console) -> int | None:
    """How much it hurts after a session; `None` where the answer is Ctrl-C, which ends the program once all is written."""
    try:
        with asking():
            return _PainPrompt.ask(_AFTER, console=console)
    except (Interrupted, EOFError):
        console.print()
        return None


def _wants_check(console: Console, programme: Programme) -> bool:
    """Ask whether the check that is due is to be held now."""
    console.print(_CHECK.format(check=programme.check))
    if programme.check_without_table is not None:
        console.print(_NO_TABLE.format(check=programme.check_without_table))
    wanted = confirmed(_CHECK_NOW, on=console)
    if not wanted:
        console.print(_CHECK_LATER.format(days=programme.check_again_days, check=programme.check))
    return wanted


def _is_barred(check: str, profile: str | None) -> bool:
    """Whether the person has said that the check is not for them."""
    from formcheck.people.safety.checks import is_barred
    from formcheck.stretches.check_files import CHECKS

    try:
        spec = CHECKS.find(check)
    except FormcheckError:  # told where it is to be held
        return False
    return bool(is_barred(spec.name, spec.not_with, profile))


@contextmanager
def _stored() -> "Iterator[Store]":
    """Give the person's history; what is wrong with it is told, and nothing else."""
    from formcheck.people.history.database import Store

    try:
        with Store(history_file()) as history:
            yield history
    except HistoryError as error:
        tell_error(f"This is not being kept. {error}")


def _past(profile: str | None) -> tuple[tuple[Entry, ...], tuple[CheckRecord, ...]]:
    """The sessions and checks of a profile (of anybody for `None`) that can be read."""
    from formcheck.people.history.database import Store

    if not history_file().is_file():
        return (), ()
    with Store(history_file()) as history:
        return history.recent(profile=profile), history.checks(profile=profile)


def _answering(console: Console) -> bool:
    return sys.stdin.isatty() and console.is_terminal


def _print_day(console: Console, programme: Programme, day: ProgrammeDay) -> None:
    today, levels = day.today, programme.levels
    head = _NOTHING_TODAY if today.stop else _LEVEL
    console.print(
        head.format(title=programme.title, level=today.level, levels=len(levels), name=levels[today.level - 1].title),
        style="bold",
    )
    for decision in today.decisions:
        console.print(f"  {wording.decided_in_words(decision.says, decision.rule)}")
    if (level := _of_level(today)) is not None:
        console.print(level.format(level=today.level, levels=len(levels), count=today.before - today.level))
    if today.asked_in_days is not None:
        console.print(_ASKED_AGAIN.format(days=today.asked_in_days))


def _of_level(today: Today) -> str | None:
    """Return what became of the level, once for all rules; `None` where nothing did."""
    if today.stop:
        return {0: None, 1: _NEXT_LOWER}.get(max(0, today.before - today.level), _NEXT_MUCH_LOWER)
    if today.level > today.before:
        return _HIGHER
    if today.level < today.before:
        return _LOWER if today.before - today.level == 1 else _MUCH_LOWER
    first = any(decision.rule is None for decision in today.decisions)  # which says so itself
    return _LOWEST if today.lowered and not first else None


class _PainPrompt(PromptBase[int]):
    """Asks for a whole number from 0 to 10."""

    validate_error_message = "Please answer with a whole number from 0 to 10."

    def process_response(self, value: str) -> int:
        """Return the number. Raises InvalidResponse."""
        word = value.strip()
        if not (word.isascii() and word.isdigit() and int(word[:3]) <= WORST_PAIN):
            raise InvalidResponse(self.validate_error_message)
        return int(word)


class _PlacePrompt(PromptBase[str]):
    """Asks for one of the places by its number, or takes a few words, or none."""

    validate_error_message = "Please answer with a number, or in a few words."

    def process_response(self, value: str) -> str:
        """Return the place in words, none where it is left open. Raises InvalidResponse."""
        word = value.strip()
        if len(word) > 60:
            raise InvalidResponse(self.validate_error_message)
        return _PLACES.get(word, word)


def _asked_where(console: Console) -> str | None:
    places = [f"  {number} {place}" for number, place in _PLACES.items()]
    console.print(_WHERE, *places, "  or in your own words; Enter leaves it open", sep="\n")
    return _PlacePrompt.ask("", console=console) or None
