"""Several facts in one cell: years or days of awards, initiatives, achievements, parted by semicolons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.rules.facts import SCOPES
from simulator.scoring.roster import Achievement, AwardEvent, Initiative
from simulator.workbook.cell_values import Doubt, clean, fold, read_count, read_date, read_word, read_year

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from simulator.workbook.sheets import Value

_PARTS: Final = re.compile(r"[;\n]")
_PARENTHESIS: Final = re.compile(r"(.*?)\s*\(([^()]*)\)")
_YEAR_LAST: Final = re.compile(r"(.*?\S)\s+(?:năm\s+)?(\d{4})", re.IGNORECASE)
_DECISION: Final = re.compile(r"(?:(.*?\S)[\s,]+)?(?:ngày\s+)?(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_NUMBER_WORDS: Final = re.compile(r"^(?:quyết định\s+)?(?:số|no\.?|qđ)\s+", re.IGNORECASE)
_MOST_UNUSED: Final = 99


def parts_of(value: Value) -> list[Value]:
    """Part a cell at semicolons and new lines; years may also be parted by commas."""
    if not isinstance(value, str):
        return [value]
    pieces = [clean(piece) for piece in _PARTS.split(value)]
    found: list[Value] = []
    for piece in pieces:
        years = [clean(year) for year in piece.split(",")]
        found.extend(years if len(years) > 1 and all(not isinstance(read_year(year), Doubt) for year in years) else [piece])
    return [piece for piece in found if piece]


def read_awards(value: Value, award: str) -> list[AwardEvent] | Doubt:
    """Read the years of one award: ``2023; 2024``, days of decisions, or ``2023 (12/QĐ-UBND, 05/02/2024)``.

    A day alone is taken for the year it lies in; where a decision came early in the next year, the year is written before it.
    """
    events = []
    for part in parts_of(value):
        text, inside = _split_parenthesis(part)
        year = read_year(text)
        if not isinstance(year, Doubt):
            decision = _read_decision(inside)
            if isinstance(decision, Doubt):
                return decision
            events.append(AwardEvent(award, year, *decision))
            continue
        day = read_date(text)
        if isinstance(day, Doubt):
            return Doubt("WB517", "@years-or-dates")
        events.append(AwardEvent(award, day.year, _number_of(inside), day))
    return events


def read_days(value: Value) -> list[datetime.date] | Doubt:
    """Read days parted by semicolons."""
    days = []
    for part in parts_of(value):
        day = read_date(part)
        if isinstance(day, Doubt):
            return Doubt("WB517", "@dates")
        days.append(day)
    return days


def read_initiatives(value: Value, scopes: Mapping[str, str], used: Mapping[str, str]) -> list[Initiative] | Doubt:
    """Read a count of unused initiatives, or ``province 2024; grass-roots 2025``; a mere count claims no more than the narrowest scope.

    Parameters
    ----------
    value
        The cell.
    scopes
        Folded ways of writing each scope.
    used
        Folded ways of writing that an initiative has served (``yes``) or not (``no``).
    """
    count = read_count(value)
    if not isinstance(count, Doubt):
        return [Initiative(SCOPES[0])] * count if count <= _MOST_UNUSED else Doubt("WB517", "@initiatives")
    initiatives = []
    for part in parts_of(value):
        text, inside = _split_parenthesis(part)
        found = _YEAR_LAST.fullmatch(text) if isinstance(text, str) else None
        scope = read_word(found[1] if found else text, scopes, "@initiatives")
        if isinstance(scope, Doubt):
            return scope
        answer = used.get(fold(inside), "") if inside else ""
        initiatives.append(
            Initiative(
                next(name for name in SCOPES if name == scope),
                int(found[2]) if found else None,
                is_used=answer == "yes",
                certificate_no=inside if inside and not answer else None,
            )
        )
    return initiatives


def read_achievements(value: Value, criterion: str, levels: Mapping[str, str], expected: str) -> list[Achievement] | Doubt:
    """Read ``Name: level; Name: level``."""
    achievements = []
    for part in parts_of(value):
        name, colon, level = str(part).rpartition(":")
        if not colon or not name.strip():
            return Doubt("WB517", expected)
        word = read_word(level, levels, expected)
        if isinstance(word, Doubt):
            return word
        achievements.append(Achievement(criterion, clean(name), word))
    return achievements


def _split_parenthesis(part: Value) -> tuple[Value, str | None]:
    found = _PARENTHESIS.fullmatch(part) if isinstance(part, str) else None
    return (found[1], clean(found[2]) or None) if found else (part, None)


def _read_decision(inside: str | None) -> tuple[str | None, datetime.date | None] | Doubt:
    """Read number and day of a decision as they stand in parentheses."""
    if inside is None:
        return None, None
    found = _DECISION.fullmatch(inside)
    if found is None:
        return _number_of(inside), None
    day = read_date(found[2])
    return day if isinstance(day, Doubt) else (_number_of(found[1]), day)


def _number_of(text: str | None) -> str | None:
    return _NUMBER_WORDS.sub("", clean(text).rstrip(",")) or None if text else None
