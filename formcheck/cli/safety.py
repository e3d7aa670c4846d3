"""The safety questions at the terminal, and what their answers leave of a plan.

They are asked once; where nobody can answer, they are shown, and nothing is kept or left out.
"""

import sys
from collections.abc import Mapping
from datetime import date

from rich.console import Console
from rich.prompt import Confirm

from formcheck.core.errors import FormcheckError, OutputError
from formcheck.people.safety import Answers, excluded_by_safety, load_answers, questionnaire, save_answers
from formcheck.pipeline.live.plan import Plan

_BEFORE = "Before you begin, {count} short questions. Your answers stay on this machine."
_SHOWN = "If one of these is true of you, please ask your clinician before you stretch:"
_ADVICE = "This is not medical advice. A mild pull is fine, pain is not."


def excluded_stretches(console: Console, plan: Plan, *, again: bool, person: str | None = None) -> Mapping[str, str]:
    """Return which stretches of `plan` are left out and why, asking `person` the questions where they are due (or `again`).

    Raises FormcheckError where nothing of the plan is left.
    """
    answers = screened(console, again=again, person=person)
    barred = excluded_by_safety(answers, list(plan.specs)) if answers is not None else {}
    for reason in dict.fromkeys(barred.values()):
        named = ", ".join(spec.title for key, spec in plan.specs.items() if barred.get(key) == reason)
        console.print(f"Left out: {named}. {reason}")
    if set(plan.specs) <= set(barred):
        raise FormcheckError(
            "Not started: every stretch of this session waits for your clinician's word. Once they agree, `formcheck live "
            "--screen` asks the questions again."
        )
    return barred


def to_be_asked(console: Console, *, again: bool = False, person: str | None = None) -> bool:
    """Whether `screened` will ask."""
    return (again or load_answers(person) is None) and sys.stdin.isatty() and console.is_terminal


def screened(console: Console, *, again: bool = False, person: str | None = None) -> Answers | None:
    """Return the answers that are kept of `person`, asking for them where there are none to these questions, or `again`.

    `None` where no terminal is there to answer. Ctrl-C (KeyboardInterrupt) leaves everything as it was.
    """
    if not to_be_asked(console, again=again, person=person):
        stored = None if again else load_answers(person)
        if stored is None:
            show(console)
        return stored
    answers = ask(console)
    try:
        save_answers(answers, person)
    except OutputError as error:
        console.print(f"Your answers hold for this session only. {error}")
    return answers


def ask(console: Console) -> Answers:
    """Ask every question at the keyboard. None has an answer by default: Enter alone asks again."""
    current = questionnaire()
    console.print(_BEFORE.format(count=len(current.questions)))
    yes = [
        question.id
        for question in current.questions
        if Confirm.ask(question.text, console=console) and not Confirm.ask(f"  {question.agreed}", console=console)
    ]
    console.print(f"Thank you. {_ADVICE}")
    return Answers(questionnaire=current.version, on=date.today(), yes=frozenset(yes))


def show(console: Console) -> None:
    """Print the questions, for a person who cannot be asked."""
    console.print(_SHOWN, *(f"  - {question.text}" for question in questionnaire().questions), _ADVICE, sep="\n")
