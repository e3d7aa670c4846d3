"""The clips that the page has given to be checked: one after the other, each as `formcheck score` does it, for as long as the
app runs.

They are the server's: a page that is loaded anew, or another one, finds them as they are. While a session runs they wait.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Condition, Thread
from time import monotonic
from typing import Literal

from formcheck.core.errors import FormcheckError
from formcheck.core.values import Side
from formcheck.core.wording import APP_MALFORMED
from formcheck.core.wording.language import N_, NN_
from formcheck.people.person import PersonalStretches, resolve
from formcheck.pipeline.batch.discovery import ClipFile, find_clips, identified, told_passed_over
from formcheck.pipeline.batch.run import ClipResult, Settings, own_fault, patience_s, score_clips
from formcheck.pipeline.batch.two import compare_clips
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import every_stretch
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.processes import Processes, Runner
from formcheck.vision.engines import EngineModel
from formcheck.vision.video.photo import is_photo
from formcheck.vision.video.read_options import ReadOptions
from formcheck.web.routes import Given

MOST_CHECKS = 500
"""So many clips are in the list at once: of more, a table in the browser is no help."""

_LOOK_S = 0.5
"""So often it is looked whether a session has ended."""

NOT_WHOLE_PATH = N_("{path}: give the whole path of a file or folder, from its beginning, as {example}.")
NO_CHECK = N_("This check is not in the list any more.")
TOO_MANY = NN_(
    "The list takes {count} more clip. Remove some first; for whole archives there is formcheck score FOLDER.",
    "The list takes {count} more clips. Remove some first; for whole archives there is formcheck score FOLDER.",
)
NO_SUCH_FILE = N_("There is no such file of this check.")
NOT_NOW = N_("That cannot be done with this check as it stands now.")


class WorkState(StrEnum):
    """How a piece of work stands."""

    WAITING = "waiting"
    AT_WORK = "at_work"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def pending(self) -> bool:
        """Whether anything will still come of it."""
        return self in (WorkState.WAITING, WorkState.AT_WORK)


class CheckOptions(Given, frozen=True):
    """How a clip is to be checked, as in `formcheck score`."""

    pose: str = "auto"
    side: Literal["auto", "left", "right"] = "auto"
    profile: str | None = None
    rotate: Literal[0, 90, 180, 270] = 0
    mirror: bool = False

    def resolved(self) -> PersonalStretches:
        """Return the stretches to look for. Raises FormcheckError, also for a stretch that is no known one but a file."""
        if self.pose != "auto" and self.pose not in {spec.name for spec in every_stretch()}:
            raise FormcheckError(APP_MALFORMED)
        return resolve(self.pose, self.profile)


@dataclass(slots=True, eq=False)
class Work:
    """A run over a clip that writes `files`, and how far it is: `share` is from 0 to 1."""

    check: "ClipCheck"
    files: dict[str, Path]
    state: WorkState = WorkState.WAITING
    share: float = 0.0
    begun_s: float = 0.0
    error: str | None = None

    @property
    def left_s(self) -> float | None:
        """How long it will still take, by how long it took so far; `None` as long as that tells nothing."""
        return (monotonic() - self.begun_s) * (1 / self.share - 1) if self.share > 0 else None


@dataclass(slots=True, eq=False)
class ClipCheck:
    """A clip in the list, or what comes of it `against` another one of the list.

    `folder` is its own and goes with it: what was sent by the page, and what was made of it.
    """

    id: str
    clip: Path
    uploaded: bool
    folder: Path
    size_bytes: int
    options: CheckOptions
    still: bool
    against: "ClipCheck | None" = None
    specs: dict[str, StretchSpec] = field(default_factory=dict)
    result: ClipResult | None = None
    score: Work = field(init=False)
    film: Work | None = None

    def __post_init__(self) -> None:
        self.anew()

    def anew(self) -> None:
        """Forget what came of it: it is to be scored."""
        self.result, self.film = None, None
        self.score = Work(self, {"report": self.folder / "report.html", "json": self.folder / "result.json"})

    @property
    def name(self) -> str:
        """What it is called: as its clip, or both its clips."""
        return self.clip.name if self.against is None else f"{self.clip.stem} – {self.against.clip.stem}"

    @property
    def film_file(self) -> Path:
        """Where the clip is with everything drawn on it, once that was made."""
        return self.folder / ("film.jpg" if self.still else "film.mp4")

    @property
    def works(self) -> Iterator[Work]:
        yield self.score
        if self.film is not None:
            yield self.film


def _one_process(heard: Callable[[int, float], None]) -> Runner:
    return Processes(1, silence_native_messages, patience_s, heard)


class VideoChecks:
    """The list, and the thread that works on it.

    Parameters
    ----------
    model
        What looks at the clips.
    folder
        A temporary folder, where each check has one of its own.
    busy
        Whether a session runs.
    runner
        Returns what runs the work in another process, and tells how far it is.
    """

    def __init__(
        self,
        model: EngineModel,
        folder: Path,
        busy: Callable[[], bool],
        runner: Callable[[Callable[[int, float], None]], Runner] = _one_process,
    ) -> None:
        self.folder = folder
        self._model = model
        self._busy = busy
        self._runner = runner
        self._checks: dict[str, ClipCheck] = {}
        self._changed = Condition()
        self._closed = False
        self._thread: Thread | None = None
        self._worked_bytes = 0.0
        self._worked_s = 0.0

    @property
    def waits(self) -> bool:
        """Whether it stands still as long as a session runs."""
        return self._busy()

    def listed(self) -> list[ClipCheck]:
        """Return all checks, in the order in which they came."""
        with self._changed:
            return list(self._checks.values())

    def find(self, name: str) -> ClipCheck:
        """Return the check with this ID. Raises KeyError."""
        with self._changed:
            return self._checks[name]

    def new_folder(self) -> Path:
        """Return a folder for one check, which is still to be made."""
        return self.folder / secrets.token_hex(8)

    def admit(self, options: CheckOptions, count: int) -> None:
        """Raise FormcheckError where so many clips cannot be checked, by these options."""
        options.resolved()
        left = MOST_CHECKS - len(self._checks)
        if count > left:
            raise FormcheckError(TOO_MANY.format(count=left))

    def add_upload(self, clip: Path, folder: Path, options: CheckOptions) -> ClipCheck:
        """Take in a clip that lies in its check's `folder`."""
        return self._add(clip, folder, options, uploaded=True)

    def add_path(self, given: str, options: CheckOptions) -> list[str]:
        """Take in the clip, or all clips in the folder, at a path of this machine, where they stay.

        Returns sentences about what was passed over. Raises FormcheckError.
        """
        given = given.strip()
        if len(given) > 1 and given[0] == given[-1] and given[0] in "\"'":  # as the programs that show files copy a path
            given = given[1:-1]
        path = Path(os.path.expanduser(given))  # noqa: PTH111 - pathlib's raises for an unknown person
        if not path.is_absolute():
            raise FormcheckError(NOT_WHOLE_PATH.format(path=path, example=Path.home() / "clip.mp4"))
        search = find_clips([path], leave_out=[self.folder])
        self.admit(options, len(search.clips))
        for clip in search.clips:
            self._add(clip.path, self.new_folder(), options, uploaded=False)
        return [*search.troubles, *([told_passed_over(search.passed_over)] if search.passed_over else [])]

    def _add(
        self, clip: Path, folder: Path, options: CheckOptions, *, uploaded: bool, against: ClipCheck | None = None
    ) -> ClipCheck:
        try:
            size = clip.stat().st_size
        except OSError:  # it is told as it is read
            size = 0
        check = ClipCheck(
            id=folder.name,
            clip=clip,
            uploaded=uploaded,
            folder=folder,
            size_bytes=size + (against.size_bytes if against is not None else 0),
            options=options,
            still=is_photo(clip),
            against=against,
        )
        with self._changed:
            self._checks[check.id] = check
            self._begin()
        return check

    def again(self, check: ClipCheck, options: CheckOptions) -> None:
        """Score a clip once more, by other options. Raises FormcheckError."""
        options.resolved()
        with self._changed:
            if any(work.state.pending for work in check.works):
                raise FormcheckError(NOT_NOW)
            check.options = options
            check.anew()
            self._begin()

    def make_film(self, check: ClipCheck) -> None:
        """Make the clip with everything drawn on it. Raises FormcheckError."""
        with self._changed:
            if check.score.state is not WorkState.DONE:
                raise FormcheckError(NOT_NOW)
            if check.film is None or check.film.state in (WorkState.FAILED, WorkState.STOPPED):
                check.film = Work(check, {"annotate": check.film_file})
                self._begin()

    def compare(self, a: ClipCheck, b: ClipCheck) -> ClipCheck:
        """Take in the comparison of two clips that were scored. Raises FormcheckError."""
        self.admit(a.options, 1)
        if any(one.result is None or one.score.state is not WorkState.DONE for one in (a, b)):
            raise FormcheckError(NOT_NOW)
        return self._add(a.clip, self.new_folder(), a.options, uploaded=a.uploaded, against=b)

    def stop(self, checks: Iterable[ClipCheck]) -> None:
        """Let go of what is still to be done of these checks."""
        with self._changed:
            for check in checks:
                for work in check.works:
                    if work.state.pending:
                        work.state = WorkState.STOPPED
            self._changed.notify_all()

    def remove(self, checks: Sequence[ClipCheck]) -> None:
        """Take checks out of the list, with all that belongs to them."""
        self.stop(checks)
        with self._changed:
            for check in checks:
                self._checks.pop(check.id, None)
        for check in checks:
            shutil.rmtree(check.folder, ignore_errors=True)

    def close(self) -> None:
        """End the work; call it once, before the folder is removed."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def left_s(self) -> float | None:
        """How long all that is to be done will take, by how long it took so far; `None` as long as that tells nothing."""
        with self._changed:
            works = [work for check in self._checks.values() for work in check.works if work.state.pending]
        worked_bytes, worked_s, now_s = self._worked_bytes, self._worked_s, 0.0
        left_bytes = 0.0
        for work in works:
            share = work.share if work.state is WorkState.AT_WORK else 0.0
            worked_bytes += share * work.check.size_bytes
            left_bytes += (1 - share) * work.check.size_bytes
            if work.state is WorkState.AT_WORK:
                now_s = monotonic() - work.begun_s
        return left_bytes * (worked_s + now_s) / worked_bytes if works and worked_bytes > 0 else None

    # --- the thread ----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work_off, name="video checks", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _work_off(self) -> None:
        while (work := self._next()) is not None:
            self._do(work)

    def _next(self) -> Work | None:
        """Wait for work, which is then begun; `None` when the app ends. Films come after everything that is to be scored."""
        with self._changed:
            while not self._closed:
                scores = [check.score for check in self._checks.values()]
                films = [check.film for check in self._checks.values() if check.film is not None]
                work = next((one for one in (*scores, *films) if one.state is WorkState.WAITING), None)
                if work is not None and not self._busy():
                    work.state, work.share, work.begun_s = WorkState.AT_WORK, 0.0, monotonic()
                    return work
                self._changed.wait(_LOOK_S if work is not None else None)
        return None

    def _do(self, work: Work) -> None:
        check = work.check
        ended, result, error = True, None, None
        try:
            if check.against is not None:
                ended = self._compared(work, check.against)
            else:
                result = self._result(work)
                ended, error = result is not None, result.error if result is not None else None
        except FormcheckError as refused:
            error = str(refused)
        except Exception as fault:
            error = own_fault(fault)
        with self._changed:
            if work.state is WorkState.STOPPED:
                pass
            elif not ended:
                work.state, work.share = WorkState.WAITING, 0.0  # a session has begun
            else:
                self._worked_bytes += check.size_bytes
                self._worked_s += monotonic() - work.begun_s
                work.error, work.share = error, 1.0
                work.state = WorkState.DONE if work.error is None else WorkState.FAILED
                if work is check.score:
                    check.result = result
            removed = check.id not in self._checks
        if removed:
            shutil.rmtree(check.folder, ignore_errors=True)

    def _result(self, work: Work) -> ClipResult | None:
        """What comes of it; `None` where it was not ended. Raises FormcheckError."""
        check = work.check
        settings = self._settings(check)
        if work is check.score:
            check.specs = {spec.name: spec for spec in settings.specs}
        runner, stop = self._runner(_heard(work)), self._stops(work)
        results = dict(score_clips([_file(check)], settings, runner, kept={}, files=[work.files], stop=stop))
        return results.get(0)

    def _compared(self, work: Work, other: ClipCheck) -> bool:
        """Whether the page of both clips was made, and not ended before. Raises FormcheckError."""
        clips = [(_file(one), self._settings(one)) for one in (work.check, other)]
        return compare_clips(clips, work.files["report"], self._runner(_heard(work)), stop=self._stops(work))

    def _settings(self, check: ClipCheck) -> Settings:
        given = check.options
        stretches = given.resolved()
        model = self._model.absolute()
        return Settings(
            specs=stretches.specs,
            side=None if given.side == "auto" else Side(given.side),
            fit=stretches.baseline,
            model=model,
            digest=model.digest,
            options=ReadOptions.of(rotate=given.rotate, mirror=given.mirror),
        )

    def _stops(self, work: Work) -> Callable[[], bool]:
        return lambda: self._closed or work.state is WorkState.STOPPED or self._busy()


def _heard(work: Work) -> Callable[[int, float], None]:
    def heard(_item: int, share: float) -> None:
        work.share = share

    return heard


def _file(check: ClipCheck) -> ClipFile:
    return identified(ClipFile(path=check.clip, size_bytes=check.size_bytes))
