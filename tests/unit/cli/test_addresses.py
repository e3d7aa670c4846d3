"""Addresses of cameras have passwords in them: no message, file or process has them."""

import io
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck import cli
from formcheck.cli import addresses
from formcheck.cli.addresses import check_words, given_camera, lines_without_text
from formcheck.core.errors import FormcheckError, SourceError
from formcheck.vision.camera.address import LocalCamera, NetworkStream, is_address, parse_camera, shown_address
from formcheck.vision.camera.camera import open_backend
from tests.support.clips import REPO
from tests.support.laws import law

PARTS = "Zq7x", "Wk3y", "9Xvz"
"""What no message has by itself; a password begins, goes on and ends with them, so that none leaks in part."""

passwords = st.tuples(st.text(max_size=8), st.text(max_size=8)).map(
    lambda between: f"{PARTS[0]}{between[0]}{PARTS[1]}{between[1]}{PARTS[2]}"
)
hard = st.text("#/?@:%&=;[]\\ \t\n'\"!$…é", max_size=6)
hard_passwords = st.tuples(hard, hard).map(lambda between: f"{PARTS[0]}{between[0]}{PARTS[1]}{between[1]}{PARTS[2]}")

WITH_LOGIN = (
    "{scheme}://me:{password}@192.168.1.20:554/h264",
    "{scheme}://{password}@phone/video",
    "{scheme}://me:{password}@[fe80::1]:8080/",
    "me:{password}@192.168.1.20/video.mp4",
    "me:{password}@phone",
    "{password}@phone",
    "{password}@192.168.1.20:554/h264",
    "{password}@[fe80::1]:8080",
    "{password}@phone/clip.mp4",
    ":{password}@phone",
    "{password}:@phone",
    "{password}@",
    "{password}%40phone",
    "me:{password}%40phone/video",
)
WITH_KEY = (
    "{scheme}://phone:8080/video?user=me&pwd={password}",
    "{scheme}://phone/video.cgi?password={password}&x=1",
    "{scheme}://phone/?token={password}",
    "{scheme}://phone/h264/user=me_password={password}_channel=1.sdp",
    "{scheme}://phone/key={password}",
    "phone/snap.jpg?usr=me&pwd={password}",
    "192.168.1.20:80/?auth={password}",
)
SHAPES = st.sampled_from([*WITH_LOGIN, *WITH_KEY, "{scheme}://phone/?token={password}#now"])
schemes = st.sampled_from(["http", "https", "rtsp", "HTTP", "ftp", "rtsps", "rtmp", "nothing"])


def leaks(text: str) -> list[str]:
    return [part for part in PARTS if part.casefold() in text.casefold()]


def message_of(do: Callable[[], object]) -> str:
    try:
        return str(do())
    except FormcheckError as error:
        return "".join(traceback.format_exception(error))


