"""What chimes sound like as numbers, how they are handed to a device, and what happens where there is none."""

import ast
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coaching.events import Chime, Utterance
from formcheck.ui.audio.chimes import NOTES, length_s, samples
from formcheck.ui.audio.loudspeaker import Loudspeaker
from formcheck.ui.audio.player import FADE_S, AudioBuffer, Sound
from tests.support.clips import REPO
from tests.support.laws import law

RATES_HZ = (16_000, 44_100, 48_000)
"""Of headsets, of discs, of most devices."""

SHORT_S = 0.6

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sets up ALSA, the sound system of Linux")


def pitches(chime: Chime, rate_hz: int = 48_000) -> list[float]:
    """The loudest pitch of each stroke of `chime`, in Hz, as an ear would hear them one after the other."""
    sound = samples(chime, rate_hz)
    starts = [round(note.at_s * rate_hz) for note in NOTES[chime]]
    ends = [*starts[1:], len(sound)]
    return [_loudest(sound[start:end], rate_hz) for start, end in zip(starts, ends, strict=True)]


def _loudest(sound: Any, rate_hz: int) -> float:
    size = 1 << 17
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), size))
    return float(np.argmax(spectrum) * rate_hz / size)


class TestChimes:
    @pytest.mark.parametrize("rate_hz", RATES_HZ)
    @pytest.mark.parametrize("chime", Chime)
    def test_short_soft_and_without_clicks(self, chime: Chime, rate_hz: int) -> None:
        sound = samples(chime, rate_hz)
        assert sound.dtype == np.float32
        assert len(sound) == pytest.approx(length_s(chime) * rate_hz, abs=1)
        assert length_s(chime) < SHORT_S
        assert 0.2 < np.abs(sound).max() <= 0.5
        assert abs(sound[0]) < 1e-3
        assert abs(sound[-1]) < 1e-3
        # No step is steeper than the highest partial at full size is by itself: a click would be.
        steepest = 2 * np.pi * 3 * max(note.pitch_hz for note in NOTES[chime]) / rate_hz
        assert np.abs(np.diff(sound)).max() < 0.5 * steepest

    @pytest.mark.parametrize("chime", [chime for chime in Chime if chime is not Chime.DONE])
    def test_each_stroke_sounds_its_note(self, chime: Chime) -> None:
        wanted = [note.pitch_hz for note in NOTES[chime]]
        heard = pitches(chime)
        assert heard[0] == pytest.approx(wanted[0], rel=0.03)
        # Earlier strokes ring on and may still be as loud; the new one is among the peaks.
        assert all(any(abs(tone - note) < 0.03 * note for note in wanted) for tone in heard)

    def test_outlines(self) -> None:
        for chime in (Chime.READY, Chime.START):
            wanted = [note.pitch_hz for note in NOTES[chime]]
            assert wanted == sorted(wanted)
            assert pitches(chime)[-1] > 1.2 * pitches(chime)[0]
        lapse = pitches(Chime.LAPSE)
        assert lapse[0] > 1.2 * lapse[-1]
        half = [note.pitch_hz for note in NOTES[Chime.HALF]]
        assert len(half) == 2
        assert half[0] == half[1]

    def test_done_is_a_chord(self) -> None:
        sound = samples(Chime.DONE, 48_000)[4800:]
        spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 1 << 17))
        hz = np.fft.rfftfreq(1 << 17, 1 / 48_000)
        for note in NOTES[Chime.DONE]:
            near = spectrum[np.abs(hz - note.pitch_hz) < 15].max()
            between = spectrum[np.abs(hz - note.pitch_hz * 1.09) < 5].max()
            assert near > 5 * between

    def test_no_two_have_the_same_outline(self) -> None:
        """By ratio of pitches and by rhythm, not by pitch alone: few can tell a note without another."""
        outlines = {
            tuple((round(note.pitch_hz / notes[0].pitch_hz, 2), note.at_s) for note in notes) for notes in NOTES.values()
        }
        assert len(outlines) == len(Chime)

    def test_a_small_speaker_can_play_them(self) -> None:
        assert all(500 < note.pitch_hz < 1400 for notes in NOTES.values() for note in notes)


sounds = st.lists(st.integers(min_value=1, max_value=300), max_size=4)
counts = st.lists(st.integers(min_value=1, max_value=200), max_size=12)


