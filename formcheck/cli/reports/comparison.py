"""What is printed of two clips against each other."""

from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.text import Text

from formcheck.analysis.scoring.comparison import ClipComparison
from formcheck.cli.reports.tables import Column, WrappedTable, columns
from formcheck.core import wording
from formcheck.core.plain_text import one_line
from formcheck.core.wording.language import shown, with_hint
from formcheck.pipeline.remarks import remarks_of
from formcheck.ui.report import comparison_words as words

_NUMBERS = wording.COMPARE_TABLE_HEADS[2:6]


def print_comparison(console: Console, comparison: ClipComparison) -> None:
    """Print the angles of both clips in a table, and what of them differs in words."""
    console.print(Group(*_parts(comparison)))


def _parts(comparison: ClipComparison) -> Iterator[RenderableType]:
    document, spec = comparison.document, comparison.a.spec
    assert spec is not None
    yield Text()
    yield Text(shown(wording.COMPARE_TITLE.format(title=spec.title)), style="bold")
    clips = [
        (name, one_line(Path(clip.clip.path).name), words.score_of(clip))
        for name, clip in zip(wording.COMPARE_CLIPS, (document.a, document.b), strict=True)
    ]
    yield WrappedTable([Column(), Column(paths=True), Column(whole=True)], clips, indented=True)
    yield Text()
    yield WrappedTable(columns(*wording.COMPARE_HELD_HEADS), words.held(document), indented=True)
    if document.differences:
        yield Text()
        heads = columns(*wording.COMPARE_TABLE_HEADS, right=_NUMBERS)
        yield WrappedTable(heads, words.table(document), indented=True)
    yield Text()
    told = [*words.verdict(document), *map(with_hint, words.limits(document))]
    for name, result in zip(wording.COMPARE_CLIPS, (comparison.a, comparison.b), strict=True):
        told += [wording.NOTE_OF.format(clips=name, note=with_hint(remark)) for remark in remarks_of(result)]
    yield from (Text("  " + shown(sentence)) for sentence in (*told, wording.NO_ADVICE))
