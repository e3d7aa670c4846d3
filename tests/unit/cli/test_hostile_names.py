"""Names, titles and labels from outside are printed as text, on one line: no terminal takes an order from them."""

import io
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from formcheck import cli
from formcheck.cli import terminal
from formcheck.cli.reports.batch import print_batch_summary, print_failures, print_table
from formcheck.cli.reports.history import print_history
from formcheck.cli.reports.one_session import print_session
from formcheck.cli.terminal import confirmed, console, say, tell_error, waiting
from formcheck.people.history import Entry, Stretch
from formcheck.pipeline.batch.journal import FailedLine, Journal, ScoredLine, failed_line, scored_line
from formcheck.pipeline.batch.run import ClipResult
from formcheck.stretches.files import find_stretch
from formcheck.system.shipped import poses_folder
from tests.support.batches import document
from tests.support.specs import KNEELING
from tests.unit.cli.test_terminal import show_score

NAME = "a\nb\x1b]0;owned\x07\x1b[31m[red]\x9b2J\u202e" + "x" * 300
BYTES = os.fsdecode(b"\xff\xe9")
_SILENCING = ("score", "evaluate", "tune", "new", "calibrate", "live")
NAMES = {
    "orders": NAME[:200],
    "no UTF-8": BYTES,
    "markup": "[red]a[/red] [link=x]b[/link] [/]",
    "long": "y" * 240,
    "too long": "y" * 300,
}


@pytest.fixture(autouse=True)
def no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)


def check(said: str, lines: int | None = None) -> None:
    """No order is left but the ends of lines, of which there are so many, and all of it can be written."""
    said.encode("utf-8")
    assert not [sign for sign in said if (sign < " " and sign != "\n") or "\x7f" <= sign < "\xa0" or sign == "\u202e"]
    if lines is not None:
        assert said.count("\n") == lines


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    monkeypatch.setattr("sys.argv", ["formcheck", *words])
    with pytest.raises(SystemExit):
        cli.main()
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(
    "words",
    [
        ["score", "NAME"], ["score", "NAME", "NAME2"], ["score", "NAME.csv"], ["evaluate", "NAME.toml"],
        ["samples", "check", "NAME.toml"], ["poses", "check", "NAME.toml"], ["routines", "check", "NAME.toml"],
        ["record", "kneeling_hip_flexor", "NAME.mp4"], ["calibrate", "--profile", "anna", "--video", "NAME.mp4"],
        ["new", "mine", "NAME.mp4"], ["tune", "NAME.toml"], ["live", "NAME"], ["live", "--camera", "NAME"],
        ["score", "x.mp4", "--json", "NAME"], ["score", ".", "--measures", "NAME"], ["samples", "check", "NAME"],
        ["routines", "check", "NAME"], ["tune", "NAME"], ["evaluate", "NAME"], ["history", "show", "NAME"],
        ["profiles", "delete", "NAME"], ["score", "x.mp4", "--pose", "NAME"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_name_on_the_command_line(
    words: list[str], name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    command, *rest = words
    verbose = ["--verbose"] if command in _SILENCING else []  # silence would outlast the test
    check(run(monkeypatch, capsys, command, *verbose, *(word.replace("NAME", name) for word in rest)))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_a_sentence_is_on_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    say(f"Written: {name}")
    tell_error(f"{name}: is not good.", f"  {name}")
    captured = capsys.readouterr()
    check(captured.out, 1)
    check(captured.err, 2)


def in_a_terminal(print_it: Callable[[Console], None], width: int = 100) -> str:
    made = console()
    made.file, made.width = io.StringIO(), width
    print_it(made)
    return made.file.getvalue()


@pytest.mark.parametrize("name", list(NAMES.values())[:4], ids=list(NAMES)[:4])
def test_many_clips(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = f"clips/{name}.mp4".encode("utf-8", "replace").decode() if name == BYTES else f"clips/{name}.mp4"
    scored = scored_line(path, "0", "s", document())
    lines: list[ScoredLine | FailedLine] = [scored, failed_line(path, None, "why"), failed_line("clips/b.mp4", None, "why")]
    check(in_a_terminal(lambda out: print_table(out, lines, [KNEELING])), 4)
    results = [ClipResult(line=line, now=True) for line in lines]
    check(in_a_terminal(lambda out: print_batch_summary(out, results, 1.0, tmp_path / name), width=1000), 2)
    print_failures(lines, [])
    check(capsys.readouterr().err, 2)
    with Journal(tmp_path / "out.jsonl") as journal:
        journal.add(scored)
        journal.finish([scored])
    check((tmp_path / "out.jsonl").read_text(encoding="utf-8"), 1)


def _pose_file(folder: Path, **lines: str) -> Path:
    text = (poses_folder() / "kneeling_hip_flexor.toml").read_text(encoding="utf-8")
    rows = text.split("\n")
    for key, value in lines.items():
        at = next(i for i, row in enumerate(rows) if row.startswith(f"{key} ="))
        rows[at] = f"{key} = {value}"
    path = folder / "kneeling_hip_flexor.toml"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


ORDERS = r'"a\nb\u001b]0;owned\u0007\u001b[31m[red]\u009b2J\u202e"'


def test_titles_and_cues_of_a_pose_file_are_text_wherever_they_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _pose_file(tmp_path, title=ORDERS, instruction=ORDERS, cue=ORDERS)
    spec = find_stretch(str(path))
    shown = r"a\nb\x1b]0;owned\x07\x1b[31m[red]\x9b2J\u202e"
    assert spec.title == shown
    assert shown in [fault.cue for fault in spec.faults]
    check(run(monkeypatch, capsys, "poses", "check", str(path)))
    show_score()
    check(capsys.readouterr().out)


def test_a_history_that_somebody_else_wrote() -> None:
    started = datetime(2026, 1, 1, tzinfo=UTC)
    done = Stretch(pose=NAME, side=None, goal_s=30.0, started_s=0.0, held_s=12.0, longest_s=12.0, complete=False)
    entry = Entry(id=NAME, started=started, version=NAME, plan=NAME, profile=NAME, stretches=(done,))
    check(in_a_terminal(lambda out: print_session(out, entry)))
    check(in_a_terminal(lambda out: print_history([entry], [entry], [], None, out)))


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Both consoles write here, as to a terminal."""
    out, made = io.StringIO(), terminal.console

    def consoles(*, stderr: bool = False) -> Console:
        one = made(stderr=stderr)
        one.file = out
        return one

    monkeypatch.setattr(terminal, "console", consoles)
    return out


def test_questions_and_what_is_waited_for_take_no_markup(screen: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda *_: "n")
    assert not confirmed(f"Delete [red]{NAME}[/red]?")
    with waiting(f"looking at [/] {NAME}"):
        pass
    check(screen.getvalue())
    assert "[red]a" in screen.getvalue()
