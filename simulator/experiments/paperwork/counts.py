"""How many files are written and how many awards given in each year under each option: counted as they are decided, award by award."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from simulator.errors import RunError
from simulator.experiments.execution.kept_runs import AsText, KeptAs, run_or_recall
from simulator.experiments.runs.plan import PlannedRun, fingerprint
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run import takeovers, warmed_up
from simulator.model.recorder import Recorder
from simulator.rules.clauses import PayStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.model import AwardModel
    from simulator.model.nomination import Outcome
    from simulator.rules.criteria import CriteriaSet


@dataclass(frozen=True)
class OptionCounts:
    """What was counted under one option.

    Attributes
    ----------
    awards
        Award → files and awards of each year.
    stepping
        Awards that may lead to an early pay step, joined by ``+`` → how many people won exactly these in each year.
    """

    awards: dict[str, list[list[int]]]
    stepping: dict[str, list[int]]


Counts: TypeAlias = dict[str, OptionCounts]
"""Key of an option → what was counted under it."""


_ByYear: TypeAlias = "Counter[tuple[str, int]]"


class CountingRecorder(Recorder):
    """A book that counts files and awards besides."""

    def __init__(self, of: Recorder, stepping: list[str], files: _ByYear, given: _ByYear, together: _ByYear) -> None:
        """Go on with another book, and add to these counts; ``stepping`` are the awards that may lead to an early pay step."""
        super().__init__(of.focus_award)
        self.years = of.years
        self.stepping, self.files, self.given, self.together = stepping, files, given, together

    def write(self, cycle: Cycle, files: Files, outcomes: Sequence[Outcome], focus: Outcome, **others: Any) -> None:
        """Write down a year, and count it."""
        super().write(cycle, files, outcomes, focus, **others)
        for outcome in outcomes:
            self.files[outcome.rule.id, cycle.year] += len(outcome.nominees)
        for award in cycle.members.award_years:
            self.given[award, cycle.year] += len(cycle.members.winners_of(award))
        for names, n in _together(cycle, self.stepping).items():
            self.together[names, cycle.year] += n


def _together(cycle: Cycle, stepping: list[str]) -> dict[str, int]:
    """Count the winners of some awards by which of them they won, joined by ``+``."""
    known = [name for name in stepping if name in cycle.members.award_years]
    winners = [cycle.members.winners_of(name) for name in known]
    if not winners:
        return {}
    won = np.repeat(1 << np.arange(len(known)), [len(each) for each in winners])
    _, person = np.unique(np.concatenate(winners), return_inverse=True)
    codes, counts = np.unique(np.bincount(person, weights=won).astype(np.int64), return_counts=True)
    names = ["+".join(name for place, name in enumerate(known) if code >> place & 1) for code in codes.tolist()]
    return dict(zip(names, counts.tolist(), strict=True))


def count_replication(scenario: Scenario, replication: int) -> Counts:
    """Count one replication of every option, each course of rules once."""
    with warmed_up(scenario, replication) as warm:
        return {option.key: _count(warm, option, scenario) for option in {each.key: each for each in scenario.options}.values()}


def _count(warm: AwardModel, option: Option, scenario: Scenario) -> OptionCounts:
    files: _ByYear = Counter()
    given: _ByYear = Counter()
    together: _ByYear = Counter()
    stepping = sorted({name for criteria in (scenario.baseline, *(phase.criteria for phase in option.phases)) for name in _stepping(criteria)})
    last = max((phase.from_year for phase in option.phases if phase.from_year <= scenario.years), default=1)
    for from_year, _, successor in takeovers(warm, option, scenario):
        successor.recorder = CountingRecorder(successor.recorder, stepping, files, given, together)
        if from_year == last:  # the others are run to the end of their years by whoever shows them
            successor.run(scenario.years - from_year + 1)
    years = range(1, scenario.years + 1)
    return OptionCounts(
        awards={award: [[files[award, year], given[award, year]] for year in years] for award in sorted({award for award, _ in (*files, *given)})},
        stepping={names: [together[names, year] for year in years] for names in sorted({names for names, _ in together})},
    )


def _stepping(criteria: CriteriaSet) -> list[str]:
    """Name the awards that may lead to an early pay step."""
    return [name for name, award in criteria.awards.items() if any(isinstance(clause, PayStep) for clause in award.clauses.values())]


def count_all(scenario: Scenario, computing: Computing) -> list[Counts]:
    """Count every replication of a scenario; those the store holds are not run again.

    Raises
    ------
    RunError
        If fewer than two replications succeed.
    """
    key, error = fingerprint(scenario), ""
    plan = [PlannedRun(scenario, number) for number in range(scenario.replications)]
    names = [KeptAs(key, f"paperwork-{number}") for number in range(scenario.replications)]
    found: dict[int, Counts] = {}
    for number, result in run_or_recall(count_replication, plan, names, AsText(_write, _read), computing, computing.progress):
        if isinstance(result, ReplicationFailure):
            error = result.error
        else:
            found[number] = result
    if len(found) < 2:  # noqa: PLR2004  # one replication has no interval
        raise RunError(error or "too few replications", fields={"reason": error or "too few replications"})
    return [found[number] for number in sorted(found)]


def _write(counts: Counts) -> str:
    return json.dumps({key: asdict(of) for key, of in counts.items()})


def _read(text: str) -> Counts | None:
    try:
        return {
            key: OptionCounts(
                {award: [[int(files), int(given)] for files, given in years] for award, years in of["awards"].items()},
                {names: [int(n) for n in years] for names, years in of["stepping"].items()},
            )
            for key, of in json.loads(text).items()
        }
    except (AttributeError, KeyError, TypeError, ValueError):  # changed by hand: as good as none
        return None
