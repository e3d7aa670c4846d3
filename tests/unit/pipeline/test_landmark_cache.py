"""What the engine saw, kept: it comes back as it was, or is looked at again."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.interfaces import EngineInfo, Frame
from formcheck.core.values import Landmarks
from formcheck.pipeline import landmark_cache
from formcheck.pipeline.landmark_cache import cached_landmarks
from formcheck.pipeline.recording import LandmarkRecording
from formcheck.system.files import digest
from formcheck.testing import kneeling
from tests.support.clips import colours, write_clip
from tests.support.specs import KNEELING, STANDING


class Seeing:
    """An engine that sees one kneeling person in every second picture, and counts its pictures."""

    info = EngineInfo(name="seeing", version="1", model="none")

    def __init__(self, traits: EngineTraits = DEFAULT_TRAITS) -> None:
        self.looked = 0
        self.traits = traits

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to close."""

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        self.looked += 1
        return (kneeling(),) * (self.looked % 2)

    def follow(self, person: Landmarks) -> None:
        """There is nobody else."""

    def restart(self) -> None:
        """Nobody is tracked."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(landmark_cache, "landmarks_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "clip.mp4", [(image, i / 10) for i, image in enumerate(colours(6))])


def look(clip: Path, engine: Seeing, model: str = "m") -> LandmarkRecording:
    return cached_landmarks(clip, digest(clip), engine, model, (KNEELING,))


def test_the_traits_are_those_of_the_engine(clip: Path) -> None:
    traits = EngineTraits(visible=0.25)
    assert [look(clip, Seeing(traits)).traits for _ in range(2)] == [traits, traits]


def test_a_second_look_costs_nothing_and_sees_the_same(clip: Path) -> None:
    first, second = Seeing(), Seeing()
    assert look(clip, first) == look(clip, second)
    assert (first.looked, second.looked) == (6, 0)


def test_another_name_is_the_same_clip_and_another_model_is_not(clip: Path) -> None:
    look(clip, Seeing())
    renamed = clip.rename(clip.with_name("renamed.mp4"))
    same, other = Seeing(), Seeing()
    look(renamed, same)
    look(renamed, other, model="n")
    cached_landmarks(renamed, digest(renamed), other, "m", (STANDING,))
    assert (same.looked, other.looked) == (0, 12)


def test_what_is_played_back_is_what_was_seen(clip: Path) -> None:
    seen = look(clip, Seeing())
    played = list(seen.frames())
    assert [time_s for time_s, _ in played] == pytest.approx([i / 10 for i in range(6)], abs=1e-3)
    assert [list(people) for _, people in played] == [[kneeling()], []] * 3
    assert seen.anybody


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a real archive"])
def test_a_damaged_recording_is_made_anew(clip: Path, cache: Path, damage: bytes) -> None:
    before = look(clip, Seeing())
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    again = Seeing()
    assert look(clip, again) == before
    assert again.looked == 6


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(clip: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    for _ in range(2):
        engine = Seeing()
        look(clip, engine)
        assert engine.looked == 6


def test_a_clip_in_which_nobody_is_seen_is_kept_too(clip: Path) -> None:
    class Blind(Seeing):
        def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
            self.looked += 1
            return ()

    again = Blind()
    assert look(clip, Blind()) == look(clip, again)
    assert again.looked == 0
    assert not look(clip, Blind()).anybody


def test_what_was_not_looked_at_for_longest_goes(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (
        write_clip(tmp_path / f"{count}.mp4", [(image, i / 10) for i, image in enumerate(colours(count))])
        for count in (4, 5, 6)
    )
    look(first, Seeing())
    look(second, Seeing())
    for file in cache.iterdir():
        os.utime(file, (1000, 1000))
    look(first, Seeing())
    sizes = [file.stat().st_size for file in cache.iterdir()]
    monkeypatch.setattr(landmark_cache, "MOST_BYTES", 2.5 * max(sizes))
    look(third, Seeing())
    monkeypatch.undo()
    monkeypatch.setattr(landmark_cache, "landmarks_folder", lambda: cache)
    again = [Seeing() for _ in range(3)]
    for clip, engine in zip((first, second, third), again, strict=True):
        look(clip, engine)
    assert [engine.looked for engine in again] == [0, 5, 0]
