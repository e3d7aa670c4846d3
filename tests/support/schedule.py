"""How the tests are spread over processes: a file stays together, so what it shares is made once, and long ones come first.

The groups of pytest-xdist write themselves into the names of tests, which pytest 9.2 ignores: a shared fixture is then made
by every process. Here a table says it, and that the longest comes first leaves no process idle at the end.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

SECONDS = {
    "tests/end_to_end/test_app_in_browser.py": 170,
    "tests/end_to_end/test_asked_to_end.py": 90,
    "tests/end_to_end/test_score_sparsely.py": 80,
    "tests/end_to_end/test_tune_samples.py": 75,
    "tests/end_to_end/test_trust.py": 75,
    "tests/unit/coaching/readings/test_calibration.py": 75,
    "tests/end_to_end/test_app.py": 70,
    "tests/end_to_end/test_record.py": 60,
    "tests/end_to_end/test_faulty_clips.py": 60,
    "tests/end_to_end/test_app_care.py": 60,
    "tests/unit/pipeline/test_cluster.py": 55,
    "tests/end_to_end/test_app_pages.py": 50,
    "tests/end_to_end/test_progress_in_browser.py": 50,
    "tests/end_to_end/test_score_many.py": 45,
    "tests/end_to_end/test_live.py::TestWindow": 45,
    "tests/end_to_end/test_score_samples.py": 45,
    "tests/end_to_end/test_written_whole.py": 45,
    "tests/unit/vision/test_camera.py": 40,
    "tests/end_to_end/test_live.py::TestAgreement": 40,
    "tests/end_to_end/test_new.py": 40,
    "tests/end_to_end/test_live.py::TestInterruptions": 35,
    "tests/end_to_end/test_accuracy.py": 30,
    "tests/end_to_end/test_live.py": 30,
    "tests/end_to_end/test_app_video.py": 30,
    "tests/end_to_end/test_compare.py": 30,
    "tests/end_to_end/test_app_settings.py": 25,
    "tests/unit/ui/test_voice.py": 25,
    "tests/end_to_end/test_commands.py": 25,
    "tests/unit/analysis/test_two_rate_analyzer.py": 20,
    "tests/end_to_end/test_terminal_keys.py": 20,
    "tests/end_to_end/test_flexibility.py": 15,
    "tests/unit/cli/test_doctor.py": 15,
    "tests/end_to_end/test_real_people.py": 15,
}
"""What begins with an entry stays together and takes about so long; what has none is a file that takes little.

What waits for a camera or a window and what computes have much the same lengths, so that they run side by side.
"""


def unit_of(test: str) -> str:
    """Return what a test stays together with: the longest entry that its name begins with, or its file."""
    return max((unit for unit in SECONDS if test.startswith(unit)), key=len, default=test.partition("::")[0])


def longest_first(tests: list[pytest.Item]) -> None:
    """Sort the tests, each unit in one piece and in its own order."""
    first = {unit_of(test.nodeid): i for i, test in reversed(list(enumerate(tests)))}
    tests.sort(key=lambda test: (-SECONDS.get(unit_of(test.nodeid), 0), first[unit_of(test.nodeid)]))


class UnitScheduling(LoadScopeScheduling):  # type: ignore[misc] # comes without types
    """Hands out whole units in the order of the tests."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        config.option.loadscopereorder = False  # which would take the units with the most tests first
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)
