"""Ask how far an exhortation must be followed before it matters.

A sentence without a number carries an assumed compliance. Instead of believing one figure, the same option is run with
compliances from 0 to 1, on the luck of the first replications, and the smallest compliance is sought at which an indicator has
moved by its margin.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.mathematics.statistics import LEAST_SHARE_DEFINED, mean_of
from simulator.experiments.results.comparison import ComplianceSweep
from simulator.rules.clauses import Exhortation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet

LEVELS: Final = (0.25, 0.5, 0.75, 1.0)
"""Compliances that are run; nobody following (0) is the set without its exhortations, and is run as well."""
N_REPLICATIONS: Final = 4
SWEPT: Final = ("turn_taking_index", "equal_opportunity_difference", "excess_inflation", "merit_kappa")
_NOBODY: Final = 0.0


def swept_options(scenario: Scenario, levels: Sequence[float] = (_NOBODY, *LEVELS)) -> dict[str, dict[float, Option]]:
    """Give each option with exhortations of its own at every compliance from 0 to 1, or at others: key → compliance → option.

    One that the baseline has as well, under whatever name or title, is no option's own. Where rules follow one another, those of every phase are meant.
    """
    before = [_substance(clause) for _, clause in scenario.baseline.iter_clauses() if _is_swept(clause)]
    swept: dict[str, dict[float, Option]] = {}
    for option in scenario.options:
        own = [
            {path for path, clause in phase.criteria.iter_clauses() if _is_swept(clause) and _substance(clause) not in before}
            for phase in option.phases
        ]
        if any(own):
            swept[option.key] = {level: _followed_to(option, own, level) for level in levels}
    return swept


def _substance(clause: Clause) -> Clause:
    return clause.model_copy(update={"title": None})


def _followed_to(option: Option, own: Sequence[set[str]], level: float) -> Option:
    phases = zip(option.phases, own, strict=True)
    followed = (replace(phase, criteria=with_compliance(phase.criteria, paths, level)) if paths else phase for phase, paths in phases)
    return replace(option, phases=tuple(followed))


def with_compliance(criteria: CriteriaSet, paths: set[str], level: float) -> CriteriaSet:
    """Give a copy of a set in which the exhortations at these paths are followed to one degree."""
    rules = criteria.rules

    def section(name: str, clauses: Mapping[str, Clause]) -> dict[str, Clause]:
        return {clause_id: _followed(clause, level) if f"{name}.{clause_id}" in paths else clause for clause_id, clause in clauses.items()}

    changes = {
        "principles": section("principles", rules.principles),
        "procedure": section("procedure", rules.procedure),
        "awards": {award_id: award.model_copy(update={"clauses": section(award_id, award.clauses)}) for award_id, award in rules.awards.items()},
    }
    return replace(criteria, id=f"{criteria.id}@{level:g}", rules=rules.model_copy(update=changes))


def summarise(sweeps: Sequence[Mapping[float, Mapping[str, float]]], margins: Mapping[str, float]) -> list[ComplianceSweep]:
    """Say, for each headline indicator, what compliance it takes to move it by its margin.

    Parameters
    ----------
    sweeps
        For each replication: compliance → indicator → value; empty for an option without exhortations of its own.
    margins
        Indicator → the smallest difference worth a word.
    """
    if not sweeps:
        return []
    levels = sorted(sweeps[0])
    results = []
    for name in SWEPT:
        differences = [_moved([sweep[level][name] - sweep[_NOBODY][name] for sweep in sweeps]) for level in levels]
        margin = margins[name]
        results.append(
            ComplianceSweep(
                indicator=name,
                levels=levels,
                differences=[value if np.isfinite(value) else None for value in differences],
                margin=margin,
                threshold=first_crossing(levels, differences, margin),
                replications=len(sweeps),
            )
        )
    return results


def _moved(changes: Sequence[float]) -> float:
    """Average a change over the replications that define it; undefined where these are fewer than half, as everywhere."""
    mean = mean_of(changes)
    return mean.value if mean.n >= LEAST_SHARE_DEFINED * len(changes) else float("nan")


def first_crossing(levels: Sequence[float], differences: Sequence[float], margin: float) -> float | None:
    """Find the smallest compliance at which a difference reaches ±margin, straight lines between the levels run.

    Returns
    -------
        ``None`` when it is not reached, or not before the first difference that is undefined: whether it lies there nobody knows.
    """
    for (low, before), (high, after) in pairwise(zip(levels, differences, strict=True)):
        if not np.isfinite([before, after]).all():
            return None
        edge = margin if after > before else -margin
        if abs(after) >= margin and abs(before) < margin:
            return low + (high - low) * (edge - before) / (after - before)
    return None


def _is_swept(clause: Clause) -> bool:
    return isinstance(clause, Exhortation) and bool(clause.moves)


def _followed(clause: Clause, level: float) -> Clause:
    assert isinstance(clause, Exhortation)  # noqa: S101 - only exhortations are swept; this tells mypy
    compliance = clause.compliance.model_copy(update={"value": level})
    return clause.model_copy(update={"compliance": compliance})
