"""`formcheck record`: who it is, which side, and where it goes is settled in the terminal; the rest happens in the window."""

import re
import shlex
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.prompt import Confirm, Prompt

from formcheck.core.endings import VIDEOS
from formcheck.core.errors import FormcheckError, OutputError, SourceError
from formcheck.stretches import StretchSpec
from formcheck.stretches.files import find_stretch, load_stretches
from formcheck.system.display import display_missing
from formcheck.system.files import check_writable
from formcheck.system.native_log import silence_native_messages
from formcheck.tuning.labeling.editor import make_key_map
from formcheck.tuning.labeling.filming import Filming
from formcheck.tuning.labeling.intervals import Intervals, within
from formcheck.tuning.labeling.job import LabelingJob, make_folder, new_clip, read, unfinished_videos
from formcheck.tuning.labeling.label_file import About, about_clip
from formcheck.tuning.labels import NO_STRETCH, LabelError, Labels, check_text, same_content, video_of
from formcheck.vision.camera import Address, parse_camera
from formcheck.vision.video.random_access import SeekableVideo

CLIPS = Path("clips")
"""Where films go, in the folder one is in."""

_CODE = re.compile(r"(?=.*\d)[a-z0-9][a-z0-9_-]{0,31}")
_A_CODE = "a code such as p12: lower-case letters, digits, - and _, with at least one digit, so that it is nobody's name"
_SIDES = ("left", "right", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOfClip:
    """What the command line says of the clip; `None` where it says nothing."""

    person: str | None
    side: str | None
    yaw_deg: float | None
    part: str | None


def record(
    pose: str,
    video: Path | None,
    *,
    person: str | None,
    side: str | None,
    yaw_deg: float | None,
    part: str | None,
    camera: str,
    out: Path | None,
    full_screen: bool,
) -> None:
    """Film or wind through a clip, have it marked, and write it with its labels. Raises FormcheckError.

    Exits with 130 after Ctrl-C and 143 when asked to end; what was marked is kept as a draft.
    """
    specs = _specs(pose)
    name = NO_STRETCH if pose == NO_STRETCH else next(reversed(specs))
    if person is not None:
        _check_code(person)
    if pose == NO_STRETCH and side is not None:
        raise FormcheckError("--side: there is no side in a clip in which no stretch is done; leave --side out.")
    given = KnownOfClip(person=person, side=side, yaw_deg=yaw_deg, part=part)
    address = parse_camera(camera)
    if (missing := display_missing()) is not None:
        raise OutputError(f"{missing} Marking needs a window.")
    if out is not None and out.exists() and not out.is_dir():
        raise OutputError(f"{out}: is no folder. --out names the folder to write to.")
    console = Console(stderr=True)
    silence_native_messages()
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    try:
        film = _go_on(console, out or CLIPS, name) if video is None else None
        if (known := video or film) is not None:
            _mark(console, known, name, specs, given, out, full_screen=full_screen, filmed=film is not None)
        else:
            _film(console, address, name, specs, given, out or CLIPS, full_screen=full_screen)
    except EOFError:
        raise FormcheckError("There was no answer; nothing was written.") from None
    except KeyboardInterrupt:
        print("Interrupted. What was marked is kept: the same command goes on with it.", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)


def _specs(pose: str) -> dict[str, StretchSpec]:
    """The shipped stretches, and, last, the one that is meant."""
    specs = {spec.name: spec for spec in load_stretches()}
    if pose != NO_STRETCH:
        spec = find_stretch(pose)
        specs.pop(spec.name, None)
        specs[spec.name] = spec
    return specs


def _mark(
    console: Console,
    video: Path,
    pose: str,
    specs: Mapping[str, StretchSpec],
    given: KnownOfClip,
    out: Path | None,
    *,
    full_screen: bool,
    filmed: bool = False,
) -> None:
    """Mark a clip that is there; `filmed`: it was made by this command, and goes if it is not wanted."""
    if video.suffix.lower() not in VIDEOS:
        raise SourceError(f"{video}: a video is expected here, ending in one of {', '.join(VIDEOS)}.")
    if not video.is_file():
        raise SourceError(f"{video}: there is no such video.")
    clip = _goal(video, out)
    labels = clip.with_suffix(".toml")
    _alone(clip, video)
    with SeekableVideo(video) as reel:
        old = read(labels) if labels.exists() else None
        found = _labels(labels, old, specs, reel.length_s) if old is not None else None
        if found is not None and found.pose != pose:
            raise LabelError(f"{labels}: labels {found.pose}, not {pose}. Give that name, or move the label file away.")
        if clip.parent.exists():
            check_writable(labels)
        job = LabelingJob(
            video=video, clip=clip, about=About(pose=pose, person="?", part="?"), specs=specs, old=old, filmed=filmed
        )
        draft = _draft(console, job)
        told = _told(console, given, pose, draft or found)
        job = replace(job, about=told)
        before = found.intervals if found is not None else ()
        strip = draft.intervals if draft is not None else before
        # A film not saved yet, or another word on who it is: there is something to save, whatever is marked.
        saved = None if filmed or (found is not None and told != about_clip(found)) else before
        with _easel(full_screen) as easel:
            _wind(console, job, reel, easel, strip, saved, pose)


def _film(
    console: Console,
    address: Address,
    pose: str,
    specs: Mapping[str, StretchSpec],
    given: KnownOfClip,
    folder: Path,
    *,
    full_screen: bool,
) -> None:
    """Make a clip with the camera, and mark it."""
    from formcheck.tuning.labeling.filming_window import FilmingRun
    from formcheck.vision.camera import Camera

    told = _told(console, given, pose, None)
    with Camera(address) as camera:
        make_folder(folder)
        clip = new_clip(folder, pose, told.person)
        check_writable(clip)
        job = LabelingJob(video=clip, clip=clip, about=told, specs=specs, filmed=True)
        title = f"{specs[pose].title if pose in specs else 'No stretch'}, {told.person}"
        colours = make_key_map(specs.get(pose), both=told.side == "both")
        shooting = FilmingRun(camera, clip, title, Filming(key_map=colours))
        with _easel(full_screen) as easel:
            try:
                shooting.run(easel)
            except BaseException:
                if clip.exists():
                    job.store_draft(shooting.filming.history.intervals_at(shooting.filming.film_s))
                raise
            camera.close()
            if not clip.exists():
                console.print("Nothing was filmed.")
                return
            with SeekableVideo(clip) as reel:
                strip = within(shooting.filming.history.intervals_at(reel.length_s), reel.length_s)
                job.store_draft(strip)
                if shooting.closed:
                    _closed(console, job, pose)
                    return
                _wind(console, job, reel, easel, strip, None, pose)


def _wind(
    console: Console, job: LabelingJob, reel: SeekableVideo, easel: Any, strip: Intervals, saved: Intervals | None, pose: str
) -> None:
    from formcheck.tuning.labeling.run import Ending, LabelingRun

    match LabelingRun(job, reel, easel, strip, saved).run():
        case Ending.SAVED:
            console.print(f"Saved: {job.labels}", markup=False, soft_wrap=True)
        case Ending.LEFT:
            console.print("Nothing was changed.")
        case Ending.DISCARDED:
            console.print("Thrown away; nothing was written.")
        case Ending.CLOSED:
            _closed(console, job, pose)


def _closed(console: Console, job: LabelingJob, pose: str) -> None:
    again = shlex.join(["formcheck", "record", pose, str(job.video)])
    console.print(
        f"Not saved. The marks are kept in {job.draft}; this goes on with them: {again}", markup=False, soft_wrap=True
    )


def _easel(full_screen: bool) -> Any:
    from formcheck.tuning.labeling.window import LabelingWindow

    return LabelingWindow(full_screen=full_screen)


def _goal(video: Path, out: Path | None) -> Path:
    """Where the clip is to lie: where it is, or in the folder `out`. What lies there already must be the same clip."""
    if out is None or out.resolve() == video.resolve().parent:
        return video
    clip = out / video.name
    if clip.exists() and not any(same_content([video, clip])):
        raise OutputError(f"{clip}: is there already, and is another clip. Rename one of them, or choose another --out.")
    return clip


def _alone(clip: Path, video: Path) -> None:
    """Raise LabelError where the same content is labelled under another name beside the goal."""
    others = [other for file in sorted(clip.parent.glob("*.toml")) if (other := video_of(file)) is not None]
    here = {video.resolve(), clip.resolve()}
    for other in others:
        if other.resolve() not in here and any(same_content([video, other])):
            raise LabelError(f"{video}: has the same content as {other}, which is labelled. Correct the labels of that one.")


def _labels(path: Path, text: str, specs: Mapping[str, StretchSpec], length_s: float) -> Labels:
    found = check_text(text, specs, length_s=length_s)
    if isinstance(found, Labels):
        return found
    listed = "\n".join(f"  {path}: {fault}" for fault in found)
    raise LabelError(f"The labels that are there can't be used as they are; nothing was changed.\n{listed}")


def _go_on(console: Console, folder: Path, pose: str) -> Path | None:
    """Return a film of this stretch whose marking was not finished, if the person wants to go on with it."""
    for video in unfinished_videos(folder, pose) if _terminal(console) else ():
        if Confirm.ask(f"{video} was filmed and is not saved. Go on with it?", console=console, default=True):
            return video
    return None


def _draft(console: Console, job: LabelingJob) -> Labels | None:
    """Return the marks of a session that was cut off, unless the person wants to begin anew."""
    if not job.draft.exists():
        return None
    kept = job.load_draft()
    if kept is None:
        console.print(f"{job.draft}: can't be used any more, and will be written over.", markup=False, soft_wrap=True)
        return None
    count = "1 interval" if len(kept.intervals) == 1 else f"{len(kept.intervals)} intervals"
    if _terminal(console) and not Confirm.ask(
        f"There are marks that were not saved ({count}). Go on with them?", console=console, default=True
    ):
        job.draft.unlink()
        return None
    console.print(f"Going on with the marks that were not saved ({count}).")
    return kept


def _told(console: Console, given: KnownOfClip, pose: str, known: Labels | None) -> About:
    """Return what is said of the whole clip: on the command line, in the file, or else when asked."""
    before = about_clip(known) if known is not None else None
    person = given.person or (before.person if before else None) or _ask_person(console)
    side = given.side or (before.side if before else None)
    if side is None and before is None and pose != NO_STRETCH:
        side = _ask_side(console)
    yaw_deg = given.yaw_deg if given.yaw_deg is not None else (before.yaw_deg if before else None)
    part = given.part or (before.part if before else "tuning")
    return About(pose=pose, person=person, part=part, side=side, yaw_deg=yaw_deg)


def _check_code(person: str) -> None:
    if not _CODE.fullmatch(person):
        raise FormcheckError(f"--person: {person!r} is not {_A_CODE}.")


def _ask_person(console: Console) -> str:
    if not _terminal(console):
        raise FormcheckError(f"Who is it? There is no terminal to ask: give --person, {_A_CODE}.")
    while True:
        person = Prompt.ask("Who is it? A code, not a name", console=console).strip()
        if _CODE.fullmatch(person):
            return person
        console.print(f"Please give {_A_CODE}.", markup=False)


def _ask_side(console: Console) -> str:
    if not _terminal(console):
        raise FormcheckError("Which side is stretched? There is no terminal to ask: give --side left, right or both.")
    return Prompt.ask("Which side is stretched (the rear or straight leg)?", console=console, choices=list(_SIDES))


def _terminal(console: Console) -> bool:
    return sys.stdin.isatty() and console.is_terminal
