"""Let a small world live under given behavioural numbers, and read its patterns.

Two short runs a seed: one under a whole set of rules, without learning, as scenarios are shipped; and one in which the focus award has neither conditions
nor places and nothing caps ratings, with learning, because that is where standards are free to drift and ratings to pile up. Every set of numbers meets
the same people and the same luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from simulator.experiments.calibration import patterns
from simulator.experiments.calibration.pattern_targets import PATTERNS
from simulator.indicators.panel import Panel
from simulator.indicators.standards import fall_of_standards
from simulator.indicators.timeliness import Timeliness
from simulator.indicators.values import values_of
from simulator.model.model import AwardModel
from simulator.rules.clauses import RatingCap
from simulator.scoring.facts import Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator._types import FloatArray
    from simulator.history import History
    from simulator.model.behaviour import Behaviour
    from simulator.population.generator import Population
    from simulator.rules.criteria import CriteriaSet

Numbers: TypeAlias = Mapping[str, float]
FREE: Final = ("turn", "turn_taking_index", "equal_opportunity_difference", "merit_kappa")
"""Numbers that no target ties down; what is left of them is a prediction."""
READ: Final[tuple[str, ...]] = (*PATTERNS, *FREE)
_YEARS_BEFORE_DRIFT: Final = 3


@dataclass(frozen=True)
class PatternWorld:
    """A world small enough to live many times.

    Attributes
    ----------
    criteria
        The rules.
    population
        Units and posts.
    behaviour
        The numbers that no point of a search replaces.
    focus_award
        The award patterns are read from.
    warm_up_years, years
        Years before those that are judged, and the judged ones.
    seeds
        One pair of runs each; patterns are averaged over them.
    """

    criteria: CriteriaSet
    population: Population
    behaviour: Behaviour
    focus_award: str
    warm_up_years: int = 6
    years: int = 8
    seeds: tuple[int, ...] = (1, 2)


def read_patterns(world: PatternWorld, numbers: Numbers, seed: int) -> FloatArray:
    """Live once under these numbers.

    Returns
    -------
        (n_read,) float64 in the order of :data:`READ`; NaN where a pattern cannot be read.
    """
    behaviour = world.behaviour.with_values(numbers)
    found = _under_the_rules(world, behaviour, seed) | _without_limits(world, behaviour, seed)
    return np.array([found[name] for name in READ])


def read_points(world: PatternWorld, points: Sequence[Numbers], *, workers: int = 1) -> FloatArray:
    """Read the patterns of many sets of numbers, averaged over the seeds of the world.

    Parameters
    ----------
    world
        Where they live.
    points
        Sets of numbers.
    workers
        Processes; what comes out does not depend on them.

    Returns
    -------
        (n_points, n_read) float64.
    """
    if workers <= 1 or len(points) <= 1:
        return np.array([_mean_over_seeds(world, point) for point in points]).reshape(len(points), len(READ))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        size = max(1, len(points) // (4 * workers))
        parts = [points[start : start + size] for start in range(0, len(points), size)]
        return np.vstack(list(pool.map(read_points, [world] * len(parts), parts)))


def spread_over_seeds(world: PatternWorld, numbers: Numbers, seeds: Sequence[int]) -> tuple[FloatArray, FloatArray]:
    """Live once with each of some seeds.

    Returns
    -------
        (n_seeds, n_read) what was read, and (n_read,) its variance from seed to seed.
    """
    read = np.array([read_patterns(world, numbers, seed) for seed in seeds])
    return read, np.nanvar(read, axis=0, ddof=1)


def without_limits(criteria: CriteriaSet, award: str) -> CriteriaSet:
    """Leave of a set of rules one award that everybody may be put forward for, and no cap on ratings; the way files go stays."""
    procedure = {key: clause for key, clause in criteria.procedure.items() if not isinstance(clause, RatingCap)}
    alone = {award: criteria.awards[award].model_copy(update={"clauses": {}})}
    return replace(criteria, rules=criteria.rules.model_copy(update={"awards": alone, "procedure": procedure}))


def _mean_over_seeds(world: PatternWorld, numbers: Numbers) -> FloatArray:
    read = np.array([read_patterns(world, numbers, seed) for seed in world.seeds])
    n_known = (~np.isnan(read)).sum(axis=0)
    mean: FloatArray = np.where(n_known > 0, np.nansum(read, axis=0) / np.maximum(n_known, 1), np.nan)
    return mean


def _under_the_rules(world: PatternWorld, behaviour: Behaviour, seed: int) -> dict[str, float]:
    behaviour = replace(behaviour, learns=False)
    with AwardModel(
        world.population,
        world.criteria,
        behaviour,
        seed=seed,
        focus_award=world.focus_award,
        first_year=1 - world.warm_up_years,
        collects=False,
    ) as model:
        history = model.run(world.warm_up_years + world.years).history(n_history_years=world.warm_up_years)
        by_authority = [(rule.id, rule.authority, rule.procedure.delay_months) for rule in model.regime.awards]
    of_state = [delay for _, authority, delay in by_authority if authority == "state"]
    free = values_of(history, names=FREE, with_course=False)[0]
    return {name: free[name] for name in FREE} | {
        "one_year_stability": patterns.one_year_stability(history),
        "leader_rate_ratio": patterns.leader_rate_ratio(history),
        "gap_widening": patterns.gap_widening(history),
        "low_tier_awards": patterns.awards_per_head(history, [award for award, authority, _ in by_authority if authority == "unit"]),
        "later_success_ratio": patterns.later_success_ratio(history),
        "state_delay_months": float(np.mean(of_state)) if of_state else float("nan"),
        "year_round_share": patterns.year_round_share(history),
        "recognised_within_12_months": _recognised_in_time(history),
    }


def _recognised_in_time(history: History) -> float:
    family = Timeliness(Panel(history))
    return float("nan") if family.missing() is not None else family.values()["recognised_within_12_months"]


def _without_limits(world: PatternWorld, behaviour: Behaviour, seed: int) -> dict[str, float]:
    behaviour = replace(behaviour, learns=True)
    shares = []
    with AwardModel(
        world.population,
        without_limits(world.criteria, world.focus_award),
        behaviour,
        seed=seed,
        focus_award=world.focus_award,
        first_year=1 - _YEARS_BEFORE_DRIFT,
        collects=False,
    ) as model:
        for _ in range(_YEARS_BEFORE_DRIFT + world.years):
            model.step()
            rated = model.members.rating_years
            shares.append([float((rated[rating] & np.uint32(1)).mean()) for rating in (Rating.COMPLETED_WELL, Rating.COMPLETED)])
        history = model.history(n_history_years=_YEARS_BEFORE_DRIFT)
    well, completed = np.mean(shares, axis=0)
    return {"fall_of_standards": fall_of_standards(history), "top_two_ratings": float(well), "failed_ratings": float(1 - completed)}
