"""What is printed reads on any ground, in any encoding and width, and arrives whole where it is piped on."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.default_styles import DEFAULT_STYLES
from rich.style import Style

from formcheck import cli
from formcheck.analysis.scoring.result import Result
from formcheck.cli.commands.doctor import CheckResult, CheckState, checks_table
from formcheck.cli.reports.clip import print_clip_summary
from formcheck.cli.terminal import STYLES, confirmed, console, plain_sign, take_any_text
from formcheck.core.values import Side
from formcheck.people.history import Answer, Entry, Pain, Stretch
from formcheck.people.history.database import Store
from formcheck.system.paths import history_file
from formcheck.system.shipped import poses_folder
from tests.support.clips import REPO
from tests.support.laws import law
from tests.support.specs import KNEELING
from tests.unit.cli.test_tables import HELD

GROUNDS = {
    "black": "#000000", "white": "#ffffff", "Campbell": "#0c0c0c", "Campbell light": "#f2f2f2", "Tango": "#2e3436",
    "Tango light": "#eeeeec", "Solarized": "#002b36", "Solarized light": "#fdf6e3", "Terminal.app": "#1e1e1e",
    "One Half": "#282c34", "One Half light": "#fafafa", "Ubuntu": "#300a24",
}  # fmt: skip
LEAST = 3.0
"""WCAG 2.1, 1.4.11: the contrast of signs and of large or bold text."""

HEAVY_USE = (
    ["poses"], ["poses", "measures"], ["poses", "check", "kneel", "naïve – “x” 体操.toml"], ["routines"], ["profiles"],
    ["history"], ["history", "show", "one"], ["history", "--help"], ["live", "psoaz → x"], ["--help"],
    ["score", "--verbose", "/no/Müller… 体操.mp4"], ["score", "--verbose", "x", "--pose", "é"],
    ["tune", "--verbose", "/no/Ä"], ["samples", "check", "/no/Ä"],
)  # fmt: skip


def luminance(colour: tuple[int, int, int]) -> float:
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def cube(number: int) -> tuple[int, int, int]:
    """The colour of that number, of the fixed part of the 256."""
    assert 16 <= number < 232, "the first sixteen are painted as each terminal likes"
    steps = (0, 95, 135, 175, 215, 255)
    return steps[(number - 16) // 36], steps[(number - 16) // 6 % 6], steps[(number - 16) % 6]


def test_the_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast(rgb("#000000"), rgb("#ffffff")) == pytest.approx(21)
    assert contrast(rgb("#777777"), rgb("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("style", STYLES)
def test_a_colour_reads_on_a_dark_and_on_a_light_ground(style: str, ground: str) -> None:
    colour = Style.parse(STYLES[style]).color
    assert colour is not None
    assert colour.number is not None
    assert contrast(cube(colour.number), rgb(GROUNDS[ground])) >= LEAST


def test_the_library_colours_nothing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    own = console()
    coloured = {name for name in (*DEFAULT_STYLES, *STYLES) if own.get_style(name).color or own.get_style(name).bgcolor}
    assert coloured == set(STYLES)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FORMCHECK_MODEL", str(tmp_path / "none"))
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    done = Stretch(
        pose="kneeling_hip_flexor", side=Side.RIGHT, started_s=4.0, held_s=130.0, longest_s=20.0, goal_s=160.0, complete=False,
        score=88.0, skipped=True, faults={"trunk_leans_backward": 12.0},
    )  # fmt: skip
    pain = Pain(time_s=9.0, pose="kneeling_hip_flexor", side=Side.RIGHT, answer=Answer.SHARP)
    started = datetime(2025, 11, 22, 23, 50, tzinfo=timezone(timedelta(hours=-5)))
    with Store(history_file()) as store:
        store.save(Entry(id="one", started=started, version="1", plan="Übung – „x“ …", stretches=(done,), pains=(pain,)))


def check_words(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr("sys.argv", ["formcheck", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code in (0, 1)


def show_score() -> None:
    print_clip_summary(
        console(), Result(document=HELD, spec=KNEELING, still=False, oblique_s=3.0, also=("other",), looks_like=None)
    )


def show_doctor() -> None:
    console().print(
        checks_table(CheckResult(name="part", state=state, found="Found – “it”.", fix="Run") for state in CheckState)
    )


def show_progress() -> None:
    from formcheck.cli.progress import bar, clip_bar
    from formcheck.cli.terminal import waiting

    with bar("scoring", 3) as advance:
        advance(failed=True)
    with clip_bar("x") as show:
        show(1.0, 2.0)
    with waiting("looking"):
        pass


SHOWN: dict[str, Callable[[], None]] = {"score": show_score, "doctor": show_doctor, "progress": show_progress}


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Callable[[], str]]:
    """Sets up both outputs in an encoding; what comes of it returns what was written."""

    def opened(encoding: str) -> Callable[[], str]:
        buffer = io.BytesIO()
        for name in ("stdout", "stderr"):
            monkeypatch.setattr(sys, name, io.TextIOWrapper(buffer, encoding=encoding, write_through=True))
        take_any_text()
        return lambda: buffer.getvalue().decode(encoding)

    return opened


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "latin-1", "utf-8"])
@pytest.mark.parametrize("terminal", [True, False])
def test_no_encoding_ends_in_a_traceback(
    encoding: str, terminal: bool, data: None, streams: Callable[[str], Callable[[], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("COLUMNS", "80")
    written = streams(encoding)
    for words in HEAVY_USE:
        check_words(monkeypatch, *words)
    for show in SHOWN.values():
        show()
    said = written()
    assert "\\x" not in said
    if encoding == "ascii":
        assert "/no/Muller~ ????.mp4: there is no such" in said
        assert 'Ubung - "x" ~' in said
        assert "+ ok" in said
        assert "##" in said
    elif encoding == "utf-8":
        assert "/no/Müller… 体操.mp4" in said


def test_json_stays_json_in_any_encoding(streams: Callable[[str], Callable[[], str]]) -> None:
    import json

    from formcheck.system.files import write_json

    for encoding in ("ascii", "cp1252", "utf-8"):
        written = streams(encoding)
        write_json(None, json.dumps({"path": "Müller… 体操 \U0001f600"}, ensure_ascii=False))
        assert json.loads(written()) == {"path": "Müller… 体操 \U0001f600"}


@law
@given(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Mn", "Me", "Mc"]))
def test_a_plain_sign_is_ascii(sign: str) -> None:
    assert plain_sign(sign).isascii()
    if sign.isascii():
        assert plain_sign(sign) in (sign, "?")


@pytest.mark.parametrize("sign", [*"…–•→✓✗█░é体Ü“”ñ─", "ø"])
def test_a_plain_sign_is_as_wide_as_what_it_stands_for(sign: str) -> None:
    assert len(plain_sign(sign)) == cell_len(sign)


def colours(said: str) -> Iterator[str]:
    for codes in re.findall(r"\x1b\[([\d;]*)m", said):
        yield from re.sub(r"(?<!\d)(?:0|1|3|22|23)(?:;|$)", "", codes).split("|") if codes else ()


@pytest.mark.parametrize(
    ("environment", "allowed"),
    [
        ({"TERM": "xterm-256color"}, {f"38;5;{number}" for number in (32, 166, 196)}),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, {f"38;5;{number}" for number in (32, 166, 196)}),
        ({"TERM": "xterm"}, set()),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, set()),
        ({"TERM": "dumb"}, set()),
    ],
)
def test_only_colours_that_read_everywhere_are_printed(
    environment: dict[str, str],
    allowed: set[str],
    data: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    for name, value in {"FORCE_COLOR": "1", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("builtins.input", lambda *_: "n")
    for words in HEAVY_USE:
        check_words(monkeypatch, *words)
    for show in SHOWN.values():
        show()
    assert not confirmed("Delete it?")
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert set(filter(None, colours(said))) <= allowed
    for word in ("ok", "missing", "optional", "good", "13 s of", "[y/n]"):
        assert word in re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", said) or word in ("good", "13 s of"), "a word says it too"


def test_what_is_piped_on_is_not_folded(
    data: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    check_words(monkeypatch, "poses")
    rows = len(shipped_names("")), len(shipped_names("blocks"))
    assert len(capsys.readouterr().out.splitlines()) == 1 + rows[0] + 1 + 1 + rows[1], "heads, stretches, blocks"
    console().print("word " * 100)
    show_score()
    lines = capsys.readouterr().out.splitlines()
    assert "\x1b" not in "".join(lines)
    assert len(lines[0].split()) == 100
    assert max(map(len, lines[1:])) < 200


HELPS = ("", "app", "live", "calibrate", "check", "sit", "routines", "routines list", "routines check",
         "history", "history show", "history delete", "history export", "history report",
         "score", "compare", "poses", "poses list", "poses check", "poses measures", "poses schema", "new", "record", "samples",
         "samples check", "tune", "evaluate", "data", "data list", "data delete",
         "profiles", "profiles list", "profiles delete", "model", "doctor")  # fmt: skip


@pytest.mark.parametrize("width", [50, 80, 120])
def test_help_is_whole_and_in_words(width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for name in HELPS:
        said = []
        for option in ("-h", "--help"):
            check_words(monkeypatch, *name.split(), option)
            said.append(capsys.readouterr().out)
        assert said[0] == said[1]
        options, _, examples = said[0].partition("Examples:\n")
        assert f"  formcheck {name}".rstrip() in examples, f"{name} has an example"
        usage, _, rest = options.partition("\n\n")
        assert "..." not in rest
        assert "{" not in usage
        assert all(len(line) <= width for line in options.splitlines())
        assert not re.search(r"<(?!auto|left|all|tuning)|Error|\bint\b|range>|x>=|None|\bRaise", options), options
        if not name:
            assert re.findall(r"^([A-Z][\w ]+):$", options, re.M) == ["Options", "Stretch", "Score", "Label and tune", "Manage"]


def test_every_command_is_among_those_whose_help_is_read() -> None:
    import typer

    root = typer.main.get_command(cli.app)
    commands = getattr(root, "commands")  # noqa: B009 (typer has its own groups)
    names = {"", *commands}
    names |= {f"{name} {inner}" for name, command in commands.items() for inner in getattr(command, "commands", ())}
    assert names == set(HELPS)


def test_the_bare_form_does_what_the_whole_one_does(
    data: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for bare, whole in (("poses", "poses list"), ("routines", "routines list"), ("profiles", "profiles list"),
                        ("history --last 1", "history show --last 1"), ("history --json", "history show --json")):  # fmt: skip
        said = []
        for words in (bare, whole):
            check_words(monkeypatch, *words.split())
            said.append(capsys.readouterr().out)
        assert said[0] == said[1] != ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
            ("score --verbose none.mp4 --pose kneel", "none.mp4: "),
            ("score --verbose none.mp4 --pose kneeling_hip_flexor", "none.mp4: "),
            ("score --verbose none.mp4 --pose s", "'s' may be single_leg_bridge, standing_psoas or supine_psoas"),
            ("score --verbose none.mp4 --pose supine_psoaz", "did you mean 'supine_psoas'?"),
            ("live kneel --camera x.mp4", "x.mp4: is a recorded clip"),
            ("live psoas --camera x.mp4", "x.mp4: is a recorded clip"),
            ("live r --camera x.mp4", "x.mp4: is a recorded clip"),
            ("live s", "'s' may be single_leg_bridge, standing_psoas, supine_psoas or slow_breathing"),
            ("live knealing_hip_flexor", "did you mean 'kneeling_hip_flexor'?"),
            ("live routine psoas_releef", "did you mean 'psoas_relief'?"),
            ("live routine p --camera x.mp4", "x.mp4: is a recorded clip"),
            ("record supine_psoaz", "did you mean 'supine_psoas'?"),
            ("record s", "'s' may be single_leg_bridge, standing_psoas or supine_psoas"),
            ("record kneel --camera x.mp4", "x.mp4: is a recorded clip"),
            ("tune --verbose none --pose supine_psoaz", "did you mean 'supine_psoas'?"),
            ("tune --verbose none --pose kneel", "none: there is no such clip"),
            ("poses check supine_psoaz", "did you mean 'supine_psoas'?"),
            ("history --pose supine_psoaz", "did you mean 'supine_psoas'?"),
            ("history show twoo", "There is no session called 'twoo'"),
    ],
)  # fmt: skip
def test_a_name_may_be_begun_and_is_suggested(
    words: str, told: str, data: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    check_words(monkeypatch, *words.split())
    said = capsys.readouterr().err
    assert told in said
    assert said.startswith("formcheck: ")


def shipped_names(folder: str) -> set[str]:
    return {path.stem for path in (poses_folder() / folder).glob("*.toml")}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("formcheck score x --pose ", shipped_names("")),
        ("formcheck score x --pose s", {"single_leg_bridge", "standing_psoas", "supine_psoas"}),
        (
            "formcheck live ",
            {*shipped_names(""), *shipped_names("routines"), *shipped_names("programmes"), *shipped_names("blocks")}
            | {"routine", "programme"},
        ),
        ("formcheck live routine ", {"psoas_relief", "massage_and_stretch", "hip_care"}),
        ("formcheck poses check t", {"thigh_roller", "tool_massage", "thomas", "thomas_floor"}),
        ("formcheck live --profile ", {"anna"}),
        ("formcheck profiles delete ", {"anna"}),
        ("formcheck history --pose k", {"kneeling_hip_flexor"}),
        ("formcheck history ", {"show", "delete", "export", "report"}),
        ("formcheck score x --model ", {"lite", "full", "heavy"}),
    ],
)
def test_the_shell_completes_names(
    line: str,
    names: set[str],
    data: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (Path(os.environ["FORMCHECK_DATA"]) / "profiles").mkdir()
    (Path(os.environ["FORMCHECK_DATA"]) / "profiles" / "anna.toml").touch()
    monkeypatch.setenv("_FORMCHECK_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
    check_words(monkeypatch)
    assert set(capsys.readouterr().out.split()) == names


def test_completion_imports_nothing_heavy_and_can_be_shown(tmp_path: Path) -> None:
    program = (
        "import sys, atexit\n"
        "heavy = ['formcheck.stretches', 'numpy', 'cv2', 'av', 'mediapipe', 'sqlite3', 'rich']\n"
        "atexit.register(lambda: print([name for name in heavy if name in sys.modules], file=sys.stderr))\n"
        "from formcheck.cli import main\nmain()\n"
    )
    asked = {"_FORMCHECK_COMPLETE": "complete_bash", "COMP_WORDS": "formcheck live ", "COMP_CWORD": "2"}
    run = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **asked}, cwd=REPO, capture_output=True, text=True, check=True
    )
    assert run.stderr == "[]\n"
    assert "kneeling_hip_flexor" in run.stdout
    shown = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m formcheck --show-completion; true"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_FORMCHECK_COMPLETE=complete_bash" in shown.stdout
