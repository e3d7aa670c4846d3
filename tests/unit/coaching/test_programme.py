"""What a programme asks for today: laws over random histories and random rules, and every shipped rule by an example."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.programme import PastSession, Today, TodaysAnswers, plan_today
from formcheck.stretches.programmes.files import PROGRAMMES
from formcheck.stretches.programmes.spec import PainLight, Programme, ProgrammePart, Rule, Times, Until, When
from formcheck.system.shipped import poses_folder

SHIPPED = PROGRAMMES.read(poses_folder() / "programmes" / "hip_care.toml")
TOP = len(SHIPPED.levels)


GREEN, AMBER, RED = PainLight


def session(days_ago: int, before: int | None = 0, after: int | None = 0, level: int | None = 1, **more: Any) -> PastSession:
    return PastSession(days_ago=days_ago, before=before, after=after, level=level, **more)


def attempt(days_ago: int, before: int | None = 0, level: int | None = 1, **more: Any) -> PastSession:
    """One in which nothing was done: ended at once, or refused."""
    return session(days_ago, before, None, level, done=False, **more)


def planned(
    programme: Programme, past: Sequence[PastSession], pain: int, *, checked_days_ago: int | None = None, **told: Any
) -> Today:
    return plan_today(programme, past, TodaysAnswers(pain=pain, **told), checked_days_ago=checked_days_ago)


def rules_of(plan: Today) -> list[str | None]:
    return [decision.rule for decision in plan.decisions]


pains = st.integers(0, 10)
told = st.none() | pains


@st.composite
def histories(draw: st.DrawFn) -> list[PastSession]:
    """Of all kinds: with nothing done in them, refused, with pain told by key, and without an answer afterwards."""
    days = sorted(draw(st.lists(st.integers(0, 90), max_size=12)), reverse=True)
    return [
        session(
            ago,
            draw(told),
            draw(told),
            draw(st.none() | st.integers(1, 4)),
            done=draw(st.booleans()),
            told_in=draw(st.sampled_from([None, None, AMBER, RED])),
            looked_at=draw(st.sampled_from([None, None, None, False, True])),
            check_put_off=draw(st.booleans()),
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
        level, stop = draw(st.integers(-3, 1)), draw(st.booleans())
        names |= {"easy"} if level > 0 else set()
        until = Until(question="Looked at?", ask_again_days=draw(st.integers(1, 30)), says="It was.")
        names |= {"strong" if draw(st.booleans()) else "now"} if stop else set()
        rules.append(
            Rule(
                name=f"rule_{number}",
                when=When(**{name: draw(conditions[name]) for name in names}),
                level=level,
                leave_out=draw(st.sets(st.sampled_from(list(ProgrammePart)), max_size=2).map(tuple))
                or ((ProgrammePart.CHECK,) if not level else ()),
                hold=draw(st.booleans()),
                stop=stop,
                until=until if stop and "strong" in names else None,
                says="Because.",
            )
        )
    return tuple(rules)


programmes = st.just(SHIPPED) | any_rules().map(lambda rules: SHIPPED.model_copy(update={"rules": rules}))


def strong(one: PastSession) -> bool:
    return one.told_in is RED or max(one.before or 0, one.after or 0) >= SHIPPED.pain.red_from


def some_pain(one: PastSession) -> bool:
    return one.told_in is not None or max(one.before or 0, one.after or 0) >= SHIPPED.pain.amber_from


def counts(one: PastSession) -> bool:
    """Whether it may change anything but end a row that went well."""
    after = one.told_in is not None or (one.after or 0) >= SHIPPED.pain.amber_from
    return one.done or one.looked_at is True or strong(one) or after


def last_level(past: Sequence[PastSession]) -> int:
    return min([one.level for one in past if one.level is not None and counts(one)][-1:] or [1])


def since_last_level(past: Sequence[PastSession]) -> list[PastSession]:
    """The last session of the programme that counts, and all after it."""
    places = [i for i, one in enumerate(past) if one.level is not None and counts(one)]
    return list(past[places[-1] :]) if places else []


@given(programmes, histories(), pains)
def test_never_harder_after_strong_pain(programme: Programme, past: list[PastSession], pain: int) -> None:
    plan = planned(programme, past, pain)
    if pain >= programme.pain.red_from or any(map(strong, since_last_level(past))):
        assert plan.level <= max(1, last_level(past))
        assert not plan.check


@given(programmes, histories(), pains, st.lists(st.sampled_from([0, 1, 2, 3]), max_size=5))
def test_attempts_in_which_nothing_is_done_change_nothing(
    programme: Programme, past: list[PastSession], pain: int, attempts: list[int]
) -> None:
    """However often it is asked, and whatever came of it: the level is neither earned nor lost, and no strong day forgotten."""
    asked = [attempt(0, before, level=planned(programme, past, before).level, looked_at=False) for before in attempts]
    before, now = planned(programme, past, pain), planned(programme, [*past, *asked], pain)
    assert (now.level, now.stop, now.steps, now.check) == (before.level, before.stop, before.steps, before.check)
    assert now.decisions == before.decisions


@given(histories(), st.integers(0, 3), st.booleans())
def test_after_strong_pain_twice_only_a_yes_lets_it_go_on_at_the_gentlest_level(
    past: list[PastSession], pain: int, twice_in_a_row: bool
) -> None:
    between = [] if twice_in_a_row else [session(0, level=1)]
    stopped = [*past, session(0, after=8, level=3), *between, attempt(0, 7, level=2)]
    for refused in range(4):
        plan = planned(SHIPPED, [*stopped, *([attempt(0, pain, looked_at=False)] * refused)], pain)
        assert plan.stop
        assert "strong_pain_twice" in rules_of(plan)
        unanswered = all(one.looked_at is None for one in past)
        assert (plan.question is not None) == (refused == 0) or not unanswered
        seen = planned(SHIPPED, [*stopped, *([attempt(0, pain, looked_at=False)] * refused)], pain, looked_at=True)
        assert (seen.stop, seen.level) == (False, 1)
        assert "strong_pain_twice" in rules_of(seen)


@given(histories(), st.sampled_from([AMBER, RED]), st.integers(0, 3), st.integers(1, TOP), st.none() | st.integers(0, 3))
def test_pain_told_by_key_is_followed_the_next_day_with_its_rule(
    past: list[PastSession], told_in: PainLight, pain: int, level: int, after: int | None
) -> None:
    hurt = session(1, 0, after, level, told_in=told_in)
    plan = planned(SHIPPED, [*past, hurt], pain, looked_at=True)
    assert plan.level <= (level if told_in is AMBER else max(1, level - 1))
    assert {AMBER: "some_pain_after", RED: "strong_pain_after"}[told_in] in rules_of(plan)
    assert told_in is AMBER or ProgrammePart.STRENGTHEN not in {step.part for step in plan.steps}


@given(programmes, histories(), pains)
def test_up_one_level_at_most_and_only_after_sessions_that_went_well(
    programme: Programme, past: list[PastSession], pain: int
) -> None:
    before, plan = min(last_level(past), len(programme.levels)), planned(programme, past, pain)
    assert 1 <= plan.level <= min(before + 1, len(programme.levels))
    if plan.level > before:
        places = [i for i, one in enumerate(past) if one.level is not None and one.done][-2:]
        assert [past[i].level for i in places] == [before, before]
        assert not any(map(some_pain, past[places[0] :]))


@given(histories(), st.integers(4, 10))
def test_down_at_once(past: list[PastSession], pain: int) -> None:
    plan, before = planned(SHIPPED, past, pain), min(last_level(past), TOP)
    assert plan.level == max(1, before - 1)
    assert plan.stop or not {ProgrammePart.CHECK, ProgrammePart.STRENGTHEN} & {step.part for step in plan.steps}
    assert plan.stop or not plan.check


@given(programmes, histories(), pains)
def test_who_begins_at_the_gentlest_level_is_told_no_reason_for_it(
    programme: Programme, past: list[PastSession], pain: int
) -> None:
    """Sessions of another kind and how long ago they were change no level that is the first."""
    others = [replace(one, level=None) for one in past]
    plan = planned(programme, others, pain)
    if plan.stop:
        return
    by_name = {rule.name: rule for rule in programme.rules}
    told = [by_name[decision.rule] for decision in plan.decisions if decision.rule is not None]
    assert plan.decisions[0].says == programme.first
    assert all(rule.leave_out or rule.add or rule.until for rule in told)


@given(programmes, histories(), pains, st.sampled_from([None, False, True]), st.sampled_from([None, False, True]))
def test_every_change_has_its_rule(
    programme: Programme, past: list[PastSession], pain: int, looked_at: bool | None, check: bool | None
) -> None:
    plan = planned(programme, past, pain, looked_at=looked_at, check=check)
    by_name = {rule.name: rule for rule in programme.rules}
    applied = [by_name[decision.rule] for decision in plan.decisions if decision.rule is not None]
    before = min(last_level(past), len(programme.levels))
    assert plan.decisions
    assert all(decision.says for decision in plan.decisions)
    assert plan.before == before
    if plan.level != before:
        ends = looked_at is True and any(rule.until is not None for rule in applied)
        assert (ends and plan.level == 1) or any(rule.level * (plan.level - before) > 0 for rule in applied)
    if plan.check:
        assert any(rule.add for rule in applied)
        assert check is not False
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


@given(st.lists(st.tuples(st.integers(0, 3), told, st.booleans()), max_size=40))
def test_a_course_of_sessions_goes_up_slowly(course: list[tuple[int, int | None, bool]]) -> None:
    """As a person lives it: every session is what the one before led to, and some of them are ended at once."""
    past: list[PastSession] = []
    for rest, after, done in course:
        past = [replace(one, days_ago=one.days_ago + 1 + rest) for one in past]
        plan = planned(SHIPPED, past, 0, checked_days_ago=1)
        level = last_level(past)
        assert plan.level <= level + 1
        if plan.level > level:
            assert sum(one.done for one in past) >= 4
            assert all(one.after is not None and not some_pain(one) for one in [one for one in past if one.done][-4:])
        held = done and not plan.stop
        past.append(session(0, 0, after if held else None, plan.level, done=held))


@pytest.mark.parametrize(
    ("past", "pain", "rules", "level"),
    [
        ([], 0, [None, "check_due"], 1),
        ([], 2, [None, "check_due"], 1),
        ([], 4, [None, "some_pain_now"], 1),
        ([], 7, ["strong_pain_now"], 1),
        ([attempt(1, 7)], 2, [None], 1),
        ([attempt(1, 2)], 2, [None], 1),
        ([session(2)], 0, [None], 1),
        ([session(2, level=2)], 0, [None], 2),
        ([session(5, None, None, None, told_in=AMBER)], 0, [None], 1),
        ([session(5, None, None, None, told_in=RED)], 0, [None, "strong_pain_after"], 1),
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
        ([session(9, after=7), session(5, told_in=RED), session(1)], 0, ["strong_pain_twice"], 1),
        ([session(9, after=7), session(5, told_in=RED), session(3, looked_at=True), session(1)], 0, [None], 1),
        ([session(9, after=7), *(session(days, before=1) for days in (7, 5, 3))], 1, [None], 1),
        ([session(3, level=3, after=None, told_in=RED)], 0, ["strong_pain_after"], 2),
        ([session(3, level=3, after=1, told_in=RED)], 0, ["strong_pain_after"], 2),
        ([session(3, level=3, after=None, told_in=AMBER)], 0, ["some_pain_after"], 3),
        ([session(3, level=3, before=4, after=4)], 0, ["some_pain_after"], 3),
        ([session(9, level=3, after=8), session(1, None, None, None)], 0, ["pain_rose", "strong_pain_after"], 2),
        ([session(9, level=3, after=8), attempt(8, 1, level=2)], 0, ["pain_rose", "strong_pain_after"], 2),
        ([session(9, level=3), attempt(8, 4, level=2)], 0, [None], 3),
        (
            [session(9), session(5, told_in=RED), session(1, level=2, after=8)],
            0,
            ["strong_pain_twice", "pain_rose", "strong_pain_after"],
            1,
        ),
        ([session(2, level=2, after=2)], 1, ["pain_rose"], 1),
        ([session(21, level=2)], 1, ["long_away"], 1),
        ([session(28, level=2)], 1, ["long_away", "check_due"], 1),
        ([session(28, level=2), attempt(2, check_put_off=True)], 1, ["long_away"], 1),
        ([session(28, level=2), attempt(14, check_put_off=True)], 1, ["long_away", "check_due"], 1),
        ([session(28, before=8), session(2, 7)], 1, ["strong_pain_twice"], 1),
        ([session(28), session(2, 7)], 1, [None], 1),
        ([session(days) for days in (9, 7, 5, 3)], 0, ["went_well"], 2),
        ([session(days) for days in (9, 7, 5)], 0, [None], 1),
        ([session(days, after=None) for days in (9, 7, 5, 3)], 0, [None], 1),
        ([session(9, after=8), *(attempt(days) for days in (8, 7, 6, 5, 4, 3))], 0, ["pain_rose", "strong_pain_after"], 1),
        ([attempt(days) for days in (8, 7, 6, 5, 4, 3)], 0, [None], 1),
        ([session(9), session(8), attempt(7), session(6), attempt(5, 3), session(4)], 0, ["went_well"], 2),
        ([session(9), session(8), session(6), attempt(5, 4), session(4)], 0, [None], 1),
        ([session(9), session(8), session(6), session(4, told_in=AMBER)], 0, ["some_pain_after"], 1),
        ([session(days) for days in (9, 7, 5, 3)], 4, ["some_pain_now", "not_settled"], 1),
        ([session(9), *(session(days, level=None, before=None, after=None) for days in (7, 5, 3))], 0, [None], 1),
        ([session(days, level=TOP) for days in (9, 7, 5, 3)], 0, [None], TOP),
    ],
)
def test_every_rule_by_an_example(past: list[PastSession], pain: int, rules: list[str | None], level: int) -> None:
    plan = planned(SHIPPED, past, pain, checked_days_ago=past[0].days_ago if past else None)
    assert rules_of(plan) == rules
    assert plan.level == level
    assert plan.lowered == any(rule.level < 0 for rule in SHIPPED.rules if rule.name in rules)


@pytest.mark.parametrize(
    ("past", "pain", "again", "asked", "in_days"),
    [
        ([session(9, after=7), session(5, after=7)], 2, False, True, None),
        ([session(9, after=7), session(5, after=7)], 7, False, False, None),
        ([session(9, after=7), session(5, after=7), attempt(4, looked_at=False)], 2, False, False, 3),
        ([session(9, after=7), session(5, after=7), attempt(4, looked_at=False)], 2, True, True, 3),
        ([session(9, after=7), session(9, after=7), attempt(7, looked_at=False)], 2, False, True, None),
        ([attempt(6, looked_at=False), attempt(5, looked_at=True), session(4, after=7), session(3, 7)], 2, False, True, None),
        ([session(9, after=7), session(5, after=7), attempt(4, looked_at=True)], 2, False, False, None),
        ([session(5, after=7)], 2, False, False, None),
    ],
)
def test_whether_somebody_has_looked_at_it_is_asked_once(
    past: list[PastSession], pain: int, again: bool, asked: bool, in_days: int | None
) -> None:
    plan = plan_today(SHIPPED, past, TodaysAnswers(pain=pain), again=again)
    assert (plan.question is not None, plan.asked_in_days) == (asked, in_days)
    assert plan.stop == (asked or in_days is not None or pain >= SHIPPED.pain.red_from)


def test_a_no_is_told_with_the_days_until_it_is_asked_again() -> None:
    past = [session(9, after=7), session(5, after=7)]
    plan = planned(SHIPPED, past, 2, looked_at=False)
    assert (plan.stop, plan.question, plan.asked_in_days) == (True, None, 7)
    assert planned(SHIPPED, [*past, attempt(0, looked_at=True)], 2).level == 1


@pytest.mark.parametrize(
    ("past", "told", "check"),
    [
        ([], {}, True),
        ([], {"check": False}, False),
        ([session(2, after=3)], {}, True),
        ([session(2, after=6)], {}, False),
        ([session(9, after=1), session(2, told_in=RED, level=None)], {}, False),
        ([attempt(1, 8)], {}, False),
        ([session(30, check_put_off=True), session(13, check_put_off=True)], {}, False),
        ([session(14, check_put_off=True), session(13)], {}, True),
    ],
)
def test_when_the_check_is_offered(past: list[PastSession], told: dict[str, Any], check: bool) -> None:
    plan = planned(SHIPPED, past, 1, **told)
    assert plan.check == check
    assert ("check_due" in rules_of(plan)) == check


def test_every_rule_has_an_example() -> None:
    marks = test_every_rule_by_an_example.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {rule.name for rule in SHIPPED.rules} == {rule for _, _, rules, _ in marks for rule in rules if rule is not None}


UNTIL = {"question": "Looked at?", "ask_again_days": 7, "says": "It was."}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"level": 1, "when": {"now": ["green"]}}, "goes up needs when.easy"),
        ({"level": 1, "when": {"easy": 1}}, "greater than or equal to 2"),
        ({"level": 2}, "less than or equal to 1"),
        ({"when": {}}, "one condition or more"),
        ({"level": 0}, "give what it changes"),
        ({"when": {"rose_by": 2}, "stop": True}, "nothing would end it"),
        ({"when": {"strong": {"times": 1, "of_last": 2}}, "stop": True}, "nothing would end it"),
        ({"until": UNTIL}, "until goes with stop and when.strong"),
        ({"until": UNTIL, "stop": True}, "until goes with stop and when.strong"),
        ({"until": {**UNTIL, "ask_again_days": 0}, "stop": True}, "greater than or equal to 1"),
        ({"when": {"strong": {"times": 3, "of_last": 2}}}, "times must be of_last or less"),
    ],
)
def test_rules_that_no_file_may_have(changed: dict[str, object], fault: str) -> None:
    good: dict[str, object] = {"name": "a", "when": {"now": ["red"]}, "level": -1, "says": "Because."}
    Rule.model_validate(good)
    with pytest.raises(ValueError, match=fault):
        Rule.model_validate({**good, **changed})
