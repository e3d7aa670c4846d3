"""Measures the flexibility check on rendered people at a table's end, and writes docs/flexibility.json.

    python -m docs.flexibility stills --first 0 --count 300 STILLS.jsonl    # three pictures a set-up: three seconds on one core
    python -m docs.flexibility films --count 14 FOLDER                      # three lowerings a film: three minutes each
    python -m docs.flexibility measure STILLS.jsonl FOLDER                  # what the check makes of them

Of a set-up the engine sees both knees held to the chest, the thigh upright, and the leg let down. What it sees is put in order
of time, as of somebody who lets the leg down and keeps it still, and goes through the same fold as a film.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

from formcheck.analysis.checks.frames import CheckFrame, CheckReader
from formcheck.analysis.checks.result import CheckedSide, judge, judge_photo
from formcheck.core.geometry import turn, vector
from formcheck.core.interfaces import Frame
from formcheck.core.values import Landmarks, Point, Side
from formcheck.stretches.check_files import CHECKS

SEED = 2611
"""The set-ups that the figures are made of."""

FILM_SEED = 2612
SWAY_DEG = 5.0
"""By how much a leg swings to and fro that is not at rest."""

THOMAS = CHECKS.find("thomas", Path("none"))
HZ = 8.0
YAWS = (0, 15, 30, 35)
HAD_A_SAY = 150
"""The first so many set-ups had a say in how far the hips may move, and in when nothing is read; the others in no number."""

LEVEL_SD_DEG = 0.5
"""By how much somebody levels a camera wrongly with two points on a table's edge: two pixels in 200."""

CLEAR_DEG = THOMAS.main.error_deg
"""A thigh that is so far from level is clearly above or below it; nearer, its sign is within the error that is told."""

RESULTS = Path(__file__).with_name("flexibility.json")


def look_at_stills(options: argparse.Namespace) -> None:
    """Render the stills of some set-ups, and write what the engine sees in each."""
    from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
    from formcheck.vision.engines.mediapipe.models import obtain
    from samples.render.film import exposed
    from samples.render.lowering import random_setup
    from samples.render.moments import moments
    from samples.render.produce import picture
    from samples.render.scene import Stage
    from samples.render.table import true_angles

    model = obtain(None, lambda _: lambda *_: None)
    with MediaPipeEngine(model, still=True) as engine, options.out.open("a") as file:
        for index in range(options.first, options.first + options.count):
            setup = random_setup(SEED, index)
            seen, camera = [], setup.clip.camera
            with Stage(setup.clip.room, camera, setup.clip.facing) as stage:
                for clip in setup.stills():
                    moment = next(moments(clip))
                    people = engine.detect(Frame(image=next(exposed([picture(stage, clip, moment)], clip.film)), time_s=0.0))
                    seen.append(_packed(people[0]) if people else None)
            row = {
                "setup": index,
                "side": setup.clip.stretched,
                "true": true_angles(moment.skeleton, setup.clip.stretched),
                "pelvis": setup.pelvis,
                "yaw": camera.yaw_deg,
                "roll": camera.roll_deg,
                "held_hip": setup.clip.steps[0][1]["held_hip"],
                "seen": seen,
            }
            file.write(json.dumps(row) + "\n")
            file.flush()


def render_films(options: argparse.Namespace) -> None:
    """Render films of three lowerings each; every sixth leg goes on swinging once it is down."""
    from samples.render.encode import encode
    from samples.render.film import exposed
    from samples.render.lowering import random_setup
    from samples.render.moments import moments
    from samples.render.produce import picture
    from samples.render.scene import Stage

    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.first, options.first + options.count):
        sway = SWAY_DEG if number % 6 == 5 else 0.0
        setup = random_setup(FILM_SEED, number)
        clip = setup.film(sway_deg=sway)
        with Stage(clip.room, clip.camera, clip.facing) as stage:
            pictures = (picture(stage, clip, moment) for moment in moments(clip))
            encode(options.folder / f"{clip.name}.mp4", exposed(pictures, clip.film), clip.fps, clip.camera.size, crf=23)
        row = {
            "side": clip.stretched,
            "true": {"hip": setup.hip, "knee": setup.knee},
            "pelvis": setup.pelvis,
            "yaw": clip.camera.yaw_deg,
            "roll": clip.camera.roll_deg,
            "sway": sway,
        }
        (options.folder / f"{clip.name}.json").write_text(json.dumps(row))


def _packed(person: Landmarks) -> dict[str, Any]:
    points = {name: [round(p.x, 5), round(p.y, 5), round(p.visibility, 3)] for name, p in person.points.items()}
    world = {name: [round(c, 4) for c in at] for name, at in person.world.items()}
    return {"points": points, "world": world, "aspect": person.aspect}


def _unpacked(stored: Mapping[str, Any]) -> Landmarks:
    points = {name: Point(x=x, y=y, visibility=visibility) for name, (x, y, visibility) in stored["points"].items()}
    return Landmarks(points=points, world={name: tuple(at) for name, at in stored["world"].items()}, aspect=stored["aspect"])


