"""A draft as the text of a pose file, in the form of the shipped ones, each number with where it comes from."""

from collections.abc import Iterator

from formcheck.stretches import Fault, Target
from formcheck.tuning.drafting.hold_search import SteadyHold
from formcheck.tuning.drafting.proposal import Draft

_TODO = "# TODO: yours to write."


def pose_file(draft: Draft, hold: SteadyHold, clip: str) -> str:
    """Return the text (TOML). `clip` is the name of the clip that it comes from."""
    return "\n".join(_lines(draft, hold, clip)) + "\n"


def _lines(draft: Draft, hold: SteadyHold, clip: str) -> Iterator[str]:
    spec, casting = draft.spec, draft.casting
    clip = "".join(letter if letter.isprintable() else "?" for letter in clip)  # it stands in a comment
    yield f"# A draft by `formcheck new` from {clip}: one person, the {casting.side} side stretched,"
    yield f"# held from {hold.start_s:.1f} to {hold.end_s:.1f} s. Every range is that hold's median with room for other"
    yield "# people and for the camera's error; `formcheck tune` fits it to labelled clips. TODO marks what no clip shows."
    yield "format = 1"
    yield ""
    yield f"{_TODO} The first sentence of the instruction is said aloud; safety: who should ask first, when to stop."
    for key in ("title", "instruction", "setup", "safety"):
        yield f'{key} = "{getattr(spec, key)}"'
    yield f"{_TODO} What no camera sees from the side; said, never scored."
    yield "coaching = []"
    yield f'view = "{spec.view}"'
    yield f"hold_s = {spec.hold_s:g}"
    yield ""
    yield "[legs]"
    yield f'stretched = "{spec.legs.stretched}"'
    yield f'other = "{spec.legs.other}"'
    yield ""
    yield "# The gross shape: what makes it this stretch at all, whatever the form. A condition reaches half way to what it"
    yield "# rules out."
    for part in spec.shape:
        ruled_out = draft.told_apart.get(part.measure)
        yield ""
        yield f"# {_found(draft, part.measure)}" + (f"; rules out {', '.join(ruled_out)}." if ruled_out else ".")
        yield "[[shape]]"
        yield f'measure = "{part.measure}"'
        yield f"range = {_pair(part.range)}"
    if draft.alike:
        yield ""
        yield f"# Nothing here tells it from: {', '.join(draft.alike)}."
    yield ""
    yield "# TODO: where more of one of these is a deeper stretch, give it `goal = true`."
    for target in spec.targets:
        yield from _target(draft, target)
    yield ""
    yield f"{_TODO} Names, cues (at most eight words) and priorities (1 is for what harms). Delete what is no fault here."
    for fault in spec.faults:
        yield from _fault(fault)
    left_out = [finding for finding in draft.findings if not finding.steady]
    if left_out:
        yield ""
        yield f"# Left out, as not steady or not seen: {', '.join(finding.measure for finding in left_out)}."


def _target(draft: Draft, target: Target) -> Iterator[str]:
    yield ""
    yield f"# {_found(draft, target.measure)}."
    yield "[[targets]]"
    yield f'measure = "{target.measure}"'
    yield f"full = {_pair(target.full)}"
    yield f"zero = {_pair(target.zero)}"
    yield f"weight = {target.weight:g}"
    if not target.essential:
        yield "essential = false"


def _fault(fault: Fault) -> Iterator[str]:
    yield ""
    yield "[[faults]]"
    yield f'name = "{fault.name}"'
    yield f'measure = "{fault.measure}"'
    yield f"above = {fault.above:g}" if fault.above is not None else f"below = {fault.below:g}"
    yield f"clear = {fault.clear:g}"
    yield f"cap = {fault.cap:g}"
    yield f"priority = {fault.priority}"
    yield f'cue = "{fault.cue}"'


def _found(draft: Draft, measure: str) -> str:
    finding = draft.finding(measure)
    return f"Median {finding.median:.0f}, within {finding.spread:.0f} during the hold"


def _pair(pair: tuple[float, float]) -> str:
    return f"[{pair[0]:g}, {pair[1]:g}]"
