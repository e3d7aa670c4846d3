"""`formcheck sit` as people run it: words that don't fit, a rendered desk, a camera, the end by request."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from formcheck.people.history.database import Store
from tests.support.clips import REPO
from tests.support.desk import SEATED, STANDING, DeskDay, draw, film
from tests.support.media import noisy_pictures, record
from tests.support.refused import refused
from tests.support.streamed import streamed
from tests.unit.rendering.opengl import needs_opengl


def formcheck(*words: str | Path, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "formcheck", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPO,
        timeout=300,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "FORMCHECK_DATA": str(folder / "data"), **env},
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--every", "0.2"), "--every 0.2: give seconds from 1 to 60"),
        (("--for", "soon"), "--for 'soon': is no length of time. Give it as 8h, 90m or 30s."),
        (("--for", "0h"), "is no length of time"),
        (("--video", "desk.mp4", "--camera", "0"), "--video counts in a film and --camera before a camera: give one of them."),
        (("--for", "1,500s"), "is no length of time"),
        (("--video", "desk.mp4", "--for", "8h"), "Leave --for out."),
        (("--video", "desk.mp4", "--for", "1,5h"), "Leave --for out."),
        (("--speed", "60"), "--speed is of a film: give it with --video CLIP."),
        (("--video", "nowhere.mp4"), "nowhere.mp4"),
        (("--video", "desk.mp4", "--json", "no/such/folder/day.json"), "no/such/folder"),
    ],
)
def test_words_that_do_not_fit_are_told_in_one_sentence(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, "sit", "--verbose", *words)
    assert said in told
    assert told.count("\n") == 1


def test_the_clip_is_never_written_over(tmp_path: Path) -> None:
    clip = record(tmp_path / "desk.mp4", noisy_pictures(10))
    before = clip.read_bytes()
    done = formcheck("sit", "--video", clip, "--json", clip, folder=tmp_path)
    assert (done.returncode, clip.read_bytes()) == (1, before)


@pytest.mark.heavy
@needs_opengl
class TestAtADesk:
    DAY = DeskDay(
        changes=[
            (0.0, SEATED[0]),
            (400.0, SEATED[1]),
            (900.0, STANDING),
            (1080.0, SEATED[3]),
            (1500.0, SEATED[4]),
            (1800.0, SEATED[2]),
        ],
        end_s=2400.0,
    )

    def test_a_film_of_a_desk_is_counted_within_a_minute_an_hour(self, tmp_path: Path, model: Path) -> None:
        clip, out = film(tmp_path / "desk.mp4", self.DAY, draw("p5")), tmp_path / "day.json"
        done = formcheck("sit", "--video", clip, "--json", out, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        told = json.loads(out.read_text())
        assert told["sat_s"] == pytest.approx(self.DAY.sat_s, abs=40)
        assert told["standing_s"] == pytest.approx(180, abs=15)
        assert [(one["start_s"], one["end_s"]) for one in told["breaks"]] == [pytest.approx((900, 1080), abs=10)]
        assert [one["time_s"] for one in told["shifts"]] == pytest.approx(self.DAY.shifts, abs=10)
        assert told["prompts"] == []
        assert "Posture" not in done.stdout
        assert "Breaks" in done.stdout
        assert not (tmp_path / "data" / "history.db").exists()  # a film is no day of the person

    def test_a_camera_is_looked_at_now_and_then_and_the_day_is_kept(self, tmp_path: Path, model: Path) -> None:
        still = DeskDay(changes=[(0.0, SEATED[0])], end_s=10.0)
        clip = film(tmp_path / "desk.mp4", still, draw(), every_s=0.5, noise=3.0)
        out, words = tmp_path / "day.json", [sys.executable, "-m", "formcheck", "sit", "--every", "1", "--mute", "--no-window"]
        with streamed(clip, loop=True) as stream, (tmp_path / "err.txt").open("w") as err:
            process = subprocess.Popen(
                [*words, "--camera", stream.url, "--json", str(out)],
                cwd=REPO,
                env={**os.environ, "FORMCHECK_DATA": str(tmp_path / "data")},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=err,
                text=True,
            )
            deadline_s = time.monotonic() + 60
            while time.monotonic() < deadline_s and "light comes on" not in (tmp_path / "err.txt").read_text():
                time.sleep(0.2)
            time.sleep(8)
            process.send_signal(signal.SIGINT)
            told, _ = process.communicate(timeout=60)
        assert process.returncode == 130, (tmp_path / "err.txt").read_text()
        assert "Seated" in told
        day = json.loads(out.read_text())
        assert day["sat_s"] >= 4
        assert day["away_s"] == 0
        assert (day["clip"], day["camera"]) == (None, stream.url)
        with Store(tmp_path / "data" / "history.db") as store:
            (entry,) = store.recent()
        assert entry.sitting is not None
        listed = formcheck("history", folder=tmp_path).stdout
        assert "Sitting" in listed
        assert "min sat, breaks: 0" in listed
        assert "Longest without a break" in formcheck("history", "show", entry.id, folder=tmp_path).stdout
        kept = {path.name for path in (tmp_path / "data").iterdir()}
        assert kept <= {"history.db", "history.db-wal", "history.db-shm"}
