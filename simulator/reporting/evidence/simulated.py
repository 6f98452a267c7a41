"""Simulate a scenario for a report, and run the studies of it that are asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from simulator.experiments.attribution.attribute import attribute
from simulator.experiments.comparing.compare import compare
from simulator.experiments.comparing.ensemble import compare_structures
from simulator.experiments.paperwork.paperwork import paperwork_of_scenario
from simulator.experiments.power.power import power_of_scenario
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS
from simulator.experiments.sensitivity.global_sensitivity import GlobalPlan, find_global_sensitivity
from simulator.experiments.sensitivity.one_at_a_time import check_options, find_sensitivity
from simulator.experiments.studies import KINDS, find_study, keep_study
from simulator.experiments.tipping.tipping import find_tipping
from simulator.reporting.evidence.contents import ScenarioEvidence
from simulator.reporting.evidence.group_rules import group_rules_of
from simulator.reporting.evidence.letters import check_letters, named_files
from simulator.reporting.evidence.redline import redlines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
    from simulator.reporting.evidence.making import Request
    from simulator.workspace import Workspace


def scenario_evidence(
    request: Request,
    workspace: Workspace,
    computing: Computing,
    begin: Callable[[str], None],
    lacking: Callable[[Iterable[str]], list[str]] | None,
) -> ScenarioEvidence:
    """Compute what a report on a scenario stands on; as :func:`~simulator.reporting.evidence.making.make_evidence` says."""
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
    return [(own, subject if Path(subject).suffix else workspace.show(own)), *named_files([file for each in sets for file in each.files], workspace)]


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


_RUNNERS: Final[Mapping[str, Callable[[_Study], Record]]] = {
    "attribution": _run_attribution,
    "global_sensitivity": _run_global_sensitivity,
    "paperwork": _run_paperwork,
    "power": _run_power,
    "sensitivity": _run_sensitivity,
    "structures": _run_structures,
    "tipping": _run_tipping,
}
