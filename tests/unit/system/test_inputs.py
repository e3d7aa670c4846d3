"""What stands in the place of a file and is none is told at once, and never waited for."""

import errno
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.core.errors import FormcheckError, LabelError, PoseFileError, SourceError
from formcheck.pipeline.outputs.landmark_table import read_landmarks
from formcheck.stretches.files import find_stretch, has_key
from formcheck.system.files import atomic_file, digest
from formcheck.system.inputs import check_content, real_path, refuse_special, why_unreadable
from formcheck.system.native.media_libs import av
from formcheck.tuning.labels import find_clips
from formcheck.vision.video import open_clip
from formcheck.vision.video.kinds import kind_of


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def _socket(folder: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "socket"))
    return folder / "socket"


SPECIAL: dict[str, Callable[[Path], Path]] = {"pipe": _pipe, "socket": _socket, "device": lambda _: Path("/dev/zero")}

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")


@pytest.mark.parametrize("kind", SPECIAL)
def test_it_is_refused_with_a_sentence(kind: str, tmp_path: Path) -> None:
    path = SPECIAL[kind](tmp_path)
    with pytest.raises(SourceError, match=f"is a {kind}, not a file. Give one video or photo.") as caught:
        open_clip(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert kind_of(path) is None
    with pytest.raises(OSError, match=f"it is a {kind}, not a file"):
        refuse_special(path)
    with pytest.raises(OSError, match=kind):
        digest(path)


@pytest.mark.parametrize(
    ("ending", "read", "error"),
    [
        (".csv", read_landmarks, SourceError),
        (".toml", lambda path: find_stretch(str(path)), PoseFileError),
        (".toml", lambda path: find_clips([path], {}), LabelError),
    ],
)
def test_files_of_text_are_not_waited_for(
    ending: str, read: Callable[[Path], object], error: type[FormcheckError], tmp_path: Path
) -> None:
    path = _pipe(tmp_path).rename(tmp_path / f"pipe{ending}")
    with pytest.raises(error, match="it is a pipe, not a file"):
        read(path)
    assert not has_key(path, "intervals")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: None, "there is no such file"),
        (Path.mkdir, "is a folder. Give it."),
        (Path.touch, "the file is empty"),
        (lambda path: path.symlink_to(path.name), "cannot be read"),
    ],
)
def test_what_else_is_no_file_to_read_is_told(make: Callable[[Path], object], told: str, tmp_path: Path) -> None:
    path = tmp_path / "it"
    make(path)
    with pytest.raises(SourceError, match=told):
        check_content(path, "Give it.", error=SourceError)


def test_a_name_with_a_zero_byte_is_told() -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        check_content(Path("a\0b"), "Give it.", error=SourceError)


def test_a_link_to_itself_has_a_path(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    assert real_path(loop).name == "loop"
    with pytest.raises(FormcheckError), atomic_file(loop / "out.json"):
        pass


_KINDS = [kind for kind in vars(av.error).values() if isinstance(kind, type) and issubclass(kind, av.error.FFmpegError)]


@pytest.mark.parametrize("kind", _KINDS)
def test_why_a_library_could_not_read_a_file_is_told_in_plain_words(kind: type[Exception]) -> None:
    told = why_unreadable(kind(errno.EACCES, "Invalid data found when processing input", "x.mp4"))
    assert told in (
        "Permission denied",
        "there is not enough memory",
        "it ends too early",
        "its format is none that can be read here",
        "its content is not understood",
    )
    assert (told == "Permission denied") is issubclass(kind, OSError)


@pytest.mark.parametrize(
    "content", [b"no film" * 100, b"\x00\x00\x00\x18ftypisom" + bytes(500), b"RIFF\x00\x10\x00\x00AVI " + bytes(500)]
)
def test_a_film_that_cannot_be_opened_is_told_in_plain_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught, open_clip(path):
        pass
    assert str(caught.value) == (
        f"{path}: is not a video that can be read, or its beginning or end is missing (its content is not understood)."
    )
