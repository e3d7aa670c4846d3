"""`formcheck check` by hand-made bodies, without a camera or a model: the document, the sentences, and what is refused."""

import builtins
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from rich.console import Console

from formcheck.analysis.checks.document import check_document
from formcheck.analysis.checks.result import CheckedSide
from formcheck.analysis.scoring.document import ClipEntry
from formcheck.cli import main
from formcheck.cli.commands.check import _ask_precautions, check
from formcheck.cli.reports.check import print_check
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.people.history.database import Store
from formcheck.people.history.records import Answer, Entry, Pain
from formcheck.people.safety import questionnaire
from formcheck.system.paths import history_file
from formcheck.testing import mirrored
from tests.support.checks import THOMAS, checked, lowered

CLIP = ClipEntry(path="a.mp4", duration_s=30.0, fps=30.0, width=640, height=360)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["formcheck", *words])
    with pytest.raises(SystemExit) as leaving:
        main()
    return leaving.value.code


def only_side(sides: tuple[CheckedSide, ...]) -> dict[str, Any]:
    (side,) = json.loads(json.dumps(check_document(THOMAS, CLIP, sides)))["sides"]
    assert isinstance(side, dict)
    return side


def printed(sides: Any, *, levelled: bool = True) -> str:
    console = Console(width=200, markup=False, highlight=False)
    with console.capture() as capture:
        print_check(console, THOMAS, sides, level_deg=0.0 if levelled else None)
    return capture.get()


def test_the_document_has_every_field() -> None:
    document = check_document(THOMAS, CLIP, checked(lowered([-14.0] * 3, knee=60.0)))
    assert list(document) == ["schema_version", "check", "clip", "sides"]
    assert (document["schema_version"], document["check"]) == (1, "thomas")
    side = only_side(checked(lowered([-14.0] * 3, knee=60.0)))
    assert list(side) == [
        "side",
        "hip_deg",
        "knee_deg",
        "error_deg",
        "spread_deg",
        "hip_band",
        "knee_band",
        "reason",
        "lowerings",
    ]
    assert (side["side"], side["hip_band"], side["knee_band"], side["reason"]) == ("right", "long", "unclear", None)
    assert side["hip_deg"] == pytest.approx(-14.0, abs=0.1)
    assert len(side["lowerings"]) == 3
    for lowering in side["lowerings"]:
        assert list(lowering) == ["start_s", "end_s", "hip_deg", "knee_deg"]
        assert lowering["start_s"] < lowering["end_s"]


def test_without_a_verdict_the_angle_and_the_reason_are_told() -> None:
    side = only_side(checked(lowered(), answers={}))
    assert side["hip_band"] is side["knee_band"] is None
    assert side["reason"] == wording.CHECK_UNANSWERED.format(question=THOMAS.questions[0].text, name="back_flat")
    assert side["hip_deg"] == pytest.approx(-10.0, abs=0.1)


def test_what_was_never_read_is_null() -> None:
    side = only_side(checked(lowered(), side=Side.LEFT))
    assert [side[key] for key in ("hip_deg", "knee_deg", "error_deg", "spread_deg", "hip_band", "knee_band")] == [None] * 6
    assert side["lowerings"] == []
    assert side["reason"]


def test_the_report_has_the_side_its_angles_and_what_no_camera_sees() -> None:
    text = printed(checked([*lowered([-14.0] * 3), *lowered([8.0] * 3, mirrored)]))
    assert text.index("Right side") < text.index("Left side")
    assert "14° below level" in text
    assert "8° above level" in text
    assert wording.CHECK_NO_DIAGNOSIS in text
    assert wording.CHECK_SIDES_APART.format(degrees=8) in text
    assert wording.CHECK_UNLEVELLED not in text
    assert wording.CHECK_UNLEVELLED in printed(checked(lowered(), level=None), levelled=False)
    assert wording.CHECK_NOBODY.format(setup=THOMAS.setup) in printed(())


def test_without_a_verdict_no_band_is_printed() -> None:
    text = printed(checked(lowered([20.0] * 3), answers={}))
    assert "20° above level" in text
    assert wording.CHECK_NO_VERDICT in text
    assert "looks" not in text.replace("seems", "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nothing"], "There is no check called 'nothing'. Known: thomas, thomas_floor."),
        (["thomas", "--answers", "back=yes,x"], "There is no question of thomas called 'x'."),
        (["thomas", "--answers", "back_flat=perhaps"], "--answers back_flat=perhaps: yes or no is expected, as back_flat=yes."),
        (["thomas", "--answers", "back_flat"], "--answers back_flat: yes or no is expected, as back_flat=yes."),
        (["thomas", "--level", "90"], "--level: must be 45 or less"),
        (["thomas", "--level", "nan"], "--level"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert run(monkeypatch, "check", *words) in {1, 2}
    out, err = capsys.readouterr()
    assert sentence in err
    assert out == ""


def grey_film(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.full((120, 160, 3), 90, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def test_a_clip_that_is_not_there_and_one_that_would_be_written_to(tmp_path: Path) -> None:
    film = grey_film(tmp_path / "grey.mp4")
    before = film.read_bytes()
    for words, sentence in (
        (["--video", str(tmp_path / "none.mp4")], "none.mp4: there is no such file."),
        (["--video", str(film), "--json", str(film)], "is the clip itself"),
    ):
        # A process of its own: what native libraries print is taken off standard error for good.
        command = [sys.executable, "-m", "formcheck", "check", "thomas", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        assert (done.returncode, done.stdout) == (1, "")
        assert sentence in done.stderr
        assert "Traceback" not in done.stderr
    assert film.read_bytes() == before


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the person types at a terminal, line by line."""
    lines: list[str] = []
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path))
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(builtins, "input", lambda *_: lines.pop(0))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    return lines


def test_after_sharp_pain_today_a_check_in_front_of_the_camera_asks_first(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sharp = Pain(time_s=1.0, pose="supine_psoas", side=None, answer=Answer.SHARP)
    with Store(history_file()) as store:
        store.save(Entry(id="today", started=datetime.now().astimezone(), version="1", plan="supine_psoas", pains=(sharp,)))
    typed += ["n"]
    check("thomas", no_window=True)
    assert typed == []
    assert "You told of sharp pain today." in capsys.readouterr().out


def test_the_questions_about_every_stretch_come_before_a_check_and_keep_away_from_it(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += ["y", "n", *["n"] * (len(questionnaire().questions) - 1)]
    for _ in range(2):  # the second time the answer is known
        with pytest.raises(FormcheckError, match="After a hip operation"):
            _ask_precautions(THOMAS, None, again=False)
    assert typed == []
    assert THOMAS.not_with[0] not in capsys.readouterr().out
    typed += [*["n"] * len(questionnaire().questions), "y"]
    with pytest.raises(FormcheckError, match="The check is left out: please"):
        _ask_precautions(THOMAS, None, again=True)
    out = " ".join(capsys.readouterr().out.split())
    assert out.index(THOMAS.not_with[0]) > out.index(questionnaire().questions[0].text)


def test_the_checks_are_listed_and_checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "check") == 0
    assert "thomas_floor" in capsys.readouterr().out
    assert run(monkeypatch, "poses", "check", "thomas", "supine_psoas") == 0
    assert "thomas: good (Flexibility check" in capsys.readouterr().out
