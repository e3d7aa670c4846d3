"""A camera of this machine, read through OpenCV."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Image
from formcheck.core.wording.language import N_, joined
from formcheck.vision.camera.address import LocalCamera
from formcheck.vision.camera.backend import CapturedFrame, clock
from formcheck.vision.camera.listing import THERE_IS, camera_at_path, list_on_linux, numbered_names
from formcheck.vision.video.pixels import grey

WIDTH, HEIGHT, FPS = 1280, 720, 30
"""The requested mode; a camera without it gives what it has. More pixels would only be scaled down before the engine."""

BUFFERS = 2
"""Frames the driver may hold. One is being filled while the other is read; with a single one the rate is halved."""

_PRIVACY = {
    "darwin": N_("Allow it for your terminal in System Settings > Privacy & Security > Camera, or close what else uses it."),
    "win32": N_("Allow it in Settings > Privacy & security > Camera (desktop apps), or close what else uses it."),
}

_KINDS = {"linux": ("CAP_V4L2",), "win32": ("CAP_DSHOW", "CAP_MSMF"), "darwin": ("CAP_AVFOUNDATION",)}
"""By which of the system's interfaces OpenCV opens a camera. Each counts the cameras in its own way."""


class UsbCamera:
    """An opened camera; constructing it opens it and raises SourceError."""

    def __init__(self, device: LocalCamera) -> None:
        from formcheck.system.native.media_libs import cv2

        self._device = device
        # DirectShow opens in a second where Media Foundation, OpenCV's first choice, can take twenty.
        kinds = _KINDS.get(sys.platform, ("CAP_ANY",))
        for kind in (getattr(cv2, name) for name in kinds):
            self._capture: Any = cv2.VideoCapture(_number(device, kind), kind)
            if self._capture.isOpened():
                break
        else:
            raise SourceError(_why_not(device))
        # The format first: without compression USB carries 720p at ten frames a second. What is refused is left as it is.
        for what, value in (
            (cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG")),
            (cv2.CAP_PROP_FRAME_WIDTH, WIDTH),
            (cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT),
            (cv2.CAP_PROP_FPS, FPS),
            (cv2.CAP_PROP_BUFFERSIZE, BUFFERS),
        ):
            self._capture.set(what, value)

    def next(self) -> CapturedFrame:
        while self._capture.grab():
            arrived = clock()
            whole, bgr = self._capture.retrieve()
            if whole:  # a picture damaged on its way is passed over
                return CapturedFrame(arrived, partial(_rgb, bgr), partial(grey, bgr, bgr=True))
        raise SourceError(
            N_("{device}: gives no pictures. Is it still plugged in, and does no other program use it?").format(
                device=str(self._device)
            )
        )

    def adapt(self, seconds: float) -> None:
        """Let the camera adapt to the light: take in pictures for so long, without converting one."""
        end_s = clock() + seconds
        while clock() < end_s and self._capture.grab():
            pass

    def close(self) -> None:
        self._capture.release()


def _number(device: LocalCamera, kind: int) -> int | str:
    """Return how OpenCV calls the camera through `kind`: one chosen by its name has another number there."""
    named = [number for number, name in numbered_names(kind) if name == device.name] if device.name is not None else []
    return named[0] if named else device.where


def _rgb(bgr: Image) -> Image:
    from formcheck.system.native.media_libs import cv2

    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)


def _why_not(device: LocalCamera) -> str:
    path = device.path
    if path is None or sys.platform != "linux":
        do = _PRIVACY.get(sys.platform, N_("Close what else uses the camera."))
        return N_("{device}: cannot be opened. There is no such camera, or it may not be used. {advice}").format(
            device=str(device), advice=do
        )
    return why_not_on_linux(device, path, Path("/"))


def why_not_on_linux(device: LocalCamera, path: Path, root: Path) -> str:
    """Return why the camera could not be opened, as far as its file shows; `root` is where `dev` and `sys` lie."""
    if not path.exists():
        others = ", ".join(f"{one.address.where} ({one.name})" for one in list_on_linux(root))
        connected = THERE_IS.format(listed=others) if others else N_("No camera is connected.")
        return N_("{device}: there is no such camera. {connected}").format(device=str(device), connected=connected)
    camera = camera_at_path(path, root)
    if camera is None:
        return N_("{device}: {path} gives no pictures. Try another one: most cameras have two such files.").format(
            device=str(device), path=path
        )
    if camera.trouble:
        return joined("", (str(device), f": {path} ", camera.trouble))
    return N_(
        "{device}: cannot be opened. Another program is using it: close video calls and browser tabs that show the camera."
    ).format(device=str(device))
