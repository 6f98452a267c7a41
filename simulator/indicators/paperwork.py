"""Count the paper and the money behind awards, a year.

``dossiers``
    Files written a year, for whatever award.
``cost_vnd``
    Money given with awards a year, in VND: Σ awards × bonus in multiples of the base salary × base salary. All awards count, not the focus award alone, and
    each with the bonus of the rules under which it was given.

Both are totals of the list, so they grow with it: compare them on the same members only.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.family import TOO_FEW_YEARS, Family
from simulator.indicators.inflation import award_points

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.history import History

NO_DOSSIERS = "caveat.no-dossiers"
NO_BASE_SALARY = "caveat.no-base-salary"


class _YearlyTotal(Family):
    """A total of the judged years, divided by their number."""

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Take the sums as they are: they are a year's already."""
        return {self.names[0]: sums[:, 0]}

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count files, or awards of all kinds, of all judged years."""
        del sums
        return {self.names[0]: sum(int(column[self.panel.is_judged].sum()) for column in self._counted())}

    @abstractmethod
    def _counted(self) -> Sequence[IndexArray | BoolArray]:
        """Give (n_rows,) columns of what is added up, piece by piece."""

    def _total(self, by: str, values_of: Callable[[slice], FloatArray]) -> FloatArray:
        """Add up what is worked out for a stretch of rows at a time."""
        n_years, is_judged = 1 if by == "year" else max(len(self.panel.judged_years), 1), self.panel.is_judged
        return self.panel.grouping_of_history(by).add_up_each(lambda rows: values_of(rows) * is_judged[rows] / n_years)


class Dossiers(_YearlyTotal):
    """Files a year."""

    names = ("dossiers",)

    def missing(self) -> str | None:
        """Need the files of each member."""
        if self.panel.history.n_dossiers is None:
            return NO_DOSSIERS
        return None if len(self.panel.judged_years) else TOO_FEW_YEARS

    def components(self, by: str) -> FloatArray:
        """Sum files."""
        n_dossiers = np.asarray(self.panel.history.n_dossiers)
        return self._total(by, lambda rows: n_dossiers[rows].astype(np.float64))

    def _counted(self) -> Sequence[IndexArray | BoolArray]:
        return [] if self.panel.history.n_dossiers is None else [self.panel.history.n_dossiers]


class Cost(_YearlyTotal):
    """Money a year."""

    names = ("cost_vnd",)

    def missing(self) -> str | None:
        """Need the base salary, and the bonus of every award."""
        history = self.panel.history
        if history.base_salary is None or not set(history.awards) <= set(history.award_values):
            return NO_BASE_SALARY
        return None if len(self.panel.judged_years) else TOO_FEW_YEARS

    def components(self, by: str) -> FloatArray:
        """Sum bonuses."""
        base_salary, multiples = self.panel.history.base_salary or 0.0, bonus_multiples(self.panel.history)
        return self._total(by, lambda rows: multiples[rows] * base_salary)

    def _counted(self) -> Sequence[IndexArray | BoolArray]:
        return [*self.panel.history.awards.values()]


def bonus_multiples(history: History) -> FloatArray:
    """(n_rows,) bonuses of the member in that year, in multiples of the base salary, by the rules that ruled then."""
    if all(history.award_values.get(award) == multiple for _, stated in history.bonuses for award, multiple in stated.items()):
        return award_points(history)  # worked out already, for what else weighs awards
    points = np.zeros(len(history.year))
    ends = [*(first for first, _ in history.bonuses[1:]), np.inf]
    for number, ((first, stated), end) in enumerate(zip(history.bonuses, ends, strict=True)):
        rows = (history.year < end) & (history.year >= first if number else True)
        for award, is_awarded in history.awards.items():
            points += is_awarded * rows * stated.get(award, history.award_values.get(award, 1.0))
    return points
