"""What a criteria set asks of a roster: its columns, each with what it holds and which clauses need it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        Its heading where the criteria set itself gives the words (criteria, awards); None where the catalogue does, under ``column.<key>``.
    key
        Key of its heading in the catalogue, without the year or the award: ``rating``, ``leave_days``.
    words
        The words a cell may hold (WORD), best or first first.
    unit
        What a number counts.
    low, high
        Least and most of a number; None where it is not bounded.
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
    """

    id: str
    content: Content
    title: Text | None = None
    key: str = ""
    words: tuple[str, ...] = ()
    unit: Text | None = None
    low: float | None = None
    high: float | None = None
    is_required: bool = True
    year: int | None = None
    award: str | None = None
    giver: Giver | None = None
    is_actionable: bool = False
    clauses: tuple[str, ...] = ()
