"""A study of power whose rates are set by hand."""

from __future__ import annotations

from simulator.experiments.power.results import BiasRate, ListsLaidOut, Power, Rate, TurnRate, rate_of

TESTS = ("repeat_deficit", "win_dispersion", "turn_taking_index")
WAYS = (("none", 0.0), ("lot", 0.0), ("weighed", 0.25), ("whole-years", 0.5), ("strict", 1.0))
UNITS, YEARS = (10, 50), (3, 7)
INDICATORS = (
    ("equal_opportunity_difference", "exact"),
    ("equal_opportunity_difference", "rating"),
    ("post_worth", "rating"),
    ("eighty_percent_rule", "none"),
)
WORLDS = ((0.0, 0.0), (0.0, 0.3), (0.25, 0.0), (0.5, 0.0))


def rate(share, lists=100, undefined=0):
    alarms = round(share * lists)
    found = rate_of([True] * alarms + [False] * (lists - alarms))
    return Rate(found.lists, found.alarms, undefined, found.rate, found.low, found.high, found.reaches)


def power(turns=None, bias=None, **laid_out):
    """Make a study; ``turns`` and ``bias`` set shares, or rates, of cells, all others being 0.

    Keys are (test, way, units, years) and (indicator, basis, bonus, advantage); ``...`` stands for any.
    """
    layout = {
        "kind": "scenario",
        "title": {"vi": "Thử", "en": "Trial"},
        "members_asked": 2000,
        "members_in_scenario": 20_000,
        "units": 42,
        "units_left_out": 0,
    }
    layout |= {"members": 2000, "leaders": 350, "years": 10, "cycle": 12.4, **laid_out}
    return Power(
        laid_out=ListsLaidOut(**layout),
        replications=100,
        failed=0,
        seed=1,
        numbers={"merit_stability": 0.65, "fortune_persistence": 0.3, "appraisal_reliability": 0.45, "turnover": 0.05},
        turns=[
            TurnRate(test, way, turn, units, years, _of(turns, (test, way, units, years)))
            for way, turn in WAYS
            for years in YEARS
            for units in UNITS
            for test in TESTS
        ],
        bias=[BiasRate(name, basis, *world, _of(bias, (name, basis, *world))) for world in WORLDS for name, basis in INDICATORS],
        bias_units=60,
        bias_years=5,
    )


def _of(shares, key):
    for pattern, share in (shares or {}).items():
        if all(wanted in (own, ...) for wanted, own in zip(pattern, key, strict=True)):
            return share if isinstance(share, Rate) else rate(share)
    return rate(0.0)
