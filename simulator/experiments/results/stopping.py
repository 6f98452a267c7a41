"""When enough replications have been run: the differences that matter are known closely, and stay so for a while.

After Hoad, Robinson and Davies: replications go on, one after the other, until the 95 % interval of every primary difference is narrow, and has stayed narrow for five
replications more, because an interval of few may be narrow by luck. Narrow means that its half-width is at most a fifth of the margin of the indicator, or 5 % of
the difference where that is more. All that was run counts. Where the rule stops depends on the results alone, in the order of their numbers: never on who computes
them, nor in how many processes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from simulator.experiments.mathematics.statistics import LEAST_SHARE_DEFINED, PRIMARY, mean_of
from simulator.experiments.results.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

START: Final = 10
"""Replications before it is looked for the first time whether they are enough."""
LOOK_AHEAD: Final = 5
"""Replications through which they must stay enough."""
CAP: Final = 200
"""The most replications of a scenario that does not say how many."""
SHARE_OF_MARGIN: Final = 0.2
"""Part of a margin that is precise enough: .01 for the indicators whose margin is .05."""
SHARE_OF_DIFFERENCE: Final = 0.05
FEWEST_FOR_AN_INTERVAL: Final = 2

Reason = Literal["precise", "cap", "asked"]


@dataclass(frozen=True)
class WideDifference(Record):
    """A difference whose 95 % interval is wider than it should be: half its width, and what that should be at most; undefined where there is no interval."""

    option: str
    indicator: str
    half_width: float | None
    tolerance: float | None


@dataclass(frozen=True)
class Stopping(Record):
    """Why no more replications were run.

    ``reason`` is *precise* where the primary differences were known closely and stayed so; *cap* where so many were run as were allowed; *asked* where their number
    was fixed beforehand. ``cap`` is the most that would have been run, ``wide`` the primary differences that were not known closely at the end.
    """

    reason: Reason
    cap: int
    start: int = START
    look_ahead: int = LOOK_AHEAD
    wide: list[WideDifference] | None = None


class Watch:
    """Watches differences as replications come in, one after the other.

    Parameters
    ----------
    margins
        Indicator → smallest difference worth a word.
    cap
        The most replications.

    Attributes
    ----------
    n
        Replications taken.
    """

    def __init__(self, margins: Mapping[str, float], cap: int) -> None:
        self.cap = cap
        self.n = 0
        self._margins = margins
        self._differences: dict[tuple[str, str], list[float]] = {}
        self._n_narrow = 0

    @property
    def is_precise(self) -> bool:
        """Whether the differences are known closely, and have stayed so."""
        return self._n_narrow > LOOK_AHEAD

    def take(self, differences: Mapping[tuple[str, str], float]) -> None:
        """Take what a replication gave: option and indicator → difference; undefined is NaN."""
        self.n += 1
        for name, difference in differences.items():
            self._differences.setdefault(name, []).append(difference)
        if self.n >= START:
            self._n_narrow = 0 if any(True for _ in self._wide()) else self._n_narrow + 1

    def expected(self) -> int:
        """Guess how many replications it will have been in the end: as many as make each interval narrow if the spread stays as it is."""
        if self.is_precise:
            return self.n
        if self._n_narrow or self.n < START:
            return min(self.cap, max(self.n, START) + LOOK_AHEAD + (1 - self._n_narrow if self._n_narrow else 0))
        needed = max((self.n * (half / tolerance) ** 2 if tolerance > 0 else math.inf for _, half, tolerance in self._wide()), default=0.0)
        return min(self.cap, math.ceil(min(needed, self.cap)) + LOOK_AHEAD)

    def conclude(self, *, is_asked: bool = False) -> Stopping:
        """Say why it ended here."""
        reason: Reason = "asked" if is_asked else "precise" if self.is_precise else "cap"
        wide = [WideDifference(*name, _defined(half), _defined(tolerance)) for name, half, tolerance in self._wide()]
        return Stopping(reason, self.cap, wide=wide)

    def _wide(self) -> Iterator[tuple[tuple[str, str], float, float]]:
        """Give each difference whose interval is not narrow, with half its width and what that should be; one that is hardly ever defined has no verdict to wait for."""
        for name, values in self._differences.items():
            mean = mean_of(values)
            if mean.n < LEAST_SHARE_DEFINED * len(values):
                continue
            low, high = mean.interval()
            half, tolerance = (high - low) / 2, max(SHARE_OF_MARGIN * self._margins.get(name[1], 0.0), SHARE_OF_DIFFERENCE * abs(mean.value))
            if mean.n < FEWEST_FOR_AN_INTERVAL or not half <= tolerance:
                yield name, half, tolerance


def primary_differences(
    by_rules: Mapping[str, Mapping[str, float]], baseline: str, options: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """Give the primary differences of one replication.

    Parameters
    ----------
    by_rules
        Key of some rules → indicator → value.
    baseline
        Key of the rules that all are compared with.
    options
        Id and key of each option.
    """
    of_baseline = by_rules[baseline]
    return {(option, name): by_rules[key][name] - of_baseline[name] for option, key in options if key != baseline for name in PRIMARY}


def _defined(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
