"""Brightness tells a covered lens from a dark room from something in the way."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from formcheck.core.lighting import Light, judge, light_of
from tests.support.clips import SAMPLES, Image, frames_of
from tests.support.laws import between, law, seeds


@law
@given(between(0, 255), between(0, 128), between(0, 255))
def test_more_light_never_makes_it_darker(mean: float, spread: float, more: float) -> None:
    order = {Light.BLACK: 0, Light.DARK: 0, Light.BLOCKED: 1, Light.FINE: 1}
    assert order[judge(min(255, mean + more), spread)] >= order[judge(mean, spread)]


@law
@given(seeds, between(0.0, 6.0))
def test_a_covered_lens_is_black_with_the_noise_of_any_sensor(seed: int, noise: float) -> None:
    picture = np.random.default_rng(seed).normal(4, noise, (120, 160, 3)).clip(0, 255).astype(np.uint8)
    assert light_of(picture) is Light.BLACK


@pytest.mark.parametrize("size", [(720, 1280), (1280, 720), (48, 64), (1, 1)])
def test_black_pictures_of_every_size(size: tuple[int, int]) -> None:
    assert light_of(np.zeros((*size, 3), np.uint8)) is Light.BLACK


def test_a_box_before_the_lens() -> None:
    across = np.linspace(90, 110, 640, dtype=np.uint8)
    assert light_of(np.repeat(np.tile(across, (360, 1))[..., None], 3, axis=2)) is Light.BLOCKED


def _first(clip: Path) -> Image:
    return next(frames_of(clip))[0]


@pytest.mark.parametrize("clip", sorted(SAMPLES.glob("*.mp4")), ids=lambda clip: clip.stem)
def test_every_sample_can_be_seen_bright_dim_or_against_a_window(clip: Path) -> None:
    assert light_of(_first(clip)) is Light.FINE


def test_a_tenth_of_a_dim_rooms_light_is_dark() -> None:
    dim = _first(SAMPLES / "supine_p6_shoulders_hips.mp4")
    darker = (255 * (dim / 255.0) ** 2.2 * 0.1).clip(0, 255)  # linear light, a tenth of it
    shown = (255 * (darker / 255) ** (1 / 2.2)).astype(np.uint8)
    assert light_of(shown) is Light.DARK
