import shutil
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck import cli
from formcheck.core.errors import RoutineError
from formcheck.core.values import Side
from formcheck.stretches.files import stretch_names
from formcheck.stretches.routine import Bout, Routine, Step, duration_s, expand
from formcheck.stretches.routine_files import ROUTINES, check_text, specs_of
from formcheck.system.paths import routines_folder
from formcheck.system.shipped import poses_folder
from tests.support.laws import law
from tests.support.specs import SHIPPED

SPECS = {spec.name: spec for spec in SHIPPED}
STRENGTH = ("bridge", "single_leg_bridge", "plank")
SHIPPED_FILES = sorted((poses_folder() / "routines").glob("*.toml"))
GOOD = """\
format = 1
title = "Mine"

[[steps]]
pose = "supine_psoas"

[[steps]]
pose = "standing_psoas"
sides = ["right", "left"]
repetitions = 2
hold_s = 20
rest_s = 30
"""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the person's own routines."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    folder = tmp_path / "data" / "routines"
    folder.mkdir(parents=True)
    return folder


def told(text: str, folder: Path = Path()) -> list[str]:
    found = check_text(text, name="mine", folder=folder)
    assert isinstance(found, list)
    return found


def broken(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.stem)
def test_shipped_routines_are_good(path: Path) -> None:
    assert ROUTINES.find(path.stem) == ROUTINES.find(str(path), routines_folder())


def test_psoas_relief_gives_every_stretch_a_minute_a_side_in_about_eight() -> None:
    routine = ROUTINES.find("psoas_relief")
    bouts = expand(routine, specs_of(routine))
    held = Counter[tuple[str, Side | None]]()
    for bout in bouts:
        assert bout.hold_s is not None
        held[bout.pose, bout.side] += round(bout.hold_s)
    assert held == {(name, side): 60 for name in SPECS for side in Side}
    assert 7 * 60 <= duration_s(bouts) <= 9 * 60
    assert all(bout.rest_s >= 15 for bout in bouts[:-1])


def test_the_folder_of_routines_is_not_taken_for_stretches() -> None:
    assert stretch_names() == sorted([*SPECS, *STRENGTH])


def test_defaults_and_what_is_written_instead() -> None:
    routine = check_text(GOOD, name="mine", folder=Path())
    assert isinstance(routine, Routine)
    first: dict[str, Any] = {"pose": "supine_psoas", "hold_s": 60.0, "rest_s": 15.0, "repetition": 1, "repetitions": 1}
    second: dict[str, Any] = {"pose": "standing_psoas", "hold_s": 20.0, "rest_s": 30.0, "repetitions": 2}
    assert expand(routine, SPECS) == (
        Bout(side=Side.LEFT, **first),
        Bout(side=Side.RIGHT, **first),
        Bout(side=Side.RIGHT, repetition=1, **second),
        Bout(side=Side.LEFT, repetition=1, **second),
        Bout(side=Side.RIGHT, repetition=2, **second),
        Bout(side=Side.LEFT, repetition=2, **(second | {"rest_s": 0.0})),
    )


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    seconds = st.none() | st.integers(1, 100).map(float)
    steps = st.fixed_dictionaries(
        {
            "pose": st.sampled_from(sorted(SPECS)),
            "sides": st.sampled_from(["both", "left", "right", ["left", "right"], ["right", "left"], ["right"]]),
            "hold_s": seconds,
            "rest_s": seconds,
            "repetitions": st.integers(1, 4),
        }
    )
    return Routine.model_validate(
        {"format": 1, "name": "any", "title": "Any", "steps": draw(st.lists(steps, min_size=1, max_size=4))}
    )


