"""A null reform: the same rules in other words.

The rewording is generated, never a set against itself: order, identifiers and titles change, weights are tripled, a slack cap
and a zero floor are added, and a condition is split in two. Whatever the model makes of it besides exactly the same awards is
an error of the model, not an effect of a rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.rules.clauses import DirectWorkerFloor, Eligibility, LeaderCap, Quota, Weights
from simulator.rules.conditions import AllOf
from simulator.rules.values import Text, exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.rules.clauses import Clause, Pooling
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

_ASSUMPTION = Text(vi="Cách viết khác do máy tạo ra để kiểm tra sai khác bằng 0.", en="A rewording made by the null-reform check.")


def reword(criteria: CriteriaSet) -> CriteriaSet:
    """Say the same in other words.

    Award ids stay: they are the names by which lists are compared, not part of a rule's wording.

    Returns
    -------
        A criteria set with another content hash that must award exactly the same people.
    """
    rules = criteria.rules
    awards = {award_id: _reword_award(award) for award_id, award in reversed(list(rules.awards.items()))}
    reworded = rules.model_copy(
        update={
            "principles": _reword_section(rules.principles),
            "procedure": _reword_section(rules.procedure),
            "awards": awards,
        }
    )
    return replace(criteria, id=f"{criteria.id}-reworded", rules=reworded, provenance={})


def _reword_section(clauses: Mapping[str, Clause]) -> dict[str, Clause]:
    """Reverse the order, rename the clauses, retitle them, and triple weights."""
    reworded: dict[str, Clause] = {}
    for number, clause in enumerate(reversed(list(clauses.values())), start=1):
        changes: dict[str, object] = {"title": Text(vi=f"Nội dung số {number}", en=f"Item {number}")}
        if isinstance(clause, Weights):
            changes |= {name: float(3 * exact(getattr(clause, name))) for name in ("results", "initiative", "scope", "conduct")}
        reworded[f"reworded-{number}"] = clause.model_copy(update=changes)
    return reworded


def _reword_award(award: Award) -> Award:
    clauses = _reword_section(award.clauses)
    conditions = [clause_id for clause_id, clause in clauses.items() if isinstance(clause, Eligibility)]
    if conditions:
        clauses |= _split(clauses.pop(conditions[0]))
    quota_pooling: Pooling = next((clause.pooling for clause in clauses.values() if isinstance(clause, Quota)), "unit")
    title = Text(vi="Quy định không ràng buộc", en="A rule that never binds")
    clauses["slack-cap"] = LeaderCap(kind="leader-cap", title=title, assumption=_ASSUMPTION, share=1.0, pooling=quota_pooling)
    clauses["zero-floor"] = DirectWorkerFloor(kind="direct-worker-floor", title=title, assumption=_ASSUMPTION, share=0.0, pooling=quota_pooling)
    return award.model_copy(update={"clauses": clauses, "title": Text(vi=f"{award.title.vi} (cách viết khác)", en=f"{award.title.en} (reworded)")})


def _split(clause: Clause) -> dict[str, Clause]:
    """Split a condition in two clauses: its parts if it has several, else itself said twice."""
    assert isinstance(clause, Eligibility)  # noqa: S101 - the caller chose one; this tells mypy
    condition = clause.requires
    halves: tuple[Condition, Condition]
    if isinstance(condition, AllOf) and len(condition.all) > 1:
        first, *others = condition.all
        halves = first, AllOf(all=tuple(others))
    elif _consumes(clause):
        return {"split-whole": clause}  # saying it twice would ask for twice as many initiatives
    else:
        halves = condition, condition
    return {f"split-{name}": clause.model_copy(update={"requires": half}) for name, half in zip(("first", "second"), halves, strict=True)}


def _consumes(clause: Eligibility) -> bool:
    return '"consumed":true' in clause.model_dump_json()
