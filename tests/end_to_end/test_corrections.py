"""What the causes of a lost score say is enough: a rendered body that is corrected by just those degrees scores in full.

A form at fault is drawn and judged as a photograph. The body's true angles are moved by the degrees of each cause, by solving
for the parameters of its posture, and the body is drawn and judged again, before the same camera.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.assessment import credit
from formcheck.analysis.scoring.document import Document
from formcheck.analysis.scoring.result import Scorer
from formcheck.core.interfaces import ClipInfo, Engine, EngineInfo, Frame
from formcheck.core.values import Edge
from formcheck.stretches.files import find_stretch
from formcheck.vision.engines import create_engine, mediapipe_model
from formcheck.vision.engines.mediapipe.models import DEFAULT
from samples.render.moments import moments
from samples.render.motion import Parameters
from samples.render.stills import Still, random_stills
from tests.unit.rendering.opengl import needs_opengl

WITHIN, NEARLY = 2.0, 5.0
"""Points that the corrected body may lack of a full score, and that it may lack of nearly a full one."""
STEP_DEG = 0.3
"""How exactly a posture has the angles that are asked for."""
MOVED = {
    "kneeling_hip_flexor": {"extension": 1.0, "trunk": 1.0, "neck": 1.0, "step": 0.01},
    "standing_psoas": {"extension": 1.0, "trunk": 1.0, "neck": 1.0, "rear_knee": 1.0, "step": 0.01},
    "supine_psoas": {
        "bent_hip": 1.0,
        "straight_knee": 1.0,
        "leg_lift": 1.0,
        "trunk_elevation": 1.0,
        "neck": 1.0,
    },
}
"""What of a posture a person moves, and by how much at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One body: what was told of it, and the score once that was done."""

    name: str
    told: Document
    then: Document


def corrected_bodies(count: int, seed: int) -> Iterator[Corrected]:
    """Yield so many bodies whose score was short by more than `WITHIN` and that can be posed as told."""
    engine = create_engine(mediapipe_model(DEFAULT.path), still=True)
    index = found = 0
    with engine:
        while found < count:
            one = next(_of_body(engine, seed, index), None)
            index += 1
            if one is not None:
                found += 1
                yield one


def _of_body(engine: Engine, seed: int, index: int) -> Iterator[Corrected]:
    for still in random_stills(seed, index, 6):
        if abs(still.clip.camera.yaw_deg) > 20:
            continue
        told = _judged(engine, still)
        if told.score is None or told.score >= 100 - WITHIN:
            continue
        better = _posed(still, {cause.measure: _back(cause.edge, cause.beyond_deg) for cause in told.causes})
        if better is not None:
            yield Corrected(name=still.clip.name, told=told, then=_judged(engine, better))


def _back(edge: Edge, beyond_deg: float) -> float:
    return beyond_deg if edge is Edge.LOW else -beyond_deg


def _judged(engine: Engine, still: Still) -> Document:
    from samples.render.film import exposed
    from samples.render.produce import picture
    from samples.render.scene import Stage

    clip = still.clip
    with Stage(clip.room, clip.camera, clip.facing) as stage:
        image = next(exposed([picture(stage, clip, still.moment)], clip.film))
    spec = find_stretch(clip.pose)
    analyzer, scorer = FormAnalyzer([spec], still=True, traits=engine.traits), Scorer([spec], still=True, traits=engine.traits)
    scorer.add(analyzer.step(engine.detect(Frame(image=image, time_s=0.0)), 0.0))
    info = ClipInfo(path=clip.name, width=image.shape[1], height=image.shape[0], fps=None, expected_s=0.0, still=True)
    return scorer.result(info, EngineInfo(name="", version="", model=""), 0.0, analyzer.summary(0.0)).document


def _posed(still: Still, moves: Mapping[str, float]) -> Still | None:
    """The same body with each true angle moved by so many degrees, and the others as far in their ranges as they were.

    `None` where no posture has these angles.
    """
    targets = {target.measure: target for target in find_stretch(still.clip.pose).targets}
    before = {name: value for name, value in still.moment.measures.items() if name in targets}
    wanted = {name: value + moves.get(name, 0.0) for name, value in before.items()}
    for others in (0.03, 0.1, 0.3):
        better = _solved(still, wanted, {name: 1.0 if name in moves else others for name in wanted})
        if better is None:
            continue
        now = better.moment.measures
        exact = all(abs(now[name] - wanted[name]) <= STEP_DEG for name in moves)
        if exact and all(credit(targets[name], now[name]) >= credit(targets[name], before[name]) for name in wanted):
            return better
    return None


def _solved(still: Still, wanted: Mapping[str, float], weights: Mapping[str, float]) -> Still | None:
    """The body in the posture whose true angles come nearest to the wanted ones, by weighted squares."""
    parameters = dict(still.clip.steps[0][1])
    free = {name: by for name, by in MOVED[still.clip.pose].items() if name in parameters}
    goal, weight = np.array(list(wanted.values())), np.array([weights[name] for name in wanted])
    found: Still | None = None
    for _ in range(12):
        found = _with(still, parameters)
        moved = [_with(still, {**parameters, name: parameters[name] + by}) for name, by in free.items()]
        if found is None or None in moved:
            return None
        here = _angles(found, wanted)
        slopes = np.array([weight * (_angles(one, wanted) - here) for one in moved if one is not None])
        change, *_ = np.linalg.lstsq(slopes.T, weight * (goal - here), rcond=None)
        for (name, by), units in zip(free.items(), change, strict=True):
            parameters[name] += by * float(np.clip(units, -8, 8))
    return found


def _angles(still: Still, names: Iterable[str]) -> NDArray[np.float64]:
    return np.array([still.moment.measures[name] for name in names])


def _with(still: Still, parameters: Parameters) -> Still | None:
    """The same body before the same camera in another posture; `None` where it can't be taken."""
    clip = replace(still.clip, steps=((0.0, parameters), (1.0, {})))
    try:
        return replace(still, clip=clip, moment=next(moments(clip)))
    except ValueError:
        return None


def lacking(bodies: Iterable[Corrected]) -> list[float]:
    """Return what each corrected body still lacks of a full score; all of it where it can't be judged any more."""
    found = []
    for one in bodies:
        assert one.told.score is not None
        assert sum(cause.points for cause in one.told.causes) == pytest.approx(100 - one.told.score)
        found.append(100.0 - (one.then.score or 0))
    return found


@pytest.mark.heavy
@needs_opengl
def test_a_body_corrected_as_told_scores_well_again() -> None:
    assert sum(points <= NEARLY for points in lacking(corrected_bodies(4, seed=15))) >= 3


@pytest.mark.proof
@needs_opengl
def test_bodies_corrected_as_told_score_in_full(record_property: Callable[[str, object], None]) -> None:
    """The wish is 95 of 100 within two points. What is left is how readings scatter, by 2 to 4 degrees a movement."""
    found = lacking(corrected_bodies(100, seed=16))
    within, nearly = (sum(points <= most for points in found) for most in (WITHIN, NEARLY))
    record_property(
        "found", f"{within} of {len(found)} rendered bodies within {WITHIN:.0f} points, {nearly} within {NEARLY:.0f}"
    )
    assert within >= 80
    assert nearly >= 90
