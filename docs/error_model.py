"""Fits the error model of the shipped engine's angles on rendered people, and checks it on others.

    python -m docs.error_model look --bodies 150 LOOKS.jsonl      # renders and looks: a second a picture, on one core
    python -m docs.error_model fit LOOKS.jsonl                    # some seconds

The second prints the rows of `MEDIAPIPE_ERRORS` in `formcheck/core/engine_traits.py`, fitted on every other body, and writes what
became of the rest to `docs/error_model.json`, from which `docs/accuracy.py` draws its chapter. It needs the rows in place: run it,
copy them, run it again.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.assessment import breaches, sided_measures
from formcheck.analysis.stretch_tracker import BEYOND
from formcheck.analysis.view.camera_view import ViewState, squared_frame
from formcheck.core.engine_traits import AngleError
from formcheck.core.interfaces import Engine, Frame, Image
from formcheck.core.measures import MEASURES, MeasuredBody, ReadingErrors, measure
from formcheck.core.values import JOINTS, Landmarks, Point, Side
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import find_stretch
from formcheck.vision.sampling.fusion import fused, mirrored
from samples.render.labels import FAULTS
from samples.render.stills import Still, random_stills

RESULTS = Path(__file__).with_name("error_model.json")

SEED = 14
STILLS = 12
"""Pictures of a body."""
TRACKED = 5
"""How often a tracking engine is shown a picture before its look counts: from the second on it no longer searches the person."""

LEVEL = 0.9
"""The share of cases in which the true value is to lie in the interval."""
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""At which the interval is checked, made narrower or wider as for a normal distribution."""
VIEWS = ("behind 15..45", "side 0..15", "front 15..45")

ANKLE_DEG = 50.0
"""A shin that leads further forward than this over a flat foot is left out: no ankle bends so far."""
LEAST_HIDDEN = 0.05
"""Where joints are hidden by less than this in nine pictures of ten, there is nothing to learn about hidden ones."""
MOST_HIDDEN = 100.0
"""The most that hidden joints add (degrees): an angle between legs that were taken for each other."""
FOLDS = 5
LEAST_ROWS = 50
"""In fewer pictures than this a posture is met by mistake."""

ASTRAY_DEG = 20.0
"""A reading that is further off than a body's others has its joints elsewhere, and says nothing of how readings follow."""
LEAST_MOVED = 10_000.0
"""Squared degrees, summed: a measure that the bodies hardly move tells nothing of it either."""

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)

PARTS = tuple(field.name for field in fields(AngleError) if field.name != "follows")
POSTURES = PARTS[:3]

Floats = NDArray[np.floating[Any]]


def look(options: argparse.Namespace) -> None:
    """Render the stills of some bodies, and write what the engine sees of each: at once, in the mirror, and tracking."""
    from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
    from formcheck.vision.engines.mediapipe.models import obtain
    from samples.render.film import exposed
    from samples.render.produce import picture
    from samples.render.scene import Stage

    model = obtain(None, lambda _: lambda *_: None)
    with MediaPipeEngine(model, still=True) as once, MediaPipeEngine(model) as tracking, options.out.open("a") as file:
        for index in range(options.first, options.bodies, options.every):
            for still in random_stills(SEED, index, STILLS):
                clip = still.clip
                with Stage(clip.room, clip.camera, clip.facing) as stage:
                    image = next(exposed([picture(stage, clip, still.moment)], clip.film))
                mirror = _seen(once, image[:, ::-1])
                looks = {
                    "once": _seen(once, image),
                    "mirrored": mirror and mirrored(mirror),
                    "tracked": _tracked(tracking, image),
                }
                packed = {name: _packed(person) for name, person in looks.items()}
                file.write(json.dumps({"body": index, "name": clip.name, "looks": packed}) + "\n")
                file.flush()


def _seen(engine: Engine, image: Image, time_s: float = 0.0) -> Landmarks | None:
    people = engine.detect(Frame(image=image, time_s=time_s))
    return people[0] if people else None


def _tracked(engine: Engine, image: Image) -> Landmarks | None:
    engine.restart()
    return [_seen(engine, image, 0.04 * i) for i in range(TRACKED)][-1]


