"""One picture of a camera: it has adapted to the light, one is converted, and the camera is closed whatever happens."""

import time

import numpy as np
import pytest

from formcheck.core.errors import SourceError
from formcheck.vision.camera import single
from formcheck.vision.camera.address import LocalCamera
from formcheck.vision.camera.backend import CapturedFrame
from formcheck.vision.camera.usb import UsbCamera
from formcheck.vision.orientation import requested

CAMERA = LocalCamera(where=0)


class FakeCapture:
    """A capture of OpenCV that gives a picture every 5 ms, or none any more."""

    def __init__(self, *, gives: bool = True) -> None:
        self.gives = gives
        self.grabbed = self.retrieved = self.released = 0

    def grab(self) -> bool:
        time.sleep(0.005)
        self.grabbed += 1
        return self.gives

    def retrieve(self) -> tuple[bool, object]:
        self.retrieved += 1
        picture = np.zeros((4, 6, 3), np.uint8)
        picture[0, 0] = (0, 0, 255)
        return True, picture

    def release(self) -> None:
        self.released += 1


def camera(capture: FakeCapture) -> UsbCamera:
    made = UsbCamera.__new__(UsbCamera)
    made._device, made._capture = CAMERA, capture
    return made


def test_a_usb_camera_adapts_and_one_picture_is_converted(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = FakeCapture()
    monkeypatch.setattr(single, "open_backend", lambda _address: camera(capture))
    monkeypatch.setattr(single, "ADAPT_S", 0.1)
    picture = single.single_picture(CAMERA, requested(90, mirror=False))
    assert picture.shape == (6, 4, 3)
    assert tuple(picture[0, -1]) == (255, 0, 0)  # red, and turned clockwise
    assert capture.grabbed >= 3
    assert (capture.retrieved, capture.released) == (1, 1)


def test_a_camera_that_gives_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = FakeCapture(gives=False)
    monkeypatch.setattr(single, "open_backend", lambda _address: camera(capture))
    with pytest.raises(SourceError, match="gives no pictures"):
        single.single_picture(CAMERA)
    assert capture.released == 1


def test_a_camera_of_the_network_gives_its_first_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    class Network:
        def next(self) -> CapturedFrame:
            return CapturedFrame(0.0, lambda: np.full((4, 6, 3), 7, np.uint8))

        def close(self) -> None:
            closed.append(True)

    monkeypatch.setattr(single, "open_backend", lambda _address: Network())
    began_s = time.monotonic()
    assert single.single_picture(CAMERA).mean() == 7
    assert time.monotonic() - began_s < single.ADAPT_S
    assert closed == [True]
