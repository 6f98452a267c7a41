"""Luck and conditions for the model of one object a member (:mod:`benchmarks.object_model`): what is looked up often is worked out once a year."""

# ruff: noqa: INP001 - benchmarks stand beside the house, not in it
from __future__ import annotations

import random
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.model.voting import chances_of_passing
from simulator.randomness import PoissonTable, Streams
from simulator.rules.conditions import AllOf, AnyOf, Not
from simulator.rules.facts import RATINGS, Test
from simulator.rules.values import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator.model.behaviour import Behaviour
    from simulator.model.regime import AwardRule
    from simulator.rules.conditions import Condition

N_LEVELS: Final = 2**16
N_POISSON_LEVELS: Final = 2**12
LONGEST_MEMORY: Final = 31
FIRST_BIT: Final = 40
"""Bit of the year before the first one, so that a window never begins below bit 0."""


class KeyedLuck:
    """The very draws of the engine, one at a time: slow, and only to show that both models award the same people."""

    def __init__(self, seed: int) -> None:
        """Take the streams of the house."""
        self._streams = Streams(seed)

    def _one_by_one(self, kind: str, stream: str, year: int, **more: Any) -> Callable[[int], Any]:
        draw = getattr(self._streams, kind)
        return lambda identity: draw(stream, year=year, ids=np.array([identity], dtype=np.int64), **more)[0].item()

    def normal(self, stream: str, year: int) -> Callable[[int], float]:
        """Give standard normals of a year."""
        return self._one_by_one("normal", stream, year)

    def uniform(self, stream: str, year: int) -> Callable[[int], float]:
        """Give uniforms on [0, 1)."""
        return self._one_by_one("uniform", stream, year)

    def exponential(self, stream: str, year: int) -> Callable[[int], float]:
        """Give standard exponentials."""
        return self._one_by_one("exponential", stream, year)

    def chance(self, stream: str, year: int, probability: float) -> Callable[[int], bool]:
        """Give answers that are yes with some probability."""
        return self._one_by_one("is_lucky", stream, year, probability=probability)

    def tie(self, year: int) -> Callable[[int], int]:
        """Give lots that part equals."""
        return lambda identity: int(self._streams.tie_break(year=year, ids=np.array([identity], dtype=np.int64))[0])

    def poisson(self, stream: str, table: PoissonTable, year: int) -> Callable[[int, int], int]:
        """Give counts, for an identity and a row of the table."""
        draw = self._streams.poisson
        return lambda identity, row: int(draw(stream, table, year=year, ids=np.array([identity], dtype=np.int64), row=np.array([row]))[0])


class OrdinaryLuck:
    """Draws in the order in which they are asked for, as Mesa models make them, by the fastest way the standard library has.

    ``random.gauss`` takes three times as long as looking a quantile up, so quantiles are looked up; whose draw it is does not matter.
    """

    def __init__(self, seed: int) -> None:
        """Begin one stream, and tabulate quantiles."""
        self._random = random.Random(seed)  # noqa: S311 - nobody's secret
        inverse = NormalDist().inv_cdf
        self._normals = [inverse((level + 0.5) / N_LEVELS) for level in range(N_LEVELS)]
        self._exponentials = (-np.log1p(-(np.arange(N_LEVELS) + 0.5) / N_LEVELS)).tolist()

    def normal(self, _stream: str, _year: int) -> Callable[[int], float]:
        """Give standard normals."""
        return self._looked_up(self._normals)

    def uniform(self, _stream: str, _year: int) -> Callable[[int], float]:
        """Give uniforms on [0, 1)."""
        draw = self._random.random
        return lambda _identity: draw()

    def exponential(self, _stream: str, _year: int) -> Callable[[int], float]:
        """Give standard exponentials."""
        return self._looked_up(self._exponentials)

    def chance(self, _stream: str, _year: int, probability: float) -> Callable[[int], bool]:
        """Give answers that are yes with some probability."""
        draw = self._random.random
        return lambda _identity: draw() < probability

    def tie(self, _year: int) -> Callable[[int], int]:
        """Give lots that part equals."""
        draw = self._random.getrandbits
        return lambda _identity: draw(64)

    def poisson(self, _stream: str, table: PoissonTable, _year: int) -> Callable[[int, int], int]:
        """Give counts, for an identity and a row of the table."""
        draw, counts = self._random.random, table.counts.tolist()
        return lambda _identity, row: counts[row * N_POISSON_LEVELS + int(draw() * N_POISSON_LEVELS)]

    def _looked_up(self, table: list[float]) -> Callable[[int], float]:
        draw = self._random.random
        return lambda _identity: table[int(draw() * N_LEVELS)]


