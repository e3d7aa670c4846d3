"""Time in real files whose stamps jump, go back or leave a gap: the same in every way of reading them."""

from itertools import pairwise
from pathlib import Path

import pytest

from formcheck.vision.video import open_clip, read_in_segments
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.random_access import SeekableVideo
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


def runs_over(folder: Path) -> Path:
    """A counter of 33 bits at 90,000 a second that begins anew in the middle."""
    return restamped(plain(folder / "part.ts"), folder / "over.ts", lambda *_: 2**33 / 90_000 - 2.5)


def late_mp4(folder: Path) -> Path:
    return restamped(plain(folder / "a.mp4"), folder / "late.mp4", lambda _, i, count: 20 * 3600.0 * (i == count - 1))


def late_mkv(folder: Path) -> Path:
    return restamped(plain(folder / "a.mkv"), folder / "late.mkv", lambda _, i, count: 20 * 3600.0 * (i == count - 1))


MADE = [(joined_ts, 2), (joined_far, 2), (joined_back, 2), (joined_mpg, 2), (runs_over, 1), (late_mp4, 1), (late_mkv, 1)]


@pytest.mark.parametrize(("make", "parts"), MADE, ids=[make.__name__ for make, _ in MADE])
def test_time_runs_through_in_every_way_of_reading(make, parts: int, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)
    with VideoFile(path) as video:
        clock, expected_s = video.clock, video.info.expected_s
        whole = [frame.time_s for frame in video.frames()]
        assert video.damaged is None
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
@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
def test_a_true_gap_stays(gap_s: float, ending: str, tmp_path: Path) -> None:
    source = plain(tmp_path / f"a{ending}")
    path = restamped(source, tmp_path / f"gap{ending}", lambda at_s, *_: gap_s if at_s > 1.0 else 0.0)
    with VideoFile(path) as video:
        assert video.clock.sound
        times = [frame.time_s for frame in video.frames()]
        assert video.damaged is None
    assert max(after - before for before, after in pairwise(times)) == pytest.approx(gap_s + STEP_S, abs=2e-3)


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


@pytest.mark.parametrize("ending", ["h264", "mjpeg"])
def test_a_bare_stream_has_no_times_to_leave_pictures_out_by(ending: str, tmp_path: Path) -> None:
    """Its pictures lie in coded order, and nothing says when each is shown: all are looked at."""
    codec = {"h264": "libx264", "mjpeg": "mjpeg"}[ending]
    path = record(tmp_path / f"clip.{ending}", noisy_pictures(50), fps=25, codec=codec, reordered=ending == "h264")
    with open_clip(path) as source:
        assert not read_in_segments(source)
        times = [frame.time_s for frame in source.frames()]
    assert len(times) == 50
    assert times == sorted(times)
    assert times[-1] == pytest.approx(49 / 25, abs=0.05)
