"""How units and councils change with what happens to them (equations 10–14; ``docs/odd.md`` 7.10 and 7.11).

Everything is computed in 64 bits and rounded to 2⁻²⁰, so that a mathematics library that errs in the last bit changes nobody's award.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.model.regime import AUTHORITIES
from simulator.ranking import rank_those, to_score_grid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import FloatArray, IndexArray
    from simulator.model.council import Council
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome
    from simulator.model.regime import Authority

_GRID: Final = 2.0**20
_MOST_BESIDE_THE_SCORE: Final = 0.95
_LARGEST_CROWDING: Final = 1.0


def remember_morale(focus: Outcome, files: Files, cycle: Cycle) -> None:
    """Let morale follow how far a unit's awards went to those who deserved them (equation 14); only where morale moves effort.

    m ← κm + (1 − κ)(1 − mean |A − D|), D the A-many best of the eligible by merit.
    """
    groups, norms = cycle.population.groups, cycle.norms
    if not cycle.is_somewhere(lambda regime: regime.behaviour.morale_effect):
        return
    n_awarded = _count(focus.winners, cycle)
    eligible = np.flatnonzero(focus.is_eligible)
    ranking = rank_those(eligible, to_score_grid(files.merit.take(eligible)), files.tie.take(eligible), groups)
    is_winner = np.zeros(groups.n_members, dtype=np.bool_)
    is_winner[focus.winners] = True
    deserving = ranking.best(n_awarded)
    n_rightly = _count(deserving[is_winner[deserving]], cycle)
    misplaced = 2 * (n_awarded - n_rightly) / np.maximum(groups.size, 1)
    memory = BehaviourOfUnits(cycle).morale_memory
    norms.morale = _rounded(memory * norms.morale + (1 - memory) * (1 - misplaced))


def learn(focus: Outcome, cycle: Cycle, councils: Mapping[Authority, Council]) -> None:
    """Let units and councils learn from a year that has been decided and inspected.

    Parameters
    ----------
    focus
        What became of the award that effort and claims aim at.
    cycle
        The state of the year; its norms change in place.
    councils
        Authority → council; their bars change.
    """
    _learn_shares(focus, cycle)
    if focus.rule.is_filled_by_units:
        _learn_volume(focus, cycle)
    _learn_weights(focus, cycle)
    for authority in AUTHORITIES:
        learn_bars(councils[authority], cycle)


class BehaviourOfUnits:
    """Behavioural numbers by name, each as :meth:`~simulator.model.cycle.Cycle.of_units` gives it."""

    def __init__(self, cycle: Cycle) -> None:
        self._cycle = cycle

    def __getattr__(self, name: str) -> Any:
        return self._cycle.of_units(lambda regime: getattr(regime.behaviour, name))


def _learn_shares(focus: Outcome, cycle: Cycle) -> None:
    """p̂ ← (1 − α)p̂ + α·awarded/members."""
    memory, norms = BehaviourOfUnits(cycle).learning_memory, cycle.norms
    share = _count(focus.winners, cycle) / np.maximum(cycle.population.groups.size, 1)
    norms.perceived_share = _rounded((1 - memory) * norms.perceived_share + memory * share)


def _learn_volume(focus: Outcome, cycle: Cycle) -> None:
    """Let the strategy used be remembered by what it brought, and draw next year's (equation 11)."""
    norms, behaviour = cycle.norms, BehaviourOfUnits(cycle)
    n_files, n_approved = _count(focus.nominees, cycle), _count(focus.nominees[focus.is_approved], cycle)
    gain = (
        cycle.of_units(lambda regime: regime.worth_of_focus) * n_approved
        - behaviour.dossier_cost * n_files
        - behaviour.rejection_cost * (n_files - n_approved)
    )
    per_place = gain / np.where(focus.n_places > 0, focus.n_places, 1)
    units, used = np.arange(cycle.population.n_units), norms.volume.astype(np.int64)
    memory = behaviour.learning_memory
    norms.attractions[used, units] = _rounded((1 - memory) * norms.attractions[used, units] + memory * per_place)
    upto = np.cumsum(choice_chances(norms.attractions, behaviour.volume_sensitivity), axis=0)[:-1]
    luck = cycle.uniform("unit.volume", cycle.population.units.ids)
    norms.volume = np.sum(luck >= _rounded(upto), axis=0).astype(np.int8)


def choice_chances(attractions: FloatArray, sensitivity: float | FloatArray) -> FloatArray:
    """Give the chance of each choice: softmax of sensitivity × attraction, column by column.

    Parameters
    ----------
    attractions
        (n_choices, n) float64.
    sensitivity
        Λ, one for all or (n,): at 0 every choice is equally likely; at infinity the most attractive is certain, equals sharing.
    """
    behind = attractions - attractions.max(axis=0)
    weight = np.exp(np.multiply(behind, sensitivity, out=np.zeros_like(behind), where=behind < 0))
    chances: FloatArray = weight / weight.sum(axis=0)
    return chances


