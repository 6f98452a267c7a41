"""Split the effect of each option over the clauses it changes, fairly: averaged over all orders in which they could have come, on the same luck.

With up to eight parts the average is over all orders; beyond, over orders drawn anew for each replication, so that the interval over replications covers
that choice, too. Within each replication the parts add up to the whole effect. Clauses that order nothing new have exactly no part, without a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

import numpy as np

from simulator.errors import RunError
from simulator.experiments.attribution.coalitions import Coalitions, Reason
from simulator.experiments.execution.computing import Computing
from simulator.experiments.mathematics.shapley import interactions, shapley_values, values_along
from simulator.experiments.mathematics.statistics import LEAST_SHARE_DEFINED, LEVEL, Mean, Verdict, holm, mean_of, verdict
from simulator.experiments.results.records import UNDEFINED_CAVEAT, BilingualText, Record
from simulator.experiments.scenarios.description import both, describe_clauses
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS, members_of, thinned
from simulator.indicators.measurement import INDICATORS
from simulator.rules.citation import load_instruments
from simulator.workspace import find_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import FloatArray
    from simulator.experiments.attribution.coalition_runs import Design, Worths
    from simulator.experiments.execution.executors import Progress
    from simulator.experiments.results.comparison import ClauseUsed
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.experiments.store.store import Store
    from simulator.workspace import Workspace

USUAL_REPLICATIONS: Final = 8
USUAL_REPLICATIONS_THINNED: Final = 20
"""Replications where none are asked for, if the scenario has as many, of the whole population and of one made smaller: every part of an option costs runs."""
USUAL_INDICATORS: Final = (
    "turn_taking_index",
    "equal_opportunity_difference",
    "excess_inflation",
    "leader_share",
    "merit_kappa",
    "award_rate",
    "dossiers",
    "cost_vnd",
)
"""Indicators that are split where none is asked for, with those the scenario asks about."""
_FEWEST_REPLICATIONS: Final = 2
_SHARE_OF_BASELINE: Final = 0.05
_Name = TypeVar("_Name")
State: TypeAlias = Literal["simulated", "words", "recorded"]


@dataclass(frozen=True)
class MemberClause(Record):
    """One clause of a part: its name, its title, the award it belongs to, and what happens to it."""

    clause: str
    title: BilingualText
    change: Literal["added", "changed", "removed"]
    award_title: BilingualText | None = None


@dataclass(frozen=True)
class PartOfOption(Record):
    """A clause an option changes, or some that apply together or not at all, named by the first of them.

    ``state`` says whether it is simulated, changes words or grounds only, or is only recorded; ``reason``, why there are several members.
    """

    clause: str
    members: list[MemberClause]
    state: State
    reason: Reason = "alone"


@dataclass(frozen=True)
class PartEffect(Record):
    """What a part adds to the effect, with its interval and verdict, both adjusted by Holm for the number of parts that are simulated.

    The interval excludes 0 exactly where the adjusted p-value is below 0.05.
    """

    clause: str
    value: float | None
    low: float | None
    high: float | None
    verdict: Verdict


@dataclass(frozen=True)
class Interaction(Record):
    """What two parts do together beyond what each does alone, with an interval adjusted by Holm for the number of pairs."""

    clauses: list[str]
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class IndicatorAttribution(Record):
    """The effect of an option on one indicator, and its parts, which add up to it; ``n`` replications in which all of that is defined.

    ``low`` … ``verdict`` are those of the whole effect, on these replications alone and adjusted for no other indicator: the verdict on an option is that of
    its comparison. Where less than half of the replications define it, nothing is clear. ``interaction`` is the strongest of two parts; it is null where there
    are fewer than two, and where orders were drawn.
    """

    baseline: float | None
    value: float | None
    total: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    margin: float
    n: int
    parts: list[PartEffect]
    interaction: Interaction | None = None
    caveat: str | None = None


@dataclass(frozen=True)
class OptionAttribution(Record):
    """One option: the parts it consists of, how their effect was averaged (over ``orders`` orders; null: over all), and the effect on each indicator."""

    id: str
    title: BilingualText
    parts: list[PartOfOption]
    method: Literal["exact", "sampled"]
    orders: int | None
    indicators: dict[str, IndicatorAttribution]


@dataclass(frozen=True)
class Attribution(Record):
    """A scenario's effects by clause, on ``members`` of the ``members_in_scenario``; a study kept before they were told does not say."""

    scenario: str
    title: BilingualText
    baseline: str
    baseline_title: BilingualText
    focus_award_title: BilingualText
    replications: int
    years: int
    seed: int
    options: list[OptionAttribution]
    members: int | None = None
    members_in_scenario: int | None = None

    def option(self, option_id: str) -> OptionAttribution | None:
        """Return the option of that id, where its effect was split."""
        return next((option for option in self.options if option.id == option_id), None)


