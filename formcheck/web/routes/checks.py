"""Flexibility checks on the page: who leaves one out, the camera's level, the check itself, and what it tells and keeps."""

import asyncio
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from formcheck.analysis.checks.result import CheckedSide, judge
from formcheck.coaching.readings.flexibility_check import FlexibilityCheck
from formcheck.coaching.readings.level_step import LevelStep
from formcheck.core import wording
from formcheck.core.errors import FormcheckError, HistoryError
from formcheck.core.interfaces import Engine
from formcheck.core.values import Side
from formcheck.core.wording.language import N_
from formcheck.people.history.writer import new_entry
from formcheck.people.safety import excluded_by_safety, load_answers, questionnaire, save_answers
from formcheck.people.safety.checks import is_barred, save_barred
from formcheck.pipeline.live.safety import general_answers, general_due, hurt_today
from formcheck.pipeline.readings.check import keep_check
from formcheck.pipeline.readings.check_words import changes_in_words, side_in_words, sides_apart
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.checks import CheckSpec
from formcheck.stretches.files import load_stretches
from formcheck.web.plans import GivenAnswer, question_message
from formcheck.web.routes import Given, ShownResponse
from formcheck.web.routes.programme import answers_of, name_of
from formcheck.web.screen import Message
from formcheck.web.session import PageSession, SessionPlan

PLAN = "check"
"""What a check is called where a session is of a stretch."""

BARRED = "barred"
"""The question whether one of the reasons is one to leave the check out."""

THEN = "#/check_result"
"""Where the page asks what no camera sees, and shows what was read."""

_LEFT_OUT = N_("The check is left out: please ask your clinician first. Once they agree, answer the questions anew.")
_LEFT_OUT_FOR = N_("The check is left out. {reason} Once they agree, answer the questions anew.")
_QUESTIONS_FIRST = N_("Some questions about this check have not been answered yet.")
_UNLEVELLED = N_("The camera was taken to be level; telling its level before the check makes the error smaller.")
_NO_CHECK = N_("There is no check to be told about. Begin one first.")
_ANSWER_ALL = N_("Every question needs an answer, yes or no.")

Degrees = Annotated[float, Field(ge=-45, le=45, allow_inf_nan=False)]
Place = Annotated[float, Field(ge=-10, le=10, allow_inf_nan=False)]


class _Answering(Given):
    check: str
    profile: str | None = None
    again: bool = False
    answers: list[GivenAnswer]


class _Points(Given):
    points: Annotated[list[tuple[Place, Place]], Field(max_length=100)]


