"""The help of a command: one page in one language, each option with its default, and one example that can be typed as it stands.

typer makes help of its own, with English headings and without the defaults that are only found while a command runs. Here the page is made of what typer
knows of the command (its options and arguments) and of the catalogue (all words). The help of a parameter is therefore a key of the catalogue.
"""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from simulator.presentation.i18n import catalogue, translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.presentation.numbers import Lang

_HELP = "cli.help."
_WIDEST = 100
_WIDEST_NAME = 24


class HelpedCommand(TyperCommand):
    """A command whose help is one page in the language asked for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words after the command; a mistake in them knows which command it was made in."""
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                vars(error)["ctx"] = ctx
            raise

    def get_help(self, ctx: Any) -> str:
        """Make the page."""
        return help_page(self, ctx)


class HelpedGroup(TyperGroup):
    """All commands; the page lists them."""

    def get_help(self, ctx: Any) -> str:
        """Make the page."""
        return help_page(self, ctx)


def help_key(key: str) -> str:
    """Return the key of a help text in the catalogue: where a command is declared, it stands for the words."""
    return _HELP + key


def help_page(command: Any, context: Any) -> str:
    """Make the help of a command.

    Parameters
    ----------
    command
        The command as typer built it; its help, and that of its parameters, are keys of the catalogue, its epilog is the example.
    context
        The context of the command, which knows the language asked for and what the program was called.
    """
    lang: Lang = context.obj.lang
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    arguments = [(each.metavar, described(each, lang)) for each in command.params if each.param_type_name == "argument"]
    options = [(_option_name(each), described(each, lang)) for each in command.params if each.param_type_name == "option"]
    options.append(("-h, --help", translate("cli.help.help", lang)))
    commands = [(name, translate(each.help, lang)) for name, each in getattr(command, "commands", {}).items()]
    typed = [context.command_path, translate("cli.help.options-go-here", lang), *(name for name, _ in arguments)]
    usage = " ".join([*typed, translate("cli.help.command-goes-here", lang)] if commands else typed)
    program = context.find_root().command_path
    lines = [
        translate("cli.help.usage", lang, usage=usage),
        "",
        *textwrap.wrap(translate(command.help, lang), width, initial_indent="  ", subsequent_indent="  "),
        "",
        translate("cli.example", lang, command=f"{program} {command.epilog}"),
    ]
    for heading, rows in (("cli.help.commands", commands), ("cli.help.arguments", arguments), ("cli.help.options", options)):
        if rows:
            lines += ["", translate(heading, lang), *_two_columns(rows, width)]
    return "\n".join(lines)


def described(parameter: Any, lang: Lang) -> str:
    """Say what a parameter is for, and what holds when it is not given."""
    sentence = translate(parameter.help, lang)
    if parameter.required:
        return f"{sentence} {translate('cli.help.required', lang)}"
    key = "cli.default." + parameter.help.removeprefix(_HELP)
    words = translate("cli.default.off" if key not in catalogue(lang) and parameter.is_flag else key, lang)
    return f"{sentence} {translate('cli.help.default', lang, default=words)}"


def _option_name(option: Any) -> str:
    return ", ".join(option.opts) + (f" {option.metavar}" if not option.is_flag else "")


def _two_columns(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Set names before their texts; a text goes below a name that is too long to stand before it."""
    indent = min(max(len(name) for name, _ in rows), _WIDEST_NAME) + 4
    for name, text in rows:
        first = f"  {name}".ljust(indent)
        if len(first) > indent:
            yield first
            first = " " * indent
        yield from textwrap.wrap(text, width, initial_indent=first, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
