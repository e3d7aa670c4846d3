"""Clips as they come: variable rates, rotation tags, and files that are not what their names say."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Frame, Source
from formcheck.system.native.media_libs import av, cv2
from formcheck.vision.video import open_clip
from formcheck.vision.video.file import FrameConverter
from tests.support.clips import colours, tag_quarter_turn, write_clip


def read(path: Path) -> tuple[Source, list[Frame]]:
    with open_clip(path) as source:
        return source, list(source.frames())


def test_times_come_from_the_timestamps(tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.07, 0.2, 0.21, 0.5, 0.9]
    _, frames = read(write_clip(tmp_path / "vfr.mp4", zip(colours(7), times, strict=True)))
    assert [frame.time_s for frame in frames] == pytest.approx(times, abs=1e-4)


def test_time_starts_with_the_first_frame(tmp_path: Path) -> None:
    times = [5.0 + i / 25 for i in range(5)]
    _, frames = read(write_clip(tmp_path / "late.mkv", zip(colours(5), times, strict=True)))
    assert [frame.time_s for frame in frames] == pytest.approx([i / 25 for i in range(5)], abs=2e-3)


@pytest.mark.parametrize("fps", [15, 24, 30000 / 1001, 60])
def test_every_frame_rate_keeps_its_own_clock(tmp_path: Path, fps: float) -> None:
    times = [i / fps for i in range(20)]
    _, frames = read(write_clip(tmp_path / "clip.mp4", zip(colours(20), times, strict=True), fps=fps))
    assert [frame.time_s for frame in frames] == pytest.approx(times, abs=1e-4)


def test_a_stream_without_container_has_no_stated_rate_and_still_reads(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "raw.h264", ((image, i / 25) for i, image in enumerate(colours(10))), fps=25)
    _, frames = read(path)
    times = [frame.time_s for frame in frames]
    assert len(frames) >= 9
    assert times == sorted(set(times))


def test_a_phone_clip_is_turned_upright(tmp_path: Path) -> None:
    upright = np.zeros((64, 48, 3), np.uint8)
    upright[:20, :20, 0] = 255  # a red corner at the upper left
    stored = np.rot90(upright)  # the sensor lies on its side: turning clockwise makes it upright again
    path = write_clip(tmp_path / "phone.mp4", [(stored, i / 30) for i in range(5)])
    with open_clip(tag_quarter_turn(path)) as source:
        assert (source.info.width, source.info.height) == (48, 64)
        image = next(iter(source.frames())).image
    assert image.shape == (64, 48, 3)
    assert image.flags["C_CONTIGUOUS"]
    assert image[5, 5, 0] > 200
    assert image[-5, 5, 0] < 60
    assert image[5, -5, 0] < 60


def test_pictures_have_no_gaps_between_rows(tmp_path: Path) -> None:
    """Decoders pad rows at odd widths, and the engine would take the padding for pixels."""
    path = write_clip(tmp_path / "odd.mp4", [(image, i / 30) for i, image in enumerate(colours(3, (50, 1768)))])
    _, frames = read(path)
    assert frames[0].image.shape == (50, 1768, 3)
    assert all(frame.image.flags["C_CONTIGUOUS"] for frame in frames)


def test_a_photo_is_one_frame(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    cv2.imwrite(str(path), np.full((30, 40, 3), 9, np.uint8))
    with open_clip(path) as source:
        assert source.info.still
        assert [frame.time_s for frame in source.frames()] == [0.0]


def _no_video(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), format="fltp", layout="mono")
        sound.sample_rate = 44100
        container.mux(stream.encode(sound))
        container.mux(stream.encode(None))
    return path


def _bad(kind: str, folder: Path) -> Path:
    path = folder / "clip.mp4"
    good = write_clip(folder / "good.mp4", ((image, i / 10) for i, image in enumerate(colours(100))), fps=10).read_bytes()
    match kind:
        case "missing":
            pass
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("This is not a video.\n" * 50)
        case "no index":
            path.write_bytes(good[: len(good) // 2])
        case "no pictures":
            _no_video(path)
        case "folder":
            path.mkdir()
        case "broken photo":
            path = folder / "photo.jpg"
            path.write_bytes(b"\xff\xd8\xff\xe0 not a photo")
    return path


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("missing", "no such file"),
        ("empty", "empty"),
        ("text", "not a video"),
        ("no index", "not a video|cut short"),
        ("no pictures", "no pictures"),
        ("folder", "is a folder"),
        ("broken photo", "not a photo"),
    ],
)
def test_bad_input_is_told_in_a_sentence(kind: str, expected: str, tmp_path: Path) -> None:
    path = _bad(kind, tmp_path)
    with pytest.raises(SourceError, match=expected) as caught:
        read(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("size", [(72, 128), (50, 34), (34, 50)])
def test_pictures_of_any_width_stay_what_they_were_while_later_ones_are_developed(size: tuple[int, int]) -> None:
    """Decoders pad rows, and use their memory again."""
    converter = FrameConverter()
    pictures = [np.random.default_rng(seed).integers(0, 255, (*size, 3), np.uint8) for seed in range(20)]
    kept = [converter.convert(av.VideoFrame.from_ndarray(picture, format="bgr24")) for picture in pictures]
    for picture, made in zip(pictures, kept, strict=True):
        assert made.flags["C_CONTIGUOUS"]
        assert (made == picture[..., ::-1]).all()
