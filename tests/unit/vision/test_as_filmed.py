"""Pictures are as a player shows them, whichever container says how, and whoever reads them."""

import http.server
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Image
from formcheck.system.native.media_libs import av, cv2
from formcheck.vision.camera.address import parse_camera
from formcheck.vision.camera.camera import Camera
from formcheck.vision.orientation import AS_STORED, Orientation
from formcheck.vision.video import open_clip
from formcheck.vision.video.container.streams import StreamDisplay
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.random_access import SeekableVideo
from formcheck.vision.video.read_options import ReadOptions, parse_time
from formcheck.vision.video.sparse_reader import SparseReader
from tests.support.clips import colours, write_clip
from tests.support.real_time import in_real_time

WIDTH, HEIGHT = 192, 144  # 4:3, which MPEG-2 can state
EIGHT = [Orientation(turns, mirrored) for turns in range(4) for mirrored in (False, True)]
named = {str(one): one for one in EIGHT}


def scene(brightness: int = 0) -> Image:
    """As it should be shown: a white disc in the middle, and corners that are all different."""
    picture = np.full((HEIGHT, WIDTH, 3), 40 + brightness, np.uint8)
    picture[:32, :32] = (220, 30, 30)
    picture[:32, -32:] = (30, 220, 30)
    picture[-32:, :32] = (30, 30, 220)
    return np.asarray(cv2.circle(picture, (WIDTH // 2, HEIGHT // 2), 40, (255, 255, 255), -1), np.uint8)


def corners(picture: Image) -> list[str]:
    """The colours of the corners, by rows."""
    high, wide = picture.shape[0] // 12, picture.shape[1] // 12
    some = [picture[y, x].astype(int) for y in (high, -high) for x in (wide, -wide)]
    return ["rgb"[int(colour.argmax())] if np.ptp(colour) > 80 else "-" for colour in some]


def roundness(picture: Image) -> float:
    """How much wider than high the disc is."""
    rows, columns = np.nonzero(picture.min(2) > 190)
    return float(np.ptp(columns) + 1) / float(np.ptp(rows) + 1)


def shown(path: Path, options: ReadOptions | None = None) -> Iterator[Image]:
    """The first picture of a clip, by each of those who read clips."""
    options = options or ReadOptions()
    with VideoFile(path, options) as video:
        picture = next(video.frames()).image
        assert (video.info.width, video.info.height) == picture.shape[1::-1]
        yield picture
    with SparseReader(path, options) as video:
        sparse = next(video.sparse_frames(0.0, None))
        yield sparse.picture().image
        assert sparse.thumb.shape[1] / sparse.thumb.shape[0] == pytest.approx(picture.shape[1] / picture.shape[0], rel=0.02)
        grey = cv2.cvtColor(cv2.resize(picture, sparse.thumb.shape[::-1], interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
        assert np.abs(grey.astype(int) - sparse.thumb).mean() < 20
    if options == ReadOptions():
        with SeekableVideo(path) as pictures:
            yield pictures.picture(0)


def is_upright(picture: Image) -> None:
    assert corners(picture) == ["r", "g", "b", "-"]
    assert roundness(picture) == pytest.approx(1.0, abs=0.04)


def film(
    path: Path, pictures: Sequence[Image], *, codec: str = "libx264", aspect: str = "1/1", container: str | None = None
) -> Path:
    with av.open(str(path), "w", format=container) as out:
        stream: Any = out.add_stream(codec, rate=25)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt, stream.bit_rate = "yuv420p", 2_000_000
        stream.codec_context.sample_aspect_ratio = Fraction(aspect)
        for i, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 25)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def squeezed(aspect: Fraction, count: int = 5) -> list[Image]:
    """Stored in pixels of that width over height, none shorter than what is shown."""
    size = (round(WIDTH / aspect), HEIGHT) if aspect > 1 else (WIDTH, round(HEIGHT * aspect))
    return [np.asarray(cv2.resize(scene(i), size, interpolation=cv2.INTER_AREA), np.uint8) for i in range(count)]


def wide_pixels_in_webm(path: Path) -> Path:
    """Write the width to show into a WebM, in the place of what says how long a picture lasts."""
    data = path.read_bytes()
    at = data.index(bytes.fromhex("23e38384"))
    assert data[at + 8 : at + 11] == bytes.fromhex("e086b0")
    video = bytes.fromhex("e08a") + data[at + 10 : at + 16] + bytes.fromhex("54b081") + bytes([WIDTH])
    path.write_bytes(data[:at] + video + bytes.fromhex("ec820000") + data[at + 16 :])
    return path


CONTAINERS: dict[str, dict[str, str]] = {
    "mp4": {},
    "mov": {},
    "mkv": {},
    "avi": {"codec": "mpeg4"},
    "mpg": {"codec": "mpeg2video"},
    "mts": {"container": "mpegts"},
    "ts": {"codec": "mpeg2video"},
}


@pytest.mark.parametrize("ending", CONTAINERS)
@pytest.mark.parametrize("aspect", ["2/1", "16/15", "3/2", "8/9", "1/2"])
def test_pixels_that_are_not_square_are_made_so(ending: str, aspect: str, tmp_path: Path) -> None:
    path = film(tmp_path / f"clip.{ending}", squeezed(Fraction(aspect)), aspect=aspect, **CONTAINERS[ending])
    for picture in shown(path):
        is_upright(picture)
        assert picture.shape[:2] == (HEIGHT, WIDTH)


def test_a_webm_says_how_wide_it_is_shown(tmp_path: Path) -> None:
    path = wide_pixels_in_webm(film(tmp_path / "clip.webm", squeezed(Fraction(2)), codec="libvpx"))
    for picture in shown(path):
        is_upright(picture)
        assert picture.shape[:2] == (HEIGHT, WIDTH)


@pytest.mark.parametrize("aspect", ["1/1", "401/400", "1000/1", "1/1000"])
def test_pixels_of_a_shape_that_cannot_be_are_square(aspect: str, tmp_path: Path) -> None:
    path = film(tmp_path / "clip.mkv", [scene(i) for i in range(3)], aspect=aspect)
    for picture in shown(path):
        assert picture.shape == (HEIGHT, WIDTH, 3)


def test_a_shape_of_pixels_that_changes_on_the_way_is_followed(tmp_path: Path) -> None:
    """As on a recorder, when the programme becomes a film: the sizes stay, the pixels become wider."""
    parts = [
        film(tmp_path / f"{i}.ts", [scene(i) for i in range(30)], aspect=aspect, codec="mpeg2video")
        for i, aspect in enumerate(("1/1", "4/3"))
    ]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(part.read_bytes() for part in parts))
    with VideoFile(joined) as video:
        sizes = [frame.image.shape[:2] for frame in video.frames()]
    assert set(sizes) == {(144, 192), (144, 256)}
    with SparseReader(joined) as video:
        thumbs = [frame.thumb.shape for frame in video.sparse_frames(0.0, None) if frame.seen]
    assert set(thumbs) == {(120, 160), (90, 160)}


def tagged(path: Path, one: Orientation) -> Path:
    """Write into an MP4's track header what has to be done to show it."""
    data = bytearray(path.read_bytes())
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[one.quarter_turns]
    sign = -1 if one.mirrored else 1
    a, b, c, d = (number << 16 for number in (sign * cos, sin, sign * -sin, cos))
    at = data.index(b"tkhd") + 44
    data[at : at + 36] = b"".join(n.to_bytes(4, "big", signed=True) for n in (a, b, 0, c, d, 0, 0, 0, 1 << 30))
    path.write_bytes(data)
    return path


def in_track_header(ending: str) -> Callable[[Path, Orientation, str], Path]:
    def make(folder: Path, one: Orientation, aspect: str) -> Path:
        stored = [one.inverse.upright(scene(i)) for i in range(4)]
        if aspect != "1/1":
            high, wide = stored[0].shape[:2]
            stored = [np.asarray(cv2.resize(one, (wide // 2, high), interpolation=cv2.INTER_AREA), np.uint8) for one in stored]
        return tagged(film(folder / f"clip.{ending}", stored, aspect=aspect), one)

    return make


def in_pictures(ending: str) -> Callable[[Path, Orientation, str], Path]:
    """As cameras write it that know no container for it: beside the coded pictures."""

    def make(folder: Path, one: Orientation, aspect: str) -> Path:
        # There it is mirrored first, and turned against the clock after that.
        turn = (one.quarter_turns if one.mirrored else -one.quarter_turns) * 90 % 360
        turn = turn - 360 if turn > 180 else turn
        flip = ":flip=horizontal" if one.mirrored else ""
        plain = in_track_header("mov")(folder, one, aspect)
        tagged(plain, AS_STORED)
        path = folder / f"clip.{ending}"
        if one == AS_STORED:
            return (
                film(path, [scene(i) for i in range(4)]) if aspect == "1/1" else film(path, squeezed(Fraction(2)), aspect="2/1")
            )
        with av.open(str(plain)) as source, av.open(str(path), "w") as out:
            stream = source.streams.video[0]
            copy = out.add_stream_from_template(stream)
            told = av.BitStreamFilterContext(f"h264_metadata=display_orientation=insert:rotate={turn}{flip}", stream, copy)
            for packet in source.demux(stream):
                for made in told.filter(packet if packet.dts is not None else None):
                    made.stream = copy
                    out.mux(made)
        return path

    return make


@pytest.mark.parametrize("aspect", ["1/1", "2/1"])
@pytest.mark.parametrize("one", EIGHT, ids=list(named))
@pytest.mark.parametrize(
    "make",
    [in_track_header("mp4"), in_track_header("mov"), in_pictures("mkv"), in_pictures("ts"), in_pictures("mp4")],
    ids=["mp4", "mov", "sei-mkv", "sei-ts", "sei-mp4"],
)
def test_all_eight_orientations_are_shown_upright(
    make: Callable[[Path, Orientation, str], Path], one: Orientation, aspect: str, tmp_path: Path
) -> None:
    for picture in shown(make(tmp_path, one, aspect)):
        is_upright(picture)
        assert picture.shape == (HEIGHT, WIDTH, 3)


class _OfTwoEyes:
    """A picture with a kind of side data that PyAV does not know: it then gives none at all."""

    rotation = 90

    @property
    def side_data(self) -> None:
        raise ValueError("61 is not a valid Type")


def test_what_is_not_known_beside_it_hides_no_orientation() -> None:
    assert StreamDisplay(None).of(_OfTwoEyes()).orientation == Orientation(3)


@pytest.mark.parametrize("stated", EIGHT[::3], ids=list(named)[::3])
@pytest.mark.parametrize("asked", EIGHT, ids=list(named))
def test_what_is_asked_comes_after_what_the_file_states(asked: Orientation, stated: Orientation, tmp_path: Path) -> None:
    stored = stated.then(asked).inverse
    path = tagged(film(tmp_path / "clip.mp4", [stored.upright(scene(i)) for i in range(3)]), stated)
    for picture in shown(path, ReadOptions(orientation=asked)):
        is_upright(picture)


@pytest.mark.parametrize("asked", EIGHT, ids=list(named))
def test_photographs_are_turned_as_clips_are(asked: Orientation, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    cv2.imwrite(str(path), asked.inverse.upright(scene())[..., ::-1])
    with open_clip(path, ReadOptions(orientation=asked)) as source:
        is_upright(next(source.frames()).image)
        assert (source.info.width, source.info.height) == (WIDTH, HEIGHT)


def tracks(path: Path, some: Sequence[tuple[str, tuple[int, int]]], *, cover: bool = False) -> Path:
    """Write a clip with a track for each kind and size, each of its own colour; a cover may come before them."""
    kinds = av.stream.Disposition
    with av.open(str(path), "w") as container:
        streams: list[tuple[Any, int]] = []
        if cover:
            stream: Any = container.add_stream("mjpeg", rate=25)
            stream.width, stream.height, stream.pix_fmt = 640, 640, "yuvj420p"
            stream.disposition = kinds.attached_pic
            streams.append((stream, 0))
        for i, (kind, (height, width)) in enumerate(some):
            stream = container.add_stream("libx264", rate=25)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            stream.disposition = kinds.default if kind == "default" else kinds(0)
            streams.append((stream, 60 * (i + 1)))
        for at in range(10):
            for stream, grey in streams:
                if at and grey == 0:
                    continue
                frame = av.VideoFrame.from_ndarray(np.full((stream.height, stream.width, 3), grey, np.uint8), format="rgb24")
                frame.pts, frame.time_base = at, Fraction(1, 25)
                container.mux(stream.encode(frame))
        for stream, _ in streams:
            container.mux(stream.encode(None))
    return path


SMALL, LARGE = (96, 128), (192, 256)


@pytest.mark.parametrize("ending", ["mkv", "ts", "mp4"])
@pytest.mark.parametrize(
    ("some", "expected"),
    [
        ([("", SMALL), ("", LARGE)], 1),
        ([("", LARGE), ("", SMALL)], 0),
        ([("", LARGE), ("default", SMALL)], 1),
        ([("default", SMALL), ("", LARGE)], 0),
        ([("default", SMALL), ("default", LARGE)], 1),
        ([("", SMALL), ("", SMALL)], 0),
        ([("", SMALL), ("default", LARGE), ("default", LARGE)], 1),
    ],
)
def test_the_default_track_is_looked_at_or_else_the_largest(
    ending: str, some: Sequence[tuple[str, tuple[int, int]]], expected: int, tmp_path: Path
) -> None:
    if ending == "ts" and any(kind for kind, _ in some):
        pytest.skip("this container knows no default track")
    if ending == "mp4" and not any(kind for kind, _ in some):
        pytest.skip("where none is the default one, the first is made so on writing")
    for picture in shown(tracks(tmp_path / f"clip.{ending}", some)):
        assert picture.shape[:2] == some[expected][1]
        assert picture.mean() == pytest.approx(60 * (expected + 1), abs=6)


def test_a_cover_is_no_film(tmp_path: Path) -> None:
    for picture in shown(tracks(tmp_path / "clip.mp4", [("", SMALL)], cover=True)):
        assert picture.shape[:2] == SMALL
    with pytest.raises(SourceError, match="no pictures"), open_clip(tracks(tmp_path / "song.mp4", [], cover=True)):
        pass


def times(path: Path, options: ReadOptions) -> tuple[list[float], list[float]]:
    """The times of a clip, read whole and sparsely."""
    with VideoFile(path, options) as video:
        whole = [frame.time_s for frame in video.frames()]
    with SparseReader(path, options) as video:
        sparse = [frame.time_s for frame in video.sparse_frames(options.from_s, options.to_s)]
    return whole, sparse


@pytest.mark.parametrize(("speed", "fps", "length_s"), [(0.125, 30, 0.5), (0.25, 30, 1.0), (1.0, 30, 4.0), (3.0, 30, 12.0)])
def test_a_speed_gives_times_as_they_passed(speed: float, fps: int, length_s: float, tmp_path: Path) -> None:
    path = write_clip(tmp_path / "slow.mp4", ((image, i / fps) for i, image in enumerate(colours(120))), fps=fps)
    options = ReadOptions(speed=speed)
    for found in times(path, options):
        assert found == pytest.approx([i / fps * speed for i in range(120)], abs=1e-4)
    with VideoFile(path, options) as video:
        assert video.info.expected_s == pytest.approx(length_s, abs=1e-3)
        assert video.info.fps == pytest.approx(fps / speed)
        assert video.notes == ()


def rated(path: Path, tags: dict[str, str], *, fps: int = 30, seconds: float = 2.0) -> Path:
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as container:
        container.metadata.update(tags)
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for i, picture in enumerate(colours(round(fps * seconds))):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = i, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("tags", "fps", "speed"),
    [
        ({"com.android.capture.fps": "240.000000"}, 30, 0.125),
        ({"com.android.capture.fps": "120"}, 30, 0.25),
        ({"captureFps": "960"}, 30, 0.03125),
        ({"com.android.capture.fps": "30.0"}, 30, 1.0),
        ({"com.android.capture.fps": "240"}, 240, 1.0),  # stored as it was taken
        ({"com.android.capture.fps": "60"}, 30, 1.0),  # slowed down in the dark
        ({"com.android.capture.fps": "30"}, 12, 1.0),
        ({"com.android.capture.fps": "2"}, 30, 15.0),  # a time-lapse
        ({"com.android.capture.fps": "many"}, 30, 1.0),
        ({"com.android.capture.fps": "nan"}, 30, 1.0),
        ({"com.android.capture.fps": "-240"}, 30, 1.0),
        ({"com.android.capture.fps": "inf"}, 30, 1.0),
        ({"com.android.capture.fps": "0"}, 30, 1.0),
        ({}, 30, 1.0),
    ],
)
def test_slow_motion_that_the_file_states_is_told_and_timed(
    tags: dict[str, str], fps: int, speed: float, tmp_path: Path
) -> None:
    path = rated(tmp_path / "clip.mp4", tags, fps=fps)
    for found in times(path, ReadOptions()):
        assert found == pytest.approx([i * speed / fps for i in range(2 * fps)], abs=1e-3)
    with VideoFile(path) as video:
        assert bool(video.notes) is (speed != 1.0)
    with SeekableVideo(path) as pictures:
        assert pictures.times_s[-1] == pytest.approx((2 * fps - 1) * speed / fps, abs=1e-3)
    with VideoFile(path, ReadOptions(speed=1.0)) as video:
        assert video.notes == ()
        assert video.info.expected_s == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(("from_s", "to_s"), [(0.0, 1.0), (1.0, None), (1.0, 2.5), (3.95, 9.0), (0.5, 0.55)])
@pytest.mark.parametrize("speed", [None, 0.5])
def test_a_part_keeps_the_times_of_the_whole(from_s: float, to_s: float | None, speed: float | None, tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", ((image, i / 20) for i, image in enumerate(colours(160))), fps=20)
    wanted = [at for i in range(160) if from_s <= (at := i / 20 * (speed or 1.0)) + 1e-6 and (to_s is None or at < to_s - 1e-6)]
    for found in times(path, ReadOptions(speed=speed, from_s=from_s, to_s=to_s)):
        assert found == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("options", [ReadOptions(from_s=1.0), ReadOptions(to_s=1.0), ReadOptions(speed=0.5)])
def test_a_photograph_has_no_time(options: ReadOptions, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "photo.png"), scene())
    with pytest.raises(SourceError, match="is a photo, which has no time"), open_clip(tmp_path / "photo.png", options):
        pass


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *[("0", 0), ("75", 75), ("75.5", 75.5), ("1:15", 75), ("01:15.25", 75.25), ("90:00", 5400), ("1:01:01", 3661)],
        *[(" 5 ", 5), ("0,5", 0.5), ("75,25", 75.25), ("1:15,5", 75.5), ("0,125", 0.125), ("1:15,125", 75.125)],
    ],
)
def test_times_are_read_as_people_write_them(text: str, seconds: float) -> None:
    assert parse_time(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "x", "-1", "1:75", "1:60:00", "1:", ":5", "1e3", "nan", "inf", "1:2:3:4", "٣", "5s", "1,500", "1,5,5", "0,5.5", ","],
)
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(Exception, match="is no time in a clip"):
        parse_time(text)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"speed": 0.0}, "speed: 0 is not possible"),
        ({"speed": float("nan")}, "speed: nan"),
        ({"speed": -1.0}, "speed: -1"),
        ({"from_s": -1.0}, "from_s: -1"),
        ({"from_s": float("inf")}, "from_s: inf"),
        ({"from_s": 5.0, "to_s": 5.0}, "to: 5 s is not after 5 s"),
        ({"to_s": float("nan")}, "to: nan"),
        ({"rotate": 45}, "rotate: 45"),
        ({"rotate": "90"}, "rotate: '90'"),
        ({"speed": "0.5"}, "speed: '0.5' is no number"),
        ({"from_s": "0:01"}, "from_s: '0:01' is no number"),
        ({"from_s": None}, "from_s: None is no number"),
        ({"to_s": [1.0]}, r"to_s: \[1.0\] is no number"),
    ],
)
def test_what_cannot_be_asked_is_told(wrong: dict[str, Any], expected: str) -> None:
    with pytest.raises(Exception, match=expected):
        ReadOptions.of(**wrong)


@contextmanager
def sent(path: Path) -> Iterator[str]:
    """A camera that sends a file's pictures, without saying how long it will do so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "video/mp2t")
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(path.read_bytes())
                closing.wait(5)

        def log_message(self, *args: object) -> None:
            pass

    closing = threading.Event()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/video"
        closing.set()
        server.shutdown()


@in_real_time
@pytest.mark.parametrize("asked", [AS_STORED, Orientation(1), Orientation(2, mirrored=True)])
def test_a_camera_is_shown_as_a_clip_is(asked: Orientation, tmp_path: Path) -> None:
    stored = [cv2.resize(asked.inverse.upright(scene(i % 5)), None, fx=0.5, fy=1) for i in range(250)]
    path = film(tmp_path / "clip.ts", [np.asarray(one, np.uint8) for one in stored], aspect="2/1")
    with sent(path) as url, Camera(parse_camera(url), asked) as camera:
        frame = camera.feed().next(timeout_s=3)
        assert frame is not None
        is_upright(frame.image)
        assert not frame.image.flags.writeable
