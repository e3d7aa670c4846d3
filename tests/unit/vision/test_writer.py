"""Films that are being made: cut off anywhere they play, and once finished they are as any other."""

import time
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.errors import OutputError
from formcheck.core.interfaces import Frame
from formcheck.pipeline.live.recorder import Recording, finish_film, unfinished_path
from formcheck.system.files import reserved_file
from formcheck.system.native.media_libs import av
from formcheck.vision.video.writer import VideoWriter, rewrite

pytestmark = pytest.mark.usefixtures("own_data")

FPS, FRAMES = 12, 120
"""A slow camera, ten seconds: what the encoder keeps back takes longest there."""


@pytest.fixture
def own_data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path_factory.mktemp("data")))


def picture(number: int) -> Frame:
    image = np.full((48, 64, 3), 40, np.uint8)
    image[:, number % 60 : number % 60 + 4] = 220
    return Frame(image=image, time_s=number / FPS)


def times_of(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.dts is not None and not packet.is_corrupt]
        return sorted(float((packet.pts or 0) * packet.time_base) for packet in packets)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What lies on the disk after each picture of a film that is being made."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    states = []
    with VideoWriter(path, 64, 48, fragmented=True) as writer:
        for number in range(FRAMES):
            writer.add(picture(number))
            states.append(path.read_bytes() if path.exists() else b"")
    states.append(path.read_bytes())
    return states


@pytest.mark.parametrize("number", [24, 50, 77, 119])
def test_cut_off_after_any_picture_all_but_the_last_second_plays(number: int, grown: list[bytes], tmp_path: Path) -> None:
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(grown[number])
    times = times_of(cut)
    assert times[-1] >= number / FPS - 1.0
    assert times == pytest.approx([i / FPS for i in range(len(times))], abs=1e-3)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.77, 0.999, 1.0])
def test_what_there_is_of_it_becomes_an_ordinary_film(share: float, grown: list[bytes], tmp_path: Path) -> None:
    """Also where a disk was cut off in the middle of a picture."""
    cut, whole = tmp_path / "cut.mp4", tmp_path / "whole.mp4"
    cut.write_bytes(grown[-1][: int(len(grown[-1]) * share)])
    rewrite(cut, whole)
    times = times_of(whole)
    assert times == pytest.approx([i / FPS for i in range(len(times))], abs=1e-3)
    assert len(times) == FRAMES if share == 1 else len(times) > FRAMES * (share - 0.25)
    content = whole.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert b"moof" not in content


def test_wherever_it_was_cut_off_what_there_is_becomes_a_film(grown: list[bytes], tmp_path: Path) -> None:
    """Within the tables of the last piece, too, which the library itself does not open."""
    cut, whole = tmp_path / "cut.mp4", tmp_path / "whole.mp4"
    film = grown[-1]
    counts = []
    for size in range(len(film) * 3 // 10, len(film), 67):
        cut.write_bytes(film[:size])
        rewrite(cut, whole)
        counts.append(len(times_of(whole)))
    assert counts[0] > 0
    assert counts == sorted(counts)


def test_one_that_was_cut_off_is_kept_until_it_is_finished(grown: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    unfinished_path(path).write_bytes(grown[100])
    finish_film(path)
    with Recording(path, Dark()) as recording:
        assert recording.put_aside is None
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]
    assert len(times_of(path)) > 80


class Dark:
    """A camera that gives no picture."""

    def next(self, timeout_s: float, /) -> None:
        time.sleep(0.01)


def test_put_aside_it_makes_room_and_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    for number in (2, 3):
        unfinished_path(path).write_bytes(bytes([number]))
        with Recording(path, Dark()) as recording:
            kept = recording.put_aside
        assert kept == tmp_path / f"film.unfinished-{number}.mp4"
        assert kept.read_bytes() == bytes([number])
    assert len(list(tmp_path.iterdir())) == 2


def test_one_that_is_no_film_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    unfinished_path(path).write_bytes(b"half of nothing")
    with pytest.raises(OutputError, match="cannot be finished"):
        finish_film(path)
    assert [one.name for one in tmp_path.iterdir()] == ["film.unfinished.mp4"]


def test_one_that_is_being_filmed_now_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.system.files.OTHERS_S", 0.1)
    path = tmp_path / "film.mp4"
    with reserved_file(path):
        unfinished_path(path).write_bytes(b"on its way")
        with pytest.raises(OutputError, match="another run"):
            finish_film(path)
        with pytest.raises(OutputError, match="another run"), Recording(path, Dark()):
            pass
    assert unfinished_path(path).read_bytes() == b"on its way"


def test_a_film_of_very_large_pictures_is_of_half_their_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.vision.video.sizes.HALVED_PIXELS", 64 * 48 - 1)
    with VideoWriter(tmp_path / "a.mp4", 64, 48) as writer:
        writer.add(picture(0))
        writer.add(Frame(image=picture(20).image[::2, ::2], time_s=1.0))
    with av.open(str(tmp_path / "a.mp4")) as container:
        first, second = (frame.to_ndarray(format="rgb24") for frame in container.decode(video=0))
    assert first.shape == second.shape == (24, 32, 3)
    assert abs(int(first[:, 0:2].mean()) - 220) < 30
    assert abs(int(second[:, 10:12].mean()) - 220) < 30
