"""Makes a labelled clip from the terminal: asks what is not known of it, films it or takes a video, and has it labelled."""

import re
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from formcheck.cli.terminal import asked, confirmed, say
from formcheck.core.errors import FormcheckError, LabelError, OutputError, SourceError
from formcheck.core.wording.language import N_, joined
from formcheck.pipeline.live.recorder import finish_film, unfinished_path
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import unreadable
from formcheck.system.documents import TextError, read_text
from formcheck.system.files import check_writable
from formcheck.system.inputs import real_path
from formcheck.tuning.labeling.editor import make_key_map
from formcheck.tuning.labeling.filming import Filming
from formcheck.tuning.labeling.filming_window import FilmingRun
from formcheck.tuning.labeling.intervals import Intervals, interval_count, with_sides, within
from formcheck.tuning.labeling.job import LabelingJob, cut_off_films, make_folder, new_clip, unfinished_videos
from formcheck.tuning.labeling.label_file import About, about_clip
from formcheck.tuning.labeling.run import Ending, LabelingRun, open_editor
from formcheck.tuning.labeling.window import LabelingWindow
from formcheck.tuning.labels import NO_STRETCH, Labels, check_text, same_content, video_of
from formcheck.vision.camera.address import Address
from formcheck.vision.camera.camera import Camera
from formcheck.vision.orientation import AS_STORED, Orientation
from formcheck.vision.video.kinds import VIDEOS
from formcheck.vision.video.random_access import SeekableVideo

