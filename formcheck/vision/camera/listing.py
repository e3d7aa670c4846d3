"""The cameras of this machine."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from formcheck.vision.camera.address import LocalCamera

NUMBERS_TO_TRY = 4
"""How many camera numbers are tried where the system's cameras have no files."""

NOT_ALLOWED = "may not be read by you. Add yourself to the group video (sudo usermod -aG video $USER), log out and in again."
"""Most Linux systems let the person at the screen read cameras, and others only this group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraEntry:
    """A camera of the list. `trouble` says, after its name, why it cannot be read; `None`: it can, unless it is in use."""

    address: LocalCamera
    name: str
    trouble: str | None = None


def list_cameras() -> tuple[CameraEntry, ...]:
    """Return the cameras of this machine. Except on Linux, each is switched on for a moment to find out."""
    return list_on_linux(Path("/")) if sys.platform == "linux" else _list_by_opening()


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
    try:
        capturing = _captures(path)
    except PermissionError:
        # The file may not be opened, but the first of a camera's files is the one with the pictures.
        if _read(about / "index") not in ("0", ""):
            return None
        return CameraEntry(address=address, name=name, trouble=NOT_ALLOWED)
    except OSError as error:
        return CameraEntry(address=address, name=name, trouble=f"cannot be opened ({error.strerror}).")
    return CameraEntry(address=address, name=name) if capturing else None


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


def _list_by_opening() -> tuple[CameraEntry, ...]:
    from formcheck.system.media_libs import cv2

    cameras = []
    for number in range(NUMBERS_TO_TRY):
        capture = cv2.VideoCapture(number)
        if capture.isOpened():
            seen = capture.grab()
            trouble = None if seen else "gives no pictures: another program uses it, or the privacy settings forbid it."
            cameras.append(CameraEntry(address=LocalCamera(where=number), name=f"camera {number}", trouble=trouble))
        capture.release()
    return tuple(cameras)
