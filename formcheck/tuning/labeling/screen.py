"""The labelling window's contents, as data: the picture, a lane for every label with its key, and the other keys.

A label has its own lane with its name, so that place and word identify it beside its colour. A thick bar is correct form, a
thin one another posture, a chain of dots an unseen person, a bar with a stop at both ends a fault.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from formcheck.coaching.events import Key
from formcheck.core import wording
from formcheck.core.durations import format_clip_time
from formcheck.core.wording.language import N_, joined, number
from formcheck.tuning.labeling.editor import GAP, Asking, KeyMap, LabelEditor, label_words
from formcheck.tuning.labeling.filming import Filming, FilmingPhase
from formcheck.tuning.labeling.intervals import Intervals, PendingLabel, interval_at
from formcheck.tuning.labels import CORRECT, OTHER, UNSEEN, LabelInterval
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Mark, Ring, Text, Tone
from formcheck.ui.kept_session import shown_block_side
from formcheck.ui.screen import Box
from formcheck.ui.screen.bars import KeyRow, arrange_in_rows, draw_key_row
from formcheck.ui.screen.text import draw_paragraph
from formcheck.ui.screen.words import CAPS, KEY_NAMES

_TITLE, _WORD, _NOTE = 0.036, 0.026, 0.04
"""Heights of lines. All in units; a unit is the window's height, or less where it is narrow."""
_SMALLEST = 0.016
"""A title that would have to be smaller is left out."""
_BAR, _LANE, _AXIS, _EDGE = 0.064, 0.031, 0.038, 0.02
_NAMES = 0.34
"""The room for the names of the lanes."""
_NARROW = 1.25
"""A window of a smaller aspect has a unit that shrinks with its width."""
_TICKS_S = (0.1, 0.5, 1, 5, 10, 30, 60, 300, 600, 3600)
_TICK_ROOM = 0.09
_AT_LEAST_S = 20.0
"""While filming, the lanes show at least this much time."""

_TONES = {CORRECT: Tone.GOOD, OTHER: Tone.PLAIN, UNSEEN: Tone.UNSEEN}


_ENTER, _BACKSPACE = N_("enter"), N_("backspace")
_OTHER_SIDE = N_("other side (now {side})")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelingView:
    """All that is shown.

    `count` is the countdown's; `keys` are pairs of a key's label and what it does.
    """

    title: str
    state: str
    key_map: KeyMap
    intervals: Intervals
    at_s: float
    length_s: float
    keys: Sequence[tuple[str, str]]
    pending: PendingLabel | None = None
    playing: bool = False
    filming: bool = False
    count: int | None = None
    note: str = ""
    mirrored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelingDrawing:
    """The place of the picture, and the shapes painted over everything."""

    picture: Box
    marks: tuple[Mark, ...]


def view_of_editor(editor: LabelEditor, title: str) -> LabelingView:
    """Return the view of the editor."""
    here = interval_at(editor.intervals, editor.here_s)
    picture = N_("picture {number} of {count}").format(number=editor.number + 1, count=len(editor.clip.times_s))
    return LabelingView(
        title=title,
        state=joined("   ", (picture, N_("playing") if editor.playing else wording.STOPPED)),
        key_map=editor.key_map,
        intervals=editor.intervals,
        at_s=editor.here_s,
        length_s=editor.clip.length_s,
        keys=_desk_keys(editor),
        pending=editor.history.pending,
        playing=editor.playing,
        note=_question(editor, here) or editor.note,
    )


def _question(editor: LabelEditor, here: LabelInterval | None) -> str:
    match editor.asking:
        case Asking.RELABEL if here is not None:
            old = label_words(here.label)
            return N_("What is it instead of {label}, {start_s:.2f} to {end_s:.2f} s? Press a label's key.").format(
                label=old, start_s=here.start_s, end_s=here.end_s
            )
        case Asking.LEAVE:
            if editor.filmed:
                return N_("Not saved. s saves and leaves, d throws the film and its marks away, any other key goes back.")
            return N_("Not saved. s saves and leaves, d throws the changes away, any other key goes back.")
    return ""


