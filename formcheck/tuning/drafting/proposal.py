"""Numbers of a pose file from one hold: target ranges, faults on either side of them, and what tells it from other postures.

One clip shows one person once. How much room others need comes from measurement error, in the proportions that the shipped
files have; `formcheck tune` replaces it with evidence. The words that a draft starts with are plain enough to work with at
once, and for the author to replace.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from formcheck.core.errors import DraftError
from formcheck.core.measures import MEASURES, BodyPart, Measure
from formcheck.core.measures.table import LEG_WORDS, TRUNK_ELEVATION, TRUNK_INCLINATION
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, NP_
from formcheck.stretches import Fault, ShapeRange, StretchSpec, Target
from formcheck.tuning.drafting.findings import MeasureFinding, find_measures, steady_measures
from formcheck.tuning.drafting.hold_search import SteadyHold, stretched_side
from formcheck.tuning.fitting.error_model import sigma

INSTRUCTION = "Take up the stretch, and stay in it."
SETUP = "Camera at hip height, 2.5 to 3.5 m away, level, seeing all of you from the side: the {leg} leg nearer to it."
SAFETY = "Not written yet: nobody has said who should leave this stretch alone. Stop if anything hurts."

ROOM, NOTHING_LEFT, FAULTY = 3.0, 4.0, 1.0
"""In standard deviations of one reading: full credit reaches so far from the median, credit ends so far beyond that, and a
fault begins so far beyond full credit, where it also clears."""

TELLING = 30.0
"""A posture that differs by less than this in every measure can't be told from the stretch by its shape (degrees)."""

WIDE, TRUNK_WIDE = 90.0, 45.0
"""How far a condition of the shape reaches where nothing limits it (degrees): too deep is a fault, not another stretch."""

OVERSTRETCHED = -10.0
"""No knee bends backwards by more than this (degrees); a fault that would need it is left out."""

FAULTED = 4
"""So many targets, those of most weight, get faults."""

CAP, FIRST_PRIORITY = 65, 2
"""A fault's cap lies below the score at which a hold begins. Priority 1 is for what harms, which no clip shows."""

OTHER_SIDE = "the other side"

LEG_NAMES: Mapping[str, str] = {"rear": NP_("leg", "rear"), "straight": NP_("leg", "straight")}
"""The role of the stretched leg in a sentence about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The pose file as a value, and what it stands on.

    `told_apart` has, by measure of the shape, the postures that it rules out; `alike` those that nothing rules out.
    """

    spec: StretchSpec
    hold: SteadyHold
    side: Side
    findings: Sequence[MeasureFinding]
    told_apart: Mapping[str, Sequence[str]]
    alike: Sequence[str]


def propose(name: str, hold: SteadyHold, side: Side | None, shipped: Sequence[StretchSpec], *, hold_s: float) -> Draft:
    """Return the draft of the stretch `name`, in which each side is held for `hold_s` seconds. `side` is the stretched one in
    `hold`; `None`: it is found.

    Raises DraftError where that can't be told, and where too little is steady to say what the stretch is.
    """
    side = side or stretched_side(hold)
    legs, lying = hold.legs, hold.lying
    findings = find_measures(hold, legs.roles(side))
    steady = steady_measures(findings)
    rows = [row for name, row in MEASURES.items() if name in steady and row.draft_weight > 0]
    rows.sort(key=lambda row: (not row.draft_essential, -row.draft_weight))  # the essential ones first, and the heaviest
    targets = [_target(row, steady[row.name], lying=lying) for row in rows]
    if not any(legs.stretched in MEASURES[target.measure].roles for target in targets):
        raise DraftError(
            N_(
                "the {leg} leg is not seen well enough, or does not keep still. "
                "Film with the stretched leg on the camera's side, held for ten seconds or more."
            ).format(leg=LEG_NAMES[legs.stretched])
        )
    idle_deg = {name: row.lying_flat_deg if lying else row.standing_deg for name, row in MEASURES.items()}
    rivals = {
        "lying flat" if lying else "standing about": {name: value for name, value in idle_deg.items() if value is not None},
        OTHER_SIDE: steady_measures(find_measures(hold, legs.roles(side.other))),
    }
    for other in shipped:
        if other.legs is not None and other.legs.stretched == legs.stretched:
            rivals[other.name] = {target.measure: sum(target.full) / 2 for target in other.targets if target.essential}
    shape, told_apart, alike = _shape(steady, rivals, lying=lying)
    spec = StretchSpec(
        format=1,
        name=name,
        title=name.replace("_", " ").capitalize(),
        instruction=INSTRUCTION,
        setup=SETUP.format(leg=LEG_WORDS[legs.stretched]),
        safety=SAFETY,
        view="side",
        hold_s=hold_s,
        legs=legs,
        shape=shape,
        targets=tuple(targets),
        faults=tuple(_faults(targets, lying=lying)),
    )
    return Draft(spec=spec, hold=hold, side=side, findings=findings, told_apart=told_apart, alike=alike)


