"""The command line as people meet it: messages, exit codes, and what is left behind."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.vision.engines.mediapipe.models import MODELS
from tests.support.clips import REPO, SAMPLES, colours, tag_quarter_turn, write_clip
from tests.support.refused import refused

FORMCHECK = [sys.executable, "-m", "formcheck"]
SAMPLE = SAMPLES / "supine_psoas.mp4"


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FORMCHECK, *map(str, words)], capture_output=True, text=True, check=False, cwd=REPO, env={**os.environ, **environment}
    )


class TestErrors:
    def test_no_such_clip(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        assert "no such file" in refused(capsys, "score", "--verbose", tmp_path / "none.mp4")

    def test_a_text_file_named_mp4(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        clip = tmp_path / "clip.mp4"
        clip.write_text("hello")
        out = tmp_path / "out.json"
        assert "not a video" in refused(capsys, "score", "--verbose", clip, "--json", out)
        assert list(tmp_path.iterdir()) == [clip]

    def test_unknown_stretch_suggests_a_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        said = refused(capsys, "score", "--verbose", SAMPLE, "--pose", "supine_psoaz")
        assert "did you mean 'supine_psoas'" in said

    def test_bad_pose_file_tells_every_fault(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        text = (REPO / "poses" / "supine_psoas.toml").read_text()
        bad = tmp_path / "supine_psoas.toml"
        bad.write_text(text.replace("hold_s = 60", "hold_s = -1").replace('"bent_hip_flexion"', '"bent_hip_flexoin"'))
        for words in (("poses", "check", bad), ("score", "--verbose", SAMPLE, "--pose", bad)):
            said = refused(capsys, *words)
            assert "hold_s" in said
            assert "did you mean 'bent_hip_flexion'" in said

    @pytest.mark.parametrize(
        ("option", "name"),
        [("--json", "out.json"), ("--measures", "out.csv"), ("--annotate", "out.mp4"), ("--report", "out.html")],
    )
    def test_unwritable_output_is_told_before_the_work(
        self, option: str, name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        said = refused(capsys, "score", "--verbose", SAMPLE, option, tmp_path / "none" / name)
        assert "does not exist" in said

    def test_the_clip_is_never_overwritten(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        clip = tmp_path / "clip.mp4"
        shutil.copy(SAMPLE, clip)
        assert "the clip itself" in refused(capsys, "score", "--verbose", clip, "--annotate", clip)
        assert clip.read_bytes() == SAMPLE.read_bytes()

    def test_annotate_wants_a_name_it_can_write(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        assert ".mp4" in refused(capsys, "score", "--verbose", SAMPLE, "--annotate", tmp_path / "out.avi")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--report", "out.pdf"), "ends in .html"),
            (("--no-video",), "--report FILE.html: give that too"),
            (("--report", "out.html", "--no-video", "--link-video"), "give one"),
            (("--report", "out.html", "--link-video", "--rotate", "90"), "plays the clip as it is"),
        ],
    )
    def test_what_a_report_cannot_be(
        self,
        words: tuple[str, ...],
        said: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert said in refused(capsys, "score", "--verbose", SAMPLE, *words)
        assert list(tmp_path.iterdir()) == []

    def test_a_model_that_is_none(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        model = tmp_path / "model.task"
        assert "there is no file" in refused(capsys, "score", "--verbose", SAMPLE, "--model", model)
        model.write_text("no bundle")
        assert "not a pose landmarker bundle" in refused(capsys, "score", "--verbose", SAMPLE, "--model", model)
        monkeypatch.setenv("FORMCHECK_MODEL", str(model))
        assert "FORMCHECK_MODEL" in refused(capsys, "score", "--verbose", SAMPLE)

    def test_offline_and_nothing_cached_names_both_ways_out(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
            monkeypatch.setenv(name, str(tmp_path))
        for name, value in (("PIP_NO_INDEX", "1"), ("PIP_FIND_LINKS", str(tmp_path)), ("PIP_CONFIG_FILE", os.devnull)):
            monkeypatch.setenv(name, value)
        said = refused(capsys, "score", "--verbose", SAMPLE)
        assert "formcheck model" in said
        assert "--model FILE" in said
        assert not list(tmp_path.rglob("*.task"))


class TestPoses:
    def test_the_stretches_are_listed(self) -> None:
        said = run("poses").stdout
        assert all(name in said for name in ("kneeling_hip_flexor", "standing_psoas", "supine_psoas"))

    def test_shipped_files_check_good(self) -> None:
        assert run("poses", "check", *sorted((REPO / "poses").glob("*.toml")), "supine_psoas").returncode == 0

    def test_the_schema_is_json(self) -> None:
        schema = json.loads(run("poses", "schema").stdout)
        assert {"targets", "faults", "shape", "legs"} <= set(schema["properties"])
        shipped = (REPO / "poses" / "pose.schema.json").read_text(encoding="utf-8")
        assert json.loads(shipped) == schema, "run: formcheck poses schema > poses/pose.schema.json"

    def test_every_measure_is_in_the_table(self) -> None:
        from formcheck.core.measures import MEASURES

        said = run("poses", "measures", COLUMNS="200").stdout
        assert all(name in said for name in MEASURES)


@pytest.mark.heavy
class TestScore:
    def test_json_goes_to_standard_output_and_the_summary_does_not(self, model: Path, tmp_path: Path) -> None:
        done = run("score", SAMPLE, "--json", "-", "--pose", "supine_psoas", "--side", "right")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["pose"] == "supine_psoas"
        assert "Not medical advice" in done.stderr
        for word in ("WARNING", "W0000", "INFO", "Traceback"):
            assert word not in done.stderr

    def test_the_same_clip_gives_the_same_bytes_twice(self, model: Path, tmp_path: Path) -> None:
        for name in ("a.json", "b.json"):
            assert run("score", SAMPLES / "standing_psoas.mp4", "--json", tmp_path / name).returncode == 0
        assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()

    def test_a_clip_with_nobody_in_it(self, model: Path, tmp_path: Path) -> None:
        clip = write_clip(tmp_path / "empty.mp4", ((image, i / 10) for i, image in enumerate(colours(20, (240, 320)))), fps=10)
        done = run("score", clip, "--json", "-")
        document = json.loads(done.stdout)
        assert done.returncode == 0
        assert document["pose"] is None
        assert document["score"] is None
        assert document["seen_s"] == 0
        assert document["unseen"] == [{"reason": "no_person", "start_s": 0.0, "end_s": 2.0}]
        assert "nobody in the picture" in done.stderr

    def test_a_model_that_the_limits_are_not_set_for_is_told_once(self, model: Path, tmp_path: Path) -> None:
        lite = MODELS["lite"]
        chosen = tmp_path / lite.path.name
        chosen.symlink_to(model)
        clip = write_clip(tmp_path / "1.mp4", ((image, i / 10) for i, image in enumerate(colours(10, (240, 320)))), fps=10)
        shutil.copy(clip, tmp_path / "2.mp4")
        for clips in ([clip], [clip, tmp_path / "2.mp4"]):
            done = run("score", *clips, "--json", "-", FORMCHECK_MODEL=str(chosen))
            assert done.stderr.count(lite.caution) == 1
            assert lite.caution not in done.stdout
            assert re.findall(r'"model": ?"([^"]*)"', done.stdout) == [chosen.name] * len(clips)

    def test_a_phone_clip_lying_on_its_side_is_scored_like_the_upright_one(self, model: Path, tmp_path: Path) -> None:
        import numpy as np

        from tests.support.clips import frames_of

        stored = ((np.rot90(image), t) for image, t in frames_of(SAMPLE) if t < 8.0)
        clip = tag_quarter_turn(write_clip(tmp_path / "phone.mp4", stored, fps=25))
        document = json.loads(run("score", clip, "--json", "-").stdout)
        assert (document["clip"]["width"], document["clip"]["height"]) == (640, 360)
        assert document["pose"] == "supine_psoas"
        assert document["holds"][0]["start_s"] == pytest.approx(4.44, abs=0.3)

    def test_a_photo_can_be_annotated_as_a_picture(self, model: Path, tmp_path: Path) -> None:
        from formcheck.system.native.media_libs import cv2
        from tests.support.clips import frames_of

        image = next(image for image, t in frames_of(SAMPLE) if t > 7)
        photo, drawn = tmp_path / "photo.png", tmp_path / "drawn.jpg"
        cv2.imwrite(str(photo), image[..., ::-1])
        document = json.loads(run("score", photo, "--json", "-", "--annotate", drawn).stdout)
        assert document["pose"] == "supine_psoas"
        assert list(document["sides"]) == ["right"]
        assert document["score"] >= 85
        assert document["holds"] == []
        picture = cv2.imread(str(drawn))
        assert picture is not None
        assert picture.shape == image.shape


@pytest.mark.heavy
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed, so system calls can't be watched")
def test_scoring_opens_no_network_socket(model: Path, tmp_path: Path) -> None:
    """Watches every thread's system calls, native ones too."""
    log = tmp_path / "calls.txt"
    watched = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log)]
    words = [*watched, *FORMCHECK, "score", str(SAMPLE), "--json", str(tmp_path / "out.json")]
    done = subprocess.run(words, cwd=REPO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    calls = log.read_text().splitlines()
    assert [line for line in calls if "AF_INET" in line or "AF_NETLINK" in line or "connect(" in line] == []
