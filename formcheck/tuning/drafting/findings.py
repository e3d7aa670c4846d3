"""What every measure does during the hold: where it lies, how much it varies, whether it can be relied on."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from formcheck.core.measures import MEASURES, Roles
from formcheck.core.wording.language import N_
from formcheck.tuning.drafting.hold_search import SteadyHold, spread_of

STEADY = 10.0
"""A measure that stays within so many degrees is part of what is held."""

SEEN = 0.8
"""A measure seen in a smaller share of the frames is too often hidden to be asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFinding:
    """One measure during the hold, in degrees: `None` where it is never seen. `seen` is the share of frames."""

    measure: str
    median: float | None
    spread: float | None
    seen: float

    @property
    def steady(self) -> bool:
        """Whether it is seen nearly always and hardly changes."""
        return self.spread is not None and self.spread <= STEADY and self.seen >= SEEN

    @property
    def state(self) -> str:
        """How it is, in a word or two."""
        return N_("steady") if self.steady else N_("hidden") if self.seen < SEEN else N_("not steady")


def find_measures(hold: SteadyHold, roles: Roles) -> list[MeasureFinding]:
    """Return the finding of every measure that can speak of such a posture, in the order of the table."""
    found = []
    for name, row in MEASURES.items():
        if row.lying not in (None, hold.lying) or not row.roles <= roles.keys():
            continue
        values = hold.values(row, roles)
        middle, spread = (median(values), spread_of(values)) if values else (None, None)
        found.append(MeasureFinding(measure=name, median=middle, spread=spread, seen=len(values) / len(hold.sights)))
    return found


def steady_measures(findings: Sequence[MeasureFinding]) -> dict[str, float]:
    """Return the medians of all that is steady, in degrees by measure."""
    return {finding.measure: finding.median for finding in findings if finding.steady and finding.median is not None}
