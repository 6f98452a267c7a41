"""What laws and decrees ask for: whether an overlay drops it, or asks for less, without an instrument of their rank to stand on."""

from __future__ import annotations

import math
from contextlib import suppress
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError

from simulator.rules.checks.contradictions import Demand, demands, ladder_below
from simulator.rules.checks.limits import amount, rank
from simulator.rules.checks.telling import conditions_marker, source_marker
from simulator.rules.citation import Source
from simulator.rules.clauses import Clause, CoolingOff, DirectWorkerFloor, Eligibility, LeaderCap, PayStep, Quota, RatingCap
from simulator.rules.conditions import AnyOf, iter_tests
from simulator.rules.nominees import NotDecidedError, negation
from simulator.rules.point_table import PointTable
from simulator.rules.points import Veto
from simulator.rules.stages import SectorGate, Stage
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.conditions import Condition
    from simulator.rules.facts import Test

STATUTES: Final = ("law", "decree")
_BINDING: Final = (Eligibility, Quota, DirectWorkerFloor, LeaderCap, CoolingOff, RatingCap, PayStep, SectorGate, Veto, Stage)
"""Clauses that bind: without one of them, more is allowed than with it."""
_AT_LEAST: Final[Mapping[type, tuple[str, ...]]] = {
    DirectWorkerFloor: ("share",),
    CoolingOff: ("years",),
    Stage: ("appraisers", "audit_share", "strictness", "posting_days"),
}
_AT_MOST: Final[Mapping[type, tuple[str, ...]]] = {LeaderCap: ("share",), RatingCap: ("share",), PayStep: ("share", "months")}
"""Numbers that bind less when they fall, and those that bind less when they rise; quotas are judged where limits are."""
_CLAUSE: Final[TypeAdapter[Clause]] = TypeAdapter(Clause)


class _Statute(NamedTuple):
    """What a law or decree asked for before an overlay changed it."""

    path: str
    overlay: str
    former: Clause
    source: Source


def check(subject: Subject) -> Iterator[Finding]:
    """Look for what a law or decree asks for and an overlay no longer does."""
    clauses = dict(subject.criteria.iter_clauses())
    for statute in _touched(subject, clauses):
        clause = clauses.get(statute.path)
        if isinstance(statute.former, Eligibility):
            yield from _eligibility(subject, statute, is_dropped=clause is None)
        elif clause is None:
            if not _is_kept_elsewhere(statute, clauses):
                yield _find(subject, "RL381", statute.path, statute)
        else:
            yield from _weakened(subject, statute, clause)


def _touched(subject: Subject, clauses: Mapping[str, Clause]) -> Iterator[_Statute]:
    """Give each binding clause of a law or decree that an overlay changed or took away; but not where an instrument of that rank does so."""
    criteria = subject.criteria
    if subject.register is None:
        return
    for (overlay, path), data in criteria.former_clauses.items():
        source = _source_in(data)
        if source is None or source.instrument not in subject.register or subject.register[source.instrument].kind not in STATUTES:
            continue
        position = criteria.stack.index(overlay)
        clause = clauses.get(path)
        own = list(criteria.headers[position].instruments)
        if clause is not None:
            is_own = clause.source is not None and criteria.location(f"{path}.source")[0] in criteria.files[position:]
            own = [clause.source.instrument] if clause.source is not None and is_own else []
        elif "." in path and path.partition(".")[0] not in {*criteria.awards, "principles", "procedure", "points", "classes", "vetoes"}:
            continue  # the whole award is gone, and nobody gets it
        if any(rank(subject, instrument) <= rank(subject, source.instrument) for instrument in own):
            continue
        former = _read(data)
        if isinstance(former, _BINDING):
            yield _Statute(path, overlay, former, source)


def _source_in(data: Mapping[str, Any]) -> Source | None:
    with suppress(ValidationError):
        return Source.model_validate(data.get("source"))
    return None


def _read(data: Mapping[str, Any]) -> Clause | None:
    with suppress(ValidationError):
        return _CLAUSE.validate_python(dict(data))
    return None


def _find(subject: Subject, code: str, place: str, statute: _Statute, **fields: str) -> Finding:
    return subject.find(code, place, clause=statute.path, source=source_marker(statute.source, subject.register), **fields)


