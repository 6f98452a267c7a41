"""What the checks look at: a criteria set, and what is known around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.rules.codes import make_finding

if TYPE_CHECKING:
    from datetime import date

    from simulator.errors import Finding
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.criteria import CriteriaSet


@dataclass(frozen=True)
class Subject:
    """A criteria set under examination.

    Attributes
    ----------
    criteria
        The set or stack.
    register
        The instruments known; None when there is no register to compare with.
    assumption_ids
        Ids an exhortation may move; None when there is no list to compare with.
    on
        The day to judge dates by; None leaves them unjudged.
    set_ids
        The sets and tables known; None when there is no list to compare with.
    """

    criteria: CriteriaSet
    register: InstrumentRegister | None = None
    assumption_ids: frozenset[str] | None = None
    on: date | None = None
    set_ids: frozenset[str] | None = None

    def find(self, code: str, path: str, **fields: str) -> Finding:
        """Make a finding about a clause or a field of it, at its place."""
        file, line = self.criteria.location(path)
        return make_finding(code, file, line, **fields)

    def find_in_header(self, code: str, position: int, *path: str | int, **fields: str) -> Finding:
        """Make a finding about the header of one file of the stack, at its place."""
        file, line = self.criteria.header_location(position, *path)
        return make_finding(code, file, line, **fields)
