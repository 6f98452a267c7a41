"""A table of real nominees, read and typed: what every clause may look at, with the people kept apart.

Who they are stands in :class:`People` alone. Everything else knows a nominee by its row, so that no name can slip into a trace, a log or an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from simulator._types import IndexArray
    from simulator.rules.facts import Scope


class AwardEvent(NamedTuple):
    """An award somebody got: for which year, by which decision, on which day."""

    award: str
    year: int
    decision_no: str | None = None
    decided_on: datetime.date | None = None


class Initiative(NamedTuple):
    """A recognised initiative: how far it reaches, since when, and whether an award has used it."""

    scope: Scope
    year: int | None = None
    is_used: bool = False
    certificate_no: str | None = None


class Achievement(NamedTuple):
    """A named achievement and the level it reached, for one criterion."""

    criterion: str
    name: str
    level: str


@dataclass(frozen=True, repr=False)
class People:
    """Who the nominees are: the only place that knows. It prints nothing of them.

    Attributes
    ----------
    ids
        (n,) what the roster calls each, unique.
    names
        (n,) names as written, or empty.
    codes
        (n,) stable codes, on a list made for anonymous readers whose codes have a key; empty otherwise.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"People({len(self.ids)} nominees)"


@dataclass(frozen=True)
class Roster:
    """(n,) nominees of one year.

    Attributes
    ----------
    people
        Who they are.
    rows
        (n,) row of each in the file, 1 is the first line of the sheet.
    year
        The year being decided.
    on
        The day of the decision; ages and waits are counted to it.
    units
        (n,) unit of each; empty text where there is none.
    clusters
        (n,) emulation cluster (cụm, khối) or group of each; empty text where there is none.
    numbers
        Column id → (n,) exact values as ``Fraction``-ready decimals: int64 mantissas, with ``scales`` the number of decimals of the column.
    scales
        Column id → decimals of the column.
    answers
        Yes-or-no columns: id → (n,) bool.
    words
        Word columns: id → (n,) words; ratings of years are ``rating:<year>``, empty where a year has none.
    awards, initiatives, disciplined_on, achievements
        (n,) what each nominee has; disciplinary decisions by date.
    headcounts
        Unit → column id (``staff``, ``holders:<award>``, ``rated-good``) → people; what a quota is a share of.
    given
        Ids of the columns the file had.
    file
        The file, as it is named to the reader.
    """

    people: People
    rows: IndexArray
    year: int
    on: datetime.date
    units: tuple[str, ...]
    clusters: tuple[str, ...]
    numbers: Mapping[str, NDArray[np.int64]]
    scales: Mapping[str, int]
    answers: Mapping[str, NDArray[np.bool_]]
    words: Mapping[str, NDArray[np.str_]]
    awards: tuple[tuple[AwardEvent, ...], ...]
    initiatives: tuple[tuple[Initiative, ...], ...]
    disciplined_on: tuple[tuple[datetime.date, ...], ...]
    achievements: tuple[tuple[Achievement, ...], ...]
    headcounts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    file: str = ""

    @property
    def n_nominees(self) -> int:
        """Nominees in the table."""
        return len(self.rows)

    def number(self, column: str, position: int) -> Fraction:
        """Give one number exactly as it was written."""
        from fractions import Fraction  # noqa: PLC0415  # only where a single number is asked for

        return Fraction(int(self.numbers[column][position]), 10 ** self.scales[column])
