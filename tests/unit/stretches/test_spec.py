import os
import re
import tomllib
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.assessment import credit
from formcheck.core.errors import FormcheckError, PoseFileError
from formcheck.core.measures import MEASURES
from formcheck.core.values import Edge, Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.blocks import BlockSpec
from formcheck.stretches.files import check_text, find_stretch, load_stretches
from formcheck.system.shipped import poses_folder
from tests.support.laws import between, law
from tests.support.specs import POSE_FILE, SHIPPED, drafted, fault, small

FILES = sorted(poses_folder().glob("*.toml"))
FAULTS = {
    "kneeling_hip_flexor": {"arching_back", "leaning_forward", "hips_not_forward", "front_knee_past_toes"}
    | {"head_drops", "head_thrown_back"},
    "standing_psoas": {
        "arching_back",
        "leaning_forward",
        "rear_knee_bent",
        "hips_not_forward",
        "front_knee_straight",
        "front_knee_past_toes",
        "head_drops",
        "head_thrown_back",
    },
    "supine_psoas": {
        "straight_leg_lifts",
        "straight_knee_bends",
        "knee_not_close",
        "head_lifts",
        "shoulders_lift",
        "hips_lift",
    },
}


def told(text: str) -> list[str]:
    """Return the lines told of a faulty file called `stretch.toml`."""
    found = check_text(text, name="stretch")
    assert isinstance(found, list)
    return found


def broken(old: str, new: str, text: str = POSE_FILE) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_good_and_called_as_it_is_named(path: Path) -> None:
    found = check_text(path.read_text(encoding="utf-8"), name=path.stem)
    assert isinstance(found, StretchSpec)
    assert found.name == path.stem


def test_the_three_stretches_are_shipped_with_their_faults() -> None:
    assert {spec.name: {fault.name for fault in spec.faults} for spec in load_stretches()} == FAULTS


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_what_shipped_files_promise(spec: StretchSpec) -> None:
    assert spec.hold_s == (60 if spec.name == "supine_psoas" else 30)
    assert spec.coaching
    assert all(len(fault.cue.split()) <= 8 for fault in spec.faults)
    assert {fault.name for fault in spec.faults if not fault.stops_clock} <= {"front_knee_past_toes"}
    assert len({fault.cue for fault in spec.faults}) == len(spec.faults)


@pytest.mark.parametrize("spec", [*SHIPPED, drafted()], ids=lambda spec: spec.name)
def test_full_credit_and_a_fault_exclude_each_other(spec: StretchSpec) -> None:
    """A fault inside full credit would cost points, or stop the clock, for what is told to be in order."""
    targets = {target.measure: target for target in spec.targets}
    for one in spec.faults:
        if one.measure in targets:
            low, high = targets[one.measure].full
            assert one.exceeded_by(high if one.edge is Edge.HIGH else low) <= 0


