"""The safety questions as data, and which stretches a "yes" excludes until a clinician agrees; never a diagnosis."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from formcheck.stretches.validation import StrictModel

LINE = 66
"""The longest line of a question, in characters: with its sign before it or the answers after it, one line of a terminal."""

Line = Annotated[str, Field(max_length=LINE)]


class Question(StrictModel):
    """One question. `poses` are the stretches that a "yes" concerns; only "all" can mean those that people made themselves.

    Where it is about conditions, `any_of` has one a line: each of them makes it a "yes". `agreed` is asked after a "yes":
    stretches that a clinician has agreed to are not excluded.
    """

    id: str
    text: Line
    any_of: tuple[Line, ...] = ()
    poses: Literal["all"] | frozenset[str]
    agreed: Line = "Has your clinician agreed to these stretches?"
    advice: str

    @property
    def conditions(self) -> tuple[str, ...]:
        """What it is about, one a line."""
        return self.any_of or (self.text,)

    def concerns(self, pose: str) -> bool:
        return self.poses == "all" or pose in self.poses


class Questionnaire(StrictModel):
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
    text = Path(__file__).with_name("questions.toml").read_text(encoding="utf-8")
    return Questionnaire.model_validate(tomllib.loads(text))


def excluded_by_safety(answers: Answers, poses: Iterable[str]) -> dict[str, str]:
    """Return which of `poses` are excluded, each with the advice for the person."""
    yes = [question for question in questionnaire().questions if question.id in answers.yes]
    advice = {pose: " ".join(question.advice for question in yes if question.concerns(pose)) for pose in poses}
    return {pose: sentence for pose, sentence in advice.items() if sentence}