def attribute(
    scenario: Scenario,
    *,
    replications: int | None = None,
    members: int | None = THINNED_MEMBERS,
    options: Sequence[str] = (),
    indicators: Sequence[str] = (),
    workers: int = 1,
    scheduler: str | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
    workspace: Workspace | None = None,
) -> Attribution:
    """Split the effects of a scenario's options over their clauses.

    Parameters
    ----------
    scenario
        From :func:`~simulator.experiments.scenarios.scenario.load_scenario`.
    replications
        Paired replications; where none are given, at most eight of the scenario's own, or twenty where the population is thinned.
    members
        About how many members the population is thinned to; ``None`` keeps all.
    options
        Ids of the options to split; all that change something where none is named.
    indicators
        Names of the indicators to split; the usual ones and those the scenario asks about where none is named.
    workers, scheduler, store, progress, workspace
        As in :func:`~simulator.experiments.comparing.compare.compare`.

    Raises
    ------
    KeyError
        If there is no such option or indicator.
    RunError
        If an option is more than its clauses, or fewer than two replications succeed.
    """
    from simulator.experiments.attribution.coalition_runs import run_designs  # noqa: PLC0415  # who only reads effects, as a report does, needs no simulation

    chosen = _choose(options, [option.id for option in scenario.options])
    names = _choose(indicators, list(INDICATORS)) if indicators else list(dict.fromkeys((*USUAL_INDICATORS, *scenario.asked)))
    small = thinned(scenario, members)
    usual = USUAL_REPLICATIONS if small.population == scenario.population else USUAL_REPLICATIONS_THINNED
    asked = small.with_(replications=replications or min(scenario.replications, usual))
    wanted = [option for option in scenario.options if option.key != scenario.baseline.content_hash and (not chosen or option.id in chosen)]
    designs = [_design(option, asked) for option in wanted]
    worths = run_designs(designs, asked, names, Computing(workers, scheduler, store, progress))
    described = describe_clauses(scenario, load_instruments(workspace or find_workspace()))
    return Attribution(
        scenario=scenario.id,
        title=both(scenario.title),
        baseline=scenario.baseline.id,
        baseline_title=both(scenario.keep_as_is.title),
        focus_award_title=both(scenario.baseline.awards[scenario.focus_award].title),
        members=members_of(asked.population),
        members_in_scenario=members_of(scenario.population),
        replications=asked.replications,
        years=asked.years,
        seed=asked.seed,
        options=[_attribute_option(design, of_design, names, described, asked) for design, of_design in zip(designs, worths, strict=True)],
    )


def _choose(wanted: Sequence[str], known: list[str]) -> list[str]:
    for name in wanted:
        if name not in known:
            message = f"there is no {name!r}; there are {', '.join(known)}"
            raise KeyError(message)
    return list(wanted)


def _design(option: Option, scenario: Scenario) -> Design:
    """Find the parts of an option such that every coalition that is needed can be played."""
    from simulator.experiments.attribution.coalition_runs import design_of  # noqa: PLC0415  # as above

    coalitions = Coalitions(option, scenario)
    if not coalitions.adds_up():
        reason = f"option {option.id} changes more than its clauses: its effect cannot be split over them"
        raise RunError(reason, fields={"reason": reason})
    while True:
        design = design_of(coalitions, scenario)
        unplayable = [each for each in design.all_coalitions() if coalitions.course(each) is None]
        if not unplayable:
            return design
        coalitions = coalitions.joined(min(unplayable, key=lambda each: (len(each), sorted(each))))


