"""Which key means which label: the faults of a stretch have the digits, in the order of the pose file."""

from dataclasses import dataclass

from formcheck.labels import CORRECT, OTHER, UNSEEN
from formcheck.posefile import PoseSpec
from formcheck.values import Side

GAP = "0"
"""The key for no label."""
_MORE = "123456789abdgijkl"
"""Keys for faults: nine digits, and letters that mean nothing else, for stretches of many faults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """`labels` maps keys to labels. `both`: the clip shows both sides, so every label of the stretch says which."""

    labels: dict[str, str]
    both: bool = False

    def side_for(self, label: str | None, side: Side) -> Side | None:
        """Return the side that an interval with `label` names."""
        return side if self.both and label not in (None, OTHER, UNSEEN) else None


def palette(spec: PoseSpec | None, *, both: bool = False) -> Palette:
    """Return the keys for a stretch, or for a clip without one."""
    faults = zip(_MORE, (fault.name for fault in spec.faults), strict=False) if spec is not None else ()
    correct = {"c": CORRECT} if spec is not None else {}
    return Palette(labels={**correct, **dict(faults), "u": UNSEEN, "n": OTHER}, both=both)


def spoken(label: str) -> str:
    """Return a label as words on the screen."""
    return label.replace("_", " ")
