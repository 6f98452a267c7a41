"""What limits one another: quotas and higher instruments, floors and caps, and limits that limit nothing."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from simulator.rules.checks.sums import show
from simulator.rules.clauses import CoolingOff, DirectWorkerFloor, LeaderCap, Money, PayStep, Quota
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.clauses import Clause
    from simulator.rules.criteria import Change

RANKS = ("law", "decree", "circular", "decision", "plan", "letter")
"""Kinds of instruments, the highest first; what is not among them ranks below all of them."""
LEADERS = frozenset({"deputy", "head"})


def check(subject: Subject) -> Iterator[Finding]:
    """Look for limits that are passed, that cannot be met together, or that bind nobody."""
    for path, clause in subject.criteria.iter_clauses():
        if isinstance(clause, Quota) and clause.limit is not None:
            yield from _above_limit(subject, path, clause)
        if isinstance(clause, DirectWorkerFloor) and 0 < len(leaders := sorted(LEADERS & set(clause.counts_as_direct))) < len(
            clause.counts_as_direct
        ):
            yield subject.find("RL376", f"{path}.counts_as_direct", clause=path, found=f"@{'-and-'.join(leaders)}")
        field = _slack_field(clause)
        if field is not None:
            yield subject.find("RL344", f"{path}.{field}", clause=path, field=field, found=f"{getattr(clause, field):g}")
    for change in subject.criteria.changes:
        yield from _raised_above(subject, change)
    for award_id, award in subject.criteria.awards.items():
        yield from _unmeetable(subject, award_id, award.clauses)


def _above_limit(subject: Subject, path: str, clause: Quota) -> Iterator[Finding]:
    limit = clause.limit
    for key in ("share", "places"):
        given, most = getattr(clause, key), getattr(limit, key)
        if limit is not None and given is not None and most is not None and exact(given) > exact(most):
            fields = {"given": amount(key, given), "most": amount(key, most), "instrument": limit.source.instrument}
            yield subject.find("RL353", f"{path}.{key}", clause=path, **fields)


def _raised_above(subject: Subject, change: Change) -> Iterator[Finding]:
    """Look for an overlay that gives more places than the clause it changes, whose instrument ranks higher than its own."""
    criteria = subject.criteria
    clause = dict(criteria.iter_clauses()).get(change.clause)
    former = criteria.former_sources.get((change.set, change.clause))
    if not isinstance(clause, Quota) or change.field not in {"share", "places"} or former is None or clause.limit is not None:
        return
    if not isinstance(change.before, int | float) or not isinstance(change.after, int | float) or exact(change.after) <= exact(change.before):
        return
    files = criteria.files[criteria.stack.index(change.set) :]
    own = clause.source if criteria.location(f"{change.clause}.source")[0] in files and clause.source is not None else None
    fields = {"before": amount(change.field, change.before), "after": amount(change.field, change.after), "former": former}
    place = f"{change.clause}.{change.field}"
    if own is None:
        if clause.assumption is not None and criteria.location(f"{change.clause}.assumption")[0] in files:
            yield subject.find("RL355", place, clause=change.clause, **fields)
    elif rank(subject, own.instrument) > rank(subject, former):
        yield subject.find("RL354", place, clause=change.clause, own=own.instrument, **fields)


def amount(field: str, value: float) -> str:
    """Write a share in percent, and any other number as it is."""
    return f"{show(100 * exact(value))}%" if field.endswith("share") else show(exact(value))


def rank(subject: Subject, instrument: str) -> int:
    """Tell how high an instrument ranks: 0 is the highest."""
    kind = subject.register[instrument].kind if subject.register is not None and instrument in subject.register else ""
    return RANKS.index(kind) if kind in RANKS else len(RANKS)


def _unmeetable(subject: Subject, award_id: str, clauses: Mapping[str, Clause]) -> Iterator[Finding]:
    """Look for a floor for posts that a cap keeps below it, or floors of different posts that take more than all places."""
    floors = [(f"{award_id}.{clause_id}", clause) for clause_id, clause in clauses.items() if isinstance(clause, DirectWorkerFloor)]
    caps = [(f"{award_id}.{clause_id}", clause) for clause_id, clause in clauses.items() if isinstance(clause, LeaderCap)]
    for path, floor in floors:
        for cap_path, cap in caps:
            if set(floor.counts_as_direct) <= LEADERS and exact(floor.share) > exact(cap.share):
                yield subject.find("RL356", f"{path}.share", clause=path, other=cap_path)
    for (first_path, first), (path, floor) in combinations(floors, 2):
        if not set(first.counts_as_direct) & set(floor.counts_as_direct) and exact(first.share) + exact(floor.share) > 1:
            yield subject.find("RL356", f"{path}.share", clause=path, other=first_path)


def _slack_field(clause: Clause) -> str | None:
    """Name the field whose value makes a clause rule nothing."""
    match clause:
        case DirectWorkerFloor(share=0) | LeaderCap(share=1) | Quota(share=1, of="staff") | PayStep(share=0):
            return "share"
        case CoolingOff(years=0):
            return "years"
        case Money(multiple=0):
            return "multiple"
        case _:
            return None
