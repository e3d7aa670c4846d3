"""What a programme asks for today: laws over random histories and random rules, and every shipped rule by an example."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.programme import PastSession, Today, plan_today
from formcheck.stretches.programmes.spec import PainLight, Programme, ProgrammePart, Rule, Times, When
from formcheck.system.documents import parse_toml, read_text
from formcheck.system.shipped import poses_folder


def shipped() -> Programme:
    path: Path = poses_folder() / "programmes" / "hip_care.toml"
    return Programme.model_validate({"name": path.stem, **parse_toml(read_text(path))})


SHIPPED = shipped()
TOP = len(SHIPPED.levels)


def session(
    days_ago: int, before: int | None = 0, after: int | None = 0, level: int | None = 1, *, hurt: bool = False
) -> PastSession:
    return PastSession(days_ago=days_ago, before=before, after=after, level=level, hurt=hurt)


def rules_of(plan: Today) -> list[str | None]:
    return [decision.rule for decision in plan.decisions]


pains = st.integers(0, 10)
told = st.none() | pains


@st.composite
def histories(draw: st.DrawFn) -> list[PastSession]:
    days = sorted(draw(st.lists(st.integers(0, 90), max_size=12)), reverse=True)
    return [
        session(
            ago,
            draw(told),
            draw(told),
            draw(st.none() | st.integers(1, 4)),
            hurt=draw(st.booleans()),
        )
        for ago in days
    ]


lights = st.lists(st.sampled_from(list(PainLight)), min_size=1, max_size=3).map(tuple)
times = st.integers(1, 5).flatmap(lambda last: st.integers(1, last).map(lambda n: Times(times=n, of_last=last)))
conditions = {
    "now": lights,
    "after_last": lights,
    "rose_by": pains,
    "not_settled_by": pains,
    "strong": times,
    "easy": st.integers(2, 6),
    "days_away": st.integers(1, 60),
    "checked_days_ago": st.integers(1, 60),
}


@st.composite
def any_rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    rules = []
    for number in range(draw(st.integers(0, 6))):
        names = draw(st.sets(st.sampled_from(sorted(conditions)), min_size=1, max_size=3))
        level = draw(st.integers(-3, 1))
        names |= {"easy"} if level > 0 else set()
        rules.append(
            Rule(
                name=f"rule_{number}",
                when=When(**{name: draw(conditions[name]) for name in names}),
                level=level,
                leave_out=draw(st.sets(st.sampled_from(list(ProgrammePart)), max_size=2).map(tuple))
                or ((ProgrammePart.CHECK,) if not level else ()),
                stop=draw(st.booleans()),
                says="Because.",
            )
        )
    return tuple(rules)


programmes = st.just(SHIPPED) | any_rules().map(lambda rules: SHIPPED.model_copy(update={"rules": rules}))


def strong(one: PastSession) -> bool:
    return one.hurt or max(one.before or 0, one.after or 0) >= SHIPPED.pain.red_from


def last_level(past: Sequence[PastSession]) -> int:
    return min([one.level for one in past if one.level is not None][-1:] or [1])


@given(programmes, histories(), pains)
def test_never_harder_after_strong_pain(programme: Programme, past: list[PastSession], pain: int) -> None:
    plan = plan_today(programme, past, pain)
    if pain >= programme.pain.red_from or (past and strong(past[-1])):
        assert plan.level <= max(1, last_level(past))


@given(programmes, histories(), pains)
def test_up_one_level_at_most_and_only_after_sessions_that_went_well(
    programme: Programme, past: list[PastSession], pain: int
) -> None:
    before, plan = min(last_level(past), len(programme.levels)), plan_today(programme, past, pain)
    assert 1 <= plan.level <= min(before + 1, len(programme.levels))
    if plan.level > before:
        at_level = [one for one in past if one.level is not None][-2:]
        assert [one.level for one in at_level] == [before, before]
        assert not any(strong(one) or max(one.before or 0, one.after or 0) >= programme.pain.amber_from for one in at_level)


@given(histories(), st.integers(4, 10))
def test_down_at_once(past: list[PastSession], pain: int) -> None:
    plan, before = plan_today(SHIPPED, past, pain), min(last_level(past), TOP)
    assert plan.level == max(1, before - 1)
    assert plan.stop or not {ProgrammePart.CHECK, ProgrammePart.STRENGTHEN} & {step.part for step in plan.steps}
    assert plan.stop or not plan.check


@given(programmes, histories(), pains)
def test_every_change_has_its_rule(programme: Programme, past: list[PastSession], pain: int) -> None:
    plan = plan_today(programme, past, pain)
    by_name = {rule.name: rule for rule in programme.rules}
    applied = [by_name[decision.rule] for decision in plan.decisions if decision.rule is not None]
    before = min(last_level(past), len(programme.levels))
    assert plan.decisions
    assert all(decision.says for decision in plan.decisions)
    if plan.level != before:
        assert any(rule.level * (plan.level - before) > 0 for rule in applied)
    if plan.stop:
        assert any(rule.stop or rule.leave_out for rule in applied)
        assert not plan.steps
    if not plan.stop:
        done = {step.part for step in plan.steps}
        left_out = {step.part for step in programme.levels[plan.level - 1].steps} - done
        assert left_out <= {part for rule in applied for part in rule.leave_out}
    if not applied:
        assert plan.level == before
        assert [decision.says for decision in plan.decisions] in ([programme.first], [programme.unchanged])


@given(st.lists(st.tuples(st.integers(0, 3), pains), max_size=40))
def test_a_course_of_sessions_goes_up_slowly(course: list[tuple[int, int]]) -> None:
    """As a person lives it: every session is what the one before led to."""
    past: list[PastSession] = []
    for number, (rest, after) in enumerate(course):
        past = [replace(one, days_ago=one.days_ago + 1 + rest) for one in past]
        plan = plan_today(SHIPPED, past, 0, checked_days_ago=1)
        if past and past[-1].level is not None:
            assert plan.level <= past[-1].level + 1
            assert plan.level <= past[-1].level or number >= 4
        past.append(PastSession(days_ago=0, before=0, after=after, level=plan.level))


@pytest.mark.parametrize(
    ("past", "pain", "rules", "level"),
    [
        ([], 0, ["check_due"], 1),
        ([], 2, ["check_due"], 1),
        ([session(2)], 0, [None], 1),
        ([session(2, level=2)], 0, [None], 2),
        ([session(2, level=2)], 3, ["not_settled"], 1),
        ([session(2, level=2, before=2)], 4, ["some_pain_now", "not_settled"], 1),
        ([session(2, level=2, before=3)], 4, ["some_pain_now"], 1),
        ([session(2, level=2)], 6, ["strong_pain_now", "not_settled"], 1),
        (
            [session(2, level=2, after=7)],
            6,
            ["strong_pain_twice", "strong_pain_now", "pain_rose", "strong_pain_after", "not_settled"],
            1,
        ),
        ([session(9, after=7), session(5, hurt=True), session(1)], 0, [None], 1),
        (
            [session(9), session(5, hurt=True), session(1, level=2, after=8)],
            0,
            ["strong_pain_twice", "pain_rose", "strong_pain_after"],
            1,
        ),
        ([session(2, level=2, after=2)], 1, ["pain_rose"], 1),
        ([session(21, level=2)], 1, ["long_away"], 1),
        ([session(28, level=2)], 1, ["long_away", "check_due"], 1),
        ([session(days) for days in (9, 7, 5, 3)], 0, ["went_well"], 2),
        ([session(days) for days in (9, 7, 5)], 0, [None], 1),
        ([session(days, after=None) for days in (9, 7, 5, 3)], 0, [None], 1),
        ([session(days) for days in (9, 7, 5, 3)], 4, ["some_pain_now", "not_settled"], 1),
        ([session(9), *(session(days, level=None, before=None, after=None) for days in (7, 5, 3))], 0, [None], 1),
        ([session(days, level=TOP) for days in (9, 7, 5, 3)], 0, [None], TOP),
    ],
)
def test_every_rule_by_an_example(past: list[PastSession], pain: int, rules: list[str | None], level: int) -> None:
    plan = plan_today(SHIPPED, past, pain, checked_days_ago=past[0].days_ago if past else None)
    lowest = min(last_level(past), TOP) == 1
    lowers = {rule.name for rule in SHIPPED.rules if rule.level < 0 and not (rule.stop or rule.leave_out)}
    assert rules_of(plan) == ([rule for rule in rules if rule not in lowers] or [None] if lowest else rules)
    assert plan.level == level


def test_every_rule_has_an_example() -> None:
    marks = test_every_rule_by_an_example.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {rule.name for rule in SHIPPED.rules} == {rule for _, _, rules, _ in marks for rule in rules if rule is not None}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"level": 1, "when": {"now": ["green"]}}, "goes up needs when.easy"),
        ({"level": 1, "when": {"easy": 1}}, "greater than or equal to 2"),
        ({"level": 2}, "less than or equal to 1"),
        ({"when": {}}, "one condition or more"),
        ({"level": 0}, "give what it changes"),
        ({"when": {"strong": {"times": 3, "of_last": 2}}}, "times must be of_last or less"),
    ],
)
def test_rules_that_no_file_may_have(changed: dict[str, object], fault: str) -> None:
    good: dict[str, object] = {"name": "a", "when": {"now": ["red"]}, "level": -1, "says": "Because."}
    Rule.model_validate(good)
    with pytest.raises(ValueError, match=fault):
        Rule.model_validate({**good, **changed})
