"""A draft as the text of a pose file, in the form of the shipped ones, each number with where it comes from."""

from collections.abc import Iterator
from typing import Any

from formcheck.tuning.drafting.proposal import Draft

_TODO = "# TODO: yours to write."


def pose_file(draft: Draft, clip: str) -> str:
    """Return the text (TOML). `clip` is the name of the clip that it comes from."""
    return "\n".join(_lines(draft, clip)) + "\n"


def _lines(draft: Draft, clip: str) -> Iterator[str]:
    spec, hold = draft.spec, draft.hold
    clip = "".join(letter if letter.isprintable() else "?" for letter in clip)  # it stands in a comment
    yield f"# A draft by `formcheck new` from {clip}: one person, the {draft.side} side stretched,"
    yield f"# held from {hold.start_s:.1f} to {hold.end_s:.1f} s. Every range is that hold's median with room for other"
    yield "# people and for the camera's error; `formcheck tune` fits it to labelled clips. TODO marks what no clip shows."
    yield "format = 1"
    yield ""
    yield f"{_TODO} The first sentence of the instruction is said aloud; safety: who should ask first, when to stop."
    yield from _keys(title=spec.title, instruction=spec.instruction, setup=spec.setup, safety=spec.safety)
    yield f"{_TODO} What no camera sees from the side; said, never scored."
    yield "coaching = []"
    yield from _keys(view=spec.view, hold_s=spec.hold_s)
    assert spec.legs is not None, "one of them is stretched"
    yield from ("", "[legs]", *_keys(stretched=spec.legs.stretched, other=spec.legs.other), "")
    yield "# The gross shape: what makes it this stretch at all, whatever the form. A condition reaches half way to what it"
    yield "# rules out."
    for part in spec.shape:
        ruled_out = draft.told_apart.get(part.measure)
        found = f"# {_found(draft, part.measure)}" + (f"; rules out {', '.join(ruled_out)}." if ruled_out else ".")
        yield from ("", found, "[[shape]]", *_keys(measure=part.measure, range=part.range))
    if draft.alike:
        yield from ("", f"# Nothing here tells it from: {', '.join(draft.alike)}.")
    yield from ("", "# TODO: where more of one of these is a deeper stretch, give it `goal = true`.")
    for target in spec.targets:
        keys = _keys(measure=target.measure, full=target.full, zero=target.zero, weight=target.weight)
        yield from ("", f"# {_found(draft, target.measure)}.", "[[targets]]", *keys)
        if not target.essential:
            yield "essential = false"
    yield ""
    yield f"{_TODO} Names, cues (at most eight words) and priorities (1 is for what harms). Delete what is no fault here."
    for fault in spec.faults:
        keys = _keys(name=fault.name, measure=fault.measure, **{fault.key: fault.value}, clear=fault.clear, cap=fault.cap)
        yield from ("", "[[faults]]", *keys, *_keys(priority=fault.priority, cue=fault.cue))
    left_out = [finding.measure for finding in draft.findings if not finding.steady]
    if left_out:
        yield from ("", f"# Left out, as not steady or not seen: {', '.join(left_out)}.")


def _keys(**values: Any) -> Iterator[str]:
    """Yield a line for each key: texts in quotes, ranges in brackets, numbers as short as can be."""
    for key, value in values.items():
        if isinstance(value, str):
            yield f'{key} = "{value}"'
        else:
            yield f"{key} = [{value[0]:g}, {value[1]:g}]" if isinstance(value, tuple) else f"{key} = {value:g}"


def _found(draft: Draft, measure: str) -> str:
    finding = next(one for one in draft.findings if one.measure == measure)
    return f"Median {finding.median:.0f}, within {finding.spread:.0f} during the hold"
