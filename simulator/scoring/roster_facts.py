"""What clauses may look at, read off a list of real nominees: years become bits, decisions become full years of waiting.

Full years are counted to the day of the decision where the day of the earlier decision is known, else from year to year; a wait that begins on 29 February
ends on 1 March. A list remembers 32 years.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.rules.facts import RATINGS
from simulator.scoring.facts import N_REMEMBERED_YEARS, RATING_OF_WORD, Facts
from simulator.scoring.initiatives import InitiativeList

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from simulator._types import BoolArray, IndexArray, YearBits
    from simulator.scoring.facts import Rating
    from simulator.scoring.roster import Roster

NEVER: Final = 10_000
"""Years since what never happened."""

_NOT_RATED: Final = -1
_MOST_DECIMALS: Final = 18


def facts_of(roster: Roster) -> Facts:
    """Read the facts of every nominee off a list.

    A column the list does not have is left out: a condition that looks at it raises :class:`~simulator.scoring.facts.MissingFactError`.
    """
    counts = {column: whole_parts(roster, column) for column in roster.numbers}
    nothing: IndexArray = np.empty(0, dtype=np.int64)
    initiatives = InitiativeList.of_roster(roster)
    is_disciplined, since_discipline = _disciplines(roster)
    award_years, since_award = _awards(roster)
    ratings = {int(column.removeprefix("rating:")): words for column, words in roster.words.items() if column.startswith("rating:")}
    grades = {year: _grades(words) for year, words in ratings.items()}
    return Facts(
        rating=grades.get(roster.year, np.full(roster.n_nominees, _NOT_RATED, dtype=np.int8)),
        rating_years=_rating_years(grades, roster) if grades else {},
        award_years=award_years,
        unused_initiatives=initiatives.count_unused(),
        is_disciplined=is_disciplined,
        service_months=counts.get("service_months", nothing),
        leave_days=counts.get("leave_days", nothing),
        answers=roster.answers,
        counts={**counts, "years_since_discipline": since_discipline},
        words=roster.words,
        years_since_award=since_award,
        initiatives=initiatives,
        decided_years=award_years,
    )


def whole_parts(roster: Roster, column: str) -> IndexArray:
    """Give the whole part of each number, cut downwards: it compares with whole numbers as the number itself does."""
    mantissas, scale = roster.numbers[column], roster.scales[column]
    if scale > _MOST_DECIMALS:
        return np.array([mantissa // 10**scale for mantissa in mantissas.tolist()], dtype=np.int64)
    return mantissas // np.int64(10**scale)


def full_years(since: datetime.date, on: datetime.date) -> int:
    """Count the full years from one day to another."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _grades(words: np.ndarray) -> IndexArray:
    """Turn words of grading into numbers; nobody's empty word is a grade."""
    grades = np.full(len(words), _NOT_RATED, dtype=np.int8)
    for word in RATINGS:
        grades[words == word] = RATING_OF_WORD[word]
    return grades


def _rating_years(grades: Mapping[int, IndexArray], roster: Roster) -> Mapping[Rating, YearBits]:
    years = {rating: np.zeros(roster.n_nominees, dtype=np.uint32) for rating in RATING_OF_WORD.values()}
    for year, grade in grades.items():
        ago = roster.year - year
        if 0 <= ago < N_REMEMBERED_YEARS:
            for rating in years:
                years[rating] |= (grade >= rating).astype(np.uint32) << np.uint32(ago)
    return years


def _awards(roster: Roster) -> tuple[dict[str, YearBits], Mapping[str, IndexArray]]:
    """Read the years in which each award was won, and the full years since it was last decided."""
    years: defaultdict[str, YearBits] = defaultdict(lambda: np.zeros(roster.n_nominees, dtype=np.uint32))
    since: defaultdict[str, IndexArray] = defaultdict(lambda: np.full(roster.n_nominees, NEVER, dtype=np.int64))
    for position, events in enumerate(roster.awards):
        for event in events:
            ago = roster.year - event.year
            if 0 <= ago < N_REMEMBERED_YEARS:
                years[event.award][position] |= np.uint32(1 << ago)
            waited = ago if event.decided_on is None else full_years(event.decided_on, roster.on)
            since[event.award][position] = min(waited, since[event.award][position])
    return dict(years), dict(since)


def _disciplines(roster: Roster) -> tuple[BoolArray, IndexArray]:
    """Read who was disciplined in the year, and the full years since each nominee's last discipline."""
    is_disciplined = np.zeros(roster.n_nominees, dtype=np.bool_)
    since = np.full(roster.n_nominees, NEVER, dtype=np.int64)
    for position, days in enumerate(roster.disciplined_on):
        if days:
            is_disciplined[position] = _any_in_year(days, roster.year)
            since[position] = min(full_years(day, roster.on) for day in days)
    return is_disciplined, since


def _any_in_year(days: Iterable[datetime.date], year: int) -> bool:
    return any(day.year == year for day in days)
