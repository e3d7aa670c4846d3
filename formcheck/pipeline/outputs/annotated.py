"""The clip with skeleton, angles, verdict, cue and hold clock drawn on it, as an H.264 MP4 that ordinary players open."""

from contextlib import ExitStack

from formcheck.core import wording
from formcheck.core.errors import OutputError
from formcheck.core.interfaces import Frame, Image
from formcheck.core.values import Moment
from formcheck.core.wording.language import one_of
from formcheck.pipeline.outputs import DRAWN_PHOTOS, DRAWN_VIDEOS
from formcheck.pipeline.outputs.base import AtomicFileOutput, OutputRequest
from formcheck.ui.drawing.annotation import WordPlaces, annotate
from formcheck.ui.opencv.painter import paint
from formcheck.vision.video.writer import VideoWriter


def create(request: OutputRequest) -> "AnnotatedClip":
    """Return the output of `--annotate FILE`. Raises OutputError for a kind of file that it does not write."""
    suffix, still = request.path.suffix.lower(), request.clip.still
    if suffix not in (*DRAWN_VIDEOS, *(DRAWN_PHOTOS if still else ())):
        kinds = one_of([".jpg", ".png", ".mp4"] if still else [".mp4"])
        raise OutputError(wording.WRONG_ENDING.format(path=request.path, option="--annotate", endings=kinds))
    return AnnotatedClip(request)


class AnnotatedClip(AtomicFileOutput):
    """An MP4 with one frame for each frame of the clip, or a picture file with one drawn frame."""

    needs_picture = True
    _film: VideoWriter | None = None
    _places: WordPlaces | None = None  # where the words were in the frame before
    _begin_s: float | None = None  # a film of a part begins with it: a player would show nothing for as long as was left out

    def open(self, stack: ExitStack) -> None:
        clip = self.request.clip
        if self.request.path.suffix.lower() in DRAWN_VIDEOS:
            self._film = stack.enter_context(VideoWriter(self.part, clip.width, clip.height, clip.fps or 25.0))

    def write(self, moment: Moment, picture: Image | None) -> None:
        from formcheck.system.native.media_libs import cv2

        assert picture is not None
        image = picture.copy()
        height, width = image.shape[:2]
        spec, still = self.request.specs[moment.assessment.pose], self.request.clip.still
        found = annotate(moment, spec, width / height, height, still=still, before=self._places)
        self._places = found.places
        paint(image, found.figure)
        paint(image, found.words)
        if self._film is not None:
            self._begin_s = moment.time_s if self._begin_s is None else self._begin_s
            self._film.add(Frame(image=image, time_s=moment.time_s - self._begin_s))
        else:
            # Written here: the library takes no name that is not text in the system's encoding, and dies of some.
            _, content = cv2.imencode(self.part.suffix.lower(), cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
            self.part.write_bytes(content.tobytes())
