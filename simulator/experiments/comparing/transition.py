"""Who gains or loses a step of the ladder when one set of rules takes over from another.

At the moment a set takes over, everybody's earlier awards and ratings are looked at twice: as the former set counts them, and as the new one does, with its own
clauses on what earned titles are worth. Who stood before an open step and now does not has lost it; the other way round, gained it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.errors import RunError
from simulator.experiments.execution.executors import run_each
from simulator.experiments.results.records import Record
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run import takeovers, warmed_up
from simulator.experiments.scenarios.description import describe_sets
from simulator.history import Role
from simulator.model.transition import open_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.execution.executors import Progress
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.model.model import AwardModel

_Key: TypeAlias = tuple[str, int, str, str, str, int, int]
"""Option, first year, former and new rules, award, position of the kind of unit, role."""


@dataclass(frozen=True)
class Cohort(Record):
    """Members of one kind of unit and post, before one award, when one set takes over from another.

    Numbers of people are means over replications. ``before`` and ``after`` stand before an open step of the award as the former and the new set count
    what was earned; ``gained`` and ``lost`` changed sides.
    """

    option: str
    from_year: int
    former: str
    successor: str
    award: str
    award_title: dict[str, str]
    kind: str
    kind_title: dict[str, str]
    role: str
    members: float
    before: float
    after: float
    gained: float
    lost: float


@dataclass(frozen=True)
class Transitions(Record):
    """All cohorts of a scenario that have a step open before or after a takeover; each criteria set with the title its readers know."""

    scenario: str
    title: dict[str, str]
    baseline: str
    replications: int
    cohorts: list[Cohort]
    criteria_titles: dict[str, dict[str, str]]
    option_titles: dict[str, dict[str, str]]


def list_cohorts(scenario: Scenario, *, workers: int = 1, progress: Progress | None = None) -> Transitions:
    """List who gains or loses a step under each option of a scenario, whenever rules take over.

    Parameters
    ----------
    scenario
        What to run.
    workers
        Processes; 1 stays in this one. The numbers are the same.
    progress
        Called with (done, total) after each replication.

    Raises
    ------
    RunError
        When a replication failed: means over the others would be of other people.
    """
    sums: dict[_Key, np.ndarray] = {}
    for counted in run_each(_count_replication, scenario, workers=workers, progress=progress):
        if isinstance(counted, ReplicationFailure):
            raise RunError(counted.error)
        for key, counts in counted.items():
            sums[key] = sums.get(key, np.zeros(5)) + counts
    return Transitions(
        scenario=scenario.id,
        title=scenario.title.model_dump(),
        baseline=scenario.baseline.id,
        replications=scenario.replications,
        criteria_titles=describe_sets(scenario),
        option_titles={option.id: option.title.model_dump() for option in scenario.options},
        cohorts=[_cohort(key, total / scenario.replications, scenario) for key, total in sums.items() if total[1:].any()],
    )


def _count_replication(scenario: Scenario, replication: int) -> dict[_Key, np.ndarray]:
    """Count one replication: under each option, whenever rules take over."""
    counted: dict[_Key, np.ndarray] = {}
    with warmed_up(scenario, replication) as warm:
        for option in scenario.options:
            for from_year, former, successor in takeovers(warm, option, scenario):
                for cell, counts in _count(former, successor):
                    counted[option.id, from_year, former.criteria.id, successor.criteria.id, *cell] = counts
    return counted


def _count(former: AwardModel, successor: AwardModel) -> Iterator[tuple[tuple[str, int, int], np.ndarray]]:
    """Count, for each award, kind of unit and role: members, open before, open after, gained, lost."""
    population = former.population
    before = open_steps(former.members, population, former.regime)
    after = open_steps(successor.members, population, successor.regime)
    kind = population.groups.spread(population.kind).astype(np.int64)
    cell = kind * len(Role) + population.role
    nobody = np.zeros(population.n_members, dtype=np.bool_)
    n_cells = len(population.kinds) * len(Role)
    for award in sorted(before | after):
        was, now = before.get(award, nobody), after.get(award, nobody)
        columns = (np.ones_like(was), was, now, now & ~was, was & ~now)
        counts = np.array([np.bincount(cell[column], minlength=n_cells) for column in columns], dtype=np.float64)
        for place in np.flatnonzero(counts[0]):
            yield (award, int(place) // len(Role), int(place) % len(Role)), counts[:, place]


def _cohort(key: _Key, means: np.ndarray, scenario: Scenario) -> Cohort:
    option_id, from_year, former, successor, award, kind_position, role = key
    kind_id, kind = list(scenario.population.kinds.items())[kind_position]
    sets = [scenario.baseline, *(phase.criteria for option in scenario.options for phase in option.phases)]
    title = next(criteria.awards[award].title for criteria in sets if award in criteria.awards)
    members, before, after, gained, lost = (float(mean) for mean in means)
    return Cohort(
        option=option_id,
        from_year=from_year,
        former=former,
        successor=successor,
        award=award,
        award_title=title.model_dump(),
        kind=kind_id,
        kind_title=kind.title.model_dump(),
        role=Role(role).name.lower(),
        members=members,
        before=before,
        after=after,
        gained=gained,
        lost=lost,
    )
