"""Labelled clips: a TOML file beside the video states what is true of it. People write these for their own clips.

Intervals are sorted and do not overlap. A moment that no interval covers is ambiguous: either answer is right there.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice, pairwise
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from formcheck.core.errors import FormcheckError, LabelError
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, joined
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import has_key, unreadable
from formcheck.stretches.validation import MOST_FAULTS, FileTable, Tables, as_written, check_toml, did_you_mean, tables_in
from formcheck.system.documents import TextError, read_text, table_rows
from formcheck.system.inputs import real_path
from formcheck.vision.video.kinds import VIDEOS

CORRECT, OTHER, UNSEEN = "correct", "other", "unseen"
LABEL_NAMES: Mapping[str, str] = {CORRECT: N_("correct"), OTHER: N_("other"), UNSEEN: N_("unseen")}
"""The labels of every stretch as people read them; all others are called as the pose file calls its faults."""

ClipPart = Literal["tuning", "test"]
"""What a clip is for: to fit ranges to, or to judge them by."""

NO_STRETCH = "none"
"""The `pose` of a clip in which no stretch is done."""

LATE_S = 0.1
"""A label may end so much after the last picture: times are rounded, and the last picture of a slow camera lasts that long."""

_INVALID = N_("cannot be read as TOML ({error})")


def _side_or_both(given: Any) -> Any:
    if given not in (None, *Side, "both"):
        raise ValueError(N_("must be 'left', 'right' or 'both' (found {given})").format(given=as_written(given)))
    return given


Seconds = Annotated[float, Field(ge=0, strict=True)]


class CameraPlacement(FileTable):
    """Where the camera stood, as far as known. `yaw_deg`: 0 = side-on, + = towards the person's front."""

    yaw_deg: Annotated[float, Field(ge=-180, le=180, strict=True)]
    height_m: Annotated[float, Field(gt=0, le=5, strict=True)] | None = None
    distance_m: Annotated[float, Field(gt=0, le=20, strict=True)] | None = None
    roll_deg: Annotated[float, Field(ge=-45, le=45, strict=True)] | None = None


class LabelInterval(FileTable):
    """From `start_s` up to `end_s` one label holds: `correct`, a fault's name, `other` or `unseen`.

    `stretched_side` is given where the clip shows both, one after the other.
    """

    start_s: Seconds
    end_s: Seconds
    label: Annotated[str, Field(min_length=1)]
    stretched_side: Side | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start_s >= self.end_s:
            raise ValueError(
                N_("ends at {end_s:g} s, not after it starts at {start_s:g} s").format(end_s=self.end_s, start_s=self.start_s)
            )
        return self


class Labels(FileTable):
    """A parsed label file. `check_text` sees to it that the intervals are sorted and do not overlap."""

    format: Literal[1]
    pose: Annotated[str, Field(min_length=1, description="The stretch, or none.")]
    person: Annotated[str, Field(min_length=1, description="A code, never a name.")]
    part: ClipPart = "test"
    stretched_side: Annotated[Side | Literal["both"] | None, BeforeValidator(_side_or_both)] = None
    source: Literal["rendered", "recorded"]
    camera: CameraPlacement | None = None
    intervals: tuple[LabelInterval, ...] = ()

    @property
    def set_aside(self) -> bool:
        """Whether the file keeps this clip out of tuning. Without `part` it serves for either."""
        return "part" in self.model_fields_set and self.part == "test"

    def at(self, time_s: float) -> LabelInterval | None:
        """Return the interval that covers `time_s`, or `None` where nothing is labelled."""
        return next((entry for entry in self.intervals if entry.start_s <= time_s < entry.end_s), None)

    def side_of(self, interval: LabelInterval) -> Side | None:
        """Return the stretched side in `interval`."""
        overall = self.stretched_side
        return interval.stretched_side or (overall if isinstance(overall, Side) else None)


_TABLES: Tables = {"": Labels, "camera": CameraPlacement, "intervals": LabelInterval}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledClip:
    """A video with its labels and, for rendered ones, the file of its true angles."""

    video: Path
    labels: Labels
    angles: Path | None

    def true_angles(self) -> Iterator[tuple[float, Mapping[str, float]]]:
        """Yield time (seconds) and the true angles (degrees by measure) of every frame; nothing where none are known.

        Raises LabelError with the line that is wrong.
        """
        if self.angles is None:
            return
        try:
            for line, row in table_rows(self.angles, ("time_s",)):
                values = {name: float(cell) for name, cell in row.items() if cell and _is_number(cell)}
                if len(values) != sum(map(bool, row.values())) or "time_s" not in values:
                    raise TextError(N_("line {line}: a number is expected in every cell").format(line=line))
                yield values.pop("time_s"), values
        except (OSError, TextError) as error:
            raise LabelError(N_("{path}: {reason}.").format(path=self.angles, reason=unreadable(error))) from None


