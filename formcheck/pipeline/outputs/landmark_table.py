"""Landmarks as a table: `--landmarks FILE.csv`, which can be judged again without the engine and the clip.

A row is one person in one picture that was looked at: `time_s` (seconds from the clip's first frame), `person` (0 is the
tracked one), then for every joint `<joint>_x`, `<joint>_y` and `<joint>_visibility` (frame heights, y up, origin at the lower
left corner; 0 to 1), `<joint>_world_x`, `_world_y`, `_world_z` (metres from the middle of the hips: x right, y up, z away
from the camera) and `<joint>_spread_x`, `_spread_y` (frame heights: half of what leads from one look to the other, where a
picture was looked at twice). What the engine does not know is empty.

Lines before the table begin with `#` and hold JSON: the clip, the engine, its traits, and how the clip was looked at. With
every frame these are the times of the frames; else a line for each segment has the pictures looked at (time, until when it
was as the one before it, number of people) and the times of all frames; `repeats_s` has the times of those that are the same as
the one before, to the last bit. Joints are interpolated between two pictures that were
looked at, so the file gives what the clip gives, to the last digit. In a long clip the last picture before a segment is there
twice: the segment has a look of its own at it.

A program for tables that saves the file puts quotes around these lines, or empty cells behind them, and shortens times: they
are read all the same.
"""

import csv
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import groupby, islice
from math import inf, isfinite, isinf, isnan, nan
from numbers import Real
from os import PathLike
from pathlib import Path
from typing import IO, Any, Literal

from pydantic import TypeAdapter

from formcheck.analysis.scoring.result import Result
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.errors import FormcheckError, OutputError, SourceError, check_argument
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import JOINTS, Landmarks, Point
from formcheck.core.wording.language import N_, NN_, one_of
from formcheck.pipeline.outputs.base import AtomicFileOutput, OutputRequest, temporary_text
from formcheck.pipeline.outputs.formats.marker_file import MarkerFile
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.stretches.validation import did_you_mean
from formcheck.system.inputs import as_path, refuse_special
from formcheck.vision.sampling.interpolation import Detection

FORMAT = 2
"""Goes up when older files can't be read any more."""

HEAD = "# formcheck landmarks "

SEPARATORS = {";": N_("semicolons"), "\t": N_("tabs")}
"""What other programs write between columns, and what the person calls it."""

SAME_TIME_S = 1e-6
"""Times that are nearer to each other than this are one: programs for tables write ten digits or so."""

ORIGINS = ("lower_left", "upper_left")
"""Where y may be 0."""

PICTURE, WORLD, SPREAD = ("x", "y", "visibility"), ("world_x", "world_y", "world_z"), ("spread_x", "spread_y")

COLUMNS = ("time_s", "person", *(f"{joint}_{part}" for joint in JOINTS for part in (*PICTURE, *WORLD, *SPREAD)))

NEEDED = tuple(f"{side}_{part}" for part in ("shoulder", "hip", "knee", "ankle") for side in ("left", "right"))
"""The joints that a table must have. A stretch may need more (`StretchSpec.needed_joints`): kneeling and standing the toes,
lying the nose and an ear."""

TIME = "time_s"

_NEEDED_COLUMNS = (TIME, *(f"{joint}_{axis}" for joint in NEEDED for axis in "xy"))

_WHERE_KNOWN = ("damaged", "filmed")
"""What is told of a clip only where there is anything to tell."""

_TRAITS = TypeAdapter(EngineTraits)

EARS = ("left_ear", "right_ear")

_PLACING = NEEDED[:4]
"""Somebody without one of these in a row is not placed in the picture at all."""

_TIMES = {"segment", "frames_s"}
"""Lines before the table that say when there were frames: formcheck writes one of the two kinds."""

_NUMBERS_EXPECTED = NN_("{name}: is {given!r}; a number is expected.", "{name}: is {given!r}; {count} numbers are expected.")
_LACKS_COLUMNS = N_(
    "is no table of landmarks: it has no column {columns}. `formcheck score CLIP --landmarks FILE.csv` writes one."
)
_LACKS_LINE = N_("has lost the line {line!r} before the table. Write it anew: `formcheck score CLIP --landmarks FILE.csv`.")
_LACKS_MORE_COLUMNS = N_(
    "is no table of landmarks: it has no column {columns} and more. `formcheck score CLIP --landmarks FILE.csv` writes one."
)


