"""Pose files, and the reading of every TOML file: all faults of a file are reported at once, each with its key path.

The shipped files lie in `poses/` of a checkout and travel as `formcheck/poses/` in a wheel. The disk is read here and not in
`stretches.validation`, which the specs themselves go by.
"""

import tomllib
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from formcheck.core.errors import FormcheckError, PoseFileError
from formcheck.core.measures import MEASURES
from formcheck.core.measures.table import TRUNK_INCLINATION
from formcheck.stretches.spec import Fault, Legs, Limit, ShapeRange, StretchSpec, Target, is_path
from formcheck.stretches.validation import Tables, check_toml, did_you_mean, fault_report, model_faults, name_faults

Content = TypeVar("Content")

_PACKAGE = Path(__file__).resolve().parent.parent


def read_toml(
    path: Path,
    check: Callable[[str], Content | list[str]],
    *,
    kind: str,
    error: type[FormcheckError],
    missing: str | None = None,
    advice: str = "",
) -> Content:
    """Return what `check` makes of the text of the file at `path`, a `kind` such as "pose file".

    Raises `error` where it is not there (with the sentence `missing`, if one is given), cannot be read, or where `check`
    returns faults: then with all of them, and `advice` after them.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise error(missing or f"{path}: there is no such {kind}.") from None
    except (OSError, UnicodeDecodeError) as reason:
        raise error(f"{path}: cannot be read as UTF-8 text ({reason}).") from None
    content = check(text)
    if isinstance(content, list):
        raise error(fault_report(str(path), kind, content) + advice)
    return content


def has_key(path: Path, key: str) -> bool:
    """Whether the file at `path` is TOML with `key` at its top."""
    try:
        return key in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def poses_folder() -> Path:
    """Return the folder of the shipped pose files."""
    packaged = _PACKAGE / "poses"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "poses"


def load_stretches() -> tuple[StretchSpec, ...]:
    """Return every shipped pose file, by name. Raises PoseFileError."""
    return tuple(_load(path) for path in sorted(poses_folder().glob("*.toml")))


def stretch_names() -> list[str]:
    """Return the names of the shipped stretches."""
    return sorted(path.stem for path in poses_folder().glob("*.toml"))


@cache
def shipped_stretch(name: str) -> StretchSpec | None:
    """Return the shipped stretch called `name`, for what people read of it; `None` where there is none of that name."""
    return next((spec for spec in load_stretches() if spec.name == name), None)


def title_of(name: str) -> str:
    """Return the title of a shipped stretch; of another one its name in words."""
    spec = shipped_stretch(name)
    return spec.title if spec is not None else name.replace("_", " ").capitalize()


def find_stretch(name: str) -> StretchSpec:
    """Return the shipped stretch called `name`, or the one in the file of that path. Raises PoseFileError."""
    return _load(stretch_path(name))


def stretch_path(name: str) -> Path:
    """Return the file of the shipped stretch called `name`, or `name` itself if it is a path. Raises PoseFileError."""
    if is_path(name):
        return Path(name)
    known = stretch_names()
    if name not in known:
        raise PoseFileError(
            f"There is no stretch called {name!r}{did_you_mean(name, known)} Known: {', '.join(known)}. "
            "A pose file of your own is given by its path, ending in .toml."
        )
    return poses_folder() / f"{name}.toml"


def _load(path: Path) -> StretchSpec:
    return read_toml(path, partial(check_text, name=path.stem), kind=_KIND, error=PoseFileError)


def parse_stretch(text: str, *, name: str, where: str) -> StretchSpec:
    """Return the stretch that `text` (TOML) describes; `where` names it in messages.

    Raises PoseFileError, which lists every fault of the file at once.
    """
    checked = check_text(text, name=name)
    if isinstance(checked, list):
        raise PoseFileError(fault_report(where, _KIND, checked))
    return checked


def check_text(text: str, *, name: str) -> StretchSpec | list[str]:
    """Return the stretch, or a line for every fault of the file: key path, what is wrong, a suggestion if one is near."""
    across = partial(_across, file=name)
    return check_toml(text, StretchSpec, _TABLES, across=across, hidden=_hidden, defaults={"name": name})


def _hidden(error: ValidationError, data: dict[str, Any]) -> list[str]:
    """The faults that hide behind others: the limits of a table are compared only once all else in it is in order."""
    mended = deepcopy(data)
    for detail in error.errors(include_url=False):
        *path, last = detail["loc"]
        table: Any = mended
        for step in path:
            table = table[step]
        if detail["type"] == "extra_forbidden":
            del table[last]
        elif last in _GOOD:
            table[last] = _GOOD[last]
    try:
        StretchSpec.model_validate(mended)
    except ValidationError as rest:
        return model_faults(rest, _TABLES)
    return []


_GOOD = {
    "measure": TRUNK_INCLINATION.name,
    "cue": "good",
    "name": "good",
    "weight": 1.0,
    "cap": 50.0,
    "priority": 1,
    "min_s": 1.0,
}


def _across(data: dict[str, Any], *, file: str) -> list[str]:
    """What takes more than one table to be seen wrong. Reads the raw data, which may be wrong in any other way too."""
    faults = list(name_faults(data, file))
    legs = data.get("legs")
    roles = set(legs.values()) if isinstance(legs, dict) and all(isinstance(leg, str) for leg in legs.values()) else set()
    pairs = ({"rear", "front"}, {"straight", "bent"})
    if roles and roles <= {"rear", "front", "straight", "bent"} and roles not in pairs:
        faults.append("legs: rear goes with front, straight with bent")
    for key, naming in (("shape", None), ("targets", "measure"), ("faults", "name")):
        tables = data.get(key)
        names: list[object] = []
        goals: list[str] = []
        for i, table in enumerate(tables if isinstance(tables, list) else ()):
            if not isinstance(table, dict):
                continue
            faults += _foreign(table, f"{key}[{i}]", roles if roles in pairs else None)
            if table.get("goal") is True:
                goals.append(f"{key}[{i}].goal: there is a goal already; a stretch has one at most")
            named = table.get(naming) if naming else None
            if named is not None and named in names:
                faults.append(f"{key}[{i}]: {named} is there twice")
            names.append(named)
        faults += goals[1:]
    return faults


def _foreign(table: dict[str, Any], path: str, roles: set[str] | None) -> Iterator[str]:
    """Measures of a leg that this stretch does not have."""
    row = MEASURES.get(str(table.get("measure")))
    if roles is not None and row is not None and (foreign := row.roles - roles):
        yield f"{path}.measure: {row.name} speaks of the {min(foreign)} leg, this stretch has {' and '.join(sorted(roles))}"
    also = table.get("also")
    for j, limit in enumerate(also if isinstance(also, list) else ()):
        if isinstance(limit, dict):
            yield from _foreign(limit, f"{path}.also[{j}]", roles)


_KIND = "pose file"
_TABLES: Tables = {"": StretchSpec, "legs": Legs, "shape": ShapeRange, "targets": Target, "faults": Fault, "also": Limit}


def resolve_name_or_path(text: str) -> str:
    """Return `text` so that it is looked up as what it is: a file that is there is a path."""
    return f"./{text}" if not is_path(text) and Path(text).is_file() else text
