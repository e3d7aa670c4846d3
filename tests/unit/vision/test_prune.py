"""What is run in place of a bundle gives the same landmarks, to the last bit, from fewer operators."""

import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from formcheck.core.interfaces import Frame
from formcheck.system.paths import slim_folder
from formcheck.vision.engines.mediapipe import bundle
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.engines.mediapipe.prune import slim, slimmed_bundle
from tests.support.clips import REPO, SAMPLES, frames_of

FRAMES = 60
CLIPS = ("kneeling_hip_flexor", "supine_psoas")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own; `slim_folder()` lies in it."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "cache"))
    assert tmp_path in slim_folder().parents
    return tmp_path / "cache"


def graph_of(model: Path | bytes) -> Any:
    return bundle.parsed(landmarks_of(model)).subgraphs[0]


def landmarks_of(model: Path | bytes) -> bytes:
    if isinstance(model, bytes):
        written = slim_folder() / "written.task"
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_bytes(model)
        model = written
    with zipfile.ZipFile(model) as opened:
        return opened.read(bundle.LANDMARKS)


@pytest.mark.parametrize("content", [b"", b"no zip at all", bytes(2_000)])
def test_what_is_no_bundle_is_left_to_mediapipe(content: bytes, tmp_path: Path, cache: Path) -> None:
    model = tmp_path / "model.task"
    model.write_bytes(content)
    assert slim(model) == model
    assert slim(tmp_path / "none.task") == tmp_path / "none.task"
    assert not cache.exists()


def test_a_bundle_of_other_networks_is_left_alone(tmp_path: Path, cache: Path) -> None:
    model = tmp_path / "model.task"
    model.write_bytes(bundle.packed({bundle.DETECTOR: b"detector", bundle.LANDMARKS: bytes(64)}))
    assert slim(model) == model
    assert not cache.exists()


@pytest.mark.heavy
class TestDefault:
    @pytest.mark.parametrize("clip", CLIPS)
    @pytest.mark.parametrize("still", [False, True], ids=["video", "image"])
    def test_landmarks_are_the_same_to_the_last_bit(
        self, clip: str, still: bool, model: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        frames = [
            Frame(image=image, time_s=time_s)
            for (image, time_s), _ in zip(frames_of(SAMPLES / f"{clip}.mp4", every=4), range(FRAMES), strict=False)
        ]
        assert slim(model) != model
        with MediaPipeEngine(model, still=still) as engine:
            seen = [engine.detect(frame) for frame in frames]
        monkeypatch.setattr("formcheck.vision.engines.mediapipe.landmarker.slim", lambda published: published)
        with MediaPipeEngine(model, still=still) as engine:
            assert [engine.detect(frame) for frame in frames] == seen
        assert len(seen) == FRAMES
        assert all(seen)

    def test_what_feeds_the_mask_alone_is_gone(self, model: Path, cache: Path) -> None:
        before, after = graph_of(model), graph_of(slim(model))
        made = {output for operator in after.operators for output in operator.outputs}
        assert len(after.outputs) == len(before.outputs)
        assert set(after.outputs) < set(before.outputs)
        assert set(after.outputs) <= made
        fed = {tensor for operator in after.operators for tensor in operator.inputs} | set(after.outputs)
        assert all(fed & set(operator.outputs) for operator in after.operators)
        assert len(after.operators) < 0.9 * len(before.operators)

    def test_the_bundle_stays_as_published_and_names_what_is_reported(self, model: Path, cache: Path, tmp_path: Path) -> None:
        mine = tmp_path / "mine.task"
        shutil.copy(model, mine)
        with MediaPipeEngine(mine, still=True) as engine:
            assert engine.info.model == "mine.task"
        assert mine.read_bytes() == model.read_bytes()

    def test_it_is_kept_by_content_and_made_again_when_damaged(self, model: Path, cache: Path, tmp_path: Path) -> None:
        kept = slim(model)
        assert isinstance(kept, Path)
        content = kept.read_bytes()
        mine = tmp_path / "mine.task"
        shutil.copy(model, mine)
        assert slim(mine) == kept
        changed = bytearray(content)
        changed[len(content) // 2] ^= 1
        for damaged in (content[:1000], bytes(changed), b""):
            kept.write_bytes(damaged)
            assert slim(mine) == kept
            assert kept.read_bytes() == content
        earlier = kept.with_name(f"{kept.name[:32]}-1.task")  # as it was called before its own content belonged to its name
        earlier.write_bytes(content)
        kept.unlink()
        assert slim(mine) == kept
        assert list(kept.parent.iterdir()) == [kept]

    def test_what_is_slim_is_not_slimmed_again(self, model: Path, cache: Path) -> None:
        kept = slim(model)
        assert isinstance(kept, Path)
        assert slim(kept) == kept

    def test_several_processes_at_once(self, model: Path, cache: Path) -> None:
        code = (
            "from pathlib import Path\nfrom formcheck.vision.engines.mediapipe.prune import slim\n"
            f"print(slim(Path({str(model)!r})))"
        )

        def ask(_: int) -> str:
            return subprocess.run(
                [sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True
            ).stdout.splitlines()[-1]

        with ThreadPoolExecutor(4) as pool:
            (kept,) = set(pool.map(ask, range(4)))
        assert Path(kept).read_bytes() == slimmed_bundle(model)
        assert list(slim_folder().iterdir()) == [Path(kept)]

    def test_without_a_cache_it_works_all_the_same(self, model: Path, cache: Path) -> None:
        cache.write_text("a file where the folder should be")
        content = slim(model)
        assert isinstance(content, bytes)
        image, time_s = next(frames_of(SAMPLES / "kneeling_hip_flexor.mp4"))
        with MediaPipeEngine(model, still=True) as engine:
            assert engine.detect(Frame(image=image, time_s=time_s))
