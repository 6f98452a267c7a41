"""Paperwork of two options and of a set, with amounts set by hand."""

from __future__ import annotations

from dataclasses import replace

from simulator.experiments.paperwork.results import GROUNDS, AwardPaperwork, BonusLaw, LawUsed, OptionPaperwork, Paperwork, Quantity, UnitCostUsed
from simulator.experiments.results.comparison import BaseSalaryUsed

VALUES = {
    "dossiers": 14_300.0,
    "awards": 12_000.0,
    "signatures": 57_000.0,
    "writing_hours": 114_400.0,
    "appraisal_hours": 14_300.0,
    "council_hours": 8_400.0,
}
VALUES |= {"posting_days": 10.0, "consultation_days": 10.0, "bonus_vnd": 7.35e9, "pay_step_vnd": 2.4e9, "work_vnd": 8.2e9, "total_vnd": 17.95e9}
SALARY = BaseSalaryUsed(
    amount=2_340_000, start="2024-07-01", known_from=None, source={"vi": "Nghị định số 73/2024/NĐ-CP", "en": "Decree 73/2024"}, confidence="read"
)
FIGHTER = {"vi": "Chiến sĩ thi đua", "en": "Fighter"}
ORDER = {"vi": "Huân chương", "en": "Order"}


def quantity(name, step=0.0, half=0.0, verdict="small"):
    value = VALUES[name] + step
    spread = 1.0 if GROUNDS[name] in {"law", "simulated"} else 2.0
    return Quantity(value, value / spread, value * spread, GROUNDS[name], step, step - half, step + half, verdict)


def award(name, title, **changes):
    told = AwardPaperwork(name, title, "unit", 1, 1, 4.0, 9.0, 0.6, 0.0, 0.0, 1.0, 2_340_000.0, 0.1, 12, 100.0, 90.0)
    return replace(told, **changes)


AWARDS = [
    award("fighter", FIGHTER),
    award(
        "order",
        ORDER,
        stages=4,
        signatures=7.0,
        council_hours=2.9,
        posting_days=10.0,
        consultation_days=10.0,
        pay_step_share=None,
        pay_step_months=None,
    ),
]


def paperwork(**steps):
    """Make the paperwork of two options; ``steps`` are (difference, half of its interval, verdict) of the second, quantity by quantity."""
    options = [
        OptionPaperwork("keep", {"vi": "Giữ nguyên", "en": "Keep"}, {name: quantity(name) for name in VALUES}, [*AWARDS]),
        OptionPaperwork("plan", {"vi": "Kế hoạch", "en": "Plan"}, {name: quantity(name, *steps.get(name, ())) for name in VALUES}, [*AWARDS]),
    ]
    read = BonusLaw("fighter", FIGHTER, 1.0, 1.0, {"vi": "Nghị định 152", "en": "Decree 152"}, "read", None, ["keep", "plan"])
    unstated = BonusLaw("order", ORDER, None, 1.0, None, None, None, ["keep", "plan"])
    hour = UnitCostUsed("hour_vnd", {"vi": "một giờ", "en": "one hour"}, "VND", 60_000.0, 40_000.0, 150_000.0, None, assumed=True)
    council = UnitCostUsed(
        "council", {"vi": "hội đồng", "en": "council"}, "members", 14.0, 13.0, 15.0, {"vi": "Nghị định 65", "en": "Decree 65"}, assumed=False
    )
    law = LawUsed(SALARY, [read, unstated])
    title = {"vi": "Thử", "en": "Trial"}
    return Paperwork("scenario", "trial", title, "2025-01-01", 2000, 20_000, 10, 8, 1, "keep", options, law, [hour, council])


def paperwork_of_a_set():
    told = paperwork()
    options = [OptionPaperwork("set", told.title, {}, [*AWARDS])]
    nothing = dict.fromkeys(("members", "members_in_scenario", "years", "replications", "seed"))
    return replace(told, kind="set", subject="set", baseline="set", options=options, **nothing)
