"""The safety questions as data, and which stretches a "yes" excludes until a clinician agrees; never a diagnosis."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Literal

from formcheck.core.errors import FormcheckError
from formcheck.core.wording.language import N_, joined
from formcheck.stretches.files import read_toml
from formcheck.stretches.safety_questions import QuestionLine, SafetyQuestion
from formcheck.stretches.validation import Model, Tables, TranslatedFile, check_toml

QUESTIONS = N_("file of questions")


class Question(SafetyQuestion):
    """A question before the first session. `poses` are the stretches that a "yes" concerns; only "all" can mean those that
    people made themselves. Stretches that a clinician has agreed to are not excluded.
    """

    poses: Literal["all"] | frozenset[str]
    agreed: QuestionLine = N_("Has your clinician agreed to these stretches?")

    def concerns(self, pose: str) -> bool:
        return self.poses == "all" or pose in self.poses


class Questionnaire(TranslatedFile):
    """All questions. Answers to another version count for nothing."""

    version: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Which questions of which version of the questionnaire were answered with yes, without a clinician's consent, and when."""

    questionnaire: int
    on: date
    yes: frozenset[str]


@cache
def questionnaire() -> Questionnaire:
    """Return the questions to ask."""
    return read_questions("questions.toml", Questionnaire, {"questions": Question})


def read_questions(name: str, model: type[Model], tables: Tables) -> Model:
    """Return what a shipped file of questions has. Raises FormcheckError where somebody has changed it for the worse."""
    check = partial(check_toml, model=model, tables={"": model, **tables})
    return read_toml(Path(__file__).with_name(name), check, kind=QUESTIONS, error=FormcheckError)


def excluded_by_safety(answers: Answers, poses: Iterable[str]) -> dict[str, str]:
    """Return which of `poses` are excluded, each with the advice for the person."""
    yes = [question for question in questionnaire().questions if question.id in answers.yes]
    advice = {pose: joined(" ", (question.advice for question in yes if question.concerns(pose))) for pose in poses}
    return {pose: sentence for pose, sentence in advice.items() if sentence}
