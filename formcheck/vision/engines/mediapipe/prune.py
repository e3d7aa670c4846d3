"""The bundle as it is run: without the half of the landmark network that draws a segmentation mask.

The network has five outputs, and MediaPipe computes them all, asked for or not. The mask, a picture in itself, costs as much
as the landmarks, and nothing here uses it. So the operators that feed nothing else are cut, and the presence flag takes the
mask's place among the outputs: MediaPipe counts these, and never reads one that was not asked for. The landmarks are the
same to the last bit, and a test says so.

The bundle itself stays as published; the slim one is stored in the cache folder under the names of both contents, so that a
damaged one is known and made anew: run, it would see nobody, or somebody else.
"""

import zipfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from formcheck.core.errors import OutputError
from formcheck.system.files import atomic_file, digest
from formcheck.system.paths import make_cache_folder, slim_folder
from formcheck.vision.engines.mediapipe import bundle

FORMAT = 2
"""Goes up when something else is cut: what was stored before is not taken any more."""

_NAME = 32
"""Characters of a content's digest in the name of a file."""

_OUTPUTS = 5
"""Landmarks, presence flag, mask, heatmap, landmarks in metres."""


def slim(model: Path) -> Path | bytes:
    """Return the bundle to run in place of `model`: a file or, where the cache can't be written, its content.

    It is `model` itself where there is nothing to cut. Any number of processes may ask at the same time.
    """
    try:
        content = digest(model)
    except OSError:
        return model  # MediaPipe is the one to say what is wrong with it
    made = list(slim_folder().glob(f"{content[:_NAME]}-*.task"))
    if (sound := next(filter(_is_sound, made), None)) is not None:
        return sound
    slimmed = slimmed_bundle(model)
    if slimmed is None:
        return model
    stored = slim_folder() / f"{content[:_NAME]}-{FORMAT}-{sha256(slimmed).hexdigest()[:_NAME]}.task"
    try:
        make_cache_folder(stored.parent)
        with atomic_file(stored, private=True) as part:
            part.write_bytes(slimmed)
        for other in made:
            if other != stored:
                other.unlink(missing_ok=True)
    except (OSError, OutputError):
        return slimmed  # a cache that can't be written costs a third of a second at every start, nothing else
    return stored


def _is_sound(stored: Path) -> bool:
    """Whether a slim bundle is of this format, and what its name says."""
    with suppress(OSError, ValueError):
        _, made_as, content = stored.stem.split("-")
        return made_as == str(FORMAT) and digest(stored)[:_NAME] == content
    return False


def slimmed_bundle(model: Path) -> bytes | None:
    """Return the content of the bundle without what feeds only the mask; `None` where it is not as expected."""
    try:
        with zipfile.ZipFile(model) as opened:
            parts = {name: opened.read(name) for name in opened.namelist()}
        network = _without_mask(parts[bundle.LANDMARKS])
    except Exception:
        return None  # as above: whatever a damaged file looks like
    return None if network is None else bundle.packed({**parts, bundle.LANDMARKS: network})


def _without_mask(network: bytes) -> bytes | None:
    model = bundle.parsed(network)
    (graph,) = model.subgraphs
    outputs = list(graph.outputs)
    shapes = [tuple(int(size) for size in graph.tensors[output].shape) for output in outputs]
    masks = [output for output, shape in zip(outputs, shapes, strict=True) if _is_mask(shape)]
    flags = [output for output, shape in zip(outputs, shapes, strict=True) if shape == (1, 1)]
    if len(outputs) != _OUTPUTS or len(masks) != 1 or len(flags) != 1:
        return None
    (mask,), (flag,) = masks, flags
    graph.outputs = [flag if output == mask else output for output in outputs]
    graph.operators = _needed(graph)
    for signature in model.signatureDefs or ():
        for output in signature.outputs:
            if output.tensorIndex == mask:
                output.tensorIndex = flag
    return bundle.serialised(model)


def _is_mask(shape: tuple[int, ...]) -> bool:
    """Whether it is one picture with one channel; the heatmap has one for every landmark."""
    return len(shape) == 4 and shape[0] == shape[3] == 1 and min(shape[1:3]) > 1


def _needed(graph: Any) -> list[Any]:
    """The operators that something of the outputs comes from, in their order."""
    made_by = {tensor: i for i, operator in enumerate(graph.operators) for tensor in operator.outputs}
    needed: set[int] = set()
    wanted = list(graph.outputs)
    while wanted:
        maker = made_by.get(wanted.pop())
        if maker is not None and maker not in needed:
            needed.add(maker)
            wanted.extend(graph.operators[maker].inputs)
    return [operator for i, operator in enumerate(graph.operators) if i in needed]
