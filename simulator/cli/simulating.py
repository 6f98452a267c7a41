"""Commands that simulate a scenario and show what came of it."""

# typer reads the annotations when the program runs, so they are not postponed here.

from typing import TYPE_CHECKING, Annotated, Final

import typer

from simulator.cli.computing import computing_asked, computing_of, load_asked, say_at_most, say_how_often, say_part
from simulator.cli.giving import give
from simulator.cli.helping import help_key
from simulator.cli.options import (
    AtMostOption,
    ComparedReplicationsOption,
    JsonOption,
    LangOption,
    NoStoreOption,
    ReplicationsOption,
    ScenarioArgument,
    SchedulerOption,
    SeedOption,
    StoreOption,
    WorkersOption,
    WorkspaceOption,
    YearsOption,
    check_replications,
    place_of,
    words_of,
)
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import say

if TYPE_CHECKING:
    from simulator.experiments.comparing.ensemble import Ensemble
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.results.comparison import Comparison
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace

REPLICATIONS_OF_COHORTS: Final = 20
"""How often cohorts are counted at most, unless a number is given: counts need fewer than differences."""


def compare_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    replications: ComparedReplicationsOption = None,
    at_most: AtMostOption = None,
    years: YearsOption = None,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    store: StoreOption = None,
    no_store: NoStoreOption = False,
    seed: SeedOption = None,
    structures: Annotated[bool, typer.Option("--structures", help=help_key("structures"))] = False,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Compare the options of a scenario, under its own structure of behaviour or under all five."""
    words, place = words_of(context, lang), place_of(context, workspace)
    check_replications(replications, at_most, words)
    computing = computing_asked(words, place, workers=workers, scheduler=scheduler, store=store, no_store=no_store)
    asked = load_asked(scenario, place, words, replications=replications, at_most=at_most, years=years, seed=seed)
    say_how_often(asked, words)
    if structures:
        from simulator.experiments.studies import keep_study
        from simulator.presentation.results.ensemble_table import draw_ensemble

        ensemble = _simulate_structures(asked, place, words, computing)
        keep_study(computing.store, "structures", asked, ensemble)

        give(ensemble.to_json() if as_json else draw_ensemble(ensemble, words).to_text())
        return
    from simulator.presentation.results.group_table import draw_groups
    from simulator.presentation.results.tables import draw_table

    comparison = _simulate(asked, place, words, computing)
    say_at_most(comparison, words)
    tables = [table for table in (draw_table(comparison, words), draw_groups(comparison, words)) if table is not None]
    give(comparison.to_json() if as_json else "\n".join(table.to_text() for table in tables))


def transition_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    replications: ReplicationsOption = None,
    years: YearsOption = None,
    workers: WorkersOption = None,
    seed: SeedOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """List who gains or loses a step when the rules of an option take over."""
    words = words_of(context, lang)
    from simulator.experiments.comparing.transition import list_cohorts
    from simulator.presentation.results.transition_table import draw_transitions

    asked = load_asked(scenario, place_of(context, workspace), words, replications=replications, years=years, seed=seed)
    if asked.stops_by_itself:
        asked = asked.with_(replications=min(asked.replications, REPLICATIONS_OF_COHORTS))
    computing = computing_of(words, workers, None, None)
    transitions = list_cohorts(asked, workers=computing.workers, progress=computing.progress)
    give(transitions.to_json() if as_json else draw_transitions(transitions, words).to_text())


def _simulate_structures(scenario: "Scenario", place: "Workspace", lang: "Lang", computing: "Computing") -> "Ensemble":
    from simulator.experiments.comparing.ensemble import compare_structures

    return compare_structures(scenario, computing, begin=lambda structure: say_part(structure, lang), workspace=place)


def _simulate(scenario: "Scenario", place: "Workspace", lang: "Lang", by: "Computing") -> "Comparison":
    from simulator.experiments.comparing.compare import compare

    say(translate("cli.checking", lang))
    return compare(scenario, workers=by.workers, scheduler=by.scheduler, store=by.store, progress=by.progress, workspace=place)
