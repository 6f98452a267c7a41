"""The numbers: whether they lie where such numbers can lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.clauses import Eligibility, Exhortation, Weights
from simulator.rules.conditions import iter_tests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject

LONGEST_MEMORY_YEARS = 31
"""What is remembered of a nominee's past; a run or a window beyond it could not be told from a shorter one."""

_UNBOUNDED = float("inf")
_RANGES: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "quota": {"share": (0, 1), "places": (0, _UNBOUNDED)},
    "direct-worker-floor": {"share": (0, 1)},
    "leader-cap": {"share": (0, 1)},
    "cooling-off": {"years": (0, LONGEST_MEMORY_YEARS)},
    "money": {"multiple": (0, _UNBOUNDED)},
    "weights": {"results": (0, _UNBOUNDED), "initiative": (0, _UNBOUNDED), "scope": (0, _UNBOUNDED), "conduct": (0, _UNBOUNDED)},
    "rating-cap": {"share": (0, 1)},
    "appraisal": {"appraisers": (1, 100), "audit_share": (0, 1)},
}


def check(subject: Subject) -> Iterator[Finding]:
    """Look for numbers out of range, and for weights that weigh nothing."""
    for path, clause in subject.criteria.iter_clauses():
        for field, (low, high) in _RANGES.get(clause.kind, {}).items():
            value = getattr(clause, field)
            if value is not None and not low <= value <= high:
                yield _out_of_range(subject, path, field, value, low, high)
        if isinstance(clause, Weights) and not any((clause.results, clause.initiative, clause.scope, clause.conduct)):
            yield subject.find("RL321", path, clause=path)
        if isinstance(clause, Exhortation):
            for field in ("low", "value", "high"):
                value = getattr(clause.compliance, field)
                if not 0 <= value <= 1:
                    yield _out_of_range(subject, path, f"compliance.{field}", value, 0, 1)
                    break  # the other two stand in order beside it
        if isinstance(clause, Eligibility):
            yield from _years_beyond_memory(subject, path, clause)


def _years_beyond_memory(subject: Subject, path: str, clause: Eligibility) -> Iterator[Finding]:
    for place, test in iter_tests(clause.requires):
        years = test.within_years if test.fact == "award-count" else test.at_least
        if test.fact in {"rating-run", "award-run", "award-count", "years-since-award"} and isinstance(years, int) and years > LONGEST_MEMORY_YEARS:
            key = "within_years" if test.fact == "award-count" else "at_least"
            yield subject.find("RL307", f"{path}.{place}.{key}", clause=path, key=key, found=str(years), low="1", high=str(LONGEST_MEMORY_YEARS))


def _out_of_range(subject: Subject, path: str, field: str, value: float, low: float, high: float) -> Finding:
    shown_high = "∞" if high == _UNBOUNDED else f"{high:g}"
    return subject.find("RL307", f"{path}.{field}", clause=path, key=field, found=f"{value:g}", low=f"{low:g}", high=shown_high)
