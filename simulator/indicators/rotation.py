"""Tell rotation (luân phiên): whether awards go by turn, beyond what merit and post explain.

``turn_taking_index``
    TTI = (R̄_A − m̄_A) / (R̄_W − m̄_A), with R the rank share of the wait inside the unit-year, A the awarded, W the k longest
    waiting, and m the mean of R over everybody of the same margin from the cut, role and size band. Nobody is
    compared with himself in another year: R̄_A − m̄_A = Σ_s Σ_pairs (A − A*)(R − R*)/o_s / ΣA, over the pairs of rows of different people in stratum s, and o_s
    how many rows of others a row of s has on average. Exactly 0 when the best
    are awarded, 0 in expectation under a lottery, exactly 1 under strict turns. Where more than half are awarded the same is asked of
    those left out: A are the left out, R the rank share of the time since somebody was last left out, W the n − k whose turn it is to be left out.
``last_winner_penalty``
    LWP = 1 − RR, RR the Mantel–Haenszel risk ratio of winning for last year's winners against the others, in the same strata, again over pairs of
    different people.

After model.md A.1 with corrections 00.4, 00.5, 00.7 and 00.17. Strata never mix deserving and others, so perfect merit reads 0 exactly
whatever the sizes of the units.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.family import Family, combine_own_strata, has_the_rarer, ratio, split
from simulator.indicators.grouping import Grouping
from simulator.indicators.panel import WINDOW_OF_WAITING
from simulator.ranking import stable_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.indicators.panel import Panel

_N_TOTALS = 3
_TINY = 1e-12

SHUT_OUT: Final = "caveat.shut-out"


class TurnTaking(Family):
    """The turn-taking index."""

    names = ("turn_taking_index",)
    n_memory_years = WINDOW_OF_WAITING
    needs_deserving = True

    def missing(self) -> str | None:
        """Need merit, two years of memory and a third to judge, and places that somebody did not get."""
        return self._missing_contest()

    def caution(self) -> str | None:
        """Say so where 0 stands for a question that the rules leave nobody to ask of."""
        return SHUT_OUT if _differences(self.components("all"))[2][0] else None

    def components(self, by: str) -> FloatArray:
        """Sum counts and waits in each stratum, waits of the awarded and of those whose turn it was, and recent winners whom the rules shut out."""
        panel = self.panel
        group, (stratum, n_strata) = panel.grouping(by), _strata(panel)
        waiting, turn = panel.waiting_share, panel.turn
        is_awarded = panel.is_awarded
        if panel.is_part or panel.is_crowded.any():
            # Who gets a place and who gets none are different questions, so their strata stand apart.
            stratum, n_strata = stratum + n_strata * panel.is_crowded, 2 * n_strata
            waiting = np.where(panel.is_crowded, panel.served_share, waiting)
            turn = np.where(panel.is_crowded, panel.left_out_by_turn, turn)
            is_awarded = is_awarded ^ panel.is_crowded
        same = _SamePerson(panel, stratum, n_strata)
        return np.hstack(
            [
                group.add_up(cell=stratum, n_cells=n_strata),
                group.add_up(waiting, cell=stratum, n_cells=n_strata),
                group.add_up(is_awarded, cell=stratum, n_cells=n_strata),
                group.add_up(is_awarded * waiting, cell=stratum, n_cells=n_strata),
                same.add_up(by, lambda: same.joint(is_awarded, waiting)),
                same.pairs(by),
                group.add_up_each(lambda rows: turn[rows] * waiting[rows]),
                group.add_up(turn),
                panel.grouping_of_history(by).add_up(panel.is_shut_out),
            ]
        )

    def combine_each(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Combine each replication with its own strata, where some are crowded apart for those who get a place and for those who get none."""
        panel = self.panel
        is_own = np.repeat(panel.own_strata, 2, axis=1)
        if panel.is_crowded.any():
            has_crowded = panel.grouping("all").add_up(panel.is_crowded) > 0
            is_own = np.hstack([is_own, is_own & has_crowded])
        return combine_own_strata(self, sums, is_own, 6)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Compare the wait of the awarded with that of their equals, in units of strict turns."""
        observed, by_turn, is_by_rule = _differences(sums)
        return {"turn_taking_index": np.where(is_by_rule, 0.0, _ratio_of_differences(observed, by_turn))}


class LastWinnerPenalty(Family):
    """The last-winner penalty."""

    names = ("last_winner_penalty",)
    n_memory_years = WINDOW_OF_WAITING
    needs_deserving = True

    def missing(self) -> str | None:
        """Need the same as the turn-taking index."""
        return self._missing_contest()

    def caution(self) -> str | None:
        """Say so where 0 stands for a question that the rules leave nobody to ask of."""
        n_winners, *_, n_shut_out = _counts(self.components("all"))
        return SHUT_OUT if n_shut_out[0, 0] > 0 and not n_winners.any() else None

    def components(self, by: str) -> FloatArray:
        """Count candidates and winners in each stratum, apart for last year's winners; and recent winners whom the rules shut out."""
        panel = self.panel
        group, (stratum, n_strata) = panel.grouping(by), _strata(panel)
        won_last_year, awarded = panel.won_last_year, panel.is_awarded
        again, first = won_last_year & awarded, ~won_last_year & awarded
        same = _SamePerson(panel, stratum, n_strata)
        return np.hstack(
            [
                *(group.add_up(values, cell=stratum, n_cells=n_strata) for values in (won_last_year, ~won_last_year, again, first)),
                same.add_up(by, lambda: same.total(again) * same.total(~won_last_year)),
                same.add_up(by, lambda: same.total(first) * same.total(won_last_year)),
                panel.grouping_of_history(by).add_up(panel.is_shut_out),
            ]
        )

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units with a winner of last year in a stratum that has others too; or those with others, where they are fewer."""
        n_winners, n_others, *_ = _counts(by_unit)
        return {"last_winner_penalty": has_the_rarer(n_winners, n_others)}

    def combine_each(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Combine each replication with its own strata."""
        return combine_own_strata(self, sums, np.repeat(self.panel.own_strata, 2, axis=1), 6)

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Pool the risk ratio over strata (Mantel–Haenszel)."""
        n_winners, n_others, again, first, own_again, own_first, n_shut_out = _counts(sums)
        n = n_winners + n_others
        again_of_pairs, first_of_pairs = again * n_others - own_again, first * n_winners - own_first
        risk_ratio = ratio(np.nansum(ratio(again_of_pairs, n), axis=1), np.nansum(ratio(first_of_pairs, n), axis=1))
        # As above: where no recent winner is left among the candidates, the penalty is the rule's.
        is_by_rule = (n_shut_out[:, 0] > 0) & (n_winners.sum(axis=1) == 0)
        return {"last_winner_penalty": np.where(is_by_rule, 0.0, 1 - risk_ratio)}


def _differences(sums: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Give how much longer than their equals the awarded waited, the same under strict turns, and whether the rules leave no turns to see; each (n,)."""
    n_strata = (sums.shape[1] - _N_TOTALS) // 6
    n, waits, awarded, wait_of_awarded, own, own_pairs, wait_of_turn, n_turn, n_shut_out = split(sums, *[n_strata] * 6, 1, 1, 1)
    n_awarded = awarded.sum(axis=1)
    observed = ratio(wait_of_awarded.sum(axis=1), n_awarded)
    n_others = n - np.nan_to_num(ratio(own_pairs, n))
    longer = np.where(n_others > 0, n * wait_of_awarded - awarded * waits - own, 0.0)
    expected = observed - ratio(np.nansum(ratio(longer, n_others), axis=1), n_awarded)
    by_turn = ratio(wait_of_turn[:, 0], n_turn[:, 0])
    # Where the rules shut out every recent winner, all the others waited alike: whatever goes by turn then is the rule's doing, not theirs.
    return observed - expected, by_turn - expected, (n_shut_out[:, 0] > 0) & (np.abs(by_turn - expected) < _TINY)