def test_the_smallest_good_file_has_its_defaults() -> None:
    spec = check_text(POSE_FILE, name="stretch")
    assert isinstance(spec, StretchSpec)
    assert spec.name == "stretch"
    assert spec.coaching == ()
    assert [(fault.min_s, fault.stops_clock) for fault in spec.faults] == [(1.0, True)] * 2
    assert spec.targets[0].essential
    assert spec.measures == tuple(
        name
        for name in MEASURES
        if name in {"trunk_inclination", "rear_hip_extension", "rear_shank_elevation", "rear_knee_lift"}
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('title = "A stretch"\n', "", "title: missing"),
        ("full = [10, 45]\n", "", "targets[0].full: missing"),
        ("clear = 11\n", "", "faults[0].clear: missing"),
        ("hold_s = 30", "hold = 30\nhold_s = 30", "hold: unknown key; did you mean 'hold_s'?"),
        ("weight = 30", "weight = 30\nwieght = 3", "targets[0].wieght: unknown key; did you mean 'weight'?"),
        ('other = "front"', 'other = "front"\nothr = 1', "legs.othr: unknown key; did you mean 'other'?"),
        ("cap = 65", "cap = 65\ncapp = 1", "faults[0].capp: unknown key; did you mean 'cap'?"),
        ("above = 8", "above = 8\nabov = 1", "faults[1].also[0].abov: unknown key; did you mean 'above'?"),
        ("weight = 30", "weight = 30\nzzz = 3", "targets[0].zzz: unknown key."),
        (
            'measure = "rear_hip_extension"',
            'measure = "rear_hip_extention"',
            "targets[0].measure: unknown measure 'rear_hip_extention'; did you mean 'rear_hip_extension'?",
        ),
        (
            'measure = "rear_knee_lift"',
            'measure = "rear_knee_left"',
            "faults[1].also[0].measure: unknown measure 'rear_knee_left'; did you mean 'rear_knee_lift'?",
        ),
        (
            'measure = "trunk_inclination"\nrange',
            'measure = "elbow"\nrange',
            "shape[0].measure: unknown measure 'elbow'.",
        ),
        (
            "range = [-45, 50]",
            "range = [50, -45]",
            "shape[0]: range runs from 50 up to -45: the first must be the smaller",
        ),
        (
            "range = [-45, 50]",
            "range = [-45, 50]\nenter = [-50, 40]",
            "shape[0]: enter -50..40 must lie inside range -45..50",
        ),
        (
            "full = [10, 45]",
            "full = [45, 10]",
            "targets[0]: zero 0..62 must lie outside full 45..10: zero[0] < full[0] <= full[1] < zero[1]",
        ),
        (
            "zero = [0, 62]",
            "zero = [62, 0]",
            "targets[0]: zero 62..0 must lie outside full 10..45: zero[0] < full[0] <= full[1] < zero[1]",
        ),
        (
            "zero = [0, 62]",
            "zero = [10, 62]",
            "targets[0]: zero 10..62 must lie outside full 10..45: zero[0] < full[0] <= full[1] < zero[1]",
        ),
        ("clear = 11", "clear = 15", "faults[0]: clear 15 must lie inside the limit (above 15), or the fault never ends"),
        (
            "above = 15\nclear = 11",
            "below = 15\nclear = 11",
            "faults[0]: clear 11 must lie inside the limit (below 15), or the fault never ends",
        ),
        ("above = 15\n", "", "faults[0]: give exactly one of above, below"),
        ("above = 15\n", "above = 15\nbelow = 3\n", "faults[0]: give exactly one of above, below"),
        (
            "Grow tall, chest over hips",
            "Grow as tall as you can, chest over hips",
            "faults[0].cue: 9 words, at most 8 can be taken in while stretching",
        ),
        ("cap = 65", "cap = 165", "faults[0].cap: must be 100 or less (found 165)"),
        ("weight = 30", "weight = 0", "targets[0].weight: must be more than 0 (found 0)"),
        ("weight = 30", 'weight = "30"', "targets[0].weight: must be a number (found '30')"),
        ("weight = 30", "weight = nan", "targets[0].weight: must be 100 or less (found nan)"),
        (
            'stretched = "rear"',
            'stretched = "left"',
            "legs.stretched: must be 'rear' or 'straight' (found 'left')",
        ),
        ("format = 1", "format = 2", "format: must be 1 (found 2)"),
        ('view = "side"', 'view = "front"', "view: must be 'side' (found 'front')"),
        ("range = [-45, 50]", "range = [-45]", "shape[0].range[1]: missing"),
        (
            'measure = "rear_hip_extension"',
            'measure = "straight_hip_flexion"',
            "targets[0].measure: straight_hip_flexion speaks of the straight leg, this stretch has front and rear",
        ),
        (
            'measure = "rear_knee_lift"',
            'measure = "bent_knee_flexion"',
            "faults[1].also[0].measure: bent_knee_flexion speaks of the bent leg, this stretch has front and rear",
        ),
        ('other = "front"', 'other = "bent"', "legs: rear goes with front, straight with bent"),
        ('name = "leg_lifts"', 'name = "leaning_forward"', "faults[1]: leaning_forward is there twice"),
        (
            "format = 1",
            'format = 1\nname = "other"',
            "name: 'other', but the file is called stretch.toml; they must be the same",
        ),
    ],
)
def test_a_fault_is_told_with_its_key_path(old: str, new: str, line: str) -> None:
    assert line in told(broken(old, new))


