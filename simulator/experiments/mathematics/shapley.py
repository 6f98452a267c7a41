"""Split what a coalition is worth among its players: Shapley values, exact or over sampled orders, and how two players work together.

A player's value is what it adds to those before it, averaged over all orders in which players can join. The values add up to what all are worth together,
players who add the same have the same, and one who never adds anything has exactly nothing.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from math import comb, fsum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.randomness import Streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator._types import FloatArray

Coalition: TypeAlias = frozenset[int]
Order: TypeAlias = tuple[int, ...]
Worth: TypeAlias = "Callable[[Coalition], FloatArray]"


def all_coalitions(n_players: int) -> list[Coalition]:
    """List every coalition, the smallest first."""
    return [frozenset(some) for size in range(n_players + 1) for some in combinations(range(n_players), size)]


def coalitions_along(orders: Iterable[Order]) -> list[Coalition]:
    """List each coalition once that comes about when players join in these orders, nobody first."""
    return list(dict.fromkeys(frozenset(order[:size]) for order in orders for size in range(len(order) + 1)))


def draw_orders(n_players: int, n_orders: int, seed: int) -> list[Order]:
    """Draw orders in pairs: each with its reverse, in which whoever joined early joins late."""
    streams, players = Streams(seed), np.arange(n_players, dtype=np.int64)
    drawn: list[Order] = []
    for number in range((n_orders + 1) // 2):
        order = tuple(int(player) for player in np.argsort(streams.uniform("order", year=number, ids=players), kind="stable"))
        drawn += [order, order[::-1]]
    return drawn[:n_orders]


def shapley_values(n_players: int, worth: Worth) -> FloatArray:
    """Average over all orders.

    Parameters
    ----------
    n_players
        How many players there are.
    worth
        Gives a coalition's (n_measures,) worths; asked for each coalition.

    Returns
    -------
        (n_players, n_measures) values.
    """
    worths = {coalition: worth(coalition) for coalition in all_coalitions(n_players)}

    def gains(player: int) -> list[FloatArray]:
        return [
            (worths[others | {player}] - worths[others]) / (n_players * comb(n_players - 1, len(others))) for others in worths if player not in others
        ]

    return _summed([gains(player) for player in range(n_players)])


def values_along(orders: Sequence[Order], worth: Worth) -> FloatArray:
    """Average over these orders only; otherwise as :func:`shapley_values`."""
    gains: list[list[FloatArray]] = [[] for _ in orders[0]]
    for order in orders:
        chain = [worth(frozenset(order[:size])) for size in range(len(order) + 1)]
        for player, (before, after) in zip(order, pairwise(chain), strict=True):
            gains[player].append((after - before) / len(orders))
    return _summed(gains)


def interactions(n_players: int, worth: Worth) -> dict[tuple[int, int], FloatArray]:
    """Give, for each two players, what they add together beyond what each adds alone, averaged over all orders (Grabisch and Roubens)."""
    found = {}
    for one, other in combinations(range(n_players), 2):
        terms = [
            (worth(rest | {one, other}) - worth(rest | {one}) - worth(rest | {other}) + worth(rest))
            / ((n_players - 1) * comb(n_players - 2, len(rest)))
            for rest in all_coalitions(n_players)
            if not rest & {one, other}
        ]
        found[one, other] = _summed([terms])[0]
    return found


def _summed(terms_of: Sequence[Sequence[FloatArray]]) -> FloatArray:
    """Add up so that the order of terms does not matter: players of equal gains have equal values, bit for bit."""
    return np.array([[fsum(column) for column in np.array(terms).T] for terms in terms_of], dtype=np.float64)
