"""Pictures as people have them: any format under any name, any orientation, still or moving, cut short, or far too large."""

import io
import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from formcheck.core.errors import FormcheckError, SourceError
from formcheck.system.native.media_libs import av
from formcheck.vision.video import open_clip, read_in_segments
from formcheck.vision.video.file import VideoFile
from formcheck.vision.video.kinds import Kind, kind_of
from formcheck.vision.video.photo import SIDE, PictureFile, is_photo
from tests.support.clips import REPO, colours, write_clip
from tests.support.laws import law
from tests.support.pictures import ORIENTATIONS, is_marked, marked, moving, stored

FORMATS = ("JPEG", "MPO", "TIFF", "PNG", "WEBP", "AVIF", "HEIF")
ALL_FORMATS = (*FORMATS, "GIF", "BMP", "JPEG2000")
MOVING = ("GIF", "WEBP", "PNG", "AVIF")
NAMES = ("photo.jpg", "clip.mp4", "no_ending")


def opened(path: Path) -> tuple[type, bool, int]:
    """The kind of source, whether it is a photo, and how many pictures it has."""
    with open_clip(path) as source:
        return type(source), source.info.still, sum(1 for _ in source.frames())


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", FORMATS)
def test_every_orientation_is_as_a_viewer_shows_it(kind: str, orientation: int, tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(stored(kind, orientation=orientation))
    with open_clip(path) as source:
        assert (source.info.width, source.info.height) == (96, 64)
        (frame,) = source.frames()
    assert is_marked(frame.image)
    assert frame.image.flags["C_CONTIGUOUS"]


def heic(orientation: int, *, exif: int, miaf: bool = False) -> bytes:
    """A HEIC photo stored in that orientation, which its boxes state but for 1, with another one in its Exif tag."""
    picture, turning = marked(), ORIENTATIONS[orientation]
    written = Image.Exif()
    written[0x0112] = 1
    content = stored("HEIF", picture if turning is None else picture.transpose(turning), exif=written.tobytes())
    tag = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00"
    assert content.count(tag + b"\x01") == 1
    assert content.count(b"miaf") == 1
    assert b"irot" not in content
    assert b"imir" not in content
    return content.replace(tag + b"\x01", tag + bytes([exif])).replace(b"miaf", b"miaf" if miaf else b"mif1")


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_heic_photo_without_boxes_that_turn_it_is_turned_as_exif_says(orientation: int, tmp_path: Path) -> None:
    """Fujifilm's cameras write such; Apple's programs show it upright, but not where it says that it keeps to MIAF."""
    path = tmp_path / "DSCF0001.HIF"
    path.write_bytes(heic(orientation, exif=orientation))
    with open_clip(path) as source:
        (frame,) = source.frames()
    assert is_marked(frame.image)
    path.write_bytes(heic(orientation, exif=orientation, miaf=True))
    with open_clip(path) as source:
        (frame,) = source.frames()
    assert is_marked(frame.image) is (orientation == 1)


def test_what_boxes_say_of_a_heic_photo_holds_before_exif(tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    content = stored("HEIF", orientation=6)
    assert b"irot" in content
    for kept in (content, content.replace(b"miaf", b"mif1")):
        path.write_bytes(kept)
        with open_clip(path) as source:
            (frame,) = source.frames()
        assert is_marked(frame.image)


@pytest.mark.parametrize("kind", [*ALL_FORMATS, "tiles"])
def test_a_photo_is_opened_by_its_library_once(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    library = Image.open

    def counted(*args: Any, **named: Any) -> Image.Image:
        calls.append(args)
        return library(*args, **named)

    monkeypatch.setattr(Image, "open", counted)
    path = tmp_path / "photo"
    path.write_bytes(stored("HEIF", marked(640, 448), tile_size=128) if kind == "tiles" else stored(kind))
    assert opened(path) == (PictureFile, True, 1)
    assert len(calls) == 1


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_orientation_holds_for_pictures_that_are_made_smaller(
    kind: str, orientation: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("formcheck.vision.video.photo.SIDE", 40)
    path = tmp_path / "photo"
    path.write_bytes(stored(kind, orientation=orientation))
    with open_clip(path) as source:
        (frame,) = source.frames()
    assert max(frame.image.shape) <= 40
    assert is_marked(frame.image)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ALL_FORMATS)
def test_a_photo_is_one_by_its_content(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(stored(kind))
    assert opened(path) == (PictureFile, True, 1)
    assert is_photo(path)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", MOVING)
def test_a_moving_picture_is_a_clip_whatever_its_name(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(moving(kind, [100, 100, 200, 0, 50]))
    assert not is_photo(path)
    with open_clip(path) as source:
        assert not source.info.still
        assert not read_in_segments(source)
        frames = list(source.frames())
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.4, 0.5])
    brightness = [int(frame.image.mean()) for frame in frames]
    assert brightness == sorted(set(brightness))


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.avi", "clip.mov"])
def test_a_film_is_one_by_its_content_and_a_film_of_one_picture_is_a_photo(name: str, tmp_path: Path) -> None:
    path = write_clip(tmp_path / name, ((image, i / 10) for i, image in enumerate(colours(5))))
    assert opened(path.rename(tmp_path / "photo.jpg")) == (VideoFile, False, 5)
    one = write_clip(tmp_path / name, [(np.asarray(marked()), 0.0)])
    assert opened(one) == (VideoFile, True, 1)
    with open_clip(one) as source:
        assert source.info.expected_s == 0.0
        assert source.info.fps is None
        assert not read_in_segments(source)
        assert is_marked(next(iter(source.frames())).image)


def test_the_one_picture_that_is_left_of_a_film_is_no_photo(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.mp4", ((image, float(i)) for i, image in enumerate(colours(10))), fps=1)
    with (
        av.open(str(tmp_path / "clip.mp4")) as source,
        av.open(str(tmp_path / "fast.mp4"), "w", options={"movflags": "faststart"}) as out,
    ):
        stream = out.add_stream_from_template(source.streams.video[0])
        packets = [packet for packet in source.demux(video=0) if packet.dts is not None]
        for packet in packets:
            packet.stream = stream
            out.mux(packet)
    whole = (tmp_path / "fast.mp4").read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: whole.index(b"mdat") + 4 + packets[0].size])
    with open_clip(cut) as source:
        assert not source.info.still
        assert len(list(source.frames())) == 1
        assert source.damaged is not None
        assert "breaks off" in source.damaged


def test_a_tiled_photo_of_a_phone_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.HEIC"
    content = stored("HEIF", marked(640, 448), tile_size=128)
    assert b"grid" in content
    path.write_bytes(content)
    with open_clip(path) as source:
        (frame,) = source.frames()
    assert frame.image.shape == (448, 640, 3)
    assert is_marked(frame.image)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_every_way_to_store_colours_is_read(mode: str, tmp_path: Path) -> None:
    grey = Image.fromarray(np.linspace(0, 255, 96 * 64).reshape(64, 96).astype(np.uint8))
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    picture = deep if mode == "I;16" else grey.convert("RGB").convert(mode)
    path = tmp_path / "photo"
    picture.save(path, "TIFF")
    with open_clip(path) as source:
        (frame,) = source.frames()
    assert frame.image.dtype == np.uint8
    assert frame.image.shape == (64, 96, 3)
    assert float(np.abs(frame.image.mean(axis=2) - np.asarray(grey)).mean()) < {"1": 130, "P": 20}.get(mode, 3)


def damage(path: Path) -> str:
    """What is told of a damaged file: as of what is left of it, or as an error where that is nothing."""
    try:
        with open_clip(path) as source:
            assert list(source.frames()), "something is left"
            assert source.damaged is not None
            return source.damaged
    except SourceError as error:
        return str(error)


class TestDamage:
    @pytest.mark.parametrize("share", [0.2, 0.9])
    @pytest.mark.parametrize("kind", [*ALL_FORMATS, "tiles"])
    def test_a_photo_that_is_cut_short_is_told(self, kind: str, share: float, tmp_path: Path) -> None:
        whole = stored("HEIF", marked(640, 448), tile_size=128) if kind == "tiles" else stored(kind, marked(640, 448))
        path = tmp_path / "photo"
        path.write_bytes(whole[: int(len(whole) * share)])
        told = damage(path)
        assert re.search("cut short|damaged", told)
        assert re.fullmatch(r"[^()\n]*", told.removeprefix(f"{path}: ")), "no words of a library"

    @pytest.mark.parametrize("share", [0.3, 0.6])
    @pytest.mark.parametrize("kind", MOVING)
    def test_a_moving_picture_that_is_cut_short_is_told(self, kind: str, share: float, tmp_path: Path) -> None:
        whole = moving(kind, [100] * 20, (320, 240))
        path = tmp_path / "clip"
        path.write_bytes(whole[: int(len(whole) * share)])
        assert re.search("cut short|damaged", damage(path))

    def test_what_is_left_of_half_a_photo_is_there(self, tmp_path: Path) -> None:
        noise = np.random.default_rng(1).integers(0, 255, (64, 96, 3), np.uint8)
        picture = Image.fromarray(noise).resize((640, 448))
        whole = stored("JPEG", picture)
        path = tmp_path / "photo.jpg"
        path.write_bytes(whole[: len(whole) // 2])
        with PictureFile(path) as photo:
            assert photo.damaged is not None
            assert (photo.info.width, photo.info.height) == (640, 448)
            upper = photo._first[:120].astype(int)
        assert float(np.abs(upper - np.asarray(picture)[:120]).mean()) < 10

    @pytest.mark.parametrize("kind", [*ALL_FORMATS, "tiles"])
    def test_a_whole_photo_is_not_called_damaged_for_what_stands_behind_it(self, kind: str, tmp_path: Path) -> None:
        whole = stored("HEIF", marked(640, 448), tile_size=128) if kind == "tiles" else stored(kind)
        path = tmp_path / "photo"
        path.write_bytes(whole + b"what some phones append" * 50)
        assert opened(path) == (PictureFile, True, 1)

    @pytest.mark.parametrize("exif", [b"", b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"])
    def test_a_damaged_tag_is_no_damaged_photo(self, exif: bytes, tmp_path: Path) -> None:
        path = tmp_path / "photo.jpg"
        written = io.BytesIO()
        marked().save(written, "JPEG", quality=95, exif=exif)
        path.write_bytes(written.getvalue())
        assert opened(path) == (PictureFile, True, 1)

    @law
    @given(st.sampled_from([*ALL_FORMATS, *(f"moving {kind}" for kind in MOVING)]), st.data())
    def test_no_change_of_a_file_is_worse_than_a_sentence(self, kind: str, data: st.DataObject) -> None:
        whole = moving(kind.split()[1], [100] * 3) if kind.startswith("moving") else stored(kind)
        changed = bytearray(whole)
        for _ in range(data.draw(st.integers(1, 4))):
            changed[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
        with _file(bytes(changed)) as path, suppress(FormcheckError):
            opened(path)


class _file:  # noqa: N801
    """A file for one example of a law."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __enter__(self) -> Path:
        import tempfile

        handle, name = tempfile.mkstemp()
        os.write(handle, self.content)
        os.close(handle)
        self.path = Path(name)
        return self.path

    def __exit__(self, *error: object) -> None:
        self.path.unlink()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _png(width: int, height: int) -> bytes:
    rows = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    content = b"".join(rows.compress(row) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def _jpeg(progressive: bool) -> bytes:
    content = bytearray(stored("JPEG", progressive=progressive))
    at = content.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", 65000, 65000)
    return bytes(content)


def _gif() -> bytes:
    content = bytearray(stored("GIF"))
    content[6:10] = struct.pack("<HH", 65000, 65000)
    return bytes(content)


def _bmp() -> bytes:
    content = bytearray(stored("BMP"))
    content[18:26] = struct.pack("<ii", 40000, 40000)
    return bytes(content)


def _tiff() -> bytes:
    tags = [(256, 40000), (257, 40000), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, 40000), (279, 4)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + bytes(4)


def _webp() -> bytes:
    content = bytearray(moving("WEBP", [100, 100]))
    at = content.index(b"VP8X") + 12
    content[at : at + 6] = (16000).to_bytes(3, "little") * 2
    return bytes(content)


def _heic() -> bytes:
    content = stored("HEIF")
    return content.replace(struct.pack(">II", 96, 64), struct.pack(">II", 30000, 30000))


ABSURD: dict[str, Callable[[], bytes]] = {
    "png": lambda: _png(30000, 30000),
    "jpeg": lambda: _jpeg(progressive=False),
    "progressive jpeg": lambda: _jpeg(progressive=True),
    "gif": _gif,
    "bmp": _bmp,
    "tiff": _tiff,
    "moving webp": _webp,
    "heic": _heic,
}

_READ = """
import sys
from pathlib import Path
from formcheck.core.errors import FormcheckError
from formcheck.vision.video import open_clip
for name in sys.argv[1:]:
    try:
        with open_clip(Path(name)) as source:
            print("read", *((frame.image.shape) for frame in source.frames()))
    except FormcheckError as error:
        print(error)
status = Path("/proc/self/status").read_text()
print([int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")][0])
"""


def _read_apart(*paths: Path) -> tuple[list[str], int]:
    """What is told of each file, read by a process of its own, and the megabytes that took at most."""
    if not Path("/proc/self/status").exists():
        pytest.skip("nothing here tells how much memory a process has taken")
    told = subprocess.run([sys.executable, "-c", _READ, *paths], capture_output=True, text=True, check=True, cwd=REPO).stdout
    *lines, megabytes = told.splitlines()
    return lines, int(megabytes)


class TestSize:
    def test_absurd_sizes_are_refused_before_their_pixels_take_memory(self, tmp_path: Path) -> None:
        paths = []
        for name, make in ABSURD.items():
            paths.append(tmp_path / name)
            paths[-1].write_bytes(make())
        lines, megabytes = _read_apart(*paths)
        for path, line in zip(paths, lines, strict=True):
            assert line.startswith(f"{path}: ")
            assert path.name == "heic" or "million are not taken" in line
        assert megabytes < 400

    def test_a_side_beyond_what_image_libraries_take_is_made_smaller(self, tmp_path: Path) -> None:
        path = tmp_path / "long.png"
        path.write_bytes(_png(40000, 60))
        with open_clip(path) as source:
            (frame,) = source.frames()
        assert max(frame.image.shape) <= SIDE
        assert frame.image.shape == (20, 13334, 3)

    @pytest.mark.parametrize("size", [(1, 1), (1, 900), (20000, 1)])
    def test_the_smallest_sides_stay(self, size: tuple[int, int], tmp_path: Path) -> None:
        for kind in ("PNG", "JPEG"):
            path = tmp_path / kind
            path.write_bytes(stored(kind, Image.new("RGB", size)))
            with open_clip(path) as source:
                (frame,) = source.frames()
            assert min(frame.image.shape) >= 1

    @pytest.mark.proof
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "progressive", "TIFF", "BMP", "GIF", "AVIF", "HEIF", "WEBP", "JPEG2000"])
    def test_the_largest_that_are_taken_need_less_than_one_and_a_half_gigabytes(self, kind: str, tmp_path: Path) -> None:
        sides = {"JPEG": (16320, 12240), "progressive": (16320, 12240), "WEBP": (7900, 7500), "JPEG2000": (8000, 6200)}
        size = sides.get(kind, (12000, 9990))
        picture = Image.new("RGB", size, (90, 120, 30))
        options = {"progressive": {"progressive": True, "subsampling": 0}, "AVIF": {"speed": 10}}.get(kind, {})
        path = tmp_path / "photo"
        turned = 6 if kind in ("TIFF", "JPEG") else 1
        path.write_bytes(stored({"progressive": "JPEG"}.get(kind, kind), picture, turned, **options))
        (line,), megabytes = _read_apart(path)
        assert line.startswith("read")
        assert megabytes < 1500

    def test_a_film_is_held_to_its_size_whatever_it_states(self, tmp_path: Path) -> None:
        written = io.BytesIO()
        Image.new("L", (9000, 9000)).save(written, "JPEG", quality=5)
        for stated in ((64, 48), (9000, 9000)):
            path = tmp_path / "film.mkv"
            with av.open(str(path), "w") as container:
                stream = container.add_stream("mjpeg", rate=10)
                (stream.width, stream.height), stream.pix_fmt = stated, "yuvj420p"
                for i in range(3):
                    packet = av.Packet(written.getvalue())
                    packet.stream, packet.pts, packet.dts, packet.time_base = stream, i, i, Fraction(1, 10)
                    container.mux(packet)
            (line,), megabytes = _read_apart(path)
            assert line.startswith(f"{path}: ")
            assert megabytes < 400


class TestNames:
    @pytest.mark.parametrize(
        "name", [b"\xff\xe9.mp4", b"12:30.mp4", b"http:x.mp4", b"a\nb\x1b]0;t\x07.mkv", b"%03d.mp4", b"-i.mp4"]
    )
    def test_a_film_is_read_whatever_its_name(self, name: bytes, tmp_path: Path) -> None:
        made = write_clip(tmp_path / f"made{Path(os.fsdecode(name)).suffix}", zip(colours(5), range(5), strict=True), fps=1)
        path = made.rename(tmp_path / os.fsdecode(name))
        assert opened(path)[2] == 5

    @pytest.mark.parametrize(
        "name", [b"\xff\xe9.jpg", b"\xe9\xff", b"a\nb\x1b]0;t\x07.png", b"12:30.jpg", b"x" * 250 + b".jpg"]
    )
    def test_a_photo_is_read_whatever_its_name(self, name: bytes, tmp_path: Path) -> None:
        path = tmp_path / os.fsdecode(name)
        path.write_bytes(stored("JPEG"))
        assert opened(path) == (PictureFile, True, 1)

    @pytest.mark.parametrize("container", ["mp4", "mkv", "avi", "mov"])
    def test_a_tag_in_any_encoding_harms_no_clip(self, container: str, tmp_path: Path) -> None:
        path = tmp_path / f"clip.{container}"
        with av.open(str(path), "w") as out:
            out.metadata["title"] = "a title of a clip"
            stream = out.add_stream("mpeg4", rate=10)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            for image in colours(5):
                out.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
            out.mux(stream.encode(None))
        content = path.read_bytes()
        assert b"a title" in content
        path.write_bytes(content.replace(b"a title", b"\xe4\xff\xfetle"))
        assert opened(path)[2] == 5


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", None),
        (b"BMI is a measure", None),
        (b"GIF files are moving pictures", None),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"\x00\x00\x00\x20ftypM4A ", None),
        (b"OggS\x00\x02" + bytes(20) + b"\x01vorbis", None),
        (b"export const a = 1;\n" * 40, None),
        (b"GGGG" * 150, None),
        ((b"G" + bytes(187)) * 4, Kind.FILM),
        ((bytes(4) + b"G" + bytes(187)) * 4, Kind.FILM),
        (b"\x00\x00\x00\x20ftypqt  ", Kind.FILM),
        (b"\x00\x00\x00\x20ftypheic", Kind.PICTURE),
        (b"\x00\x00\x00\x20ftypmsf1", Kind.FILM),
    ],
)
def test_the_first_bytes_tell_the_kind(content: bytes, kind: Kind | None, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert kind_of(path) is kind


def test_moving_pictures_have_no_rate_and_no_stated_length(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(moving("GIF", [100, 100]))
    with open_clip(path) as source:
        assert isinstance(source, PictureFile)
        assert (source.info.fps, source.info.expected_s) == (None, None)