@pytest.mark.parametrize(
    ("full", "zero", "fault", "line"),
    [
        ("0.17, 1.2", "0, 62", "below = 5\nclear = 8", "faults[0]: below 5 takes in all of the full credit for "),
        ("30, 45", "0, 62", "above = 15\nclear = 11", "faults[0]: above 15 takes in all of the full credit for "),
        ("15.5, 45", "0, 62", "above = 15\nclear = 11\nfrom_start = true", None),  # counts from where the hold began
        ("1, 5", "0, 62", "below = 5\nclear = 8", None),  # the edge itself is in order
        ("0.17, 12", "0, 62", "below = 5\nclear = 8", None),  # some of the full range is free of it
    ],
)
@pytest.mark.parametrize("also", ["", "none of its own", "takes in", "leaves free"])
def test_a_fault_that_all_of_the_full_range_has_is_refused(
    full: str, zero: str, fault: str, line: str | None, also: str
) -> None:
    """A file in radians, a slipped sign: whoever does it right would have the fault, and never any credit."""
    text = broken("full = [10, 45]\nzero = [0, 62]", f"full = [{full}]\nzero = [{zero}]")
    text = broken('measure = "trunk_inclination"\nabove = 15\nclear = 11', f'measure = "rear_hip_extension"\n{fault}', text)
    witness = {
        "none of its own": "rear_knee_lift",  # no target tells what is right of it
        "takes in": "neck_relative",
        "leaves free": "neck_relative",
    }.get(also)
    if witness:
        limit = "below = 5" if also == "leaves free" else "above = 5"
        text = broken("cap = 65", f'cap = 65\nalso = [{{ measure = "{witness}", {limit} }}]', text)
        text += '\n[[targets]]\nmeasure = "neck_relative"\nfull = [10, 20]\nzero = [0, 30]\nweight = 5\n'
    found = check_text(text, name="stretch")
    if line is None or also in ("none of its own", "leaves free"):
        assert isinstance(found, StretchSpec), found
    else:
        assert isinstance(found, list)
        (said,) = found
        assert said.startswith(line)


def test_the_same_target_twice_is_told() -> None:
    again = '[[targets]]\nmeasure = "rear_hip_extension"\nfull = [0, 1]\nzero = [-1, 2]\nweight = 1\n'
    assert told(POSE_FILE + again) == ["targets[1]: rear_hip_extension is there twice"]


def test_faults_in_different_places_are_all_told_at_once() -> None:
    text = broken("format = 1", "format = 2")
    text = broken("range = [-45, 50]", "range = [50, -45]", text)
    text = broken("full = [10, 45]", "full = [45, 10]", text)
    text = broken("clear = 11", "clear = 16", text)
    text = broken("above = 8", "abov = 8", text)
    where = {line.partition(":")[0] for line in told(text)}
    assert where == {"format", "shape[0]", "targets[0]", "faults[0]", "faults[1].also[0]", "faults[1].also[0].abov"}


def test_two_faults_of_one_table_are_both_told() -> None:
    text = broken("Grow tall, chest over hips", "Grow as tall as you can, chest over hips", broken("clear = 11", "clear = 16"))
    assert {line.partition(":")[0] for line in told(text)} == {"faults[0]", "faults[0].cue"}


def test_faults_between_tables_are_told_beside_faults_within_one() -> None:
    text = broken('name = "leg_lifts"', 'name = "leaning_forward"', broken("weight = 30", "weight = 0"))
    assert {line.partition(":")[0] for line in told(text)} == {"faults[1]", "targets[0].weight"}


