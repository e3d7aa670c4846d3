"""Read pose files and tell everything that is wrong with one, each fault with its key path.

The shipped files lie in `poses/` of a checkout and travel as `formcheck/poses/` in a wheel.
"""

import tomllib
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from formcheck.errors import PoseFileError
from formcheck.measures import MEASURES
from formcheck.posefile.spec import Fault, Legs, Limit, PoseSpec, ShapeRange, Target

_PACKAGE = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """Return the folder of the shipped pose files."""
    packaged = _PACKAGE / "poses"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "poses"


def load_all() -> tuple[PoseSpec, ...]:
    """Return every shipped pose file, by name. Raises PoseFileError."""
    return tuple(_load(path) for path in sorted(folder().glob("*.toml")))


def find(name: str) -> PoseSpec:
    """Return the shipped stretch called `name`, or the one in the file of that path. Raises PoseFileError."""
    if name.endswith(".toml") or "/" in name or "\\" in name:
        return _load(Path(name))
    known = sorted(path.stem for path in folder().glob("*.toml"))
    if name not in known:
        raise PoseFileError(
            f"There is no stretch called {name!r}{_did_you_mean(name, known)} Known: {', '.join(known)}. "
            "A pose file of your own is given by its path, ending in .toml."
        )
    return _load(folder() / f"{name}.toml")


def _load(path: Path) -> PoseSpec:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PoseFileError(f"{path}: there is no such pose file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise PoseFileError(f"{path}: cannot be read as UTF-8 text ({error}).") from None
    return parse(text, name=path.stem, where=str(path))


def parse(text: str, *, name: str, where: str) -> PoseSpec:
    """Return the stretch that `text` (TOML) describes; `where` names it in messages.

    Raises PoseFileError, which lists every fault of the file at once.
    """
    faults = check_text(text, name=name)
    if isinstance(faults, PoseSpec):
        return faults
    listed = "\n".join(f"  {fault}" for fault in faults)
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    raise PoseFileError(f"{where}: {count} in this pose file.\n{listed}")


def check_text(text: str, *, name: str) -> PoseSpec | list[str]:
    """Return the stretch, or a line for every fault of the file: key path, what is wrong, a suggestion if one is near."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [f"not valid TOML: {error}"]
    try:
        spec = PoseSpec.model_validate({"name": name, **data})
    except ValidationError as error:
        lines = [_line(detail) for detail in error.errors(include_url=False)]
        return sorted(set(lines), key=lines.index)
    return _cross_checks(spec, named=data.get("name", name), file=name) or spec


def _cross_checks(spec: PoseSpec, *, named: str, file: str) -> list[str]:
    """What needs more than one key to be seen wrong."""
    faults = []
    if named != file:
        faults.append(f"name: {named!r}, but the file is called {file}.toml; they must be the same")
    roles = {spec.legs.stretched, spec.legs.other}
    if roles not in ({"rear", "front"}, {"straight", "bent"}):
        faults.append(
            f"legs: {spec.legs.stretched!r} goes with {'front' if 'rear' in roles else 'bent'!r}, not with {spec.legs.other!r}"
        )
    for path, measure in _uses(spec):
        if foreign := MEASURES[measure].roles - roles:
            faults.append(f"{path}.measure: {measure} speaks of the {min(foreign)} leg, this stretch has {_and(sorted(roles))}")
    for key, names in (
        ("targets", [target.measure for target in spec.targets]),
        ("faults", [fault.name for fault in spec.faults]),
    ):
        faults += [f"{key}[{i}]: {name} is there twice" for i, name in enumerate(names) if name in names[:i]]
    return faults


def _uses(spec: PoseSpec) -> Iterator[tuple[str, str]]:
    groups: Sequence[tuple[str, Sequence[ShapeRange | Target | Limit]]] = (
        ("shape", spec.shape),
        ("targets", spec.targets),
        ("faults", spec.faults),
    )
    for key, parts in groups:
        for i, part in enumerate(parts):
            yield f"{key}[{i}]", part.measure
            for j, limit in enumerate(part.also if isinstance(part, Fault) else ()):
                yield f"{key}[{i}].also[{j}]", limit.measure


_TABLES: dict[str, type[BaseModel]] = {
    "legs": Legs,
    "shape": ShapeRange,
    "targets": Target,
    "faults": Fault,
    "also": Limit,
}


def _line(detail: Any) -> str:
    path = detail["loc"]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")
    last = str(path[-1]) if path else ""
    kind = detail["type"]
    if kind == "extra_forbidden":
        tables = [_TABLES[part] for part in path[:-1] if isinstance(part, str)]
        known = list((tables[-1] if tables else PoseSpec).model_fields)
        return f"{where}: unknown key{_did_you_mean(last, known)}"
    if kind == "missing":
        return f"{where}: missing"
    text = str(detail["msg"]).removeprefix("Value error, ")
    given = detail["input"]
    if last == "measure":
        return f"{where}: {text}{_did_you_mean(str(given), list(MEASURES))}"
    if kind == "value_error":
        return f"{where}: {text}" if where else text
    return f"{where}: {text[:1].lower()}{text[1:]} (found {given!r})"


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else "."


def _and(words: Sequence[str]) -> str:
    return " and ".join(words)
