"""The command that says what a result depends on: by everything varied at once, or one assumption after the other."""

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
    read_choice,
    whole_number,
    words_of,
)
from simulator.cli.outputs import check_folder
from simulator.presentation.i18n import translate
from simulator.presentation.numbers import format_count
from simulator.presentation.terminal import say

if TYPE_CHECKING:
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.sensitivity.global_influences import GlobalSensitivity, Method
    from simulator.experiments.sensitivity.influences import Sensitivity
    from simulator.presentation.numbers import Lang

ONE_AT_A_TIME = "one-at-a-time"
METHODS = ("sobol", "morris", ONE_AT_A_TIME)
"""How it is found out; the first is the usual one."""


def sensitivity_command(
    context: typer.Context,
    scenario: ScenarioArgument,
    method: Annotated[str | None, typer.Option("--method", metavar="METHOD", help=help_key("sensitivity-method"))] = None,
    replications: Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("sensitivity-replications"))] = None,
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
    """Vary all assumptions at once, or one after the other, and print them ranked; either is kept for reports."""
    words, place = words_of(context, lang), place_of(context, workspace)
    from simulator.experiments.sensitivity.one_at_a_time import check_options

    how = METHODS[0] if method is None else read_choice("--method", method, METHODS, words)
    n_replications = whole_number("replications", replications, words)
    asked = load_asked(scenario, place, words, years=years, seed=seed)
    computing = computing_asked(words, place, workers=workers, scheduler=scheduler, store=store, no_store=no_store)
    if output is not None:
        check_folder(output)
    check_options(asked)
    if how == ONE_AT_A_TIME:
        one = _one_at_a_time(asked, computing, n_replications, words, is_full=full)
        if output is not None:
            _write_one_at_a_time(one, output, words)
        give(one.to_json() if as_json else _told_one_at_a_time(one, words))
        return
    study = _all_at_once(asked, computing, "morris" if how == "morris" else "sobol", n_replications, words, is_full=full)
    if output is not None:
        _write_all_at_once(study, output, words)
    give(study.to_json() if as_json else _told_all_at_once(study, words))


def _one_at_a_time(asked: "Scenario", computing: "Computing", replications: int | None, words: "Lang", *, is_full: bool) -> "Sensitivity":
    from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
    from simulator.experiments.sensitivity.one_at_a_time import REPLICATIONS, find_sensitivity
    from simulator.experiments.studies import keep_study

    ranged = sum(number.low < number.high for number in asked.assumptions.numbers.values())
    say(translate("cli.sensitivity.start", words, n=format_count(ranged, words)))
    study = find_sensitivity(asked, computing, replications=replications or REPLICATIONS, members=None if is_full else THINNED_MEMBERS)
    keep_study(computing.store, "sensitivity", asked, study)
    return study


def _all_at_once(
    asked: "Scenario", computing: "Computing", method: "Method", replications: int | None, words: "Lang", *, is_full: bool
) -> "GlobalSensitivity":
    from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
    from simulator.experiments.sensitivity.global_sensitivity import GlobalPlan, find_global_sensitivity
    from simulator.experiments.sensitivity.uncertain_inputs import inputs_of
    from simulator.experiments.studies import keep_study

    plan = GlobalPlan().with_replications(replications)
    say(translate("cli.sensitivity.start-together", words, n=format_count(len(inputs_of(asked)) - 1, words)))
    study = find_global_sensitivity(asked, computing, method=method, plan=plan, members=None if is_full else THINNED_MEMBERS)
    if method == "sobol":  # a screening alone is a part of it, and must not take its place
        keep_study(computing.store, "global_sensitivity", asked, study)
    return study


def _told_one_at_a_time(study: "Sensitivity", lang: "Lang") -> str:
    from simulator.presentation.results.sensitivity_table import draw_sensitivity, usual_table

    method = translate(f"cli.sensitivity.method.{ONE_AT_A_TIME}", lang)
    return "\n".join([f"{method}\n", *(table.to_text() for table in (draw_sensitivity(study, lang), usual_table(study, lang)))])


def _told_all_at_once(study: "GlobalSensitivity", lang: "Lang") -> str:
    from simulator.experiments.mathematics.statistics import COMPARED
    from simulator.presentation.results.indices_table import global_tables
    from simulator.presentation.results.uncertain_words import say_all

    sentences = "".join(f"- {say_all(study, name, lang)}\n" for name in COMPARED)
    method = translate(f"cli.sensitivity.method.{study.method}", lang)
    return "\n".join([f"{method}\n", *(table.to_text() for table in global_tables(study, lang)), sentences])


def _write_one_at_a_time(study: "Sensitivity", folder: Path, lang: "Lang") -> None:
    from simulator.cli.study_files import write_study
    from simulator.experiments.mathematics.statistics import COMPARED
    from simulator.presentation.results.study_data import one_at_a_time_data
    from simulator.presentation.results.tornado import choose, draw_tornado

    shown = [each for each in (choose(study, name) for name in COMPARED) if each is not None]
    write_study(folder, one_at_a_time_data(study), [draw_tornado(study, each, lang) for each in shown], lang)


def _write_all_at_once(study: "GlobalSensitivity", folder: Path, lang: "Lang") -> None:
    from simulator.cli.study_files import write_study
    from simulator.experiments.mathematics.statistics import COMPARED
    from simulator.presentation.results.indices_figure import draw_indices
    from simulator.presentation.results.study_data import global_data
    from simulator.presentation.results.uncertain_words import choose_indices

    shown = [each for each in (choose_indices(study, name) for name in COMPARED) if each is not None]
    write_study(folder, global_data(study), [draw_indices(study, each, lang) for each in shown], lang)
