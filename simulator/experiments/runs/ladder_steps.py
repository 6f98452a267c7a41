"""The commendation ladder of a scenario: which award leads to which, and how far people get on it under each option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.mathematics.incidence import Incidence
from simulator.experiments.results.ladder import FEW_CAVEAT, LadderStep, ReachedBy, RunCount
from simulator.model.ladder import wanted_tests
from simulator.rules.clauses import Eligibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.experiments.results.records import BilingualText
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.indicators.ladder_flow import Step, StepOutcome
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

_WON_BEFORE = ("award-run", "award-count")
_HORIZONS: Final = (3, 5, 10)
"""Years."""


def steps_of(scenario: Scenario) -> list[Step]:
    """Find the steps of the ladder that the sets of a scenario build, the lowest first; empty where there is none.

    A step leads from the highest award that another one asks to have been won before. Yearly awards of those whom the focus award is for count; the others
    build no ladder. A step that any set has is followed under every option, so that options can be compared.
    """
    found: dict[Step, int] = {}
    for criteria in _sets(scenario):
        target = criteria.awards[scenario.focus_award].target
        annual = {award_id: award for award_id, award in criteria.awards.items() if award.kind == "merit" and award.target == target}
        for upper, award in annual.items():
            asked = [lower for lower in _asked_before(award) if lower in annual and annual[lower].level < award.level]
            highest = max((annual[lower].level for lower in asked), default=0)
            found |= {(lower, upper): award.level for lower in asked if annual[lower].level == highest}
    return sorted(found, key=lambda step: (found[step], step))


def compare_steps(
    of_option: Sequence[Mapping[Step, StepOutcome]], of_baseline: Sequence[Mapping[Step, StepOutcome]], titles: Mapping[str, BilingualText]
) -> list[LadderStep]:
    """Put the replications of every step together, and compare it with the baseline in pairs.

    Parameters
    ----------
    of_option, of_baseline
        (n_replications,) what :func:`~simulator.indicators.ladder_flow.follow_steps` gave.
    titles
        Award → its title.
    """
    return [
        _compare_step(step, [run[step] for run in of_option], [run[step] for run in of_baseline], titles)
        for step in of_option[0]
        if all(step in run for run in (*of_option, *of_baseline))
    ]


def _compare_step(
    step: Step, of_option: Sequence[StepOutcome], of_baseline: Sequence[StepOutcome], titles: Mapping[str, BilingualText]
) -> LadderStep:
    lower, upper = step
    incidence, reference = Incidence.of(of_option), Incidence.of(of_baseline)
    median, median_low, median_high = incidence.median()
    return LadderStep(
        award=lower,
        award_title=titles[lower],
        next_award=upper,
        next_title=titles[upper],
        followed=_count([run.followed for run in of_option], [run.followed for run in of_baseline]),
        all_followed=sum(run.followed for run in of_option),
        all_arrived=sum(sum(run.arrived) for run in of_option),
        reached=[_reached_by(years, incidence, reference) for years in _horizons(len(of_option[0].at_risk))],
        observed_years=incidence.observed_years,
        median_years=median,
        median_low=median_low,
        median_high=median_high,
    )


def _horizons(n_years: int) -> list[int]:
    """Choose the years after which is asked who has arrived: as far as anybody can be followed."""
    return [years for years in _HORIZONS if years < n_years] or [max(n_years - 1, 0)] * (n_years > 0)


def _reached_by(years: int, incidence: Incidence, reference: Incidence) -> ReachedBy:
    is_told = incidence.is_enough(years)
    low, high = incidence.interval(years) if is_told else (None, None)
    difference, difference_low, difference_high = incidence.difference(reference, years) if is_told and reference.is_enough(years) else (None,) * 3
    return ReachedBy(
        years=years,
        value=incidence.at(years) if is_told else None,
        low=low,
        high=high,
        difference=difference,
        difference_low=difference_low,
        difference_high=difference_high,
        n=incidence.n_known_with(reference, years),
        at_risk=incidence.n_at_risk(years),
        arrived=incidence.n_arrived(years),
        caveat=None if is_told else FEW_CAVEAT,
    )


def _count(counts: Sequence[int], of_baseline: Sequence[int]) -> RunCount:
    differences = [one - other for one, other in zip(counts, of_baseline, strict=True)]
    n = len(counts)
    return RunCount(sum(counts) / n, min(counts), max(counts), sum(differences) / n, min(differences), max(differences))


def titles_of_awards(scenario: Scenario) -> dict[str, BilingualText]:
    """Give the title of every award of a scenario; the baseline's name for it where it has one."""
    titles: dict[str, BilingualText] = {}
    for criteria in _sets(scenario):
        for award_id, award in criteria.awards.items():
            titles.setdefault(award_id, {"vi": award.title.vi, "en": award.title.en})
    return titles


def _sets(scenario: Scenario) -> Iterator[CriteriaSet]:
    yield scenario.baseline
    for option in scenario.options:
        yield from (phase.criteria for phase in option.phases)


def _asked_before(award: Award) -> set[str]:
    return {
        test.award
        for clause in award.clauses.values()
        if isinstance(clause, Eligibility)
        for test in wanted_tests(clause.requires)
        if test.fact in _WON_BEFORE and test.award is not None
    }
