"""Which faults cost most: one ranking for the report of a clip, the table of many, the screen, the recap and the history.

What stopped the clock comes first, by how long it did; then advice, by how long it was meant. What is still wrong at the end is
told in any case.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from formcheck.core import wording
from formcheck.core.durations import format_duration
from formcheck.stretches import StretchSpec

if TYPE_CHECKING:  # the history reads what stands here, and no document
    from formcheck.analysis.scoring.document import Document, FaultEntry, HoldEntry

COMING_OUT_S = 2.0
"""Coming out of a stretch passes through faults of no interest; what lasts this long was done in it."""

SHORTEST_S = 0.5
"""What is left of a fault and is shorter than this is not told."""

AT_END_S = 0.5
"""A fault lasts to the end where it ends this little before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultTotal:
    """One fault over a clip or a task, with what to do about it. `stops_clock` is false of mere advice.

    `seconds` is how long it lasted in all, `starts_s` when it began each time, `at_end` whether it is still there at the end.
    """

    name: str
    cue: str
    seconds: float
    stops_clock: bool = True
    starts_s: tuple[float, ...] = ()
    at_end: bool = False

    @property
    def in_words(self) -> str:
        """The cue and how long it was meant."""
        return wording.FAULT_LASTED.format(cue=self.cue, duration=format_duration(self.seconds))


def ranked(totals: Iterable[FaultTotal]) -> tuple[FaultTotal, ...]:
    """Return them with those first that cost most, all of one cue as one."""
    by_cue: dict[str, list[FaultTotal]] = {}
    for total in totals:
        by_cue.setdefault(total.cue, []).append(total)
    return tuple(sorted(map(_sum, by_cue.values()), key=lambda total: (not total.stops_clock, -total.seconds)))


def worth_telling(totals: Sequence[FaultTotal], most: int) -> tuple[FaultTotal, ...]:
    """Return the first `most` of `totals`, which are ranked, and after them what is still wrong at the end."""
    return (*totals[:most], *(total for total in totals[most:] if total.at_end))


def totals_of_document(document: "Document", spec: StretchSpec | None) -> tuple[FaultTotal, ...]:
    """Return the faults of a scored clip, ranked: those of the time in which the stretch `spec` was done."""
    stops = {fault.name: fault.stops_clock for fault in spec.faults} if spec is not None else {}
    cues = {fault.cue: fault.cue for fault in spec.faults} if spec is not None else {}  # a document has their English alone
    end_s = document.clip.duration_s
    over = spec is not None and spec.to_the_end
    spans = [(fault, _in_stretch(fault, document.holds, end_s, over=over)) for fault in document.faults]
    return ranked(
        FaultTotal(
            name=fault.name,
            cue=cues.get(fault.cue, fault.cue),
            seconds=until_s - start_s,
            stops_clock=stops.get(fault.name, True),
            starts_s=(start_s,),
            at_end=0.0 < end_s - AT_END_S <= until_s,
        )
        for fault, (start_s, until_s) in spans
        if end_s == 0.0 or until_s - start_s >= SHORTEST_S
    )


def totals_of_seconds(seconds: Mapping[str, float], spec: StretchSpec | None) -> tuple[FaultTotal, ...]:
    """Return faults of which only the seconds are kept, by name, ranked. Without `spec` the name stands for the cue."""
    known = {fault.name: fault for fault in spec.faults} if spec is not None else {}
    return ranked(
        FaultTotal(
            name=name,
            cue=known[name].cue if name in known else name.replace("_", " ").capitalize(),
            seconds=lasting_s,
            stops_clock=known[name].stops_clock if name in known else True,
        )
        for name, lasting_s in seconds.items()
    )


def _in_stretch(fault: "FaultEntry", holds: "Sequence[HoldEntry]", end_s: float, *, over: bool) -> tuple[float, float]:
    """From when to when a fault of a clip counts: not while getting into the first hold, nor while coming out of the last.

    Once what is held to the end has ended it is `over`, however long the person stays.
    """
    if not holds:
        return fault.start_s, fault.end_s
    start_s, ended_s = max(fault.start_s, min(hold.start_s for hold in holds)), max(hold.end_s for hold in holds)
    stayed = not over and (fault.end_s - max(start_s, ended_s) >= COMING_OUT_S or fault.end_s >= end_s - AT_END_S)
    return start_s, fault.end_s if stayed else min(fault.end_s, ended_s)


def _sum(same: Sequence[FaultTotal]) -> FaultTotal:
    return replace(
        same[0],
        seconds=sum(total.seconds for total in same),
        stops_clock=any(total.stops_clock for total in same),
        starts_s=tuple(sorted(start_s for total in same for start_s in total.starts_s)),
        at_end=any(total.at_end for total in same),
    )
