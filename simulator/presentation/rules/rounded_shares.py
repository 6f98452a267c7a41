"""What is left of each share of a set in a small unit: the numbers of the rounding lens, each once, for whoever keeps or draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.rules.rounding import rounding_lens

if TYPE_CHECKING:
    from simulator.presentation.numbers import Lang
    from simulator.rules.criteria import CriteriaSet


@dataclass(frozen=True)
class RoundedShare:
    """One share rounded one way, and what is left of it.

    Attributes
    ----------
    share
        The share, from 0 to 1.
    rounding
        How it is rounded.
    places
        Places for each of :data:`simulator.rules.rounding.UNIT_SIZES`.
    titles
        Titles of the clauses that rule it.
    """

    share: float
    rounding: str
    places: tuple[int, ...]
    titles: tuple[str, ...]


def rounded_shares(criteria: CriteriaSet, lang: Lang) -> list[RoundedShare]:
    """Give every share of a set once for each way it is rounded, the smallest first."""
    titles = criteria.titles_in(lang)
    named: dict[tuple[float, str, tuple[int, ...]], list[str]] = {}
    for row in rounding_lens(criteria):
        named.setdefault((float(row.share), row.rounding, row.places), []).append(titles[row.clause])
    return [RoundedShare(*key, tuple(dict.fromkeys(found))) for key, found in sorted(named.items())]
