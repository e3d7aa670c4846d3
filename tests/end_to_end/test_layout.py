"""Rules about the code and what it installs that no type states."""

import ast
import os
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.support.clips import REPO
from tests.support.schedule import SECONDS, unit_of
from tests.support.years import keep_years

CODE = sorted((REPO / "formcheck").rglob("*.py"))


def _imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((node.module or "").split(".")[0])
    return found


def test_one_wheel_owns_cv2() -> None:
    """Two OpenCV wheels overwrite each other's files, and which one works is chance."""
    assert packages_distributions()["cv2"] == ["opencv-python"]


def test_cv2_is_imported_before_av_and_in_one_place() -> None:
    """The other order hangs `cv2.imshow` on Linux."""
    assert [name for name in _imports(REPO / "formcheck" / "system" / "native" / "media_libs.py") if name != "typing"] == [
        "cv2",
        "av",
    ]
    others = [path for path in CODE if path.name != "media_libs.py" and {"cv2", "av"} & set(_imports(path))]
    assert others == []


def test_only_the_engines_know_mediapipe() -> None:
    knowing = {path.parent.name for path in CODE if "mediapipe" in _imports(path)}
    assert knowing == {"mediapipe"}


def test_tests_that_stay_together_are_there() -> None:
    """A file or class that goes, or changes its name, takes its line in the table along."""
    for unit in SECONDS:
        path, _, name = unit.partition("::")
        assert f"class {name}" in (REPO / path).read_text() if name else (REPO / path).is_file(), unit
        assert unit_of(f"{unit}::test_a[1]") == unit


@pytest.mark.parametrize("words", [["--help"], *([word, "--help"] for word in ("score", "live", "record", "tune", "poses"))])
def test_help_is_light(words: list[str]) -> None:
    """Nothing heavy is imported. Typer itself checks the options of a command with pydantic."""
    heavy = [
        "cv2",
        "av",
        "mediapipe",
        "numpy",
        "matplotlib",
        "sqlite3",
        "rich",
        *(["pydantic"] if words == ["--help"] else []),
    ]
    code = (
        "import sys\n"
        f"sys.argv = {['formcheck', *words]!r}\n"
        "from formcheck.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Usage: " in run.stdout
    assert words != ["--help"] or "score" in run.stdout
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_history_is_listed_without_what_it_does_not_need(tmp_path: Path) -> None:
    keep_years(tmp_path / "history.db", 3)
    needless = [
        "cv2",
        "av",
        "mediapipe",
        "numpy",
        "matplotlib",
        "babel",
        "formcheck.cli.commands.live",
        "formcheck.coaching.flow",
    ]
    code = (
        "import sys\n"
        "sys.argv = ['formcheck', 'history']\n"
        "from formcheck.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {needless!r} if name in sys.modules])\n"
    )
    own = {**os.environ, "FORMCHECK_DATA": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], env=own, capture_output=True, text=True, check=True)
    assert "Kneeling hip flexor" in run.stdout
    assert run.stdout.splitlines()[-1] == "[]"


@pytest.mark.heavy
def test_the_wheel_carries_the_pose_files_and_lists_them_when_installed(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", str(tmp_path), str(REPO)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("formcheck-*.whl")
    shipped = {f"formcheck/{path.relative_to(REPO).as_posix()}" for path in (REPO / "poses").rglob("*.toml")}
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        opened.extractall(tmp_path / "installed")
    assert len(shipped) >= 4
    shipped |= {
        "formcheck/docs/psoas.md",
        "formcheck/docs/psoas.de.md",
        "formcheck/people/safety/questions.toml",
        "formcheck/tuning/report.html",
        "formcheck/py.typed",
        "formcheck/errors.pyi",
    }
    assert shipped <= names
    assert not [name for name in names if name.startswith(("tests/", "samples/", "poses/"))]
    code = (
        "import formcheck; from formcheck.stretches.files import load_stretches\n"
        "from formcheck.errors import FormcheckError\n"
        "assert all(hasattr(formcheck, name) for name in formcheck.__all__) and len(formcheck.list_stretches()) == 6\n"
        "from formcheck.system.paths import routines_folder\n"
        "from formcheck.stretches.routine_files import ROUTINES, specs_of\n"
        "routine = ROUTINES.find('psoas_relief')\n"
        "print(formcheck.__file__, [s.name for s in load_stretches()], len(specs_of(routine)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "installed", capture_output=True, text=True, check=True)
    assert str(tmp_path / "installed") in run.stdout
    assert "supine_psoas" in run.stdout
    assert run.stdout.endswith(" 3\n")
