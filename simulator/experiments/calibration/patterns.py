"""Patterns that a believable model shows (model.md C.7), each one number read from a history.

*Which question does this module answer?* How strong is a known regularity in this list of awards? *What does it refuse to know?* What the number should
be: targets stand in ``scenarios/patterns.yaml``. *Where to start:* :func:`leader_rate_ratio`.

Ratios are pooled by Mantel and Haenszel inside strata, and one award more, given at parity, is counted in: so few awards never read infinite, and many
hardly notice. Only judged years count. What cannot be read is NaN.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.indicators.careers import Careers
from simulator.indicators.panel import Panel
from simulator.indicators.timeliness import lags_of
from simulator.lookups import codes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from simulator._types import BoolArray, FloatArray, IndexArray
    from simulator.history import History

_NEAR_THE_LINE: Final = 2
_FEWEST_PAIRS: Final = 3


def one_year_stability(history: History) -> float:
    """Correlate the merit of a member in two years that follow one another.

    Returns
    -------
        On [−1, 1]; √ω·a + √(1−ω)·z gives ω + (1−ω)φ where the criterion shows all of it.
    """
    if history.merit is None:
        return math.nan
    careers = Careers(history)
    table = np.full((careers.n_members, len(careers.years)), np.nan)
    table[careers.member, careers.year_index] = history.merit
    table = table[:, np.searchsorted(careers.years, history.judged_years[0]) :] if len(history.judged_years) else table[:, :0]
    before, after = table[:, :-1].reshape(-1), table[:, 1:].reshape(-1)
    is_pair = ~np.isnan(before) & ~np.isnan(after)
    if is_pair.sum() < _FEWEST_PAIRS:
        return math.nan
    return float(np.corrcoef(before[is_pair], after[is_pair])[0, 1])


def leader_rate_ratio(history: History, awards: Collection[str] | None = None) -> float:
    """Compare the award rate of leaders with that of others of their unit (fact 1).

    Parameters
    ----------
    history
        With roles.
    awards
        Whose winners count; by default those of the focus award.

    Returns
    -------
        Above 0; 1 is parity, pooled over units.
    """
    rows = np.flatnonzero(_is_judged(history))
    wins = _wins(history, awards or (history.focus_award,))[rows]
    leads, unit = history.is_leader[rows], codes(history.unit[rows])
    return _pooled_ratio(wins, np.ones(len(rows)), leads, unit)


def gap_widening(history: History) -> float:
    """Tell how many times larger the advantage of leaders is in the yearly awards above the focus award than in the focus award itself (fact 2)."""
    higher = awards_above_focus(history)
    if not higher or not any(history.awards[award].any() for award in higher):
        return math.nan
    return leader_rate_ratio(history, higher) / leader_rate_ratio(history)


def awards_per_head(history: History, awards: Collection[str]) -> float:
    """Count some awards a head and year (fact 8)."""
    rows = np.flatnonzero(_is_judged(history))
    return float(_wins(history, awards)[rows].mean()) if len(rows) else math.nan


def later_success_ratio(history: History, n_years: int = 5) -> float:
    """Compare what those just above and just below the line win later, when they were equally good (fact 12).

    Candidates within two places of the line by merit count, those who won against those who did not, at the same place and in the same kind of post.
    A later success is a year with the focus award or a higher one, of the next years in which the member is still there.

    Parameters
    ----------
    history
        With merit.
    n_years
        Years looked at after the line was drawn, as far as the list goes.

    Returns
    -------
        Above 0; 1 where an award changes nothing, below 1 where others have their turn next.
    """
    if history.merit is None:
        return math.nan
    panel, careers = Panel(history), Careers(history)
    n_better, _ = panel.merit_standing
    place = n_better - panel.n_awards
    is_near = (place >= -_NEAR_THE_LINE) & (place < _NEAR_THE_LINE) & (careers.year_index[panel.rows] < len(careers.years) - 1)
    rows = panel.rows[is_near]
    if not len(rows):
        return math.nan
    is_success = _wins(history, (history.focus_award, *awards_above_focus(history))) > 0
    member, year_index = careers.member[rows], careers.year_index[rows]

    def later(flags: BoolArray) -> FloatArray:
        running = np.cumsum(careers.flags(flags), axis=1, dtype=np.int64)
        last = np.minimum(year_index + n_years, len(careers.years) - 1)
        count: FloatArray = (running[member, last] - running[member, year_index]).astype(np.float64)
        return count

    stratum = codes((place[is_near] + _NEAR_THE_LINE) * 2 + history.is_leader[rows])
    return _pooled_ratio(later(is_success), later(np.ones(len(history.year), dtype=np.bool_)), history.is_awarded[rows], stratum)


def year_round_share(history: History) -> float:
    """Give the share of answered achievements that waited for the yearly round (fact 15)."""
    achievements = history.achievements
    if achievements is None:
        return math.nan
    is_answered = ~np.isnan(lags_of(achievements)) & np.isin(achievements.year, history.judged_years)
    return float(1 - achievements.is_ad_hoc[is_answered].mean()) if is_answered.any() else math.nan


def awards_above_focus(history: History) -> tuple[str, ...]:
    """Name the awards of the yearly round of a higher level than the focus award."""
    level = history.award_levels.get(history.focus_award, 0)
    # An award that only ever came ad hoc is no step above a yearly title, whatever its level.
    return tuple(award for award in history.awards if history.award_levels.get(award, 0) > level and _comes_with_the_round(history, award))


def _comes_with_the_round(history: History, award: str) -> bool:
    return award not in history.outside or bool(history.in_the_round(award).any())


def _is_judged(history: History) -> BoolArray:
    is_judged: BoolArray = np.isin(history.year, history.judged_years)
    return is_judged


def _wins(history: History, awards: Collection[str] | Sequence[str]) -> FloatArray:
    """(n_rows,) how many of these awards each row won."""
    wins = np.zeros(len(history.year))
    for award in awards:
        wins += history.awards[award]
    return wins


def _pooled_ratio(events: FloatArray, exposure: FloatArray, is_exposed: BoolArray, stratum: IndexArray) -> float:
    """Pool a ratio of rates over strata: Σ x₁T₀/T ÷ Σ x₀T₁/T, one event at parity added.

    Parameters
    ----------
    events, exposure
        (n,) events of each row, and the time (or rows) in which they could happen.
    is_exposed
        (n,) which rows are compared with the others.
    stratum
        (n,) number of each row's stratum, from 0.
    """

    def add_up(values: FloatArray, where: BoolArray) -> FloatArray:
        total: FloatArray = np.bincount(stratum[where], weights=values[where], minlength=n_strata).astype(np.float64)
        return total

    n_strata = int(stratum.max(initial=-1)) + 1
    x1, t1 = add_up(events, is_exposed), add_up(exposure, is_exposed)
    x0, t0 = add_up(events, ~is_exposed), add_up(exposure, ~is_exposed)
    total = t1 + t0
    is_mixed = (t1 > 0) & (t0 > 0)
    if not is_mixed.any():
        return math.nan
    x1, t1, x0, t0 = x1[is_mixed], t1[is_mixed], x0[is_mixed], t0[is_mixed]
    total = total[is_mixed]
    one_at_parity = float((t1 * t0 / total).sum() / total.sum())
    return float(((x1 * t0 / total).sum() + one_at_parity) / ((x0 * t1 / total).sum() + one_at_parity))
