"""The parts of what the report on a criteria set stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simulator.experiments.results.records import Record
from simulator.presentation.table_layout import Table  # noqa: TC001  # pydantic reads these types when evidence comes back


@dataclass(frozen=True)
class CriteriaOverview(Record):
    """A set at a glance.

    Attributes
    ----------
    title
        Its title; of a stack, the titles joined.
    shape
        A full set, one with overlays, or a scoring table.
    status, state, valid
        Status, state of drafting and validity, in words.
    notes
        What its files say for themselves.
    counts
        Every count the front page tells, by name.
    """

    title: str
    shape: Literal["full", "overlay", "table"]
    status: str
    state: str
    valid: str
    notes: list[str]
    counts: dict[str, int]


@dataclass(frozen=True)
class CriteriaChanges(Record):
    """What overlays make of what they are laid over: the table in words, and which of two overlays prevails, with its reason."""

    base: str
    table: Table
    resolutions: list[str]


@dataclass(frozen=True)
class CriteriaExamples(Record):
    """Worked examples in words.

    Attributes
    ----------
    day
        The day they are decided on.
    n_staff, n_members
        Size of the supposed unit and collective.
    tables
        The examples.
    unshown
        Awards without an example, each with the reason.
    decisions
        What was decided, for whoever compares two runs: name of the example → eligible, considered, points, class.
    """

    day: str
    n_staff: int
    n_members: int
    tables: list[Table]
    unshown: list[str]
    decisions: dict[str, list[str | float | bool | None]]
