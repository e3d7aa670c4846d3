"""The address of a camera, parsed from what the person wrote."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from formcheck.core.errors import SourceError
from formcheck.vision.video.kinds import PHOTOS, VIDEOS

SCHEMES = ("http", "https", "rtsp")

EXPECTED = "Give a number (0 is the first camera), a device such as /dev/video0, or the http:// or rtsp:// address of a stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalCamera:
    """A camera of this machine: its number, or its path (Linux)."""

    where: int | str

    def __str__(self) -> str:
        return f"camera {self.where}"

    @property
    def path(self) -> Path | None:
        """Return the camera's device file; `None` on systems that have none."""
        if isinstance(self.where, str):
            return Path(self.where)
        return Path(f"/dev/video{self.where}") if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStream:
    """A camera on the network. Its text leaves out the password."""

    url: str

    def __str__(self) -> str:
        return re.sub(r"//[^/?#]*@", "//", self.url)


Address: TypeAlias = LocalCamera | NetworkStream


def parse_camera(text: str) -> Address:
    """Return the camera that `text` means. Raises SourceError when it means none."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) <= 3:
        return LocalCamera(where=int(text))
    if text.startswith("/dev/"):
        if sys.platform != "linux":
            raise SourceError(f"{text}: only Linux has its cameras there. Give the number of the camera; 0 is the first.")
        return LocalCamera(where=text)
    scheme, separator, _ = text.partition("://")
    if separator:
        return _stream(text, scheme.lower())
    if Path(text).suffix.lower() in (*VIDEOS, *PHOTOS) or (text and Path(text).is_file()):
        raise SourceError(f"{text}: is a recorded clip: use `formcheck score`. A camera is expected here. {EXPECTED}.")
    if re.fullmatch(r"[\w.-]+:\d+(/\S*)?", text):
        raise SourceError(f"{text}: looks like the address of a stream. Write http:// (or rtsp://) before it.")
    raise SourceError(f"{text or 'nothing'}: is not a camera. {EXPECTED}.")


def _stream(text: str, scheme: str) -> NetworkStream:
    stream = NetworkStream(url=text)
    if scheme not in SCHEMES:
        raise SourceError(f"{stream}: a stream's address begins with {', '.join(f'{name}://' for name in SCHEMES)}.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SourceError(f"{stream}: is not an address that can be read. Expected something like {_like(scheme)}.") from None
    if not parts.hostname or port == 0 or re.search(r"[\s\x00-\x1f]", text):
        raise SourceError(f"{stream}: names no place on the network. Expected something like {_like(scheme)}.")
    return stream


def _like(scheme: str) -> str:
    return f"{scheme}://192.168.1.20:{554 if scheme == 'rtsp' else 8080}/video"