class _Told(Given):
    answers: dict[str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A check that was begun: what was read of it is told once the person has said what no camera sees."""

    spec: CheckSpec
    fold: FlexibilityCheck
    side: Side | None
    profile: str | None
    session: PageSession


@dataclass(slots=True)
class CheckRoutes:
    """The check that was begun last, and what it told, once it has."""

    held: _Held | None = field(default=None)
    result: Message | None = field(default=None)

    def routes(self) -> list[Route]:
        """Return what the server answers."""
        return [
            Route("/api/check", _described),
            Route("/api/check/answers", _answered, methods=["POST"]),
            Route("/api/check/level", _level, methods=["POST"]),
            Route("/api/check/result", self._asked),
            Route("/api/check/result", self._told, methods=["POST"]),
        ]

    def begin(
        self, name: str, engine: Engine, *, side: Side | None, level_deg: float | None, profile: str | None, muted: bool
    ) -> PageSession:
        """Return the session of the check `name`. Raises FormcheckError."""
        spec, whose = CHECKS.find(name), name_of(profile)
        if _questions(spec, profile, again=False):
            raise FormcheckError(_QUESTIONS_FIRST)
        if (reason := _left_out(spec, profile)) is not None:
            raise FormcheckError(reason)
        specs = {stretch.name: stretch for stretch in load_stretches()}
        fold = FlexibilityCheck(spec, specs, side=side, level_deg=level_deg, muted=muted, traits=engine.traits)
        plan = SessionPlan(title=spec.title, specs={}, entry=new_entry(PLAN, whose), finish=lambda _: None, then=THEN)
        session = PageSession(plan, fold, engine)
        self.held, self.result = _Held(spec=spec, fold=fold, side=side, profile=whose, session=session), None
        return session

    async def _asked(self, request: Request) -> Response:
        if self.result is not None:
            return ShownResponse({"result": self.result})
        held = self._over()
        questions: list[Message] = [
            {"id": one.name, "text": one.text, "conditions": [], "agreed": None} for one in held.spec.questions
        ]
        return ShownResponse({"title": held.spec.title, "questions": questions})

    async def _told(self, request: Request) -> Response:
        told = await _Told.of(request)
        held = self._over()
        if set(told.answers) != {question.name for question in held.spec.questions}:
            raise FormcheckError(_ANSWER_ALL)
        if self.result is None:
            self.result = await asyncio.to_thread(_result, held, told.answers)
        return ShownResponse({"result": self.result})

    def _over(self) -> _Held:
        """Return the check that is over. Raises FormcheckError where there is none."""
        if self.held is None or not self.held.session.over:
            raise FormcheckError(_NO_CHECK)
        return self.held


async def _described(request: Request) -> Response:
    asked = request.query_params
    return ShownResponse(
        await asyncio.to_thread(_description, asked.get("check", ""), asked.get("profile") or None, again="again" in asked)
    )


def _description(name: str, profile: str | None, *, again: bool) -> Message:
    """Return what a check is, who leaves it out, and what is still to be asked before it."""
    spec = CHECKS.find(name)
    reason = _left_out(spec, profile)
    return {
        "name": spec.name,
        "title": spec.title,
        "instruction": spec.instruction,
        "setup": spec.setup,
        "not_with": list(spec.not_with),
        "questions": _questions(spec, profile, again=again),
        "left_out": reason,
        "hurt": hurt_today(name_of(profile)),
    }


def _questions(spec: CheckSpec, profile: str | None, *, again: bool) -> list[Message]:
    """Return the questions about every stretch, where they are due, and whether the person leaves the check out."""
    asked = (
        [question_message(one) for one in questionnaire().questions] if general_due(answers_of(profile), again=again) else []
    )
    if again or is_barred(spec.name, spec.not_with, name_of(profile)) is None:
        asked.append({"id": BARRED, "text": wording.CHECK_BARRED, "conditions": list(spec.not_with), "agreed": None})
    return asked


def _left_out(spec: CheckSpec, profile: str | None) -> str | None:
    """Return why the person leaves the check out, by what was answered so far; `None` where nothing speaks against it."""
    general = load_answers(answers_of(profile))
    if general is not None and (reason := excluded_by_safety(general, [spec.name]).get(spec.name)) is not None:
        return _LEFT_OUT_FOR.format(reason=reason)
    return _LEFT_OUT if is_barred(spec.name, spec.not_with, name_of(profile)) else None


async def _answered(request: Request) -> Response:
    await asyncio.to_thread(_keep_answers, await _Answering.of(request))
    return ShownResponse({})


def _keep_answers(given: _Answering) -> None:
    """Keep the answers to all that was asked. Raises FormcheckError, and OutputError where they cannot be kept."""
    spec = CHECKS.find(given.check)
    asked = {question["id"] for question in _questions(spec, given.profile, again=given.again)}
    if {answer.id for answer in given.answers} != asked or len(given.answers) != len(asked):
        raise FormcheckError(wording.APP_ANSWERS_MISSING)
    yes = {answer.id for answer in given.answers if answer.yes and not answer.agreed}
    if general_due(answers_of(given.profile), again=given.again):
        save_answers(general_answers(yes), answers_of(given.profile))
    if BARRED in asked:
        save_barred(spec.name, spec.not_with, name_of(given.profile), barred=BARRED in yes)


async def _level(request: Request) -> Response:
    """Tell the camera's level by the points that were shown so far, in heights of its picture, y up, and what is next."""
    given, step = await _Points.of(request), LevelStep()
    for point in given.points:
        step.point(point, 0.0)
    screen = step.screen(0.0)
    level_deg = round(step.level_deg, 1) if step.level_deg is not None else None
    return ShownResponse({"instruction": screen.instruction, "points": screen.points, "level_deg": level_deg})


def _result(held: _Held, answers: dict[str, bool]) -> Message:
    """Judge what was read, keep it, and return what is told of it."""
    spec, fold = held.spec, held.fold
    sides = judge(fold.frames, spec, side=held.side, answers=answers, levelled=fold.level_deg is not None)
    trouble, changes = None, list[str]()
    try:
        records, earlier = keep_check(spec, sides, held.profile)
        changes = changes_in_words(spec, records, earlier)
    except HistoryError as error:
        trouble = wording.CHECK_NOT_KEPT.format(error=error)
    level = _UNLEVELLED if fold.level_deg is None else wording.CHECK_LEVEL.format(degrees=fold.level_deg)
    apart = sides_apart(spec, sides)
    return {
        "name": spec.name,
        "title": spec.title,
        "nobody": None if sides else wording.CHECK_NOBODY.format(setup=spec.setup),
        "sides": [_side_message(spec, side) for side in sides],
        "no_verdict": wording.CHECK_NO_VERDICT,
        "changes": changes,
        "remarks": [remark for remark in (level, apart) if sides and remark is not None],
        "unseen_title": wording.CHECK_UNSEEN,
        "unseen": list(spec.unseen),
        "no_diagnosis": wording.CHECK_NO_DIAGNOSIS,
        "trouble": trouble,
        "profile": held.profile,
    }


def _side_message(spec: CheckSpec, side: CheckedSide) -> Message:
    told = side_in_words(spec, side)
    return {
        "title": told.title,
        "rows": [{"name": name, "value": value, "words": words} for name, value, words in told.rows],
        "error": told.error,
        "reasons": list(told.reasons),
    }
