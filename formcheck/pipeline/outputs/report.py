"""`--report FILE.html`: the clip, what was measured and what was said of it, as one page with everything in it."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from formcheck.analysis.scoring.result import Result
from formcheck.analysis.scoring.track import TrackBuilder
from formcheck.core.errors import OutputError
from formcheck.core.interfaces import ClipInfo, Image, Source
from formcheck.core.values import Moment
from formcheck.core.wording.language import N_
from formcheck.pipeline.outputs.base import AtomicFileOutput, Output, OutputRequest
from formcheck.pipeline.outputs.page_file import check_report_path
from formcheck.pipeline.remarks import remarks_of
from formcheck.stretches import StretchSpec
from formcheck.ui.report.choice import FilmChoice
from formcheck.ui.report.film import NO_FILM, Film, SmallFilm, linked
from formcheck.ui.report.page import ReportPart, render
from formcheck.ui.report.pictures import address_of, small
from formcheck.vision.video.file import VideoFile


def create(request: OutputRequest) -> "ReportFile":
    """Return the output of `--report FILE.html`. Raises OutputError for another ending."""
    check_report_path(request.path)
    return ReportFile(request)


def check_linkable(source: Source) -> None:
    """Raise OutputError where a page is to play a clip as it is, which states that it was filmed at another speed."""
    if isinstance(source, VideoFile) and source.stated_speed != 1.0:
        raise OutputError(
            N_(
                "{path}: is slow motion or time-lapse, and --link-video plays a clip as it is. Leave that out: the page then "
                "has the film in it."
            ).format(path=source.info.path)
        )


class ShownClip(Output):
    """What a page shows of a clip: where the joints were, key pictures, and the film.

    Pictures are taken unless the film is to be left out; of a table of landmarks there are none.
    """

    def __init__(self, clip: ClipInfo, specs: Iterable[StretchSpec], film: FilmChoice) -> None:
        self.needs_picture = film is not FilmChoice.LEAVE_OUT
        self._clip = clip
        self._track = TrackBuilder(specs, still=clip.still)
        self._small = SmallFilm(clip.width, clip.height, clip.fps) if film is FilmChoice.EMBED and not clip.still else None
        self._photo: Image | None = None
        self._part: ReportPart | None = None
        self._film: Film | None = None

    def __enter__(self) -> Self:
        if self._small is not None:
            self._small.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        if self._small is not None:
            self._small.__exit__(*error)

    def write(self, moment: Moment, picture: Image | None) -> None:
        kept = small(picture) if picture is not None and self._track.wants_picture(moment) else None
        self._track.add(moment, kept)
        if self._clip.still:
            self._photo = kept
        elif self._small is not None and picture is not None:
            self._small.add(picture, moment.time_s)

    def complete(self, result: Result) -> None:
        track = self._track.track(result.document.pose, self._clip.width / self._clip.height)
        self._part = ReportPart(result=result, track=track, remarks=tuple(remarks_of(result)))
        self._film = self._small.film() if self._small is not None else None

    @property
    def part(self) -> ReportPart:
        """What the page shows; known once the clip is scored."""
        assert self._part is not None
        return self._part

    def film(self, page: Path) -> Film:
        """Return the film as the page at `page` has it, once the clip is scored."""
        if self._film is not None:
            return self._film
        if self._photo is not None:
            return Film(picture=address_of(self._photo))
        return linked(Path(self._clip.path), page) if self.needs_picture and not self._clip.still else NO_FILM


class ReportFile(AtomicFileOutput):
    """The page."""

    def __init__(self, request: OutputRequest) -> None:
        super().__init__(request)
        self._shown = ShownClip(request.clip, request.specs.values(), request.film)
        self.needs_picture = self._shown.needs_picture

    def open(self, stack: ExitStack) -> None:
        stack.enter_context(self._shown)

    def write(self, moment: Moment, picture: Image | None) -> None:
        self._shown.write(moment, picture)

    def complete(self, result: Result) -> None:
        self._shown.complete(result)
        self.part.write_text(render([self._shown.part], self._shown.film(self.request.path)), encoding="utf-8")
