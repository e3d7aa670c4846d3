"""What is asked of `formcheck score`, and whose stretches and baseline that means."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.cli.options import json_path
from formcheck.cli.terminal import say
from formcheck.core.values import Side
from formcheck.core.wording.language import N_

if TYPE_CHECKING:
    from formcheck.analysis.baseline.validity import BaselineCheck
    from formcheck.stretches import StretchSpec
    from formcheck.ui.report.choice import FilmChoice
    from formcheck.vision.video.read_options import ReadOptions

ONE_OF_THE_CLIPS = N_("{path}: is one of the clips. Give another name; clips are never written to.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRequest:
    """The options for every clip, as they are called on the command line."""

    pose: str
    side: Side | None
    json: str | None
    profile: str | None
    model: str | None
    every_frame: bool
    jobs: int
    strict: bool
    verbose: bool
    read: "ReadOptions"
    film: "FilmChoice"

    @property
    def json_path(self) -> Path | None:
        return json_path(self.json)


def resolved(request: ScoreRequest) -> "tuple[tuple[StretchSpec, ...], BaselineCheck | None]":
    """Return the stretches and the baseline to score by, after printing whose they are."""
    from formcheck.people.person import resolve

    personal = resolve(request.pose, request.profile)
    if personal.note is not None:
        say(personal.note, stderr=True)
    return personal.specs, personal.baseline
