"""Facts that a post has rather than a person: its role, its sector, and whether it is one of direct work; made when a condition asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from simulator.history import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from simulator._types import BoolArray
    from simulator.population.generator import Population

_WORD_OF_ROLE: Final = np.array([role.name.lower() for role in Role])

Column = TypeVar("Column")


class LazyColumns(Mapping[str, Column]):
    """Columns that are made when they are first asked for, and kept.

    Parameters
    ----------
    makers
        Name of a column → what makes it.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Column]]) -> None:
        self._makers = makers
        self._made: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        """Give one column."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a column, without making it."""
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def words_of_posts(population: Population) -> Mapping[str, NDArray[np.str_]]:
    """Give ``role`` and ``sector`` of every post, each (n_members,)."""
    return LazyColumns(
        {
            "role": lambda: _WORD_OF_ROLE[population.role],
            "sector": lambda: population.groups.spread(np.array(population.sectors)[population.kind]),
        }
    )


def answers_of_posts(population: Population) -> Mapping[str, BoolArray]:
    """Give whether each post is one of direct work: ``is_direct_worker``, (n_members,)."""
    return LazyColumns({"is_direct_worker": lambda: population.role == Role.DIRECT})
