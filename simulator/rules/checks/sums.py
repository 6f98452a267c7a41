"""The sums of a scoring table: sections and their parts, the scale and its sections, caps nobody can reach."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simulator.rules.points import Event, Section, iter_parts
from simulator.rules.stages import Scale
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.points import Part


def check(subject: Subject) -> Iterator[Finding]:
    """Look for sums that do not add up."""
    points = subject.criteria.points
    for path, part in iter_parts(points):
        if not isinstance(part, Section):
            continue
        parts_give = most_of(part.parts, is_taken_off=part.kind == "penalty")
        declared = exact(part.points)
        fields = {"clause": f"points.{path}", "declared": show(declared), "sum": show(parts_give)}
        if part.kind == "section" and declared != parts_give:
            yield subject.find("RL326", f"points.{path}.points", **fields)
        elif declared > parts_give:
            yield subject.find("RL328", f"points.{path}.points", **fields)
    yield from _check_scale(subject)


def _check_scale(subject: Subject) -> Iterator[Finding]:
    points = subject.criteria.points
    scales = [(path, clause) for path, clause in subject.criteria.iter_clauses() if isinstance(clause, Scale)]
    if points and not scales:
        first = next(iter(points))
        yield subject.find("RL329", f"points.{first}")
    for path, scale in scales:
        if not points:
            yield subject.find("RL330", path, clause=path)
            continue
        sections_give = most_of(points)
        if exact(scale.total) != sections_give:
            yield subject.find("RL327", f"{path}.total", clause=path, declared=show(exact(scale.total)), sum=show(sections_give))
        if scale.bonus is not None and exact(scale.bonus) > (given := most_bonus(points)):
            yield subject.find("RL328", f"{path}.bonus", clause=path, declared=show(exact(scale.bonus)), sum=show(given))


def most_of(parts: Mapping[str, Part], *, is_taken_off: bool = False) -> Fraction:
    """Add up the most that parts give together, bonus and penalty sections apart; an event that only takes off gives nothing.

    In a penalty section it does, whatever its sign: that it is negative there is another finding.
    """
    return sum((exact(part.points) for part in parts.values() if not _is_apart(part) or (is_taken_off and isinstance(part, Event))), Fraction(0))


def most_bonus(parts: Mapping[str, Part]) -> Fraction:
    """Add up the most that the bonus sections give together, however deep they stand."""
    return sum((exact(part.points) for _path, part in iter_parts(parts) if part.kind == "bonus"), Fraction(0))


def show(value: Fraction) -> str:
    """Write an exact number as it would be written in the file."""
    return f"{float(value):.15g}"


def _is_apart(part: Part) -> bool:
    return part.kind in {"bonus", "penalty"} or (isinstance(part, Event) and part.each < 0)