def _counts(sums: FloatArray) -> list[FloatArray]:
    """Split into last year's winners, others, the awarded of either, and pairs of one person with the latter, each (n, n_strata), and (n, 1) who was shut out."""
    return split(sums, *[(sums.shape[1] - 1) // 6] * 6, 1)


class _SamePerson:
    """The rows that one person has in one stratum, in different years.

    Nobody is compared with himself: whoever wins waits shortest in the next years, so a stratum of few people would hold the effect of the very award it is
    to be compared with, and a lottery would read as turns.
    """

    def __init__(self, panel: Panel, stratum: IndexArray, n_strata: int) -> None:
        """Take who stands where; nothing is sorted before it is asked for."""
        self.panel, self.n_strata = panel, n_strata
        self._stratum = stratum
        self._place = np.multiply(panel.history.member_number.take(panel.rows), n_strata, dtype=np.int64) + stratum

    @cached_property
    def rows(self) -> IndexArray:
        """(n_repeated,) the rows of those who stand in the same stratum more than once, person by person and stratum by stratum; most people do not."""
        order = stable_order(self._place)
        place = self._place.take(order)
        is_repeated, is_same = np.zeros(len(order), dtype=np.bool_), place[1:] == place[:-1]
        is_repeated[1:] |= is_same
        is_repeated[:-1] |= is_same
        return order.compress(is_repeated)

    @cached_property
    def start(self) -> IndexArray:
        """(n_places,) where the rows of each person in each stratum begin, in that order."""
        place = self._place.take(self.rows)
        return np.flatnonzero(np.diff(place, prepend=-1))

    @cached_property
    def n_rows(self) -> FloatArray:
        """(n_places,) how many rows the person has there."""
        return np.diff(self.start, append=len(self.rows)).astype(np.float64)

    def total(self, values: FloatArray | BoolArray) -> FloatArray:
        """Sum (n,) values over the rows of each person in each stratum."""
        return self._total_of(values.take(self.rows))

    def joint(self, first: FloatArray | BoolArray, second: FloatArray) -> FloatArray:
        """Sum (a − a*)(b − b*) over the pairs of rows of each person in each stratum: nΣab − ΣaΣb."""
        one, other = first.take(self.rows), second.take(self.rows)
        return self.n_rows * self._total_of(one * other) - self._total_of(one) * self._total_of(other)

    def _total_of(self, of_rows: FloatArray | BoolArray) -> FloatArray:
        return np.add.reduceat(of_rows.astype(np.float64, copy=False), self.start) if len(self.start) else np.zeros(0)

    def pairs(self, by: str) -> FloatArray:
        """Count the pairs of rows of one person in each stratum, each row with itself included: (n_groups, n_strata)."""
        if self._is_once(by):
            return self.panel.grouping(by).add_up(cell=self._stratum, n_cells=self.n_strata)
        is_single = np.ones(self.panel.n_rows, dtype=np.bool_)
        is_single[self.rows] = False
        singles = self.panel.grouping(by).add_up(is_single, cell=self._stratum, n_cells=self.n_strata)
        return singles + self.add_up(by, lambda: self.n_rows**2)

    def add_up(self, by: str, work_out: Callable[[], FloatArray]) -> FloatArray:
        """Sum what the rows of one person differ by in each stratum, where the person first stood in it: (n_groups, n_strata). A single row differs by nothing."""
        group = self.panel.grouping(by)
        if self._is_once(by):
            return np.zeros((group.n_groups, self.n_strata))
        first = self.rows.take(self.start)
        return Grouping(group.label.take(first), group.n_groups).add_up(work_out(), cell=self._stratum.take(first), n_cells=self.n_strata)

    def _is_once(self, by: str) -> bool:
        """Tell whether nobody can stand anywhere twice: in one year everybody has one row, which differs from itself by nothing."""
        return by == "year" or len(self.panel.judged_years) == 1


def _strata(panel: Panel) -> tuple[IndexArray, int]:
    """Give everybody's stratum, leaders apart, and how many strata there are."""
    return 2 * panel.stratum + panel.is_leader, 2 * panel.n_strata


def _ratio_of_differences(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Divide two differences of means; a difference that is only rounding is zero."""
    return ratio(np.where(np.abs(numerator) < _TINY, 0.0, numerator), np.where(np.abs(denominator) < _TINY, 0.0, denominator))
