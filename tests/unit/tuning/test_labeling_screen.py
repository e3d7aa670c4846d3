"""What is shown while marking: all of it inside the window, every label with its key and its lane, words beside colours."""

import pytest

from formcheck.core.values import Side
from formcheck.stretches import StretchSpec
from formcheck.tuning.labeling.editor import LabelEditor, label_words, make_key_map
from formcheck.tuning.labeling.filming import Filming
from formcheck.tuning.labeling.intervals import EditHistory
from formcheck.tuning.labeling.screen import (
    LabelingDrawing,
    LabelingView,
    draw_view,
    format_time,
    view_of_editor,
    view_of_filming,
)
from formcheck.tuning.labeling.window import render_labeling_window
from formcheck.tuning.labels import CORRECT, UNSEEN, LabelInterval
from formcheck.ui.drawing import text_metrics
from formcheck.ui.drawing.shapes import Anchor, Dot, Line, Text, flatten
from formcheck.ui.opencv.base_window import key_name
from tests.support.clips import colours
from tests.support.specs import KNEELING, SHIPPED
from tests.unit.tuning.test_labeling import CLIP, editor, interval, pressed

WINDOWS = {"laptop": (1280, 800), "full_hd": (1920, 1080), "upright": (700, 1000), "small": (500, 400)}
PICTURES = {"wide": 16 / 9, "upright": 9 / 16}


def words(found: LabelingDrawing) -> list[str]:
    return [mark.text for mark in flatten(found.marks) if isinstance(mark, Text)]


def views(spec: StretchSpec) -> dict[str, LabelingView]:
    entries = (
        LabelInterval(start_s=0.5, end_s=3, label=CORRECT, stretched_side=Side.LEFT),
        interval(3, 3.2, UNSEEN),
        LabelInterval(start_s=4, end_s=10, label=spec.faults[-1].name, stretched_side=Side.RIGHT),
    )
    now = LabelEditor(clip=CLIP, key_map=make_key_map(spec, both=True), history=EditHistory(intervals=entries), saved=())
    filming = Filming(key_map=make_key_map(spec, both=True), history=EditHistory(intervals=entries))
    counting = filming.at(1.0).press("space").at(3.5)
    title = f"a_clip_with_a_rather_long_name_{spec.name}.mp4   both sides, p12"
    return {
        "editor": view_of_editor(now, title),
        "marking": view_of_editor(pressed(now, "page_down", "1", "page_down"), title),
        "leaving": view_of_editor(now.press("q"), title),
        "relabel": view_of_editor(pressed(now, "page_down", "r"), title),
        "ready": view_of_filming(filming, title),
        "counting": view_of_filming(counting, title),
        "filming": view_of_filming(counting.at(7.0).press("c").at(9.0), title, "camera 0: has sent no picture for 3 s."),
    }


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("picture", PICTURES)
def test_all_of_it_lies_in_the_window(spec: StretchSpec, window: str, picture: str) -> None:
    width, height = WINDOWS[window]
    for name, view in views(spec).items():
        found = draw_view(view, picture=PICTURES[picture], window=width / height)
        box = found.picture
        assert box.width / box.height == pytest.approx(PICTURES[picture])
        assert box.left >= -1e-9
        assert box.low >= 0
        assert box.right <= width / height + 1e-9
        assert box.top <= 1
        for mark in found.marks:
            if isinstance(mark, Text):
                wide = text_metrics.width(mark.text, mark.size)
                left = mark.at[0] - {Anchor.LEFT: 0.0, Anchor.CENTRE: wide / 2, Anchor.RIGHT: wide}[mark.anchor]
                assert left >= -1e-9, (name, mark)
                assert left + wide <= width / height * 1.01, (name, mark)
                assert mark.at[1] - mark.size / 2 >= 0, (name, mark)
                assert mark.at[1] + mark.size / 2 <= 1, (name, mark)


def test_every_label_has_its_key_and_its_word() -> None:
    said = words(draw_view(view_of_editor(editor(), "clip"), picture=1.6, window=1.6))
    for key, label in make_key_map(KNEELING).labels.items():
        assert key in said
        assert label_words(label) in said


def test_labels_differ_by_place_and_shape_not_by_colour_alone() -> None:
    def drawn(label: str) -> tuple[float, set[float], bool]:
        marks = draw_view(view_of_editor(editor(interval(1, 5, label)), "clip"), picture=1.6, window=1.6).marks
        plain = draw_view(view_of_editor(editor(), "clip"), picture=1.6, window=1.6).marks
        more = [mark for mark in marks if mark not in plain]
        lines = [mark for mark in more if isinstance(mark, Line)]
        dots = [mark for mark in more if isinstance(mark, Dot)]
        places = [line.start[1] for line in lines] + [dot.at[1] for dot in dots]
        return max(places), {line.width for line in lines}, bool(dots)

    found = [drawn(label) for label in (CORRECT, "leaning_forward", UNSEEN, "other")]
    assert len({place for place, _, _ in found}) == 4
    assert len({(frozenset(widths), dots) for _, widths, dots in found}) == 4


def test_recording_is_told_in_a_word_and_a_sign() -> None:
    view = views(KNEELING)["filming"]
    found = draw_view(view, picture=16 / 9, window=1.6)
    assert any(text.startswith("REC 0:0") for text in words(found))
    assert not any(text.startswith("REC") for text in words(draw_view(views(KNEELING)["ready"], picture=1.6, window=1.6)))
    assert view.mirrored


def test_what_is_asked_is_shown() -> None:
    leaving = draw_view(views(KNEELING)["leaving"], picture=16 / 9, window=1.6)
    assert "throws" in " ".join(words(leaving))
    fresh = LabelEditor(clip=CLIP, key_map=make_key_map(KNEELING), history=EditHistory(), saved=None, filmed=True).press("q")
    assert "the film and its marks" in " ".join(words(draw_view(view_of_editor(fresh, "clip"), picture=16 / 9, window=1.6)))


def test_a_clock_has_hundredths() -> None:
    assert [format_time(time_s) for time_s in (0, 0.29, 59.999, 61.5, 600)] == [
        "0:00.00",
        "0:00.29",
        "0:59.99",
        "1:01.50",
        "10:00.00",
    ]


def test_the_picture_is_mirrored_only_where_asked() -> None:
    (image,) = colours(1)
    image[:, : image.shape[1] // 2] = 255
    box = draw_view(view_of_editor(editor(), "clip"), picture=image.shape[1] / image.shape[0], window=1.0).picture
    plain, mirrored = (render_labeling_window(image, box, (), 200, 200, mirrored=mirrored) for mirrored in (False, True))
    row = round((1 - box.middle[1]) * 200)
    left, right = (round((box.left + share * box.width) * 200) for share in (0.25, 0.75))
    assert plain[row, left].min() == 255
    assert plain[row, right].max() < 255
    assert mirrored[row, right].min() == 255
    assert mirrored[row, left].max() < 255


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (ord("c"), "c"),
        (ord("C"), "c"),
        (32, "space"),
        (0xFF51, "left"),
        (63235, "right"),
        (0x270000, "right"),
        (0xFF56, "page_down"),
        (8, "backspace"),
        (127, "backspace"),
        (13, "enter"),
        (0xFFE1, None),
    ],
)
def test_keys_have_one_name_on_every_system(code: int, name: str | None) -> None:
    assert key_name(code) == name
