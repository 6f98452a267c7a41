"""What would be decided about one nominee if some of its columns stood otherwise, the others held fixed.

Asking the whole roster again for every combination would be slow, so two questions are kept apart. Whether a combination makes the nominee eligible,
and how many points or which class it gives, is asked of thousands of copies at once, each in a world of its own (with its group, where a rule
compares with the group's mean). Whether that is enough for a place is a bar of points that the others set; it is found by scoring the whole roster
again with the cheapest change for a bar.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np

from simulator.rules.clauses import DirectWorkerFloor, LeaderCap, Quota
from simulator.rules.stages import TieBreak
from simulator.scoring.alteration import alter, take
from simulator.scoring.decision import class_place, decision_of, result_of
from simulator.scoring.direction import more_is_never_worse
from simulator.scoring.kept import kept_with_its_set
from simulator.scoring.scorer import score
from simulator.scoring.search import find_smallest

if TYPE_CHECKING:
    from simulator._types import BoolArray, IndexArray
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.decision import Decision
    from simulator.scoring.levers import Choice
    from simulator.scoring.roster import Roster
    from simulator.scoring.scores import AwardResult, Scores
    from simulator.scoring.search import Found, Lever

_MOST_ROWS: Final = 200_000
_MEANS: Final = frozenset({"at_least_share_of_mean", "below_share_of_mean"})

Verdict: TypeAlias = Literal["low", "enough", "none"]
"""Of the cheapest change that reaches a bar: it is not enough for a place, it is, or there is no such change."""


class Bar(NamedTuple):
    """A total the nominee must reach, or exceed; None asks for no points."""

    points: int | None = None
    must_exceed: bool = False


@dataclass(frozen=True)
class WhatIf:
    """One nominee, and what could be changed about it.

    Attributes
    ----------
    criteria
        The rules.
    roster
        Everybody.
    position
        Whose case it is.
    award
        For which award; None for a scoring table.
    choices
        The columns that could change.
    scores
        The roster scored as it is.
    """

    criteria: CriteriaSet
    roster: Roster
    position: int
    award: str | None
    choices: tuple[Choice, ...]
    scores: Scores

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes, best first."""
        return tuple(self.criteria.classes)

    @cached_property
    def now(self) -> Decision:
        """The decision as it stands."""
        return decision_of(self.scores, self.position, self.award)

    def is_at_best(self, decision: Decision) -> bool:
        """Tell whether there is nothing better to reach."""
        return decision.is_best(self.award, self.classes)

    def smallest(self) -> Found | None:
        """Find the smallest change that flips the decision; None where no change does."""
        bars = [Bar(), *self._bars_of_others()]
        low, high = 0, len(bars)
        tried: dict[int, Found | None] = {}
        while low < high:
            middle = (low + high) // 2 if low else 0  # asking for no points at all is the usual answer, so it is tried first
            tried[middle] = found = self._smallest_above(bars[middle])
            if self._verdict(found) == "low":
                low = middle + 1
            else:
                high = middle
        return tried.get(low)

    def decision_after(self, found: Found) -> Decision:
        """Score the whole roster again with the change."""
        moves = np.zeros((1, len(self.choices)), dtype=np.int64)
        for at, move in found.moves:
            moves[0, at] = move
        changed = alter(self.roster, np.array([self.position]), self.choices, moves)
        return decision_of(score(self.criteria, changed, self.award), self.position, self.award)

    def _verdict(self, found: Found | None) -> Verdict:
        if found is None:
            return "none"
        return "enough" if self.decision_after(found).is_better_than(self.now, self.award, self.classes) else "low"

    def _bars_of_others(self) -> list[Bar]:
        """List the totals of the other eligible nominees, lowest first: first to be equal to each, then to be above it."""
        result = result_of(self.scores, self.award)
        if self.award is None or result.points is None:
            return []
        others = result.eligible.copy()
        others[self.position] = False
        return [Bar(int(points), must_exceed) for points in np.unique(result.points[others]) for must_exceed in (False, True)]

    def _smallest_above(self, bar: Bar) -> Found | None:
        return find_smallest(self._levers, lambda moves: self._is_enough(moves, bar))

    @cached_property
    def _levers(self) -> list[Lever]:
        """The levers, each with the points its strongest value would add by itself."""
        levers = [choice.lever for choice in self.choices]
        if not levers:
            return []
        result, copies = self._score_copies(np.diag([lever.strongest for lever in levers]))
        points = np.zeros(len(levers)) if result.points is None else result.points[copies] / 1e9
        is_safe = more_is_never_worse(self.criteria, self.award)
        return [replace(lever, promise=float(gain), is_monotone=lever.is_monotone and is_safe) for lever, gain in zip(levers, points, strict=True)]

    def _is_enough(self, moves: IndexArray, bar: Bar) -> BoolArray:
        """Tell of many combinations whether they make the nominee eligible, with the class or the points to be reached."""
        n_at_once = max(1, _MOST_ROWS // (1 + len(self._group)))
        parts = [self._is_enough_at_once(moves[start : start + n_at_once], bar) for start in range(0, len(moves), n_at_once)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.bool_)

    def _score_copies(self, moves: IndexArray) -> tuple[AwardResult, IndexArray]:
        """Score a world for each combination, and tell where in it the nominee stands."""
        size = 1 + len(self._group)
        rows = np.tile(np.concatenate([[self.position], self._group]), len(moves))
        copies = np.arange(len(moves)) * size
        worlds = take(self.roster, rows, worlds=np.repeat(np.arange(len(moves)), size))
        return result_of(score(_without_places(self.criteria), alter(worlds, copies, self.choices, moves), self.award), self.award), copies

    def _is_enough_at_once(self, moves: IndexArray, bar: Bar) -> BoolArray:
        result, copies = self._score_copies(moves)
        is_enough: BoolArray = result.eligible[copies]
        if self.award is None and self.now.is_eligible and result.class_ is not None:
            names = [None, *self.classes]
            places = np.array([class_place(name, self.classes) for name in names])
            found = np.array([names.index(str(class_) if class_ else None) for class_ in result.class_[copies]])
            is_enough = is_enough & (places[found] < class_place(self.now.class_, self.classes))
        if bar.points is not None and result.points is not None:
            points = result.points[copies]
            is_enough = is_enough & (points > bar.points if bar.must_exceed else points >= bar.points)
        return is_enough

    @cached_property
    def _group(self) -> IndexArray:
        """Positions of the others in the nominee's group, where a rule compares with the group's mean."""
        others = np.flatnonzero(np.arange(self.roster.n_nominees) != self.position)
        if not _compares_with_a_mean(self.criteria):
            return others[:0]
        labels = next((labels for labels in (self.roster.clusters, self.roster.units) if any(labels)), None)
        if labels is None:
            return others
        return others[[labels[other] == labels[self.position] for other in others]]


@kept_with_its_set
def _without_places(criteria: CriteriaSet) -> CriteriaSet:
    """Give the same rules without any number of places: who is eligible is put forward, so that equals need not be parted either.

    A tie-break would ask for its columns wherever no quota is left, also of a list that did not need them.
    """
    awards = {
        name: award.model_copy(
            update={
                "clauses": {
                    path: clause for path, clause in award.clauses.items() if not isinstance(clause, Quota | DirectWorkerFloor | LeaderCap | TieBreak)
                }
            }
        )
        for name, award in criteria.awards.items()
    }
    procedure = {name: clause for name, clause in criteria.procedure.items() if not isinstance(clause, TieBreak)}
    return replace(criteria, rules=criteria.rules.model_copy(update={"awards": awards, "procedure": procedure}))


@kept_with_its_set
def _compares_with_a_mean(criteria: CriteriaSet) -> bool:
    """Whether any rule of a set asks how somebody stands beside the mean of a group."""
    return any(_names_a_mean(clause.model_dump()) for _path, clause in criteria.iter_clauses())


def _names_a_mean(value: Any) -> bool:
    if isinstance(value, dict):
        return any((key in _MEANS and inner is not None) or _names_a_mean(inner) for key, inner in value.items())
    return isinstance(value, list | tuple) and any(_names_a_mean(inner) for inner in value)