_CODE = re.compile(r"(?=.*\d)[a-z0-9][a-z0-9_-]{0,31}")
_CODE_IN_WORDS = N_(
    "a code such as p12: lower-case letters, digits, - and _, with at least one digit, so that it is nobody's name"
)
_SIDES = ("left", "right", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOptions:
    """What the command line says of the clip and its stretch `pose`; `None` where it says nothing."""

    pose: str
    specs: Mapping[str, StretchSpec]
    person: str | None
    side: str | None
    yaw_deg: float | None
    part: str | None
    full_screen: bool
    orientation: Orientation = AS_STORED


def check_code(person: str) -> None:
    """Raise FormcheckError where `person` is no code, and might be a name."""
    if not _CODE.fullmatch(person):
        raise FormcheckError(N_("--person: {person!r} is not {code}.").format(person=person, code=_CODE_IN_WORDS))


def unfinished_film(console: Console, folder: Path, pose: str) -> Path | None:
    """Return a film of this stretch whose filming or marking was not finished, if the person wants to go on with it."""
    if not _answers(console):
        return None
    for video in cut_off_films(folder, pose):
        if confirmed(
            N_("{video} was being filmed when it was cut off. Go on with it?").format(video=video), on=console, default=True
        ):
            finish_film(video)
            return video
    for video in unfinished_videos(folder, pose):
        if confirmed(N_("{video} was filmed and is not saved. Go on with it?").format(video=video), on=console, default=True):
            return video
    return None


def label(console: Console, video: Path, options: ClipOptions, out: Path | None, *, filmed: bool) -> None:
    """Mark a clip that is there; `filmed`: this command made it, and discarding deletes it. Raises FormcheckError."""
    if video.suffix.lower() not in VIDEOS:
        raise SourceError(
            N_("{video}: a video is expected here, and {ending} is the ending of none.").format(
                video=video, ending=video.suffix
            )
            if video.suffix
            else N_("{video}: a video is expected here, and the name has no ending.").format(video=video)
        )
    if not video.is_file():
        raise SourceError(N_("{video}: there is no such video.").format(video=video))
    clip = _clip_path(video, out)
    label_path = clip.with_suffix(".toml")
    _check_labelled_once(clip, video)
    pose = options.pose
    with SeekableVideo(video) as pictures:
        old = _text(label_path) if label_path.exists() else None
        labels = _labels(label_path, old, options.specs, pictures.length_s) if old is not None else None
        if labels is not None and labels.pose != pose:
            raise LabelError(
                N_("{file}: labels {labelled}, not {given}. Give that name, or move the label file away.").format(
                    file=label_path, labelled=labels.pose, given=pose
                )
            )
        if clip.parent.exists():
            check_writable(label_path)
        job = LabelingJob(
            video=video, clip=clip, about=About(pose=pose, person="?", part="?"), specs=options.specs, old=old, filmed=filmed
        )
        draft = _draft(console, job)
        described = _described(console, options, draft or labels)
        job = replace(job, about=described)
        before = labels.intervals if labels is not None else ()
        intervals = within(draft.intervals, pictures.length_s) if draft is not None else before
        if (known := draft or labels) is not None and described.side == "both":
            intervals = with_sides(intervals, known.stretched_side)
        if intervals:
            job.checked_text(intervals, pictures.length_s)  # what could not be saved later is told before any work
        # A film not saved yet, or another word on who it is: there is something to save, whatever is marked.
        saved = None if filmed or (labels is not None and described != about_clip(labels)) else before
        with LabelingWindow(full_screen=options.full_screen) as window:
            _mark(console, job, pictures, window, intervals, saved)


def film_and_label(console: Console, address: Address, options: ClipOptions, folder: Path) -> None:
    """Make a clip with the camera, and mark it. Raises FormcheckError."""
    described = _described(console, options, None)
    with Camera(address, options.orientation) as camera:
        make_folder(folder)
        clip = new_clip(folder, options.pose, described.person)
        check_writable(clip)
        job = LabelingJob(video=clip, clip=clip, about=described, specs=options.specs, filmed=True)
        spec = options.specs.get(options.pose)
        title = joined(", ", (spec.title if spec is not None else N_("No stretch"), described.person))
        filming = Filming(key_map=make_key_map(spec, both=described.side == "both"))
        run = FilmingRun(camera, clip, title, filming, job.store_draft)
        with LabelingWindow(full_screen=options.full_screen) as window:
            try:
                run.run(window)
            except BaseException:
                if clip.exists() or unfinished_path(clip).exists():
                    job.store_draft(run.filming.history.shown)
                else:
                    job.draft.unlink(missing_ok=True)
                raise
            camera.close()
            if not clip.exists():
                console.print(N_("Nothing was filmed."))
                return
            with SeekableVideo(clip) as pictures:
                intervals = within(run.filming.history.extended(pictures.length_s).shown, pictures.length_s)
                job.store_draft(intervals)
                if run.closed:
                    _print_closed(console, job)
                    return
                _mark(console, job, pictures, window, intervals, None)


def _mark(
    console: Console,
    job: LabelingJob,
    pictures: SeekableVideo,
    window: LabelingWindow,
    intervals: Intervals,
    saved: Intervals | None,
) -> None:
    match LabelingRun(job, pictures, window, open_editor(job, pictures, intervals, saved)).run():
        case Ending.SAVED:
            say(N_("Saved: {path}").format(path=job.labels))
        case Ending.LEFT:
            console.print(N_("Nothing was changed."))
        case Ending.DISCARDED:
            console.print(N_("Thrown away; nothing was written."))
        case Ending.CLOSED:
            _print_closed(console, job)


def _print_closed(console: Console, job: LabelingJob) -> None:
    again = shlex.join(["formcheck", "record", job.about.pose, str(job.video)])
    say(N_("Not saved. The marks are kept in {path}; this goes on with them: {command}").format(path=job.draft, command=again))


def _clip_path(video: Path, out: Path | None) -> Path:
    """Where the clip is to lie: where it is, or in the folder `out`. What lies there already must be the same clip."""
    if out is None or real_path(out) == real_path(video).parent:
        return video
    clip = out / video.name
    if clip.exists() and not any(same_content([video, clip])):
        raise OutputError(
            N_("{path}: is there already, and is another clip. Rename one of them, or choose another --out.").format(path=clip)
        )
    return clip


def _check_labelled_once(clip: Path, video: Path) -> None:
    """Raise LabelError where the same content is labelled under another name beside `clip`."""
    others = [other for file in sorted(clip.parent.glob("*.toml")) if (other := video_of(file)) is not None]
    here = {real_path(video), real_path(clip)}
    for other in others:
        if real_path(other) not in here and any(same_content([video, other])):
            raise LabelError(
                N_("{video}: has the same content as {other}, which is labelled. Correct the labels of that one.").format(
                    video=video, other=other
                )
            )


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except (OSError, TextError) as error:
        raise LabelError(joined("", (str(path), ": ", unreadable(error), "."))) from None


def _labels(path: Path, text: str, specs: Mapping[str, StretchSpec], length_s: float) -> Labels:
    checked = check_text(text, specs, length_s=length_s)
    if isinstance(checked, Labels):
        return checked
    raise LabelError(
        N_("The labels that are there can't be used as they are; nothing was changed."),
        *(joined("", ("  ", str(path), ": ", fault)) for fault in checked),
    )


def _draft(console: Console, job: LabelingJob) -> Labels | None:
    """Return the marks of a session that was cut off, unless the person wants to begin anew. Raises LabelError."""
    stored = job.load_draft()
    if stored is None:
        return None
    if stored.pose != job.about.pose:
        raise LabelError(
            N_(
                "{path}: holds marks of {marked} that were not saved, not of {given}. Give that name, or move the file away."
            ).format(path=job.draft, marked=stored.pose, given=job.about.pose)
        )
    count = interval_count(stored.intervals)
    if _answers(console) and not confirmed(
        N_("There are marks that were not saved ({count}). Go on with them?").format(count=count), on=console, default=True
    ):
        job.draft.unlink()
        return None
    console.print(N_("Going on with the marks that were not saved ({count}).").format(count=count))
    return stored


def _described(console: Console, options: ClipOptions, known: Labels | None) -> About:
    """Return the description of the clip: from the command line, from the file, or else by asking the person."""
    before = about_clip(known) if known is not None else None
    person = options.person or (before.person if before else None) or _ask_person(console)
    side = options.side or (before.side if before else None)
    if side is None and before is None and options.pose != NO_STRETCH:
        side = _ask_side(console)
    yaw_deg = options.yaw_deg if options.yaw_deg is not None else (before.yaw_deg if before else None)
    part = options.part or (before.part if before else "tuning")
    return About(pose=options.pose, person=person, part=part, side=side, yaw_deg=yaw_deg)


def _ask_person(console: Console) -> str:
    if not _answers(console):
        raise FormcheckError(N_("Who is it? There is no terminal to ask: give --person, {code}.").format(code=_CODE_IN_WORDS))
    while True:
        person = asked(N_("Who is it? A code, not a name"), on=console).strip()
        if _CODE.fullmatch(person):
            return person
        console.print(N_("Please give {code}.").format(code=_CODE_IN_WORDS), markup=False)


def _ask_side(console: Console) -> str:
    if not _answers(console):
        raise FormcheckError(N_("Which side is stretched? There is no terminal to ask: give --side left, right or both."))
    return asked(N_("Which side is stretched (the rear or straight leg)?"), on=console, choices=list(_SIDES))


def _answers(console: Console) -> bool:
    """Whether questions can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and console.is_terminal
