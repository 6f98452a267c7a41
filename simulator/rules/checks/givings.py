"""What a criterion gives: more than its points, never all of them, everything at once, or nothing at all."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from simulator.rules.checks.sums import show
from simulator.rules.points import Achievements, Count, Event, Highest, Mark, Proportional, Section, Steps, iter_parts
from simulator.rules.stages import Marking
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.points import Criterion

_EVERYTHING = Fraction(1)


def check(subject: Subject) -> Iterator[Finding]:
    """Look for criteria whose numbers contradict their points."""
    penalties = tuple(f"{path}." for path, part in iter_parts(subject.criteria.points) if part.kind == "penalty")
    for path, part in iter_parts(subject.criteria.points):
        if not isinstance(part, Section) and path.startswith(penalties):
            yield from _negative_in_penalty(subject, f"points.{path}", part)
        if not isinstance(part, Section):
            place = f"points.{path}"
            yield from _too_much_or_little(subject, place, part)
            yield from _without_effect(subject, place, part)
            if isinstance(part, Highest):
                yield from _order_of_levels(subject, place, part)
            if isinstance(part, Proportional):
                yield from _everything_at_once(subject, place, part)
    yield from _marking_without_marks(subject)


def _rows(part: Criterion) -> list[tuple[str, Fraction]]:
    """Give the place of each band or level, and its points."""
    if isinstance(part, Steps):
        return [(f"bands.{index}", exact(band.points)) for index, band in enumerate(part.bands)]
    if isinstance(part, Highest | Achievements):
        return [(f"levels.{level_id}", exact(level.points)) for level_id, level in part.levels.items()]
    return []


def _too_much_or_little(subject: Subject, path: str, part: Criterion) -> Iterator[Finding]:
    rows = _rows(part)
    declared = exact(part.points)
    for place, points in rows:
        if points > declared:
            yield subject.find("RL340", f"{path}.{place}.points", clause=path, given=show(points), declared=show(declared))
    most = max((points for _place, points in rows), default=declared)
    if most < declared and not isinstance(part, Achievements):  # achievements are added up
        yield subject.find("RL341", f"{path}.points", clause=path, given=show(most), declared=show(declared))


def _negative_in_penalty(subject: Subject, path: str, part: Criterion) -> Iterator[Finding]:
    """Look for what is taken off, written as a negative number: two signs would add up to nothing taken off."""
    numbers = [(f"{place}.points", points) for place, points in _rows(part)]
    if isinstance(part, Event | Count):
        numbers = [("each", exact(part.each))]
    for place, number in numbers:
        if number < 0:
            yield subject.find("RL375", f"{path}.{place}", clause=path, found=show(number), suggested=show(-number))


def _order_of_levels(subject: Subject, path: str, part: Highest) -> Iterator[Finding]:
    """Look for the first level that leaves the order, up or down, of those before it."""
    levels = list(part.levels.items())
    signs = [(second[0], exact(second[1].points) - exact(first[1].points)) for first, second in pairwise(levels)]
    for level_id, step in signs:
        if step == 0 or (step > 0) != (signs[0][1] > 0):
            yield subject.find("RL342", f"{path}.levels.{level_id}.points", clause=path, level=level_id)
            return


def _everything_at_once(subject: Subject, path: str, part: Proportional) -> Iterator[Finding]:
    if part.loses is not None and exact(part.loses.points) >= exact(part.points) > 0:
        fields = {"lost": show(exact(part.loses.points)), "percent": show(exact(part.loses.per_percent)), "declared": show(exact(part.points))}
        yield subject.find("RL343", f"{path}.loses.points", clause=path, **fields)
    elif part.nothing_below is not None and exact(part.nothing_below) >= 100 * _EVERYTHING:
        fields = {"lost": show(exact(part.points)), "percent": "0", "declared": show(exact(part.points))}
        yield subject.find("RL343", f"{path}.nothing_below", clause=path, **fields)


def _without_effect(subject: Subject, path: str, part: Criterion) -> Iterator[Finding]:
    is_count_of_nothing = isinstance(part, Count) and part.each <= 0
    is_event_of_nothing = isinstance(part, Event) and part.each == 0
    if is_count_of_nothing or is_event_of_nothing:
        yield subject.find("RL344", f"{path}.each", clause=path, field="each", found=show(exact(part.each)))  # type: ignore[union-attr]
    elif part.points == 0:
        yield subject.find("RL344", f"{path}.points", clause=path, field="points", found="0")
    elif isinstance(part, Mark) and part.step is not None and exact(part.points) % exact(part.step):
        yield subject.find("RL345", f"{path}.step", clause=path, step=show(exact(part.step)), declared=show(exact(part.points)))


def _marking_without_marks(subject: Subject) -> Iterator[Finding]:
    if any(isinstance(part, Mark) for _path, part in iter_parts(subject.criteria.points)):
        return
    for clause_id, clause in subject.criteria.procedure.items():
        if isinstance(clause, Marking):
            yield subject.find("RL346", f"procedure.{clause_id}", clause=f"procedure.{clause_id}")
