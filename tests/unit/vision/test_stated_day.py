"""On which day a clip was filmed: as its file states it, and not known where the file does not."""

from pathlib import Path

import pytest
from PIL import Image

from formcheck.system.native.media_libs import av
from formcheck.vision.video import open_clip
from formcheck.vision.video.container.streams import stated_day
from tests.support.clips import colours, write_clip
from tests.support.pictures import stored

APPLE = "com.apple.quicktime.creationdate"


@pytest.mark.parametrize(
    ("tags", "day"),
    [
        ({"creation_time": "2026-11-30T12:13:39.000000Z"}, "2026-11-30"),
        ({APPLE: "2026-11-02T12:13:39+0000", "creation_time": "2026-11-30T12:13:39.000000Z"}, "2026-11-02"),
        ({APPLE: "yesterday", "creation_time": "2026-11-30T12:13:39.000000Z"}, "2026-11-30"),
        ({"creation_time": "1904-01-01T00:00:00.000000Z"}, None),
        ({"creation_time": "1970-01-01T00:00:00.000000Z"}, None),
        ({"creation_time": "9999-12-31T23:59:59-1200"}, None),
        ({"creation_time": ""}, None),
        ({"title": "2026-11-30"}, None),
    ],
)
def test_tags_of_a_film(tags: dict[str, str], day: str | None) -> None:
    assert stated_day(tags) == day


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mov", "clip.mkv"])
def test_a_film(name: str, tmp_path: Path) -> None:
    plain = write_clip(tmp_path / "plain.mp4", [(image, number / 30) for number, image in enumerate(colours(5))])
    with av.open(str(plain)) as source, av.open(str(tmp_path / name), "w") as out:
        out.metadata["creation_time"] = "2026-11-30T12:13:39Z"
        stream = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    with open_clip(plain) as one, open_clip(tmp_path / name) as other:
        assert (one.info.filmed, other.info.filmed) == (None, "2026-11-30")


@pytest.mark.parametrize(
    ("taken", "day"),
    [("2026:11:30 12:13:39", "2026-11-30"), ("2000:01:01 00:00:00", None), ("    :  :     :  :  ", None), (None, None)],
)
@pytest.mark.parametrize("kind", ["JPEG", "HEIF"])
def test_a_photo(kind: str, taken: str | None, day: str | None, tmp_path: Path) -> None:
    written = Image.Exif()
    if taken is not None:
        written.get_ifd(0x8769)[0x9003] = taken
    exif = written.tobytes() if kind == "HEIF" else written
    path = tmp_path / "photo"
    path.write_bytes(stored(kind, exif=exif))
    with open_clip(path) as source:
        assert source.info.filmed == day
