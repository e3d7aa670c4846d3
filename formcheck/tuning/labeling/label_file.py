"""The text of a label file: a new one, or an old one with only its changes.

Comments, order, other keys and the way numbers are written stay as they were. A comment above an interval belongs, in TOML, to
the table before it; when that is removed, the comment stays.
"""

from dataclasses import dataclass
from typing import Any

import tomlkit
from tomlkit.items import AoT, Comment, Table

from formcheck.tuning.labeling.intervals import Intervals
from formcheck.tuning.labels import LabelInterval, Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The description of a clip in its label file. `side` is left, right or both; `None` in a clip without a stretch."""

    pose: str
    person: str
    part: str
    side: str | None = None
    yaw_deg: float | None = None


def about_clip(labels: Labels) -> About:
    """Return the description of the clip in a label file."""
    side = str(labels.stretched_side) if labels.stretched_side is not None else None
    yaw_deg = labels.camera.yaw_deg if labels.camera is not None else None
    return About(pose=labels.pose, person=labels.person, part=labels.part, side=side, yaw_deg=yaw_deg)


def label_text(old: str | None, about: About, intervals: Intervals) -> str:
    """Return the text of the label file; `old` is what it was (TOML), `None` for a new one."""
    windows = old is not None and "\r\n" in old
    document = tomlkit.parse(old.replace("\r\n", "\n") if old is not None else "format = 1\n")
    values: dict[str, Any] = {"pose": about.pose, "person": about.person, "part": about.part, "stretched_side": about.side}
    if old is None:
        values["source"] = "recorded"
    for key, value in values.items():
        default = Labels.model_fields[key].default
        if value is not None and document.get(key, default) != value:
            document[key] = value
    if about.yaw_deg is not None:
        camera = document.setdefault("camera", tomlkit.table())
        if camera.get("yaw_deg") != about.yaw_deg:
            camera["yaw_deg"] = about.yaw_deg
    _set_intervals(document, intervals)
    text = _space_out(tomlkit.dumps(document))
    return text.replace("\n", "\r\n") if windows else text


def _set_intervals(document: Any, intervals: Intervals) -> None:
    """Change, insert and remove tables, so that they state `intervals`."""
    tables = document.get("intervals")
    if not isinstance(tables, AoT):  # none, or written in one line
        if tables is not None:
            del document["intervals"]
        tables = tomlkit.aot()
        for entry in intervals:
            tables.append(_table(entry))
        if intervals:
            document["intervals"] = tables
        return
    matched = _matched([LabelInterval.model_validate(table.unwrap()) for table in tables], intervals)
    for i in reversed(range(len(tables))):
        if i not in matched:
            _remove(document, tables, i)
    olds = {number: place for place, number in enumerate(sorted(number for number in matched if number is not None))}
    put_in = 0
    for place, (number, entry) in enumerate(zip(matched, intervals, strict=True)):
        if number is None:
            tables.insert(place, _table(entry))
            put_in += 1
        else:
            _change(tables[olds[number] + put_in], entry)
    if not intervals:
        del document["intervals"]


def _matched(olds: list[LabelInterval], intervals: Intervals) -> list[int | None]:
    """Return for every interval of `intervals` which old one it was: in order, each at most once, those with time in common."""
    matched: list[int | None] = []
    free = 0
    for i, entry in enumerate(intervals):
        candidates = [
            number
            for number in range(free, len(olds))
            if _common_s(olds[number], entry) > 0 and _best(olds[number], intervals) == i
        ]
        exact = [number for number in candidates if olds[number] == entry]
        number = exact[0] if exact else max(candidates, key=lambda n: _common_s(olds[n], entry), default=None)
        matched.append(number)
        free = number + 1 if number is not None else free
    return matched


def _best(old: LabelInterval, intervals: Intervals) -> int:
    return max(range(len(intervals)), key=lambda i: (old == intervals[i], _common_s(old, intervals[i])))


def _common_s(one: LabelInterval, other: LabelInterval) -> float:
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)


def _table(entry: LabelInterval) -> Any:
    table = tomlkit.table()
    _change(table, entry)
    return table


def _change(table: Any, entry: LabelInterval) -> None:
    values = {"start_s": float(entry.start_s), "end_s": float(entry.end_s), "label": entry.label}
    if entry.stretched_side is not None:
        values["stretched_side"] = entry.stretched_side.value
    for key, value in values.items():
        if table.get(key) != value:
            table[key] = value
    if "stretched_side" not in values and "stretched_side" in table:
        del table["stretched_side"]


def _remove(document: Any, tables: Any, number: int) -> None:
    """Delete a table; comments after its last key stand above the next one, and stay."""
    body = tables[number].value.body
    last = max(i for i, (key, _) in enumerate(body) if key is not None)
    comments = [item for _, item in body[last + 1 :] if isinstance(item, Comment)]
    earlier = [item for key, item in document.body if key is not None and isinstance(item, Table)]
    keepers = [*([tables[number - 1]] if number else earlier[-1:]), *tables[number + 1 : number + 2], document]
    for comment in comments:
        keepers[0].add(tomlkit.comment(comment.trivia.comment.removeprefix("#").strip()))
    del tables[number]


def _space_out(text: str) -> str:
    """Return the text with an empty line before every interval, and none at its end."""
    lines: list[str] = []
    for line in text.rstrip().splitlines():
        if line.strip() == "[[intervals]]" and lines and lines[-1].strip() and not lines[-1].startswith("#"):
            lines.append("")
        lines.append(line)
    return "\n".join(lines) + "\n"
