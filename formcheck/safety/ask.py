"""Asking the questions at a terminal, once; where nobody can answer, they are shown, and nothing is kept or left out."""

import sys
from datetime import date

from rich.console import Console
from rich.prompt import Confirm

from formcheck.errors import OutputError
from formcheck.safety.kept import load, save
from formcheck.safety.questions import Answers, questionnaire

_BEFORE = "Before you begin, {count} short questions. Your answers stay on this machine."
_SHOWN = "If one of these is true of you, please ask your clinician before you stretch:"
_ADVICE = "This is not medical advice. A mild pull is fine, pain is not."


def to_be_asked(console: Console, *, again: bool = False, person: str | None = None) -> bool:
    """Whether `screened` will ask."""
    return (again or load(person) is None) and sys.stdin.isatty() and console.is_terminal


def screened(console: Console, *, again: bool = False, person: str | None = None) -> Answers | None:
    """Return the answers that are kept of `person`, asking for them where there are none to these questions, or `again`.

    `None` where no terminal is there to answer. Ctrl-C (KeyboardInterrupt) leaves everything as it was.
    """
    if not to_be_asked(console, again=again, person=person):
        kept = None if again else load(person)
        if kept is None:
            show(console)
        return kept
    answers = ask(console)
    try:
        save(answers, person)
    except OutputError as error:
        console.print(f"Your answers hold for this session only. {error}", markup=False)
    return answers


def ask(console: Console) -> Answers:
    """Ask every question at the keyboard. None has an answer by default: Enter alone asks again."""
    asked = questionnaire()
    console.print(_BEFORE.format(count=len(asked.questions)))
    yes = [
        question.id
        for question in asked.questions
        if Confirm.ask(question.text, console=console) and not Confirm.ask(f"  {question.agreed}", console=console)
    ]
    console.print(f"Thank you. {_ADVICE}")
    return Answers(questionnaire=asked.version, on=date.today(), yes=frozenset(yes))


def show(console: Console) -> None:
    """Print the questions for somebody who cannot be asked."""
    console.print(_SHOWN, *(f"  - {question.text}" for question in questionnaire().questions), _ADVICE, sep="\n")
