"""A hand-made study of assumptions: one option, one indicator that moves."""

from __future__ import annotations

from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.sensitivity.influences import AssumptionInfluence, AtEnd, OptionUsual, Response, Sensitivity, UsualDifference

NAME = "turn_taking_index"
USUAL = -0.2


def _end(setting, change, verdict, *, is_told=False):
    return AtEnd(setting, USUAL + change, change, change - 0.01, change + 0.01, verdict, is_told)


def entry(
    name, low, high, *, replications=10, has_effect=True, is_above=None, flips=False, low_verdict="clear", high_verdict="clear", influence=None
):
    """Give an assumption that moves the indicator so far at its ends."""
    reach = max(abs(low), abs(high))
    told = [abs(change) > 0.02 if is_above is None else is_above for change in (low, high)]
    ends = (_end(0.1, low, low_verdict, is_told=told[0]), _end(0.3, high, high_verdict, is_told=told[1]))
    moved = Response(*ends, reach, max((abs(end.change) for end in ends if end.is_told), default=0.0), flips)
    still = Response(_end(0.1, 0.0, "clear"), _end(0.3, 0.0, "clear"), 0.0, 0.0, flips=False)
    return AssumptionInfluence(
        id=name,
        title={"vi": name.upper(), "en": name.upper()},
        unit="share",
        value=0.2,
        low=0.1,
        high=0.3,
        replications=replications,
        influence=reach / 0.05 if influence is None else influence,
        has_effect=has_effect,
        is_notable=replications == 10 and moved.told_reach >= 0.05,
        responses={"plan": dict.fromkeys(COMPARED, still) | {NAME: moved}},
    )


def sensitivity_of(*entries, noise=0.02, difference=USUAL, verdict="clear", members=2000):
    """Give a study of these assumptions."""
    usual = UsualDifference(difference, -0.25, -0.15, verdict, noise, 0.05)
    return Sensitivity(
        scenario="hanoi-2021",
        title={"vi": "Hà Nội", "en": "Hanoi"},
        baseline_title={"vi": "Giữ nguyên", "en": "Keep as is"},
        members=members,
        members_in_scenario=20_000,
        screened=2,
        replications=10,
        followed=sum(each.replications == 10 for each in entries),
        n_runs=100,
        n_looks=8,
        seed=1,
        options=[OptionUsual("plan", {"vi": "Kế hoạch", "en": "Plan"}, dict.fromkeys(COMPARED, usual))],
        assumptions=list(entries),
    )
