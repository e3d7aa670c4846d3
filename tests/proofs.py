"""Runs the proofs, which take too long for every run of the tests, and writes what they found to `docs/proofs.md`.

    python -m tests.proofs

A proof is a test marked so; the same law is tested on less in every run. With options of pytest, such as `-k supine`, nothing
is written.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from benchmarks.process import machine
from formcheck.core.version import __version__
from tests.support.clips import REPO

PAGE = REPO / "docs" / "proofs.md"

Found = Callable[[str, object], None]
"""pytest's `record_property`: what a test records is what the page says of it."""


@dataclass(eq=False)
class Proofs:
    """A plugin of pytest that keeps how each proof ended."""

    reports: list[pytest.TestReport] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or not report.passed:
            self.reports.append(report)


def page(reports: Sequence[pytest.TestReport], spent_s: float) -> Iterator[str]:
    """Yield the lines of the page."""
    hold = sum(report.passed for report in reports)
    yield "# Proofs"
    yield ""
    yield "Laws proved on so many clips that it takes too long for every run of the tests, which prove them on less."
    yield "`python -m tests.proofs` runs these and writes this page."
    yield ""
    yield f"{date.today()}, formcheck {__version__}, {machine()}: {hold} of {len(reports)} hold; it took {spent_s:.0f} s."
    yield ""
    yield "| law | case | holds | found |"
    yield "|---|---|---|---|"
    for report in reports:
        law, _, case = report.nodeid.rpartition("::")[2].removeprefix("test_").partition("[")
        found = "; ".join(str(value) for _, value in report.user_properties)
        yield f"| {law.replace('_', ' ')} | {case.rstrip(']')} | {'yes' if report.passed else '**no**'} | {found} |"


def main() -> int:
    proofs, began_s, options = Proofs(), time.monotonic(), sys.argv[1:]
    code = pytest.main(["-m", "proof", *options], plugins=[proofs])
    if proofs.reports and not options:
        PAGE.write_text("\n".join(page(proofs.reports, time.monotonic() - began_s)) + "\n", encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
