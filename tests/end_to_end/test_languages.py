"""The whole command line in a language of its own: what is printed outside of it are names, numbers, paths, signs and JSON."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from formcheck import cli
from formcheck.cli import completion
from formcheck.cli.commands import doctor
from formcheck.core.measures import MEASURES
from formcheck.core.values import Side
from formcheck.core.wording.language import ENGLISH, Catalogue, Sentence, speak
from formcheck.people.history.database import Store
from formcheck.people.profile import Profile, save_profile
from formcheck.system.paths import history_file
from tests.languages import marked
from tests.support.calibrated import baseline_of
from tests.support.clips import REPO, SAMPLES
from tests.support.histories import MONDAY, held, read, risen, session

Run = Callable[..., str]


def commands(command: Any, *path: str) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, *path, name)


COMMANDS = list(commands(get_command(cli.app)))
TYPED = {
    *(word for words in COMMANDS for word in words),
    *(*completion.checked(), *completion.plans(), *completion.models(), *completion.kept(), *MEASURES),
    *(
        "formcheck",
        "auto",
        "left",
        "right",
        "both",
        "default",
        "tuning",
        "test",
        "pose",
        "block",
        "yes",
        "no",
        "anna",
        "hip",
        "usual",
    ),
}
"""Words that are typed, in every language, and names of what can be."""


class MadeUp(Catalogue):
    """Every sentence stands in brackets; those of files too, which bring along their own translations."""

    def say(self, sentence: Sentence) -> str:
        said = super().say(sentence)
        return f"⟦{said}⟧" if sentence.own is not None else said


@pytest.fixture(scope="module")
def made_up() -> Catalogue:
    sentences: dict[tuple[str | None, str], str | tuple[str, ...]] = {}
    for message in marked():
        if isinstance(message.id, str):
            sentences[message.context, message.id] = f"⟦{message.id}⟧"
        elif message.id:
            sentences[message.context, message.id[0]] = tuple(f"⟦{form}⟧" for form in message.id)
    return MadeUp(language="eo", sentences=sentences)


@pytest.fixture
def run(
    made_up: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Run]:
    """Run a command in the made-up language, and return what was printed."""
    monkeypatch.setattr(cli, "speak_language", lambda _code: None)
    monkeypatch.setenv("FORMCHECK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    speak(made_up)

    def printed(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["formcheck", *words])
        with pytest.raises(SystemExit):
            cli.main()
        out = capsys.readouterr()
        return out.out + out.err

    yield printed
    speak(ENGLISH)


def words_outside(text: str) -> set[str]:
    """The words of a text that are in English, and no names."""
    text = re.sub(r"^  formcheck .*$", "", text, flags=re.MULTILINE)  # examples
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = less
    text = re.sub(r"⟦[^⟦⟧]*?\.$", "", text, flags=re.MULTILINE)  # in a list of commands there is the first sentence alone
    text = re.sub(r"\S*[/\\]\S*|\S+\.(toml|mp4|csv|html|py|task)\b|--?[a-z][a-z-]*|`[^`]*`|'[^']*'", " ", text)
    return set(re.findall(r"(?<![\w.-])[A-Za-z]?[a-z]{2,}(?![\w-])", text)) - TYPED


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_of_every_command(words: tuple[str, ...], run: Run) -> None:
    said = run(*words, "--help")
    assert "⟦" in said
    assert words_outside(said) == set()


@pytest.mark.parametrize(
    "line",
    [
        "poses",
        "poses check kneeling_hip_flexor psoas_release thomas",
        "poses measures",
        "routines",
        "routines check psoas_relief hip_flexors",
        "check",
        "data",
        "profiles",
        "history",
        "history show 00000bb8",
        "history report --out page.html",
        "history export table.csv",
        "history delete 00000bb8 --yes",
        "data delete history --yes",
        "profiles delete anna --yes",
    ],
)
def test_what_there_is(line: str, run: Run) -> None:
    save_profile("anna", Profile.of(baseline_of(), taken=MONDAY, camera=(640, 480)))
    with Store(history_file()) as store:
        for entry in (*risen([12, 13, 12, 14, 13, 15, 16, 15, 17, 16], [10] * 10), session(30, held(score=None), ended=None)):
            store.save(entry)
        store.save_check([read(1, 10, reading="hip"), read(1, 4, Side.RIGHT, reading="hip", band=None)])
    said = run(*line.split())
    assert "⟦" in said
    assert words_outside(said) == set()


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        "score",
        "score --nothing",
        "score --verbose nothing.mp4",
        "score --verbose empty.mp4",
        "score --verbose empty.mp4 --pose nothing",
        "score empty.mp4 --jobs many",
        "score empty.mp4 --jobs -1",
        "score empty.mp4 --side up",
        "score empty.mp4 --json",
        "score empty.mp4 --report page.html --link-video --no-video",
        "score empty.mp4 --from later",
        "score . --resume",
        "score --verbose . --annotate out.mp4",
        "score http://192.168.1.20:8080/video",
        "compare empty.mp4",
        "poses check nothing.toml",
        "poses check wrong.toml",
        "routines check nothing",
        "history show 3f",
        "history --since soon",
        "history --pose nothing",
        "history export table.txt",
        "history report --out page.txt",
        "history delete 3f",
        "data delete nothing",
        "profiles delete anna",
        "check nothing",
        "check thomas --video empty.mp4 --camera 0",
        "check thomas --video empty.mp4 --answers flat=yes",
        "sit --every 0",
        "sit --for long",
        "live --camera nothing",
        "live nothing",
        "calibrate --verbose --video nothing.mp4",
        "record none --side left",
        "record kneeling_hip_flexor --person Anna",
        "new --verbose kneel clip.mp4",
        "new --verbose kneeling_hip_flexor clip.mp4",
        "tune --verbose .",
        "tune --verbose . --write --out copy.toml",
        "evaluate --verbose .",
        "samples check .",
        "model small",
        "app --port 0",
    ],
)
def test_what_is_wrong_with_a_command(line: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "wrong.toml").write_text("title = 1\nmore = [", encoding="utf-8")
    said = run(*line.split())
    assert "⟦" in said
    assert words_outside(said) == set()


def test_doctor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    isolated = doctor._isolated
    names = {doctor.cameras, doctor.sound_device}  # of this machine, which are in no language
    monkeypatch.setattr(doctor, "silence_native_messages", lambda: None)  # they come through here
    monkeypatch.setattr(
        doctor, "_isolated", lambda look, *words, **how: "0" if look in names else isolated(look, *words, **how)
    )
    monkeypatch.setattr(doctor, "_speech", lambda: "0")
    said = run("doctor")
    assert "⟦" in said
    assert words_outside(said) == set()


def test_a_scored_clip(run: Run) -> None:
    said = run("score", "--verbose", str(SAMPLES / "kneeling_p2_arch_head.mp4"))
    assert "⟦" in said
    assert words_outside(said) == set()


def test_documents_stay_english(run: Run) -> None:
    for words in (["data", "list", "--json"], ["history", "--json"], ["poses", "schema"]):
        said = run(*words)
        assert "⟦" not in said
        json.loads(said)


def printed(*words: str, **environment: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "formcheck", *words],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPO,
        env={**os.environ, **environment},
    )
    return ended.stdout if environment or words[0] == "--language" else ended.stderr


def test_in_german() -> None:
    for said in (printed("--language", "de", "--help"), printed("--help", FORMCHECK_LANGUAGE="de")):
        assert said.startswith("Aufruf: formcheck")
        assert "Beispiele:" in said


def test_who_speaks_english_waits_for_no_catalogue() -> None:
    assert "babel" not in printed("--help")
