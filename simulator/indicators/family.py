"""What every family of indicators is: sums for each group, and a way to combine sums."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np

from simulator.indicators.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray
    from simulator.indicators.group_logit import Cases

NO_MERIT = "caveat.no-merit"
MERIT_OF_WINNERS = "caveat.merit-of-winners"
NO_RELIABILITY = "caveat.no-reliability"
TOO_FEW_YEARS = "caveat.too-few-years"
NOTHING_CONTESTED = "caveat.nothing-contested"
MERIT_OF_ONE_SIDE = "caveat.merit-of-one-side"
"""Some were awarded and some were not, but merit is missing for one or the other wherever they could be compared."""
NO_BASE_YEAR = "caveat.no-base-year"
NOTHING_AWARDED = "caveat.nothing-awarded"
MERIT_WITHOUT_WEIGHT = "caveat.merit-without-weight"
TIES_AT_THE_CUT = "caveat.ties-at-the-cut"

_TIES_WORTH_A_WORD: Final = 0.1


@dataclass(frozen=True, slots=True)
class Told:
    """What a history tells of one family; what its parts of whole units tell adds up to it.

    Attributes
    ----------
    sums
        (n_replications, n_components) sums of the judged years together.
    of_years
        (n_replications * n_years, n) sums of each judged year, where they are wanted.
    kept
        Of each replication what cannot be added up, part by part.
    """

    sums: FloatArray
    of_years: FloatArray | None = None
    kept: tuple[tuple[Cases, ...], ...] = ()

    def __add__(self, other: Told) -> Told:
        """Join what another part tells."""
        of_years = None if self.of_years is None or other.of_years is None else self.of_years + other.of_years
        return Told(self.sums + other.sums, of_years, tuple(own + others for own, others in zip(self.kept, other.kept, strict=True)))


class Family(ABC):
    """A family of indicators of one panel.

    Attributes
    ----------
    names
        The indicators it gives.
    n_memory_years
        Years before the first one judged that it must remember.
    needs_deserving
        Whether it asks who deserved an award, which depends on whether the rules' own exclusions are taken as given.
    panel
        What it looks at.
    """

    names: ClassVar[tuple[str, ...]]
    n_memory_years: ClassVar[int] = 0
    needs_deserving: ClassVar[bool] = False

    def __init__(self, panel: Panel) -> None:
        """Look at a panel."""
        self.panel = panel

    @abstractmethod
    def missing(self) -> str | None:
        """Say, as a caveat's catalogue key, why nothing can be known from this history; ``None`` when something can."""

    def bounds(self) -> Mapping[str, tuple[float, float | None]]:
        """Give name → (lowest, highest) value that fits the history where :meth:`missing` says that it cannot be known which."""
        return {}

    def unknown(self) -> Mapping[str, str]:
        """Give name → caveat's catalogue key of what cannot be known although the family's other indicators can."""
        return {}

    def caution(self) -> str | None:
        """Say, as a caveat's catalogue key, what a value is to be read with."""
        return None

    def cautions(self) -> Mapping[str, str]:
        """Give name → caveat's catalogue key of what its value is to be read with: by default all with what :meth:`caution` says."""
        caution = self.caution()
        return {} if caution is None else dict.fromkeys(self.names, caution)

    @abstractmethod
    def components(self, by: str) -> FloatArray:
        """Add up what is needed: (n_groups, n_components) float64; ``by`` is ``all``, ``unit`` or ``year``."""

    @abstractmethod
    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Turn (n, n_components) sums into (n,) values for each name; undefined is NaN."""

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Give name → how many observations it rests on, of the (n_components,) sums of the whole history: by default the candidates of contested unit-years.

        Asked for where something can be known, and where :meth:`bounds` are given.
        """
        del sums
        return dict.fromkeys(self.names, self.panel.n_rows)

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Give name → (n_units,) whether a unit says something of it, of (n_units, n_components) sums: by default where any of them is not 0.

        Units that say nothing make no interval surer, so a family of which one side may be missing in a unit must say which units have it.
        """
        return dict.fromkeys(self.names, (by_unit != 0).any(axis=1))

    def values(self) -> dict[str, float]:
        """Measure the whole history; NaN where undefined."""
        return {name: float(value[0]) for name, value in self.combine(self.components("all")).items()}

    def is_alike(self) -> bool:
        """Say whether :meth:`missing` says of every replication of the panel what it says of all together; what is in doubt is measured one by one."""
        return self.panel.n_replications == 1 or self.panel.is_contested_alike

    def lacks(self) -> str | None:
        """Say what :meth:`missing` says as far as it need not be worked out of the whole. Of a part that lacks something nothing is added up, so it must have nothing to add."""
        return self.missing()

    def tell(self, *, with_course: bool) -> Told:
        """Add up what :meth:`averages_of` and :meth:`course_of` need of this history, or of this part of one."""
        return Told(self.components("all"), self.sums_of_years() if with_course else None)

    def sums_of_years(self) -> FloatArray:
        """Add up what the course needs: (n_replications * n_years, n)."""
        return self.components("year")

    def averages_of(self, told: Told) -> Mapping[str, FloatArray]:
        """Measure each replication: (n_replications,) for each name. A mean over them must not be pulled by what keeps the value of a single list within reason."""
        return self.combine_each(told.sums)

    def course_of(self, told: Told) -> Mapping[str, FloatArray]:
        """Measure each judged year of each replication: (n_replications * n_years,) for each name, of what was told with its course."""
        assert told.of_years is not None  # noqa: S101 - whoever asks has wanted it; this tells mypy
        return self.combine_each(told.of_years)

    def values_to_average(self) -> Mapping[str, FloatArray]:
        """Measure each replication of this history."""
        return self.averages_of(self.tell(with_course=False))

    def course(self) -> Mapping[str, FloatArray]:
        """Measure each judged year of this history."""
        return self.course_of(self.tell(with_course=True))

    def combine_each(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Turn sums of replications, as many rows for each, into values as :meth:`combine` does; none depends on what other replications there are."""
        return self.combine(sums)

    def beside(self) -> Mapping[str, Mapping[str, float]]:
        """Give name → further numbers of the whole history that stand beside its value, such as a p-value."""
        return {}

    def _caution_of_ties(self) -> str | None:
        """Say so where many places are shared by equals: whoever of them is awarded, only a part of the place was deserved."""
        return TIES_AT_THE_CUT if self.panel.share_of_tied_places >= _TIES_WORTH_A_WORD else None

    def _no_merit(self) -> str:
        """Say why merit cannot be compared: it is told of nobody, or of winners only."""
        return MERIT_OF_WINNERS if self.panel.history.is_merit_of_winners else NO_MERIT

    def _missing_contest(self) -> str | None:
        """Say what is missing for a comparison of the awarded with the deserving."""
        if self.panel.history.merit is None:
            return self._no_merit()
        if self.panel.n_years_before < self.n_memory_years or not len(self.panel.judged_years):
            return TOO_FEW_YEARS
        return None if self.panel.n_rows else self._nothing_contested()

    def _nothing_contested(self) -> str:
        """Say why nobody can be compared with anybody: all or none were awarded, or merit is missing for those who were, or for all who were not."""
        panel = self.panel
        whoever = Panel(replace(panel.history, merit=None), n_memory_years=panel.n_years_before, is_of_everybody=panel.is_of_everybody)
        return MERIT_OF_ONE_SIDE if whoever.n_rows else NOTHING_CONTESTED


def ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Divide; anything by nothing is undefined (NaN)."""
    defined = denominator != 0
    return np.where(defined, numerator / np.where(defined, denominator, 1.0), np.nan)


def has_the_rarer(one: FloatArray, other: FloatArray) -> BoolArray:
    """Say which units have any of the side that fewer of them have: a comparison rests on no more units than that.

    Parameters
    ----------
    one, other
        (n_units, n_cells) how many of either side stand in each cell; cells where the other side is nowhere compare nobody.

    Returns
    -------
        (n_units,) whether the unit has any of the rarer side.
    """
    is_compared = one.any(axis=0) & other.any(axis=0)
    has_one, has_other = (one[:, is_compared] != 0).any(axis=1), (other[:, is_compared] != 0).any(axis=1)
    is_part: BoolArray = has_one if has_one.sum() <= has_other.sum() else has_other
    return is_part


def combine_own_strata(family: Family, sums: FloatArray, is_own: BoolArray, n_parts: int) -> Mapping[str, FloatArray]:
    """Combine sums by stratum, each replication with the strata that occur in it: columns of nothing would move last digits.

    Parameters
    ----------
    family
        What combines.
    sums
        (n_replications * n, n_parts * n_strata + n_others) parts by stratum, and whatever follows them.
    is_own
        (n_replications, n_strata) which strata occur.
    n_parts
        How many parts there are.
    """
    if len(is_own) == 1:  # all strata are its own
        return family.combine(sums)
    n_columns = n_parts * is_own.shape[1]
    each = [
        np.hstack([rows[:, :n_columns][:, np.tile(own, n_parts)], rows[:, n_columns:]])
        for rows, own in zip(np.split(sums, len(is_own)), is_own, strict=True)
    ]
    values = [family.combine(rows) for rows in each]
    return {name: np.concatenate([of_one[name] for of_one in values]) for name in family.names}


def split(sums: FloatArray, *sizes: int) -> list[FloatArray]:
    """Cut (n, n_components) sums back into their parts, each (n, size)."""
    ends = list(accumulate(sizes))
    return [sums[:, end - size : end] for size, end in zip(sizes, ends, strict=True)]


def split_evenly(sums: FloatArray, n_parts: int) -> list[FloatArray]:
    """Cut (n, n_parts * size) sums back into parts of the same size."""
    return split(sums, *[sums.shape[1] // n_parts] * n_parts)
