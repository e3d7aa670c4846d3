"""Hostile data files: each is read, or told in a sentence that names it, and hides no good one beside it."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from formcheck.core.values import Side
from formcheck.people.history import Answer, Entry, GuidedTime, Pain, Stretch
from formcheck.people.history.database import Store
from formcheck.people.profile import Profile, _text
from formcheck.pipeline.outputs.landmark_table import write_landmarks
from formcheck.pipeline.recording import LandmarkRecording, SegmentDetections
from formcheck.system.native.media_libs import cv2
from formcheck.system.shipped import poses_folder
from formcheck.testing import kneeling
from tests.support.calibrated import baseline_of
from tests.support.clips import colours, write_clip
from tests.trust import media
from tests.trust.box import FORMCHECK, SPARE_S, Box, faults_of
from tests.trust.mutation import OF_BYTES, damaged, retabled, rewritten
from tests.trust.rows import Case, Part

PART = Part(
    name="data",
    claim="A hostile data file is one sentence with its name, within 20 s and 1.5 GB, and what is good beside it is listed.",
    how="Good files with values of other kinds, endless numbers and keys, brackets within brackets, NUL, impossible days, "
    "other encodings, many megabytes; bits flipped, pieces cut out, doubled, zeroed or foreign; then what reads them.",
)

_READING = (sys.executable, "-m", "tests.trust.reading")
_TAKEN = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)
_OWN_S = 10.0
_LABELS = """format = 1
pose = "supine_psoas"
person = "k7"
part = "test"
stretched_side = "left"
source = "recorded"
camera = {yaw_deg = 0.0, height_m = 1.0, distance_m = 2.0, roll_deg = 1.0}

[[intervals]]
start_s = 0.5
end_s = 1.0
label = "correct"

