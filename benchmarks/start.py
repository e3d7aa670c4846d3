"""How long it takes to start, seen from the shell: `--help` to its end, `score` until the engine has seen the first picture."""

import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.process import FORMCHECK, PYTHON, run
from tests.support.clips import SAMPLES

CLIP = SAMPLES / "kneeling_hip_flexor.mp4"
TIMES = 7


def measured() -> dict[str, Any]:
    """Return the seconds of every turn; the first, which warms the disk, is left out."""
    help_s, first_s = [], []
    with tempfile.TemporaryDirectory() as folder:
        goal = Path(folder) / "inside.json"
        for _ in range(TIMES + 1):
            help_s.append(run([*FORMCHECK, "--help"]).spent_s)
            ran = run([*PYTHON, "-m", "benchmarks.inside", str(goal), "score", str(CLIP), "--jobs", "1"])
            first_s.append(json.loads(goal.read_text())["first_verdict_at_s"] - ran.began_s)
    return {"help_s": help_s[1:], "first_s": first_s[1:]}
