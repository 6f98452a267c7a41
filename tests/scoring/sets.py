"""Criteria sets made in memory, from the few words a test is about."""

from __future__ import annotations

from datetime import date

from simulator.rules.criteria import CriteriaSet
from simulator.rules.schema import Header, Rules

GROUND = {"title": {"vi": "Một điều", "en": "A clause"}, "assumption": {"vi": "Giả định", "en": "Assumed"}}


def make_set(*, awards=None, set_id="made", **sections):
    """Make a set; clauses need neither title nor ground, awards neither title nor head."""
    rules = {name: {key: with_ground(clause) for key, clause in clauses.items()} for name, clauses in sections.items()}
    rules["awards"] = {name: make_award(**award) for name, award in (awards or {}).items()}
    header = Header.model_validate(
        {
            "id": set_id,
            "title": {"vi": "Bộ thử", "en": "Made for a test"},
            "status": "illustrative",
            "drafting_state": "drafting",
            "valid": {"from": date(2020, 1, 1)},
            "checked_on": date(2026, 11, 22),
        }
    )
    return CriteriaSet(set_id, (header,), Rules.model_validate(rules), (f"{set_id}.yaml",), {})


def make_award(clauses, *, level=1, target="individual", kind="merit"):
    """Make the data of one award."""
    return {
        "title": {"vi": "Một danh hiệu", "en": "An award"},
        "target": target,
        "kind": kind,
        "level": level,
        "authority": "unit",
        "clauses": {name: with_ground(clause) for name, clause in clauses.items()},
    }


def with_ground(clause):
    """Give a clause, and the parts inside it, a title and a ground."""
    filled = {**GROUND, **clause}
    if "parts" in filled:
        filled["parts"] = {key: with_ground(part) for key, part in filled["parts"].items()}
    for inner in ("levels", "events"):
        if inner in filled:
            filled[inner] = {key: {"title": GROUND["title"], **value} for key, value in filled[inner].items()}
    return filled


def eligible(condition):
    """Make an eligibility clause."""
    return {"kind": "eligibility", "requires": condition}