[[intervals]]
start_s = 1.0
end_s = 2.0
label = "head_lifts"
"""
_ANGLES = "time_s,neck_relative,trunk_elevation\n0.000,1.5,2.5\n0.500,,3.5\n1.000,2.5,4.5\n"
_PHOTOS = "file,stretch,stretched_side,form\nphoto.jpg,kneeling_hip_flexor,right,correct\n"

Change = Callable[[bytes, Random], tuple[str, bytes]]


def _of_bytes(content: bytes, random: Random) -> tuple[str, bytes]:
    return damaged(content, random, OF_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataKind:
    """A kind of data file: a good one, how it is changed, where it lies, and which program reads it.

    `listed` are words that the program says of what is good beside it, `answer` one that it says where it found nothing wrong.
    `quiet`: a damaged one is made anew without a word.
    """

    name: str
    good: Callable[[], bytes]
    changes: Sequence[Change]
    place: Callable[[Box], Path]
    words: tuple[str, ...]
    beside: Callable[[Box], object] = lambda _box: None
    listed: tuple[str, ...] = ()
    program: tuple[str, ...] = FORMCHECK
    answer: str = ""
    quiet: bool = False


def case_of(number: int, seed: int, box: Box) -> Case:
    """Try one hostile file."""
    random = Random(f"data {seed} {number}")
    kind = KINDS[number % len(KINDS)]
    change, content = random.choice(kind.changes)(kind.good(), random)
    box.clear()
    kind.beside(box)
    file = kind.place(box)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    ran = box.run(kind.words, program=kind.program, limit_s=SPARE_S + _OWN_S)
    wrong = [*faults_of(ran)]
    wrong += [f"{word!r} is not listed" for word in kind.listed if word not in ran.out and not ran.hung]
    if ran.code == 0 and kind.answer not in ran.out:
        wrong.append(f"{kind.answer!r} is not said, and nothing is told")
    if ran.code and not kind.quiet and file.name not in ran.err and not wrong:
        wrong.append(f"the file is not named: {ran.err.strip()[-120:]}")
    if len(ran.err) > 100_000:
        wrong.append(f"{len(ran.err)} characters are said")
    wrong += [f"{left} was left behind" for left in box.hidden()]
    return Case(what=kind.name, name=f"{number}, {change}", wrong="; ".join(wrong), spent_s=ran.spent_s)


@cache
def _profile() -> bytes:
    return _text(Profile.of(baseline_of(), taken=_TAKEN, camera=(640, 480))).encode()


@cache
def _history() -> bytes:
    done = Stretch(
        pose="supine_psoas",
        side=Side.LEFT,
        started_s=4.0,
        held_s=30.0,
        longest_s=20.0,
        goal_s=60.0,
        complete=False,
        score=88.0,
        faults={"leg_lifts": 2.0},
        reach={12: 3.0},
    )
    pain = Pain(time_s=9.0, pose="supine_psoas", side=Side.LEFT, answer=Answer.STRONG)
    guided = GuidedTime(block="ball_massage", side=Side.RIGHT, started_s=70.0, guided_s=200.0, goal_s=200.0, complete=True)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        with Store(path) as store:
            for day, name in enumerate(("bad00001", "good0002", "good0003")):
                store.save(
                    Entry(
                        id=name,
                        started=_TAKEN + timedelta(days=day),
                        version="1",
                        plan="supine_psoas",
                        stretches=(done,),
                        pains=(pain,),
                        blocks=(guided,),
                    )
                )
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        return path.read_bytes()


_CELLS = {
    "sessions": ("started", "version", "plan", "ended", "profile"),
    "stretches": ("pose", "side", "started", "held_s", "longest_s", "goal_s", "complete", "score", "skipped", "number"),
    "faults": ("fault", "seconds", "number"),
    "reach": ("degrees", "seconds", "number"),
    "pains": ("at", "pose", "side", "answer", "number"),
    "guided": ("number", "block", "side", "started", "guided_s", "goal_s", "complete", "skipped"),
}
_VALUES = (
    "", "x", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00", "2026-01-05", b"\xff\x00", -1, 2**62, 1e300, float("inf"),
    "\x1b]0;x\x07", "[bold]", "x" * 100_000, "up", "null", 0, 0.5,
)  # fmt: skip


def _of_rows(content: bytes, random: Random) -> tuple[str, bytes]:
    """Return the database with another value in one cell of a session."""
    table = random.choice(list(_CELLS))
    column, value = random.choice(_CELLS[table]), random.choice(_VALUES)
    key = "id" if table == "sessions" else "session"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "history.db"
        path.write_bytes(content)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = 'bad00001'", (value,))  # noqa: S608
            connection.commit()
        return f"{table}.{column} is {str(value)[:20]!r}", path.read_bytes()


@cache
def _landmarks() -> bytes:
    segments = [SegmentDetections.of_frame((kneeling(),), number / 10) for number in range(10)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "seen.csv"
        write_landmarks(_recording(segments), path)
        return path.read_bytes()


def _recording(segments: Sequence[SegmentDetections]) -> LandmarkRecording:
    from formcheck.core.interfaces import ClipInfo, EngineInfo

    clip = ClipInfo(path="clip.mp4", width=640, height=480, fps=10.0, expected_s=1.0)
    engine = EngineInfo(name="mediapipe", version="0", model="full")
    return LandmarkRecording(clip=clip, engine=engine, segments=segments, every_frame=True)


@cache
def _journal() -> bytes:
    """The line of a clip as an unfinished run has it."""
    with TemporaryDirectory() as folder:
        box = Box(Path(folder))
        box.clear()
        _clips(box)
        box.run(["score", "clips", "--json", "out/all.jsonl"], limit_s=120)
        return (box.out / "all.jsonl").read_bytes()


def _clips(box: Box) -> None:
    (box.here / "clips").mkdir()
    for name in ("one", "two"):
        (box.here / "clips" / f"{name}.mp4").write_bytes(media.base("mp4") + bytes(len(name) + (name == "two")))


@cache
def _film(count: int) -> bytes:
    with TemporaryDirectory() as folder:
        return write_clip(Path(folder) / "clip.mp4", [(image, i / 4) for i, image in enumerate(colours(count))]).read_bytes()


def _labelled(box: Box) -> None:
    for count, name in enumerate(("good", "bad"), 12):
        (box.here / f"{name}.mp4").write_bytes(_film(count))
        (box.here / f"{name}.toml").write_text(_LABELS, encoding="utf-8")


def _photo(box: Box) -> None:
    cv2.imwrite(str(box.here / "photo.jpg"), np.full((90, 160, 3), 128, np.uint8))


def _shipped(name: str) -> Callable[[], bytes]:
    return (poses_folder() / name).read_bytes


def _another_profile(box: Box) -> None:
    (box.data / "profiles").mkdir()
    (box.data / "profiles" / "anna.toml").write_bytes(_profile())


def _model() -> bytes:
    with TemporaryDirectory() as folder:
        box = Box(Path(folder))
        box.clear()
        return (box.cache / "formcheck" / "pose_landmarker_full.task").read_bytes()


def _own_model(box: Box) -> None:
    (box.here / "clip.mp4").write_bytes(media.base("mp4"))
    shutil.rmtree(box.cache / "formcheck" / "slim", ignore_errors=True)


_TOML: Sequence[Change] = (rewritten, rewritten, _of_bytes)
_CSV: Sequence[Change] = (retabled, retabled, _of_bytes)
KINDS = (
    DataKind(
        name="pose file",
        good=_shipped("supine_psoas.toml"),
        changes=_TOML,
        place=lambda box: box.here / "mine.toml",
        words=("poses", "check", "mine.toml", "kneeling_hip_flexor"),
        listed=("kneeling_hip_flexor: good",),
    ),
    DataKind(
        name="routine",
        good=_shipped("routines/psoas_relief.toml"),
        changes=_TOML,
        place=lambda box: box.data / "routines" / "mine.toml",
        words=("routines",),
        listed=("psoas_relief",),
    ),
    DataKind(
        name="block file",
        good=_shipped("blocks/tool_massage.toml"),
        changes=_TOML,
        place=lambda box: box.data / "blocks" / "mine.toml",
        words=("poses",),
        listed=("ball_massage",),
    ),
    DataKind(
        name="profile",
        good=_profile,
        changes=_TOML,
        place=lambda box: box.data / "profiles" / "ben.toml",
        words=("profiles",),
        beside=_another_profile,
        listed=("anna",),
    ),
    DataKind(
        name="labels",
        good=_LABELS.encode,
        changes=_TOML,
        place=lambda box: box.here / "bad.toml",
        words=("samples", "check", "."),
        beside=_labelled,
        listed=("good.mp4: good",),
    ),
    DataKind(
        name="table of true angles",
        good=_ANGLES.encode,
        changes=_CSV,
        place=lambda box: box.here / "bad.angles.csv",
        words=("samples", "check", "."),
        beside=_labelled,
        listed=("good.mp4: good",),
    ),
    DataKind(
        name="table of photographs",
        good=_PHOTOS.encode,
        changes=_CSV,
        place=lambda box: box.here / "photos.csv",
        words=("evaluate", "photos.csv"),
        beside=_photo,
        quiet=True,  # of a photograph that is not there, that one is named
    ),
    DataKind(
        name="history, its bytes",
        good=_history,
        changes=(_of_bytes,),
        place=lambda box: box.data / "history.db",
        words=("history",),
    ),
    DataKind(
        name="history, a value",
        good=_history,
        changes=(_of_rows,),
        place=lambda box: box.data / "history.db",
        words=("history",),
        listed=("good00",),
    ),
    DataKind(
        name="safety answers",
        good=lambda: b'{"questionnaire": 1, "on": "2026-01-05", "yes": ["hip"]}',
        changes=(_of_bytes, rewritten),
        place=lambda box: box.data / "safety.json",
        words=("answers", "."),
        program=_READING,
        quiet=True,
    ),
    DataKind(
        name="answers about blocks",
        good=lambda: b'{"blocks": {"ball_massage": {"asked": "0123456789abcdef", "on": "2026-01-05", "yes": ["belly_now"]}}}',
        changes=(_of_bytes, rewritten),
        place=lambda box: box.data / "safety_blocks.json",
        words=("block_answers", "."),
        program=_READING,
        quiet=True,
    ),
    DataKind(
        name="table of landmarks",
        good=_landmarks,
        changes=_CSV,
        place=lambda box: box.here / "seen.csv",
        words=("landmarks", "seen.csv"),
        program=_READING,
    ),
    DataKind(
        name="results of an unfinished run",
        good=_journal,
        changes=(_of_bytes, rewritten),
        place=lambda box: box.out / "all.jsonl.unfinished",
        words=("score", "clips", "--json", "out/all.jsonl", "--resume", "--jobs", "1"),
        beside=_clips,
        quiet=True,
    ),
    DataKind(
        name="model of their own",
        good=_model,
        changes=(_of_bytes,),
        place=lambda box: box.here / "mine.task",
        words=("score", "clip.mp4", "--model", "mine.task"),
        beside=_own_model,
        answer="Kneeling hip flexor stretch",
    ),
)
