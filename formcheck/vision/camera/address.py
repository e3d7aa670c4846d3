"""The address of a camera, parsed from what the person wrote, and how it is shown: without name, password and key.

`shown_address` decides what of an address may be seen. All that is printed or written of a camera goes through it.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from formcheck.core.errors import SourceError
from formcheck.core.wording.language import N_, NP_, joined

SCHEMES = ("http", "https", "rtsp")

EXPECTED = N_(
    "Give a number (0 is the first camera), a part of the camera's name, a device such as "
    "/dev/video0, or the http:// or rtsp:// address of a stream"
)

A_CLIP = N_("{text}: is a recorded clip: use `formcheck score`. A camera is expected here. {expected}.")

ESCAPES = N_("In a name or a password write %23 for #, %2F for /, %3F for ?, %40 for @, %3A for :, %20 for a blank, %25 for %.")

HIDDEN = "…"
"""Stands for what is not shown of an address."""

_KNOWN_SCHEMES = (*SCHEMES, "rtsps", "rtmp", "ftp", "tcp", "udp", "file", "ws", "wss")
_HOST = re.compile(r"(?:[\w.-]{1,253}|\[[0-9a-fA-F:.]+(?:%25)?\w*\])(?::\d{1,5})?")
_PLAIN = re.compile(r"[A-Za-z0-9._-]{0,12}")
"""A part of a path that is a word, as `video.mjpg` or `realmonitor`. Some cameras have name and password, or a key, there."""

_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]+:/")  # of at least two letters: C:/ is a disk
_LOGIN = re.compile(r"[^/\\]*:.*@", re.DOTALL)
_LONE_SECRET = re.compile(r"[^/\\]*@(?:[\w.-]{0,253}|\[[^\]/\\]*\])(?::\d*)?([/?#].*)?", re.DOTALL)
"""A name or a password alone before a place on the network; what is behind that is its group."""
_FILES = re.compile(r".*\.(?:toml|csv|jsonl?|html|task)", re.IGNORECASE | re.DOTALL)
_KEY = re.compile(r"[?&][^=&]*(?:us(?:e)?r|login|name|pw|pass|token|auth|key|secret|sid)[^=&]*=", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Return whether `text` looks like the address of something on the network, also one that lacks its beginning."""
    readings = (text, unquote(text)) if "%" in text else (text,)
    return any(_SCHEME.match(one) or _LOGIN.match(one) or _KEY.search(one) or _has_lone_secret(one) for one in readings)


def _has_lone_secret(text: str) -> bool:
    """Whether it is as `secret@camera`, and not the name of a file: these may have an @ too."""
    found = _LONE_SECRET.fullmatch(text) if "@" in text else None
    return found is not None and (found[1] is not None or not _is_file_name(text))


def _is_file_name(text: str) -> bool:
    from formcheck.vision.video.kinds import PHOTOS, VIDEOS  # which needs numpy

    return text.lower().endswith((*VIDEOS, *PHOTOS)) or _FILES.fullmatch(text) is not None


def shown_address(text: str) -> str:
    """Return what may be shown of an address: scheme, host, port, and the path as far as it is plain words.

    Nothing is known for sure where an @ stands behind a slash, a question mark or a hash: a password may have these.
    """
    scheme, separator, rest = text.strip().partition("://")
    if not separator:
        scheme, rest = "", text.strip()
    elif scheme.lower() not in _KNOWN_SCHEMES:
        return HIDDEN
    authority, tail = _split(rest)
    host = authority.rpartition("@")[2]
    if "@" in unquote(tail) or not _HOST.fullmatch(host):
        return f"{scheme}{separator}{HIDDEN}"
    return f"{scheme}{separator}{host}{_shown_path(tail)}"


def _split(rest: str) -> tuple[str, str]:
    """Return what stands before the first slash, question mark or hash, and from there on."""
    end = re.search(r"[/?#\\]", rest)
    return (rest[: end.start()], rest[end.start() :]) if end is not None else (rest, "")


