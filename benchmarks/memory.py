"""How much memory scoring takes, of a clip and of one that is ten times as long."""

from pathlib import Path
from typing import Any

from benchmarks.clips import Kind, made
from benchmarks.process import FORMCHECK, run

LENGTHS_S = (360.0, 3600.0)


def measured(folder: Path) -> list[dict[str, Any]]:
    """Return the peaks of resident memory (MB) for each length, scored on all cores."""
    found = []
    for length_s in LENGTHS_S:
        clip = made(Kind(height=1080, fps=30, length_s=length_s), folder)
        ran = run([*FORMCHECK, "score", str(clip)])
        found.append(
            {
                "length_s": length_s,
                "spent_s": ran.spent_s,
                "main_mb": ran.main_mb,
                "worker_mb": ran.worker_mb,
                "together_mb": ran.together_mb,
            }
        )
    return found
