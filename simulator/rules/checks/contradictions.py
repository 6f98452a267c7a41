"""Can anybody meet the conditions, and does each of them change anything for anyone? Answered with the smallest nominee that shows it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from simulator.rules.checks.sums import most_bonus, most_of
from simulator.rules.clause_conditions import iter_conditions
from simulator.rules.clauses import Eligibility
from simulator.rules.conditions import TOTAL, AnyOf, iter_tests
from simulator.rules.facts import Test
from simulator.rules.nominees import NotDecidedError, find_nominee, negation
from simulator.rules.points import Veto, iter_parts
from simulator.rules.stages import SectorGate, TieBreak
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.conditions import Condition

_TAKES_THIS_YEAR = frozenset({"awarded-this-year", "award-run"})


class _Demand(NamedTuple):
    """What one clause asks of a nominee."""

    clause: str
    place: str
    condition: Condition


def check(subject: Subject) -> Iterator[Finding]:
    """Look for conditions nobody can meet, and for conditions that change nothing."""
    most = most_points(subject)
    impossible: set[str] = set()
    for award_id in subject.criteria.awards:
        findings = list(_check_award(subject, award_id, most))
        impossible |= {award_id} if any(finding.code == "RL357" for finding in findings) else set()
        yield from findings
    yield from _check_single(subject, most)
    for path, clause in subject.criteria.iter_clauses():
        if isinstance(clause, TieBreak):
            award_id = path.partition(".")[0]
            own = _demands(subject, award_id) if award_id in subject.criteria.awards and award_id not in impossible else []
            yield from _check_tie_break(subject, path, clause, [demand.condition for demand in own], most)


def most_points(subject: Subject) -> Mapping[str, Fraction]:
    """Give the most that each part of the scoring table, and the whole of it, can give."""
    points = subject.criteria.points
    most = {path: exact(part.points) for path, part in iter_parts(points)}
    return most | {TOTAL: most_of(points) + most_bonus(points)} if points else {}


def _check_award(subject: Subject, award_id: str, most: Mapping[str, Fraction]) -> Iterator[Finding]:
    own = _demands(subject, award_id)
    ladder = _ladder(subject, own, {award_id})
    with suppress(NotDecidedError):
        vetoes = [_Demand(path, path, escapes) for path, veto in _vetoes(subject) if find_nominee([escapes := negation(veto.when)], most) is not None]
        core = _impossible_core([*own, *vetoes, *ladder], most)
        if core:
            yield _contradiction(subject, award_id, core, {demand.clause for demand in own}, most)
            return
        for path, gate in _gates(subject, award_id):
            is_of_sector = Test(fact="sector", one_of=(gate.sector,))
            if find_nominee([demand.condition for demand in (*own, *ladder)] + [is_of_sector, gate.requires], most) is None:
                yield subject.find("RL359", f"{path}.requires", clause=path, award=award_id, sector=gate.sector)
    yield from _dead(subject, own, ladder, most)


def _demands(subject: Subject, award_id: str) -> list[_Demand]:
    return [
        _Demand(f"{award_id}.{clause_id}", f"{award_id}.{clause_id}.requires", clause.requires)
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


def _ladder(subject: Subject, demands: list[_Demand], seen: set[str]) -> list[_Demand]:
    """Who has a lower award of this year met its conditions this year; so do those below it."""
    found: list[_Demand] = []
    for demand in demands:
        for _place, test in iter_tests(demand.condition):
            if test.award in seen or test.award not in subject.criteria.awards or test.fact not in _TAKES_THIS_YEAR:
                continue
            seen.add(str(test.award))
            has_not = negation(Test(fact="awarded-this-year", award=test.award))
            lower = _demands(subject, str(test.award))
            lower = [_Demand(step.clause, step.place, AnyOf(any=(has_not, step.condition))) for step in lower]
            found += [*lower, *_ladder(subject, lower, seen)]
    return found


def _impossible_core(demands: list[_Demand], most: Mapping[str, Fraction]) -> list[_Demand]:
    """Give the fewest demands nobody can meet together (none of them can be left out), or nothing."""
    if find_nominee([demand.condition for demand in demands], most) is not None:
        return []
    core = list(demands)
    for demand in demands:
        rest = [other for other in core if other is not demand]
        if find_nominee([other.condition for other in rest], most) is None:
            core = rest
    return core


def _contradiction(subject: Subject, award_id: str, core: list[_Demand], own: set[str], most: Mapping[str, Fraction]) -> Finding:
    """Name the last clause of the award among those that contradict, and the smallest nominee who meets all the others."""
    failing = next((demand for demand in reversed(core) if demand.clause in own), core[-1])
    others = [demand for demand in core if demand is not failing]
    nominee = find_nominee([demand.condition for demand in others], most)
    fields = {
        "clause": failing.clause,
        "award": award_id,
        "others": ", ".join(demand.clause for demand in others) or "–",
        "nominee": "∅" if nominee is None else nominee.show(),
    }
    return subject.find("RL357", failing.place, **fields)


def _dead(subject: Subject, own: list[_Demand], ladder: list[_Demand], most: Mapping[str, Fraction]) -> Iterator[Finding]:
    """Look for clauses that the others imply; of two that say the same, the later one is named."""
    kept = list(own)
    for demand in reversed(own):
        if any(test.consumed for _place, test in iter_tests(demand.condition)):
            continue  # taking it away would leave the initiative unused
        others = [other for other in kept if other is not demand]
        with suppress(NotDecidedError):
            conditions = [other.condition for other in (*others, *ladder)]
            if find_nominee([*conditions, negation(demand.condition)], most) is None:
                kept = others
                fields = {"clause": demand.clause, "others": ", ".join(_fewest(others, ladder, demand, most)) or "–"}
                yield subject.find("RL358", demand.place, **fields)


def _fewest(others: list[_Demand], ladder: list[_Demand], dead: _Demand, most: Mapping[str, Fraction]) -> list[str]:
    """Name the clauses that imply a dead one, none of which can be left out."""
    core = _impossible_core([*others, *ladder, _Demand("", "", negation(dead.condition))], most)
    return [demand.clause for demand in core if demand.clause]


def _check_single(subject: Subject, most: Mapping[str, Fraction]) -> Iterator[Finding]:
    """Conditions outside the awards: a veto, class, level or gate whose condition holds for nobody or for everybody."""
    for path, clause in subject.criteria.iter_clauses():
        if isinstance(clause, Eligibility):
            continue
        for place, condition in iter_conditions(clause):
            with suppress(NotDecidedError):
                if find_nominee([condition], most) is None:
                    yield subject.find("RL360", f"{path}.{place}", clause=path)
                elif find_nominee([negation(condition)], most) is None:
                    code = "RL365" if isinstance(clause, Veto) else "RL361"
                    yield subject.find(code, f"{path}.{place}", clause=path)


def _check_tie_break(subject: Subject, path: str, clause: TieBreak, eligible: list[Condition], most: Mapping[str, Fraction]) -> Iterator[Finding]:
    """Look for steps that can part nobody: one repeats an earlier one, asks for the total, or all who are eligible answer it alike."""
    for index, step in enumerate(clause.prefer):
        is_dead = step in clause.prefer[:index] or step.points == TOTAL
        if step.who is not None and not is_dead and eligible:
            with suppress(NotDecidedError):
                meets, fails = find_nominee([*eligible, step.who], most), find_nominee([*eligible, negation(step.who)], most)
                is_dead = (meets is None) != (fails is None) and find_nominee([step.who], most) is not None
        if is_dead:
            yield subject.find("RL362", f"{path}.prefer.{index}", clause=path, step=str(index + 1))
