"""Label files as text: new ones pass the check, old ones keep all that was not changed."""

from hypothesis import given

from formcheck.core.values import Side
from formcheck.stretches.files import load_stretches
from formcheck.tuning.labeling.intervals import Intervals, labelled
from formcheck.tuning.labeling.label_file import About, about_clip, label_text
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelInterval, Labels, check_text
from tests.support.clips import SAMPLES
from tests.support.laws import law
from tests.unit.tuning.test_labeling import labelled_intervals

SPECS = {spec.name: spec for spec in load_stretches()}
MINE = About(pose="kneeling_hip_flexor", person="p12", part="tuning", side="both", yaw_deg=-3.0)

OLD = """\
# Filmed on the terrace.
format = 1
person = "k7"   # her own code
pose = "kneeling_hip_flexor"
stretched_side = "left"
source = "recorded"

[camera]
distance_m = 3.00
yaw_deg = 5.0

# the wobble is real
[[intervals]]
start_s = 1.000
end_s = 5.0
label = "correct"  # sure

# doubtful
[[intervals]]
start_s = 5.5
end_s = 8.0
label = "head_drops"
"""


def read(text: str) -> Labels:
    found = check_text(text, SPECS)
    assert isinstance(found, Labels), found
    return found


def sided(entries: Intervals) -> Intervals:
    """The entries with a side for every label that needs one."""
    return tuple(
        entry.model_copy(
            update={"stretched_side": None if entry.label in (OTHER, UNSEEN) else entry.stretched_side or Side.LEFT}
        )
        for entry in entries
    )


@law
@given(labelled_intervals())
def test_a_new_file_says_what_was_marked_and_passes_the_check(entries: Intervals) -> None:
    found = read(label_text(None, MINE, sided(entries)))
    assert found.intervals == sided(entries)
    assert about_clip(found) == MINE
    assert found.source == "recorded"


@law
@given(labelled_intervals(), labelled_intervals())
def test_an_old_file_says_what_is_marked_now(before: Intervals, after: Intervals) -> None:
    text = label_text(label_text(None, MINE, sided(before)), MINE, sided(after))
    assert read(text).intervals == sided(after)


@law
@given(labelled_intervals())
def test_comments_stay_whatever_is_marked(entries: Intervals) -> None:
    told = about_clip(read(OLD))
    text = label_text(OLD, About(pose=told.pose, person=told.person, part=told.part, side="both", yaw_deg=5.0), sided(entries))
    assert read(text).intervals == sided(entries)
    for comment in ("# Filmed on the terrace.", "# her own code", "# the wobble is real", "# doubtful"):
        assert comment in text


def test_unchanged_is_unchanged_to_the_letter() -> None:
    for text in [OLD, *(path.read_text() for path in sorted(SAMPLES.glob("*.toml")))]:
        labels = read(text)
        assert label_text(text, about_clip(labels), labels.intervals) == text


def test_only_the_changed_lines_change() -> None:
    labels = read(OLD)
    text = label_text(OLD, about_clip(labels), labelled(labels.intervals, 4.0, 5.0, None))
    assert text == OLD.replace("end_s = 5.0\n", "end_s = 4.0\n")


def test_an_interval_in_between_goes_in_its_place() -> None:
    labels = read(OLD)
    text = label_text(OLD, about_clip(labels), labelled(labels.intervals, 5.0, 5.5, UNSEEN))
    assert text == OLD.replace("# doubtful\n", '# doubtful\n[[intervals]]\nstart_s = 5.0\nend_s = 5.5\nlabel = "unseen"\n\n')


def test_what_is_said_of_the_whole_clip_is_changed_in_its_place() -> None:
    labels = read(OLD)
    told = About(pose=labels.pose, person="p3", part="tuning", side="right", yaw_deg=-10.0)
    text = label_text(OLD, told, labels.intervals)
    assert about_clip(read(text)) == told
    assert 'person = "p3"   # her own code' in text
    assert "distance_m = 3.00" in text


def test_ends_of_line_stay_those_of_windows() -> None:
    old = OLD.replace("\n", "\r\n")
    labels = read(old)
    text = label_text(old, about_clip(labels), labelled(labels.intervals, 0.0, 1.0, OTHER))
    assert text.count("\n") == text.count("\r\n")
    assert read(text).intervals[0].label == OTHER


def test_intervals_in_one_line_may_be_changed_too() -> None:
    head = OLD[: OLD.index("\n[camera]")]
    old = head + 'intervals = [{start_s = 1.0, end_s = 2.0, label = "correct"}]\n'
    entries = (LabelInterval(start_s=1.0, end_s=3.0, label=CORRECT),)
    assert read(label_text(old, about_clip(read(old)), entries)).intervals == entries
