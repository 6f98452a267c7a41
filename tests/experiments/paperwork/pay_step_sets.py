"""Sets in which several awards may lead to an early pay step."""

from __future__ import annotations

from dataclasses import replace


def with_steps(criteria, months, share=0.1):
    """Give awards a pay step of so many months, beside the one that the set has: award → months."""
    (step,) = (clause for award in criteria.awards.values() for clause in award.clauses.values() if clause.kind == "pay-step")
    awards = dict(criteria.awards)
    for name, early in months.items():
        clauses = {key: clause for key, clause in awards[name].clauses.items() if clause.kind != "pay-step"}
        clauses["early-step"] = step.model_copy(update={"months": early, "share": share})
        awards[name] = awards[name].model_copy(update={"clauses": clauses})
    return replace(criteria, rules=criteria.rules.model_copy(update={"awards": awards}))
