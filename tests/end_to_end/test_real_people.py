"""Real photographs and real video of people, through the real engine."""

import csv
from pathlib import Path

import pytest

from formcheck.analysis.scoring.result import Result
from formcheck.core.values import Reason
from formcheck.pipeline import clip
from formcheck.stretches.files import find_stretch, load_stretches
from formcheck.vision.engines import mediapipe_model
from formcheck.vision.video import open_clip

pytestmark = pytest.mark.heavy


def score(path: Path, model: Path, pose: str = "auto") -> Result:
    candidates = load_stretches() if pose == "auto" else (find_stretch(pose),)
    with open_clip(path) as source:
        return clip.score(source, mediapipe_model(model), candidates, every_frame=True)


def rows(shared: Path, *forms: str) -> list[dict[str, str]]:
    with (shared / "photos" / "photos.csv").open(newline="") as file:
        return [row for row in csv.DictReader(file) if row["form"] in forms]


def test_correct_photographs_show_the_right_stretch_and_side(shared: Path, model: Path) -> None:
    found = rows(shared, "correct")
    assert len(found) >= 3
    for row in found:
        result = score(shared / "photos" / row["file"], model)
        assert result.document.pose == row["stretch"], row
        assert list(result.document.sides) == [row["stretched_side"]], row
        assert result.correct, (row, result)
        assert result.document.holds == []


def test_other_exercises_and_bad_views_get_no_correct_verdict(shared: Path, model: Path) -> None:
    found = rows(shared, "none", "view")
    assert len(found) >= 10
    for row in found:
        for pose in ("auto", "kneeling_hip_flexor", "supine_psoas", "standing_psoas"):
            result = score(shared / "photos" / row["file"], model, pose)
            assert not result.correct, (row, pose, result)


def test_a_front_view_is_told_to_turn_and_a_cropped_one_to_step_back(shared: Path, model: Path) -> None:
    front = score(shared / "photos" / "Bodyweight_Walking_Lunge_1.jpg", model).document
    assert [entry.reason for entry in front.unseen] == [Reason.VIEW]
    assert front.faults == []
    cropped = score(shared / "photos" / "Runners_Stretch_0.jpg", model).document
    assert [entry.reason for entry in cropped.unseen] == [Reason.OUT_OF_FRAME]
    assert cropped.faults == []


def test_bent_rear_knees_are_told_so_or_told_to_turn(shared: Path, model: Path) -> None:
    found = rows(shared, "rear_knee_bent")
    assert len(found) == 2
    for row in found:
        for pose in ("auto", row["stretch"]):
            result = score(shared / "photos" / row["file"], model, pose)
            told = "rear_knee_bent" in [fault.name for fault in result.document.faults]
            turn = [entry.reason for entry in result.document.unseen] == [Reason.VIEW]
            assert told or turn, (row, result)


def test_two_people_and_no_stretch_give_no_hold(shared: Path, model: Path) -> None:
    result = score(shared / "sports2d" / "demo.mp4", model)
    assert result.document.holds == []
    assert result.document.pose is None


def test_a_man_balancing_gives_no_hold(shared: Path, model: Path) -> None:
    result = score(shared / "pose2sim" / "cam02.mp4", model)
    assert result.document.holds == []