def _eligibility(subject: Subject, statute: _Statute, *, is_dropped: bool) -> Iterator[Finding]:
    """Find the smallest nominee the award now takes and the law does not."""
    award = statute.path.partition(".")[0]
    if award not in subject.criteria.awards or not isinstance(statute.former, Eligibility):
        return
    own = demands(subject, award)
    asked: list[Condition] = [demand.condition for demand in (*own, *ladder_below(subject, own, {award}))]
    with suppress(NotDecidedError):
        asked += _implications([*asked, statute.former.requires])
        nominee = PointTable(subject.criteria).find([*asked, negation(statute.former.requires)])
        uses_up = any(test.consumed for _, test in iter_tests(statute.former.requires))
        if nominee is None and not (uses_up and not _uses_up(own)):
            return
        tests = conditions_marker(subject.criteria, [statute.former.requires])
        place = statute.path if is_dropped else f"{statute.path}.requires"
        yield _find(subject, "RL381" if is_dropped else "RL383", place, statute, **({} if is_dropped else {"tests": tests}))


def _implications(conditions: list[Condition]) -> list[Condition]:
    """Say which counts imply which: over many years the search takes them as free, which finds no wrong contradiction, and would find wrong exceptions."""
    counts = {test: None for condition in conditions for _, test in iter_tests(condition) if isinstance(test.at_least, int)}
    return [
        AnyOf(any=(negation(more), fewer))
        for more, fewer in permutations(counts, 2)
        if _kind_of(more) == _kind_of(fewer)
        and int(more.at_least or 0) >= int(fewer.at_least or 0)
        and (more.within_years or math.inf) <= (fewer.within_years or math.inf)
    ]


def _kind_of(test: Test) -> Test:
    """Give a count without its number and its years."""
    return test.model_copy(update={"at_least": None, "within_years": None, "consumed": None})


def _uses_up(own: list[Demand]) -> bool:
    return any(test.consumed for demand in own for _, test in iter_tests(demand.condition))


def _is_kept_elsewhere(statute: _Statute, clauses: Mapping[str, Clause]) -> bool:
    """Tell whether another clause beside it of the same kind binds as much: then it was only written anew."""
    holder = statute.path.rpartition(".")[0]
    beside = (clause for path, clause in clauses.items() if path.rpartition(".")[0] == holder and clause.kind == statute.former.kind)
    return any(not list(_less(statute.former, clause)) and _same_scope(statute.former, clause) for clause in beside)


def _same_scope(former: Clause, clause: Clause) -> bool:
    names = ("sector", "awards", "counts_as_direct", "when", "requires", "share", "places", "level")
    return all(getattr(former, name, None) == getattr(clause, name, None) for name in names if name not in _judged(former))


def _judged(former: Clause) -> tuple[str, ...]:
    return (*_AT_LEAST.get(type(former), ()), *_AT_MOST.get(type(former), ()))


def _less(former: Clause, clause: Clause) -> Iterator[tuple[str, float, float | None]]:
    """Give the numbers by which a clause binds less than it did."""
    for names, sign in ((_AT_LEAST, 1), (_AT_MOST, -1)):
        for name in names.get(type(former), ()):
            before, after = getattr(former, name), getattr(clause, name, None)
            if before is not None and (after is None or sign * (exact(before) - exact(after)) > 0):
                yield name, before, after


def _weakened(subject: Subject, statute: _Statute, clause: Clause) -> Iterator[Finding]:
    former = statute.former
    if former.kind != clause.kind:
        yield _find(subject, "RL381", f"{statute.path}.kind", statute)
        return
    is_assumed = former.assumption is not None  # the words are from the law, the number is not
    for name, before, after in () if is_assumed else _less(former, clause):
        shown = {"field": name, "before": amount(name, before), "after": "∅" if after is None else amount(name, after)}
        yield _find(subject, "RL382", f"{statute.path}.{name}", statute, **shown)
    if isinstance(former, Veto) and isinstance(clause, Veto):
        with suppress(NotDecidedError):
            spared = PointTable(subject.criteria).find([former.when, negation(clause.when)])
            if spared is not None or (former.effect, clause.effect) == ("not-considered", "down-one-class"):
                yield _find(subject, "RL381", f"{statute.path}.when", statute)
    if isinstance(former, SectorGate) and isinstance(clause, SectorGate):
        with suppress(NotDecidedError):
            if PointTable(subject.criteria).find([clause.requires, negation(former.requires)]) is not None:
                tests = conditions_marker(subject.criteria, [former.requires])
                yield _find(subject, "RL383", f"{statute.path}.requires", statute, tests=tests)
