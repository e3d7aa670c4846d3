"""Clips on a Dask cluster of real worker processes: none is lost when one is killed, and problems are told in words."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from formcheck.core.errors import ClusterError
from formcheck.pipeline.batch import cluster as clusters
from formcheck.pipeline.batch.cluster import cluster
from formcheck.pipeline.batch.discovery import find_clips, identified
from formcheck.pipeline.batch.journal import FailedLine, ScoredLine, as_text
from formcheck.pipeline.batch.run import ClipResult, Settings, Work, score_clips
from formcheck.system.files import digest
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.processes import Processes, Runner
from tests.support.batches import LOG, log_lines, scored, settings, told
from tests.support.clips import SAMPLES, frames_of, write_clip
from tests.unit.system.test_processes import wait_for

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = pytest.mark.heavy

WORKERS = 2
CLIPS = 40


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator["LocalCluster"]:
    """A scheduler with two workers, a process each."""
    folder = tmp_path_factory.mktemp("cluster")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LOG, str(folder / "log.txt"))  # workers take it over when they start
        with local(folder, WORKERS) as made:
            yield made


@pytest.fixture
def scheduler(workers: "LocalCluster") -> str:
    """The address of the scheduler; those of its workers that the test before killed have come back."""
    Path(os.environ[LOG]).unlink(missing_ok=True)
    workers.wait_for_workers(WORKERS, timeout=60)
    return str(workers.scheduler_address)


@contextmanager
def local(folder: Path, workers: int) -> Iterator["LocalCluster"]:
    """A cluster here. It waits for a worker that was killed: else it is given up where its nanny needs 15 s to restart it."""
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.deploy.lost-worker-timeout": "10 minutes"}),
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", local_directory=str(folder)
        ) as made,
    ):
        yield made


@contextmanager
def runner_of(kind: str, scheduler: str) -> Iterator[Runner]:
    if kind == "processes":
        yield Processes(WORKERS, silence_native_messages)
    else:
        with cluster(scheduler, silence_native_messages) as runner:
            yield runner


def run(folder: Path, runner: Runner, common: Settings, work: Work, kill_at: int | None = None) -> list[ClipResult]:
    """Score all in `folder`; when `kill_at` clips are done, one process that is at work is killed."""
    clips = [identified(clip) for clip in find_clips([folder]).clips]
    found: dict[int, ClipResult] = {}
    for i, outcome in score_clips(clips, common, runner, kept={}, work=work):
        found[i] = outcome
        if len(found) == kill_at:
            os.kill(int(log_lines()[-1][0]), signal.SIGKILL)
    return [found[i] for i in range(len(clips))]


@pytest.mark.flaky(reruns=2)  # the process that is killed may be between two clips just then
@pytest.mark.parametrize("kind", ["processes", "dask"])
def test_a_worker_that_is_killed_loses_no_clip(kind: str, scheduler: str, tmp_path: Path) -> None:
    for i in range(CLIPS):
        (tmp_path / f"{i:02d}.mp4").write_text(f"0.2 {i}")
    with runner_of(kind, scheduler) as runner:
        outcomes = run(tmp_path, runner, settings(Path("m")), told, kill_at=10)
    assert [Path(one.line.clip.path).name for one in outcomes] == [f"{i:02d}.mp4" for i in range(CLIPS)]
    assert all(isinstance(one.line, ScoredLine) for one in outcomes)
    times = Counter(name for _, name in log_lines())
    assert len(times) == CLIPS
    assert CLIPS < times.total() <= CLIPS + WORKERS
    assert len({pid for pid, _ in log_lines()}) >= WORKERS


def test_a_worker_killed_among_real_clips_changes_no_byte(scheduler: str, model: Path, tmp_path: Path) -> None:
    count = 16
    pictures = [*frames_of(SAMPLES / "supine_psoas.mp4", every=5)]
    for i in range(count):
        part = pictures[2 * i : 2 * i + 6]
        write_clip(tmp_path / f"{i:02d}.mp4", [(image, time_s - part[0][1]) for image, time_s in part], fps=5)
    common = settings(model, digest(model))
    with runner_of("dask", scheduler) as runner:
        outcomes = run(tmp_path, runner, common, scored, kill_at=4)
    times = Counter(name for _, name in log_lines())
    assert len(times) == count
    assert count <= times.total() <= count + WORKERS
    assert all(isinstance(one.line, ScoredLine) for one in outcomes)
    for path in sorted(tmp_path.glob("*.mp4"))[8:]:
        path.unlink()
    with runner_of("processes", scheduler) as runner:
        again = run(tmp_path, runner, common, scored)
    assert as_text(one.line for one in outcomes[:8]) == as_text(one.line for one in again)


def test_clips_that_fail_are_told_as_they_are_without_a_cluster(scheduler: str, tmp_path: Path) -> None:
    for name, text in {"a": "fails", "b": "0", "c": "breaks", "d": "kills once", "e": "0 e"}.items():
        (tmp_path / f"{name}.mp4").write_text(text)
    texts = []
    for kind in ("processes", "dask"):
        (tmp_path / "d.once").unlink(missing_ok=True)
        with runner_of(kind, scheduler) as runner:
            texts.append(as_text(one.line for one in run(tmp_path, runner, settings(Path("m")), told)))
    assert texts[0] == texts[1]
    assert texts[0].count('"error"') == 2


def test_a_clip_that_kills_every_worker_is_told_and_the_others_are_scored(scheduler: str, tmp_path: Path) -> None:
    for name, text in {"a": "kills", "b": "0 b", "c": "0 c"}.items():
        (tmp_path / f"{name}.mp4").write_text(text)
    with runner_of("dask", scheduler) as runner:
        first, *others = run(tmp_path, runner, settings(Path("m")), told)
    assert isinstance(first.line, FailedLine)
    assert "workers that had it died" in first.line.error
    assert all(isinstance(one.line, ScoredLine) for one in others)


def test_a_clip_that_is_answered_is_not_scored_again_when_its_worker_dies(scheduler: str, tmp_path: Path) -> None:
    for name, text in {"a": "0", "b": "0", "c": "1", "d": "1", "e": "kills once", "f": "kills once"}.items():
        (tmp_path / f"{name}.mp4").write_text(f"{text:{70 + ord('a') - ord(name)}}")  # the largest are handed out first
    with runner_of("dask", scheduler) as runner:
        outcomes = run(tmp_path, runner, settings(Path("m")), told)
    assert all(isinstance(one.line, ScoredLine) for one in outcomes)
    times = Counter(name for _, name in log_lines())
    assert times["a.mp4"] == times["b.mp4"] == 1
    assert times["e.mp4"] > 1 or times["f.mp4"] > 1


@pytest.mark.parametrize("message", ["key-in-memory", "task-erred"])
def test_a_clip_whose_message_is_lost_is_scored_again(
    message: str, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.mp4").write_text("fails" if (name, message) == ("b", "task-erred") else f"0.1 {name}")
    lost: list[str] = []
    made = Client.__init__

    def make(client: Client, *args: object, **options: object) -> None:
        made(client, *args, **options)
        handler = client._stream_handlers[message]

        def first_lost(key: str = "", **told: object) -> None:
            lost.append(key)
            if len(lost) > 1:
                handler(key=key, **told)

        client._stream_handlers[message] = first_lost

    monkeypatch.setattr(Client, "__init__", make)
    monkeypatch.setattr(clusters, "_ASK_S", 1.0)  # long enough for the messages that are not lost
    with runner_of("dask", scheduler) as runner:
        outcomes = run(tmp_path, runner, settings(Path("m")), told)
    assert len(lost) > 1
    assert len(log_lines()) == len(outcomes) + 1
    assert [isinstance(one.line, FailedLine) for one in outcomes].count(True) == (message == "task-erred")


def test_another_version_on_the_workers_is_told(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "__version__", "99")
    with pytest.raises(ClusterError, match=r"The worker .* has formcheck .*, and here it is 99"), cluster(scheduler):
        pass


def test_a_worker_of_another_version_that_joins_later_is_told(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.mp4").write_text("0")
    with runner_of("dask", scheduler) as runner:
        monkeypatch.setattr(clusters, "__version__", "99")
        (outcome,) = run(tmp_path, runner, settings(Path("m")), told)
    assert isinstance(outcome.line, FailedLine)
    assert "and here it is 99" in outcome.line.error


def test_a_wish_to_stop_is_heard_while_workers_are_busy(scheduler: str) -> None:
    from tests.unit.system.test_processes import sleep

    began: list[int] = []
    with runner_of("dask", scheduler) as runner:
        for i, _ in runner(sleep, [0, 3, 3, 3], lambda: bool(began)):
            began.append(i)
    assert began == [0]


def test_a_scheduler_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "CONNECT_S", 1.0)
    with local(tmp_path, 0) as made, pytest.raises(ClusterError, match="has no workers"), cluster(made.scheduler_address):
        pass


def test_it_is_told_when_all_workers_are_gone_and_gone_on_when_one_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import LocalCluster

    from tests.unit.system.test_processes import halve

    monkeypatch.setattr(clusters, "_ASK_S", 0.1)
    monkeypatch.setattr(clusters, "_ALONE_S", 0.3)
    said: list[str] = []
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        protocol="tcp://",
        dashboard_address=":0",
        local_directory=str(tmp_path),
    ) as made:

        def come(sentence: str) -> None:
            said.append(sentence)
            made.scale(1)

        with cluster(made.scheduler_address, tell=come) as runner:
            made.scale(0)
            wait_for(lambda: not made.scheduler.workers)
            assert dict(runner(halve, [2, 4])) == {0: 1, 1: 2}
        (sentence,) = said
        assert f"no workers left; waiting. Start one with `dask worker {made.scheduler_address}`" in sentence


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://here", "127.0.0.1:9", "nonsense", "''", "h:port"])
def test_nothing_at_the_address_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "CONNECT_S", 1.0)
    with pytest.raises(ClusterError, match=rf"--scheduler {address}: no Dask scheduler answers"), cluster(address.strip("'")):
        pass


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'formcheck\[cluster\]'"), cluster("tcp://127.0.0.1:8786"):
        pass
