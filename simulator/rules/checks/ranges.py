"""The numbers: whether they lie where such numbers can lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.rules.checks.sums import show
from simulator.rules.clause_conditions import iter_conditions
from simulator.rules.clauses import Exhortation, Quota, Weights
from simulator.rules.conditions import PointsTest, iter_single_tests
from simulator.rules.facts import Test
from simulator.rules.point_table import PointTable
from simulator.rules.points import Proportional
from simulator.rules.stages import Stage
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.errors import Finding
    from simulator.rules.checks.subject import Subject
    from simulator.rules.clauses import Clause

LONGEST_MEMORY_YEARS = 31
"""What is remembered of a nominee's past; a run or a window beyond it could not be told from a shorter one."""

_UNBOUNDED = float("inf")
RANGES: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "quota": {"share": (0, 1), "places": (0, _UNBOUNDED)},
    "direct-worker-floor": {"share": (0, 1)},
    "leader-cap": {"share": (0, 1)},
    "cooling-off": {"years": (0, LONGEST_MEMORY_YEARS)},
    "money": {"multiple": (0, _UNBOUNDED)},
    "weights": {"results": (0, _UNBOUNDED), "initiative": (0, _UNBOUNDED), "scope": (0, _UNBOUNDED), "conduct": (0, _UNBOUNDED)},
    "rating-cap": {"share": (0, 1)},
    "appraisal": {"appraisers": (1, 100), "audit_share": (0, 1)},
    "pay-step": {"share": (0, 1), "months": (1, 60)},
    "stage": {"audit_share": (0, 1), "strictness": (0, 1)},
    "proportional": {"nothing_below": (0, 100)},
}
"""Kind of clause → field → lowest and highest number that can be meant."""
WINDOWS: Mapping[str, str] = {
    "rating-run": "at_least",
    "award-run": "at_least",
    "award-count": "within_years",
    "rating-count": "within_years",
    "unused-initiatives": "within_years",
    "years-since-award": "at_least",
    "years-since-discipline": "at_least",
}
"""The key that says how far back a fact looks."""
_HIGHEST_SHARE_OF_MEAN = 3
_HIGHEST_LIKE_A_SHARE = 0.1
"""Points are lost for each percent, seldom for each tenth of one: a number so small looks like a share."""


def check(subject: Subject) -> Iterator[Finding]:
    """Look for numbers out of range, and for weights that weigh nothing."""
    for path, clause in subject.criteria.iter_clauses():
        for field, (low, high) in RANGES.get(clause.kind, {}).items():
            value = getattr(clause, field)
            if value is not None and not low <= value <= high:
                yield _out_of_range(subject, path, field, value, low, high)
        if isinstance(clause, Weights) and not any((clause.results, clause.initiative, clause.scope, clause.conduct)):
            yield subject.find("RL321", path, clause=path)
        if isinstance(clause, Proportional):
            yield from _percents(subject, path, clause)
        yield from _nested_shares(subject, path, clause)
        yield from _check_conditions(subject, path, clause)


def _check_conditions(subject: Subject, path: str, clause: Clause) -> Iterator[Finding]:
    for place, condition in iter_conditions(clause):
        for inner, test in iter_single_tests(condition, f"{path}.{place}"):
            if isinstance(test, PointsTest):
                yield from _shares_of_points(subject, path, inner, test)
                yield from _more_than_there_is(subject, path, inner, test)
            elif isinstance(test, Test):
                yield from _numbers_of_test(subject, path, inner, test)


def _nested_shares(subject: Subject, path: str, clause: Clause) -> Iterator[Finding]:
    shares: dict[str, float] = {}
    if isinstance(clause, Exhortation):
        compliance = clause.compliance
        outside = [field for field in ("low", "value", "high") if not 0 <= getattr(compliance, field) <= 1]
        shares |= {f"compliance.{field}": getattr(compliance, field) for field in outside[:1]}  # the other two stand in order beside it
    if isinstance(clause, Stage) and clause.vote is not None:
        shares["vote.threshold"] = clause.vote.threshold
    if isinstance(clause, Quota) and clause.limit is not None and clause.limit.share is not None:
        shares["limit.share"] = clause.limit.share
    for field, value in shares.items():
        if not 0 <= value <= 1:
            yield _out_of_range(subject, path, field, value, 0, 1)


def _shares_of_points(subject: Subject, path: str, place: str, test: PointsTest) -> Iterator[Finding]:
    for key in ("at_least_share", "below_share", "at_least_share_of_mean", "below_share_of_mean"):
        value = getattr(test, key)
        high = _HIGHEST_SHARE_OF_MEAN if key.endswith("mean") else 1
        if value is not None and not 0 <= value <= high:
            yield _out_of_range(subject, path, key, value, 0, high, place=place)


def _more_than_there_is(subject: Subject, path: str, place: str, test: PointsTest) -> Iterator[Finding]:
    most = PointTable(subject.criteria).most_asked(test.points)
    if most is not None and test.at_least is not None and exact(test.at_least) > most:
        fields = {"given": show(exact(test.at_least)), "part": test.points, "most": show(most)}
        yield subject.find("RL369", f"{place}.at_least", clause=path, **fields)


def _percents(subject: Subject, path: str, clause: Proportional) -> Iterator[Finding]:
    """Look for a share where a percentage is written: 0.6 for 60."""
    if clause.nothing_below is not None and 0 < clause.nothing_below <= 1:
        yield _share_for_percent(subject, "RL373", path, "nothing_below", clause.nothing_below)
    if clause.loses is not None and clause.loses.per_percent <= _HIGHEST_LIKE_A_SHARE:
        yield _share_for_percent(subject, "RL374", path, "loses.per_percent", clause.loses.per_percent)


def _share_for_percent(subject: Subject, code: str, path: str, field: str, value: float) -> Finding:
    return subject.find(code, f"{path}.{field}", clause=path, field=field, found=f"{value:g}", suggested=show(100 * exact(value)))


def _numbers_of_test(subject: Subject, path: str, place: str, test: Test) -> Iterator[Finding]:
    for name in ("at_least_share", "more_than_share"):
        share = getattr(test, name)
        if share is not None and not 0 <= share <= 1:
            yield _out_of_range(subject, path, name, share, 0, 1, place=place)
    key = WINDOWS.get(test.fact)
    years = None if key is None else getattr(test, key)
    if key is not None and isinstance(years, int) and years > LONGEST_MEMORY_YEARS:
        yield _out_of_range(subject, path, key, years, 1, LONGEST_MEMORY_YEARS, place=place)


def _out_of_range(subject: Subject, path: str, field: str, value: float, low: float, high: float, *, place: str | None = None) -> Finding:
    """Tell of a number outside its range; how a percentage is written is told where a share is meant, and of nothing else."""
    shown = {"found": f"{value:g}", "low": f"{low:g}", "high": "∞" if high == _UNBOUNDED else f"{high:g}"}
    how = "@mend-the-share" if (low == 0 and high == 1) or "share" in field.rpartition(".")[2] else "@mend-the-number"
    return subject.find("RL307", f"{place or path}.{field}", clause=path, key=field, **shown, how=how)