@law
@given(routines())
def test_every_step_gives_each_of_its_sides_all_its_repetitions(routine: Routine) -> None:
    bouts = list(expand(routine, SPECS))
    assert bouts[-1].rest_s == 0
    for step in routine.steps:
        mine, bouts = bouts[: len(step.sides) * step.repetitions], bouts[len(step.sides) * step.repetitions :]
        rounds = [list(same) for _, same in groupby(mine, key=lambda bout: bout.repetition)]
        assert [[bout.side for bout in one] for one in rounds] == [list(step.sides)] * step.repetitions
        assert [one[0].repetition for one in rounds] == list(range(1, step.repetitions + 1))
        assert {bout.hold_s for bout in mine} == {step.hold_s or SPECS[step.name].hold_s}
    assert not bouts


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('title = "Mine"\n', "", "title: missing"),
        ("format = 1", "format = 2", "format: must be 1 (found 2)"),
        ("format = 1", "format = 1\nrests = 3", "rests: unknown key; did you mean 'rest_s'?"),
        ("hold_s = 20", "hold = 20", "steps[1].hold: unknown key; did you mean 'hold_s'?"),
        ("hold_s = 20", "hold_s = 0", "steps[1].hold_s: must be more than 0 (found 0)"),
        ("hold_s = 20", 'hold_s = "20"', "steps[1].hold_s: must be a number (found '20')"),
        ("rest_s = 30", "rest_s = -1", "steps[1].rest_s: must be 0 or more (found -1)"),
        ("repetitions = 2", "repetitions = 0", "steps[1].repetitions: must be 1 or more (found 0)"),
        ("repetitions = 2", "repetitions = 2.5", "steps[1].repetitions: must be a whole number (found 2.5)"),
        (
            'sides = ["right", "left"]',
            'sides = "botth"',
            "steps[1].sides: 'botth' is none of both, left, right; did you mean 'both'?",
        ),
        *(
            (
                'sides = ["right", "left"]',
                f"sides = {sides}",
                'steps[1].sides: give "both", "left", "right", or a list that has each side at most once (found ' + found + ")",
            )
            for sides, found in (
                ('["right", "right"]', "['right', 'right']"),
                ("[]", "[]"),
                ('["up"]', "['up']"),
                ("1", "1"),
                ("[{}]", "[{}]"),
            )
        ),
        (
            'pose = "supine_psoas"',
            'pose = "supine_psoaz"',
            "steps[0].pose: there is no stretch called 'supine_psoaz'; did you mean 'supine_psoas'?",
        ),
        ('pose = "supine_psoas"', 'pose = "zumba"', "steps[0].pose: there is no stretch called 'zumba'."),
        (
            "format = 1",
            'format = 1\nname = "other"',
            "name: 'other', but the file is called mine.toml; they must be the same",
        ),
    ],
)
def test_a_fault_is_told_with_its_key_path(old: str, new: str, line: str) -> None:
    assert told(broken(old, new)) == [line]


def test_all_faults_are_told_at_once() -> None:
    text = broken("format = 1", "format = 2")
    text = broken('"supine_psoas"', '"zumba"', text)
    text = broken('["right", "left"]', '"up"', text)
    text = broken("hold_s = 20", "hold_s = -1", text)
    assert {line.partition(":")[0] for line in told(text)} == {"format", "steps[0].pose", "steps[1].sides", "steps[1].hold_s"}


def test_no_steps_are_no_routine() -> None:
    assert told('format = 1\ntitle = "Mine"\nsteps = []\n')[0].startswith("steps: ")
    assert told('format = 1\ntitle = "Mine"\n') == ["steps: missing"]
    assert told("title = \n")[0].startswith("not valid TOML: ")


@law
@given(st.data(), st.integers(1, 5))
def test_whatever_is_written_the_file_is_taken_or_its_faults_are_told(data: st.DataObject, changes: int) -> None:
    lines = GOOD.splitlines()
    written = st.sampled_from(["1", "nan", '"x"', '"x.toml"', '" "', "[]", '["left", 1]', "{}", "true", "1979-05-27"])
    for _ in range(changes):
        which = data.draw(st.sampled_from([i for i, line in enumerate(lines) if line]))
        key, equals, _ = lines[which].partition(" = ")
        lines[which] = f"{data.draw(st.sampled_from([key, 'steps', 'name']))} = {data.draw(written)}" if equals else ""
    found = check_text("\n".join(lines), name="mine", folder=Path())
    assert isinstance(found, Routine) or (found and all(found))