def measure(options: argparse.Namespace) -> None:
    """Write what the check makes of the stills and of the films."""
    rows = [json.loads(line) for line in options.stills.read_text(encoding="utf-8").splitlines()]
    setups = [one for row in rows if (one := _read_stills(row)) is not None]
    found: dict[str, Any] = {
        "setups": len(rows),
        "unseen": len(rows) - len(setups),
        "by_yaw": {
            f"{low}..{high}": _errors([one for one in setups if low <= abs(one.row["yaw"]) < high + (high == YAWS[-1])])
            for low, high in pairwise(YAWS)
        },
        "tuned_on": _errors([one for one in setups if one.row["setup"] < HAD_A_SAY and abs(one.row["yaw"]) <= 30]),
        "all": _errors(setups),
        "fresh": _errors([one for one in setups if one.row["setup"] >= HAD_A_SAY and abs(one.row["yaw"]) <= 30]),
        "rolled": _rolled(setups),
        "bands": _bands(setups),
        "films": _films(options.films) if options.films is not None else None,
    }
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSetup:
    """One set-up as it was told with the answer that the back is flat, without one (`unasked`), of the last still alone as a
    photo, and by the unsigned angle.

    `row` is what is true.
    """

    row: Mapping[str, Any]
    told: CheckedSide
    unasked: CheckedSide
    photo: CheckedSide
    unsigned: float

    def off(self, reading: str) -> float | None:
        """By how many degrees a reading is off; `None` where it was not read."""
        value = self.told.angles[reading]
        return None if value is None else value - float(self.row["true"][reading])


def _read_stills(row: Mapping[str, Any]) -> ReadSetup | None:
    """What is told of the stills in order of time; `None` where nobody was seen in one of them."""
    if None in row["seen"]:
        return None
    held, upright, down = map(_unpacked, row["seen"])
    level = float(row["roll"]) + Random(row["setup"]).gauss(0.0, LEVEL_SD_DEG)
    reader, frames = CheckReader(THOMAS, level_deg=level), list[CheckFrame]()
    for person, seconds in [(held, 1.5), (upright, 0.6), (down, 4.0), (held, 1.0)] * THOMAS.trials.count:
        frames += [reader.step([person], (len(frames) + i) / HZ) for i in range(round(seconds * HZ))]
    (told,), (unasked,) = (
        judge(frames, THOMAS, side=Side(row["side"]), answers=answers, levelled=True) for answers in ({"back_flat": True}, {})
    )
    (photo,) = judge_photo(CheckReader(THOMAS, level_deg=level).step([down], 0.0), THOMAS, side=Side(row["side"]))
    side = row["side"]
    shoulder, hip, knee = (
        (down.points[f"{side}_{part}"].x, down.points[f"{side}_{part}"].y) for part in ("shoulder", "hip", "knee")
    )
    between = abs(turn(vector(hip, shoulder), vector(hip, knee)))
    return ReadSetup(row=row, told=told, unasked=unasked, photo=photo, unsigned=180.0 - between)


def _errors(setups: Sequence[ReadSetup]) -> dict[str, Any]:
    """Errors of the angles in degrees: by length, by direction and unsigned, and of those that got a verdict."""
    read = [one for one in setups if one.off("hip") is not None]
    verdicts = [one for one in read if not one.told.reasons]
    direction = [
        trial.other_way - one.row["true"]["hip"] for one in read if (trial := one.told.trials[-1]).other_way is not None
    ]
    return {
        "setups": len(setups),
        "read": len(read),
        "verdicts": len(verdicts),
        "hip": _summary([one.off("hip") for one in read]),
        "hip_by_direction": _summary(direction),
        "photos_read": sum(one.photo.angles["hip"] is not None for one in setups),
        "hip_in_a_photo": _summary(
            [value - one.row["true"]["hip"] for one in setups if (value := one.photo.angles["hip"]) is not None]
        ),
        "hip_unsigned": _summary([one.unsigned - one.row["true"]["hip"] for one in read]),
        "hip_with_verdict": _summary([one.off("hip") for one in verdicts]),
        "knee": _summary([one.off("knee") for one in read]),
        "wrong_side_near_level": sum(
            one.row["true"]["hip"] * (one.told.angles["hip"] or 0.0) < 0 and abs(one.row["true"]["hip"]) <= CLEAR_DEG
            for one in read
        ),
        "near_level": sum(abs(one.row["true"]["hip"]) <= CLEAR_DEG for one in read),
        "wrong_sign": sum(_wrong_sign(one.row["true"]["hip"], one.told.angles["hip"]) for one in read),
        "wrong_sign_in_a_photo": sum(_wrong_sign(one.row["true"]["hip"], one.photo.angles["hip"]) for one in setups),
        "wrong_sign_unsigned": sum(_wrong_sign(one.row["true"]["hip"], one.unsigned) for one in read),
        "within_error": sum(abs(off) <= (one.told.error_deg or 0.0) for one in read if (off := one.off("hip")) is not None),
    }


