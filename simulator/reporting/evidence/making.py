"""Make what a report stands on: simulate a scenario, read a criteria set, or measure a register.

One door for the command line, for batches and for ``tieuchi verify``, so that what is asked again is asked in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.errors import InputError
from simulator.experiments.attribution.attribute import attribute
from simulator.experiments.comparing.compare import compare
from simulator.experiments.comparing.ensemble import compare_structures, judge_jointly
from simulator.experiments.paperwork.paperwork import paperwork_of_scenario
from simulator.experiments.power.power import power_of_scenario
from simulator.experiments.scenarios.scenario import load_scenario, scenario_files
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
from simulator.experiments.sensitivity.global_sensitivity import GlobalPlan, find_global_sensitivity
from simulator.experiments.sensitivity.one_at_a_time import check_options, find_sensitivity
from simulator.experiments.studies import KINDS, find_study, keep_study
from simulator.experiments.tipping.tipping import find_tipping
from simulator.presentation.registers.measurement_table import measurement_table
from simulator.presentation.results.tables import draw_table
from simulator.reporting.codes import template_finding
from simulator.reporting.evidence.contents import Asked, CriteriaEvidence, Evidence, Kind, RegisterEvidence, ScenarioEvidence
from simulator.reporting.evidence.criteria import criteria_evidence
from simulator.reporting.evidence.group_rules import group_rules_of
from simulator.reporting.evidence.letters import check_letters
from simulator.reporting.evidence.redline import redlines_of
from simulator.reporting.evidence.register import register_evidence
from simulator.rules.assembly import iter_set_files, iter_table_files, read_criteria
from simulator.rules.diagnosis import closest
from simulator.rules.reading import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from simulator.errors import Finding
    from simulator.experiments.attribution.attribute import Attribution
    from simulator.experiments.comparing.ensemble import Ensemble
    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.paperwork.results import Paperwork
    from simulator.experiments.power.results import Power
    from simulator.experiments.results.records import Record
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.sensitivity.global_influences import GlobalSensitivity
    from simulator.experiments.sensitivity.influences import Sensitivity
    from simulator.experiments.tipping.results import Tipping
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
        Studies of a scenario, of ``KINDS``, that are run unless they are kept.
    again
        Studies that are run as those of a report were, with the same replications and members: kind → study.
    """

    kind: Kind
    subject: str
    asked: Asked
    headcount: Path | None = None
    succession: Path | None = None
    award: str | None = None
    studies: tuple[str, ...] = ()
    again: Mapping[str, Record] = field(default_factory=dict)


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
    raise InputError([template_finding("RP107", "tieuchi", found=subject, known=closest(subject, (*scenarios, *sets)))])


def kinds_of(subjects: Sequence[str], workspace: Workspace) -> tuple[dict[str, Kind], list[Finding]]:
    """Tell what each of some subjects is, and everything that is wrong with those that are nothing of the kind."""
    kinds: dict[str, Kind] = {}
    findings: list[Finding] = []
    for subject in subjects:
        try:
            kinds[subject] = kind_of(subject, workspace)
        except InputError as error:
            findings += error.findings
    return kinds, findings


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


