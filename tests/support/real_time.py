"""The mark of tests that run in real time."""

import pytest

in_real_time = pytest.mark.flaky(reruns=2)
"""Streams, windows and pages go on whatever else the machine does meanwhile, and a busy one is late for them now and then.
What is wrong is wrong every time."""
