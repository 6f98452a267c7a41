"""Can anybody meet the conditions, and does each of them change anything for anyone? Answered with the smallest nominee that shows it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from simulator.rules.checks.telling import conditions_marker, nominee_marker
from simulator.rules.clause_conditions import iter_conditions
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import TOTAL, AllOf, AnyOf, ClassTest, iter_tests, necessary_tests
from simulator.rules.facts import Test
from simulator.rules.nominees import NotDecidedError, negation
from simulator.rules.point_table import PointTable
from simulator.rules.points import Class, Veto
from simulator.rules.stages import SectorGate, TieBreak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.conditions import Condition

_TAKES_THIS_YEAR = frozenset({"awarded-this-year", "award-run"})


class _OfALowerAward(AnyOf):
    """Either the lower award has not been given this year, or what it asks for holds."""


class Demand(NamedTuple):
    """What one clause asks of a nominee, or one part of it."""

    clause: str
    place: str
    condition: Condition
    told: Condition | None = None  # what a reader is shown instead


def check(subject: Subject) -> Iterator[Finding]:
    """Look for conditions nobody can meet, and for conditions that change nothing."""
    table = PointTable(subject.criteria)
    empty_classes = dict(_classes_out_of_reach(subject, table))
    yield from empty_classes.values()
    impossible: set[str] = set()
    by_level = sorted(subject.criteria.awards, key=lambda award_id: subject.criteria.awards[award_id].level)
    for award_id in by_level:
        findings = list(_check_award(subject, award_id, table, impossible, set(empty_classes)))
        impossible |= {award_id} if any(finding.code in {"RL357", "RL370"} for finding in findings) else set()
        yield from findings
    yield from _check_single(subject, table)
    for path, clause in subject.criteria.iter_clauses():
        if isinstance(clause, TieBreak):
            award_id = path.partition(".")[0]
            own = demands(subject, award_id) if award_id in subject.criteria.awards and award_id not in impossible else []
            yield from _check_tie_break(subject, path, clause, [demand.condition for demand in own], table)


def most_points(subject: Subject) -> Mapping[str, Fraction]:
    """Give the most that each part of the scoring table, and the whole of it, can give."""
    return PointTable(subject.criteria).most


def _classes_out_of_reach(subject: Subject, table: PointTable) -> Iterator[tuple[str, Finding]]:
    """Look for classes nobody can have: their bound, their condition and the points of the table do not go together."""
    if not subject.criteria.points:
        return
    for class_id, class_ in subject.criteria.classes.items():
        wanted = ClassTest.model_validate({"class": [class_id]})
        with suppress(NotDecidedError):
            if table.find([wanted]) is None:
                path = f"classes.{class_id}"
                conditions = [*table.bounds_of(class_id), *([class_.requires] if class_.requires is not None else [])]
                place = f"{path}.requires" if class_.requires is not None else path
                yield class_id, subject.find("RL368", place, clause=path, tests=conditions_marker(subject.criteria, conditions))


def _check_award(subject: Subject, award_id: str, table: PointTable, impossible: set[str], empty: set[str]) -> Iterator[Finding]:
    own = demands(subject, award_id)
    asked = [(demand, test) for demand in own for test in necessary_tests(demand.condition)]
    for demand, test in asked:
        if isinstance(test, ClassTest) and set(test.class_) <= empty:
            yield subject.find("RL370", demand.place, clause=demand.clause, award=award_id, classes=", ".join(test.class_))
            return
    if any(isinstance(test, Test) and test.award in impossible and test.fact in _TAKES_THIS_YEAR for _demand, test in asked):
        impossible.add(award_id)  # told where the award it asks for is told
        return
    ladder = ladder_below(subject, own, {award_id})
    with suppress(NotDecidedError):
        vetoes = [Demand(path, path, escapes) for path, veto in _vetoes(subject) if table.find([escapes := negation(veto.when)]) is not None]
        core = _impossible_core([*own, *vetoes, *ladder], table)
        if core:
            pieces = [piece for demand in core for piece in _pieces(demand.clause, demand.place, demand.condition)]
            yield _contradiction(subject, award_id, _impossible_core(pieces, table), {demand.clause for demand in own}, table)
            return
        for path, gate in _gates(subject, award_id):
            is_of_sector = Test(fact="sector", one_of=(gate.sector,))
            if table.find([demand.condition for demand in (*own, *ladder)] + [is_of_sector, gate.requires]) is None:
                yield subject.find("RL359", f"{path}.requires", clause=path, award=award_id, sector=gate.sector)
    yield from _dead(subject, own, ladder, table)
    for demand in own:
        found = list(_inside(subject, demand.clause, demand.place, demand.condition, table))
        never = [finding for finding in found if finding.code == "RL371"]
        yield from never or found  # a branch that never holds makes other parts look idle


def _pieces(clause: str, place: str, condition: Condition) -> Iterator[Demand]:
    """Take apart what must hold all at once, so that only the parts that contradict are named."""
    if isinstance(condition, AllOf):
        for index, part in enumerate(condition.all):
            yield from _pieces(clause, f"{place}.all.{index}", part)
    elif isinstance(condition, _OfALowerAward):
        has_not, lower = condition.any
        yield from (
            Demand(clause, piece.place, _OfALowerAward(any=(has_not, piece.condition)), piece.told or piece.condition)
            for piece in _pieces(clause, place, lower)
        )
    else:
        yield Demand(clause, place, condition)


def _inside(subject: Subject, clause: str, place: str, condition: Condition, table: PointTable) -> Iterator[Finding]:
    """Look for a branch of *any* that can never hold, and for a part of *all* that the other parts imply."""
    if not isinstance(condition, AllOf | AnyOf):
        return
    word, parts = ("all", condition.all) if isinstance(condition, AllOf) else ("any", condition.any)
    kept = list(parts)
    for index, part in reversed(list(enumerate(parts))):
        inner = f"{place}.{word}.{index}"
        with suppress(NotDecidedError):
            if word == "any" and len(parts) > 1 and table.find([part]) is None:
                yield subject.find("RL371", inner, clause=clause, tests=conditions_marker(subject.criteria, [part]))
                continue
            others = [other for other in kept if other is not part]
            is_used_up = any(test.consumed for _place, test in iter_tests(part))
            if word == "all" and others and not is_used_up and table.find([*others, negation(part)]) is None:
                kept = others
                core = _impossible_core([Demand("", "", other) for other in (*others, negation(part))], table)
                implying = [demand.condition for demand in core if demand.condition in others]
                fields = {"tests": conditions_marker(subject.criteria, [part]), "others": conditions_marker(subject.criteria, implying)}
                yield subject.find("RL372", inner, clause=clause, **fields)
                continue
        yield from _inside(subject, clause, inner, part, table)


def demands(subject: Subject, award_id: str) -> list[Demand]:
    """Give what each condition of an award asks."""
    return [
        Demand(f"{award_id}.{clause_id}", f"{award_id}.{clause_id}.requires", clause.requires)
        for clause_id, clause in subject.criteria.awards[award_id].clauses.items()
        if isinstance(clause, Eligibility)
    ]


def _vetoes(subject: Subject) -> Iterator[tuple[str, Veto]]:
    for clause_id, veto in subject.criteria.vetoes.items():
        if veto.effect == "not-considered":
            yield f"vetoes.{clause_id}", veto


def _gates(subject: Subject, award_id: str) -> Iterator[tuple[str, SectorGate]]:
    for clause_id, clause in subject.criteria.procedure.items():
        if isinstance(clause, SectorGate) and (not clause.awards or award_id in clause.awards):
            yield f"procedure.{clause_id}", clause


def ladder_below(subject: Subject, asked: list[Demand], seen: set[str]) -> list[Demand]:
    """Who has a lower award of this year met its conditions this year; so do those below it."""
    found: list[Demand] = []
    for demand in asked:
        for _place, test in iter_tests(demand.condition):
            if test.award in seen or test.award not in subject.criteria.awards or test.fact not in _TAKES_THIS_YEAR:
                continue
            seen.add(str(test.award))
            has_not = negation(Test(fact="awarded-this-year", award=test.award))
            lower = demands(subject, str(test.award))
            lower = [Demand(step.clause, step.place, _OfALowerAward(any=(has_not, step.condition))) for step in lower]
            found += [*lower, *ladder_below(subject, lower, seen)]
    return found


def _impossible_core(asked: list[Demand], table: PointTable) -> list[Demand]:
    """Give the fewest demands nobody can meet together (none of them can be left out), or nothing."""
    if table.find([demand.condition for demand in asked]) is not None:
        return []
    core = list(asked)
    for demand in asked:
        rest = [other for other in core if other is not demand]
        if table.find([other.condition for other in rest]) is None:
            core = rest
    return core


def _contradiction(subject: Subject, award_id: str, core: list[Demand], own: set[str], table: PointTable) -> Finding:
    """Name the last clause of the award among those that contradict, and the smallest nominee who meets all the others."""
    failing = next((demand for demand in reversed(core) if demand.clause in own), core[-1])
    others = [demand for demand in core if demand is not failing]
    clauses = list(dict.fromkeys(demand.clause for demand in others if demand.clause != failing.clause))
    nominee = table.find([demand.condition for demand in others])
    fields = {
        "clause": failing.clause,
        "award": award_id,
        "others": ", ".join(clauses) or "–",
        "nominee": "∅" if nominee is None else nominee.show(),
        "clauses": ", ".join([failing.clause, *clauses]),
        "tests": conditions_marker(subject.criteria, [demand.told or demand.condition for demand in (*others, failing)]),
        "case": nominee_marker(subject.criteria, None if nominee is None or not others else nominee.facts),
    }
    return subject.find("RL357", failing.place, **fields)


def _dead(subject: Subject, own: list[Demand], ladder: list[Demand], table: PointTable) -> Iterator[Finding]:
    """Look for clauses that the others imply, or that hold for everybody; of two that say the same, the later one is named."""
    kept = list(own)
    for demand in reversed(own):
        if any(test.consumed for _place, test in iter_tests(demand.condition)):
            continue  # taking it away would leave the initiative unused
        others = [other for other in kept if other is not demand]
        with suppress(NotDecidedError):
            conditions = [other.condition for other in (*others, *ladder)]
            if table.find([*conditions, negation(demand.condition)]) is None:
                kept = others
                implying = _fewest(others, ladder, demand, table)
                fields = {"clause": demand.clause, "others": ", ".join(implying)} if implying else {"clause": demand.clause}
                yield subject.find("RL358" if implying else "RL361", demand.place, **fields)


def _fewest(others: list[Demand], ladder: list[Demand], dead: Demand, table: PointTable) -> list[str]:
    """Name the clauses that imply a dead one, none of which can be left out."""
    core = _impossible_core([*others, *ladder, Demand("", "", negation(dead.condition))], table)
    return [demand.clause for demand in core if demand.clause]


def _check_single(subject: Subject, table: PointTable) -> Iterator[Finding]:
    """Conditions outside the awards: a veto, class, level or gate whose condition holds for nobody or for everybody."""
    for path, clause in subject.criteria.iter_clauses():
        if isinstance(clause, Eligibility):
            continue
        for place, condition in iter_conditions(clause):
            with suppress(NotDecidedError):
                if table.find([condition]) is None:
                    if not isinstance(clause, Class):
                        yield subject.find("RL360", f"{path}.{place}", clause=path)
                elif table.find([negation(condition)]) is None:
                    code = "RL365" if isinstance(clause, Veto) else "RL361"
                    yield subject.find(code, f"{path}.{place}", clause=path)


def _check_tie_break(subject: Subject, path: str, clause: TieBreak, eligible: list[Condition], table: PointTable) -> Iterator[Finding]:
    """Look for steps that can part nobody: one repeats an earlier one, asks for the total, or all who are eligible answer it alike."""
    for index, step in enumerate(clause.prefer):
        is_dead = step in clause.prefer[:index] or step.points == TOTAL
        if step.who is not None and not is_dead and eligible:
            with suppress(NotDecidedError):
                meets, fails = table.find([*eligible, step.who]), table.find([*eligible, negation(step.who)])
                is_dead = (meets is None) != (fails is None) and table.find([step.who]) is not None
        if is_dead:
            yield subject.find("RL362", f"{path}.prefer.{index}", clause=path, step=str(index + 1))
