"""Read what was lived through under some rules: as one history, or in parts of whole units where one would be long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.experiments.runs.compliance import SWEPT
from simulator.experiments.runs.ladder_steps import steps_of
from simulator.experiments.runs.references import told_by_reference, values_by_reference
from simulator.experiments.runs.results import OptionRun
from simulator.history import split
from simulator.indicators.breakdown import GroupCounts, break_down
from simulator.indicators.ladder_flow import follow_steps
from simulator.indicators.measurement import INDICATORS, MIX
from simulator.indicators.references import under_reference
from simulator.indicators.values import PartsMeasured, values_of_each

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from simulator._types import FloatArray, IndexArray
    from simulator.experiments.scenarios.scenario import Scenario
    from simulator.history import History
    from simulator.indicators.ladder_flow import Step
    from simulator.model.model import AwardModel
    from simulator.model.recorder import Part


@dataclass(frozen=True, slots=True)
class Lived:
    """What some rules gave, not bound into a history before it is read.

    Attributes
    ----------
    model
        The model, closed after its last year.
    award_values, n_history_years, base_salary, bonuses, with_references
        As of :meth:`~simulator.model.model.AwardModel.history`.
    """

    model: AwardModel
    award_values: Mapping[str, float]
    n_history_years: int
    base_salary: float | None
    bonuses: tuple[tuple[int, Mapping[str, float]], ...]
    with_references: bool

    def history(self, part: Part | None = None) -> History:
        """Bind the history of all replications together, or a part of a long one."""
        return self.model.history(
            self.award_values,
            n_history_years=self.n_history_years,
            base_salary=self.base_salary,
            bonuses=self.bonuses,
            with_references=self.with_references,
            part=part,
        )

    def parts(self) -> Iterator[tuple[Part, History]]:
        """Bind one part of a long history after the other; none of what is read as a whole."""
        return ((part, self.history(part)) for part in self.model.parts() if part is not None)

    @property
    def is_in_parts(self) -> bool:
        """Whether it is so long that it is read in parts."""
        return len(self.model.parts()) > 1

    def values(self, names: Collection[str] = (*INDICATORS, *MIX)) -> list[tuple[dict[str, float], dict[str, FloatArray]]]:
        """Measure each replication without its course."""
        if not self.is_in_parts:
            return values_of_each(self.history(), names=names, with_course=False)
        measured = PartsMeasured(names=names, with_course=False)
        for _, history in self.parts():
            measured.add(history)
        return [measured.values()]


@dataclass(frozen=True, slots=True)
class HistoryReader:
    """Reads what a history shows of one set of rules.

    Attributes
    ----------
    sectors
        Kind of unit → its sector.
    steps
        The steps of the ladder that are followed.
    won_before
        For each replication: award → labels of those who won it in the warm-up.
    """

    sectors: dict[str, str]
    steps: list[Step]
    won_before: list[dict[str, IndexArray]]

    @classmethod
    def of(cls, scenario: Scenario, warm: AwardModel) -> HistoryReader:
        """Prepare to read histories that go on from a warm-up."""
        sectors = {name: kind.sector for name, kind in scenario.population.kinds.items()}
        return cls(sectors, list(steps_of(scenario)), warm.winners_so_far())

    def read(self, lived: Lived, *, by_reference: Sequence[bool] = ()) -> list[OptionRun]:
        """Measure each replication, as practised: everything but what other histories, or reasons, are needed for.

        Parameters
        ----------
        lived
            What was lived through.
        by_reference
            Which replications are measured by every reference of merit, too; none by default.
        """
        wanted = by_reference or [False] * len(self.won_before)
        if lived.is_in_parts:
            return [self._read_parts(lived, by_reference=wanted[0])]
        together = lived.history()
        return [
            OptionRun(
                values=values,
                lawful_best={},
                course=course,
                by_reference=values_by_reference(history, values) if is_wanted else {},
                reasons={},
                by_group=break_down(history, self.sectors),
                ladder=follow_steps(history, self.steps, won_before),
            )
            for history, (values, course), won_before, is_wanted in zip(
                split(together), values_of_each(together), self.won_before, wanted, strict=True
            )
        ]

    def _read_parts(self, lived: Lived, *, by_reference: bool) -> OptionRun:
        """Read a long history, which is of one replication, in one go through its parts."""
        measured, counts, ladders = PartsMeasured(), [], []
        others: dict[str, PartsMeasured] = {}
        (won_before,) = self.won_before
        for part, history in lived.parts():
            measured.add(history)
            counts.append(GroupCounts.of(history))
            ladders.append(follow_steps(history, self.steps, {award: part.labels_among(ids) for award, ids in won_before.items()}))
            for name in history.references if by_reference else ():
                others.setdefault(name, PartsMeasured(names=SWEPT, with_course=False)).add(under_reference(history, name))
        values, course = measured.values()
        told = {name: other.values()[0] for name, other in others.items()}
        return OptionRun(
            values=values,
            lawful_best={},
            course=course,
            by_reference=told_by_reference(values, told) if by_reference else {},
            reasons={},
            by_group=sum(counts[1:], start=counts[0]).divided(self.sectors),
            ladder={step: sum((ladder[step] for ladder in ladders[1:]), start=outcome) for step, outcome in ladders[0].items()},
        )
