"""What `formcheck new` prints: the hold that was found, what was measured in it, and what to do next."""

from collections.abc import Sequence
from pathlib import Path

from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.cli.terminal import console, say
from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.measures import MEASURES
from formcheck.core.measures.table import LEG_WORDS
from formcheck.core.values import Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import shipped_stretch
from formcheck.tuning.drafting.findings import MeasureFinding
from formcheck.tuning.drafting.proposal import Draft


def print_draft(draft: Draft, output_path: Path) -> None:
    """Print where the stretch was held, what was measured, what to beware of, and that `output_path` is written."""
    out = console()
    assert draft.spec.legs is not None, "one of them is stretched"
    hold, side, role = draft.hold, draft.side, draft.spec.legs.stretched
    posture = "lying" if hold.lying else "upright"
    say(f"Held from {hold.start_s:.1f} to {hold.end_s:.1f} s, {posture}; the {LEG_WORDS[role]} leg ({side}) is stretched.")
    if abs(hold.yaw) >= DEFAULT_TRAITS.oblique_from_deg:
        say(f"Beware: the person is turned about {abs(hold.yaw):.0f} degrees from side-on, which makes the numbers less exact.")
    if (side is Side.RIGHT) != (hold.facing > 0):
        say("Beware: the stretched leg is on the far side, where it is seen less well.")
    out.print(measures_table(draft.spec, draft.findings))
    for rival in draft.alike:
        known = shipped_stretch(rival)
        say(f"Beware: by its shape alone it looks just like {known.title if known is not None else rival}.")
    say(f"Written: {output_path}")
    say("Next: open it, look for TODO, and put in your own words. Then")
    for command, purpose in (
        (f"poses check {output_path}", "is it still in order?"),
        (f"record {output_path}", "label clips of several people, correct form and faults"),
        (f"tune CLIPS --pose {output_path} --write", "ranges that fit them"),
        (f"score CLIP --pose {output_path}", "a clip"),
        (f"live {output_path}", "in front of the camera"),
    ):
        say(f"  formcheck {command}  ({purpose})")


def measures_table(spec: StretchSpec, findings: Sequence[MeasureFinding]) -> WrappedTable:
    """Return the table of what was measured, a row for each measure, with the ranges that `spec` proposes."""
    full = {target.measure: f"{target.full[0]:g}..{target.full[1]:g}" for target in spec.targets}
    rows = [
        (MEASURES[one.measure].name_with_code, _degrees(one.median), _degrees(one.spread), one.state, full.get(one.measure, ""))
        for one in findings
    ]
    heads = ("measure", "median", "spread", "", "full credit")
    return WrappedTable(columns(*heads, right=("median", "spread"), whole=("measure", "full credit")), rows)


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
