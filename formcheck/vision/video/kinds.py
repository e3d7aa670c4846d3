"""What kind of clip a file is: by what it begins with, whatever its name says; and the endings that such files have."""

from enum import StrEnum
from pathlib import Path

VIDEOS = (
    *(".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi", ".mpg", ".mts", ".wmv", ".3gp"),
    *(".m2ts", ".m2t", ".mpeg", ".mpe", ".mpv", ".m2v", ".m1v", ".vob", ".trp"),
    *(".flv", ".f4v", ".3g2", ".3gpp", ".qt", ".ogv", ".ogm", ".asf", ".divx", ".dv", ".mxf", ".nut", ".rm", ".rmvb"),
    *(".h264", ".264", ".avc", ".hevc", ".h265", ".265", ".ivf", ".y4m", ".mjpeg", ".mjpg", ".insv"),
)
"""The endings of videos, in small letters, the usual ones first. `.ts` and `.mod` are not among them: most files of such
names are texts of programs, and a video shows by its content."""

PHOTOS = (
    *(".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".jp2", ".avif", ".heic", ".heif", ".hif"),
    *(".gif", ".apng", ".jpe", ".jfif", ".mpo", ".dib", ".j2k", ".jpx"),
)
"""The endings of photos, and of the moving pictures that are made like them, in small letters."""

HEAD_BYTES = 600
"""So many bytes from the beginning of a file tell its kind: three packets of a transport stream."""

_PICTURES = (
    *(b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    *(b"\x00\x00\x00\x0cjP  ", b"\xff\x4f\xff\x51"),
)
_FILMS = (
    *(b"\x1a\x45\xdf\xa3", b"FLV\x01", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"),
    *(b".RMF", b"YUV4MPEG2", b"DKIF", b"\x06\x0e\x2b\x34\x02\x05\x01\x01"),
)
_PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2", b"avif", b"avis", b"miaf"}
_SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"aax "}
_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip"}
TRANSPORT_PACKETS = {188: 0, 192: 4, 204: 0}
"""Bytes of a packet of a transport stream (MPEG-TS), and where its sign stands."""
_JPEGS_IN_A_ROW = (".mjpeg", ".mjpg")


class Kind(StrEnum):
    """How a file is read: by the library of pictures, which may move, or by that of films."""

    PICTURE = "picture"
    FILM = "film"


def kind_of(path: Path) -> Kind | None:
    """Return what the file at `path` is by its content; `None` where that shows nothing, or it cannot be read."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return None
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (OSError, ValueError):
        return None
    kind = _kind_of_head(head)
    return Kind.FILM if kind is Kind.PICTURE and path.suffix.lower() in _JPEGS_IN_A_ROW else kind


def _kind_of_head(head: bytes) -> Kind | None:
    if head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or _is_bitmap(head):
        return Kind.PICTURE
    if head[4:8] == b"ftyp":
        if head[8:12] in _SOUND_BRANDS:
            return None
        return Kind.PICTURE if head[8:12] in _PICTURE_BRANDS else Kind.FILM
    film = head.startswith(_FILMS) or head[4:8] in _BOXES or (head.startswith(b"RIFF") and head[8:12] == b"AVI ")
    film = film or (head.startswith(b"OggS") and (b"theora" in head or b"OVP80" in head))
    return Kind.FILM if film or any(_repeats(head, size, at) for size, at in TRANSPORT_PACKETS.items()) else None


def _is_bitmap(head: bytes) -> bool:
    """Whether it is a BMP: two letters alone, which texts begin with too, would not do."""
    return head.startswith(b"BM") and head[6:10] == bytes(4)


def _repeats(head: bytes, size: int, at: int) -> bool:
    """Whether packets of `size` bytes have the sign of a transport stream at `at`, and text is not full of that letter."""
    signs = head[at::size][:3]
    return len(signs) == 3 and set(signs) == {0x47} and head.count(0x47) < len(head) // 10