def _target(row: Measure, median: float, *, lying: bool) -> Target:
    error = sigma(row.name, lying=lying)
    full = round(median - ROOM * error), round(median + ROOM * error)
    zero = round(full[0] - NOTHING_LEFT * error), round(full[1] + NOTHING_LEFT * error)
    return Target(measure=row.name, full=full, zero=zero, weight=row.draft_weight, essential=row.draft_essential)


def _faults(targets: Sequence[Target], *, lying: bool) -> Iterator[Fault]:
    """Yield a fault on either side of the targets that matter most, the heaviest told first."""
    heaviest = sorted((target for target in targets if target.essential), key=lambda target: -target.weight)[:FAULTED]
    for place, target in enumerate(heaviest):
        row = MEASURES[target.measure]
        step = round(FAULTY * sigma(target.measure, lying=lying))
        for side, sign, word in ((0, -1, "low"), (1, 1, "high")):
            limit = target.full[side] + sign * step
            if row.part is BodyPart.KNEE and limit < OVERSTRETCHED:
                continue
            yield Fault(
                name=f"{target.measure}_{word}",
                measure=target.measure,
                above=limit if sign > 0 else None,
                below=limit if sign < 0 else None,
                clear=target.full[side],
                cap=CAP,
                priority=FIRST_PRIORITY + place,
                cue=(row.too_low, row.too_high)[side],
            )


def _shape(
    steady: Mapping[str, float], rivals: Mapping[str, Mapping[str, float]], *, lying: bool
) -> tuple[tuple[ShapeRange, ...], dict[str, list[str]], list[str]]:
    """Conditions that rule out every rival: each ends half way to it, in the measure in which it differs most.

    What can be a target comes first. Only the other side is told by whatever tells it best, as which foot is behind: a person
    who meets that does no other stretch with the legs taken for each other.
    """
    trunk = (TRUNK_ELEVATION if lying else TRUNK_INCLINATION).name
    limits = {trunk: (steady[trunk] - TRUNK_WIDE, steady[trunk] + TRUNK_WIDE)} if trunk in steady else {}
    told_apart: dict[str, list[str]] = {}
    alike = []
    for rival, values in rivals.items():
        apart = {measure: values[measure] - steady[measure] for measure in values if measure in steady}
        fine = {name: gap for name, gap in apart.items() if MEASURES[name].draft_essential}
        coarse = {name: gap for name, gap in apart.items() if MEASURES[name].coarse}
        best = _most(fine | coarse) if rival == OTHER_SIDE else _most(fine) or _most(coarse)
        if best is None:
            alike.append(rival)
            continue
        middle, half = steady[best], steady[best] + apart[best] / 2
        low, high = limits.get(best, (middle - WIDE, middle + WIDE))
        limits[best] = (max(low, half), high) if half < middle else (low, min(high, half))
        told_apart.setdefault(best, []).append(rival)
    ranges = {measure: (max(-180, floor(low)), min(180, ceil(high))) for measure, (low, high) in limits.items()}
    return tuple(ShapeRange(measure=measure, range=pair) for measure, pair in ranges.items()), told_apart, alike


def _most(apart: Mapping[str, float]) -> str | None:
    """The measure that differs most, if that is enough to tell by."""
    best = max(apart, key=lambda measure: abs(apart[measure]), default=None)
    return best if best is not None and abs(apart[best]) >= TELLING else None
