"""Tables at the terminal: columns as wide as their cells, which wrap between words where the line is too short for that."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from formcheck.core.plain_text import each_line
from formcheck.core.wording.language import shown

Cell = str | Text
Name = TypeVar("Name")

_GAP = 2
_PATH_LEAST = 16
"""Characters of a long path that a line has at least, before other columns give way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and how it gives way where the line is too short.

    One that is `whole` wraps after all others have; one with `paths` may be broken within a word; `least` characters are kept
    for it, as long as there is room for them. A `key` tells rows apart, as the first column does.
    """

    head: str = ""
    right: bool = False
    whole: bool = False
    paths: bool = False
    key: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Width:
    """Of one column: of all its cells in one line, of its longest word, and the width that it has."""

    column: Column
    natural: int
    word: int
    now: int

    @property
    def wished(self) -> int:
        """What it keeps as long as others can give way."""
        return self.natural if self.column.whole else min(self.natural, max(self.word, self.column.least))


@dataclass(frozen=True, slots=True)
class WrappedTable:
    """A table of any console: no line is longer than it has room for, and nothing of a cell is left out.

    Where not even the longest words fit beside each other, and what is to stay whole, it goes on below with the columns that
    are left, each part beginning with the keys.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    title: str = ""
    indented: bool = False

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        heads = [replace(column, head=shown(column.head)) for column in self.columns]
        rows = [[shown(cell) if isinstance(cell, str) else cell for cell in row] for row in self.rows]
        yield from replace(self, columns=heads, rows=rows, title=shown(self.title)).lines(console, options)

    def lines(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines of the table, with its texts as they are."""
        room = options.max_width - _GAP * self.indented
        title = self.title
        widths = [_measured(column, cells) for column, cells in zip(self.columns, self._cells(), strict=True)]
        keys = [i for i, column in enumerate(self.columns) if i == 0 or column.key]
        for number, numbers in enumerate(_parts(widths, keys, room)):
            if number > 0:
                yield Text()
            fitted = _fitted([widths[i] for i in numbers], room)
            if title:
                yield Text(title, style="bold")
                title = ""
            news = numbers if number == 0 else numbers[len(keys) :]
            rows = [row for row in self.rows if any(row[i] for i in news)]
            yield from self._part(console, rows, numbers, fitted)

    def _cells(self) -> Iterator[list[Cell]]:
        return (list(cells) for cells in zip(*self.rows, strict=True)) if self.rows else ([] for _ in self.columns)

    def _part(
        self, console: Console, rows: Sequence[Sequence[Cell]], numbers: Sequence[int], widths: Sequence[_Width]
    ) -> Iterator[Text]:
        """The lines of these columns, with nothing after the last word of each."""
        heads = [Text(column.head, style="bold") for column in self.columns]
        for row in [heads, *rows] if any(column.head for column in self.columns) else rows:
            cells = [Text(each_line(cell)) if isinstance(cell := row[i], str) else cell for i in numbers]
            wrapped = [cell.wrap(console, width.now, overflow="fold") for cell, width in zip(cells, widths, strict=True)]
            for i in range(max(map(len, wrapped), default=0)):
                line = Text(" " * _GAP * self.indented, no_wrap=True)
                for lines, width in zip(wrapped, widths, strict=True):
                    part = lines[i] if i < len(lines) else Text()
                    part.rstrip()
                    part.align("right" if width.column.right else "left", width.now)
                    line.append_text(part).append(" " * _GAP)
                line.rstrip()
                yield line


def columns(*heads: str, right: Iterable[str] = (), whole: Iterable[str] = ()) -> list[Column]:
    """Return a column for each of `heads`; those named in `right` are set to the right, those in `whole` give way last."""
    right, whole = set(right), set(whole)
    return [Column(head=head, right=head in right, whole=head in whole) for head in heads]


def sum_by_name(pairs: Iterable[tuple[Name, float]]) -> dict[Name, float]:
    """Return the sum of the numbers of each name, in the order in which the names come."""
    sums: dict[Name, float] = defaultdict(float)
    for name, number in pairs:
        sums[name] += number
    return sums


def _measured(column: Column, cells: Sequence[Cell]) -> _Width:
    texts = [column.head, *map(str, cells)]
    natural = max(column.least, *(cell_len(line) for text in texts for line in text.split("\n")))
    word = max((cell_len(word) for text in texts for word in text.split()), default=1)
    return _Width(column=column, natural=natural, word=min(word, _PATH_LEAST) if column.paths else word, now=natural)


def _total(widths: Sequence[_Width]) -> int:
    return sum(width.now for width in widths) + _GAP * (len(widths) - 1)


def _parts(widths: Sequence[_Width], keys: Sequence[int], room: int) -> Iterator[list[int]]:
    """The numbers of the columns that stand beside each other: all, if their longest words fit, and what is to stay whole."""
    least = [width.natural if width.column.whole else width.word for width in widths]
    part = list(keys)
    for i in (i for i in range(len(widths)) if i not in keys):
        if len(part) > len(keys) and sum(least[j] + _GAP for j in part) + least[i] > room:
            yield part
            part = list(keys)
        part.append(i)
    yield part


def _fitted(widths: Sequence[_Width], room: int) -> list[_Width]:
    """The widths that fit: the widest give way first, at first without breaking words, and those that are whole last."""
    now = [width.now for width in widths]
    now[-1] = max(now[-1], 1)  # the library makes an empty column at the end so wide
    for floors in ([width.wished for width in widths], [width.word for width in widths], [1] * len(widths)):
        now = _narrowed(now, floors, sum(now) + _GAP * (len(now) - 1) - room)
    return [replace(width, now=fitted) for width, fitted in zip(widths, now, strict=True)]


def _narrowed(now: Sequence[int], floors: Sequence[int], excess: int) -> list[int]:
    """These widths made narrower by `excess` in all, as far as the floors allow: the widest first, down to the next."""
    now = list(now)
    gaps = [_GAP] * (len(now) - 1) + [0]
    while excess > 0 and (wider := [i for i, floor in enumerate(floors) if now[i] > floor]):
        outer = {i: now[i] + gaps[i] for i in wider}
        widest = max(outer.values())
        step = widest - max((width for width in outer.values() if width < widest), default=0)
        group = [i for i in wider if outer[i] == widest]
        for left, i in zip(range(len(group), 0, -1), group, strict=True):
            cut = min(step, now[i] - floors[i], round(excess / left))
            now[i] -= cut
            excess -= cut
    return now
