"""An output that writes nothing: it keeps the moments of a clip for the code that asked for the score."""

from formcheck.core.interfaces import Image
from formcheck.core.values import Moment
from formcheck.pipeline.outputs.base import BaseOutput


class MomentCollector(BaseOutput):
    """The moments of a clip, in order of time, once it has been scored."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []

    def write(self, moment: Moment, picture: Image | None) -> None:
        self.moments.append(moment)
