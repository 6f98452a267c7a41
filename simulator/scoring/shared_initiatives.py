"""Where awards of one run put the same nominee forward and together need more initiatives than it has: an initiative serves once, the council chooses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.rules.clauses import Eligibility
from simulator.scoring.award_order import chain_of
from simulator.scoring.codes import make_finding
from simulator.scoring.consumption import use_initiatives
from simulator.scoring.eligibility import meets_all
from simulator.scoring.trace import Considered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator._types import BoolArray
    from simulator.errors import Finding
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.eligibility import OfPoints
    from simulator.scoring.facts import Facts
    from simulator.scoring.initiatives import InitiativeList
    from simulator.scoring.roster import Roster
    from simulator.scoring.scores import AwardResult

MOST_ROWS_TOLD: Final = 20
"""Of more rows than these, the first are told, and how many there are."""


def requirements_of(criteria: CriteriaSet, award: str) -> list[Condition]:
    """Give what one award requires, clause by clause."""
    return [clause.requires for clause in criteria.awards[award].clauses.values() if isinstance(clause, Eligibility)]


def find_shared(criteria: CriteriaSet, results: Sequence[AwardResult], facts: Facts, of_points: OfPoints | None) -> dict[int, tuple[str, ...]]:
    """Find the nominees whose awards share initiatives: position → the awards.

    An award shares where it could no longer be given after all others that put the nominee forward have used what they rest on. One that others of them
    stand on is not named beside those, as its initiative is used before theirs anyway.

    Parameters
    ----------
    criteria
        The set.
    results
        What became of each award, on its own chain.
    facts
        The facts before any award.
    of_points
        Answers tests of points and classes.
    """
    wins = {result.award: result.considered == Considered.YES.value for result in results if result.award is not None}
    users = {result.award: result for result in results if result.award is not None and _uses_any(criteria, result, wins[result.award], of_points)}
    if len(users) < 2:  # noqa: PLR2004 - one award shares with nobody
        return {}
    cannot_be_last: dict[str, BoolArray] = {}
    for last, result in users.items():
        left = facts.initiatives
        for other, other_result in users.items():
            if other != last:
                left = _use(criteria, other_result, left, wins[other] & wins[last], of_points)
        cannot_be_last[last] = wins[last] & ~meets_all(requirements_of(criteria, last), _with(result.facts, left), of_points)
    return dict(_by_position(criteria, cannot_be_last))


def notes_of_shared(shared: Mapping[int, tuple[str, ...]], criteria: CriteriaSet, roster: Roster) -> Iterator[Finding]:
    """Say by row, never by name, which awards rest on the same initiatives."""
    rows: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, awards in sorted(shared.items()):
        rows[awards].append(int(roster.rows[position]))
    for awards, found in rows.items():
        yield make_finding(
            "SR412", roster.file, found[0], criteria=criteria.id, awards=", ".join(awards), rows=as_rows(found), n_rows=str(len(found))
        )


def as_rows(rows: Sequence[int]) -> str:
    """List rows, the first of many."""
    return ", ".join(str(row) for row in rows[:MOST_ROWS_TOLD]) + (", …" if len(rows) > MOST_ROWS_TOLD else "")


def _by_position(criteria: CriteriaSet, cannot_be_last: Mapping[str, BoolArray]) -> Iterator[tuple[int, tuple[str, ...]]]:
    below = {award: {name for wave in chain_of(criteria, award) for name in wave} - {award} for award in cannot_be_last}
    table = np.stack(list(cannot_be_last.values()))
    for position in np.flatnonzero(table.sum(axis=0) > 1).tolist():
        found = [award for award, is_marked in zip(cannot_be_last, table[:, position], strict=True) if is_marked]
        tops = [award for award in found if not any(award in below[other] for other in found)]
        yield position, tuple(tops if len(tops) > 1 else found)


def _uses_any(criteria: CriteriaSet, result: AwardResult, who: BoolArray, of_points: OfPoints | None) -> bool:
    assert result.facts is not None  # noqa: S101 - the scorer keeps them; this tells mypy
    before = result.facts.initiatives
    after = _use(criteria, result, before, who, of_points)
    return after is not None and before is not None and bool((after.is_unused != before.is_unused).any())


def _use(
    criteria: CriteriaSet, result: AwardResult, left: InitiativeList | None, who: BoolArray, of_points: OfPoints | None
) -> InitiativeList | None:
    return use_initiatives(requirements_of(criteria, str(result.award)), _with(result.facts, left), who, of_points)


def _with(facts: Facts | None, left: InitiativeList | None) -> Facts:
    assert facts is not None  # noqa: S101 - the scorer keeps them; this tells mypy
    assert left is not None  # noqa: S101 - facts of a list have them; this tells mypy
    return replace(facts, initiatives=left, unused_initiatives=left.count_unused())
