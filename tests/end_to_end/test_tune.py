"""`formcheck tune` as it is typed: what it refuses, and that it then writes nothing."""

import shutil
import sys
from pathlib import Path

import pytest

from formcheck import cli
from formcheck.system.shipped import poses_folder
from tests.support.clips import SAMPLES, colours, write_clip

POSE = "kneeling_hip_flexor"
CLIP = "kneeling_p2_arch_head"


def tune(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """The exit code, and what was said of what went wrong."""
    monkeypatch.setattr(sys, "argv", ["formcheck", "tune", "--verbose", *map(str, words)])
    with pytest.raises(SystemExit) as done:
        cli.main()
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return int(str(done.value.code or 0)), told.err


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """A folder of one labelled clip."""
    for file in SAMPLES.glob(f"{CLIP}.*"):
        shutil.copy(file, tmp_path)
    return tmp_path


def edit(clips: Path, old: str, new: str, name: str = CLIP) -> None:
    file = clips / f"{name}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


class TestRefusing:
    def test_every_problem_of_every_file_is_told_at_once(
        self, clips: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shutil.copy(clips / f"{CLIP}.mp4", clips / "again.mp4")
        shutil.copy(clips / f"{CLIP}.toml", clips / "again.toml")
        edit(clips, 'label = "head_drops"', 'label = "head_drop"')
        edit(clips, "end_s = 12.300", "end_s = 99.0", "again")
        edit(clips, "start_s = 8.667", "start_s = 7.0", "again")
        (clips / "gone.toml").write_text((clips / "again.toml").read_text(encoding="utf-8"), encoding="utf-8")
        code, said = tune(monkeypatch, capsys, clips)
        assert code == 1
        for part in (
            f"{CLIP}.toml: intervals[4].label: 'head_drop' is no label",
            "did you mean 'head_drops'",
            "again.toml: intervals",
            "gone.toml: ",
            "video is missing",
            "same content",
        ):
            assert part in said, part

    def test_one_class_only(self, clips: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        text = (clips / f"{CLIP}.toml").read_text(encoding="utf-8")
        for fault in ("hips_not_forward", "arching_back", "head_drops"):
            text = text.replace(f'"{fault}"', '"correct"')
        (clips / f"{CLIP}.toml").write_text(text, encoding="utf-8")
        code, said = tune(monkeypatch, capsys, clips)
        assert code == 1
        assert f"{POSE}: all 5 labelled intervals of 1 clip are correct" in said
        (clips / f"{CLIP}.toml").write_text(text.replace('"correct"', '"head_drops"'), encoding="utf-8")
        code, said = tune(monkeypatch, capsys, clips)
        assert code == 1
        assert "none of the 5 labelled intervals of 1 clip is correct" in said

    def test_clips_that_are_set_aside(
        self, clips: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        edit(clips, 'part = "tuning"', 'part = "test"')
        code, said = tune(monkeypatch, capsys, clips)
        assert code == 1
        assert "belong to the test part" in said

    def test_another_stretch(self, clips: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        code, said = tune(monkeypatch, capsys, clips, "--pose", "supine_psoas")
        assert code == 1
        assert "is of the stretch supine_psoas; they are of: kneeling_hip_flexor" in said

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (["--keep", "rear_hip_extention"], "did you mean 'rear_hip_extension'"),
            (["--only", "trunk_inclination", "--keep", "trunk_inclination"], "nothing would be tuned"),
            (["--report", "report.txt"], "ends in .html"),
            (["--only", "hip"], "--only: there is no measure 'hip'"),
            (["--write", "--out", "copy.toml"], "give one of them"),
            (["--out", "no/such/folder/copy.toml"], "does not exist"),
            (["--report", "no/such/folder/report.html"], "does not exist"),
            (["--pose", "kneel_down"], "There is no stretch called"),
        ],
    )
    def test_what_cannot_be_done(
        self,
        clips: Path,
        words: list[str],
        sentence: str,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(clips)
        code, said = tune(monkeypatch, capsys, ".", *words)
        assert code == 1
        assert sentence in said
        assert sorted(clips.iterdir()) == sorted(clips / file.name for file in SAMPLES.glob(f"{CLIP}.*"))

    @pytest.mark.heavy
    def test_a_clip_in_which_nobody_is_seen(
        self, model: Path, clips: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(clips / "cache"))
        for name in ("empty", "bare"):
            write_clip(
                clips / f"{name}.mp4", [(image, i / 10) for i, image in enumerate(colours(130 if name == "bare" else 140))]
            )
            shutil.copy(clips / f"{CLIP}.toml", clips / f"{name}.toml")
        pose = clips / f"{POSE}.toml"
        shutil.copy(poses_folder() / f"{POSE}.toml", clips / "pose.txt")
        before = (poses_folder() / f"{POSE}.toml").read_bytes()
        code, said = tune(monkeypatch, capsys, clips, "--write", "--model", model)
        assert code == 1
        assert "empty.mp4: nobody is seen in it" in said
        assert "bare.mp4: nobody is seen in it" in said
        assert not pose.exists()
        assert (poses_folder() / f"{POSE}.toml").read_bytes() == before