class TestTape:
    @law
    @given(lengths=sounds, counts=counts)
    def test_sounds_follow_each_other_whatever_the_device_asks_for(self, lengths: list[int], counts: list[int]) -> None:
        buffer = AudioBuffer(48_000)
        parts = [np.full(length, 0.1 * (i + 1), np.float32) for i, length in enumerate(lengths)]
        for part in parts:
            buffer.append(part)
        taken = np.concatenate([buffer.read(count) for count in counts]) if counts else np.zeros(0, np.float32)
        wanted = np.concatenate([*parts, np.zeros(len(taken), np.float32)])[: len(taken)]
        assert np.array_equal(taken, wanted)

    @law
    @given(before=st.integers(min_value=0, max_value=400), count=st.integers(min_value=1, max_value=200))
    def test_cut_is_silence_at_once_and_no_click(self, before: int, count: int) -> None:
        rate_hz = 48_000
        buffer = AudioBuffer(rate_hz)
        buffer.append(np.full(500, 0.5, np.float32))
        buffer.append(np.full(500, 0.5, np.float32))
        heard = [buffer.read(before)]
        buffer.fade_out()
        heard += [buffer.read(count) for _ in range(0, 1200, count)]
        sound = np.concatenate(heard)
        fade = round(FADE_S * rate_hz)
        assert not sound[before + fade :].any()
        assert np.abs(np.diff(sound[max(0, before - 1) :])).max(initial=0.0) <= 0.5 / (min(fade, 500 - before) - 1) + 1e-6

    def test_silence_where_there_is_nothing(self) -> None:
        buffer = AudioBuffer(48_000)
        buffer.fade_out()
        assert not buffer.read(10).any()


def elsewhere(code: str, tmp_path: Path, alsa: str) -> list[str]:
    """Run `code` in a process with this ALSA configuration; return the lines it prints."""
    config = tmp_path / "asound.conf"
    config.write_text(alsa)
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={"PYTHONPATH": str(REPO), "ALSA_CONFIG_PATH": str(config), "PATH": "/usr/bin:/bin", "PULSE_SERVER": "none"},
    )
    assert "Traceback" not in run.stderr
    return run.stdout.splitlines()


PLAY = """
import time
from formcheck.ui.audio.player import Sound
from formcheck.coaching.events import Chime
told = []
with Sound(told.append) as sound:
    opened_by = time.monotonic() + 20
    while not told and not sound.rest_s and time.monotonic() < opened_by:
        time.sleep(0.05)
        sound.play(Chime.TICK)
    time.sleep(sound.rest_s + 0.1)
    for chime in Chime:
        begin = time.perf_counter()
        sound.play(chime)
        print('took', time.perf_counter() - begin)
    print('rest', sound.rest_s)
    sound.muted = True
    sound.play(Chime.DONE)
    print('rest', sound.rest_s)
    begin = time.perf_counter()
print('told', told)
print('closed', time.perf_counter() - begin)
"""


def numbers(said: list[str], word: str) -> list[float]:
    return [float(line.split()[1]) for line in said if line.startswith(word)]


def told(said: list[str]) -> list[str]:
    (line,) = (line for line in said if line.startswith("told "))
    return list(ast.literal_eval(line.removeprefix("told ")))


def needs_portaudio() -> None:
    try:
        import sounddevice  # noqa: F401 (that it can be imported is the question)
    except OSError:
        pytest.skip("PortAudio (libportaudio2) is not installed")


@linux_only
class TestDevice:
    def test_no_library_is_said_once_and_nothing_else_happens(self, tmp_path: Path) -> None:
        hide = "import ctypes.util; ctypes.util.find_library = lambda name: None\n"
        said = elsewhere(hide + PLAY, tmp_path, "")
        (sentence,) = told(said)
        assert "libportaudio2" in sentence
        assert numbers(said, "rest") == [0.0, 0.0]

    def test_no_device_is_said_once_and_nothing_else_happens(self, tmp_path: Path) -> None:
        needs_portaudio()
        said = elsewhere(PLAY, tmp_path, "pcm.none { type hw card 99 }")
        (sentence,) = told(said)
        assert "no sound device" in sentence
        assert numbers(said, "rest") == [0.0, 0.0]

    def test_a_device_that_swallows_everything(self, tmp_path: Path) -> None:
        """The stream is real, the loudspeaker is not."""
        needs_portaudio()
        said = elsewhere(PLAY, tmp_path, "pcm.!default { type null }")
        assert told(said) == []
        playing, muted = numbers(said, "rest")
        assert playing == pytest.approx(sum(length_s(chime) for chime in Chime), abs=0.5)  # one after the other
        assert muted == 0.0
        (closed,) = numbers(said, "closed")
        assert closed < 1.0
        took = sorted(numbers(said, "took"))
        assert took[len(took) // 2] < 0.001  # what a call may take; half of them, for a busy machine may pause any one


def test_sound_that_is_not_open_is_silence() -> None:
    sound = Sound(pytest.fail)
    sound.play(Chime.START)
    sound.muted = True
    assert sound.rest_s == 0.0


def test_muted_from_the_beginning_looks_for_nothing() -> None:
    told: list[str] = []
    with Loudspeaker(told.append, muted=True) as loudspeaker:
        loudspeaker.play([Utterance(time_s=0.0, text="Hello", chime=Chime.READY, urgent=True)])
        time.sleep(0.3)
    assert told == []