def _summary(errors: Iterable[float | None]) -> dict[str, float] | None:
    values = [error for error in errors if error is not None]
    if not values:
        return None
    sizes = sorted(abs(value) for value in values)
    return {
        "mean_absolute": round(mean(sizes), 2),
        "bias": round(mean(values), 2),
        "p90": round(sizes[max(0, ceil(0.9 * len(sizes)) - 1)], 1),
        "worst": round(sizes[-1], 1),
    }


def _wrong_sign(true: float, told: float | None) -> bool:
    """Whether a thigh that is clearly above or below level is told to be on the other side of it."""
    return told is not None and abs(true) > CLEAR_DEG and told * true < 0


def _rolled(setups: Sequence[ReadSetup]) -> dict[str, dict[str, int]]:
    """How many get a verdict by how far the pelvis rolls: without an answer, and with one that is wrong."""
    groups = {"still": (0.0, 0.0), "to 10": (0.0, 10.0), "10 to 20": (10.0, 20.0)}
    found = {}
    for name, (low, high) in groups.items():
        own = [one for one in setups if (one.row["pelvis"] == 0.0 if name == "still" else low < one.row["pelvis"] <= high)]
        own = [one for one in own if abs(one.row["yaw"]) <= 30]
        witness = next(part.otherwise for part in THOMAS.witnesses if part.name == "pelvis_still")
        found[name] = {
            "setups": len(own),
            "without_answer": sum(set(one.unasked.bands.values()) != {None} for one in own),
            "told_flat": sum(not one.told.reasons for one in own),
            "seen_to_move": sum(witness in one.told.reasons for one in own),
        }
    return found


def _bands(setups: Sequence[ReadSetup]) -> dict[str, dict[str, int]]:
    """Of verdicts: how often the band is that of the true angle, and how often `long` and `short` are taken for each other."""
    counts = {}
    for reading in THOMAS.readings:
        pairs = [
            (row.band, told)
            for one in setups
            if (told := one.told.bands[reading.name]) is not None
            and (row := reading.band_of(one.row["true"][reading.name])) is not None
        ]
        counts[reading.name] = {
            "verdicts": len(pairs),
            "same": sum(true == told for true, told in pairs),
            "opposite": sum({true, told} == {"long", "short"} for true, told in pairs),
        }
    return counts


def _films(folder: Path) -> dict[str, Any]:
    """What the whole program makes of the films: lowerings found, angles, and what is asked again."""
    from formcheck.pipeline.readings.check import check_clip
    from formcheck.vision.engines import obtain
    from formcheck.vision.video import open_clip

    model = obtain(None, lambda _: lambda *_: None)
    offs: dict[str, list[float]] = {"hip": [], "knee": [], "hip_to_15": [], "hip_to_30": []}
    films, lowerings, steady, asked_again, verdicts, swinging, spreads, wrong = 0, 0, 0, 0, 0, 0, [], 0
    for file in sorted(folder.glob("*.mp4")):
        true = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        with open_clip(file) as source:
            checked = check_clip(
                source, model, THOMAS, side=Side(true["side"]), level_deg=true["roll"], answers={"back_flat": True}
            )
        (side,) = checked.sides
        films, lowerings = films + 1, lowerings + len(side.trials)
        if true["sway"]:
            swinging += 1
            asked_again += any(reason.startswith("Not steady") for reason in side.reasons)
            continue
        steady += sum(trial.settled for trial in side.trials)
        verdicts += not side.reasons
        spreads += [side.spread_deg] if side.spread_deg is not None else []
        for name in ("hip", "knee"):
            if (value := side.angles[name]) is not None:
                offs[name].append(value - true["true"][name])
        if (value := side.angles["hip"]) is not None:
            wrong += _wrong_sign(true["true"]["hip"], value)
            if abs(true["yaw"]) <= 30:
                offs["hip_to_15" if abs(true["yaw"]) <= 15 else "hip_to_30"].append(value - true["true"]["hip"])
    return {
        "films": films,
        "lowerings": lowerings,
        "settled": steady,
        "verdicts": verdicts,
        "swinging": swinging,
        "asked_again": asked_again,
        "wrong_sign": wrong,
        "largest_spread": max(spreads, default=None),
        **{name: _summary(errors) for name, errors in offs.items()},
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words = parser.add_subparsers(required=True)
    stills = words.add_parser("stills", help="render stills and look")
    stills.add_argument("--first", type=int, default=0)
    stills.add_argument("--count", type=int, default=300)
    stills.add_argument("out", type=Path)
    stills.set_defaults(run=look_at_stills)
    films = words.add_parser("films", help="render films of lowerings")
    films.add_argument("--first", type=int, default=0)
    films.add_argument("--count", type=int, default=14)
    films.add_argument("folder", type=Path)
    films.set_defaults(run=render_films)
    measuring = words.add_parser("measure", help="tell what the check makes of them")
    measuring.add_argument("stills", type=Path)
    measuring.add_argument("films", type=Path, nargs="?")
    measuring.set_defaults(run=measure)
    options = parser.parse_args(arguments)
    options.run(options)


if __name__ == "__main__":
    main()
