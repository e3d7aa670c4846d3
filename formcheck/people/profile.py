"""A person's profile with its baseline: `profiles/NAME.toml` in the data folder, with comments that say what each number is."""

import re
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field

from formcheck.analysis.baseline.offsets import Baseline, StraightReading
from formcheck.core import wording
from formcheck.core.errors import OutputError, ProfileError
from formcheck.core.wording.language import N_, joined
from formcheck.stretches.files import read_toml
from formcheck.stretches.validation import StrictModel, Tables, check_toml, did_you_mean
from formcheck.system.files import atomic_file
from formcheck.system.paths import make_data_folder, make_private, profiles_folder

DEFAULT = "default"
"""The name of the profile where none is given."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")

_HEAD = (
    "What formcheck has measured of one person, by `formcheck calibrate`.",
    "Delete it with `formcheck profiles delete`, or as any file.",
)
_COMMENTS = {
    "camera": "size of the pictures, in pixels",
    "view_ratio": "how far apart the shoulders were, in trunk lengths: how much you were turned",
    "floor": "degrees by which the line from foot to shoulder rises in the picture",
}
_TABLES = {
    "offsets": "Degrees by which the camera reads this off somebody straight. Subtracted, up to 8.",
    "lengths": "In heights of the picture. When they change by more than 15 %, the baseline is out of date.",
}

Degrees = Annotated[float, Field(ge=-90, le=90)]
Length = Annotated[float, Field(gt=0, le=5)]


def _since_there_are_cameras(taken: datetime) -> datetime:
    if not 2000 <= taken.year <= 2200:
        raise ValueError(N_("no baseline was taken in the year {year}").format(year=taken.year))
    return taken


class Offsets(StrictModel):
    """Degrees; a part that was not seen is left out."""

    trunk: Degrees
    neck: Degrees
    near_hip: Degrees
    near_knee: Degrees
    near_leg: Degrees | None = None
    far_hip: Degrees | None = None
    far_knee: Degrees | None = None
    far_leg: Degrees | None = None


class Lengths(StrictModel):
    """Frame heights."""

    trunk: Length
    thigh: Length
    shank: Length


class Straight(StrictModel):
    """One straight posture."""

    view_ratio: Annotated[float, Field(ge=0, le=5)]
    floor: Degrees | None = None
    offsets: Offsets
    lengths: Lengths

    @classmethod
    def of(cls, reading: StraightReading) -> Self:
        """Return the reading, rounded: a tenth of a degree is beyond a camera."""
        return cls(
            view_ratio=round(reading.view_ratio, 3),
            floor=round(reading.floor, 1) if reading.floor is not None else None,
            offsets=Offsets.model_validate({name: round(value, 1) for name, value in reading.offsets.items()}),
            lengths=Lengths.model_validate({name: round(value, 4) for name, value in reading.lengths.items()}),
        )

    @property
    def reading(self) -> StraightReading:
        return StraightReading(
            offsets=self.offsets.model_dump(exclude_none=True),
            lengths=self.lengths.model_dump(),
            view_ratio=self.view_ratio,
            floor=self.floor,
        )


class Profile(StrictModel):
    """What is known of one person. `camera` is the size of its pictures, width and height in pixels."""

    format: Literal[1] = 1
    taken: Annotated[datetime, AfterValidator(_since_there_are_cameras)]
    camera: tuple[Annotated[int, Field(gt=0)], Annotated[int, Field(gt=0)]]
    standing: Straight
    lying: Straight

    @classmethod
    def of(cls, baseline: Baseline, *, taken: datetime, camera: tuple[int, int]) -> Self:
        return cls(taken=taken, camera=camera, standing=Straight.of(baseline.standing), lying=Straight.of(baseline.lying))

    @property
    def baseline(self) -> Baseline:
        return Baseline(standing=self.standing.reading, lying=self.lying.reading)


_MODELS: Tables = {"": Profile, "standing": Straight, "lying": Straight, "offsets": Offsets, "lengths": Lengths}


def profile_file(name: str) -> Path:
    """Return the file of the profile called `name`, whether or not it is there. Raises ProfileError for an impossible name."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        wrong = N_("{name!r}: the name of a profile has small letters, digits, - and _ only, as in anna or anna_2.")
        raise ProfileError(wrong.format(name=name))
    return profiles_folder() / f"{name}.toml"


def profile_names() -> list[str]:
    """Return the names of all profiles."""
    return sorted(path.stem for path in profiles_folder().glob("*.toml") if _NAME.fullmatch(path.stem))


def find_profile(name: str) -> Profile:
    """Return the profile called `name`. Raises ProfileError, which lists every fault of its file at once."""
    path = profile_file(name)
    command = f"formcheck calibrate --profile {name}"
    return read_toml(
        path,
        partial(check_toml, model=Profile, tables=_MODELS),
        kind="profile",
        error=ProfileError,
        missing=joined(" ", (_unknown(name), N_("`{command}` makes it.").format(command=command))),
        advice=[N_("`{command}` makes a new one in its place.").format(command=command)],
    )


def _unknown(name: str) -> str:
    return N_("There is no profile called {name!r}{meant}").format(name=name, meant=did_you_mean(name, profile_names()))


def save_profile(name: str, profile: Profile) -> Path:
    """Write `profile` over an earlier one, readable by the person alone; return its file. Raises FormcheckError."""
    path = profile_file(name)
    try:
        make_data_folder()
        make_private(profiles_folder())
    except OSError as error:
        raise OutputError(wording.FOLDER_NOT_MADE.format(path=path, reason=error.strerror)) from None
    with atomic_file(path, private=True) as part:
        part.write_text(_text(profile), encoding="utf-8")
    return path


def keep_baseline(name: str, baseline: Baseline, camera: tuple[int, int]) -> Path:
    """Keep a baseline that was taken just now in the profile called `name`; return its file. Raises FormcheckError."""
    return save_profile(name, Profile.of(baseline, taken=datetime.now().astimezone().replace(microsecond=0), camera=camera))


def delete_profile(name: str) -> None:
    """Delete the profile called `name`, even where its file is faulty. Raises FormcheckError."""
    path = profile_file(name)
    try:
        path.unlink()
    except FileNotFoundError:
        raise ProfileError(_unknown(name)) from None
    except OSError as error:
        raise OutputError(wording.NOT_DELETED.format(path=path, reason=error.strerror)) from None


def _text(profile: Profile) -> str:
    import tomlkit

    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    _fill(document, profile.model_dump(exclude_none=True))
    return tomlkit.dumps(document)


def _fill(table: Any, values: dict[str, Any]) -> None:
    import tomlkit

    for name, value in values.items():
        if isinstance(value, dict):
            inner = tomlkit.table()
            if name in _TABLES:
                inner.add(tomlkit.comment(_TABLES[name]))
            _fill(inner, value)
            table.add(name, inner)
        else:
            table.add(name, list(value) if isinstance(value, tuple) else value)
            if name in _COMMENTS:
                table[name].comment(_COMMENTS[name])