def _desk_keys(editor: LabelEditor) -> list[tuple[str, str]]:
    both = [("o", _OTHER_SIDE.format(side=editor.side))] if editor.key_map.both else []
    label_keys: list[tuple[str, str]] = [(_BACKSPACE, N_("erase")), ("r", N_("relabel"))]
    if editor.history.pending:
        ending = [(_ENTER, N_("ends it here"))] if editor.history.pending.covers_time else []
        label_keys = [*ending, (_BACKSPACE, N_("drop it"))]
    return [
        (CAPS[Key.PAUSE], wording.KEY_PAUSE if editor.playing else N_("play")),
        (N_("left right"), N_("a picture")),
        (N_("page"), N_("a second")),
        (N_("up down"), N_("boundary")),
        (N_("home end"), N_("start, end")),
        *label_keys,
        (", .", N_("move boundary")),
        *both,
        ("z y", N_("undo, redo")),
        ("f", wording.KEY_FULL_SCREEN),
        ("s", N_("save")),
        ("q", KEY_NAMES[Key.QUIT]),
    ]


def view_of_filming(filming: Filming, title: str, trouble: str = "") -> LabelingView:
    """Return the view of filming. The picture is mirrored; the recording is not."""
    note = {
        FilmingPhase.READY: N_("Space starts the film, after five seconds."),
        FilmingPhase.COUNTDOWN: N_("The film begins."),
        FilmingPhase.DONE: N_("The film is being written."),
    }.get(filming.phase, "")
    space, quits = CAPS[Key.PAUSE], KEY_NAMES[Key.QUIT]
    both = [("o", _OTHER_SIDE.format(side=filming.side))] if filming.key_map.both else []
    running = [(space, N_("end the film")), (_ENTER, N_("no label from here")), *both, ("z", N_("undo"))]
    before = [(space, N_("start") if filming.phase is FilmingPhase.READY else N_("not yet")), ("q", quits)]
    return LabelingView(
        title=title,
        state="",
        key_map=filming.key_map,
        intervals=filming.history.shown,
        at_s=filming.film_s,
        length_s=max(filming.film_s, _AT_LEAST_S),
        keys=running if filming.phase is FilmingPhase.FILMING else before,
        pending=filming.history.pending,
        filming=filming.phase is FilmingPhase.FILMING,
        count=filming.count if filming.phase is FilmingPhase.COUNTDOWN else None,
        note=trouble or note,
        mirrored=True,
    )


def draw_view(view: LabelingView, *, picture: float, window: float) -> LabelingDrawing:
    """Return the drawing of `view` for a picture and a window of these aspects (width over height)."""
    unit = min(1.0, window / _NARROW)
    rows = arrange_in_rows(view.keys, _WORD * unit, 0.9 * _WORD * unit, window - 2 * _EDGE * unit)
    keys_tall = (len(rows) * 1.35 * _WORD + _EDGE) * unit
    lanes_tall = ((len(view.key_map.labels) + 1) * _LANE + _AXIS) * unit
    top = 1.0 - _BAR * unit
    low = keys_tall + lanes_tall
    tall = max(0.05, top - low)
    wide = min(window, picture * tall)
    box = Box(left=(window - wide) / 2, low=low + (tall - wide / picture) / 2, width=wide, height=wide / picture)
    marks = [
        *_draw_heading(view, window, unit),
        *_draw_lanes(view, Box(left=0.0, low=keys_tall, width=window, height=lanes_tall), unit),
        *_draw_keys(rows, keys_tall, unit),
        *_draw_overlay(view, box, unit),
    ]
    return LabelingDrawing(picture=box, marks=tuple(marks))


