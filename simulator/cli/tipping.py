"""The command that says in which futures an option becomes worse than the rules as they are."""

# typer reads the annotations when the program runs, so they are not postponed here.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.computing import computing_asked, load_asked
from simulator.cli.giving import give
from simulator.cli.helping import help_key
from simulator.cli.options import (
    FullOption,
    JsonOption,
    LangOption,
    NoStoreOption,
    ScenarioArgument,
    SchedulerOption,
    SeedOption,
    StoreOption,
    StudyFolderOption,
    WorkersOption,
    WorkspaceOption,
    YearsOption,
    place_of,
    whole_number,
    words_of,
)
from simulator.cli.outputs import check_folder
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.terminal import say

if TYPE_CHECKING:
    from simulator.experiments.tipping.results import Tipping
    from simulator.presentation.numbers import Lang


def tipping_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    futures: Annotated[str | None, typer.Option("--futures", metavar="N", help=help_key("futures"))] = None,
    replications: Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("tipping-replications"))] = None,
    full: FullOption = False,
    output: StudyFolderOption = None,
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
    """Try every option in many futures, and print where it tips over and how often it meets its targets."""
    words, place = words_of(context, lang), place_of(context, workspace)
    from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
    from simulator.experiments.sensitivity.one_at_a_time import check_options
    from simulator.experiments.studies import keep_study
    from simulator.experiments.tipping.tipping import FUTURES, REPLICATIONS, find_tipping

    n_futures = whole_number("futures", futures, words) or FUTURES
    n_replications = whole_number("replications", replications, words) or REPLICATIONS
    asked = load_asked(scenario, place, words, years=years, seed=seed)
    computing = computing_asked(words, place, workers=workers, scheduler=scheduler, store=store, no_store=no_store)
    check_options(asked)
    if output is not None:
        check_folder(output)
    say(translate("cli.tipping.start", words, n=format_count(n_futures, words)))
    study = find_tipping(asked, computing, futures=n_futures, replications=n_replications, members=None if full else THINNED_MEMBERS)
    keep_study(computing.store, "tipping", asked, study)
    if output is not None:
        _write(study, output, words)
    give(study.to_json() if as_json else _told(study, words))


def _told(study: "Tipping", lang: "Lang") -> str:
    from simulator.presentation.results.tipping_table import map_table, tipping_table
    from simulator.presentation.results.tipping_words import say_option

    said = "\n".join(f"- {say_option(study, option, lang)}" for option in study.options)
    return f"{tipping_table(study, lang).to_text()}\n{said}\n\n{map_table(study, lang).to_text()}"


def _write(study: "Tipping", folder: Path, lang: "Lang") -> None:
    from simulator.cli.study_files import write_study
    from simulator.presentation.results.futures_map import draw_map
    from simulator.presentation.results.study_data import tipping_data
    from simulator.presentation.results.tipping_box import draw_box

    drawings = [drawing for option in study.options if (drawing := draw_box(study, option, lang)) is not None]
    write_study(folder, tipping_data(study), [*drawings, draw_map(study, lang)], lang)
