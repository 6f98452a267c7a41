"""What paperwork and money come to: frozen records that keep apart what is law, what is simulated and what is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from simulator.experiments.mathematics.statistics import Verdict  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.comparison import BaseSalaryUsed, Confidence  # noqa: TC001  # pydantic needs the type at run time
from simulator.experiments.results.records import BilingualText, Record

Ground = Literal["simulated", "law", "law-and-assumed", "assumed"]
"""What a quantity rests on besides the counts of the simulation: nothing, clauses alone, clauses and unit costs, or unit costs alone."""

GROUNDS: Final[dict[str, Ground]] = {
    "dossiers": "simulated",
    "awards": "simulated",
    "signatures": "law-and-assumed",
    "writing_hours": "assumed",
    "appraisal_hours": "law-and-assumed",
    "council_hours": "law-and-assumed",
    "posting_days": "law",
    "consultation_days": "law-and-assumed",
    "bonus_vnd": "law",
    "pay_step_vnd": "law-and-assumed",
    "work_vnd": "assumed",
    "total_vnd": "law-and-assumed",
}
"""Quantity → its ground at best, in the order of the table: bonuses that rest on no instrument are assumed, too; money in VND, all a year, but for the days, which are those of the longest way a file goes."""


@dataclass(frozen=True)
class Quantity(Record):
    """One quantity of one option.

    ``low`` and ``high`` are what it comes to with all unit costs at the low and the high ends of their ranges. ``difference`` is paired, option minus baseline,
    with its 95 % interval over replications; ``verdict`` judges it against five in a hundred of the baseline.
    """

    value: float | None
    low: float | None
    high: float | None
    ground: Ground
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    verdict: Verdict
    caveat: str | None = None


@dataclass(frozen=True)
class AwardPaperwork(Record):
    """What one file of an award takes, and what the award gives; ``files`` and ``given`` are those of a year, null where nothing was simulated."""

    award: str
    title: BilingualText
    authority: str
    stages: int
    votes: int
    signatures: float
    hours: float
    council_hours: float
    posting_days: float
    consultation_days: float
    multiple: float | None
    bonus_vnd: float | None
    pay_step_share: float | None
    pay_step_months: int | None
    files: float | None
    given: float | None


@dataclass(frozen=True)
class OptionPaperwork(Record):
    """One option, or the set that was asked about; ``quantities`` are empty where nothing was simulated."""

    id: str
    title: BilingualText
    quantities: dict[str, Quantity]
    awards: list[AwardPaperwork]


@dataclass(frozen=True)
class BonusLaw(Record):
    """What the law says of a bonus: the multiple of the base salary, where it was read and how surely, what of it is assumed; and of which options it holds.

    ``multiple`` is null where no clause states one; ``used`` is what is then reckoned with.
    """

    award: str
    title: BilingualText
    multiple: float | None
    used: float
    source: BilingualText | None
    confidence: Confidence | None
    assumption: BilingualText | None
    options: list[str]


@dataclass(frozen=True)
class UnitCostUsed(Record):
    """One unit cost; ``source`` is null where it is assumed."""

    id: str
    title: BilingualText
    unit: str
    value: float
    low: float
    high: float
    source: BilingualText | None
    assumed: bool


@dataclass(frozen=True)
class LawUsed(Record):
    """What of the money is law."""

    base_salary: BaseSalaryUsed | None
    bonuses: list[BonusLaw]


@dataclass(frozen=True)
class Paperwork(Record):
    """Paperwork and money of every option of a scenario, or of one set.

    ``members`` were simulated, and the totals scaled to ``members_in_scenario``; both null for a set. ``as_of`` is the day whose base salary counts.
    """

    kind: Literal["scenario", "set"]
    subject: str
    title: BilingualText
    as_of: str
    members: int | None
    members_in_scenario: int | None
    years: int | None
    replications: int | None
    seed: int | None
    baseline: str
    options: list[OptionPaperwork]
    law: LawUsed
    assumed: list[UnitCostUsed]

    def option(self, option_id: str) -> OptionPaperwork:
        """Return the option of that id."""
        return next(option for option in self.options if option.id == option_id)