def format_time(time_s: float) -> str:
    """Return a time as text: minutes, seconds, hundredths."""
    hundredths = int(time_s * 100 + 1e-6)
    return joined("", (f"{hundredths // 6000}:", number(hundredths // 100 % 60 + hundredths % 100 / 100, "05.2f")))


def _draw_heading(view: LabelingView, window: float, unit: float) -> Iterator[Mark]:
    """Yield, from the right to the left: the time, or that it is filmed; the present label; the title."""
    y, size, edge = 1.0 - _BAR / 2 * unit, _TITLE * unit, _EDGE * unit
    right = window - edge
    if view.filming:
        text = N_("REC {time}").format(time=format_time(view.at_s))
        yield Text(at=(right, y), text=text, size=1.15 * size, tone=Tone.ALERT, anchor=Anchor.RIGHT, bold=True)
        right -= text_metrics.width(text, 1.15 * size) + 0.022 * unit
        yield Dot(at=(right, y), radius=0.016 * unit, tone=Tone.ALERT)
        right -= 0.05 * unit
    elif not view.mirrored:  # before and after filming there is no time to show
        time = N_("{time} of {whole}").format(time=format_time(view.at_s), whole=format_time(view.length_s))
        yield Text(at=(right, y), text=time, size=size, anchor=Anchor.RIGHT, bold=True)
        right -= text_metrics.width(time, size) + 0.03 * unit
    label, words = _present_label(view)
    if words:
        yield Text(at=(right, y), text=words, size=1.1 * size, tone=_tone(label), anchor=Anchor.RIGHT, bold=True)
        right -= text_metrics.width(words, 1.1 * size) + 0.03 * unit
    room = max(right - 2 * edge, 1e-6)
    size *= min(1.0, room / max(text_metrics.width(view.title, size), 1e-9))
    if size > _SMALLEST * unit:
        yield Text(at=(edge, y), text=view.title, size=size)


def _present_label(view: LabelingView) -> tuple[str | None, str]:
    """Return the label that holds here, and its words."""
    if view.pending is not None:
        marking = N_("marking from {time}: {label}") if view.at_s < view.pending.since_s else N_("marking: {label}")
        return view.pending.label, marking.format(time=format_time(view.pending.since_s), label=label_words(view.pending.label))
    here = interval_at(view.intervals, view.at_s)
    return (here.label, label_words(here.label)) if here is not None and not view.mirrored else (None, "")


def _draw_lanes(view: LabelingView, box: Box, unit: float) -> Iterator[Mark]:
    """Yield a lane for every label, always in the same order, and the axis below them."""
    left, right = box.left + _NAMES * unit, box.right - 1.5 * _EDGE * unit
    scale = (right - left) / max(view.length_s, 1e-9)
    size = _WORD * unit

    def x(time_s: float) -> float:
        return left + min(time_s, view.length_s) * scale

    lanes = [*view.key_map.labels.items(), (GAP, None)]
    ground = box.low + _AXIS * unit
    here, marking = interval_at(view.intervals, view.at_s), view.pending is not None
    for i, (key, label) in enumerate(lanes):
        y = ground + (len(lanes) - i - 0.5) * _LANE * unit
        drawing = view.pending is not None and view.pending.label == label
        now = drawing or (not marking and here is not None and here.label == label)
        cap = _EDGE * unit
        yield Text(at=(cap, y), text=key, size=size, tone=Tone.ADJUST, bold=True)
        yield Text(
            at=(cap + 0.03 * unit, y), text=label_words(label), size=size, tone=_tone(label) if now else Tone.PLAIN, bold=now
        )
        if drawing:
            yield from _draw_arrow((left - 0.018 * unit, y), 0.45 * _LANE * unit, Tone.ADJUST)
        if label is None:
            clear = right if x(view.at_s) < (left + right) / 2 else left  # where the line of the present is not
            anchor = Anchor.RIGHT if clear == right else Anchor.LEFT
            yield Text(at=(clear, y), text=view.state, size=size, tone=Tone.UNSEEN, anchor=anchor)
            continue
        yield Line(start=(left, y), end=(right, y), width=0.0012 * unit, tone=Tone.FAINT)
        for entry in view.intervals:
            if entry.label == label:
                yield from _draw_bar(entry, x(entry.start_s), x(entry.end_s), y, unit)
    yield from _draw_axis(view, x, ground, unit)
    top = ground + len(lanes) * _LANE * unit
    yield Line(start=(x(view.at_s), ground - 0.006 * unit), end=(x(view.at_s), top), width=0.003 * unit, tone=Tone.ADJUST)


def _draw_bar(entry: LabelInterval, start: float, end: float, y: float, unit: float) -> Iterator[Mark]:
    tone = _tone(entry.label)
    thick = {CORRECT: 0.0155, OTHER: 0.004, UNSEEN: 0.0}.get(entry.label, 0.008) * unit
    if entry.label == UNSEEN:
        step = 0.013 * unit
        count = max(1, int((end - start) / step))
        for i in range(count):
            yield Dot(at=(start + (i + 0.5) * (end - start) / count, y), radius=0.0034 * unit, tone=tone)
    else:
        inset = min(thick / 2, (end - start) / 2)
        yield Line(start=(start + inset, y), end=(end - inset, y), width=thick, tone=tone)
    if entry.label not in _TONES:
        for edge in (start, end):
            yield Line(start=(edge, y - 0.011 * unit), end=(edge, y + 0.011 * unit), width=0.0035 * unit, tone=tone)
    if entry.stretched_side is not None:
        word = shown_block_side(entry.stretched_side)
        size = 0.8 * _WORD * unit
        if text_metrics.width(word, size) < end - start:
            middle = (start + end) / 2
            yield Text(at=(middle, y), text=word, size=size, anchor=Anchor.CENTRE, bold=True, outlined=True)


def _draw_axis(view: LabelingView, place: Callable[[float], float], ground: float, unit: float) -> Iterator[Mark]:
    span = place(view.length_s) - place(0.0)
    step = next((s for s in _TICKS_S if s * span / max(view.length_s, 1e-9) >= _TICK_ROOM * unit), _TICKS_S[-1])
    count = int(view.length_s / step + 1e-9)
    for i in range(count + 1):
        at_x = place(i * step)
        yield Line(
            start=(at_x, ground - 0.004 * unit), end=(at_x, ground + 0.004 * unit), width=0.0016 * unit, tone=Tone.UNSEEN
        )
        text = format_clip_time(int(i * step)) if step >= 1 else number(i * step, ".1f")
        yield Text(at=(at_x, ground - 0.02 * unit), text=text, size=0.75 * _WORD * unit, tone=Tone.UNSEEN, anchor=Anchor.CENTRE)


def _draw_arrow(at_point: tuple[float, float], size: float, tone: Tone) -> Iterator[Mark]:
    """Yield an arrow at the lane of the pending label."""
    x, y = at_point
    for dy in (size, -size):
        yield Line(start=(x - 0.7 * size, y + dy), end=(x + 0.6 * size, y), width=0.35 * size, tone=tone)


def _draw_keys(rows: Sequence[KeyRow], tall: float, unit: float) -> Iterator[Mark]:
    size = _WORD * unit
    for i, row in enumerate(rows):
        y = tall - _EDGE / 2 * unit - (i + 0.5) * 1.35 * size
        yield from draw_key_row(row, (_EDGE * unit, y), size)


def _draw_overlay(view: LabelingView, box: Box, unit: float) -> Iterator[Mark]:
    """Yield the drawings on the picture: the countdown, a sentence."""
    if view.count is not None:
        radius = 0.12 * unit
        yield Ring(at=box.middle, radius=radius, width=0.012 * unit, share=1.0, tone=Tone.ADJUST)
        yield Text(at=box.middle, text=str(view.count), size=1.2 * radius, anchor=Anchor.CENTRE, bold=True)
    if view.note:
        place = Box(left=box.left, low=box.low + 0.01, width=box.width, height=0.45 * box.height)
        yield from draw_paragraph(view.note, place, _NOTE * unit, upwards=True)


def _tone(label: str | None) -> Tone:
    return _TONES.get(label, Tone.ALERT) if label is not None else Tone.PLAIN
