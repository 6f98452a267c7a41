"""The command that says what a result depends on."""

# typer reads the annotations when the program runs, so they are not postponed here.

from typing import Annotated

import typer

from simulator.cli.computing import computing_of, load_asked
from simulator.cli.giving import give
from simulator.cli.helping import help_key
from simulator.cli.options import (
    JsonOption,
    LangOption,
    NoStoreOption,
    ScenarioArgument,
    SchedulerOption,
    SeedOption,
    StoreOption,
    WorkersOption,
    WorkspaceOption,
    YearsOption,
    folder_of_store,
    place_of,
    whole_number,
    words_of,
)
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.terminal import say


def sensitivity_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    replications: Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("sensitivity-replications"))] = None,
    full: Annotated[bool, typer.Option("--full", help=help_key("full"))] = False,
    years: YearsOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    store: StoreOption = None,
    no_store: NoStoreOption = False,
    seed: SeedOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Try each assumption at both ends of its range, print them ranked, and keep the study for reports."""
    words, place = words_of(context, lang), place_of(context, workspace)
    from simulator.experiments.sensitivity import REPLICATIONS, check_options, find_sensitivity
    from simulator.experiments.studies import keep_study
    from simulator.experiments.thinning import THINNED_MEMBERS
    from simulator.presentation.results.sensitivity_table import draw_sensitivity, usual_table

    n_replications = whole_number("replications", replications, words) or REPLICATIONS
    asked = load_asked(scenario, place, words, years=years, seed=seed)
    computing = computing_of(words, workers, scheduler, folder_of_store(store, no_store, place, words))
    check_options(asked)
    ranged = sum(number.low < number.high for number in asked.assumptions.numbers.values())
    say(translate("cli.sensitivity.start", words, n=format_count(ranged, words)))
    study = find_sensitivity(asked, computing, replications=n_replications, members=None if full else THINNED_MEMBERS)
    keep_study(computing.store, "sensitivity", asked, study)
    tables = (draw_sensitivity(study, words), usual_table(study, words))
    give(study.to_json() if as_json else "\n".join(table.to_text() for table in tables))
