"""A calibration as somebody in front of the camera has it, and from a video, through the real engine."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import TypeAlias

import pytest

from formcheck.analysis.analyzer import FormAnalyzer
from formcheck.analysis.baseline.capture import INSTRUCTIONS
from formcheck.analysis.baseline.offsets import Baseline, StraightPosture, lengths, view_ratio
from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.coaching.events import Chime, Key, SessionPhase, StepResult
from formcheck.coaching.guidance import phrases
from formcheck.coaching.guided_session import GuidedSession
from formcheck.coaching.readings.calibration import Calibration
from formcheck.coaching.readings.guided_reading import LEAVE_S
from formcheck.core import wording
from formcheck.core.engine_traits import DEFAULT_TRAITS, EngineTraits
from formcheck.core.lighting import Light
from formcheck.core.values import Landmarks, Side
from formcheck.people.profile import Profile, find_profile, save_profile
from formcheck.people.progression import percentile
from formcheck.stretches import StretchSpec
from formcheck.testing import legs_flat, moved, scaled, turned, upright
from tests.support.calibrated import baseline_of, hips_off, taking_of
from tests.support.clips import REPO, SAMPLES
from tests.support.desktop import desktop, needed
from tests.support.real_time import in_real_time
from tests.support.recorded import Recorded
from tests.support.rehearsal import LEFT, RIGHT, SPECS, Rehearsal, planned
from tests.support.scenes import Scene, scene
from tests.support.sitting import sitting
from tests.support.specs import KNEELING, SHIPPED, SUPINE
from tests.support.streamed import streamed

heavy = pytest.mark.heavy
Patch: TypeAlias = pytest.MonkeyPatch

UP, FLAT = scaled(upright(lean=0.0), 0.95), legs_flat()


def faint(body: Landmarks) -> Landmarks:
    """The body as an engine sees it that is sure of nothing."""
    return moved(body, lambda _, point: replace(point, visibility=0.3 * point.visibility))


def told_of(
    *acts: tuple[float, Landmarks | tuple[Landmarks, ...]], light: Light = Light.FINE
) -> tuple[Calibration, list[StepResult]]:
    calibration = Calibration(SPECS)
    return calibration, [calibration.step(people, light, time_s) for time_s, people in scene(*acts)]


class TestFold:
    def test_from_the_first_word_to_the_last(self) -> None:
        calibration, told = told_of((1, ()), (4, UP), (6, FLAT), (LEAVE_S, FLAT))
        phases = [phase for phase, _ in groupby(one.screen.phase for one in told)]
        assert phases == [
            SessionPhase.SETUP,
            SessionPhase.COUNTDOWN,
            SessionPhase.SETUP,
            SessionPhase.COUNTDOWN,
            SessionPhase.DONE,
        ]
        heard = [utterance for one in told for utterance in one.utterances]
        said = [utterance.text for utterance in heard if utterance.text is not None]
        assert said == [
            phrases.STEP_IN,
            phrases.STAY,
            f"{phrases.DONE}. {INSTRUCTIONS[StraightPosture.LYING]}",
            phrases.STAY,
            phrases.CALIBRATED,
        ]
        chimes = [utterance.chime for utterance in heard if utterance.chime is not None]
        counted = [Chime.READY, Chime.TICK, Chime.TICK]
        assert chimes == [*counted, Chime.CHANGE, *counted, Chime.DONE]
        counts = [count for count, _ in groupby(one.screen.count for one in told)]
        assert counts == [None, 3, 2, 1, None, 3, 2, 1, None]
        assert calibration.baseline is not None
        assert calibration.wants_to_quit

    def test_somebody_who_lies_down_first_is_asked_to_stand(self) -> None:
        calibration, told = told_of((5, FLAT))
        assert told[-1].screen.instruction == INSTRUCTIONS[StraightPosture.STANDING]
        assert calibration.baseline is None

    def test_what_the_camera_needs_comes_first(self) -> None:
        for body, text in ((turned(upright(), 60), phrases.turn_to(None)), (scaled(upright(), 0.12), phrases.CLOSER)):
            assert told_of((2, body))[1][-1].screen.instruction == text
        assert told_of((2, ()), light=Light.BLACK)[1][-1].screen.instruction == phrases.UNCOVER

    def test_every_sentence_is_short(self) -> None:
        told: list[str] = [
            wording.STAND_STRAIGHT,
            wording.LIE_FLAT,
            wording.ON_YOUR_BACK,
            wording.HOLD_STILL,
            wording.LEVEL_CAMERA,
        ]
        told += [wording.TURN_A_LITTLE, *(row.cue for row in wording.REASONS.values())]
        for text in (*told, phrases.CALIBRATED, phrases.OUT_OF_DATE, f"{phrases.DONE}. {INSTRUCTIONS[StraightPosture.LYING]}"):
            assert len(text.split()) <= 8, text

    @pytest.mark.parametrize(("traits", "taken"), [(EngineTraits(visible=0.1), True), (DEFAULT_TRAITS, False)])
    def test_what_counts_as_seen_is_for_the_engine_to_say(self, traits: EngineTraits, taken: bool) -> None:
        calibration = Calibration(SPECS, traits=traits)
        for time_s, people in scene((4, faint(UP)), (6, faint(FLAT))):
            calibration.step(people, Light.FINE, time_s)
        assert (calibration.baseline is not None) is taken

    def test_a_camera_that_stands_still_is_told_as_such(self) -> None:
        calibration = Calibration(SPECS)
        for time_s, people in scene((2, UP)):
            calibration.step(people, Light.FINE, time_s)
        still = calibration.lose_camera(4.0, same_since_s=1.9)
        assert (still.screen.phase, still.screen.instruction) == (SessionPhase.LOST, phrases.STANDS_STILL)
        assert [utterance.text for utterance in still.utterances] == [phrases.STANDS_STILL]

    def test_lost_pictures_begin_the_seconds_anew(self) -> None:
        calibration = Calibration(SPECS)
        for time_s, people in scene((2, UP)):
            calibration.step(people, Light.FINE, time_s)
        lost = calibration.lose_camera(3.0)
        assert (lost.screen.phase, lost.screen.instruction) == (SessionPhase.LOST, phrases.NO_PICTURE)
        assert [utterance.text for utterance in lost.utterances] == [phrases.CAMERA_LOST]
        assert calibration.lose_camera(3.2).utterances == ()
        told = [calibration.step(people, Light.FINE, 5 + time_s) for time_s, people in scene((2.9, UP))]
        assert phrases.CAMERA_BACK in [utterance.text for utterance in told[0].utterances]
        assert told[-1].screen.phase is SessionPhase.COUNTDOWN

    def test_keys(self) -> None:
        calibration = Calibration(SPECS)
        assert set(calibration.first_screen.keys) == {Key.MUTE, Key.FULL_SCREEN, Key.QUIT}
        calibration.press(Key.MUTE, 0.0)
        assert calibration.wait(0.1).screen.muted
        calibration.press(Key.QUIT, 0.2)
        assert calibration.wants_to_quit
        assert calibration.baseline is None


def hips(people: Scene, degrees: float) -> Scene:
    """The same with hips that the engine sets off."""
    return [(time_s, tuple(hips_off(person, degrees) for person in found)) for time_s, found in people]


def angles(spec: StretchSpec, people: Scene, baseline: Baseline | None, measure: str) -> dict[float, float]:
    """The angles of all frames in correct form, by time."""
    session = FormAnalyzer([spec], fit=BaselineCheck(baseline=baseline))
    moments = [session.step(found, time_s) for time_s, found in people]
    assert session.fit.misfits == ()
    told = ((moment.time_s, moment.assessment) for moment in moments)
    values = {time_s: one.measurements[measure] for time_s, one in told if one.status.in_shape}
    return {time_s: value for time_s, value in values.items() if value is not None}


def brought(baseline: Baseline | None, people: Scene) -> Baseline:
    """The offsets of `baseline` as if taken where `people` are: those clips were filmed with another lens each."""
    assert baseline is not None
    session = FormAnalyzer([KNEELING])
    moments = [session.step(found, time_s) for time_s, found in people]
    seen_well = [(moment.landmarks, moment.view) for moment in moments if moment.landmarks and moment.view]
    every = [(long, view_ratio(person)) for person, view in seen_well if (long := lengths(person, view)) is not None]
    middle = {name: median(long[name] for long, _ in every) for name in every[0][0]}
    ratio = median(apart for _, apart in every)
    standing, lying = (replace(one, lengths=middle, view_ratio=ratio) for one in (baseline.standing, baseline.lying))
    return Baseline(standing=standing, lying=lying)


def apart(one: dict[float, float], other: dict[float, float]) -> float:
    """How far apart the angles of the same frames are, in the middle."""
    return median(abs(one[time_s] - other[time_s]) for time_s in one.keys() & other.keys())


def elsewhere(baseline: Baseline) -> Baseline:
    """The same, taken at twice the distance."""
    far = (
        replace(one, lengths={name: long / 2 for name, long in one.lengths.items()})
        for one in (baseline.standing, baseline.lying)
    )
    return Baseline(standing=next(far), lying=next(far))


class TestGuidedSession:
    def test_a_baseline_is_used_from_stretch_to_stretch(self) -> None:
        there = brought(baseline_of(lambda body: hips_off(body, 6.0)), scene((0.1, RIGHT)))
        live = Rehearsal(
            GuidedSession(SPECS, (planned(Side.RIGHT, goal_s=4), planned(Side.LEFT)), fit=BaselineCheck(baseline=there))
        )
        live.see(5, hips_off(RIGHT, 6.0)).see(12, hips_off(LEFT, 6.0, facing=-1))
        for part in live.session.agenda.begun:
            assert percentile([part.reach], 0.5) == pytest.approx(18, abs=1)
        assert phrases.OUT_OF_DATE not in live.texts

    def test_one_that_is_out_of_date_is_told_once_and_not_used(self) -> None:
        old = elsewhere(brought(baseline_of(lambda body: hips_off(body, 6.0)), scene((0.1, RIGHT))))
        live = Rehearsal(
            GuidedSession(SPECS, (planned(Side.RIGHT, goal_s=8), planned(Side.LEFT)), fit=BaselineCheck(baseline=old))
        )
        live.see(9, RIGHT).see(12, LEFT)
        assert live.texts.count(phrases.OUT_OF_DATE) == 1
        assert len(live.session.fit.misfits) == 1
        assert percentile([live.session.agenda.begun[1].reach], 0.5) == 18


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The person of `kneeling_hip_flexor`, before much the same camera: straight up, then flat."""
    from samples.render.camera import Camera
    from samples.render.clip import Clip, Scene
    from samples.render.hard import RESTS
    from samples.render.produce import produce

    folder = tmp_path_factory.mktemp("straight")
    made = Clip(
        name="straight",
        pose="none",
        person="p1",
        stretched="right",
        facing="right",
        camera=Camera(yaw_deg=5.0, height_m=0.65, distance_m=3.0, aim=(0.0, 0.87), lens_deg=39.0),
        steps=((0.0, {}), (3.8, {})),
        hands=("hanging", "hanging"),
        fps=Fraction(10),
        act="upright",
        then=(
            Scene(
                act="resting",
                stretched="right",
                facing="right",
                steps=[(3.8, dict(RESTS["flat"])), (8.0, {})],
                hands=("beside_body", "beside_body"),
            ),
        ),
    )
    produce(made, folder)
    return folder / "straight.mp4"


