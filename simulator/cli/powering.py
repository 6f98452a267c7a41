"""The command that says what a list can show: turns, by its years and units; and which indicator of leader bias to monitor."""

# typer reads the annotations when the program runs, so they are not postponed here.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.computing import computing_asked, load_asked
from simulator.cli.giving import give
from simulator.cli.helping import help_key
from simulator.cli.options import (
    AwardOption,
    FullOption,
    HeadcountOption,
    JsonOption,
    LangOption,
    NoStoreOption,
    SchedulerOption,
    SeedOption,
    StoreOption,
    StudyFolderOption,
    UsageError,
    WorkersOption,
    WorkspaceOption,
    place_of,
    whole_number,
    words_of,
)
from simulator.cli.outputs import check_folder
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.terminal import say, say_findings

if TYPE_CHECKING:
    from simulator.experiments.power.results import Power
    from simulator.presentation.numbers import Lang


def power_command(
    context: typer.Context,
    scenario: Annotated[str | None, typer.Argument(metavar="SCENARIO", help=help_key("power-scenario"))] = None,
    register: Annotated[Path | None, typer.Option("--register", metavar="FILE", help=help_key("power-register"))] = None,
    headcount: HeadcountOption = None,
    award: AwardOption = None,
    replications: Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("power-replications"))] = None,
    full: FullOption = False,
    output: StudyFolderOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    store: StoreOption = None,
    no_store: NoStoreOption = False,
    seed: SeedOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Plant lists, ask every test of them, and print how often each raised an alarm."""
    words, place = words_of(context, lang), place_of(context, workspace)
    if (scenario is None) == (register is None):
        raise UsageError(translate("cli.usage.power-subject", words))
    from simulator.experiments.power.power import REPLICATIONS, power_of_register, power_of_scenario
    from simulator.experiments.scenarios.assumptions import load_assumptions
    from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
    from simulator.experiments.studies import keep_study
    from simulator.workbook.registers import read_register

    n = whole_number("replications", replications, words) or REPLICATIONS
    computing = computing_asked(words, place, workers=workers, scheduler=scheduler, store=store, no_store=no_store)
    if output is not None:
        check_folder(output)
    if scenario is not None:
        asked = load_asked(scenario, place, words, seed=seed)
        say(translate("cli.power.start", words, n=format_count(n, words)))
        power = power_of_scenario(asked, computing, replications=n, members=None if full else THINNED_MEMBERS)
        keep_study(computing.store, "power", asked, power)
    else:
        assert register is not None  # noqa: S101 - one of the two is given; this tells mypy
        history = read_register(
            register, headcount=headcount, award=award, on_warning=lambda finding: say_findings([finding], words), workspace=workspace
        )
        say(translate("cli.power.start", words, n=format_count(n, words)))
        behaviour = load_assumptions(place).behaviour({})
        power = power_of_register(history, behaviour, computing, seed=whole_number("seed", seed, words) or 0, replications=n)
    if output is not None:
        _write(power, output, words)
    give(power.to_json() if as_json else _told(power, words))


def _told(power: "Power", lang: "Lang") -> str:
    from simulator.presentation.results.bias_trial import bias_table, say_bias
    from simulator.presentation.results.power_table import grid_table, needed_table, say_power

    parts = [needed_table(power, lang).to_text(), f"- {say_power(power, lang)}\n", grid_table(power, lang).to_text()]
    parts += [bias_table(power, lang).to_text(), f"- {say_bias(power, lang)}\n"]
    return "\n".join(parts)


def _write(power: "Power", folder: Path, lang: "Lang") -> None:
    from simulator.cli.study_files import write_study
    from simulator.presentation.results.bias_trial import draw_bias
    from simulator.presentation.results.power_figure import draw_power
    from simulator.presentation.results.study_data import power_data

    write_study(folder, power_data(power), [draw_power(power, lang), draw_bias(power, lang)], lang)
