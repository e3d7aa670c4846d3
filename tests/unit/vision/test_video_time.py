"""Time in real files whose stamps jump, go back or leave a gap: the same in every way of reading them."""

import gc
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import SourceError
from formcheck.system.native.media_libs import av
from formcheck.vision.video import read_in_segments
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.random_access import SeekableVideo
from formcheck.vision.video.read_options import ReadOptions
from formcheck.vision.video.sizes import HeldPictures
from formcheck.vision.video.sparse_reader import SparseReader
from tests.support.media import joined, noisy_pictures, record, restamped

STEP_S = 1 / 30
COUNT = 60


def plain(path: Path, *, reordered: bool = False) -> Path:
    return record(path, noisy_pictures(COUNT), reordered=reordered)


def joined_ts(folder: Path) -> Path:
    part = plain(folder / "part.ts", reordered=True)
    return joined(folder / "joined.ts", part, part)


def joined_far(folder: Path) -> Path:
    part = plain(folder / "part.ts")
    return joined(folder / "joined.ts", part, restamped(part, folder / "far.ts", lambda *_: 5000.0))


def joined_back(folder: Path) -> Path:
    part = plain(folder / "part.ts", reordered=True)
    return joined(folder / "joined.ts", restamped(part, folder / "far.ts", lambda *_: 5000.0), part)


def joined_mpg(folder: Path) -> Path:
    part = plain(folder / "part.mpg")
    return joined(folder / "joined.mpg", part, part)


def joined_ogv(folder: Path) -> Path:
    part = plain(folder / "part.ogv")
    return joined(folder / "joined.ogv", part, part)


def joined_far_mpg(folder: Path) -> Path:
    part = plain(folder / "part.mpg")
    return joined(folder / "joined.mpg", part, restamped(part, folder / "far.mpg", lambda *_: 60.0))


def joined_far_ogv(folder: Path) -> Path:
    part = plain(folder / "part.ogv")
    return joined(folder / "joined.ogv", part, restamped(part, folder / "far.ogv", lambda *_: 60.0))


def joined_near_ts(folder: Path) -> Path:
    part = plain(folder / "part.ts")
    return joined(folder / "joined.ts", part, restamped(part, folder / "far.ts", lambda *_: 60.0))


def stray_ts(folder: Path) -> Path:
    """One stamp that is out of line by a minute, which alone looks like a gap."""
    return restamped(plain(folder / "part.ts"), folder / "stray.ts", lambda _, i, count: 60.0 * (i == count - 1))


def runs_over(folder: Path) -> Path:
    """A counter of 33 bits at 90,000 a second that begins anew in the middle."""
    return restamped(plain(folder / "part.ts"), folder / "over.ts", lambda *_: 2**33 / 90_000 - 2.5)


def late_mp4(folder: Path) -> Path:
    return restamped(plain(folder / "a.mp4"), folder / "late.mp4", lambda _, i, count: 20 * 3600.0 * (i == count - 1))


def late_mkv(folder: Path) -> Path:
    return restamped(plain(folder / "a.mkv"), folder / "late.mkv", lambda _, i, count: 20 * 3600.0 * (i == count - 1))


MADE = [
    *[(joined_ts, 2), (joined_far, 2), (joined_back, 2), (joined_mpg, 2), (runs_over, 1), (late_mp4, 1), (late_mkv, 1)],
    *[(joined_ogv, 2), (joined_far_mpg, 2), (joined_far_ogv, 2), (joined_near_ts, 2), (stray_ts, 1)],
]


@pytest.mark.parametrize(("make", "parts"), MADE, ids=[make.__name__ for make, _ in MADE])
def test_time_runs_through_in_every_way_of_reading(make, parts: int, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)
    with VideoFile(path) as video:
        clock, expected_s = video.clock, video.info.expected_s
        whole = [frame.time_s for frame in video.frames()]
        assert video.damaged is None
        told = " ".join(video.notes)
    jump_s = (COUNT if parts > 1 else COUNT - 1) * STEP_S
    assert f"jumps or goes back at {jump_s:.1f} s:" in told or make is runs_over  # players know of that one
    assert len(whole) == parts * COUNT
    assert expected_s == pytest.approx(parts * COUNT * STEP_S, abs=0.05)
    assert [after - before for before, after in pairwise(whole)] == pytest.approx([STEP_S] * (len(whole) - 1), abs=2e-3)
    for begin in (0, COUNT - 1, len(whole) - 20):
        with SparseReader(path, clock=clock) as video:
            found = list(video.sparse_frames(whole[begin], None))
        assert [frame.time_s for frame in found] == pytest.approx(whole[begin:], abs=1e-6)
        assert video.damaged_s is None
    with SeekableVideo(path) as pictures:
        assert list(pictures.times_s) == pytest.approx(whole, abs=1e-6)
        assert pictures.length_s == pytest.approx(parts * COUNT * STEP_S, abs=0.05)


