"""Damaged videos and photos: each is scored, or told in a sentence."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from formcheck.system.native.media_libs import av, cv2
from tests.support.clips import SAMPLES, Image, frames_of
from tests.trust.box import SPARE_S, Box, faults_of, whole
from tests.trust.mutation import OF_MEDIA, damaged
from tests.trust.rows import Case, Part

PART = Part(
    name="media",
    claim="A damaged video or photo is scored or told in one sentence, within 20 s and 1.5 GB, and nothing else is touched.",
    how="A second and a half of a sample in many containers, and photos; bits flipped, pieces cut out, doubled, zeroed or "
    "foreign, boxes with other sizes and names, numbers at their extremes; then `score` with `--json` and another output.",
)

VIDEOS = {
    "mp4": "libx264", "mov": "libx264", "mkv": "libx264", "ts": "libx264", "webm": "libvpx", "avi": "mpeg4",
    "mpg": "mpeg2video", "3gp": "mpeg4", "gif": "gif",
}  # fmt: skip
PHOTOS = ("jpg", "png", "bmp", "tiff", "webp")
KINDS = (*VIDEOS, "mp4", "mov", *PHOTOS)

_SIZE = 320, 180
_FPS = 10
_FRAMES = 15
_OWN_S = 10.0
"""What scoring one of these takes at most where two run at once."""


def case_of(number: int, seed: int, box: Box) -> Case:
    """Try one damaged file."""
    random = Random(f"media {seed} {number}")
    kind = KINDS[number % len(KINDS)]
    change, content = damaged(base(kind), random, OF_MEDIA)
    box.clear()
    file = box.here / f"clip.{kind if random.random() < 0.9 else random.choice(KINDS)}"
    file.write_bytes(content)
    more = ("drawn.mp4" if kind in VIDEOS else "drawn.jpg", "table.csv", "seen.csv", "")[number // len(KINDS) % 4]
    option = {"drawn": "--annotate", "table": "--measures", "seen": "--landmarks"}.get(more.partition(".")[0])
    words = ["score", file.name, "--json", "out/result.json", *([option, f"out/{more}"] if option else [])]
    before = box.files()
    ran = box.run(words, limit_s=SPARE_S + _OWN_S)
    wrong = [*faults_of(ran)]
    after = box.files()
    wrong += [f"{path.name} was changed" for path, content in before.items() if after.get(path) != content]
    wrong += [f"{left} was left behind" for left in box.hidden()]
    written = {path for path in after if path not in before}
    wanted = {box.out / "result.json", *({box.out / more} if option else ())}
    wrong += [f"{path.name} was written" for path in written - wanted]
    wrong += filter(None, map(whole, written & wanted))
    if ran.code == 0 and box.out / "result.json" not in written:
        wrong.append("no result was written")
    if ran.code != 0 and written:
        wrong.append("something was written all the same")
    return Case(what=kind, name=f"{number}, {change}", wrong="; ".join(wrong), spent_s=ran.spent_s)


@cache
def base(kind: str) -> bytes:
    """Return a sound file of this kind, as small as one can be that is still scored."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"clip.{kind}"
        if kind in PHOTOS:
            return bytes(cv2.imencode(f".{kind}", _pictures()[0][..., ::-1])[1])
        _write(path, VIDEOS[kind])
        return path.read_bytes()


@cache
def _pictures() -> list[Image]:
    frames = frames_of(SAMPLES / "kneeling_hip_flexor.mp4", every=3)
    resize: Callable[..., Any] = cv2.resize
    taken = [image for image, time_s in frames if time_s >= 4.0]
    return [resize(image, _SIZE, interpolation=cv2.INTER_AREA) for image in taken[:_FRAMES]]


def _write(path: Path, codec: str) -> None:
    formats = {"libx264": "yuv420p", "gif": "rgb8"}
    with av.open(str(path), "w") as container:
        # MPEG-1 and 2 have a few rates only.
        rate = 25 if codec == "mpeg2video" else _FPS
        stream: Any = container.add_stream(codec, rate=rate)
        stream.width, stream.height = _SIZE
        stream.pix_fmt = formats.get(codec, "yuv420p")
        for number, image in enumerate(_pictures()):
            picture = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=stream.pix_fmt)
            picture.pts, picture.time_base = number, Fraction(1, rate)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
