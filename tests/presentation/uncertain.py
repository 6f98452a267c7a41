"""A hand-made study that varies everything at once: one option, one indicator that varies."""

from __future__ import annotations

from dataclasses import replace

from simulator.experiments.mathematics.statistics import COMPARED
from simulator.experiments.results.comparison import ComplianceSweep
from simulator.experiments.sensitivity.global_influences import GlobalSensitivity, InputEffect, InputInfluence, OptionUncertain, UncertainDifference

NAME = "turn_taking_index"
_NOTHING = InputEffect(mean_effect=0.0, mean_effect_half=0.0)


def entry(name, total, *, kind="assumption", is_told=None, method="sobol", influence=None):
    """Give an input with this share of the variation of the indicator, or none; screened alone, its mean effect is as large."""
    effect = InputEffect(mean_effect=total or 0.1, mean_effect_half=0.01)
    if method == "sobol" and total is not None:
        ends = (max(total - 0.1, 0.0), min(total + 0.1, 1.0))
        told = total > 0.2 if is_told is None else is_told
        effect = replace(effect, first=total / 2, first_low=0.0, first_high=total, total=total, total_low=ends[0], total_high=ends[1], is_told=told)
    return InputInfluence(
        id=name,
        kind=kind,
        title={"vi": name.upper(), "en": name.upper()} if kind == "assumption" else None,
        unit="share",
        value=0.2 if kind == "assumption" else 0.0 if kind == "structure" else None,
        low=0.0 if kind == "structure" else 0.1,
        high=4.0 if kind == "structure" else 0.3,
        group="of",
        screened="followed" if method == "sobol" else "alone",
        influence=4 * (total or 0.1) if influence is None else influence,
        has_effect=total is None or total > 0,
        is_notable=effect.is_told and 4 * (total or 0.0) >= 1,
        effects={"plan": dict.fromkeys(COMPARED, _NOTHING) | {NAME: effect}},
    )


def difference_of(**changes):
    """Give a clear difference that holds in nine draws of ten and in all structures."""
    usual = UncertainDifference(
        difference=-0.2,
        low=-0.25,
        high=-0.15,
        verdict="clear",
        margin=0.05,
        spread=0.2,
        lowest=-0.5,
        highest=0.1,
        agreement_of_draws=0.9,
        agreement_of_structures=1.0,
        verdict_over_all="clear",
        varies=True,
        explained=0.9,
        luck=0.01,
        noise=0.01,
    )
    return replace(usual, **changes)


def global_study(*entries, method="sobol", noise=0.01, **changes):
    """Give a study of these inputs; what changes is of the difference that varies."""
    dummy = entry("seed_block", noise, kind="dummy", is_told=False, method=method)
    varied = difference_of(**{"noise": noise} | changes)
    if method == "morris":
        varied = UncertainDifference(varied.difference, varied.low, varied.high, varied.verdict, varied.margin)
    still = UncertainDifference(0.0, -0.01, 0.01, "small", 0.05)
    sweeps = [ComplianceSweep(name, [0.0, 1.0], [0.0, 0.1], 0.05, 0.5 if name == NAME else None, 20) for name in COMPARED]
    return GlobalSensitivity(
        scenario="hanoi-2021",
        title={"vi": "Hà Nội", "en": "Hanoi"},
        baseline_title={"vi": "Giữ nguyên", "en": "Keep as is"},
        method=method,
        members=2000,
        members_in_scenario=20_000,
        trajectories=4,
        trajectories_alone=4,
        replications=5,
        usual_replications=20,
        seed_blocks=4,
        followed=len(entries) if method == "sobol" else 0,
        n_draws=128,
        n_rows=5120,
        n_runs=1264,
        is_emulated=method == "sobol",
        seed=1,
        options=[OptionUncertain("plan", {"vi": "Kế hoạch", "en": "Plan"}, dict.fromkeys(COMPARED, still) | {NAME: varied}, sweeps)],
        assumptions=[*entries, dummy],
        groups=[],
    )
