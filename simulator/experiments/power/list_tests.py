"""What a real register can be asked, each as a test that raises an alarm or does not; the same families and intervals that ``measure`` uses.

Turn-taking:

``repeat_deficit``
    Winners win again in the next year less often than in any other order of the years (one-sided permutation test at 5 %).
``win_dispersion``
    Wins are spread more evenly than a lottery would: the 95 % interval lies below 1.
``turn_taking_index``
    Those who waited longer were preferred to their equals by rating: the 95 % interval lies above 0.

Leaders:

``equal_opportunity_difference``, ``post_worth``, ``leader_risk_ratio``
    The 95 % interval lies above parity: 0, 0 and 1.
``leader_share``
    The 95 % interval lies above the leaders' share of the members.
``eighty_percent_rule``
    Others are awarded at less than 80 % of the rate of leaders: the rule as it is used, without an interval.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.power.results import LEVEL
from simulator.indicators.intervals import draw_units, sampling_intervals
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.leader_risk import LeaderRisk
from simulator.indicators.panel import Panel
from simulator.indicators.post_worth import PostWorth
from simulator.indicators.repetition import Repetition
from simulator.indicators.rotation import TurnTaking
from simulator.indicators.shares import Shares

if TYPE_CHECKING:
    from simulator._types import BoolArray, FloatArray
    from simulator.history import History
    from simulator.indicators.family import Family
    from simulator.indicators.intervals import Interval

TURN_TESTS: Final = ("repeat_deficit", "win_dispersion", "turn_taking_index")
MERIT_TESTS: Final = ("equal_opportunity_difference", "leader_risk_ratio", "post_worth")
SHARE_TESTS: Final = ("leader_share", "eighty_percent_rule")
_DRAWS: Final = 199
"""Units are drawn anew so often for an interval: fewer than ``measure`` draws, for thousands of lists are tested."""
_PARITY: Final = {"equal_opportunity_difference": 0.0, "post_worth": 0.0, "leader_risk_ratio": 1.0}
_EIGHTY_PERCENT: Final = 0.8


def part_of(history: History, *, years: slice, units: slice) -> History:
    """Cut some years and units out of a list, counted in their order; the labels stay."""
    year, unit = history.years[years], np.arange(history.n_units)[units]
    is_kept: BoolArray = np.isin(history.year, year) & (history.unit_number >= unit[0]) & (history.unit_number <= unit[-1])
    return replace(
        history,
        **{name: getattr(history, name)[is_kept] for name in ("year", "unit", "member", "role")},
        awards={award: column[is_kept] for award, column in history.awards.items()},
        merit=None if history.merit is None else history.merit[is_kept],
        references={name: column[is_kept] for name, column in history.references.items()},
    )


def seen_by_rating(history: History) -> History:
    """Put the rating of the list in the place of merit, as a real list has it."""
    return replace(history, merit=history.references["rating"])


def ask_of_turns(history: History) -> dict[str, bool | None]:
    """Ask a list whether awards went by turn: name → whether the test raises an alarm; ``None`` where the list leaves it nothing to say."""
    rated = seen_by_rating(history)
    repetition, turns = Repetition(Panel(rated)), TurnTaking(Panel(rated, n_memory_years=TurnTaking.n_memory_years))
    found: dict[str, bool | None] = dict.fromkeys(TURN_TESTS)
    if repetition.missing() is None:
        p_value = repetition.beside()["repeat_deficit"]["p_value"]
        is_doubtful = np.isnan(p_value) or "repeat_deficit" in repetition.cautions()
        found["repeat_deficit"] = None if is_doubtful else bool(p_value < LEVEL)
        evenness = _intervals(repetition)["win_dispersion"]
        found["win_dispersion"] = None if evenness is None else evenness.high < 1
    if turns.missing() is None:
        waiting = _intervals(turns)["turn_taking_index"]
        found["turn_taking_index"] = None if waiting is None else waiting.low > 0
    return found


def ask_of_leaders(history: History) -> dict[str, bool | None]:
    """Ask a list whether leaders of equal merit were preferred, by what needs merit: name → whether the test raises an alarm, or ``None``."""
    panel = Panel(history)
    memory = Panel(history, n_memory_years=PostWorth.n_memory_years)
    found: dict[str, bool | None] = {}
    for family in (EqualOpportunity(panel), LeaderRisk(panel), PostWorth(memory)):
        (name,) = family.names
        interval = _intervals(family)[name] if family.missing() is None else None
        found[name] = None if interval is None else interval.low > _PARITY[name]
    return found


def ask_of_shares(history: History) -> dict[str, bool | None]:
    """Ask the same by what needs no merit."""
    family = Shares(Panel(history))
    interval = _intervals(family)["leader_share"]
    members, awarded, leaders, _ = family.components("all")[0]
    n_leaders = float(history.is_leader.sum())
    share = n_leaders / members
    is_told = 0 < n_leaders < members and leaders > 0
    ratio = (awarded - leaders) / (members - n_leaders) / (leaders / n_leaders) if is_told else np.nan
    return {
        "leader_share": None if interval is None else bool(interval.low > share),
        "eighty_percent_rule": bool(ratio < _EIGHTY_PERCENT) if is_told else None,
    }


def _intervals(family: Family) -> dict[str, Interval | None]:
    by_unit = family.components("unit")
    found = sampling_intervals(family.combine, by_unit, _draws(len(by_unit)), family.takes_part(by_unit))
    return {name: found.get(name) for name in family.names}


@lru_cache(maxsize=8)
def _draws(n_units: int) -> FloatArray:
    """Draw units once for all lists that have as many."""
    return draw_units(n_units, _DRAWS, 0)
