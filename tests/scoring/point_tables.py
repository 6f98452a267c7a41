"""Scoring tables made by hand, as short as a test needs them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from simulator.rules.schema import Rules
from simulator.scoring.point_table import score_table

TITLE = {"vi": "tên", "en": "name"}
GROUND = {"title": TITLE, "assumption": {"vi": "giả định", "en": "assumed"}}


def part(kind, points=10, **fields):
    """Write one section or criterion as a file would."""
    return {"kind": kind, "points": points, **GROUND, **fields}


def level(points, when=None):
    """Write one level of an achievement."""
    return {"title": TITLE, "points": points} | ({"when": when} if when else {})


def deduction(minus, at_most_times=None):
    """Write one event that takes points off."""
    return {"title": TITLE, "minus": minus} | ({"at_most_times": at_most_times} if at_most_times else {})


def scale(total=100, **fields):
    """Write the scale of a table."""
    return {"kind": "scale", "target": "individual", "total": total, **GROUND, **fields}


def table_of(points, classes=None, vetoes=None, scale_clause=None):
    """Make a criteria set that is only a scoring table."""
    rules = Rules.model_validate(
        {
            "procedure": {"scale": scale_clause} if scale_clause else {},
            "points": points,
            "classes": {name: {"kind": "class", **GROUND, **fields} for name, fields in (classes or {}).items()},
            "vetoes": {name: {"kind": "veto", **GROUND, **fields} for name, fields in (vetoes or {}).items()},
        }
    )
    return SimpleNamespace(
        id="table",
        points=rules.points,
        classes=rules.classes,
        vetoes=rules.vetoes,
        procedure=rules.procedure,
        rules=rules,
        files=("table.yaml",),
        location=lambda _path: ("table.yaml", 1),
    )


def holds_by_answers(roster):
    """Answer a fact from the yes-or-no column of its name."""
    return lambda condition: roster.answers.get(condition.fact, np.zeros(roster.n_nominees, dtype=np.bool_))


def scored(points, roster, **rest):
    """Score a roster by a table written as in a file."""
    return score_table(table_of(points, **rest), roster, holds_by_answers(roster))
