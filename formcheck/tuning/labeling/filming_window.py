"""Films a clip in a window, labelled as it is recorded. `filming.py` says what the keys do.

The clip's clock begins with its first picture, so a label begins at the time in the clip of the picture on the screen.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.interfaces import Frame
from formcheck.core.wording.language import N_
from formcheck.pipeline.live.recorder import Pictures, Recording
from formcheck.tuning.labeling.filming import Filming, FilmingPhase
from formcheck.tuning.labeling.intervals import Intervals
from formcheck.tuning.labeling.screen import view_of_filming
from formcheck.tuning.labeling.window import CLOSED, LabelingDisplay
from formcheck.vision.camera.camera import Camera, CameraState

_WAIT_S = 0.04
"""Without a new picture the window is drawn again after this long."""

KEEP_EVERY_S = 0.5
"""So often the marks are stored, as far as they have grown: what a crash may take of them, and of the film."""


class FromZero:
    """A feed whose time begins with its first picture. `start_s` is when that was, on the feed's own clock."""

    def __init__(self, feed: Pictures) -> None:
        self.start_s: float | None = None
        self._feed = feed

    def next(self, timeout_s: float, /) -> Frame | None:
        frame = self._feed.next(timeout_s)
        if frame is None:
            return None
        if self.start_s is None:
            self.start_s = frame.time_s
        return Frame(image=frame.image, time_s=frame.time_s - self.start_s)


class FilmingRun:
    """Films to `path` what `camera` sees. `filming` is its state, `closed` whether the window was closed meanwhile.

    `keep` stores the marks, again and again while it films; where it raises OutputError that is shown, and filming goes on.
    """

    def __init__(self, camera: Camera, path: Path, title: str, filming: Filming, keep: Callable[[Intervals], None]) -> None:
        self.filming = filming
        self.closed = False
        self._camera = camera
        self._path = path
        self._title = title
        self._keep = keep
        self._kept: tuple[Intervals, float] = (), 0.0  # the marks that were stored last, and when
        self._trouble = ""  # why they could not be

    def run(self, window: LabelingDisplay) -> None:
        """Return when the recording is over, or was not begun. The file is whole, even if interrupted.

        Raises OutputError.
        """
        recording: Recording | None = None
        pictures: FromZero | None = None
        feed = self._camera.feed()
        frame: Frame | None = None
        with ExitStack() as stack:
            while self.filming.phase not in (FilmingPhase.DONE, FilmingPhase.LEFT):
                frame = feed.next(_WAIT_S) or frame
                filming = self.filming
                if filming.phase is FilmingPhase.FILMING and pictures is None:
                    pictures = FromZero(self._camera.feed())
                    recording = stack.enter_context(Recording(self._path, pictures))
                if pictures is not None and pictures.start_s is not None:
                    filming = replace(filming, since_s=pictures.start_s)
                waiting = filming.phase in (FilmingPhase.READY, FilmingPhase.COUNTDOWN) or frame is None
                self.filming = filming.at(self._camera.now_s() if waiting or frame is None else frame.time_s)
                self._show(window, frame)
                for key in window.keys(0.001):
                    self.closed = self.closed or key == CLOSED
                    self.filming = self.filming.press("q" if key == CLOSED else key)
                self._keep_marks()
                if recording is not None and recording.trouble is not None:
                    break
            if not self.closed:
                self._show(window, frame)  # that the file is being written
                window.keys(0.001)
        if recording is not None and recording.trouble is not None:
            raise OutputError(recording.trouble)
        if recording is not None and not self._path.exists():
            raise FormcheckError(N_("The camera gave no picture while it was to film; nothing was recorded."))

    def _keep_marks(self) -> None:
        marks, now_s = self.filming.history.shown, self._camera.now_s()
        before, kept_s = self._kept
        if self.filming.phase is not FilmingPhase.FILMING or marks == before or now_s - kept_s < KEEP_EVERY_S:
            return
        self._kept = marks, now_s
        try:
            self._keep(marks)
            self._trouble = ""
        except OutputError as error:  # there is time to make room
            self._trouble = str(error)

    def _show(self, window: LabelingDisplay, frame: Frame | None) -> None:
        condition = self._camera.condition
        live = condition.state is CameraState.LIVE
        trouble = self._trouble if live else condition.reason or N_("The camera gives no pictures.")
        image = frame.image if frame is not None else None
        window.draw(image, view_of_filming(self.filming, self._title, trouble))