def make_evidence(
    request: Request,
    workspace: Workspace,
    computing: Computing,
    *,
    tell: Callable[[Finding], None] | None = None,
    begin: Callable[[str], None] | None = None,
    lacking: Callable[[Iterable[str]], list[str]] | None = None,
) -> Evidence:
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
    begin
        Told of each study of a scenario before it is run: its kind, or each structure of behaviour.
    lacking
        Picks the letters that cannot be printed; a scenario or a set whose texts have any is refused before it is simulated.

    Raises
    ------
    InputError
        When the subject cannot be used.
    RunError
        When it cannot be simulated.
    """
    if request.kind == "scenario":
        return _simulated(request, workspace, computing, begin or (lambda _part: None), lacking)
    if request.kind == "criteria":
        if lacking is not None:
            check_letters(_named(read_criteria(request.subject, workspace).files, workspace), request.asked.lang, lacking)
        return criteria_evidence(request.subject, workspace, request.asked)
    return register_evidence(
        Path(request.subject),
        asked=request.asked,
        headcount=request.headcount,
        succession=request.succession,
        award=request.award,
        workspace=workspace.root,
        tell=tell,
        progress=computing.measuring,
    )


def _simulated(
    request: Request,
    workspace: Workspace,
    computing: Computing,
    begin: Callable[[str], None],
    lacking: Callable[[Iterable[str]], list[str]] | None,
) -> ScenarioEvidence:
    asked, by = request.asked, computing
    scenario = load_scenario(request.subject, workspace).with_(
        replications=asked.replications, at_most=asked.at_most, years=asked.years, seed=asked.seed
    )
    if lacking is not None:
        check_letters(_files_of(request.subject, scenario, workspace), asked.lang, lacking)
    wanted = dict.fromkeys((*request.studies, *request.again))
    if wanted.keys() & {"global_sensitivity", "sensitivity", "tipping"}:
        check_options(scenario)  # before anything runs
    comparison = compare(scenario, workers=by.workers, scheduler=by.scheduler, store=by.store, progress=by.progress, workspace=workspace)
    studies = {name: find_study(by.store, name, scenario) for name in KINDS}
    for name in wanted:
        if studies[name] is None or name in request.again:
            studies[name] = study = _RUNNERS[name](_Study(scenario, by, workspace, begin, request.again.get(name)))
            keep_study(by.store, name, scenario, study)
    told = {"redlines": redlines_of(scenario, asked.lang, workspace), "group_rules": group_rules_of(scenario, asked.lang, workspace)}
    return ScenarioEvidence(replace(asked, subject=scenario.id), comparison, **told, **studies)  # type: ignore[arg-type]  # each study under the name of its kind


def _files_of(subject: str, scenario: Scenario, workspace: Workspace) -> list[tuple[Path, str]]:
    """Find the file of a scenario and those of all rules it tries."""
    own = Path(subject) if Path(subject).suffix else workspace.scenarios / f"{subject}.yaml"
    sets = (scenario.baseline, *(phase.criteria for option in scenario.options for phase in option.phases))
    return [(own, subject if Path(subject).suffix else workspace.show(own)), *_named([file for each in sets for file in each.files], workspace)]


def _named(files: Iterable[str], workspace: Workspace) -> list[tuple[Path, str]]:
    """Find files that were named to a reader: as they are, or relative to the workspace."""
    return [(Path(file) if Path(file).is_file() else workspace.root / file, file) for file in files]


@dataclass(frozen=True)
class _Study:
    """A study that is to be run, as usual or as it was before."""

    scenario: Scenario
    computing: Computing
    workspace: Workspace
    begin: Callable[[str], None]
    before: Any


def _members_as(before: Attribution | Sensitivity | GlobalSensitivity | Paperwork) -> int | None:
    """Say how far a study that is run again is thinned: as it was."""
    return None if before.members == before.members_in_scenario else THINNED_MEMBERS


def _run_attribution(study: _Study) -> Attribution:
    study.begin("attribution")
    by, before = study.computing, study.before
    return attribute(
        study.scenario,
        replications=None if before is None else before.replications,
        members=THINNED_MEMBERS if before is None else _members_as(before),
        workers=by.workers,
        scheduler=by.scheduler,
        store=by.store,
        progress=by.progress,
        workspace=study.workspace,
    )


def _run_structures(study: _Study) -> Ensemble:
    return compare_structures(study.scenario, study.computing, begin=study.begin, workspace=study.workspace)


def _run_sensitivity(study: _Study) -> Sensitivity:
    study.begin("sensitivity")
    before = study.before
    if before is None:
        return find_sensitivity(study.scenario, study.computing)
    return find_sensitivity(study.scenario, study.computing, replications=before.replications, members=_members_as(before))


def _run_global_sensitivity(study: _Study) -> GlobalSensitivity:
    study.begin("global_sensitivity")
    before = study.before
    if before is None:
        return find_global_sensitivity(study.scenario, study.computing)
    plan = GlobalPlan().with_replications(before.replications)
    return find_global_sensitivity(study.scenario, study.computing, method=before.method, plan=plan, members=_members_as(before))


def _run_tipping(study: _Study) -> Tipping:
    study.begin("tipping")
    before = study.before
    if before is None:
        return find_tipping(study.scenario, study.computing)
    return find_tipping(study.scenario, study.computing, futures=before.futures, replications=before.replications, members=before.members_asked)


def _run_paperwork(study: _Study) -> Paperwork:
    study.begin("paperwork")
    before = study.before
    if before is None:
        return paperwork_of_scenario(study.scenario, study.computing, study.workspace)
    return paperwork_of_scenario(study.scenario, study.computing, study.workspace, replications=before.replications, members=_members_as(before))


def _run_power(study: _Study) -> Power:
    study.begin("power")
    before = study.before
    if before is None:
        return power_of_scenario(study.scenario, study.computing)
    return power_of_scenario(study.scenario, study.computing, replications=before.replications, members=before.laid_out.members_asked)


def main_table(evidence: Evidence) -> Table:
    """Give the table a command prints when the report is written."""
    if isinstance(evidence, RegisterEvidence):
        return measurement_table(evidence.measurement, evidence.asked.lang, evidence.award_title)
    if isinstance(evidence, CriteriaEvidence):
        return evidence.about[-1]
    return draw_table(judge_jointly(evidence.comparison, evidence.structures), evidence.asked.lang)


_RUNNERS: Final[Mapping[str, Callable[[_Study], Record]]] = {
    "attribution": _run_attribution,
    "global_sensitivity": _run_global_sensitivity,
    "paperwork": _run_paperwork,
    "power": _run_power,
    "sensitivity": _run_sensitivity,
    "structures": _run_structures,
    "tipping": _run_tipping,
}
