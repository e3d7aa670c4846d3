"""Pose files, and the reading of every TOML file: all faults of a file are reported at once, each with its key path.

The disk is read here and not in `stretches.validation`, which the specs themselves go by.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial, wraps
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from formcheck.core.errors import FormcheckError, PoseFileError
from formcheck.core.measures import MEASURES
from formcheck.core.measures.table import TRUNK_INCLINATION
from formcheck.core.wording.language import N_, NN_
from formcheck.stretches.spec import Fault, Legs, Limit, Norm, ShapeRange, StretchSpec, Target, is_path
from formcheck.stretches.validation import TWICE, Tables, check_toml, known_name, mended, model_faults, tables_in
from formcheck.stretches.validation.contradictions import always_there
from formcheck.system.documents import TextError, parse_toml, read_text
from formcheck.system.shipped import poses_folder, shipped_and_own

Content = TypeVar("Content")

MOST_KNOWN = 256
"""So many checked texts are kept at once; formcheck comes with a twentieth of that, of 5 kB each."""

NOT_THERE = N_("{path}: there is no such {kind}.")
FAULTY = NN_("{path}: {count} fault in this {kind}.", "{path}: {count} faults in this {kind}.")
UNREADABLE = N_("cannot be read as UTF-8 text ({reason})")
OWN_FOLDER = N_("Your own lie in {folder}; one that lies elsewhere is given by its path, ending in .toml.")
OWN_BY_PATH = N_("A pose file of your own is given by its path, ending in .toml.")
ROLES_MIXED = N_("rear goes with front, straight with bent")
SECOND_GOAL = N_("there is a goal already; a stretch has one at most")
NEEDS_LEGS = N_("missing; {key} speaks of the {leg} leg, without [legs] both do the same")
FOREIGN_LEG = N_("{measure} speaks of the {leg} leg, this stretch has {first} and {second}")


def read_toml(
    path: Path,
    check: Callable[[str], Content | list[str]],
    *,
    kind: str,
    error: type[FormcheckError],
    missing: str | None = None,
    advice: Sequence[str] = (),
) -> Content:
    """Return what `check` makes of the text of the file at `path`, a `kind` such as "pose file".

    Raises `error` where it is not there (with the sentence `missing`, if one is given), cannot be read, or where `check`
    returns faults: then with all of them, and the lines of `advice` after them.
    """
    try:
        text = read_text(path)
    except FileNotFoundError:
        raise error(missing or NOT_THERE.format(path=path, kind=kind)) from None
    except (OSError, TextError) as reason:
        raise error(f"{path}: " + unreadable(reason) + ".") from None
    content = check(text)
    if isinstance(content, list):
        raise error(FAULTY.format(path=path, count=len(content), kind=kind), *("  " + line for line in content), *advice)
    return content


def once_each_text(check: Callable[..., Content | list[str]]) -> Callable[..., Content | list[str]]:
    """Return a check of the text of a file that does not check a text again that was in order.

    A changed file has another text, so it is read anew; faults are looked for each time. To be used where the content is frozen
    and goes by the text and by what else is given alone.
    """
    known: dict[tuple[object, ...], Content] = {}

    @wraps(check)
    def checked(text: str, **given: object) -> Content | list[str]:
        key = text, *given.values()
        content = known.get(key) or check(text, **given)
        if not isinstance(content, list):
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[key] = content
        return content

    return checked


def unreadable(error: OSError | TextError) -> str:
    """Return why a file cannot be read as text."""
    return error.args[0] if isinstance(error, TextError) else UNREADABLE.format(reason=error.strerror)


def has_key(path: Path, key: str) -> bool:
    """Whether the file at `path` is TOML with `key` at its top."""
    try:
        return key in parse_toml(read_text(path))
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFiles(Generic[Content]):
    """The files of one kind by name: the shipped ones, and the person's own.

    The shipped ones lie in `folder` beside the pose files, the person's own in `own()`; one of their own takes the place of a
    shipped one of the same name. `kind` is what one is called and `kind_of_file` what its file is, `key` what only such a file
    has at its top. `check` returns the content of a text that lies at a path, or a line for every fault; `error` is what is
    raised.
    """

    kind: str
    kind_of_file: str
    folder: str
    own: Callable[[], Path]
    key: str
    error: type[FormcheckError]
    check: Callable[[str, Path], Content | list[str]]

    def paths(self, own: Path | None = None) -> dict[str, Path]:
        """Return the file of each by its name; `own` is another folder than the person's."""
        return shipped_and_own(self.folder, own or self.own())

    def has(self, name: str, own: Path | None = None) -> bool:
        """Whether `name` is one of these, or the path of a file of this kind."""
        return has_key(Path(name), self.key) if is_path(name) else name in self.paths(own)

    def load(self, own: Path | None = None) -> tuple[list[Content], list[FormcheckError]]:
        """Return all that can be used, and what is wrong with the others: one bad file hides no good one."""
        known, wrong = [], []
        for path in self.paths(own).values():
            try:
                known.append(self.read(path))
            except self.error as error:
                wrong.append(error)
        return known, wrong

    def find(self, name: str, own: Path | None = None) -> Content:
        """Return the one called `name`, or the only one that begins so, or the one in the file of that path. Raises `error`."""
        if is_path(name):
            return self.read(Path(name))
        files = self.paths(own)
        advice = OWN_FOLDER.format(folder=own or self.own())
        return self.read(files[known_name(name, files, kind=self.kind, error=self.error, advice=advice)])

    def read(self, path: Path) -> Content:
        """Return what lies at `path`. Raises `error`."""
        return read_toml(path, lambda text: self.check(text, path), kind=self.kind_of_file, error=self.error)


