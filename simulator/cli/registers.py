"""The command about award registers: the indicators on real lists."""

# typer reads the annotations when the program runs, so they are not postponed here.

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.giving import give
from simulator.cli.options import JsonOption, LangOption, WorkspaceOption, help_text, words_of


def measure_command(
    context: typer.Context,
    register: Annotated[Path, typer.Argument(metavar="REGISTER", help=help_text("register"))],
    headcount: Annotated[Path | None, typer.Option("--headcount", metavar="FILE", help=help_text("headcount"))] = None,
    award: Annotated[str | None, typer.Option("--award", metavar="ID", help=help_text("award"))] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,  # noqa: ARG001  # taken as by every command; a register needs no rules
) -> None:
    """Measure an award register."""
    words = words_of(context, lang)
    from simulator.indicators.measurement import measure
    from simulator.indicators.register import read_register
    from simulator.presentation.listing import measurement_table

    measurement = measure(read_register(register, headcount=headcount, award=award))
    give(measurement.to_json().rstrip("\n") + "\n" if as_json else measurement_table(measurement, words).to_text())
