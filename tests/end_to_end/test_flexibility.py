"""The flexibility check: the chapter is what was measured, and a rendered lowering goes through the whole program."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docs.accuracy import chapter_of_checks
from docs.flexibility import RESULTS
from formcheck.core import wording
from formcheck.system.native.media_libs import cv2
from tests.support.checks import THOMAS
from tests.support.clips import REPO, SAMPLES, frames_of
from tests.support.desktop import Desktop, desktop, needed
from tests.support.real_time import in_real_time
from tests.support.sitting import sitting
from tests.support.streamed import streamed

CLIP = SAMPLES / "checks" / "thomas.mp4"
CHECK = [sys.executable, "-m", "formcheck", "check", "thomas"]
TRUE = json.loads(CLIP.with_suffix(".json").read_text(encoding="utf-8"))
FOUND = json.loads(RESULTS.read_text(encoding="utf-8"))


def test_the_page_has_the_chapter_as_it_was_measured() -> None:
    assert "\n".join(chapter_of_checks(FOUND)) in (REPO / "docs" / "accuracy.md").read_text(encoding="utf-8")


def test_the_thigh_is_read_as_truly_as_was_asked() -> None:
    assert FOUND["setups"] >= 300
    assert FOUND["by_yaw"]["0..15"]["hip"]["mean_absolute"] <= 4.0
    assert FOUND["by_yaw"]["15..30"]["hip"]["mean_absolute"] <= 6.0
    assert FOUND["all"]["wrong_sign"] == 0
    assert all(group["without_answer"] == 0 for group in FOUND["rolled"].values())


def test_films_are_read_as_truly_and_what_swings_is_asked_again() -> None:
    films = FOUND["films"]
    assert films["lowerings"] >= 40
    assert films["hip"]["mean_absolute"] <= 4.0
    assert films["wrong_sign"] == 0
    assert films["asked_again"] == films["swinging"] > 0


def read_json(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


@pytest.mark.heavy
def test_a_film_is_read_from_the_file_to_the_document(model: Path, tmp_path: Path) -> None:
    words = ["--video", str(CLIP), "--answers", "back_flat=yes", "--level", "0", "--json", str(tmp_path / "out.json")]
    subprocess.run([*CHECK, *words], cwd=REPO, check=True, capture_output=True)
    (side,) = read_json(tmp_path / "out.json")["sides"]
    assert side["side"] == TRUE["side"]
    assert side["hip_deg"] == pytest.approx(TRUE["true"]["hip"], abs=side["error_deg"])
    assert side["knee_deg"] == pytest.approx(TRUE["true"]["knee"], abs=side["error_deg"])
    assert (side["hip_band"], side["knee_band"], side["reason"]) == ("unclear", "short", None)
    assert len(side["lowerings"]) == 3


@pytest.mark.heavy
def test_a_photo_tells_the_angle_alone(model: Path, tmp_path: Path) -> None:
    pictures = [picture for picture, _ in frames_of(CLIP)]
    for name, picture in (("held.png", pictures[0]), ("down.png", pictures[len(pictures) * 23 // 100])):
        cv2.imwrite(str(tmp_path / name), picture[..., ::-1])
        words = ["--video", str(tmp_path / name), "--level", "0", "--json", str(tmp_path / "out.json")]
        subprocess.run([*CHECK, *words], cwd=REPO, check=True, capture_output=True)
        document = read_json(tmp_path / "out.json")
        (side,) = document["sides"]
        assert (side["hip_band"], side["knee_band"], side["lowerings"], document["clip"]["fps"]) == (None, None, [], None)
        if name == "held.png":
            assert (side["hip_deg"], side["reason"]) == (
                None,
                wording.CHECK_NOT_DONE.format(side=TRUE["side"], start=THOMAS.says.start),
            )
        else:
            assert side["hip_deg"] == pytest.approx(TRUE["true"]["hip"], abs=side["error_deg"])
            assert side["reason"] == wording.CHECK_PHOTO


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


@pytest.mark.heavy
@in_real_time
@needed[0]
@needed[1]
def test_before_the_camera_two_clicks_tell_its_level(desk: Desktop, model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    words = ("thomas", "--mute", "--side", TRUE["side"], "--json", out)
    with (
        streamed(CLIP, loop=True) as stream,
        sitting(tmp_path, *words, "--camera", stream.url, desk=desk, command="check") as session,
    ):
        window = session.window
        time.sleep(3)
        for x, y in ((150, 400), (450, 410)):  # the mirror shows 300 pixels of an edge that falls to the right
            desk.click(window, x, y)
            time.sleep(0.5)
        session.wait_for(lambda line: line["step"] == [2, 3])
        session.press("q")
        assert session.ended() == 0
    said = session.out + session.err
    assert wording.CHECK_LEVEL.format(degrees=1.9) in said
    assert wording.CHECK_NOT_ASKED in said, "there is no keyboard"
    (side,) = read_json(out)["sides"]
    assert side["side"] == TRUE["side"]
    assert side["lowerings"]
    assert side["reason"], "nobody answered for the back"
