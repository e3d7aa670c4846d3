"""The README and the pages beside it: commands run or are at least there, what is named is there, numbers are true."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer
from PIL import Image

from docs.pictures import PICTURES
from formcheck.cli import app
from tests.support.clips import REPO
from tests.support.specs import SHIPPED

README = REPO / "README.md"
PAGES = [README, *sorted((REPO / "docs").glob("*.md"))]
TRANSLATED = [page for page in PAGES if page.name.count(".") > 1]

TESTS = "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest -n auto"
INSTALLING = ("python3 -m venv", "py -m venv", "pip ", "pipx ", "uv ")
BEFORE_A_CAMERA = ("formcheck app", "formcheck doctor", "formcheck live", "formcheck calibrate")
OF_OTHERS = {"--nthreads"}
"""Options of other programs than this one."""


def blocks(page: Path, language: str = "") -> list[str]:
    """Return what stands in the fenced blocks of a language, in order."""
    found = re.findall(r"^```(\w*)\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [text for kind, text in found if kind == language]


def commands(page: Path) -> list[str]:
    """Return the lines of the blocks of commands."""
    return [line for text in blocks(page) for line in text.splitlines()]


def prose(page: Path) -> str:
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def spans(page: Path) -> list[str]:
    """Return what stands in backquotes outside blocks."""
    return [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose(page))]


def run(words: Sequence[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(REPO), "FORMCHECK_DATA": str(folder / "data")}
    environment.pop("COLUMNS", None)
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a checkout has, in which everything may be written."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("samples", "poses", "README.md"):
        (folder / name).symlink_to(REPO / name)
    return folder


def without_bars(told: str) -> list[str]:
    """The lines of a result, one bar like another: a hundredth of a second, and so the kind of processor, may lengthen it."""
    return [re.sub("[█░]+", "█", line.rstrip()) for line in told.strip().splitlines()]


@pytest.mark.heavy
@pytest.mark.usefixtures("model")
def test_every_command_that_needs_no_camera_runs_as_written(checkout: Path) -> None:
    """Installing needs a network, and is what the run of the checks before a change lands begins with."""
    written = [line for line in commands(README) if line != TESTS and not line.startswith(INSTALLING)]
    tried = [line for line in written if not line.startswith(BEFORE_A_CAMERA)]
    assert len(tried) >= 8
    assert all(line.startswith("formcheck ") for line in written)
    said = {line: run(["-m", *shlex.split(line)], checkout) for line in tried}
    (shown,) = blocks(README, "text")
    assert without_bars(said["formcheck score samples/kneeling_hip_flexor.mp4"]) == without_bars(shown)


@pytest.mark.heavy
@pytest.mark.usefixtures("model")
def test_the_example_in_python_runs(checkout: Path) -> None:
    (example,) = blocks(README, "python")
    assert run(["-c", example], checkout).startswith("84 [")


def test_it_is_short_and_has_the_command_of_the_tests() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 150
    assert TESTS in commands(README)
    assert blocks(README).count(f"{TESTS}\n") == 1


def _options(program: Any) -> set[str]:
    """Return the options of a command; those of a group are also those of the command that it does by itself."""
    own = {name for param in program.params for name in (*param.opts, *param.secondary_opts) if name.startswith("-")}
    default = getattr(program, "default", None)
    return own | {"--help", "-h"} | (_options(default) if default is not None else set())


def _all_options(program: Any) -> Iterator[str]:
    yield from _options(program)
    for command in getattr(program, "commands", {}).values():
        yield from _all_options(command)


def unknown_words(line: str) -> list[str]:
    """Return what of a command line the program does not know: an option, or the name of a command."""
    program: Any = typer.main.get_command(app)
    wrong = []
    naming = True  # whether a command's name may still come
    for word in shlex.split(line.partition(" > ")[0], comments=True)[1:]:
        known = getattr(program, "commands", {})
        if word.startswith("-") and word != "-":
            naming = False
            wrong += [word] if word not in _options(program) else []
        elif naming and word in known:
            program = known[word]
        elif naming and known:
            wrong.append(word)
            naming = False
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_and_option_is_there(page: Path) -> None:
    lines = [line for line in (*commands(page), *spans(page)) if line.startswith("formcheck ")]
    assert {line: wrong for line in lines if (wrong := unknown_words(line))} == {}
    known = {*_all_options(typer.main.get_command(app)), *OF_OTHERS}
    named = {word for span in spans(page) if not span.startswith(INSTALLING) for word in re.findall(r"(?<!\S)--[a-z-]+", span)}
    assert named - known == set()


def test_a_word_that_is_not_there_is_found() -> None:
    assert unknown_words("formcheck score CLIP --anotate out.mp4") == ["--anotate"]
    assert unknown_words("formcheck scores CLIP") == ["scores"]
    assert unknown_words("formcheck poses check mine.toml --all") == ["--all"]
    assert unknown_words("formcheck history --since 4w") == []


def test_no_command_has_a_comment() -> None:
    """Not every shell knows one at its prompt: zsh, as macOS has it, hands the words on to the program."""
    pages = [page for page in PAGES if page.stem not in ("accuracy", "performance", "proofs")]
    assert [line for page in pages for line in commands(page) if "#" in line] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_and_picture_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    for link in links:
        name, _, heading = link.partition("#")
        target = page.parent / name if name else page
        assert "://" in link or target.exists(), link
        if heading and "://" not in link:
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, link


def test_every_page_is_found_from_the_readme() -> None:
    linked = set(re.findall(r"\]\((docs/\w+\.md)\)", README.read_text(encoding="utf-8")))
    assert {f"docs/{page.name}" for page in PAGES[1:] if page not in TRANSLATED} - linked <= {"docs/proofs.md"}


@pytest.mark.parametrize("page", TRANSLATED, ids=lambda page: page.name)
def test_a_page_in_another_language_says_the_same(page: Path) -> None:
    """Part by part: the numbers, the commands, the sources, and how many points and rows there are."""
    english = page.with_name(f"{page.name.partition('.')[0]}.md")
    assert _outlines(page) == _outlines(english)


def _outlines(page: Path) -> list[dict[str, list[str]]]:
    return [_outline(part) for part in page.read_text(encoding="utf-8").split("\n#")]


def _outline(part: str) -> dict[str, list[str]]:
    text = re.sub(r"^\[\w+\]: .*$", "", part, flags=re.MULTILINE)
    return {
        "numbers": sorted(re.findall(r"\d+", text)),
        "commands": re.findall(r"`([^`]+)`", text),
        "sources": sorted(re.findall(r"\]\[(\w+)\]|^(\[\w+\]: .*)$", part, re.MULTILINE)),
        "lines": re.findall(r"^(?:- |> |\||#+)", part, re.MULTILINE),
        "strong": re.findall(r"\*\*", text),
    }


def test_the_pictures_are_those_of_the_script_and_small() -> None:
    folder = REPO / "docs"
    assert {name for name in PICTURES if not (folder / name).is_file()} == set()
    shown = {
        Path(link).name for page in PAGES for link in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert set(PICTURES) <= shown
    assert sum((folder / name).stat().st_size for name in PICTURES) < 4_000_000
    with Image.open(folder / "live.gif") as moving:
        assert getattr(moving, "n_frames", 1) > 50
        assert moving.info["loop"] == 0


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["place.png", "record.jpg"])
def test_the_script_of_the_pictures_runs(name: str, tmp_path: Path) -> None:
    """Those that need no engine."""
    PICTURES[name](tmp_path / name)
    with Image.open(tmp_path / name) as made, Image.open(REPO / "docs" / name) as shown:
        assert made.size == shown.size


def table(page: Path, first: str) -> list[list[str]]:
    """Return the rows below the heading that begins with `first`."""
    rows = page.read_text(encoding="utf-8").partition(f"\n| {first} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_ranges_are_those_of_the_pose_files() -> None:
    order = {"kneeling_hip_flexor": 1, "standing_psoas": 2, "supine_psoas": 3}
    rows = table(README, "measure")
    told = {}
    for row in rows:
        for spec in SHIPPED:
            (target,) = (target for target in spec.targets if f"`{target.measure}`" in row[0])
            told[spec.name, target.measure] = row[order[spec.name]]
            assert row[order[spec.name]] == f"{target.full[0]:g} to {target.full[1]:g}", (spec.name, target.measure)
    assert len(told) == sum(len(spec.targets) for spec in SHIPPED)


def test_the_limits_are_those_of_the_pose_files() -> None:
    faults = {(spec.name, fault.name): fault for spec in SHIPPED for fault in spec.faults}
    text = " ".join(README.read_text(encoding="utf-8").split())
    for pose in ("kneeling_hip_flexor", "standing_psoas"):
        back, forward, hips = (faults[pose, name] for name in ("arching_back", "leaning_forward", "hips_not_forward"))
        assert f"leaning back beyond {-back.value:g} or forward beyond {forward.value:g}" in text
        assert f"less than {hips.value:g} of extension" in text
    assert f"standing, a rear knee bent beyond {faults['standing_psoas', 'rear_knee_bent'].value:g}" in text
    advice = {name for (_, name), fault in faults.items() if not fault.stops_clock}
    assert advice == {"front_knee_past_toes"}, "the README says which fault is advice alone"


def test_the_figures_are_those_of_the_page_on_accuracy() -> None:
    page = REPO / "docs" / "accuracy.md"
    error = {row[0]: float(row[1].split()[0]) for row in table(page, "measure") if len(row) == 5}
    text = " ".join(README.read_text(encoding="utf-8").split())

    def between(*names: str) -> str:
        return f"{min(error[name] for name in names)} to {max(error[name] for name in names)}"

    assert f"is {between('trunk_inclination', 'trunk_elevation')} degrees for the trunk" in text
    assert f"{between('rear_hip_extension', 'straight_hip_flexion')} for the stretched hip" in text
    knees = between("front_knee_flexion", "rear_knee_flexion", "straight_knee_flexion", "bent_hip_flexion")
    assert f"{knees} for knees and bent hip" in text
    assert f"{error['neck_relative']} for the neck" in text
    held, found = (row for row in _rows(page) if row[0] in ("held time", "faults found"))
    assert f"{re.findall(r'[0-9]+ %', held[2])[0]} of held times" in text
    assert f"{found[2]} faults were found" in text


def _rows(page: Path) -> Iterator[list[str]]:
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("|").split("|")]
