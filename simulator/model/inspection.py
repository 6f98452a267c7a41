"""Inspection: some awards are looked at again after they were decided, and those that rest on what is not true are revoked (``docs/odd.md`` 7.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.model.ratings import has_false_initiatives

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    from simulator._types import BoolArray
    from simulator.model.council import Council
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome
    from simulator.model.regime import Authority

_CLAIMS_TOO_FAR: Final = np.float32(1)
"""Claims of more than one standard deviation of score are what an award rests on."""

_NOBODY: Final = np.zeros(0, dtype=np.bool_)


def inspect(outcomes: MutableMapping[str, Outcome], files: Files, cycle: Cycle, councils: Mapping[Authority, Council]) -> None:
    """Look again at some of the year's awards, and revoke those found to rest on false initiatives or on claims.

    A revoked award leaves the memory of its winner and the winners of its outcome; the place stays empty, initiatives stay used, and other awards of
    the year stand.

    Parameters
    ----------
    outcomes
        Award id → what became of it; those with revocations are replaced.
    files, cycle
        The files and the state of the year.
    councils
        Authority → council, whose revocations are counted.
    """
    may_find = cycle.is_somewhere(lambda regime: regime.behaviour.inspection_share * regime.behaviour.detection)
    if cycle.is_perfect or not may_find:
        return
    for award, outcome in outcomes.items():
        is_revoked = _is_revoked(outcome, files, cycle) if len(outcome.winners) else _NOBODY
        if is_revoked.any():
            revoked, is_kept = outcome.winners[is_revoked], ~is_revoked
            cycle.members.award_years[award][revoked] &= ~np.uint32(1)
            council = councils[outcome.rule.authority]
            council.n_revoked = council.n_revoked + cycle.population.by_replication(revoked)
            outcomes[award] = replace(outcome, winners=outcome.winners[is_kept], initiatives_used=outcome.initiatives_used[is_kept])


def _is_revoked(outcome: Outcome, files: Files, cycle: Cycle) -> BoolArray:
    """Tell which winners lose the award: (n_winners,)."""
    winners = outcome.winners
    share = cycle.in_64_bits(lambda regime: regime.behaviour.inspection_share, winners)
    is_revoked = cycle.is_lucky(f"inspection.{outcome.rule.authority}", cycle.members.id[winners], share)
    inspected = np.flatnonzero(is_revoked)
    posts = winners[inspected]
    rests_on_nothing: BoolArray = files.claims[posts] > _CLAIMS_TOO_FAR
    if cycle.is_somewhere(lambda regime: regime.behaviour.fake_initiative_share):
        rests_on_nothing |= (outcome.initiatives_used[inspected] > 0) & has_false_initiatives(cycle, posts)
    detection = cycle.in_64_bits(lambda regime: regime.behaviour.detection, posts)
    is_revoked[inspected] = rests_on_nothing & cycle.is_lucky("inspection.finds", cycle.members.id[posts], detection)
    return is_revoked
