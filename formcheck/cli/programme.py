"""A programme at the terminal: how much it hurts before and after, what that means for today, and by which rule."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.prompt import InvalidResponse, PromptBase

from formcheck.analysis.scoring.document import LiveDocument, SessionDocument
from formcheck.cli.safety import general_to_be_asked, to_be_asked
from formcheck.cli.terminal import confirmed, tell_error
from formcheck.coaching.guidance.phrases import PAIN_NOTES
from formcheck.core import wording
from formcheck.core.errors import FormcheckError, HistoryError
from formcheck.core.values import Side
from formcheck.people.history import CheckRecord, Entry
from formcheck.people.history.writer import new_entry
from formcheck.pipeline.live.plan import Plan, plan_of, programme_of
from formcheck.pipeline.live.programme import ProgrammeDay, day_of, last_told, programme_document
from formcheck.stretches.programmes.spec import WORST_PAIN, PainLight, Programme
from formcheck.system.paths import history_file

if TYPE_CHECKING:
    from formcheck.people.history.database import Store

_BEFORE = "How much does it hurt now, from 0 (not at all) to 10 (as bad as you can think of)?"
_AFTER = "And how much does it hurt now, from 0 to 10?"
_WHERE = "Where?"
_PLACES = {"1": "left groin", "2": "right groin", "3": "lower back"}
_LEVEL = "{title}, level {level} of {levels}: {name}"
_RULE = "  {says}  (rule {rule})"
_NO_RULE = "  {says}"
_CHECK = "  The flexibility check comes first, for stretching changes what it measures: `formcheck check {check}`."
_CHECK_NOW = "Do you want to do it now?"
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
    console: Console, chosen: Plan | Programme, pain: int | None, profile: str | None, *, hold_check: Callable[[str], None]
) -> ProgrammeDay | None:
    """Ask how much it hurts, unless `pain` says so, and print what a programme makes of it; a day of rest is stored.

    A flexibility check that is due is offered, and held by `hold_check`, which takes its name. `None` of what is no programme.
    Raises FormcheckError where nobody can be asked, and HistoryError.
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
    day = day_of(chosen, entries, checks, new_entry(chosen.name, profile, pain_before=pain, pain_where=where))
    _print_day(console, chosen, day)
    if day.today.check and chosen.check is not None and _answering(console) and confirmed(_CHECK_NOW, on=console):
        hold_check(chosen.check)
    if day.plan is None:
        with _stored() as history:
            history.save(replace(day.entry, ended=datetime.now().astimezone()))
    return day


def told_after(
    console: Console, document: LiveDocument | SessionDocument, day: ProgrammeDay | None, *, ask: bool
) -> LiveDocument | SessionDocument:
    """Return the document of a session; of a programme with what it decided, and how much it hurts now, if that is asked."""
    if day is None:
        return document
    pain: int | None = None
    if ask and _answering(console):
        pain = _PainPrompt.ask(_AFTER, console=console)
        with _stored() as history:
            history.tell_pain_after(day.entry.id, pain)
        told = any(one.answer == key.value for one in document.pains for key in PAIN_NOTES)  # by the summary
        if day.programme.pain.light(pain) is not PainLight.GREEN and not told:
            console.print(wording.PAIN_LATER)
    return programme_document(document, day, pain)


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
    console.print(
        _LEVEL.format(title=programme.title, level=today.level, levels=len(levels), name=levels[today.level - 1].title),
        style="bold",
    )
    for decision in today.decisions:
        console.print((_NO_RULE if decision.rule is None else _RULE).format(says=decision.says, rule=decision.rule))
    if today.check:
        console.print(_CHECK.format(check=programme.check))


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
    """Asks for one of the places by its number, or takes a few words."""

    validate_error_message = "Please answer with a number, or in a few words."

    def process_response(self, value: str) -> str:
        """Return the place in words. Raises InvalidResponse."""
        word = value.strip()
        if not word or len(word) > 60:
            raise InvalidResponse(self.validate_error_message)
        return _PLACES.get(word, word)


def _asked_where(console: Console) -> str:
    console.print(_WHERE, *(f"  {number} {place}" for number, place in _PLACES.items()), "  or in your own words", sep="\n")
    where: str = _PlacePrompt.ask("", console=console)
    return where
