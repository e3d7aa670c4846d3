"""`formcheck score FOLDER` as people meet it: lines, table, exit codes, what is kept when it ends early."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.analysis.scoring.document import FaultEntry, SideEntry, UnseenEntry
from formcheck.cli.reports.batch import print_batch_summary, print_failures, print_notes, print_table
from formcheck.cli.terminal import console
from formcheck.core.values import Band, Reason, Side, Verdict
from formcheck.pipeline.batch.journal import FailedLine, PreviousResults, ScoredLine, failed_line, scored_line
from formcheck.pipeline.batch.run import ClipResult
from formcheck.stretches.files import load_stretches
from formcheck.system.files import digest
from tests.end_to_end.test_commands import FORMCHECK, run
from tests.support.batches import document
from tests.support.clips import REPO, SAMPLES, frames_of, write_clip
from tests.support.refused import refused
from tests.unit.system.test_processes import wait_for


def line(path: str) -> ScoredLine:
    def side(held_s: float) -> SideEntry:
        return SideEntry(held_s=held_s, longest_s=held_s, goal_s=30, complete=held_s > 29.9, score=80, verdict=Verdict.CORRECT)

    faults = [
        FaultEntry(name=name, side=Side.LEFT, start_s=0, end_s=end_s, cue=cue)
        for name, end_s, cue in (("a", 1, "Grow tall"), ("b", 3, "Glide your hips gently forward"), ("a", 1, "Grow tall"))
    ]
    told = document(path, 95).model_copy(
        update={
            "pose": "kneeling_hip_flexor",
            "score": 84,
            "band": Band.GOOD,
            "sides": {Side.RIGHT: side(12.3), Side.LEFT: side(29.995)},
            "faults": faults,
        }
    )
    return scored_line(path, "content", "settings", told)


def nobody(path: str) -> ScoredLine:
    unseen = [UnseenEntry(reason=Reason.NO_PERSON, start_s=0, end_s=1)]
    return scored_line(path, "c", "s", document(path).model_copy(update={"unseen": unseen}))


class TestTable:
    LONG = "clips/anna/2026-03-01 kneeling, right side, second try [1].mp4"
    LINES: tuple[ScoredLine | FailedLine, ...] = (
        line(LONG),
        nobody("clips/b.mp4"),
        failed_line("clips/ben/c.mp4", None, "cannot be read (Permission denied)."),
    )

    def shown(self, width: int, *, terminal: bool, lines: Sequence[ScoredLine | FailedLine] = LINES) -> list[str]:
        console = Console(width=width, force_terminal=terminal, color_system=None)
        with console.capture() as captured:
            print_table(console, lines, load_stretches())
        return captured.get().splitlines()

    def test_it_fits_a_terminal_of_80_columns(self) -> None:
        shown = self.shown(80, terminal=True)
        assert all(len(row) <= 80 for row in shown)
        assert shown[1] == "anna/2026…, second try [1].mp4  Kneeling  good 84  left 30 s, right 12 s of 30 s"
        assert "failed" in shown[3]
        assert shown[4] == ""

    @pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160])
    def test_no_sentence_is_cut_whatever_the_width(self, width: int) -> None:
        shown = self.shown(width, terminal=True)
        words = {word for row in shown for word in row.split()}
        for sentence in ("Glide your hips gently forward (+1)", "nobody in the picture", "cannot be read (Permission denied)."):
            assert set(sentence.split()) <= words
        assert sum(row.count("…") for row in shown) <= len(self.LINES), "names alone are shortened"

    @pytest.mark.parametrize("width", [*range(40, 121, 8), 79])
    def test_it_fits_every_terminal_and_tells_clips_apart(self, width: int) -> None:
        names = [f"clips/anna/2026-03-0{day} kneeling with a block, left side.mp4" for day in range(1, 8)]
        shown = self.shown(width, terminal=True, lines=[line(name) for name in names])
        assert all(len(row) <= width and row == row.rstrip() for row in shown)
        assert len(set(shown[:8])) == 8
        assert all("left 30 s, right 12 s of 30 s" in row for row in shown[1:8])

    def test_in_a_narrow_one_the_note_goes_first_and_then_the_score(self) -> None:
        heads = [self.shown(width, terminal=True)[0].split() for width in (80, 72, 56, 40)]
        assert [len(words) for words in heads] == [4, 4, 3, 2]
        assert heads[1:3] == [["clip", "stretch", "score", "held"], ["clip", "stretch", "held"]]
        below = " ".join(" ".join(self.shown(50, terminal=True)[4:]).split())
        for words in ("note", "nobody in the picture", "cannot be read", "good 84"):
            assert words in below, "and goes on below, where nothing is lost"

    def test_rows_are_sorted_whatever_the_case(self) -> None:
        shown = self.shown(80, terminal=False, lines=[nobody(f"{name}.mp4") for name in "BCab"])
        assert [row[0] for row in shown[1:]] == ["a", "B", "b", "C"]

    def test_who_is_seen_in_no_stretch_has_a_note(self) -> None:
        line = scored_line("a.mp4", "c", "s", document("a.mp4"))
        assert self.shown(80, terminal=False, lines=[line])[1].endswith("no stretch recognised")

    def test_what_is_piped_on_is_whole(self) -> None:
        shown = self.shown(80, terminal=False)
        assert len(shown) == 4
        assert self.LONG.removeprefix("clips/") in shown[1]
        assert "Glide your hips gently forward (+1)" in shown[1]
        assert "Kneeling hip flexor stretch" in shown[1]
        assert all(row == row.rstrip() for row in shown)
        assert "(Permission denied)." in shown[3]

    def test_what_else_is_to_be_said_stands_below_once_with_its_clips(self, capsys: pytest.CaptureFixture[str]) -> None:
        results = [ClipResult(line=nobody(f"clips/{i}.mp4"), now=True, notes=("It is slow motion.",)) for i in range(7)]
        results.append(ClipResult(line=nobody("clips/a\x1b[1m.mp4"), now=True, notes=("Turn more side-on.",)))
        print_notes(console(), results)
        assert capsys.readouterr().out.split("\n") == [
            "",
            "0.mp4, 1.mp4, 2.mp4, 3.mp4, 4.mp4 and 2 more: It is slow motion.",
            "",
            "a\\x1b[1m.mp4: Turn more side-on.",
            "",
        ]
        print_notes(console(), results[:0])
        assert capsys.readouterr().out == ""

    def test_the_summary_counts(self, capsys: pytest.CaptureFixture[str]) -> None:
        ways = {0: (True, False), 1: (False, False), 2: (False, True)}
        outcomes = [ClipResult(line=one, now=ways[i][0], copy=ways[i][1]) for i, one in enumerate(self.LINES)]
        print_batch_summary(console(), outcomes, 19.0, Path("r.jsonl"), PreviousResults(left_out=2, other_settings=3))
        print_failures(self.LINES, ["d: cannot be looked into."])
        printed = capsys.readouterr()
        assert (printed.out + printed.err).split("\n")[1:] == [
            "3 clips, 96 s of film: 1 scored, 1 with no stretch recognised, 1 failed. "
            "1 taken from r.jsonl, 1 a copy of another clip. Earlier results in r.jsonl: "
            "2 left out, of clips that are not among these, 3 with other settings, scored again. "
            "It took 19 s, 5.0 times real time.",
            "formcheck: clips/ben/c.mp4: cannot be read (Permission denied).",
            "formcheck: d: cannot be looked into.",
            "",
        ]


class TestRefusals:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "clips").mkdir()
        (tmp_path / "clips" / "a.mp4").write_text("no video")
        return tmp_path / "clips"

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("--measures", "m.csv"), "--measures m.csv: names a file"),
            (("--annotate", "a.mp4"), "--annotate a.mp4: names a file"),
            (("--annotate", "clips"), "is the folder of the clips"),
            (("--annotate", "here", "--scheduler", "tcp://127.0.0.1:9"), "give one"),
            (("--resume",), "--json FILE: give it"),
            (("--resume", "--json", "-"), "--json FILE: give it"),
            (("--jobs", "2", "--scheduler", "tcp://127.0.0.1:9"), "give one"),
            (("--json", "none/out.jsonl"), "does not exist"),
            (("more.mp4",), "more.mp4: there is no such"),
        ],
    )
    def test_what_makes_no_sense_for_many_is_told(
        self,
        words: tuple[str, ...],
        told: str,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(folder.parent)
        assert told in refused(capsys, "score", "--verbose", folder, *words)

    def test_a_clip_is_never_written_to(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        said = refused(capsys, "score", "--verbose", folder, "--json", folder / "a.mp4")
        assert "is one of the clips" in said
        assert (folder / "a.mp4").read_text() == "no video"


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five short clips, one of them there twice, a photo, and a file that is no video."""
    from formcheck.system.native.media_libs import cv2

    folder = tmp_path_factory.mktemp("many")
    pictures = [*frames_of(SAMPLES / "supine_psoas.mp4", every=5)]
    for i in range(5):
        part = pictures[10 * i : 10 * i + 9 + i]
        write_clip(folder / f"{i}.mp4", [(image, time_s - part[0][1]) for image, time_s in part], fps=5)
    (folder / "more").mkdir()
    shutil.copy(folder / "1.mp4", folder / "more" / "copy of 1.mp4")
    cv2.imwrite(str(folder / "photo.jpg"), pictures[40][0][..., ::-1])
    (folder / "broken.mp4").write_text("hello")
    return folder


