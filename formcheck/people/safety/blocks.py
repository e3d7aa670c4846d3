"""The safety questions of guided blocks: which there are, what was answered, and which blocks are left out for it.

Answers are kept by question, in one small file for each person: what several blocks ask alike is asked once. A block whose
questions were not answered, or were changed since, is left out: a ball on the belly is no stretch.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

from formcheck.core.wording.language import N_, joined
from formcheck.people.safety.answers import block_answers_file, write_answers
from formcheck.people.safety.questions import Answers, questionnaire, read_questions
from formcheck.stretches.blocks import BlockSpec, PressedArea
from formcheck.stretches.safety_questions import SafetyQuestion
from formcheck.stretches.validation import TranslatedFile
from formcheck.system.documents import parse_json, read_text

NOT_ANSWERED = N_("Some safety questions have not been answered yet; in a terminal formcheck asks them.")


class _Screen(TranslatedFile):
    questions: tuple[SafetyQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockAnswers:
    """Which of some questions were answered with yes, without consent, and when; `asked` stands for the questions."""

    asked: str
    on: date
    yes: frozenset[str]


@cache
def _belly_screen() -> tuple[SafetyQuestion, ...]:
    return read_questions("belly.toml", _Screen, {"questions": SafetyQuestion}).questions


def questions_of(block: BlockSpec) -> tuple[SafetyQuestion, ...]:
    """Return what to ask before `block`: the belly's screen where it presses there, then its own."""
    screen = _belly_screen() if block.area is PressedArea.BELLY else ()
    return (*screen, *block.questions)


def load_block_answers(person: str | None = None) -> dict[str, BlockAnswers]:
    """Return the answers by question, earlier ones by block; none where the file is damaged: ask again."""
    try:
        blocks = parse_json(read_text(block_answers_file(person)))["blocks"]
        return {
            str(name): BlockAnswers(
                asked=str(kept["asked"]), on=date.fromisoformat(kept["on"]), yes=frozenset(map(str, kept["yes"]))
            )
            for name, kept in blocks.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def save_block_answers(answers: Mapping[str, BlockAnswers], person: str | None = None) -> None:
    """Write `answers`, all that there are, over earlier ones. Raises OutputError."""
    blocks = {name: {"asked": kept.asked, "on": kept.on.isoformat(), "yes": sorted(kept.yes)} for name, kept in answers.items()}
    write_answers(block_answers_file(person), {"blocks": blocks})


def answered(asked: Iterable[SafetyQuestion], yes: Iterable[SafetyQuestion]) -> dict[str, BlockAnswers]:
    """Return what is kept of today's answers: which of the questions that were `asked` were answered with `yes`."""
    given, today = frozenset(yes), date.today()
    return {
        _key(one): BlockAnswers(asked=_fingerprint([one]), on=today, yes=frozenset({one.id} if one in given else ()))
        for one in asked
    }


def unanswered(block: BlockSpec, answers: Mapping[str, BlockAnswers]) -> tuple[SafetyQuestion, ...]:
    """Return the questions of `block` to which `answers` has none, whichever block it was asked for."""
    return tuple(one for one in questions_of(block) if _is_yes(one, block, answers) is None)


def _is_yes(question: SafetyQuestion, block: BlockSpec, answers: Mapping[str, BlockAnswers]) -> bool | None:
    """Whether a question of `block` was answered with yes; `None` where it was not answered."""
    if (kept := answers.get(_key(question))) is not None:
        return question.id in kept.yes
    by_block = answers.get(block.name)  # as earlier versions kept them
    known = by_block is not None and by_block.asked == _fingerprint(questions_of(block))
    return question.id in by_block.yes if known and by_block is not None else None


def excluded_blocks(
    blocks: Iterable[BlockSpec], answers: Mapping[str, BlockAnswers], general: Answers | None
) -> dict[str, str]:
    """Return which of `blocks` are left out, each with the advice for the person.

    A yes to a question leaves out the blocks that ask it. A yes to a `general` question about every stretch leaves out what
    presses, too; who breathes slowly presses on nothing.
    """
    found: dict[str, str] = {}
    for block in blocks:
        if unanswered(block, answers):
            found[block.name] = NOT_ANSWERED
            continue
        advice = [question.advice for question in questions_of(block) if _is_yes(question, block, answers)]
        if general is not None and block.area is not PressedArea.NONE:
            every = [question for question in questionnaire().questions if question.poses == "all"]
            advice += [question.advice for question in every if question.id in general.yes]
        if advice:
            found[block.name] = joined(" ", dict.fromkeys(advice))
    return found


def _key(question: SafetyQuestion) -> str:
    return f"question {_fingerprint([question])}"  # no block has a blank in its name


def _fingerprint(questions: Iterable[SafetyQuestion]) -> str:
    """What changes when a question does."""
    text = json.dumps([question.model_dump() for question in questions], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]
