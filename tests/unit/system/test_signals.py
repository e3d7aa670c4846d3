"""Requests to end: taken once, given back at the end, hurried by a second one, and no matter in another thread."""

import signal
import threading
import time

import pytest

from formcheck.system import signals
from formcheck.system.signals import HURRY_S, Interrupted, asking, interruptible, join, stoppable

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143} | ({signal.SIGHUP: 129} if hasattr(signal, "SIGHUP") else {})
ALL = tuple(CODES)

each = pytest.mark.parametrize("number", ALL, ids=lambda number: number.name)


def handlers() -> list[object]:
    return [signal.getsignal(number) for number in ALL]


@each
def test_a_request_is_noted_and_the_work_goes_on(number: signal.Signals) -> None:
    before = handlers()
    with stoppable() as stop:
        assert not stop.requested()
        signal.raise_signal(number)
        assert stop.requested()
        assert stop.exit_code == CODES[number]
    assert handlers() == before


@each
def test_while_a_question_waits_a_request_is_raised_and_noted(number: signal.Signals) -> None:
    with stoppable() as stop:
        with pytest.raises(Interrupted) as caught, asking():
            signal.raise_signal(number)
        assert stop.requested()
        assert caught.value.exit_code == stop.exit_code == CODES[number]
        with pytest.raises(Interrupted), asking():
            raise AssertionError("nothing is asked any more")
    with asking():
        pass


@each
def test_where_nothing_looks_at_it_a_request_is_raised(number: signal.Signals) -> None:
    before = handlers()
    with pytest.raises(Interrupted) as caught, interruptible() as request:
        signal.raise_signal(number)
    assert caught.value.exit_code == request.exit_code == CODES[number]
    assert handlers() == before


@each
@pytest.mark.parametrize("second", ALL, ids=lambda number: number.name)
def test_a_second_request_leaves_a_second_to_finish(number: signal.Signals, second: signal.Signals) -> None:
    """However often it is repeated in that time: a supervisor signals the process and its group, a person is impatient."""
    with stoppable() as stop:
        signal.raise_signal(number)
        for _ in range(3):
            signal.raise_signal(second)
        time.sleep(0.2)
        done = True
    assert done
    assert stop.exit_code == CODES[number]


def request_twice_and_hang() -> None:
    signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGINT)
    threading.Event().wait(20)


def test_what_takes_longer_than_a_second_after_the_second_request_is_given_up() -> None:
    began_s = time.monotonic()
    with pytest.raises(Interrupted) as caught, interruptible(), stoppable():
        request_twice_and_hang()
    assert HURRY_S <= time.monotonic() - began_s < 5
    assert caught.value.exit_code == 143


def test_a_request_while_an_interruption_is_cleared_up_after_lets_that_finish() -> None:
    finished = []

    def film() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGINT)
            time.sleep(0.2)
            finished.append("film")

    with pytest.raises(Interrupted), interruptible():
        film()
    assert finished == ["film"]


def test_threads_are_not_waited_for_long_once_it_was_requested_twice() -> None:
    never = threading.Event()
    thread = threading.Thread(target=never.wait, daemon=True)
    thread.start()
    with stoppable():
        signal.raise_signal(signal.SIGINT)
        began_s = time.monotonic()
        join(thread, 0.3)
        assert 0.3 <= time.monotonic() - began_s < 2, "one request alone shortens nothing"
        signal.raise_signal(signal.SIGINT)
        join(thread, 30)
        join(thread, 30)
        assert time.monotonic() - began_s < 0.3 + HURRY_S
    never.set()
    join(thread, 30)
    assert not thread.is_alive()


def test_in_another_thread_nothing_is_changed() -> None:
    before = handlers()
    seen: list[object] = []

    def work() -> None:
        with interruptible(), stoppable() as stop:
            seen.append((handlers(), stop.requested()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(before, False)]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="terminals send no signal here")
def test_what_was_started_to_outlive_its_terminal_does() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stoppable() as stop:
            signal.raise_signal(signal.SIGHUP)
            assert not stop.requested()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_no_request_of_one_run_reaches_the_next() -> None:
    with stoppable() as first:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    with stoppable() as second:
        time.sleep(HURRY_S + 0.3)
        assert not second.requested()
    assert first.requested()
    assert signals._installed is None
