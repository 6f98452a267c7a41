"""The command that says in which futures an option becomes worse than the rules as they are."""

# typer reads the annotations when the program runs, so they are not postponed here.

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    full: Annotated[bool, typer.Option("--full", help=help_key("full"))] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=help_key("output-study"))] = None,
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
    computing = computing_of(words, workers, scheduler, folder_of_store(store, no_store, place, words))
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
    from simulator.cli.study_files import TidyTable, write_study
    from simulator.presentation.results.futures_map import draw_map
    from simulator.presentation.results.tipping_box import draw_box

    names = list(study.shown_values)
    events = [(option, event) for option in study.options for event in option.events.values()]
    answers: list[list[str | float | None]] = [
        [
            option.id,
            event.target,
            number,
            None if answer is None else int(answer),
            study.structures[number],
            *(study.shown_values[name][number] for name in names),
        ]
        for option, event in events
        for number, answer in enumerate(event.answers)
    ]
    restrictions: list[list[str | float | None]] = [
        [
            option.id,
            event.target,
            event.box.holds,
            each.input,
            each.side,
            each.limit,
            " ".join(each.among),
            each.quasi_p,
            event.box.coverage,
            event.box.density,
        ]
        for option, event in events
        if event.box is not None
        for each in event.box.restrictions
    ]
    shares: list[list[str | float | None]] = [
        [row.id, what, held.met, held.futures]
        for row in study.robustness
        for what, held in {**row.by_target, "all": row.together, **row.by_structure}.items()
    ]
    tables = [
        TidyTable("futures", ("option", "target", "future", "missed", "structure", *names), answers),
        TidyTable("boxes", ("option", "target", "holds", "input", "side", "limit", "among", "quasi_p", "coverage", "density"), restrictions),
        TidyTable("futures-map", ("option", "what", "met", "futures"), shares),
    ]
    drawings = [drawing for option in study.options if (drawing := draw_box(study, option, lang)) is not None]
    write_study(folder, tables, [*drawings, draw_map(study, lang)], lang)
