"""What commands that simulate share: the scenario as asked for, and who computes it."""

# typer reads the annotations of commands when the program runs; these functions are called by them.

from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.options import folder_of_store, whole_number
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.terminal import follow_progress, say, say_findings

if TYPE_CHECKING:
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.results.comparison import Comparison
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.presentation.numbers import Lang
    from simulator.workspace import Workspace


_kept_in: Path | None = None
"""Where the command that is running keeps results; nothing until it has said so."""


def load_asked(name: str, place: "Workspace", lang: "Lang", **changes: str | None) -> "Scenario":
    """Load a scenario with the numbers of the command line (``replications``, ``at_most``, ``years``, ``seed``) in place of its own."""
    from simulator.experiments.scenarios.scenario import load_scenario

    return load_scenario(name, place).with_(**{key: whole_number(key.replace("_", "-"), text, lang) for key, text in changes.items()})


def say_how_often(scenario: "Scenario", lang: "Lang") -> None:
    """Say that replications stop by themselves, where they do: then the total that is shown meanwhile is an estimate."""
    from simulator.experiments.results.stopping import LOOK_AHEAD, START

    if scenario.stops_by_itself and scenario.replications > START + LOOK_AHEAD:
        say(translate("cli.stops-by-itself", lang, most=str(scenario.replications)))


def say_at_most(comparison: "Comparison", lang: "Lang") -> None:
    """Say how to go on where the most replications were run, and the main differences are not known closely."""
    from simulator.experiments.results.stopping import LOOK_AHEAD, START

    stopping = comparison.stopping
    if stopping is not None and stopping.reason == "cap" and stopping.wide and stopping.cap >= START + LOOK_AHEAD:
        say(translate("cli.not-precise", lang, most=str(stopping.cap)))


def computing_of(lang: "Lang", workers: str | None, scheduler: str | None, folder: Path | None) -> "Computing":
    """Say who computes as the command line asks for it: every processor of this machine, unless it says otherwise."""
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.execution.processes import processors
    from simulator.experiments.store.store import Store

    global _kept_in  # noqa: PLW0603  # one command a process; who stops it must know
    _kept_in = folder
    store = None if folder is None else Store(folder, tell=lambda finding: say_findings([finding], lang))
    parts = {name: follow_progress(lang, f"cli.progress.{name}", is_patient=True) for name in ("measuring", "writing")}
    return Computing(whole_number("workers", workers, lang) or processors(), scheduler, store, follow_progress(lang), **parts)


def computing_asked(
    lang: "Lang", place: "Workspace", *, workers: str | None, scheduler: str | None, store: Path | None, no_store: bool
) -> "Computing":
    """Say who computes, and keep results where the command line says: the folder named, else that of the workspace, or nowhere."""
    return computing_of(lang, workers, scheduler, folder_of_store(store, no_store, place, lang))


def say_how_to_go_on(lang: "Lang") -> None:
    """Say, of a command that was stopped, that it goes on where it was, if anything of it is kept."""
    from simulator.experiments.store.results_file import FILE_NAME

    if _kept_in is not None and (_kept_in / FILE_NAME).exists():
        say(translate("cli.stopped-kept", lang))


def forget_what_is_kept() -> None:
    """Begin another command."""
    global _kept_in  # noqa: PLW0603  # as above
    _kept_in = None


def say_part(part: str, lang: "Lang") -> None:
    """Say which part of a long computation begins: a kind of study, or a structure of behaviour."""
    structure = catalogue(lang).get(f"structure.{part}")
    say(translate(f"cli.part.{part}", lang) if structure is None else translate("cli.structure", lang, structure=structure))
