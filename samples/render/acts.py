"""Everything a person can be made to do: the stretches, the holds for strength, a check, and what is none."""

from .resting import RESTING
from .strength import STRENGTH
from .stretches import STRETCHES, Stretch
from .table import AT_THE_END
from .upright import UPRIGHT
from .walking import WALKING

ACTS: dict[str, Stretch] = {
    **STRETCHES,
    **STRENGTH,
    "walking": WALKING,
    "resting": RESTING,
    "upright": UPRIGHT,
    "table": AT_THE_END,
}
