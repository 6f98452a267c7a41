"""The command that splits the effect of each option over the clauses it changes."""

# typer reads the annotations when the program runs, so they are not postponed here.

from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.computing import computing_asked, load_asked, say_part
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
    WorkersOption,
    WorkspaceOption,
    YearsOption,
    place_of,
    read_list,
    whole_number,
    words_of,
)
from simulator.presentation.i18n import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.attribution.attribute import Attribution
    from simulator.presentation.numbers import Lang


def attribute_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    options: Annotated[str | None, typer.Option("--option", metavar="ID,ID", help=help_key("attributed-option"))] = None,
    indicators: Annotated[str | None, typer.Option("--indicator", metavar="NAME,NAME", help=help_key("attributed-indicator"))] = None,
    replications: Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("attributed-replications"))] = None,
    full: FullOption = False,
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
    """Say what part of each option's effect each changed clause has; the whole study is kept, for reports."""
    words, place = words_of(context, lang), place_of(context, workspace)
    from simulator.experiments.attribution.attribute import attribute
    from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
    from simulator.experiments.studies import keep_study
    from simulator.indicators.measurement import INDICATORS

    computing = computing_asked(words, place, workers=workers, scheduler=scheduler, store=store, no_store=no_store)
    asked = load_asked(scenario, place, words, years=years, seed=seed)
    changing = [option.id for option in asked.options if option.key != asked.baseline.content_hash]
    chosen = read_list("--option", options, changing, words)
    names = read_list("--indicator", indicators, list(INDICATORS), words)
    say_part("attribution", words)
    split = attribute(
        asked,
        replications=whole_number("replications", replications, words),
        members=None if full else THINNED_MEMBERS,
        options=chosen,
        indicators=names,
        workers=computing.workers,
        scheduler=computing.scheduler,
        store=computing.store,
        progress=computing.progress,
        workspace=place,
    )
    if not chosen and not names:
        keep_study(computing.store, "attribution", asked, split)
    give(split.to_json() if as_json else _told(split, names, words, asked.replications))


def _told(split: "Attribution", names: "Sequence[str]", lang: "Lang", compared: int) -> str:
    from simulator.presentation.results.attribution_table import attribution_tables, say_attribution, say_interaction, shown_names

    if not split.options:
        return translate("attribution.none", lang) + "\n"
    tables = attribution_tables(split, lang, names, compared)
    sentences = []
    for option in split.options:
        for name in names or shown_names(option):
            sentences += [say_attribution(option, name, lang), say_interaction(option, name, lang)]
    said = "\n".join(f"- {sentence}" for sentence in sentences if sentence is not None)
    return "\n".join(table.to_text() for table in tables) + f"\n{said}\n"
