"""The safety questions at the terminal, and what their answers leave of a plan.

They are asked once, and `b` goes back by one; where nobody can answer, they are shown, and nothing is kept or left out.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar

from rich.console import Console
from rich.prompt import InvalidResponse, PromptBase

from formcheck.core.errors import FormcheckError, OutputError
from formcheck.people.safety import Answers, excluded_by_safety, load_answers, questionnaire, save_answers
from formcheck.people.safety.questions import Question
from formcheck.pipeline.live.plan import Plan

_BEFORE = (
    "Before you begin, {count} short questions. Your answers stay on this machine.\n"
    "Answer with y or n; b goes back to the question before."
)
_NUMBERED = "{number}. {text}"
_ANSWER = "   y or n"
_AGAIN = "You are asked again when these change, or by `formcheck live --screen`."
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
    given: list[bool] = []
    while (lines := _next_prompt(current.questions, given)) is not None:
        console.print(*lines, sep="\n", markup=False, highlight=False)
        answer = YesNoBackPrompt.ask(_ANSWER, console=console)
        given = given[:-1] if answer is None else [*given, answer]
    console.print(f"Thank you. {_ADVICE}\n{_AGAIN}")
    return Answers(questionnaire=current.version, on=date.today(), yes=frozenset(_barring(current.questions, given)))


class YesNoBackPrompt(PromptBase[bool | None]):
    """Asks for y, yes, n or no in any case, or for b, back: `None`."""

    validate_error_message = "Please answer y for yes or n for no; b goes back to the question before."
    _WORDS: ClassVar[Mapping[str, bool | None]] = {"y": True, "yes": True, "n": False, "no": False, "b": None, "back": None}

    def process_response(self, value: str) -> bool | None:
        """Return what `value` means. Raises InvalidResponse."""
        word = value.strip().casefold()
        if word not in self._WORDS:
            raise InvalidResponse(self.validate_error_message)
        return self._WORDS[word]


def _walk(questions: Sequence[Question], given: Sequence[bool]) -> Iterator[tuple[Question, bool, bool | None]]:
    """Yield every prompt up to the first without an answer: its question, whether it is about consent, and the answer."""
    answers = iter(given)
    for question in questions:
        answer = next(answers, None)
        yield question, False, answer
        if answer:
            answer = next(answers, None)
            yield question, True, answer
        if answer is None:
            return


def _next_prompt(questions: Sequence[Question], given: Sequence[bool]) -> list[str] | None:
    """The lines of the prompt after so many answers; `None` once all are given."""
    question, consent, answer = list(_walk(questions, given))[-1]
    if answer is not None:
        return None
    if consent:
        return [f"   {question.agreed}"]
    head = _NUMBERED.format(number=questions.index(question) + 1, text=question.text)
    return [head, *(f"   - {condition}" for condition in question.any_of)]


def _barring(questions: Sequence[Question], given: Sequence[bool]) -> Iterator[str]:
    """The questions with a yes to which no consent is known."""
    return (question.id for question, consent, answer in _walk(questions, given) if consent and not answer)


def show(console: Console) -> None:
    """Print the questions, for a person who cannot be asked."""
    conditions = [condition for question in questionnaire().questions for condition in question.conditions]
    console.print(_SHOWN, *(f"  - {condition}" for condition in conditions), _ADVICE, sep="\n")
