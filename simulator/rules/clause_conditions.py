"""Every condition a clause holds, wherever it stands in it: eligibility, gates, classes, vetoes, thresholds, levels, tie-breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.clauses import Eligibility
from simulator.rules.points import Achievements, Class, Highest, Threshold, Veto
from simulator.rules.stages import SectorGate, TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import Condition


def iter_conditions(clause: Clause) -> Iterator[tuple[str, Condition]]:
    """Go through the conditions of a clause, each with its place in it (``requires``, ``when``, ``levels.flag.when``, ``prefer.0.who``)."""
    match clause:
        case Eligibility() | SectorGate() | Class():
            found: list[tuple[str, Condition | None]] = [("requires", clause.requires)]
        case Veto() | Threshold():
            found = [("when", clause.when)]
        case Highest() | Achievements():
            found = [(f"levels.{level_id}.when", level.when) for level_id, level in clause.levels.items()]
        case TieBreak():
            found = [(f"prefer.{index}.who", preference.who) for index, preference in enumerate(clause.prefer)]
        case _:
            found = []
    yield from ((place, condition) for place, condition in found if condition is not None)
