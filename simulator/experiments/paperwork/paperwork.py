"""What paper and money the options of a scenario, or the clauses of a set, come to.

Counts of files and awards are simulated; stages, votes, days of posting, bonuses and caps of early pay steps come from the clauses; hours, signatures and what an
hour costs are assumed (``unit_costs`` of ``assumptions.yaml``). The three stay apart in what is returned.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeAlias

from simulator.experiments.mathematics.statistics import mean_of, verdict
from simulator.experiments.paperwork.counts import count_all
from simulator.experiments.paperwork.pay_steps import months_early
from simulator.experiments.paperwork.results import GROUNDS, AwardPaperwork, BonusLaw, LawUsed, OptionPaperwork, Paperwork, Quantity, UnitCostUsed
from simulator.experiments.paperwork.rules import PAY_STEP, UNIT_COSTS, pay_steps_multiple, per_file, unit_costs, ways_of
from simulator.experiments.scenarios.description import both, cite_source, describe_base_salary_of
from simulator.experiments.scenarios.option import Phase
from simulator.experiments.scenarios.thinning import THINNED_MEMBERS, members_of, thinned
from simulator.rules.base_salary import base_salary_on, load_base_salaries
from simulator.rules.citation import load_instruments

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.paperwork.counts import Counts, OptionCounts
    from simulator.experiments.paperwork.results import Ground
    from simulator.experiments.paperwork.rules import FileWay
    from simulator.experiments.scenarios.assumptions import AssumptionsFile
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.rules.citation import InstrumentRegister
    from simulator.rules.criteria import CriteriaSet
    from simulator.workspace import Workspace

REPLICATIONS: Final = 8
"""Replications where nobody asks for another number, if the scenario has as many."""
UNSTATED_MULTIPLE: Final = 1.0
"""Reckoned with where no clause states a bonus, as the simulation does."""
_SHARE_OF_BASELINE: Final = 0.05
_ENDS: Final = ("value", "low", "high")
_WaysByYear: TypeAlias = "list[dict[str, FileWay]]"


def paperwork_of_scenario(
    scenario: Scenario, computing: Computing, workspace: Workspace, *, replications: int | None = None, members: int | None = THINNED_MEMBERS
) -> Paperwork:
    """Reckon paperwork and money of every option, and their differences to the baseline.

    Parameters
    ----------
    scenario, computing, workspace
        What is asked, who computes, and where instruments are looked up.
    replications
        Paired replications; at most eight of the scenario's own where none are given.
    members
        About how many members are simulated, whole units of each kind; ``None`` simulates all. Totals are those of the whole scenario either way.
    """
    costs = unit_costs(scenario.assumptions)
    asked = scenario.with_(replications=replications or min(scenario.replications, REPLICATIONS))
    small = thinned(asked, members)
    whole, kept = members_of(scenario.population), members_of(small.population)
    counts = count_all(small, computing)
    salary, base, target = scenario.base_salary, scenario.keep_as_is, scenario.baseline.awards[scenario.focus_award].target
    totals = {
        option.id: _totals(_ways_by_year(option, asked, target), counts, option.key, costs, salary, kept, whole / kept) for option in scenario.options
    }
    instruments = load_instruments(workspace)
    bonuses = _bonuses([(option.id, phase.criteria) for option in scenario.options for phase in option.phases], instruments, target)
    grounds = GROUNDS | {"bonus_vnd": _ground_of(bonuses)}
    options = [
        OptionPaperwork(
            option.id,
            both(option.title),
            {name: _quantity(name, grounds[name], totals[option.id], totals[base.id]) for name in GROUNDS},
            _awards(option.criteria, costs["value"], salary, counts, option.key, whole / kept),
        )
        for option in scenario.options
    ]
    return Paperwork(
        kind="scenario",
        subject=scenario.id,
        title=both(scenario.title),
        as_of=scenario.as_of.isoformat(),
        members=kept,
        members_in_scenario=whole,
        years=asked.years,
        replications=len(counts),
        seed=asked.seed,
        baseline=base.id,
        options=options,
        law=LawUsed(describe_base_salary_of(scenario.stated_base_salary, instruments), bonuses),
        assumed=_describe_costs(scenario.assumptions),
    )


def paperwork_of_set(criteria: CriteriaSet, assumptions: AssumptionsFile, day: datetime.date, workspace: Workspace) -> Paperwork:
    """Say what one file of each award of a set takes, and what the award gives, with the base salary of a day."""
    costs = unit_costs(assumptions)
    instruments = load_instruments(workspace)
    stated = base_salary_on(day, load_base_salaries(workspace))
    awards = _awards(criteria, costs["value"], None if stated is None else float(stated.amount))
    return Paperwork(
        kind="set",
        subject=criteria.id,
        title=both(criteria.title),
        as_of=day.isoformat(),
        members=None,
        members_in_scenario=None,
        years=None,
        replications=None,
        seed=None,
        baseline=criteria.id,
        options=[OptionPaperwork(criteria.id, both(criteria.title), {}, awards)],
        law=LawUsed(describe_base_salary_of(stated, instruments), _bonuses([(criteria.id, criteria)], instruments)),
        assumed=_describe_costs(assumptions),
    )


def _totals(
    ways: _WaysByYear, counts: Sequence[Counts], key: str, costs: Mapping[str, Mapping[str, float]], salary: float | None, staff: int, scale: float
) -> list[dict[str, dict[str, float]]]:
    """Give for each replication, the usual unit costs and both ends: quantity → what it comes to in a year."""
    known = math.nan if salary is None else salary
    return [{end: _total(ways, each[key], costs[end], known, staff, scale) for end in _ENDS} for each in counts]


def _ways_by_year(option: Option, scenario: Scenario, target: str) -> _WaysByYear:
    """Say by which rules the files of each year go: those that took over last, or still the baseline's."""
    of_set = {each.content_hash: _simulated_ways(each, target) for each in (scenario.baseline, *(phase.criteria for phase in option.phases))}
    ruling = [Phase(1, scenario.baseline), *option.phases]
    return [of_set[[phase for phase in ruling if phase.from_year <= year][-1].criteria.content_hash] for year in range(1, scenario.years + 1)]