class TestShown:
    @law
    @given(SHAPES, schemes, passwords | hard_passwords)
    def test_no_message_has_a_password(self, shape: str, scheme: str, password: str) -> None:
        text = shape.format(scheme=scheme, password=password)
        assert leaks(shown_address(text)) == []
        assert leaks(message_of(lambda: parse_camera(text))) == []
        assert leaks(message_of(lambda: check_words(["score", text]))) == []

    @law
    @given(st.sampled_from([*WITH_LOGIN, *WITH_KEY]), passwords | hard_passwords)
    def test_nor_where_it_is_written_as_it_should_be(self, shape: str, password: str) -> None:
        text = shape.format(scheme="http", password=quote(password, safe=""))
        assert leaks(shown_address(text)) == []
        if "://" in shape:
            stream = parse_camera(text)
            assert isinstance(stream, NetworkStream)
            assert leaks(f"{stream} {stream!r} {[stream]}") == []

    @pytest.mark.parametrize("sign", "#/?\\ ")
    @pytest.mark.parametrize("shape", [*WITH_LOGIN[:3], *WITH_KEY[:2]])
    def test_how_to_write_a_password_is_told_where_it_has_signs_that_mean_something_else(self, shape: str, sign: str) -> None:
        text = shape.format(scheme="http", password=f"secret{sign}more")
        if sign in "/?\\" and shape in WITH_KEY:
            return  # mean nothing else there
        with pytest.raises(SourceError, match="write %23 for #"):
            parse_camera(text)
        written = shape.format(scheme="http", password=quote(f"secret{sign}more", safe=""))
        assert parse_camera(written) == NetworkStream(url=written)

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("http://me:secret@phone:8080/video", "http://phone:8080/video"),
            ("rtsp://192.168.1.20:554/cam/realmonitor", "rtsp://192.168.1.20:554/cam/realmonitor"),
            ("RTSP://me:a%23b@[fe80::1]:554/h264", "RTSP://[fe80::1]:554/h264"),
            ("http://phone/video?user=me&pwd=x", "http://phone/video?…"),
            ("http://phone/user=me/video", "http://phone/…"),
            ("http://me:a/b@phone/video", "http://…"),
            ("http://me:a#b@phone/video", "http://…"),
            ("me:secret@phone/video", "phone/video"),
            ("secret@phone", "phone"),
            ("secret:@phone", "phone"),
            (":secret@phone:80", "phone:80"),
            ("@phone", "phone"),
            ("secret%40phone", "…"),
            ("http://Küche.local/video", "http://Küche.local/video"),
        ],
    )
    def test_what_is_shown(self, text: str, shown: str) -> None:
        assert shown_address(text) == shown

    @pytest.mark.parametrize(
        "path",
        [
            *("clip.mp4", "C:\\clips\\a.mp4", "C:/clips/a.mp4", "a/b.mov", "what?.mp4", "you@home.mp4", "-", ""),
            *("100%.mp4", "my@home.toml", "a/you@home.mp4", "scores@home.jsonl", "kneeling_hip_flexor", "--mirror"),
        ],
    )
    def test_files_are_no_addresses(self, path: str) -> None:
        assert not is_address(path)


