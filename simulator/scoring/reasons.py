"""The trace of one nominee: every clause with what was observed, what it requires, its points and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.rules.clauses import CoolingOff, DirectWorkerFloor, Eligibility, LeaderCap, Quota, ScoreThreshold
from simulator.rules.conditions import ClassTest, PointsTest, iter_single_tests
from simulator.rules.grounds import GROUND_FIELDS
from simulator.rules.points import Section, iter_parts
from simulator.rules.stages import SectorGate, TieBreak
from simulator.rules.values import exact
from simulator.scoring.clause_columns import is_gate_of
from simulator.scoring.criterion_columns import columns_of_criterion
from simulator.scoring.fact_columns import columns_of_test
from simulator.scoring.observing import observe, observe_award
from simulator.scoring.part_columns import criterion_columns
from simulator.scoring.trace import Considered, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from simulator.rules.clauses import Clause
    from simulator.rules.conditions import Condition
    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.facts import Facts
    from simulator.scoring.point_table import TablePoints
    from simulator.scoring.roster import Roster
    from simulator.scoring.scores import AwardResult

_NOT_REQUIRED = {"title", *GROUND_FIELDS, "points", "parts", "unit", "kind"}


def reasons_of_table(criteria: CriteriaSet, roster: Roster, table: TablePoints, position: int) -> Iterator[Reason]:
    """Go through vetoes (met when they do not strike), criteria and sections (met when nothing is lost), and the class (met when it is the best)."""
    facts = None
    for veto_id, veto in criteria.vetoes.items():
        path = f"vetoes.{veto_id}"
        observed = observe_condition(veto.when, criteria, roster, table, facts, position)
        required = {"not": plain_condition(veto.when), "effect": veto.effect}
        yield Reason(path, "veto", not bool(table.vetoes[veto_id][position]), observed, required, source=veto.source)
    names = criterion_columns(criteria.points)
    for path, part in iter_parts(criteria.points):
        points, most = table.exact_points(position, path), exact(part.points)
        if isinstance(part, Section):
            lost = points != 0 if part.kind == "penalty" else points < most
            yield Reason(f"points.{path}", "section", not lost, {}, {"section": part.kind}, points, most, part.source)
            continue
        observed = {column.id: observe(column, roster, position) for column in columns_of_criterion(part, names[path])}
        for condition in (getattr(part, "when", None), *(level.when for level in getattr(part, "levels", {}).values())):
            if condition is not None:
                observed |= observe_condition(condition, criteria, roster, table, facts, position)
        lost = points != 0 if _is_in_penalty(criteria, path) else points < most
        yield Reason(f"points.{path}", "criterion", not lost, observed, _plain(part), points, most, part.source)
    yield from _class_reasons(criteria, roster, table, position)


def _class_reasons(criteria: CriteriaSet, roster: Roster, table: TablePoints, position: int) -> Iterator[Reason]:
    """Say, for the class given and each better one, what it asks; a class that is not given is not met."""
    given = table.class_of(position)
    for class_id in table.class_ids:
        class_ = criteria.classes[class_id]
        observed: dict[str, Any] = {"total": table.exact_points(position), "class": given}
        if class_.requires is not None:
            observed |= observe_condition(class_.requires, criteria, roster, table, None, position)
        yield Reason(f"classes.{class_id}", "class", class_id == given, observed, _plain(class_), source=class_.source)
        if class_id == given:
            return


def reasons_for_award(criteria: CriteriaSet, roster: Roster, table: TablePoints | None, result: AwardResult, position: int) -> Iterator[Reason]:
    """Go through the gates, the clauses of the award, and the tie-breaks that were needed."""
    facts = result.facts
    own = {} if result.award is None else criteria.awards[result.award].clauses
    clauses = {f"procedure.{name}": clause for name, clause in criteria.procedure.items()} | {
        f"{result.award}.{name}": one for name, one in own.items()
    }
    for path, clause in clauses.items():
        is_met = bool(result.met[path][position]) if path in result.met else True
        match clause:
            case SectorGate() if is_gate_of(clause, () if result.award is None else (result.award,)):
                observed = {
                    "sector": str(roster.words["sector"][position]),
                    **observe_condition(clause.requires, criteria, roster, table, facts, position),
                }
                yield Reason(path, "gate", is_met, observed, _plain(clause), source=clause.source)
            case Eligibility():
                observed = observe_condition(clause.requires, criteria, roster, table, facts, position)
                yield Reason(path, "eligibility", is_met, observed, plain_condition(clause.requires), source=clause.source)
            case CoolingOff():
                observed = {f"award:{result.award}": observe_award(str(result.award), roster, facts, position)}
                yield Reason(path, "cooling-off", is_met, observed, _plain(clause), source=clause.source)
            case Quota() | DirectWorkerFloor() | LeaderCap():
                yield _place_reason(path, clause, result, roster, position)
            case ScoreThreshold():
                yield Reason(path, "score-threshold", True, {"judged": False}, _plain(clause), source=clause.source)
            case TieBreak() if path in result.tie_breaks and result.is_parted is not None and result.is_parted[position]:
                observed = _merge(
                    observe_condition(step.who, criteria, roster, table, facts, position) for step in clause.prefer if step.who is not None
                )
                if table is not None:
                    observed |= {step.points: table.exact_points(position, step.points) for step in clause.prefer if step.points is not None}
                yield Reason(path, "tie-break", not bool(result.is_tied[position]), observed, _plain(clause), source=clause.source)
            case _:
                pass


def _place_reason(path: str, clause: Quota | DirectWorkerFloor | LeaderCap, result: AwardResult, roster: Roster, position: int) -> Reason:
    """Say whether there was a place, or whether a floor or cap stood in the way."""
    considered = str(result.considered[position])
    observed: dict[str, Any] = {"rank": int(result.rank[position]) or None, "considered": considered}
    required = _plain(clause)
    if isinstance(clause, Quota):
        is_met = considered == Considered.YES.value
        required |= result.quota_of(position) or {}
    else:
        observed["role"] = str(roster.words["role"][position]) if "role" in roster.words else None
        is_met = result.is_limited is None or not bool(result.is_limited[position])
    return Reason(path, "quota", is_met, observed, required, source=clause.source)


def observe_condition(
    condition: Condition, criteria: CriteriaSet, roster: Roster, table: TablePoints | None, facts: Facts | None, position: int
) -> dict[str, Any]:
    """Say what the list holds of everything a condition looks at, by column; points and class by the name of the part."""
    observed: dict[str, Any] = {}
    for _place, test in iter_single_tests(condition):
        if isinstance(test, PointsTest):
            if table is not None:
                observed |= {f"points.{path}": table.exact_points(position, path) for path in _paths(test.points, table)}
        elif isinstance(test, ClassTest):
            observed["class"] = None if table is None else table.class_of(position)
        elif facts is None or test.fact not in facts.not_asked:
            for column in columns_of_test(test, criteria, roster.year):
                observed[column.id] = observe(column, roster, position, facts)
    return observed


def _paths(name: str, table: TablePoints) -> Iterable[str]:
    return table.points.paths_of(name)


def _is_in_penalty(criteria: CriteriaSet, path: str) -> bool:
    steps = path.split(".")
    sections = {place: part for place, part in iter_parts(criteria.points) if isinstance(part, Section)}
    return any(sections[".".join(steps[:n])].kind == "penalty" for n in range(1, len(steps)) if ".".join(steps[:n]) in sections)


def plain_condition(condition: Condition) -> dict[str, Any]:
    """Give a condition as plain data, as a file would say it."""
    return condition.model_dump(mode="json", by_alias=True, exclude_none=True)


def _plain(clause: Clause) -> dict[str, Any]:
    """Give what a clause asks, as plain data."""
    return clause.model_dump(mode="json", by_alias=True, exclude=_NOT_REQUIRED, exclude_none=True)


def _merge(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for part in parts:
        merged |= part
    return merged
