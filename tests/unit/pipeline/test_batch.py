"""Many clips: which there are, what is scored once, what is kept, and that the lines do not depend on who finished first."""

import json
import os
import shutil
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.baseline.validity import BaselineCheck
from formcheck.core.errors import OutputError, SourceError
from formcheck.core.values import Side
from formcheck.pipeline.batch.discovery import SUFFIXES, ClipFile, find_clips, identified, told_passed_over
from formcheck.pipeline.batch.files import plan_files
from formcheck.pipeline.batch.journal import FailedLine, Journal, PreviousResults, ScoredLine, as_text, failed_line, scored_line
from formcheck.pipeline.batch.run import ClipResult, JobResult, ScoreJob, score_clips
from formcheck.pipeline.outputs import mirrored_path
from formcheck.stretches.files import load_stretches
from formcheck.system.files import digest
from formcheck.system.paths import unfinished_folder
from formcheck.system.processes import Processes, Runner
from formcheck.vision.engines import mediapipe_model
from formcheck.vision.video.kinds import PHOTOS
from formcheck.vision.video.read_options import ReadOptions
from tests.support.batches import LOG, Inline, document, log_lines, settings, told
from tests.support.calibrated import baseline_of
from tests.support.laws import law
from tests.support.pictures import stored
from tests.support.specs import STANDING


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOG, str(tmp_path / "log.txt"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "clips"
    made.mkdir()
    return made


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.mp4").write_text(text)


def lines(folder: Path, runner: Runner, kept: Mapping[str | None, ScoredLine] = MappingProxyType({})) -> list[ClipResult]:
    clips = [identified(clip) for clip in find_clips([folder]).clips]
    found = dict(score_clips(clips, settings(Path("m.task")), runner, kept=kept, work=told))
    return [found[i] for i in range(len(clips))]


def names(folder: Path, *paths: Path) -> list[str]:
    return [clip.path.relative_to(folder).as_posix() for clip in find_clips(paths or [folder]).clips]


class TestFiles:
    @pytest.mark.parametrize(
        ("given", "inside"),
        [
            (["clips"], ["a.mov", "b/a.mp4"]),
            (["clips/b", "clips/a.mov"], ["b/a.mp4", "a.mov"]),
            (["clips/b", "other"], ["clips/b/a.mp4", "other/a.mp4"]),
            (["clips/b/../b"], ["a.mp4"]),
        ],
    )
    def test_folders_mirror_those_of_the_clips(
        self, given: list[str], inside: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("clips/a.mov", "clips/b/a.mp4", "other/a.mp4"):
            (folder.parent / name).parent.mkdir(exist_ok=True)
            (folder.parent / name).touch()
        monkeypatch.chdir(folder.parent)
        paths = [Path(name) for name in given]
        planned = plan_files(find_clips(paths).clips, paths, {"measures": Path("out/tables"), "annotate": Path("out/drawn")})
        assert [files["annotate"] for files in planned] == [folder.parent / "out" / "drawn" / name for name in inside]
        assert [files["measures"] for files in planned] == [folder.parent / "out" / "tables" / f"{name}.csv" for name in inside]
        assert (folder.parent / "out" / "drawn").is_dir()

    @pytest.mark.parametrize("output", ["measures", "annotate", "landmarks"])
    @pytest.mark.parametrize("letter", ["L", "\u00fc"])
    def test_a_name_as_long_as_can_be_leaves_room_for_what_is_written(self, output: str, letter: str) -> None:
        longest = letter * (250 // len(letter.encode()))
        files = [mirrored_path(output, Path("out"), Path(f"{longest}{i}.mp4"), still=False) for i in range(2)]
        assert len({*files}) == 2
        assert all(len(file.name.encode()) <= 230 for file in files)
        assert all(".mp4" in file.name for file in files)

    @law
    @given(st.sets(st.tuples(st.sampled_from(["a", "b", "b/a"]), st.sampled_from(SUFFIXES)), min_size=1))
    def test_no_two_clips_share_a_file_and_none_is_a_clip(self, names: set[tuple[str, str]]) -> None:
        files = [
            mirrored_path(output, Path("out"), Path(name + ending), still=ending in PHOTOS)
            for name, ending in names
            for output in ("measures", "annotate", "landmarks")
        ]
        assert len(set(files)) == len(files)
        assert all(file.parts[0] == "out" for file in files)

    def test_a_clip_is_never_written_to(self, folder: Path) -> None:
        write(folder, a="")
        with pytest.raises(OutputError, match=r"a\.mp4: is one of the clips"):
            plan_files(find_clips([folder]).clips, [folder], {"annotate": folder})
        (folder / "a.avi.mp4").touch()
        (folder / "a.avi").touch()
        with pytest.raises(OutputError, match="written twice"):
            plan_files(find_clips([folder]).clips, [folder], {"annotate": folder.parent / "out"})

    def test_a_folder_that_cannot_be_is_told(self, folder: Path) -> None:
        (folder / "file").touch()
        with pytest.raises(OutputError, match="the folder cannot be made"):
            plan_files((), [folder], {"annotate": folder / "file"})

    def test_what_was_drawn_is_no_clip_of_the_next_run(self, folder: Path) -> None:
        write(folder, a="")
        (folder / "drawn" / "deep").mkdir(parents=True)
        write(folder / "drawn" / "deep", a="")
        assert names(folder) == ["a.mp4", "drawn/deep/a.mp4"]
        assert [clip.path.name for clip in find_clips([folder], leave_out=[folder / "drawn"]).clips] == ["a.mp4"]

    def test_a_clip_that_is_kept_is_scored_again_where_a_file_of_it_is_missing(self, folder: Path, tmp_path: Path) -> None:
        write(folder, a="0", b="0.0", copy="0.0")
        first = lines(folder, Inline())
        kept: dict[str | None, ScoredLine] = {
            line.sha256: line for line in (one.line for one in first) if isinstance(line, ScoredLine)
        }
        clips = [identified(clip) for clip in find_clips([folder]).clips]
        files = [{"measures": tmp_path / f"{clip.path.name}.csv"} for clip in clips]
        for i in (0, 1):
            files[i]["measures"].touch()
        jobs: list[ScoreJob] = []

        def work(job: ScoreJob) -> JobResult:
            jobs.append(job)
            return told(job)

        again = dict(score_clips(clips, settings(Path("m.task")), Inline(), kept=kept, files=files, work=work))
        assert [again[i].now for i in range(3)] == [False, False, True]
        assert [again[i].line for i in range(3)] == [one.line for one in first]
        assert [dict(job.files) for job in jobs] == [{clips[2].path: files[2]}]


class TestFinding:
    def test_a_folder_is_searched_in_depth_and_by_name(self, folder: Path) -> None:
        (folder / "b" / "c").mkdir(parents=True)
        for name in ("z.mp4", "a.JPG", "b/c/y.mov", "b/x.webm", "a.toml", "notes.txt", "b/mp4"):
            (folder / name).touch()
        assert names(folder) == ["a.JPG", "b/c/y.mov", "b/x.webm", "z.mp4"]

    @pytest.mark.parametrize("ending", SUFFIXES)
    def test_every_ending_is_found_in_small_and_capital_letters(self, ending: str, folder: Path) -> None:
        for name in (f"a{ending}", f"B{ending.upper()}"):
            (folder / name).touch()
        assert len(names(folder)) == 2

    def test_what_score_reads_is_found_by_its_content_too(self, folder: Path) -> None:
        (folder / "photo").write_bytes(stored("JPEG"))
        (folder / "IMG_1.dat").write_bytes(stored("HEIF"))
        (folder / "00001.ts").write_bytes((b"G" + bytes(187)) * 4)
        (folder / "clip.unknown").write_bytes(b"\x00\x00\x00\x20ftypisom")
        (folder / "index.ts").write_text("export const a = 1;\n")
        (folder / "song.m4a").write_bytes(b"\x00\x00\x00\x20ftypM4A ")
        assert names(folder) == ["00001.ts", "IMG_1.dat", "clip.unknown", "photo"]
        assert [path.name for path in find_clips([folder]).passed_over] == ["index.ts", "song.m4a"]

    def test_what_goes_with_a_clip_is_not_told_and_no_clip(self, folder: Path) -> None:
        (folder / "deep").mkdir()
        for name in ("a.mp4", "deep/b.MOV"):
            (folder / name).touch()
        for name in ("a.toml", "a.angles.csv", "a.mp4.landmarks.csv", "a.srt", "deep/b.AAE", "scores.jsonl", "Thumbs.db", ".x"):
            (folder / name).touch()
        (folder / "a.THM").write_bytes(stored("JPEG"))
        (folder / "deep" / "a.txt").touch()
        found = find_clips([folder])
        assert names(folder) == ["a.mp4", "deep/b.MOV"]
        assert found.passed_over == (folder / "deep" / "a.txt",)

    def test_a_film_is_a_clip_whatever_has_its_name(self, folder: Path) -> None:
        (folder / "a.mp4").touch()
        (folder / "a.ts").write_bytes((b"G" + bytes(187)) * 4)
        (folder / "a.dat").write_bytes(b"\x00\x00\x00\x20ftypisom")
        assert names(folder) == ["a.dat", "a.mp4", "a.ts"]

    def test_what_is_passed_over_is_counted_and_named(self) -> None:
        assert told_passed_over([Path("a\nb.txt")]) == "1 file is no video or photo and was passed over: a\nb.txt."
        told = told_passed_over([Path(f"{i}.txt") for i in range(13)])
        assert told.startswith("13 files are no videos or photos and were passed over: 0.txt, 1.txt")
        assert told.endswith("9.txt, 3 more.")

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
    def test_what_is_no_file_is_passed_over_and_it_is_said_what_it_is(self, folder: Path) -> None:
        write(folder, a="0")
        for name in ("pipe", "pipe.mp4"):
            os.mkfifo(folder / name)
        (folder / "loop").symlink_to("loop")
        (folder / "gone").symlink_to("nowhere")
        (folder / "zero.mov").symlink_to("/dev/zero")
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(str(folder / "socket.jpg"))
        found = find_clips([folder])
        assert [clip.path.name for clip in found.clips] == ["a.mp4"]
        sentence = told_passed_over(found.passed_over).replace(f"{folder}/", "")
        assert sentence == (
            "6 files are no videos or photos and were passed over: gone (a link that leads nowhere), loop (a link that leads "
            "back to itself), pipe (a pipe), pipe.mp4 (a pipe), socket.jpg (a socket), zero.mov (a device)."
        )
        (folder / "a.mp4").unlink()
        with pytest.raises(SourceError, match=r"(?s)holds no video or photo.*pipe\.mp4 \(a pipe\)"):
            find_clips([folder])

    def test_a_link_to_itself_costs_only_itself(self, folder: Path) -> None:
        write(folder, a="0")
        (folder / "loop.mp4").symlink_to("loop.mp4")
        (folder / "there.mp4").symlink_to("back.mp4")
        (folder / "back.mp4").symlink_to("there.mp4")
        found = {one.line.clip.path.rpartition("/")[2]: one.line for one in lines(folder, Inline())}
        assert isinstance(found["a.mp4"], ScoredLine)
        assert all("symbolic links" in line.error for line in found.values() if isinstance(line, FailedLine))
        assert len(found) > 1

    def test_a_pipe_among_several_clips_costs_only_itself(self, folder: Path) -> None:
        write(folder, a="0")
        os.mkfifo(folder / "pipe.mp4")
        clips = [identified(clip) for clip in find_clips([folder / "a.mp4", folder / "pipe.mp4"]).clips]
        assert [clip.trouble for clip in clips] == [None, "cannot be read (it is a pipe, not a file)."]

    def test_what_is_hidden_is_left_alone(self, folder: Path) -> None:
        (folder / ".thumbs").mkdir()
        for name in ("._a.mp4", ".thumbs/a.mp4", "a.mp4"):
            (folder / name).touch()
        assert names(folder) == ["a.mp4"]

    def test_links_are_followed_and_loops_are_not_entered_twice(self, folder: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        (elsewhere / "deep").mkdir(parents=True)
        (elsewhere / "deep" / "far.mp4").touch()
        (folder / "a.mp4").touch()
        (folder / "linked").symlink_to(elsewhere)
        (folder / "loop").symlink_to(folder)
        (elsewhere / "deep" / "back").symlink_to(elsewhere)
        (folder / "same.mp4").symlink_to(folder / "a.mp4")
        assert names(folder) == ["a.mp4", "linked/deep/far.mp4"]

    def test_paths_keep_their_order_and_a_file_is_there_once(self, folder: Path) -> None:
        write(folder, a="", b="", c="")
        odd = folder / "odd.name"
        odd.touch()
        assert names(folder, folder / "c.mp4", odd, folder, folder) == ["c.mp4", "odd.name", "a.mp4", "b.mp4"]

    def test_what_is_not_there_is_told_before_the_work(self, folder: Path) -> None:
        write(folder, a="")
        with pytest.raises(SourceError, match=r"none\.mp4: there is no such") as caught:
            find_clips([folder, folder / "none.mp4", folder / "nowhere"])
        assert "nowhere: there is no such" in str(caught.value)

    def test_an_empty_folder_is_told(self, folder: Path) -> None:
        (folder / "empty").mkdir()
        (folder / "notes.txt").touch()
        with pytest.raises(
            SourceError,
            match=r"holds no video or photo.*\.mp4(.|\n)*1 file is no video or photo and was passed over: .*notes\.txt",
        ):
            find_clips([folder])
        write(folder, a="")
        assert find_clips([folder, folder / "empty"]).empty == (folder / "empty",)

    @pytest.mark.skipif(not hasattr(os, "seteuid") or os.geteuid() != 0, reason="only root can become somebody else")
    def test_a_folder_that_may_not_be_read_is_told_and_the_others_are_searched(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            folder.chmod(0o755)
            (folder / "barred").mkdir(mode=0o700)
            (folder / "a.mp4").touch()
            os.seteuid(65534)
            try:
                found = find_clips([folder])
            finally:
                os.seteuid(0)
        assert [clip.path.name for clip in found.clips] == ["a.mp4"]
        (trouble,) = found.troubles
        assert "barred: cannot be looked into (Permission denied)" in trouble

    def test_a_link_that_leads_nowhere_is_a_clip_that_cannot_be_read(self, folder: Path) -> None:
        (folder / "dead.mp4").symlink_to(folder / "nowhere.mp4")
        (clip,) = find_clips([folder]).clips
        assert identified(clip).trouble == "cannot be read (No such file or directory)."

    def test_a_pipe_is_no_clip(self, folder: Path) -> None:
        os.mkfifo(folder / "pipe.mp4")
        write(folder, a="")
        assert names(folder) == ["a.mp4"]

    def test_a_name_that_is_no_text_can_be_told(self, folder: Path) -> None:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.mp4")).write_text("0")
        (outcome,) = lines(folder, Inline())
        assert json.loads(outcome.line.model_dump_json())["clip"]["path"].endswith("�.mp4")


class TestScoring:
    @given(st.data(), st.lists(st.sampled_from(["0", "0 a", "0 bb", "fails", "breaks"]), min_size=1, max_size=8))
    def test_the_lines_do_not_depend_on_the_order_of_finishing(self, data: st.DataObject, texts: list[str]) -> None:
        with tempfile.TemporaryDirectory() as name:
            write(Path(name), **{f"clip{i}": text for i, text in enumerate(texts)})
            first = lines(Path(name), Inline())
            second = lines(Path(name), Inline(lambda count: data.draw(st.permutations(range(count)))))
            assert as_text(one.line for one in first) == as_text(one.line for one in second)
            assert [one.line.clip.path for one in first] == [str(Path(name, f"clip{i}.mp4")) for i in range(len(texts))]

    def test_each_content_is_scored_once_and_every_clip_has_its_line(self, folder: Path) -> None:
        write(folder, a="0 x", b="0 y", c="0 x")
        outcomes = lines(folder, Inline())
        assert sorted(name for _, name in log_lines()) == ["a.mp4", "b.mp4"]
        assert [Path(one.line.clip.path).name for one in outcomes] == ["a.mp4", "b.mp4", "c.mp4"]
        assert [one.now for one in outcomes] == [True, True, False]
        assert [one.copy for one in outcomes] == [False, False, True]
        assert outcomes[0].line.sha256 == outcomes[2].line.sha256 == digest(folder / "a.mp4")

    def test_one_content_is_one_clip_whatever_its_names_say(self, folder: Path) -> None:
        write(folder, a="0")
        shutil.copy(folder / "a.mp4", folder / "a.jpg")
        lines(folder, Inline())
        assert len(log_lines()) == 1

    def test_the_largest_begin_first(self, folder: Path) -> None:
        write(folder, a="0 ", b="0 longest", c="0 long")
        lines(folder, Inline())
        assert [name for _, name in log_lines()] == ["b.mp4", "c.mp4", "a.mp4"]

    @pytest.mark.heavy
    def test_clips_that_fail_are_told_and_the_others_scored(self, folder: Path) -> None:
        write(folder, a="fails", b="0", c="breaks", d="kills", e="kills once")
        (folder / "f.mp4").symlink_to("nowhere")
        told = [one.line for one in lines(folder, Processes(2))]
        errors = [line.error if isinstance(line, FailedLine) else None for line in told]
        assert errors[0] == "is not good."
        assert errors[2] is not None
        assert "ZeroDivisionError: nothing" in errors[2]
        assert errors[3] is not None
        assert "ended by itself, 2 times (killed" in errors[3]
        assert errors[5] == "cannot be read (No such file or directory)."
        assert (errors[1], errors[4]) == (None, None)
        assert [line.sha256 is None for line in told] == [False, False, False, False, False, True]

    def test_what_was_scored_is_not_scored_again_under_another_name(self, folder: Path) -> None:
        write(folder, a="0 x", b="0 y", c="fails")
        before = [one.line for one in lines(folder, Inline())]
        kept: dict[str | None, ScoredLine]
        kept = {line.sha256: line for line in before if isinstance(line, ScoredLine)}
        (folder / "a.mp4").rename(folder / "moved.mp4")
        write(folder, b="0 changed")
        log = Path(os.environ[LOG])
        log.unlink()
        after = lines(folder, Inline(), kept)
        assert sorted(name for _, name in log_lines()) == ["b.mp4", "c.mp4"]
        assert [(Path(one.line.clip.path).name, one.now) for one in after] == [
            ("b.mp4", True),
            ("c.mp4", True),
            ("moved.mp4", False),
        ]
        assert as_text([after[2].line]) == as_text([before[0]]).replace("a.mp4", "moved.mp4")

    def test_a_wish_to_stop_keeps_what_is_done(self, folder: Path) -> None:
        write(folder, a="0 x", b="0 y", c="0 z")
        clips = [identified(clip) for clip in find_clips([folder]).clips]
        done: list[int] = []
        for i, _ in score_clips(clips, settings(Path("m")), Inline(), kept={}, stop=lambda: len(done) == 2, work=told):
            done.append(i)
        assert done == [0, 1]


class TestSettings:
    def test_all_that_decides_the_result_is_in_the_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        one = settings(Path("m.task"))
        assert one.fingerprint == settings(Path("elsewhere/m.task")).fingerprint
        others = [
            replace(one, side=Side.LEFT),
            replace(one, digest="other"),
            replace(one, specs=(STANDING,)),
            replace(one, specs=load_stretches()),
            replace(one, fit=BaselineCheck(baseline=baseline_of())),
            replace(one, model=mediapipe_model(Path("n.task"))),
            replace(one, options=ReadOptions.of(rotate=90)),
            replace(one, options=ReadOptions.of(rotate=270)),
            replace(one, options=ReadOptions.of(mirror=True)),
            replace(one, options=ReadOptions.of(speed=1.0)),
            replace(one, options=ReadOptions.of(from_s=3.0)),
            replace(one, options=ReadOptions.of(to_s=3.0)),
        ]
        names = {one.fingerprint, *(other.fingerprint for other in others)}
        monkeypatch.setattr("formcheck.pipeline.batch.run.__version__", "99")
        assert len({*names, one.fingerprint}) == len(others) + 2


class TestJournal:
    @pytest.fixture
    def journal(self, tmp_path: Path) -> Journal:
        return Journal(tmp_path / "out.jsonl")

    @staticmethod
    def line(name: str, settings: str = "s") -> ScoredLine:
        return scored_line(f"{name}.mp4", f"content of {name}", settings, document())

    def test_the_file_appears_when_all_is_done(self, journal: Journal) -> None:
        with journal:
            journal.add(self.line("b"))
            journal.add(self.line("a"))
            assert not journal.output_path.exists()
            journal.finish([self.line("a"), self.line("b")])
        assert journal.output_path.read_text() == as_text([self.line("a"), self.line("b")])
        assert not journal.path.exists()

    def test_an_unfinished_run_is_kept_and_not_forgotten_by_chance(self, journal: Journal) -> None:
        before = as_text([self.line("b")])
        journal.output_path.write_text(before)
        with journal:
            journal.add(self.line("a"))
        assert journal.output_path.read_text() == before
        with pytest.raises(OutputError, match=r"1 clip.*--resume"):
            Journal(journal.output_path).check(resume=False)
        assert len(list(unfinished_folder().iterdir())) == 1, "it can be found again, wherever it is"
        Journal(journal.output_path).check(resume=True)
        assert set(journal.stored("s")) == {"content of a", "content of b"}

    @pytest.mark.parametrize("text", ["import os\n", '{"a": 1}\n', "[]\n", "3\n", '{"formcheck_version": "1"}\n'])
    @pytest.mark.parametrize("resume", [False, True])
    def test_a_file_that_has_something_else_is_left_alone(self, journal: Journal, text: str, resume: bool) -> None:
        for mixed in (text, as_text([self.line("a")]) + text):
            journal.output_path.write_text(mixed)
            with pytest.raises(OutputError, match="is no results file of formcheck"):
                journal.check(resume=resume)

    def test_results_may_be_replaced_and_it_is_told_how_many(self, journal: Journal) -> None:
        failed = failed_line("f.mp4", None, "why")
        for text, count in (
            ("", 0),
            ("\n", 0),
            (as_text([self.line("a"), failed]), 2),
            (document("a.mp4").model_dump_json(indent=2), 1),
        ):
            journal.output_path.write_text(text)
            journal.check(resume=False)
            assert journal.earlier([], "s", resume=False) == PreviousResults(replaced=count)

    def test_what_is_not_gone_on_from_is_told(self, journal: Journal) -> None:
        def clip(name: str, content: str) -> ClipFile:
            return ClipFile(path=Path(f"{name}.mp4"), size_bytes=1, content=f"content of {content}")

        gone = [self.line("gone"), failed_line("lost.mp4", None, "why")]
        others = [self.line("b", "other"), self.line("a", "other")]
        journal.output_path.write_text(as_text([self.line("a"), self.line("moved"), self.line("changed"), *gone, *others]))
        journal.path.write_text(as_text([self.line("a")]))
        clips = [clip("a", "a"), clip("b", "b"), clip("new name", "moved"), clip("changed", "new"), clip("new", "newer")]
        assert journal.earlier(clips, "s", resume=True) == PreviousResults(left_out=2, other_settings=1)

    def test_a_run_that_kept_nothing_leaves_nothing(self, journal: Journal) -> None:
        with journal:
            pass
        assert not journal.path.exists()

    @pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no folder here that looks writable and is not")
    def test_a_place_that_takes_no_file_is_told(self) -> None:
        with pytest.raises(OutputError, match="cannot be written"), Journal(Path("/proc/x.jsonl")):
            pass

    def test_a_line_that_was_cut_off_harms_no_other(self, journal: Journal) -> None:
        text = as_text([self.line("a"), self.line("b")])
        journal.path.write_text(text[:-20])
        with journal:
            journal.add(self.line("c"))
        assert set(journal.stored("s")) == {"content of a", "content of c"}

    def test_both_files_are_gone_on_from_and_other_settings_are_not(self, journal: Journal) -> None:
        journal.output_path.write_text(as_text([self.line("a"), self.line("b", "other")]))
        journal.path.write_text(as_text([self.line("c")]) + "no line\n")
        assert set(journal.stored("s")) == {"content of a", "content of c"}

    def test_a_line_comes_back_as_it_went(self, journal: Journal) -> None:
        journal.output_path.write_text(as_text([self.line("a")]))
        (line,) = journal.stored("s").values()
        assert as_text([line]) == as_text([self.line("a")])


def test_a_failed_line_is_json(folder: Path) -> None:
    write(folder, a="fails")
    (outcome,) = lines(folder, Inline())
    assert json.loads(outcome.line.model_dump_json()) == {
        "schema_version": 1,
        "formcheck_version": outcome.line.formcheck_version,
        "clip": {"path": str(folder / "a.mp4")},
        "sha256": digest(folder / "a.mp4"),
        "error": "is not good.",
    }
