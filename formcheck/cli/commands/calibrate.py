"""`formcheck calibrate`: a baseline from the camera or from a video, kept in a profile."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import completion, options
from formcheck.cli.addresses import given_camera
from formcheck.cli.commands.model import obtain
from formcheck.cli.terminal import say, tell
from formcheck.core import wording
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.wording.language import N_, Sentence, joined
from formcheck.system.display import display_missing
from formcheck.system.native.native_log import silence_native_messages
from formcheck.system.signals import stoppable

if TYPE_CHECKING:
    from formcheck.analysis.baseline.offsets import Baseline
    from formcheck.vision.orientation import Orientation


_OFFSETS: Mapping[str, Sentence] = {
    "standing": N_("Standing, so many degrees from straight as the camera sees it: {degrees}."),
    "lying": N_("Lying, so many degrees from straight as the camera sees it: {degrees}."),
}
_BEYOND = N_("Of these only {limit:.0f} degrees are made up for, the rest is how you stood or lay: {parts}.")
_PARTS: Mapping[str, Sentence] = {
    "trunk": N_("trunk"),
    "neck": N_("neck"),
    "near_hip": N_("near hip"),
    "near_knee": N_("near knee"),
    "near_leg": N_("near leg"),
    "far_hip": N_("far hip"),
    "far_knee": N_("far knee"),
    "far_leg": N_("far leg"),
}
"""What a reading of somebody straight has offsets of."""


def calibrate(
    profile: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            autocompletion=completion.profiles,
            help=N_("Whose baseline it is; `live` takes `default` where no other is named."),
        ),
    ] = "default",
    camera: options.CameraOption = None,
    rotate: options.RotateOption = None,
    mirror: options.MirrorOption = False,
    video: Annotated[
        Path | None, typer.Option(metavar="CLIP", help=N_("Take it from a video of standing and lying instead of a camera."))
    ] = None,
    mute: options.MuteOption = False,
    no_voice: options.NoVoiceOption = False,
    no_window: options.NoWindowOption = False,
    full_screen: options.FullScreenOption = False,
    model: options.ModelOption = None,
    verbose: options.LiveVerboseOption = False,
) -> None:
    """Take your baseline: three seconds of standing straight, side-on, and three of lying flat."""
    from formcheck.people.profile import profile_file

    profile_file(profile)
    orientation = options.orientation_of(rotate, mirror=mirror)
    if video is not None:
        _calibrate_from(video, profile, model, orientation, verbose=verbose)
        return
    if not no_window and (missing := display_missing()) is not None:
        raise OutputError(options.WITHOUT_WINDOW.format(missing=missing))
    address = given_camera(camera)
    engine_file = obtain(model)
    silence_native_messages(verbose=verbose)

    # Imported late: what is wrong with the words of the command should not wait for OpenCV.
    from formcheck.coaching.readings.calibration import Calibration
    from formcheck.pipeline.live.session import LiveOptions
    from formcheck.pipeline.live.session import calibrate as run
    from formcheck.stretches.files import load_stretches
    from formcheck.vision.engines import create_engine

    specs = {spec.name: spec for spec in load_stretches()}
    engine = create_engine(engine_file)
    calibration = Calibration(specs, muted=mute, traits=engine.traits)
    live_options = LiveOptions(
        plan="calibration",
        window=not no_window,
        full_screen=full_screen,
        muted=mute,
        voice=not no_voice,
        orientation=orientation,
    )
    with stoppable() as stop:
        size = run(
            address,
            engine,
            calibration,
            specs,
            live_options,
            tell=tell,
            stopped=stop.requested,
        )
        if calibration.baseline is not None:
            _save(profile, calibration.baseline, size)
    if stop.requested():
        sys.exit(stop.exit_code)
    if calibration.baseline is None:
        raise FormcheckError(wording.CALIBRATION_LEFT)


def _calibrate_from(clip: Path, profile: str, model: str | None, orientation: "Orientation", *, verbose: bool) -> None:
    """Take the baseline of `profile` from a video. Raises FormcheckError."""
    silence_native_messages(verbose=verbose)
    from formcheck.pipeline.readings.calibration import baseline_of_clip
    from formcheck.vision.video.read_options import ReadOptions

    _save(profile, *baseline_of_clip(clip, obtain(model), ReadOptions(orientation=orientation)))


def _save(name: str, baseline: "Baseline", size: tuple[int, int]) -> None:
    """Keep the baseline in the profile called `name`, and print it."""
    from formcheck.analysis.baseline.offsets import LIMIT, StraightPosture
    from formcheck.people.profile import keep_baseline

    path = keep_baseline(name, baseline, size)
    say(N_("Your baseline is kept in {path}.").format(path=path))
    for posture in StraightPosture:
        offsets = baseline.of(posture).offsets
        degrees = joined(", ", (joined(" ", (_PARTS[part], str(round(value)))) for part, value in offsets.items()))
        say("  " + _OFFSETS[posture].format(degrees=degrees))
        if beyond := [_PARTS[part] for part, value in offsets.items() if abs(value) > LIMIT]:
            say("  " + _BEYOND.format(limit=LIMIT, parts=joined(", ", beyond)))
