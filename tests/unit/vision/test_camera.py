"""A camera as it behaves: it does not wait, goes away, and comes back with another size."""

import http.server
import itertools
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import SourceError
from formcheck.core.interfaces import Frame, Image
from formcheck.core.lighting import Light, light_of
from formcheck.system.native.media_libs import cv2
from formcheck.vision.camera import camera as camera_module
from formcheck.vision.camera.address import LocalCamera, NetworkStream, parse_camera
from formcheck.vision.camera.backend import CapturedFrame, clock
from formcheck.vision.camera.camera import CALM_S, Camera, CameraState, Feed
from formcheck.vision.camera.latest import LatestValue
from formcheck.vision.camera.listing import gives_pictures, list_cameras, list_on_linux
from formcheck.vision.camera.usb import why_not_on_linux
from formcheck.vision.sampling.standstill import STANDS_STILL_S
from tests.support.clips import REPO, SAMPLES, frames_of
from tests.support.laws import law
from tests.support.real_time import in_real_time
from tests.support.streamed import streamed

CLIP = SAMPLES / "none_empty_room.mp4"  # 12 frames a second, 640x360, two seconds

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="cameras are files on Linux only")


class TestAddress:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("0", LocalCamera(where=0)),
            (" 12 ", LocalCamera(where=12)),
            pytest.param("/dev/video0", LocalCamera(where="/dev/video0"), marks=on_linux),
            pytest.param("/dev/v4l/by-id/usb-cam", LocalCamera(where="/dev/v4l/by-id/usb-cam"), marks=on_linux),
            ("http://192.168.1.20:8080/video", NetworkStream(url="http://192.168.1.20:8080/video")),
            ("https://phone.local/video", NetworkStream(url="https://phone.local/video")),
            ("RTSP://me:secret@[fe80::1]:554/h264", NetworkStream(url="RTSP://me:secret@[fe80::1]:554/h264")),
        ],
    )
    def test_what_is_meant(self, text: str, meant: LocalCamera | NetworkStream) -> None:
        assert parse_camera(text) == meant

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", "is not a camera"),
            ("0.5", "is not a camera"),
            ("-1", "is not a camera"),
            ("samples/kneeling_hip_flexor.mp4", "is a recorded clip: use `formcheck score`"),
            ("gone.MOV", "is a recorded clip"),
            *((f"gone{ending}", "is a recorded clip") for ending in (".HEIC", ".m2ts", ".flv", ".gif", ".ogv", ".hevc")),
            (str(REPO / "README.md"), "is a recorded clip"),
            ("192.168.1.20:8080/video", "Write http://"),
            ("ftp://192.168.1.20/video", "begins with http://"),
            ("http:///video", "names no place"),
            ("http://host:port/", "cannot|not an address"),
            ("http://[::1/", "not an address"),
            ("http://a b/", "names no place"),
        ],
    )
    def test_what_is_no_camera_is_told_in_a_sentence(self, text: str, expected: str) -> None:
        with pytest.raises(SourceError, match=expected):
            parse_camera(text)

    @law
    @given(st.one_of(st.text(), st.text().map("http://".__add__), st.text().map("rtsp://a:b@".__add__)))
    def test_any_text_is_a_camera_or_a_sentence(self, text: str) -> None:
        try:
            meant = str(parse_camera(text))
        except SourceError as error:
            meant = str(error)
        assert meant
        assert "a:b@" not in meant

    def test_a_password_is_not_shown(self) -> None:
        stream = parse_camera("http://me:secret@phone:8080/video")
        assert str(stream) == "http://phone:8080/video"
        with pytest.raises(SourceError) as caught:
            parse_camera("ftp://me:secret@phone/video")
        assert "secret" not in str(caught.value)