class LandmarkTable(AtomicFileOutput):
    """The output that writes the table."""

    def __init__(self, request: OutputRequest) -> None:
        if not is_landmark_table(request.path):
            raise OutputError(
                N_("{path}: landmarks are a table that is read again by its ending; give a name that ends in .csv.").format(
                    path=request.path
                )
            )
        super().__init__(request)
        self._looked: list[dict[str, Any]] = []
        self._times_s: list[float] = []
        self._repeats_s: list[float] = []
        self._aspect = request.clip.width / request.clip.height

    def open(self, stack: ExitStack) -> None:
        self._rows = stack.enter_context(temporary_text())  # the lines before the table are known at its end

    def detected(self, segment: SegmentDetections) -> None:
        table = csv.writer(self._rows, lineterminator="\n")
        for look in segment.detections:
            for number, person in enumerate(look.people):
                self._aspect = person.aspect
                table.writerow([repr(look.time_s), number, *_cells(person)])
        if self.request.every_frame or self.request.clip.still:
            self._times_s.extend(segment.times_s)
            self._repeats_s.extend(segment.repeats_s)
        else:
            looks = [[look.time_s, look.still_s, len(look.people)] for look in segment.detections]
            repeats = {"repeats_s": list(segment.repeats_s)} if segment.repeats_s else {}
            self._looked.append({"looks": looks, "frames_s": list(segment.times_s), **repeats})

    def complete(self, result: Result) -> None:
        self.finish(EngineInfo(**result.document.engine.model_dump()), result.traits, result.damaged)

    def finish(self, engine: EngineInfo, traits: EngineTraits, damaged: str | None) -> None:
        """Put the rows behind the lines that say what they are of."""
        known = asdict(replace(self.request.clip, damaged=damaged))
        beside = {name: value for name in _WHERE_KNOWN if (value := known.pop(name)) is not None}
        clip = {**known, "aspect": self._aspect, **beside}
        head: list[tuple[str, Any]] = [("clip", clip), ("engine", asdict(engine)), ("traits", asdict(traits))]
        head += [("segment", looked) for looked in self._looked] or [("frames_s", self._times_s)]
        head += [("repeats_s", self._repeats_s)] if self._repeats_s else []
        self._rows.seek(0)
        with self.part.open("w", encoding="utf-8", newline="") as out:
            out.write(f"{HEAD}{FORMAT}\n")
            out.writelines(f"# {key}: {json.dumps(value)}\n" for key, value in head)
            csv.writer(out, lineterminator="\n").writerow(COLUMNS)
            out.writelines(self._rows)


create = LandmarkTable


