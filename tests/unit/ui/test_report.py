"""The page of a report: what it says, where its numbers come from, and that nothing in it is taken for anything but text."""

import base64
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.coaching.summary import norms_in_words
from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.core.measures import MEASURES
from formcheck.core.plain_text import one_line
from formcheck.core.values import Landmarks, Side, Verdict
from formcheck.pipeline.outputs.page_file import check_report_path
from formcheck.stretches import StretchSpec
from formcheck.system.native.media_libs import av
from formcheck.testing import kneeling, legs_flat, mirrored, supine, turned, upright
from formcheck.ui.clip_row import first_to_change
from formcheck.ui.drawing.shapes import Mark, Text
from formcheck.ui.report import words
from formcheck.ui.report.film import Film, SmallFilm, linked
from formcheck.ui.report.page import ReportPart, render
from tests.support.hostile import HOSTILE, ORDERS
from tests.support.reports import Page, check_alone, numbers, renamed, reported, told_by
from tests.support.scenes import Scene, scene
from tests.support.specs import KNEELING, SHIPPED, SUPINE
from tests.support.strength import PLANK, plank

BOTH = scene(
    (1, ()),
    (4, kneeling()),
    (2.5, kneeling(lean=24)),
    (1.5, kneeling()),
    (2, upright()),
    (4, mirrored(kneeling(extension=30))),
    (2, turned(kneeling(), 80)),
)


@pytest.fixture(scope="module")
def both() -> ReportPart:
    return reported(KNEELING, BOTH)


@pytest.fixture(scope="module")
def html(both: ReportPart) -> str:
    return render([both], pains=None)


def test_it_says_the_verdict_the_sum_and_what_was_not_seen(both: ReportPart, html: str) -> None:
    text, document = Page(html).text, both.result.document
    assert wording.REPORT_VERDICTS[document.verdict] in text
    assert f"{100 - (document.score or 0)} of 100 points were lost" in text
    for heading in ("POINTS_LOST", "REPORT_WENT_WELL", "REPORT_SIDES", "REPORT_UNSEEN", "REPORT_NEXT", "REPORT_EXACT"):
        assert getattr(wording, heading) in text
    for entry in document.unseen:
        assert wording.REASONS[entry.reason].remedy in text
    assert KNEELING.coaching[0] in text
    assert wording.NO_ADVICE in text


SCENES: dict[str, tuple[StretchSpec | Sequence[StretchSpec], Scene]] = {
    "both sides": (KNEELING, BOTH),
    "lying": (SUPINE, scene((4, supine()), (2, legs_flat()), (4, mirrored(supine(leg=6))))),
    "one reaches less far": (
        KNEELING,
        scene((4, kneeling(extension=45)), (2, upright()), (4, mirrored(kneeling(extension=15)))),
    ),
    "never correct": (SHIPPED, scene((3, kneeling(lean=24)))),
    "no stretch": (SHIPPED, scene((3, upright()), (2, ()))),
    "held to the end": (PLANK, scene((8, plank()), (3, plank(-25.0)))),
    "a photo": (KNEELING, [(0.0, (kneeling(),))]),
}


