"""What a scoring table makes impossible: totals its parts cannot give, classes their bounds and conditions rule out.

Points of a section follow from the points of its parts, the total from its sections, a class from the total. Conditions on several of them are therefore
judged together, by the ranges that each can still lie in.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from operator import is_
from typing import TYPE_CHECKING, NamedTuple

from simulator.rules.conditions import EVERY_CRITERION, TOTAL, AllOf, AnyOf, ClassTest, Not, PointsTest, iter_single_tests
from simulator.rules.histories import FULL_TOTAL
from simulator.rules.nominees import find_nominee, negation
from simulator.rules.points import Count, Event, Section, Steps, can_give_points, every_criterion, iter_parts
from simulator.rules.stages import Scale
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.intervals import Interval
    from simulator.rules.nominees import Nominee
    from simulator.rules.points import Class, Criterion, Part

_NOTHING = Fraction(0)
_MOST_KEPT = 1024


@lru_cache(maxsize=_MOST_KEPT)
def _find_without_points(conditions: tuple[Condition, ...]) -> Nominee | None:
    """Find who meets conditions where no table decides: the same for every set that asks so, and sets over one base ask mostly the same."""
    return find_nominee(conditions, {})


class _Range(NamedTuple):
    """From ``low`` to ``high``, the latter itself left out where the range is open."""

    low: Fraction
    high: Fraction
    is_open: bool = False

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and self.is_open)

    def within(self, span: Interval | None) -> _Range:
        """Keep what also lies in a span."""
        if span is None:
            return self
        high = min((self.high, -1 if self.is_open else 1), span.end)
        return _Range(max(self.low, span.start[0]), high[0], high[1] < 0)

    def plus(self, other: _Range) -> _Range:
        return _Range(self.low + other.low, self.high + other.high, self.is_open or other.is_open)

    def minus(self, other: _Range) -> _Range:
        # That the other end is open is forgotten: the range is only taken too wide.
        return _Range(self.low - other.high, self.high - other.low, self.is_open)

    def between(self, low: Fraction, high: Fraction | None) -> _Range:
        """Move what lies outside to the nearer end."""
        if high is not None and self.high > high:
            return _Range(max(low, min(self.low, high)), high)
        return _Range(max(low, self.low), max(low, self.high), self.is_open and self.high > low)


class _ImpossibleError(Exception):
    """No points fit the spans."""


@dataclass(frozen=True)
class PointTable:
    """The scoring table of a set, as far as it decides what a nominee can be.

    Attributes
    ----------
    criteria
        The set; one without points leaves everything open.
    """

    criteria: CriteriaSet

    @cached_property
    def scale(self) -> Scale | None:
        """What the table says of its total."""
        return next((clause for clause in self.criteria.procedure.values() if isinstance(clause, Scale)), None)

    @cached_property
    def most(self) -> Mapping[str, Fraction]:
        """The most that each part, and the whole of it, can give."""
        points = self.criteria.points
        if not points:
            return {}
        most = {path: exact(part.points) for path, part in iter_parts(points)}
        sections = sum((exact(part.points) for part in points.values() if part.kind not in {"bonus", "penalty"}), _NOTHING)
        return most | {TOTAL: self._total({}).high, FULL_TOTAL: sections if self.scale is None else exact(self.scale.total)}

    def most_asked(self, part: str) -> Fraction | None:
        """Give the most of what a test of points may name; for every criterion, the most of the smallest; None for what is not known."""
        if part == EVERY_CRITERION:
            return min((self.most[path] for path in every_criterion(self.criteria.points)), default=None)
        return self.most.get(part)

    def find(self, conditions: Sequence[Condition]) -> Nominee | None:
        """Find the smallest nominee who meets every condition under this table, or None when nobody can."""
        every = [self._spelt_out(condition) for condition in (*conditions, *self._implied(conditions))]
        return find_nominee(every, self.most, self.fits) if self.criteria.points else _find_without_points(tuple(every))

    def bounds_of(self, name: str) -> list[Condition]:
        """Say what the lower bound of a class asks for."""
        low = _low_of(self.criteria.classes[name])
        return [] if low is None else [PointsTest(points=TOTAL, at_least=low)]

    def fits(self, spans: Mapping[str, Interval]) -> bool:
        """Tell whether the parts named can lie in these spans all at once."""
        try:
            self._total(spans)
        except _ImpossibleError:
            return False
        return True

    def _implied(self, conditions: Sequence[Condition]) -> Iterator[Condition]:
        """Say of each class that is asked for what the table asks of it."""
        tests = [test for condition in conditions for _place, test in iter_single_tests(condition)]
        named = dict.fromkeys(name for test in tests if isinstance(test, ClassTest) for name in test.class_)
        for name in named:
            asked = self._asked_by(name) if name in self.criteria.classes else []
            if asked:
                yield AnyOf(any=(negation(ClassTest.model_validate({"class": [name]})), AllOf(all=tuple(asked))))

    def _asked_by(self, name: str) -> list[Condition]:
        classes = self.criteria.classes
        own = classes[name]
        asked: list[Condition] = []
        low = _low_of(own)
        if low is not None and self.criteria.points:
            asked.append(PointsTest(points=TOTAL, at_least=low))
        if any(veto.effect == "down-one-class" for veto in self.criteria.vetoes.values()):
            return asked  # who was put one class lower need not meet the conditions of that class
        if own.requires is not None:
            asked.append(own.requires)
        for other in classes.values():
            bound = other.at_least
            if bound is None or (low is not None and bound <= low) or not self.criteria.points:
                continue
            is_below = PointsTest(points=TOTAL, below=bound)
            asked.append(is_below if other.requires is None else AnyOf(any=(is_below, negation(other.requires))))
        return asked

    def _spelt_out(self, condition: Condition) -> Condition:
        """Write a test of every criterion as a test of each."""
        # What holds no such test stays the very condition it is: to make and to check one anew takes longer than all else here.
        match condition:
            case AllOf():
                every = tuple(self._spelt_out(part) for part in condition.all)
                return condition if all(map(is_, every, condition.all)) else AllOf(all=every)
            case AnyOf():
                either = tuple(self._spelt_out(part) for part in condition.any)
                return condition if all(map(is_, either, condition.any)) else AnyOf(any=either)
            case Not():
                inner = self._spelt_out(condition.not_)
                return condition if inner is condition.not_ else negation(inner)
            case PointsTest(points="every-criterion", at_least_share_of_mean=None, below_share_of_mean=None):
                each = tuple(condition.model_copy(update={"points": path}) for path in every_criterion(self.criteria.points))
                return AllOf(all=each) if each else condition
            case _:
                return condition

    def _total(self, spans: Mapping[str, Interval]) -> _Range:
        bonus: list[_Range] = []
        total = self._sum(self.criteria.points, "", spans, bonus)
        extra = _Range(_NOTHING, _NOTHING)
        for each in bonus:
            extra = extra.plus(each)
        lowest = _NOTHING
        if self.scale is not None:
            lowest = exact(self.scale.lowest)
            if self.scale.bonus is not None:
                extra = extra.between(_NOTHING, exact(self.scale.bonus))
        return _checked(total.plus(extra).between(lowest, None), spans.get(TOTAL))

    def _sum(self, parts: Mapping[str, Part], under: str, spans: Mapping[str, Interval], bonus: list[_Range]) -> _Range:
        """Add up parts; bonus sections, however deep, are kept apart, penalty sections are taken off."""
        total = _Range(_NOTHING, _NOTHING)
        for part_id, part in parts.items():
            path = f"{under}{part_id}"
            if isinstance(part, Section):
                inner = self._sum(part.parts, f"{path}.", spans, bonus).between(_NOTHING, exact(part.points))
            else:
                inner = _range_of(part)
            own = _checked(inner, spans.get(path))
            if part.kind == "bonus":
                bonus.append(own)
            else:
                total = total.minus(own) if part.kind == "penalty" else total.plus(own)
        return total


def _checked(found: _Range, span: Interval | None) -> _Range:
    kept = found.within(span)
    if kept.is_empty:
        raise _ImpossibleError
    return kept


def _range_of(part: Criterion) -> _Range:
    """Give what a criterion can give: events, counts and bands may also take off."""
    most = exact(part.points)
    lowest = _NOTHING
    if isinstance(part, Event | Count) and part.each < 0:
        lowest = -most
    elif isinstance(part, Steps):
        lowest = min(_NOTHING, *(exact(band.points) for band in part.bands))
    return _Range(lowest, most if can_give_points(part) else _NOTHING)


def _low_of(class_: Class) -> float | None:
    return class_.at_least if class_.at_least is not None else class_.above
