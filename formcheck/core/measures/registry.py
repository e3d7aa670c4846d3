"""All measures by name: those of the table, and those that other packages add."""

import re
from collections.abc import Iterator, Mapping
from functools import reduce
from importlib.metadata import EntryPoint, entry_points
from reprlib import repr as in_short
from threading import RLock

from formcheck.core.errors import MeasureError
from formcheck.core.measures.table import BY_NAME, LEG_WORDS, OF_A_LEG, Measure
from formcheck.core.values import PARTS
from formcheck.core.wording.language import N_

GROUP = "formcheck.measures"
"""The entry point group in which an installed package names its measures, each of them the path of a `Measure`."""


_SIDES = ("mid", "left", "right", *LEG_WORDS)
_JOINTS = {"nose", *(f"{side}_{part}" for side in _SIDES for part in PARTS)}


class _Registry(Mapping[str, Measure]):
    """The rows of the table first, then the added ones.

    Installed packages are searched once, the first time that a name outside the table or the list of all names is needed.
    """

    def __init__(self) -> None:
        self._rows = dict(BY_NAME)
        self._searched = False
        self._search = RLock()  # the first two clips may be scored by two threads
        self._local: set[str] = set()

    @property
    def local(self) -> frozenset[str]:
        """The names of those that `register_measure` added: no other process knows them."""
        return frozenset(self._local & self._rows.keys())

    def __getitem__(self, name: str) -> Measure:
        return self._rows[name] if name in self._rows else self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def add(self, row: Measure) -> None:
        if not isinstance(row, Measure):
            raise MeasureError(N_("{given} is no formcheck.core.measures.Measure.").format(given=in_short(row)))
        with self._search:
            self._rows = _with(self._all(), row)
            self._local.add(row.name)

    def _all(self) -> dict[str, Measure]:
        with self._search:
            if not self._searched:
                self._rows, self._searched = reduce(_with_loaded, entry_points(group=GROUP), self._rows), True
            return self._rows


def _with(rows: dict[str, Measure], row: Measure) -> dict[str, Measure]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row.name):
        raise MeasureError(
            N_("{name!r} can't be the name of a measure: lower case letters, digits and _ only.").format(name=row.name)
        )
    if not callable(row.formula) or not row.joints:
        raise MeasureError(
            N_("{name}: a measure needs joints, and a formula that takes which way the person faces, and their places.").format(
                name=row.name
            )
        )
    for joint in (*row.joints, *row.segment, row.label_joint or "nose"):
        if joint not in _JOINTS:
            none = N_("{name}: there is no joint {joint!r}. A joint is nose, or one of {sides} and a part: {parts}.")
            raise MeasureError(none.format(name=row.name, joint=joint, sides=", ".join(_SIDES), parts=", ".join(PARTS)))
    if row.part in OF_A_LEG and len(row.roles) != 1:
        one_leg = N_("{name}: a baseline corrects the part {part} of one leg; the measure must speak of one leg.")
        raise MeasureError(one_leg.format(name=row.name, part=row.part))
    if row.name in rows:
        raise MeasureError(N_("There is a measure called {name} already. Choose another name.").format(name=row.name))
    return {**rows, row.name: row}


def _with_loaded(rows: dict[str, Measure], point: EntryPoint) -> dict[str, Measure]:
    package = point.dist.name if point.dist is not None else N_("a package")
    where = N_("The measure {name} of {package} ({value})").format(name=point.name, package=package, value=point.value)
    try:
        row = point.load()
    except Exception as error:
        raise MeasureError(N_("{where} can't be loaded: {error}").format(where=where, error=error)) from error
    if not isinstance(row, Measure):
        raise MeasureError(N_("{where} is no formcheck.core.measures.Measure.").format(where=where))
    try:
        return _with(rows, row)
    except MeasureError as error:
        raise MeasureError(N_("{where} can't be added. {error}").format(where=where, error=error)) from None


MEASURES = _Registry()
"""All measures by name, in degrees."""


def register_measure(row: Measure) -> None:
    """Add a measure to those that pose files may name, for as long as this process runs.

    From then on it is checked in pose files, scored, drawn, drafted and written like any other. Other processes do not know it,
    so a stretch that names it is scored by this one, without the help of further processes. A package that is installed names
    its measures in the entry point group ``formcheck.measures`` instead, which every process reads by itself. In its
    `pyproject.toml`::

        [project.entry-points."formcheck.measures"]
        front_thigh_angle = "my_measures:FRONT_THIGH_ANGLE"

    Parameters
    ----------
    row
        The measure; `Measure` says what each of its fields means.

    Raises
    ------
    MeasureError
        If there is a measure of this name already, the name has other characters than lower case letters, digits and `_`, or
        the measure speaks of a joint that there is not.

    Examples
    --------
    >>> from math import atan2, degrees
    >>> def thigh_angle(facing, hip, knee):
    ...     return degrees(atan2(facing * (knee[0] - hip[0]), hip[1] - knee[1]))
    >>> register_measure(
    ...     Measure(
    ...         name="front_thigh_angle",
    ...         joints=("front_hip", "front_knee"),
    ...         formula=thigh_angle,
    ...         zero="front thigh hangs down",
    ...         positive="knee ahead of the hip",
    ...         meaning="how far the front thigh is raised",
    ...         short="thigh",
    ...         label_joint="front_knee",
    ...     )
    ... )
    >>> MEASURES["front_thigh_angle"].name_with_leg
    'front thigh'

    """
    MEASURES.add(row)
