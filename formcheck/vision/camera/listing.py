"""The cameras of this machine: their names, and which one is meant where the person names none or a part of one's name.

A virtual camera (OBS, v4l2loopback, the filters of video calls) shows what a program draws. It is taken where it is asked for,
and never because it happens to be the first.
"""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.core.errors import SourceError
from formcheck.core.wording.language import N_, joined
from formcheck.vision.camera.address import LocalCamera

NUMBERS_TO_TRY = 4
"""How many camera numbers are tried where the system's cameras have no files."""

THERE_IS = N_("There is {listed}.")
NONE_KNOWN = N_("No camera is connected, or its name is not known here: give a number.")
NOT_ALLOWED = N_(
    "may not be read by you. Add yourself to the group video (sudo usermod -aG video $USER), log out and in again."
)
"""Most Linux systems let the person at the screen read cameras, and others only this group."""


_VIRTUAL = re.compile(r"virtual|\bobs\b|loopback|dummy|\bv-?cam\b|snap camera|manycam|xsplit|\bndi\b", re.IGNORECASE)
"""In the names of cameras that are programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraEntry:
    """A camera of the list. `trouble` says, after its name, why it cannot be read; `None`: it can, unless it is in use."""

    address: LocalCamera
    name: str
    trouble: str | None = None
    virtual: bool = False


def list_cameras() -> tuple[CameraEntry, ...]:
    """Return the cameras of this machine. Except on Linux, each is switched on for a moment to find out."""
    if sys.platform == "linux":
        return list_on_linux(Path("/"))
    numbered = (CameraEntry(address=LocalCamera(where=i), name=str(LocalCamera(where=i))) for i in range(NUMBERS_TO_TRY))
    return tuple(entry for one in named_cameras() or numbered if (entry := _opened(one)) is not None)


def named_cameras() -> tuple[CameraEntry, ...]:
    """Return the cameras of this machine as far as the system names them, without switching one on."""
    if sys.platform == "linux":
        return list_on_linux(Path("/"))
    from formcheck.system.native.media_libs import cv2

    names = numbered_names(cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_AVFOUNDATION)
    return tuple(
        CameraEntry(address=LocalCamera(where=number, name=name), name=name, virtual=is_virtual(name)) for number, name in names
    )


def numbered_names(kind: int) -> list[tuple[int, str]]:
    """Return number and name of every camera as OpenCV counts them through `kind`, on macOS and Windows; none if unknown."""
    try:
        from cv2_enumerate_cameras import enumerate_cameras

        return [(int(camera.index), str(camera.name)) for camera in enumerate_cameras(kind)]
    except Exception:  # it asks the system's own libraries; without names there are still numbers
        return []


def is_virtual(name: str) -> bool:
    """Return whether a camera is a program, by its name."""
    return bool(_VIRTUAL.search(name))


def find_camera(name: str) -> LocalCamera:
    """Return the camera that is called so, or whose name alone has this in it, in any case. Raises SourceError."""
    return choose_by_name(named_cameras(), name)


def choose_by_name(cameras: Sequence[CameraEntry], name: str) -> LocalCamera:
    """Return the one of `cameras` that `name` means. Raises SourceError."""
    wanted = name.casefold()
    alike = [one for one in cameras if wanted in one.name.casefold()]
    found = [one for one in alike if one.name.casefold() == wanted] or alike
    if not found:
        raise SourceError(N_("{name}: there is no camera of this name. {listed}").format(name=name, listed=_listed(cameras)))
    if len({one.name for one in found}) > 1:
        raise SourceError(
            N_("{name}: is in the names of several cameras. Give more of one's name, or its number. {listed}").format(
                name=name, listed=_listed(found)
            )
        )
    return found[0].address  # of two alike the first: one camera may have several files


def default_camera() -> LocalCamera:
    """Return the first camera that is one. Raises SourceError where all there are is virtual."""
    return choose_default(named_cameras())


def choose_default(cameras: Sequence[CameraEntry]) -> LocalCamera:
    """Return the first of `cameras` that is one, of those that can be read if there are any. Raises SourceError."""
    real = sorted((one for one in cameras if not one.virtual), key=lambda one: one.trouble is not None)
    if real:
        number = re.fullmatch(r"/dev/video(\d+)", str(real[0].address.where))
        return replace(real[0].address, where=int(number[1])) if number is not None else real[0].address
    if cameras:
        raise SourceError(
            N_(
                "There is no camera but virtual ones, which show what a program draws. {listed} To take one, "
                "name it: --camera NAME."
            ).format(listed=_listed(cameras))
        )
    return LocalCamera(where=0)  # opening it tells why there is none


def _listed(cameras: Sequence[CameraEntry]) -> str:
    listed = joined(", ", (joined("", (f"{one.address.where} (", one.name, ")")) for one in cameras))
    return THERE_IS.format(listed=listed) if listed else NONE_KNOWN


def list_on_linux(root: Path) -> tuple[CameraEntry, ...]:
    """Return the cameras that have a file in `root`/dev, in the order of their numbers."""
    numbered = [(int(name), path) for path in root.glob("dev/video*") if (name := path.name.removeprefix("video")).isdecimal()]
    cameras = (camera_at_path(path, root) for _, path in sorted(numbered))
    return tuple(camera for camera in cameras if camera is not None)


def camera_at_path(path: Path, root: Path) -> CameraEntry | None:
    """Return the camera of a device file; `None` if the file gives no pictures, as the second one of most USB cameras."""
    about = root / "sys/class/video4linux" / path.resolve().name
    name = _read(about / "name") or "camera"
    address = LocalCamera(where=str(path))
    virtual = is_virtual(name) or "/devices/virtual/" in about.resolve().as_posix()
    try:
        capturing = _captures(path)
    except PermissionError:
        # The file may not be opened, but the first of a camera's files is the one with the pictures.
        if _read(about / "index") not in ("0", ""):
            return None
        return CameraEntry(address=address, name=name, trouble=NOT_ALLOWED, virtual=virtual)
    except OSError as error:
        return CameraEntry(
            address=address,
            name=name,
            trouble=N_("cannot be opened ({reason}).").format(reason=error.strerror),
            virtual=virtual,
        )
    return CameraEntry(address=address, name=name, virtual=virtual) if capturing else None


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def _captures(path: Path) -> bool:
    """Return whether the driver gives pictures through this file. Raises OSError where it cannot be opened."""
    import fcntl

    query, length = 0x80685600, 104  # VIDIOC_QUERYCAP and its struct v4l2_capability
    handle = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    try:
        capability = fcntl.ioctl(handle, query, bytes(length))
    except OSError:
        return False  # not a video device at all
    finally:
        os.close(handle)
    return gives_pictures(capability)


def gives_pictures(capability: bytes) -> bool:
    """Return whether a struct v4l2_capability says so: of the device, or, where it has them apart, of this file of it."""
    device, file = (int.from_bytes(capability[at : at + 4], sys.byteorder) for at in (84, 88))
    apart, single_plane, multi_plane = 0x8000_0000, 0x1, 0x1000
    return bool((file if device & apart else device) & (single_plane | multi_plane))


def _opened(camera: CameraEntry) -> CameraEntry | None:
    """Return the camera with what is wrong with it; `None` where there is none of this number."""
    from formcheck.system.native.media_libs import cv2

    capture = cv2.VideoCapture(camera.address.where, cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_ANY)
    try:
        if capture.isOpened() and capture.grab():
            return camera
        if not capture.isOpened() and camera.address.name is None:
            return None
        return replace(camera, trouble=N_("gives no pictures: another program uses it, or the privacy settings forbid it."))
    finally:
        capture.release()
