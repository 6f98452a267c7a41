"""The commendation ladder of a scenario: which award leads to which, and how far people get on it under each option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.experiments.groups import compare_number
from simulator.experiments.results import LadderStep
from simulator.model.ladder import wanted_tests
from simulator.rules.clauses import Eligibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.experiments.results import BilingualText
    from simulator.experiments.scenario import Scenario
    from simulator.indicators.ladder_flow import Step, StepOutcome
    from simulator.rules.criteria import CriteriaSet
    from simulator.rules.schema import Award

_WON_BEFORE = ("award-run", "award-count")


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
    """Average every step over replications, and its differences from the baseline in pairs.

    Parameters
    ----------
    of_option, of_baseline
        (n_replications,) what :func:`~simulator.indicators.ladder_flow.follow_steps` gave.
    titles
        Award → its title.
    """
    return [
        LadderStep(
            award=step[0],
            award_title=titles[step[0]],
            next_award=step[1],
            next_title=titles[step[1]],
            holders=compare_number([float(run[step].holders) for run in of_option], [float(run[step].holders) for run in of_baseline]),
            reached_share=compare_number([run[step].reached_share for run in of_option], [run[step].reached_share for run in of_baseline]),
            median_years=compare_number([run[step].median_years for run in of_option], [run[step].median_years for run in of_baseline]),
        )
        for step in of_option[0]
        if all(step in run for run in of_baseline)
    ]


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
