"""Which model is used, and how one that has a name comes into the cache."""

import hashlib
import io
import re
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.core.engine_traits import DEFAULT_TRAITS
from formcheck.core.errors import ModelError
from formcheck.core.interfaces import Frame
from formcheck.core.values import Landmarks
from formcheck.system.paths import models_folder
from formcheck.vision.engines import VARIABLE, EngineModel, caution_of, obtain
from formcheck.vision.engines.mediapipe import bundle, models
from formcheck.vision.engines.mediapipe.download import Package, fetched, npm, wheel
from formcheck.vision.engines.mediapipe.landmarker import MediaPipeEngine
from formcheck.vision.engines.mediapipe.prune import slim
from tests.support.clips import SAMPLES, frames_of

BUNDLE = bundle.packed({bundle.DETECTOR: b"detector", bundle.LANDMARKS: b"landmarks"})


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and no model asked for by the environment."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv(VARIABLE, raising=False)
    return folder


class TestChoice:
    def test_full_unless_asked_otherwise(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert models.chosen_model(None) is models.DEFAULT
        assert models.DEFAULT.name == "full"
        monkeypatch.setenv(VARIABLE, "heavy")
        assert models.chosen_model(None) is models.MODELS["heavy"]
        assert models.chosen_model("lite") is models.MODELS["lite"]

    def test_a_name_wins_over_a_file_that_is_called_so(self, alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (alone / "lite").write_bytes(BUNDLE)
        assert models.chosen_model("lite") is models.MODELS["lite"]
        for asked in ("./lite", str(alone / "lite")):
            assert models.chosen_model(asked) == Path(asked)
            monkeypatch.setenv(VARIABLE, asked)
            assert models.chosen_model(None) == Path(asked)

    def test_neither_a_name_nor_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(ModelError, match=r"--model: there is no file medium\. Give lite, full, heavy, or .*\.task"):
            models.chosen_model("medium")
        monkeypatch.setenv(VARIABLE, "medium")
        with pytest.raises(ModelError, match=VARIABLE):
            models.chosen_model(None)

    @pytest.mark.parametrize(
        ("file", "model"),
        [
            ("pose_landmarker_lite.task", "lite"),
            ("pose_landmarker_full.task", "full"),
            ("lite.task", None),
        ],
    )
    def test_what_has_to_be_known_of_one_that_the_limits_are_not_set_for(
        self, file: str, model: str | None, alone: Path
    ) -> None:
        """By its name in the cache, which is Google's own: a bundle that was downloaded is known by it, too."""
        (alone / file).write_bytes(BUNDLE)
        told = caution_of(obtain(f"./{file}", lambda _why: ignore))
        assert told == (models.MODELS[model].caution if model is not None else "")
        assert bool(told) is (model == "lite")
        assert not told or f"for the model full: {model} " in told

    def test_heavy_counts_joints_as_seen_of_which_it_is_less_sure(self, alone: Path) -> None:
        seen = {name: MediaPipeEngine(model.path).traits.visible for name, model in models.MODELS.items()}
        assert seen["heavy"] < seen["full"] == seen["lite"] == DEFAULT_TRAITS.visible
        assert MediaPipeEngine(Path("mine.task")).traits == DEFAULT_TRAITS

    def test_an_engine_of_others_is_for_others_to_speak_of(self, alone: Path) -> None:
        file = alone / "pose_landmarker_lite.task"
        assert caution_of(EngineModel(engine="toy", factory="toy:create", file=file)) == ""
        assert caution_of(EngineModel(engine="toy", factory="toy:create", file=None)) == ""

    def test_each_has_a_place_of_its_own(self) -> None:
        assert len({model.path for model in models.MODELS.values()}) == len(models.MODELS)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit": lambda content: content[:200] + bytes([content[200] ^ 1]) + content[201:],
    "the end": lambda content: content[:-1],
    "half of it": lambda content: content[: len(content) // 2],
    "all of it": lambda _content: b"",
    "other content": lambda _content: bundle.packed({bundle.DETECTOR: b"other", bundle.LANDMARKS: b"networks"}),
    "no zip": lambda content: bytes(len(content)),
}
BUNDLE_OF_SIZE = bundle.packed({bundle.DETECTOR: bytes(range(256)) * 4, bundle.LANDMARKS: bytes(range(256))[::-1] * 4})


class TestDamage:
    """A damaged network sees nobody, and says nothing: so what is loaded must be what was stored."""

    @pytest.fixture
    def named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> models.Model:
        """The default model, which is in a cache of its own, and made of other bytes."""
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
            monkeypatch.setenv(name, str(tmp_path / "cache"))
        models_folder().mkdir(parents=True)
        return models.DEFAULT

    @pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
    def test_in_the_cache_it_is_fetched_again_and_the_reason_said(
        self, damage: Callable[[bytes], bytes], named: models.Model, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        why: list[str] = []

        def announce(reason: str) -> Callable[[int, int], None]:
            why.append(reason)
            return ignore

        monkeypatch.setattr(models, "fetched", lambda _package, wanted, _progress: dict.fromkeys(wanted, b""))
        monkeypatch.setattr(bundle, "build", lambda *_networks: BUNDLE_OF_SIZE)
        assert models.obtain(None, announce) == named.path
        assert models.obtain(None, announce) == named.path
        named.path.write_bytes(damage(BUNDLE_OF_SIZE))
        assert models.damage(named) == f"The pose model {named.path} is damaged, or of another version. "
        assert models.obtain(None, announce) == named.path
        assert named.path.read_bytes() == BUNDLE_OF_SIZE
        named.checksum.write_bytes(b"\xff")
        assert models.obtain(None, announce) == named.path
        assert named.sound
        assert [reason.startswith("The pose model ") for reason in why] == [False, True, True]

    @pytest.mark.parametrize("damage", [name for name in DAMAGES if name != "other content"])
    def test_one_that_an_earlier_version_stored_goes_by_the_checksums_within(self, damage: str, named: models.Model) -> None:
        named.path.write_bytes(BUNDLE_OF_SIZE)
        assert named.sound
        named.path.write_bytes(DAMAGES[damage](BUNDLE_OF_SIZE))
        assert not named.sound

    def test_without_a_network_it_stays_and_that_is_told(self, named: models.Model, monkeypatch: pytest.MonkeyPatch) -> None:
        damaged = BUNDLE_OF_SIZE[:-9]
        named.path.write_bytes(damaged)
        offline = replace(named, package=fake(WHEEL, "raise SystemExit('ERROR: no network')"))
        monkeypatch.setattr(models, "MODELS", {"full": offline})
        with pytest.raises(ModelError, match="could not be fetched: ERROR: no network"):
            models.obtain("full", lambda _why: ignore)
        assert named.path.read_bytes() == damaged

    @pytest.mark.parametrize("damage", [*list(DAMAGES)[:4], "no zip"])
    def test_in_a_file_of_their_own_it_is_told(self, damage: str, alone: Path) -> None:
        file = alone / "mine.task"
        file.write_bytes(DAMAGES[damage](BUNDLE_OF_SIZE))
        with pytest.raises(ModelError, match=r"--model: .*mine\.task is (damaged|not a pose landmarker bundle)"):
            models.chosen_model(str(file))
        file.write_bytes(BUNDLE_OF_SIZE)
        assert models.chosen_model(str(file)) == file

    @pytest.mark.parametrize("at", range(0, len(BUNDLE_OF_SIZE), 97))
    def test_no_bit_of_a_network_changes_without_being_told(self, at: int, alone: Path) -> None:
        file = alone / "mine.task"
        content = bytearray(BUNDLE_OF_SIZE)
        content[at] ^= 0x10
        file.write_bytes(content)
        try:
            models.chosen_model(str(file))
        except ModelError:
            return
        with zipfile.ZipFile(file) as changed, zipfile.ZipFile(io.BytesIO(BUNDLE_OF_SIZE)) as sound:
            for name in (bundle.DETECTOR, bundle.LANDMARKS):
                assert changed.read(name) == sound.read(name)


FILES = {"package/one.data": b"one", "package/two.data": b"two"}
WANTED = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in FILES.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def fake(like: Package, script: str) -> Package:
    """A package whose client is a Python script."""
    return Package(
        title=like.title,
        client=(sys.executable, "-c", script),
        lacking=like.lacking,
        trouble=like.trouble,
        read=like.read,
    )


WHEEL = wheel("something==1", title="a wheel")
NPM = npm("something@1", title="an npm package")


def bringing(content: bytes, before: str = "") -> str:
    return f"from pathlib import Path\n{before}\nPath('archive').write_bytes({content!r})"


def ignore(_done: int, _total: int) -> None:
    """Nobody looks at the progress."""


class TestPackages:
    @pytest.mark.parametrize(("like", "content"), [(WHEEL, bundle.packed(FILES)), (NPM, tarred())], ids=["wheel", "npm"])
    def test_files_come_out_of_a_package_and_nothing_is_left(
        self, like: Package, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "here"))
        shares: list[tuple[int, int]] = []
        package = fake(like, bringing(content, before="print('Progress 5 of 10'); print('Progress 10 of 10')"))
        assert fetched(package, WANTED, lambda done, total: shares.append((done, total))) == FILES
        assert shares == [(5, 10), (10, 10)]
        assert list((tmp_path / "here").iterdir()) == []

    @pytest.mark.parametrize("like", [WHEEL, NPM], ids=["wheel", "npm"])
    @pytest.mark.parametrize(
        "content",
        [b"", b"not an archive", bundle.packed({"other": b""}), tarred()[:60]],
        ids=["empty", "text", "other", "cut short"],  # not by their bytes, which hold the time of packing
    )
    def test_an_archive_that_is_another_or_damaged(self, like: Package, content: bytes) -> None:
        with pytest.raises(ModelError, match="archive is not the package it should be"):
            fetched(fake(like, bringing(content)), WANTED, ignore)

    def test_a_file_that_was_changed(self) -> None:
        with pytest.raises(ModelError, match=r"package/two\.data in archive has the wrong checksum"):
            fetched(fake(NPM, bringing(tarred())), {**WANTED, "package/two.data": "0" * 64}, ignore)

    @pytest.mark.parametrize(
        ("like", "said", "told"),
        [
            (WHEEL, "WARNING: Retrying\nERROR: No matching distribution", "ERROR: No matching distribution"),
            (NPM, "npm error code E404\nnpm error 404 Not Found\nnpm error A complete log", "404 Not Found"),
            (NPM, "npm ERR! code ENOTFOUND\nnpm ERR! network request failed", "network request failed"),
            (NPM, "Segmentation fault", "Segmentation fault"),
            (NPM, "", "nothing was said why"),
        ],
    )
    def test_the_client_says_why(self, like: Package, said: str, told: str) -> None:
        script = f"import sys; print({said!r}, file=sys.stderr); sys.exit(1)"
        with pytest.raises(ModelError, match=f"could not be fetched: {re.escape(told)}$"):
            fetched(fake(like, script), WANTED, ignore)

    def test_no_npm(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
            monkeypatch.setenv(name, str(tmp_path / "cache"))
        monkeypatch.setenv("PATH", str(tmp_path))
        why: list[str] = []

        def announce(reason: str) -> Callable[[int, int], None]:
            why.append(reason)
            return ignore

        with pytest.raises(ModelError) as caught:
            models.obtain("lite", announce)
        said = str(caught.value)
        assert "@mediapipe/pose" in why[0]
        assert "install Node.js" in said
        assert "`formcheck model lite`" in said
        assert "pose_landmarker_lite.task from Google's model page" in said
        assert "`--model FILE`" in said
        assert not list(tmp_path.rglob("*.task"))


@pytest.mark.heavy
@pytest.mark.skipif(shutil.which("npm") is None, reason="npm, which fetches the model, is not here")
@pytest.mark.parametrize("name", ["lite", "heavy"])
def test_the_other_models_see_what_the_default_one_sees(name: str, model: Path) -> None:
    other = models.obtain(name, lambda _why: ignore)
    assert zipfile.is_zipfile(other)
    assert slim(other) != other
    image, time_s = next(frames_of(SAMPLES / "kneeling_hip_flexor.mp4"))
    (wanted,), (found,) = (see(one, Frame(image=image, time_s=time_s)) for one in (model, other))
    for joint in ("left_hip", "left_knee", "right_shoulder"):
        assert abs(found.points[joint].x - wanted.points[joint].x) < 0.05
        assert abs(found.points[joint].y - wanted.points[joint].y) < 0.05


def see(model: Path, frame: Frame) -> tuple[Landmarks, ...]:
    with MediaPipeEngine(model, still=True) as engine:
        assert engine.info.model == model.name
        return engine.detect(frame)