def is_landmark_table(path: Path) -> bool:
    """Return whether a file to score is a table of landmarks: by its ending."""
    return path.suffix.lower() == ".csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkLayout:
    """How the table of another program is read.

    Parameters
    ----------
    columns
        Its name of a column by the name here (`{"time_s": "t", "left_knee_x": "LKNE_x"}`). A column that is not named is looked
        for under its name here.
    scale
        What x and y are multiplied by to be in frame heights: `(1 / height, 1 / height)` for pixels, `(width / height, 1)` for
        shares of the picture.
    origin
        Where y is 0: `"lower_left"` (y up) or `"upper_left"` (y down).
    aspect
        Width over height of the picture.
    time_scale
        Seconds to one unit of the time column: 1 / fps where it counts frames.
    fps
        Of a table without a time column, in which every row is the next frame: frames a second. `None`: it has times.
    world_scale
        What world coordinates are multiplied by to be metres, x right, y up, z away from the camera; below 0 where an axis
        points the other way.
    engine
        What the result says saw the people.
    traits
        Where that engine errs, and by how much.

    Raises
    ------
    FormcheckError
        Where a value can't be: every fault is named, with what is known.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    scale: tuple[float, float] = (1.0, 1.0)
    origin: Literal["lower_left", "upper_left"] = "lower_left"
    aspect: float = 16 / 9
    time_scale: float = 1.0
    fps: float | None = None
    world_scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    engine: str = "unknown"
    traits: EngineTraits = DEFAULT_TRAITS

    def __post_init__(self) -> None:
        if faults := list(self._faults()):
            raise FormcheckError(N_("This layout of a table of landmarks can't be."), *("  " + one for one in faults))

    def _faults(self) -> Iterator[str]:
        unknown = [name for name in self.columns if name not in COLUMNS]
        for name in unknown:
            yield N_("columns: there is no {name!r} here").format(name=name) + did_you_mean(name.lower(), COLUMNS)
        if unknown:
            parts = ", ".join(f"<joint>_{part}" for part in (*PICTURE, *WORLD, *SPREAD))
            yield N_("columns: goes from the names here to those in the table; known here: time_s, person, {parts}.").format(
                parts=parts
            )
            yield N_("columns: the joints are {joints}.").format(joints=", ".join(JOINTS))
        if self.origin not in ORIGINS:
            yield N_("origin: is {given!r}; {expected} is expected.").format(
                given=self.origin, expected=one_of(list(map(repr, ORIGINS)))
            )
        single = {"aspect": 1, "time_scale": 1, **({} if self.fps is None else {"fps": 1})}
        for name, count in {"scale": 2, **single, "world_scale": 3}.items():
            given = getattr(self, name)
            values = tuple(given) if count > 1 and isinstance(given, Iterable) else (given,)
            if len(values) != count or not all(isinstance(value, Real) and isfinite(value) for value in values):
                yield _NUMBERS_EXPECTED.format(count=count, name=name, given=given)
            elif 0 in values or (name != "world_scale" and min(values) < 0):
                sentence = (
                    N_("{name}: is {given!r}; 0 is impossible.")
                    if name == "world_scale"
                    else N_("{name}: is {given!r}; more than 0 is expected.")
                )
                yield sentence.format(name=name, given=given)


def read_landmarks(path: str | PathLike[str], *, layout: LandmarkLayout | None = None) -> LandmarkRecording:
    """Return the landmarks in a table.

    Parameters
    ----------
    path
        A file of `formcheck score --landmarks`, or any CSV file with a row for each person in each picture; lines that begin
        with `#` are passed over in the latter. Without a column for it, the person is 0 and the visibility 1.
    layout
        How the columns of another program are called and scaled; `None` for a file as formcheck writes it.

    Returns
    -------
    LandmarkRecording
        Judged by `formcheck.score` and `formcheck.analyze`. A joint that has no column, or is empty or `nan` in a row, is not
        seen; a person without shoulders or hips in a row is left out of that picture.

    Raises
    ------
    SourceError
        Where the file can't be read, a needed column is missing, a row has more or fewer cells than there are names, or a cell
        is no number: with the line. Where a layout is given for a file as formcheck writes it.
    """
    path = as_path(path, error=SourceError)
    check_argument("layout", layout, LandmarkLayout | None, N_("a LandmarkLayout, or None"))
    try:
        refuse_special(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _Reader(path, layout).recording(file)
    except FileNotFoundError:
        raise SourceError(N_("{path}: there is no such file.").format(path=path)) from None
    except UnicodeDecodeError:
        raise SourceError(
            N_("{path}: cannot be read as a table of landmarks (it is no UTF-8 text; save it as UTF-8).").format(path=path)
        ) from None
    except (OSError, csv.Error) as error:
        raise SourceError(
            N_("{path}: cannot be read as a table of landmarks ({reason}).").format(path=path, reason=str(error))
        ) from None


class _Reader:
    def __init__(self, path: Path, layout: LandmarkLayout | None) -> None:
        self._path = path
        self._foreign = layout is not None
        self._layout = layout or LandmarkLayout()
        self._line = 0
        self._own = False  # written by formcheck: its first line says so
        self._head: list[tuple[str, Any]] = []
        self._aspect = self._layout.aspect

    def recording(self, file: IO[str]) -> LandmarkRecording:
        rows = csv.reader(self._without_head(file))
        columns = next(rows, [])
        counted = self._layout.fps is not None
        lacking = [name for name in _NEEDED_COLUMNS if self._called(name) not in columns and not (counted and name == TIME)]
        for separator, called in SEPARATORS.items():
            if lacking and len(columns) == 1 and separator in columns[0]:
                raise self._error(
                    N_("its columns are separated by {separators}. Save it with commas, and a point in numbers.").format(
                        separators=called
                    )
                )
        if lacking == [TIME]:
            raise self._error(
                N_(
                    "has no column {column}. Where every row is the next frame, read it with a layout that says how many come "
                    "a second: LandmarkLayout(fps=30)."
                ).format(column=self._called(TIME))
            )
        if counted and self._called(TIME) in columns:
            raise self._error(
                N_("has times ({column}), and the layout counts frames (fps). Read it without fps.").format(
                    column=self._called(TIME)
                )
            )
        if lacking:
            sentence = _LACKS_MORE_COLUMNS if len(lacking) > 4 else _LACKS_COLUMNS
            raise self._error(sentence.format(columns=", ".join(map(self._called, lacking[:4]))))
        head = dict(self._head)
        if self._own and not _TIMES & head.keys():
            raise self._error(_LACKS_LINE.format(line="# segment: ..."))
        for key in ("clip", "engine", "traits"):
            if not isinstance(head.get(key, {}), dict):
                raise self._error(
                    N_("after '# {key}:' an object is expected ({{...}}), and there is {found!r}.").format(
                        key=key, found=head[key]
                    )
                )
        detected = self._rows(rows, columns)
        try:
            self._aspect = float(head.get("clip", {}).get("aspect", self._aspect))
            traits = _TRAITS.validate_python(asdict(replace(self._layout.traits, **head.get("traits", {}))))
            segments = list(self._segments(head, detected))
            return LandmarkRecording(
                clip=self._clip(head.get("clip"), segments),
                engine=EngineInfo(**head.get("engine", {"name": self._layout.engine, "version": "", "model": ""})),
                traits=traits,
                segments=segments,
                every_frame="segment" not in head,
            )
        except UnicodeDecodeError:
            raise
        except (KeyError, TypeError, IndexError, ValueError) as error:
            raise self._error(
                N_("the lines before the table are not as formcheck writes them ({reason}).").format(reason=str(error))
            ) from None

    def _without_head(self, file: Iterable[str]) -> Iterator[str]:
        for self._line, row in enumerate(file, 1):
            if not row.startswith(("#", '"#')):
                if self._own and not row.endswith("\n"):
                    raise self._line_error(N_("ends too early; the file is cut off."))
                yield row
                continue
            line = _without_cells(row)
            if line.startswith(HEAD):
                self._own = True
                if self._foreign:
                    raise self._error(N_("was written by formcheck, so its layout is known: read it without one."))
                if line.removeprefix(HEAD).strip() != str(FORMAT):
                    raise self._error(N_("was written by another version of formcheck; write it anew."))
                continue
            key, _, text = line.removeprefix("#").strip().partition(": ")
            if not (self._own or self._foreign) and key in _TIMES:
                raise self._error(_LACKS_LINE.format(line=f"{HEAD}{FORMAT}"))
            if self._own:
                try:
                    self._head.append((key, json.loads(text)))
                except (ValueError, RecursionError):
                    raise self._line_error(N_("is damaged; JSON is expected after {key!r}.").format(key=key)) from None

    def _error(self, text: str) -> SourceError:
        return SourceError(N_("{path}: {fault}").format(path=self._path, fault=text))

    def _line_error(self, text: str) -> SourceError:
        return SourceError(N_("{path}, line {line}: {fault}").format(path=self._path, line=self._line, fault=text))

    def _called(self, name: str) -> str:
        return self._layout.columns.get(name, name)

    def _rows(self, rows: Iterable[Sequence[str]], columns: Sequence[str]) -> Iterator[tuple[float, Landmarks | None]]:
        """Yield the time and the person of every row; `None` for one who is not placed in the picture."""
        last_s = 0.0
        looked = "segment" in dict(self._head)
        known_s = sorted(self._known_times())
        for number, cells in enumerate(filter(None, rows)):
            if (count := len(cells)) != len(columns):
                why = N_("Is the file cut off?") if count < len(columns) else N_("Is there a comma in a number?")
                raise self._line_error(
                    N_("{expected} cells are expected, one a column; there are {found}. {why}").format(
                        expected=len(columns), found=count, why=why
                    )
                )
            row = dict(zip(columns, cells, strict=True))
            time_s = self._time(row) if self._layout.fps is None else number / self._layout.fps
            time_s = _nearest(time_s, known_s)
            if time_s < last_s and not looked:
                raise self._line_error(
                    N_("time runs backwards, to {time_s:g} s after {last_s:g} s.").format(time_s=time_s, last_s=last_s)
                )
            last_s = time_s
            yield time_s, self._person(row)

    def _known_times(self) -> Iterator[float]:
        """Yield the times of rows by the lines before the table."""
        for key, value in self._head:
            if key == "frames_s":
                yield from map(float, value)
            elif key == "segment":
                yield from (float(time_s) for time_s, *_ in value["looks"])

    def _time(self, row: Mapping[str, str]) -> float:
        time_s = self._number(row, TIME)
        if isnan(time_s):
            name = self._called(TIME)
            raise self._line_error(
                N_("has no time: {column} is {found}; a number is expected.").format(
                    column=name, found=row[name].strip() or N_("empty")
                )
            )
        return time_s * self._layout.time_scale

    def _person(self, row: Mapping[str, str]) -> Landmarks | None:
        layout = self._layout
        placed: dict[str, Point] = {}
        world: dict[str, tuple[float, float, float]] = {}
        spread: dict[str, tuple[float, float]] = {}
        for joint in JOINTS:
            x, y, visibility = (self._number(row, f"{joint}_{part}") for part in PICTURE)
            if not (isnan(x) or isnan(y)):
                up = y * layout.scale[1]
                height = up if layout.origin == "lower_left" else 1.0 - up
                seen = 1.0 if isnan(visibility) else visibility
                placed[joint] = Point(x=x * layout.scale[0], y=height, visibility=seen)
            right, up, away = (self._number(row, f"{joint}_{part}") for part in WORLD)
            if not any(map(isnan, (right, up, away))):
                world[joint] = right * layout.world_scale[0], up * layout.world_scale[1], away * layout.world_scale[2]
            right, up = (self._number(row, f"{joint}_{part}") for part in SPREAD)
            if not (isnan(right) or isnan(up)):
                upwards = 1.0 if layout.origin == "lower_left" else -1.0
                spread[joint] = right * layout.scale[0], upwards * up * layout.scale[1]
        if not placed.keys() >= set(_PLACING):
            return None
        hips = placed["left_hip"], placed["right_hip"]
        nowhere = Point(x=(hips[0].x + hips[1].x) / 2, y=(hips[0].y + hips[1].y) / 2, visibility=0.0)
        # The middle of the ears is where the one is that is seen.
        for one, other in (EARS, EARS[::-1]):
            if one in placed and other not in placed:
                placed[other] = replace(placed[one], visibility=0.0)
        points = {joint: placed.get(joint, nowhere) for joint in JOINTS}
        return Landmarks(points=points, world=world, aspect=self._aspect, spread=spread)

    def _number(self, row: Mapping[str, str], name: str) -> float:
        """Return the number in a cell; NaN where it is empty, or there is no such column."""
        text = row.get(self._called(name), "")
        try:
            value = float(text.strip() or nan)
        except ValueError:
            value = inf
        if isinf(value):
            raise self._line_error(
                N_("{column} is {found!r}; a number is expected.").format(column=self._called(name), found=text)
            )
        return value

    def _segments(
        self, head: Mapping[str, Any], detected: Iterator[tuple[float, Landmarks | None]]
    ) -> Iterator[SegmentDetections]:
        if "segment" in head:
            for looked in (value for key, value in self._head if key == "segment"):
                yield self._looked(looked, detected)
            if next(detected, None) is not None:
                raise self._error(N_("has more rows than the lines before the table tell of."))
            return
        people = {
            time_s: tuple(person for _, person in some if person) for time_s, some in groupby(detected, lambda one: one[0])
        }
        frames_s = head.get("frames_s") or list(people)
        if strangers := people.keys() - set(frames_s):
            raise self._error(
                N_("has rows of {time_s:g} s, and no frame then by the line '# frames_s:'.").format(time_s=min(strangers))
            )
        repeats_s = set(head.get("repeats_s", ()))
        for time_s in frames_s:
            yield SegmentDetections.of_frame(people.get(time_s, ()), time_s, repeats=time_s in repeats_s)

    def _looked(self, looked: Mapping[str, Any], detected: Iterator[tuple[float, Landmarks | None]]) -> SegmentDetections:
        looks = []
        for time_s, still_s, count in looked["looks"]:
            some = list(islice(detected, count))
            if len(some) < count or any(at_s != time_s for at_s, _ in some):
                raise self._error(
                    N_("the rows of {time_s:g} s are not as many as the lines before the table say.").format(time_s=time_s)
                )
            people = tuple(person for _, person in some if person is not None)
            looks.append(Detection(time_s=time_s, people=people, still_s=still_s))
        return SegmentDetections(
            detections=looks, times_s=tuple(looked["frames_s"]), repeats_s=tuple(looked.get("repeats_s", ()))
        )

    def _clip(self, known: Mapping[str, Any] | None, segments: Sequence[SegmentDetections]) -> ClipInfo:
        if known is not None:
            fields = {name: value for name, value in known.items() if name != "aspect"}
            filmed = date.fromisoformat(fields["filmed"]).isoformat() if "filmed" in fields else None
            return ClipInfo(**{**fields, "path": str(self._path), "filmed": filmed})
        times_s = [time_s for segment in segments for time_s in segment.times_s]
        spent_s = times_s[-1] - times_s[0] if times_s else 0.0
        fps = round((len(times_s) - 1) / spent_s, 3) if spent_s > 0 else None
        return ClipInfo(path=str(self._path), width=round(1000 * self._aspect), height=1000, fps=fps, expected_s=None)


def write_landmarks(recording: LandmarkRecording, path: str | PathLike[str]) -> None:
    """Write a recording as a table, or as marker trajectories, whole or not at all.

    Parameters
    ----------
    recording
        What `formcheck.detect` or `read_landmarks` returned.
    path
        A name that ends in `.csv`, for a table that `read_landmarks` reads, or in `.trc`, for other programs: metres from the
        middle of the hips, x right, y up, z towards the camera; what is hidden is NaN.

    Raises
    ------
    OutputError
        Where it can't be written, or the name ends otherwise.
    """
    check_argument("recording", recording, LandmarkRecording, N_("what detect or read_landmarks returned"))
    file = as_path(path, error=OutputError)
    request = OutputRequest(path=file, clip=recording.clip, specs={}, every_frame=recording.every_frame)
    kind = MarkerFile if request.path.suffix.lower() == ".trc" else LandmarkTable
    with kind(request) as table:
        for segment in recording.segments:
            table.detected(segment)
        table.finish(recording.engine, recording.traits, recording.clip.damaged)


def _without_cells(row: str) -> str:
    """Return a line before the table as formcheck wrote it, where another program has made cells of it: quoted or padded."""
    line = re.sub(r'"((?:[^"]|"")*)"', lambda cell: cell[1].replace('""', '"'), row) if row.startswith('"') else row
    return line.rstrip("\r\n" + "".join((",", *SEPARATORS)))


def _nearest(time_s: float, known_s: Sequence[float]) -> float:
    """Return the one of `known_s`, in order, that is the same time; `time_s` itself where there is none."""
    place = bisect_left(known_s, time_s)
    nearest_s = min(known_s[max(0, place - 1) : place + 1], default=time_s, key=lambda one_s: abs(one_s - time_s))
    return nearest_s if abs(nearest_s - time_s) < SAME_TIME_S else time_s


def _cells(person: Landmarks) -> Iterator[str]:
    for joint in JOINTS:
        point, world, spread = person.points.get(joint), person.world.get(joint), person.spread.get(joint)
        yield from (repr(point.x), repr(point.y), repr(point.visibility)) if point is not None else ("", "", "")
        yield from map(repr, world) if world is not None else ("", "", "")
        yield from map(repr, spread) if spread is not None else ("", "")
