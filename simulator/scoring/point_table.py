"""A scoring table over a roster: the points of every part, the total, the vetoes met and the class of everybody.

Every comparison of points (classes, floors, shares of a mean, equal totals) is decided exactly, also where a division does not end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.errors import InputError
from simulator.rules.conditions import TOTAL, AllOf, AnyOf, ClassTest, Not, PointsTest, iter_single_tests
from simulator.rules.points import Achievements, Highest, Threshold, iter_parts
from simulator.rules.values import exact
from simulator.scoring.part_points import PartPoints, score_parts
from simulator.scoring.point_codes import make_finding
from simulator.scoring.point_columns import NANO, ROOM, PointsTooLargeError, is_at_least
from simulator.scoring.point_tests import groups_of, mean_points, meets_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from simulator._types import BoolArray, IndexArray
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.points import Class, Veto
    from simulator.scoring.point_columns import Amounts
    from simulator.scoring.point_inputs import Holds
    from simulator.scoring.roster import Roster

NO_CLASS: Final = -1


@dataclass(frozen=True)
class TablePoints:
    """What a scoring table gives (n,) nominees.

    Attributes
    ----------
    points
        The points of every part.
    group_of
        (n,) group of each nominee, for means and ranks.
    holds
        Tells who meets a condition about facts.
    class_ids
        The classes, best first.
    class_by_points
        (n,) place of the class in ``class_ids`` by points and conditions alone, before any veto; −1 for none.
    class_index
        (n,) place of the class after vetoes; −1 for none.
    vetoes
        Veto → (n,) whether it is met.
    is_barred
        (n,) whether a veto keeps the nominee from being considered.
    part_met
        Path of a class or veto → who meets each numbered part of its condition, kept once somebody asked.
    floors
        Test of every criterion → path of each, and who passes it there; kept once somebody asked.
    """

    points: PartPoints
    group_of: IndexArray
    holds: Holds
    class_ids: tuple[str, ...]
    class_by_points: IndexArray
    class_index: IndexArray
    vetoes: Mapping[str, BoolArray]
    is_barred: BoolArray
    part_met: dict[str, tuple[BoolArray, ...]] = field(default_factory=dict, repr=False, compare=False)
    floors: dict[PointsTest, tuple[tuple[str, BoolArray], ...]] = field(default_factory=dict, repr=False, compare=False)
    _means: dict[tuple[int, str], Fraction] = field(default_factory=dict, repr=False, compare=False)

    def nanos(self, path: str = TOTAL) -> Amounts:
        """Give the points of a part in billionths of a point: (n,) int64, right to within a few where :meth:`is_exact` says no."""
        return self.points.nanos(path)

    def is_exact(self, path: str = TOTAL) -> BoolArray:
        """Tell where :meth:`nanos` is the whole truth: (n,) bool."""
        return self.points.is_exact(path)

    def exact_points(self, position: int, path: str = TOTAL) -> Fraction:
        """Give the points of one part for one nominee, exactly; of a penalty section, what it takes off."""
        return self.points.exact_points(position, path)

    def exact_mean(self, position: int, path: str = TOTAL) -> Fraction:
        """Give the mean of one part over the group of one nominee, exactly."""
        key = int(self.group_of[position]), path
        if key not in self._means:
            self._means[key] = mean_points(self.points, path, self.group_of, position)
        return self._means[key]

    def rank_keys(self, path: str = TOTAL) -> Amounts:
        """Give the distinct points of a part numbers from 0, fewest first: (n,) int64, equal exactly where the points are equal."""
        return self.points.rank_keys(path)

    def class_of(self, position: int) -> str | None:
        """Give the class of one nominee; None for none."""
        index = int(self.class_index[position])
        return None if index == NO_CLASS else self.class_ids[index]

    def meets(self, condition: Condition) -> BoolArray:
        """Tell who meets a condition about points, the class after vetoes, and facts: (n,) bool."""
        return _meets(condition, self.points, self.group_of, self.holds, _in_class(self.class_ids, self.class_index))


def score_table(criteria: CriteriaSet, roster: Roster, holds: Holds) -> TablePoints:
    """Score a roster by a scoring table.

    A class is the one with the highest lower bound that the total reaches and whose condition holds; one without lower bound takes the rest. Each veto that
    puts a nominee one class lower does so once; below the lowest class there is none.

    Parameters
    ----------
    criteria
        A set with points.
    roster
        The nominees; every number a criterion needs must be among its columns.
    holds
        Tells who meets a condition about facts: (n,) bool.

    Raises
    ------
    InputError
        If a clause asks for what it helps to decide, or the table gives more points than can be counted.
    """
    findings = [make_finding("SR472", *criteria.location(path), clause=path) for path in _asking_for_themselves(criteria)]
    if findings:
        raise InputError(findings)
    try:
        points = score_parts(criteria.points, criteria.procedure, roster, holds)
    except PointsTooLargeError:
        raise InputError([make_finding("SR471", criteria.files[0], 1, criteria=criteria.id, most=str(ROOM // NANO))]) from None
    group_of = groups_of(roster)
    class_ids = _best_first(criteria.classes)
    class_by_points = _classify(criteria.classes, class_ids, points, group_of, holds)
    in_class = _in_class(class_ids, class_by_points)
    vetoes = {veto_id: _meets(veto.when, points, group_of, holds, in_class) for veto_id, veto in criteria.vetoes.items()}
    is_barred, n_down = _apply(criteria.vetoes, vetoes, roster.n_nominees)
    class_index = class_by_points + n_down
    class_index[(class_by_points == NO_CLASS) | (class_index >= len(class_ids)) | is_barred] = NO_CLASS
    return TablePoints(points, group_of, holds, class_ids, class_by_points, class_index, vetoes, is_barred)


def _asking_for_themselves(criteria: CriteriaSet) -> Iterator[str]:
    """Name the criteria that ask for points or classes, and the classes that ask for classes: neither is known by then."""
    for path, part in iter_parts(criteria.points):
        levels = part.levels.values() if isinstance(part, Highest | Achievements) else ()
        conditions = [level.when for level in levels] if levels else [part.when if isinstance(part, Threshold) else None]
        tests = [test for condition in conditions if condition is not None for _, test in iter_single_tests(condition)]
        if any(isinstance(test, PointsTest | ClassTest) for test in tests):
            yield f"points.{path}"
    for class_id, class_ in criteria.classes.items():
        if class_.requires is not None and any(isinstance(test, ClassTest) for _, test in iter_single_tests(class_.requires)):
            yield f"classes.{class_id}"


def _best_first(classes: Mapping[str, Class]) -> tuple[str, ...]:
    """Put classes in the order of their lower bounds, highest first; those without one last, equal ones as they stand."""
    bounds = {class_id: _lower_bound(class_) for class_id, class_ in classes.items()}
    bounded = [(bound, class_id) for class_id, bound in bounds.items() if bound is not None]
    ordered = sorted(bounded, key=lambda entry: entry[0], reverse=True)
    return (*(class_id for _, class_id in ordered), *(class_id for class_id, bound in bounds.items() if bound is None))


def _lower_bound(class_: Class) -> tuple[Fraction, bool] | None:
    """Give the lower bound of a class, and whether it must be passed rather than reached."""
    if class_.at_least is not None:
        return exact(class_.at_least), False
    return None if class_.above is None else (exact(class_.above), True)


def _classify(classes: Mapping[str, Class], class_ids: tuple[str, ...], points: PartPoints, group_of: IndexArray, holds: Holds) -> IndexArray:
    index = np.full(points.n_nominees, NO_CLASS, dtype=np.int64)
    total = points.columns[TOTAL]
    for place, class_id in enumerate(class_ids):
        is_in = index == NO_CLASS
        bound, requires = _lower_bound(classes[class_id]), classes[class_id].requires
        if bound is not None:
            is_in &= is_at_least(total, bound[0], points.per_point, lambda rows: points.exact_rows(TOTAL, rows), is_strict=bound[1])
        if requires is not None:
            is_in &= _meets(requires, points, group_of, holds, None)
        index[is_in] = place
    return index


def _apply(vetoes: Mapping[str, Veto], met: Mapping[str, BoolArray], n_rows: int) -> tuple[BoolArray, IndexArray]:
    """Tell who is barred by vetoes, and how many classes lower they put everybody."""
    is_barred, n_down = np.zeros(n_rows, dtype=np.bool_), np.zeros(n_rows, dtype=np.int64)
    for veto_id, veto in vetoes.items():
        if veto.effect == "not-considered":
            is_barred |= met[veto_id]
        else:
            n_down += met[veto_id]
    return is_barred, n_down


def _in_class(class_ids: tuple[str, ...], class_index: IndexArray) -> Mapping[str, BoolArray]:
    return {class_id: class_index == place for place, class_id in enumerate(class_ids)}


def _meets(condition: Condition, points: PartPoints, group_of: IndexArray, holds: Holds, in_class: Mapping[str, BoolArray] | None) -> BoolArray:
    """Tell who meets a condition; classes are unknown (nobody has one) while they are being given."""
    match condition:
        case AllOf():
            is_met = np.ones(points.n_nominees, dtype=np.bool_)
            for part in condition.all:
                is_met &= _meets(part, points, group_of, holds, in_class)
            return is_met
        case AnyOf():
            is_met = np.zeros(points.n_nominees, dtype=np.bool_)
            for part in condition.any:
                is_met |= _meets(part, points, group_of, holds, in_class)
            return is_met
        case Not():
            return ~_meets(condition.not_, points, group_of, holds, in_class)
        case PointsTest():
            return meets_points(condition, points, group_of)
        case ClassTest():
            is_in = np.zeros(points.n_nominees, dtype=np.bool_)
            for class_id in condition.class_:
                if in_class is not None and class_id in in_class:
                    is_in |= in_class[class_id]
            return is_in
        case _:
            return holds(condition)
