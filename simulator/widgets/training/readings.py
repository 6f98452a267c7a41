"""What an exercise reads off a world: a number with its interval, and how far it has moved."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from simulator.experiments.mathematics.statistics import mean_of, verdict
from simulator.presentation.i18n import catalogue, translate
from simulator.presentation.numbers import NumberFormat, Scale
from simulator.presentation.wording import indicator_name, scale_of, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.mathematics.statistics import Verdict
    from simulator.presentation.numbers import Lang

Direction = Literal["more", "less", "same", "unknown"]
_OWN_SCALES: Final = {"turns_on_the_list": Scale.PLAIN, "merit_of_everybody": Scale.PLAIN, "share_reached": Scale.PERCENT}
_PLACES: Final = {Scale.PLAIN: 2, Scale.PERCENT: 1, Scale.MONTHS: 1, Scale.AMOUNT: 0}
_FRACTIONS: Final = {"three_in_a_row": 1}
"""Counts that are means over years, so that they have decimals."""
SAME: Final = "table.interval.none"
"""What stands in the place of an interval where every replication gave one number."""
_DASH: Final = "–"
_NOISE: Final = 1e-9
"""What floating-point arithmetic leaves between numbers that are one."""
_AT_MOST_ONE: Final = frozenset({"merit_kappa", "merit_of_everybody", "repeat_deficit"})
"""Numbers that cannot pass 1, whatever is read; those in per cent lie between none and all."""
_AT_LEAST_NOTHING: Final = frozenset({"three_in_a_row", "time_to_award_months"})
"""People counted, and months gone by: neither is below nothing."""
_EXACTLY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read off a world.

    Attributes
    ----------
    value
        The number; NaN where it is undefined.
    low, high
        Its 95 % interval; of an exact number, the number itself.
    draws
        The number in each replication, in the same order for every setting; empty where there are none.
    """

    value: float
    low: float
    high: float
    draws: tuple[float, ...] = ()

    @classmethod
    def exactly(cls, value: float) -> Reading:
        """Read a number that follows by arithmetic alone."""
        return cls(float(value), float(value), float(value))

    @classmethod
    def mean(cls, draws: Sequence[float]) -> Reading:
        """Read the mean of some replications, with its interval."""
        mean = mean_of(draws)
        return cls(mean.value, *mean.interval(), tuple(float(draw) for draw in draws))

    @property
    def is_exact(self) -> bool:
        """Whether the number has no margin."""
        return self.low == self.high

    @property
    def is_same_every_time(self) -> bool:
        """Whether every replication gave this number: it has no interval, and yet it is simulated, not exact."""
        return bool(self.draws) and math.isfinite(self.value) and max(self.draws) - min(self.draws) <= _NOISE

    @property
    def is_unsure(self) -> bool:
        """Whether there is a number, and nobody can tell how sure it is."""
        return math.isfinite(self.value) and not (math.isfinite(self.low) and math.isfinite(self.high))

    @property
    def direction(self) -> Direction:
        """Tell on which side of nothing the whole interval lies."""
        if not math.isfinite(self.low) or not math.isfinite(self.high):
            return "unknown"
        return "more" if self.low > 0 else "less" if self.high < 0 else "same"


@dataclass(frozen=True, slots=True)
class Change:
    """How far a number has moved from one setting to another.

    Attributes
    ----------
    difference, low, high
        Later minus earlier, with its 95 % interval, in pairs of replications.
    verdict
        What the difference shows.
    is_same_every_time
        Whether every pair of replications gave this difference.
    """

    difference: float
    low: float
    high: float
    verdict: Verdict
    is_same_every_time: bool = False

    @classmethod
    def between(cls, before: Reading, after: Reading, margin: float) -> Change:
        """Compare two readings of one number: replication by replication where there are any, else as exact numbers.

        Parameters
        ----------
        before, after
            The readings.
        margin
            The smallest difference that matters.
        """
        if before.draws and after.draws:
            pairs = Reading.mean([later - earlier for earlier, later in zip(before.draws, after.draws, strict=True)])
            shown = verdict(pairs.low, pairs.high, pairs.value, margin)
            return cls(pairs.value, pairs.low, pairs.high, shown, pairs.is_same_every_time)
        if not (before.is_exact and after.is_exact):
            return cls(after.value - before.value, math.nan, math.nan, "not clear")
        difference = after.value - before.value
        return cls(difference, difference, difference, verdict(difference, difference, difference, margin))

    @property
    def direction(self) -> Direction:
        """Tell where the number went: only a clear difference goes anywhere."""
        if not math.isfinite(self.difference):
            return "unknown"
        return "same" if self.verdict != "clear" else "more" if self.difference > 0 else "less"


def measure_name(name: str, lang: Lang) -> str:
    """Call a number: an indicator by its official name, another as the training does."""
    own = f"training.measure.{name}"
    return translate(own, lang) if own in catalogue(lang) else indicator_name(name, lang)


def measure_format(name: str, lang: Lang) -> NumberFormat:
    """Say how a number is written."""
    own = f"training.measure.{name}" in catalogue(lang)
    scale = _OWN_SCALES.get(name, Scale.AMOUNT) if own else scale_of(name)
    return NumberFormat(lang, scale, _FRACTIONS.get(name, _PLACES.get(scale, 2)))


def measure_unit(name: str, lang: Lang) -> str:
    """Give the unit of a number, as it follows the number."""
    return translate(f"table.unit.value.{measure_format(name, lang).scale}", lang)


def possible(name: str, reading: Reading) -> Reading:
    """Cut the interval of a number where the number itself must end: an interval that is reckoned alike on both sides may pass that."""
    is_share = measure_format(name, "vi").scale is Scale.PERCENT
    low = 0.0 if is_share or name in _AT_LEAST_NOTHING else -math.inf
    high = 1.0 if is_share or name in _AT_MOST_ONE else math.inf
    return replace(reading, low=_between(reading.low, low, high), high=_between(reading.high, low, high))


def _between(number: float, low: float, high: float) -> float:
    return number if math.isnan(number) else min(max(number, low), high)


def write_change(name: str, change: Change, lang: Lang) -> str:
    """Write how far a number moved, with its unit and interval; a dash where nobody knows how sure that is."""
    form = measure_format(name, lang)
    if not math.isfinite(change.low) or not math.isfinite(change.high):
        return _DASH
    moved = with_unit(form.change(change.difference), translate(f"table.unit.difference.{form.scale}", lang))
    if change.is_same_every_time:
        return f"{moved} [{translate(SAME, lang)}]"
    return moved if change.low == change.high else f"{moved} {form.interval(change.low, change.high, signed=True)}".strip()


def write_reading(name: str, reading: Reading, lang: Lang) -> str:
    """Write a number with its unit and its interval; of an exact one, the number alone; of one that is the same every time, that it is."""
    form = measure_format(name, lang)
    if not math.isfinite(reading.value):
        return translate("table.undefined", lang)
    number = with_unit(form.value(reading.value), measure_unit(name, lang))
    if reading.is_same_every_time:
        return f"{number} [{translate(SAME, lang)}]"
    interval = "" if reading.is_exact else form.interval(reading.low, reading.high)
    return f"{number} {interval}".strip()


def is_met(number: float, *, at_least: float | None, at_most: float | None) -> bool:
    """Tell whether a number lies between two bounds, each of which may be missing; an undefined number never does."""
    above = at_least is None or number >= at_least - _EXACTLY
    return math.isfinite(number) and above and (at_most is None or number <= at_most + _EXACTLY)
