"""One hold as every kind of file that people have: each is scored as the plain one, alone and in a folder."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.end_to_end.test_commands import run
from tests.support.clips import SAMPLES, frames_of, write_clip
from tests.support.pictures import stored

CLIP = SAMPLES / "kneeling_hip_flexor.mp4"
AT_S, STEP_S, MOVING_S = 5.0, 0.1, 8.0

PHOTOS: dict[str, Callable[[Image.Image], bytes]] = {
    "a.jpg": lambda picture: stored("JPEG", picture),
    "b.heic": lambda picture: stored("HEIF", picture),
    "c.HEIC": lambda picture: stored("HEIF", picture, tile_size=256),
    "d.tif": lambda picture: stored("TIFF", picture, 6),
    "e.jpeg": lambda picture: stored("JPEG", picture, 5),
    "f.avif": lambda picture: stored("AVIF", picture, 3),
    "g.mp4": lambda picture: stored("JPEG", picture),
    "h": lambda picture: stored("PNG", picture),
    "i.gif": lambda picture: stored("GIF", picture),
}


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    """The clip's first seconds, ten pictures of each."""
    taken: list[Image.Image] = []
    for image, time_s in frames_of(CLIP):
        if time_s > MOVING_S:
            break
        if time_s >= len(taken) * STEP_S - 1e-6:
            taken.append(Image.fromarray(image))
    return taken


@pytest.mark.heavy
def test_a_folder_of_photos_in_every_format_is_scored_as_one(pictures: list[Image.Image], tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    picture = pictures[round(AT_S / STEP_S)]
    for name, make in PHOTOS.items():
        (folder / name).write_bytes(make(picture))
    write_clip(folder / "one.mov", [(np.asarray(picture), 0.0)])
    shutil.copy(folder / "a.jpg", os.fsdecode(os.fsencode(folder) + b"/\xff\xe9.jpg"))
    (folder / "notes.txt").touch()
    (folder / "loop.mp4").symlink_to("loop.mp4")
    words = [str(folder), "--json", str(tmp_path / "out.jsonl"), "--annotate", str(tmp_path / "drawn")]
    done = run("score", *words)
    assert done.returncode == 1
    assert "1 file is no video or photo and was passed over" in done.stderr
    assert "loop.mp4: cannot be read (Too many levels of symbolic links)" in done.stderr
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    scored = [one for one in found if "error" not in one]
    assert len(scored) == len(PHOTOS) + 2
    for one in scored:
        assert (one["pose"], list(one["sides"]), one["verdict"]) == ("kneeling_hip_flexor", ["right"], "correct"), one["clip"]
        assert (one["clip"]["width"], one["clip"]["height"], one["clip"]["duration_s"]) == (640, 360, 0.0)
    assert len(list((tmp_path / "drawn").iterdir())) == len(scored)


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "kind"), [("a.gif", "GIF"), ("a.webp", "WEBP"), ("a.png", "PNG")])
def test_a_moving_picture_has_the_holds_of_the_film(name: str, kind: str, pictures: list[Image.Image], tmp_path: Path) -> None:
    plain = write_clip(tmp_path / "plain.mp4", ((np.asarray(one), i * STEP_S) for i, one in enumerate(pictures)), fps=10)
    path = tmp_path / name
    pictures[0].save(path, kind, save_all=True, append_images=pictures[1:], duration=round(1000 * STEP_S))
    found = []
    for clip in (plain, path):
        done = run("score", str(clip), "--json", "-")
        assert done.returncode == 0
        found.append(json.loads(done.stdout))
    assert [one["pose"] for one in found] == ["kneeling_hip_flexor"] * 2
    first, second = ([(hold["side"], hold["start_s"], hold["end_s"]) for hold in one["holds"]] for one in found)
    assert len(first) == len(second) > 0
    for mine, theirs in zip(first, second, strict=True):
        assert mine[0] == theirs[0]
        assert mine[1:] == pytest.approx(theirs[1:], abs=0.2)
