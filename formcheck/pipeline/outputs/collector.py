"""An output that writes nothing: it keeps every moment for whoever asked for the score."""

from typing import Any, Self

from formcheck.core.interfaces import Frame
from formcheck.core.values import Moment


class MomentCollector:
    """The moments of a clip, in order of time, once it has been scored."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def write(self, frame: Frame, moment: Moment) -> None:
        self.moments.append(moment)

    def complete(self, result: Any) -> None:
        """The result is returned by the loop."""
