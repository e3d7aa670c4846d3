"""Whether a recording ran on where its clock steps ahead by many seconds.

Then nothing was filmed for so long; else it was joined with another, or its clock was set.
"""

from array import array
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

from formcheck.vision.video.container.clock import JUMPING_S
from formcheck.vision.video.container.framing import runs_on

_MOST_ASKED = 20
"""A clock that steps more often is broken, and looking costs time: no more steps are looked at."""

_MARGIN_S = 1.0
"""Sound may end or begin by so much beside the pictures."""

_GROUP_CODE = b"\x00\x00\x01\xb8"
_WITH_CODES = ("mpeg1video", "mpeg2video")
_HEADER_BYTES = 512
"""Within so many bytes of a key picture of MPEG-1 or -2 stands the time code of its group."""


class Evidence:
    """What is found on the way through the packets of a file, to ask it afterwards.

    Sound, or whatever else was recorded beside the pictures, that goes on over the step; the framing of the container; and the
    time code that MPEG-1 and -2 count in their pictures: the next recording would begin with a smaller one.
    """

    def __init__(self, path: Path, kind: str) -> None:
        self._path, self._kind = path, kind
        self._at = array("q")  # where the packet of each picture lies, in bytes
        self._time_s = array("d")  # and when it is shown
        self._coded = array("q")  # the numbers of the pictures with a time code
        self._codes = array("q")
        self._asked = 0
        self._recorded: dict[int, list[list[float]]] = {}  # by stream: from where to where it goes on, in seconds

    def take_picture(self, packet: Any) -> None:
        """Take in the packet of the next picture."""
        if packet.is_keyframe and packet.size:
            head = bytes(memoryview(packet)[:_HEADER_BYTES])
            at = head.find(_GROUP_CODE)
            if packet.stream.codec_context.name in _WITH_CODES and 0 <= at < len(head) - 8:
                self._coded.append(len(self._at))
                self._codes.append(int.from_bytes(head[at + 4 : at + 8], "big") >> 7 & 0xFFFFFF)
        self._at.append(packet.pos if packet.pos is not None else -1)
        self._time_s.append(float(packet.pts * packet.time_base) if packet.pts is not None else 0.0)

    def take_other(self, packet: Any) -> None:
        """Take in a packet with a time of any other stream."""
        at_s = float(packet.pts * packet.time_base)
        parts = self._recorded.setdefault(packet.stream.index, [[at_s, at_s]])
        if abs(at_s - parts[-1][1]) <= JUMPING_S:
            parts[-1][1] = max(at_s, parts[-1][1])
        else:
            parts.append([at_s, at_s])

    def runs_on(self, before: int, after: int) -> bool:
        """Return whether the recording is known to have run on from the picture of number `before` to the one of `after`."""
        self._asked += 1
        if self._asked > _MOST_ASKED:
            return False
        begin_s, end_s = self._time_s[before] + _MARGIN_S, self._time_s[after] - _MARGIN_S
        if any(first <= begin_s and end_s <= last for parts in self._recorded.values() for first, last in parts):
            return True
        if self._counts_on(before, after):
            return True
        begin, end = sorted((self._at[before], self._at[after]))
        return runs_on(self._path, self._kind, begin, end)

    def _counts_on(self, before: int, after: int) -> bool:
        """Whether the time code of the group after a step is greater than that of the group before."""
        first, second = bisect_right(self._coded, before) - 1, bisect_left(self._coded, after)
        return first >= 0 and second < len(self._coded) and self._codes[first] < self._codes[second]