@law
@given(st.data(), st.integers(1, 6))
def test_whatever_is_written_the_file_is_taken_or_its_faults_are_told(data: st.DataObject, changes: int) -> None:
    lines = POSE_FILE.splitlines()
    written = st.sampled_from(
        ["1", "-1.5", "nan", "inf", '"x"', '""', "[]", "[1]", '["a", {}]', "{}", "{a = 1}", "true", "1979-05-27"]
    )
    for _ in range(changes):
        which = data.draw(st.sampled_from([i for i, line in enumerate(lines) if line]))
        key, equals, _ = lines[which].partition(" = ")
        if equals and data.draw(st.booleans()):
            lines[which] = (
                f"{data.draw(st.sampled_from([key, 'other', 'name', 'legs', 'faults', 'also']))} = {data.draw(written)}"
            )
        else:
            lines[which] = ""
    found = check_text("\n".join(lines), name="stretch")
    assert isinstance(found, StretchSpec) or (found and all(found))


def test_a_blank_cue_is_no_cue() -> None:
    assert told(broken("Let it sink", "   "))


def test_an_empty_file_misses_every_required_key() -> None:
    required = {name for name, field in StretchSpec.model_fields.items() if field.is_required()} - {"name"}
    assert set(told("")) == {f"{name}: missing" for name in required}


def test_what_is_not_toml_is_told_with_its_place() -> None:
    (line,) = told('format = 1\ntitle = "unfinished\n')
    assert line.startswith("not valid TOML: ")
    assert "line 2" in line


def test_the_error_names_the_file_and_lists_every_fault(tmp_path: Path) -> None:
    file = tmp_path / "stretch.toml"
    file.write_text(broken("cap = 65", "cap = 165"))
    with pytest.raises(PoseFileError) as one:
        find_stretch(str(file))
    first, *rest = str(one.value).splitlines()
    assert first == f"{file}: 1 fault in this pose file."
    assert rest == ["  faults[0].cap: must be 100 or less (found 165)"]
    file.write_text("")
    with pytest.raises(PoseFileError, match=r"stretch\.toml: \d+ faults in this pose file\.\n"):
        find_stretch(str(file))


def test_an_unknown_stretch_gets_a_suggestion_and_the_list() -> None:
    with pytest.raises(PoseFileError) as near:
        find_stretch("kneeling_hip_flexors")
    assert "did you mean 'kneeling_hip_flexor'?" in str(near.value)
    with pytest.raises(PoseFileError) as far:
        find_stretch("zumba")
    assert "did you mean" not in str(far.value)
    assert all(path.stem in str(far.value) for path in FILES)


def test_a_file_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "stretch.toml"
    with pytest.raises(PoseFileError, match="no such pose file"):
        find_stretch(str(path))
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(PoseFileError, match="cannot be read"):
        find_stretch(str(path))
    path.write_text(POSE_FILE, encoding="utf-8")
    assert find_stretch(str(path)).name == "stretch"


def _keys(value: Any, prefix: str = "") -> set[str]:
    """Every key of a document, lists left out of the path."""
    if isinstance(value, dict):
        paths = {f"{prefix}{key}" for key in value}
        return paths.union(*(_keys(part, f"{prefix}{key}.") for key, part in value.items()))
    return set().union(*(_keys(part, prefix) for part in value)) if isinstance(value, list) else set()


