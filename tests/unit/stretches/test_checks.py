"""Check files: the shipped ones are good, every fault is told with its key path, and the person's own come first."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import PoseFileError
from formcheck.stretches.check_files import CHECKS
from formcheck.stretches.checks import CheckSpec, check_text
from formcheck.stretches.files import stretch_names
from tests.support.checks import ANKLE, STRAIGHT_LEG, THOMAS
from tests.support.laws import between, law

GOOD = """
format = 1
title = "Mine"
instruction = "Do it."
setup = "There."
not_with = ["Nobody."]
sources = ["Me."]

[trials]
start = [60, 200]

[says]
start = "Lie back"
go = "Down"
stay = "Stay"
back = "Up"

[[questions]]
name = "flat"
text = "Flat?"
expected = "yes"
otherwise = "Lie flat."

[[readings]]
name = "hip"
title = "Thigh"
kind = "elevation"
joints = ["tested_hip", "tested_knee"]
positive = "{degrees} up"
negative = "{degrees} down"
error_deg = 6

[[readings.bands]]
band = "long"
at_most = -12
words = "long"

[[readings.bands]]
band = "short"
words = "short"

[[witnesses]]
name = "level"
kind = "elevation"
joints = ["mid_shoulder", "mid_hip"]
range = [-5, 5]
posture = [-25, 25]
otherwise = "Lie level."
"""


def told(text: str) -> list[str]:
    found = check_text(text, name="mine")
    return found if isinstance(found, list) else []


def test_the_shipped_ones_are_good_and_are_no_stretches() -> None:
    known, wrong = CHECKS.load(Path("nowhere"))
    assert [spec.name for spec in known] == ["thomas", "thomas_floor"]
    assert wrong == []
    assert not set(CHECKS.paths(Path("nowhere"))) & set(stretch_names())
    assert STRAIGHT_LEG.main.name == "leg"
    assert ANKLE.main.kind == "lean"


def test_the_numbers_of_the_modified_thomas_test() -> None:
    trials, witnesses = THOMAS.trials, {one.name: one.range for one in THOMAS.witnesses}
    assert (trials.count, trials.settled_s, trials.settled_within_deg) == (3, 3.0, 1.5)
    assert (trials.agree_within_deg, trials.turned_from_deg, trials.longest_s) == (6.0, 4.0, 180.0)
    assert witnesses["knee_held"][0] == 110.0
    assert witnesses["back_level"] == (-5.0, 5.0)
    assert [(question.name, question.needed) for question in THOMAS.questions] == [("back_flat", True), ("edge_firm", False)]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("start = [60, 200]", "start = [200, 60]", "trials: start runs from 200 up to 60: the first must be the smaller"),
        ('go = "Down"', 'go = "a b c d e f g h i"', "says.go: 9 words, at most 8 can be taken in while stretching"),
        ("format = 1", 'format = 1\nname = "other"', "name: 'other', but the file is called mine.toml; they must be the same"),
        ('expected = "yes"', 'expected = "perhaps"', "questions[0].expected: must be 'yes' or 'no' (found 'perhaps')"),
        ("error_deg = 6", "error_deg = 0", "readings[0].error_deg: must be more than 0 (found 0)"),
        ("error_deg = 6", "eror_deg = 6\nerror_deg = 6", "readings[0].eror_deg: unknown key; did you mean 'error_deg'?"),
        (
            '"tested_knee"]',
            '"near_knee"]',
            "readings[0]: there is no joint 'near_knee'; as tested_knee, other_hip, mid_shoulder, nose",
        ),
        ('"tested_hip", "tested_knee"]', '"tested_hip"]', "readings[0]: elevation is of 2 joints, and 1 are named"),
        (
            "at_most = -12",
            "at_most = -12\nat_least = 3",
            "readings[0]: each band but the last has one of at_most, at_least; the last has neither, for all the rest",
        ),
        (
            'words = "long"',
            'words = "long"\n[[readings.bands]]\nband = "usual"\nat_most = -20\nwords = "x"',
            "readings[0]: the limits of the bands must rise with at_most, and fall with at_least",
        ),
        (
            'words = "long"',
            'words = "long"\n[[readings.bands]]\nband = "usual"\nat_least = 20\nwords = "x"',
            "readings[0]: the limits of all bands are at_most, or all are at_least",
        ),
        ('band = "short"', 'band = "long"', "readings[0]: a band is there twice"),
        ("{degrees} up", "{degree} up", "readings[0].positive: only {degrees} stands for something"),
        ("{degrees} up", "{degrees:>99999999} up", "readings[0].positive: only {degrees} stands for something"),
        ("range = [-5, 5]", "range = [5, -5]", "witnesses[0]: range runs from 5 up to -5: the first must be the smaller"),
        ("posture = [-25, 25]", "posture = [0, 25]", "witnesses[0]: range -5..5 must lie inside posture 0..25"),
        (
            'name = "level"\nkind = "elevation"\njoints = ["mid_shoulder", "mid_hip"]',
            'name = "level"\nkind = "shift"\njoints = ["mid_hip"]',
            "witnesses[0]: a shift is known only at rest, and says nothing of a posture",
        ),
        ('kind = "elevation"\njoints = ["tested_hip"', 'kind = "twist"\njoints = ["tested_hip"', "readings[0].kind: must be"),
    ],
)
def test_a_fault_is_told_with_its_key_path(old: str, new: str, line: str) -> None:
    assert told(GOOD) == []
    assert old in GOOD
    (first, *rest) = told(GOOD.replace(old, new, 1))
    assert first.startswith(line)
    assert rest == []


def test_the_first_reading_says_where_a_trial_begins() -> None:
    four = '["tested_knee", "tested_ankle", "tested_hip", "tested_knee"]'
    text = GOOD.replace('kind = "elevation"\njoints = ["tested_hip", "tested_knee"]', f'kind = "turn"\njoints = {four}')
    assert told(text) == ["readings[0].kind: the first reading says where a trial begins: elevation or lean"]


def test_nothing_is_there_twice() -> None:
    question = '[[questions]]\nname = "flat"\ntext = "?"\nexpected = "no"\notherwise = "x"\n'
    assert told(GOOD + question) == ["questions[1]: flat is there twice"]


@law
@given(between(-40.0, 120.0))
def test_a_value_has_one_band_and_its_words_have_no_sign(value: float) -> None:
    for reading in (*THOMAS.readings, *STRAIGHT_LEG.readings):
        assert reading.band_of(value) is not None
        words = reading.in_words(value)
        assert str(abs(round(value))) in words
        assert "-" not in words.replace("over-straight", "")


@law
@given(st.data(), st.integers(1, 5))
def test_whatever_is_written_the_file_is_taken_or_its_faults_are_told(data: st.DataObject, changes: int) -> None:
    lines = GOOD.splitlines()
    written = st.sampled_from(["1", "nan", '"x"', '"{"', '" "', "[]", '["left", 1]', "{}", "true", "1979-05-27"])
    for _ in range(changes):
        which = data.draw(st.sampled_from([i for i, line in enumerate(lines) if line]))
        key, equals, _ = lines[which].partition(" = ")
        lines[which] = f"{data.draw(st.sampled_from([key, 'name', 'readings']))} = {data.draw(written)}" if equals else ""
    found = check_text("\n".join(lines), name="mine")
    assert isinstance(found, CheckSpec) or (found and all(found))


def test_ones_own_is_found_by_name_and_goes_before_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(GOOD)
    (tmp_path / "thomas.toml").write_text(GOOD)
    (tmp_path / "bad.toml").write_text("format = 2")
    assert CHECKS.find("min", tmp_path).title == CHECKS.find("thomas", tmp_path).title == "Mine"
    known, wrong = CHECKS.load(tmp_path)
    assert [spec.name for spec in known] == ["mine", "thomas", "thomas_floor"]
    assert len(wrong) == 1
    assert CHECKS.has("mine", tmp_path)
    assert CHECKS.has(str(tmp_path / "mine.toml"), tmp_path)
    assert not CHECKS.has("supine_psoas", tmp_path)
    with pytest.raises(PoseFileError, match="no check called 'tomas'; did you mean 'thomas'"):
        CHECKS.find("tomas", tmp_path)
