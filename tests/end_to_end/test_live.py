"""`formcheck live` from end to end: a clip plays as a camera, in real time, before the real program with its real parts."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.scoring.document import Document, LiveDocument, SessionDocument
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.tasks import ANYTHING
from formcheck.core import wording
from formcheck.core.interfaces import ClipInfo, EngineInfo
from formcheck.core.values import Side
from formcheck.people import safety
from formcheck.people.history import Answer
from formcheck.pipeline.clip import score_recording
from formcheck.pipeline.live.plan import plan_of
from formcheck.pipeline.live.results import PerStretchResults
from formcheck.stretches.block_files import BLOCKS
from formcheck.stretches.files import find_stretch
from formcheck.system.native.media_libs import av, cv2
from formcheck.tuning.labels import CORRECT
from formcheck.ui.screen.places import arrange_screen, place_picture
from tests.support.clips import REPO, SAMPLES, Image, frames_of, write_clip
from tests.support.desktop import Desktop, desktop, needed
from tests.support.real_time import in_real_time
from tests.support.recorded import Recorded
from tests.support.reports import Page
from tests.support.sitting import sitting
from tests.support.specs import KNEELING as KNEELING_SPEC
from tests.support.specs import SHIPPED, SUPINE
from tests.support.streamed import streamed

KNEELING = SAMPLES / "kneeling_hip_flexor.mp4"
LONG = SAMPLES / "kneeling_short_hold_p8.mp4"  # held from 0.7 to 10.5 s

heavy = pytest.mark.heavy


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(tmp_path_factory.mktemp("desktop")) as made:
        yield made


def routine(path: Path, text: str) -> Path:
    path.write_text('format = 1\ntitle = "Mine"\n' + text)
    return path


def holds_in(document: Document) -> npt.NDArray[np.float64]:
    return np.array([(hold.start_s, hold.end_s, hold.held_s) for hold in document.holds])


def apart_s(judged: list[float], at_s: float) -> float:
    """Return how far apart pictures were judged around `at_s`: a busy machine leaves some out."""
    return max(b - a for a, b in pairwise(judged) if a - 0.3 <= at_s <= b + 0.3)


class TestAgreement:
    @heavy
    @in_real_time
    @pytest.mark.parametrize(
        ("clip", "pose"),
        [
            (SAMPLES / "kneeling_p6_lean_arch.mp4", "kneeling_hip_flexor"),
            (SAMPLES / "supine_p5_close_head.mp4", "supine_psoas"),
        ],
    )
    def test_a_camera_gives_the_holds_that_the_file_gives(
        self, clip: Path, pose: str, recorded: Recorded, tmp_path: Path
    ) -> None:
        """Times in the session count from the camera's first frame, which is the clip's."""
        seen = recorded(clip, find_stretch(pose))
        fps, wanted = seen.clip.fps or 0, score_recording(seen, (find_stretch(pose),)).document
        out, film, page = tmp_path / "out.json", tmp_path / "film.mp4", tmp_path / "page.html"
        files = ("--json", out, "--record", film, "--report", page)
        with (
            streamed(clip) as stream,
            sitting(tmp_path, pose, "--camera", stream.url, *files, "--mute") as session,
        ):
            last = session.wait_for(lambda line: line["time_s"] >= wanted.clip.duration_s + 0.2)
            assert session.ended(signal.SIGINT) == 130
        document = LiveDocument.model_validate_json(out.read_text())
        judged = [line["time_s"] for line in session.results if line["status"]]
        assert judged[0] < 3, "the engine was there soon after the first picture"
        found, expected = holds_in(document), holds_in(wanted)
        assert found.shape == expected.shape
        for (start_s, end_s, held_s), wanted_hold in zip(found, expected, strict=True):
            begin, end = apart_s(judged, start_s), apart_s(judged, end_s)
            allowed = np.array([1 / fps + begin, 1 / fps + end, begin + end]) + 0.01  # two frames each, where all are judged
            assert (np.abs((start_s, end_s, held_s) - wanted_hold) <= allowed).all(), (found, expected, allowed)
        assert list(document.sides) == list(wanted.sides)
        kept_s = sum(stretch.held_s for stretch in session.history.stretches)
        assert kept_s == pytest.approx(sum(hold.held_s for hold in document.holds), abs=0.02)
        assert session.history.ended is not None

        with av.open(str(film)) as container:
            pictures = list(container.decode(video=0))
            times = [picture.time for picture in pictures]
        assert (pictures[0].width, pictures[0].height) == (640, 360)
        assert times[-1] - times[0] == pytest.approx(last["time_s"], abs=1.5)
        assert times == sorted(set(times))

        shown = Page(page.read_text(encoding="utf-8"))
        assert wording.REPORT_VERDICTS[document.verdict] in shown.text
        assert {tag.get("src") for name, tag in shown.tags if name == "video"} == {"./film.mp4"}
        assert len(json.loads(shown.blocks["data"])["parts"][0]["times"]) > 50

    def test_a_routine_measures_by_what_it_asks_of_a_side(self, tmp_path: Path) -> None:
        steps = '[[steps]]\npose = "kneeling_hip_flexor"\nhold_s = 4\nrepetitions = 3\n[[steps]]\npose = "supine_psoas"\n'
        plan = plan_of(str(routine(tmp_path / "mine.toml", steps)), None, None)
        assert plan.routine
        assert {name: spec.hold_s for name, spec in plan.specs.items()} == {"kneeling_hip_flexor": 12, "supine_psoas": 60}
        assert not plan_of("supine_psoas", None, None).routine


class TestChapters:
    CLIP = ClipInfo(path="camera 0", width=640, height=360, fps=30.0, expected_s=None)
    ENGINE = EngineInfo(name="engine", version="1", model="model")
    SESSION = GuidedSession({spec.name: spec for spec in SHIPPED}, ANYTHING)

    def test_what_nobody_has_looked_at_is_a_document_too(self) -> None:
        (result,) = PerStretchResults(FormAnalyzer(SHIPPED)).results(self.CLIP, self.ENGINE, self.SESSION)
        assert (result.document.pose, result.document.score, result.document.seen_s) == (None, None, 0.0)

    def test_each_ends_with_its_last_moment(self) -> None:
        """A session that stays open on its summary adds nothing to what was done."""
        first, second = FormAnalyzer((KNEELING_SPEC,)), FormAnalyzer((SUPINE,))
        chapters = PerStretchResults(first)
        for session, time_s in ((first, 0.0), (first, 2.0), (second, 5.0), (second, 6.5)):
            chapters.add(session, session.step((), time_s))
        documents = [result.document for result in chapters.results(self.CLIP, self.ENGINE, self.SESSION)]
        assert [document.clip.duration_s for document in documents] == [2.0, 6.5]
        assert [[(gone.start_s, gone.end_s) for gone in document.unseen] for document in documents] == [[(0, 2)], [(5, 6.5)]]


@in_real_time
class TestInterruptions:
    @heavy
    def test_a_stream_cut_for_five_seconds_and_then_a_kill(self, model: Path, tmp_path: Path) -> None:
        """What was held before stays, the pictures not sent count for nothing, and the disk is a second behind at most."""
        with (
            streamed(KNEELING) as stream,
            sitting(tmp_path, "kneeling_hip_flexor", "--camera", stream.url, "--mute") as session,
        ):
            before = session.wait_for(lambda line: line["held_s"] >= 2.0)
            stream.tell("drop", s=5)
            lost = session.wait_for(lambda line: line["phase"] == "lost")
            assert "camera" in lost["instruction"] or "connection" in lost["instruction"]
            assert lost["held_s"] >= before["held_s"]
            back = session.wait_for(lambda line: line["phase"] != "lost")
            pause_s = back["time_s"] - max(
                line["time_s"] for line in session.results if line["status"] and line["at_s"] < lost["at_s"]
            )
            assert pause_s < 5 + 2 + 1  # the cut, the longest pause between two attempts, and the connection's own time
            assert back["held_s"] == pytest.approx(lost["held_s"], abs=0.05)
            killed = session.wait_for(lambda line: line["held_s"] >= lost["held_s"] + 3.0)
            session.process.kill()
            session.process.wait()
            at_least_s = [line["held_s"] for line in session.results if line["at_s"] <= killed["at_s"]][-1] - 1.0
        entry = session.history
        assert entry.stretches[0].held_s >= at_least_s
        assert entry.ended is None
        judged = [line for line in session.results if line["status"]]
        correct_s = sum(
            b["time_s"] - a["time_s"] for a, b in pairwise(judged) if a["status"] == CORRECT and b["time_s"] - a["time_s"] < 1
        )
        # A movement out of the form takes back up to half a second, and a busy machine a picture at each end of the cut.
        assert judged[-1]["held_s"] == pytest.approx(correct_s, abs=0.7)

    @heavy
    @pytest.mark.parametrize(
        ("numbers", "code"),
        [
            ((signal.SIGINT,), 130),
            ((signal.SIGTERM,), 143),
            ((signal.SIGHUP,), 129),
            ((signal.SIGTERM, signal.SIGTERM), 143),  # a supervisor that signals the process and its group
            ((signal.SIGINT, signal.SIGINT, signal.SIGINT), 130),  # an impatient person
            ((signal.SIGHUP, signal.SIGTERM), 129),  # a desktop that ends
        ],
        ids=lambda found: "-".join(number.name for number in found) if isinstance(found, tuple) else None,
    )
    def test_asked_to_end(self, numbers: tuple[signal.Signals, ...], code: int, model: Path, tmp_path: Path) -> None:
        """Sound and speech are on here, as far as the machine has them: their processes end as well, and say nothing.

        A request that is repeated loses nothing of what takes under a second.
        """
        with streamed(LONG) as stream, sitting(tmp_path, "--camera", stream.url, "--json", "-") as session:
            session.wait_for(lambda line: line["held_s"] >= 2.5)
            assert session.ended(*numbers) == code
        document = LiveDocument.model_validate_json(session.out[session.out.index("{") :])
        assert document.pose == "kneeling_hip_flexor"
        assert document.holds[0].held_s >= 2.5
        assert session.history.ended is not None
        assert session.history.plan == "any stretch"
        assert "s held" in session.err or " of " in session.err, "the summary"

    @heavy
    def test_a_film_that_is_cut_off_plays_and_is_not_overwritten(self, model: Path, tmp_path: Path) -> None:
        film, cut = tmp_path / "film.mp4", tmp_path / "film.unfinished.mp4"
        words = ("kneeling_hip_flexor", "--mute", "--record", film)
        with streamed(LONG, loop=True) as stream:
            with sitting(tmp_path, *words, "--camera", stream.url) as session:
                last = session.wait_for(lambda line: line["time_s"] >= 6.0)
                session.process.kill()
                session.process.wait(20)
            assert not film.exists()
            with av.open(str(cut)) as container:
                times = [picture.time for picture in container.decode(video=0)]
            assert last["time_s"] - 1.0 <= times[-1]
            assert times == sorted(set(times))
        before = cut.read_bytes()
        kept = tmp_path / "film.unfinished-2.mp4"
        again_in = tmp_path / "again"
        again_in.mkdir()
        with streamed(LONG, loop=True) as stream, sitting(again_in, *words, "--camera", stream.url) as session:
            session.wait_for(lambda line: line["time_s"] >= 2.0)
            assert session.ended(signal.SIGTERM) == 143
            assert f"{kept}: is what an earlier session filmed before it was cut off; it plays." in session.err
        assert {path.name for path in tmp_path.glob("*.mp4")} == {film.name, kept.name}
        assert kept.read_bytes() == before
        assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []
        head = film.read_bytes()
        assert head.index(b"moov") < head.index(b"mdat"), "its index comes first"
        assert b"moof" not in head, "an ordinary film, not one in fragments"

    @heavy
    def test_no_file_has_the_password_of_the_camera(self, model: Path, tmp_path: Path) -> None:
        out, film = tmp_path / "out.json", tmp_path / "film.mp4"
        with streamed(LONG, login="me:Zq7x#Wk3y") as stream:
            given = {"FORMCHECK_CAMERA": f"{stream.at('/video', 'me:Zq7x%23Wk3y')}?pwd=9Xvz"}
            with sitting(tmp_path, "--mute", "--json", out, "--record", film, environment=given) as session:
                session.wait_for(lambda line: line["held_s"] >= 1)
                stream.tell("drop", s=1)
                session.wait_for(lambda line: line["phase"] == "lost")
                session.wait_for(lambda line: line["phase"] != "lost")
                assert session.ended(signal.SIGINT) == 130
        assert json.loads(out.read_text())["clip"]["path"] == f"{stream.url}?…"
        written = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert {out, film, tmp_path / "err.txt", tmp_path / "data" / "history.db"} <= set(written)
        assert [path for path in written if re.search(rb"Zq7x|Wk3y|9Xvz", path.read_bytes())] == []

    @heavy
    def test_two_sessions_for_one_file(self, model: Path, tmp_path: Path) -> None:
        """The second says so before it begins, and the first ends as if nothing had been."""
        out = tmp_path / "out.json"
        with (
            streamed(LONG) as stream,
            sitting(tmp_path, "--mute", "--camera", stream.url, "--json", out) as session,
        ):
            session.wait_for(lambda line: line["held_s"] >= 1)
            second = formcheck("--no-window", "--camera", stream.url, "--json", out, FORMCHECK_DATA=str(tmp_path / "data"))
            assert second.returncode == 1
            assert f"{out}: is being written by another run of formcheck" in second.stderr
            assert session.ended(signal.SIGINT) == 130
        assert LiveDocument.model_validate_json(out.read_text()).holds


BLOCK = """\
format = 1
title = "Quiet time"
purpose = "To try it."
position = "Stay as you are"
ready_s = 5
area = "none"
sides = false
most_s = 60
rules = ["Keep breathing"]
[[phases]]
name = "First"
seconds = 5
do = "Keep quiet."
say = "First, keep quiet"
[[phases]]
name = "Then"
seconds = 5
do = "Breathe."
say = "Then breathe slowly"
breathe = true
"""


def somebody_leaves(path: Path) -> Path:
    """Write a clip in which somebody kneels, is gone for five seconds, and kneels again."""
    kneels = [image for image, _ in frames_of(LONG)]
    height, width = kneels[0].shape[:2]
    noise = np.random.default_rng(1)
    wall = np.repeat(np.linspace(90, 200, height, dtype=np.float32)[:, None], width, axis=1)[..., None]
    empty = [np.clip(wall + noise.normal(0, 4, (height, width, 3)), 0, 255).astype(np.uint8) for _ in range(150)]
    pictures = [*kneels, *empty, *kneels]
    return write_clip(path, [(image, i / 30) for i, image in enumerate(pictures)])


@heavy
@in_real_time
class TestBlocks:
    def test_a_routine_of_all_kinds_with_sound_and_voice(self, model: Path, tmp_path: Path) -> None:
        """Leaving pauses, coming back goes on; a yes leaves out that block alone; the rest of the routine is what it was."""
        (tmp_path / "quiet.toml").write_text(BLOCK)
        steps = '[[steps]]\nblock = "thigh_roller"\n[[steps]]\nblock = "quiet.toml"\n'
        steps += '[[steps]]\npose = "kneeling_hip_flexor"\nsides = "right"\nhold_s = 2\n'
        mine, out = routine(tmp_path / "mine.toml", steps), tmp_path / "out.json"
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
            roller = BLOCKS.find("thigh_roller")
            safety.save_block_answers(safety.answered(roller.questions, [one for one in roller.questions if one.id == "leg"]))
        with (
            streamed(somebody_leaves(tmp_path / "leaves.mp4"), loop=True) as stream,
            sitting(tmp_path, mine, "--camera", stream.url, "--json", out) as session,
        ):
            session.wait_for(lambda line: line["phase"] == "done", seconds=150)
            assert session.ended(signal.SIGINT) == 130
        told = session.results
        guided = [line for line in told if line["phase"] == "guided"]
        assert all(line["status"] is None for line in guided), "nothing is judged"
        spells = [list(same) for away, same in groupby(guided, lambda line: line["instruction"] == phrases.AWAY) if away]
        assert spells
        for spell in spells:
            assert len({line["held_s"] for line in spell}) == 1, "leaving pauses"
        assert max(spell[-1]["time_s"] - spell[0]["time_s"] for spell in spells) == pytest.approx(3, abs=1.5)
        said = [text for line in told for text in line["said"]]
        spoken = ["First, keep quiet", phrases.AWAY, phrases.GOING_ON, "Then breathe slowly"]
        assert sorted(said.index(text) for text in spoken[1:3]) == [said.index(text) for text in spoken[1:3]]
        assert set(spoken) <= set(said)
        chimes = {chime for line in told for chime in line["chimes"]}
        assert {"ready", "start", "lapse", "change", "done"} <= chimes
        document = SessionDocument.model_validate_json(out.read_text())
        roller_left, roller_right, quiet = document.blocks
        assert (roller_left.block, roller_left.guided_s, roller_left.complete) == ("thigh_roller", 0.0, False)
        assert (roller_right.started_s, quiet.side) == (None, None)
        assert (quiet.block, quiet.guided_s, quiet.goal_s, quiet.complete) == ("quiet", 10.0, 10.0, True)
        assert quiet.started_s is not None
        assert [(task.pose, task.complete) for task in document.tasks] == [("kneeling_hip_flexor", True)]
        assert [part.pose for part in document.stretches] == ["kneeling_hip_flexor"]
        assert [(one.block, one.guided_s, one.skipped) for one in session.history.blocks] == [
            ("thigh_roller", 0.0, True),
            ("thigh_roller", 0.0, True),
            ("quiet", 10.0, False),
        ]
        assert "Left out: Roller, front of the thigh. Please ask a doctor or therapist" in " ".join(session.out.split())
        assert re.search(r"Quiet time +10 s of 10 s +done +not measured", session.out + session.err)

    def test_a_block_alone_has_a_document_without_stretches(self, model: Path, tmp_path: Path) -> None:
        quiet, out = tmp_path / "quiet.toml", tmp_path / "out.json"
        quiet.write_text(BLOCK)
        with (
            streamed(LONG, loop=True) as stream,
            sitting(tmp_path, quiet, "--camera", stream.url, "--mute", "--json", out) as session,
        ):
            session.wait_for(lambda line: line["phase"] == "guided" and line["held_s"] >= 2, seconds=60)
            assert session.ended(signal.SIGINT) == 130
        document = json.loads(out.read_text())
        assert (document["plan"], document["stretches"], document["tasks"], document["pains"]) == ("quiet", [], [], [])
        (block,) = document["blocks"]
        assert list(block) == ["block", "side", "started_s", "guided_s", "goal_s", "complete", "skipped", "note"]
        assert 2 <= block["guided_s"] < 10
        assert session.history.plan == "quiet"


@heavy
@in_real_time
class TestWindow:
    pytestmark = needed

    def test_a_routine_from_the_first_instruction_to_the_summary(self, desk: Desktop, model: Path, tmp_path: Path) -> None:
        steps = 'rest_s = 2\n[[steps]]\npose = "kneeling_hip_flexor"\nsides = ["right", "left"]\nhold_s = 10\n'
        mine, out = routine(tmp_path / "mine.toml", steps), tmp_path / "out.json"
        with streamed(KNEELING) as stream, sitting(tmp_path, mine, "--camera", stream.url, "--json", out, desk=desk) as session:
            focus = session.wait_for(lambda line: line["held_s"] >= 3)["focus"]
            cv2.imwrite(str(tmp_path / "screen.png"), cv2.cvtColor(desk.look(), cv2.COLOR_RGB2BGR))
            assert differ(desk.look(), KNEELING, focus) < 10, "the picture fills its place, near, mirrored"
            assert differ(desk.look(), KNEELING, focus, swapped=True) > 40, "red is red and blue is blue"
            session.wait_for(lambda line: line["phase"] == "rest")
            session.wait_for(lambda line: line["phase"] == "setup" and line["instruction"] == phrases.OTHER_LEG)
            session.press("s")
            session.wait_for(lambda line: line["phase"] == "done")
            assert session.process.poll() is None, "the summary stays until it is left"
            session.press("q")
            assert session.ended() == 0
        told = session.results
        phases = [phase for phase, _ in groupby(line["phase"] for line in told)]
        assert phases == ["setup", "countdown", "stretch", "rest", "setup", "done"]
        assert {"ready", "tick", "start", "half", "lapse", "done", "change"} <= {
            chime for line in told for chime in line["chimes"]
        }
        assert "Grow tall, chest over hips" in [line["cue"] for line in told], "the fault and its cue"
        document = SessionDocument.model_validate_json(out.read_text())
        (part,) = document.stretches
        assert (document.plan, part.pose) == ("mine", "kneeling_hip_flexor")
        assert part.sides[Side.RIGHT].goal_s == 10
        assert part.sides[Side.RIGHT].complete
        right, left = session.history.stretches
        assert (right.side, right.complete, right.skipped) == (Side.RIGHT, True, False)
        assert (left.side, left.complete, left.skipped) == (Side.LEFT, False, True)
        assert re.search(r"right side +10 s of 10 s +done", session.out)
        assert re.search(r"left side +0 s of 10 s +skipped", session.out)
        shown = {path.stem.split("-")[1] for path in tmp_path.glob("[0-9]*.png")}
        assert {"setup", "countdown", "stretch", "rest", "done"} <= shown

    def test_every_key_in_the_middle_of_a_hold(self, desk: Desktop, model: Path, tmp_path: Path) -> None:
        with (
            streamed(LONG, loop=True) as stream,
            sitting(tmp_path, "kneeling_hip_flexor", "--camera", stream.url, desk=desk) as session,
        ):
            session.wait_for(lambda line: line["held_s"] >= 2)
            session.press("m")
            session.wait_for(lambda line: line["muted"])
            session.press("space")
            paused = session.wait_for(lambda line: line["phase"] == "paused")
            time.sleep(1)
            session.press("space")
            again = session.wait_for(lambda line: line["phase"] != "paused")
            assert again["held_s"] == pytest.approx(paused["held_s"], abs=0.05), "the clock stands still in a pause"
            session.wait_for(lambda line: line["held_s"] > again["held_s"] + 0.5)
            session.press("x")
            session.wait_for(lambda line: line["phase"] == "pain")
            session.press("1")
            session.wait_for(lambda line: line["phase"] != "pain")
            session.press("s")
            session.wait_for(lambda line: line["side"] == "left")
            desk.click_cross(session.window)
            assert session.ended() == 0
        entry = session.history
        assert entry.ended is not None
        assert [(pain.side, pain.answer) for pain in entry.pains] == [(Side.RIGHT, Answer.MILD)]
        assert entry.stretches[0].held_s >= paused["held_s"] + 0.5
        assert entry.stretches[0].skipped

    def test_a_phone_upright_that_changes_its_size_and_is_lost(self, desk: Desktop, model: Path, tmp_path: Path) -> None:
        clip = write_clip(tmp_path / "upright.mp4", upright(SAMPLES / "standing_psoas.mp4", until_s=8.0), fps=25)
        with (
            streamed(clip) as stream,
            sitting(tmp_path, "standing_psoas", "--camera", stream.url, "--mute", desk=desk) as session,
        ):
            session.wait_for(lambda line: line["held_s"] >= 1)
            stream.tell("size", w=720, h=1280)
            session.wait_for(lambda line: line["held_s"] >= 2.5)
            stream.tell("stall", s=2)
            session.wait_for(lambda line: line["phase"] == "lost")
            time.sleep(0.3)
            session.wait_for(lambda line: line["phase"] != "lost")
            time.sleep(0.3)
            desk.resize(session.window, 500, 900)
            session.wait_for(lambda line: line["held_s"] >= 3.5)
            session.press("q")
            session.wait_for(lambda line: line["phase"] == "done")
            session.press("q")
            assert session.ended() == 0
        shown = [path.stem.split("-")[1] for path in sorted(tmp_path.glob("[0-9]*.png"))]
        assert "lost" in shown
        assert "stretch" in shown[shown.index("lost") :]
        assert session.history.stretches[0].held_s >= 3.5


def differ(screen: Image, clip: Path, focus: Sequence[float], *, swapped: bool = False) -> float:
    """Return how far what a window as large as the screen shows is from the clip, mirrored, in its most colourful places."""
    picture = next(image for image, time_s in frames_of(clip) if time_s > 5)
    height, wide = screen.shape[0], picture.shape[1] / picture.shape[0]
    room = arrange_screen(screen.shape[1] / height).picture
    left, low, right, top = focus
    box = place_picture(room, wide, (wide - right, low, wide - left, top))
    wanted = cv2.resize(
        picture[:, ::-1, ::-1] if swapped else picture[:, ::-1], (round(box.width * height), round(box.height * height))
    ).astype(int)
    left, top = (round(max(0.0, edge) * height) for edge in (room.left - box.left, box.top - room.top))
    x, y = (round(max(edges) * height) for edges in ((room.left, box.left), (1 - room.top, 1 - box.top)))
    wide, high = round(min(room.right, box.right) * height) - x, round((1 - max(room.low, box.low)) * height) - y
    wanted, seen = wanted[top : top + high, left : left + wide], screen[y : y + high, x : x + wide]
    high, wide = np.minimum(wanted.shape, seen.shape)[:2]  # either may be a line larger, by rounding
    wanted, seen = wanted[:high, :wide], seen[:high, :wide]
    colourful = wanted.max(axis=2) - wanted.min(axis=2) > 60
    return float(np.median(np.abs(wanted - seen)[colourful]))


def upright(clip: Path, until_s: float) -> Iterator[tuple[Image, float]]:
    """The middle of the picture in a frame that is higher than wide, as from a phone that stands."""
    for image, time_s in frames_of(clip):
        if time_s > until_s:
            break
        middle = image[:, 140:500]
        yield np.pad(middle, ((140, 140), (0, 0), (0, 0)), mode="edge"), time_s


@in_real_time
class TestBothSides:
    @heavy
    def test_without_a_window_it_ends_by_itself_and_prints_nothing_but_json(self, model: Path, tmp_path: Path) -> None:
        steps = 'rest_s = 0\n[[steps]]\npose = "standing_psoas"\nsides = ["right", "left"]\nhold_s = 2\n'
        mine = routine(tmp_path / "mine.toml", steps)
        clip = SAMPLES / "standing_changes_sides_p5.mp4"
        with streamed(clip) as stream, sitting(tmp_path, mine, "--camera", stream.url, "--json", "-", "--mute") as session:
            session.wait_for(lambda line: line["phase"] == "done")
            assert session.ended() == 0
        document = SessionDocument.model_validate_json(session.out)
        sides = document.stretches[0].sides
        assert {side: entry.complete for side, entry in sides.items()} == {Side.RIGHT: True, Side.LEFT: True}
        assert [hold.side for hold in document.stretches[0].holds] == [Side.RIGHT, Side.LEFT]
        for hold, truth_s in zip(document.stretches[0].holds, (1.25, 8.583), strict=True):
            assert hold.start_s == pytest.approx(truth_s, abs=0.5)
        assert [stretch.complete for stretch in session.history.stretches] == [True, True]
        assert "All done" in session.err
        assert {path.name for path in tmp_path.iterdir()} == {"data", "err.txt", "mine.toml", "out.txt", "results.jsonl"}
        assert {path.name for path in (tmp_path / "data").iterdir()} == {"history.db"}, "nothing is recorded unasked"


def formcheck(*words: str | Path, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run `formcheck live` with this in the environment, or, for `None`, without it."""
    given = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "formcheck", "live", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPO,
        stdin=subprocess.DEVNULL,
        timeout=120,
        env={name: value for name, value in given.items() if value is not None},
    )


