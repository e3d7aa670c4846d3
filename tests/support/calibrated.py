"""People whose hips the engine sets off, and baselines taken of them."""

from collections.abc import Callable
from dataclasses import replace
from math import radians

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.capture import BaselineCapture
from formcheck.analysis.baseline.offsets import Baseline
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.core.geometry import distance, vector
from formcheck.core.measures import locate
from formcheck.core.values import Landmarks, Moment
from formcheck.stretches import StretchSpec
from formcheck.testing import THIGH, TRUNK, legs_flat, upright
from tests.support.scenes import Scene, scene
from tests.support.specs import SHIPPED

Change = Callable[[Landmarks], Landmarks]


def hips_off(body: Landmarks, degrees: float, facing: int = 1) -> Landmarks:
    """Both hips set so far to the back (+) or the front (-) that a straight hip reads as bent by `degrees`."""
    shoulder, hip = locate(body, {}, "mid_shoulder"), locate(body, {}, "mid_hip")
    trunk, long = vector(hip, shoulder), distance(hip, shoulder)
    back = -facing * radians(degrees) * (long / TRUNK) / (1 / TRUNK + 1 / THIGH) / long
    moved = {
        name: replace(point, x=point.x + back * trunk[1], y=point.y - back * trunk[0])
        for name, point in body.points.items()
        if name.endswith("hip")
    }
    return replace(body, points={**body.points, **moved})


def straight(change: Change = lambda body: body) -> Scene:
    """Three seconds of standing and three of lying, with what it takes to get from one to the other."""
    return scene((3.4, change(upright(lean=0.0))), (4.5, change(legs_flat())))


def taking_of(shots: Scene) -> BaselineCapture:
    session, taking = FormAnalyzer(SHIPPED), BaselineCapture()
    for time_s, people in shots:
        taking.step(session.step(people, time_s))
    return taking


def baseline_of(change: Change = lambda body: body) -> Baseline:
    found = taking_of(straight(change)).baseline
    assert found is not None
    return found


def watched(spec: StretchSpec, body: Landmarks, baseline: Baseline | None, lasting_s: float = 1.0) -> list[Moment]:
    """Return the moments of somebody who holds still in a stretch."""
    session = FormAnalyzer([spec], fit=BaselineCheck(baseline=baseline))
    return [session.step(people, time_s) for time_s, people in scene((lasting_s, body))]


def measured(spec: StretchSpec, body: Landmarks, baseline: Baseline | None, name: str) -> float:
    value = watched(spec, body, baseline)[-1].assessment.measurements[name]
    assert value is not None
    return value
