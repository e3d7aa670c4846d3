"""How many clips a folder's scoring gets through, by their number and by the number of workers."""

import os
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.clips import SCENES_S, Kind, made, repeat
from benchmarks.process import FORMCHECK, run

CLIP_S = 20.0
COUNTS = (1, 4, 16)


def measured(folder: Path) -> dict[str, Any]:
    """Return what folders of 480p30 clips took, each clip a file of its own content."""
    minute = made(Kind(height=480, fps=30, length_s=SCENES_S), folder)
    found = []
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as name:
            clips = Path(name)
            for i in range(count):
                repeat(minute, clips / f"clip_{i:02}.mp4", every_s=SCENES_S, length_s=CLIP_S, comment=f"clip {i}")
            for jobs in sorted({1, 2, len(os.sched_getaffinity(0))}):
                ran = run([*FORMCHECK, "score", str(clips), "--jobs", str(jobs)])
                found.append({"clips": count, "jobs": jobs, "spent_s": ran.spent_s, "cpu_s": ran.cpu_s})
    return {"clip_s": CLIP_S, "runs": found}
