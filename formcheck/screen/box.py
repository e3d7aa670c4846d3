"""A rectangle on the window, in heights of the window: x right, y up."""

from dataclasses import dataclass

from formcheck.geometry import Vec


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    left: float
    low: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.low + self.height

    @property
    def middle(self) -> Vec:
        return self.left + self.width / 2, self.low + self.height / 2
