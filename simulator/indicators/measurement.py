"""Measure a history: every indicator with its interval and its caveat.

Intervals are of sampling error and nothing else: what another draw of units would change. A list holds neither the error of simulating nor the spread over
assumptions. How they are found, by the number of units, is in :mod:`simulator.indicators.intervals`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping  # noqa: TC003  # whoever reads a measurement back needs the type at run time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulator.indicators.allocation_mix import AllocationMix
from simulator.indicators.chasing import AwardsOwedToChasing
from simulator.indicators.concentration import Concentration
from simulator.indicators.coverage import FiveYearCoverage
from simulator.indicators.discovery import DiscoveryRecall
from simulator.indicators.family import MERIT_OF_ONE_SIDE, NOTHING_CONTESTED
from simulator.indicators.growth import AwardLevelGrowth, AwardVolumeGrowth
from simulator.indicators.inflation import ExcessInflation
from simulator.indicators.intervals import RANDOMISATION, Interval, draw_units, sampling_intervals
from simulator.indicators.leader_bias import EqualOpportunity
from simulator.indicators.leader_risk import LeaderRisk
from simulator.indicators.merit_alignment import MeritCeiling, MeritKappa
from simulator.indicators.panel import Panel
from simulator.indicators.paperwork import Cost, Dossiers
from simulator.indicators.places import ApprovalRate, FillRate
from simulator.indicators.post_worth import PostWorth
from simulator.indicators.precision import PrecisionAtK
from simulator.indicators.ratchet import RatchetIndex
from simulator.indicators.regret import Regret
from simulator.indicators.repetition import Repetition
from simulator.indicators.rotation import LastWinnerPenalty, TurnTaking
from simulator.indicators.shares import Shares
from simulator.indicators.timeliness import Timeliness
from simulator.indicators.unexplained_gap import UnexplainedGap
from simulator.randomness import check_seed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulator._types import FloatArray
    from simulator.history import History
    from simulator.indicators.family import Family

FAMILIES: Final[tuple[type[Family], ...]] = (
    TurnTaking,
    LastWinnerPenalty,
    Repetition,
    EqualOpportunity,
    PostWorth,
    LeaderRisk,
    Shares,
    UnexplainedGap,
    ExcessInflation,
    AwardVolumeGrowth,
    AwardLevelGrowth,
    FiveYearCoverage,
    FillRate,
    ApprovalRate,
    RatchetIndex,
    MeritKappa,
    PrecisionAtK,
    MeritCeiling,
    Regret,
    Concentration,
    Timeliness,
    DiscoveryRecall,
    AwardsOwedToChasing,
    Dossiers,
    Cost,
)
ALL_FAMILIES: Final[tuple[type[Family], ...]] = (*FAMILIES, AllocationMix)
HEADLINE_FAMILIES: Final = (TurnTaking, EqualOpportunity, ExcessInflation)
INDICATORS: Final = tuple(name for family in FAMILIES for name in family.names)
MIX: Final = AllocationMix.names

N_BOOTSTRAP_DRAWS: Final = 999
TOO_FEW_UNITS = "caveat.too-few-units"
FEW_UNITS = "caveat.few-units"
OFTEN_UNDEFINED = "caveat.often-undefined"
"""Of a number that units drawn anew leave undefined too often for an interval."""
MEMBERS_UNNAMED = "caveat.members-unnamed"
"""Holds for a whole list of winners, whose colleagues are known by number alone."""
WINNERS_ONLY = "caveat.winners-only"
"""Of a list of winners without head-count: holds for the whole list, and for every number that needs the others."""
OF_WINNERS_ALONE: Final = frozenset(
    {
        *("leader_share", "direct_worker_share", "effective_winners", "award_level_growth", "ratchet_index"),
        *("time_to_award_months", "recognised_within_12_months", "awards_owed_to_chasing", "dossiers", "cost_vnd"),
    }
)
"""What winners tell by themselves."""
EVERYBODY_AWARDED = "caveat.everybody-awarded"
NOBODY_AWARDED = "caveat.nobody-awarded"
MERIT_OF_SOME = "caveat.merit-of-some"
YEARS_MISSING = "caveat.years-missing"
ROLES_JOINED = "caveat.roles-joined"
UNDEFINED = "caveat.undefined"


@dataclass(frozen=True, slots=True)
class Measured:
    """One indicator: its value, 95 % interval, how many observations it rests on, and a caveat's catalogue key.

    Attributes
    ----------
    n
        Candidates, awards, achievements or whatever its family counts (``docs/indicators.md``); 0 where nothing is known, ``None`` where it must not be told.
    value_all
        The value when everybody of the unit is a candidate, whoever the rules allowed; ``None`` where eligibility is unknown or does not
        matter. The gap to ``value`` is the rule's own cost.
    beside
        Further numbers, such as ``p_value``.
    method
        How the interval was found, ``bootstrap`` or ``randomisation``; ``None`` where there is none, and where ``low`` and ``high`` are bounds.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    caveat: str | None = None
    value_all: float | None = None
    beside: Mapping[str, float | None] = field(default_factory=dict)
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a history shows.

    Attributes
    ----------
    award
        The focus award.
    n_members, n_units, n_years, n_awards
        What was counted: different members and units, years, focus awards in the judged years; ``None`` where that must not be told.
    indicators
        Name → value with interval.
    allocation_mix
        merit, turn, post, unexplained → value with interval.
    caveats
        Catalogue keys of what holds for the whole list.
    """

    award: str
    n_members: int | None
    n_units: int | None
    n_years: int
    n_awards: int | None
    indicators: Mapping[str, Measured]
    allocation_mix: Mapping[str, Measured]
    caveats: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for strict JSON; ``allocation_mix`` holds the bare shares, its intervals stand apart."""
        return {
            "award": self.award,
            "n_members": self.n_members,
            "n_units": self.n_units,
            "n_years": self.n_years,
            "n_awards": self.n_awards,
            "indicators": {name: _as_dict(measured) for name, measured in self.indicators.items()},
            "allocation_mix": {name: measured.value for name, measured in self.allocation_mix.items()},
            "caveats": list(self.caveats),
            "allocation_mix_intervals": {name: _as_dict(measured) for name, measured in self.allocation_mix.items()},
        }

    def to_json(self) -> str:
        """Give strict UTF-8 JSON; undefined is ``null`` with a caveat."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=2)


def measure(history: History, *, n_draws: int = N_BOOTSTRAP_DRAWS, seed: int = 0, progress: Callable[[int, int], None] | None = None) -> Measurement:
    """Measure every indicator with its interval.

    Parameters
    ----------
    history
        One row for each year and member.
    n_draws
        Bootstrap draws of whole units.
    seed
        Of the bootstrap.
    progress
        Called with (done, total) before the first and after each family of indicators.
    """
    tell = progress or (lambda _done, _total: None)
    tell(0, len(ALL_FAMILIES))
    families = look_at(history, ALL_FAMILIES)
    n_units = families[0].panel.n_units
    n_awards = int(history.is_awarded[np.isin(history.year, history.judged_years)].sum())
    weights = draw_units(n_units, n_draws, check_seed(seed))
    measured: dict[str, Measured] = {}
    for done, family in enumerate(families, 1):
        measured |= measure_family(family, weights)
        tell(done, len(families))
    for name, value in _values_of_everybody(history).items():
        measured[name] = replace(measured[name], value_all=value)
    return Measurement(
        award=history.focus_award,
        n_members=len(np.unique(history.member)),
        n_units=n_units,
        n_years=len(history.years),
        n_awards=n_awards,
        indicators={name: measured[name] for name in INDICATORS},
        allocation_mix={name: measured[name] for name in MIX},
        caveats=_caveats_of_the_list(history),
    )


def awards_judged(history: History) -> dict[str, int]:
    """Count, for every number, the focus awards of the years that it judges."""
    n_before = {name: max(history.n_history_years, family.n_memory_years) for family in ALL_FAMILIES for name in family.names}
    n_awards = {n: int(history.is_awarded[np.isin(history.year, history.years[n:])].sum()) for n in set(n_before.values())}
    return {name: n_awards[n] for name, n in n_before.items()}


def winners_judged(history: History) -> dict[str, int]:
    """Count, for every number, the different people with a focus award in the years that it judges."""
    n_before = {name: max(history.n_history_years, family.n_memory_years) for family in ALL_FAMILIES for name in family.names}
    won = {n: history.is_awarded & np.isin(history.year, history.years[n:]) for n in set(n_before.values())}
    n_winners = {n: len(np.unique(history.member[is_of_winner])) for n, is_of_winner in won.items()}
    return {name: n_winners[n] for name, n in n_before.items()}


def _values_of_everybody(history: History) -> dict[str, float]:
    """Measure what depends on who deserved an award as if the rules had allowed everybody; undefined values are left out."""
    if history.is_eligible is None:
        return {}
    values: dict[str, float] = {}
    for family in look_at(history, [kind for kind in ALL_FAMILIES if kind.needs_deserving], is_of_everybody=True):
        values |= family.values() if family.missing() is None else {}
    return {name: value for name, value in values.items() if math.isfinite(value)}


def look_at(history: History, kinds: Sequence[type[Family]], *, is_of_everybody: bool = False, is_part: bool = False) -> list[Family]:
    """Let families look at a history, or at a part of one, from the first year each can judge."""
    panels: dict[int, Panel] = {}
    families = []
    for family in kinds:
        n_before = max(history.n_history_years, family.n_memory_years)
        if n_before not in panels:
            panels[n_before] = Panel(history, n_memory_years=n_before, is_of_everybody=is_of_everybody, is_part=is_part)
        families.append(family(panels[n_before]))
    return families


def measure_family(family: Family, weights: FloatArray) -> dict[str, Measured]:
    """Measure what one family gives, with the intervals that the (n_draws, n_units) ``weights`` of units drawn anew give."""
    measured = _measure_rows(family, weights)
    if family.panel.history.knows_unawarded:
        return measured
    return {name: found if name in OF_WINNERS_ALONE else _without_the_others(found) for name, found in measured.items()}


def _without_the_others(found: Measured) -> Measured:
    """Leave out what winners alone cannot tell; what the list lacks besides stays the reason."""
    is_told = found.value is not None or found.low is not None or found.caveat in {UNDEFINED, NOTHING_CONTESTED, MERIT_OF_ONE_SIDE}
    return _unknown(None, 0, WINNERS_ONLY) if is_told else found


def _measure_rows(family: Family, weights: FloatArray) -> dict[str, Measured]:
    missing = family.missing()
    if missing is not None:
        bounds = family.bounds()
        n = family.rests_on(family.components("all")[0]) if bounds else {}
        return {name: _unknown(bounds.get(name), n[name] if name in bounds else 0, missing) for name in family.names}
    by_unit = family.components("unit")
    sums = by_unit.sum(axis=0, keepdims=True)
    values, n = family.combine(sums), family.rests_on(sums[0])
    intervals = sampling_intervals(family.combine, by_unit, weights, family.takes_part(by_unit))
    measured = {name: _measured(values[name][0], intervals.get(name, TOO_FEW_UNITS) or OFTEN_UNDEFINED, n[name]) for name in family.names}
    for name, caution in family.cautions().items():
        if measured[name].value is not None:
            measured[name] = replace(measured[name], caveat=caution)
    measured |= {name: _unknown(None, 0, caveat) for name, caveat in family.unknown().items()}
    for name, numbers in family.beside().items():
        measured[name] = replace(measured[name], beside={key: number if math.isfinite(number) else None for key, number in numbers.items()})
    return measured


def _unknown(bounds: tuple[float, float | None] | None, n: int, caveat: str) -> Measured:
    low, high = bounds or (None, None)
    return Measured(None, low, high, n, caveat)


def _measured(value: float, interval: Interval | str, n: int) -> Measured:
    """Put together a value and its interval, or the caveat's catalogue key that says why there is none."""
    if not math.isfinite(value):
        return Measured(None, None, None, n, UNDEFINED)
    if isinstance(interval, str):
        return Measured(float(value), None, None, n, interval)
    caveat = FEW_UNITS if interval.method == RANDOMISATION else None
    return Measured(float(value), interval.low, interval.high, n, caveat, method=interval.method)