@dataclass(frozen=True, slots=True)
class Clock:
    """What a condition needs to know of a year: its bit in the memories of awards and ratings."""

    year: int
    first_year: int

    @property
    def bit(self) -> int:
        """Mark of this year."""
        return 1 << (FIRST_BIT + self.year - self.first_year)

    def window(self, n_years: int) -> int:
        """Mark the last years, this one included."""
        n_years = min(n_years, LONGEST_MEMORY)
        return ((1 << n_years) - 1) << (FIRST_BIT + self.year - self.first_year - n_years + 1)


def condition_of(condition: Condition, clock: Clock) -> Callable[[Any], bool]:
    """Make a condition a function of a candidate, for one year."""
    match condition:
        case AllOf():
            return all_of([condition_of(part, clock) for part in condition.all])
        case AnyOf():
            parts = [condition_of(part, clock) for part in condition.any]
            return lambda one: any(part(one) for part in parts)
        case Not():
            refused = condition_of(condition.not_, clock)
            return lambda one: not refused(one)
        case Test() if condition.fact in _TESTS:
            return _TESTS[condition.fact](condition, clock)
    message = f"the object model does not know {condition!r}"
    raise NotImplementedError(message)


def all_of(parts: Sequence[Callable[[Any], bool]]) -> Callable[[Any], bool]:
    """Tell whether all hold; two or three are asked without a loop."""
    match parts:
        case []:
            return lambda _one: True
        case [first]:
            return first
        case [first, second]:
            return lambda one: first(one) and second(one)
        case [first, second, third]:
            return lambda one: first(one) and second(one) and third(one)
    first, *others = parts
    rest = all_of(others)
    return lambda one: first(one) and rest(one)


def _rating_run(test: Test, clock: Clock) -> Callable[[Any], bool]:
    rating, window = RATINGS.index(test.rating), clock.window(test.at_least)
    return lambda one: one.years_rated[rating] & window == window


def _award_run(test: Test, clock: Clock) -> Callable[[Any], bool]:
    award, window = test.award, clock.window(test.at_least)
    return lambda one: one.won.get(award, 0) & window == window


def _award_count(test: Test, clock: Clock) -> Callable[[Any], bool]:
    award, window, n = test.award, clock.window(test.within_years), test.at_least
    if n == 1:
        return lambda one: one.won.get(award, 0) & window != 0
    return lambda one: (one.won.get(award, 0) & window).bit_count() >= n


def _years_since(test: Test, clock: Clock) -> Callable[[Any], bool]:
    award, window = test.award, clock.window(test.at_least)
    return lambda one: one.won.get(award, 0) & window == 0


def _awarded(test: Test, clock: Clock) -> Callable[[Any], bool]:
    award, bit = test.award, clock.bit
    return lambda one: one.won.get(award, 0) & bit != 0


def _is_rated(test: Test, _clock: Clock) -> Callable[[Any], bool]:
    rating = RATINGS.index(test.at_least)
    return lambda one: one.rating >= rating


def _has_initiatives(test: Test, _clock: Clock) -> Callable[[Any], bool]:
    n = test.at_least
    return lambda one: one.initiatives + one.old_initiatives >= n


