"""`formcheck` as it is, with a log of the keys that its window has read.

    python -m tests.support.keyed FILE record kneeling_hip_flexor clip.mp4

FILE gets a line for every key, when it is read.
"""

import sys
from pathlib import Path
from unittest.mock import patch

from formcheck import __main__ as program
from formcheck.ui.opencv.base_window import CvWindow


def main(file: Path) -> None:
    log, read = file.open("w", buffering=1), CvWindow.pressed

    def pressed(window: CvWindow, wait_s: float = 0.0) -> tuple[str, ...]:
        names = read(window, wait_s)
        log.writelines(f"{name}\n" for name in names)
        return names

    with patch.object(CvWindow, "pressed", pressed):
        program.main()


if __name__ == "__main__":
    where = Path(sys.argv.pop(1))
    main(where)
