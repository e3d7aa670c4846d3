"""The type of a fixture that several tests ask for."""

from collections.abc import Callable

from formcheck.pipeline.recording import LandmarkRecording

Recorded = Callable[..., LandmarkRecording]
"""`recorded(clip, *specs)`: what the engine sees in every frame of `clip`."""