def _has_served(test: Test, _clock: Clock) -> Callable[[Any], bool]:
    years = -(-test.at_least // 12)
    return lambda one: one.service >= years


def _members(count: Callable[[Test], Callable[[Any], int]]) -> Callable[[Test, Clock], Callable[[Any], bool]]:
    def of_test(test: Test, _clock: Clock) -> Callable[[Any], bool]:
        counted, n = count(test), test.at_least or 0
        share = exact(test.share) if test.share is not None else None
        if share is None:
            return lambda one: counted(one) >= n
        numerator, denominator = share.numerator, share.denominator
        beyond = 1 if test.more_than_share is not None else 0
        return lambda one: counted(one) >= n and counted(one) * denominator >= one.n_members * numerator + beyond

    return of_test


def _count_awarded(test: Test) -> Callable[[Any], int]:
    award = test.award
    return lambda one: one.n_awarded[award]


def _count_rated(test: Test) -> Callable[[Any], int]:
    rating = RATINGS.index(test.rating)
    return lambda one: one.n_rated[rating]


_TESTS: Final = {
    "rating": _is_rated,
    "rating-run": _rating_run,
    "award-run": _award_run,
    "award-count": _award_count,
    "years-since-award": _years_since,
    "awarded-this-year": _awarded,
    "unused-initiatives": _has_initiatives,
    "service-months": _has_served,
    "leave-days": lambda _test, _clock: lambda _one: True,
    "disciplined-this-year": lambda _test, _clock: lambda one: one.is_disciplined,
    "members-awarded": _members(_count_awarded),
    "members-rated": _members(_count_rated),
    "members-disciplined": _members(lambda _test: lambda one: one.n_disciplined),
    "leads-cluster": lambda _test, _clock: lambda one: one.leads_cluster,
    "years-established": lambda test, _clock: lambda one: one.years_established >= test.at_least,
}
_OF_FEW: Final = frozenset({"award-run", "award-count", "awarded-this-year", "leads-cluster"})


class Award:
    """One award of the compiled rules, ready for a year.

    Attributes
    ----------
    rule
        As :mod:`simulator.model.compiling` reads it.
    n_used
        Initiatives it uses up.
    chances
        Chance to pass at each step of distance from the bar.
    left_by_all
        What consultation and posting leave of claims, or of the chance that false initiatives stay unfound.
    """

    def __init__(self, rule: AwardRule, behaviour: Behaviour) -> None:
        """Work out what lasts; refuse what hanoi-2021's baseline does not have, and this model therefore does not know."""
        consumed = [test for test in rule.conditions if isinstance(test, Test) and test.consumed]
        quota, procedure = rule.quota, rule.procedure
        known = {None} if quota is None else {quota.pooling} & {"unit", "cluster", "all"}
        is_odd = quota is not None and quota.of == "eligible"
        if rule.gates or rule.cooling_off_years or rule.score_threshold is not None or not rule.reservation.is_slack or not known or is_odd:
            message = f"the object model does not know all clauses of {rule.id}"
            raise NotImplementedError(message)
        self.rule, self.id, self.level, self.authority, self.value = rule, rule.id, rule.level, rule.authority, rule.value
        self.quota, self.ladder, self.delay_months = quota, rule.ladder, procedure.delay_months
        self.is_asked_for = rule.is_asked_for
        self.n_used = sum(test.at_least for test in consumed)
        self.left_by_all = (1 - behaviour.consultation_finds) ** procedure.n_bodies * (
            1 - behaviour.posting_finds * min(procedure.posting_days / 10, 1.0)
        )
        self.audit_share, self.appraisers = procedure.audit_share, procedure.appraisers
        self.chances = chances_of_passing(procedure.ballot, behaviour).tolist()
        self._conditions = sorted(rule.conditions, key=_how_late)

    def is_open_in(self, clock: Clock) -> Callable[[Any], bool]:
        """Make all its conditions one function of a candidate; what few can meet is asked first."""
        return all_of([condition_of(condition, clock) for condition in self._conditions])


def _how_late(condition: Condition) -> int:
    """Ask first what few can meet, and last what has many parts."""
    if isinstance(condition, AllOf | AnyOf):
        return 2
    return 0 if isinstance(condition, Test) and condition.fact in _OF_FEW else 1
