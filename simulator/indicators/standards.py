"""Tell how far the standards of an award have moved, in standard deviations of what decides: merit, seen through appraisal and all.

Expected at year 0's standards are r*_T of the members, awarded are r_T; so the bar has fallen by d = [Φ⁻¹(1 − r*_T) − Φ⁻¹(1 − r_T)] / T a year
(model.md A.3), where what decides is normal. It says of one award and in steps of a scale what ``excess_inflation`` says of all awards in logarithms.
"""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from simulator.indicators.inflation import ExcessInflation, base_year
from simulator.indicators.panel import Panel

if TYPE_CHECKING:
    from simulator.history import History


def fall_of_standards(history: History) -> float:
    """Give the yearly fall of the focus award's bar, in standard deviations of what decides.

    Returns
    -------
        Above 0: the award has become easier. NaN where excess inflation is undefined, or where nobody or everybody is awarded or expected to be.
    """
    of_focus = replace(history, awards={history.focus_award: history.is_awarded}, award_values={})
    family = ExcessInflation(Panel(of_focus))
    if family.missing() is not None:
        return math.nan
    last_year = int(history.years[-1])
    n_years = last_year - base_year(history)
    is_counted = (history.year == last_year) & ~np.isnan(np.asarray(history.merit))
    awarded = float(history.is_awarded[is_counted].mean())
    expected = awarded * math.exp(-n_years * family.values()["excess_inflation"])
    if not (0 < awarded < 1 and 0 < expected < 1):
        return math.nan
    bar = NormalDist().inv_cdf
    return (bar(1 - expected) - bar(1 - awarded)) / n_years