def _attribute_option(design: Design, worths: Worths, names: list[str], described: list[ClauseUsed], scenario: Scenario) -> OptionAttribution:
    parts = _describe_parts(design, described, scenario)
    ids = [part.clause for part in parts if part.state == "simulated"]
    idle = [part.clause for part in parts if part.state != "simulated"]
    n_players = len(ids)
    values, totals, levels, pairs = [], [], [], []
    for replication, worth in enumerate(worths):
        if worth is None:
            continue
        everybody = frozenset(range(n_players))
        split = shapley_values(n_players, worth) if design.is_exact else values_along(design.orders[replication], worth)
        is_defined = np.logical_and.reduce([np.isfinite(worth(each)) for each in design.coalitions(replication)])
        values.append(np.where(is_defined, split.reshape(n_players, len(names)), np.nan))
        totals.append(np.where(is_defined, worth(everybody) - worth(frozenset()), np.nan))
        levels.append((worth(frozenset()), worth(everybody)))
        if design.is_exact:
            pairs.append({pair: np.where(is_defined, found, np.nan) for pair, found in interactions(n_players, worth).items()})
    if len(totals) < _FEWEST_REPLICATIONS:
        raise RunError("too few replications succeeded", fields={"reason": "too few replications succeeded"})
    indicators = {}
    for column, name in enumerate(names):
        total = mean_of([each[column] for each in totals])
        is_used = [np.isfinite(each[column]) for each in totals]
        before, after = (mean_of([each[side][column] for each, used in zip(levels, is_used, strict=True) if used]).value for side in (0, 1))
        margin = scenario.assumptions.margins.get(name, abs(before) * _SHARE_OF_BASELINE if np.isfinite(before) else 0.0)
        is_mostly_defined = total.n >= LEAST_SHARE_DEFINED * len(totals)
        means = {part: mean_of([each[player, column] for each in values]) for player, part in enumerate(ids)}
        effects = [_part(part, mean, margin, level, is_mostly_defined=is_mostly_defined) for part, (mean, level) in _with_levels(means).items()]
        nothing = 0.0 if total.n else None
        effects += [PartEffect(part, nothing, nothing, nothing, "small" if is_mostly_defined else "not clear") for part in idle]
        low, high = total.interval()
        indicators[name] = IndicatorAttribution(
            baseline=_defined(before),
            value=_defined(after),
            total=_defined(total.value),
            low=_defined(low),
            high=_defined(high),
            verdict=verdict(low, high, total.value, margin) if is_mostly_defined else "not clear",
            margin=margin,
            n=total.n,
            parts=effects,
            interaction=_strongest(pairs, ids, column),
            caveat=None if total.n else UNDEFINED_CAVEAT,
        )
    n_orders = None if design.is_exact else sum(map(len, design.orders))
    return OptionAttribution(design.option.id, both(design.option.title), parts, "exact" if design.is_exact else "sampled", n_orders, indicators)


def _with_levels(means: Mapping[_Name, Mean]) -> dict[_Name, tuple[Mean, float]]:
    """Give each mean the level of its interval, adjusted for how many there are; what is undefined counts for nothing."""
    p_values = {str(place): mean.p_value for place, mean in enumerate(means.values()) if np.isfinite(mean.p_value)}
    levels = holm(p_values)
    return {name: (mean, levels.get(str(place), (1.0, LEVEL))[1]) for place, (name, mean) in enumerate(means.items())}


def _part(clause: str, mean: Mean, margin: float, level: float, *, is_mostly_defined: bool) -> PartEffect:
    low, high = mean.interval(level)
    told = verdict(low, high, mean.value, margin) if is_mostly_defined else "not clear"
    return PartEffect(clause, _defined(mean.value), _defined(low), _defined(high), told)


def _strongest(pairs: list[dict[tuple[int, int], FloatArray]], ids: list[str], column: int) -> Interaction | None:
    means = {pair: mean_of([each[pair][column] for each in pairs]) for pair in (pairs[0] if pairs else {})}
    defined = _with_levels({pair: mean for pair, mean in means.items() if mean.n})
    if not defined:
        return None
    pair, (mean, level) = max(defined.items(), key=lambda item: abs(item[1][0].value))
    low, high = mean.interval(level)
    return Interaction([ids[player] for player in pair], _defined(mean.value), _defined(low), _defined(high))


def _describe_parts(design: Design, described: list[ClauseUsed], scenario: Scenario) -> list[PartOfOption]:
    """Name the parts, those of no effect after the others."""
    changes, option = design.coalitions_of.changes, design.option
    by_path = {clause.clause.rpartition("#")[2]: clause for clause in described if clause.option == option.id}
    awards = {**scenario.baseline.awards, **{key: award for phase in option.phases for key, award in phase.criteria.awards.items()}}

    def member(path: str) -> MemberClause:
        if path in changes.heads:
            return MemberClause(path, both(awards[path].title), changes.heads[path])
        change, clause = changes.clauses[path]
        award = awards.get(path.partition(".")[0])
        name = by_path[path].clause if path in by_path else path
        return MemberClause(name, both(clause.title), change, None if award is None else both(award.title))

    parts = []
    for part in design.coalitions_of.parts:
        members = [member(path) for path in part.paths]
        parts.append(PartOfOption(members[0].clause, members, "simulated", part.reason))
    for path in changes.clauses:
        if path not in changes.ruling:
            state: State = "recorded" if path in by_path and not by_path[path].simulated else "words"
            parts.append(PartOfOption(member(path).clause, [member(path)], state))
    return parts


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
