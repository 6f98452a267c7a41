"""Tell award inflation (tràn lan): whether award points grow faster than merit.

``excess_inflation``
    X = [ln(V_T/V_0) − ln(V*_T/V*_0)] / T a year. V_t are award points per head, each award weighing its statutory bonus;
    V*_t is what year 0's standards would have given for the merit of year t: Σ_j v_j Σ_i f_j(M_it), with f_j the probability
    of award j given merit fitted in year 0 (logistic regression). Year 0 is the last year before the judged ones, or the first
    year of a list.

On a real list whose merit is a rating of a few classes, or piles up at its top, nobody can say how far better ratings are better work: then the value is
unknown and only bounds are given (:mod:`~simulator.indicators.inflation_bounds`).

After model.md A.3 with correction 00.9: a fitted probability, not a sharp cut-off, because a cut-off reads −0.02 a year from
appraisal noise alone. Merit is read in steps of 1/8 standard deviation.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.family import NO_BASE_YEAR, TOO_FEW_YEARS, Family, has_the_rarer, split
from simulator.indicators.grouping import all_or_none
from simulator.indicators.inflation_bounds import NOT_IDENTIFIED, Standing, bound_excess, hides_change
from simulator.lookups import fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.history import History
    from simulator.indicators.family import Told
    from simulator.indicators.grouping import Grouping

NO_MERIT_OF_AWARDED: Final = "caveat.no-merit-of-awarded"
"""Merit is missing for all who were awarded in year 0, or in the last year."""
_STEP: Final = 0.125
_RANGE: Final = 8.0
_N_BINS: Final = int(2 * _RANGE / _STEP)
_CENTRES: Final = (np.arange(_N_BINS) + 0.5) * _STEP - _RANGE
_N_NEWTON_STEPS: Final = 30
_CONVERGED: Final = 1e-11
_STEEPEST: Final = 40.0
_RIDGE: Final = 1e-6
_EIGHT: Final = 8
_FITS_KEPT: Final = 4


class ExcessInflation(Family):
    """Growth of award points beyond growth of merit."""

    names = ("excess_inflation",)

    def lacks(self) -> str | None:
        """Need of a part no more than merit and a later year: awards in the base year may be told by another."""
        return self._lacks_columns() if self.panel.is_part else self.missing()

    def _lacks_columns(self) -> str | None:
        history = self.panel.history
        if history.merit is None:
            return self._no_merit()
        return TOO_FEW_YEARS if not len(self.panel.judged_years) or self._last_year == base_year(history) else None

    def missing(self) -> str | None:
        """Need merit, a base year with awards, and a later year."""
        history = self.panel.history
        if (lacks := self._lacks_columns()) is not None:
            return lacks
        if not self._has_awards(rows_of_year(history, base_year(history))):
            return NO_BASE_YEAR
        if any(self._lacks_merit_of_awarded(year) for year in (base_year(history), self._last_year)):
            return NO_MERIT_OF_AWARDED
        is_real_list = history.tie is None  # simulated merit is merit itself
        return NOT_IDENTIFIED if is_real_list and hides_change(self._standing_in(base_year(history)), self._standing_in(self._last_year)) else None

    def is_alike(self) -> bool:
        """Ask whether every replication has awards in year 0, or none, and whether merit is known of everybody."""
        history = self.panel.history
        if history.n_replications == 1 or history.merit is None:
            return True
        return is_awarded_alike(history, base_year(history)) and not np.isnan(history.merit).any()

    def _lacks_merit_of_awarded(self, year: int) -> bool:
        """Say whether there were awards in the year, but of nobody awarded merit is known."""
        return self._has_awards(rows_of_year(self.panel.history, year)) and not self._has_awards(self._rows_of(year))

    def _has_awards(self, rows: slice | IndexArray) -> bool:
        return any(is_awarded[rows].any() for is_awarded in self.panel.history.awards.values())

    def bounds(self) -> Mapping[str, tuple[float, float | None]]:
        """Read the change of ratings as favourably, and as unfavourably, as it can be."""
        if self.missing() != NOT_IDENTIFIED:
            return {}
        first, last = base_year(self.panel.history), self._last_year
        bounds = bound_excess(self._standing_in(first), self._standing_in(last))
        if bounds is None:
            return {}
        low, high = bounds
        return {"excess_inflation": (low / (last - first), None if high is None else high / (last - first))}

    def components(self, by: str) -> FloatArray:
        """Count, by merit bin: members and awards of year 0, members of the last year; and the last year's award points."""
        group = self.panel.grouping_of_history(by)
        return np.hstack([self._count_of_base_year(group), self._count_of_year(self._last_year, group)])

    def takes_part(self, by_unit: FloatArray) -> Mapping[str, BoolArray]:
        """Count the units with awards in year 0, or in the last year where they are fewer."""
        _, awarded, _, points = split(by_unit, _N_BINS, by_unit.shape[1] - 2 * _N_BINS - 1, _N_BINS, 1)
        return {"excess_inflation": has_the_rarer(awarded.sum(axis=1, keepdims=True), points)}

    def combine(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Fit year 0's standards, apply them to both years' merit, and compare growth, a year."""
        base, later = split(sums, sums.shape[1] - _N_BINS - 1, _N_BINS + 1)
        members, awarded = _members_and_awarded(base)
        fit = _fit_or_recall if len(sums) == 1 else fit_award_probability  # of the history itself; what is resampled comes once
        standards = fit(members.reshape(-1, _N_BINS), awarded.reshape(-1, _N_BINS)).reshape(members.shape)
        return {"excess_inflation": self._log_excess(base, standards, later) / self._n_years_between}

    def combine_each(self, sums: FloatArray) -> Mapping[str, FloatArray]:
        """Do the same with the standards of each replication, which are fitted together."""
        base, later = split(sums, sums.shape[1] - _N_BINS - 1, _N_BINS + 1)
        return {"excess_inflation": self._log_excess(base, _standards_of(base), later) / self._n_years_between}

    @property
    def _n_years_between(self) -> int:
        return self._last_year - base_year(self.panel.history)

    def rests_on(self, sums: FloatArray) -> Mapping[str, int]:
        """Count awards of year 0 and of the last year, of all kinds, to people whose merit is known."""
        del sums
        rows = [self._rows_of(base_year(self.panel.history)), self._rows_of(self._last_year)]
        return {"excess_inflation": sum(int(given[of_year].sum()) for given in self.panel.history.awards.values() for of_year in rows)}

    def sums_of_years(self) -> FloatArray:
        """(n_replications * n_years, n_counts) members by merit bin, and award points, of each judged year."""
        everybody = self.panel.grouping_of_history("all")
        counts = np.stack([self._count_of_year(int(year), everybody) for year in self.panel.judged_years], axis=1)
        return counts.reshape(-1, counts.shape[-1])

    def course_of(self, told: Told) -> Mapping[str, FloatArray]:
        """Give the whole excess, ln(V_t/V_0) − ln(V*_t/V*_0), reached by each judged year."""
        assert told.of_years is not None  # noqa: S101 - whoever asks has wanted it; this tells mypy
        base, _ = split(told.sums, told.sums.shape[1] - _N_BINS - 1, _N_BINS + 1)
        n_years = len(told.of_years) // len(base)
        of_years, standards = (np.repeat(of_replication, n_years, axis=-2) for of_replication in (base, _standards_of(base)))
        return {"excess_inflation": self._log_excess(of_years, standards, told.of_years)}

    @property
    def _last_year(self) -> int:
        return int(self.panel.history.years[-1])

    def _bin_of_merit(self, rows: slice | IndexArray) -> IndexArray:
        """(n,) bin of the merit of some rows, standardised on year 0 when the list is not in standard deviations already."""
        merit = np.asarray(self.panel.history.merit)[rows].astype(np.float64)
        if self.panel.history.tie is None:  # a real list: any scale
            mean, spread = self._scale
            merit = (merit - mean) / spread
        merit += _RANGE
        merit /= _STEP
        return np.clip(merit, 0, _N_BINS - 1, out=merit).astype(np.int64)

    @cached_property
    def _scale(self) -> tuple[float, float]:
        """Mean and standard deviation of merit in year 0."""
        history = self.panel.history
        base = np.asarray(history.merit, dtype=np.float64)[history.year == base_year(history)]
        return float(np.nanmean(base)), float(np.nanstd(base)) or 1.0

    @cached_property
    def _points(self) -> FloatArray:
        """(n_rows,) award points of each member and year."""
        return award_points(self.panel.history)

    def _standing_in(self, year: int) -> Standing:
        rows = self._rows_of(year)
        return Standing(np.asarray(self.panel.history.merit, dtype=np.float64)[rows], self._points[rows])

    def _rows_of(self, year: int) -> slice | IndexArray:
        """Give the rows of a year in which merit is known."""
        rows = rows_of_year(self.panel.history, year)
        is_known = ~np.isnan(np.asarray(self.panel.history.merit)[rows])
        return rows if is_known.all() else np.arange(len(self.panel.history.year))[rows].compress(is_known)

    def _count_of_base_year(self, group: Grouping) -> FloatArray:
        rows, awards = self._rows_of(base_year(self.panel.history)), self.panel.history.awards
        of_year, cell = group.of(rows), self._bin_of_merit(rows)
        counts = [of_year.add_up(cell=cell, n_cells=_N_BINS)]
        counts += [of_year.add_up(is_awarded[rows], cell=cell, n_cells=_N_BINS) for is_awarded in awards.values()]
        return np.hstack(counts)

    def _count_of_year(self, year: int, group: Grouping) -> FloatArray:
        rows = self._rows_of(year)
        of_year = group.of(rows)
        return np.hstack([of_year.add_up(cell=self._bin_of_merit(rows), n_cells=_N_BINS), of_year.add_up(self._points[rows])])

    def _log_excess(self, base: FloatArray, standards: FloatArray, later: FloatArray) -> FloatArray:
        """Compare growth between (n, n_counts) of year 0, whose standards are (n_awards, n, n_bins), and (n, n_counts) of a later year."""
        history = self.panel.history
        worth = [history.award_values.get(award, 1.0) for award in history.awards]
        members, *awarded = split(base, *[_N_BINS] * (len(worth) + 1))
        heads, points = split(later, _N_BINS, 1)
        before = sum(value * counts.sum(axis=1) for value, counts in zip(worth, awarded, strict=True))
        expected_before, expected_later = np.zeros(len(base)), np.zeros(len(later))
        for value, probability in zip(worth, standards, strict=True):
            expected_before += value * (probability * members).sum(axis=1)
            expected_later += value * (probability * heads).sum(axis=1)
        # Points per head, so the number of heads cancels between the two growths.
        return log_ratio(points[:, 0], np.asarray(before)) - log_ratio(expected_later, expected_before)


def base_year(history: History) -> int:
    """Year 0: the last year before the judged ones, or the first year of a list without memory."""
    return int(history.years[max(history.n_history_years - 1, 0)])


def rows_of_year(history: History, year: int) -> slice | IndexArray:
    """Give the rows of a year that is on the list."""
    return history.rows_of_years[int(np.searchsorted(history.years, year))]


def is_awarded_alike(history: History, year: int) -> bool:
    """Say whether in that year of every replication there was an award of some kind, or of none."""
    rows = rows_of_year(history, year)
    is_awarded = np.any([given[rows] for given in history.awards.values()], axis=0)
    return all_or_none(np.bincount(history.replication[rows], is_awarded, history.n_replications) > 0)


def _members_and_awarded(counts: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Part (n, n_counts) of year 0 into members and winners by merit bin: (n_awards, n, n_bins) each."""
    members, *awarded = split(counts, *[_N_BINS] * (counts.shape[1] // _N_BINS))
    return np.stack([members] * len(awarded)), np.stack(awarded)


def award_points(history: History) -> FloatArray:
    """(n_rows,) float64 award points: the worth of all awards of each member and year; an award whose worth is not known weighs 1."""
    return history.award_points


def _standards_of(base: FloatArray) -> FloatArray:
    """(n_awards, n_replications, n_bins) probability of each award given merit, as (n_replications, n_counts) of year 0 give it; the fits are handfuls of small columns, so all are made at once."""
    members, awarded = _members_and_awarded(base)
    return _fit_or_recall(members.swapaxes(0, 1), awarded.swapaxes(0, 1)).swapaxes(0, 1)


def fit_award_probability(members: FloatArray, awarded: FloatArray) -> FloatArray:
    """Fit the probability of an award given merit, by logistic regression on merit bins.

    Parameters
    ----------
    members, awarded
        (n, n_bins) members, and awarded members, in each merit bin; one row for each fit. Or (n_lists, n, n_bins): the rows of one list take as many steps as the
        slowest of them, whatever other lists there are.

    Returns
    -------
        Probabilities of the same shape. Nobody or everybody awarded gives 0 or 1; a perfect separation is fitted as steeply as
        40 per standard deviation.
    """
    shape = members.shape
    members, awarded = (counts.reshape(-1, *shape[-2:]) for counts in (members, awarded))
    n, k = members.sum(axis=-1), awarded.sum(axis=-1)
    slope = np.zeros_like(n)  # from a flat start Newton's steps do not circle
    intercept = np.log(np.clip(k, 0.5, None) / np.clip(n - k, 0.5, None))
    inner = _occupied(members)
    heads, winners, centres = members[..., inner], awarded[..., inner], _CENTRES[inner]
    squares = centres**2
    left = np.arange(len(members))
    for _ in range(_N_NEWTON_STEPS):
        of_left = slice(None) if len(left) == len(members) else left
        probability = _logistic(intercept[of_left, :, None] + slope[of_left, :, None] * centres)
        expected = heads[of_left] * probability
        residual = winners[of_left] - expected
        weight = expected * (1 - probability)
        gradient = residual.sum(axis=-1), (residual * centres).sum(axis=-1)
        a, b, c = weight.sum(axis=-1) + _RIDGE, (weight * centres).sum(axis=-1), (weight * squares).sum(axis=-1) + _RIDGE
        determinant = a * c - b * b
        step_intercept = (c * gradient[0] - b * gradient[1]) / determinant
        step_slope = (a * gradient[1] - b * gradient[0]) / determinant
        longest = np.maximum(1.0, np.maximum(np.abs(step_intercept), np.abs(step_slope)) / 4)
        intercept[of_left] = np.clip(intercept[of_left] + step_intercept / longest, -_STEEPEST * _RANGE, _STEEPEST * _RANGE)
        slope[of_left] = np.clip(slope[of_left] + step_slope / longest, -_STEEPEST, _STEEPEST)
        left = left[~(np.maximum(np.abs(step_intercept), np.abs(step_slope)).max(axis=1, initial=0) < _CONVERGED)]
        if not len(left):
            break
    left = np.arange(len(members))
    for _ in range(_N_NEWTON_STEPS):  # with the slope settled, as many must be awarded as were
        of_left = slice(None) if len(left) == len(members) else left
        probability = _logistic(intercept[of_left, :, None] + slope[of_left, :, None] * centres)
        expected = heads[of_left] * probability
        weight = (expected * (1 - probability)).sum(axis=-1) + _RIDGE
        step_intercept = np.clip((k[of_left] - expected.sum(axis=-1)) / weight, -1, 1)
        intercept[of_left] += step_intercept
        left = left[~(np.abs(step_intercept).max(axis=1, initial=0) < _CONVERGED)]
        if not len(left):
            break
    probability = _logistic(intercept[..., None] + slope[..., None] * _CENTRES)
    probability[k == 0] = 0.0
    probability[(k == n) & (n > 0)] = 1.0
    return probability.reshape(shape)


def _fit_or_recall(members: FloatArray, awarded: FloatArray) -> FloatArray:
    """Fit as :func:`fit_award_probability`; the histories of all options go on from one year 0, whose standards are fitted once."""
    return _fitted(members.shape, members.astype(np.float64).tobytes(), awarded.astype(np.float64).tobytes())


@lru_cache(maxsize=_FITS_KEPT)
def _fitted(shape: tuple[int, ...], members: bytes, awarded: bytes) -> FloatArray:
    return fixed(fit_award_probability(np.frombuffer(members).reshape(shape), np.frombuffer(awarded).reshape(shape)))


def _occupied(members: FloatArray) -> slice:
    """Find the bins that hold anybody, in whole eights: numpy adds up by eights, and leaving out eights of nothing moves no digit."""
    eights = np.flatnonzero(members.reshape(-1, _N_BINS // _EIGHT, _EIGHT).any(axis=(0, 2)))
    return slice(int(eights[0]) * _EIGHT, (int(eights[-1]) + 1) * _EIGHT) if len(eights) else slice(_EIGHT)


def _logistic(values: FloatArray) -> FloatArray:
    odds: FloatArray = np.tanh(0.5 * values)
    return 0.5 * (1 + odds)


def log_ratio(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Take the logarithm of a ratio; undefined (NaN) unless both are above nothing."""
    defined = (numerator > 0) & (denominator > 0)
    return np.where(defined, np.log(np.where(defined, numerator, 1.0) / np.where(defined, denominator, 1.0)), np.nan)
