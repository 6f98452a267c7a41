"""Compare every option of a scenario with the baseline, on the same people and the same luck."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from simulator.errors import RunError
from simulator.experiments.comparing.groups import compare_groups
from simulator.experiments.execution.computing import Computing
from simulator.experiments.execution.executors import run_replications
from simulator.experiments.execution.until_precise import conclude_asked, run_until_precise
from simulator.experiments.mathematics.statistics import LEAST_SHARE_DEFINED, LEVEL, adjusted_levels, judged, mean_of
from simulator.experiments.results.comparison import Comparison, Estimate, IndicatorComparison, NullReform, OptionComparison, PhaseUsed, RunFailure
from simulator.experiments.results.records import UNDEFINED_CAVEAT
from simulator.experiments.runs.compliance import summarise
from simulator.experiments.runs.ladder_steps import compare_steps, titles_of_awards
from simulator.experiments.runs.references import order_options
from simulator.experiments.runs.results import ReplicationFailure, ReplicationRun
from simulator.experiments.runs.run import check_null_reform
from simulator.experiments.scenarios.description import (
    both,
    changed_clauses,
    describe_assumptions,
    describe_base_salary,
    describe_clauses,
    describe_run,
    describe_sets,
    is_simulated,
)
from simulator.experiments.scenarios.framing import describe_grounded, describe_recommendation
from simulator.indicators.allocation_mix import OUTSIDE_SHARES
from simulator.indicators.measurement import INDICATORS, MIX
from simulator.rules.citation import load_instruments
from simulator.rules.clauses import Exhortation
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.execution.executors import Progress
    from simulator.experiments.mathematics.statistics import Mean
    from simulator.experiments.results.comparison import Nature
    from simulator.experiments.runs.results import OptionRun, SealResult
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.store.store import Store
    from simulator.rules.clauses import Clause
    from simulator.workspace import Workspace

_FEWEST_REPLICATIONS: Final = 2
_SHARE_OF_BASELINE: Final = 0.05
_ROUNDING: Final = 1e-9
Kind = Literal["values", "lawful_best"]


def compare(
    scenario: Scenario,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
    workspace: Workspace | None = None,
) -> Comparison:
    """Run a scenario and compare its options.

    The null reform runs first, every time: a rewording of the baseline must give exactly the same awards.

    Parameters
    ----------
    scenario
        From :func:`~simulator.experiments.scenarios.scenario.load_scenario`. As it is loaded, its replications stop by themselves, and its number of them
        is the most; with
        ``with_(replications=N)`` exactly so many are run.
    workers
        Processes to run replications in; the result does not depend on it.
    scheduler
        Address of a Dask scheduler whose workers run them instead; the result does not depend on it either.
    store
        Where finished replications are looked for and kept; without one, all are run.
    progress
        Called with (done, total) after each replication; a total that is not fixed is an estimate.
    workspace
        Where instruments are looked up; found from the current folder when absent.

    Raises
    ------
    RunError
        If the null reform shows a difference, or fewer than two replications succeed.
    """
    started = time.perf_counter()
    seal = check_null_reform(scenario)
    if scenario.stops_by_itself:
        results, stopping = run_until_precise(scenario, Computing(workers, scheduler, store, progress))
    else:
        results = run_replications(scenario, workers=workers, scheduler=scheduler, store=store, progress=progress)
        stopping = conclude_asked(scenario, results)
    comparison = put_together(scenario, results, seal, workspace or find_workspace())
    return replace(comparison, stopping=stopping, seconds=time.perf_counter() - started)


def put_together(scenario: Scenario, results: Sequence[ReplicationRun | ReplicationFailure], seal: SealResult, workspace: Workspace) -> Comparison:
    """Make a comparison of runs that are finished.

    Parameters
    ----------
    scenario
        What was run.
    results
        What each replication gave; of all options, whatever else was not asked for may be missing.
    seal
        What the null reform gave.
    workspace
        Where instruments are looked up.

    Raises
    ------
    RunError
        If fewer than two replications succeeded.
    """
    runs = [result for result in results if isinstance(result, ReplicationRun)]
    failures = [result for result in results if isinstance(result, ReplicationFailure)]
    if len(runs) < _FEWEST_REPLICATIONS:
        reason = failures[0].error if failures else "no replication was run"
        raise RunError(f"too few replications succeeded: {reason}", fields={"reason": reason})
    population = scenario.population.kinds.values()
    instruments = load_instruments(workspace)
    return Comparison(
        scenario=scenario.id,
        title=both(scenario.title),
        question=both(scenario.question),
        as_of=scenario.as_of.isoformat(),
        baseline=scenario.baseline.id,
        baseline_option=scenario.keep_as_is.id,
        focus_award=scenario.focus_award,
        focus_award_title=both(scenario.baseline.awards[scenario.focus_award].title),
        replications=len(runs),
        failures=[RunFailure(option="*", replication=failure.replication, error=failure.error) for failure in failures],
        n_members=sum(round(kind.units * kind.mean_size) for kind in population),
        n_units=sum(kind.units for kind in population),
        years=list(range(1, scenario.years + 1)),
        warm_up_years=scenario.warm_up_years,
        seed=scenario.seed,
        counts_as_direct=["direct"],
        null_reform=_as_record(seal),
        options=[_compare_option(option, scenario, runs) for option in scenario.options],
        assumptions=describe_assumptions(scenario),
        clauses=describe_clauses(scenario, instruments),
        provenance=describe_run(scenario),
        criteria_titles=describe_sets(scenario),
        structure=scenario.behaviour.structure,
        learning=scenario.behaviour.learns,
        asked=list(scenario.asked),
        references=order_options(_by_reference(scenario, runs), scenario.assumptions.margins),
        shock=None if scenario.shock_meaning is None else both(scenario.shock_meaning),
        unit_kind_titles={name: both(kind.title) for name, kind in scenario.population.kinds.items()},
        problem=describe_grounded(scenario.framing.problem, instruments),
        aim=describe_grounded(scenario.framing.aim, instruments),
        recommendation=describe_recommendation(scenario.framing.recommendation),
        base_salary=describe_base_salary(scenario, instruments),
        seconds=0.0,
    )


def _compare_option(option: Option, scenario: Scenario, runs: Sequence[ReplicationRun]) -> OptionComparison:
    of_option = [run.by_rules[option.key] for run in runs]
    of_baseline = [run.by_rules[scenario.baseline.content_hash] for run in runs]
    differences = {name: _difference(name, of_option, of_baseline) for name in INDICATORS}
    adjusted = adjusted_levels({name: mean.p_value for name, mean in differences.items()})
    by_phase = [changed_clauses(replace(option, phases=(phase,)), scenario) for phase in option.phases]  # what ruled for a while has its effect, too
    changed = [clause for of_phase in by_phase for _, clause in of_phase.values() if is_simulated(clause)]
    return OptionComparison(
        id=option.id,
        title=both(option.title),
        criteria=option.criteria.id,
        criteria_hash=option.criteria.content_hash,
        indicators={
            name: _compare_indicator(name, changed, scenario, of_option, of_baseline, differences[name], adjusted.get(name, (None, LEVEL)))
            for name in INDICATORS
        },
        allocation_mix={name: _estimate_share(_mean("values", name, of_option)) for name in MIX},
        by_year={
            name: [_estimate(mean_of(values)) for values in np.column_stack([run.course[name] for run in of_option])] for name in of_option[0].course
        },
        compliance=summarise(_sweeps(option, runs), scenario.assumptions.margins),
        reasons={name: _defined(share) for name, share in next((run.reasons for run in of_option if run.reasons), {}).items()},
        phases=[PhaseUsed(phase.from_year, phase.criteria.id) for phase in option.phases],
        by_group=compare_groups([run.by_group for run in of_option], [run.by_group for run in of_baseline]),
        ladder=compare_steps([run.ladder for run in of_option], [run.ladder for run in of_baseline], titles_of_awards(scenario)),
        notes=[both(header.note) for header in option.criteria.headers if header.note is not None],
    )


def _compare_indicator(
    name: str,
    changed: Sequence[Clause],
    scenario: Scenario,
    of_option: Sequence[OptionRun],
    of_baseline: Sequence[OptionRun],
    difference: Mean,
    adjusted: tuple[float | None, float],
) -> IndicatorComparison:
    p_adjusted, level = adjusted
    mean = _mean("values", name, of_option)
    baseline = _mean("values", name, of_baseline).value
    lawful_best = _mean("lawful_best", name, of_option)
    low, high = mean.interval()
    difference_low, difference_high = difference.interval(level)
    default_margin = abs(baseline) * _SHARE_OF_BASELINE if np.isfinite(baseline) else 0.0
    margin = scenario.assumptions.margins.get(name, default_margin)
    by_rule, by_practice = _parts(name, of_option, of_baseline)
    return IndicatorComparison(
        name=name,
        value=_defined(mean.value),
        low=_defined(low),
        high=_defined(high),
        baseline=_defined(baseline),
        lawful_best=_defined(lawful_best.value),
        difference=_defined(difference.value),
        difference_low=_defined(difference_low),
        difference_high=_defined(difference_high),
        p_adjusted=p_adjusted,
        verdict=judged(difference, len(of_option), margin, level),
        nature=_nature(changed, difference.value, _lawful_difference(name, of_option, of_baseline)),
        margin=margin,
        caveat=None if np.isfinite(mean.value) else UNDEFINED_CAVEAT,
        n=difference.n,
        value_n=mean.n,
        lawful_best_n=lawful_best.n,
        by_rule=by_rule,
        by_practice=by_practice,
    )


def _nature(changed: Sequence[Clause], difference: float, lawful_difference: float) -> Nature:
    """Say where an effect comes from: the rule's own arithmetic, behaviour, or a compliance nobody has measured.

    What the rules do when they are applied perfectly is their own arithmetic: an effect is so where that goes the same way and is half of it or more.
    """
    if any(isinstance(clause, Exhortation) for clause in changed):
        return "assumed"
    is_of_the_rule = difference * lawful_difference > 0 and abs(lawful_difference) >= abs(difference) / 2
    return "arithmetic" if not changed or is_of_the_rule else "emergent"


def _lawful_difference(name: str, of_option: Sequence[OptionRun], of_baseline: Sequence[OptionRun]) -> float:
    """Average what the option changes when both sets of rules are applied perfectly."""
    return mean_of(_lawful_differences(name, list(zip(of_option, of_baseline, strict=True)))).value


def _lawful_differences(name: str, pairs: Sequence[tuple[OptionRun, OptionRun]]) -> list[float]:
    return [_best(a, name) - _best(b, name) for a, b in pairs]


def _best(run: OptionRun, name: str) -> float:
    """Give what the rules would do applied perfectly; undefined where that was not run."""
    return run.lawful_best.get(name, np.nan)


def _parts(name: str, of_option: Sequence[OptionRun], of_baseline: Sequence[OptionRun]) -> tuple[Estimate, Estimate]:
    """Average what is due to the rule, and to practice, over the replications in which both are defined; undefined where these are fewer than half."""
    pairs = list(zip(of_option, of_baseline, strict=True))
    by_rule = np.array(_lawful_differences(name, pairs))
    by_practice = np.array([(a.values[name] - _best(a, name)) - (b.values[name] - _best(b, name)) for a, b in pairs])
    is_defined = np.isfinite(by_rule) & np.isfinite(by_practice)
    if is_defined.sum() < LEAST_SHARE_DEFINED * len(of_option):
        is_defined[:] = False
    return _estimate(mean_of(by_rule[is_defined])), _estimate(mean_of(by_practice[is_defined]))


def _sweeps(option: Option, runs: Sequence[ReplicationRun]) -> list[dict[float, dict[str, float]]]:
    key = option.key
    return [run.by_compliance[key] for run in runs if key in run.by_compliance]


def _by_reference(scenario: Scenario, runs: Sequence[ReplicationRun]) -> dict[str, list[dict[str, dict[str, float]]]]:
    return {
        option.id: [run.by_rules[option.key].by_reference for run in runs if run.by_rules[option.key].by_reference] for option in scenario.options
    }


def _difference(name: str, of_option: Sequence[OptionRun], of_baseline: Sequence[OptionRun]) -> Mean:
    """Average the paired differences."""
    return mean_of([a.values[name] - b.values[name] for a, b in zip(of_option, of_baseline, strict=True)])


def _mean(kind: Kind, name: str, of_option: Sequence[OptionRun]) -> Mean:
    return mean_of([getattr(run, kind).get(name, np.nan) for run in of_option])


def _estimate(mean: Mean) -> Estimate:
    low, high = mean.interval()
    return Estimate(_defined(mean.value), _defined(low), _defined(high), mean.n, None if np.isfinite(mean.value) else UNDEFINED_CAVEAT)


def _estimate_share(mean: Mean) -> Estimate:
    """Estimate a share of the mix; a mean of plain fits may lie outside 0 to 1, and says so."""
    estimate = _estimate(mean)
    is_outside = np.isfinite(mean.value) and not -_ROUNDING <= mean.value <= 1 + _ROUNDING
    return replace(estimate, caveat=OUTSIDE_SHARES) if is_outside else estimate


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _as_record(seal: SealResult) -> NullReform:
    return NullReform(
        max_abs_difference=seal.max_abs_difference,
        rewording_hash=seal.rewording_hash,
        baseline_hash=seal.baseline_hash,
        same_awards=seal.same_awards,
    )
