"""How many files are written and how many awards given in each year under each option: counted as they are decided, award by award."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from simulator.errors import RunError
from simulator.experiments.execution.kept_runs import AsText, KeptAs, run_or_recall
from simulator.experiments.runs.plan import PlannedRun, fingerprint
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.run import takeovers, warmed_up
from simulator.model.recorder import Recorder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.execution.computing import Computing
    from simulator.experiments.scenarios.option import Option
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.model.cycle import Cycle
    from simulator.model.files import Files
    from simulator.model.model import AwardModel
    from simulator.model.nomination import Outcome

Counts: TypeAlias = dict[str, dict[str, list[list[int]]]]
"""Key of an option → award → files and awards of each year."""


class CountingRecorder(Recorder):
    """A book that counts files and awards besides."""

    def __init__(self, of: Recorder, files: Counter[tuple[str, int]], given: Counter[tuple[str, int]]) -> None:
        """Go on with another book, and add to these counts."""
        super().__init__(of.focus_award)
        self.years = of.years
        self.files, self.given = files, given

    def write(self, cycle: Cycle, files: Files, outcomes: Sequence[Outcome], focus: Outcome, **others: Any) -> None:
        """Write down a year, and count it."""
        super().write(cycle, files, outcomes, focus, **others)
        for outcome in outcomes:
            self.files[outcome.rule.id, cycle.year] += len(outcome.nominees)
        for award in cycle.members.award_years:
            self.given[award, cycle.year] += len(cycle.members.winners_of(award))


def count_replication(scenario: Scenario, replication: int) -> Counts:
    """Count one replication of every option, each course of rules once."""
    with warmed_up(scenario, replication) as warm:
        return {option.key: _count(warm, option, scenario) for option in {each.key: each for each in scenario.options}.values()}


def _count(warm: AwardModel, option: Option, scenario: Scenario) -> dict[str, list[list[int]]]:
    files: Counter[tuple[str, int]] = Counter()
    given: Counter[tuple[str, int]] = Counter()
    last = max((phase.from_year for phase in option.phases if phase.from_year <= scenario.years), default=1)
    for from_year, _, successor in takeovers(warm, option, scenario):
        successor.recorder = CountingRecorder(successor.recorder, files, given)
        if from_year == last:  # the others are run to the end of their years by whoever shows them
            successor.run(scenario.years - from_year + 1)
    years = range(1, scenario.years + 1)
    return {award: [[files[award, year], given[award, year]] for year in years] for award in sorted({award for award, _ in (*files, *given)})}


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
    for number, result in run_or_recall(count_replication, plan, names, AsText(json.dumps, _read), computing, computing.progress):
        if isinstance(result, ReplicationFailure):
            error = result.error
        else:
            found[number] = result
    if len(found) < 2:  # noqa: PLR2004  # one replication has no interval
        raise RunError(error or "too few replications", fields={"reason": error or "too few replications"})
    return [found[number] for number in sorted(found)]


def _read(text: str) -> Counts | None:
    try:
        return {
            key: {award: [[int(files), int(given)] for files, given in years] for award, years in of.items()} for key, of in json.loads(text).items()
        }
    except (AttributeError, TypeError, ValueError):  # changed by hand: as good as none
        return None
