"""`formcheck record` from end to end: a real window with somebody at its keyboard, real clips, a camera that is a stream."""

import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.cli.commands import record
from formcheck.core.errors import LabelError, OutputError
from formcheck.pipeline.live.recorder import finish_film, unfinished_path
from formcheck.tuning.labeling.job import LabelingJob, cut_off_films, draft_of, new_clip, unfinished_videos
from formcheck.tuning.labeling.label_file import About
from formcheck.tuning.labels import CORRECT, find_clips
from formcheck.vision.video.random_access import SeekableVideo, length_of
from tests.support.clips import REPO, SAMPLES
from tests.support.desktop import Desktop, desktop, needed
from tests.support.marking import recorder
from tests.support.real_time import in_real_time
from tests.support.refused import refused
from tests.support.specs import SHIPPED
from tests.support.streamed import streamed
from tests.unit.tuning.test_labeling import interval

POSE = "kneeling_hip_flexor"
SAMPLE, SHORT = SAMPLES / f"{POSE}.mp4", SAMPLES / "kneeling_short_hold_p8.mp4"
SPECS = {spec.name: spec for spec in SHIPPED}
ME = ("--person", "p12", "--side", "right")

in_a_window = [pytest.mark.heavy, in_real_time, *needed]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A clip without labels."""
    return Path(shutil.copy(SAMPLE, tmp_path / "clip.mp4"))


def check(*paths: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "formcheck", "samples", "check", *map(str, paths)]
    return subprocess.run(words, cwd=REPO, capture_output=True, text=True, check=False)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What `formcheck record` says when it refuses to begin; there is no display, and nobody who can answer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(record, "silence_native_messages", lambda: None)  # which is the process's
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def run(*words: str) -> str:
        before = files()
        said = refused(capsys, "record", *words)
        assert files() == before
        return said

    return run


class TestJob:
    """What is written, when, and what is left alone."""

    ABOUT = About(pose=POSE, person="p12", part="tuning", side="right")
    STRIP = (interval(1, 3), interval(3, 5, "leaning_forward"))

    def job(self, clip: Path, goal: Path | None = None) -> LabelingJob:
        return LabelingJob(video=clip, clip=goal or clip, about=self.ABOUT, specs=SPECS)

    def test_what_is_saved_passes_the_check_and_the_draft_goes(self, clip: Path) -> None:
        job = self.job(clip)
        job.store_draft(self.STRIP)
        kept = job.load_draft()
        assert kept is not None
        assert kept.intervals == self.STRIP
        with pytest.raises(LabelError):
            find_clips([clip.parent], SPECS)  # a draft is no label file
        saved = job.save(self.STRIP, 22.0)
        (found,) = find_clips([clip.parent], SPECS, length_of=length_of)
        assert found.labels.intervals == self.STRIP
        assert saved.old == job.labels.read_text()
        assert not job.draft.exists()

    def test_labels_outside_the_clip_or_none_at_all_are_not_saved(self, clip: Path) -> None:
        before = set(clip.parent.iterdir())
        with pytest.raises(LabelError, match="lies outside the clip"):
            self.job(clip).save(self.STRIP, 4.0)
        with pytest.raises(LabelError, match="Nothing is marked"):
            self.job(clip).save((), 22.0)
        assert set(clip.parent.iterdir()) == before

    def test_what_something_else_wrote_meanwhile_is_left_alone(self, clip: Path) -> None:
        job = self.job(clip)
        job.labels.write_text("mine")
        with pytest.raises(OutputError, match="left alone"):
            job.save(self.STRIP, 22.0)
        assert job.labels.read_text() == "mine"

    def test_elsewhere_the_clip_goes_too_all_or_nothing(self, clip: Path, tmp_path: Path) -> None:
        job = self.job(clip, tmp_path / "out" / "clip.mp4")
        job.save(self.STRIP, 22.0)
        assert {path.name for path in (tmp_path / "out").iterdir()} == {"clip.mp4", "clip.toml"}
        assert job.clip.read_bytes() == clip.read_bytes()
        gone = replace(self.job(clip, tmp_path / "other" / "clip.mp4"), video=tmp_path / "gone.mp4")
        with pytest.raises(FileNotFoundError):
            gone.save(self.STRIP, 22.0)
        assert list((tmp_path / "other").iterdir()) == []

    def test_a_film_that_is_not_wanted_goes_and_a_clip_that_was_there_stays(self, clip: Path) -> None:
        job = self.job(clip)
        job.store_draft(self.STRIP)
        job.discard()
        assert clip.exists()
        assert not job.draft.exists()
        replace(job, filmed=True).discard()
        assert not clip.exists()

    def test_films_have_names_of_their_own(self, tmp_path: Path) -> None:
        first = new_clip(tmp_path, POSE, "p12")
        draft_of(first).write_text("")
        second = new_clip(tmp_path, POSE, "p12")
        assert (first.name, second.name) == (f"{POSE}_p12_1.mp4", f"{POSE}_p12_2.mp4")
        assert unfinished_videos(tmp_path, POSE) == []
        first.write_bytes(b"film")
        assert unfinished_videos(tmp_path, POSE) == [first]
        assert unfinished_videos(tmp_path, "supine_psoas") == []


class TestBadInput:
    """Told in a sentence, with an exit code, and nothing is written."""

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (("kneelin_hip", "clip.mp4"), "did you mean 'kneeling_hip_flexor'"),
            ((POSE, "clip.mp4", "--person", "Anna Maria"), "'Anna Maria' is not a code such as p12"),
            ((POSE, "clip.mp4", "--person", "anna"), "at least one digit"),
            ((POSE, "--camera", "clip.mp4", *ME), "is a recorded clip"),
            (("none", "clip.mp4", "--side", "left"), "--side"),
            ((POSE, "clip.mp4", *ME), "no X display"),
            ((POSE, *ME), "no X display"),
        ],
    )
    def test_before_anything_else(self, clip: Path, told: Callable[..., str], words: tuple[str, ...], expected: str) -> None:
        assert expected in told(*words)

    @pytest.mark.heavy
    @pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb, the virtual screen, is not here")
    def test_with_a_display(
        self, desk: Desktop, clip: Path, told: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISPLAY", desk.display)
        assert "there is no such video" in told(POSE, "gone.mp4", *ME)
        assert "a video is expected" in told(POSE, "picture.jpg", *ME)
        assert "give --person" in told(POSE, "clip.mp4")
        assert "give --side" in told(POSE, "clip.mp4", "--person", "p12")
        assert "camera 99" in told(POSE, "--camera", "99", *ME)
        (tmp_path / "broken.mp4").write_bytes(b"broken")
        assert "not a video that can be read" in told(POSE, "broken.mp4", *ME)

        clip.with_suffix(".toml").write_text(
            f'format = 1\npose = "{POSE}"\nperson = "p1"\nstretched_side = "right"\nsource = "recorded"\n'
            '[[intervals]]\nstart_s = 1\nend_s = 30\nlabel = "correct"\n'
            '[[intervals]]\nstart_s = 5\nend_s = 6\nlabel = "hips_not_forwards"\n'
        )
        broken = told(POSE, "clip.mp4")
        for expected in ("clip.toml: intervals[0].end_s: 30 s lies outside", "hips_not_forward'", "at once, from 5 to 6 s"):
            assert expected in broken
        clip.with_suffix(".toml").write_text(SAMPLE.with_suffix(".toml").read_text())
        assert "labels kneeling_hip_flexor, not supine_psoas" in told("supine_psoas", "clip.mp4")
        draft_of(clip).write_text(SAMPLES.joinpath("supine_psoas.toml").read_text())
        assert "holds marks of supine_psoas that were not saved, not of kneeling_hip_flexor" in told(POSE, "clip.mp4")
        draft_of(clip).write_text(clip.with_suffix(".toml").read_text().replace("leaning_forward", "leaning"))
        assert "clip.toml.draft: intervals[2].label: 'leaning' is no label" in told(POSE, "clip.mp4")
        draft_of(clip).unlink()
        shutil.copy(clip, tmp_path / "again.mp4")
        assert "has the same content as clip.mp4" in told(POSE, "again.mp4", *ME)
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "again.mp4").write_bytes(b"another")
        assert "is another clip" in told(POSE, "again.mp4", "--out", "out", *ME)


class TestAClipThatIsThere:
    pytestmark = in_a_window

    def test_marking_saving_and_correcting(self, desk: Desktop, clip: Path) -> None:
        labels = clip.with_suffix(".toml")
        with recorder(clip.parent, POSE, clip.name, *ME, desk=desk) as marking:
            marking.press("Next", "c", "Next", "Next", "2", "Right", "Right", "Right", "u", "End", "Return")
            marking.wait_for(draft_of(clip).exists)
            assert not labels.exists()
            marking.press("s")
            marking.wait_for(labels.exists)
            assert not draft_of(clip).exists()
            marking.press("q")
            assert marking.ended() == 0
        answer = check(clip.parent)
        assert answer.returncode == 0, answer.stderr
        (found,) = find_clips([clip], SPECS)
        wanted = [(1.0, 3.0, CORRECT), (3.0, 3.1, "leaning_forward"), (3.1, 22.0, "unseen")]
        assert [(entry.start_s, entry.end_s, entry.label) for entry in found.labels.intervals] == wanted
        assert (found.labels.person, found.labels.part, found.labels.stretched_side) == ("p12", "tuning", "right")

        labels.write_text("# mine\n" + labels.read_text())
        with recorder(clip.parent, POSE, clip.name, desk=desk) as marking:
            marking.press("Down", "BackSpace", "Down", "comma", "z", "z", "period", "End", "r", "n", "q", "s")
            assert marking.ended() == 0
        wanted = [(1.0, 3.033, CORRECT), (3.033, 3.1, "leaning_forward"), (3.1, 22.0, "other")]
        (found,) = find_clips([clip], SPECS)
        assert [(entry.start_s, entry.end_s, entry.label) for entry in found.labels.intervals] == wanted
        assert labels.read_text().startswith("# mine\n")

    @pytest.mark.parametrize("leaving", [("s", "q"), ("q", "s")])
    def test_a_fault_played_to_the_end_is_kept_wherever_one_winds_then(
        self, desk: Desktop, clip: Path, leaving: tuple[str, str]
    ) -> None:
        with recorder(clip.parent, POSE, clip.name, *ME, desk=desk) as marking:
            marking.press("End", "Prior", "2", "space")
            time.sleep(3)
            marking.press("space", "space", "Home", "Right", *leaving)
            assert marking.ended() == 0
            assert "Saved: " in marking.said
        (only,) = find_clips([clip], SPECS)[0].labels.intervals
        assert (only.start_s, only.end_s, only.label) == (20.966, 22.0, "leaning_forward")

    def test_labels_of_one_side_in_a_clip_that_shows_both(self, desk: Desktop, clip: Path) -> None:
        labels = Path(shutil.copy(SAMPLE.with_suffix(".toml"), clip.with_suffix(".toml")))
        one = find_clips([clip], SPECS)[0].labels
        with recorder(clip.parent, POSE, clip.name, "--side", "both", desk=desk) as marking:
            marking.press("q", "s")
            assert marking.ended() == 0
        both = find_clips([clip], SPECS)[0].labels
        assert (one.stretched_side, both.stretched_side) == ("right", "both")
        assert [(e.start_s, e.end_s, e.label, e.stretched_side) for e in both.intervals] == [
            (e.start_s, e.end_s, e.label, "right") for e in one.intervals
        ]
        assert check(labels).returncode == 0

    def test_playing_runs_in_real_time(self, desk: Desktop, clip: Path) -> None:
        with recorder(clip.parent, POSE, clip.name, *ME, desk=desk) as marking:
            marking.press("c")
            begun_s = time.monotonic()
            marking.press("space")
            time.sleep(3)
            marking.press("space")
            spent_s = time.monotonic() - begun_s
            marking.press("q", "s")
            assert marking.ended() == 0
        (only,) = find_clips([clip], SPECS)[0].labels.intervals
        assert 2.5 <= only.end_s <= spent_s + 0.5

    def test_a_closed_window_or_a_kill_loses_no_marks(self, desk: Desktop, clip: Path) -> None:
        with recorder(clip.parent, POSE, clip.name, *ME, desk=desk) as marking:
            marking.press("c", "Next", "2")
            marking.wait_for(draft_of(clip).exists)
            marking.process.kill()
            marking.process.wait(30)
        with recorder(clip.parent, POSE, clip.name, desk=desk) as marking:
            marking.press("Next", "Next", "u", "Next", "Return")
            time.sleep(0.3)
            desk.click_cross(marking.window)
            assert marking.ended() == 0
            assert "Going on with the marks" in marking.said
            assert f"formcheck record {POSE} clip.mp4" in marking.said
        assert not clip.with_suffix(".toml").exists()
        with recorder(clip.parent, POSE, clip.name, desk=desk) as marking:
            marking.press("s", "q")
            assert marking.ended() == 0
        found = find_clips([clip], SPECS)[0].labels
        assert found.person == "p12"
        assert [(entry.start_s, entry.end_s, entry.label) for entry in found.intervals] == [(0, 1, CORRECT), (2, 3, "unseen")]

    def test_leaving_without_saving_writes_nothing(self, desk: Desktop, clip: Path) -> None:
        with recorder(clip.parent, POSE, clip.name, *ME, desk=desk) as marking:
            marking.press("c", "Next", "q", "j", "q", "d")
            assert marking.ended() == 0
        assert {path.name for path in clip.parent.iterdir()} == {"clip.mp4", "keys.txt", "said.txt"}

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_asked_to_end(self, desk: Desktop, clip: Path, number: signal.Signals, code: int) -> None:
        with recorder(clip.parent, POSE, clip.name, *ME, desk=desk) as marking:
            marking.press("c", "Next", "Return")
            assert marking.ended(number) == code
        assert draft_of(clip).exists()
        assert not clip.with_suffix(".toml").exists()

    def test_a_clip_without_a_stretch(self, desk: Desktop, clip: Path) -> None:
        with recorder(clip.parent, "none", clip.name, "--person", "p12", desk=desk) as marking:
            marking.press("c", "1", "n", "End", "Return", "s", "q")
            assert marking.ended() == 0
        found = find_clips([clip], SPECS, length_of=length_of)[0].labels
        assert (found.pose, found.stretched_side, [entry.label for entry in found.intervals]) == ("none", None, ["other"])

    def test_into_a_folder_of_labelled_clips(self, desk: Desktop, clip: Path) -> None:
        with recorder(clip.parent, POSE, clip.name, *ME, "--out", "labelled", "--yaw", "5", desk=desk) as marking:
            marking.press("c", "Next", "s", "q")
            assert marking.ended() == 0
        folder = clip.parent / "labelled"
        assert {path.name for path in folder.iterdir()} == {"clip.mp4", "clip.toml"}
        assert not clip.with_suffix(".toml").exists()
        (found,) = find_clips([folder], SPECS, length_of=length_of)
        assert found.labels.camera is not None
        assert found.labels.camera.yaw_deg == 5


class TestQuestions:
    pytestmark = in_a_window

    def test_who_it_is_is_asked_until_it_is_a_code(self, desk: Desktop, clip: Path) -> None:
        theirs, ours = os.openpty()
        for answer in ("Anna Maria", "p12", "middle", "right"):
            os.write(theirs, f"{answer}\n".encode())
        with recorder(clip.parent, POSE, clip.name, desk=desk, terminal=ours) as marking:
            marking.press("c", "Next", "q", "s")
            assert marking.ended() == 0
        heard = os.read(theirs, 100_000).decode()
        assert "A code, not a name" in heard
        assert "Please give a code such as p12" in heard
        found = find_clips([clip], SPECS)[0].labels
        assert (found.person, found.stretched_side) == ("p12", "right")

    def test_what_is_given_anew_is_something_to_save(self, desk: Desktop, clip: Path) -> None:
        labels = clip.with_suffix(".toml")
        old = SAMPLE.with_suffix(".toml").read_text()
        labels.write_text(old)
        with recorder(clip.parent, POSE, clip.name, "--person", "p77", desk=desk) as marking:
            marking.press("q", "s")
            assert marking.ended() == 0
        assert labels.read_text() == old.replace('person = "p1"', 'person = "p77"')


class TestFilming:
    pytestmark = in_a_window

    def test_marks_made_while_filming_are_those_of_the_film(self, desk: Desktop, tmp_path: Path) -> None:
        """The clip is a stream; what is marked by the eye must lie in the film where it lies in the clip."""
        with streamed(SHORT, loop=True) as stream, recorder(tmp_path, POSE, "--camera", stream.url, *ME, desk=desk) as marking:
            marking.press("space")
            time.sleep(6.5)
            marking.press("c")
            time.sleep(1.5)
            marking.press("2")
            time.sleep(1.5)
            marking.press("space")
            film = tmp_path / "clips" / f"{POSE}_p12_1.mp4"
            marking.wait_for(film.exists)
            marking.wait_for(draft_of(film).exists)
            marking.press("s", "q")
            assert marking.ended() == 0
        assert {path.name for path in film.parent.iterdir()} == {film.name, film.with_suffix(".toml").name}
        answer = check(film.parent)
        assert answer.returncode == 0, answer.stderr
        (found,) = find_clips([film], SPECS)
        first, second = found.labels.intervals
        assert (first.label, second.label) == (CORRECT, "leaning_forward")
        assert first.end_s == second.start_s
        assert first.end_s - first.start_s == pytest.approx(1.7, abs=0.5)
        with SeekableVideo(film) as video:
            assert second.end_s == pytest.approx(video.length_s, abs=0.01)
            assert video.times_s[0] == 0
            assert video.picture(0).shape == (360, 640, 3)

    def test_a_window_closed_over_a_film_keeps_both(self, desk: Desktop, tmp_path: Path) -> None:
        with streamed(SHORT, loop=True) as stream, recorder(tmp_path, POSE, "--camera", stream.url, *ME, desk=desk) as marking:
            marking.press("space")
            time.sleep(6)
            marking.press("c")
            time.sleep(1.5)
            desk.click_cross(marking.window)
            assert marking.ended() == 0
            assert "this goes on with them" in marking.said
        film = tmp_path / "clips" / f"{POSE}_p12_1.mp4"
        assert length_of(film) > 0.9
        assert draft_of(film).exists()

    def test_interrupted_while_filming_the_film_is_whole(self, desk: Desktop, tmp_path: Path) -> None:
        with (
            streamed(SHORT, loop=True) as stream,
            recorder(tmp_path, POSE, "--camera", stream.url, *ME, desk=desk) as marking,
        ):
            marking.press("space")
            time.sleep(6)
            marking.press("c")
            time.sleep(1.4)
            assert marking.ended(signal.SIGINT) == 130
        film = tmp_path / "clips" / f"{POSE}_p12_1.mp4"
        with recorder(tmp_path, POSE, film, desk=desk) as marking:
            marking.press("s", "q")
            assert marking.ended() == 0
        (only,) = find_clips([film.parent], SPECS, length_of=length_of)[0].labels.intervals
        assert only.label == CORRECT
        assert only.end_s - only.start_s == pytest.approx(1.4, abs=0.7)

    def test_killed_while_filming_the_film_is_offered_and_made_whole(self, desk: Desktop, tmp_path: Path) -> None:
        film = tmp_path / "clips" / f"{POSE}_p12_1.mp4"
        with (
            streamed(SHORT, loop=True) as stream,
            recorder(tmp_path, POSE, "--camera", stream.url, *ME, desk=desk) as marking,
        ):
            marking.press("space")
            time.sleep(6)
            marking.press("c")
            time.sleep(2.4)
            marking.process.kill()
            marking.process.wait(20)
        assert not film.exists()
        (only,) = tomllib.loads(draft_of(film).read_text())["intervals"]
        assert only["label"] == CORRECT
        assert only["end_s"] - only["start_s"] > 0.9, "a second at most is lost"
        assert cut_off_films(film.parent, POSE) == [film]
        assert new_clip(film.parent, POSE, "p12") != film
        assert length_of(unfinished_path(film)) > 1
        finish_film(film)
        assert length_of(film) > 1
        assert {path.name for path in film.parent.iterdir()} == {film.name, draft_of(film).name}
        assert unfinished_videos(film.parent, POSE) == [film], "the next start goes on with it, and with the marks"

    def test_nothing_filmed_nothing_written(self, desk: Desktop, tmp_path: Path) -> None:
        with streamed(SHORT, loop=True) as stream, recorder(tmp_path, POSE, "--camera", stream.url, *ME, desk=desk) as marking:
            marking.press("space", "q")
            assert marking.ended() == 0
        assert list((tmp_path / "clips").iterdir()) == []

    def test_a_film_that_is_thrown_away_is_gone(self, desk: Desktop, tmp_path: Path) -> None:
        with (
            streamed(SHORT, loop=True) as stream,
            recorder(tmp_path, POSE, "--camera", stream.url, *ME, "--out", "mine", desk=desk) as marking,
        ):
            marking.press("space")
            time.sleep(6)
            marking.press("space")
            marking.wait_for((tmp_path / "mine" / f"{POSE}_p12_1.toml.draft").exists)
            time.sleep(0.5)
            marking.press("q", "d")
            assert marking.ended() == 0
        assert list((tmp_path / "mine").iterdir()) == []
