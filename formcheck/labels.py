"""Labelled clips: a TOML file beside the video says what is true of it. People write these for their own clips.

Intervals are sorted and do not overlap. A moment that no interval covers is ambiguous: either answer is right there.
"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from formcheck.errors import FormcheckError
from formcheck.posefile import PoseSpec
from formcheck.validation import did_you_mean, lines
from formcheck.values import Side

CORRECT, OTHER, UNSEEN = "correct", "other", "unseen"
VIDEOS = (".mp4", ".mov", ".mkv", ".webm", ".m4v", ".avi")

Seconds = Annotated[float, Field(ge=0, strict=True)]


class LabelError(FormcheckError):
    """One or more faults in label files; every fault is named with file and key."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Camera(_Part):
    """Where the camera stood, as far as known. `yaw_deg`: 0 = side-on, + = towards the person's front."""

    yaw_deg: Annotated[float, Field(ge=-180, le=180, strict=True)]
    height_m: Annotated[float, Field(gt=0, le=5, strict=True)] | None = None
    distance_m: Annotated[float, Field(gt=0, le=20, strict=True)] | None = None
    roll_deg: Annotated[float, Field(ge=-45, le=45, strict=True)] | None = None


class Interval(_Part):
    """From `start_s` up to `end_s` one label holds: `correct`, a fault's name, `other` or `unseen`.

    `stretched_side` says it where the clip shows both, one after the other.
    """

    start_s: Seconds
    end_s: Seconds
    label: Annotated[str, Field(min_length=1)]
    stretched_side: Side | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start_s >= self.end_s:
            raise ValueError(f"ends at {self.end_s:g} s, not after it starts at {self.start_s:g} s")
        return self


class Labels(_Part):
    """A parsed label file."""

    format: Literal[1]
    pose: Annotated[str, Field(min_length=1, description="The stretch, or none.")]
    person: Annotated[str, Field(min_length=1, description="A code, never a name.")]
    part: Literal["tuning", "test"] = "test"
    stretched_side: Side | Literal["both"] | None = None
    source: Literal["rendered", "recorded"]
    camera: Camera | None = None
    intervals: tuple[Interval, ...] = ()

    @model_validator(mode="after")
    def _disjoint(self) -> Self:
        for before, after in zip(self.intervals, self.intervals[1:], strict=False):
            if after.start_s < before.end_s - 1e-6:
                raise ValueError(
                    f"intervals: {after.label!r} starts at {after.start_s:g} s, before {before.label!r} ends at "
                    f"{before.end_s:g} s; intervals are sorted and do not overlap"
                )
        return self

    @property
    def set_aside(self) -> bool:
        """Whether the file says that nothing is to be tuned on this clip. Without a word it serves for either."""
        return "part" in self.model_fields_set and self.part == "test"

    def at(self, time_s: float) -> Interval | None:
        """Return the interval that covers `time_s`, or `None` where nothing is labelled."""
        return next((entry for entry in self.intervals if entry.start_s <= time_s < entry.end_s), None)

    def side_of(self, interval: Interval) -> Side | None:
        """Return the stretched side in `interval`."""
        whole = self.stretched_side
        return interval.stretched_side or (whole if isinstance(whole, Side) else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledClip:
    """A video with its labels and, for rendered ones, the file of its true angles."""

    video: Path
    labels: Labels
    angles: Path | None

    def true_angles(self) -> Iterator[tuple[float, Mapping[str, float]]]:
        """Yield time (seconds) and the true angles (degrees by measure) of every frame; nothing where none are known."""
        if self.angles is None:
            return
        with self.angles.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                time_s = float(row.pop("time_s"))
                yield time_s, {name: float(value) for name, value in row.items() if value}


def find_clips(paths: list[Path], specs: Mapping[str, PoseSpec]) -> list[LabelledClip]:
    """Return every labelled clip in `paths` (label files, videos, or folders searched in depth), by name.

    Raises LabelError with all faults of all files at once.
    """
    files: list[Path] = []
    faults: list[str] = []
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*.toml") if _video_of(file) is not None or _looks_labelled(file))
            if not found:
                faults.append(f"{path}: holds no labelled clip (a video with a .toml of the same name beside it)")
            files += found
        elif path.suffix != ".toml":
            files.append(path.with_suffix(".toml"))
        else:
            files.append(path)
    clips = []
    for file in dict.fromkeys(files):
        read = _read(file, specs)
        if isinstance(read, LabelledClip):
            clips.append(read)
        else:
            faults += [f"{file}: {fault}" for fault in read]
    if faults:
        raise LabelError("Not all labelled clips can be used.\n" + "\n".join(f"  {fault}" for fault in faults))
    return clips


def _read(file: Path, specs: Mapping[str, PoseSpec]) -> LabelledClip | list[str]:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        labels = Labels.model_validate(data)
    except FileNotFoundError:
        return ["there is no such label file"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return [f"cannot be read as TOML ({error})"]
    except ValidationError as error:
        return lines(error, {"": Labels, "camera": Camera, "intervals": Interval})
    faults = list(_across(labels, specs))
    video = _video_of(file)
    if video is None:
        faults.append(f"the video is missing: {file.stem} with one of {', '.join(VIDEOS)}")
    if faults or video is None:
        return faults
    angles = file.with_suffix(".angles.csv")
    return LabelledClip(video=video, labels=labels, angles=angles if angles.is_file() else None)


def _across(labels: Labels, specs: Mapping[str, PoseSpec]) -> Iterator[str]:
    known = [*specs, "none"]
    if labels.pose not in known:
        yield f"pose: there is no stretch called {labels.pose!r}{did_you_mean(labels.pose, known)}"
        return
    spec = specs.get(labels.pose)
    words = [CORRECT, OTHER, UNSEEN, *([fault.name for fault in spec.faults] if spec else [])]
    for i, entry in enumerate(labels.intervals):
        if entry.label not in words:
            yield f"intervals[{i}].label: {entry.label!r} is no label of {labels.pose}{did_you_mean(entry.label, words)}"
        if spec is None and entry.label == CORRECT:
            yield f"intervals[{i}].label: 'correct' in a clip whose pose is none"
        if spec is not None and entry.label not in (OTHER, UNSEEN) and labels.side_of(entry) is None:
            yield f"intervals[{i}]: say which side is stretched (stretched_side, of the clip or of the interval)"


def _video_of(file: Path) -> Path | None:
    return next((file.with_suffix(kind) for kind in VIDEOS if file.with_suffix(kind).is_file()), None)


def _looks_labelled(file: Path) -> bool:
    try:
        return "intervals" in tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
