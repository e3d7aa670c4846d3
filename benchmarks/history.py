"""How long ten years of daily sessions take: to be listed, made a page of, and exported.

    python -m benchmarks.history

Prints seconds of whole commands, the start of the program included: the least and the median of a few turns.
"""

import os
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.process import FORMCHECK, run
from tests.support.years import keep_years

TIMES = 7


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FORMCHECK_DATA"] = folder
        keep_years(Path(folder) / "history.db")
        page, table = str(Path(folder) / "page.html"), str(Path(folder) / "table.csv")
        for words in (["history"], ["history", "report", "--out", page], ["history", "export", table]):
            spent_s = [run([*FORMCHECK, *words]).spent_s for _ in range(TIMES)]
            print(f"{' '.join(words[:2])}: {min(spent_s):.2f} s at least, {median(spent_s):.2f} s in the middle")
        print(f"the page: {Path(page).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
