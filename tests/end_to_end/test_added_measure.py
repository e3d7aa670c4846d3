"""A measure is a row: one that is added is checked, scored, drawn, written and drafted like any other."""

import csv
from pathlib import Path

import pytest

from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.measures import register_measure
from formcheck.core.measures.accuracy import NORMAL
from formcheck.core.values import Side
from formcheck.pipeline.clip import score_recording
from formcheck.pipeline.outputs import create_outputs
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import check_text
from formcheck.testing import Leg, figure, kneeling, placed, upright
from formcheck.tuning.drafting.hold_search import find_hold
from formcheck.tuning.drafting.proposal import propose
from formcheck.tuning.drafting.toml_text import pose_file
from formcheck.ui.drawing.annotation import annotate
from formcheck.ui.drawing.shapes import Text, flatten
from formcheck.ui.screen.gauges import gauges
from formcheck.ui.screen.places import Box
from tests.support.measures import FRONT_THIGH_ANGLE
from tests.support.scenes import Scene, scene, watch

NAME = FRONT_THIGH_ANGLE.name
SHOTS = scene((2, upright()), (6, kneeling()), (1, upright()))
POSE_FILE = f"""\
format = 1
title = "Thigh"
instruction = "Do it."
setup = "Stand there."
safety = "Mind yourself."
view = "side"
hold_s = 30

[legs]
stretched = "rear"
other = "front"

[[shape]]
measure = "stride"
range = [10, 150]

[[targets]]
measure = "{NAME}"
full = [70, 110]
zero = [40, 130]
weight = 30

[[faults]]
name = "thigh_low"
measure = "{NAME}"
below = 60
clear = 65
cap = 65
priority = 2
cue = "Raise your front thigh"
"""


@pytest.fixture
def spec(spare_measures: None) -> StretchSpec:
    unknown = check_text(POSE_FILE, name="thigh")
    assert isinstance(unknown, list)
    assert unknown[0].startswith(f"targets[0].measure: unknown measure {NAME!r}")
    register_measure(FRONT_THIGH_ANGLE)
    good = check_text(POSE_FILE, name="thigh")
    assert isinstance(good, StretchSpec)
    return good


def recording(shots: Scene) -> LandmarkRecording:
    clip = ClipInfo(path="scene", width=1600, height=900, fps=15.0, expected_s=len(shots) / 15)
    engine = EngineInfo(name="by hand", version="1", model="none")
    segments = [SegmentDetections.of_frame(tuple(people), time_s) for time_s, people in shots]
    return LandmarkRecording(clip=clip, engine=engine, segments=segments, every_frame=True)


def test_it_is_scored_and_has_its_column(spec: StretchSpec, tmp_path: Path) -> None:
    seen = recording(SHOTS)
    table = tmp_path / "m.csv"
    result = score_recording(seen, (spec,), outputs=create_outputs({"measures": table}, seen.clip, (spec,), every_frame=True))
    (hold,) = result.document.holds
    assert hold.held_s == pytest.approx(6, abs=0.3)
    assert result.document.score == pytest.approx(100, abs=1)
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    bars = [f"{name}{end}" for name in ("stride", NAME) for end in ("", "_low", "_high")]
    assert list(rows[0]) == ["time_s", "side", "correct", "score", *bars]
    low, value, high = (float(rows[len(rows) // 2][f"{NAME}{end}"]) for end in ("_low", "", "_high"))
    assert 70 < value < 110
    assert value - low == pytest.approx(high - value, abs=0.11) == pytest.approx(NORMAL * FRONT_THIGH_ANGLE.sigma_deg, abs=0.11)


def test_its_fault_is_told(spec: StretchSpec) -> None:
    told = watch(spec, scene((2, placed(figure(lean=2.0, right=Leg(hip=-18.0, knee=70.0), left=Leg(hip=22.0, knee=8.0))))))[-1]
    assert [breach.name for breach in told.assessment.breaches] == ["thigh_low"]


def test_it_is_drawn(spec: StretchSpec) -> None:
    moment = watch(spec, scene((2, kneeling())))[-1]
    value = round(moment.assessment.measurements[NAME] or 0.0)
    drawn = [mark.text for mark in annotate(moment, spec, 16 / 9, 720).words if isinstance(mark, Text)]
    assert f"front thigh {value}°" in drawn
    box = Box(left=0.0, low=0.0, width=1.0, height=1.0)
    gauge = [mark.text for mark in flatten(gauges(spec, moment.assessment, None, box, 1.0)) if isinstance(mark, Text)]
    assert {"front thigh", f"{value}°"} <= set(gauge)


def test_it_is_drafted(spec: StretchSpec) -> None:
    draft = propose("own", find_hold(SHOTS), Side.RIGHT, (), hold_s=30)
    (target,) = [target for target in draft.spec.targets if target.measure == NAME]
    assert target.weight == FRONT_THIGH_ANGLE.draft_weight
    assert target.full[1] - target.full[0] == pytest.approx(6 * FRONT_THIGH_ANGLE.sigma_deg, abs=1)
    cues = {fault.cue for fault in draft.spec.faults if fault.measure == NAME}
    assert cues == {FRONT_THIGH_ANGLE.too_low, FRONT_THIGH_ANGLE.too_high}
    assert check_text(pose_file(draft, "clip.mp4"), name="own") == draft.spec