def formcheck(*told: str | Path, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "formcheck", *map(str, told)],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPO,
        env={**os.environ, "FORMCHECK_DATA": str(data)},
    )


@heavy
class TestVideo:
    def test_a_baseline_is_kept_and_used(
        self, clip: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
        done = formcheck("calibrate", "--video", clip, "--profile", "anna", data=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "Your baseline is kept in" in done.stdout
        baseline = find_profile("anna").baseline
        assert find_profile("anna").camera == (640, 360)
        for posture in StraightPosture:
            offsets = baseline.of(posture).offsets
            assert {name: round(value) for name, value in offsets.items() if abs(value) > 8} == {}, posture
        scored = formcheck("score", SAMPLES / "kneeling_hip_flexor.mp4", "--profile", "anna", "--json", "-", data=tmp_path)
        assert scored.returncode == 0, scored.stderr
        assert "Profile anna, baseline of" in scored.stderr
        assert "full credit" not in scored.stderr  # nothing held yet: the file's own ranges
        assert json.loads(scored.stdout)["pose"] == "kneeling_hip_flexor"
        assert "The baseline (standing) is out of date" in scored.stderr, "the sample was filmed with another lens"

    def test_what_is_missing_is_told(self, model: Path, tmp_path: Path) -> None:
        done = formcheck("calibrate", "--video", SAMPLES / "none_lying_p5.mp4", data=tmp_path)
        assert done.returncode == 1
        assert "no baseline could be taken" in done.stderr
        assert "Standing: not seen for three seconds on end." in done.stderr
        assert not (tmp_path / "profiles").exists()

    def test_two_thirds_of_six_degrees_are_gone(self, clip: Path, recorded: Recorded) -> None:
        """What the real engine sees of a person, once as it is, and once with the hips set off."""
        straight: Scene = list(recorded(clip, *SHIPPED).frames())
        for spec, measure in ((KNEELING, "rear_hip_extension"), (SUPINE, "straight_hip_flexion")):
            stretch: Scene = list(recorded(SAMPLES / f"{spec.name}.mp4", spec).frames())
            plain = brought(taking_of(straight).baseline, stretch)
            for degrees in (6.0, -6.0):
                moved = hips(stretch, degrees)
                off = brought(taking_of(hips(straight, degrees)).baseline, moved)
                before = apart(angles(spec, moved, None, measure), angles(spec, stretch, None, measure))
                after = apart(angles(spec, moved, off, measure), angles(spec, stretch, plain, measure))
                assert before == pytest.approx(6.0, abs=1.5)
                assert after <= before / 3, spec.name


@heavy
@in_real_time
class TestCamera:
    """In real time, in a process of its own, from a camera on the network."""

    def test_without_a_window(self, clip: Path, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
        with (
            streamed(clip) as stream,
            sitting(tmp_path, "--camera", stream.url, "--profile", "anna", "--mute", command="calibrate") as session,
        ):
            assert session.process.wait(40) == 0, session.err
        assert set(find_profile("anna").baseline.standing.offsets) >= {"trunk", "neck", "near_hip", "near_knee"}
        assert [phase for phase, _ in groupby(line["phase"] for line in session.results)][-1] == "done"
        assert {path.name for path in (tmp_path / "data").iterdir()} == {"profiles"}, "nothing else is kept"
        assert "Your baseline is kept in" in session.out

    def test_a_session_goes_by_the_profile_and_says_when_it_is_old(
        self, clip: Path, recorded: Recorded, tmp_path: Path, monkeypatch: Patch
    ) -> None:
        """The baseline is of another camera than the stretch."""
        monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
        found = taking_of(list(recorded(clip, *SHIPPED).frames())).baseline
        assert found is not None
        save_profile("anna", Profile.of(elsewhere(found), taken=datetime.now().astimezone(), camera=(640, 360)))
        stretch = SAMPLES / "kneeling_hip_flexor.mp4"
        with (
            streamed(stretch) as stream,
            sitting(tmp_path, "kneeling_hip_flexor", "--camera", stream.url, "--profile", "anna", "--mute") as session,
        ):
            session.wait_for(lambda line: line["held_s"] >= 5)
            assert session.ended(signal.SIGINT) == 130
        assert [line["said"] for line in session.results if phrases.OUT_OF_DATE in line["said"]] != []
        assert "The baseline (standing) is out of date: you are nearer to the camera" in session.err
        assert "full credit" not in session.out  # nothing held yet: the file's own ranges
        entry = session.history
        assert entry.profile == "anna"
        reached = percentile([entry.stretches[0].reach], 0.5)
        assert reached == pytest.approx(21, abs=5)

    def test_left_before_its_end_it_keeps_nothing(self, clip: Path, model: Path, tmp_path: Path) -> None:
        with streamed(clip) as stream, sitting(tmp_path, "--camera", stream.url, "--mute", command="calibrate") as session:
            session.wait_for(lambda line: line["phase"] == "countdown")
            assert session.ended(signal.SIGINT) == 130
        assert not (tmp_path / "data").exists()


@heavy
class TestWindow:
    pytestmark = needed

    @in_real_time
    def test_in_the_window(self, clip: Path, model: Path, tmp_path: Path) -> None:
        with (
            desktop(tmp_path) as desk,
            streamed(clip) as stream,
            sitting(tmp_path, "--camera", stream.url, "--mute", desk=desk, command="calibrate") as session,
        ):
            assert session.process.wait(60) == 0, session.err
        assert (tmp_path / "data" / "profiles" / "default.toml").is_file()
        shown = {path.stem.split("-")[1] for path in tmp_path.glob("[0-9]*.png")}
        assert {"setup", "countdown", "done"} <= shown
