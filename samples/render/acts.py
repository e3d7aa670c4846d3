"""Everything a person can be made to do: the stretches, and what is none."""

from .resting import RESTING
from .stretches import STRETCHES, Stretch
from .table import AT_THE_END
from .upright import UPRIGHT
from .walking import WALKING

ACTS: dict[str, Stretch] = {**STRETCHES, "walking": WALKING, "resting": RESTING, "upright": UPRIGHT, "table": AT_THE_END}
