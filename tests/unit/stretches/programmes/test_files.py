"""Programme files: the shipped one is good, every fault is told with its key path."""

from pathlib import Path

import pytest

from formcheck.core.errors import ProgrammeError
from formcheck.core.wording.language import shown
from formcheck.stretches.programmes.files import PROGRAMMES, check_text, shown_decisions
from formcheck.stretches.programmes.spec import PainLight, Programme
from formcheck.system.shipped import poses_folder
from tests.support.spoken import speaking

SHIPPED_FILES = sorted((poses_folder() / "programmes").glob("*.toml"))
GOOD = """\
format = 1
title = "Mine"
first = "The first time."
unchanged = "As last time."

[pain]
amber_from = 4
red_from = 6

[[rules]]
name = "too_much"
when = { now = ["red"] }
level = -1
stop = true
says = "Rest today."

[[rules]]
name = "went_well"
when = { easy = 3, now = ["green"] }
level = 1
says = "More today."

[[levels]]
title = "Only"

[[levels.steps]]
part = "stretch"
pose = "supine_psoas"
"""


def checked(text: str, folder: Path = Path()) -> Programme | list[str]:
    return check_text(text, name="mine", folder=folder)


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.stem)
def test_shipped_programmes_are_good(path: Path, tmp_path: Path) -> None:
    assert PROGRAMMES.find(path.stem, tmp_path) == PROGRAMMES.find(str(path), tmp_path)
    assert PROGRAMMES.find(path.stem[:4], tmp_path).name == path.stem


def test_one_of_their_own_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / f"{SHIPPED_FILES[0].stem}.toml"
    own.write_text(GOOD, encoding="utf-8")
    assert PROGRAMMES.paths(tmp_path)[own.stem] == own
    assert PROGRAMMES.find(own.stem, tmp_path).title == "Mine"


def test_a_good_file_is_read() -> None:
    programme = checked(GOOD)
    assert isinstance(programme, Programme)
    assert [programme.pain.light(pain) for pain in (0, 3, 4, 5, 6, 10)] == [
        *[PainLight.GREEN] * 2,
        *[PainLight.AMBER] * 2,
        *[PainLight.RED] * 2,
    ]


def test_pose_files_of_steps_lie_beside_it(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text((poses_folder() / "supine_psoas.toml").read_text(encoding="utf-8"), encoding="utf-8")
    programme = checked(GOOD.replace('"supine_psoas"', '"own.toml"'), tmp_path)
    assert isinstance(programme, Programme)
    assert programme.levels[0].steps[0].pose == str((tmp_path / "own.toml").resolve())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("red_from = 6", "red_from = 3", "pain: 0 < amber_from < red_from is expected (found 4 and 3)"),
        ("red_from = 6", "red_from = 11", "pain.red_from: must be 10 or less (found 11)"),
        ('now = ["red"]', 'now = ["rot"]', "rules[0].when.now[0]: must be 'green', 'amber' or 'red' (found 'rot')"),
        ('now = ["red"]', 'later = ["red"]', "rules[0].when.later: unknown key."),
        ("easy = 3, ", "", "rules[1]: a rule that goes up needs when.easy: sessions that went well"),
        ("easy = 3", "easy = 1", "rules[1].when.easy: must be 2 or more (found 1)"),
        ("level = 1", "level = 2", "rules[1].level: must be 1 or less (found 2)"),
        ('"went_well"', '"too_much"', "two rules are called 'too_much'; give each a name of its own"),
        ('"supine_psoas"', '"supine_soas"', "levels[0].steps[0].pose: there is no stretch called 'supine_soas'; did you mean"),
        ('part = "stretch"\n', "", "levels[0].steps[0].part: missing"),
        ('part = "stretch"', 'part = "check"', "levels[0].steps[0].part: must be"),
        ("stop = true", 'stop = true\nadd = ["check"]', "a rule adds the part check, so `check` must name one"),
        ('says = "Rest today."\n', "", "rules[0].says: missing"),
        ('now = ["red"]', "rose_by = 2", "rules[0]: a rule that stops needs when.now, or until: else nothing would end it"),
        ("stop = true", "stop = true\nuntil = { question = 'Q?', says = 'S.' }", "rules[0].until.ask_again_days: missing"),
        (
            "stop = true",
            "stop = true\nuntil = { question = 'Q?', ask_again_days = 7, says = 'S.' }",
            "rules[0]: until goes with stop and when.strong",
        ),
        ("format = 1", "format = 1\ncheck_again_days = 0", "check_again_days: must be 1 or more (found 0)"),
        ("format = 1", "format = 2", "format: must be 1 (found 2)"),
    ],
)
def test_every_fault_is_told_with_its_place(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    found = checked(GOOD.replace(old, new, 1))
    assert isinstance(found, list)
    assert any(line.startswith(fault) for line in found), found


def test_one_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match=r"no programme called 'evening'.*hip_care"):
        PROGRAMMES.find("evening", tmp_path)
    with pytest.raises(ProgrammeError, match="there is no such programme file"):
        PROGRAMMES.find(str(tmp_path / "evening.toml"), tmp_path)


@pytest.mark.parametrize("path", SHIPPED_FILES, ids=lambda path: path.stem)
def test_what_was_decided_is_kept_in_english_and_shown_in_what_is_spoken(path: Path) -> None:
    programme = PROGRAMMES.find(path.stem)
    kept = [str.__str__(sentence) for sentence in programme.decisions]
    assert len(kept) > len(programme.rules)
    again = shown_decisions(path.stem, [*kept, "What no rule says any more."])
    assert again == [*kept, "What no rule says any more."]
    with speaking("de"):
        for sentence, english in zip(again, kept, strict=False):
            assert shown(sentence) != english
        assert shown(again[-1]) == "What no rule says any more."
    assert shown_decisions("no_programme", kept) == kept
