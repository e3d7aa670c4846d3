"""Label files: what a good one gives, and every fault of a bad one at once."""

import re
import time
from pathlib import Path

import pytest

from formcheck import cli
from formcheck.core.errors import LabelError
from formcheck.stretches.files import load_stretches
from formcheck.tuning.labels import check_text, find_clips
from formcheck.vision.video.random_access import length_of
from tests.support.clips import SAMPLES, colours, write_clip

SPECS = {spec.name: spec for spec in load_stretches()}

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
    (folder / f"{name}.mp4").write_bytes(name.encode())
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
        ("start_s = 5.5", "start_s = 4.5", "intervals[0] and intervals[1]: contradict each other, 'correct' and 'head_lifts'"),
        (
            'label = "correct"',
            'label = "hips_lift"\n[[intervals]]\nstart_s = 2\nend_s = 3\nlabel = "knee_not_close"',
            "do not overlap",
        ),
        ("start_s = 5.5\nend_s = 8.0", "start_s = 0.0\nend_s = 0.5", "intervals[1]: starts at 0 s, before intervals[0] does"),
        ('label = "correct"', 'label = "correct"\nstretched_side = "right"', "contradicts the clip's 'left'"),
        ('pose = "supine_psoas"', 'pose = "none"', "stretched_side: 'left' in a clip whose pose is none"),
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


def test_what_hides_behind_another_fault_is_told_too(tmp_path: Path) -> None:
    backwards = 'label = "head_lift"\n[[intervals]]\nstart_s = 1\nend_s = 0\nlabel = "correct"'
    edits = [("start_s = 5.5", "start_s = 4.5"), ('person = "k7"', "person = 7"), ('label = "head_lifts"', backwards)]
    said = faults(tmp_path, *edits)
    for expected in ("person:", "did you mean 'head_lifts'", "at once", "intervals[2]: ends at 0 s"):
        assert expected in said


def test_advice_beside_correct_form_is_no_contradiction(tmp_path: Path) -> None:
    text = GOOD.replace("supine_psoas", "kneeling_hip_flexor").replace("head_lifts", "front_knee_past_toes")
    found = check_text(text.replace("start_s = 5.5", "start_s = 4.5"), SPECS)
    assert isinstance(found, list)
    assert "contradict" not in found[0]
    assert "do not overlap" in found[0]


def test_labels_outside_the_clip_are_told(tmp_path: Path) -> None:
    file = labelled(tmp_path, GOOD)
    with pytest.raises(LabelError, match=r"intervals\[1\].end_s: 8 s lies outside the clip, which lasts 7.500 s"):
        find_clips([file], SPECS, length_of=lambda _video: 7.5)
    assert find_clips([file], SPECS, length_of=lambda _video: 7.95), "a rounding is no fault"
    with pytest.raises(LabelError, match="not a video that can be read"):
        find_clips([file], SPECS, length_of=length_of)


def test_two_clips_of_the_same_content_are_told(tmp_path: Path) -> None:
    for name in ("one", "two", "six"):
        labelled(tmp_path, GOOD, name)
    (tmp_path / "two.mp4").write_bytes(b"one")
    with pytest.raises(LabelError, match=r"two.mp4: has the same content as .*one.mp4") as caught:
        find_clips([tmp_path], SPECS)
    assert "six" not in str(caught.value)


def test_a_phones_capital_ending_is_found(tmp_path: Path) -> None:
    file = labelled(tmp_path, GOOD)
    (tmp_path / "clip.mp4").rename(tmp_path / "clip.MOV")
    assert find_clips([file], SPECS)[0].video.name == "clip.MOV"


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


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "has no column time_s"),
        (b"time_s,neck\n0.0,abc\n", "line 2: a number is expected in every cell"),
        (b"time_s,neck\n0.0,inf\n", "line 2: a number is expected in every cell"),
        (b"time_s,neck\n,1.0\n", "line 2: a number is expected in every cell"),
        (b"time_s,neck\n0.0\n", "line 2 has 1 cells; 2 are expected"),
        (b"\xff\xfet\0i\0", "cannot be read as UTF-8 text (it is written in UTF-16"),
    ],
)
def test_a_faulty_table_of_angles_is_told_with_its_line(content: bytes, told: str, tmp_path: Path) -> None:
    file = labelled(tmp_path, GOOD)
    file.with_suffix(".angles.csv").write_bytes(content)
    (clip,) = find_clips([file], SPECS)
    with pytest.raises(LabelError, match=re.escape(f"clip.angles.csv: {told}")):
        list(clip.true_angles())


def test_one_bad_file_does_not_break_the_listing_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for count, name in enumerate(("good", "bad", "angles"), 20):
        write_clip(tmp_path / f"{name}.mp4", [(image, i / 2) for i, image in enumerate(colours(count))])
        (tmp_path / f"{name}.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    (tmp_path / "bad.toml").write_text(f"a = {'[' * 900}", encoding="utf-8")
    (tmp_path / "angles.angles.csv").write_text("time_s\nsoon\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["formcheck", "samples", "check", str(tmp_path)])
    with pytest.raises(SystemExit) as left:
        cli.main()
    out, err = capsys.readouterr()
    assert left.value.code == 1
    assert out == f"{tmp_path / 'good.mp4'}: good (supine_psoas, 2 intervals)\n"
    assert f"{tmp_path / 'bad.toml'}: cannot be read as TOML (line 1, a: lists and tables lie more than" in err
    assert "angles.angles.csv: line 2: a number is expected" in err


def test_thousands_of_intervals_at_once_are_told_at_once(tmp_path: Path) -> None:
    interval = '[[intervals]]\nstart_s = 1.0\nend_s = 5.0\nlabel = "correct"\n'
    text = GOOD.partition("[[intervals]]")[0] + interval * 3500
    began_s = time.monotonic()
    with pytest.raises(LabelError, match=r"'correct' and 'correct' at once") as caught:
        find_clips([labelled(tmp_path, text)], SPECS)
    assert time.monotonic() - began_s < 10.0
    assert len(str(caught.value).splitlines()) < 200
