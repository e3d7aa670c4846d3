"""What the page offers to do, as cards, and the safety questions before it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count

from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.wording.language import N_, joined
from formcheck.people.safety import (
    load_answers,
    load_block_answers,
    questionnaire,
    save_answers,
    save_block_answers,
)
from formcheck.pipeline.live.plan import Plan, plan_of
from formcheck.pipeline.live.safety import (
    Exclusions,
    asked_once,
    block_answers,
    blocks_due,
    exclusions,
    general_answers,
    general_due,
    needs_general,
)
from formcheck.stretches import StretchSpec
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.files import every_stretch
from formcheck.stretches.routine import Routine, duration_s
from formcheck.stretches.routine_files import ROUTINES, bouts_of, specs_of
from formcheck.stretches.safety_questions import SafetyQuestion
from formcheck.web.routes import Given
from formcheck.web.screen import Message, silhouette_message

_FIRST = N_("New to you? Begin with “{title}”: the floor carries you.")

_AS_SEEN = -1
"""A person who faces right in the camera's picture faces left in the mirror, and the sketch with them."""


class GivenAnswer(Given):
    """The answer to one question; `agreed` is whether a clinician has agreed, asked after a yes."""

    id: str
    yes: bool
    agreed: bool | None = None


def cards(person: str | None) -> Iterator[Message]:
    """Yield what can be done: the stretches, the routines, the guided blocks; files with faults are left out.

    Each says in sentences what of it is left out after the answers of `person`, and why; nothing while some are missing.
    """
    found = [_of_stretch(spec) for spec in sorted(every_stretch(), key=lambda spec: not spec.recognise)]
    found += [_of_routine(routine) for routine in ROUTINES.load()[0]]
    found += [_of_block(block) for block in BLOCKS.load()[0]]
    for card in found:
        plan = plan_of(card["plan"], None, None)
        yield card | {"left_out": [] if questions_before(plan, person) else list(left_of(plan, person).sentences)}


def first_of(found: Iterable[Message]) -> str | None:
    """Return with which of these cards somebody begins to whom all is new: a stretch lying down, if none says not to."""
    lying = {spec.name for spec in every_stretch() if spec.lying}
    fit = (card for card in found if card["kind"] == "stretch" and card["plan"] in lying and not card["left_out"])
    return next((_FIRST.format(title=card["title"]) for card in fit), None)


def _card(plan: str, kind: str, title: str, purpose: str, seconds: float | None, specs: Iterable[StretchSpec]) -> Message:
    return {
        "plan": plan,
        "kind": kind,
        "title": title,
        "purpose": purpose,
        "seconds": seconds,
        "silhouettes": [silhouette_message(spec, _AS_SEEN) for spec in specs],
    }


def _of_stretch(spec: StretchSpec) -> Message:
    sides = 1 if spec.legs is None else 2
    seconds = None if spec.hold_s is None else sides * spec.hold_s
    sided = {"sides": spec.legs is not None, "safety": spec.safety}
    kind = "strength" if spec.to_the_end else "stretch"
    return _card(spec.name, kind, spec.title, spec.instruction, seconds, [spec]) | sided


def _of_routine(routine: Routine) -> Message:
    specs = specs_of(routine)
    safety = joined(" ", dict.fromkeys(spec.safety for spec in specs.values())) or None
    told = {"sides": False, "safety": safety}
    seconds = duration_s(bouts_of(routine))
    return _card(routine.name, "routine", routine.title, routine.description, seconds, specs.values()) | told


def _of_block(block: BlockSpec) -> Message:
    told = {"sides": block.sides, "safety": None, "needs": block.needs or None, "rules": list(block.rules)}
    return _card(block.name, "block", block.title, block.purpose, block.total_s, []) | told


def questions_before(plan: Plan, person: str | None, *, again: bool = False) -> list[SafetyQuestion]:
    """Return what is still to be asked before `plan`, or all of it `again`; what several parts ask alike is asked once."""
    general = questionnaire().questions if needs_general(plan) and general_due(person, again=again) else ()
    return [*general, *asked_once(blocks_due(plan.blocks.values(), person, again=again))]


def by_id(questions: Iterable[SafetyQuestion]) -> dict[str, SafetyQuestion]:
    """Return questions by what tells them apart: their own IDs, but for the second and third that are called so."""
    found: dict[str, SafetyQuestion] = {}
    for question in questions:
        names = chain([question.id], (f"{question.id}_{number}" for number in count(2)))
        found[next(name for name in names if name not in found)] = question
    return found


def question_message(question: SafetyQuestion) -> Message:
    """Return a question as the page asks it."""
    return {"id": question.id, "text": question.text, "conditions": list(question.any_of), "agreed": question.agreed}


def keep_answers(plan: Plan, person: str | None, given: Sequence[GivenAnswer], *, again: bool = False) -> None:
    """Keep the answers to what `questions_before` returned.

    Raises FormcheckError where one of them is missing, or was not asked, and OutputError where they cannot be kept.
    """
    asked = by_id(questions_before(plan, person, again=again))
    if {answer.id for answer in given} != asked.keys() or len(given) != len(asked):
        raise FormcheckError(wording.APP_ANSWERS_MISSING)
    yes = {asked[answer.id] for answer in given if answer.yes and not answer.agreed}
    about_blocks = asked_once(blocks_due(plan.blocks.values(), person, again=again))
    if needs_general(plan) and general_due(person, again=again):
        save_answers(general_answers(question.id for question in yes.intersection(questionnaire().questions)), person)
    if about_blocks:
        save_block_answers(block_answers(about_blocks, yes, person), person)


def left_of(plan: Plan, person: str | None) -> Exclusions:
    """Return what of `plan` is left out after the answers that are kept."""
    answers = load_answers(person) if needs_general(plan) else None
    return exclusions(plan, answers, load_block_answers(person))
