"""Measures that are added: in this process, and by a package that is installed."""

import ast
import doctest
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import acos, inf, nan
from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import pytest

import formcheck
from formcheck.core.errors import MeasureError
from formcheck.core.measures import MEASURES, BodyPart, measure, register_measure, registry
from formcheck.core.measures.registry import GROUP
from formcheck.core.measures.table import BY_NAME, STRIDE
from formcheck.core.values import Side
from formcheck.testing import kneeling
from tests.support.measures import FRONT_THIGH_ANGLE

Registry = type(MEASURES)


def installed(folder: Path, **points: str) -> None:
    """Put a package into `folder` whose entry points are `points`; the module `their_measures` has what they name."""
    info = folder / "their_measures-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: their-measures\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        f"[{GROUP}]\n" + "".join(f"{name} = their_measures:{value}\n" for name, value in points.items())
    )
    (folder / "their_measures.py").write_text(
        "from dataclasses import replace\n"
        "from formcheck.core.measures import MEASURES\n"
        'THEIRS = replace(MEASURES["stride"], name="their_stride")\n'
        'TAKEN = MEASURES["stride"]\n'
        "NONE = 3\n"
    )


@pytest.fixture
def with_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def install(**points: str) -> None:
        installed(tmp_path, **points)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, "their_measures", raising=False)

    return install


@pytest.mark.usefixtures("spare_measures")
def test_a_registered_measure_comes_after_those_of_the_table() -> None:
    assert FRONT_THIGH_ANGLE.name not in MEASURES
    register_measure(FRONT_THIGH_ANGLE)
    assert MEASURES[FRONT_THIGH_ANGLE.name] is FRONT_THIGH_ANGLE
    assert list(MEASURES) == [*BY_NAME, FRONT_THIGH_ANGLE.name]
    assert len(MEASURES) == len(BY_NAME) + 1


@pytest.mark.usefixtures("spare_measures")
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "stride"}, "There is a measure called stride already"),
        ({"name": "Front thigh"}, "can't be the name of a measure"),
        ({"joints": ("front_hip", "front_tail")}, "there is no joint 'front_tail'"),
        ({"label_joint": "knee"}, "there is no joint 'knee'"),
        ({"part": BodyPart.HIP, "joints": STRIDE.joints}, "must speak of one leg"),
        ({"formula": None}, "front_thigh_angle: a measure needs joints, and a formula"),
        ({"joints": ()}, "front_thigh_angle: a measure needs joints, and a formula"),
    ],
)
def test_what_cannot_be_added_is_told(change: dict[str, object], why: str) -> None:
    with pytest.raises(MeasureError, match=why):
        register_measure(replace(FRONT_THIGH_ANGLE, **change))  # type: ignore[arg-type]
    assert list(MEASURES) == list(BY_NAME)


def test_what_is_no_measure_is_told() -> None:
    with pytest.raises(MeasureError, match=r"None is no formcheck\.core\.measures\.Measure"):
        register_measure(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "value"), [(None, None), (nan, None), (-inf, None), (np.float32(2.5), 2.5), (np.nan, None), (3, 3.0)]
)
def test_a_formula_may_have_no_value(found: Any, value: float | None) -> None:
    row = replace(FRONT_THIGH_ANGLE, formula=lambda _facing, _hip, _knee: found)
    assert measure(row, kneeling(), {"front": Side.LEFT, "rear": Side.RIGHT}, 1) == value


@pytest.mark.parametrize(
    "formula",
    [lambda _facing, _hip: 1.0, lambda *_: "12", lambda *_: acos(2), lambda *_: np.zeros(2)],
    ids=["one point", "text", "no cosine", "two numbers"],
)
def test_a_formula_that_fails_is_told_by_the_measures_name(formula: Callable[..., Any]) -> None:
    row = replace(FRONT_THIGH_ANGLE, formula=formula)
    with pytest.raises(MeasureError, match=r"The formula of the measure front_thigh_angle fails \((TypeError|ValueError): "):
        measure(row, kneeling(), {"front": Side.LEFT, "rear": Side.RIGHT}, 1)


def test_two_threads_may_be_the_first_to_need_a_packages_measures(with_package: Callable[..., None]) -> None:
    with_package(their_stride="THEIRS")
    for _ in range(20):
        measures, together = Registry(), Barrier(4)

        def first(measures: Any = measures, together: Barrier = together) -> list[str]:
            together.wait()
            return list(measures)

        with ThreadPoolExecutor(4) as pool:
            names = [told.result() for told in [pool.submit(first) for _ in range(4)]]
        assert names == [[*BY_NAME, "their_stride"]] * 4


def test_an_installed_packages_measures_are_found_when_they_are_needed(with_package: Callable[..., None]) -> None:
    with_package(their_stride="THEIRS")
    measures = Registry()
    assert measures["stride"] is STRIDE
    assert "their_measures" not in sys.modules, "no package is loaded for a measure of the table"
    assert measures["their_stride"].joints == STRIDE.joints
    assert list(measures) == [*BY_NAME, "their_stride"]


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("TAKEN", "theirs of their-measures .* There is a measure called stride already"),
        ("NONE", "is no formcheck.core.measures.Measure"),
        ("MISSING", "can't be loaded"),
    ],
)
def test_a_package_that_adds_something_else_is_named(with_package: Callable[..., None], value: str, why: str) -> None:
    with_package(theirs=value)
    measures = Registry()
    for _ in range(2):
        with pytest.raises(MeasureError, match=why):
            list(measures)
    assert measures["stride"] is STRIDE


def test_every_process_knows_an_installed_packages_measures(tmp_path: Path) -> None:
    installed(tmp_path, their_stride="THEIRS")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from formcheck.core.measures import MEASURES; print(*MEASURES)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [*BY_NAME, "their_stride"]


@pytest.mark.usefixtures("spare_measures")
def test_the_example_of_register_is_true() -> None:
    (example,) = doctest.DocTestFinder(recurse=False).find(register_measure, "register", globs=dict(vars(registry)))
    assert doctest.DocTestRunner().run(example).failed == 0


def test_no_module_but_the_table_speaks_of_a_measure_by_its_name() -> None:
    """But for how far off the shipped engine reads each of them, which is the engine's."""
    root = Path(formcheck.__file__).parent
    tables = {root / "core/measures/table.py", root / "core/engine_traits.py"}
    names = {
        f"{path.relative_to(root)}: {node.value}"
        for path in root.rglob("*.py")
        if path not in tables
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in BY_NAME
    }
    assert not names
