"""A flexibility check at the terminal: what was read of each side, in soft words, or why there is no verdict."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.text import Text

from formcheck.cli import terminal
from formcheck.cli.reports.tables import WrappedTable, columns
from formcheck.core import wording
from formcheck.core.durations import DAY
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import N_, Sentence, shown, with_hint
from formcheck.people.history.checks import CheckRecord

if TYPE_CHECKING:
    from formcheck.analysis.checks.result import CheckedSide
    from formcheck.stretches.checks import CheckSpec

_HEADS = (
    N_("check"),
    N_("day"),
    N_("side"),
    N_("reading"),
    N_("degrees"),
    wording.GIVE_OR_TAKE,
    N_("band"),
    N_("id"),
)


def print_check(console: Console, spec: "CheckSpec", sides: "Sequence[CheckedSide]", *, level_deg: float | None) -> None:
    """Print what is told of each side, and what no camera sees."""
    console.print(Group(*_parts(spec, sides, level_deg=level_deg)))


def _parts(spec: "CheckSpec", sides: "Sequence[CheckedSide]", *, level_deg: float | None) -> Iterator[RenderableType]:
    from formcheck.pipeline.readings.check_words import side_in_words, sides_apart

    yield Text(shown(spec.title), style="bold")
    if not sides:
        yield Text(shown(wording.CHECK_NOBODY.format(setup=spec.setup)))
    for side in sides:
        yield Text()
        told = side_in_words(spec, side)
        yield Text(shown(told.title))
        if told.error is not None:
            yield WrappedTable(columns("", "", ""), list(told.rows), indented=True)
            yield Text(shown(told.error))
        if told.reasons:
            yield Text(shown(wording.CHECK_NO_VERDICT), style="warn")
            yield from (Text("  " + shown(with_hint(reason))) for reason in told.reasons)
    yield Text()
    if sides:
        yield Text(shown(wording.CHECK_UNLEVELLED if level_deg is None else wording.CHECK_LEVEL.format(degrees=level_deg)))
    if (apart := sides_apart(spec, sides)) is not None:
        yield Text(shown(apart))
    yield Text(shown(wording.CHECK_UNSEEN))
    yield from (Text("  " + shown(one)) for one in spec.unseen)
    yield Text(shown(wording.CHECK_NO_DIAGNOSIS))


def print_change(console: Console, spec: "CheckSpec", records: Sequence[CheckRecord], earlier: Sequence[CheckRecord]) -> None:
    """Print what has changed since the last time, as far as it can be told; nothing where there was none."""
    from formcheck.pipeline.readings.check_words import changes_in_words

    for sentence in changes_in_words(spec, records, earlier):
        console.print(sentence)


def print_kept_checks(records: Sequence[CheckRecord], *, below: bool) -> None:
    """Print the table of checks that were kept, a reading a row; `below` sessions, after a blank line."""
    console = terminal.console()
    if below:
        console.print()
    heads = columns(*_HEADS, right=_HEADS[4:6], whole=("day", "id"))
    rows = [
        (
            one_line(one.check),
            DAY.format(day=one.taken),
            Sentence("{side}").format(side=one.side),
            one_line(one.reading),
            f"{one.degrees:.0f}",
            f"{one.error_deg:.0f}",
            one_line(one.band or wording.CHECK_WITHOUT),
            one_line(one.short_id),
        )
        for one in records
    ]
    console.print(WrappedTable(heads, rows))