def _is_number(cell: str) -> bool:
    try:
        return isfinite(float(cell))
    except ValueError:
        return False


def find_clips(
    paths: list[Path], specs: Mapping[str, StretchSpec], *, length_of: Callable[[Path], float] | None = None
) -> list[LabelledClip]:
    """Return every labelled clip in `paths`, as `search_clips` does. Raises LabelError with all faults of all files at once."""
    clips, faults = search_clips(paths, specs, length_of=length_of)
    if faults:
        raise faulty(faults)
    return clips


def faulty(faults: Iterable[str]) -> LabelError:
    return LabelError(N_("Not all labelled clips can be used."), *("  " + fault for fault in faults))


def search_clips(
    paths: list[Path], specs: Mapping[str, StretchSpec], *, length_of: Callable[[Path], float] | None = None
) -> tuple[list[LabelledClip], list[str]]:
    """Return every labelled clip in `paths` (label files, videos, or folders searched in depth), by name, and all faults.

    `length_of` returns how long a video is, in seconds, for finding labels outside it.
    """
    files: list[Path] = []
    faults: list[str] = []
    for path in paths:
        if path.is_dir():
            found = sorted(file for file in path.rglob("*.toml") if video_of(file) is not None or has_key(file, "intervals"))
            if not found:
                faults.append(
                    N_("{path}: holds no labelled clip (a video with a .toml of the same name beside it)").format(path=path)
                )
            files += found
        elif not path.suffix and not path.exists():
            faults.append(N_("{path}: there is no such clip or folder").format(path=path))
        else:
            files.append(path.with_suffix(".toml"))
    clips = []
    files = list({real_path(file): file for file in files}.values())
    for file in files:
        read = _read(file, specs, length_of)
        if isinstance(read, LabelledClip):
            clips.append(read)
        else:
            faults += [joined(": ", (str(file), fault)) for fault in read]
    videos = [video for file in files if (video := video_of(file)) is not None]
    faults += [
        N_("{copy}: has the same content as {video}").format(copy=copy, video=video) for video, copy in same_content(videos)
    ]
    return clips, faults


def _read(file: Path, specs: Mapping[str, StretchSpec], length_of: Callable[[Path], float] | None) -> LabelledClip | list[str]:
    faults: list[str] = []
    length_s = None
    video = video_of(file)
    if video is None:
        faults.append(
            N_("the video is missing: {name} with one of {endings}").format(name=file.stem, endings=", ".join(VIDEOS))
        )
    elif length_of is not None:
        try:
            length_s = length_of(video)
        except FormcheckError as error:
            faults.append(N_("the video: {reason}").format(reason=str(error)))
    try:
        text = read_text(file)
    except FileNotFoundError:
        return [N_("there is no such label file")]
    except (OSError, TextError) as error:
        return [unreadable(error), *faults]
    labels = check_text(text, specs, length_s=length_s)
    if isinstance(labels, list):
        return [*labels, *faults]
    if faults or video is None:
        return faults
    angles = file.with_suffix(".angles.csv")
    return LabelledClip(video=video, labels=labels, angles=angles if angles.is_file() else None)


def check_text(text: str, specs: Mapping[str, StretchSpec], *, length_s: float | None = None) -> Labels | list[str]:
    """Return the labels in `text` (TOML), or a line for every fault: key path, what is wrong, a suggestion if one is near.

    `length_s` is how long the clip is, where that is known.
    """
    across = partial(_cross_faults, specs=specs, length_s=length_s)
    return check_toml(text, Labels, _TABLES, across=across, invalid=_INVALID)


def _cross_faults(data: Mapping[str, Any], specs: Mapping[str, StretchSpec], length_s: float | None) -> Iterator[str]:
    """Yield the faults that involve more than one key. It reads the raw data, which may be faulty otherwise too."""
    pose, overall = data.get("pose"), data.get("stretched_side")
    known = [*specs, NO_STRETCH]
    entries = list(_valid_intervals(data))
    spec = specs.get(pose) if isinstance(pose, str) else None
    if isinstance(pose, str) and pose not in known:
        yield N_("pose: there is no stretch called {pose}").format(pose=as_written(pose)) + did_you_mean(pose, known)
    elif isinstance(pose, str):
        yield from _label_faults(pose, spec, entries)
    if pose == NO_STRETCH and overall is not None:
        yield N_("stretched_side: {given!r} in a clip whose pose is none").format(given=overall)
    alike = spec is not None and spec.legs is None
    if alike and (overall is not None or any(entry.stretched_side is not None for _, entry in entries)):
        yield N_("stretched_side: in {pose} both legs do the same; leave it out").format(pose=pose)
    for i, entry in entries:
        side = entry.stretched_side
        if (
            spec is not None
            and not alike
            and entry.label not in (OTHER, UNSEEN)
            and side is None
            and overall not in tuple(Side)
        ):
            yield N_("intervals[{i}]: say which side is stretched (stretched_side, of the clip or of the interval)").format(i=i)
        if side is not None and overall in tuple(Side) and side != overall:
            yield N_(
                "intervals[{i}].stretched_side: {given!r} contradicts the clip's {overall!r}; a clip of two says 'both'"
            ).format(i=i, given=side.value, overall=overall)
        if length_s is not None and entry.end_s > length_s + LATE_S:
            yield N_("intervals[{i}].end_s: {end_s:g} s lies outside the clip, which lasts {length_s:.3f} s").format(
                i=i, end_s=entry.end_s, length_s=length_s
            )
    yield from _order_faults(entries, spec)


