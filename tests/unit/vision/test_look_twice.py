"""A picture is looked at as it is and mirrored: what is seen of its mirror image is the mirror image of what is seen of it."""

from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck import register_engine
from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.interfaces import EngineInfo, Frame, Image
from formcheck.core.values import Landmarks
from formcheck.testing import kneeling, mirrored, moved, shifted
from formcheck.vision import engines
from formcheck.vision.engines import create_engine, mediapipe_model, obtain
from formcheck.vision.engines.wrappers import LookTwice
from tests.support.clips import SAMPLES, frames_of
from tests.support.laws import law

HEIGHT, WIDTH = 36, 64


class OneSided:
    """Sees a kneeling body at every mark in the picture, facing the way the mark tells, and errs to one side of the picture."""

    info = EngineInfo(name="one-sided", version="1", model="none")
    traits = DEFAULT_TRAITS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to close."""

    def detect(self, frame: Frame) -> tuple[Landmarks, ...]:
        assert frame.image.flags.c_contiguous
        line = frame.image[0, :, 0].astype(int)
        places = [x for x in range(WIDTH) if line[x] == 255]
        people = []
        for x in places:
            faces_right = line[x + 1] == 100
            body = shifted(kneeling() if faces_right else mirrored(kneeling()), (x + 0.5) / HEIGHT - WIDTH / HEIGHT / 2)
            people.append(moved(body, lambda name, point: replace(point, x=point.x + 0.02, visibility=0.9 - point.x / 100)))
        return tuple(people[: 1 if places and places[0] < WIDTH / 4 else None])  # near the left edge it sees one person alone

    def follow(self, person: Landmarks) -> None:
        """There is nothing to follow."""

    def restart(self) -> None:
        """Nobody is tracked."""


def create(model_file: Path | None, *, still: bool = False) -> OneSided:
    return OneSided()


def picture(people: dict[int, bool]) -> Image:
    """A picture with a mark at every place, and beside it on which side the person faces."""
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for x, faces_right in people.items():
        image[:, x - 1], image[:, x], image[:, x + 1] = 0 if faces_right else 100, 255, 100 if faces_right else 0
    return image


def flipped(image: Image) -> Image:
    return np.ascontiguousarray(image[:, ::-1])


def close(some: tuple[Landmarks, ...], others: tuple[Landmarks, ...], within: float = 1e-9) -> bool:
    assert len(some) == len(others)
    for one, other in zip(some, others, strict=True):
        assert one.spread.keys() == other.spread.keys()
        for name, point in one.points.items():
            seen = other.points[name]
            assert (point.x, point.y, point.visibility) == pytest.approx((seen.x, seen.y, seen.visibility), abs=within), name
        for places, theirs in ((one.spread, other.spread), (one.world, other.world)):
            for name, place in places.items():
                assert place == pytest.approx(theirs[name], abs=within), name
    return True


@law
@given(st.dictionaries(st.sampled_from([12, 20, 31, 42, 51]), st.booleans(), max_size=2))
def test_of_a_mirror_image_it_sees_the_mirror_image(people: dict[int, bool]) -> None:
    image = picture(people)
    with LookTwice(OneSided()) as engine:
        seen, of_mirror = (engine.detect(Frame(image=one, time_s=0.0)) for one in (image, flipped(image)))
    # Two bodies of one size have no order of their own.
    left_first = sorted(seen, key=lambda person: person.points["nose"].x)
    right_first = sorted(map(mirrored, of_mirror), key=lambda person: person.points["nose"].x)
    assert close(tuple(left_first), tuple(right_first))


def test_an_error_to_one_side_is_gone_and_told_as_spread() -> None:
    with OneSided() as alone, LookTwice(OneSided()) as engine:
        frame = Frame(image=picture({31: True}), time_s=0.0)
        (once,), (twice,) = alone.detect(frame), engine.detect(frame)
    for name, point in once.points.items():
        assert twice.points[name].x == pytest.approx(point.x - 0.02)
        assert [abs(way) for way in twice.spread[name]] == pytest.approx([0.02, 0.0], abs=1e-9)


def test_every_engine_looks_twice_at_a_single_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "ENGINES", dict(engines.ENGINES))
    register_engine("one-sided", f"{__name__}:create")
    frame = Frame(image=picture({31: True}), time_s=0.0)
    model = obtain("one-sided", lambda _why: lambda _done, _of: None)
    with create_engine(model) as of_clips, create_engine(model, still=True) as of_photos:
        assert of_photos.info == of_clips.info
        assert [bool(person.spread) for engine in (of_clips, of_photos) for person in engine.detect(frame)] == [False, True]


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["kneeling_hip_flexor", "supine_p5_close_head", "kneeling_somebody_stands_p2"])
def test_the_real_engine_too(name: str, model: Path) -> None:
    image, time_s = next(frames_of(SAMPLES / f"{name}.mp4"))
    with create_engine(mediapipe_model(model), still=True) as engine:
        seen, of_mirror = (engine.detect(Frame(image=one, time_s=time_s)) for one in (image, flipped(image)))
    assert seen
    assert all(person.spread for person in seen[:1])
    assert close(seen, tuple(map(mirrored, of_mirror)), within=1e-6)
