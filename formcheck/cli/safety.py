"""The safety questions at the terminal, and what their answers leave of a plan.

They are asked once, and `b` goes back by one; where nobody can answer, they are shown, and nothing is kept or left out. Guided
blocks have questions of their own; one whose questions nobody answered is left out.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.prompt import InvalidResponse, PromptBase

from formcheck.cli.terminal import NO, YES, as_question, confirmed, words_for
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.wording.language import N_, NP_, Sentence, joined
from formcheck.people.safety import (
    Answers,
    BlockAnswers,
    load_answers,
    load_block_answers,
    questionnaire,
    save_answers,
    save_block_answers,
)
from formcheck.pipeline.live.plan import Plan
from formcheck.pipeline.live.safety import (
    asked_once,
    block_answers,
    blocks_due,
    exclusions,
    general_answers,
    general_due,
    hurt_today,
    needs_general,
    precautions,
)
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.safety_questions import SafetyQuestion

_ALL_THE_SAME = N_("Begin all the same?")
_BEFORE = N_("Before you begin, {count} short questions. Your answers stay on this machine.")
_BEFORE_BLOCKS = N_("Before this: {titles}.\nShort questions ({count}). A yes leaves out that part alone.")
_HOW = N_("Answer with y or n; b goes back to the question before.")
_NUMBERED = Sentence("{number}. {text}")
_ANSWER = N_("y or n")
_BACK = NP_("what may be typed, the first is shown", "b back")
_AGAIN = N_("You are asked again when these change, or by `formcheck live --screen`.")
_SHOWN = N_("If one of these is true of you, please ask your clinician before you stretch:")
_ADVICE = N_("This is not medical advice. A mild pull is fine, pain is not.")


def excluded_from(
    console: Console, plan: Plan, *, again: bool, person: str | None = None, screened_now: bool = False
) -> Mapping[str, str]:
    """Return which stretches and blocks of `plan` are left out and why, asking `person` where it is due (or `again`).

    `screened_now`: the questions about every stretch were asked before in this session. Raises FormcheckError where nothing of
    the plan is left.
    """
    answers = screened(console, again=again and not screened_now, person=person) if needs_general(plan) else None
    about_blocks = _screened_blocks(console, plan.blocks.values(), again=again, person=person)
    found = exclusions(plan, answers, about_blocks)
    for sentence in found.sentences:
        console.print(sentence)
    if found.nothing_left:
        raise FormcheckError(
            N_(
                "Not started: please ask your clinician first about every stretch of this session. Once they agree, "
                "`formcheck live --screen` asks the questions again."
            )
            if plan.specs
            else N_("Not started: nothing is left of this session. `formcheck live --screen` asks the questions again.")
        )
    for line in precautions(spec for key, spec in plan.specs.items() if key not in found.reasons):
        console.print(line, markup=False, highlight=False)
    return found.reasons


def goes_on_after_pain(console: Console, person: str | None) -> bool:
    """Return whether `person` wants another session after sharp pain today, asked where a terminal is there to answer."""
    told = hurt_today(person)
    for sentence in told:
        console.print(sentence)
    return not told or not _can_answer(console) or confirmed(_ALL_THE_SAME, on=console)


def to_be_asked(console: Console, plan: Plan, *, again: bool = False, person: str | None = None) -> bool:
    """Whether there is a terminal to answer, and something to ask before `plan`."""
    general = needs_general(plan) and general_to_be_asked(console, again=again, person=person)
    return general or (_can_answer(console) and bool(blocks_due(plan.blocks.values(), person, again=again)))


def general_to_be_asked(console: Console, *, again: bool = False, person: str | None = None) -> bool:
    """Whether there is a terminal to answer the questions about every stretch, and they are due."""
    return _can_answer(console) and general_due(person, again=again)


def _can_answer(console: Console) -> bool:
    return sys.stdin.isatty() and console.is_terminal


def screened(console: Console, *, again: bool = False, person: str | None = None) -> Answers | None:
    """Return the answers that are kept of `person`, asking for them where there are none to these questions, or `again`.

    `None` where no terminal is there to answer. Ctrl-C (KeyboardInterrupt) leaves everything as it was.
    """
    stored = None if again else load_answers(person)
    if stored is not None:
        return stored
    if not _can_answer(console):
        show(console)
        return None
    answers = ask(console)
    with _kept_if_possible(console):
        save_answers(answers, person)
    return answers


def screened_anew(console: Console, person: str | None) -> bool:
    """Ask about every stretch anew, whatever was answered earlier; return whether a terminal is there to answer."""
    if not _can_answer(console):
        return False
    screened(console, again=True, person=person)
    return True


def _screened_blocks(
    console: Console, blocks: Iterable[BlockSpec], *, again: bool, person: str | None
) -> Mapping[str, BlockAnswers]:
    """Return the answers about blocks, asking for those that are due. What several of them ask alike is asked once."""
    due = blocks_due(blocks, person, again=again)
    if not due or not _can_answer(console):
        return load_block_answers(person)
    questions = asked_once(due)
    titles = joined(", ", (block.title for block, _ in due))
    yes = _asked(console, questions, _BEFORE_BLOCKS.format(titles=titles, count=len(questions)))
    answers = block_answers(questions, yes, person)
    with _kept_if_possible(console):
        save_block_answers(answers, person)
    return answers


@contextmanager
def _kept_if_possible(console: Console) -> Iterator[None]:
    try:
        yield
    except OutputError as error:
        console.print(N_("Your answers hold for this session only. {error}").format(error=error))


def ask(console: Console) -> Answers:
    """Ask every question at the keyboard. None has an answer by default: Enter alone asks again."""
    current = questionnaire()
    yes = _asked(console, current.questions, _BEFORE.format(count=len(current.questions)))
    return general_answers(question.id for question in yes)


def _asked(console: Console, questions: Sequence[SafetyQuestion], before: str) -> list[SafetyQuestion]:
    """Ask `questions` at the keyboard; return those with a yes to which no consent is known."""
    console.print(before, _HOW, sep="\n")
    given: list[bool] = []
    while (lines := _next_prompt(questions, given)) is not None:
        console.print(*lines, sep="\n", markup=False, highlight=False)
        answer = YesNoBackPrompt.ask(as_question("   " + _ANSWER), console=console)
        given = given[:-1] if answer is None else [*given, answer]
    console.print(joined(" ", (N_("Thank you."), _ADVICE)), _AGAIN, sep="\n")
    return list(_barring(questions, given))


class YesNoBackPrompt(PromptBase[bool | None]):
    """Asks for y, yes, n or no in any case, or for b, back: `None`; and for these in the language that is spoken."""

    validate_error_message = N_("Please answer y for yes or n for no; b goes back to the question before.")

    def process_response(self, value: str) -> bool | None:
        """Return what `value` means. Raises InvalidResponse."""
        word = value.strip().casefold()
        meant = {given: answer for words, answer in ((YES, True), (NO, False), (_BACK, None)) for given in words_for(words)}
        if word not in meant:
            raise InvalidResponse(self.validate_error_message)
        return meant[word]


def _walk(questions: Sequence[SafetyQuestion], given: Sequence[bool]) -> Iterator[tuple[SafetyQuestion, bool, bool | None]]:
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


def _next_prompt(questions: Sequence[SafetyQuestion], given: Sequence[bool]) -> list[str] | None:
    """The lines of the prompt after so many answers; `None` once all are given."""
    question, consent, answer = list(_walk(questions, given))[-1]
    if answer is not None:
        return None
    if consent:
        return ["   " + question.agreed]
    head = _NUMBERED.format(number=questions.index(question) + 1, text=question.text)
    return [head, *("   - " + condition for condition in question.any_of)]


def _barring(questions: Sequence[SafetyQuestion], given: Sequence[bool]) -> Iterator[SafetyQuestion]:
    """The questions with a yes to which no consent is known."""
    return (question for question, consent, answer in _walk(questions, given) if consent and not answer)


def show(console: Console) -> None:
    """Print the questions, for a person who cannot be asked."""
    conditions = [condition for question in questionnaire().questions for condition in question.conditions]
    console.print(_SHOWN, *("  - " + condition for condition in conditions), _ADVICE, sep="\n")