def _learn_weights(focus: Outcome, cycle: Cycle) -> None:
    """Move the weights of turn and post (equations 12 and 13), all units at the same time."""
    behaviour, norms = BehaviourOfUnits(cycle), cycle.norms
    turn, rank = norms.turn_weight.astype(np.float64), norms.rank_weight.astype(np.float64)
    worth, transparency = cycle.of_units(lambda regime: regime.worth_of_focus), focus.rule.procedure.transparency
    pull_of_turn = (
        behaviour.turn_base
        + cycle.of_units(lambda regime: regime.behaviour.turn_of_noise * regime.error_sd / (1 + regime.error_sd))
        + behaviour.turn_of_stakes * worth
        - behaviour.turn_of_transparency * transparency
        - behaviour.turn_of_rejections * _share_refused(focus, cycle)
    )
    floor = float(focus.rule.reservation.direct_worker_floor)
    pull_of_rank = behaviour.rank_of_stakes * worth - behaviour.rank_of_floor * floor - behaviour.rank_of_transparency * transparency
    new_turn = turn + behaviour.turn_learning * turn * (1 - turn) * pull_of_turn + behaviour.turn_imitation * (_mean_of_cluster(turn, cycle) - turn)
    new_rank = rank + behaviour.rank_learning * rank * (1 - rank) * pull_of_rank
    new_turn, new_rank = np.clip(new_turn, 0, 1), np.clip(new_rank, 0, 1)
    others = norms.prestige_weight.astype(np.float64) + norms.lottery_weight + norms.ladder_weight
    both = new_turn + new_rank
    room = np.maximum(_MOST_BESIDE_THE_SCORE - others, 0)
    kept = np.where(both > room, room / np.where(both > 0, both, 1), 1.0)
    norms.turn_weight = _rounded(new_turn * kept).astype(np.float32)
    norms.rank_weight = _rounded(new_rank * kept).astype(np.float32)


def _share_refused(focus: Outcome, cycle: Cycle) -> FloatArray:
    """(n_units,) share of a unit's files that the council refused; 0 where it sent none."""
    n_files = _count(focus.nominees, cycle)
    share: FloatArray = _count(focus.nominees[~focus.is_approved], cycle) / np.maximum(n_files, 1)
    return share


def _mean_of_cluster(values: FloatArray, cycle: Cycle) -> FloatArray:
    """(n_units,) mean over the units of each unit's cluster, itself included."""
    cluster = cycle.population.cluster
    mean: FloatArray = (np.bincount(cluster, weights=values) / np.maximum(np.bincount(cluster), 1))[cluster]
    return mean


def learn_bars(council: Council, cycle: Cycle) -> None:
    """Let a council's bars follow what it accepted, and its strictness how crowded and how often reversed it was (equation 10), each replication by itself.

    Crowding compares the files of the year with those of year 0, the last before the options, or of the first later year that had any; it is at most
    as much as twice as many files would make.
    """
    bar_learning = cycle.of_replications(lambda regime: regime.behaviour.bar_learning)
    for award, margin in council.margins.items():
        before = council.precedent.get(award, 0.0)
        council.precedent[award] = np.where(np.isnan(margin), before, _rounded(before + bar_learning * margin))
    crowding: FloatArray | float = 0.0
    if cycle.year >= 0:
        first = council.n_read_first_year
        crowding = np.where(first > 0, np.minimum(council.n_read / np.maximum(first, 1) - 1, _LARGEST_CROWDING), 0.0)
        council.n_read_first_year = np.where(first > 0, first, council.n_read)
    reversals = np.where(council.n_approved > 0, council.n_revoked / np.maximum(council.n_approved, 1), 0.0)
    of_crowding = cycle.of_replications(lambda regime: regime.behaviour.strictness_of_crowding)
    of_reversals = cycle.of_replications(lambda regime: regime.behaviour.strictness_of_reversals)
    fading = cycle.of_replications(lambda regime: regime.behaviour.strictness_fading)
    council.strictness = _rounded(council.strictness + (of_crowding * crowding + of_reversals * reversals - fading * council.strictness))


def _count(positions: IndexArray, cycle: Cycle) -> IndexArray:
    """(n_units,) how many of these members each unit has."""
    return np.bincount(cycle.population.groups.of_member[positions], minlength=cycle.population.n_units)


def _rounded(values: FloatArray) -> FloatArray:
    rounded: FloatArray = np.rint(values * _GRID) / _GRID
    return rounded