def _valid_intervals(data: Mapping[str, Any]) -> Iterator[tuple[int, LabelInterval]]:
    """Yield the intervals that are valid by themselves, with their places in the file."""
    for i, entry in tables_in(data, "intervals"):
        with suppress(ValidationError):
            yield i, LabelInterval.model_validate(entry)


def _label_faults(pose: str, spec: StretchSpec | None, entries: Iterable[tuple[int, LabelInterval]]) -> Iterator[str]:
    words = [CORRECT, OTHER, UNSEEN, *([fault.name for fault in spec.faults] if spec else [])]
    for i, entry in entries:
        if entry.label not in words:
            unknown = N_("intervals[{i}].label: {label} is no label of {pose}")
            yield unknown.format(i=i, label=as_written(entry.label), pose=pose) + did_you_mean(entry.label, words)
        if spec is None and entry.label == CORRECT:
            yield N_("intervals[{i}].label: 'correct' in a clip whose pose is none").format(i=i)


def _order_faults(entries: list[tuple[int, LabelInterval]], spec: StretchSpec | None) -> Iterator[str]:
    for (i, before), (j, after) in pairwise(entries):
        if after.start_s < before.start_s:
            yield N_(
                "intervals[{j}]: starts at {start_s:g} s, before intervals[{i}] does; intervals are sorted by time"
            ).format(i=i, j=j, start_s=after.start_s)
    for (i, one), (j, other) in sorted(_at_once(entries), key=lambda pair: (pair[0][0], pair[1][0])):
        start_s, end_s = max(one.start_s, other.start_s), min(one.end_s, other.end_s)
        if end_s - start_s > 1e-6:
            labels = {"one": as_written(one.label), "other": as_written(other.label)}
            sentence = _CONTRADICT if _contradict(one, other, spec) else _AT_ONCE
            yield sentence.format(i=i, j=j, start_s=start_s, end_s=end_s, **labels)


_AT_ONCE = N_(
    "intervals[{i}] and intervals[{j}]: {one} and {other} at once, from {start_s:g} to {end_s:g} s; intervals do not overlap"
)
_CONTRADICT = N_(
    "intervals[{i}] and intervals[{j}]: contradict each other, {one} and {other} at once, from {start_s:g} to {end_s:g} s; "
    "intervals do not overlap"
)


def _at_once(entries: list[tuple[int, LabelInterval]]) -> Iterator[tuple[tuple[int, LabelInterval], tuple[int, LabelInterval]]]:
    """Yield the pairs of intervals that have time in common, `MOST_FAULTS` at most, the first in the file before the other."""
    pairs = 0
    ordered = sorted(entries, key=lambda entry: entry[1].start_s)
    for place, one in enumerate(ordered):
        for other in islice(ordered, place + 1, None):
            if other[1].start_s >= one[1].end_s or pairs == MOST_FAULTS:
                break
            pairs += 1
            yield min(one, other, key=lambda entry: entry[0]), max(one, other, key=lambda entry: entry[0])


def _contradict(one: LabelInterval, other: LabelInterval, spec: StretchSpec | None) -> bool:
    """Return whether two labels exclude each other: two faults may be there at once, and advice beside correct form."""
    advice = {fault.name for fault in spec.faults if not fault.stops_clock} if spec else set()
    apart = {CORRECT, OTHER, UNSEEN} & {one.label, other.label}
    beside = {one.label, other.label} <= {CORRECT, *advice}
    return (one.label != other.label and bool(apart) and not beside) or one.stretched_side != other.stretched_side


def same_content(videos: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield pairs of different files with the same content: one clip counted twice is no second clip."""
    sizes: defaultdict[int, list[Path]] = defaultdict(list)
    for video in {real_path(video): video for video in videos}.values():
        sizes[video.stat().st_size].append(video)
    for alike in sizes.values():
        first: dict[bytes, Path] = {}
        for video in alike if len(alike) > 1 else ():
            with video.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").digest()
            if first.setdefault(digest, video) != video:
                yield first[digest], video


def video_of(file: Path) -> Path | None:
    """Return the video of a label file: of the same name, beside it. Phones write the ending in capitals."""
    beside = (file.with_suffix(kind) for small in VIDEOS for kind in (small, small.upper()))
    return next((video for video in beside if video.is_file()), None)
