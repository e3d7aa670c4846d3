"""Cameras by their names, on every system, and which one is taken where none is named."""

import sys
import urllib.request  # noqa: F401 - imports other modules on other systems: before a test calls this one so
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import SourceError
from formcheck.system.native.media_libs import cv2
from formcheck.vision.camera import listing, usb
from formcheck.vision.camera.address import LocalCamera, NamedCamera, parse_camera
from formcheck.vision.camera.camera import open_backend
from formcheck.vision.camera.listing import (
    CameraEntry,
    choose_by_name,
    choose_default,
    default_camera,
    find_camera,
    is_virtual,
    list_on_linux,
)
from tests.support.laws import law

words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1)


def entries(*names: str, trouble: str | None = None) -> list[CameraEntry]:
    return [
        CameraEntry(address=LocalCamera(where=i, name=name), name=name, trouble=trouble, virtual=is_virtual(name))
        for i, name in enumerate(names)
    ]


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "FaceTime",
            "Logitech C920",
            "HD WebCam: HD WebCam",
            "Câmera",
            "OBS Virtual Camera",
            "Camera #2",
            "USB2.0 (046d:0825)",
        ],
    )
    def test_what_is_nothing_else_is_a_name(self, text: str) -> None:
        assert parse_camera(text) == NamedCamera(name=text)

    @pytest.mark.parametrize(
        ("name", "number"),
        [("facetime", 1), ("FaceTime HD Camera", 1), ("c920", 2), ("HD", 0), ("obs", 3), ("Virtual", 3)],
    )
    def test_a_part_of_one_is_enough_and_a_whole_one_goes_first(self, name: str, number: int) -> None:
        found = entries("HD", "FaceTime HD Camera", "Logitech C920", "OBS Virtual Camera")
        assert choose_by_name(found, name).where == number

    def test_of_two_alike_it_is_the_first(self) -> None:
        assert choose_by_name(entries("C920", "C920"), "c920").where == 0

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Brio", r"there is no camera of this name. There is 0 \(C920\), 1 \(C922\)."),
            ("C92", r"in the names of several cameras.*0 \(C920\), 1 \(C922\)"),
        ],
    )
    def test_what_it_cannot_mean_is_told_with_what_is_there(self, name: str, expected: str) -> None:
        with pytest.raises(SourceError, match=expected):
            choose_by_name(entries("C920", "C922"), name)

    @law
    @given(st.lists(words), words)
    def test_any_name_is_a_camera_or_a_sentence(self, names: list[str], name: str) -> None:
        try:
            found = names[int(choose_by_name(entries(*names), name).where)]
        except SourceError as error:
            found = str(error)
        assert name.casefold() in found.casefold()


class TestDefault:
    @pytest.mark.parametrize(
        ("names", "number"),
        [
            (["FaceTime HD Camera"], 0),
            (["OBS Virtual Camera", "FaceTime HD Camera"], 1),
            (["Dummy video device (0x0000)", "Snap Camera", "ManyCam Virtual Webcam", "USB Camera"], 3),
            (["NDI Webcam Video 1", "XSplit VCam", "Iriun Webcam"], 2),
            ([], 0),
        ],
    )
    def test_it_is_the_first_that_is_no_program(self, names: list[str], number: int) -> None:
        assert choose_default(entries(*names)).where == number

    def test_where_all_are_virtual_none_is_taken_by_chance(self) -> None:
        with pytest.raises(SourceError, match=r"no camera but virtual ones.*0 \(OBS Virtual Camera\).*--camera NAME"):
            choose_default(entries("OBS Virtual Camera"))

    def test_one_that_can_be_read_goes_before_one_that_cannot(self) -> None:
        locked = entries("Locked", trouble="may not be read")
        free = [CameraEntry(address=LocalCamera(where=5), name="Free")]
        assert choose_default([*locked, *free]).where == 5
        assert choose_default(locked).where == 0, "opening it tells why"

    @pytest.mark.skipif(sys.platform != "linux", reason="cameras are files on Linux only")
    def test_on_linux_a_device_of_a_program_is_known_by_where_it_hangs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(listing, "_captures", lambda path: True)
        (tmp_path / "dev").mkdir()
        (tmp_path / "sys/class/video4linux").mkdir(parents=True)
        for number, (place, name) in enumerate((("virtual", "My Phone"), ("pci0000:00/usb1", "Integrated Camera"))):
            device = tmp_path / f"sys/devices/{place}/video4linux/video{number}"
            device.mkdir(parents=True)
            (device / "name").write_text(f"{name}\n")
            (tmp_path / f"sys/class/video4linux/video{number}").symlink_to(device)
            (tmp_path / f"dev/video{number}").touch()
        found = list_on_linux(tmp_path)
        assert [(one.name, one.virtual) for one in found] == [("My Phone", True), ("Integrated Camera", False)]
        assert choose_default(found).where == str(tmp_path / "dev/video1")
        assert choose_by_name(found, "phone").where == str(tmp_path / "dev/video0")


@pytest.fixture(params=["darwin", "win32"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[int, list[str]]:
    """The names that the library gives on another system, by the interface through which OpenCV counts them."""
    names: dict[int, list[str]] = {}
    library = ModuleType("cv2_enumerate_cameras")

    def enumerate_cameras(kind: int) -> list[SimpleNamespace]:
        return [SimpleNamespace(index=i, name=name) for i, name in enumerate(names[kind])]

    library.enumerate_cameras = enumerate_cameras  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cv2_enumerate_cameras", library)
    monkeypatch.setattr(sys, "platform", request.param)
    return names


class TestElsewhere:
    def test_names_come_from_the_library(self, elsewhere: dict[int, list[str]]) -> None:
        first = cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_AVFOUNDATION
        elsewhere |= {first: ["OBS Virtual Camera", "FaceTime HD Camera"], cv2.CAP_MSMF: ["FaceTime HD Camera"]}
        assert find_camera("facetime") == default_camera() == LocalCamera(where=1, name="FaceTime HD Camera")
        assert usb._number(default_camera(), first) == 1
        assert usb._number(default_camera(), cv2.CAP_MSMF) == 0, "counted in another way"
        assert usb._number(LocalCamera(where=1), cv2.CAP_MSMF) == 1, "a number that was given is left as it is"

    def test_without_them_there_are_numbers(self, elsewhere: dict[int, list[str]]) -> None:
        """The library finds nothing under the interface, as where it fails."""
        assert default_camera() == LocalCamera(where=0)
        with pytest.raises(SourceError, match="give a number"):
            open_backend(NamedCamera(name="FaceTime"))