class TestMissing:
    """What a session needs and what is not there is said before it begins, with what to do."""

    @pytest.fixture(autouse=True)
    def _own_data(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))

    def fails(self, *words: str | Path, **environment: str | None) -> str:
        done = formcheck(*words, **environment)
        assert done.returncode == 1, done.stderr
        assert done.stderr.startswith("formcheck: ") or "\nformcheck: " in done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    @pytest.mark.skipif(sys.platform != "linux", reason="asks for an X display, as on Linux alone")
    def test_no_display(self) -> None:
        said = self.fails("--camera", "http://127.0.0.1:9/video", DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)
        assert "DISPLAY is not set" in said
        assert "--no-window" in said

    def test_no_model_and_no_way_to_fetch_it(self, tmp_path: Path) -> None:
        nowhere = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "PIP_FIND_LINKS"), str(tmp_path))
        said = self.fails("--no-window", PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull, FORMCHECK_MODEL=None, **nowhere)
        assert "formcheck model" in said
        assert "--model FILE" in said

    @heavy
    def test_no_camera(self, model: Path, tmp_path: Path) -> None:
        said = self.fails("--no-window", "--camera", "97", "--json", tmp_path / "out.json")
        assert "camera 97: there is no such camera" in said
        assert said.endswith("`formcheck doctor` looks at every part.\n")
        assert not (tmp_path / "out.json").exists()
        assert not (tmp_path / "data" / "history.db").exists()

    @heavy
    def test_nobody_at_the_address_of_a_stream(self, model: Path) -> None:
        assert "nothing answers there" in self.fails("--no-window", "--camera", "http://127.0.0.1:9/video")

    def test_the_same_file_for_two_outputs(self, tmp_path: Path) -> None:
        both = tmp_path / "out.mp4"
        assert "two outputs" in self.fails("--no-window", "--json", both, "--record", both)

    @heavy
    @in_real_time
    @pytest.mark.skipif(sys.platform != "linux", reason="takes sound away as it can be done on Linux")
    def test_no_sound_and_no_speech_are_said_and_the_session_goes_on(self, model: Path, tmp_path: Path) -> None:
        mute = tmp_path / "asound.conf"
        mute.write_text("pcm.none { type hw card 99 }")
        lacking = {"PATH": str(tmp_path), "ALSA_CONFIG_PATH": str(mute), "PULSE_SERVER": "none"}
        with (
            streamed(LONG) as stream,
            sitting(tmp_path, "kneeling_hip_flexor", "--camera", stream.url, environment=lacking) as session,
        ):
            session.wait_for(lambda line: line["held_s"] >= 3)
            assert session.ended(signal.SIGTERM) == 143
        assert session.err.count("There is no sound: ") == 1
        assert session.err.count("There is no voice: ") == 1


