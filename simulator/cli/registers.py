"""The command about award registers: the indicators on real lists."""

# typer reads the annotations when the program runs, so they are not postponed here.

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.giving import give
from simulator.cli.helping import help_key
from simulator.cli.options import AwardOption, HeadcountOption, JsonOption, LangOption, SuccessionOption, WorkspaceOption, place_of, words_of
from simulator.errors import InputError


def measure_command(
    context: typer.Context,
    register: Annotated[Path, typer.Argument(metavar="REGISTER", help=help_key("register"))],
    headcount: HeadcountOption = None,
    succession: SuccessionOption = None,
    award: AwardOption = None,
    is_complete: Annotated[bool, typer.Option("--complete", help=help_key("complete"))] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=help_key("anonymous-measured"))] = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Measure an award register."""
    words = words_of(context, lang)
    from simulator.indicators.measurement import measure
    from simulator.presentation.registers.measurement_anonymity import anonymous_measurement
    from simulator.presentation.registers.measurement_table import measurement_table
    from simulator.presentation.terminal import follow_progress, say_findings
    from simulator.workbook.registers import read_register

    history = read_register(
        register,
        headcount=headcount,
        award=award,
        succession=succession,
        on_warning=lambda finding: say_findings([finding], words),
        workspace=workspace,
        is_complete=is_complete,
    )
    measurement = measure(history, progress=follow_progress(words, "cli.progress.measuring", is_patient=True))
    if anonymous:
        measurement = anonymous_measurement(measurement, history)
    if as_json:
        give(measurement.to_json().rstrip("\n") + "\n")
        return
    give(measurement_table(measurement, words, _title_of(measurement.award, context, workspace)).to_text())


def _title_of(award: str, context: typer.Context, workspace: Path | None) -> dict[str, str] | None:
    """Look up what the criteria call an award; a list can be measured without any law at hand."""
    from simulator.rules.award_names import award_title

    try:
        return award_title(award, place_of(context, workspace))
    except InputError:
        return None
