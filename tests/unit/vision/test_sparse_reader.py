"""A video skimmed has the times of a video read; what was decoded does not depend on where the reading began."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.interfaces import Image
from formcheck.system.native.media_libs import av
from formcheck.vision.sampling.motion import THUMB_WIDTH
from formcheck.vision.video.file import FrameConverter, VideoFile
from formcheck.vision.video.sparse_reader import PICTURE, SparseFrame, SparseReader
from tests.support.clips import colours, tag_quarter_turn, write_clip

Make = Callable[[Path], Path]

GROUP = "keyint=30:min-keyint=30:scenecut=0:open-gop=0"


def waving(count: int, size: tuple[int, int] = (96, 128)) -> list[Image]:
    """Pictures that all differ: a bright bar goes across."""
    pictures = []
    for i in range(count):
        picture = np.full((*size, 3), 60, np.uint8)
        left = 3 * i % (size[1] - 8)
        picture[10:-10, left : left + 8] = 220
        picture[:8, :8, i % 3] = 250
        pictures.append(picture)
    return pictures


def encode(
    path: Path,
    times_s: Sequence[float],
    *,
    rate: int = 30,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    x264: str = "",
) -> Path:
    """Write a waving bar at these times, coded as told."""
    options = {"x264-params": f"{GROUP}:{x264}"} if codec == "libx264" else {}
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 128, 96, pixels
        stream.codec_context.time_base = Fraction(1, 90_000)
        for time_s, picture in zip(times_s, waving(len(times_s)), strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(time_s * 90_000), Fraction(1, 90_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def bframes(folder: Path) -> Path:
    return encode(folder / "b.mp4", [i / 30 for i in range(150)], x264="bframes=3:b-adapt=0:b-pyramid=none")


def pyramid(folder: Path) -> Path:
    return encode(folder / "pyramid.mp4", [i / 25 for i in range(120)], rate=25, x264="bframes=3:b-adapt=0:b-pyramid=normal")


def irregular(folder: Path) -> Path:
    steps_s = np.random.default_rng(5).choice([1 / 60, 1 / 30, 1 / 25, 1 / 15, 0.3], 120, p=[0.3, 0.4, 0.2, 0.09, 0.01])
    return encode(folder / "vfr.mp4", [0.0, *np.cumsum(steps_s).tolist()], x264="bframes=3:b-adapt=0")


def late(folder: Path) -> Path:
    return encode(folder / "late.mkv", [7.5 + i / 30 for i in range(100)], x264="bframes=2")


def phone(folder: Path) -> Path:
    return tag_quarter_turn(bframes(folder))


def slow(folder: Path) -> Path:
    return encode(folder / "slow.mp4", [i / 12 for i in range(80)], rate=12, x264="bframes=3:b-adapt=0")


def transport(folder: Path) -> Path:
    """Times that begin beyond zero, and no index."""
    return encode(folder / "clip.ts", [i / 30 for i in range(100)], x264="bframes=3")


def plain(folder: Path) -> Path:
    """Every picture builds on the one before: nothing can be left out."""
    return write_clip(folder / "plain.mp4", ((image, i / 30) for i, image in enumerate(colours(90))))


CLIPS: list[Make] = [bframes, pyramid, irregular, late, phone, slow, transport, plain]
each_clip = pytest.mark.parametrize("make", CLIPS, ids=[make.__name__ for make in CLIPS])


def sparse_frames(path: Path, begin_s: float = 0.0, end_s: float | None = None) -> list[SparseFrame]:
    with SparseReader(path) as clip:
        return list(clip.sparse_frames(begin_s, end_s))


def read_times(path: Path) -> list[float]:
    with VideoFile(path) as clip:
        return [frame.time_s for frame in clip.frames()]


@each_clip
def test_the_times_are_those_of_the_video_read_whole(make: Make, tmp_path: Path) -> None:
    path = make(tmp_path)
    found = sparse_frames(path)
    assert [glance.time_s for glance in found] == pytest.approx(read_times(path), abs=1e-6)
    assert found[0].seen


@each_clip
def test_from_any_point_on_it_is_the_end_of_the_whole(make: Make, tmp_path: Path) -> None:
    path = make(tmp_path)
    whole = sparse_frames(path)
    last_s = whole[-1].time_s
    for share in (0.01, 0.3, 0.55, 0.95):
        begin_s, end_s = share * last_s, (share + 0.3) * last_s
        part = sparse_frames(path, begin_s, end_s)
        wanted = [glance for glance in whole if begin_s <= glance.time_s < end_s]
        assert [glance.time_s for glance in part] == pytest.approx([glance.time_s for glance in wanted], abs=1e-6)
        both = [(one, other) for one, other in zip(part, wanted, strict=True) if one.seen and other.seen]
        assert len(both) >= 0.3 * len(wanted)
        for one, other in both:
            assert (one.thumb == other.thumb).all()
            assert (one.picture().image == other.picture().image).all()


@each_clip
def test_parts_have_every_frame_once(make: Make, tmp_path: Path) -> None:
    """Also where a cut falls on a frame's own time."""
    path = make(tmp_path)
    times_s = [glance.time_s for glance in sparse_frames(path)]
    cut_s = times_s[len(times_s) // 2]
    parts = [*sparse_frames(path, 0.0, cut_s), *sparse_frames(path, cut_s)]
    assert [glance.time_s for glance in parts] == pytest.approx(times_s, abs=1e-6)


@each_clip
def test_pictures_are_those_of_the_video_read_whole(make: Make, tmp_path: Path) -> None:
    path = make(tmp_path)
    with VideoFile(path) as clip:
        frames = {round(frame.time_s, 4): frame.image for frame in clip.frames()}
    for glance in sparse_frames(path):
        if glance.seen:
            assert (glance.picture().image == frames[round(glance.time_s, 4)]).all()


@pytest.mark.parametrize(
    "x264",
    [
        "bframes=3:b-adapt=0:b-pyramid=none",
        "bframes=3:b-adapt=0:b-pyramid=normal",
        "bframes=1:b-adapt=0",
        "bframes=8:b-adapt=0",
    ],
)
def test_frames_left_out_leave_no_gap_of_a_tenth_of_a_second(x264: str, tmp_path: Path) -> None:
    """But at the beginning: that is how it is noticed."""
    path = encode(tmp_path / "b.mp4", [i / 30 for i in range(150)], x264=x264)
    seen_s = [glance.time_s for glance in sparse_frames(path) if glance.seen]
    assert max(other - one for one, other in pairwise(seen_s) if other > 1.0) <= 0.1


def test_half_of_the_frames_of_an_ordinary_recording_are_not_decoded(tmp_path: Path) -> None:
    path = encode(tmp_path / "b.mp4", [i / 30 for i in range(150)], x264="bframes=3:b-adapt=0:b-pyramid=normal")
    found = sparse_frames(path)
    assert sum(glance.seen for glance in found) <= 0.6 * len(found)


def test_large_pictures_are_decoded_without_the_filter_that_smooths_blocks_and_small_ones_with_it(tmp_path: Path) -> None:
    """What is made smaller for the engine hardly differs for it."""
    for size, alike in (((1080, 1920), False), ((540, 960), True)):
        path = tmp_path / f"{size[0]}.mp4"
        write_clip(path, ((image, i / 10) for i, image in enumerate(waving(12, size))))
        with VideoFile(path) as clip:
            frames = [frame.image for frame in clip.frames()]
        pairs = [(glance.picture().image, frames[i]) for i, glance in enumerate(sparse_frames(path)) if glance.seen]
        assert len(pairs) == 12
        differs = []
        for small, whole in pairs:
            factor = whole.shape[0] // small.shape[0]
            shrunk = whole.reshape(small.shape[0], factor, small.shape[1], factor, 3).mean(axis=(1, 3))
            differs.append(float(np.abs(small - shrunk).mean()))
        assert max(differs) < 2.0
        assert (max(differs) == 0.0) is alike


def test_at_twelve_a_second_every_frame_is_decoded(tmp_path: Path) -> None:
    assert all(glance.seen for glance in sparse_frames(slow(tmp_path)))


CODINGS = [
    ("libx264", "yuv420p10le"),
    ("libx264", "yuv422p"),
    ("libx264", "yuv444p"),
    ("libx264", "gray"),
    ("libx264rgb", "rgb24"),
    ("mjpeg", "yuvj420p"),
    ("ffv1", "bgr0"),
    ("ffv1", "gray10le"),
]


@pytest.mark.parametrize(("codec", "pixels"), CODINGS)
def test_every_coding_has_a_small_copy_that_shows_what_is_there(codec: str, pixels: str, tmp_path: Path) -> None:
    path = encode(tmp_path / "clip.mkv", [i / 25 for i in range(10)], rate=25, codec=codec, pixels=pixels)
    found = [glance for glance in sparse_frames(path) if glance.seen]
    for i, glance in enumerate(found[:1] + found[-1:]):
        thumb = glance.thumb
        assert thumb.dtype == np.uint8
        assert max(thumb.shape) == THUMB_WIDTH
        bar = (3 * round(glance.time_s * 25) + 4) * THUMB_WIDTH // 128
        row = thumb[thumb.shape[0] // 2].astype(int)
        assert abs(int(row.argmax()) - bar) <= 5, i
        assert row.max() - np.median(row) > 60


def frame_of(height: int, width: int, pixels: str = "yuv420p") -> SparseFrame:
    """A picture that is dark on the left and bright on the right."""
    picture = np.repeat(np.linspace(20, 230, width)[None, :, None], height, 0).repeat(3, 2).astype(np.uint8)
    return SparseFrame(0.0, av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=pixels), FrameConverter())


@pytest.mark.parametrize("pixels", ["yuv420p", "yuv420p10le", "rgb24", "gray", "nv12"])
@pytest.mark.parametrize(
    "size", [(50, 34), (34, 50), (130, 170), (90, 1768), (361, 641), (1080, 1920), (2160, 3840), (1924, 1083)]
)
def test_pictures_of_any_size_are_reduced_and_keep_their_shape(size: tuple[int, int], pixels: str) -> None:
    height, width = size
    if pixels == "nv12":
        height, width = height - height % 2, width - width % 2
    glance = frame_of(height, width, pixels)
    image = glance.picture().image
    factor = max(1, max(height, width) // PICTURE)
    assert image.shape[:2] == pytest.approx((height / factor, width / factor), abs=2)
    assert max(image.shape) == max(height, width) or max(image.shape) >= PICTURE
    assert image.flags["C_CONTIGUOUS"]
    thumb = glance.thumb
    assert max(thumb.shape) == THUMB_WIDTH
    assert thumb.shape[1] / thumb.shape[0] == pytest.approx(width / height, rel=0.15)
    row = thumb[thumb.shape[0] // 2].astype(int)
    assert (np.diff(row) >= -2).all()
    assert row[-1] - row[0] > 140


@pytest.mark.parametrize("factor", [2, 4])
def test_a_picture_made_smaller_from_its_planes_is_the_mean_of_its_pixels(factor: int) -> None:
    rng = np.random.default_rng(1)
    coarse = rng.integers(40, 215, (27, 48, 3), np.uint8).repeat(40, 0).repeat(40, 1)
    noisy = np.clip(coarse + rng.normal(0, 12, coarse.shape), 0, 255).astype(np.uint8)
    frame = av.VideoFrame.from_ndarray(noisy, format="rgb24").reformat(format="yuv420p")
    whole = FrameConverter().convert(frame).astype(float)
    mean = whole.reshape(1080 // factor, factor, 1920 // factor, factor, 3).mean((1, 3))
    small = FrameConverter().convert(frame, factor=factor)
    assert small.shape == mean.shape
    assert np.abs(small - mean).mean() < 4
    assert np.abs((small - mean).mean((0, 1))).max() < 3


def test_full_range_colours_are_kept_whatever_the_size() -> None:
    frame = av.VideoFrame.from_ndarray(np.full((1080, 1920, 3), (200, 150, 120), np.uint8), format="rgb24")
    frame = frame.reformat(format="yuv420p", dst_color_range="JPEG")
    assert frame.color_range == 2
    assert np.abs(FrameConverter().convert(frame, factor=2).astype(int) - (200, 150, 120)).max() <= 3


def test_a_phone_clip_is_turned_upright_in_both_sizes(tmp_path: Path) -> None:
    upright = np.zeros((64, 48, 3), np.uint8)
    upright[:20, :20] = 255  # a bright corner at the upper left
    path = tag_quarter_turn(write_clip(tmp_path / "phone.mp4", [(np.rot90(upright), i / 30) for i in range(5)]))
    for glance in sparse_frames(path):
        assert glance.picture().image.shape == (64, 48, 3)
        for image in (glance.picture().image[..., 0], glance.thumb):
            height, width = image.shape
            assert height > width
            assert image[height // 10, width // 10] > 200
            assert image[-height // 10, width // 10] < 60
            assert image[height // 10, -width // 10] < 60
