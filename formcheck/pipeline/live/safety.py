"""What a plan leaves to be asked before it, and what the answers leave of the plan, whoever asks: terminal or page."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from formcheck.coaching.events import Key
from formcheck.coaching.guidance import phrases
from formcheck.core.errors import HistoryError
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import N_, joined
from formcheck.people.history.records import Answer
from formcheck.people.safety import (
    Answers,
    BlockAnswers,
    answered,
    excluded_blocks,
    excluded_by_safety,
    load_answers,
    load_block_answers,
    questionnaire,
    questions_of,
    unanswered,
)
from formcheck.pipeline.live.plan import Plan
from formcheck.stretches import StretchSpec
from formcheck.stretches.blocks import BlockSpec, PressedArea
from formcheck.stretches.safety_questions import SafetyQuestion
from formcheck.system.paths import history_file

_MIND = N_("{title}: {safety}")
_HURT_TODAY = N_("You told of sharp pain today.")
_LEFT_OUT = N_("Left out: {titles}. {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusions:
    """`reasons` says of each stretch and block that is left out why; `sentences` tell the person, a reason each.

    `nothing_left` is whether that is all of the plan.
    """

    reasons: Mapping[str, str]
    sentences: tuple[str, ...]
    nothing_left: bool


def needs_general(plan: Plan) -> bool:
    """Return whether the questions before the first session are about anything of `plan`: a stretch, or what presses."""
    return bool(plan.specs) or any(block.area is not PressedArea.NONE for block in plan.blocks.values())


def general_due(person: str | None, *, again: bool = False) -> bool:
    """Return whether the questions about every stretch have no answer yet, or are to be asked `again`."""
    return again or load_answers(person) is None


def blocks_due(
    blocks: Iterable[BlockSpec], person: str | None, *, again: bool = False
) -> list[tuple[BlockSpec, tuple[SafetyQuestion, ...]]]:
    """Return the blocks that have questions without an answer, or, `again`, any questions, each with those questions."""
    stored = load_block_answers(person)
    due = [(block, questions_of(block) if again else unanswered(block, stored)) for block in blocks]
    return [(block, questions) for block, questions in due if questions]


def asked_once(due: Iterable[tuple[BlockSpec, Iterable[SafetyQuestion]]]) -> list[SafetyQuestion]:
    """Return the questions that are to be asked before blocks: what several of them ask alike is asked once."""
    return list(dict.fromkeys(question for _, questions in due for question in questions))


def general_answers(yes: Iterable[str]) -> Answers:
    """Return what is kept of today's answers about every stretch: the questions with a `yes` to which no consent is known."""
    current = questionnaire()
    own = {question.id for question in current.questions}
    return Answers(questionnaire=current.version, on=date.today(), yes=frozenset(yes) & own)


def block_answers(
    asked: Iterable[SafetyQuestion], yes: Iterable[SafetyQuestion], person: str | None
) -> dict[str, BlockAnswers]:
    """Return all answers about blocks, those of today to what was `asked` over earlier ones of `person`."""
    return load_block_answers(person) | answered(asked, yes)


def exclusions(plan: Plan, answers: Answers | None, about_blocks: Mapping[str, BlockAnswers]) -> Exclusions:
    """Return what of `plan` is left out after these answers; `answers` are `None` where nobody gave any."""
    reasons = dict(excluded_by_safety(answers, list(plan.specs))) if answers is not None else {}
    reasons |= excluded_blocks(plan.blocks.values(), about_blocks, answers)
    titles = {key: spec.title for key, spec in plan.specs.items()} | {key: block.title for key, block in plan.blocks.items()}
    sentences = []
    for reason in dict.fromkeys(reasons.values()):
        named = joined(", ", (title for key, title in titles.items() if reasons.get(key) == reason))
        sentences.append(_LEFT_OUT.format(titles=named, reason=reason))
    return Exclusions(reasons=reasons, sentences=tuple(sentences), nothing_left=set(titles) <= set(reasons))


def hurt_today(person: str | None) -> list[str]:
    """Return what `person` is told before another session, after sharp pain today; nothing where there was none."""
    from formcheck.people.history.database import Store

    with suppress(HistoryError):  # told where a session cannot be kept
        if history_file().is_file():
            with Store(history_file()) as history:
                entries = history.recent(profile=person, since=date.today())
            if any(pain.answer is Answer.SHARP for entry in entries if entry.profile == person for pain in entry.pains):
                return [_HURT_TODAY, phrases.ANSWERS[Key.SHARP] + "."]
    return []


def precautions(specs: Iterable[StretchSpec]) -> list[str]:
    """Return who asks first about each of these stretches, and when to stop: a line each."""
    return [one_line(_MIND.format(title=spec.title, safety=spec.safety)) for spec in specs]
