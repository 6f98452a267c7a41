"""Who passes a test of points: a number of points, a share of the most, or a share of the mean of the group; exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.rules.values import exact
from simulator.scoring.point_columns import ROOM, clamp, is_at_least

if TYPE_CHECKING:
    from simulator._types import BoolArray, IndexArray
    from simulator.rules.conditions import PointsTest
    from simulator.scoring.part_points import PartPoints
    from simulator.scoring.point_columns import Amounts, PointColumn
    from simulator.scoring.roster import Roster


class GroupSums(NamedTuple):
    """The points of one part, summed over each group.

    Attributes
    ----------
    group_of
        (n,) group of each nominee.
    sizes
        Nominees of each group.
    sums
        Grains of each group.
    slacks
        How far each sum may be from the truth, in grains; 0 where it is exact.
    """

    group_of: IndexArray
    sizes: tuple[int, ...]
    sums: tuple[int, ...]
    slacks: tuple[int, ...]


def groups_of(roster: Roster) -> IndexArray:
    """Give numbers to the groups that means and ranks are taken over: clusters where the roster has them, else units, else everybody.

    Units of one nominee each are no groups: everybody would be first of one, and at the mean of one.
    """
    units = roster.units if len(set(roster.units)) < roster.n_nominees else ()
    for names in (roster.clusters, units):
        if any(names):
            return np.unique(np.array(names, dtype=np.str_), return_inverse=True)[1].astype(np.int64)
    return np.zeros(roster.n_nominees, dtype=np.int64)


def meets_points(test: PointsTest, points: PartPoints, group_of: IndexArray) -> BoolArray:
    """Tell who passes a test of points: (n,) bool; under ``every-criterion`` each criterion must pass.

    Parameters
    ----------
    test
        The test.
    points
        The points of every part.
    group_of
        (n,) group of each nominee, for shares of a mean; everybody of the roster counts.
    """
    is_met = np.ones(points.n_nominees, dtype=np.bool_)
    for path in points.paths_of(test.points):
        is_met &= _meets(test, path, points, group_of)
    return is_met


def is_of_mean(test: PointsTest) -> bool:
    """Tell whether a test compares with the mean of the group."""
    return test.at_least_share_of_mean is not None or test.below_share_of_mean is not None


def mean_points(points: PartPoints, path: str, group_of: IndexArray, position: int) -> Fraction:
    """Give the mean of one part over the group of one nominee, exactly."""
    members = np.flatnonzero(group_of == group_of[position])
    return sum(points.exact_rows(path, members), Fraction(0)) / len(members)


def required_points(test: PointsTest, path: str, points: PartPoints, group_of: IndexArray, position: int) -> Fraction:
    """Tell how many points of one part a test asks of one nominee (to reach, or to stay below)."""
    match test:
        case _ if (number := test.at_least if test.at_least is not None else test.below) is not None:
            return exact(number)
        case _ if (share := test.at_least_share if test.at_least_share is not None else test.below_share) is not None:
            return exact(share) * points.most(path)
        case _:
            return _share_of_mean(test) * mean_points(points, path, group_of, position)


def _meets(test: PointsTest, path: str, points: PartPoints, group_of: IndexArray) -> BoolArray:
    is_reversed = any(bound is not None for bound in (test.below, test.below_share, test.below_share_of_mean))
    if not is_of_mean(test):
        bound = required_points(test, path, points, group_of, 0)
        column = points.columns[path]
        is_reached = is_at_least(column, bound, points.per_point, lambda positions: points.exact_rows(path, positions))
    else:
        is_reached = _reaches_share_of_mean(points, path, group_of, _share_of_mean(test))
    return ~is_reached if is_reversed else is_reached


def _share_of_mean(test: PointsTest) -> Fraction:
    share = test.at_least_share_of_mean if test.at_least_share_of_mean is not None else test.below_share_of_mean
    assert share is not None, test  # noqa: S101 - the schema guarantees one comparison; this tells mypy
    return exact(share)


def _reaches_share_of_mean(points: PartPoints, path: str, group_of: IndexArray, share: Fraction) -> BoolArray:
    """Tell who has at least a share of the mean of the group; groups in which somebody is too near to tell are added up with fractions."""
    column = points.columns[path]
    groups = _sum_groups(column, group_of)
    bounds = [share * total / size for total, size in zip(groups.sums, groups.sizes, strict=True)]
    least = np.array([clamp(-(-bound.numerator // bound.denominator)) for bound in bounds], dtype=np.int64)[group_of]
    is_reached: BoolArray = column.amounts >= least
    if column.is_exact is None:
        return is_reached
    # The bound of a group is off by the share of what its mean may be off.
    doubt = np.array([int(abs(share) * slack / size) + 2 for slack, size in zip(groups.slacks, groups.sizes, strict=True)], dtype=np.int64)[group_of]
    has_slack = np.array([slack > 0 for slack in groups.slacks], dtype=np.bool_)[group_of]
    is_near = (~column.is_exact | has_slack) & (np.abs(column.amounts - least) <= column.slack + doubt)
    by_group = np.argsort(group_of, kind="stable")
    ends = np.cumsum(np.array(groups.sizes, dtype=np.int64))
    for group in np.unique(group_of[is_near]):
        members = by_group[ends[group] - groups.sizes[group] : ends[group]]
        bound = share * sum(points.exact_rows(path, members), Fraction(0)) / len(members)
        near = members[is_near[members]]
        is_reached[near] = [own >= bound for own in points.exact_rows(path, near)]
    return is_reached


def _sum_groups(column: PointColumn, group_of: IndexArray) -> GroupSums:
    sizes = np.bincount(group_of)
    sums = _exact_sums(column.amounts, group_of, len(sizes))
    n_cut = np.zeros(len(sizes), dtype=np.int64) if column.is_exact is None else np.bincount(group_of[~column.is_exact], minlength=len(sizes))
    return GroupSums(group_of, tuple(sizes.tolist()), sums, tuple(n * column.slack for n in n_cut.tolist()))


def _exact_sums(amounts: Amounts, group_of: IndexArray, n_groups: int) -> tuple[int, ...]:
    """Sum whole numbers by group; in two halves where one sum might not fit."""
    half = 2**31
    parts = (amounts // half, amounts % half) if len(amounts) * int(np.abs(amounts).max(initial=0)) >= ROOM else (amounts,)
    sums = []
    for part in parts:
        total = np.zeros(n_groups, dtype=np.int64)
        np.add.at(total, group_of, part)
        sums.append(total.tolist())
    return tuple(sums[0]) if len(sums) == 1 else tuple(high * half + low for high, low in zip(*sums, strict=True))
