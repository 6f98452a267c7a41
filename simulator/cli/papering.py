"""The command that reckons paperwork and money: of every option of a scenario, or of one criteria set."""

# typer reads the annotations when the program runs, so they are not postponed here.

import datetime
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
    SchedulerOption,
    SeedOption,
    StoreOption,
    StudyFolderOption,
    WorkersOption,
    WorkspaceOption,
    YearsOption,
    place_of,
    read_date,
    whole_number,
    words_of,
)
from simulator.cli.outputs import check_folder

if TYPE_CHECKING:
    from simulator.experiments.paperwork.results import Paperwork
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace


def paperwork_command(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SCENARIO|SET", help=help_key("paperwork-subject"))],
    date: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help=help_key("paperwork-date"))] = None,
    replications: Annotated[str | None, typer.Option("--replications", metavar="N", help=help_key("paperwork-replications"))] = None,
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
    """Print what a year, or one file, takes in paper and money, and what of it is law, simulated and assumed."""
    words, place = words_of(context, lang), place_of(context, workspace)
    n, day = whole_number("replications", replications, words), read_date(date, words)
    if output is not None:
        check_folder(output)
    if _is_scenario(subject, place):
        from simulator.experiments.paperwork.paperwork import paperwork_of_scenario
        from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
        from simulator.experiments.studies import keep_study

        computing = computing_asked(words, place, workers=workers, scheduler=scheduler, store=store, no_store=no_store)
        asked = load_asked(subject, place, words, years=years, seed=seed)
        paperwork = paperwork_of_scenario(asked, computing, place, replications=n, members=None if full else THINNED_MEMBERS)
        keep_study(computing.store, "paperwork", asked, paperwork)
    else:
        paperwork = _of_set(subject, place, day or datetime.date.today())  # noqa: DTZ011 - the day of whoever sits here
    if output is not None:
        _write(paperwork, output, words)
    give(paperwork.to_json() if as_json else _told(paperwork, words))


def _is_scenario(subject: str, place: "Workspace") -> bool:
    """Tell a scenario from a set: by its id, or by what its file holds."""
    from simulator.experiments.scenarios.scenario import scenario_files
    from simulator.rules.reading import read_yaml

    if not subject.endswith((".yaml", ".yml")):
        return subject in {path.stem for path in scenario_files(place)}
    path = Path(subject)
    data = read_yaml(path, place.show(path) if path.is_absolute() else subject).data
    return isinstance(data, dict) and "options" in data


def _of_set(subject: str, place: "Workspace", day: datetime.date) -> "Paperwork":
    from simulator.experiments.paperwork.paperwork import paperwork_of_set
    from simulator.experiments.scenarios.assumptions import load_assumptions
    from simulator.rules.loading import load_criteria

    return paperwork_of_set(load_criteria(subject, place), load_assumptions(place), day, place)


def _told(paperwork: "Paperwork", lang: "Lang") -> str:
    from simulator.presentation.results.paperwork_table import paperwork_tables, say_each

    sentences = "".join(f"- {sentence}\n" for sentence in say_each(paperwork, lang))
    return "\n".join([*(table.to_text() for table in paperwork_tables(paperwork, lang)), sentences])


def _write(paperwork: "Paperwork", folder: Path, lang: "Lang") -> None:
    from simulator.cli.study_files import write_study
    from simulator.presentation.results.paperwork_figure import draw_paperwork
    from simulator.presentation.results.study_data import paperwork_data

    write_study(folder, paperwork_data(paperwork, lang), [draw_paperwork(paperwork, lang)], lang)
