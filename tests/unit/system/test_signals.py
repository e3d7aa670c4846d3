"""Requests to end: taken once, given back at the end, and no matter in another thread than the main one."""

import signal
import threading

import pytest

from formcheck.system.signals import stoppable, termination_exits

BOTH = (signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_request_is_noted_and_the_work_goes_on(number: signal.Signals, code: int) -> None:
    before = [signal.getsignal(each) for each in BOTH]
    with stoppable() as stop:
        assert not stop.requested()
        signal.raise_signal(number)
        assert stop.requested()
        assert stop.exit_code == code
    assert [signal.getsignal(each) for each in BOTH] == before


@pytest.mark.parametrize("first", BOTH)
def test_ctrl_c_after_a_request_ends_at_once(first: signal.Signals) -> None:
    before = [signal.getsignal(each) for each in BOTH]
    with stoppable() as stop:
        signal.raise_signal(first)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert stop.signal == first
    assert [signal.getsignal(each) for each in BOTH] == before


def test_in_another_thread_nothing_is_changed() -> None:
    before = [signal.getsignal(each) for each in BOTH]
    seen: list[object] = []

    def work() -> None:
        with stoppable() as stop, termination_exits():
            seen.append(([signal.getsignal(each) for each in BOTH], stop.requested()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(before, False)]


def test_termination_exits_from_wherever_the_program_is() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as caught, termination_exits():
        signal.raise_signal(signal.SIGTERM)
    assert caught.value.code == 143
    assert signal.getsignal(signal.SIGTERM) == before
