"""What the framing of a container tells, where the length that it states tells nothing or too little.

Packets have numbers, marks and lengths of their own. They show whether a file ends in the middle of one, and, where clocks may
jump, whether one recording runs on over a step of its clock or another begins there.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from formcheck.vision.video.kinds import TRANSPORT_PACKETS

_TAIL_BYTES = 1 << 18
"""So much at the end of a file has a beginning of a packet in it: pages of Ogg are up to 65 kB long, the others shorter."""

_BEFORE_BYTES = 1 << 19
"""So far before a step the numbers of packets are followed: tables of a transport stream come ten times a second."""

_MOST_BYTES = 1 << 24
"""And no further than this between two pictures."""

_SYNC = 0x47
_NO_DATA_PID = 0x1FFF
_BEGINS, _ENDS = 0x02, 0x04  # flags of a page of Ogg: the first and the last of a stream


def is_cut(path: Path, kind: str) -> bool:
    """Return whether a file ends before it should, as far as its framing tells; `kind` is FFmpeg's name of the format.

    A transport stream of which just so many packets are left, and a program stream that ends between two, look whole.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        if kind in _STATED_END:
            return _STATED_END[kind](file) > size
        if kind in _CUT_TAIL:
            file.seek(max(0, size - _TAIL_BYTES))
            return _CUT_TAIL[kind](file.read())
    return False


def runs_on(path: Path, kind: str, begin: int, end: int) -> bool:
    """Return whether one recording is known to run on from the packet at byte `begin` to the one at byte `end`.

    In a transport stream the packets of each kind are numbered, and a mark tells where a clock begins anew; in Ogg a page is
    marked where a stream begins. Program streams have nothing of that.
    """
    if kind not in ("mpegts", "ogg") or not 0 <= begin < end <= begin + _MOST_BYTES:
        return False
    before = _BEFORE_BYTES if kind == "mpegts" else 0
    with path.open("rb") as file:
        head = file.read(4 * max(TRANSPORT_PACKETS))
        file.seek(max(0, begin - before))
        content = file.read(end + max(TRANSPORT_PACKETS) - max(0, begin - before))
    return _numbered_on(content, head) if kind == "mpegts" else _no_page_begins(content, end - begin)


# --- MPEG-TS -----------------------------------------------------------------------------------------------------------


def _packet_size(content: bytes) -> tuple[int, int] | None:
    """Return the size of the packets, and where the first of three begins; `None` where there are none."""
    for at in range(min(len(content), max(TRANSPORT_PACKETS))):
        for size, sign in TRANSPORT_PACKETS.items():
            if content[at + sign : at + 2 * size + sign + 1 : size] == bytes([_SYNC] * 3):
                return size, at
    return None


def _transport_is_cut(tail: bytes) -> bool:
    """Whether a packet is begun at the end."""
    found = _packet_size(tail)
    if found is None:
        return False
    size, at = found
    sign = TRANSPORT_PACKETS[size]
    while tail[at + sign : at + sign + 1] == bytes([_SYNC]):
        at += size
    return at > len(tail)


def _numbered_on(content: bytes, head: bytes) -> bool:
    """Whether no number is left out in packets of any kind, and none is marked as the first after a change of the clock."""
    found = _packet_size(content)
    if found is None:
        return False
    size, at = found
    numbers: dict[int, int] = {}
    for begin in range(at + TRANSPORT_PACKETS[size], len(content) - 187, size):
        sync, high, low, flags, extra = content[begin : begin + 5]
        if sync != _SYNC:
            return False
        kind, number = (high & 0x1F) << 8 | low, flags & 0x0F
        if kind == _NO_DATA_PID:
            continue
        if flags & 0x20 and extra > 0 and content[begin + 5] & 0x80:
            return False
        if flags & 0x10:
            last = numbers.get(kind)
            if last is not None and number not in (last, (last + 1) % 16):
                return False
            numbers[kind] = number
    return True


# --- MPEG-PS -----------------------------------------------------------------------------------------------------------

_PACK, _END = b"\x00\x00\x01\xba", b"\x00\x00\x01\xb9"


