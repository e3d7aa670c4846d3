"""A video wound back and forth gives the same pictures at the same times as one read through."""

import random
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.errors import SourceError
from formcheck.vision.video import open_clip
from formcheck.vision.video.random_access import STORED, SeekableVideo, length_of
from tests.support.clips import SAMPLES, Image, colours, tag_quarter_turn, write_clip


def frames(path: Path) -> list[tuple[Image, float]]:
    with open_clip(path) as source:
        return [(frame.image, frame.time_s) for frame in source.frames()]


@pytest.mark.parametrize("name", ["kneeling_60_fps_p6", "kneeling_irregular_frames_p9", "kneeling_short_hold_p8"])
def test_any_picture_is_the_one_that_is_read_there(name: str) -> None:
    path = SAMPLES / f"{name}.mp4"
    wanted = frames(path)
    order = random.Random(1).sample(range(len(wanted)), 20)
    order += [*range(80, 60, -1), *range(70, 90), len(wanted) - 1, 0]
    with SeekableVideo(path) as video:
        assert list(video.times_s) == pytest.approx([time_s for _, time_s in wanted])
        for number in order:
            assert np.array_equal(video.picture(number % len(wanted)), wanted[number % len(wanted)][0]), number


def test_memory_is_bounded(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "long.mp4", ((image, i / 30) for i, image in enumerate(colours(STORED + 60))))
    with SeekableVideo(path) as video:
        for number in [*range(len(video.times_s)), *reversed(range(len(video.times_s)))]:
            video.picture(number)
        assert len(video._stored) == STORED


def test_a_large_picture_is_kept_no_larger_than_it_is_shown(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "large.mp4", ((image, i / 30) for i, image in enumerate(colours(2, (1080, 1920)))))
    with SeekableVideo(path) as video:
        assert video.picture(0).shape == (720, 1280, 3)


def test_a_phones_picture_is_upright(tmp_path: Path) -> None:
    path = tag_quarter_turn(write_clip(tmp_path / "phone.mp4", ((image, i / 30) for i, image in enumerate(colours(3)))))
    with SeekableVideo(path) as video:
        assert video.picture(0).shape == (128, 96, 3)


def test_the_length_reaches_to_the_end_of_the_last_picture(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", ((image, 2 + i / 10) for i, image in enumerate(colours(20))), fps=10)
    assert length_of(path) == pytest.approx(2.0)
    assert length_of(write_clip(tmp_path / "one.mp4", [(colours(1)[0], 0.0)])) == pytest.approx(1 / 30, abs=1e-6)


def test_what_is_no_video_is_told(tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"no video")
    with pytest.raises(SourceError, match="not a video that can be read"):
        length_of(tmp_path / "no.mp4")
