"""The command line's shape: names, options, help texts. What they do lies in the modules they import."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from formcheck.core.version import __version__

app = typer.Typer(
    name="formcheck",
    help="A form checker for hip flexor and psoas stretches. Nothing leaves this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help costs half the time of a boxed one
    add_completion=False,
)
poses = typer.Typer(help="List, check and describe pose files.", invoke_without_command=True, rich_markup_mode=None)
app.add_typer(poses, name="poses")
routines = typer.Typer(help="List and check routines.", invoke_without_command=True, rich_markup_mode=None)
app.add_typer(routines, name="routines")
history = typer.Typer(help="Show or delete what was done.", invoke_without_command=True, rich_markup_mode=None)
app.add_typer(history, name="history")
profiles = typer.Typer(help="List or delete the profiles of people.", invoke_without_command=True, rich_markup_mode=None)
app.add_typer(profiles, name="profiles")
samples = typer.Typer(help="Check labelled clips.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(samples, name="samples")

ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="lite|full|heavy|FILE",
        help="The pose model, or a MediaPipe pose landmarker bundle (.task); also FORMCHECK_MODEL. Default: full.",
    ),
]


ProfileOption = Annotated[
    str | None, typer.Option("--profile", metavar="NAME", help="Whose baseline and range to go by, from `formcheck profiles`.")
]


class SideChoice(StrEnum):
    AUTO = "auto"
    LEFT = "left"
    RIGHT = "right"


class ShownSide(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class ModelName(StrEnum):
    LITE = "lite"
    FULL = "full"
    HEAVY = "heavy"


class OwnPart(StrEnum):
    TUNING = "tuning"
    TEST = "test"


class PartChoice(StrEnum):
    ALL = "all"
    TUNING = "tuning"
    TEST = "test"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


@app.command()
def score(
    paths: Annotated[
        list[Path], typer.Argument(metavar="CLIP|FOLDER...", help="Videos, photos, or folders of them.", show_default=False)
    ],
    pose: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="The stretch: a name from `formcheck poses`, or a pose file.")
    ] = "auto",
    side: Annotated[SideChoice, typer.Option(help="The side that is stretched.")] = SideChoice.AUTO,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE|-", help="Write the result as JSON, a line each of many clips; - is stdout."),
    ] = None,
    measures: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Write what was measured, a row for every judged frame.")
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(metavar="FILE.mp4", help="Write the clip with skeleton, angles, verdict and clock.")
    ] = None,
    every_frame: Annotated[
        bool,
        typer.Option("--every-frame", help="Look at every frame, with one core a clip: the reference, many times slower."),
    ] = False,
    jobs: Annotated[int, typer.Option(min=0, help="Processes at work; 0 is one for every core.")] = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with many clips: what --json FILE has already is not scored again.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Hand many clips to a Dask cluster, as tcp://HOST:8786.")
    ] = None,
    profile: ProfileOption = None,
    model: ModelOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Let the pose engine's own messages through.")] = False,
) -> None:
    """Score recorded stretches: what was held, for how long, and what to change."""
    if len(paths) > 1 or paths[0].is_dir() or resume or scheduler is not None:
        from formcheck.cli.commands.score import refuse_single, score_many

        several = len(paths) > 1 or paths[0].is_dir()
        why = "here are many" if several else "--resume is for many" if resume else "--scheduler is for many"
        refuse_single(why, measures=measures, annotate=annotate)
        score_many(
            paths,
            pose=pose,
            side=side.value,
            json=json,
            profile=profile,
            model=model,
            every_frame=every_frame,
            jobs=jobs,
            resume=resume,
            scheduler=scheduler,
            verbose=verbose,
        )
        return
    from formcheck.cli.commands.score import score_file

    score_file(
        paths[0],
        pose=pose,
        side=side.value,
        json=json,
        measures=measures,
        annotate=annotate,
        profile=profile,
        model=model,
        every_frame=every_frame,
        jobs=jobs,
        verbose=verbose,
    )


@app.command()
def live(
    pose: Annotated[
        str | None,
        typer.Argument(
            metavar="[POSE]",
            help="A stretch, a routine, or a file of one; `routine` is all three stretches. Default: any stretch.",
        ),
    ] = None,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="With `routine`: which one.", show_default=False)] = None,
    side: Annotated[SideChoice, typer.Option(help="The side to stretch; auto is both, in either order.")] = SideChoice.AUTO,
    camera: Annotated[
        str, typer.Option(metavar="N|DEVICE|URL", help="An index, a device path, or a stream address (http, rtsp).")
    ] = "0",
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help="Write the result as JSON; - is standard output.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE.mp4", help="Film the session. Without this nothing is recorded.")
    ] = None,
    mute: Annotated[bool, typer.Option("--mute", help="No sound; the m key changes it.")] = False,
    no_voice: Annotated[bool, typer.Option("--no-voice", help="Chimes only, no speech.")] = False,
    no_window: Annotated[bool, typer.Option("--no-window", help="By sound and voice alone.")] = False,
    full_screen: Annotated[bool, typer.Option("--full-screen", help="Fill the screen; the f key changes it.")] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Show rates and delays.")] = False,
    screen: Annotated[bool, typer.Option("--screen", help="Ask the safety questions again.")] = False,
    profile: ProfileOption = None,
    model: ModelOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Let the engine's own messages through.")] = False,
) -> None:
    """Stretch in front of the camera: set-up, countdown, hold timer, cues one can hear. Nothing leaves this machine."""
    from formcheck.cli.commands.live import live as run

    run(
        pose,
        name,
        side=side.value,
        camera=camera,
        json=json,
        record=record,
        mute=mute,
        voice=not no_voice,
        window=not no_window,
        full_screen=full_screen,
        stats=stats,
        screen=screen,
        profile=profile,
        model=model,
        verbose=verbose,
    )


@app.command()
def calibrate(
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="Whose baseline it is; `live` takes `default` where no other is named.")
    ] = "default",
    camera: Annotated[
        str, typer.Option(metavar="N|DEVICE|URL", help="An index, a device path, or a stream address (http, rtsp).")
    ] = "0",
    video: Annotated[
        Path | None, typer.Option(metavar="CLIP", help="Take it from a video of standing and lying instead of a camera.")
    ] = None,
    mute: Annotated[bool, typer.Option("--mute", help="No sound; the m key changes it.")] = False,
    no_voice: Annotated[bool, typer.Option("--no-voice", help="Chimes only, no speech.")] = False,
    no_window: Annotated[bool, typer.Option("--no-window", help="By sound and voice alone.")] = False,
    full_screen: Annotated[bool, typer.Option("--full-screen", help="Fill the screen; the f key changes it.")] = False,
    model: ModelOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Let the engine's own messages through.")] = False,
) -> None:
    """Take your baseline: three seconds of standing straight, side-on, and three of lying flat."""
    from formcheck.cli.commands.calibrate import calibrate as run
    from formcheck.cli.commands.calibrate import calibrate_from

    if video is not None:
        calibrate_from(video, profile=profile, model=model, verbose=verbose)
        return
    run(
        camera,
        profile=profile,
        mute=mute,
        voice=not no_voice,
        window=not no_window,
        full_screen=full_screen,
        model=model,
        verbose=verbose,
    )


@app.command()
def record(
    pose: Annotated[
        str,
        typer.Argument(metavar="POSE", help="The stretch, a file of one, or `none` for a clip without.", show_default=False),
    ],
    video: Annotated[
        Path | None,
        typer.Argument(metavar="[VIDEO]", help="Mark this clip; without it the camera films one.", show_default=False),
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="CODE", help="Who it is: a code such as p12, never a name.")] = None,
    side: Annotated[ShownSide | None, typer.Option(help="The side that is stretched, or both in turn.")] = None,
    yaw: Annotated[
        float | None,
        typer.Option(metavar="DEGREES", min=-180, max=180, help="The camera: 0 side-on, + towards the person's front."),
    ] = None,
    part: Annotated[
        OwnPart | None, typer.Option(help="What the clip is for; a new one is for tuning.", show_default=False)
    ] = None,
    camera: Annotated[
        str, typer.Option(metavar="N|DEVICE|URL", help="An index, a device path, or a stream address (http, rtsp).")
    ] = "0",
    out: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where clip and labels go. Default: beside the video; films go to clips/."),
    ] = None,
    full_screen: Annotated[bool, typer.Option("--full-screen", help="Fill the screen; the f key changes it.")] = False,
) -> None:
    """Make a labelled clip: film or take a video, and mark by key where the form is correct, which fault, unseen."""
    from formcheck.cli.commands.record import record as run

    run(
        pose,
        video,
        person=person,
        side=side.value if side else None,
        yaw_deg=yaw,
        part=part.value if part else None,
        camera=camera,
        out=out,
        full_screen=full_screen,
    )


@app.command()
def new(
    pose: Annotated[str, typer.Argument(metavar="POSE", help="What it is to be called, as standing_quad.", show_default=False)],
    clip: Annotated[
        Path, typer.Argument(metavar="CLIP", help="A video of somebody doing it right, from the side.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where it goes. Default: POSE.toml, here.", show_default=False)
    ] = None,
    side: Annotated[SideChoice, typer.Option(help="The side that is stretched in the clip.")] = SideChoice.AUTO,
    hold: Annotated[float, typer.Option(metavar="SECONDS", min=1, max=600, help="How long a side is to be held.")] = 30,
    model: ModelOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Let the pose engine's own messages through.")] = False,
) -> None:
    """Start a pose file of your own from a clip: ranges are proposed, the words are left to you."""
    from formcheck.cli.commands.new import run
    from formcheck.core.values import Side

    chosen = None if side is SideChoice.AUTO else Side(side.value)
    run(pose, clip, out=out, side=chosen, hold_s=hold, model=model, verbose=verbose)


@app.command()
def evaluate(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Labelled clips, or folders of them.", show_default=False)
    ],
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help="Write the figures as JSON; - is standard output.")
    ] = None,
    part: Annotated[PartChoice, typer.Option(help="Only the clips of one part.")] = PartChoice.ALL,
    jobs: Annotated[int, typer.Option(min=0, help="Clips at once; 0 is one for every core.")] = 0,
    model: ModelOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Let the pose engine's own messages through.")] = False,
) -> None:
    """Measure how true the numbers are, on labelled clips."""
    from formcheck.cli.commands.evaluate import evaluate as run

    run(paths, json=json, part=None if part is PartChoice.ALL else part.value, jobs=jobs, model=model, verbose=verbose)


@app.command()
def tune(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Labelled clips, or folders of them.", show_default=False)
    ],
    pose: Annotated[
        str | None, typer.Option(metavar="NAME|FILE", help="Tune this stretch alone: a name, or a pose file.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Draw the evidence: one file, readable without colour.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Put what is proposed into the pose file.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE.toml", help="Write a copy with what is proposed.")] = None,
    keep: Annotated[list[str] | None, typer.Option(metavar="MEASURE", help="Leave this measure alone.")] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="MEASURE", help="Tune this measure and no other.")] = None,
    allow_looser: Annotated[
        bool, typer.Option("--allow-looser", help="Let limits that guard the back become looser than the shipped ones.")
    ] = False,
    part: Annotated[PartChoice, typer.Option(help="tuning: all clips but those of the test part.")] = PartChoice.TUNING,
    jobs: Annotated[int, typer.Option(min=0, help="Clips at once; 0 is one for every core.")] = 0,
    model: ModelOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Let the pose engine's own messages through.")] = False,
) -> None:
    """Propose ranges and limits that fit labelled clips, checked on people left out. Writes nothing unless asked."""
    from formcheck.cli.commands.tune import run
    from formcheck.tuning.fitting import TuningConstraints

    wishes = TuningConstraints(keep=frozenset(keep or ()), only=frozenset(only or ()), allow_looser=allow_looser)
    run(
        paths,
        pose=pose,
        report=report,
        write=write,
        out=out,
        wishes=wishes,
        part=part.value,
        jobs=jobs,
        model=model,
        verbose=verbose,
    )


@samples.command("check")
def samples_check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Label files, or folders of them.", show_default=False)
    ],
    pose: Annotated[
        list[Path] | None, typer.Option(metavar="FILE.toml", help="A pose file of your own that labels speak of.")
    ] = None,
) -> None:
    """Check the labels of clips; every fault of every file is reported at once."""
    from formcheck.cli.commands.evaluate import check_samples

    check_samples(paths, pose or [])


@app.command()
def model(
    name: Annotated[ModelName, typer.Argument(help="Which one; lite is for slow machines.")] = ModelName.FULL,
    verbose: Annotated[bool, typer.Option("--verbose", help="Let the engine's own messages through.")] = False,
) -> None:
    """Fetch a pose model now, so that the first run needs no network."""
    from formcheck.cli.commands.model import fetch_model

    fetch_model(name.value, verbose=verbose)


@app.command()
def doctor(model: ModelOption = None) -> None:
    """Look at every part that a session needs, and say what is missing and how to put it right."""
    from formcheck.cli.commands.doctor import doctor as run

    if not run(model):
        raise typer.Exit(1)


@poses.callback()
def _poses(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        from formcheck.cli.commands.poses import list_poses

        list_poses()


@poses.command("check")
def poses_check(
    given: Annotated[list[str], typer.Argument(metavar="NAME|FILE...", help="Stretches or pose files.", show_default=False)],
) -> None:
    """Check pose files; every fault is reported at once."""
    from formcheck.cli.commands.poses import check_poses

    check_poses(given)


@poses.command("measures")
def poses_measures() -> None:
    """Print the table of measures that pose files can speak of."""
    from formcheck.cli.commands.poses import print_measures

    print_measures()


@poses.command("schema")
def poses_schema() -> None:
    """Print the JSON Schema of pose files, for editors."""
    from formcheck.cli.commands.poses import print_schema

    print_schema()


@routines.callback()
def _routines(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        from formcheck.cli.commands.poses import list_routines

        list_routines()


@routines.command("check")
def routines_check(
    given: Annotated[list[str], typer.Argument(metavar="NAME|FILE...", help="Routines or files of one.", show_default=False)],
) -> None:
    """Check routine files; every fault is reported at once."""
    from formcheck.cli.commands.poses import check_routines

    check_routines(given)


@history.callback()
def _history(
    context: typer.Context,
    last: Annotated[int, typer.Option(min=0, metavar="N", help="Show the last N sessions; 0 is all of them.")] = 10,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    profile: Annotated[str | None, typer.Option(metavar="NAME", help="Those of one person only.")] = None,
) -> None:
    if context.invoked_subcommand is None:
        from formcheck.cli.commands.history import show

        show(last or None, json=json, profile=profile)


@history.command("delete")
def history_delete(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete all that is kept about you: the history, the profiles, and your answers to the safety questions."""
    from formcheck.cli.commands.history import delete_all

    delete_all(yes=yes)


@profiles.callback()
def _profiles(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        from formcheck.cli.commands.profiles import list_profiles

        list_profiles()


@profiles.command("delete")
def profiles_delete(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which one.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a profile, and what was kept of that person's sessions."""
    from formcheck.cli.commands.profiles import delete_profile

    delete_profile(name, yes=yes)