class TestNewest:
    @law
    @given(st.lists(st.sampled_from(["put", "first", "second"])))
    def test_each_consumer_gets_the_newest_and_only_once(self, steps: list[str]) -> None:
        newest: LatestValue[int] = LatestValue()
        put, seen = 0, {"first": 0, "second": 0}
        for step in steps:
            if step == "put":
                put += 1
                newest.put(put)
                continue
            found = newest.after(seen[step], timeout_s=0)
            if seen[step] == put:
                assert found is None
            else:
                assert found == (put, put)
                seen[step] = put

    @law
    @given(st.lists(st.sampled_from(["news", "put", "all", "news alone"])))
    def test_who_waits_for_news_gets_the_newest_once_there_is_some(self, steps: list[str]) -> None:
        newest: LatestValue[int] = LatestValue()
        put = news = seen = 0
        for step in steps:
            if step in ("news", "put"):
                put += 1
                news = put if step == "news" else news
                newest.put(put, news=step == "news")
                continue
            wanted = put if step == "all" else news
            found = newest.after(seen, timeout_s=0, news=step != "all")
            assert found == ((put, put) if wanted > seen else None)
            seen = put if found else seen

    def test_a_slow_consumer_never_sees_what_was_there_before_it_asked_for_something_newer(self) -> None:
        newest: LatestValue[int] = LatestValue()
        done = threading.Event()

        def produce() -> None:
            for thing in range(1, 2001):
                newest.put(thing)
            done.set()

        had: dict[float, list[int]] = {0.0: [], 0.002: []}

        def consume(busy_s: float) -> None:
            seen = 0
            while not (done.is_set() and seen == newest.number):
                before = newest.number
                found = newest.after(seen, timeout_s=1)
                if found is not None:
                    assert found[0] >= before
                    seen = found[0]
                    had[busy_s].append(seen)
                time.sleep(busy_s)

        threads = [threading.Thread(target=consume, args=(busy_s,)) for busy_s in had]
        for thread in (*threads, threading.Thread(target=produce)):
            thread.start()
        for thread in threads:
            thread.join(20)
        for numbers in had.values():
            assert numbers == sorted(set(numbers))
            assert numbers[-1] == 2000

    def test_whoever_waits_is_let_go_when_it_is_closed(self) -> None:
        newest: LatestValue[int] = LatestValue()
        threading.Timer(0.1, newest.close).start()
        began = time.monotonic()
        assert newest.after(0, timeout_s=30) is None
        assert time.monotonic() - began < 5
        newest.put(1)
        assert newest.after(0, timeout_s=0) is None


def _wait(until: Callable[[], object], timeout_s: float = 15.0) -> None:
    end = time.monotonic() + timeout_s
    while not until():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def _see(feed: Feed, wanted: Callable[[Frame], object], timeout_s: float = 15.0) -> Frame:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        frame = feed.next(timeout_s=0.5)
        if frame is not None and wanted(frame):
            return frame
    raise AssertionError("no such frame came")


