"""What commands take: options shared by several of them, and how their words are read.

Numbers and dates are read here and not by typer, which would take 7.0 for 7 and speak English about the rest.
"""

# typer reads the annotations when the program runs, so they are not postponed here.

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.presentation.i18n import translate
from simulator.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.presentation.numbers import Lang

RANGES = {
    "replications": (2, 1000),
    "years": (1, 50),
    "year": (1900, 2200),
    "seed": (0, 2**63 - 1),
    "workers": (1, 1024),
    "port": (1, 65535),
    "members": (100, 10_000_000),
}
"""Least and most of each number a command takes."""

# typer carries click inside since 0.16 and stands on it before: the class of usage errors is found through a name both offer.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]
AnyClickError: type[Exception] = UsageError.__mro__[1]


class Language(StrEnum):
    """Languages of the output."""

    VI = "vi"
    EN = "en"


@dataclass
class Given:
    """What stands before the name of a command, or holds for every command."""

    lang: "Lang"
    workspace: Path | None = None


def help_text(key: str, example: str = "") -> str:
    """Return a help text in both languages, Vietnamese first, with an example on a line of its own."""
    lines = [f"{translate(f'cli.help.{key}', lang)}" for lang in ("vi", "en")]
    if example:
        lines += ["\b\n" + "\n".join(translate("cli.example", lang, command=example) for lang in ("vi", "en"))]
    return "\n\n".join(lines) if example else " / ".join(lines)


LangOption = Annotated[Language | None, typer.Option("--lang", help=help_text("lang"))]
JsonOption = Annotated[bool, typer.Option("--json", help=help_text("json"))]
WorkspaceOption = Annotated[Path | None, typer.Option("--workspace", metavar="DIR", help=help_text("workspace"))]
ScenarioArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help=help_text("scenario"))]
ReplicationsOption = Annotated[str | None, typer.Option("--replications", metavar="N", help=help_text("replications"))]
YearsOption = Annotated[str | None, typer.Option("--years", metavar="N", help=help_text("years"))]
WorkersOption = Annotated[str | None, typer.Option("--workers", metavar="N", help=help_text("workers"))]
SchedulerOption = Annotated[str | None, typer.Option("--scheduler", metavar="ADDRESS", help=help_text("scheduler"))]
StoreOption = Annotated[Path | None, typer.Option("--store", metavar="DIR", help=help_text("store"))]
NoStoreOption = Annotated[bool, typer.Option("--no-store", help=help_text("no-store"))]
SeedOption = Annotated[str | None, typer.Option("--seed", metavar="N", help=help_text("seed"))]


def language_of(arguments: "Sequence[str]") -> "Lang":
    """Find the language asked for, also on a command line that is otherwise wrong."""
    wants_english = "--lang=en" in arguments or ("--lang", "en") in pairwise(arguments)
    return "en" if wants_english else "vi"


def words_of(context: typer.Context, lang: Language | None) -> "Lang":
    """Return the language given after the command, else the one given before it."""
    given: Given = context.obj
    return given.lang if lang is None else lang.value


def place_of(context: typer.Context, workspace: Path | None) -> Workspace:
    """Find the workspace named after the command, else the one named before it, else the one around the current folder."""
    return find_workspace(explicit=workspace or context.obj.workspace)


def folder_of_store(store: Path | None, no_store: bool, place: Workspace, lang: "Lang") -> Path | None:  # noqa: FBT001 - a switch of the command line
    """Return where results are kept: the folder named, else the one of the workspace; nowhere when that is asked for."""
    if no_store and store is not None:
        raise UsageError(translate("cli.usage.store", lang))
    return None if no_store else store or place.store


def read_date(text: str | None, lang: "Lang") -> datetime.date | None:
    """Read a date of the command line, written year-month-day and no other way."""
    if text is None:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise UsageError(translate("cli.usage.date", lang, found=text))
    return day


def whole_number(option: str, text: str | None, lang: "Lang") -> int | None:
    """Read a number of the command line: digits alone, within its range."""
    if text is None:
        return None
    least, most = RANGES[option]
    if re.fullmatch(r"[0-9]{1,19}", text) and least <= int(text) <= most:
        return int(text)
    raise UsageError(translate("cli.usage.number", lang, name=f"--{option}", least=str(least), most=str(most), found=text))
