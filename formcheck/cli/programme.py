"""A programme at the terminal: how much it hurts before and after, what that means for today, and by which rule."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console
from rich.prompt import InvalidResponse, PromptBase

from formcheck.analysis.scoring.document import LiveDocument, SessionDocument
from formcheck.cli.safety import general_to_be_asked, to_be_asked
from formcheck.cli.terminal import as_question, confirmed, tell_error
from formcheck.core.errors import FormcheckError, HistoryError
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, joined
from formcheck.people.history.writer import new_entry
from formcheck.pipeline.live.plan import Plan, plan_of, programme_of
from formcheck.pipeline.live.programme import (
    CHECK_NOW,
    LONGEST_PLACE,
    PAIN_AFTER,
    PAIN_BEFORE,
    PLACES,
    WHERE,
    ProgrammeDay,
    after_pain,
    day_of,
    day_sentences,
    day_title,
    is_check_barred,
    is_kept_at_once,
    kept_day,
    last_told,
    past,
    programme_document,
)
from formcheck.stretches.programmes.spec import WORST_PAIN, Programme
from formcheck.system.paths import history_file
from formcheck.system.signals import Interrupted, asking

if TYPE_CHECKING:
    from formcheck.people.history.database import Store

_PLACES = {str(number): place for number, place in enumerate(PLACES, 1)}
_ASKED_AGAIN = N_("You are asked about it again in {days} days, or at once with --screen.")
_CHECK = N_("A flexibility check is due. It comes first, for stretching changes what it measures: `formcheck check {check}`.")
_NO_TABLE = N_("Without a table, firm bed or sofa edge: `formcheck check {check}`.")
_CHECK_LATER = N_("No check today. You are asked again in {days} days; `formcheck check {check}` does one at any time.")
_NOT_ASKED = N_("--pain: give how much it hurts now, 0 to 10; without a terminal nobody can be asked.")


def chosen_plan(pose: str | None, name: str | None, side: Side | None, pain: int | None) -> Plan | Programme:
    """Return what the words of the command line mean; what a programme asks for depends on more. Raises FormcheckError."""
    programme = programme_of(pose, name, side)
    if programme is None and pain is not None:
        raise FormcheckError(N_("--pain: goes with `formcheck live programme` only."))
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
    entries, checks = past(profile)
    where: str | None = None
    if pain is None:
        if not _answering(console):
            raise FormcheckError(_NOT_ASKED)
        if (before := last_told(entries)) is not None:
            console.print(before)
        pain = _PainPrompt.ask(as_question(PAIN_BEFORE), console=console)
        where = _asked_where(console) if pain > 0 else None
    entry = new_entry(chosen.name, profile, pain_before=pain, pain_where=where)
    can_check = _answering(console) and chosen.check is not None and not is_check_barred(chosen, profile)
    today = partial(day_of, chosen, entries, checks, again=again, can_check=can_check)
    day = today(entry)
    if day.today.question is not None and _answering(console):
        day = today(replace(entry, looked_at=confirmed(day.today.question, on=console, default=None)))
    if day.today.check and not _wants_check(console, chosen):
        day = today(replace(day.entry, check_put_off=True))
    _print_day(console, day)
    if day.today.check and chosen.check is not None:
        try:
            hold_check(chosen.check)
        except FormcheckError as error:  # it may not be for this person; the rest is
            tell_error(*error.lines)
            day = today(replace(day.entry, check_put_off=True))
    day = kept_day(day)
    if is_kept_at_once(day):
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
        if (later := after_pain(day.programme, pain, (one.answer for one in document.pains))) is not None:
            console.print(later)
    return programme_document(document, day, pain)


def _asked_after(console: Console) -> int | None:
    """How much it hurts after a session; `None` where the answer is Ctrl-C, which ends the program once all is written."""
    try:
        with asking():
            return _PainPrompt.ask(as_question(PAIN_AFTER), console=console)
    except (Interrupted, EOFError):
        console.print()
        return None


def _wants_check(console: Console, programme: Programme) -> bool:
    """Ask whether the check that is due is to be held now."""
    console.print(_CHECK.format(check=programme.check))
    if programme.check_without_table is not None:
        console.print(_NO_TABLE.format(check=programme.check_without_table))
    wanted = confirmed(CHECK_NOW, on=console)
    if not wanted:
        console.print(_CHECK_LATER.format(days=programme.check_again_days, check=programme.check))
    return wanted


@contextmanager
def _stored() -> "Iterator[Store]":
    """Give the person's history; what is wrong with it is told, and nothing else."""
    from formcheck.people.history.database import Store

    try:
        with Store(history_file()) as history:
            yield history
    except HistoryError as error:
        tell_error(N_("This is not being kept. {error}").format(error=error))


def _answering(console: Console) -> bool:
    return sys.stdin.isatty() and console.is_terminal


def _print_day(console: Console, day: ProgrammeDay) -> None:
    console.print(day_title(day), style="bold")
    for sentence in day_sentences(day, rules=True):
        console.print(joined("", ("  ", sentence)))
    if day.today.asked_in_days is not None:
        console.print("  " + _ASKED_AGAIN.format(days=day.today.asked_in_days))


class _PainPrompt(PromptBase[int]):
    """Asks for a whole number from 0 to 10."""

    validate_error_message = N_("Please answer with a whole number from 0 to 10.")

    def process_response(self, value: str) -> int:
        """Return the number. Raises InvalidResponse."""
        word = value.strip()
        if not (word.isascii() and word.isdigit() and int(word[:3]) <= WORST_PAIN):
            raise InvalidResponse(self.validate_error_message)
        return int(word)


class _PlacePrompt(PromptBase[str]):
    """Asks for one of the places by its number, or takes a few words, or none."""

    validate_error_message = N_("Please answer with a number, or in a few words.")

    def process_response(self, value: str) -> str:
        """Return the place in words, none where it is left open. Raises InvalidResponse."""
        word = value.strip()
        if len(word) > LONGEST_PLACE:
            raise InvalidResponse(self.validate_error_message)
        return _PLACES.get(word, word)


def _asked_where(console: Console) -> str | None:
    places = [joined(" ", (" ", number, place)) for number, place in _PLACES.items()]
    console.print(WHERE, *places, "  " + N_("or in your own words; Enter leaves it open"), sep="\n")
    return _PlacePrompt.ask("", console=console) or None
