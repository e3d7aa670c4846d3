"""When the stretch that `formcheck sit` offers is over by itself."""

import pytest

from formcheck.cli.commands.sit import AT_MOST_S, NOT_BEGUN_S, SUMMARY_S, StretchEnd


@pytest.mark.parametrize(("begun", "ends_after_s"), [(False, NOT_BEGUN_S), (True, AT_MOST_S)])
def test_who_does_not_stretch_is_not_waited_for(begun: bool, ends_after_s: float) -> None:
    end = StretchEnd(1000.0)
    assert not end.reached(1000.0 + ends_after_s - 1, begun=begun, done=False)
    assert end.reached(1000.0 + ends_after_s + 1, begun=begun, done=False)


def test_the_summary_stays_to_be_read() -> None:
    end = StretchEnd(0.0)
    assert not end.reached(90.0, begun=True, done=True)
    assert not end.reached(90.0 + SUMMARY_S - 1, begun=True, done=True)
    assert end.reached(90.0 + SUMMARY_S + 1, begun=True, done=True)
