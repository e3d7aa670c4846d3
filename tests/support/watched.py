"""`formcheck` with somebody beside it who writes down what a live session shows and says.

    python -m tests.support.watched FOLDER live kneeling_hip_flexor --camera URL

FOLDER/told.jsonl gets a line for everything the session tells, at the time it does, and FOLDER/NN-phase.png what the window
shows whenever that has become something else. The session itself is the real one.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from formcheck import cli
from formcheck.coaching.events import ScreenState
from formcheck.coaching.guided_session import StepResult
from formcheck.pipeline.live import session as calibrate
from formcheck.pipeline.live import session as run
from formcheck.pipeline.live.worker import Worker
from formcheck.system.media_libs import cv2
from formcheck.ui.opencv import live_window as window
from formcheck.ui.opencv.live_window import render_window


def main(folder: Path) -> None:
    log = (folder / "told.jsonl").open("w", buffering=1)

    class Watched(Worker):
        def __init__(self, camera: Any, engine: Any, practice: Any, hear: Any) -> None:
            def note_and_hear(told: StepResult) -> None:
                log.write(json.dumps(_line(told, camera.now_s())) + "\n")
                hear(told)

            super().__init__(camera, engine, practice, note_and_hear)

    painted = render_window
    shown: list[tuple[object, ...]] = []

    def paint_and_keep(image: Any, stage: ScreenState, spec: Any, width: int, height: int) -> Any:
        made = painted(image, stage, spec, width, height)
        cue = stage.moment.cue.text if stage.moment and stage.moment.cue else None
        size = image.shape[:2] if image is not None else None
        now = (stage.phase, stage.instruction, cue, stage.step, stage.muted, size, (width, height))
        if now not in shown[-1:]:
            shown.append(now)
            cv2.imwrite(str(folder / f"{len(shown):02}-{stage.phase}.png"), made)
        return made

    with (
        patch.object(run, "Worker", Watched),
        patch.object(calibrate, "Worker", Watched),
        patch.object(window, "render_window", paint_and_keep),
    ):
        cli.main()


def _line(told: StepResult, now_s: float) -> dict[str, Any]:
    stage, moment = told.stage, told.moment
    return {
        "at_s": time.monotonic(),
        "now_s": now_s,
        "time_s": stage.time_s,
        "phase": stage.phase,
        "side": stage.side,
        "instruction": stage.instruction,
        "count": stage.count,
        "held_s": stage.held_s,
        "goal_s": stage.goal_s,
        "muted": stage.muted,
        "status": moment.assessment.status if moment else None,
        "cue": moment.cue.text if moment and moment.cue else None,
        "said": [utterance.text for utterance in told.utterances if utterance.text],
        "chimes": [utterance.chime for utterance in told.utterances if utterance.chime],
    }


if __name__ == "__main__":
    where = Path(sys.argv.pop(1))
    main(where)