class TestWords:
    @pytest.mark.parametrize(
        "words",
        [
            ["score", "{}"],
            ["score", "a.mp4", "--json", "{}"],
            ["score", "--pose={}", "a.mp4"],
            ["live", "{}"],
            ["live", "--camra", "{}"],
            ["calibrate", "--video", "{}"],
            ["record", "kneeling_hip_flexor", "{}"],
            ["tune", "{}"],
            ["new", "mine", "{}"],
            ["doctor", "{}"],
            ["{}"],
            ["poses", "check", "--", "{}"],
        ],
        ids=" ".join,
    )
    @pytest.mark.parametrize(
        "address",
        [
            *("http://me:Zq7x#Wk3y@phone/v", "me:Zq7x@phone/clip.mp4", "phone/s.jpg?user=me&pwd=Zq7x", "http:/me:Zq7x@phone"),
            *("Zq7x@phone", ":Zq7x@phone", "Zq7x:@phone", "Zq7x@phone/clip.mp4", "Zq7x%40phone"),
        ],
    )
    def test_an_address_given_for_something_else_is_told_and_not_shown(
        self, words: list[str], address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "argv", ["formcheck", *(word.format(address) for word in words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        shown = "".join(capsys.readouterr())
        assert left.value.code == 1
        assert "is the address of a camera" in shown
        assert leaks(shown) == []

    def test_what_may_be_one_is_let_through(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "me:x@home.mp4").touch()
        (tmp_path / "you@home").mkdir()
        check_words(
            ["score", "me:x@home.mp4", "--scheduler", "tcp://host:8786", "clip.mp4", "you@home", "you@home/not_there.mp4"]
        )
        check_words(["live", "--camera", "http://me:x@phone/", "--camera=rtsp://me:x@phone"])


class TestGiven:
    @pytest.fixture(autouse=True)
    def _hooks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "excepthook", sys.excepthook)
        monkeypatch.setattr(threading, "excepthook", threading.excepthook)
        monkeypatch.delenv(addresses.VARIABLE, raising=False)

    def test_by_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("http://me:x@phone/video\nmore"))
        assert given_camera("-") == NetworkStream(url="http://me:x@phone/video")
        for nothing in ("", "\n"):
            monkeypatch.setattr(sys, "stdin", io.StringIO(nothing))
            with pytest.raises(FormcheckError, match="reads the address of the camera from standard input"):
                given_camera("-")

    def test_by_the_variable_which_no_other_process_gets(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(addresses.VARIABLE, "rtsp://me:x@phone/video")
        assert given_camera(None) == NetworkStream(url="rtsp://me:x@phone/video")
        assert addresses.VARIABLE not in os.environ
        monkeypatch.setenv(addresses.VARIABLE, "me:x@phone/video")
        with pytest.raises(
            SourceError, match=r"^phone/video: looks like the address of a stream.* It comes from FORMCHECK_CAMERA\.$"
        ):
            given_camera(None)
        with pytest.raises(SourceError) as told:
            given_camera("me:x@phone/video")
        assert addresses.VARIABLE not in str(told.value)
        monkeypatch.setenv(addresses.VARIABLE, "rtsp://me:x@phone/video")
        assert given_camera("3") == LocalCamera(where=3), "what is written on the command line goes first"
        assert addresses.VARIABLE not in os.environ

    @law
    @given(hard_passwords)
    def test_an_error_that_nobody_has_foreseen_says_where_and_not_what(self, password: str) -> None:
        try:
            try:
                raise ValueError(password)
            except ValueError:
                raise RuntimeError(f"http://me:{password}@phone") from None
        except RuntimeError as error:
            text = "".join(lines_without_text(error))
        assert leaks(text) == []
        assert "RuntimeError" in text
        assert "test_addresses.py" in text

    def test_it_is_so_in_every_thread(self, capsys: pytest.CaptureFixture[str]) -> None:
        given_camera("http://me:x@phone/")

        def fail() -> None:
            raise ValueError(PARTS[0])

        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        shown = capsys.readouterr().err
        assert "ValueError" in shown
        assert leaks(shown) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://me:Zq7xWk3y9Xvz@127.0.0.1:9/video",
        "rtsp://me:Zq7xWk3y9Xvz@127.0.0.1:9/video?token=Zq7xWk3y9Xvz",
        "rtsp://me:Zq7xWk3y9Xvz@127.0.0.1:9/user=me&password=Zq7xWk3y9Xvz",
        "https://me:Zq7xWk3y9Xvz@127.0.0.1:9/",
    ],
)
def test_no_library_prints_it(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError) as caught:
        open_backend(parse_camera(address))
    assert leaks("".join(capfd.readouterr()) + str(caught.value)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of processes")
@pytest.mark.parametrize("how", ["input", "variable", "word"])
def test_no_process_shows_it(how: str, tmp_path: Path) -> None:
    """Of those that run while the camera is waited for, none has it in its words, and no child in its variables.

    Given as a word, it is written over before the camera is asked.
    """
    import socket

    with socket.create_server(("127.0.0.1", 0)) as mute:  # answers nothing, so that there is time to look
        address = f"http://me:{''.join(PARTS)}@127.0.0.1:{mute.getsockname()[1]}/video"
        env = {**os.environ, "FORMCHECK_DATA": str(tmp_path), **({addresses.VARIABLE: address} if how == "variable" else {})}
        words = ["doctor", *{"input": ["--camera", "-"], "variable": [], "word": ["--camera", address]}[how]]
        with subprocess.Popen(
            [sys.executable, "-m", "formcheck", *words],
            cwd=REPO,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{address}\n" if how == "input" else "")
            process.stdin.close()
            mute.settimeout(60)
            connection, _ = mute.accept()
            family = [process.pid, *children(process.pid)]
            words_of = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in family}
            variables_of = {pid: Path(f"/proc/{pid}/environ").read_bytes() for pid in family[1:]}
            connection.close()
            process.kill()
            said = process.stdout.read()
    assert len(family) > 1
    assert leaks(repr(words_of) + repr(variables_of) + said) == []


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for task in tasks for child in task.read_text().split()]
    return [*found, *(grandchild for child in found for grandchild in children(child))]