def _simulated_ways(criteria: CriteriaSet, target: str) -> dict[str, FileWay]:
    """Leave out the awards of whom nobody is simulated, and those that length of service alone gives."""
    return {name: way for name, way in ways_of(criteria).items() if way.award.target == target and way.award.kind != "long-service"}


def _total(ways_by_year: _WaysByYear, counts: OptionCounts, costs: Mapping[str, float], salary: float, staff: int, scale: float) -> dict[str, float]:
    """Add up all years, each by the rules of that year, and give a year's share; days are those of the rules that rule at last."""
    total = dict.fromkeys(GROUNDS, 0.0)
    for year, ways in enumerate(ways_by_year):
        for award, of_award in counts.awards.items():
            files, given = of_award[year]
            if not files and not given:
                continue
            way = ways[award]
            each = per_file(way, costs)
            total["dossiers"] += files
            total["awards"] += given
            for name in ("signatures", "writing_hours", "appraisal_hours", "council_hours"):
                total[name] += files * getattr(each, name)
            total["bonus_vnd"] += given * _multiple(way) * salary
        steps = {award: way.pay_step for award, way in ways.items() if way.pay_step is not None}
        holders = {frozenset(names.split("+")): of_years[year] for names, of_years in counts.stepping.items()}
        if steps:
            total["pay_step_vnd"] += pay_steps_multiple(months_early(holders, steps, staff), costs) * salary
    total = {name: value * scale / len(ways_by_year) for name, value in total.items()}
    for name in ("posting_days", "consultation_days"):
        total[name] = max((getattr(per_file(way, costs), name) for way in ways_by_year[-1].values()), default=0.0)
    total["work_vnd"] = sum(total[name] for name in ("writing_hours", "appraisal_hours", "council_hours")) * costs["hour_vnd"]
    total["total_vnd"] = total["bonus_vnd"] + total["pay_step_vnd"] + total["work_vnd"]
    return total


def _multiple(way: FileWay) -> float:
    return UNSTATED_MULTIPLE if way.bonus is None else float(way.bonus.multiple)


