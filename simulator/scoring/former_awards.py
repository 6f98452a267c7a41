"""Awards of a former set on a list of nominees: a list says when an award was given and not under which rules, so nothing is turned into anything."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from simulator.rules.stages import Transition
from simulator.scoring.codes import make_finding
from simulator.scoring.shared_initiatives import as_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.roster import AwardEvent, Roster


def notes_of_transitions(criteria: CriteriaSet, roster: Roster) -> Iterator[Finding]:
    """Name the rows whose awards, given before the set came into force, its transition clauses would have count as another award or as none."""
    first_day = criteria.valid_from or datetime.date(roster.year, 1, 1)
    for clause_id, clause in criteria.procedure.items():
        if not isinstance(clause, Transition) or clause.counts_as == clause.award:
            continue
        rows = [
            int(row)
            for row, events in zip(roster.rows, roster.awards, strict=True)
            if any(event.award == clause.award and _day_of(event) < first_day for event in events)
        ]
        if rows:
            code, fields = ("SR419", {}) if clause.counts_as is None else ("SR418", {"counts_as": clause.counts_as})
            path = f"procedure.{clause_id}"
            yield make_finding(code, roster.file, rows[0], clause=path, award=clause.award, n_rows=str(len(rows)), rows=as_rows(rows), **fields)


def _day_of(event: AwardEvent) -> datetime.date:
    return event.decided_on or datetime.date(event.year, 12, 31)
