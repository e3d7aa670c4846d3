"""What the benchmark's figures stand on: clips that are what they say, ratios, and a page that doesn't flatter."""

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import ratios
from benchmarks.agreement import Agreement, Angles, Told, report
from benchmarks.clips import repeat
from docs import performance
from formcheck.analysis.scoring.document import ClipEntry, Document, EngineEntry, FaultEntry, HoldEntry
from formcheck.core.values import Side, Verdict
from tests.support.clips import SAMPLES, frames_of

EMPTY_ROOM = SAMPLES / "none_empty_room.mp4"  # two seconds, 12 pictures a second, one key picture


class TestRepeatedClips:
    def test_they_are_the_same_pictures_at_times_that_go_on(self, tmp_path: Path) -> None:
        repeat(EMPTY_ROOM, tmp_path / "long.mp4", every_s=2.0, length_s=5.0)
        once, long = list(frames_of(EMPTY_ROOM)), list(frames_of(tmp_path / "long.mp4"))
        assert [time_s for _, time_s in long] == pytest.approx([i / 12 for i in range(72)])
        for i, (picture, _) in enumerate(long):
            assert np.array_equal(picture, once[i % len(once)][0])

    def test_a_comment_makes_it_another_file(self, tmp_path: Path) -> None:
        for comment in ("one", "two"):
            repeat(EMPTY_ROOM, tmp_path / f"{comment}.mp4", every_s=2.0, length_s=2.0, comment=comment)
        assert (tmp_path / "one.mp4").read_bytes() != (tmp_path / "two.mp4").read_bytes()


_SECONDS = st.floats(0.1, 1000)


@given(st.lists(st.tuples(_SECONDS, st.floats(0.1, 10)), min_size=1, max_size=5), st.floats(0.5, 20))
def test_a_machine_that_is_slow_for_a_round_changes_no_ratio(rounds: list[tuple[float, float]], faster: float) -> None:
    clip = {
        "rounds": [
            {
                ratios.PLAIN: {"clip_s": 60.0, "spent_s": slowness * plain_s},
                ratios.DEFAULT: {"clip_s": 600.0, "spent_s": slowness * 10 * plain_s / faster},
            }
            for plain_s, slowness in rounds
        ]
    }
    found = ratios.ratio(clip, ratios.DEFAULT)
    assert (found.least, found.median, found.most) == pytest.approx((faster, faster, faster))


def _told(angles: Angles, *, held_s: float = 5.0, faults: tuple[str, ...] = ()) -> Told:
    document = Document(
        formcheck_version="0",
        clip=ClipEntry(path="clip.mp4", duration_s=10.0, fps=30.0, width=64, height=48),
        engine=EngineEntry(name="none", version="0", model="none"),
        pose="standing_psoas",
        verdict=Verdict.NONE,
        borderline=[],
        nearest=None,
        score=90,
        band=None,
        causes=[],
        seen_s=10.0,
        in_form_s=held_s,
        holds=[HoldEntry(side=Side.LEFT, start_s=1.0, end_s=1.0 + held_s, held_s=held_s, score=90)],
        sides={},
        faults=[FaultEntry(name=name, side=Side.LEFT, start_s=7.0, end_s=9.0, cue="Look ahead.") for name in faults],
        unseen=[],
    )
    return Told(document=document, angles=angles)


class TestAgreement:
    def test_angles_are_compared_where_both_saw_them(self) -> None:
        reference = _told({0: {"knee": 90.0, "hip": None}, 33: {"knee": 91.0, "hip": 5.0}, 67: {"knee": 99.0, "hip": 6.0}})
        default = _told({0: {"knee": 90.5, "hip": 9.0}, 67: {"knee": 97.5, "hip": None}})
        one = Agreement(clip="clip", reference=reference, other=default)
        assert one.angles_deg == {"knee": 1.0}
        assert (one.angle_deg, one.compared) == (1.0, 2)

    def test_what_differs_is_named(self) -> None:
        one = Agreement(clip="clip", reference=_told({}), other=_told({}, held_s=5.3, faults=("head_drops",)))
        assert [what for what, same in one.same.items() if not same] == ["faults"]
        assert one.held_s == pytest.approx(0.3)
        text = "\n".join(report([one]))
        assert "same faults   0 of 1 clips: not clip" in text
        assert "held time     0 of 1 clips within 0.1 s a hold; worst: clip 0.30" in text


WAYS = {
    ratios.PLAIN: 50.0,
    ratios.DRAWN: 52.0,
    ratios.EVERY: 45.0,
    ratios.DEFAULT: 2.5,
    ratios.PLAIN_ALONE: 60.0,
    ratios.DEFAULT_ALONE: 8.0,
    ratios.DECODING: 3.0,
}
INSIDE = {"clip_s": 60.0, "cpu_s": 8.0, "own_s": 0.3, "rgb_s": 0.2, "inference_s": 4.0, "inferences": 300}


def _results() -> dict[str, Any]:
    """Results that meet every aim."""
    clip = {"name": "1080p30", "width": 1920, "height": 1080, "fps": 30, "megabits": 8.0, "length_s": 600.0}
    rounds = [{way: {"clip_s": 60.0, "spent_s": spent_s, "cpu_s": spent_s} for way, spent_s in WAYS.items()}]
    same = {"stretch": True, "holds": True, "sides": True, "faults": True}
    parts: dict[str, Any] = {
        "speed": [{**clip, "rounds": rounds, "same_result": True, "inside": INSIDE}],
        "agreement": [
            {"clip": name, "same": same, "held_s": 0.05, "angle_deg": 0.3, "compared": 100} for name in ("one", "two")
        ],
        "memory": [
            {"length_s": length_s, "spent_s": 1.0, "main_mb": 200.0, "worker_mb": 300.0, "together_mb": 500.0}
            for length_s in (360.0, 3600.0)
        ],
        "start": {"help_s": [0.2], "first_s": [1.1]},
    }
    return {
        name: {"machine": "a machine", "cores": 2, "versions": {"formcheck": "0"}, "found": part}
        for name, part in parts.items()
    }


class TestPage:
    @pytest.fixture
    def page(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        def written(results: dict[str, Any]) -> str:
            monkeypatch.setattr(performance, "FOLDER", tmp_path)
            monkeypatch.setattr("sys.argv", ["performance"])
            (tmp_path / "performance.json").write_text(json.dumps(results))
            performance.main()
            assert (tmp_path / "performance.png").stat().st_size > 1000
            return (tmp_path / "performance.md").read_text(encoding="utf-8")

        return written

    def test_aims_that_are_met_and_missed(self, page: Any) -> None:
        good, bad = _results(), copy.deepcopy(_results())
        bad["speed"]["found"][0]["rounds"][0][ratios.DEFAULT]["spent_s"] = 7.0
        bad["memory"]["found"][1]["worker_mb"] = 501.0
        bad["agreement"]["found"][0]["held_s"] = None
        assert "missed" not in page(good)
        text = page(bad)
        assert "at least 14 times the plain loop on 2 cores | 7.1 | **missed** |" in text
        assert "at least 20 times real time on 2 cores | 8.6 | **missed** |" in text
        assert text.count("| 8.6 | **missed** |") == 2, "at a phone's bit rate as well"
        assert text.count("missed") == 7  # the memory of a worker both grows and is too much

    def test_what_was_not_measured_is_not_told(self, page: Any) -> None:
        text = page({"speed": _results()["speed"]})
        assert "## Memory" not in text
        assert "peak memory" not in text