@pytest.mark.parametrize("make", [joined_ts, joined_back, late_mp4])
def test_pictures_are_found_again_by_number(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)
    with VideoFile(path) as video:
        whole = [frame.image for frame in video.frames()]
    with SeekableVideo(path) as pictures:
        for number in (len(whole) - 1, 3, len(whole) // 2 + 5, len(whole) // 2 - 5, 0):
            assert (pictures.picture(number) == whole[number]).all(), number


@pytest.mark.parametrize("ending", [".ts", ".mpg", ".webm", ".avi"])
def test_the_last_picture_is_found_where_a_file_has_no_index(ending: str, tmp_path: Path) -> None:
    path = plain(tmp_path / f"a{ending}")
    with VideoFile(path) as video:
        *_, last = (frame.image for frame in video.frames())
    with SeekableVideo(path) as pictures:
        assert (pictures.picture(len(pictures.times_s) - 1) == last).all()


@pytest.mark.parametrize("gap_s", [3.0, 600.0])
@pytest.mark.parametrize("ending", [".mp4", ".mkv", ".ts", ".m2ts", ".mpg", ".ogv"])
def test_a_true_gap_stays(gap_s: float, ending: str, tmp_path: Path) -> None:
    """Also where clocks may jump: the packets are numbered on, no stream begins anew, or the time code counts on."""
    source = plain(tmp_path / f"a{ending}")
    path = restamped(source, tmp_path / f"gap{ending}", lambda at_s, *_: gap_s if at_s > 1.0 else 0.0)
    with VideoFile(path) as video:
        assert video.clock.sound
        assert video.notes == ()
        times = [frame.time_s for frame in video.frames()]
        assert video.damaged is None
    assert max(after - before for before, after in pairwise(times)) == pytest.approx(gap_s + STEP_S, abs=2e-3)


@pytest.mark.parametrize("silent", [False, True])
def test_sound_that_goes_on_shows_a_gap(silent: bool, tmp_path: Path) -> None:
    """In MPEG-4 within MPEG-PS nothing else does."""
    path = tmp_path / "gap.mpg"
    with av.open(str(path), "w") as out:
        pictures = out.add_stream("mpeg4", rate=30)
        sound = out.add_stream("mp2", rate=44_100)
        assert isinstance(pictures, av.VideoStream)
        assert isinstance(sound, av.AudioStream)
        pictures.width, pictures.height, pictures.pix_fmt = 96, 64, "yuv420p"
        for second in range(62):
            for i, picture in enumerate(noisy_pictures(30) if second in (0, 61) else ()):
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts, frame.time_base = 30 * second + i, Fraction(1, 30)
                out.mux(pictures.encode(frame))
            if not (silent and 1 <= second < 61):
                heard = av.AudioFrame.from_ndarray(np.zeros((1, 44_100), np.int16), format="s16", layout="mono")
                heard.pts, heard.sample_rate, heard.time_base = 44_100 * second, 44_100, Fraction(1, 44_100)
                out.mux(sound.encode(heard))
        out.mux(pictures.encode(None))
        out.mux(sound.encode(None))
    with VideoFile(path) as video:
        times = [frame.time_s for frame in video.frames()]
        assert bool(video.notes) is silent
    assert len(times) == 60
    assert times[-1] == pytest.approx(2.0 if silent else 62.0, abs=0.1)


@pytest.mark.parametrize("ending", [".avi", ".mkv"])
def test_pictures_that_are_coded_in_another_order_are_timed_as_they_are_shown(ending: str, tmp_path: Path) -> None:
    """AVI has no times but those of decoding."""
    path = record(tmp_path / f"clip{ending}", noisy_pictures(COUNT), codec="libx264", reordered=True)
    with VideoFile(path) as video:
        assert video.clock.coded_order is (ending == ".avi")
        clock = video.clock
        frames = list(video.frames())
        assert video.damaged is None
    assert [frame.time_s for frame in frames] == pytest.approx([i * STEP_S for i in range(COUNT)], abs=2e-3)
    bars = [int((frame.image[20:44].mean(axis=(0, 2)) > 130).argmax()) for frame in frames]
    assert bars == pytest.approx([3 * i % 88 for i in range(COUNT)], abs=2)
    for begin in (0, 17, COUNT - 20):
        with SparseReader(path, clock=clock) as video:
            found = list(video.sparse_frames(frames[begin].time_s, None))
        assert [frame.time_s for frame in found] == pytest.approx([frame.time_s for frame in frames[begin:]], abs=1e-6)
        assert (found[0].picture().image == frames[begin].image).all() or ending != ".avi"
    with SeekableVideo(path) as pictures:
        for number in (COUNT - 1, 3, 31, 0):
            assert (pictures.picture(number) == frames[number].image).all()


@pytest.mark.parametrize("ending", [".mp4", ".ts", ".avi"])
def test_large_pictures_are_read_as_others_are(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their first decoder is closed after it has given the first one."""
    path = plain(tmp_path / f"a{ending}")
    with VideoFile(path) as video:
        expected = [(frame.time_s, frame.image) for frame in video.frames()]
    monkeypatch.setattr("formcheck.vision.video.file.LARGE_PIXELS", 100)
    with VideoFile(path) as video:
        found = [(frame.time_s, frame.image) for frame in video.frames()]
        assert video.damaged is None
    assert [time_s for time_s, _ in found] == [time_s for time_s, _ in expected]
    assert all((one == other).all() for (_, one), (_, other) in zip(found, expected, strict=True))
    monkeypatch.setattr("formcheck.vision.video.sizes.HALVED_PIXELS", 100)
    with VideoFile(path) as video:
        halved = [(frame.time_s, frame.image) for frame in video.frames()]
        assert (video.info.width, video.info.height) == (96, 64)
    assert [time_s for time_s, _ in halved] == [time_s for time_s, _ in expected]
    for (_, small), (_, whole) in zip(halved, expected, strict=True):
        assert small.shape == (32, 48, 3)
        assert abs(float(small.mean()) - float(whole.mean())) < 3.0


@pytest.mark.parametrize("how", [VideoFile.frames, lambda video: SparseReader.sparse_frames(video, 0.0, None)])
def test_decoded_pictures_do_not_wait_in_memory_for_the_collector_of_cycles(how, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """At 8K each takes 50 MB."""
    path = plain(tmp_path / "a.mp4")
    gc.collect()
    gc.disable()
    try:
        before = _frames_in_memory()  # what other tests keep
        with SparseReader(path) as video:
            frames = how(video)
            for _ in range(COUNT - 5):
                next(frames)
            waiting = _frames_in_memory() - before
    finally:
        gc.enable()
    assert 0 < waiting < 8


def _frames_in_memory() -> int:
    return sum(isinstance(one, av.VideoFrame) for one in gc.get_objects())


class _Plane(NamedTuple):
    buffer_ptr: int
    buffer_size: int = 50_000_000


class _Large(NamedTuple):
    planes: list[_Plane]
    width: int = 7680
    height: int = 4320


@given(st.lists(st.integers(1, 9), max_size=60))
def test_a_decoder_may_hold_some_large_pictures(places: list[int]) -> None:
    held = HeldPictures(Path("a.mp4"))
    for place in places:
        held.check(_Large([_Plane(place)]))


def test_a_decoder_that_holds_too_many_large_pictures_is_given_up() -> None:
    small, large = HeldPictures(Path("a.mp4")), HeldPictures(Path("a.mp4"))
    for place in range(100):
        small.check(_Large([_Plane(place)], width=1920, height=1080))
    for place in range(14):
        large.check(_Large([_Plane(place)]))
    with pytest.raises(SourceError, match=r"^a.mp4: its pictures of 7680 x 4320 pixels build each on so many others"):
        large.check(_Large([_Plane(14)]))


@pytest.mark.parametrize("fps", [0.2, 0.5, 1.0])
@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_stills_that_last_for_seconds_are_whole(fps: float, ending: str, tmp_path: Path) -> None:
    path = record(tmp_path / f"stills{ending}", noisy_pictures(8), fps=fps)
    with VideoFile(path) as video:
        assert [frame.time_s for frame in video.frames()] == pytest.approx([i / fps for i in range(8)], abs=1e-3)
        assert video.info.expected_s == pytest.approx(8 / fps, abs=0.05)
        assert video.damaged is None


def test_pictures_that_repeat_the_one_before_are_marked(tmp_path: Path) -> None:
    """In a file that codes each by itself; after a real encoder some of them differ a little."""
    some = noisy_pictures(10)
    path = record(tmp_path / "still.mkv", [*some[:5], *[some[4]] * 10, *some[5:]], codec="ffv1")
    expected = [False] * 5 + [True] * 10 + [False] * 5
    with VideoFile(path) as video:
        assert [frame.repeats for frame in video.frames()] == expected
    with SparseReader(path) as video:
        assert [frame.repeats for frame in video.sparse_frames(0.0, None)] == expected


@pytest.mark.parametrize("fps", [10, 25, 30])
def test_a_bare_stream_has_the_rate_that_its_times_are_counted_by(fps: int, tmp_path: Path) -> None:
    path = record(tmp_path / "clip.h264", noisy_pictures(20), fps=fps, codec="libx264")
    with VideoFile(path) as source:
        assert source.info.fps == fps
        assert [frame.time_s for frame in source.frames()] == pytest.approx([i / fps for i in range(20)])


@pytest.mark.parametrize("ending", ["h264", "mjpeg"])
def test_a_bare_stream_has_no_times_to_leave_pictures_out_by(ending: str, tmp_path: Path) -> None:
    """Its pictures lie in coded order, and nothing says when each is shown: all are looked at."""
    codec = {"h264": "libx264", "mjpeg": "mjpeg"}[ending]
    path = record(tmp_path / f"clip.{ending}", noisy_pictures(50), fps=25, codec=codec, reordered=ending == "h264")
    with VideoFile(path) as source:
        assert not read_in_segments(source)
        (note,) = source.notes
        assert "25 pictures a second were assumed" in note
        times = [frame.time_s for frame in source.frames()]
    assert len(times) == 50
    assert times == sorted(times)
    assert times[-1] == pytest.approx(49 / 25, abs=0.05)
    with VideoFile(path, ReadOptions(speed=0.5)) as source:
        assert source.notes == ()
        assert [frame.time_s for frame in source.frames()] == pytest.approx([at_s / 2 for at_s in times])
