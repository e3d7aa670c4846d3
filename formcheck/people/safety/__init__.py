"""The safety screen: a few questions before the first session, more before a guided block, and what waits for a clinician's
consent.
"""

from formcheck.people.safety.answers import answers_file, delete_answers, load_answers, save_answers
from formcheck.people.safety.blocks import (
    BlockAnswers,
    answered,
    excluded_blocks,
    load_block_answers,
    questions_of,
    save_block_answers,
    unanswered,
)
from formcheck.people.safety.questions import Answers, excluded_by_safety, questionnaire

__all__ = [
    "Answers",
    "BlockAnswers",
    "answered",
    "answers_file",
    "delete_answers",
    "excluded_blocks",
    "excluded_by_safety",
    "load_answers",
    "load_block_answers",
    "questionnaire",
    "questions_of",
    "save_answers",
    "save_block_answers",
    "unanswered",
]
