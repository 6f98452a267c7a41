"""Compare an option with the baseline group by group: kinds of unit, sectors, roles.

The numbers describe who is awarded. They carry intervals, but no verdict: nobody said beforehand which group should get how much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.mathematics.statistics import mean_of
from simulator.experiments.results.comparison import HIDDEN_CAVEAT, GroupComparison, GroupNumber
from simulator.experiments.results.records import UNDEFINED_CAVEAT
from simulator.indicators.breakdown import SECTOR, UNIT_KIND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from simulator.indicators.breakdown import GroupOutcome

    Breakdown: TypeAlias = Mapping[str, Mapping[str, GroupOutcome]]

FEWEST_TOLD: Final = 5
"""Of fewer members nothing is told: a population may be drawn after an office that exists."""
_HIDDEN: Final = GroupNumber(None, None, None, None, None, None, None, n=0, caveat=HIDDEN_CAVEAT)


def compare_groups(of_option: Sequence[Breakdown], of_baseline: Sequence[Breakdown]) -> dict[str, dict[str, GroupComparison]]:
    """Average every group over replications, and its differences from the baseline in pairs.

    Parameters
    ----------
    of_option, of_baseline
        (n_replications,) what :func:`~simulator.indicators.breakdown.break_down` gave; the same people, hence the same groups.

    Returns
    -------
        Division → group → its numbers.
    """
    members = {
        division: {name: mean_of([run[division][name].members for run in of_option]).value for name in groups}
        for division, groups in of_option[0].items()
    }
    hidden = {division: hidden_groups(of_division) for division, of_division in members.items()}
    if hidden.get(UNIT_KIND) and SECTOR in hidden:
        # A sector less those of its kinds that are told would give the one that is not.
        hidden[SECTOR] = frozenset(members[SECTOR])
    return {
        division: {
            name: GroupComparison(None, None, _HIDDEN, _HIDDEN)
            if name in hidden[division]
            else _compare_group([run[division][name] for run in of_option], [run[division][name] for run in of_baseline])
            for name in groups
        }
        for division, groups in members.items()
    }


def hidden_groups(members: Mapping[str, float]) -> frozenset[str]:
    """Choose the groups of which nothing may be told: those of fewer than five members, and the next larger ones, until what is left gives none away.

    Parameters
    ----------
    members
        Group → its members.
    """
    from_the_smallest = sorted(members, key=lambda name: members[name])
    n_hidden = sum(size < FEWEST_TOLD for size in members.values())
    # One group of fewer than five is never enough: the whole less the others would be that group.
    while 0 < n_hidden < len(members) and sum(members[name] for name in from_the_smallest[:n_hidden]) < FEWEST_TOLD:
        n_hidden += 1
    return frozenset(from_the_smallest[:n_hidden])


def _compare_group(of_option: Sequence[GroupOutcome], of_baseline: Sequence[GroupOutcome]) -> GroupComparison:
    return GroupComparison(
        members=round(mean_of([group.members for group in of_option]).value),
        members_share=mean_of([group.members_share for group in of_option]).value,
        award_rate=compare_number([group.award_rate for group in of_option], [group.award_rate for group in of_baseline]),
        awards_share=compare_number([group.awards_share for group in of_option], [group.awards_share for group in of_baseline]),
    )


def compare_number(values: Sequence[float], of_baseline: Sequence[float]) -> GroupNumber:
    """Average a number over replications, and its difference from the baseline in pairs; NaN is left out."""
    mean, baseline = mean_of(values), mean_of(of_baseline)
    difference = mean_of([value - reference for value, reference in zip(values, of_baseline, strict=True)])
    (low, high), (difference_low, difference_high) = mean.interval(), difference.interval()
    return GroupNumber(
        value=_defined(mean.value),
        low=_defined(low),
        high=_defined(high),
        baseline=_defined(baseline.value),
        difference=_defined(difference.value),
        difference_low=_defined(difference_low),
        difference_high=_defined(difference_high),
        n=difference.n,
        caveat=None if np.isfinite(mean.value) else UNDEFINED_CAVEAT,
    )


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
