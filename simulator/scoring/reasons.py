"""The trace of one nominee: every clause with what was observed, what it requires, its points and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from simulator.rules.clauses import CoolingOff, DirectWorkerFloor, Eligibility, LeaderCap, Quota, ScoreThreshold
from simulator.rules.conditions import TOTAL
from simulator.rules.points import Section
from simulator.rules.stages import SectorGate, TieBreak
from simulator.scoring.award_order import OF_THIS_YEAR
from simulator.scoring.clause_columns import is_gate_of
from simulator.scoring.columns import Content
from simulator.scoring.condition_parts import parts_of
from simulator.scoring.observing import beside, is_unmarked, observe, observed_award
from simulator.scoring.questions import questions_of
from simulator.scoring.trace import Considered, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from simulator.rules.criteria import CriteriaSet
    from simulator.scoring.facts import Facts
    from simulator.scoring.point_table import TablePoints
    from simulator.scoring.questions import Question
    from simulator.scoring.roster import Roster
    from simulator.scoring.scores import AwardResult
    from simulator.scoring.trace import ReasonPart

    See: TypeAlias = Callable[[Question, int], dict[str, Any]]


def reasons_of_table(criteria: CriteriaSet, roster: Roster, table: TablePoints, position: int) -> Iterator[Reason]:
    """Go through vetoes (met when they do not strike), criteria and sections (met when nothing is lost), and the class (met when it is the best)."""
    questions = questions_of(criteria, roster.year)
    for veto_id in criteria.vetoes:
        yield _veto_reason(questions[f"vetoes.{veto_id}"], veto_id, roster, table, position)
    for asked in questions.parts:
        points = table.exact_points(position, asked.part_path)
        is_lost = points != 0 if asked.takes_off else points < (0 if asked.is_extra else asked.most)
        observed = see(asked, roster, table, None, position)
        yield Reason(asked.path, kind_of(asked), not is_lost, observed, asked.required, points, asked.most, asked.clause.source)
    yield from _class_reasons(criteria, roster, table, position, None)


def failed_vetoes(criteria: CriteriaSet, roster: Roster, table: TablePoints, position: int) -> Iterator[Reason]:
    """Go through the vetoes that strike one nominee."""
    questions = questions_of(criteria, roster.year)
    for veto_id in criteria.vetoes:
        if table.vetoes[veto_id][position]:
            yield _veto_reason(questions[f"vetoes.{veto_id}"], veto_id, roster, table, position)


def failed_classes(criteria: CriteriaSet, roster: Roster, table: TablePoints, position: int, seen: See) -> Iterator[Reason]:
    """Go through the classes one nominee stays below; ``seen`` gives what the list says of everything a class looks at."""
    return (reason for reason in _class_reasons(criteria, roster, table, position, seen) if not reason.is_met)


def kind_of(asked: Question) -> str:
    """Tell a section from a criterion."""
    return "section" if isinstance(asked.clause, Section) else "criterion"


def _veto_reason(asked: Question, veto_id: str, roster: Roster, table: TablePoints, position: int) -> Reason:
    parts = _parts(asked, roster, table, None, position)
    observed = see(asked, roster, table, None, position)
    return Reason(asked.path, "veto", not bool(table.vetoes[veto_id][position]), observed, asked.required, source=asked.clause.source, parts=parts)


def _class_reasons(criteria: CriteriaSet, roster: Roster, table: TablePoints, position: int, seen: See | None) -> Iterator[Reason]:
    questions = questions_of(criteria, roster.year)
    given = table.class_of(position)
    for class_id in table.class_ids:
        if class_id == given and seen is not None:
            return
        asked = questions[f"classes.{class_id}"]
        looked_at = see(asked, roster, table, None, position) if seen is None else seen(asked, position)
        looked_at.pop(f"points.{TOTAL}", None)
        observed = {"total": table.exact_points(position), "class": given, **looked_at}
        parts = _parts(asked, roster, table, None, position)
        yield Reason(asked.path, "class", class_id == given, observed, asked.required, source=asked.clause.source, parts=parts)
        if class_id == given:
            return


def reasons_for_award(
    criteria: CriteriaSet, roster: Roster, table: TablePoints | None, result: AwardResult, position: int, *, only_failed: bool = False
) -> Iterator[Reason]:
    """Go through the gates, the clauses of the award, and the tie-breaks that were needed; conditions that are met may be left out."""
    questions = questions_of(criteria, roster.year)
    facts = result.facts
    own = () if result.award is None else criteria.awards[result.award].clauses
    for path in (*(f"procedure.{name}" for name in criteria.procedure), *(f"{result.award}.{name}" for name in own)):
        asked = questions[path]
        clause, required, source = asked.clause, asked.required, asked.clause.source
        is_met = bool(result.met[path][position]) if path in result.met else True
        if only_failed and is_met and not isinstance(clause, Quota | DirectWorkerFloor | LeaderCap | TieBreak):
            continue
        match clause:
            case SectorGate() if is_gate_of(clause, () if result.award is None else (result.award,)):
                observed = {"sector": str(roster.words["sector"][position]), **see(asked, roster, table, facts, position)}
                parts = _parts(asked, roster, table, result, position)
                yield Reason(path, "gate", is_met, observed, required, source=source, parts=parts)
            case Eligibility():
                parts = _parts(asked, roster, table, result, position)
                yield Reason(path, "eligibility", is_met, see(asked, roster, table, facts, position), required, source=source, parts=parts)
            case CoolingOff():
                observed = observed_award(str(result.award), roster, facts, position)
                yield Reason(path, "cooling-off", is_met, observed, required, source=source)
            case Quota() | DirectWorkerFloor() | LeaderCap() if result.eligible[position]:  # no place was ever refused to others
                yield _place_reason(asked, result, roster, position)
            case ScoreThreshold():
                yield Reason(path, "score-threshold", is_met, {"judged": False}, required, source=source)
            case TieBreak() if path in result.tie_breaks and result.is_parted is not None and result.is_parted[position]:
                observed = see(asked, roster, table, facts, position)
                yield Reason(path, "tie-break", not bool(result.is_tied[position]), observed, required, source=source)
            case _:
                pass


def _place_reason(asked: Question, result: AwardResult, roster: Roster, position: int) -> Reason:
    """Say whether there was a place, or whether a floor or cap stood in the way."""
    considered = str(result.considered[position])
    observed: dict[str, Any] = {"rank": int(result.rank[position]) or None, "considered": considered}
    required = asked.required
    if isinstance(asked.clause, Quota):
        is_met = considered == Considered.YES.value
        required = {**required, **result.quota_of(position)}
    else:
        observed["role"] = str(roster.words["role"][position]) if "role" in roster.words else None
        is_met = result.is_limited is None or not bool(result.is_limited[position])
    return Reason(asked.path, "quota", is_met, observed, required, source=asked.clause.source)


def _parts(asked: Question, roster: Roster, table: TablePoints | None, result: AwardResult | None, position: int) -> tuple[ReasonPart, ...]:
    facts = None if result is None else result.facts
    return tuple(parts_of(asked, lambda part: see(part, roster, table, facts, position), table, result, position))


def see(asked: Question, roster: Roster, table: TablePoints | None, facts: Facts | None, position: int) -> dict[str, Any]:
    """Say what the list holds of everything a clause looks at, by column; points, means of the group and class by the name of the part."""
    observed: dict[str, Any] = {}
    for fact, column in asked.columns:
        if (facts is None or fact not in facts.not_asked) and not is_unmarked(column, roster, position):
            # A count within a window and a wait read decided awards only; what this run proposes is told where it counts.
            is_decided_only = column.award is not None and column.content is Content.EVENTS and fact not in OF_THIS_YEAR
            if not (is_decided_only and column.id in observed):
                known = None if is_decided_only else facts
                observed |= {column.id: observe(column, roster, position, known), **beside(column, roster, position, known)}
    if table is not None:
        for name in asked.points:
            observed |= {f"points.{path}": table.exact_points(position, path) for path in table.points.paths_of(name)}
        for name in asked.means:
            observed |= {f"mean:points.{path}": table.exact_mean(position, path) for path in table.points.paths_of(name)}
    if asked.looks_at_class:
        observed["class"] = None if table is None else table.class_of(position)
    return observed
