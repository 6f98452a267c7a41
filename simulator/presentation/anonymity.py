"""What is left out for anonymous readers: free text about a person, and units whose people could be made out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from simulator.scoring.roster import Roster

LEAST_SHOWN = 5
"""Counts from 1 to below this are not shown to anonymous readers, nor are units with fewer nominees."""
LEADERS = ("deputy", "head")
HIDDEN = "…"
_FREE = frozenset({"name", "certificate_no", "decision_no"})
"""Keys under which somebody wrote freely."""
_REASON = ":reason"
MEAN = "mean:"
"""Begins the key of the mean of a group, from which the points of the others could be made out."""


def hide_free_text(observed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was observed without anything somebody wrote freely: names of achievements, numbers of decisions, reasons of marks.

    Means of a group are left out too.

    Examples
    --------
    >>> hide_free_text({"flags": [{"name": "Cờ của Tổ 3", "level": "city"}], "quality": 94})
    {'flags': [{'name': '…', 'level': 'city'}], 'quality': 94}
    """
    return {key: HIDDEN if key in _FREE or key.endswith(_REASON) else _hidden(value) for key, value in observed.items() if not key.startswith(MEAN)}


def _hidden(value: Any) -> Any:
    if isinstance(value, Mapping):
        return hide_free_text(value)
    return [_hidden(item) for item in value] if isinstance(value, list | tuple) else value


def hide_in_json(scores: dict[str, Any], roster: Roster) -> dict[str, Any]:
    """Return scores as JSON data without free text and without the names of units whose people could be made out.

    Parameters
    ----------
    scores
        From ``Scores.to_json(anonymous=True)``.
    roster
        The nominees.
    """
    unnamed = unnamed_units(roster)
    nominees = []
    for nominee in scores["nominees"]:
        quota = nominee["quota"]
        hidden = quota | {"unit": None} if quota and quota["unit"] in unnamed else quota
        reasons = [_without_people(reason, unnamed) for reason in nominee["reasons"]]
        nominees.append(nominee | {"quota": hidden, "reasons": reasons})
    return scores | {"nominees": nominees}


def hide_in_explanation(explanation: dict[str, Any]) -> dict[str, Any]:
    """Return an explanation as JSON data without free text and without the unit of the one who is explained."""
    clauses = [
        reason | {"observed": hide_free_text(reason["observed"]), "required": _without_unit(reason["required"])} for reason in explanation["clauses"]
    ]
    return explanation | {"clauses": clauses}


def _without_people(reason: dict[str, Any], unnamed: frozenset[str]) -> dict[str, Any]:
    required = reason["required"]
    hidden = _without_unit(required) if required.get("unit") in unnamed else required
    return reason | {"observed": hide_free_text(reason["observed"]), "required": hidden}


def _without_unit(required: dict[str, Any]) -> dict[str, Any]:
    return required | {"unit": None} if "unit" in required else required


def suppress(counts: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """Hide counts from 1 to 4, and in each column where one alone is hidden the smallest other one too, for the total of a column is known elsewhere.

    Examples
    --------
    >>> suppress([[3, 7], [20, 8], [9, 0]])
    [[None, 7], [20, 8], [None, 0]]
    """
    hidden: list[list[int | None]] = [[None if 0 < n < LEAST_SHOWN else n for n in row] for row in counts]
    for column in range(len(counts[0]) if counts else 0):
        values = [row[column] for row in hidden]
        known = [(value, at) for at, value in enumerate(values) if value]
        if values.count(None) == 1 and known:
            hidden[min(known)[1]][column] = None
    return hidden


def unnamed_units(roster: Roster) -> frozenset[str]:
    """Find the units whose people could be made out: fewer than five nominees, or exactly one leader."""
    names, unit_of = np.unique(np.array(roster.units, dtype=np.str_), return_inverse=True)
    n_nominees = np.bincount(unit_of, minlength=len(names))
    is_leader = np.isin(roster.words["role"], LEADERS) if "role" in roster.words else np.zeros(len(unit_of), dtype=np.bool_)
    n_leaders = np.bincount(unit_of[is_leader], minlength=len(names))
    return frozenset(names[(n_nominees < LEAST_SHOWN) | (n_leaders == 1)].tolist())
