"""What is said of a wrong value in any file that people write: in their words, not in those of the program."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from formcheck import cli
from formcheck.core.errors import PoseFileError
from formcheck.people.profile import _MODELS, Profile, _text
from formcheck.stretches import files, routine_files
from formcheck.stretches.validation import check_toml
from formcheck.system.shipped import poses_folder
from formcheck.tuning import labels
from tests.support.calibrated import baseline_of
from tests.support.specs import SHIPPED

OF_THE_PROGRAM = re.compile(
    r"\b(input|valid (?!TOML)|string|tuple|list\[|dict|dictionary|instance|integer|boolean|pydantic|validat|parse|datetime\."
    r"|None|True|False|NaN|[A-Z][a-z]+[A-Z]\w*)"
)
"""Words of pydantic, of Python and of the classes here."""

DAY = datetime(2026, 1, 5, tzinfo=UTC)
WRONG: tuple[Any, ...] = (
    "", "left", "two words", "x" * 500, 0, -1, 7, 10**6, 1e9, 0.5, float("nan"), float("inf"), True,
    [], [1], ["a", "b", "c"], [1, 2, 3, 4], {}, {"a": 1}, DAY, DAY.date(),
)  # fmt: skip

LABELS = """
format = 1
pose = "supine_psoas"
person = "k7"
part = "test"
stretched_side = "left"
source = "recorded"
camera = {yaw_deg = 0.0, height_m = 1.0, distance_m = 2.0, roll_deg = 1.0}
intervals = [{start_s = 1.0, end_s = 5.0, label = "correct", stretched_side = "left"}]
"""
PROFILE = _text(Profile.of(baseline_of(), taken=datetime(2026, 1, 5, 18, tzinfo=UTC), camera=(640, 480)))
Check = Callable[[str], Any]
KINDS: dict[str, tuple[str, Check]] = {
    "pose file": (
        (poses_folder() / "supine_psoas.toml").read_text(encoding="utf-8"),
        partial(files.check_text, name="supine_psoas"),
    ),
    "routine": (
        (poses_folder() / "routines" / "psoas_relief.toml").read_text(encoding="utf-8"),
        partial(routine_files.check_text, name="psoas_relief", folder=Path()),
    ),
    "labels": (LABELS, partial(labels.check_text, specs={spec.name: spec for spec in SHIPPED})),
    "profile": (PROFILE, partial(check_toml, model=Profile, tables=_MODELS)),
}


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value, of lists the first one."""
    entries = data.items() if isinstance(data, dict) else enumerate(data[:1]) if isinstance(data, list) else ()
    for key, value in entries:
        yield (*path, key)
        yield from places(value, (*path, key))


def written(value: Any, top: bool = True) -> str:
    """The value as TOML."""
    if isinstance(value, dict):
        pairs = [f"{key} = {written(inner, top=False)}" for key, inner in value.items()]
        return "\n".join(pairs) if top else f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(inner, top=False) for inner in value)}]"
    if isinstance(value, bool | str):
        return json.dumps(value)
    return str(value) if isinstance(value, int | float) else str(value.isoformat())


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    data = deepcopy(data)
    *inner, last = path
    table = data
    for step in inner:
        table = table[step]
    table[last] = value
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_no_fault_is_told_in_words_of_the_program(kind: str) -> None:
    text, check = KINDS[kind]
    data = tomllib.loads(text)
    assert not isinstance(check(text), list)
    keys = {str(part) for path in places(data) for part in path} | {"a", "above", "below"}
    seen = set()
    for path in places(data):
        for value in WRONG:
            faults = check(written(changed(data, path, value)))
            for fault in faults if isinstance(faults, list) else ():
                where = re.split(r"[.\[\]]+| and ", fault.partition(":")[0].rstrip("]"))
                assert all(part in keys or part.isdecimal() for part in where), fault
                seen.add(re.sub(r"'[^']*'|\(found .*\)|\(are not|\(is not", "", fault))
    assert len(seen) > 20, "every kind of file has many faults"
    assert [fault for fault in seen if OF_THE_PROGRAM.search(fault) or "is not what is expected here" in fault] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"\xff\xff", "cannot be read as UTF-8 text (byte 1 belongs to no character)."),
        (b"format", "not valid TOML"),
    ],
)
def test_a_file_that_is_no_text_or_no_toml(text: bytes, line: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(text)
    with pytest.raises(PoseFileError) as caught:
        files.find_stretch(str(path))
    assert line in str(caught.value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["score", "x.mp4", "--jobs", "many"], "--jobs: must be a whole number (found 'many')."),
        (["score", "x.mp4", "--jobs", "-1"], "--jobs: must be 0 or more"),
        (["score", "x.mp4", "--side", "up"], "--side: "),
        (["score", "x.mp4", "--poze", "y"], "No such option: --poze"),
        (["score", "x.mp4", "--zzz"], "No such option: --zzz. `formcheck score"),
        (["poses", "list", "a", "b"], "). `formcheck poses list"),
        (["score", "x.mp4", "--language", "de"], "goes before them: `formcheck --language CODE score`. `formcheck"),
        (["history", "report", "--language=de"], "goes before them: `formcheck --language CODE history report`. "),
        (["history", "--language", "de"], "goes before them: `formcheck --language CODE history"),
        (["doctor", "--version"], "goes before them: `formcheck --version doctor`. "),
        (["score"], "Missing argument 'CLIP|FOLDER'."),
        (["scor"], "'score'"),
        (["record", "none", "--yaw", "400"], "--yaw: must be 180 or less"),
        (["new", "a", "b.mp4", "--hold", "x"], "--hold: must be a number"),
        (["poses", "shema"], "'schema'"),
        (["history", "--last", "x"], "--last: must be a whole number"),
    ],
)  # fmt: skip
def test_wrong_words_of_the_command_line_are_one_sentence_with_one_prefix(
    words: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["formcheck", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    said = capsys.readouterr().err
    assert left.value.code == 2
    assert told in said
    assert said.startswith("formcheck: ")
    assert said.endswith("--help` tells more.\n")
    assert not OF_THE_PROGRAM.search(json.dumps(said))
