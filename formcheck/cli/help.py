"""Help as people read it: commands in groups, each with its whole first sentence, no names of types, and examples."""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

_RANGES = ((r"(\S+)<=x<=([^\]\s]+)", r"\1 to \2"), (r"x>=([^\]\s]+)", r"\1 or more"))


class HelpfulCommand(TyperCommand):
    """A command. Its `epilog` has examples, a line each, without the program's name."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        # Braces around what is required are typer's own; nobody else writes them.
        return [piece.replace("{", "").replace("}", "") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_parameters(self.get_params(ctx), ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        _write_examples(self.epilog, formatter)


class HelpfulGroup(TyperGroup):
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
            sections.setdefault(getattr(command, "rich_help_panel", None) or "Commands", []).append(row)
        width = max(len(name) for name in self.commands)
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, text in rows])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        _write_examples(self.epilog, formatter)


def _write_parameters(parameters: list[Any], ctx: Any, formatter: Any) -> None:
    for kind, title in (("argument", "Arguments"), ("option", "Options")):
        rows = [
            (_without_type(parameter, record[0]), _in_words(record[1]))
            for parameter in parameters
            if parameter.param_type_name == kind and (record := parameter.get_help_record(ctx)) is not None
        ]
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows)


def _without_type(parameter: Any, name: str) -> str:
    """The name of a parameter; a type of the code after it is no news to people where the name itself says what is meant."""
    return name.partition(" <")[0] if parameter.metavar else name


def _in_words(text: str) -> str:
    for pattern, words in _RANGES:
        text = re.sub(pattern, words, text)
    return text


def _write_examples(examples: str | None, formatter: Any) -> None:
    if examples:
        with formatter.section("Examples"):
            for example in examples.splitlines():  # never folded: they are there to be copied
                formatter.write(f"{'':{formatter.current_indent}}formcheck {example}\n")
