"""Build a MediaPipe pose bundle (`.task`) from the two raw networks that an older MediaPipe wheel carries.

A bundle is a zip whose entries are stored, not deflated: a person detector and a landmark network. The Tasks API
refuses networks that do not say how their input image is normalised, so that metadata is added here. MediaPipe ships
the FlatBuffers schemas for it.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from formcheck.system.audio_lib import without_sound

DETECTOR = "pose_detector.tflite"
LANDMARKS = "pose_landmarks_detector.tflite"

# How the original MediaPipe graphs feed each network: (pixel - mean) / std for every RGB channel.
_DETECTOR_MEAN_STD = (127.5, 127.5)
_LANDMARKS_MEAN_STD = (0.0, 255.0)

# A fixed date, so that the same networks always give the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def build(detector: bytes, landmarks: bytes) -> bytes:
    """Return the bytes of a `.task` bundle holding both networks, each with its input metadata."""
    return packed(
        {
            DETECTOR: _with_metadata(detector, *_DETECTOR_MEAN_STD),
            LANDMARKS: _with_metadata(landmarks, *_LANDMARKS_MEAN_STD),
        }
    )


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a bundle of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in parts.items():
            bundle.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return out.getvalue()


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
        inside = meta.SubGraphMetadataT()
        inside.inputTensorMetadata = [_image_input(meta, mean, std)]
        inside.outputTensorMetadata = [meta.TensorMetadataT() for _ in graph.outputs]
        described = meta.ModelMetadataT()
        described.subgraphMetadata = [inside]
        return int(described.Pack(builder))

    buffer = schema.BufferT()
    buffer.data = _pack(table, b"M001")
    model.buffers.append(buffer)
    entry = schema.MetadataT()
    entry.name = b"TFLITE_METADATA"
    entry.buffer = len(model.buffers) - 1
    model.metadata = [*(model.metadata or []), entry]
    return serialised(model)


def _image_input(meta: Any, mean: float, std: float) -> Any:
    properties = meta.ImagePropertiesT()
    properties.colorSpace = meta.ColorSpaceType.RGB
    content = meta.ContentT()
    content.contentPropertiesType = meta.ContentProperties.ImageProperties
    content.contentProperties = properties
    normalise = meta.NormalizationOptionsT()
    normalise.mean = [mean] * 3
    normalise.std = [std] * 3
    unit = meta.ProcessUnitT()
    unit.optionsType = meta.ProcessUnitOptions.NormalizationOptions
    unit.options = normalise
    tensor = meta.TensorMetadataT()
    tensor.name = "image"
    tensor.content = content
    tensor.processUnits = [unit]
    return tensor


def _pack(root: Callable[[Any], int], identifier: bytes) -> bytes:
    import flatbuffers

    builder = flatbuffers.Builder(1 << 16)
    builder.Finish(root(builder), identifier)
    return bytes(builder.Output())
