"""The page of two clips against each other: what it says, and where its numbers come from."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.scoring.comparison import ClipComparison, compare
from formcheck.analysis.scoring.fault_totals import totals_of_document
from formcheck.core import wording
from formcheck.core.measures import MEASURES
from formcheck.testing import kneeling, mirrored, turned, upright
from formcheck.ui.report.comparison_page import render_comparison
from formcheck.ui.report.film import Film
from formcheck.ui.report.page import ReportPart
from tests.support.hostile import HOSTILE
from tests.support.reports import Page, check_alone, numbers, reported, told_by
from tests.support.scenes import Scene, scene
from tests.support.speaking import speaking
from tests.support.specs import KNEELING
from tests.unit.ui.test_report import BOTH

Compared = tuple[ClipComparison, list[ReportPart]]

DEEP = scene((2, upright()), (4, kneeling(extension=60)), (2, kneeling(lean=24)), (2, upright()), (4, mirrored(kneeling())))


def pair(a: Scene, b: Scene, *, stills: tuple[bool, bool] = (False, False)) -> Compared:
    parts = [
        reported(KNEELING, shots, path=f"{name}.mp4", still=still)
        for name, shots, still in zip("ab", (a, b), stills, strict=True)
    ]
    parts = [replace(part, result=replace(part.result, track=part.track)) for part in parts]
    return compare(parts[0].result, parts[1].result), parts


@pytest.fixture(scope="module")
def both() -> Compared:
    return pair(DEEP, BOTH)


@pytest.fixture(scope="module")
def html(both: Compared) -> str:
    return render_comparison(*both)


def rows(html: str, kind: str) -> list[list[str]]:
    (body,) = re.findall(rf'<table class="{kind}">.*?</table>', html, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("<tr>")[2:]]


def test_each_row_of_the_table_is_a_difference_of_the_document(both: Compared, html: str) -> None:
    differences = both[0].differences
    told = {"same": "same within error", "more": "more", "less": "less"}
    assert rows(html, "differences") == [
        [
            f"{MEASURES[one.measure].name_with_leg.capitalize()}, {one.side_a}",
            f"{one.full[0]:g} to {one.full[1]:g}",
            f"{one.a:.1f}",
            f"{one.b:.1f}",
            f"{one.a_minus_b_deg:+.1f}" if one.a_minus_b_deg else "0.0",
            f"{one.error_deg:.1f}",
            told[one.difference],
        ]
        for one in differences
    ]
    assert {one.difference.value for one in differences} >= {"same", "more"}
    assert len(differences) == 12


def test_every_number_on_it_is_one_of_the_document(both: Compared, html: str) -> None:
    document = both[0].to_dict()
    counts = [len(both[0].differences), sum(one.difference == "same" for one in both[0].differences)]
    lasted = [total.seconds for clip in (both[0].a, both[0].b) for total in totals_of_document(clip.document, KNEELING)]
    known = {*told_by([document, counts, lasted])}
    fixed = [
        value for name, value in vars(wording).items() if isinstance(value, str) and name.startswith(("COMPARE", "REPORT"))
    ]
    fixed += [*wording.COMPARE_ONSETS.values(), *KNEELING.measures]
    fixed += [f"{MEASURES[one.measure].meaning} {MEASURES[one.measure].zero}" for one in both[0].differences]
    known |= numbers(" ".join(fixed))
    assert numbers(Page(html).text) - known == set()


def test_what_differs_is_said_in_words(both: Compared, html: str) -> None:
    (hip,) = [one for one in both[0].differences if one.measure == "rear_hip_extension" and one.difference == "more"]
    text = " ".join(Page(html).text.split())
    told = f"in A: back hip, right ({hip.a_minus_b_deg:.1f}°)"
    assert f"More {told}" in text
    other = " ".join(Page(render_comparison(*pair(BOTH, DEEP))).text.split())
    assert f"Less {told}" in other
    same = " ".join(Page(render_comparison(*pair(DEEP, DEEP))).text.split())
    assert "None of the 12 angles differs by more than both readings together may be off." in same
    for said in (wording.NO_ADVICE, wording.COMPARE_DAYS, wording.REPORT_NOT_SEEN, wording.COMPARE_PLAYER_HELP):
        assert said in text


def test_an_angle_of_a_hidden_leg_is_called_a_guess_in_the_clip_it_is_one_in(both: Compared) -> None:
    comparison, parts = both
    guess = comparison.document.b.measures[0]
    of_b = [one.model_copy(update={"error_deg": 60.0} if one is guess else {}) for one in comparison.document.b.measures]
    b = comparison.document.b.model_copy(update={"measures": of_b})
    hidden = replace(comparison, document=comparison.document.model_copy(update={"b": b}))
    told = {clip: wording.COMPARE_GUESSED.format(clip=clip, names=MEASURES[guess.measure].name_with_leg) for clip in "AB"}
    html = Page(render_comparison(hidden, parts)).text
    assert told["B"] in html
    assert told["A"] not in html
    assert told["B"] not in Page(render_comparison(comparison, parts)).text


def test_what_was_held_and_what_was_to_be_changed_stands_side_by_side(both: Compared, html: str) -> None:
    held, faults = (
        [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("<tr>")[2:]]
        for body in re.findall(r'<table class="both">.*?</table>', html, re.DOTALL)
    )
    entries = [clip.document.sides for clip in (both[0].a, both[0].b)]
    assert [row[0] for row in held] == ["Left side", "Right side"]
    assert [row[3:] for row in held] == [[str(sides[side].score) for sides in entries] for side in entries[0]]
    known = {fault.cue for clip in (both[0].a, both[0].b) for fault in totals_of_document(clip.document, KNEELING)}
    assert {row[0] for row in faults} == known
    assert known


def test_sides_that_differ_and_one_that_is_alone_are_told() -> None:
    left, right = scene((4, mirrored(kneeling()))), scene((4, kneeling()))
    text = Page(render_comparison(*pair(left, right))).text
    assert wording.COMPARE_OTHER_SIDES.format(side_a="left", side_b="right") in text
    assert "Lean, left against right" in text
    with speaking("de"):
        assert "Neigung, links gegen rechts" in Page(render_comparison(*pair(left, right))).text
    text = Page(render_comparison(*pair(BOTH, right))).text
    assert wording.COMPARE_SIDE_ALONE.format(side="left", clip="A") in text


def test_where_there_is_no_hold_it_says_from_which_moment_on(both: Compared) -> None:
    never = scene((4, kneeling(lean=24)))
    text = Page(render_comparison(*pair(never, scene((4, kneeling()))))).text
    assert wording.COMPARE_ONSETS["nearest"].format(clip="A", side="right") in text
    assert wording.COMPARE_ONSETS["hold"].format(clip="B", side="right") in text
    names = ", ".join(MEASURES[target.measure].name_with_leg for target in KNEELING.targets)
    assert wording.COMPARE_IN_SHAPE.format(names=names) in text


def test_both_go_from_the_onset_of_the_hold(both: Compared, html: str) -> None:
    data = json.loads(Page(html).blocks["data"])
    (player,) = data["players"]
    document = both[0].document
    assert [one["zeros"] for one in player["alignments"]] == [[one.a.onset_s, one.b.onset_s] for one in document.pairs]
    for one in player["alignments"]:
        assert one["begin"] == pytest.approx(-max(one["zeros"]))
        lengths = [clip.clip.duration_s - zero for clip, zero in zip((document.a, document.b), one["zeros"], strict=True)]
        assert one["end"] == pytest.approx(max(lengths), abs=0.01)
    assert [len(part["times"]) for part in data["parts"]] == [len(part["facing"]) for part in data["parts"]]


def test_two_photos_have_their_skeletons_and_no_time_line() -> None:
    shots: Scene = [(0.0, (kneeling(),))]
    page = Page(
        render_comparison(*pair(shots, shots, stills=(True, True)), films=[Film(picture="data:image/jpeg;base64,")] * 2)
    )
    assert [tag["src"] for name, tag in page.tags if name == "img"] == ["data:image/jpeg;base64,"] * 2
    assert "plot" not in {tag.get("class", "") for _, tag in page.tags}
    assert [tag for name, tag in page.tags if tag.get("class") == "transport" and "hidden" in tag]
    assert wording.COMPARE_ONSETS["photo"].format(clip="B") in page.text
    assert "0 s" not in page.text.replace(wording.REPORT_SLIDER, "")


def test_it_is_alone_and_says_so_to_the_browser(html: str) -> None:
    check_alone(html)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_text_wherever_they_stand(both: Compared, html: str, text: str) -> None:
    _, parts = both
    documents = [
        part.result.document.model_copy(
            update={
                "clip": part.result.document.clip.model_copy(update={"path": f"/films/{text}", "damaged": text}),
                "faults": [one.model_copy(update={"cue": text}) for one in part.result.document.faults],
            }
        )
        for part in parts
    ]
    spec = KNEELING.model_copy(update={"title": text})
    results = [replace(part.result, document=one, spec=spec) for part, one in zip(parts, documents, strict=True)]
    changed = compare(*results)
    shown = [replace(part, result=one, remarks=(text,)) for part, one in zip(parts, results, strict=True)]
    hostile, plain = Page(render_comparison(changed, shown)), Page(html)
    assert hostile.text.count(text) >= 8
    assert "49" not in numbers(hostile.text) - numbers(text) - numbers(plain.text)
    assert hostile.names <= plain.names
    assert sum(name == "script" for name, _ in hostile.tags) == sum(name == "script" for name, _ in plain.tags)
    json.loads(hostile.blocks["data"])


def test_films_are_in_the_page_or_beside_it_and_one_may_be_left_out(both: Compared) -> None:
    page = Page(render_comparison(*both, films=[Film(content=b"one"), Film(content=b"two", begin_s=2.5)]))
    assert (page.blocks["film"], page.blocks["film1"]) == ("b25l", "dHdv")
    assert json.loads(page.blocks["data"])["films"] == [{"begin": 0.0}, {"begin": 2.5}]
    beside = render_comparison(*both, films=[Film(note="left out"), Film(href="./b.mp4", note="beside")])
    assert 'src="./b.mp4"' in beside
    assert "media-src blob: file: &#39;self&#39;;" in beside
    assert {"left out", "beside"} <= {line.strip() for line in Page(beside).text.split("\n")}


def test_two_hours_make_no_more_than_3_mb(both: Compared) -> None:
    track = both[1][0].track
    assert track is not None
    times = -(-36_000 // len(track.times_s))
    hour = replace(
        track,
        times_s=np.arange(times * len(track.times_s)) / 10,
        joints=np.tile(track.joints, (times, 1, 1)),
        facing=np.tile(track.facing, times),
        status=np.tile(track.status, times),
        side=np.tile(track.side, times),
        measures={},
    )
    assert len(render_comparison(both[0], [replace(part, track=hour) for part in both[1]])) < 3_000_000


def test_turned_away_for_some_time_it_says_so() -> None:
    away = scene((4, kneeling()), (2, turned(kneeling(), 80)))
    assert wording.COMPARE_ROW_UNSEEN.format(clip="B") in render_comparison(*pair(scene((4, kneeling())), away))