def _caveats_of_the_list(history: History) -> tuple[str, ...]:
    """Say where everybody listed has an award, or nobody; where merit is missing for some, and years for all; and what a head-count leaves open."""
    is_awarded = np.any([*history.awards.values()], axis=0)
    holds = {
        NOBODY_AWARDED: not is_awarded.any(),
        WINNERS_ONLY: not history.knows_unawarded,
        EVERYBODY_AWARDED: history.knows_unawarded and len(is_awarded) > 0 and bool(is_awarded.all()),
        MERIT_OF_SOME: history.merit is not None and bool(np.isnan(history.merit).any()),
        YEARS_MISSING: bool((np.diff(history.years) > 1).any()),
        ROLES_JOINED: not (history.knows_members or history.knows_direct),
        MEMBERS_UNNAMED: not history.knows_members,
    }
    return tuple(caveat for caveat, is_so in holds.items() if is_so)


def _as_dict(measured: Measured) -> dict[str, float | int | str | None]:
    return {
        "value": measured.value,
        "low": measured.low,
        "high": measured.high,
        "n": measured.n,
        "caveat": measured.caveat,
        "interval_kind": "sampling" if measured.method else "bounds" if measured.low is not None or measured.high is not None else None,
        "interval_method": measured.method,
        "all": measured.value_all,
        **measured.beside,
    }
