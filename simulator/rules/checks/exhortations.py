"""The exhortations: whether the figures they move exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.clauses import Exhortation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Look for moves of figures that the assumptions do not hold."""
    if subject.assumption_ids is None:
        return
    for path, clause in subject.criteria.iter_clauses():
        if isinstance(clause, Exhortation):
            for index, move in enumerate(clause.moves):
                if move.assumption not in subject.assumption_ids:
                    yield subject.find("RL312", f"{path}.moves.{index}", clause=path, assumption=move.assumption)
