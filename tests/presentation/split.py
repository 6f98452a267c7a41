"""A hand-made attribution of the options of the specimen comparison: the shapes and sizes of a real one, the numbers invented."""

from __future__ import annotations

from simulator.experiments.attribution.attribute import (
    Attribution,
    IndicatorAttribution,
    Interaction,
    MemberClause,
    OptionAttribution,
    PartEffect,
    PartOfOption,
)
from simulator.experiments.mathematics.statistics import verdict

MARGINS = {"turn_taking_index": 0.05, "equal_opportunity_difference": 0.05, "excess_inflation": 0.02, "merit_kappa": 0.03, "leader_share": 0.02}
PARTS = {"turn_taking_index": (-0.2, 0.01, -0.012), "equal_opportunity_difference": (0.0, -0.07, 0.02), "merit_kappa": (0.09, 0.01, 0.004)}
TITLES = (("Không luân phiên", "No turn-taking"), ("Ít lãnh đạo", "Fewer leaders"), ("Thẩm định kỹ", "Careful appraisal"))


def part(name, *titles, state="simulated", reason="alone", change="added"):
    members = [
        MemberClause(f"overlay#principles.{name}-{n}" if n else f"overlay#principles.{name}", dict(zip(("vi", "en"), title, strict=True)), change)
        for n, title in enumerate(titles)
    ]
    return PartOfOption(members[0].clause, members, state, reason)


def indicator(name, values, *, half=0.004, interaction=None):
    """Give the parts of an indicator, the recorded clause last."""
    margin, total = MARGINS[name], sum(values)
    parts = [
        PartEffect(f"overlay#principles.clause-{n}", value, value - half, value + half, verdict(value - half, value + half, value, margin))
        for n, value in enumerate(values)
    ]
    parts.append(PartEffect("overlay#principles.recorded", 0.0, 0.0, 0.0, "small"))
    return IndicatorAttribution(
        0.3, 0.3 + total, total, total - half, total + half, verdict(total - half, total + half, total, margin), margin, 8, parts, interaction
    )


def specimen_attribution(*, method="exact", options=("plan-115",), n_clauses=3, reason="alone", replications=8, members=2000):
    """Give an attribution of these options, each of so many clauses."""
    titles = [TITLES[n] if n < len(TITLES) else (f"Điều khoản {n}", f"Clause {n}") for n in range(n_clauses)]
    parts = [part(f"clause-{n}", title, reason=reason if n == 0 else "alone") for n, title in enumerate(titles)]
    parts.append(part("recorded", ("Lời khuyên", "Advice"), state="recorded"))
    together = Interaction([parts[0].clause, parts[1].clause], -0.06, -0.07, -0.05) if method == "exact" and n_clauses > 1 else None
    indicators = {
        name: indicator(
            name,
            [values[n] if n < len(values) else 0.001 * n for n in range(n_clauses)],
            interaction=together if name == "turn_taking_index" else None,
        )
        for name, values in PARTS.items()
    }
    return Attribution(
        scenario="hanoi-2021",
        title={"vi": "Kịch bản", "en": "Scenario"},
        baseline="decree-91",
        baseline_title={"vi": "Giữ nguyên hiện trạng", "en": "Keep as is"},
        focus_award_title={"vi": "Chiến sĩ thi đua cơ sở", "en": "Grass-roots emulation fighter"},
        members=members,
        members_in_scenario=2000,
        replications=replications,
        years=10,
        seed=1,
        options=[
            OptionAttribution(
                option, {"vi": f"Phương án {option}", "en": f"Option {option}"}, parts, method, None if method == "exact" else 32, indicators
            )
            for option in options
        ],
    )
