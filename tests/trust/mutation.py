"""Content that is damaged or made to do harm, from a random number: the same number gives the same content."""

import re
import struct
from collections.abc import Callable, Sequence
from random import Random

EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def flips(content: bytearray, random: Random) -> bytearray:
    """Some bits are another way."""
    for _ in range(random.choice((1, 3, 16, 64, 300))):
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    return content


def head(content: bytearray, random: Random) -> bytearray:
    """Bits of the first bytes are another way."""
    for _ in range(random.choice((1, 4, 16))):
        content[random.randrange(min(512, len(content)))] ^= 1 << random.randrange(8)
    return content


def cut(content: bytearray, random: Random) -> bytearray:
    """The end is missing."""
    return content[: random.randrange(len(content))]


def hole(content: bytearray, random: Random) -> bytearray:
    """Something in the middle is missing, so that all after it is elsewhere."""
    start = random.randrange(len(content))
    del content[start : start + random.choice((1, 7, 188, 4096))]
    return content


def zeros(content: bytearray, random: Random) -> bytearray:
    """A block was never written."""
    start = random.randrange(len(content))
    end = min(len(content), start + random.choice((16, 512, 4096, 65536)))
    content[start:end] = bytes(end - start)
    return content


def foreign(content: bytearray, random: Random) -> bytearray:
    """A block of something else is in between."""
    start = random.randrange(len(content))
    content[start:start] = random.randbytes(random.choice((1, 16, 4096)))
    return content


def twice(content: bytearray, random: Random) -> bytearray:
    """A piece comes twice, as in files that were joined."""
    start, end = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:end] + content[start:]


def numbers(content: bytearray, random: Random) -> bytearray:
    """Some numbers are as large or as small as they can be."""
    for _ in range(random.choice((1, 2, 8))):
        at = 4 * random.randrange(max(1, len(content) // 4))
        content[at : at + 4] = struct.pack(random.choice("<>") + "I", random.choice(EXTREMES))
    return content


_BOX = re.compile(
    rb"moov|trak|mvhd|tkhd|mdhd|hdlr|minf|stbl|stsd|stts|ctts|stsc|stsz|stco|co64|elst|edts|avc1|avcC|mdat|ftyp|udta|meta"
)


def boxes(content: bytearray, random: Random) -> bytearray:
    """A box of an MP4 file has another size, another name, or impossible numbers."""
    places = [match.start() for match in _BOX.finditer(content)]
    if not places:
        return numbers(content, random)
    for _ in range(random.choice((1, 1, 3))):
        at = random.choice(places)
        match random.randrange(4):
            case 0 if at >= 4:
                content[at - 4 : at] = struct.pack(">I", random.choice(EXTREMES))
            case 1:
                content[at : at + 4] = random.choice((b"free", b"moov", b"\0\0\0\0", b"trak"))
            case 2:
                inside = at + 4 + 4 * random.randrange(12)
                content[inside : inside + 4] = struct.pack(">I", random.choice(EXTREMES))
            case _:
                inside = at + 4 + random.randrange(48)
                content[inside : inside + 1] = bytes([random.randrange(256)])
    return content


Change = Callable[[bytearray, Random], bytearray]
OF_BYTES: Sequence[Change] = (flips, head, cut, hole, zeros, foreign, twice, numbers)
OF_MEDIA: Sequence[Change] = (*OF_BYTES, boxes, boxes)


def damaged(content: bytes, random: Random, changes: Sequence[Change]) -> tuple[str, bytes]:
    """Return the name of a change, and the content after it."""
    change = random.choice(changes)
    return change.__name__, bytes(change(bytearray(content), random))


VALUES = (
    "", '""', "[]", "{}", "-1", "0", "1e400", "-1e400", "nan", "inf", "true", "9" * 5000, "0x" + "f" * 5000, "1" * 30,
    "9999-12-31T23:59:59Z", "0001-01-01", "2026-13-45", '"\\u0000"', '"\\u001b]0;x\\u0007"', '"[bold]x[/bold]"',
    '"' + "x" * 200_000 + '"', "[" * 900 + "]" * 900, "{a = " * 900 + "1" + "}" * 900, "[" + "1," * 50_000 + "]",
    '"../../../../etc/passwd"', '"\U0010ffff"', "\x00", "'" * 3, '"""', "[[[", "=", "\ufeff",
)  # fmt: skip
"""What stands where a value is expected."""


def rewritten(content: bytes, random: Random) -> tuple[str, bytes]:
    """Return TOML with another value, key, end of line or encoding, and the name of that change."""
    lines = content.decode().splitlines()
    at = random.choice([i for i, line in enumerate(lines) if "=" in line] or [0])
    key = lines[at].partition("=")[0].strip()[:40] or "a"
    match random.randrange(9):
        case 0 | 1 | 2:
            value = random.randrange(len(VALUES))
            lines[at] = f"{key} = {VALUES[value]}"
            return f"value {value} of {key}", _encoded("\n".join(lines))
        case 3:
            del lines[at]
            return f"no {key}", _encoded("\n".join(lines))
        case 4:
            lines.insert(at, lines[at])
            return f"{key} twice", _encoded("\n".join(lines))
        case 5:
            count = random.choice((40, 5000, 20_000))
            lines.insert(at, f"{'a.' * count}b = 1")
            return f"a key of {count} parts", _encoded("\n".join(lines))
        case 6:
            encoding = random.choice(("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp037"))
            return f"as {encoding}", "\n".join(lines).encode(encoding, "replace")
        case 7:
            filler = random.choice(("# comment\n", "a{} = 1\n", "[[x]]\n", "\n", "[t{}]\n"))
            many = "".join(filler.format(i) for i in range(random.choice((1000, 50_000, 400_000))))
            return f"{len(many)} more bytes", _encoded("\n".join(lines) + "\n" + many)
        case _:
            return "a header of many parts", _encoded(f"[{'a.' * random.choice((40, 20_000))}b]\n" + "\n".join(lines))


def retabled(content: bytes, random: Random) -> tuple[str, bytes]:
    """Return a CSV table with another cell, row or encoding, and the name of that change."""
    lines = content.decode().splitlines()
    at = random.randrange(len(lines))
    cells = lines[at].split(",")
    cell = random.randrange(len(cells))
    match random.randrange(6):
        case 0 | 1 | 2:
            value = random.randrange(len(VALUES))
            cells[cell] = VALUES[value]
            lines[at] = ",".join(cells)
            name = f"value {value} in line {at + 1}, cell {cell + 1}"
        case 3:
            del cells[cell]
            lines[at] = ",".join(cells)
            name = f"no cell {cell + 1} in line {at + 1}"
        case 4:
            lines.insert(at, lines[random.randrange(len(lines))])
            name = f"another line before line {at + 1}"
        case _:
            encoding = random.choice(("utf-8-sig", "utf-16", "utf-16-le", "latin-1"))
            return f"as {encoding}", "\n".join(lines).encode(encoding, "replace")
    return name, _encoded("\n".join(lines) + "\n")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