class TestOnesOwn:
    def test_a_pose_file_is_found_beside_the_routine(self, tmp_path: Path) -> None:
        shutil.copy(poses_folder() / "supine_psoas.toml", tmp_path / "resting.toml")
        path = tmp_path / "mine.toml"
        path.write_text(broken('"supine_psoas"', '"./resting.toml"'), encoding="utf-8")
        routine = ROUTINES.find(str(path), routines_folder())
        assert [bout.pose for bout in expand(routine, specs_of(routine))][:2] == ["resting", "resting"]

    def test_what_is_wrong_with_its_pose_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "bad.toml").write_text("format = 3\n", encoding="utf-8")
        faults = told(broken('"supine_psoas"', '"bad.toml"') + '\n[[steps]]\npose = "none.toml"\n', tmp_path)
        assert faults[0].startswith(f"steps[0].pose: {tmp_path / 'bad.toml'}: ")
        assert "steps[0].pose:   format: must be 1 (found 3)" in faults
        assert faults[-1] == f"steps[2].pose: {tmp_path / 'none.toml'}: there is no such pose file."

    def test_two_stretches_of_one_name_are_told_apart(self, tmp_path: Path) -> None:
        shutil.copy(poses_folder() / "supine_psoas.toml", tmp_path)
        (fault,) = told(GOOD + '\n[[steps]]\npose = "./supine_psoas.toml"\n', tmp_path)
        assert fault.startswith("steps[2].pose: another stretch called supine_psoas is in this routine")

    def test_a_routine_in_the_data_folder_is_found_by_name_and_goes_before_a_shipped_one(self, own: Path) -> None:
        (own / "mine.toml").write_text(GOOD, encoding="utf-8")
        (own / "psoas_relief.toml").write_text(GOOD, encoding="utf-8")
        assert ROUTINES.find("mine", own).title == ROUTINES.find("psoas_relief", own).title == "Mine"
        assert ROUTINES.paths(own)["psoas_relief"].parent == own

    def test_a_bad_one_hides_no_good_one(self, own: Path) -> None:
        (own / "mine.toml").write_text("format = 2\n", encoding="utf-8")
        routines, wrong = ROUTINES.load(own)
        assert [routine.name for routine in routines] == [path.stem for path in SHIPPED_FILES]
        assert [str(error).splitlines()[0] for error in wrong] == [f"{own / 'mine.toml'}: 3 faults in this routine file."]

    def test_an_unknown_name_gets_a_suggestion_and_the_place_for_ones_own(self, own: Path) -> None:
        with pytest.raises(RoutineError, match=r"did you mean 'psoas_relief'\?") as caught:
            ROUTINES.find("psoas_releif", own)
        assert str(own) in str(caught.value)

    def test_files_that_cannot_be_read(self, tmp_path: Path) -> None:
        with pytest.raises(RoutineError, match="no such routine file"):
            ROUTINES.find(str(tmp_path / "none.toml"), routines_folder())
        (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
        with pytest.raises(RoutineError, match="cannot be read"):
            ROUTINES.find(str(tmp_path / "bad.toml"), routines_folder())


def run(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> Any:
    monkeypatch.setattr(sys, "argv", ["formcheck", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return caught.value.code


class TestCommands:
    def test_routines_are_listed_even_where_one_is_bad(
        self, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(monkeypatch, "routines") == 0
        assert "8 min" in capsys.readouterr().out
        (own / "mine.toml").write_text("format = 2\n", encoding="utf-8")
        assert run(monkeypatch, "routines") == 1
        said = capsys.readouterr()
        assert "psoas_relief" in said.out
        assert "title: missing" in said.err

    def test_check_tells_the_faults_of_all_files(
        self, own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        good, bad, worse = (own / f"{name}.toml" for name in ("good", "bad", "worse"))
        good.write_text(GOOD, encoding="utf-8")
        bad.write_text(broken("hold_s = 20", "hold_s = -1"), encoding="utf-8")
        worse.write_text(broken('"supine_psoas"', '"supine_psoaz"'), encoding="utf-8")
        assert run(monkeypatch, "routines", "check", good) == 0
        assert "6 holds" in capsys.readouterr().out
        assert run(monkeypatch, "routines", "check", "psoas_relief") == 0
        assert "psoas_relief: good (Psoas stretches, 10 holds" in capsys.readouterr().out
        assert run(monkeypatch, "routines", "check", "psoas_releef") == 1
        assert "did you mean 'psoas_relief'?" in capsys.readouterr().err
        assert run(monkeypatch, "routines", "check", good, bad, worse) == 1
        said = capsys.readouterr().err
        assert "steps[1].hold_s" in said
        assert "did you mean 'supine_psoas'?" in said


def test_a_step_knows_its_stretch_by_the_name_of_its_file() -> None:
    assert Step(pose="/somewhere/resting.toml").name == "resting"
    assert Step(pose="supine_psoas").name == "supine_psoas"
