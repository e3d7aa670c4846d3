"""One ranking of faults, for every text that names one."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from formcheck.analysis.scoring.document import Document, FaultEntry, HoldEntry, SideEntry
from formcheck.analysis.scoring.fault_totals import (
    FaultTotal,
    ranked,
    totals_of_document,
    totals_of_seconds,
    worth_telling,
)
from formcheck.analysis.scoring.result import Result
from formcheck.cli.reports.batch import print_table
from formcheck.cli.reports.clip import print_clip_summary
from formcheck.core.values import Band, Side, Verdict
from formcheck.pipeline.batch.journal import scored_line
from tests.support.batches import document
from tests.support.laws import between, law
from tests.support.specs import KNEELING

HEAD, LEAN, HIPS, TOES = "head_drops", "leaning_forward", "hips_not_forward", "front_knee_past_toes"
"""The last one is advice: the clock goes on."""


def cue(name: str) -> str:
    return KNEELING.fault(name).cue


SIDE = SideEntry(held_s=10, longest_s=10, goal_s=30, complete=False, score=80, verdict=Verdict.CORRECT)


def clip(*faults: tuple[str, float, float], held: tuple[float, float] | None = (5.0, 15.0), end_s: float = 40.0) -> Document:
    """A clip of so many seconds that was held once, with faults from when to when."""
    holds = [HoldEntry(side=Side.RIGHT, start_s=held[0], end_s=held[1], held_s=held[1] - held[0], score=90)] if held else []
    return document("clip.mp4", end_s).model_copy(
        update={
            "pose": KNEELING.name,
            "score": 80,
            "band": Band.GOOD,
            "holds": holds,
            "sides": {
                Side.RIGHT: SideEntry(held_s=10, longest_s=10, goal_s=30, complete=False, score=80, verdict=Verdict.CORRECT)
            },
            "faults": [
                FaultEntry(name=name, side=Side.RIGHT, start_s=start_s, end_s=until_s, cue=cue(name))
                for name, start_s, until_s in faults
            ],
        }
    )


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        pytest.param([(HEAD, 1.0, 5.0)], [], id="getting in"),
        pytest.param([(HEAD, 4.0, 7.0)], [(HEAD, 2.0)], id="from getting in on"),
        pytest.param([(LEAN, 8.0, 9.0), (HEAD, 10.0, 13.0)], [(HEAD, 3.0), (LEAN, 1.0)], id="longest first"),
        pytest.param(
            [(TOES, 6.0, 14.0), (HEAD, 10.0, 11.0)], [(HEAD, 1.0), (TOES, 8.0)], id="advice after what stops the clock"
        ),
        pytest.param([(HEAD, 15.0, 27.0)], [(HEAD, 12.0)], id="after the last hold"),
        pytest.param([(HEAD, 28.0, 40.0)], [(HEAD, 12.0)], id="at the end"),
        pytest.param([(HEAD, 39.0, 40.0)], [(HEAD, 1.0)], id="shortly, at the end"),
        pytest.param([(LEAN, 15.0, 16.5)], [], id="coming out"),
        pytest.param([(TOES, 13.0, 16.5)], [(TOES, 2.0)], id="until coming out"),
        pytest.param([(LEAN, 6.0, 8.0), (HEAD, 9.0, 10.0), (LEAN, 12.0, 13.0)], [(LEAN, 3.0), (HEAD, 1.0)], id="twice"),
    ],
)
def test_which_faults_of_a_clip_are_told_and_in_what_order(
    faults: list[tuple[str, float, float]], told: list[tuple[str, float]]
) -> None:
    found = totals_of_document(clip(*faults), KNEELING)
    assert [(total.name, total.seconds) for total in found] == told


def test_where_nothing_was_held_all_is_told() -> None:
    assert [total.seconds for total in totals_of_document(clip((HEAD, 0.0, 3.0), held=None), KNEELING)] == [3.0]


@law
@given(st.lists(st.tuples(st.sampled_from([HEAD, LEAN, HIPS, TOES]), between(0, 39), between(0.6, 20)), max_size=8))
def test_report_and_table_and_history_rank_alike(spans: list[tuple[str, float, float]]) -> None:
    told = clip(*[(name, start_s, min(40.0, start_s + lasting_s)) for name, start_s, lasting_s in spans])
    found = totals_of_document(told, KNEELING)
    kept = totals_of_seconds({total.name: total.seconds for total in found}, KNEELING)
    assert [total.name for total in kept] == [total.name for total in found]
    report, table = Console(file=io.StringIO(), width=200), Console(file=io.StringIO(), width=200)
    print_clip_summary(report, Result(document=told, spec=KNEELING, still=False, oblique_s=0.0, also=(), looks_like=None))
    print_table(table, [scored_line("clip.mp4", "c", "s", told)], [KNEELING])
    in_report = [line.split("  ")[0] for line in _text(report).split("    • ")[1:]]
    assert in_report == [total.cue for total in worth_telling(found, 3)]
    assert [total.cue for total in found if total.at_end and total.cue not in in_report] == []
    row = _text(table).splitlines()[1]
    assert not found or found[0].cue in row
    assert len(found) <= 1 or row.endswith(f"(+{len(found) - 1})")


def _text(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


totals = st.builds(
    FaultTotal,
    name=st.just("a"),
    cue=st.sampled_from("abcdef"),
    seconds=between(0, 60),
    stops_clock=st.booleans(),
    at_end=st.booleans(),
)


@law
@given(st.lists(totals, max_size=8), st.integers(0, 4))
def test_nothing_is_lost_and_what_is_still_wrong_is_always_told(some: list[FaultTotal], most: int) -> None:
    found = ranked(some)
    assert sum(total.seconds for total in found) == pytest.approx(sum(total.seconds for total in some))
    keys = [(not total.stops_clock, -total.seconds) for total in found]
    assert keys == sorted(keys)
    told = worth_telling(found, most)
    assert told[:most] == found[:most]
    assert {total.cue for total in found if total.at_end} <= {total.cue for total in told}


def test_a_fault_of_a_stretch_that_is_not_known_is_told_by_its_name() -> None:
    assert [total.cue for total in totals_of_seconds({"knee_in": 4.0}, None)] == ["Knee in"]
