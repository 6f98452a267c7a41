"""The model: units and councils as Mesa agents, members as columns, one step a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np

from simulator.model.ad_hoc import reward_deeds
from simulator.model.behaviour import Behaviour
from simulator.model.council import Council
from simulator.model.cycle import Cycle
from simulator.model.files import write_files
from simulator.model.members import Members
from simulator.model.nomination import choose_by_noise_alone, decide_award
from simulator.model.playable import RegimeError
from simulator.model.recorder import Recorder
from simulator.model.regime import AUTHORITIES, compile_regime
from simulator.model.unit import (
    Unit,
    bulk_priority,
    choose_weights,
    one_by_one_priority,
    scatter_counts,
    scatter_weights,
    weigh_up,
)
from simulator.randomness import Streams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from simulator._types import FloatArray
    from simulator.history import History
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome
    from simulator.population.generator import Population
    from simulator.rules.criteria import CriteriaSet

_N_HISTORY_YEARS = 2


class AwardModel(mesa.Model):  # type: ignore[misc]  # Mesa's models are untyped
    """Units nominate and councils decide, year after year, under a criteria set.

    Use it as any Mesa model: ``model.step()`` is one year, ``model.agents`` holds units and councils, and
    ``model.datacollector`` what happened. ``model.history()`` is the table the indicators read. A model that nobody holds is
    let go; a ``with`` block lets go of its agents at once.

    Parameters
    ----------
    population
        Units and posts.
    criteria
        The rules.
    behaviour
        Behavioural numbers; by default the clean world in which merit alone decides.
    seed
        Integer from 0 to 2**63 - 1; all luck follows from it.
    focus_award
        The award whose allocation is recorded in detail.
    unit_class
        :class:`~simulator.model.unit.Unit`, or a subclass that decides in its own way.
    is_perfect
        Apply the rules perfectly (the *lawful best*): files show merit, and nothing else counts.
    first_year
        Number of the first year to be simulated; years up to 0 are warm-up.
    collects
        Whether the datacollector is filled (sweeps that only want the history do without).
    """

    def __init__(
        self,
        population: Population,
        criteria: CriteriaSet,
        behaviour: Behaviour | None = None,
        *,
        seed: int = 0,
        focus_award: str = "chien-si-thi-dua-co-so",
        unit_class: type[Unit] = Unit,
        is_perfect: bool = False,
        first_year: int = 1,
        collects: bool = True,
    ) -> None:
        """Settle the members and convene units and councils."""
        self.streams = Streams(seed)
        super().__init__(rng=int(self.streams.seed))
        self.population = population
        self.behaviour = behaviour or Behaviour()
        self.regime = compile_regime(criteria, self.behaviour, focus_award=focus_award)
        if all(rule.id != focus_award for rule in self.regime.awards):
            message = f"{focus_award!r} is not an annual merit award, so its allocation cannot be followed."
            raise RegimeError(message)
        self.focus_award = focus_award
        self.is_perfect = is_perfect
        self.collects = collects
        self.year = first_year - 1
        self.unit_class = unit_class
        self.members = Members.settle(population, self.streams, awards=self._awards())
        self.recorder = Recorder(focus_award)
        starts = population.groups.start.tolist()
        sizes = population.groups.size.tolist()
        self.units = [
            unit_class(self, position, slice(start, start + size)) for position, (start, size) in enumerate(zip(starts, sizes, strict=True))
        ]
        self.councils = {authority: Council(self, authority) for authority in AUTHORITIES}
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "year": "year",
                "n_eligible": lambda model: model.last_counts["n_eligible"],
                "n_nominated": lambda model: model.last_counts["n_nominated"],
                "n_awarded": lambda model: model.last_counts["n_awarded"],
                "n_awarded_leaders": lambda model: model.last_counts["n_awarded_leaders"],
                "mean_merit": lambda model: model.last_counts["mean_merit"],
            },
            agenttype_reporters={
                Unit: {"n_nominated": "n_nominated", "n_awarded": "n_awarded"},
                Council: {"authority": "authority", "n_read": "n_read", "n_approved": "n_approved"},
            },
        )
        self.last_counts: dict[str, float] = {}
        _forget_identifiers(self)

    def __enter__(self) -> Self:
        """Return the model itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the model."""
        self.close()

    def step(self) -> None:
        """Live through one year."""
        self.year += 1
        cycle = self._cycle()
        self.members.open_year(cycle)
        files = write_files(self.members.merit(cycle), cycle)
        reward_deeds(files, cycle)
        weights = choose_weights(cycle)
        for council in self.councils.values():
            council.open_year()
        for rule in self.regime.awards:
            council = self.councils[rule.authority]
            outcome = decide_award(rule, files, cycle, council, lambda award: self._priority(award, weights, files, cycle))
            if rule.id == self.focus_award:
                focus = outcome
        self.members.close_year(cycle.regime)
        self.recorder.write(cycle, files, focus, choose_by_noise_alone(focus, files, self.population.groups))
        if self.collects:
            self._collect(files, focus)

    def run(self, n_years: int) -> Self:
        """Live through several years."""
        for _ in range(n_years):
            self.step()
        return self

    def branch(self, criteria: CriteriaSet, behaviour: Behaviour | None = None) -> AwardModel:
        """Continue from this state under other rules, in a new model; this one stays as it is.

        The people, their past and their luck are the same bit for bit. The new model's history begins with the last two
        years of this one, which its indicators need as memory.
        """
        new = AwardModel(
            self.population,
            criteria,
            behaviour or self.behaviour,
            seed=self.streams.seed,
            focus_award=self.focus_award,
            unit_class=self.unit_class,
            is_perfect=self.is_perfect,
            first_year=self.year + 1,
            collects=self.collects,
        )
        new.members = self.members.copy(awards=new._awards())
        new.recorder = self.recorder.branch(_N_HISTORY_YEARS)
        return new

    def history(self, award_values: Mapping[str, float] | None = None, *, n_history_years: int = 2) -> History:
        """Give what happened as one table.

        Parameters
        ----------
        award_values
            Worth of one award of each kind; by default the statutory bonuses of this model's criteria set.
        n_history_years
            First years that serve as memory only.
        """
        values = award_values or self.award_values
        return self.recorder.history(self._cycle(), values, n_history_years=n_history_years)

    @property
    def award_values(self) -> dict[str, float]:
        """Statutory bonus of each award, in multiples of the base salary."""
        return {rule.id: rule.value for rule in (*self.regime.awards, *self.regime.ad_hoc_awards)}

    def close(self) -> None:
        """Let go of the agents, so that Mesa lets go of the model."""
        self.remove_all_agents()
        self.units = []
        self.councils = {}
        _forget_identifiers(self)

    def _cycle(self) -> Cycle:
        return Cycle(
            year=self.year,
            regime=self.regime,
            population=self.population,
            members=self.members,
            streams=self.streams,
            is_perfect=self.is_perfect,
        )

    def _awards(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in (*self.regime.awards, *self.regime.ad_hoc_awards))

    def _priority(self, award: str, weights: FloatArray, files: Files, cycle: Cycle) -> FloatArray:
        reasons = weigh_up(award, weights, files, cycle)
        if self.unit_class.priority is Unit.priority:
            return bulk_priority(self.unit_class, weights, reasons, self.population.groups)
        scatter_weights(self.units, weights)
        return one_by_one_priority(self.units, reasons, self.population.n_members)

    def _collect(self, files: Files, focus: Outcome) -> None:
        groups = self.population.groups
        n_units = self.population.n_units
        self.last_counts = {
            "n_eligible": int(focus.is_eligible.sum()),
            "n_nominated": len(focus.nominees),
            "n_awarded": len(focus.winners),
            "n_awarded_leaders": int(self.population.is_leader[focus.winners].sum()),
            "mean_merit": float(files.merit.mean(dtype=np.float64)),
        }
        scatter_counts(
            self.units,
            np.bincount(groups.of_member[focus.nominees], minlength=n_units),
            np.bincount(groups.of_member[focus.winners], minlength=n_units),
        )
        self.datacollector.collect(self)


def _forget_identifiers(model: mesa.Model) -> None:
    """Let Mesa forget a model: up to 3.4.1 a dictionary of the agent class holds every one for ever (mesa issue 3179)."""
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
