"""Early pay steps that awards lead to: nobody rises twice in one year, however many awards would allow it."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from simulator.rules.clauses import PayStep


def months_early(holders: Mapping[frozenset[str], int], steps: Mapping[str, PayStep], staff: int) -> float:
    """Add up the months by which pay steps come early in a year, where as much is granted as the clauses allow.

    Whoever won several of the awards rises once. The longest steps are granted first; who is left over for want of room may still have a shorter one.

    Parameters
    ----------
    holders
        The awards with a step that somebody won in the year → how many people won exactly these.
    steps
        Award → its clause, by the rules of the year.
    staff
        What the share of each clause is taken of.
    """
    rooms = {award: step.share * staff for award, step in steps.items()}
    longest_first = sorted(steps, key=lambda award: (-steps[award].months, award))
    granted = [_most_granted(holders, rooms, longest_first[:n]) for n in range(len(longest_first) + 1)]
    return sum(steps[award].months * (granted[n + 1] - granted[n]) for n, award in enumerate(longest_first))


def _most_granted(holders: Mapping[frozenset[str], int], rooms: Mapping[str, float], awards: list[str]) -> float:
    """Count the steps that some awards can lead to: the narrowest of all cuts between awards and people (König's theorem)."""
    return min(
        sum(rooms[award] for award in full) + sum(n for won, n in holders.items() if not won.isdisjoint(set(awards) - set(full)))
        for full in _subsets(awards)
    )


def _subsets(awards: list[str]) -> Iterator[Iterable[str]]:
    return chain.from_iterable(combinations(awards, size) for size in range(len(awards) + 1))
