"""The command line: its commands in their groups, and the one place where errors become a sentence and an exit code.

A command's module declares its options, and is imported where the command is named or listed; what it needs to work is
imported when it runs, for `formcheck --help` must be instant. A command's docstring is its help: people read it.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer

from formcheck.cli.addresses import check_words
from formcheck.cli.help import HelpfulCommand, HelpfulGroup, said
from formcheck.cli.terminal import say, take_any_text, tell_error
from formcheck.core import wording
from formcheck.core.errors import FormcheckError
from formcheck.core.version import __version__
from formcheck.core.wording.language import N_, NP_, joined, shown
from formcheck.system.files import DISK_ERRORS, NAME_ERRORS
from formcheck.system.languages import LANGUAGE_OPTION, LANGUAGE_VARIABLE, speak_language
from formcheck.system.signals import Interrupted, StopRequest, interruptible, work_is_done

_ClickError: Any = next(one for one in typer.BadParameter.__mro__ if one.__name__ == "ClickException")
"""Of the command line itself; typer has it from click, or of late from a copy of its own."""

_INTERRUPTED = 130
"""What typer makes of an interruption that no command has met."""

_COMMANDS: Mapping[str, Mapping[str, str]] = {
    N_("Stretch"): {
        "app": "app",
        "live": "live",
        "calibrate": "calibrate",
        "check": "check",
        "sit": "sit",
        "routines": "poses",
        "history": "history",
    },
    NP_("a group of commands", "Score"): {"score": "score", "compare": "compare", "poses": "poses"},
    N_("Label and tune"): {
        "new": "new",
        "record": "record",
        "tune": "tune",
        "evaluate": "evaluate",
        "samples": "evaluate",
    },
    N_("Manage"): {"model": "model", "doctor": "doctor", "data": "data", "profiles": "profiles"},
}
"""Every command by its group and its name, with its module in `cli/commands`, where it is called so, too."""

_EXAMPLES: Mapping[str, str] = {
    "app": "app\napp --port 8200 --no-open",
    "live": "live kneeling_hip_flexor\nlive routine --profile anna\nlive --camera http://192.168.1.20:8080/video",
    "calibrate": "calibrate --profile anna\ncalibrate --video standing_and_lying.mp4",
    "check": "check\ncheck thomas --video table.mp4 --answers back_flat=yes --level 1.5",
    "routines": "routines\nroutines check evening.toml",
    "sit": "sit\nsit --every 60 --for 8h\nsit --video desk.mp4 --json day.json",
    "history": "history --since 4w\nhistory show 3f2a\nhistory report --out mine.html\nhistory export mine.csv",
    "score": (
        "score clip.mp4\nscore clip.mp4 --pose kneel --annotate drawn.mp4\n"
        "score clips --json scores.jsonl --annotate drawn --measures tables"
    ),
    "compare": "compare today.mp4 before.mp4\ncompare me.mp4 shown.mp4 --report two.html --no-video",
    "poses": "poses\nposes check mine.toml\nposes measures",
    "new": "new standing_quad clip.mp4",
    "record": "record kneeling_hip_flexor --person p12\nrecord kneeling_hip_flexor clip.mp4",
    "samples": "samples check clips",
    "tune": "tune clips --pose kneeling_hip_flexor --report tuning.html",
    "evaluate": "evaluate samples --part test",
    "data": "data\ndata delete landmarks\ndata delete all",
    "profiles": "profiles\nprofiles delete anna",
    "model": "model full",
    "doctor": "doctor\ndoctor --camera http://192.168.1.20:8080/video",
}


class _Commands(Mapping[str, Any]):
    """The commands by their names, each made where it is asked for: to make all takes longer than most of them run."""

    def __getitem__(self, name: str) -> Any:
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return (name for commands in _COMMANDS.values() for name in commands)

    def __len__(self) -> int:
        return sum(map(len, _COMMANDS.values()))


@cache
def _command(name: str) -> Any:
    """Make the command that is called so. Raises KeyError where there is none."""
    panel, module = next(((panel, named[name]) for panel, named in _COMMANDS.items() if name in named), (None, ""))
    if panel is None:
        raise KeyError(name)
    made = getattr(import_module(f"{__name__}.commands.{module}"), name)
    alone = typer.Typer(cls=HelpfulGroup, rich_markup_mode=None, pretty_exceptions_enable=False)
    if isinstance(made, typer.Typer):
        alone.add_typer(made, name=name, cls=HelpfulGroup, epilog=_EXAMPLES[name], rich_help_panel=panel)
    else:
        alone.command(name, cls=HelpfulCommand, epilog=_EXAMPLES[name], rich_help_panel=panel)(made)
        alone.callback()(lambda: None)  # one alone would be no group
    group: Any = typer.main.get_group(alone)
    return group.commands[name]


class _Program(HelpfulGroup):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands: Any = _Commands()


app = typer.Typer(
    name="formcheck",
    cls=_Program,
    help=N_("A form checker for hip flexor and psoas stretches. Pictures stay on this machine."),
    epilog="live kneeling_hip_flexor\nscore clip.mp4\nscore --help",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help costs half the time of a boxed one
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line, and exit."""
    take_any_text()
    with interruptible() as request:
        try:
            code = _run(request)
        except SystemExit as leaving:
            code = leaving.code
        _tell_copies()
        if request.requested():
            code = request.exit_code  # a library that meets an interruption may make an exit code of its own of it
        number = code if isinstance(code, int) else int(code is not None)
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):
            os._exit(number)  # a terminal or pipe that was closed, which would fail again
        work_is_done(number)
    sys.exit(code)


