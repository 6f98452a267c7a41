"""What a criteria set asks of a roster: its columns, each with what it holds and which clauses need it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from simulator.scoring.kept import kept_with_its_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.points import Giver
    from simulator.rules.values import Text


class Content(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    COUNT = "count"
    """A whole number from 0."""
    PERCENT = "percent"
    """94 for 94 %, whether the cell shows ``94``, ``94%`` or the number 0.94 in a percent format."""
    YES_NO = "yes-no"
    WORD = "word"
    """One of ``words``."""
    DATE = "date"
    EVENTS = "events"
    """Any number of dated events: in one cell, years or dates parted by semicolons; or rows of a sheet of their own."""
    INITIATIVES = "initiatives"
    """Any number of initiatives with scope, year and whether they have served; or, in one cell, a count of unused ones."""
    ACHIEVEMENTS = "achievements"
    """Any number of named achievements with the level each has reached."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column a roster needs or may have.

    Attributes
    ----------
    id
        Its name in English, stable: ``rating:2025``, ``quality``, ``award:lao-dong-tien-tien``, ``leave_days``.
    content
        What its cells hold.
    title
        Words the criteria set itself gives it (criteria, levels, awards); None where the catalogue alone does.
    key
        Key of its heading in the catalogue, ``column.<key>``, without the year or the award: ``rating``, ``leave_days``. Where ``title`` is given too, the
        sentence of the catalogue takes it in (``{title}``); where the key is empty, the title is the heading.
    words
        The words a cell may hold (WORD), best or first first.
    unit
        What a number counts.
    low, high
        Least and most of a number; None where it is not bounded.
    step
        What a number is a multiple of; None for any number.
    is_required
        Whether every row must have a value; otherwise an empty cell means no, none or 0.
    year
        The year it is about, for ratings.
    award
        The award it is about.
    giver
        Who gives the mark.
    is_actionable
        Whether the nominee can change it by its own work: never a post, sex, another's mark, or the past.
    clauses
        Paths of the clauses that need it.
    is_of_unit
        Whether it says something of a unit (a head-count), once for each unit and not for each nominee.
    may_be_left_out
        Whether a file without the column can be scored: what it would say is then no, none or not known.
    """

    id: str
    content: Content
    title: Text | None = None
    key: str = ""
    words: tuple[str, ...] = ()
    unit: Text | None = None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    is_required: bool = True
    year: int | None = None
    award: str | None = None
    giver: Giver | None = None
    is_actionable: bool = False
    clauses: tuple[str, ...] = ()
    is_of_unit: bool = False
    may_be_left_out: bool = False


IDENTITY_COLUMNS: Final = ("id", "name", "unit", "cluster")

COLUMN_KEYS: Final = (
    *IDENTITY_COLUMNS,
    "rating",
    "award",
    "recognised_initiatives",
    "disciplined_on",
    "case_pending",
    "service_months",
    "leave_days",
    "old_unit_agrees",
    "years_in_post",
    "role",
    "sector",
    "is_direct_worker",
    "is_woman",
    "works_in_hard_job",
    "works_in_hard_area",
    "members",
    "members_awarded",
    "members_rated",
    "members_disciplined",
    "women",
    "leads_cluster",
    "years_established",
    "staff",
    "holders",
    "target",
    "mark",
    "reason",
)
"""Keys of headings the catalogue gives, under ``column.<key>``."""

OTHER_SECTOR: Final = "other"
"""What a nominee of none of the sectors named by the set writes."""


@kept_with_its_set
def columns_of(criteria: CriteriaSet, year: int, award: str | None = None) -> tuple[Column, ...]:
    """Say every column a list of nominees of a year needs to be scored: who they are, then what is asked, in the order of clauses.

    Parameters
    ----------
    criteria
        The set or the scoring table.
    year
        The year being decided.
    award
        One award, with all it rests on; by default every award that is scored together (:func:`~simulator.scoring.award_order.awards_in_order`).

    Raises
    ------
    InputError
        If the set has no such award, or a criterion has the id of another column.
    """
    from simulator.scoring.clause_columns import clauses_by_cluster, clauses_by_unit, iter_columns, refuse_clashes  # noqa: PLC0415 - they are made of the columns defined here

    asked = tuple(iter_columns(criteria, year, award))
    refuse_clashes(criteria, [column for _, column in asked])
    columns: dict[str, Column] = {}
    for path, column in asked:
        known = columns.get(column.id, replace(column, clauses=(path,)))
        columns[column.id] = _join(known, column, path)
    if "sector" in columns:
        columns["sector"] = replace(columns["sector"], words=tuple(dict.fromkeys((*columns["sector"].words, OTHER_SECTOR))))
    by_unit, by_cluster = clauses_by_unit(criteria, award), clauses_by_cluster(criteria, award)
    return (
        Column("id", Content.TEXT, key="id"),
        Column("name", Content.TEXT, key="name", is_required=False, may_be_left_out=True),
        Column("unit", Content.TEXT, key="unit", is_required=bool(by_unit), may_be_left_out=not by_unit, clauses=by_unit),
        Column("cluster", Content.TEXT, key="cluster", is_required=bool(by_cluster), may_be_left_out=not by_cluster, clauses=by_cluster),
        *columns.values(),
    )


def missing_columns(columns: Iterable[Column], given: frozenset[str]) -> tuple[Column, ...]:
    """Give the columns a file does not have and cannot be scored without."""
    return tuple(column for column in columns if column.id not in given and not column.may_be_left_out and column.id not in IDENTITY_COLUMNS)


def _join(known: Column, column: Column, path: str) -> Column:
    """Say of one column what two clauses ask of it."""
    return replace(
        known,
        clauses=known.clauses if path in known.clauses else (*known.clauses, path),
        is_required=known.is_required or column.is_required,
        may_be_left_out=known.may_be_left_out and column.may_be_left_out,
        words=tuple(dict.fromkeys((*known.words, *column.words))),
    )