class _Backend:
    """Thirty noisy pictures a second of such a brightness: one and the same while `frozen`, each another while `moving`."""

    def __init__(self, level: int = 120) -> None:
        self.frozen = self.moving = False
        self._random = np.random.default_rng(3)
        self._level = level
        self._shift = 0
        self._picture = self._new()

    def next(self) -> CapturedFrame:
        time.sleep(1 / 30)
        self._picture = self._picture if self.frozen else self._new()
        return CapturedFrame(clock(), self._picture.copy)

    def close(self) -> None:
        pass

    def _new(self) -> Image:
        picture = self._random.integers(0, 4, (48, 64, 3), np.uint8) + np.uint8(self._level)
        picture[:24] += np.uint8(self._level // 2)
        self._shift += self.moving
        return np.roll(picture, self._shift, axis=0)


def _has_size(size: tuple[int, int, int], frame: Frame) -> bool:
    return bool(frame.image.shape == size)


@in_real_time
class TestStream:
    def test_two_consumers_see_the_newest_each_at_its_own_pace(self) -> None:
        with streamed(CLIP, loop=True) as stream, Camera(parse_camera(stream.url)) as camera:
            fast, slow = camera.feed(), camera.feed()
            seen: list[float] = []
            ages: list[float] = []
            while (frame := fast.next(timeout_s=2)) is not None and frame.time_s < 1.5:
                seen.append(frame.time_s)
                assert frame.image.shape == (360, 640, 3)
                assert frame.image.flags["C_CONTIGUOUS"]
                if len(seen) % 6 == 0:
                    late = slow.next(timeout_s=0)
                    assert late is not None
                    ages.append(camera.now_s() - late.time_s)
            assert seen[0] == 0.0
            assert seen == sorted(set(seen))
            assert len(seen) >= 8
            assert max(ages) < 1
            states = [camera.condition.state]
            assert camera.captured >= len(seen)
        states.append(camera.condition.state)
        assert states == [CameraState.LIVE, CameraState.CLOSED]
        assert fast.next(timeout_s=5) is None

    def test_one_that_stands_still_is_told_until_a_new_picture_comes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        backend = _Backend()
        monkeypatch.setattr(camera_module, "open_backend", lambda _: backend)
        with Camera(LocalCamera(where=0)) as camera:
            feed = camera.feed()
            _see(feed, lambda frame: frame.time_s > 0.4)
            assert camera.condition.state is CameraState.LIVE
            backend.frozen = True
            _wait(lambda: camera.condition.state is CameraState.STALLED)
            condition = camera.condition
            assert "same picture again and again" in (condition.reason or "")
            assert condition.same_since_s == pytest.approx(camera.now_s() - STANDS_STILL_S, abs=0.6)
            while feed.next(timeout_s=0) is not None:
                pass
            assert feed.next(timeout_s=0.3) is None, "it shows what was"
            backend.frozen = False
            assert feed.next(timeout_s=1) is not None
            assert camera.condition.state is CameraState.LIVE

    def test_of_a_still_scene_few_pictures_are_news_and_of_a_movement_each(self, monkeypatch: pytest.MonkeyPatch) -> None:
        backend = _Backend()
        monkeypatch.setattr(camera_module, "open_backend", lambda _: backend)

        def news(camera: Camera, seconds: float) -> list[float]:
            feed, end_s = camera.feed(), camera.now_s() + seconds
            frames = iter(lambda: feed.next(timeout_s=1, sparing=True), None)
            return [frame.time_s for frame in itertools.takewhile(lambda frame: frame.time_s < end_s, frames)]

        with Camera(LocalCamera(where=0)) as camera:
            calm = np.diff(news(camera, 2.0))
            assert min(calm[1:]) >= CALM_S
            assert max(calm) < CALM_S + 0.1, "the clock stands still"
            backend.moving = True
            moving = np.diff(news(camera, 1.0))
            assert np.median(moving) < 0.06
            backend.moving = False
            feed = camera.feed()
            for _ in range(3):
                assert feed.next(timeout_s=1, sparing=True) is not None
            camera.hurry()  # who pressed a key does not wait
            began = camera.now_s()
            assert feed.next(timeout_s=1, sparing=True) is not None
            assert camera.now_s() - began < CALM_S / 2

    def test_a_covered_lens_is_no_standstill(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is said of it is another thing: the noise of some cameras vanishes in the dark."""
        backend = _Backend(level=4)
        backend.frozen = True
        monkeypatch.setattr(camera_module, "open_backend", lambda _: backend)
        with Camera(LocalCamera(where=0)) as camera:
            _see(camera.feed(), lambda frame: frame.time_s > STANDS_STILL_S + 0.5)
            assert camera.condition.state is CameraState.LIVE

    def test_colours_are_those_of_the_clip_and_may_not_be_painted_over(self) -> None:
        first = next(frames_of(CLIP))[0]
        with streamed(CLIP) as stream, Camera(parse_camera(stream.url)) as camera:
            one, other = camera.feed(), camera.feed()
            frame, same = one.next(timeout_s=1), other.next(timeout_s=0)
            assert frame is not None
            assert same is not None
            assert abs(frame.image.mean(axis=(0, 1)) - first.mean(axis=(0, 1))).max() < 3
            with pytest.raises(ValueError, match="read-only"):
                frame.image[0, 0] = 0

    def test_closing_is_prompt_while_the_stream_stalls(self) -> None:
        with streamed(CLIP, loop=True) as stream:
            with Camera(parse_camera(stream.url)) as camera:
                stream.tell("stall", s=30)
                _wait(lambda: camera.condition.state is CameraState.STALLED)
                reason = camera.condition.reason
                began = time.monotonic()
            assert time.monotonic() - began < 1
            assert reason is not None
            assert "no picture" in reason

    @pytest.mark.heavy
    def test_a_stall_is_told_and_its_time_counts(self) -> None:
        with streamed(CLIP, loop=True) as stream, Camera(parse_camera(stream.url)) as camera:
            feed = camera.feed()
            before = _see(feed, lambda frame: frame.time_s > 0.5)
            stream.tell("stall", s=2)
            _wait(lambda: camera.condition.state is CameraState.STALLED)
            after = _see(feed, lambda frame: frame.time_s - before.time_s > 1.5)
            assert after.time_s - before.time_s < 4
            assert camera.condition.state is CameraState.LIVE
            assert camera.reconnects == 0  # the connection had held

    @pytest.mark.heavy
    def test_a_connection_that_stays_silent_is_given_up_for_a_new_one(self) -> None:
        with streamed(CLIP, loop=True) as stream, Camera(parse_camera(stream.url)) as camera:
            stream.tell("stall", s=5)
            _wait(lambda: camera.condition.state is CameraState.LOST)
            assert "sent nothing" in (camera.condition.reason or "")
            _wait(lambda: camera.condition.state is CameraState.LIVE)
            assert camera.reconnects == 1

    @pytest.mark.heavy
    def test_a_dropped_connection_comes_back_with_another_size_on_the_same_clock(self) -> None:
        with streamed(CLIP, loop=True) as stream, Camera(parse_camera(stream.url)) as camera:
            feed = camera.feed()
            before = _see(feed, lambda frame: frame.time_s > 0.3)
            stream.tell("size", w=320, h=240)
            stream.tell("drop", s=3)
            _wait(lambda: camera.condition.state is CameraState.LOST)
            _wait(lambda: "nothing answers" in (camera.condition.reason or ""))
            assert feed.next(timeout_s=0) is None or feed.next(timeout_s=0) is None
            after = _see(feed, lambda frame: frame.image.shape == (240, 320, 3))
            assert 3 <= after.time_s - before.time_s < 10
            assert abs(camera.now_s() - after.time_s) < 1
            assert camera.condition.state is CameraState.LIVE
            assert camera.reconnects == 1

    @pytest.mark.heavy
    def test_a_phone_turned_on_its_side_changes_the_size_of_what_is_seen(self) -> None:
        with streamed(CLIP, loop=True) as stream, Camera(parse_camera(stream.url)) as camera:
            feed = camera.feed()
            for width, height in ((360, 640), (1280, 720), (640, 360)):
                stream.tell("size", w=width, h=height)
                _see(feed, partial(_has_size, (height, width, 3)))
            assert camera.reconnects == 0

    @pytest.mark.heavy
    def test_black_pictures_arrive_as_such(self) -> None:
        with streamed(CLIP, loop=True) as stream, Camera(parse_camera(stream.url)) as camera:
            feed = camera.feed()
            stream.tell("black", s=1)
            _see(feed, lambda frame: light_of(frame.image) is Light.BLACK)
            _see(feed, lambda frame: light_of(frame.image) is Light.FINE)

    @pytest.mark.heavy
    def test_frames_are_dated_when_they_arrive(self) -> None:
        with streamed(SAMPLES / "kneeling_short_hold_p8.mp4", height=720) as stream, Camera(parse_camera(stream.url)) as camera:
            _see(camera.feed(), lambda frame: frame.time_s > 2)
            zero = time.monotonic() - camera.now_s()  # the same clock in both processes
            status = stream.status()
            assert abs(zero - status["started_s"]) < 1
            assert [frame["number"] for frame in status["sent"][:3]] == [0, 1, 2]

    def test_a_proxy_is_not_asked_for_a_camera(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        monkeypatch.setenv("no_proxy", "")
        with streamed(CLIP) as stream, Camera(parse_camera(stream.url)) as camera:
            assert camera.feed().next(timeout_s=1) is not None


@contextmanager
def _serving(folder: Path) -> Iterator[int]:
    """A web server that is no camera."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@in_real_time
class TestFirstOpen:
    def _fails(self, text: str, expected: str) -> None:
        with pytest.raises(SourceError, match=expected), Camera(parse_camera(text)):
            pass

    def test_nothing_listens(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            self._fails(f"http://127.0.0.1:{port}/video", "nothing answers there")
            self._fails(f"rtsp://127.0.0.1:{port}/video", "nothing answers there")

    def test_a_web_server_that_is_no_camera(self, tmp_path: Path) -> None:
        (tmp_path / "index.html").write_text("<h1>Phone camera</h1>" * 100)
        (tmp_path / "clip").write_bytes(CLIP.read_bytes())
        with _serving(tmp_path) as port:
            self._fails(f"http://127.0.0.1:{port}/", "not a video stream.*browser")
            self._fails(f"http://127.0.0.1:{port}/video", "has nothing at this address")
            self._fails(f"http://127.0.0.1:{port}/clip", "recorded clip.*formcheck score")

    @pytest.mark.heavy
    def test_something_that_never_answers(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as mute:
            self._fails(f"http://127.0.0.1:{mute.getsockname()[1]}/video", "does not answer")

    @on_linux
    def test_opencv_reads_what_it_has_opened_and_its_end_is_a_lost_camera(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A clip stands for the device, which OpenCV reads by the same calls."""
        monkeypatch.setattr(cv2, "CAP_V4L2", cv2.CAP_ANY)
        with Camera(LocalCamera(where=str(CLIP))) as camera:
            feed = camera.feed()
            frame = _see(feed, lambda frame: frame.image.shape == (360, 640, 3))
            assert abs(frame.image.mean(axis=(0, 1)) - next(frames_of(CLIP))[0].mean(axis=(0, 1))).max() < 3
            _wait(lambda: camera.condition.state is CameraState.LOST)
            assert "plugged in" in (camera.condition.reason or "")
            _wait(lambda: camera.reconnects)

    @on_linux
    def test_no_such_device(self) -> None:
        self._fails("/dev/video97", "there is no such camera")
        self._fails("97", "there is no such camera")

    @on_linux
    def test_a_file_that_is_no_camera(self) -> None:
        self._fails("/dev/null", "gives no pictures")


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root may read everything, so for a moment not to be root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@on_linux
class TestListing:
    def test_it_never_fails(self) -> None:
        assert all(camera.name for camera in list_cameras())

    def test_no_cameras(self, tmp_path: Path) -> None:
        assert list_on_linux(tmp_path) == ()

    def test_cameras_one_may_not_read_are_told_with_their_names_and_what_to_do(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            root.chmod(0o755)
            (root / "dev").mkdir()
            for number, name, index in ((10, "Desk", 0), (2, "Built-in", 0), (3, "Built-in", 1)):
                about = root / f"sys/class/video4linux/video{number}"
                about.mkdir(parents=True)
                (about / "name").write_text(f"{name}\n")
                (about / "index").write_text(f"{index}\n")
                (root / f"dev/video{number}").touch(mode=0o000)
            with _as_nobody():
                found = list_on_linux(root)
                device = LocalCamera(where=f"{root}/dev/video2")
                why = why_not_on_linux(device, root / "dev/video2", root)
                gone = why_not_on_linux(device, root / "dev/video7", root)
        assert [(Path(str(camera.address.where)).name, camera.name) for camera in found] == [
            ("video2", "Built-in"),
            ("video10", "Desk"),
        ]
        assert all("group video" in (camera.trouble or "") for camera in found)
        assert "group video" in why
        assert "there is no such camera" in gone
        assert "Built-in" in gone

    @pytest.mark.parametrize(
        ("device", "file", "expected"),
        [
            (0x84A00001, 0x04200001, True),  # a USB camera's first file
            (0x84A00001, 0x04A00000, False),  # its second, for metadata
            (0x00000001, 0, True),  # an old driver, which does not tell files apart
            (0x84201000, 0x04201000, True),  # several planes
            (0x84208000, 0x04208000, False),  # an encoder
        ],
    )
    def test_what_the_driver_tells(self, device: int, file: int, expected: bool) -> None:
        head = bytes(84)
        told = head + device.to_bytes(4, sys.byteorder) + file.to_bytes(4, sys.byteorder) + bytes(12)
        assert gives_pictures(told) is expected
