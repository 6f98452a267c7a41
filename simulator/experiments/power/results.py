"""What a study of power holds: how often each test raised an alarm on lists in which it was known whether it should."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Final, Literal

from simulator.experiments.results.records import BilingualText, Record  # pydantic needs the type at run time

if TYPE_CHECKING:
    from collections.abc import Iterable

LEVEL: Final = 0.05
"""How often a test may raise a false alarm."""
TARGET: Final = 0.8
"""The power at which a test is said to see something."""
FEWEST_LISTS: Final = math.ceil(TARGET / (1 - TARGET) * NormalDist().inv_cdf(1 - LEVEL / 2) ** 2)
"""Of fewer lists, not even an alarm in every one shows that a test surely reaches the target: the Wilson interval of all of them begins below it."""
Reach = Literal["yes", "unsure", "no"]
Way = Literal["none", "lot", "weighed", "whole-years", "strict"]
Basis = Literal["exact", "rating", "none"]


@dataclass(frozen=True)
class Rate(Record):
    """How often a test raised an alarm, with its 95 % interval (Wilson).

    ``undefined`` counts the lists that left the test nothing to say, which raise no alarm; ``reaches`` says whether the whole interval lies at or above the
    target (*yes*), below it (*no*), or neither.
    """

    lists: int
    alarms: int
    undefined: int
    rate: float
    low: float
    high: float
    reaches: Reach

    @property
    def is_short(self) -> bool:
        """Whether nobody can say that the target is reached for want of lists alone."""
        return self.reaches == "unsure" and self.lists < FEWEST_LISTS


@dataclass(frozen=True)
class TurnRate(Record):
    """One test of turn-taking, on lists of so many units and years in which turns were planted one way, with this weight or share."""

    test: str
    way: Way
    turn: float
    units: int
    years: int
    found: Rate


@dataclass(frozen=True)
class BiasRate(Record):
    """One indicator of leader bias, by exact merit, by a rating or by none, on lists in which a bonus of so many standard deviations was planted for leading posts.

    ``leader_merit`` is by how much leaders were truly better: without a bonus, an alarm is then false.
    """

    indicator: str
    basis: Basis
    bonus: float
    leader_merit: float
    found: Rate


@dataclass(frozen=True)
class ListsLaidOut(Record):
    """How the lists were laid out: after a scenario's units, or after those of a register.

    The scenario was thinned to about ``members_asked`` members (not at all where null); ``cycle`` is how many years it takes until everybody has had a turn.
    """

    kind: Literal["scenario", "register"]
    title: BilingualText | None
    members_asked: int | None
    members_in_scenario: int | None
    units: int
    units_left_out: int
    members: int
    leaders: int
    years: int
    cycle: float


@dataclass(frozen=True)
class Power(Record):
    """Which turns a list can show, and which indicator of leader bias can be trusted.

    ``bias_units`` and ``bias_years`` are those of the lists of the second question; ``numbers`` are the assumptions people were made by.
    """

    laid_out: ListsLaidOut
    replications: int
    failed: int
    seed: int
    numbers: dict[str, float]
    turns: list[TurnRate]
    bias: list[BiasRate]
    bias_units: int
    bias_years: int

    def turn_rates(self, test: str) -> list[TurnRate]:
        """Return all rates of one test of turn-taking."""
        return [each for each in self.turns if each.test == test]

    def units(self) -> list[int]:
        """Return the numbers of units that were tried, the smallest first."""
        return sorted({each.units for each in self.turns})

    def years(self) -> list[int]:
        """Return the numbers of years that were tried, the smallest first."""
        return sorted({each.years for each in self.turns})

    def runs_needed(self, of: Literal["turns", "bias"] = "turns") -> int | None:
        """Give how many runs make lists enough of every size for one question; ``None`` where there are enough."""
        rates: list[Rate] = [each.found for each in (self.turns if of == "turns" else self.bias)]
        fewest = min((rate.lists for rate in rates), default=FEWEST_LISTS)
        return None if fewest >= FEWEST_LISTS else math.ceil(FEWEST_LISTS * (self.replications - self.failed) / fewest)


def rate_of(outcomes: Iterable[bool | None]) -> Rate:
    """Count alarms, and say whether they reach the target."""
    from scipy.stats import binomtest  # noqa: PLC0415  # a slow import; who only reads results does without

    told = list(outcomes)
    lists, alarms = len(told), sum(1 for each in told if each)
    interval = binomtest(alarms, lists).proportion_ci(method="wilson")
    low, high = float(interval.low), float(interval.high)
    reaches: Reach = "yes" if low >= TARGET else "no" if high < TARGET else "unsure"
    return Rate(lists, alarms, sum(each is None for each in told), alarms / lists, low, high, reaches)
