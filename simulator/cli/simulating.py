"""Commands that simulate: the comparison of a scenario, and the report on it."""

# typer reads the annotations when the program runs, so they are not postponed here.

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.giving import give, short
from simulator.cli.helping import help_key
from simulator.cli.options import (
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
    folder_of_store,
    place_of,
    read_choice,
    read_date,
    whole_number,
    words_of,
)
from simulator.presentation.i18n import translate
from simulator.presentation.terminal import follow_progress, say, say_findings

if TYPE_CHECKING:
    from simulator.experiments.ensemble import Ensemble
    from simulator.experiments.executors import Progress
    from simulator.experiments.results import Comparison
    from simulator.experiments.scenario import Scenario
    from simulator.experiments.store import Store
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace


FORMS = ("html",)
"""Forms of a report."""


@dataclass(frozen=True)
class Computing:
    """Who computes, and where results are kept."""

    workers: int
    scheduler: str | None
    store: "Store | None"


def compare_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    replications: ReplicationsOption = None,
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
    computing = _computing(words, workers, scheduler, folder_of_store(store, no_store, place, words))
    if structures:
        ensemble = _simulate_structures(_load(scenario, place, words, replications=replications, years=years, seed=seed), place, words, computing)
        from simulator.presentation.ensemble_table import draw_ensemble

        give(ensemble.to_json() if as_json else draw_ensemble(ensemble, words).to_text())
        return
    from simulator.presentation.group_table import draw_groups
    from simulator.presentation.tables import draw_table

    comparison = _simulate(scenario, place, words, computing, replications=replications, years=years, seed=seed)
    tables = [table for table in (draw_table(comparison, words), draw_groups(comparison, words)) if table is not None]
    give(comparison.to_json() if as_json else "\n".join(table.to_text() for table in tables))


def report_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help=help_key("output"))] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help=help_key("date"))] = None,
    to: Annotated[str, typer.Option("--to", metavar="FORM", help=help_key("to"))] = "html",
    replications: ReplicationsOption = None,
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
    """Write the report on a scenario, print its main table and where it is."""
    words = words_of(context, lang)
    from simulator.presentation.tables import draw_table
    from simulator.reporting.evidence import Asked, ScenarioEvidence
    from simulator.reporting.publishing import find_template, publish_report
    from simulator.reporting.render import check_template

    read_choice("--to", to, FORMS, words)  # one form so far; another is refused by its name
    place, day = place_of(context, workspace), read_date(date, words)
    computing = _computing(words, workers, scheduler, folder_of_store(store, no_store, place, words))
    template = find_template("scenario", place.templates)
    check_template(template)  # before the minute of simulation, not after it
    comparison = _simulate(scenario, place, words, computing, replications=replications, years=years, seed=seed)
    say(translate("cli.rendering", words))
    folder = output or place.output / comparison.scenario
    asked = Asked(
        comparison.scenario,
        lang=words,
        date=day.isoformat() if day else "",
        replications=whole_number("replications", replications, words),
        years=whole_number("years", years, words),
        seed=whole_number("seed", seed, words),
    )
    files = publish_report(ScenarioEvidence(asked, comparison), template, folder)
    if as_json:
        give({"files": [path.as_posix() for path in files]})
        return
    page, *beside = (short(path) for path in files)
    give(
        f"{draw_table(comparison, words).to_text()}\n{translate('cli.report.ready', words, path=page)}\n"
        f"{translate('cli.report.with', words, paths=', '.join(beside))}\n"
    )


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
    from simulator.experiments.transition import list_cohorts
    from simulator.presentation.transition_table import draw_transitions

    asked = _load(scenario, place_of(context, workspace), words, replications=replications, years=years, seed=seed)
    transitions = list_cohorts(asked, workers=whole_number("workers", workers, words) or _processors(), progress=follow_progress(words))
    give(transitions.to_json() if as_json else draw_transitions(transitions, words).to_text())


def _load(name: str, place: "Workspace", lang: "Lang", **changes: str | None) -> "Scenario":
    from simulator.experiments.scenario import load_scenario

    return load_scenario(name, place).with_(**{key: whole_number(key, text, lang) for key, text in changes.items()})


def _computing(lang: "Lang", workers: str | None, scheduler: str | None, folder: Path | None) -> Computing:
    from simulator.experiments.store import Store

    store = None if folder is None else Store(folder, tell=lambda finding: say_findings([finding], lang))
    return Computing(whole_number("workers", workers, lang) or _processors(), scheduler, store)


def _simulate_structures(scenario: "Scenario", place: "Workspace", lang: "Lang", by: Computing) -> "Ensemble":
    from simulator.experiments.ensemble import compare_structures

    def progress_of(structure: str) -> "Progress":
        say(translate("cli.structure", lang, structure=translate(f"structure.{structure}", lang)))
        return follow_progress(lang)

    return compare_structures(scenario, workers=by.workers, scheduler=by.scheduler, store=by.store, progress_of=progress_of, workspace=place)


def _simulate(name: str, place: "Workspace", lang: "Lang", by: Computing, **changes: str | None) -> "Comparison":
    from simulator.experiments.compare import compare

    scenario = _load(name, place, lang, **changes)
    say(translate("cli.checking", lang))
    return compare(scenario, workers=by.workers, scheduler=by.scheduler, store=by.store, progress=follow_progress(lang), workspace=place)


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
