"""Make what a report stands on: simulate a scenario, read a criteria set, or measure a register.

One door for the command line, for batches and for ``tieuchi verify``, so that what is asked again is asked in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.errors import InputError
from simulator.experiments.attribution import attribute
from simulator.experiments.compare import compare
from simulator.experiments.ensemble import compare_structures, judge_jointly
from simulator.experiments.scenario import load_scenario, scenario_files
from simulator.experiments.sensitivity import check_options, find_sensitivity
from simulator.experiments.studies import KINDS, find_study, keep_study
from simulator.presentation.registers.measurement_table import measurement_table
from simulator.presentation.results.tables import draw_table
from simulator.reporting.codes import template_finding
from simulator.reporting.evidence.contents import Asked, CriteriaEvidence, Evidence, Kind, RegisterEvidence, ScenarioEvidence
from simulator.reporting.evidence.criteria import criteria_evidence
from simulator.reporting.evidence.redline import redlines_of
from simulator.reporting.evidence.register import register_evidence
from simulator.rules.assembly import iter_set_files, iter_table_files
from simulator.rules.diagnosis import close_to
from simulator.rules.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator.errors import Finding
    from simulator.experiments.attribution import Attribution
    from simulator.experiments.computing import Computing
    from simulator.experiments.ensemble import Ensemble
    from simulator.experiments.executors import Progress
    from simulator.experiments.influences import Sensitivity
    from simulator.experiments.results import Record
    from simulator.experiments.scenario import Scenario
    from simulator.presentation.table_layout import Table
    from simulator.workspace import Workspace

REGISTER_SUFFIXES: Final = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".tsv", ".txt", ".ods"})
"""Endings of files that are lists; whether one can be read is said where it is read."""
_YAML_SUFFIXES: Final = frozenset({".yaml", ".yml"})
_KEYS_OF_A_SCENARIO: Final = frozenset({"question", "baseline", "population", "options"})


@dataclass(frozen=True)
class Request:
    """A report somebody wants.

    Attributes
    ----------
    kind
        What it is about; see :func:`kind_of`.
    subject
        As it was typed: an id, a stack of sets, or the path of a file.
    asked
        How it is wanted. Its own ``subject`` is what the report may print.
    headcount, succession
        Files beside a register.
    award
        The award of a register that is measured; found in it when absent.
    studies
        Studies of a scenario that are run unless they are kept: ``attribute``, ``sensitivity``, ``structures``.
    """

    kind: Kind
    subject: str
    asked: Asked
    headcount: Path | None = None
    succession: Path | None = None
    award: str | None = None
    studies: tuple[str, ...] = ()


def kind_of(subject: str, workspace: Workspace) -> Kind:
    """Tell what a subject is: a scenario, a stack of criteria sets or a scoring table, or a register.

    Raises
    ------
    InputError
        When it is none of them, or a YAML file that cannot be read.
    """
    suffix = Path(subject).suffix.lower()
    if suffix in REGISTER_SUFFIXES:
        return "register"
    if suffix in _YAML_SUFFIXES:
        data = read_yaml(Path(subject), subject).data
        return "scenario" if isinstance(data, dict) and _KEYS_OF_A_SCENARIO & data.keys() else "criteria"
    scenarios = tuple(path.stem for path in scenario_files(workspace))
    sets = tuple(path.stem for path in (*iter_set_files(workspace), *iter_table_files(workspace)))
    if subject in scenarios:
        return "scenario"
    if subject in sets or "+" in subject:
        return "criteria"
    raise InputError([template_finding("RP107", "tieuchi", found=subject, known=close_to(subject, (*scenarios, *sets)))])


def folder_names(requests: Sequence[Request]) -> list[str]:
    """Give the names of the folders that reports go to: registers, whose files may be named after a person, are told apart by their order alone."""
    registers = [position for position, request in enumerate(requests) if request.kind == "register"]
    number_of = {position: number for number, position in enumerate(registers, 1)}
    is_alone = len(requests) == 1
    return [
        (request.kind if is_alone else f"{request.kind}-{number_of[position]}") if position in number_of else _name_of_subject(request)
        for position, request in enumerate(requests)
    ]


def _name_of_subject(request: Request) -> str:
    """Give the subject, and for a file the name of the file, without what no system takes in a name."""
    name = Path(request.subject).stem if Path(request.subject).suffix else request.subject
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "-", name).rstrip(". ") or request.kind


def make_evidence(request: Request, workspace: Workspace, computing: Computing, *, tell: Callable[[Finding], None] | None = None) -> Evidence:
    """Compute what the report stands on.

    Parameters
    ----------
    request
        The report that is wanted.
    workspace
        Where ids are looked up.
    computing
        Who computes.
    tell
        Told what a reader of a register should know besides.

    Raises
    ------
    InputError
        When the subject cannot be used.
    RunError
        When it cannot be simulated.
    """
    return _MAKERS[request.kind](request, workspace, computing, tell)


def _simulated(request: Request, workspace: Workspace, computing: Computing, _tell: object) -> ScenarioEvidence:
    asked = request.asked
    scenario = load_scenario(request.subject, workspace).with_(replications=asked.replications, years=asked.years, seed=asked.seed)
    if "sensitivity" in request.studies:
        check_options(scenario)  # before anything runs
    comparison = compare(
        scenario, workers=computing.workers, scheduler=computing.scheduler, store=computing.store, progress=computing.progress, workspace=workspace
    )
    studies = {name: find_study(computing.store, name, scenario) for name in KINDS}
    for name in request.studies:
        kind, run = _STUDIES[name]
        if studies[kind] is None:
            studies[kind] = study = run(scenario, computing, workspace)
            keep_study(computing.store, kind, scenario, study)
    redlines = redlines_of(scenario, asked.lang, workspace)
    return ScenarioEvidence(replace(asked, subject=scenario.id), comparison, redlines=redlines, **studies)  # type: ignore[arg-type]  # each study under the name of its kind


def _checked(request: Request, workspace: Workspace, _computing: object, _tell: object) -> CriteriaEvidence:
    return criteria_evidence(request.subject, workspace, request.asked)


def _measured(request: Request, workspace: Workspace, _computing: object, tell: Callable[[Finding], None] | None) -> RegisterEvidence:
    return register_evidence(
        Path(request.subject),
        asked=request.asked,
        headcount=request.headcount,
        succession=request.succession,
        award=request.award,
        workspace=workspace.root,
        tell=tell,
    )


def _run_attribution(scenario: Scenario, computing: Computing, workspace: Workspace) -> Attribution:
    return attribute(
        scenario, workers=computing.workers, scheduler=computing.scheduler, store=computing.store, progress=computing.progress, workspace=workspace
    )


def _run_structures(scenario: Scenario, computing: Computing, workspace: Workspace) -> Ensemble:
    def progress_of(_structure: str) -> Progress | None:
        return computing.progress

    return compare_structures(
        scenario, workers=computing.workers, scheduler=computing.scheduler, store=computing.store, progress_of=progress_of, workspace=workspace
    )


def main_table(evidence: Evidence) -> Table:
    """Give the table a command prints when the report is written."""
    if isinstance(evidence, RegisterEvidence):
        return measurement_table(evidence.measurement, evidence.asked.lang, evidence.award_title)
    if isinstance(evidence, CriteriaEvidence):
        return evidence.about[-1]
    return draw_table(judge_jointly(evidence.comparison, evidence.structures), evidence.asked.lang)


def _run_sensitivity(scenario: Scenario, computing: Computing, _workspace: Workspace) -> Sensitivity:
    return find_sensitivity(scenario, computing)


_STUDIES: Final[Mapping[str, tuple[str, Callable[[Scenario, Computing, Workspace], Record]]]] = {
    "attribute": ("attribution", _run_attribution),
    "sensitivity": ("sensitivity", _run_sensitivity),
    "structures": ("structures", _run_structures),
}
"""Name of a study on the command line → its kind, and what runs it."""
_MAKERS: Final[Mapping[Kind, Callable[..., Evidence]]] = {"scenario": _simulated, "criteria": _checked, "register": _measured}
