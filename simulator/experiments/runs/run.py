"""Run one replication: the warm-up once, then every option, and every option applied perfectly, on the same people and luck.

A replication is the unit of work. Its result is small: numbers, not histories. A replication that fails is a result too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from simulator.errors import RunError
from simulator.experiments.runs.compliance import N_REPLICATIONS, SWEPT, swept_options
from simulator.experiments.runs.reading import HistoryReader, Lived
from simulator.experiments.runs.results import OptionRun, ReplicationRun, SealResult, tried
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.option import Phase
from simulator.history import split
from simulator.indicators.values import values_of
from simulator.model.compiling import compile_regime
from simulator.model.model import AwardModel
from simulator.model.wanted import Wanted
from simulator.population.generator import generate, lay_side_by_side
from simulator.randomness import child_seed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from simulator.experiments.runs.results import ReplicationFailure
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.history import History
    from simulator.rules.criteria import CriteriaSet

BEYOND_AWARDS: Final[Mapping[str, Wanted]] = {
    "merit_ceiling": Wanted.CHOICE_BY_NOISE,
    "awards_owed_to_chasing": Wanted.CHOICE_WITHOUT_CLAIMS,
    "time_to_award_months": Wanted.ANSWERS,
    "recognised_within_12_months": Wanted.ANSWERS,
}
"""Indicators that need more of a history than the awards of members, and what they need."""
World: TypeAlias = "tuple[Scenario, int]"
"""A variant of a scenario, and the number of a replication: people, behaviour and luck."""
_N_HISTORY_YEARS = 2


def simulate(scenario: Scenario, option: str | None = None, *, replication: int = 0) -> History:
    """Simulate one option of a scenario once.

    Parameters
    ----------
    scenario
        The scenario.
    option
        Id of the option; by default the one that keeps the rules as they are.
    replication
        Which luck; the same number gives the same people and luck under every option.

    Returns
    -------
        The history of the years compared, preceded by two years of warm-up as memory.
    """
    chosen = scenario.keep_as_is.id if option is None else option
    by_id = {entry.id: entry for entry in scenario.options}
    if chosen not in by_id:
        message = f"{scenario.id} has no option {chosen!r}; it has {', '.join(by_id)}."
        raise KeyError(message)
    with warmed_up(scenario, replication, by_reference=True) as warm:
        return _live(warm, by_id[chosen].phases, scenario, with_references=True)[0].history()


def run_replication(scenario: Scenario, replication: int) -> ReplicationRun | ReplicationFailure:
    """Run one replication of a scenario."""
    return tried(_alone, scenario, replication)


def _alone(scenario: Scenario, replication: int) -> ReplicationRun:
    return run_together(scenario, (replication,))[0]


def run_together(scenario: Scenario, replications: Sequence[int]) -> list[ReplicationRun]:
    """Run some replications of a scenario as one, side by side; each result is the same to the last bit as that of a run of its own.

    Raises
    ------
    ValueError
        If the first of all, whose reasons are told apart, is among several.
    """
    if 0 in replications and len(replications) > 1:
        message = "The reasons of replication 0 are told apart, so it runs alone."
        raise ValueError(message)
    are_swept = min(replications) < N_REPLICATIONS
    with warmed_up(scenario, *replications, by_reference=are_swept) as warm, warmed_up(scenario, *replications, is_perfect=True) as perfect:
        by_rules = _run_options(warm, perfect, scenario, replications)
        of_baseline = [runs[scenario.baseline.content_hash].values for runs in by_rules]
        by_compliance = _run_compliances(warm, scenario, of_baseline) if are_swept else [{} for _ in replications]
    return [
        ReplicationRun(replication, of_rules, of_compliance if replication < N_REPLICATIONS else {})
        for replication, of_rules, of_compliance in zip(replications, by_rules, by_compliance, strict=True)
    ]


def distinct_options(scenario: Scenario) -> dict[str, tuple[Phase, ...]]:
    """Give each different course of rules once, by its key, the baseline first."""
    courses = {scenario.baseline.content_hash: (Phase(1, scenario.baseline),)}
    return courses | {option.key: option.phases for option in scenario.options}


def check_null_reform(scenario: Scenario) -> SealResult:
    """Run the baseline and a generated rewording of it on the first replication.

    Raises
    ------
    RunError
        If a single award differs: then differences between options cannot be trusted either.
    """
    reworded = reword(scenario.baseline)
    with warmed_up(scenario, 0) as warm:
        (original,) = histories_under(warm, (Phase(1, scenario.baseline),), scenario)
        (rewording,) = histories_under(warm, (Phase(1, reworded),), scenario)
    differences = [abs(a - b) for a, b in _pairs(values_of(original)[0], values_of(rewording)[0]) if not (np.isnan(a) and np.isnan(b))]
    seal = SealResult(
        max_abs_difference=float(np.nan_to_num(np.max(differences, initial=0.0), nan=np.inf)),
        same_awards=awards_fingerprint(original) == awards_fingerprint(rewording),
        baseline_hash=scenario.baseline.content_hash,
        rewording_hash=reworded.content_hash,
    )
    if seal.max_abs_difference != 0 or not seal.same_awards or seal.baseline_hash == seal.rewording_hash:
        reason = f"the null reform shows a difference of {seal.max_abs_difference:g}; the comparison is not trustworthy"
        raise RunError(reason, fields={"difference": f"{seal.max_abs_difference:g}"})
    return seal


def awards_fingerprint(history: History) -> str:
    """Give one hash of every award of every member in every year."""
    digest = hashlib.sha256(history.member.tobytes())
    for award in sorted(history.awards):
        digest.update(award.encode())
        digest.update(np.packbits(history.awards[award]).tobytes())
    return digest.hexdigest()


def _run_options(warm: AwardModel, perfect: AwardModel, scenario: Scenario, replications: Sequence[int]) -> list[dict[str, OptionRun]]:
    runs: list[dict[str, OptionRun]] = [{} for _ in replications]
    reader = HistoryReader.of(scenario, warm)
    by_reference = [replication < N_REPLICATIONS for replication in replications]
    for key, phases in distinct_options(scenario).items():
        lived, reasons = _live(warm, phases, scenario, attributes=0 in replications, with_references=any(by_reference))
        lawful_best = lived_under(perfect, phases, scenario).values()
        for of_replication, run, (best, _) in zip(runs, reader.read(lived, by_reference=by_reference), lawful_best, strict=True):
            run.lawful_best.update(best)
            run.reasons.update(reasons)
            of_replication[key] = run
    return runs


def _run_compliances(warm: AwardModel, scenario: Scenario, of_baseline: Sequence[dict[str, float]]) -> list[dict[str, dict[float, dict[str, float]]]]:
    """Run each set at each compliance; what boils down to the baseline itself has been run already."""

    def measured(option: Option) -> list[dict[str, float]]:
        boiled_down = compile_regime(option.criteria, scenario.behaviour, focus_award=scenario.focus_award)
        if len(option.phases) == 1 and boiled_down == warm.regime:
            return [{name: values[name] for name in SWEPT} for values in of_baseline]
        return [values for values, _ in lived_under(warm, option.phases, scenario).values(SWEPT)]

    swept = {key: {level: measured(option) for level, option in levels.items()} for key, levels in swept_options(scenario).items()}
    return [{key: {level: of_each[place] for level, of_each in levels.items()} for key, levels in swept.items()} for place in range(len(of_baseline))]


def warmed_up(
    scenario: Scenario, *replications: int, is_perfect: bool = False, by_reference: bool = False, names: Collection[str] | None = None
) -> AwardModel:
    """Let the baseline rule for some years, in some replications side by side (:func:`worlds_warmed_up`)."""
    return worlds_warmed_up([(scenario, replication) for replication in replications], is_perfect=is_perfect, by_reference=by_reference, names=names)


def worlds_warmed_up(
    worlds: Sequence[World], *, is_perfect: bool = False, by_reference: bool = False, names: Collection[str] | None = None
) -> AwardModel:
    """Let the baseline rule for some years, in some worlds side by side: as practised, or as if it had always been applied perfectly.

    The worlds are variants of one scenario that differ in people, behaviour and how far exhortations are followed alone, and in which the same parts of the model are at work. What no indicator needs is left out, then and under the options; and where only some will be read, by their ``names``, what none of them needs: the others come out
    undefined. By default all may be read. Merit by the other references is there only where it is asked for (``by_reference``).
    """
    scenario = worlds[0][0]
    populations = {id(variant): generate(variant.population) for variant, _ in worlds}
    wanted = reduce(or_, (beyond for name, beyond in BEYOND_AWARDS.items() if names is None or name in names), Wanted.AWARDS_ALONE)
    model = AwardModel(
        lay_side_by_side([populations[id(variant)] for variant, _ in worlds]),
        scenario.baseline,
        [variant.behaviour for variant, _ in worlds],
        seed=[child_seed(variant.seed, replication) for variant, replication in worlds],
        focus_award=scenario.focus_award,
        is_perfect=is_perfect,
        first_year=1 - scenario.warm_up_years,
        collects=False,
        shock=scenario.shock,
        wanted=wanted | Wanted.REFERENCES if by_reference else wanted,
    )
    return model.run(scenario.warm_up_years)


def takeovers(warm: AwardModel, option: Option, scenario: Scenario) -> Iterator[tuple[int, AwardModel, AwardModel]]:
    """Live through an option, and show each moment at which rules take over: (first year, former model, successor before its first step)."""
    model = warm
    for phase, end in _course(option.phases, scenario):
        successor = _taken_over_by(phase, model)
        yield phase.from_year, model, successor
        if model is not warm:
            model.close()
        model = successor if end == scenario.years else successor.run(end - phase.from_year + 1)
    model.close()


def _taken_over_by(phase: AnyPhase, model: AwardModel) -> AwardModel:
    """Continue a model under the rules of a phase, keeping all years of the option and the memory its indicators need."""
    return model.branch(phase.criteria, n_years_kept=_N_HISTORY_YEARS + phase.from_year - 1)


def _course(phases: Sequence[AnyPhase], scenario: Scenario) -> Iterator[tuple[AnyPhase, int]]:
    """Give the rules of a course with their last years; before the first, the baseline goes on, and what would come after the last year does not."""
    from_the_start = phases if phases[0].from_year == 1 else (Phase(1, scenario.baseline), *phases)
    course = [phase for phase in from_the_start if phase.from_year <= scenario.years]
    return zip(course, [*(phase.from_year - 1 for phase in course[1:]), scenario.years], strict=True)


def histories_under(warm: AwardModel, phases: Sequence[Phase], scenario: Scenario) -> list[History]:
    """Continue from the warm-up under some rules, one after the other: the history of each replication."""
    return split(history_under(warm, phases, scenario))


def history_under(warm: AwardModel, phases: Sequence[Phase], scenario: Scenario) -> History:
    """Continue from the warm-up under some rules, one after the other: the history of all replications together."""
    return lived_under(warm, phases, scenario).history()


@dataclass(frozen=True, slots=True)
class PhaseOfWorlds:
    """Rules of worlds that lie side by side, and the first year under them."""

    from_year: int
    criteria: tuple[CriteriaSet, ...]

    @classmethod
    def course(cls, phases_of_each: Sequence[Sequence[Phase]]) -> list[PhaseOfWorlds]:
        """Lay the phases of worlds side by side.

        Raises
        ------
        ValueError
            If their rules do not take over in the same years.
        """
        if len({tuple(phase.from_year for phase in phases) for phases in phases_of_each}) > 1:
            message = "Rules that take over in other years do not lie side by side."
            raise ValueError(message)
        return [cls(phases[0].from_year, tuple(phase.criteria for phase in phases)) for phases in zip(*phases_of_each, strict=True)]


AnyPhase: TypeAlias = Phase | PhaseOfWorlds


def lived_under(warm: AwardModel, phases: Sequence[AnyPhase], scenario: Scenario) -> Lived:
    """Continue from the warm-up under some rules, one after the other."""
    return _live(warm, phases, scenario)[0]


def _live(
    warm: AwardModel, phases: Sequence[AnyPhase], scenario: Scenario, *, attributes: bool = False, with_references: bool = False
) -> tuple[Lived, dict[str, float]]:
    """Continue from the warm-up under some rules, one after the other.

    Returns
    -------
        What was lived through, and the reasons of the last year's awards where they are asked for. Award points always weigh the baseline's bonuses,
        so that a higher bonus is not a larger number of awards; money is what each set of rules gives in its own years.
    """
    values: dict[str, float] = {}
    bonuses: list[tuple[int, dict[str, float]]] = []
    model = warm
    for phase, end in _course(phases, scenario):
        before = model
        model = _taken_over_by(phase, before)
        if before is not warm:
            before.close()
        model.run(end - phase.from_year)
        model.attributes = attributes and end == scenario.years
        model.step()
        values |= model.award_values
        bonuses.append((phase.from_year, model.award_values))
    lived = Lived(
        model,
        award_values=values | warm.award_values,
        n_history_years=_N_HISTORY_YEARS,
        base_salary=scenario.base_salary,
        bonuses=tuple(bonuses),
        with_references=with_references,
    )
    model.close()
    return lived, model.attributions.get(scenario.years, {})


def _pairs(one: dict[str, float], other: dict[str, float]) -> Iterable[tuple[float, float]]:
    return ((one[name], other[name]) for name in one)
