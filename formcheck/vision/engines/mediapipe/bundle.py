"""Build a MediaPipe pose bundle (`.task`) from the two raw networks that an older MediaPipe wheel carries.

A bundle is a zip whose entries are stored, not deflated: a person detector and a landmark network. The Tasks API
refuses networks that do not say how their input image is normalised, so that metadata is added here. MediaPipe ships
the FlatBuffers schemas for it.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from formcheck.core.wording.language import N_
from formcheck.system.native.audio_lib import without_sound

DETECTOR = "pose_detector.tflite"
LANDMARKS = "pose_landmarks_detector.tflite"

# How the original MediaPipe graphs feed each network: (pixel - mean) / std for every RGB channel.
_DETECTOR_MEAN_STD = (127.5, 127.5)
_LANDMARKS_MEAN_STD = (0.0, 255.0)

# A fixed date, so that the same networks always give the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def build(detector: bytes, landmarks: bytes) -> bytes:
    """Return the bytes of a `.task` bundle holding both networks, each with its input metadata."""
    described = {DETECTOR: (detector, *_DETECTOR_MEAN_STD), LANDMARKS: (landmarks, *_LANDMARKS_MEAN_STD)}
    return packed({name: _with_metadata(*network) for name, network in described.items()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a bundle of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in parts.items():
            bundle.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return out.getvalue()


def fault(file: Path) -> str | None:
    """Return why `file` is no sound bundle, to go on after its name; `None` where it is one. It may have any networks."""
    advice = N_("Fetch or copy it anew")
    if not zipfile.is_zipfile(file):
        return N_("is not a pose landmarker bundle (a .task file of MediaPipe Tasks)")
    try:
        with zipfile.ZipFile(file) as opened:
            lacking = {DETECTOR, LANDMARKS} - set(opened.namelist())
            damaged = None if lacking else opened.testzip()
    except (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
        return N_("is damaged ({reason}). {advice}").format(reason=error, advice=advice)
    if lacking:
        return N_("lacks {files}: it is not a pose landmarker bundle").format(files=", ".join(sorted(lacking)))
    return (
        N_("is damaged (the checksum of {damaged} in it is wrong). {advice}").format(damaged=damaged, advice=advice)
        if damaged
        else None
    )


def parsed(network: bytes) -> Any:
    """Return a network as objects that can be changed; `serialised` makes bytes of it again."""
    with without_sound():
        from mediapipe.tasks.metadata import schema_py_generated as schema

    return schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(network, 0))


def serialised(network: Any) -> bytes:
    """Return the bytes of a network that `parsed` made objects of."""
    return _pack(network.Pack, b"TFL3")


def _with_metadata(network: bytes, mean: float, std: float) -> bytes:
    """Return `network` with a TFLITE_METADATA buffer that describes one RGB image input."""
    with without_sound():
        from mediapipe.tasks.metadata import metadata_schema_py_generated as meta
        from mediapipe.tasks.metadata import schema_py_generated as schema

    model = parsed(network)
    graph = model.subgraphs[0]

    def table(builder: Any) -> int:
        outputs = [meta.TensorMetadataT() for _ in graph.outputs]
        inputs = [_image_input(meta, mean, std)]
        inside = _filled(meta.SubGraphMetadataT, inputTensorMetadata=inputs, outputTensorMetadata=outputs)
        return int(_filled(meta.ModelMetadataT, subgraphMetadata=[inside]).Pack(builder))

    model.buffers.append(_filled(schema.BufferT, data=_pack(table, b"M001")))
    entry = _filled(schema.MetadataT, name=b"TFLITE_METADATA", buffer=len(model.buffers) - 1)
    model.metadata = [*(model.metadata or []), entry]
    return serialised(model)


def _image_input(meta: Any, mean: float, std: float) -> Any:
    properties = _filled(meta.ImagePropertiesT, colorSpace=meta.ColorSpaceType.RGB)
    kind = meta.ContentProperties.ImageProperties
    content = _filled(meta.ContentT, contentPropertiesType=kind, contentProperties=properties)
    normalise = _filled(meta.NormalizationOptionsT, mean=[mean] * 3, std=[std] * 3)
    unit = _filled(meta.ProcessUnitT, optionsType=meta.ProcessUnitOptions.NormalizationOptions, options=normalise)
    return _filled(meta.TensorMetadataT, name="image", content=content, processUnits=[unit])


def _filled(kind: type[Any], **fields: Any) -> Any:
    """Return a new object of a schema, with these fields."""
    made = kind()
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _pack(root: Callable[[Any], int], identifier: bytes) -> bytes:
    import flatbuffers

    builder = flatbuffers.Builder(1 << 16)
    builder.Finish(root(builder), identifier)
    return bytes(builder.Output())
