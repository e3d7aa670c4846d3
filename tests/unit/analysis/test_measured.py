from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.scoring.document import MeasureEntry
from formcheck.analysis.scoring.measured import Measured, add_measured, measure_entries, sides_apart
from formcheck.core.values import Assessment, Side, Status
from formcheck.testing import kneeling, mirrored, upright
from tests.support.laws import between, law
from tests.support.scenes import scene
from tests.support.specs import KNEELING
from tests.unit.analysis.test_scoring import scored

LEAN, HIP = "trunk_inclination", "rear_hip_extension"


def read(degrees: float, *, correct: bool = True) -> Assessment:
    status = Status.CORRECT if correct else Status.ADJUST
    return Assessment(
        pose=KNEELING.name, status=status, side=Side.LEFT, score=90, measurements={LEAN: degrees}, errors={LEAN: 6.0}
    )


def entry(sums: Measured) -> MeasureEntry:
    (found,) = measure_entries(KNEELING, {Side.LEFT: sums})
    return found


def test_median_share_and_error_of_what_was_read() -> None:
    sums: Measured = {}
    for seconds, now in [(3, read(2)), (1, read(9)), (4, read(25, correct=False))]:
        add_measured(sums, KNEELING, now, seconds)
    found = entry(sums)
    assert (found.measure, found.side, found.full) == (LEAN, Side.LEFT, (-10, 10))
    assert (found.median, found.median_in_shape, found.inside, found.error_deg) == (2, 9, 0.5, 6)


def test_without_correct_form_there_is_no_median_of_it() -> None:
    sums: Measured = {}
    add_measured(sums, KNEELING, read(25, correct=False), 1)
    assert (entry(sums).median, entry(sums).median_in_shape, entry(sums).inside) == (None, 25, 0)


def test_what_was_never_read_has_no_entry_and_what_took_no_time_does_not_count() -> None:
    sums: Measured = {}
    add_measured(sums, KNEELING, read(5), 0)
    assert measure_entries(KNEELING, {Side.LEFT: sums}) == []


@law
@given(st.lists(st.tuples(between(0.01, 3), between(-60, 60), st.booleans()), min_size=1, max_size=30))
def test_medians_lie_among_the_readings_and_shares_between_0_and_1(rows: list[tuple[float, float, bool]]) -> None:
    sums: Measured = {}
    for seconds, degrees, correct in rows:
        add_measured(sums, KNEELING, read(degrees, correct=correct), seconds)
    found, read_deg = entry(sums), [value for _, value, _ in rows]
    assert min(read_deg) - 0.051 <= found.median_in_shape <= max(read_deg) + 0.051
    assert (found.median is None) is not any(correct for *_, correct in rows)
    assert 0 <= found.inside <= 1


def test_both_sides_are_listed_and_compared() -> None:
    deep, flat = kneeling(extension=40), kneeling(extension=15)
    document = scored(KNEELING, scene((4, deep), (2, upright()), (4, mirrored(flat)))).document
    hips = {one.side: one for one in document.measures if one.measure == HIP}
    assert list(hips) == [Side.LEFT, Side.RIGHT]
    assert hips[Side.RIGHT].median == pytest.approx(40, abs=1)
    assert hips[Side.LEFT].median == pytest.approx(15, abs=1)
    apart = {one.measure: one for one in document.sides_apart}
    assert apart[HIP].left_minus_right_deg == pytest.approx(-25, abs=1.5)
    assert apart[HIP].told_apart
    assert not apart[LEAN].told_apart
    both = hypot(*(one.error_deg for one in hips.values()))
    assert apart[HIP].error_deg == pytest.approx(both, abs=0.06)


def test_one_side_is_compared_with_nothing() -> None:
    document = scored(KNEELING, scene((4, kneeling()))).document
    assert document.sides_apart == sides_apart(document.measures) == []