def _packed(person: Landmarks | None) -> dict[str, Any] | None:
    if person is None:
        return None
    points = {name: [round(p.x, 5), round(p.y, 5), round(p.visibility, 3)] for name, p in person.points.items()}
    world = {name: [round(c, 4) for c in at] for name, at in person.world.items()}
    return {"points": points, "world": world, "aspect": person.aspect}


def _unpacked(stored: Mapping[str, Any]) -> Landmarks:
    points = {name: Point(x=x, y=y, visibility=visibility) for name, (x, y, visibility) in stored["points"].items()}
    return Landmarks(points=points, world={name: tuple(at) for name, at in stored["world"].items()}, aspect=stored["aspect"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One still: whose it is, what it truly shows, and the person as a first look, both looks, and a tracking look see them."""

    body: int
    still: Still
    true: Mapping[str, float]
    people: Mapping[str, MeasuredBody]

    @property
    def spec(self) -> StretchSpec:
        """The stretch that it shows."""
        return find_stretch(self.still.clip.pose)

    @property
    def side(self) -> Side:
        """The stretched side."""
        return Side(self.still.clip.stretched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One angle as it was read: the error in degrees, and how much there was of each part of an `AngleError`."""

    measure: str
    picture: Picture
    look: str
    error: float
    half_width: float
    parts: tuple[float, ...]

    @property
    def checks(self) -> bool:
        """Whether it is of a body that has no say in the numbers."""
        return self.picture.body % 2 == 1


def fit(options: argparse.Namespace) -> None:
    """Fit the model on the even bodies, print its rows, and write how the one in place does on the odd ones."""
    pictures = list(_pictures(options.looks))
    readings = [reading for picture in pictures for reading in _readings(picture)]
    by_measure = _grouped(readings, lambda one: one.measure)
    for name in (name for name in MEASURES if name in by_measure):
        print(f'    "{name}": {_row(_model([one for one in by_measure[name] if not one.checks]))},')
    checked = [one for one in readings if one.checks]
    kinds: dict[str, Callable[[Reading], str]] = {
        "all": lambda _: "",
        "measures": lambda one: one.measure,
        "postures": lambda one: one.picture.spec.name,
        "views": lambda one: _view(one.picture.still.clip.camera.yaw_deg),
        "legs": lambda one: "far leg" if one.parts[PARTS.index("far")] else "near leg, or none",
        "looks": lambda one: {"once": "first look", "both": "both looks", "tracked": "tracked"}[one.look],
    }
    found = {kind: _checked(_grouped(checked, key)) for kind, key in kinds.items()}
    document = {
        "pictures": len(pictures),
        "bodies": len({picture.body for picture in pictures}),
        "checked": found,
        "faults": _fault_rules([picture for picture in pictures if picture.body % 2]),
    }
    RESULTS.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    for kind, groups in found.items():
        for name, group in groups.items():
            observed, wide = group["observed"][str(LEVEL)], group["half_width"]
            print(f"{kind:9} {name:24} {group['count']:6} {observed:.3f} of {wide:.1f} degrees")
    print(json.dumps(document["faults"], indent=1))


def _pictures(files: Iterable[Path]) -> Iterator[Picture]:
    rows = defaultdict[int, list[dict[str, Any]]](list)
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows[row["body"]].append(row)
    for body, seen in sorted(rows.items()):
        stills = {still.clip.name: still for still in random_stills(SEED, body, STILLS)}
        for row in seen:
            still, people = stills[row["name"]], _people(row["looks"])
            true = _true(still)
            if true.get("front_shin_angle", 0.0) <= ANKLE_DEG:
                yield Picture(body=body, still=still, true=true, people=people)


def _true(still: Still) -> dict[str, float]:
    """Every measure that the legs' roles can have, of the skeleton seen exactly from the side, facing right."""
    joints, roles = still.moment.skeleton.joints, find_stretch(still.clip.pose).roles(Side(still.clip.stretched))
    places = {name: joints[name.replace("toe", "foot_index")] for name in JOINTS}
    points = {name: Point(x=float(at[0]) / 10 + 0.5, y=float(at[1]) / 10 + 0.2, visibility=1.0) for name, at in places.items()}
    body = MeasuredBody(Landmarks(points=points, world={}, aspect=2.0))
    values = {name: measure(row, body, roles, 1) for name, row in MEASURES.items() if row.roles <= roles.keys()}
    return {name: value for name, value in values.items() if value is not None}


def _people(packed: Mapping[str, Any]) -> dict[str, MeasuredBody]:
    looks = {name: _unpacked(stored) for name, stored in packed.items() if stored is not None}
    one, other = looks.get("once"), looks.pop("mirrored", None)
    if one is not None and other is not None:
        looks["both"] = fused(one, other)
    return {name: MeasuredBody(person) for name, person in looks.items()}


def _readings(picture: Picture) -> Iterator[Reading]:
    for name, person in picture.people.items():
        _, view = ViewState().seen(person, 0.0)
        frame = squared_frame(person, view, 0.0)
        if frame.person is None or frame.reason is not None or view.unusable:
            continue
        possible = ReadingErrors(frame.person, view)
        for one in sided_measures(picture.spec)[picture.side].values():
            value = one.read(frame.person, view.facing)
            if value is None:
                continue
            posture, *amounts = possible.circumstances(one)
            yield Reading(
                measure=one.row.name,
                picture=picture,
                look=name,
                error=value - picture.true[one.row.name],
                half_width=possible.half_width(one)[0],
                parts=(*(float(posture == which) for which in POSTURES), *amounts),
            )


def _model(readings: Sequence[Reading]) -> AngleError:
    """The model of one measure, as much wider as it must be for bodies that had no say in it: each fifth of them is left out once."""
    bodies = np.array([one.picture.body // 2 for one in readings])
    amounts, errors = np.array([one.parts for one in readings]), np.abs([one.error for one in readings])
    off = np.zeros(len(readings))
    for fold in range(FOLDS):
        out = bodies % FOLDS == fold
        off[out] = errors[out] / np.maximum(amounts[out] @ _fitted(amounts[~out], errors[~out]), 1.0)
    wider = max(1.0, float(np.quantile(off, LEVEL)))
    parts = dict(zip(PARTS, np.round(wider * _fitted(amounts, errors), 2).tolist(), strict=True))
    return AngleError(**parts, follows=_followed(readings))


def _followed(readings: Iterable[Reading]) -> float:
    """By how much a reading changes while a body moves by one degree, at most 1: the slope of the least squares within bodies."""
    products = squares = 0.0
    for moved in _grouped(readings, lambda one: f"{one.picture.body} {one.picture.spec.name} {one.look}").values():
        true = np.array([one.picture.true[one.measure] for one in moved])
        read = true + [one.error for one in moved]
        near = np.abs(read - true - np.median(read - true)) <= ASTRAY_DEG
        if near.sum() > 1:
            true, read = true[near] - true[near].mean(), read[near] - read[near].mean()
            products, squares = products + float(true @ read), squares + float(true @ true)
    return round(min(1.0, products / squares), 2) if squares > LEAST_MOVED else 1.0


def _fitted(amounts: Floats, errors: Floats) -> Floats:
    """The weights of the parts: none but the postures' below 0, their sum exceeded in one case of ten."""
    hidden, postures = PARTS.index("hidden"), range(len(POSTURES))
    found = dict.fromkeys(range(len(PARTS)), 0.0)
    free = [i for i in found if (amounts[:, i].sum() >= LEAST_ROWS if i in postures else np.ptp(amounts[:, i]) > 0)]
    if float(np.quantile(amounts[:, hidden], 0.9)) < LEAST_HIDDEN:
        free.remove(hidden)
    while True:
        bound = [i for i in found if i not in free]
        explained = amounts[:, bound] @ [found[i] for i in bound]
        found |= dict(zip(free, _quantile_regression(amounts[:, free], errors - explained), strict=True))
        harm = {i: found[i] * float(np.abs(amounts[:, i]).mean()) for i in free if i not in postures}
        worst = min(harm, key=lambda i: harm[i], default=hidden)
        if found[worst] < 0.0:
            limited, limit = worst, 0.0
        elif hidden in free and found[hidden] > MOST_HIDDEN:
            limited, limit = hidden, MOST_HIDDEN
        else:
            return np.array([found[i] for i in range(len(PARTS))])
        free.remove(limited)
        found[limited] = limit


def _quantile_regression(amounts: Floats, values: Floats) -> Floats:
    """The weights of the columns of `amounts` whose sum the share `LEVEL` of the values does not exceed (Hunter and Lange 2000)."""
    weights = np.linalg.lstsq(amounts, values, rcond=None)[0]
    for step in range(300):
        near = 1.0 / (max(1e-3, 0.5 * 0.97**step) + np.abs(values - amounts @ weights))
        square = (amounts * near[:, None]).T @ amounts + 1e-6 * np.eye(amounts.shape[1])
        weights = np.linalg.solve(square, amounts.T @ (near * values) + (2 * LEVEL - 1) * amounts.sum(axis=0))
    return weights


def _row(error: AngleError) -> str:
    blank = AngleError()
    told = ((field.name, getattr(error, field.name)) for field in fields(error))
    return f"AngleError({', '.join(f'{name}={value:g}' for name, value in told if value != getattr(blank, name))})"


def _grouped(readings: Iterable[Reading], key: Callable[[Reading], str]) -> dict[str, list[Reading]]:
    groups = defaultdict[str, list[Reading]](list)
    for reading in readings:
        groups[key(reading)].append(reading)
    return dict(sorted(groups.items()))


def _view(yaw: float) -> str:
    return VIEWS[1] if abs(yaw) <= 15 else VIEWS[2] if yaw > 0 else VIEWS[0]


def _checked(groups: Mapping[str, Sequence[Reading]]) -> dict[str, Any]:
    """How often the intervals of these readings, made for each level, hold the true value."""
    checked = {}
    for name, readings in groups.items():
        off = np.array([abs(one.error) / one.half_width for one in readings])
        wide = {level: NormalDist().inv_cdf((1 + level) / 2) / NormalDist().inv_cdf((1 + LEVEL) / 2) for level in LEVELS}
        checked[name] = {
            "count": len(readings),
            "half_width": round(float(np.mean([one.half_width for one in readings])), 2),
            "observed": {str(level): round(float(np.mean(off <= wide[level])), 4) for level in LEVELS},
        }
    return checked


def _fault_rules(pictures: Iterable[Picture]) -> dict[str, Any]:
    """What is told of pictures of one fault and of correct form, by how far limits move out: by a share of what is added to the
    half width, or of all of it.
    """
    rules = {f"{share:g} of what is added": (share, False) for share in SHARES}
    rules |= {f"{share:g} of all": (share, True) for share in SHARES[1:]}
    counts = {name: {"missed": 0, "faults": 0, "false": 0, "correct": 0} for name in rules}
    for picture in (picture for picture in pictures if picture.still.label is not None):
        spec, correct = picture.spec, picture.still.label == "correct"
        truly = {fault.name for fault in FAULTS[spec.name] if fault.there(picture.true)}
        for person in (picture.people[name] for name in ("both", "tracked") if name in picture.people):
            now = FormAnalyzer([spec], picture.side, still=True).step([person.landmarks], 0.0).assessment
            if not now.status.in_shape:
                continue
            for name, (share, whole) in rules.items():
                moved = {m: share * (now.errors[m] if whole else by / BEYOND) for m, by in now.tolerances.items()}
                told, count = _told(spec, now.measurements, moved), counts[name]
                count["correct"] += correct
                count["faults"] += not correct
                count["false"] += correct and bool(told)
                count["missed"] += not correct and not told & truly
    return counts


def _told(spec: StretchSpec, measurements: Mapping[str, float | None], moved: Mapping[str, float]) -> set[str]:
    return {breach.name for breach in breaches(spec, measurements, (), 0.0, moved)}


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m docs.error_model", description=__doc__)
    words = parser.add_subparsers(required=True)
    looking = words.add_parser("look", help="render and look")
    looking.add_argument("--bodies", type=int, default=150, help="up to this number (default: 150)")
    looking.add_argument("--first", type=int, default=0, help="from this number on (default: 0)")
    looking.add_argument("--every", type=int, default=1, help="leave out all but every so many, for several processes")
    looking.add_argument("out", type=Path, help="a file to add to")
    looking.set_defaults(run=look)
    fitting = words.add_parser("fit", help="fit and check")
    fitting.add_argument("looks", type=Path, nargs="+")
    fitting.set_defaults(run=fit)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
