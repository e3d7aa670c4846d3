"""What people have and what happens to it, in twenty kinds: the tests that hold each of them, run and counted."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.support.clips import REPO
from tests.trust.box import Box
from tests.trust.rows import Case, Part

PART = Part(
    name="kinds",
    claim="Every kind of file, fault and secret that went wrong in other programs has tests that hold it.",
    how="The tests of a kind are run as any others; one that cannot run on this machine is not counted.",
)

_UNIT, _WHOLE = "tests/unit", "tests/end_to_end"
KINDS: Mapping[str, tuple[str, ...]] = {
    "pixels that are not square": (
        f"{_UNIT}/vision/test_as_filmed.py::test_pixels_that_are_not_square_are_made_so",
        f"{_UNIT}/vision/test_as_filmed.py::test_a_webm_says_how_wide_it_is_shown",
        f"{_UNIT}/vision/test_as_filmed.py::test_a_shape_of_pixels_that_changes_on_the_way_is_followed",
        f"{_WHOLE}/test_read_options.py::test_wide_pixels_are_judged_as_square_ones",
    ),
    "pictures turned and mirrored by their file": (
        f"{_UNIT}/vision/test_orientation.py",
        f"{_UNIT}/vision/test_as_filmed.py::test_all_eight_orientations_are_shown_upright",
        f"{_UNIT}/vision/test_photo.py::test_every_orientation_is_as_a_viewer_shows_it",
    ),
    "photos of phones, and pictures that move": (
        f"{_UNIT}/vision/test_photo.py",
        f"{_WHOLE}/test_kinds_of_files.py",
    ),
    "what a folder holds": (f"{_UNIT}/pipeline/test_batch.py::TestFinding",),
    "several tracks": (
        f"{_UNIT}/vision/test_as_filmed.py::test_the_default_track_is_looked_at_or_else_the_largest",
        f"{_UNIT}/vision/test_as_filmed.py::test_a_cover_is_no_film",
    ),
    "turned, mirrored, slow or in part, as the person says": (
        f"{_WHOLE}/test_read_options.py",
        f"{_UNIT}/vision/test_as_filmed.py::test_photographs_are_turned_as_clips_are",
        f"{_UNIT}/vision/test_as_filmed.py::test_a_camera_is_shown_as_a_clip_is",
        f"{_UNIT}/vision/test_as_filmed.py::test_a_speed_gives_times_as_they_passed",
        f"{_UNIT}/vision/test_as_filmed.py::test_slow_motion_that_the_file_states_is_told_and_timed",
        f"{_UNIT}/vision/test_as_filmed.py::test_a_part_keeps_the_times_of_the_whole",
    ),
    "damaged clips": (f"{_UNIT}/vision/test_damage.py", f"{_WHOLE}/test_faulty_clips.py"),
    "a clock that jumps": (f"{_UNIT}/vision/test_clock.py", f"{_UNIT}/vision/test_video_time.py"),
    "time without pictures": (
        f"{_UNIT}/analysis/test_gaps.py",
        f"{_UNIT}/pipeline/test_live_results.py::test_without_new_pictures_the_time_is_unseen_from_the_last_one_on",
    ),
    "a clip that was coded anew": (
        f"{_UNIT}/analysis/test_two_rate_analyzer.py::test_the_held_time_is_the_same_however_somebody_moves",
        f"{_UNIT}/analysis/test_hold_timer.py::test_form_that_began_to_go_earlier_ends_the_hold_there",
        f"{_WHOLE}/test_accuracy.py::test_holds",
    ),
    "a camera that stands still": (
        f"{_UNIT}/vision/test_standstill.py",
        f"{_UNIT}/vision/test_camera.py::TestStream::test_one_that_stands_still_is_told_until_a_new_picture_comes",
        f"{_UNIT}/cli/test_doctor.py::TestCamera::test_one_that_stands_still_is_told",
    ),
    "names, titles and tags": (
        f"{_UNIT}/cli/test_hostile_names.py",
        f"{_UNIT}/core/test_plain_text.py",
        f"{_UNIT}/vision/test_photo.py::TestNames",
    ),
    "passwords of cameras": (f"{_UNIT}/cli/test_addresses.py",),
    "cameras on the network, and by name": (
        f"{_UNIT}/vision/test_web_camera.py",
        f"{_UNIT}/vision/test_camera.py",
        f"{_UNIT}/vision/test_camera_names.py",
    ),
    "signals": (
        f"{_UNIT}/cli/test_program.py",
        f"{_UNIT}/system/test_signals.py",
        f"{_UNIT}/vision/test_writer.py",
        f"{_UNIT}/tuning/test_filming_run.py",
        f"{_WHOLE}/test_asked_to_end.py",
    ),
    "two runs for one file": (f"{_UNIT}/system/test_files.py",),
    "a damaged model": (f"{_UNIT}/vision/test_models.py::TestDamage",),
    "memory, native libraries, and what is no file": (
        f"{_UNIT}/vision/test_photo.py::TestSize",
        f"{_UNIT}/system/test_inputs.py",
        f"{_UNIT}/system/test_processes.py",
    ),
    "data files": (
        f"{_UNIT}/system/test_documents.py",
        f"{_UNIT}/people/test_history.py::TestDamagedRows",
        f"{_UNIT}/cli/test_words_of_faults.py",
    ),
    "what is kept on this machine": (f"{_UNIT}/cli/test_data.py",),
}
"""The kinds, and the files or tests that hold each."""


def cases_of(number: int, _seed: int, box: Box) -> Iterator[Case]:
    """Run the tests of a kind; yield what came of each."""
    what, tests = list(KINDS.items())[number % len(KINDS)]
    box.clear()
    found = box.folder / "found.xml"
    found.unlink(missing_ok=True)
    command = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={found}")
    ran = subprocess.run(
        [*command, f"--basetemp={box.folder / 'pytest'}", *tests],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=False,
    )
    cases = list(_told(what, found)) if found.is_file() else []
    if not cases or ran.returncode not in (0, 1):
        last = (ran.stdout + ran.stderr).strip().splitlines()[-1:]
        cases.append(Case(what=what, name="all", wrong=f"the tests could not be run: {' '.join(last)}"))
    yield from cases


def _told(what: str, found: Path) -> Iterator[Case]:
    for test in ET.parse(found).iter("testcase"):  # noqa: S314 - written by our own tests a moment ago
        if test.find("skipped") is None:
            faults = [*test.findall("failure"), *test.findall("error")]
            wrong = "; ".join(fault.get("message", "").split("\n")[0] for fault in faults)
            spent_s = float(test.get("time", "0"))
            name = f"{test.get('classname', '').rpartition('.')[2]}.{test.get('name')}"
            yield Case(what=what, name=name, wrong=wrong or ("it failed" if faults else ""), spent_s=spent_s)
