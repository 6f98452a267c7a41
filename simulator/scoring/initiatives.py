"""The initiatives of every nominee of a list: how far each reaches, since when, and which of them have served.

An initiative serves once (official letter 5007/BNV-TĐKT of 2023, as read in a summary): an award that rests on it uses it up for every later award.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.facts import SCOPES

if TYPE_CHECKING:
    from simulator._types import BoolArray, IndexArray
    from simulator.rules.facts import Scope
    from simulator.scoring.roster import Roster

_YEAR_UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class InitiativeList:
    """(m,) initiatives of (n,) nominees, those of one nominee side by side: narrowest reach first, then oldest first.

    Attributes
    ----------
    owner
        (m,) position of the nominee, ascending.
    reach
        (m,) place of the scope among ``SCOPES``.
    year
        (m,) year of recognition; −1 where the list does not say.
    is_unused
        (m,) whether no award has used it yet.
    n_nominees
        Nominees in the list.
    this_year
        The year being decided.
    """

    owner: IndexArray
    reach: IndexArray
    year: IndexArray
    is_unused: BoolArray
    n_nominees: int
    this_year: int

    @classmethod
    def of_roster(cls, roster: Roster) -> InitiativeList:
        """Lay out the initiatives of a list."""
        rows = [
            (position, SCOPES.index(initiative.scope), _YEAR_UNKNOWN if initiative.year is None else initiative.year, not initiative.is_used)
            for position, initiatives in enumerate(roster.initiatives)
            for initiative in initiatives
        ]
        rows.sort()
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        return cls(table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(np.bool_), roster.n_nominees, roster.year)

    def count_unused(self, scope: Scope | None = None, within_years: int | None = None) -> IndexArray:
        """Count, for each nominee, the unused ones that reach as far or farther and are recent enough: (n,) int64.

        Where a window is asked for, an initiative of unknown year does not count, because nothing is guessed; nor does one of a year still to come.
        """
        return np.bincount(self.owner[self._serves(scope, within_years)], minlength=self.n_nominees)

    def use(self, n_used: int, who: BoolArray, scope: Scope | None = None, within_years: int | None = None) -> InitiativeList:
        """Use up ``n_used`` initiatives of each nominee marked, or all that can serve: first those that reach least far, of these the oldest."""
        can_serve = self._serves(scope, within_years) & who[self.owner]
        n_upto = np.cumsum(can_serve)
        n_before = np.searchsorted(self.owner, np.arange(self.n_nominees), side="left")
        n_upto_owner = np.concatenate([[0], n_upto])[n_before]
        is_used_now = can_serve & (n_upto - n_upto_owner[self.owner] <= n_used)
        return replace(self, is_unused=self.is_unused & ~is_used_now)

    def without_any(self) -> InitiativeList:
        """Give the same list with every initiative used."""
        return replace(self, is_unused=np.zeros_like(self.is_unused))

    def unused_of(self, position: int) -> list[dict[str, str | int | None]]:
        """List the unused initiatives of one nominee: scope and year, None where the list does not say."""
        mine = np.flatnonzero((self.owner == position) & self.is_unused)
        return [{"scope": SCOPES[self.reach[place]], "year": None if self.year[place] == _YEAR_UNKNOWN else int(self.year[place])} for place in mine]

    def _serves(self, scope: Scope | None, within_years: int | None) -> BoolArray:
        serves = self.is_unused & (self.year <= self.this_year)
        if scope is not None:
            serves &= self.reach >= SCOPES.index(scope)
        if within_years is not None:
            serves &= self.year >= self.this_year - within_years + 1
        return serves