def _properties(schema: dict[str, Any], part: dict[str, Any], prefix: str = "") -> set[str]:
    part = next((one for one in part.get("anyOf", ()) if "$ref" in one), part)
    part = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    part = part.get("items", part)
    part = schema["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
    inner: dict[str, Any] = part.get("properties", {})
    if isinstance(named := part.get("additionalProperties"), dict):
        inner = {"*": named}
    paths = {f"{prefix}{key}" for key in inner}
    return paths.union(*(_properties(schema, value, f"{prefix}{key}.") for key, value in inner.items()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_json_schema_knows_every_key_of_the_shipped_files(path: Path) -> None:
    schema = StretchSpec.model_json_schema()
    known = _properties(schema, schema)
    used = _keys(tomllib.loads(path.read_text(encoding="utf-8")))
    assert "faults.also.above" in known
    assert [key for key in used if not any(fnmatch(key, one) for one in known)] == []


def test_the_json_schema_refuses_other_keys_and_describes_itself() -> None:
    schema = StretchSpec.model_json_schema()
    assert schema["additionalProperties"] is False
    assert all(part["additionalProperties"] is False for part in schema["$defs"].values())
    assert schema["$defs"]["Fault"]["properties"]["cue"]["description"]


@law
@given(st.data(), st.sampled_from(FILES), between(0, 0.99), between(0, 0.99), between(-100, 200))
def test_a_file_with_a_wider_full_range_never_loses_credit(
    data: st.DataObject, path: Path, down: float, up: float, value: float
) -> None:
    text = path.read_text(encoding="utf-8")
    ranges = list(re.finditer(r"^full = \[(.+), (.+)\]\nzero = \[(.+), (.+)\]$", text, flags=re.MULTILINE))
    which = data.draw(st.integers(0, len(ranges) - 1))
    start, end, low, high = (float(number) for number in ranges[which].groups())
    wider = f"full = [{start - down * (start - low)!r}, {end + up * (high - end)!r}]\nzero = [{low!r}, {high!r}]"
    changed = text[: ranges[which].start()] + wider + text[ranges[which].end() :]
    before, after = check_text(text, name=path.stem), check_text(changed, name=path.stem)
    assert isinstance(before, StretchSpec)
    assert isinstance(after, StretchSpec)
    assert credit(after.targets[which], value) >= credit(before.targets[which], value) - 1e-12


@law
@given(between(-170, 350), between(-170, 350), st.booleans())
def test_a_fault_is_accepted_exactly_when_it_can_end(limit: float, clear: float, upwards: bool) -> None:
    fields = fault("leaning", "trunk_inclination", clear=clear, **{"above" if upwards else "below": limit})
    if clear < limit if upwards else clear > limit:
        accepted = small(faults=[fields]).faults[0]
        assert accepted.past_clear(clear) == 0
        assert accepted.exceeded_by(clear) < 0
    else:
        with pytest.raises(ValueError, match="never ends"):
            small(faults=[fields])


def test_roles_are_given_out_by_side_and_unknown_faults_are_refused() -> None:
    spec = small()
    assert spec.roles(Side.LEFT) == {"rear": Side.LEFT, "front": Side.RIGHT}
    assert spec.fault("leaning").cap == 50
    with pytest.raises(KeyError):
        spec.fault("flying")


def test_a_stretch_needs_what_its_shape_and_its_essential_targets_measure() -> None:
    spare = {
        "targets": [
            {"measure": "trunk_inclination", "full": (0, 10), "zero": (-10, 30), "weight": 60},
            {"measure": "neck_relative", "full": (0, 10), "zero": (-10, 30), "weight": 40, "essential": False},
        ]
    }
    assert small(**spare).essential == {"trunk_inclination", "rear_knee_flexion"}
    assert small().essential == {"trunk_inclination", "rear_knee_flexion", "neck_relative"}


@pytest.mark.parametrize(
    ("shipped", "find"),
    [
        (poses_folder() / "kneeling_hip_flexor.toml", find_stretch),
        (poses_folder() / "blocks" / "slow_breathing.toml", BLOCKS.find),
    ],
    ids=["stretch", "block"],
)
def test_a_file_is_checked_again_only_once_its_text_has_changed(
    shipped: Path, find: Callable[[str], StretchSpec | BlockSpec], tmp_path: Path
) -> None:
    own = tmp_path / "mine.toml"
    text = shipped.read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    kept, first = own.stat(), find(str(own))
    assert find(str(own)) is first
    changed = text.replace(f'title = "{first.title}"', f'title = "{first.title[::-1]}"', 1)
    own.write_text(changed, encoding="utf-8")
    os.utime(own, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert own.stat().st_size == kept.st_size
    assert find(str(own)).title == first.title[::-1]
    own.write_text("nothing of the kind", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(FormcheckError):
            find(str(own))
    own.write_text(text, encoding="utf-8")
    assert find(str(own)) == first