@pytest.fixture(scope="module")
def lines(clips: Path, model: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("out") / "one.jsonl"
    done = run("score", clips, "--jobs", "1", "--json", out)
    assert done.returncode == 1
    assert "broken.mp4: is not a video that can be read" in done.stderr
    for word in ("WARNING", "W0000", "INFO", "Traceback"):
        assert word not in done.stderr
    assert "8 clips" in done.stdout
    return out.read_text()


@contextmanager
def begun(clips: Path, out: Path, end: signal.Signals) -> Iterator[subprocess.Popen[str]]:
    """A run that gets the signal as soon as it has kept something."""
    words = [*FORMCHECK, "score", str(clips), "--jobs", "1", "--json", str(out)]
    with subprocess.Popen(
        words, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        kept = out.with_name(f"{out.name}.unfinished")
        wait_for(lambda: kept.exists() and kept.read_text().endswith("\n"), 60)
        if end is signal.SIGINT:
            os.killpg(child.pid, end)  # as a terminal does
        else:
            child.send_signal(end)
        yield child


@pytest.mark.heavy
class TestScore:
    def test_a_line_is_the_document_of_the_clip_alone(self, lines: str, clips: Path) -> None:
        first = json.loads(lines.splitlines()[0])
        assert len(first.pop("sha256")) == 64
        assert first.pop("settings")
        assert first == json.loads(run("score", clips / "0.mp4", "--json", "-").stdout)
        paths = [json.loads(text)["clip"]["path"] for text in lines.splitlines()]
        assert paths == sorted(paths, key=Path)

    @pytest.mark.parametrize("jobs", ["2", "4"])
    def test_the_bytes_are_the_same_with_more_processes(self, jobs: str, lines: str, clips: Path, tmp_path: Path) -> None:
        done = run("score", clips, "--jobs", jobs, "--json", "-")
        assert done.stdout == lines
        assert "8 clips" in done.stderr

    def test_the_bytes_are_the_same_on_a_cluster(self, lines: str, clips: Path, tmp_path: Path) -> None:
        from tests.unit.pipeline.test_cluster import local

        with local(tmp_path, 2) as made:
            there = made.scheduler_address
            done = run("score", os.path.relpath(clips, REPO), "--scheduler", there, "--json", tmp_path / "out.jsonl")
        assert (tmp_path / "out.jsonl").read_text() == lines.replace(str(clips), os.path.relpath(clips, REPO))
        for word in ("WARNING", "W0000", "INFO", "Traceback"):
            assert word not in done.stderr

    def test_going_on_scores_what_is_new_alone(self, lines: str, clips: Path, tmp_path: Path) -> None:
        folder = tmp_path / "clips"
        shutil.copytree(clips, folder)
        out = tmp_path / "out.jsonl"
        out.write_text(lines)
        (folder / "4.mp4").rename(folder / "last.mp4")
        shutil.copy(SAMPLES / "none_empty_room.mp4", folder / "new.mp4")
        done = run("score", folder, "--json", out, "--resume")
        assert "9 clips" in done.stdout
        assert f"7 taken from {out}. " in done.stdout
        moved = lines.replace(str(clips), str(folder)).replace("4.mp4", "last.mp4").splitlines()
        assert [text for text in out.read_text().splitlines() if "new.mp4" not in text] == sorted(moved)

    def test_each_clip_gets_files_of_its_own(self, lines: str, clips: Path, tmp_path: Path) -> None:
        out, folder = tmp_path / "out.jsonl", tmp_path / "clips"
        shutil.copytree(clips, folder)
        words: tuple[str | Path, ...] = (
            "score",
            folder,
            "--json",
            out,
            "--annotate",
            folder / "drawn",
            "--measures",
            tmp_path / "tables",
        )
        assert run(*words).returncode == 1
        assert out.read_text() == lines.replace(str(clips), str(folder))
        names = ["0.mp4", "1.mp4", "2.mp4", "3.mp4", "4.mp4", "more/copy of 1.mp4", "photo.jpg"]
        for place, ending in ((folder / "drawn", ""), (tmp_path / "tables", ".csv")):
            written = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
            assert written == {f"{name}{ending}" for name in names}
        alone = tmp_path / "alone"
        alone.mkdir()
        assert run("score", folder / "1.mp4", "--measures", alone, "--annotate", f"{tmp_path}/more/").returncode == 0
        table = (alone / "1.mp4.csv").read_bytes()
        assert table == (tmp_path / "tables" / "1.mp4.csv").read_bytes()
        assert table == (tmp_path / "tables" / "more" / "copy of 1.mp4.csv").read_bytes()
        assert (tmp_path / "more" / "1.mp4").stat().st_size > 0
        (folder / "drawn" / "more" / "copy of 1.mp4").unlink()
        (tmp_path / "tables" / "2.mp4.csv").unlink()
        kept = (folder / "drawn" / "0.mp4").stat().st_mtime_ns
        done = run(*words, "--resume")
        assert f"5 taken from {out}" in done.stdout
        assert out.read_text() == lines.replace(str(clips), str(folder))
        assert (folder / "drawn" / "more" / "copy of 1.mp4").exists()
        assert (tmp_path / "tables" / "2.mp4.csv").exists()
        assert (folder / "drawn" / "0.mp4").stat().st_mtime_ns == kept
        assert all(digest(clips / name) == digest(folder / name) for name in names)

    def test_what_had_other_settings_or_is_no_longer_there_is_told(self, lines: str, clips: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        out.write_text(lines)
        done = run("score", clips / "0.mp4", "--side", "left", "--json", out, "--resume")
        assert f"Earlier results in {out}: 7 left out, of clips that are not among these, 1 with other settings" in done.stdout
        assert len(out.read_text().splitlines()) == 1

    def test_ctrl_c_keeps_what_is_done_and_going_on_ends_as_if_nothing_had_been(
        self, lines: str, clips: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "out.jsonl"
        with begun(clips, out, signal.SIGINT) as child:
            said = child.communicate(timeout=60)[1]
        assert child.returncode == 130
        assert "--resume goes on" in said
        assert "Traceback" not in said
        assert not out.exists()
        assert "--resume" in run("score", clips, "--json", out).stderr
        assert run("score", clips, "--json", out, "--resume").returncode == 1
        assert out.read_text() == lines
        assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]

    def test_two_runs_for_one_file(self, lines: str, clips: Path, tmp_path: Path) -> None:
        """The second says so before it has scored anything, and the first ends as if nothing had been."""
        out = tmp_path / "out.jsonl"
        words = [*FORMCHECK, "score", str(clips), "--jobs", "1", "--json", str(out)]
        with subprocess.Popen(words, cwd=REPO, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
            wait_for(lambda: any(tmp_path.glob(".out*")), 60)
            first.send_signal(signal.SIGSTOP)  # slow
            for what in ((clips,), (clips, "--resume"), (clips / "0.mp4",)):
                second = run("score", *what, "--json", out)
                assert second.returncode == 1
                assert f"{out}: is being written by another run of formcheck" in second.stderr
            first.send_signal(signal.SIGCONT)
            assert first.wait(120) == 1
        assert out.read_text() == lines
        assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]

    def test_nothing_hidden_stays_where_many_were_being_drawn(self, clips: Path, tmp_path: Path) -> None:
        drawn = tmp_path / "drawn"
        words = [*FORMCHECK, "score", str(clips), "--jobs", "2", "--annotate", str(drawn)]
        with subprocess.Popen(
            words, cwd=REPO, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as child:
            wait_for(lambda: any(path.stat().st_size for path in drawn.glob(".*.mp4")), 60)
            os.killpg(child.pid, signal.SIGHUP)
            assert child.wait(60) == 129
        assert [path for path in drawn.rglob(".*") if path.is_file()] == []

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal here")
    def test_a_run_that_is_killed_loses_nothing_that_was_done(self, lines: str, clips: Path, tmp_path: Path) -> None:
        out = tmp_path / "out.jsonl"
        with begun(clips, out, signal.SIGKILL) as child:
            child.wait(60)
        kept = (tmp_path / "out.jsonl.unfinished").read_text().splitlines()
        assert kept
        assert set(kept) < set(lines.splitlines())
        done = run("score", clips, "--json", out, "--resume")
        assert f"taken from {out}" in done.stdout
        assert out.read_text() == lines