def load_stretches() -> tuple[StretchSpec, ...]:
    """Return the shipped stretches that are recognised by themselves, by name. Raises PoseFileError."""
    return tuple(spec for spec in every_stretch() if spec.recognise)


def every_stretch() -> tuple[StretchSpec, ...]:
    """Return every shipped pose file, by name, also those that are done by their names alone. Raises PoseFileError."""
    return tuple(find_stretch(name) for name in stretch_names())


def stretch_names() -> list[str]:
    """Return the names of the shipped stretches."""
    return sorted(path.stem for path in poses_folder().glob("*.toml"))


@cache
def shipped_stretch(name: str) -> StretchSpec | None:
    """Return the shipped stretch called `name`, for what people read of it; `None` where there is none of that name."""
    return find_stretch(name) if name in stretch_names() else None


def find_stretch(name: str) -> StretchSpec:
    """Return the shipped stretch called `name`, or the only one that begins so, or the one in the file of that path.

    Raises PoseFileError.
    """
    path = stretch_path(name)
    return read_toml(path, partial(check_text, name=path.stem), kind=N_("pose file"), error=PoseFileError)


def stretch_path(name: str) -> Path:
    """Return the file of the stretch that `find_stretch` finds: `name` itself if it is a path. Raises PoseFileError."""
    if is_path(name):
        return Path(name)
    known = known_name(name, stretch_names(), kind=N_("stretch"), error=PoseFileError, advice=OWN_BY_PATH)
    return poses_folder() / f"{known}.toml"


def check_text(text: str, *, name: str) -> StretchSpec | list[str]:
    """Return the stretch, or a line for every fault of the file: key path, what is wrong, a suggestion if one is near."""
    return _checked(text, name=name, measures=frozenset(MEASURES))


@once_each_text
def _checked(text: str, *, name: str, measures: frozenset[str]) -> StretchSpec | list[str]:
    """Check the text of a stretch; what is in order goes by which `measures` are known."""
    return check_toml(text, StretchSpec, _TABLES, across=_across, hidden=_hidden, name=name)


def _hidden(error: ValidationError, data: dict[str, Any]) -> list[str]:
    """The faults that hide behind others: the limits of a table are compared only once all else in it is in order."""
    try:
        StretchSpec.model_validate(mended(error, data, _GOOD))
    except ValidationError as rest:
        return model_faults(rest, _TABLES)
    return []


_GOOD = {"measure": TRUNK_INCLINATION.name, "cue": "good", "name": "good", "weight": 1, "cap": 50, "priority": 1, "min_s": 1}


def _across(data: dict[str, Any]) -> Iterator[str]:
    """What takes more than one table to be seen wrong. Reads the raw data, which may be wrong in any other way too."""
    legs = data.get("legs")
    roles = set(legs.values()) if isinstance(legs, dict) and all(isinstance(leg, str) for leg in legs.values()) else set()
    pairs = ({"rear", "front"}, {"straight", "bent"})
    if roles and roles <= {"rear", "front", "straight", "bent"} and roles not in pairs:
        yield "legs: " + ROLES_MIXED
    if "legs" not in data:
        yield from islice(_without_legs(data), 1)
    for key, naming in (("shape", None), ("targets", "measure"), ("faults", "name")):
        names: list[object] = []
        goals: list[str] = []
        for i, table in tables_in(data, key):
            yield from _foreign(table, f"{key}[{i}]", roles if roles in pairs else None)
            if table.get("goal") is True:
                goals.append(f"{key}[{i}].goal: " + SECOND_GOAL)
            named = table.get(naming) if naming else None
            if named is not None and named in names:
                yield f"{key}[{i}]: " + TWICE.format(name=named)
            names.append(named)
        yield from goals[1:]
    for i, _, told in always_there(data):
        yield f"faults[{i}]: " + told


def _without_legs(data: dict[str, Any]) -> Iterator[str]:
    """Measures of a leg in a file that does not tell its legs apart."""
    for key in ("shape", "targets", "faults"):
        for i, table in tables_in(data, key):
            for path, part in (
                (f"{key}[{i}]", table),
                *((f"{key}[{i}].also[{j}]", one) for j, one in tables_in(table, "also")),
            ):
                row = MEASURES.get(str(part.get("measure")))
                if row is not None and row.roles:
                    yield "legs: " + NEEDS_LEGS.format(key=f"{path}.measure", leg=min(row.roles))


def _foreign(table: dict[str, Any], path: str, roles: set[str] | None) -> Iterator[str]:
    """Measures of a leg that this stretch does not have."""
    row = MEASURES.get(str(table.get("measure")))
    if roles is not None and row is not None and (foreign := row.roles - roles):
        first, second = sorted(roles)
        told = FOREIGN_LEG.format(measure=row.name, leg=min(foreign), first=first, second=second)
        yield f"{path}.measure: " + told
    for j, limit in tables_in(table, "also"):
        yield from _foreign(limit, f"{path}.also[{j}]", roles)


_TABLES: Tables = {
    "": StretchSpec,
    "legs": Legs,
    "norms": Norm,
    "shape": ShapeRange,
    "targets": Target,
    "faults": Fault,
    "also": Limit,
}


def resolve_name_or_path(text: str) -> str:
    """Return `text` so that it is looked up as what it is: a file that is there is a path."""
    return f"./{text}" if not is_path(text) and Path(text).is_file() else text
