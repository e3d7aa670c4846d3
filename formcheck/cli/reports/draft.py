"""What `formcheck new` prints: the hold that was found, what was measured in it, and what to do next."""

from collections.abc import Sequence
from pathlib import Path

from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.cli.terminal import console, say
from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.measures import MEASURES
from formcheck.core.measures.table import LEG_WORDS
from formcheck.core.values import Side
from formcheck.core.wording.language import N_, joined
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import shipped_stretch
from formcheck.tuning.drafting.findings import MeasureFinding
from formcheck.tuning.drafting.proposal import Draft


def print_draft(draft: Draft, output_path: Path) -> None:
    """Print where the stretch was held, what was measured, what to beware of, and that `output_path` is written."""
    out = console()
    assert draft.spec.legs is not None, "one of them is stretched"
    hold, side, role = draft.hold, draft.side, draft.spec.legs.stretched
    held = (
        N_("Held from {start:.1f} to {end:.1f} s, lying; the {leg} leg ({side}) is stretched.")
        if hold.lying
        else N_("Held from {start:.1f} to {end:.1f} s, upright; the {leg} leg ({side}) is stretched.")
    )
    say(held.format(start=hold.start_s, end=hold.end_s, leg=LEG_WORDS[role], side=side))
    if abs(hold.yaw) >= DEFAULT_TRAITS.oblique_from_deg:
        turned = N_("Beware: the person is turned about {yaw:.0f} degrees from side-on, which makes the numbers less exact.")
        say(turned.format(yaw=abs(hold.yaw)))
    if (side is Side.RIGHT) != (hold.facing > 0):
        say(N_("Beware: the stretched leg is on the far side, where it is seen less well."))
    out.print(measures_table(draft.spec, draft.findings))
    for rival in draft.alike:
        known = shipped_stretch(rival)
        alike = N_("Beware: by its shape alone it looks just like {title}.")
        say(alike.format(title=known.title if known is not None else rival))
    say(N_("Written: {path}").format(path=output_path))
    say(N_("Next: open it, look for TODO, and put in your own words. Then"))
    for words, purpose in (
        (("poses", "check", output_path), N_("is it still in order?")),
        (("record", output_path), N_("label clips of several people, correct form and faults")),
        (("tune", "CLIPS", "--pose", output_path, "--write"), N_("ranges that fit them")),
        (("score", "CLIP", "--pose", output_path), N_("a clip")),
        (("live", output_path), N_("in front of the camera")),
    ):
        say(joined("", ("  ", " ".join(("formcheck", *map(str, words))), "  (", purpose, ")")))


def measures_table(spec: StretchSpec, findings: Sequence[MeasureFinding]) -> WrappedTable:
    """Return the table of what was measured, a row for each measure, with the ranges that `spec` proposes."""
    full = {target.measure: f"{target.full[0]:g}..{target.full[1]:g}" for target in spec.targets}
    rows = [
        (MEASURES[one.measure].name_with_code, _degrees(one.median), _degrees(one.spread), one.state, full.get(one.measure, ""))
        for one in findings
    ]
    heads = (N_("measure"), N_("median"), N_("spread"), "", N_("full credit"))
    return WrappedTable(columns(*heads, right=heads[1:3], whole=(heads[0], heads[-1])), rows)


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
