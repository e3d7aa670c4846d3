"""A safety question as a file has it. What a "yes" leads to is for those who ask; it never diagnoses."""

from typing import Annotated

from pydantic import Field

from formcheck.stretches.validation import PROSE, FileTable

LINE = 66
"""The longest line of a question, in characters: with its sign before it or the answers after it, one line of a terminal."""

QuestionLine = Annotated[str, Field(min_length=1, max_length=LINE), PROSE]


class SafetyQuestion(FileTable):
    """One question. Where it is about conditions, `any_of` has one a line: each of them makes it a "yes".

    `agreed` is asked after a "yes"; `advice` is said where nobody who knows has agreed.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="By which the answer is kept.")]
    text: QuestionLine
    any_of: Annotated[tuple[QuestionLine, ...], Field(description="Conditions, one a line; each of them makes it a yes.")] = ()
    agreed: Annotated[QuestionLine, Field(description="Asked after a yes: whether somebody who knows has agreed.")]
    advice: Annotated[str, Field(min_length=1, max_length=400, description="What is said after a yes without consent."), PROSE]

    @property
    def conditions(self) -> tuple[str, ...]:
        """What it is about, one a line."""
        return self.any_of or (self.text,)
