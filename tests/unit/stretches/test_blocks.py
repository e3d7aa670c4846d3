"""Block files: what a body is not asked for, whatever a file says, and every fault of a file in one go."""

import json
import sys
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from formcheck import cli
from formcheck.core.errors import BlockError
from formcheck.core.values import Side
from formcheck.stretches.block_files import BLOCKS, check_text
from formcheck.stretches.blocks import EASE_LEAST_S, SPOT_S, BlockSpec, PressedArea, Pressure
from formcheck.stretches.files import stretch_names
from formcheck.stretches.routine import BlockBout, Bout, duration_s
from formcheck.stretches.routine_files import ROUTINES, bouts_of
from formcheck.stretches.routine_files import check_text as check_routine
from formcheck.stretches.titles import title_of
from formcheck.system.shipped import poses_folder
from tests.support.laws import law

SHIPPED, _ = BLOCKS.load()
NAMES = [block.name for block in SHIPPED]
CEILINGS_S = {"ball_massage": (300, 600), "hand_massage": (180, 300), "tool_massage": (120, 180)}
"""What the document says of the three, from and to; a block takes no more, and half of the least at least."""

GOOD = """\
format = 1
title = "Mine"
purpose = "To try it."
position = "Lie on your back. Breathe."
area = "belly"
most_s = 200
rules = ["Never press on bone"]

[[phases]]
name = "Light"
seconds = 60
do = "Press lightly."
say = "Press lightly"
pressure = "gentle"

[[phases]]
name = "Off"
seconds = 30
do = "Let go."
say = "Let go"

[[questions]]
id = "mine"
text = "Is it so?"
agreed = "Has a doctor agreed?"
advice = "Ask a doctor."

[[sources]]
text = "Nobody has tried it."
strength = "weak"
"""

QUESTION = '[[questions]]\nid = "mine"\ntext = "Or so?"\nagreed = "Has a doctor agreed?"\nadvice = "Ask a doctor."\n'


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the person's own blocks."""
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    folder = tmp_path / "data" / "blocks"
    folder.mkdir(parents=True)
    return folder


def told(text: str, name: str = "mine") -> list[str]:
    found = check_text(text, name=name)
    assert isinstance(found, list), "it is in order"
    return found


def broken(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


# --- the shipped ones --------------------------------------------------------------------------------------------------


def test_the_shipped_ones_are_those_that_the_document_names() -> None:
    assert BLOCKS.load()[1] == []
    assert set(NAMES) == {*CEILINGS_S, "thigh_roller", "buttock_roller", "slow_breathing"}
    assert not set(NAMES) & {*stretch_names(), *ROUTINES.paths()}, "`live NAME` means one thing"


@pytest.mark.parametrize("block", SHIPPED, ids=NAMES)
def test_a_shipped_block_has_its_questions_its_sources_and_no_promise(block: BlockSpec) -> None:
    assert block.questions or block.area is PressedArea.BELLY, "the belly's screen is the program's"
    assert block.sources
    texts = [block.purpose, block.position, *block.rules, *(phase.do for phase in block.phases)]
    promising = ("releas", "reliev", "relief", "heal", "cure", "fix", "treats", "knot", "trigger", "toxin", "will ")
    assert [text for text in texts if any(word in text.lower() for word in promising)] == []
    assert not any(word in " ".join(texts).lower() for word in ("lower back under", "under your lower back"))
    if block.area is not PressedArea.NONE:
        assert any("pain" in rule.lower() for rule in block.rules)
    if block.area is PressedArea.BELLY:
        assert any("pulse" in rule.lower() for rule in block.rules)
        assert {"navel", "side"} <= set(block.position.lower().replace(".", " ").split())


@pytest.mark.parametrize("name", CEILINGS_S)
def test_the_documents_times_are_the_ceiling(name: str) -> None:
    block, (least_s, most_s) = BLOCKS.find(name), CEILINGS_S[name]
    assert block.most_s == most_s
    assert least_s <= block.total_s <= most_s


def test_the_pacer_is_in_slow_breathing_alone() -> None:
    assert [block.name for block in SHIPPED if any(phase.breathe for phase in block.phases)] == ["slow_breathing"]


def test_the_schema_lies_beside_them(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["formcheck", "poses", "schema", "block"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    schema = json.loads(capsys.readouterr().out)
    shipped = json.loads((poses_folder() / "blocks" / "block.schema.json").read_text(encoding="utf-8"))
    assert shipped == schema, "run: formcheck poses schema block > poses/blocks/block.schema.json"
    assert {"phases", "area", "most_s", "rules", "questions", "sources"} <= set(schema["properties"])


def test_a_title_is_told_wherever_a_name_is_kept() -> None:
    assert title_of("ball_massage") == "Self-massage with a ball"
    assert title_of("my_block") == "My block"
    assert title_of("x" * 400) == "X" + "x" * 399, "which is no name of a file"


# --- what a body is not asked for --------------------------------------------------------------------------------------

phases = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.just("Phase"),
            "seconds": st.sampled_from([5.0, 10.0, 15.0, 30.0, 60.0, 90.0, 120.0]),
            "do": st.just("Do it."),
            "say": st.just("Do it"),
            "pressure": st.none() | st.sampled_from([pressure.value for pressure in Pressure]),
        }
    ),
    min_size=1,
    max_size=6,
)


