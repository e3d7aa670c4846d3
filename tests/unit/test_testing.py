"""The hand-made bodies that ship, for authors of measures outside the package."""

import doctest

from formcheck import testing


def test_the_examples_are_true() -> None:
    failed, tried = doctest.testmod(testing)
    assert tried > 0
    assert failed == 0