@pytest.mark.parametrize("kind", SCENES)
def test_every_number_on_it_is_one_of_the_document(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that are read aloud, and those that are drawn on the key pictures, too."""
    drawn: list[Mark] = []
    monkeypatch.setattr("formcheck.ui.report.pictures.paint", lambda _, marks: drawn.extend(marks))
    specs, shots = SCENES[kind]
    part = reported(specs, shots, still=kind == "a photo")
    page, document, spec = Page(render([part])), part.result.to_dict(), part.result.spec
    totals: dict[str, float] = {}
    for entry in document["unseen"]:
        totals[entry["reason"]] = totals.get(entry["reason"], 0.0) + entry["end_s"] - entry["start_s"]
    lost = 100 - document["score"] if document["score"] is not None else None
    known = {*told_by([document, lost, list(totals.values())])}
    fixed = [value for value in vars(wording).values() if isinstance(value, str)]
    fixed += [f"{MEASURES[one.measure].meaning} {MEASURES[one.measure].zero}" for one in part.result.document.measures]
    fixed += norms_in_words(spec) if spec is not None else []
    known |= numbers(" ".join(fixed))
    said = f"{page.text} {page.labels}"
    assert numbers(said) - known == set()
    words = " ".join(mark.text for mark in drawn if isinstance(mark, Text))
    assert numbers(words) - known == set()
    assert bool(numbers(words)) == bool(document["key_moments"])
    assert len(document["key_moments"]) == len([tag for name, tag in page.tags if name == "img"])


def test_the_table_has_the_numbers_of_the_measures(both: ReportPart, html: str) -> None:
    body = re.search(r'<table class="measures">.*?</table>', html, re.DOTALL)
    assert body is not None
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body[0].split("<tr>")[2:]]
    wanted = [
        [
            MEASURES[one.measure].name_with_leg.capitalize(),
            one.side,
            f"{one.full[0]:g} to {one.full[1]:g}",
            "" if one.median is None else f"{one.median:.1f}",
            f"{one.median_in_shape:.1f}",
            f"{100 * one.inside:.0f} %",
            f"{one.error_deg:.1f}",
        ]
        for one in both.result.document.measures
    ]
    assert rows == wanted
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("measure", "full", "error_deg", "guess"),
    [
        ("straight_knee_flexion", (-10.0, 14.0), 33.7, True),
        ("straight_knee_flexion", (-10.0, 14.0), 12.1, False),  # wider than the range, as it may be in plain sight
        ("front_knee_flexion", (75.0, 145.0), 30.0, False),  # still tells inside from far outside
        ("front_knee_flexion", (75.0, 145.0), 36.0, True),
        ("trunk_inclination", (-3.0, 3.0), 5.7, False),
        ("trunk_inclination", (-10.0, 10.0), 14.0, True),
    ],
)
def test_an_angle_that_is_off_by_more_than_tells_anything_is_called_a_guess(
    both: ReportPart, measure: str, full: tuple[float, float], error_deg: float, *, guess: bool
) -> None:
    entry = both.result.document.measures[0].model_copy(
        update={"measure": measure, "full": full, "error_deg": error_deg, "inside": 1.0, "median": 4.2}
    )
    result = replace(both.result, document=both.result.document.model_copy(update={"measures": [entry], "sides_apart": []}))
    row = MEASURES[measure]
    told = (wording.REPORT_GUESSED_LEG if row.roles else wording.REPORT_GUESSED).format(
        name=wording.STRETCH_ON_SIDE.format(title=row.name_with_leg.capitalize(), side=entry.side),
        degrees="4.2",
        error=f"{error_deg:.1f}",
    )
    assert (told in words.unseen(result.document)) is guess
    assert (told in words.notes(result, "clip", None)) is guess
    assert (told in Page(render([replace(both, result=result)])).text) is guess
    assert any(row.name_with_leg in sentence for sentence in words.went_well(result)) is not guess


def test_lost_points_add_up(both: ReportPart, html: str) -> None:
    points = [float(value) for value in re.findall(r'<td data-head="points">([\d.]+)</td>', html)]
    assert sum(points) == pytest.approx(100 - (both.result.document.score or 0))
    assert points == sorted(points, reverse=True)


def test_which_side_reaches_less_far_and_whether_that_is_real(both: ReportPart) -> None:
    text = Page(render([both])).text
    assert "neither side can be told to reach less far" in text
    deep = scene((4, kneeling(extension=45)), (2, upright()), (4, mirrored(kneeling(extension=15))))
    part = reported(KNEELING, deep)
    (hip,) = [one for one in part.result.document.sides_apart if one.measure == "rear_hip_extension"]
    medians = {one.side: f"{one.median:.1f}" for one in part.result.document.measures if one.measure == hip.measure}
    said = wording.REPORT_REACHES_LESS.format(
        side="left",
        name="back hip",
        degrees=f"{abs(hip.left_minus_right_deg):.1f}",
        left=medians[Side.LEFT],
        right=medians[Side.RIGHT],
        error=f"{hip.error_deg:.1f}",
    )
    assert said in Page(render([part])).text


def test_lying_a_hip_that_stays_bent_is_the_one_that_reaches_less_far() -> None:
    shots = scene((4, supine()), (2, legs_flat()), (4, mirrored(supine(leg=6))))
    document = reported(SUPINE, shots).result.document
    (hip,) = [one for one in document.sides_apart if one.measure == "straight_hip_flexion"]
    apart = [hip.model_copy(update={"left_minus_right_deg": 20.0, "error_deg": 9.9, "told_apart": True})]
    part = reported(SUPINE, shots)
    changed = replace(part, result=replace(part.result, document=document.model_copy(update={"sides_apart": apart})))
    assert "The left side reaches less far: straight hip bent by 20.0° more" in Page(render([changed])).text


def test_it_has_a_chart_for_each_target_and_a_button_for_each_hold_fault_and_unseen_time(both: ReportPart, html: str) -> None:
    page, document = Page(html), both.result.document
    assert html.count('<figure role="img"') == 1 + len(KNEELING.targets)
    times = [tag["data-time"] for name, tag in page.tags if name == "button" and "data-time" in tag and "class" not in tag]
    starts = [[one.start_s for one in some] for some in (document.holds, document.faults, document.unseen)]
    wanted = sorted(start_s for some in starts for start_s in some)
    assert times == [f"{start_s:.2f}" for start_s in wanted]


def test_the_skeleton_is_in_it_as_numbers(both: ReportPart, html: str) -> None:
    data = json.loads(Page(html).blocks["data"])["parts"][0]
    assert len(data["times"]) == len(data["joints"]) == len(data["sides"]) == len(data["good"])
    assert {*data["sides"]} == {"", "left", "right"}
    assert data["joints"][0] == [data["unseen"]] * len(data["joints"][0])
    assert len(html) < 3_000_000


@pytest.mark.parametrize(
    ("verdict", "score", "told"),
    [(Verdict.ADJUST, 79, True), (Verdict.ADJUST, None, False), (Verdict.CORRECT, 79, False), (Verdict.BORDERLINE, 79, False)],
)
def test_a_good_score_beside_much_to_change_is_explained(
    both: ReportPart, verdict: Verdict, score: int | None, told: bool
) -> None:
    document = both.result.document.model_copy(update={"verdict": verdict, "score": score})
    sentences = list(words.verdict(replace(both.result, document=document)))
    assert (wording.REPORT_SCORE_COUNTS in sentences) is told


def test_what_to_practise_first_is_what_the_table_of_clips_has_first() -> None:
    """Also where something else cost more points, as a head that hangs far for a while."""
    part = reported(KNEELING, scene((4, kneeling()), (3, kneeling(lean=24)), (2.5, kneeling(neck=60)), (2, kneeling())))
    document = part.result.document
    assert len({cause.cue for cause in document.causes}) > 1
    for causes in (document.causes, document.causes[::-1]):
        result = replace(part.result, document=document.model_copy(update={"causes": causes}))
        assert words.practise(result)[0] == KNEELING.fault("leaning_forward").cue
        assert first_to_change(result.document, {KNEELING.name: KNEELING}).startswith(words.practise(result)[0])


def test_it_says_on_which_day_the_clip_was_filmed_where_the_file_states_it(both: ReportPart, html: str) -> None:
    clip = both.result.document.clip.model_copy(update={"filmed": "2026-11-30"})
    document = both.result.document.model_copy(update={"clip": clip})
    page = Page(render([replace(both, result=replace(both.result, document=document))])).text
    assert page.count("Filmed: 30 Nov 2026, as the file states.") == 2, "at the top, and in the notes"
    assert "as the file states" not in Page(html).text


def test_it_is_alone_and_says_so_to_the_browser(html: str) -> None:
    check_alone(html)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_text_wherever_they_stand(both: ReportPart, html: str, text: str) -> None:
    fault = KNEELING.faults[0].model_copy(update={"cue": text})
    spec = KNEELING.model_copy(
        update={"title": text, "coaching": (text,), "faults": (fault, *KNEELING.faults[1:]), "instruction": text}
    )
    document = both.result.document
    changed = document.model_copy(
        update={
            "clip": document.clip.model_copy(update={"path": f"/films/{text}", "damaged": text}),
            "causes": [one.model_copy(update={"cue": text}) for one in document.causes],
            "faults": [one.model_copy(update={"cue": text}) for one in document.faults],
            "engine": document.engine.model_copy(update={"name": text}),
        }
    )
    part = renamed(replace(both, result=replace(both.result, document=changed), remarks=(text,)), spec)
    film = Film(href=linked(Path(f"/films/{text}.mp4"), Path("/films/page.html")).href)
    hostile = Page(render([part], film, pains=[text]))
    assert text in hostile.text
    assert "49" not in numbers(hostile.text) - numbers(text)
    plain = Page(html)
    assert hostile.names - {"video"} <= plain.names
    assert {name for _, tag in hostile.tags for name in tag} - {name for _, tag in plain.tags for name in tag} <= {
        *("muted", "playsinline", "preload", "tabindex")
    }
    assert sum(name == "script" for name, _ in hostile.tags) == sum(name == "script" for name, _ in plain.tags)
    json.loads(hostile.blocks["data"])


@pytest.mark.parametrize("text", ORDERS.values(), ids=ORDERS)
def test_what_is_no_text_is_written_out(both: ReportPart, text: str) -> None:
    document = both.result.document.model_copy(
        update={"clip": both.result.document.clip.model_copy(update={"path": f"/films/{text}"})}
    )
    part = replace(both, result=replace(both.result, document=document))
    film = linked(Path(f"/films/{text}.mp4"), Path("/films/page.html"))
    for html in (render([part], film), render([replace(both, clip=text)], film)):
        assert one_line(text) in Page(html).text
        assert one_line(html.replace("\n", "")) == html.replace("\n", "")


def test_a_name_that_is_no_text_is_shown_and_linked() -> None:
    name = "a\udcff.mp4"
    part = reported(KNEELING, scene((3, kneeling())), path=f"/films/{name}")
    assert "a�.mp4" in Page(render([part])).text
    assert linked(Path("/films") / name, Path("/films/x/page.html")).href == "./../a%FF.mp4"


def test_a_film_is_in_the_page_or_beside_it(both: ReportPart) -> None:
    inside = Page(render([both], Film(content=b"mp4")))
    assert base64.b64decode(inside.blocks["film"]) == b"mp4"
    beside = render([both], linked(Path("/a/b/clip 1.mp4"), Path("/a/page.html")))
    assert 'src="./b/clip%201.mp4"' in beside
    assert "media-src blob: file: &#39;self&#39;;" in beside
    assert wording.REPORT_FILM_WITHOUT in Page(render([both])).text


@pytest.mark.parametrize(
    "shots",
    [
        scene((3, ())),
        scene((3, upright())),
        scene((3, kneeling(lean=24))),
        scene((0.2, kneeling())),
    ],
    ids=["nobody", "no stretch", "never correct", "short"],
)
def test_a_clip_without_holds_has_a_page_too(shots: Scene) -> None:
    part = reported(SHIPPED, shots)
    text = Page(render([part])).text
    assert wording.NO_ADVICE in text
    assert (wording.NO_STRETCH in text) is (part.result.spec is None)


def test_a_photo_has_one_picture_and_no_time_line() -> None:
    html = render([reported(KNEELING, [(0.0, (kneeling(),))], still=True)])
    page = Page(html)
    assert "button" not in {name for name, tag in page.tags if "data-time" in tag}
    assert html.count("data:image/jpeg") == 1
    assert wording.REPORT_CLIP not in page.text


@pytest.mark.parametrize(
    "body",
    [kneeling(), kneeling(lean=24), mirrored(kneeling(lean=24)), upright(), None],
    ids=["correct", "lean", "mirror", "up", "nobody"],
)
def test_of_a_photo_nothing_is_told_of_time(body: Landmarks | None) -> None:
    part = reported(SHIPPED, [(0.0, () if body is None else (body,))], still=True)
    result, text = part.result, Page(render([part])).text
    assert not re.search(r"\b[0-9.]+ s\b", text)
    for word in ("median", "time", "lasted", "second", "Held", "filmed"):
        assert not re.search(rf"\b{word}\b", words.notes(result, "clip", None))
    told = [wording.REPORT_ALL_SEEN, wording.REPORT_TABLE_HELP, wording.REPORT_NO_FAULT, *wording.REPORT_TABLE_HEADS[3:6]]
    assert [sentence for sentence in told if sentence in text] == []
    shown = words.table(result)
    assert [row[3:5] for row in shown.rows] == [
        (f"{one.median_in_shape:.1f}", "yes" if one.inside else "no") for one in result.document.measures
    ]
    for table in (shown, words.points(result)):
        assert {len(row) for row in table.rows} <= {len(table.heads)}


def test_a_stretch_without_sides_and_one_without_numbers_over_time() -> None:
    part = reported(PLANK, scene((3, upright())))
    assert wording.NO_ADVICE in Page(render([replace(part, track=None)])).text


def test_what_is_held_to_the_end_has_its_time_and_no_points() -> None:
    part = reported(PLANK, scene((8, plank()), (3, plank(-25.0))))
    assert part.result.score is None
    text = Page(render([part])).text
    assert wording.TO_THE_END in text
    assert wording.POINTS_LOST not in text
    assert wording.NEVER_CORRECT not in text
    for heading in (wording.REPORT_WENT_WELL, wording.REPORT_NEXT, wording.REPORT_NO_SIDES):
        assert heading in text
    assert PLANK.norms[0].source in text


def test_a_session_has_a_part_for_each_stretch(both: ReportPart) -> None:
    page = Page(render([both, both], pains=["mild pain"]))
    assert page.text.count(wording.REPORT_PROFESSIONAL) == 2
    assert "Told by the person: mild pain." in page.text
    assert "1 of 2: " in page.text


def test_a_page_has_an_ending_that_browsers_open() -> None:
    check_report_path(Path("page.HTML"))
    with pytest.raises(OutputError, match="ends in"):
        check_report_path(Path("page.pdf"))


def test_an_hour_makes_no_more_than_3_mb(both: ReportPart) -> None:
    track = both.track
    assert track is not None
    times = -(-36_000 // len(track.times_s))
    hour = replace(
        track,
        times_s=np.arange(times * len(track.times_s)) / 10,
        joints=np.tile(track.joints, (times, 1, 1))
        + np.linspace(0, 0.3, times * len(track.times_s), dtype=np.float32)[:, None, None],
        status=np.tile(track.status, times),
        side=np.tile(track.side, times),
        measures={name: np.tile(values, (times, 1)) for name, values in track.measures.items()},
    )
    document = both.result.document
    clip = document.clip.model_copy(update={"duration_s": 3600.0})
    long = replace(both.result, document=document.model_copy(update={"clip": clip}))
    assert len(render([replace(both, result=long, track=hour)])) < 3_000_000


def test_a_film_is_made_small_and_left_out_where_it_gets_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(count: int) -> Film:
        pictures = np.random.default_rng(1).integers(0, 255, (8, 600, 800, 3), np.uint8)
        with SmallFilm(800, 600, 25.0) as film:
            for number in range(count):
                film.add(pictures[number % 8], 3.0 + number / 25)
            return film.film()

    film = made(20)
    assert film.content is not None
    assert film.begin_s == 3.0
    with av.open(io.BytesIO(film.content), "r") as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.codec_context.name) == (640, 480, "h264")
        assert len(list(container.decode(video=0))) == 20
    monkeypatch.setattr("formcheck.ui.report.film._LARGEST_BYTES", 20_000)
    assert made(20).content is None
    assert "larger than 20 MB" in made(20).note
    assert made(0).content is None
