"""`formcheck calibrate`: a baseline from the camera or from a video, kept in a profile."""

import sys
from datetime import datetime
from pathlib import Path

from formcheck.analysis.baseline import LIMIT, Baseline, StraightPosture
from formcheck.cli.commands.model import obtain
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.people.profile import Profile, profile_file, save_profile
from formcheck.stretches.files import load_stretches
from formcheck.system.display import display_missing
from formcheck.system.native_log import silence_native_messages
from formcheck.system.signals import stoppable


def calibrate(
    camera: str,
    *,
    profile: str,
    mute: bool,
    voice: bool,
    window: bool,
    full_screen: bool,
    model: str | None,
    verbose: bool,
) -> None:
    """Take a baseline in front of the camera. Raises FormcheckError; exits with 130 or 143 when it was broken off."""
    profile_file(profile)
    if window and (missing := display_missing()) is not None:
        raise OutputError(f"{missing} Without a window: --no-window, by sound and voice alone.")
    from formcheck.vision.camera import parse_camera

    address = parse_camera(camera)
    engine_file = obtain(model)
    if not verbose:
        silence_native_messages()

    # Imported late: what is wrong with the words of the command should not wait for OpenCV.
    from formcheck.coaching.calibration import Calibration
    from formcheck.pipeline.live.session import calibrate as run
    from formcheck.vision.engines import create_engine

    specs = {spec.name: spec for spec in load_stretches()}
    calibration = Calibration(specs, muted=mute)
    with stoppable() as stop:
        size = run(
            address,
            create_engine(engine_file),
            calibration,
            specs,
            window=window,
            full_screen=full_screen,
            voice=voice,
            tell=lambda text: print(text, file=sys.stderr, flush=True),
            stopped=stop.requested,
        )
    if calibration.baseline is not None:
        _keep(profile, calibration.baseline, size)
    if stop.signal is not None:
        sys.exit(128 + stop.signal)
    if calibration.baseline is None:
        raise FormcheckError("Nothing was kept: the calibration was left before both postures were taken.")


def calibrate_from(clip: Path, *, profile: str, model: str | None, verbose: bool) -> None:
    """Take a baseline from a video. Raises FormcheckError."""
    profile_file(profile)
    if not verbose:
        silence_native_messages()
    from formcheck.pipeline.calibration import baseline_of_clip

    _keep(profile, *baseline_of_clip(clip, obtain(model)))


def _keep(name: str, baseline: Baseline, size: tuple[int, int]) -> None:
    path = save_profile(name, Profile.of(baseline, taken=datetime.now().astimezone().replace(microsecond=0), camera=size))
    print(f"Your baseline is kept in {path}.")
    for posture in StraightPosture:
        offsets = baseline.of(posture).offsets
        told = ", ".join(f"{part.replace('_', ' ')} {round(value)}" for part, value in offsets.items())
        print(f"  {posture.capitalize()}, degrees off: {told}.")
        if beyond := [part.replace("_", " ") for part, value in offsets.items() if abs(value) > LIMIT]:
            print(f"  More than {LIMIT:.0f} degrees off, of which {LIMIT:.0f} are subtracted: {', '.join(beyond)}.")
