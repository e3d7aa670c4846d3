"""`formcheck record`: who it is, which side, and where it goes is settled in the terminal; the rest happens in the window."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli import completion
from formcheck.cli.addresses import given_camera, is_given
from formcheck.cli.options import CameraOption, FullScreenOption, MirrorOption, RotateOption, orientation_of
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.wording.language import N_
from formcheck.system.display import display_missing
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import Interrupted

_CLIPS = Path("clips")
"""Where films go, in the folder one is in."""


class ShownSide(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class OwnPart(StrEnum):
    TUNING = "tuning"
    TEST = "test"


def record(
    pose: Annotated[
        str,
        typer.Argument(
            metavar="POSE",
            autocompletion=completion.stretches,
            help=N_("The stretch, a file of one, or `none` for a clip without."),
            show_default=False,
        ),
    ],
    video: Annotated[
        Path | None,
        typer.Argument(metavar="VIDEO", help=N_("Mark this clip; without it the camera films one."), show_default=False),
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="CODE", help=N_("Who it is: a code such as p12, never a name."))] = None,
    side: Annotated[ShownSide | None, typer.Option(help=N_("The side that is stretched, or both in turn."))] = None,
    yaw: Annotated[
        float | None,
        typer.Option(metavar="DEGREES", min=-180, max=180, help=N_("The camera: 0 side-on, + towards the person's front.")),
    ] = None,
    part: Annotated[
        OwnPart | None, typer.Option(help=N_("What the clip is for; a new one is for tuning."), show_default=False)
    ] = None,
    camera: CameraOption = None,
    rotate: RotateOption = None,
    mirror: MirrorOption = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help=N_("Where clip and labels go. Default: beside the video; films go to clips/.")),
    ] = None,
    full_screen: FullScreenOption = False,
) -> None:
    """Make a labelled clip: film or take a video, and mark by key where the form is correct, which fault, unseen."""
    from formcheck.cli.labeling import ClipOptions, check_code, film_and_label, label, unfinished_film
    from formcheck.cli.terminal import console, tell
    from formcheck.stretches.files import every_stretch, find_stretch
    from formcheck.tuning.labels import NO_STRETCH

    specs = {spec.name: spec for spec in every_stretch()}
    name = pose
    if pose != NO_STRETCH:
        spec = find_stretch(pose)
        name = spec.name
        specs.pop(name, None)  # the stretch of the clip comes last
        specs[name] = spec
    if person is not None:
        check_code(person)
    if pose == NO_STRETCH and side is not None:
        raise FormcheckError(N_("--side: there is no side in a clip in which no stretch is done; leave --side out."))
    options = ClipOptions(
        pose=name,
        specs=specs,
        person=person,
        side=side.value if side is not None else None,
        yaw_deg=yaw,
        part=part.value if part is not None else None,
        full_screen=full_screen,
        orientation=orientation_of(rotate, mirror=mirror),
    )
    if video is not None and (rotate is not None or mirror):
        raise FormcheckError(
            N_("{video}: --rotate and --mirror are for the camera; a clip is labelled as it plays.").format(video=video)
        )
    address = given_camera(camera) if is_given(camera) else None
    if (missing := display_missing()) is not None:
        raise OutputError(N_("{missing} Marking needs a window.").format(missing=missing))
    if out is not None and out.exists() and not out.is_dir():
        raise OutputError(N_("{out}: is no folder. --out names the folder to write to.").format(out=out))
    err = console(stderr=True)
    silence_native_messages()
    try:
        film = unfinished_film(err, out or _CLIPS, name) if video is None else None
        if (clip := video or film) is not None:
            label(err, clip, options, out, filmed=film is not None)
        else:
            film_and_label(err, address or given_camera(None), options, out or _CLIPS)
    except EOFError:
        raise FormcheckError(N_("There was no answer; nothing was written.")) from None
    except Interrupted as interrupted:
        tell(N_("Interrupted. What was marked is kept: the same command goes on with it."))
        sys.exit(interrupted.exit_code)
