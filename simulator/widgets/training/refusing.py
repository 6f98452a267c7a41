"""Why a member who was put forward is not awarded: the clauses that shut them out, or the places that were taken by others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from simulator.rules.clauses import CoolingOff, DirectWorkerFloor, Eligibility, Quota
from simulator.rules.facts import Test
from simulator.scoring.eligibility import meets
from simulator.scoring.facts import is_clear_since

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, IndexArray
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.facts import Facts

_DECIDED_TOGETHER: Final = "awarded-this-year"
"""The fact that is known only once the lower title has been decided."""


@dataclass(frozen=True)
class ShutOut:
    """Whom the clauses of a title shut out in one year.

    Attributes
    ----------
    clauses
        Path of a clause → (n,) bool, who does not meet it.
    lower
        Path of a clause that asks for another title of the same year → that title.
    of_lower
        Title → the same of that title.
    """

    clauses: Mapping[str, BoolArray]
    lower: Mapping[str, str] = field(default_factory=dict)
    of_lower: Mapping[str, ShutOut] = field(default_factory=dict)

    def reasons(self, place: int, has_title: Mapping[str, BoolArray]) -> tuple[str, ...]:
        """Give the clauses one member does not meet; in the place of one that asks for a lower title, those of that title, if any.

        Parameters
        ----------
        place
            The member's position.
        has_title
            Title → (n,) bool, who got it that year.
        """
        found = [path for path, is_out in self.clauses.items() if is_out[place]]
        for path, title in self.lower.items():
            if not has_title[title][place]:
                found += self.of_lower[title].reasons(place, has_title) or (path,)
        return tuple(found)


def shut_out(criteria: CriteriaSet, title: str, facts: Facts, members: IndexArray) -> ShutOut:
    """Look at every clause of a title before the year's titles are decided.

    Parameters
    ----------
    criteria
        The rules.
    title
        Id of the award.
    facts
        What is known of everybody.
    members
        (n,) positions of those who are asked about.
    """
    clauses: dict[str, BoolArray] = {}
    lower: dict[str, str] = {}
    for name, clause in criteria.awards[title].clauses.items():
        path = f"{title}.{name}"
        if isinstance(clause, Eligibility):
            asked = clause.requires
            if isinstance(asked, Test) and asked.fact == _DECIDED_TOGETHER:
                lower[path] = str(asked.award)
            else:
                clauses[path] = ~meets(asked, facts)[members]
        elif isinstance(clause, CoolingOff):
            clauses[path] = ~is_clear_since(facts.years_of_award(title), clause.years)[members]
    return ShutOut(clauses, lower, {each: shut_out(criteria, each, facts, members) for each in lower.values()})


def limiting_clause(criteria: CriteriaSet, title: str, *, leads: bool) -> str:
    """Give the clause by which somebody who meets all conditions is left without a place: for a leader the floor for direct workers, if there is one.

    Raises
    ------
    LookupError
        If the title has neither.
    """
    paths = {type(clause): f"{title}.{name}" for name, clause in criteria.awards[title].clauses.items()}
    wanted: tuple[type[Clause], ...] = (DirectWorkerFloor, Quota) if leads else (Quota,)
    for kind in wanted:
        if kind in paths:
            return paths[kind]
    raise LookupError(title)
