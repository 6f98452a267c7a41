"""The points of every part of a scoring table, from its criteria up to the total."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.rules.conditions import EVERY_CRITERION, TOTAL
from simulator.rules.points import Count, Event, Section, iter_parts
from simulator.rules.stages import Scale
from simulator.rules.values import exact
from simulator.scoring.exact_points import exact_points
from simulator.scoring.part_columns import criterion_columns
from simulator.scoring.point_columns import NANO, PointColumn, bounded, choose_grain, rank_keys, sum_of
from simulator.scoring.point_inputs import inputs_of
from simulator.scoring.points import divisors_of, most_met, score_criterion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator._types import BoolArray, IndexArray
    from simulator.rules.clauses import Clause
    from simulator.rules.points import Criterion, Part
    from simulator.scoring.point_columns import Amounts
    from simulator.scoring.point_inputs import Holds, Inputs
    from simulator.scoring.roster import Roster


@dataclass(frozen=True)
class PartPoints:
    """The points of every part of a scoring table, for (n,) nominees.

    A bonus section, however deep it stands, is added on top of the total and not to the section around it. A penalty section is taken off the section
    it stands in, or off the total; its own column says how much.

    Attributes
    ----------
    parts
        Sections and criteria, by path.
    inputs
        What each criterion looked at, by path.
    columns
        The points of each part, by path; ``total`` is the whole table.
    scale
        What the table says of its total; None where it says nothing.
    per_point
        Grains in a point, a multiple of a thousand million.
    n_nominees
        Nominees in the table.
    """

    parts: Mapping[str, Part]
    inputs: Mapping[str, Inputs]
    columns: Mapping[str, PointColumn]
    scale: Scale | None
    per_point: int
    n_nominees: int
    _known: dict[tuple[str, bytes], Fraction] = field(default_factory=dict, repr=False, compare=False)
    _points_of: dict[int, Fraction] = field(default_factory=dict, repr=False, compare=False)

    def nanos(self, path: str = TOTAL) -> Amounts:
        """Give the points of a part in billionths of a point: (n,) int64, right to within a few where :meth:`is_exact` says no."""
        return self.columns[path].amounts // (self.per_point // NANO)

    def is_exact(self, path: str = TOTAL) -> BoolArray:
        """Tell where :meth:`nanos` is the whole truth: (n,) bool."""
        column = self.columns[path]
        is_exact: BoolArray = column.exactness & (column.amounts % (self.per_point // NANO) == 0)
        return is_exact

    def exact_points(self, position: int, path: str = TOTAL) -> Fraction:
        """Give the points of one part for one nominee, exactly."""
        column = self.columns[path]
        if column.is_exact is None or column.is_exact[position]:
            amount = int(column.amounts[position])
            if amount not in self._points_of:
                self._points_of[amount] = Fraction(amount, self.per_point)
            return self._points_of[amount]
        key = (path, self._fingerprints(path)[position].tobytes())
        if key not in self._known:
            self._known[key] = self._work_out(path, position)
        return self._known[key]

    def exact_rows(self, path: str, positions: IndexArray) -> list[Fraction]:
        """Give the points of one part for several nominees, exactly."""
        return [self.exact_points(int(position), path) for position in positions]

    def rank_keys(self, path: str = TOTAL) -> Amounts:
        """Give the distinct points of a part numbers from 0, fewest first: (n,) int64, equal exactly where the points are equal."""
        return rank_keys(self.columns[path], lambda positions: self.exact_rows(path, positions))

    def most(self, path: str = TOTAL) -> Fraction:
        """Tell the most a part can give; for the total, what the scale says, else the sum of what is neither bonus nor penalty."""
        if path != TOTAL:
            return exact(self.parts[path].points)
        if self.scale is not None:
            return exact(self.scale.total)
        tops = (part for path, part in self.parts.items() if "." not in path)
        return sum((exact(part.points) for part in tops if part.kind not in {"bonus", "penalty"}), Fraction(0))

    def criteria_outside_bonus_and_penalty(self) -> tuple[str, ...]:
        """Name the criteria that ``every-criterion`` means: those that can give points; an event that only takes off is not among them."""
        sides = tuple(f"{path}." for path, part in self.parts.items() if part.kind in {"bonus", "penalty"})
        return tuple(path for path in self.inputs if not path.startswith(sides) and not _only_takes_off(self.parts[path]))

    def paths_of(self, name: str) -> tuple[str, ...]:
        """Name the parts a test of points speaks of: one, or every criterion."""
        return self._every_criterion if name == EVERY_CRITERION else (name,)

    @cached_property
    def _every_criterion(self) -> tuple[str, ...]:
        return self.criteria_outside_bonus_and_penalty()

    @cached_property
    def _bytes_of(self) -> dict[str, Amounts]:
        return {}

    @cached_property
    def _terms(self) -> dict[str, tuple[list[str], list[str]]]:
        return {path: terms_of(self.parts, path) for path in self.columns if path not in self.inputs}

    @cached_property
    def _bonus_sections(self) -> list[str]:
        return bonus_sections(self.parts)

    def _fingerprints(self, path: str) -> Amounts:
        """Give (n, …) what the points of a part depend on, so that equal nominees are worked out once."""
        if path not in self._bytes_of:
            columns = [np.zeros(self.n_nominees, dtype=np.int64)]  # a table may hold no criterion at all
            for own, inputs in self.inputs.items():
                if path in {TOTAL, own} or own.startswith(f"{path}."):
                    columns.extend(inputs.columns)
            self._bytes_of[path] = np.column_stack(columns)
        return self._bytes_of[path]

    def _add_up(self, terms: Sequence[str], position: int) -> Fraction:
        """Add parts up; those that are whole numbers of grains before any fraction is made of them."""
        grains, rest = 0, Fraction(0)
        for term in terms:
            column = self.columns[term]
            if column.is_exact is None or column.is_exact[position]:
                grains += int(column.amounts[position])
            else:
                rest += self.exact_points(position, term)
        return rest + Fraction(grains, self.per_point) if grains else rest

    def _work_out(self, path: str, position: int) -> Fraction:
        if path in self.inputs:
            part = self.parts[path]
            assert not isinstance(part, Section)  # noqa: S101 - only criteria have inputs; this tells mypy
            return exact_points(part, self.inputs[path].values(position))
        added, taken = self._terms[path]
        points = self._add_up(added, position) - self._add_up(taken, position)
        if path != TOTAL:
            return max(Fraction(0), min(exact(self.parts[path].points), points))
        bonus = self._add_up(self._bonus_sections, position)
        if self.scale is None:
            return max(Fraction(0), points + bonus)
        most = bonus if self.scale.bonus is None else exact(self.scale.bonus)
        return max(exact(self.scale.lowest), points + min(bonus, most))


def score_parts(points: Mapping[str, Part], procedure: Mapping[str, Clause], roster: Roster, holds: Holds) -> PartPoints:
    """Work out the points of every part of a scoring table.

    Parameters
    ----------
    points
        The table.
    procedure
        The procedure beside it, which may hold its scale.
    roster
        The nominees.
    holds
        Tells who meets a condition about facts: (n,) bool.
    """
    parts = dict(iter_parts(points))
    names = criterion_columns(points)
    criteria: dict[str, Criterion] = {path: part for path, part in parts.items() if not isinstance(part, Section)}
    inputs = {path: inputs_of(criterion, names[path], roster, holds) for path, criterion in criteria.items()}
    scale = next((clause for clause in procedure.values() if isinstance(clause, Scale)), None)
    bounds = [exact(part.points) for part in parts.values() if isinstance(part, Section)]
    bounds += [] if scale is None else [exact(scale.lowest), exact(scale.bonus or 0)]
    most = sum((most_met(criterion) for criterion in criteria.values()), Fraction(1)) + sum(map(abs, bounds), Fraction(0))
    divisors = [divisor for path, criterion in criteria.items() for divisor in divisors_of(criterion, inputs[path])]
    per_point = choose_grain([*divisors, *(bound.denominator for bound in bounds)], most)
    columns = {path: score_criterion(criterion, inputs[path], per_point) for path, criterion in criteria.items()}
    n_rows = roster.n_nominees
    for path, part in reversed(parts.items()):  # what a section holds stands after it
        if isinstance(part, Section):
            columns[path] = bounded(_sum(terms_of(parts, path), columns, n_rows), Fraction(0), exact(part.points), per_point)
    columns[TOTAL] = _total(parts, columns, scale, per_point, n_rows)
    return PartPoints(parts, inputs, {path: columns[path] for path in (*parts, TOTAL)}, scale, per_point, n_rows)


def _only_takes_off(part: Part) -> bool:
    return isinstance(part, Count | Event) and part.each <= 0


def terms_of(parts: Mapping[str, Part], path: str) -> tuple[list[str], list[str]]:
    """Name the parts a section, or the total, adds up, and those it takes off."""
    inside = "" if path == TOTAL else f"{path}."
    own = [(other, part.kind) for other, part in parts.items() if other.startswith(inside) and "." not in other[len(inside) :]]
    around = None if path == TOTAL else parts[path].kind
    taken = [other for other, kind in own if kind == "penalty" and around != "penalty"]
    return [other for other, kind in own if other not in taken and (kind != "bonus" or around == "bonus")], taken


def bonus_sections(parts: Mapping[str, Part]) -> list[str]:
    """Name the bonus sections that come on top of the table: all that stand in no other bonus section."""
    kinds = {path: part.kind for path, part in parts.items()}
    return [path for path, kind in kinds.items() if kind == "bonus" and kinds.get(path.rpartition(".")[0]) != "bonus"]


def _sum(terms: tuple[Sequence[str], Sequence[str]], columns: Mapping[str, PointColumn], n_rows: int) -> PointColumn:
    added, taken = terms
    return sum_of([columns[path] for path in added], [columns[path] for path in taken], n_rows)


def _total(parts: Mapping[str, Part], columns: Mapping[str, PointColumn], scale: Scale | None, per_point: int, n_rows: int) -> PointColumn:
    base = _sum(terms_of(parts, TOTAL), columns, n_rows)
    bonus = _sum((bonus_sections(parts), []), columns, n_rows)
    lowest = Fraction(0)
    if scale is not None:
        lowest = exact(scale.lowest)
        if scale.bonus is not None:
            bonus = bounded(bonus, Fraction(0), exact(scale.bonus), per_point)
    return bounded(sum_of([base, bonus], [], n_rows), lowest, None, per_point)
