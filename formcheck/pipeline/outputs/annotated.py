"""The clip with skeleton, angles, verdict, cue and hold clock drawn on it, as an H.264 MP4 that ordinary players open."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from formcheck.core.errors import OutputError
from formcheck.core.interfaces import ClipInfo, Frame, Image
from formcheck.core.values import Moment
from formcheck.pipeline.outputs import DRAWN_PHOTOS, DRAWN_VIDEOS, OutputRequest
from formcheck.pipeline.outputs.base import AtomicFileOutput
from formcheck.stretches import StretchSpec
from formcheck.ui.drawing.annotation import WordPlaces, annotate
from formcheck.ui.opencv.painter import paint
from formcheck.vision.video.writer import VideoWriter


def create(request: OutputRequest) -> "AnnotatedVideo | AnnotatedPhoto":
    """Return the output of `--annotate FILE`. Raises OutputError for a kind of file that it does not write."""
    path, clip = request.path, request.clip
    if clip.still and path.suffix.lower() in DRAWN_PHOTOS:
        return AnnotatedPhoto(path, request.specs)
    if path.suffix.lower() not in DRAWN_VIDEOS:
        kinds = ".jpg, .png or .mp4" if clip.still else ".mp4"
        raise OutputError(f"{path}: --annotate writes {kinds}; give a name that ends so.")
    return AnnotatedVideo(path, clip, request.specs)


class AnnotatedVideo(AtomicFileOutput):
    """An MP4 with one frame for each frame of the clip."""

    needs_picture = True

    def __init__(self, path: Path, clip: ClipInfo, specs: Mapping[str, StretchSpec]) -> None:
        super().__init__(path)
        self._clip = clip
        self._specs = specs
        self._film: VideoWriter | None = None
        self._places: WordPlaces | None = None

    def open(self, stack: ExitStack) -> None:
        clip = self._clip
        self._film = stack.enter_context(VideoWriter(self.part, clip.width, clip.height, clip.fps or 25.0))

    def write(self, moment: Moment, picture: Image | None) -> None:
        assert self._film is not None
        assert picture is not None
        image, self._places = drawn(picture, moment, self._specs, still=self._clip.still, before=self._places)
        self._film.add(Frame(image=image, time_s=moment.time_s))


class AnnotatedPhoto(AtomicFileOutput):
    """A picture file with one drawn frame."""

    needs_picture = True

    def __init__(self, path: Path, specs: Mapping[str, StretchSpec]) -> None:
        super().__init__(path)
        self._specs = specs

    def write(self, moment: Moment, picture: Image | None) -> None:
        from formcheck.system.media_libs import cv2

        assert picture is not None
        image, _ = drawn(picture, moment, self._specs, still=True)
        cv2.imwrite(str(self.part), cv2.cvtColor(image, cv2.COLOR_RGB2BGR))


def drawn(
    image: Image, moment: Moment, specs: Mapping[str, StretchSpec], *, still: bool, before: WordPlaces | None = None
) -> tuple[Image, WordPlaces]:
    """Return a copy of `image` with everything drawn that is to be said of `moment`, and where the words are in it.

    They stay where they are if the next call gets them as `before`.
    """
    copy = image.copy()
    height, width = copy.shape[:2]
    found = annotate(moment, specs[moment.assessment.pose], width / height, height, still=still, before=before)
    paint(copy, found.figure)
    paint(copy, found.words)
    return copy, found.places
