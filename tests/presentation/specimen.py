"""A hand-made comparison of four options over ten years: the shapes and sizes of a real one, the numbers invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.experiments.results.comparison import (
    AssumptionUsed,
    ClauseUsed,
    Comparison,
    ComplianceSweep,
    Estimate,
    GroupComparison,
    GroupNumber,
    IndicatorComparison,
    NullReform,
    OptionComparison,
    PhaseUsed,
    Provenance,
    ReferenceOrder,
)

if TYPE_CHECKING:
    from simulator.experiments.mathematics.statistics import Verdict

YEARS = list(range(1, 11))

OPTIONS: dict[str, dict[str, Any]] = {
    "keep-as-is": {
        "title": {"vi": "Giữ nguyên quy định", "en": "Keep as is"},
        "criteria": "decree-91",
        "mix": (0.36, 0.16, 0.08, 0.40),
        "reasons": (0.25, 0.12, 0.13, 0.03, 0.37, 0.02, 0.06, 0.02),
    },
    "plan-115": {
        "title": {"vi": "Thêm Kế hoạch 115", "en": "Add plan 115"},
        "criteria": "decree-91+hanoi-plan-115",
        "mix": (0.37, 0.16, 0.05, 0.42),
        "reasons": (0.25, 0.11, 0.10, 0.03, 0.39, 0.03, 0.07, 0.02),
    },
    "letter-3959": {
        "title": {"vi": "Thêm Công văn 3959", "en": "Add letter 3959"},
        "criteria": "decree-91+hanoi-letter-3959",
        "mix": (0.41, 0.10, 0.07, 0.42),
        "reasons": (0.35, 0.04, 0.10, 0.02, 0.37, 0.03, 0.08, 0.01),
    },
    "both": {
        "title": {"vi": "Thêm cả hai văn bản", "en": "Add both"},
        "criteria": "decree-91+hanoi-plan-115+hanoi-letter-3959",
        "mix": (0.43, 0.10, -0.01, 0.48),
        "reasons": (0.38, 0.05, 0.09, -0.06, 0.39, 0.05, 0.09, 0.01),
    },
}

_MECHANISMS = ("merit", "turn", "post", "prestige-and-ladder", "noise-and-lot", "claims", "criteria", "asking-and-ties")

# indicator: values of the options by each reference of merit, and whether no two change places
_BY_REFERENCE: dict[str, tuple[dict[str, tuple[float, ...]], bool]] = {
    "turn_taking_index": (
        {"results": (0.21, 0.22, 0.13, 0.14), "results-and-initiative": (0.22, 0.22, 0.15, 0.14), "office": (0.24, 0.23, 0.16, 0.17)},
        True,
    ),
    "excess_inflation": (
        {"results": (0.012, 0.013, 0.008, 0.007)} | dict.fromkeys(("results-and-initiative", "office"), (0.012, 0.013, 0.008, 0.007)),
        True,
    ),
    "merit_kappa": (
        {"results": (0.25, 0.26, 0.30, 0.31), "results-and-initiative": (0.26, 0.27, 0.29, 0.30), "office": (0.30, 0.28, 0.26, 0.33)},
        False,
    ),
}

# name: baseline value, lawful best, margin, half-width, differences of the four options, verdicts of the last three
_INDICATORS: dict[str, tuple[float, float, float, float, tuple[float, ...], tuple[Verdict, ...]]] = {
    "turn_taking_index": (0.214, 0.021, 0.05, 0.012, (0.0, 0.004, -0.083, -0.079), ("small", "clear", "clear")),
    "last_winner_penalty": (0.318, 0.002, 0.02, 0.021, (0.0, 0.009, -0.121, -0.117), ("not clear", "clear", "clear")),
    "equal_opportunity_difference": (
        0.142,
        0.0,
        0.05,
        0.011,
        (0.0, -0.054, -0.021, -0.068),
        ("not clear", "small", "clear"),
    ),
    "leader_share": (0.312, 0.158, 0.02, 0.006, (0.0, -0.071, -0.018, -0.086), ("clear", "not clear", "clear")),
    "direct_worker_share": (0.688, 0.842, 0.02, 0.006, (0.0, 0.071, 0.018, 0.086), ("clear", "not clear", "clear")),
    "excess_inflation": (0.0124, 0.0, 0.02, 0.0031, (0.0, 0.0006, -0.0047, -0.0041), ("small", "small", "small")),
    "award_rate": (0.1487, 0.1487, 0.02, 0.0009, (0.0, -0.0004, -0.0011, -0.0013), ("small", "small", "small")),
    "merit_kappa": (0.252, 1.0, 0.03, 0.008, (0.0, 0.006, 0.047, 0.052), ("small", "clear", "clear")),
    "merit_ceiling": (0.411, 1.0, 0.03, 0.004, (0.0, 0.0, 0.031, 0.031), ("small", "clear", "clear")),
}

_BY_YEAR_SLOPE = {"turn_taking_index": 0.0008, "equal_opportunity_difference": 0.0005, "excess_inflation": -0.0002}


def _indicator(name: str, position: int) -> IndicatorComparison:
    baseline, best, margin, half, differences, verdicts = _INDICATORS[name]
    difference = differences[position]
    spread = half / 2 if position else 0.0
    exhorts = position >= 2 and name in {"turn_taking_index", "last_winner_penalty"}
    return IndicatorComparison(
        name=name,
        value=baseline + difference,
        low=baseline + difference - half,
        high=baseline + difference + half,
        baseline=baseline,
        lawful_best=best,
        difference=difference,
        difference_low=difference - spread,
        difference_high=difference + spread,
        p_adjusted=1.0 if position == 0 else 0.004 if verdicts[position - 1] == "clear" else 0.21,
        verdict="small" if position == 0 else verdicts[position - 1],
        nature="assumed" if exhorts else "arithmetic" if "share" in name else "emergent",
        margin=margin,
        by_rule=Estimate(0.0, 0.0, 0.0, 20),
        by_practice=Estimate(difference, difference - spread / 2, difference + spread / 2, 20),
    )


def _by_year(name: str, position: int) -> list[Estimate]:
    baseline, _, _, half, differences, _ = _INDICATORS[name]
    wobble = (0.0, 0.3, -0.2, 0.1, -0.4, 0.2, 0.35, -0.1, -0.25, 0.05)
    estimates = []
    for year, shift in zip(YEARS, wobble, strict=True):
        value = baseline + differences[position] * min(1.0, year / 4) + half * shift + _BY_YEAR_SLOPE[name] * year
        estimates.append(Estimate(value, value - 2 * half, value + 2 * half, 20))
    return estimates


# division: group: members, award rate under keep as is, and how much more under the other options
_GROUPS: dict[str, dict[str, tuple[int, float, tuple[float, ...]]]] = {
    "unit_kind": {"school": (15_000, 0.15, (0.0, 0.001, -0.002, 0.0)), "department": (5_000, 0.152, (0.0, -0.003, 0.006, 0.0))},
    "role": {
        "direct": (10_000, 0.10, (0.0, 0.021, 0.004, 0.025)),
        "staff": (7_500, 0.12, (0.0, 0.01, 0.002, 0.012)),
        "deputy": (2_000, 0.42, (0.0, -0.12, -0.02, -0.14)),
        "head": (500, 0.528, (0.0, -0.09, -0.03, -0.1)),
    },
}


def _group_number(value: float, baseline: float, half: float) -> GroupNumber:
    difference = value - baseline
    spread = half / 2 if difference else 0.0
    return GroupNumber(value, value - half, value + half, baseline, difference, difference - spread, difference + spread, 20)


def _by_group(division: str, position: int) -> dict[str, GroupComparison]:
    groups = _GROUPS[division]
    everybody = sum(members for members, _, _ in groups.values())
    awards, before = (sum(members * (rate + more[of]) for members, rate, more in groups.values()) for of in (position, 0))
    return {
        name: GroupComparison(
            members=members,
            members_share=members / everybody,
            award_rate=_group_number(rate + more[position], rate, 0.004),
            awards_share=_group_number(members * (rate + more[position]) / awards, members * rate / before, 0.003),
        )
        for name, (members, rate, more) in groups.items()
    }


def _option(position: int, option_id: str) -> OptionComparison:
    content = OPTIONS[option_id]
    mix = dict(zip(("merit", "turn", "post", "unexplained"), content["mix"], strict=True))
    return OptionComparison(
        id=option_id,
        title=content["title"],
        criteria=content["criteria"],
        criteria_hash=f"{position + 1}" * 64,
        indicators={name: _indicator(name, position) for name in _INDICATORS},
        reasons=dict(zip(_MECHANISMS, content["reasons"], strict=True)),
        phases=[PhaseUsed(1, content["criteria"])],
        allocation_mix={cause: Estimate(share, share - 0.02, share + 0.02, 20) for cause, share in mix.items()},
        compliance=[
            ComplianceSweep("turn_taking_index", [0.0, 0.5, 1.0], [0.0, -0.09, -0.2], 0.05, 0.28, 4),
            ComplianceSweep("excess_inflation", [0.0, 0.5, 1.0], [0.0, 0.001, 0.002], 0.02, None, 4),
        ]
        if "3959" in content["criteria"]
        else [],
        by_year={name: _by_year(name, position) for name in _BY_YEAR_SLOPE},
        by_group={division: _by_group(division, position) for division in _GROUPS},
        notes=[
            {
                "vi": "Kế hoạch 115 ban hành trước Nghị định 91/2017/NĐ-CP; nêu ở đây để minh họa.",
                "en": "Plan 115 is older than Decree 91/2017; it is shown as an illustration.",
            },
        ]
        if "115" in content["criteria"]
        else [],
    )


def _reference_order(indicator: str) -> ReferenceOrder:
    of_references, is_stable = _BY_REFERENCE[indicator]
    values: dict[str, dict[str, float | None]] = {reference: dict(zip(OPTIONS, numbers, strict=True)) for reference, numbers in of_references.items()}
    order = {reference: sorted(of, key=lambda option, of=of: -(of[option] or 0.0)) for reference, of in values.items()}  # type: ignore[misc]
    return ReferenceOrder(indicator, values, order, is_stable)


PLAN_115 = {"vi": "Kế hoạch 115/KH-UBND của UBND thành phố Hà Nội", "en": "Plan 115/KH-UBND of Hà Nội"}
LETTER_3959 = {
    "vi": "Công văn số 3959/UBND-NC ngày 10/11/2021 của UBND thành phố Hà Nội, mục 1",
    "en": "Letter 3959/UBND-NC of 10/11/2021 of Hà Nội, section 1",
}
COMPLIANCE = {"vi": "Mức tuân thủ chưa có ai đo.", "en": "Nobody has measured compliance."}

CLAUSES = [
    ClauseUsed(
        option="plan-115",
        clause="hanoi-plan-115#chien-si-thi-dua-co-so.direct-workers-first",
        kind="direct-worker-floor",
        title={"vi": "Tỷ lệ tối thiểu cho người lao động trực tiếp", "en": "Floor for direct workers"},
        text={"vi": "Quan tâm khen thưởng người lao động trực tiếp.", "en": "Attend to direct workers."},
        simulated=True,
        source=PLAN_115,
        confidence="read",
        assumption={"vi": "Con số 60 % là giả định.", "en": "The figure 60 % is assumed."},
    ),
    ClauseUsed(
        option="letter-3959",
        clause="hanoi-letter-3959#principles.no-turn-taking",
        kind="exhortation",
        title={"vi": "Khắc phục tính luân phiên trong khen thưởng", "en": "End turn-taking in awards"},
        simulated=True,
        source=LETTER_3959,
        confidence="read",
        assumption=COMPLIANCE,
        compliance=0.3,
    ),
    ClauseUsed(
        option="letter-3959",
        clause="hanoi-letter-3959#principles.consult-public-opinion",
        kind="statement",
        title={"vi": "Xem xét dư luận khi trình khen thưởng cấp Nhà nước", "en": "Consider public opinion"},
        simulated=False,
        source=LETTER_3959,
        confidence="recalled",
    ),
]


def specimen_comparison() -> Comparison:
    """Return the hand-made comparison."""
    both = [ClauseUsed(**{**vars(clause), "option": "both"}) for clause in CLAUSES]
    return Comparison(
        scenario="hanoi-2021",
        title={
            "vi": "Khen thưởng ở Hà Nội sau Công văn 3959",
            "en": "Awards in Hà Nội after letter 3959",
        },
        question={
            "vi": "Công văn 3959 và Kế hoạch 115 làm thay đổi gì so với Nghị định 91/2017/NĐ-CP?",
            "en": "What do letter 3959 and plan 115 change against Decree 91/2017?",
        },
        as_of="2021-11-10",
        baseline="decree-91",
        baseline_option="keep-as-is",
        focus_award="chien-si-thi-dua-co-so",
        focus_award_title={"vi": "Chiến sĩ thi đua cơ sở", "en": "Grassroots Emulation Fighter"},
        replications=20,
        failures=[],
        n_members=20_000,
        n_units=412,
        years=YEARS,
        warm_up_years=12,
        seed=20211110,
        counts_as_direct=["direct", "staff"],
        null_reform=NullReform(0.0, "b" * 64, "1" * 64, same_awards=True),
        options=[_option(position, option_id) for position, option_id in enumerate(OPTIONS)],
        assumptions=[
            AssumptionUsed(
                id="turn_weight",
                title={"vi": "Trọng số của thứ tự luân phiên", "en": "Weight of turn-taking"},
                value=0.25,
                unit="standard deviations of merit",
                low=0.0,
                high=1.0,
                source=None,
                moved_by=["hanoi-letter-3959#principles.no-turn-taking"],
                used_value_by_option={"keep-as-is": 0.25, "plan-115": 0.25, "letter-3959": 0.175, "both": 0.175},
            ),
            AssumptionUsed(
                id="appraisal_reliability",
                title={"vi": "Độ tin cậy của một lần thẩm định", "en": "Reliability of one appraisal"},
                value=0.45,
                unit="share",
                low=0.3,
                high=0.7,
                source={"vi": "Viswesvaran và cộng sự (1996)", "en": "Viswesvaran and others (1996)"},
            ),
        ],
        clauses=[*CLAUSES, *both],
        provenance=Provenance(
            versions={"python": "3.11.7", "numpy": "2.4.6", "mesa": "3.3.1", "tieuchi": "0.1.0"},
            commit="c955671",
            hashes={"decree-91": "1" * 64, "hanoi-plan-115": "2" * 64, "hanoi-letter-3959": "3" * 64},
            seeds=[20211110],
        ),
        criteria_titles={
            "decree-91": {"vi": "Nghị định số 91/2017/NĐ-CP", "en": "Decree 91/2017/NĐ-CP"},
            "hanoi-plan-115": {"vi": "Kế hoạch số 115/KH-UBND", "en": "Plan 115/KH-UBND"},
            "hanoi-letter-3959": {"vi": "Công văn số 3959/UBND-NC", "en": "Letter 3959/UBND-NC"},
        },
        references=[_reference_order(indicator) for indicator in _BY_REFERENCE],
        unit_kind_titles={"school": {"vi": "Trường học", "en": "School"}, "department": {"vi": "Sở, ban, ngành", "en": "City department"}},
        seconds=17.4,
    )
