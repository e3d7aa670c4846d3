"""`--report FILE.html`: the clip, what was measured and what was said of it, as one page with everything in it."""

from contextlib import ExitStack
from pathlib import Path

from formcheck.analysis.scoring.result import Result
from formcheck.analysis.scoring.track import TrackBuilder
from formcheck.core.errors import OutputError
from formcheck.core.interfaces import Image, Source
from formcheck.core.values import Moment
from formcheck.pipeline.outputs.base import AtomicFileOutput, OutputRequest
from formcheck.pipeline.remarks import remarks_of
from formcheck.ui.report.choice import FilmChoice
from formcheck.ui.report.film import NO_FILM, Film, SmallFilm, linked
from formcheck.ui.report.page import ReportPart, render
from formcheck.ui.report.pictures import small
from formcheck.vision.video.file import VideoFile


def create(request: OutputRequest) -> "ReportFile":
    """Return the output of `--report FILE.html`. Raises OutputError for another ending."""
    check_report_path(request.path)
    return ReportFile(request)


def check_report_path(path: Path) -> None:
    """Raise OutputError where a report is to be written to a file that no browser would open as a page."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise OutputError(f"{path}: --report writes a page; give a name that ends in .html.")


def check_linkable(source: Source) -> None:
    """Raise OutputError where a page is to play a clip as it is, which states that it was filmed at another speed."""
    if isinstance(source, VideoFile) and source.stated_speed != 1.0:
        raise OutputError(
            f"{source.info.path}: is slow motion or time-lapse, and --link-video plays a clip as it is. Leave that out: the "
            "page then has the film in it."
        )


class ReportFile(AtomicFileOutput):
    """The page. Pictures of the clip are taken unless the film is to be left out; of a table of landmarks there are none."""

    def __init__(self, request: OutputRequest) -> None:
        super().__init__(request)
        self.needs_picture = request.film is not FilmChoice.LEAVE_OUT
        self._track = TrackBuilder(request.specs.values(), still=request.clip.still)
        self._film: SmallFilm | None = None

    def open(self, stack: ExitStack) -> None:
        clip = self.request.clip
        if self.request.film is FilmChoice.EMBED and self.needs_picture and not clip.still:
            self._film = stack.enter_context(SmallFilm(clip.width, clip.height, clip.fps))

    def write(self, moment: Moment, picture: Image | None) -> None:
        kept = small(picture) if picture is not None and self._track.wants_picture(moment) else None
        self._track.add(moment, kept)
        if self._film is not None and picture is not None:
            self._film.add(picture, moment.time_s)

    def complete(self, result: Result) -> None:
        clip = self.request.clip
        track = self._track.track(result.document.pose, clip.width / clip.height)
        part = ReportPart(result=result, track=track, remarks=tuple(remarks_of(result)))
        self.part.write_text(render([part], self._made()), encoding="utf-8")

    def _made(self) -> Film:
        if self._film is not None:
            return self._film.film()
        still = self.request.clip.still
        return linked(Path(self.request.clip.path), self.request.path) if self.needs_picture and not still else NO_FILM
