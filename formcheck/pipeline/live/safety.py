"""What a plan leaves to be asked before it, and what the answers leave of the plan, whoever asks: terminal or page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import N_, joined
from formcheck.people.safety import (
    Answers,
    BlockAnswers,
    excluded_blocks,
    excluded_by_safety,
    is_answered,
    load_answers,
    load_block_answers,
    questions_of,
)
from formcheck.pipeline.live.plan import Plan
from formcheck.stretches import StretchSpec
from formcheck.stretches.blocks import BlockSpec, PressedArea

_MIND = N_("{title}: {safety}")
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


def blocks_due(blocks: Iterable[BlockSpec], person: str | None, *, again: bool = False) -> list[BlockSpec]:
    """Return the blocks that have questions without an answer, or, `again`, all that have any."""
    stored = load_block_answers(person)
    return [block for block in blocks if questions_of(block) and (again or not is_answered(block, stored))]


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


def precautions(specs: Iterable[StretchSpec]) -> list[str]:
    """Return who asks first about each of these stretches, and when to stop: a line each."""
    return [one_line(_MIND.format(title=spec.title, safety=spec.safety)) for spec in specs]
