"""Tries what people have to be able to trust, and writes `docs/trust.md`; see the package."""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from rich.progress import track

from tests.trust import data, hours, kills, kinds, media, readers, traced
from tests.trust.box import Box
from tests.trust.rows import Case, Part, rows_of, store

CasesOf = Callable[[int, int, Box], Case | Iterable[Case]]

PARTS: dict[str, tuple[Part, CasesOf, int, int]] = {
    "kinds": (kinds.PART, kinds.cases_of, len(kinds.KINDS), 1),
    "data": (data.PART, data.case_of, 500, 2),
    "readers": (readers.PART, readers.case_of, 5000, 1),
    "media": (media.PART, media.case_of, 500, 2),
    "kills": (kills.PART, kills.case_of, 200, 1),
    "hours": (hours.PART, hours.case_of, 1, 1),
    "traced": (traced.PART, traced.case_of, len(traced.COMMANDS), 1),
}
"""The parts: what is claimed, what tries a case, or several, by their number, how many numbers there are, and how many at once
(those that go by the clock have it to themselves)."""

QUICK = {"data": range(12), "readers": range(100), "media": range(16), "kills": range(2), "traced": range(3)}
"""The cases that run with the tests; they take a minute."""


def tried(part: str, numbers: Sequence[int], seed: int, until_s: float = float("inf")) -> Iterator[Case]:
    """Yield the cases of these numbers, in order, as long as there is time until `until_s` of `time.monotonic()`."""
    _, cases_of, _, at_once = PARTS[part]
    with tempfile.TemporaryDirectory(prefix="trust-") as folder:
        boxes: Queue[Box] = Queue()
        for number in range(at_once):
            boxes.put(Box(Path(folder) / f"{number}"))

        def one(number: int) -> list[Case]:
            if time.monotonic() > until_s:
                return []
            box = boxes.get()
            try:
                found = cases_of(number, seed, box)
                return [found] if isinstance(found, Case) else list(found)
            finally:
                boxes.put(box)

        with ThreadPoolExecutor(at_once) as pool:
            for cases in pool.map(one, numbers):
                yield from cases


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="this part alone; may be given again")
    parser.add_argument("--count", type=int, help="so many cases of each part")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--seed", type=int, default=1, help="other cases")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no case of a part begins later")
    parser.add_argument("--dry", action="store_true", help="leave the page as it is")
    asked = parser.parse_args()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored under nohup, and so would be by what is started here
    failed = 0
    for name in asked.only or PARTS:
        part, _, count, _ = PARTS[name]
        numbers = range(asked.first, asked.first + (count if asked.count is None else asked.count))
        cases = []
        for case in track(tried(name, numbers, asked.seed, time.monotonic() + 60 * asked.minutes), name, total=len(numbers)):
            cases.append(case)
            if case.wrong:
                print(f"{name} {case.what} {case.name}: {case.wrong}", flush=True)
        failed += sum(bool(case.wrong) for case in cases)
        print(f"{name}: {sum(not case.wrong for case in cases)} of {len(cases)} right")
        if not asked.dry:
            store(rows_of(part, cases, asked.seed), {known.name: known for known, *_ in PARTS.values()})
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