def given_block(**more: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "name": "tried",
        "title": "Tried",
        "purpose": "To try it.",
        "position": "Lie down.",
        "rules": ["Never press on bone"],
        **more,
    }


@law
@given(phases, st.sampled_from(PressedArea), st.booleans(), st.sampled_from([60.0, 180.0, 300.0, 600.0]))
def test_no_file_asks_a_body_for_more_than_it_should(
    listed: list[dict[str, Any]], area: PressedArea, sides: bool, most_s: float
) -> None:
    try:
        block = BlockSpec.model_validate(given_block(phases=listed, area=area.value, sides=sides, most_s=most_s))
    except ValidationError:
        return
    assert block.total_s == block.side_s * (1 + block.sides) <= block.most_s <= 600
    assert block.side_s == sum(phase.seconds for phase in block.phases)
    pressed = [phase.pressure for phase in block.phases if phase.pressure is not None]
    order = list(Pressure)
    assert bool(pressed) is (area is not PressedArea.NONE)
    assert pressed[:1] in ([], [Pressure.GENTLE])
    assert all(order.index(after) <= order.index(before) + 1 for before, after in pairwise(pressed))
    assert area is not PressedArea.BELLY or Pressure.FIRM not in pressed
    runs = [(on, sum(one.seconds for one in run)) for on, run in groupby(block.phases, lambda one: one.pressure is not None)]
    assert all(seconds <= SPOT_S for on, seconds in runs if on)
    assert all(seconds >= EASE_LEAST_S for on, seconds in runs[1:-1] if not on)


@law
@given(st.sampled_from(SHIPPED), st.floats(0, 700))
def test_the_phases_follow_each_other_without_a_gap(block: BlockSpec, guided_s: float) -> None:
    number, since_s = block.phase_at(guided_s)
    assert since_s == sum(phase.seconds for phase in block.phases[:number])
    assert since_s <= guided_s + 1e-6
    assert guided_s < since_s + block.phases[number].seconds or number == len(block.phases) - 1


# --- faults ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "Mine"\n', "", "title: missing"),
        ('area = "belly"', 'area = "back"', "area: must be "),
        ('area = "belly"', 'area = "none"', "a phase has a pressure, but area is none"),
        ('pressure = "gentle"', 'pressure = "hard"', "phases[0].pressure: must be "),
        ('pressure = "gentle"\n', "", "no phase has a pressure, but area is belly"),
        ('pressure = "gentle"', 'pressure = "moderate"', "the first pressure must be gentle (found moderate)"),
        ("seconds = 60", "seconds = 95", "95 s with pressure on end: 90 at most, then a phase without"),
        ("seconds = 60", 'seconds = "60"', "phases[0].seconds: must be a number"),
        ("seconds = 30", "seconds = 45", "the phases take 210 s on both sides, most_s is 200"),
        ("most_s = 200", "most_s = 900", "most_s: must be 600 or less"),
        ('say = "Let go"', 'say = "Let go of all that you hold, from head to foot"', "phases[1].say: 11 words, at most 8"),
        ('position = "Lie on your back.', 'position = "Lie on your back on a mat that is not too soft.', "position: 12 words"),
        ('rules = ["Never press on bone"]', "rules = []", "rules: must have 1 or more entries"),
        ('name = "Light"', 'name = "Light"\nharder = true', "phases[0].harder: unknown key"),
        ('strength = "weak"', 'strength = "strong"', "sources[0].strength: must be "),
        ('id = "mine"', 'id = "Mine"', "questions[0].id: must have lower-case letters"),
        ('agreed = "Has a doctor agreed?"\n', "", "questions[0].agreed: missing"),
        ("[[sources]]", QUESTION + "[[sources]]", "questions[1].id: mine is there twice"),
    ],
)
def test_a_fault_is_told_with_its_place(old: str, new: str, fault: str) -> None:
    found = told(broken(old, new))
    assert any(fault in line for line in found), found


def test_all_faults_are_told_at_once_also_those_that_hide_behind_others() -> None:
    text = broken('title = "Mine"\n', "").replace("seconds = 60", "seconds = 120").replace('say = "Let go"', "say = 3")
    found = "\n".join(told(text))
    for fault in ("title: missing", "phases[1].say", "120 s with pressure on end", "the phases take 300 s"):
        assert fault in found


