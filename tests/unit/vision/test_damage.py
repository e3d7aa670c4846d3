"""Damage is told where it is, and only there, and what is left of the video is read."""

import re
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.errors import SourceError
from formcheck.system.native.media_libs import av
from formcheck.vision.video import check_whole
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.random_access import SeekableVideo
from formcheck.vision.video.sparse_reader import SparseReader
from tests.support.media import CODECS, cut, flipped, noisy_pictures, record

COUNT = 90
STATE_NO_LENGTH = (".ts", ".m2ts", ".mpg", ".ogv", ".wmv")
each_ending = pytest.mark.parametrize("ending", list(CODECS))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A recording of three seconds, by its ending."""
    folder = tmp_path_factory.mktemp("whole")
    return {
        ending: record(folder / f"a{ending}", noisy_pictures(COUNT), reordered=ending not in (".ts", ".m2ts"))
        for ending in CODECS
    }


def read(path: Path) -> tuple[int, str | None]:
    """How many pictures there are, and what is damaged: read whole."""
    with VideoFile(path) as video:
        return sum(1 for _ in video.frames()), video.damaged


def read_sparsely(path: Path) -> tuple[int, str | None]:
    """The same, read in two parts."""
    with VideoFile(path) as video, SparseReader(path, clock=video.clock) as reader:
        times, found_s = list[float](), list[float]()
        for begin_s, end_s in ((0.0, 1.0), (1.0, None)):
            times += [frame.time_s for frame in reader.sparse_frames(begin_s, end_s)]
            found_s += [reader.damaged_s] if reader.damaged_s is not None else []
        video.was_read(times[-1], min(found_s, default=None))
        return len(times), video.damaged


both = pytest.mark.parametrize("how", [read, read_sparsely])


@both
@each_ending
def test_of_a_whole_video_no_damage_is_told(how, ending: str, whole: dict[str, Path]) -> None:  # type: ignore[no-untyped-def]
    assert how(whole[ending]) == (COUNT, None)


@both
@pytest.mark.parametrize("share", [0.41, 0.77])
@each_ending
def test_a_video_that_is_cut_short_is_told_and_read_to_there(  # type: ignore[no-untyped-def]
    how, share: float, ending: str, whole: dict[str, Path], tmp_path: Path
) -> None:
    path = cut(whole[ending], tmp_path / f"cut{ending}", share)
    count, damaged = how(path)
    assert count == pytest.approx(share * COUNT, abs=12)
    assert damaged is not None
    assert "breaks off at" in damaged
    assert (re.search(r" of 3\.[01] s: ", damaged) is not None) is (ending not in STATE_NO_LENGTH)


@pytest.mark.parametrize("ending", [ending for ending in CODECS if ending not in (".mp4", ".avi")])
def test_wherever_the_last_half_second_is_cut_it_is_told(ending: str, whole: dict[str, Path], tmp_path: Path) -> None:
    """These have marks, numbers and lengths that tell it. Only between two packets a file may look whole."""
    content, path = whole[ending].read_bytes(), tmp_path / f"cut{ending}"
    places = np.random.default_rng(4).integers(len(content) * 9 // 10, len(content) - 1, 12)
    told = 0
    for place in places.tolist():
        path.write_bytes(content[:place])
        with VideoFile(path) as video:
            told += video.index.cut_short
    assert told >= len(places) - 1


@pytest.mark.parametrize("behind", [b"", bytes(500)])
@pytest.mark.parametrize("ending", [".mpg", ".ts"])
def test_padding_at_the_end_is_no_damage(ending: str, behind: bytes, whole: dict[str, Path], tmp_path: Path) -> None:
    """As recorders leave it, which write whole blocks."""
    path = tmp_path / f"padded{ending}"
    path.write_bytes(whole[ending].read_bytes() + behind)
    with VideoFile(path) as video:
        assert not video.index.cut_short


def test_a_recording_that_ends_without_a_stated_length_is_whole(tmp_path: Path) -> None:
    """Matroska that is still written, or whose recording was killed, states that it does not know its length."""
    content = record(tmp_path / "a.mkv", noisy_pictures(10)).read_bytes()
    at = content.index(b"\x18\x53\x80\x67") + 4
    path = tmp_path / "live.mkv"
    path.write_bytes(content[:at] + b"\x01" + b"\xff" * 7 + content[at + 8 :])
    with VideoFile(path) as video:
        assert not video.index.cut_short


@pytest.mark.parametrize("seed", range(2))
@each_ending
def test_bits_that_are_turned_over_end_nothing(seed: int, ending: str, whole: dict[str, Path], tmp_path: Path) -> None:
    damaged = None
    path = flipped(whole[ending], tmp_path / f"flipped{ending}", seed=seed)
    for how in (read, read_sparsely):
        count, damaged = how(path)
        assert count >= COUNT * 3 // 5
        assert damaged is not None or ending in (".webm", ".ogv", ".wmv")  # their coders decode whatever comes
    with VideoFile(path) as video:
        list(video.frames())
        if damaged is not None:
            with pytest.raises(SourceError, match=r"damaged at|breaks off at"):
                check_whole(video)
    with SeekableVideo(path) as pictures:
        assert pictures.picture(len(pictures.times_s) - 1) is not None


def test_a_video_of_which_nothing_is_left_is_refused(whole: dict[str, Path], tmp_path: Path) -> None:
    """The index stands first, and not one picture after it."""
    content = whole[".mp4"].read_bytes()
    path = tmp_path / "nothing.mp4"
    path.write_bytes(content[: content.index(b"mdat") + 4])
    with pytest.raises(SourceError, match=r"holds no frames|cannot be decoded"), VideoFile(path):
        pass


def test_empty_packets_are_pictures_like_the_one_before(tmp_path: Path) -> None:
    """As Theora has them where nothing has changed; NUT takes them of any coding."""
    source, path = record(tmp_path / "a.avi", noisy_pictures(40)), tmp_path / "empty.nut"
    with av.open(str(source)) as old, av.open(str(path), "w") as new:
        stream = new.add_stream_from_template(old.streams.video[0])
        for number, packet in enumerate(one for one in old.demux(video=0) if one.dts is not None):
            for i in range(10 if number == 15 else 0):
                empty = av.Packet(b"")
                empty.pts = empty.dts = 15 + i
                empty.time_base, empty.stream = packet.time_base, stream
                new.mux(empty)
            packet.pts = packet.dts = number + (10 if number >= 15 else 0)
            packet.stream = stream
            new.mux(packet)
    for how in (read, read_sparsely):
        assert how(path) == (50, None)
    with VideoFile(path) as video:
        frames = list(video.frames())
    assert [frame.repeats for frame in frames] == [False] * 15 + [True] * 10 + [False] * 25
    assert [frame.time_s for frame in frames] == pytest.approx([i / 30 for i in range(50)])