def _run(request: StopRequest) -> int | str | None:
    """Run the command; return its exit code."""
    try:
        check_words(sys.argv[1:])
        code: int | None = app(prog_name="formcheck", standalone_mode=False)
        if request.requested() and code == _INTERRUPTED:
            _fail(wording.STOPPED_EARLY, code=request.exit_code)
    except FormcheckError as error:
        _fail(*error.lines, code=error.exit_code)
    except _ClickError as error:
        _fail_usage(error)
    except Interrupted as interrupted:
        _fail(wording.STOPPED_EARLY, code=interrupted.exit_code)
    except typer.Abort:
        if request.requested():
            _fail(wording.STOPPED_EARLY, code=request.exit_code)
        _fail(N_("There was no answer, so nothing was done."), code=1)
    except BrokenPipeError:
        # What reads the output has had enough, as in `formcheck poses | head`.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno in NAME_ERRORS and error.filename is not None:
            unusable = N_("{file}: cannot be used ({reason}). Give another name.")
            _fail(unusable.format(file=error.filename, reason=error.strerror), code=1)
        if error.errno not in DISK_ERRORS:
            raise
        tell_error(N_("The result cannot be written ({reason}).").format(reason=error.strerror))
        os._exit(request.exit_code if request.requested() else 1)  # what is left in the buffers would fail again
    return code or 0


def _tell_copies() -> None:
    """Tell which copies of an older history were kept meanwhile: once, for it is migrated once."""
    database = sys.modules.get("formcheck.people.history.database")
    while database is not None and database.copies_kept:
        if (copy := database.copies_kept.pop(0)).exists():  # the command may have been to delete it
            say(wording.HISTORY_COPIED.format(path=copy), stderr=True)


def _fail(*lines: str, code: int) -> NoReturn:
    tell_error(*lines)
    sys.exit(code)


def _fail_usage(error: Any) -> NoReturn:
    """Tell what is wrong with the words of the command line, and where its help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message())
        sys.exit(error.exit_code)
    sentence = said(" ".join(error.format_message().split()))
    if details := getattr(error.__cause__, "errors", None):  # pydantic's, by which typer checks values of late
        from formcheck.stretches.validation import describe_fault

        named = error.param.get_error_hint().replace("'", "")
        what = describe_fault(details()[0])
        sentence = joined("", (named, ": ", said(what) if what.endswith(".") else what + "."))
    context = getattr(error, "ctx", None)
    if context is not None:
        sentence = _before_the_command(getattr(error, "option_name", None), context) or sentence
        sentence = N_("{what} `{command} --help` tells more.").format(what=sentence, command=context.command_path)
    _fail(sentence, code=error.exit_code)


def _before_the_command(option: str | None, context: Any) -> str | None:
    """Return where an option of the whole program goes that was given to a command, which has none such; `None` for another."""
    root = context.find_root()
    known = next((one for one in root.command.params if option in one.opts), None)
    if known is None or context is root:
        return None
    words = [root.command_path, option, *([known.metavar] if known.metavar else [])]
    command = " ".join(words) + context.command_path.removeprefix(root.command_path)
    return N_("{option} is for all commands and goes before them: `{command}`.").format(option=option, command=command)


def _print_version(requested: bool) -> None:
    if requested:
        print(f"formcheck {__version__}")
        raise typer.Exit


def _check_language(given: str | None) -> str | None:
    try:
        speak_language(given)
    except FormcheckError as error:
        raise typer.BadParameter(shown(error.lines[0])) from None
    return given


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=N_("Print the version and exit."))
    ] = False,
    language: Annotated[
        str | None,
        typer.Option(
            LANGUAGE_OPTION,
            callback=_check_language,
            is_eager=True,
            envvar=LANGUAGE_VARIABLE,
            show_envvar=False,
            metavar="CODE",
            help=N_("Speak this language: en, de. FORMCHECK_LANGUAGE does the same. JSON and CSV stay English."),
        ),
    ] = None,
) -> None:
    pass