def test_a_block_is_not_called_as_a_stretch_is() -> None:
    assert told(GOOD, name="supine_psoas") == ["name: a stretch is called supine_psoas; give the block another name"]


# --- of one's own ------------------------------------------------------------------------------------------------------


def test_ones_own_are_known_by_name_and_take_the_place_of_a_shipped_one(own: Path, tmp_path: Path) -> None:
    (own / "mine.toml").write_text(GOOD)
    (own / "ball_massage.toml").write_text(GOOD)
    elsewhere = tmp_path / "other.toml"
    elsewhere.write_text(GOOD)
    assert BLOCKS.find("mine").title == BLOCKS.find("ball").title == BLOCKS.find(str(elsewhere)).title == "Mine"
    assert BLOCKS.has("mine")
    assert BLOCKS.has(str(elsewhere))
    assert not BLOCKS.has("supine_psoas")
    assert not BLOCKS.has(str(poses_folder() / "supine_psoas.toml"))
    (own / "faulty.toml").write_text(broken("most_s = 200", "most_s = 100"))
    blocks, wrong = BLOCKS.load()
    assert {"mine", "slow_breathing"} <= {block.name for block in blocks}
    (error,) = wrong
    assert "faulty.toml: 1 fault in this block file." in str(error)
    with pytest.raises(BlockError, match=r"did you mean 'ball_massage'\?"):
        BLOCKS.find("bal_massage")
    assert "mine" in BLOCKS.paths()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["poses", "check", "mine", "tool_massage"], 0, "mine: good (Mine, 2 phases, 3 min)"),
        (["poses", "check", "faulty", "kneel"], 1, "the phases take 180 s on both sides, most_s is 100"),
        (["poses"], 1, "Light pressure beside the navel"),
        (["routines", "check", "massage_and_stretch"], 0, "6 holds, 5 guided, 19 min"),
    ],
)
def test_the_commands_tell_them(
    words: list[str],
    code: int,
    said: str,
    own: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (own / "mine.toml").write_text(GOOD)
    (own / "faulty.toml").write_text(broken("most_s = 200", "most_s = 100"))
    monkeypatch.setattr(sys, "argv", ["formcheck", *words])
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    assert (ended.value.code, said in told.out + told.err) == (code, True), told


# --- in a routine ------------------------------------------------------------------------------------------------------

ROUTINE = """\
format = 1
title = "Both"

[[steps]]
block = "tool_massage"
sides = ["right", "left"]

[[steps]]
pose = "supine_psoas"
sides = "left"

[[steps]]
block = "slow_breathing"
"""


def test_a_routine_has_blocks_beside_stretches() -> None:
    routine = check_routine(ROUTINE, name="mine", folder=Path())
    assert not isinstance(routine, list)
    bouts = bouts_of(routine)
    assert [(bout.block if isinstance(bout, BlockBout) else bout.pose, bout.side, bout.rest_s) for bout in bouts] == [
        ("tool_massage", Side.RIGHT, 0.0),
        ("tool_massage", Side.LEFT, 0.0),
        ("supine_psoas", Side.LEFT, 15.0),
        ("slow_breathing", None, 0.0),
    ]
    assert duration_s(bouts) == 75 + 75 + 60 + 15 + 180


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'block = "tool_massage"',
            'block = "tool_masage"',
            "steps[0].block: there is no block called",
        ),
        (
            'block = "tool_massage"',
            'pose = "supine"\nblock = "tool_massage"',
            "steps[0]: give exactly one of pose, block",
        ),
        ('block = "tool_massage"\n', "", "steps[0]: give exactly one of pose, block"),
        ('block = "tool_massage"', 'block = "tool_massage"\nhold_s = 30', "steps[0]: a block has its own times"),
        ('block = "tool_massage"', 'block = "tool_massage"\nrepetitions = 3', "steps[0]: a block has its own times"),
        ('block = "slow_breathing"', 'block = "tool_massage"', "steps[2].block: tool_massage is in this routine already"),
        ('block = "slow_breathing"', 'block = "slow_breathing"\nsides = "left"', "steps[2].sides: slow_breathing has no sides"),
    ],
)
def test_what_is_wrong_with_a_block_in_a_routine(old: str, new: str, fault: str) -> None:
    assert old in ROUTINE
    found = check_routine(ROUTINE.replace(old, new, 1), name="mine", folder=Path())
    assert isinstance(found, list)
    assert any(line.startswith(fault) for line in found), found


def test_the_shipped_routine_of_all_kinds_goes_from_massage_to_stretches_to_rest() -> None:
    bouts = bouts_of(ROUTINES.find("massage_and_stretch"))
    kinds = [isinstance(bout, Bout) for bout in bouts]
    assert [kind for kind, _ in groupby(kinds)] == [False, True, False]
    assert 15 * 60 <= duration_s(bouts) <= 22 * 60