def _shown_path(tail: str) -> str:
    end = re.search(r"[?#\\]", tail)
    path, query = (tail[: end.start()], tail[end.start() :]) if end is not None else (tail, "")
    parts = path.split("/")
    for i, part in enumerate(parts):
        if not _PLAIN.fullmatch(part):
            return "/".join([*parts[:i], HIDDEN])  # what follows may be the rest of a password
    return f"{path}{query[:1]}{HIDDEN}" if query else path


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalCamera:
    """A camera of this machine: its number, or its path (Linux). `name` is the system's, where it was chosen by it."""

    where: int | str
    name: str | None = None

    def __str__(self) -> str:
        return N_("camera {number}").format(number=self.where)

    @property
    def path(self) -> Path | None:
        """Return the camera's device file; `None` on systems that have none."""
        if isinstance(self.where, str):
            return Path(self.where)
        return Path(f"/dev/video{self.where}") if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCamera:
    """A camera of this machine by its name, or a part of it: whatever number it has when it is opened."""

    name: str

    def __str__(self) -> str:
        return N_("camera {name}").format(name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NetworkStream:
    """A camera on the network. Its text leaves out the password."""

    url: str

    def __str__(self) -> str:
        return shown_address(self.url)

    def __repr__(self) -> str:
        return f"NetworkStream({self})"


Address: TypeAlias = LocalCamera | NamedCamera | NetworkStream


def parse_camera(text: str) -> Address:
    """Return the camera that `text` means. Raises SourceError when it means none."""
    from formcheck.vision.video.kinds import PHOTOS, VIDEOS  # which needs numpy

    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) <= 3:
        return LocalCamera(where=int(text))
    if text.startswith("/dev/"):
        if sys.platform != "linux":
            raise SourceError(
                N_("{text}: only Linux has its cameras there. Give the number of the camera; 0 is the first.").format(text=text)
            )
        return LocalCamera(where=text)
    scheme, separator, _ = text.partition("://")
    if separator:
        return _stream(text, scheme.lower())
    if text and Path(text).is_file():
        raise SourceError(A_CLIP.format(text=text, expected=EXPECTED))
    if is_address(text) or "@" in text or re.fullmatch(r"[\w.-]+:\d+(/\S*)?", text):
        looks = N_("{address}: looks like the address of a stream. Write http:// (or rtsp://) before it.").format(
            address=shown_address(text)
        )
        raise SourceError(joined(" ", (looks, ESCAPES)) if "@" in text else looks)
    if Path(text).suffix.lower() in (*VIDEOS, *PHOTOS):
        raise SourceError(A_CLIP.format(text=text, expected=EXPECTED))
    if not re.search(r"[^\W\d_]", text) or re.search(r"[/?=\\\x00-\x1f]", text):
        raise SourceError(
            N_("{given}: is not a camera. {expected}.").format(
                given=shown_address(text) or NP_("address", "nothing"), expected=EXPECTED
            )
        )
    return NamedCamera(name=text)


def _stream(text: str, scheme: str) -> NetworkStream:
    stream = NetworkStream(url=text)
    if scheme not in SCHEMES:
        raise SourceError(
            N_("{stream}: a stream's address begins with {schemes}. {advice}").format(
                stream=str(stream), schemes=", ".join(f"{name}://" for name in SCHEMES), advice=ESCAPES
            )
        )
    if "@" in _split(text.partition("://")[2])[1]:
        raise SourceError(
            N_("{stream}: has an @ behind a /, a ? or a #, so it can't be told where a password ends. {advice}").format(
                stream=str(stream), advice=ESCAPES
            )
        )
    if "#" in text:
        raise SourceError(
            N_("{stream}: has a # in it, and what is behind that never reaches a camera. {advice}").format(
                stream=str(stream), advice=ESCAPES
            )
        )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SourceError(
            N_("{stream}: is not an address that can be read. Expected something like {example}. {advice}").format(
                stream=str(stream), example=_like(scheme), advice=ESCAPES
            )
        ) from None
    if not parts.hostname or port == 0 or re.search(r"[\s\x00-\x1f]", text):
        raise SourceError(
            N_("{stream}: names no place on the network. Expected something like {example}. {advice}").format(
                stream=str(stream), example=_like(scheme), advice=ESCAPES
            )
        )
    return stream


def _like(scheme: str) -> str:
    return f"{scheme}://192.168.1.20:{554 if scheme == 'rtsp' else 8080}/video"