def _ground_of(bonuses: Sequence[BonusLaw]) -> Ground:
    """Say what money rests on by what its bonuses rest on: a bonus that no instrument is cited for, or that no clause states, is assumed."""
    n_assumed = sum(bonus.source is None or bonus.multiple is None for bonus in bonuses)
    return "law" if not n_assumed else "assumed" if n_assumed == len(bonuses) else "law-and-assumed"


def _quantity(
    name: str, ground: Ground, of_option: Sequence[Mapping[str, Mapping[str, float]]], of_base: Sequence[Mapping[str, Mapping[str, float]]]
) -> Quantity:
    values = {end: mean_of([each[end][name] for each in of_option]).value for end in _ENDS}
    difference = mean_of([one["value"][name] - other["value"][name] for one, other in zip(of_option, of_base, strict=True)])
    low, high = difference.interval()
    margin = abs(mean_of([each["value"][name] for each in of_base]).value) * _SHARE_OF_BASELINE
    return Quantity(
        value=_defined(values["value"]),
        low=_defined(values["low"]),
        high=_defined(values["high"]),
        ground=ground,
        difference=_defined(difference.value),
        difference_low=_defined(low),
        difference_high=_defined(high),
        verdict=verdict(low, high, difference.value, margin),
    )


def _awards(
    criteria: CriteriaSet, costs: Mapping[str, float], salary: float | None, counts: Sequence[Counts] = (), key: str = "", scale: float = 1.0
) -> list[AwardPaperwork]:
    """Tell every award: of a simulation those that were given or asked for, else all."""
    found = {award for each in counts for award in each[key].awards}
    told = []
    for award, way in ways_of(criteria).items():
        if counts and award not in found:
            continue
        each, stated = per_file(way, costs), None if way.bonus is None else float(way.bonus.multiple)
        files, given = (mean_of([_yearly(of[key].awards.get(award, ()), part) * scale for of in counts]).value for part in (0, 1))
        told.append(
            AwardPaperwork(
                award=award,
                title=both(way.award.title),
                authority=way.award.authority,
                stages=way.n_stages,
                votes=len(way.votes),
                signatures=each.signatures,
                hours=each.writing_hours + each.appraisal_hours,
                council_hours=each.council_hours,
                posting_days=each.posting_days,
                consultation_days=each.consultation_days,
                multiple=stated,
                bonus_vnd=None if salary is None or stated is None else stated * salary,
                pay_step_share=None if way.pay_step is None else float(way.pay_step.share),
                pay_step_months=None if way.pay_step is None else way.pay_step.months,
                files=_defined(files),
                given=_defined(given),
            )
        )
    return told


def _yearly(of_award: Sequence[Sequence[int]], part: int) -> float:
    return sum(of_year[part] for of_year in of_award) / max(len(of_award), 1)


def _bonuses(sets: Sequence[tuple[str, CriteriaSet]], instruments: InstrumentRegister, target: str | None = None) -> list[BonusLaw]:
    """List what each set says of each bonus; sets that say the same stand together."""
    found: dict[tuple[object, ...], BonusLaw] = {}
    for option, criteria in sets:
        for award, way in (ways_of(criteria) if target is None else _simulated_ways(criteria, target)).items():
            multiple = None if way.bonus is None else float(way.bonus.multiple)
            key = (award, multiple, way.source, way.assumption)
            if key not in found:
                found[key] = BonusLaw(
                    award=award,
                    title=both(way.award.title),
                    multiple=multiple,
                    used=_multiple(way),
                    source=None if way.source is None else cite_source(way.source, instruments),
                    confidence=None if way.source is None else way.source.confidence,
                    assumption=None if way.assumption is None else both(way.assumption),
                    options=[],
                )
            if option not in found[key].options:
                found[key].options.append(option)
    return list(found.values())


def _describe_costs(assumptions: AssumptionsFile) -> list[UnitCostUsed]:
    used = {name: assumptions.unit_costs[name] for name in UNIT_COSTS} | {name: assumptions.numbers[name] for name in ("appraisers", PAY_STEP)}
    return [
        UnitCostUsed(
            name,
            both(number.title),
            number.unit,
            number.value,
            number.low,
            number.high,
            None if number.source is None else both(number.source),
            number.assumed,
        )
        for name, number in used.items()
    ]


def _defined(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
