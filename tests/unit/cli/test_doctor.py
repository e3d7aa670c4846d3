"""`formcheck doctor` as people meet it, and the looks it takes."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from formcheck.cli.commands.doctor import CheckState, DoctorCheck, watch_camera
from formcheck.core.errors import FormcheckError, MissingPartError, SourceError
from formcheck.system.display import display_missing
from formcheck.system.processes import give_way, run_isolated
from formcheck.vision.camera import camera
from formcheck.vision.camera.address import parse_camera
from formcheck.vision.camera.backend import CapturedFrame, clock
from formcheck.vision.engines.mediapipe.models import MODELS
from tests.support.clips import REPO, colours, write_clip
from tests.support.streamed import streamed

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks for an X display, as on Linux alone")

SCREEN = ("xvfb-run", "-a", "-n", str(200 + os.getpid() % 1000))
"""From a number of its own on: two that look for a free one at the same time take the same."""


def doctor(*words: str | Path, start: tuple[str, ...] = (), env: dict[str, str | None]) -> tuple[int, dict[str, str], str]:
    """Run it; return the exit code, the state of every part, and all that was said."""
    given = {**os.environ, "COLUMNS": "300", **env}
    run = subprocess.run(
        [*start, sys.executable, "-m", "formcheck", "doctor", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPO,
        timeout=120,
        env={name: value for name, value in given.items() if value is not None},
    )
    assert run.stderr == ""
    lines = [line.split(maxsplit=2) for line in run.stdout.splitlines()]
    names = ("camera", "pose model", "window", "sound", "speech", "data folder", "disk")
    states = {name: line[1] for line in lines for name in names if line[0] in "✓✗–" and line[2].startswith(name + " ")}
    assert set(states) == set(names), run.stdout
    return run.returncode, states, run.stdout


NO_DISPLAY: dict[str, str | None] = {"DISPLAY": None, "WAYLAND_DISPLAY": None}


class TestDoctor:
    @linux_only
    def test_a_machine_with_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "file"
        file.write_text("no folder")
        bare = {**NO_DISPLAY, "PATH": str(tmp_path), "XDG_DATA_HOME": str(file)}
        code, states, said = doctor("--model", tmp_path / "none.task", env=bare)
        assert code == 1
        assert states["pose model"] == states["window"] == "missing"
        assert states["speech"] == states["data folder"] == "optional"
        assert "there is no file" in said
        assert "DISPLAY is not set" in said
        assert re.search(r"\nNot ready: (camera, )?pose model and window\.\n", said)
        for line in said.splitlines():
            assert line[0] in "✓✗– N", "a sign and a word on every line"

    @linux_only
    def test_sound_that_is_set_up_wrongly(self, tmp_path: Path) -> None:
        """An empty configuration makes the sound library abort."""
        file = tmp_path / "asound.conf"
        file.write_text("\n")
        _, states, said = doctor("--model", tmp_path / "none.task", env={**NO_DISPLAY, "ALSA_CONFIG_PATH": str(file)})
        assert states["sound"] == "optional"
        assert said.endswith("pose model and window.\n")

    @linux_only
    def test_a_model_that_was_never_fetched(self, tmp_path: Path) -> None:
        env = {**NO_DISPLAY, "XDG_CACHE_HOME": str(tmp_path), "FORMCHECK_MODEL": None}
        code, states, said = doctor("--camera", "clip.mp4", env=env)
        assert code == 1
        assert states["pose model"] == states["camera"] == "missing"
        assert "is a recorded clip" in said
        assert "→ Run: formcheck model" in said
        assert list(tmp_path.iterdir()) == []

    @linux_only
    def test_the_words_of_a_fix_arrive_whole(self, tmp_path: Path) -> None:
        """Square brackets mean a style to the library that prints tables."""
        packages = tmp_path / "packages"
        (packages / "pyttsx3").mkdir(parents=True)
        (packages / "pyttsx3" / "__init__.py").write_text("raise ImportError('hidden')")
        path = os.pathsep.join(filter(None, (str(packages), str(REPO))))
        _, states, said = doctor("--model", tmp_path / "none.task", env={**NO_DISPLAY, "PYTHONPATH": path})
        assert states["speech"] == "optional"
        assert 'pip install ".[voice]"' in said

    @linux_only
    @pytest.mark.heavy
    def test_a_machine_that_has_what_is_needed(self, model: Path) -> None:
        if shutil.which("xvfb-run") is None:
            pytest.skip("xvfb is not installed: no screen to open a window on")
        code, states, said = doctor("--model", model, start=SCREEN, env={"WAYLAND_DISPLAY": None, "QT_QPA_PLATFORM": None})
        assert states["pose model"] == states["window"] == "ok"
        seen = states["camera"] == "ok"  # whether there is one is the machine's affair
        assert said.endswith("\nReady.\n" if seen else "\nNot ready: camera.\n")
        assert code == (0 if seen else 1)
        assert seen or "--camera http://" in said

    @linux_only
    @pytest.mark.heavy
    def test_a_model_that_the_limits_are_not_set_for(self, model: Path, tmp_path: Path) -> None:
        lite = tmp_path / MODELS["lite"].path.name
        lite.symlink_to(model)
        _, states, said = doctor("--model", lite, env=NO_DISPLAY)
        assert states["pose model"] == "ok"
        assert said.count(MODELS["lite"].caution) == 1

    @linux_only
    @pytest.mark.heavy
    def test_a_file_that_only_looks_like_a_model(self, model: Path, tmp_path: Path) -> None:
        bad = tmp_path / "bad.task"
        content = bytearray(model.read_bytes())
        content[len(content) // 4 : len(content) // 4 + 4_000_000] = bytes(4_000_000)
        bad.write_bytes(content)
        code, states, _ = doctor("--model", bad, env=NO_DISPLAY)
        assert code == 1
        assert states["pose model"] == "missing"


def watched(text: str) -> str:
    return run_isolated(watch_camera, parse_camera(text), within_s=60)


class TestCamera:
    def test_one_that_is_there_is_opened_and_measured(self, tmp_path: Path) -> None:
        frames = ((image, i / 20) for i, image in enumerate(colours(100, (48, 64))))
        with streamed(write_clip(tmp_path / "clip.mp4", frames, fps=20), loop=True) as stream:
            found = re.fullmatch(r"(\S+): 64 x 48 pixels, (\d+) pictures a second", watch_camera(parse_camera(stream.url)))
        assert found
        assert found[1] == stream.url
        assert 10 <= int(found[2]) <= 30

    def test_one_that_stands_still_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        picture = np.full((48, 64, 3), 120, np.uint8)
        picture[:24] += np.uint8(60)

        class Frozen:
            def next(self) -> CapturedFrame:
                time.sleep(0.03)
                return CapturedFrame(clock(), picture.copy)

            def close(self) -> None:
                pass

        monkeypatch.setattr(camera, "open_backend", lambda _: Frozen())
        with pytest.raises(SourceError, match="camera 0: sends the same picture again and again"):
            watch_camera(parse_camera("0"))

    @pytest.mark.parametrize(
        ("address", "told"),
        [
            ("http://127.0.0.1:9/video", "nothing answers there"),
            ("clip.mp4", "is a recorded clip"),
            ("99", "cannot be opened|no such"),
        ],
    )
    def test_one_that_is_not_there_is_told_as_live_would(self, address: str, told: str) -> None:
        check = DoctorCheck(name="camera", needed=True, look=lambda: watched(address)).check()
        assert check.state is CheckState.MISSING
        assert re.search(told, check.found)


class TestPart:
    def test_what_is_needed_is_missing_and_what_is_not_is_optional(self) -> None:
        def look() -> str:
            raise MissingPartError("It is not there.", "Put it there.")

        for needed, state in ((True, CheckState.MISSING), (False, CheckState.OPTIONAL)):
            check = DoctorCheck(name="thing", look=look, needed=needed).check()
            assert (check.state, check.found, check.fix) == (state, "It is not there.", "Put it there.")

    def test_any_error_for_the_person_counts(self) -> None:
        def look() -> str:
            raise FormcheckError("Out of order.")

        assert DoctorCheck(name="thing", look=look, needed=True).check().found == "Out of order."


def answers(word: str) -> str:
    return f"{word} and {word}"


def refuses() -> str:
    raise MissingPartError("It is not there.", "Put it there.")


def breaks() -> str:
    raise RuntimeError("first line\nsecond line")


def niceness() -> str:
    return str(os.nice(0))


def sleeps() -> str:
    time.sleep(600)
    return ""


class TestApart:
    def test_answer(self) -> None:
        assert run_isolated(answers, "two", within_s=60) == "two and two"

    def test_errors_come_back_as_they_are(self) -> None:
        with pytest.raises(MissingPartError) as caught:
            run_isolated(refuses, within_s=60)
        assert caught.value.fix == "Put it there."
        with pytest.raises(FormcheckError, match=r"RuntimeError: first line$"):
            run_isolated(breaks, within_s=60)

    def test_an_abort_is_an_answer(self) -> None:
        with pytest.raises(FormcheckError, match="crashed"):
            run_isolated(os.abort, within_s=60)

    @pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no niceness here")
    def test_it_gives_way_to_others_where_it_is_asked_to(self) -> None:
        assert int(run_isolated(niceness, within_s=60, prepare=give_way)) == min(19, os.nice(0) + 10)

    def test_a_hang_ends(self) -> None:
        with pytest.raises(FormcheckError, match="no answer within 1 s"):
            run_isolated(sleeps, within_s=1)


@linux_only
class TestDisplay:
    @pytest.fixture(autouse=True)
    def _bare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            monkeypatch.delenv(name, raising=False)

    def test_none(self) -> None:
        assert "DISPLAY is not set" in (display_missing() or "")

    def test_wayland_without_x(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        assert "xwayland" in (display_missing() or "")

    @pytest.mark.parametrize("display", [":87", "unix:87", "localhost:87.0", "nonsense"])
    def test_nobody_there(self, display: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", display)
        begin_s = time.perf_counter()
        assert f"{display} does not answer" in (display_missing() or "")
        assert time.perf_counter() - begin_s < 1.0

    def test_a_platform_that_opencv_has_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISPLAY", ":87")
        monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
        assert "QT_QPA_PLATFORM=xcb" in (display_missing() or "")
        monkeypatch.setenv("QT_QPA_PLATFORM", "wayland;xcb")
        assert ":87" in (display_missing() or "")

    @pytest.mark.heavy
    def test_what_it_says_is_what_opencv_does(self) -> None:
        """With a display and the right to use it both are content; without the right OpenCV would end the process."""
        if shutil.which("xvfb-run") is None:
            pytest.skip("xvfb is not installed: no screen to open a window on")
        code = (
            "from formcheck.system.processes import run_isolated\n"
            "from formcheck.system.display import display_missing, open_window\n"
            "try:\n    opens = run_isolated(open_window, within_s=60)\nexcept Exception as error:\n    opens = str(error)\n"
            "print(display_missing(), '|', opens)\n"
        )
        shown = [*SCREEN, "env", f"PYTHONPATH={REPO}"]
        allowed = subprocess.run([*shown, sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert allowed.stdout == "None | a window opens\n"
        refused = [*shown, "XAUTHORITY=/dev/null", sys.executable, "-c", code]
        run = subprocess.run(refused, capture_output=True, text=True, check=True)
        assert "does not answer or refuses" in run.stdout
        assert "crashed" in run.stdout
