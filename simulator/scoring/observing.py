"""What a list says of one nominee in one column, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from simulator.scoring.columns import Content

if TYPE_CHECKING:
    from simulator.scoring.columns import Column
    from simulator.scoring.facts import Facts
    from simulator.scoring.roster import Roster

PROPOSED: Final = "proposed:"
"""Begins the key of the years in which an award is only proposed by the same run."""
USED: Final = "used:"
"""Begins the key of how many initiatives have served already."""


def observe(column: Column, roster: Roster, position: int, facts: Facts | None = None) -> Any:
    """Say what one column holds of one nominee.

    Parameters
    ----------
    column
        The column.
    roster
        The list.
    position
        The nominee.
    facts
        The facts as they stood when an award was decided; they know which initiatives earlier awards used, and what was won this year.
    """
    match column.content:
        case Content.EVENTS:
            days = [day.isoformat() for day in sorted(roster.disciplined_on[position])]
            return days if column.award is None else observe_award(column.award, roster, facts, position)
        case Content.INITIATIVES:
            return _initiatives(roster, facts, position)
        case Content.ACHIEVEMENTS:
            return [{"name": one.name, "level": one.level} for one in roster.achievements[position] if one.criterion == column.id]
        case Content.YES_NO:
            return bool(roster.answers[column.id][position]) if column.id in roster.answers else None
        case Content.WORD | Content.TEXT:
            return str(roster.words[column.id][position]) or None if column.id in roster.words else None
        case _:
            return roster.number(column.id, position) if column.id in roster.numbers else None


def is_unmarked(column: Column, roster: Roster, position: int) -> bool:
    """Tell whether an earlier giver, whose mark may be left out, gave none; a cell left empty reads as 0."""
    return column.key == "mark" and column.may_be_left_out and (column.id not in roster.numbers or not roster.numbers[column.id][position])


def observe_award(award: str, roster: Roster, facts: Facts | None, position: int) -> list[int]:
    """List the years of an award, this one too where it was decided a moment ago."""
    years = {event.year for event in roster.awards[position] if event.award == award}
    if facts is not None and facts.years_of_award(award)[position] & 1:
        years.add(roster.year)
    return sorted(years)


def observed_award(award: str, roster: Roster, facts: Facts | None, position: int) -> dict[str, Any]:
    """List the years of an award as a column of the list, with the year in which it is only proposed beside it."""
    column = f"award:{award}"
    years = observe_award(award, roster, facts, position)
    return {column: years} | _proposed(award, roster, years, position)


def beside(column: Column, roster: Roster, position: int, facts: Facts | None) -> dict[str, Any]:
    """Say what the list itself does not: the year in which an award is only proposed, and how many initiatives have served already."""
    if column.content is Content.EVENTS and column.award is not None:
        return _proposed(column.award, roster, observe_award(column.award, roster, facts, position), position)
    if column.content is Content.INITIATIVES:
        n_used = len(roster.initiatives[position]) - len(_initiatives(roster, facts, position))
        return {f"{USED}{column.id}": n_used} if n_used else {}
    return {}


def _proposed(award: str, roster: Roster, years: list[int], position: int) -> dict[str, Any]:
    """Name the year of the list where it counts only because the same run puts the nominee forward."""
    is_given = any(event.award == award and event.year == roster.year for event in roster.awards[position])
    return {f"{PROPOSED}award:{award}": [roster.year]} if roster.year in years and not is_given else {}


def _initiatives(roster: Roster, facts: Facts | None, position: int) -> list[dict[str, Any]]:
    """List the initiatives with their reach and year; those used before are left out."""
    if facts is None or facts.initiatives is None:
        return [{"scope": one.scope, "year": one.year} for one in roster.initiatives[position] if not one.is_used]
    return facts.initiatives.unused_of(position)
