"""What is pure needs nothing of the outside world, also not through something that it imports."""

import subprocess
import sys

import pytest

PURE = (
    "core",
    "analysis",
    "coaching",
    "stretches",
    "stretches.spec",
    "stretches.blocks",
    "stretches.safety_questions",
    "stretches.routine",
    "stretches.validation",
    "ui",
    "ui.drawing.annotation",
    "ui.drawing.overlay",
    "ui.screen",
    "tuning",
    "tuning.fitting.comparison",
    "tuning.fitting.proposal",
    "tuning.drafting.toml_text",
    "tuning.evaluation",
    "tuning.evaluation.compare",
    "tuning.evaluation.counts",
    "vision",
    "vision.sampling",
    "testing",
)

BLOCKED = ("platformdirs", "cv2", "av", "mediapipe", "rich", "typer", "sounddevice", "sqlite3", "matplotlib", "tomlkit")

PROGRAM = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ImportError("blocked: " + name)

BLOCKED = set(sys.argv[2:])
sys.meta_path.insert(0, Blocked())
importlib.import_module("formcheck." + sys.argv[1])
"""


@pytest.mark.parametrize("name", PURE)
def test_it_is_imported_without_the_outside_world(name: str) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, name, *BLOCKED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_package_itself_is_light() -> None:
    code = "import sys, formcheck\nprint([m for m in ('numpy', 'cv2', 'mediapipe', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
