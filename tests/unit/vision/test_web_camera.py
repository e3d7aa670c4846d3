"""Cameras on the network as they are: little of what they send is by the book."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.errors import SourceError
from formcheck.system.native.media_libs import cv2
from formcheck.vision.camera.address import parse_camera
from formcheck.vision.camera.camera import Camera, CameraState, open_backend
from formcheck.vision.camera.jpeg import JpegDecoder
from formcheck.vision.camera.web import JpegSplitter
from formcheck.vision.video.pixels import grey
from tests.support.clips import SAMPLES, frames_of
from tests.support.laws import law
from tests.support.real_time import in_real_time
from tests.support.rtsp import lacking, rtsp_server
from tests.support.streamed import Stream, streamed

CLIP = SAMPLES / "none_empty_room.mp4"  # 12 frames a second, 640x360, two seconds
LOGIN, WRITTEN = "me:p#/?@: %1", "me:p%23%2F%3F%40%3A%20%251"


def jpeg(number: int, side: int = 32, *words: int) -> bytes:
    noise = np.random.default_rng(number).integers(0, 255, (side, side, 3), np.uint8)
    return bytes(cv2.imencode(".jpg", noise, list(words))[1])


PLAIN = next(frames_of(CLIP))[0]
PICTURES = [jpeg(1), jpeg(2, 48, cv2.IMWRITE_JPEG_PROGRESSIVE, 1), jpeg(3, 40, cv2.IMWRITE_JPEG_RST_INTERVAL, 1)]
THUMB = jpeg(4, 16)
WITH_THUMB = PICTURES[0][:2] + b"\xff\xe1" + (len(THUMB) + 2).to_bytes(2) + THUMB + PICTURES[0][2:]
"""A picture that has a smaller one inside, as phones send it."""


@pytest.mark.parametrize("side", [160, 200, 400, 900])
@pytest.mark.parametrize("words", [(), (cv2.IMWRITE_JPEG_PROGRESSIVE, 1), (cv2.IMWRITE_JPEG_RST_INTERVAL, 1)])
def test_a_picture_is_told_small_before_it_is_decoded_whole(side: int, words: tuple[int, ...]) -> None:
    decoder, scene = JpegDecoder(), np.asarray(cv2.resize(PLAIN, (side, side // 2)), np.uint8)
    for _ in range(3):  # from the second on at a reduced size
        captured = decoder.captured(bytes(cv2.imencode(".jpg", scene[..., ::-1], list(words))[1]), 1.0)
        assert captured is not None
        assert captured.image.shape == scene.shape
        assert np.abs(captured.image.astype(int) - scene).mean() < 4
        assert captured.thumb.shape == grey(scene).shape
        assert np.abs(captured.thumb.astype(int) - grey(scene)).mean() < 4


@law
@given(st.data())
def test_a_damaged_picture_is_left_out_or_shown_as_far_as_it_goes(data: st.DataObject) -> None:
    decoder, whole = JpegDecoder(), jpeg(5, 400)
    assert decoder.captured(whole, 0.0) is not None
    sent = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
    for _ in range(data.draw(st.integers(0, 20))):
        at = data.draw(st.integers(0, len(sent)))
        sent[at : at + 1] = bytes([data.draw(st.integers(0, 255))])
    if (captured := decoder.captured(bytes(sent), 0.0)) is not None:
        assert captured.image.ndim == 3
        assert captured.thumb.ndim == 2
    again = decoder.captured(whole, 0.0)
    assert again is not None
    assert again.image.shape == (400, 400, 3)


class TestSplitter:
    @law
    @given(
        st.lists(st.sampled_from([*PICTURES, WITH_THUMB]), max_size=5),
        st.sampled_from([b"", b"\r\n--x\r\nContent-Length: 7\r\n\r\n", b"\0\xff\0", b"--", b"\xff\xd8"]),
        st.lists(st.integers(1, 900), min_size=1, max_size=6),
    )
    def test_whole_pictures_come_out_however_they_are_cut(self, sent: list[bytes], between: bytes, sizes: list[int]) -> None:
        stream, found, splitter, at, turn = between + between.join(sent) + between, [], JpegSplitter(), 0, 0
        while at < len(stream):
            found += splitter.add(stream[at : at + sizes[turn % len(sizes)]])
            at, turn = at + sizes[turn % len(sizes)], turn + 1
        assert found == sent

    @law
    @given(st.binary(max_size=2000), st.integers(10, 700))
    def test_after_rubbish_or_a_picture_that_was_cut_off_the_pictures_come_again(self, rubbish: bytes, cut: int) -> None:
        splitter = JpegSplitter()
        splitter.add(rubbish)
        splitter.add(PICTURES[0][:cut])
        later = [one for _ in range(200) for one in splitter.add(PICTURES[1])]
        assert later[-1] == PICTURES[1]


@pytest.fixture(scope="module")
def stream() -> Iterator[Stream]:
    with streamed(CLIP, loop=True) as served:
        yield served


@pytest.fixture(scope="module")
def locked() -> Iterator[Stream]:
    with streamed(CLIP, loop=True, login=LOGIN) as served:
        yield served


def opens(text: str) -> None:
    with Camera(parse_camera(text)):
        pass


@in_real_time
class TestPlayed:
    @pytest.mark.parametrize("path", ["/video", "/bare", "/plain", "/snapshot"])
    def test_pictures_come_as_they_are_and_go_on(self, path: str, stream: Stream) -> None:
        first = next(frames_of(CLIP))[0]
        with Camera(parse_camera(stream.at(path))) as camera:
            feed = camera.feed()
            frames = [frame for _ in range(6) if (frame := feed.next(timeout_s=2)) is not None]
            assert len(frames) == 6
            assert camera.condition.state is CameraState.LIVE
            assert camera.reconnects == 0
        assert frames[0].image.shape == (360, 640, 3)
        assert abs(frames[0].image.mean(axis=(0, 1)) - first.mean(axis=(0, 1))).max() < 3
        assert [frame.time_s for frame in frames] == sorted({frame.time_s for frame in frames})
        assert frames[-1].time_s < 4

    @pytest.mark.parametrize("path", ["/video", "/snapshot"])
    def test_any_password_opens_as_it_is_written_in_an_address(self, path: str, locked: Stream) -> None:
        with Camera(parse_camera(locked.at(path, WRITTEN))) as camera:
            assert camera.feed().next(timeout_s=2) is not None

    def test_keys_in_the_query_reach_the_camera(self, stream: Stream) -> None:
        opens(stream.at("/video?user=me&pwd=p%23"))

    def test_a_single_picture_is_not_asked_for_without_a_pause(self, stream: Stream) -> None:
        with Camera(parse_camera(stream.at("/snapshot"))) as camera:
            time.sleep(1)
            assert 3 <= camera.captured <= 12


@in_real_time
class TestTold:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("/page", "is a web page and not a video stream.*browser"),
            ("/rubbish", "not a video stream|sends no JPEG"),
            ("/nothing", "has nothing at this address"),
        ],
    )
    def test_what_is_no_camera(self, path: str, expected: str, stream: Stream) -> None:
        began_s = time.monotonic()
        with pytest.raises(SourceError, match=expected):
            opens(stream.at(path))
        assert time.monotonic() - began_s < 12

    @pytest.mark.parametrize(
        ("login", "expected"), [("", "wants a name and a password"), ("me:wrong", "does not take this.*%23")]
    )
    def test_a_login(self, login: str, expected: str, locked: Stream) -> None:
        with pytest.raises(SourceError, match=expected) as caught:
            opens(locked.at("/video", login))
        assert "wrong" not in str(caught.value)

    @pytest.mark.parametrize(
        ("head", "expected"),
        [
            ("HTTP/1.0 500 secret\r\n\r\n", "answers with an error .HTTP 500."),
            ("HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\n\r\n", "sends no JPEG"),
            ("HTTP/1.0 200 OK\r\nContent-Type: image/png\r\n\r\nPNG", "sends no JPEG"),
            ("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n--x\r\n\r\n", "sends no JPEG"),
            ("HTTP/1.0 200 OK\r\n\r\n<!doctype html>", "is a web page"),
            ("what is this", "not a video stream|cannot be reached"),
            ("", "not a video stream|cannot be reached|broken off"),
        ],
    )
    def test_an_answer_that_is_none(self, head: str, expected: str) -> None:
        with answering(head.encode()) as port, pytest.raises(SourceError, match=expected) as caught:
            opens(f"http://127.0.0.1:{port}/video")
        assert "secret" not in str(caught.value)


@contextmanager
def answering(answer: bytes) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.heavy
@in_real_time
@pytest.mark.parametrize("login", ["", "me:p#/?@: %1"])
def test_rtsp_live_and_a_file_behind_a_server(login: str) -> None:
    """A file states its length, and plays in its own time all the same."""
    if (why := lacking()) is not None:
        pytest.skip(why)
    written = f"{WRITTEN}@" if login else ""
    with rtsp_server(SAMPLES / "kneeling_hip_flexor.mp4", login) as port:
        for path, size in (("live", (240, 320, 3)), ("clip", (360, 640, 3))):
            with Camera(parse_camera(f"rtsp://{written}127.0.0.1:{port}/{path}")) as camera:
                feed = camera.feed()
                frames = [frame for _ in range(8) if (frame := feed.next(timeout_s=3)) is not None]
                assert len(frames) == 8
                assert frames[-1].image.shape == size
        with pytest.raises(SourceError, match="has nothing at this address"):
            open_backend(parse_camera(f"rtsp://{written}127.0.0.1:{port}/gone"))
        if login:
            for wrong, expected in (("", "wants a name and a password"), ("me:wrong@", "does not take this")):
                with pytest.raises(SourceError, match=expected) as caught:
                    open_backend(parse_camera(f"rtsp://{wrong}127.0.0.1:{port}/live"))
                assert "wrong" not in str(caught.value)
