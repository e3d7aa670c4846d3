"""Help as people read it: commands in groups, each with its whole first sentence, no names of types, and examples.

What typer and click say by themselves is known by its English form, whichever of their releases it is of.
"""

import re
from functools import cache
from string import Formatter
from typing import Any

from typer.core import TyperCommand, TyperGroup

from formcheck.core.wording.language import N_, Sentence, shown

_SAID = (
    N_("Invalid value for {name}: {why}"),
    N_("Invalid value: {why}"),
    N_("No such option: {name} (Possible options: {options})."),
    N_("No such option: {name}. Did you mean {options}?"),
    N_("No such option: {name}."),
    N_("No such command {name}. Did you mean {commands}?"),
    N_("No such command {name}."),
    N_("Missing command."),
    N_("Missing argument {name}. Choose from: {choices}."),
    N_("Missing argument {name}."),
    N_("Missing option {name}. Choose from: {choices}."),
    N_("Missing option {name}."),
    N_("Option {name} requires an argument."),
    N_("Option {name} requires {count} arguments."),
    N_("Option {name} does not take a value."),
    N_("Argument {name} takes {count} values."),
    N_("Got unexpected extra argument(s) ({words})."),
    N_("Got unexpected extra argument ({words})."),
    N_("Got unexpected extra arguments ({words})."),
    N_("{given} is not a valid integer range."),
    N_("{given} is not a valid integer."),
    N_("{given} is not a valid float."),
    N_("{given} is not in the range {range}."),
    N_("{given} is not one of {choices}."),
    N_("default: {value}"),
    N_("required"),
    N_("env var: {name}"),
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""Where two fit, the first is meant. What fills `{why}` is a message of its own. They may lack a full stop."""

_RANGES = (
    (re.compile(r"(?P<least>\S+)<=x<=(?P<most>\S+)"), N_("{least} to {most}")),
    (re.compile(r"x>=(?P<least>\S+)"), N_("{least} or more")),
)


class _Spoken:
    """A command with its help in the language that is spoken: it is known by its English text."""

    _help: str | None

    def _read(self) -> str | None:
        return _in_words(self._help) if self._help is not None else None

    def _write(self, text: str | None) -> None:
        self._help = text

    help = property(_read, _write)

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        # Braces around what is required are typer's own; nobody else writes them.
        pieces = [piece.replace("{", "").replace("}", "") for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), shown(N_("Usage: ")))


class HelpfulCommand(_Spoken, TyperCommand):
    """A command. Its `epilog` has examples, a line each, without the program's name."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_parameters(self.get_params(ctx), ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        _write_examples(self.epilog, formatter)


class HelpfulGroup(_Spoken, TyperGroup):
    """A group of commands. One that has `list` or `show` does that where no command is named, with the options of it."""

    @property
    def default(self) -> Any:
        return next((command for name in ("list", "show") if (command := self.commands.get(name))), None)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        option = bool(args) and args[0].startswith("-") and args[0] not in ctx.help_option_names
        if self.default is not None and (option or not (args or ctx.resilient_parsing)):
            args = [self.default.name, *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        parameters = self.get_params(ctx)
        if self.default is not None:
            own = [parameter for parameter in self.default.get_params(ctx) if parameter.param_type_name == "option"]
            parameters = [*(one for one in own if one.name != "help"), *parameters]
        _write_parameters(parameters, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            # Cut nowhere: what does not fit into the line goes on in the next.
            row = name, command.get_short_help_str(limit=1000)
            sections.setdefault(getattr(command, "rich_help_panel", None) or N_("Commands"), []).append(row)
        width = max(len(name) for name in self.commands)
        for title, rows in sections.items():
            with formatter.section(shown(title)):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        _write_examples(self.epilog, formatter)


def _write_parameters(parameters: list[Any], ctx: Any, formatter: Any) -> None:
    for kind, title in (("argument", N_("Arguments")), ("option", N_("Options"))):
        rows = [
            (_without_type(parameter, record[0]), _described(parameter.help or "", record[1]))
            for parameter in parameters
            if parameter.param_type_name == kind and (record := parameter.get_help_record(ctx)) is not None
        ]
        if rows:
            with formatter.section(shown(title)):
                formatter.write_dl(rows)


def _without_type(parameter: Any, name: str) -> str:
    """The name of a parameter; a type of the code after it is no news to people where the name itself says what is meant."""
    return name.partition(" <")[0] if parameter.metavar else name


def _described(own: str, text: str) -> str:
    """What a parameter is for: its `own` help, and what typer puts after that, in brackets."""
    extra = text.removeprefix(own).strip()
    more = "; ".join(shown(said(part)) for part in extra[1:-1].split("; "))
    return _in_words(own) + (f"  [{more}]" if extra else "")


def _in_words(text: str) -> str:
    """The help of a command or option in the language that is spoken. Typer keeps it as plain text, by which it is found."""
    return shown(Sentence(text))


def _write_examples(examples: str | None, formatter: Any) -> None:
    if examples:
        with formatter.section(shown(N_("Examples"))):
            for example in examples.splitlines():  # never folded: they are there to be copied
                formatter.write(f"{'':{formatter.current_indent}}formcheck {example}\n")


def said(message: str) -> str:
    """Return a message of typer or click as a sentence of this program; one that is not known as it is."""
    for pattern, sentence in (*_patterns(), *_RANGES):
        if found := pattern.fullmatch(message):
            return sentence.format(**{name: said(text) if name == "why" else text for name, text in found.groupdict().items()})
    return message


@cache
def _patterns() -> list[tuple[re.Pattern[str], Sentence]]:
    return [(re.compile("".join(map(_as_pattern, Formatter().parse(one)))), one) for one in _SAID]


def _as_pattern(part: tuple[str, str | None, str | None, str | None]) -> str:
    return re.escape(part[0]).replace(r"\.", r"\.?") + (f"(?P<{part[1]}>.+?)" if part[1] else "")
