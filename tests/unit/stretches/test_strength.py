"""Pose files of holds for strength: to the end, by name alone, with or without sides, beside published figures."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.values import Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import check_text, every_stretch, load_stretches, shipped_stretch
from formcheck.stretches.routine_files import check_text as check_routine
from formcheck.system.shipped import poses_folder
from tests.support.laws import law
from tests.support.specs import SHIPPED, fault, small
from tests.support.strength import BRIDGE, PLANK, SINGLE, STRENGTH

TEXTS = {spec.name: (poses_folder() / f"{spec.name}.toml").read_text(encoding="utf-8") for spec in STRENGTH}


def told(name: str, old: str, new: str) -> list[str]:
    """What is told of a shipped file with `old` in place of `new`."""
    assert old in TEXTS[name]
    found = check_text(TEXTS[name].replace(old, new, 1), name=name)
    assert isinstance(found, list)
    return found


def test_they_are_found_by_name_and_never_looked_for() -> None:
    assert {spec.name for spec in every_stretch()} == {spec.name for spec in (*SHIPPED, *STRENGTH)}
    assert {spec.name for spec in load_stretches()} == {spec.name for spec in SHIPPED}
    assert all(shipped_stretch(spec.name) == spec for spec in STRENGTH)


@pytest.mark.parametrize("spec", STRENGTH, ids=lambda spec: spec.name)
def test_what_the_files_promise(spec: StretchSpec) -> None:
    assert spec.to_the_end
    assert not spec.recognise
    assert spec.hold_s is None
    assert spec.norms
    assert all(norm.source and norm.people > 0 for norm in spec.norms)
    assert len({fault.cue for fault in spec.faults}) == len(spec.faults)
    assert (spec.legs is None) is (spec is not SINGLE)


def test_the_norms_are_those_that_were_published() -> None:
    figures = {spec.name: [(norm.mean_s, norm.sd_s, norm.people) for norm in spec.norms] for spec in STRENGTH}
    assert figures == {
        "bridge": [(170, 43, 43), (77, 49, 32)],
        "single_leg_bridge": [(65, 33, 77)],
        "plank": [(72, 33, 43), (28, 27, 32)],
    }


def test_without_legs_there_are_no_roles() -> None:
    assert BRIDGE.roles(Side.LEFT) == {}
    assert SINGLE.roles(Side.LEFT) == {"straight": Side.LEFT, "bent": Side.RIGHT}
    assert PLANK.lying
    assert not small().lying


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (
            "bridge",
            'hold_s = "to the end"',
            'hold_s = "for ever"',
            "hold_s: must be a number of seconds, or \"to the end\" (found 'for ever')",
        ),
        ("bridge", 'hold_s = "to the end"', "hold_s = 0", "hold_s: must be more than 0 (found 0)"),
        ("bridge", 'hold_s = "to the end"', "hold_s = true", "hold_s: must be a number (found true)"),
        ("bridge", "recognise = false", 'recognise = "no"', "recognise: must be true or false (found 'no')"),
        ("bridge", "mean_s = 170\n", "", "norms[0].mean_s: missing"),
        ("bridge", "sd_s = 43", "sd_s = 43\nsd = 4", "norms[0].sd: unknown key; did you mean 'sd_s'?"),
        ("bridge", "people = 43", "people = 4.5", "norms[0].people: must be a whole number (found 4.5)"),
        (
            "bridge",
            'measure = "knee_flexion"',
            'measure = "rear_knee_flexion"',
            "legs: missing; shape[3].measure speaks of the rear leg, without [legs] both do the same",
        ),
        (
            "single_leg_bridge",
            '[legs]\nstretched = "straight"\nother = "bent"\n',
            "",
            "legs: missing; shape[2].measure speaks of the bent leg, without [legs] both do the same",
        ),
        (
            "single_leg_bridge",
            "from_start = true",
            "from_start = 1.5",
            "faults[0].from_start: must be true or false (found 1.5)",
        ),
    ],
)
def test_every_fault_is_told_with_its_key(name: str, old: str, new: str, line: str) -> None:
    assert told(name, old, new) == [line]


def test_the_schema_has_both_kinds_of_holds() -> None:
    schema = StretchSpec.model_json_schema()
    assert {"const": "to the end"} in schema["properties"]["hold_s"]["anyOf"]
    assert "legs" not in schema["required"]


class TestFromTheStart:
    @law
    @given(st.floats(-40, 40), st.floats(-60, 60))
    def test_a_limit_from_the_start_is_one_moved_by_it(self, start: float, value: float) -> None:
        spec = small(faults=[fault("sinks", "rear_knee_flexion", above=10, clear=7, from_start=True)])
        (moved,) = spec.with_start({"rear_knee_flexion": start}).faults
        assert moved.exceeded_by(start + value) == pytest.approx(value - 10)
        assert moved.past_clear(start + value) == pytest.approx(value - 7)

    def test_it_is_not_there_before_the_start_is_known(self) -> None:
        spec = small(
            faults=[
                fault("sinks", "rear_knee_flexion", above=10, clear=7, from_start=True),
                fault("leaning", "trunk_inclination", above=15, clear=11),
            ]
        )
        assert [one.name for one in spec.with_start({}).faults] == ["leaning"]

    def test_other_stretches_stay_as_they_are(self) -> None:
        assert all(spec.with_start({"trunk_inclination": 3.0}) is spec for spec in SHIPPED)


class TestInRoutines:
    @staticmethod
    def told(step: str) -> list[str]:
        text = f'format = 1\ntitle = "Mine"\n[[steps]]\n{step}\n'
        found = check_routine(text, name="mine", folder=Path())
        return found if isinstance(found, list) else []

    def test_it_takes_no_seconds_and_no_sides(self) -> None:
        assert self.told('pose = "plank"') == []
        assert self.told('pose = "single_leg_bridge"\nsides = "left"') == []
        assert self.told('pose = "plank"\nhold_s = 30') == ["steps[0].hold_s: plank is held to the end; leave hold_s out"]
        assert self.told('pose = "plank"\nsides = "left"') == [
            "steps[0].sides: in plank both legs do the same; leave sides out"
        ]