@heavy
@in_real_time
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed, so system calls can't be watched")
@needed[0]
@needed[1]
def test_a_session_reaches_no_address_but_the_cameras(desk: Desktop, model: Path, tmp_path: Path) -> None:
    """With window, sound and speech; watches every thread and process of it."""
    log = tmp_path / "calls.txt"
    words = ["kneeling_hip_flexor", "--json", str(tmp_path / "out.json")]
    with streamed(LONG, loop=True) as stream:
        watched = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=network", "-o", str(log)]
        command = [*watched, sys.executable, "-m", "formcheck", "live", *words, "--camera", stream.url]
        env = {**os.environ, "DISPLAY": desk.display, "FORMCHECK_DATA": str(tmp_path / "data")}
        with subprocess.Popen(command, cwd=REPO, env=env, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as session:
            window = desk.find("formcheck")
            time.sleep(5)
            desk.click_cross(window)
            session.communicate(timeout=60)
    assert session.returncode == 0
    assert json.loads((tmp_path / "out.json").read_text())["seen_s"] > 1
    port = re.search(r":(\d+)/", stream.url)
    assert port is not None
    calls = log.read_text().splitlines()
    named = [line for line in calls if "AF_INET" in line and re.search(r"\b(connect|sendto|sendmsg|bind)\(", line)]
    assert named
    assert [line for line in named if f"sin_port=htons({port[1]})" not in line or "127.0.0.1" not in line] == []
