"""What makes no sound must not touch the sound system."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.clips import REPO


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_others_do_not_get_the_sound_library_meanwhile_and_we_get_it_after() -> None:
    said = _run(
        "import sys\n"
        "from formcheck.system.native.audio_lib import without_sound\n"
        "with without_sound():\n"
        "    try:\n        import sounddevice\n"
        "    except ImportError:\n        print('hidden', end=' ')\n"
        "print('sounddevice' in sys.modules)\n"
    )
    assert said == "hidden False"


@pytest.mark.heavy
def test_the_engine_leaves_the_sound_library_alone(model: Path) -> None:
    said = _run(
        "import sys\n"
        "from pathlib import Path\n"
        "from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine\n"
        f"with MediaPipeEngine(Path({str(model)!r}), still=True):\n"
        "    print('sounddevice' in sys.modules)\n"
    )
    assert said == "False"
