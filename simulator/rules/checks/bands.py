"""The bands of steps and the classes: gaps, overlaps, what can never be reached, what lies outside the possible range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.checks.sums import most_bonus, most_of, show
from simulator.rules.intervals import HIGHEST, LOWEST, Interval, interval_of, uncovered
from simulator.rules.points import Steps, iter_parts
from simulator.rules.stages import Scale
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.points import Class

_PERCENT = Interval((exact(0), -1), HIGHEST)


def check(subject: Subject) -> Iterator[Finding]:
    """Look for bands that leave something unsaid, say it twice, or say it in vain."""
    for path, part in iter_parts(subject.criteria.points):
        if isinstance(part, Steps):
            yield from _check_steps(subject, f"points.{path}", part)
    classes = list(subject.criteria.classes.items())
    if classes:
        yield from _check_classes(subject, classes)


def _check_steps(subject: Subject, path: str, part: Steps) -> Iterator[Finding]:
    """Look at steps: the first band that holds counts, so an open side is closed by the bands above it in the list."""
    places = [f"{path}.bands.{index}" for index in range(len(part.bands))]
    intervals = [interval_of(band) for band in part.bands]
    is_percent = part.unit is not None and "%" in part.unit.vi
    yield from _empty(subject, path, places, intervals)
    for index, (place, interval) in enumerate(zip(places, intervals, strict=True)):
        if is_percent and not interval.is_empty and interval.meet(_PERCENT).is_empty:
            yield subject.find("RL334", place, clause=path, band=interval.show(), low="0", high="∞")
            intervals[index] = Interval(interval.start, interval.start)
    yield from _shadowed(subject, path, places, intervals)
    yield from _overlaps(subject, path, places, intervals)
    yield from _gaps(subject, path, path, intervals)


def _empty(subject: Subject, path: str, places: Sequence[str], intervals: Sequence[Interval]) -> Iterator[Finding]:
    for place, interval in zip(places, intervals, strict=True):
        if interval.is_empty:
            yield subject.find("RL333", place, clause=path, low=show(interval.start[0]), high=show(interval.end[0]))


def _shadowed(subject: Subject, path: str, places: Sequence[str], intervals: Sequence[Interval]) -> Iterator[Finding]:
    for index, (place, interval) in enumerate(zip(places, intervals, strict=True)):
        if not interval.is_empty and not uncovered(interval, intervals[:index]):
            yield subject.find("RL335", place, clause=path, band=interval.show())


def _overlaps(subject: Subject, path: str, places: Sequence[str], intervals: Sequence[Interval]) -> Iterator[Finding]:
    for index, (place, interval) in enumerate(zip(places, intervals, strict=True)):
        if interval.is_empty or not uncovered(interval, intervals[:index]):
            continue  # has its own finding
        for earlier in intervals[:index]:
            common = interval.meet(earlier)
            is_cascade = (interval.end == HIGHEST and earlier.start > interval.start) or (interval.start == LOWEST and earlier.end < interval.end)
            if not common.is_empty and not is_cascade:
                yield subject.find("RL332", place, clause=path, first=earlier.show(), second=interval.show(), common=common.show())
                break


def _gaps(subject: Subject, path: str, place: str, intervals: Sequence[Interval]) -> Iterator[Finding]:
    given = [interval for interval in intervals if not interval.is_empty]
    if not given:
        return
    whole = Interval(min(interval.start for interval in given), max(interval.end for interval in given))
    for gap in uncovered(whole, given):
        yield subject.find("RL331", place, clause=path, gap=gap.show())


def _check_classes(subject: Subject, classes: Sequence[tuple[str, Class]]) -> Iterator[Finding]:
    """Look at classes: the highest lower bound that is reached counts; a class with a condition may be passed over."""
    places = [f"classes.{class_id}" for class_id, _class in classes]
    intervals = [interval_of(class_) for _id, class_ in classes]
    most, lowest = _range_of_total(subject)
    yield from _out_of_reach(subject, places, intervals, most, lowest)
    for index, place in enumerate(places):
        for earlier_place, (_id, earlier_class), earlier in zip(places[:index], classes, intervals, strict=False):
            finding = _beside(subject, place, intervals[index], earlier_place, earlier, is_passed_over=earlier_class.requires is not None)
            if finding is not None:
                yield finding
                break
    yield from _class_gaps(subject, places, intervals, most, lowest)


def _out_of_reach(subject: Subject, places: Sequence[str], intervals: Sequence[Interval], most: Fraction, lowest: Fraction) -> Iterator[Finding]:
    has_points = bool(subject.criteria.points)
    for place, interval in zip(places, intervals, strict=True):
        if interval.is_empty:
            yield subject.find("RL333", place, clause=place, low=show(interval.start[0]), high=show(interval.end[0]))
        elif has_points and interval.start > (most, -1):
            yield subject.find("RL336", place, clause=place, band=interval.show(), most=show(most))
        elif has_points and interval.end < (lowest, 1):
            yield subject.find("RL334", place, clause=place, band=interval.show(), low=show(lowest), high=show(most))


def _beside(subject: Subject, place: str, interval: Interval, earlier_place: str, earlier: Interval, *, is_passed_over: bool) -> Finding | None:
    """Compare a class with one that stands before it."""
    if interval.is_empty or earlier.is_empty:
        return None
    if interval.start > earlier.start:
        return subject.find("RL337", place, clause=place, earlier=earlier_place)
    if is_passed_over:
        return None
    if interval.start == earlier.start:
        return subject.find("RL338", place, clause=place, earlier=earlier_place)
    common = interval.meet(earlier)
    if common.is_empty or interval.end == HIGHEST:
        return None
    return subject.find("RL332", place, clause=place, first=earlier.show(), second=interval.show(), common=common.show())


def _class_gaps(subject: Subject, places: Sequence[str], intervals: Sequence[Interval], most: Fraction, lowest: Fraction) -> Iterator[Finding]:
    """Look for totals for which no class is meant; below the lowest class it is only doubtful, since a table may name the good ones alone."""
    if not subject.criteria.points:
        yield from _gaps(subject, places[0], places[0], intervals)
        return
    for gap in uncovered(Interval((lowest, -1), (most, 1)), intervals):
        below = [place for place, interval in zip(places, intervals, strict=True) if not interval.is_empty and interval.start >= gap.end]
        is_under_all = gap.start == (lowest, -1)
        if not is_under_all or not below:
            place = below[-1] if below else places[0]
            yield subject.find("RL331", place, clause=place, gap=gap.show())
        elif len(places) > 1:
            yield subject.find("RL339", below[-1], clause=below[-1], gap=gap.show())


def _range_of_total(subject: Subject) -> tuple[Fraction, Fraction]:
    """Give the highest and the lowest total of the table."""
    points = subject.criteria.points
    scale = next((clause for clause in subject.criteria.procedure.values() if isinstance(clause, Scale)), None)
    bonus = most_bonus(points)
    if scale is None:
        return most_of(points) + bonus, exact(0)
    return exact(scale.total) + (min(exact(scale.bonus), bonus) if scale.bonus is not None else bonus), exact(scale.lowest)