def _program_is_cut(tail: bytes) -> bool:
    """Whether the last packet is longer than what there is."""
    at = tail.find(_PACK)
    while at >= 0:
        end = _end_of_packets(tail, at)
        if end is not None:
            return end > len(tail)
        at = tail.find(_PACK, at + 1)
    return False


def _end_of_packets(content: bytes, at: int) -> int | None:
    """Return where the packets from `at` on end; `None` where what follows one is none: there it was no packet that began."""
    while at < len(content):
        start = content[at : at + 4]
        if start == _END or not any(content[at:]):
            return at
        if len(start) < 4:
            return at + 4
        if start == _PACK:
            newer = content[at + 4 : at + 5] > b"\x3f"
            at += 14 + (content[at + 13] & 7 if at + 13 < len(content) else 0) if newer else 12
        elif start[:3] == _PACK[:3] and start[3] > _PACK[3]:
            at += 6 + int.from_bytes(content[at + 4 : at + 6], "big") if at + 6 <= len(content) else 6
        else:
            return None
    return at


# --- Ogg ---------------------------------------------------------------------------------------------------------------


class _Page(NamedTuple):
    flags: int
    begin: int
    end: int


def _pages(content: bytes, at: int) -> Iterator[_Page]:
    """Yield the pages from `at` on, as long as one follows the other; the end of the last may lie beyond `content`."""
    while content.startswith(b"OggS", at) and at + 27 <= len(content):
        lengths = content[at + 27 : at + 27 + content[at + 26]]
        end = at + 27 + content[at + 26] + sum(lengths)
        yield _Page(content[at + 5], at, end)
        at = end


def _ogg_is_cut(tail: bytes) -> bool:
    """Whether the last page is not whole, or is not marked as the last."""
    at = tail.find(b"OggS")
    while at >= 0:
        pages = list(_pages(tail, at))
        end, ends = (pages[-1].end, pages[-1].flags & _ENDS) if pages else (at, 0)
        if b"OggS".startswith(tail[end : end + 4]):  # nothing, or a page that is begun
            return end != len(tail) or not ends
        at = tail.find(b"OggS", at + 1)
    return False


def _no_page_begins(content: bytes, end: int) -> bool:
    pages = [page for page in _pages(content, 0) if page.begin <= end]
    return bool(pages) and pages[-1].end > end and not any(page.flags & _BEGINS for page in pages)


# --- FLV, ASF (WMV) and Matroska (WebM) --------------------------------------------------------------------------------


def _flv_is_cut(tail: bytes) -> bool:
    """Whether there is no whole tag at the end: its length stands before and behind it."""
    length = int.from_bytes(tail[-4:], "big")
    head = tail[-4 - length :][:4]
    return not (11 <= length <= len(tail) - 4) or head[0] & 0x1F not in _TAGS or int.from_bytes(head[1:], "big") != length - 11


_TAGS = (8, 9, 18)  # sound, pictures, what is told of them


def _asf_end(file: BinaryIO) -> int:
    """Return where the pictures end by the length that is stated of them; what was recorded from a stream states none."""
    begin = int.from_bytes(file.read(24)[16:], "little")
    file.seek(min(begin, _FARTHEST))
    return begin + int.from_bytes(file.read(24)[16:], "little")


def _matroska_end(file: BinaryIO) -> int:
    """Return where the segment ends by its stated length; 0 where none is stated, as while a recording goes on."""
    content = file.read(1 << 12)
    at = 4
    for begin in (b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"):
        if not content.startswith(begin, at - 4) or at >= len(content) or not content[at]:
            return 0
        bytes_of_length = 9 - content[at].bit_length()
        most = 1 << (7 * bytes_of_length)
        length = int.from_bytes(content[at : at + bytes_of_length], "big") - most
        at += bytes_of_length + length + 4
    return at - 4 if length < most - 1 else 0


_FARTHEST = 1 << 62
_STATED_END: dict[str, Callable[[BinaryIO], int]] = {"asf": _asf_end, "matroska,webm": _matroska_end}
_CUT_TAIL: dict[str, Callable[[bytes], bool]] = {
    "flv": _flv_is_cut,
    "mpegts": _transport_is_cut,
    "mpeg": _program_is_cut,
    "ogg": _ogg_is_cut,
}
