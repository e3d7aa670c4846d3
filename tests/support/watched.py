"""`formcheck` as it is, with a log of what a live session shows and says.

    python -m tests.support.watched FOLDER live kneeling_hip_flexor --camera URL

FOLDER/results.jsonl gets a line for every result of the session, at its time, and FOLDER/NN-phase.png what the window
shows whenever that has become something else. The session itself is the real one.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from formcheck import __main__ as program
from formcheck.coaching.events import ScreenState, StepResult
from formcheck.pipeline.live import session as calibrate
from formcheck.pipeline.live import session as run
from formcheck.pipeline.live.worker import Worker
from formcheck.system.native.media_libs import cv2
from formcheck.ui.opencv import live_window as window
from formcheck.ui.opencv.live_window import render_window


def main(folder: Path) -> None:
    log = (folder / "results.jsonl").open("w", buffering=1)

    class Watched(Worker):
        def __init__(self, camera: Any, engine: Any, session: Any, hear: Any, **more: Any) -> None:
            def note_and_hear(result: StepResult) -> None:
                log.write(json.dumps(_line(result, camera.now_s())) + "\n")
                hear(result)

            super().__init__(camera, engine, session, note_and_hear, **more)

    painted = render_window
    shown: list[tuple[object, ...]] = []

    def paint_and_keep(image: Any, screen: ScreenState, spec: Any, width: int, height: int) -> Any:
        made = painted(image, screen, spec, width, height)
        cue = screen.moment.cue.text if screen.moment and screen.moment.cue else None
        size = image.shape[:2] if image is not None else None
        now = (screen.phase, screen.instruction, cue, screen.step, screen.muted, size, (width, height))
        if now not in shown[-1:]:
            shown.append(now)
            cv2.imwrite(str(folder / f"{len(shown):02}-{screen.phase}.png"), made)
        return made

    with (
        patch.object(run, "Worker", Watched),
        patch.object(calibrate, "Worker", Watched),
        patch.object(window, "render_window", paint_and_keep),
    ):
        program.main()


def _line(result: StepResult, now_s: float) -> dict[str, Any]:
    screen, moment = result.screen, result.moment
    return {
        "at_s": time.monotonic(),
        "now_s": now_s,
        "time_s": screen.time_s,
        "phase": screen.phase,
        "side": screen.side,
        "instruction": screen.instruction,
        "count": screen.count,
        "step": screen.step,
        "held_s": screen.held_s,
        "goal_s": screen.goal_s,
        "muted": screen.muted,
        "focus": screen.focus,
        "status": moment.assessment.status if moment else None,
        "cue": moment.cue.text if moment and moment.cue else None,
        "said": [utterance.text for utterance in result.utterances if utterance.text],
        "chimes": [utterance.chime for utterance in result.utterances if utterance.chime],
    }


if __name__ == "__main__":
    where = Path(sys.argv.pop(1))
    main(where)
