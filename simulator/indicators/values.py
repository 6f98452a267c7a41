"""Measure histories without intervals: simulated ones, whose spread over replications is the interval.

*Which question does this module answer?* What does each indicator say of one replication, of many side by side, or of a history so long that it comes in parts?
*Where to start:* :func:`values_of`; intervals are the matter of :mod:`simulator.indicators.measurement`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.history import split
from simulator.indicators.measurement import ALL_FAMILIES, HEADLINE_FAMILIES, INDICATORS, MIX, look_at

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulator._types import FloatArray
    from simulator.history import History
    from simulator.indicators.family import Family, Told


def values_of(
    history: History, *, names: Collection[str] = (*INDICATORS, *MIX), with_course: bool = True
) -> tuple[dict[str, float], dict[str, FloatArray]]:
    """Measure without intervals, for replications whose spread is the interval.

    Parameters
    ----------
    history
        One row for each year and member.
    names
        The numbers wanted; their families are measured whole.
    with_course
        Whether the headline indicators are wanted year by year, too.

    Returns
    -------
        Name → value over all judged years (the mix included), and name → (n_years,) course of the headline indicators.
    """
    (measured,) = values_of_each(history, names=names, with_course=with_course)
    return measured


def values_of_each(
    history: History, *, names: Collection[str] = (*INDICATORS, *MIX), with_course: bool = True
) -> list[tuple[dict[str, float], dict[str, FloatArray]]]:
    """Measure each replication of a history as :func:`values_of` does one, all of them together: no digit depends on the others."""
    measured: list[tuple[dict[str, float], dict[str, FloatArray]]] = [({}, {}) for _ in range(history.n_replications)]
    for family in look_at(history, _kinds_of(names)):
        if family.is_alike():
            of_each = _values_of_family(family, _told_by(family, with_course=with_course), with_course=with_course)
        else:
            each = [look_at(one, [type(family)])[0] for one in split(history)]
            of_each = [found for one in each for found in _values_of_family(one, _told_by(one, with_course=with_course), with_course=with_course)]
        for (values, course), (own_values, own_course) in zip(measured, of_each, strict=True):
            values.update(own_values)
            course.update(own_course)
    return measured


class PartsMeasured:
    """Measures one long history that comes in parts of whole units, as :func:`values_of` does the whole; no more than one part need be at hand at a time.

    Parameters
    ----------
    names, with_course
        As of :func:`values_of`.
    """

    def __init__(self, *, names: Collection[str] = (*INDICATORS, *MIX), with_course: bool = True) -> None:
        self._kinds, self._with_course = _kinds_of(names), with_course
        self._told: dict[type[Family], tuple[Family, Told | None]] = {}

    def add(self, part: History) -> None:
        """Measure one more part: some units with all their years, whose people are in no other part."""
        for family in look_at(part, self._kinds, is_part=True):
            told = _told_by(family, with_course=self._with_course)
            _, before = self._told.get(type(family), (None, None))
            if before is None:
                self._told[type(family)] = family, told
            elif told is not None:
                self._told[type(family)] = family, before + told

    def values(self) -> tuple[dict[str, float], dict[str, FloatArray]]:
        """Measure all parts that were added, at least one."""
        values: dict[str, float] = {}
        course: dict[str, FloatArray] = {}
        for family, told in self._told.values():
            ((own_values, own_course),) = _values_of_family(family, told, with_course=self._with_course)
            values.update(own_values)
            course.update(own_course)
        return values, course


def _kinds_of(names: Collection[str]) -> list[type[Family]]:
    return [kind for kind in ALL_FAMILIES if set(names) & set(kind.names)]


def _told_by(family: Family, *, with_course: bool) -> Told | None:
    """Give what a history tells of one family, with its course if it is a headline; ``None`` where it tells nothing."""
    return family.tell(with_course=with_course and isinstance(family, HEADLINE_FAMILIES)) if family.lacks() is None else None


def _values_of_family(family: Family, told: Told | None, *, with_course: bool) -> list[tuple[dict[str, float], dict[str, FloatArray]]]:
    """Measure what one family gives of each replication."""
    n_replications, n_years = family.panel.n_replications, len(family.panel.judged_years)
    values = dict.fromkeys(family.names, np.full(n_replications, np.nan)) if told is None else family.averages_of(told)
    values = {**values, **dict.fromkeys(family.unknown(), np.full(n_replications, np.nan))}
    course: Mapping[str, FloatArray] = {}
    if with_course and isinstance(family, HEADLINE_FAMILIES):
        course = dict.fromkeys(family.names, np.full(n_replications * n_years, np.nan)) if told is None else family.course_of(told)
    return [
        (
            {name: float(of_each[number]) for name, of_each in values.items()},
            {name: of_each[number * n_years : (number + 1) * n_years] for name, of_each in course.items()},
        )
        for number in range(n_replications)
    ]
