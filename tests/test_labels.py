"""Label files: what a good one gives, and every fault of a bad one at once."""

from pathlib import Path

import pytest

from formcheck.labels import LabelError, find_clips
from formcheck.posefile import load_all
from tests.clips import SAMPLES

SPECS = {spec.name: spec for spec in load_all()}

GOOD = """
format = 1
pose = "supine_psoas"
person = "k7"
stretched_side = "left"
source = "recorded"
[[intervals]]
start_s = 1.0
end_s = 5.0
label = "correct"
[[intervals]]
start_s = 5.5
end_s = 8.0
label = "head_lifts"
"""


def labelled(folder: Path, text: str, name: str = "clip") -> Path:
    (folder / f"{name}.mp4").write_bytes(b"video")
    file = folder / f"{name}.toml"
    file.write_text(text)
    return file


def faults(folder: Path, *edits: tuple[str, str]) -> str:
    text = GOOD
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(LabelError) as caught:
        find_clips([labelled(folder, text)], SPECS)
    return str(caught.value)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (clip,) = find_clips([labelled(tmp_path, GOOD)], SPECS)
    assert clip.video == tmp_path / "clip.mp4"
    assert [entry.label for entry in clip.labels.intervals] == ["correct", "head_lifts"]
    covering = clip.labels.at(5.6)
    assert covering is not None
    assert covering.label == "head_lifts"
    assert clip.labels.at(5.2) is None
    assert list(clip.true_angles()) == []


def test_a_video_or_a_folder_may_be_named_too(tmp_path: Path) -> None:
    labelled(tmp_path, GOOD)
    assert len(find_clips([tmp_path / "clip.mp4"], SPECS)) == 1
    assert len(find_clips([tmp_path], SPECS)) == 1
    assert len(find_clips([tmp_path, tmp_path / "clip.toml"], SPECS)) == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('pose = "supine_psoas"', 'pose = "supine_psoaz"', "did you mean 'supine_psoas'"),
        ('label = "head_lifts"', 'label = "head_lift"', "intervals[1].label: 'head_lift' is no label"),
        ("start_s = 5.5", "start_s = 4.5", "do not overlap"),
        ("end_s = 5.0", "end_s = 0.5", "intervals[0]: ends at 0.5 s"),
        ('person = "k7"', 'persn = "k7"', "did you mean 'person'"),
        ('stretched_side = "left"', "", "which side is stretched"),
        ("start_s = 1.0", 'start_s = "1"', "intervals[0].start_s"),
        ("format = 1", "format = 2", "format"),
    ],
)
def test_every_kind_of_fault_is_told_with_its_key(tmp_path: Path, old: str, new: str, expected: str) -> None:
    said = faults(tmp_path, (old, new))
    assert expected in said
    assert "clip.toml" in said


def test_faults_of_several_files_are_told_together(tmp_path: Path) -> None:
    labelled(tmp_path, GOOD.replace("head_lifts", "head_lift"), "one")
    labelled(tmp_path, GOOD.replace("format = 1", "format = 3"), "two")
    (tmp_path / "three.toml").write_text(GOOD)
    with pytest.raises(LabelError) as caught:
        find_clips([tmp_path], SPECS)
    assert all(f"{name}.toml" in str(caught.value) for name in ("one", "two", "three"))
    assert "video is missing" in str(caught.value)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="holds no labelled clip"):
        find_clips([tmp_path], SPECS)


def test_the_committed_samples_are_labelled_well() -> None:
    clips = find_clips([SAMPLES], SPECS)
    assert len(clips) >= 3
    for clip in clips:
        times = [time_s for time_s, _ in clip.true_angles()]
        assert times == sorted(times)
    people = {part: {c.labels.person for c in clips if c.labels.part == part} for part in ("tuning", "test")}
    assert not people["tuning"] & people["test"]
