"""What commands take: options shared by several of them, and how their words are read.

Numbers and dates are read here and not by typer, which would take 7.0 for 7 and speak English about the rest.
"""

# typer reads the annotations when the program runs, so they are not postponed here.

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from simulator.cli.helping import help_key
from simulator.presentation.i18n import translate
from simulator.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.presentation.numbers import Lang

RANGES = {
    "replications": (2, 1000),
    "at-most": (2, 1000),
    "years": (1, 50),
    "year": (1900, 2200),
    "seed": (0, 2**63 - 1),
    "workers": (1, 1024),
    "port": (1, 65535),
    "members": (100, 10_000_000),
    "futures": (50, 10_000),
}
"""Least and most of each number a command takes."""

LANGUAGES: tuple["Lang", ...] = ("vi", "en")
"""Languages of the output."""

Choice = TypeVar("Choice", bound=str)

# typer carries click inside since 0.16 and stands on it before: the class of usage errors is found through a name both offer.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]
AnyClickError: type[Exception] = UsageError.__mro__[1]


@dataclass
class Given:
    """What stands before the name of a command, or holds for every command."""

    lang: "Lang"
    workspace: Path | None = None


LangOption = Annotated[str | None, typer.Option("--lang", metavar="vi|en", help=help_key("lang"))]
JsonOption = Annotated[bool, typer.Option("--json", help=help_key("json"))]
WorkspaceOption = Annotated[Path | None, typer.Option("--workspace", metavar="DIR", help=help_key("workspace"))]
ScenarioArgument = Annotated[str, typer.Argument(metavar="SCENARIO", help=help_key("scenario"))]
ReplicationsOption = Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("replications"))]
ComparedReplicationsOption = Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("compared-replications"))]
AtMostOption = Annotated[str | None, typer.Option("--at-most", metavar="N", help=help_key("at-most"))]
YearsOption = Annotated[str | None, typer.Option("--years", metavar="N", help=help_key("years"))]
WorkersOption = Annotated[str | None, typer.Option("--workers", metavar="N", help=help_key("workers"))]
SchedulerOption = Annotated[str | None, typer.Option("--scheduler", metavar="ADDRESS", help=help_key("scheduler"))]
StoreOption = Annotated[Path | None, typer.Option("--store", metavar="DIR", help=help_key("store"))]
NoStoreOption = Annotated[bool, typer.Option("--no-store", help=help_key("no-store"))]
FullOption = Annotated[bool, typer.Option("--full", help=help_key("full"))]
StudyFolderOption = Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=help_key("output-study"))]
HeadcountOption = Annotated[Path | None, typer.Option("--headcount", metavar="FILE", help=help_key("headcount"))]
SuccessionOption = Annotated[Path | None, typer.Option("--succession", metavar="FILE", help=help_key("succession"))]
AwardOption = Annotated[str | None, typer.Option("--award", metavar="ID", help=help_key("award"))]
SeedOption = Annotated[str | None, typer.Option("--seed", metavar="N", help=help_key("seed"))]


def language_of(arguments: "Sequence[str]", default: str | None = None) -> "Lang":
    """Find the language asked for, also on a command line that is otherwise wrong; the last word on it counts.

    Parameters
    ----------
    arguments
        The words of the command line.
    default
        The language where the line names none, as the environment says it; Vietnamese where it says none that is known.
    """
    asked = default
    for position, word in enumerate(arguments):
        if word == "--lang":
            asked = next(iter(arguments[position + 1 :]), None)
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    return "en" if asked == "en" else "vi"


def words_of(context: typer.Context, lang: str | None) -> "Lang":
    """Return the language given after the command, else the one given before it."""
    given: Given = context.obj
    return given.lang if lang is None else read_choice("--lang", lang, LANGUAGES, given.lang)


def read_choice(name: str, text: str, known: "Sequence[Choice]", lang: "Lang") -> "Choice":
    """Read a word of the command line that must be one of a few."""
    for each in known:
        if text == each:
            return each
    raise UsageError(translate("cli.usage.choice", lang, name=name, found=text, known=", ".join(known)))


def read_list(name: str, text: str | None, known: "Sequence[Choice]", lang: "Lang") -> list["Choice"]:
    """Read words parted by commas, each one of a few: in the order in which they were typed, none twice."""
    return [] if text is None else list(dict.fromkeys(read_choice(name, word.strip(), known, lang) for word in text.split(",")))


def place_of(context: typer.Context, workspace: Path | None) -> Workspace:
    """Find the workspace named after the command, else the one named before it, else the one around the current folder."""
    return find_workspace(explicit=workspace or context.obj.workspace)


def folder_of_store(store: Path | None, no_store: bool, place: Workspace, lang: "Lang") -> Path | None:  # noqa: FBT001 - a switch of the command line
    """Return where results are kept: the folder named, else the one of the workspace; nowhere when that is asked for."""
    if no_store and store is not None:
        raise UsageError(translate("cli.usage.store", lang))
    return None if no_store else store or place.store


def check_replications(replications: str | None, at_most: str | None, lang: "Lang") -> None:
    """Refuse a number that is fixed together with one that is only the most."""
    if replications is not None and at_most is not None:
        raise UsageError(translate("cli.usage.replications-or-at-most", lang))


def read_date(text: str | None, lang: "Lang") -> datetime.date | None:
    """Read a date of the command line, written year-month-day; in Vietnamese also day/month/year, which in English could be month/day/year."""
    if text is None:
        return None
    written = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text) if lang == "vi" else None
    iso = f"{written[3]}-{written[2]:0>2}-{written[1]:0>2}" if written else text
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        day = None
    if day is None or day.isoformat() != iso:
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
