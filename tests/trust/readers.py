"""Every reader of data files, without a program around it: thousands of hostile files in minutes."""

import io
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from types import MappingProxyType

import pytest
from rich.console import Console

import formcheck
from formcheck.cli.reports.history import print_history
from formcheck.core.errors import FormcheckError
from formcheck.people import safety
from formcheck.people.history.database import Store
from formcheck.people.history.records import guided_totals, totals
from formcheck.people.profile import find_profile
from formcheck.pipeline.batch.journal import Journal
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.files import find_stretch, load_stretches
from formcheck.stretches.routine_files import ROUTINES, specs_of
from formcheck.system.documents import read_text
from formcheck.tuning.labeling.label_file import about_clip, label_text
from formcheck.tuning.labels import Labels, check_text, search_clips
from tests.trust import data
from tests.trust.box import Box
from tests.trust.rows import Case, Part

PART = Part(
    name="readers",
    claim="No reader of data files raises anything but a sentence, or takes more than ten seconds.",
    how="The changes of the part before, on each reader within one process; what was read is then used: printed, scored, or "
    "written again.",
)

MOST_S = 10.0
_SPECS = {spec.name: spec for spec in load_stretches()}


def _labels(file: Path) -> None:
    clips, _ = search_clips([file], _SPECS)
    for clip in clips:
        again = label_text(read_text(file), about_clip(clip.labels), clip.labels.intervals)
        assert isinstance(check_text(again, _SPECS), Labels), "what is written again cannot be read"


def _angles(file: Path) -> None:
    clips, _ = search_clips([file.with_name("bad.toml")], _SPECS)
    for clip in clips:
        list(clip.true_angles())


def _routine(file: Path) -> None:
    specs_of(ROUTINES.find(str(file), file.parent))


def _history(file: Path) -> None:
    with Store(file) as store:
        entries = store.recent()
    console = Console(file=io.StringIO())
    print_history(entries, entries, totals(entries), None, console, guided=guided_totals(entries))


def _journal(file: Path) -> None:
    journal = Journal(file.with_suffix(""))
    journal.check(resume=True)
    journal.stored("settings")
    journal.earlier([], "settings", resume=True)


READERS: Mapping[str, Callable[[Path], object]] = MappingProxyType(
    {
        "pose file": lambda file: find_stretch(str(file)),
        "routine": _routine,
        "block file": lambda file: BLOCKS.find(str(file)),
        "profile": lambda _file: find_profile("ben"),
        "labels": _labels,
        "table of true angles": _angles,
        "history, its bytes": _history,
        "history, a value": _history,
        "safety answers": lambda _file: safety.load_answers(),
        "answers about blocks": lambda _file: safety.load_block_answers(),
        "table of landmarks": lambda file: formcheck.score(formcheck.read_landmarks(file)),
        "results of an unfinished run": _journal,
    }
)
KINDS = [kind for kind in data.KINDS if kind.name in READERS]


def case_of(number: int, seed: int, box: Box) -> Case:
    """Try one hostile file."""
    random = Random(f"readers {seed} {number}")
    kind = KINDS[number % len(KINDS)]
    change, content = random.choice(kind.changes)(kind.good(), random)
    box.clear()
    if kind.name in ("labels", "table of true angles"):
        kind.beside(box)
    file = kind.place(box)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    began_s, wrong = time.monotonic(), ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORMCHECK_DATA", str(box.data))
        patch.chdir(box.here)
        try:
            READERS[kind.name](file)
        except FormcheckError:
            pass
        except Exception as error:
            wrong = f"{type(error).__name__}: {str(error)[:100]}"
    spent_s = time.monotonic() - began_s
    if spent_s > MOST_S:
        wrong = f"took {spent_s:.1f} s"
    return Case(what=kind.name, name=f"{number}, {change}", wrong=wrong, spent_s=spent_s)
