"""Concentration: on how few people the awards of a unit fall. Context, never a target: equality may be turns, inequality may be merit.

``gini``
    Gini coefficient of the wins of a unit's people over the judged years, times n/(n − 1) because units are small; the mean over units, each
    weighing by its people; one person alone has no Gini coefficient. Before that factor lasting merit reads 1 − k/n (with it 1 − (k − 1)/(n − 1)) and whole cycles of turns 0.
``effective_winners``
    1 / the mean over units of Σ s², with s the share of each person in the unit's wins. Lasting merit k, whole cycles of turns n, a lottery
    n / (1 + (1 − p)/(Tp)).

After model.md A.5. A unit's people are all who were listed in it in a judged year, with the wins they had there; so newcomers and leavers
raise the Gini coefficient. Units without any award are left out. Read beside the lawful best.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import NOTHING_AWARDED, Family, ratio, split
from simulator.indicators.grouping import add_up_by
from simulator.indicators.unnamed_bounds import MEMBERS_UNKNOWN
from simulator.lookups import codes, look_up, stretches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray


class Concentration(Family):
    """``gini`` and ``effective_winners``."""

    names = ("gini", "effective_winners")

    def missing(self) -> str | None:
        """Need an award in a judged year."""
        history = self.panel.history
        return None if (history.is_awarded & self.panel.is_judged).any() else NOTHING_AWARDED

    def unknown(self) -> Mapping[str, str]:
        """Where only winners are named nobody knows how many people never won; who shares the wins is known all the same."""
        return {} if self.panel.history.knows_members else {"gini": MEMBERS_UNKNOWN}

    def components(self, by: str) -> FloatArray:
        """Sum over units: people × Gini, people of units of two or more, Σ s², and units; and people × Gini before the factor for small units.

        By year, each unit's wins of that year are taken by themselves.
        """
        history = self.panel.history
        judged = self.panel.judged
        grouping = self.panel.grouping_of_history(by)
        # A unit's people are counted apart in each group of rows: in each year when years are asked for, else together.
        set_of_row = codes((history.unit_year if by == "year" else history.unit_number)[judged])
        n, raw, concentration, n_wins = _of_each_set(set_of_row, history.member_number[judged], history.is_awarded[judged])
        is_counted = n_wins > 0
        corrected = raw * np.where(n > 1, n / np.maximum(n - 1, 1), 0.0)
        columns = (n * corrected, np.where(n > 1, n, 0.0), concentration, np.ones(len(n)), n * raw)
        group_of_set = grouping.of(judged).of_first_row(set_of_row, len(n))
        sums = [np.bincount(group_of_set, np.where(is_counted, column, 0.0), grouping.n_groups) for column in columns]
        return np.column_stack(sums).astype(np.float64)

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count people of the units of two or more with an award for the Gini coefficient, awards for who shares them."""
        return {"gini": round(sums[1]), "effective_winners": int((self.panel.history.is_awarded & self.panel.is_judged).sum())}

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count units with an award, for the Gini coefficient those of two or more people."""
        _, people, _, n_units, _ = (part[:, 0] for part in split(by_unit, 1, 1, 1, 1, 1))
        return {"gini": people > 0, "effective_winners": n_units > 0}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Average over units, and invert."""
        gini, people, concentration, n_units, _ = (part[:, 0] for part in split(sums, 1, 1, 1, 1, 1))
        return {"gini": ratio(gini, people), "effective_winners": ratio(n_units, concentration)}

    def beside(self) -> Mapping[str, Mapping[str, float]]:
        """Give the Gini coefficient before the factor for small units."""
        _, people, _, _, raw = (part[:, 0] for part in split(self.components("all"), 1, 1, 1, 1, 1))
        return {} if self.unknown() else {"gini": {"uncorrected": float(ratio(raw, people)[0])}}


def _of_each_set(set_of_row: IndexArray, member: IndexArray, is_awarded: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Measure each set of people: its size, its Gini coefficient, Σ s², and its wins; each (n_sets,)."""
    wins, set_of_person = _wins_in_sets(set_of_row, member, is_awarded)
    n_sets = int(set_of_person.max(initial=-1)) + 1
    n = np.bincount(set_of_person, minlength=n_sets).astype(np.float64)
    total = np.bincount(set_of_person, wins, n_sets).astype(np.float64)
    squares = np.bincount(set_of_person, wins**2, n_sets).astype(np.float64)
    # Who of those with as many wins comes first does not matter, so the numbers themselves are sorted, and none of their positions.
    most = int(wins.max(initial=0)) + 1
    in_order = np.sort(set_of_person.astype(np.int64) * most + wins.astype(np.int64))
    set_in_order, wins_in_order = np.divmod(in_order, most)
    place = np.arange(len(in_order)) - np.repeat(np.cumsum(n) - n, n.astype(np.int64))
    # Σ (2i − n − 1) x_(i) / (n Σ x), with i from 1 for the fewest wins.
    weighted = np.bincount(set_in_order, (2 * place + 1 - n[set_in_order]) * wins_in_order, n_sets).astype(np.float64)
    gini = np.nan_to_num(ratio(weighted, n * total))
    return n, gini, np.nan_to_num(ratio(squares, total**2)), total


def _wins_in_sets(set_of_row: IndexArray, member: IndexArray, is_awarded: BoolArray) -> tuple[FloatArray, IndexArray]:
    """List everybody once for each set they were seen in: (n_people,) wins there, and the set."""
    n_labels = int(member.max(initial=-1)) + 1
    set_of_member = np.full(n_labels, -1, dtype=set_of_row.dtype)
    for rows in stretches(len(member)):
        set_of_member[member[rows]] = set_of_row[rows]
    if np.array_equal(look_up(set_of_member, member), set_of_row):  # nobody was seen in two sets, so a member is a person of one set
        seen = np.flatnonzero(set_of_member >= 0)
        return add_up_by(member.compress(is_awarded), n_labels).take(seen), set_of_member.take(seen)
    person, position = np.unique(np.multiply(set_of_row, n_labels, dtype=np.int64) + member, return_inverse=True)
    return np.bincount(position.reshape(-1), weights=is_awarded, minlength=len(person)).astype(np.float64), person // n_labels
