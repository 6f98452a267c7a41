"""The model: units and councils as Mesa agents, members as columns, one step a year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import mesa
import numpy as np

from simulator.model.attribution import attribute, choose_without_claims
from simulator.model.behaviour import Behaviour
from simulator.model.careers import move_on
from simulator.model.collectives import Collectives
from simulator.model.compiling import compile_regimes
from simulator.model.council import Council, total_of
from simulator.model.cycle import Cycle
from simulator.model.deeds import answer_deeds, do_deeds, reward_deeds
from simulator.model.effort import choose_effort
from simulator.model.files import write_files
from simulator.model.inspection import inspect
from simulator.model.learning import learn, remember_morale
from simulator.model.members import Members
from simulator.model.nomination import choose_by_noise_alone, decide_award
from simulator.model.norms import norms_taken_over, start_norms
from simulator.model.of_each import regime_of_each
from simulator.model.playable import Refusal, RegimeError
from simulator.model.recorder import Part, Recorder
from simulator.model.regime import AUTHORITIES
from simulator.model.structures import STRUCTURE_UNITS
from simulator.model.transition import take_over
from simulator.model.unit import Unit, scatter_counts
from simulator.model.wanted import Wanted
from simulator.randomness import Streams
from simulator.replications import REPLICATION_STEP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    from simulator._types import IndexArray
    from simulator.history import Achievements, History
    from simulator.model.criteria_weights import CriteriaWeights
    from simulator.model.files import Files
    from simulator.model.nomination import Outcome
    from simulator.model.regime import AwardRule, Regime
    from simulator.model.shock import Shock
    from simulator.population.generator import Population
    from simulator.rules.criteria import CriteriaSet

_N_HISTORY_YEARS = 2


class AwardModel(mesa.Model):  # type: ignore[misc]  # Mesa's models are untyped
    """Units nominate and councils decide, year after year, under a criteria set (``docs/odd.md``).

    Use it as any Mesa model: ``model.step()`` is one year, ``model.agents`` holds units and councils, and
    ``model.datacollector`` what happened. ``model.history()`` is the table the indicators read. A model that nobody holds is
    let go; a ``with`` block lets go of its agents at once.

    Parameters
    ----------
    population
        Units and posts; those of several replications that lie side by side (:func:`~simulator.population.generator.lay_side_by_side`) live on together,
        each as it would by itself, bit for bit. Reasons are told apart (``attributes``) of a single replication only.
    criteria
        The rules. One set for each replication where what they urge is followed to different degrees.
    behaviour
        Behavioural numbers; by default the clean world in which merit alone decides. One for each replication where they differ from one to the other.
    seed
        Integer from 0 to 2**63 - 1; all luck follows from it. One for each replication where several lie side by side.
    focus_award
        The award whose allocation is recorded in detail; where it is for collectives, units are recorded as the members of their clusters.
    unit_class
        A subclass of :class:`~simulator.model.unit.Unit` that decides in its own way; by default that of the behaviour's structure.
    is_perfect
        Apply the rules perfectly (the *lawful best*): files show merit, and nothing else counts.
    first_year
        Number of the first year to be simulated; years up to 0 are warm-up.
    collects
        Whether the datacollector is filled (sweeps that only want the history do without).
    shock
        What befalls some kinds of unit in some years.
    office_weights
        The weighing of criteria behind the office's own reference of merit, one for each regime; by default that of these criteria.
    attributes
        Whether the reasons of the focus award's winners are told apart every year (``docs/odd.md`` 7.15); it takes 128 more choices a year.
    wanted
        What is wanted beside the awards of members, which are the same bit for bit whatever else is. Where more hangs on one of these parts, or is collected,
        everything is lived through.
    """

    def __init__(
        self,
        population: Population,
        criteria: CriteriaSet | Sequence[CriteriaSet],
        behaviour: Behaviour | Sequence[Behaviour] | None = None,
        *,
        seed: int | Sequence[int] = 0,
        focus_award: str = "chien-si-thi-dua-co-so",
        unit_class: type[Unit] | None = None,
        is_perfect: bool = False,
        first_year: int = 1,
        collects: bool = True,
        shock: Shock | None = None,
        office_weights: Sequence[CriteriaWeights] = (),
        attributes: bool = False,
        wanted: Wanted = Wanted.EVERYTHING,
    ) -> None:
        """Settle the members and convene units and councils."""
        first_seed, *further_seeds = seed if isinstance(seed, Sequence) else (seed,)
        self.streams = Streams(first_seed, tuple(further_seeds))
        if len(self.streams.seeds) != population.n_replications or (attributes and further_seeds):
            message = f"{len(self.streams.seeds)} seeds do not go with {population.n_replications} replications, or reasons are asked of several."
            raise ValueError(message)
        super().__init__(rng=int(self.streams.seed))
        self.population = population
        self.behaviours = tuple(behaviour) if isinstance(behaviour, Sequence) else (behaviour or Behaviour(),)
        of_each = tuple(criteria) if isinstance(criteria, Sequence) else (criteria,)
        self.regimes, self.n_under_each = compile_regimes(of_each, self.behaviours, population.n_replications, focus_award=focus_award)
        self.is_about_collectives = any(rule.id == focus_award for rule in self.regime.collective_awards)
        if not self.is_about_collectives and all(rule.id != focus_award for rule in self.regime.awards):
            raise RegimeError(Refusal("", "not-yearly", focus_award))
        self.criteria = of_each[0]
        self.criteria_ids = frozenset((self.criteria.id, *(header.id for header in self.criteria.headers)))
        self.focus_award, self.is_perfect, self.collects, self.shock = focus_award, is_perfect, collects, shock
        self.office_weights = tuple(office_weights) or tuple(regime.weights for regime in self.regimes)
        self.attributes = attributes
        self.attributions: dict[int, dict[str, float]] = {}
        # Councils that learn also learn from the files of collectives.
        hangs_together = collects or self.is_about_collectives or self.behaviour.learns
        self.wanted = Wanted.EVERYTHING if hangs_together else wanted
        self.year = first_year - 1
        self.own_unit_class = unit_class
        self.unit_class = unit_class or STRUCTURE_UNITS[self.regime.behaviour.structure]
        self.members = Members.settle(population, self.streams, awards=self._awards())
        self.norms = start_norms(self.regimes, population.units.joined(self.n_under_each))
        self.collectives = Collectives.found(population, self.regimes, self.n_under_each, self.streams)
        self.recorder = Recorder(focus_award)
        lie_at = [column.tolist() for column in (population.units.place, population.groups.start, population.groups.size)]
        self.units = [self.unit_class(self, place, slice(start, start + size)) for place, start, size in zip(*lie_at, strict=True)]
        self.councils = {authority: Council(self, authority, population.n_replications) for authority in AUTHORITIES}
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
                self.unit_class: {"n_nominated": "n_nominated", "n_awarded": "n_awarded"},
                Council: {"authority": "authority"} | {name: partial(total_of, name) for name in ("n_read", "n_approved", "n_revoked")},
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

    @property
    def behaviour(self) -> Behaviour:
        """Behavioural numbers, those of the first replication."""
        return self.behaviours[0]

    @property
    def regime(self) -> Regime:
        """Rules and behaviour, those of the first replication."""
        return self.regimes[0]

    def step(self) -> None:
        """Live through one year."""
        self.year += 1
        cycle = self._cycle()
        move_on(cycle)
        effort = choose_effort(cycle)
        files = write_files(cycle, effort)
        deeds = do_deeds(cycle, effort)
        reward_deeds(deeds, files, cycle)
        for council in self.councils.values():
            council.open_year()
        priorities = self.unit_class.priorities(self.units, files, cycle)
        outcomes = {rule.id: decide_award(rule, files, cycle, self.councils[rule.authority], priorities) for rule in self.regime.awards}
        of_collectives = self.collectives.decide(cycle, files, self.councils) if Wanted.COLLECTIVES in self.wanted else {}
        decided = (outcomes | of_collectives)[self.focus_award]  # what is revoked afterwards was decided for the same reasons
        inspect(outcomes, files, cycle, self.councils)
        self.members.close_year(cycle)
        if Wanted.COLLECTIVES in self.wanted:
            self.collectives.close_year(cycle)
        aimed_at = outcomes[self.regime.focus.id]
        if self.is_about_collectives:
            self._write_down(self.collectives.cycle(cycle), self.collectives.files, of_collectives, decided, None)
        else:
            achievements = answer_deeds(deeds, aimed_at.winners, cycle) if Wanted.ANSWERS in self.wanted else None
            self._write_down(cycle, files, outcomes, decided, achievements)
        remember_morale(aimed_at, files, cycle)
        if self.behaviour.learns:
            learn(aimed_at, cycle, self.councils)

    def run(self, n_years: int) -> Self:
        """Live through several years."""
        for _ in range(n_years):
            self.step()
        return self

    def branch(
        self,
        criteria: CriteriaSet | Sequence[CriteriaSet],
        behaviour: Behaviour | Sequence[Behaviour] | None = None,
        *,
        n_years_kept: int = _N_HISTORY_YEARS,
    ) -> AwardModel:
        """Continue from this state under other rules, in a new model; this one stays as it is.

        The people, their past, their habits and their luck are the same bit for bit, but for what the new rules say titles earned so far are
        worth (``docs/odd.md`` 7.12). The new model's history begins with the last years of this one, which its indicators need as memory.

        Parameters
        ----------
        criteria, behaviour
            The rules that take over, and the behaviour (by default this model's).
        n_years_kept
            Years of this history that the new one begins with.
        """
        new = AwardModel(
            self.population,
            criteria,
            behaviour or self.behaviours,
            seed=self.streams.seeds,
            focus_award=self.focus_award,
            unit_class=self.own_unit_class,
            is_perfect=self.is_perfect,
            first_year=self.year + 1,
            collects=self.collects,
            shock=self.shock,
            office_weights=self.office_weights,
            attributes=self.attributes,
            wanted=self.wanted,
        )
        if new.wanted not in self.wanted:
            message = "What was not lived through so far cannot begin with other rules."
            raise ValueError(message)
        of_both_sets = dict.fromkeys((*self.members.award_years, *new._awards()))
        new.members = take_over(self.members.copy(awards=of_both_sets), self.criteria_ids, new.regime)
        new.collectives = self.collectives.taken_over_by(self.criteria_ids, new.collectives)
        before, after = (regime_of_each(model.regimes, model.n_under_each) for model in (self, new))
        new.norms = norms_taken_over(self.norms, before, after, self.population.units)
        for authority, council in self.councils.items():
            new.councils[authority].take_over(council)
        new.recorder = self.recorder.branch(n_years_kept)
        new.attributions = dict(self.attributions)
        return new

    def history(
        self,
        award_values: Mapping[str, float] | None = None,
        *,
        n_history_years: int = _N_HISTORY_YEARS,
        base_salary: float | None = None,
        bonuses: Sequence[tuple[int, Mapping[str, float]]] = (),
        with_references: bool = True,
        part: Part | None = None,
    ) -> History:
        """Give what happened as one table, replication after replication where several lie side by side (:func:`~simulator.history.split`).

        Parameters
        ----------
        award_values
            Worth of one award of each kind; by default the statutory bonuses of this model's criteria set.
        n_history_years
            First years that serve as memory only.
        base_salary
            VND of one base salary, where money is to be counted.
        bonuses
            What each set of rules that ruled gives, with its first year; none where all give what ``award_values`` say.
        with_references
            Whether merit by the other references is wanted, too; it takes time to work out.
        part
            One of :meth:`parts`; by default the whole.
        """
        cycle = self._cycle_of_focus()
        ad_hoc = {rule.id: rule.level for rule in self.regime.ad_hoc_awards}
        rules = [rule for rule in self._rules_of_focus() if rule.id not in ad_hoc]
        # Steps are those one asks for: the unit's own yearly titles come and go between them, and would hide whether one asks for more.
        levels = {rule.id: rule.level for rule in rules if rule.is_asked_for} or {rule.id: rule.level for rule in rules}
        return self.recorder.history(
            cycle,
            award_values or self.award_values,
            levels if self.is_about_collectives else levels | ad_hoc,
            n_history_years=n_history_years,
            ad_hoc=ad_hoc,
            base_salary=base_salary,
            bonuses=bonuses,
            with_references=with_references,
            part=part,
        )

    def parts(self) -> list[Part | None]:
        """Cut a long history into parts of whole units; what is not long, or holds replications side by side, stays whole (``None``)."""
        return self.recorder.parts(self._cycle_of_focus())

    def _cycle_of_focus(self) -> Cycle:
        return self.collectives.cycle(self._cycle()) if self.is_about_collectives else self._cycle()

    def winners_so_far(self) -> list[dict[str, IndexArray]]:
        """For each replication: award → labels of all who won it in a year of the history, each once."""
        return [
            {award: labels[labels // REPLICATION_STEP == replication] % REPLICATION_STEP for award, labels in self.recorder.winners().items()}
            for replication in range(self.population.n_replications)
        ]

    @property
    def award_values(self) -> dict[str, float]:
        """Statutory bonus of each award of those who stand for the focus award, in multiples of the base salary."""
        return {rule.id: rule.value for rule in self._rules_of_focus()}

    def close(self) -> None:
        """Let go of the agents, so that Mesa lets go of the model."""
        self.remove_all_agents()
        self.units = []
        self.councils = {}
        _forget_identifiers(self)

    def _rules_of_focus(self) -> tuple[AwardRule, ...]:
        regime = self.regime
        return regime.collective_awards if self.is_about_collectives else (*regime.awards, *regime.ad_hoc_awards)

    def _cycle(self) -> Cycle:
        return Cycle(
            year=self.year,
            regime=self.regime,
            further_regimes=self.regimes[1:],
            n_under_each=self.n_under_each,
            population=self.population,
            members=self.members,
            streams=self.streams,
            norms=self.norms,
            is_perfect=self.is_perfect,
            shock=self.shock,
            office_weights=self.office_weights,
        )

    def _awards(self) -> tuple[str, ...]:
        return tuple(rule.id for rule in (*self.regime.awards, *self.regime.ad_hoc_awards))

    def _write_down(self, cycle: Cycle, files: Files, outcomes: Mapping[str, Outcome], decided: Outcome, achievements: Achievements | None) -> None:
        """Write the year of those who stand for the focus award into the book, and onto the agents."""
        focus, groups = outcomes[self.focus_award], cycle.population.groups
        council = self.councils[focus.rule.authority]
        noise_choice = without_claims = None
        if Wanted.CHOICE_BY_NOISE in self.wanted:
            noise_choice = choose_by_noise_alone(focus, files, groups)
        if Wanted.CHOICE_WITHOUT_CLAIMS in self.wanted:
            without_claims = choose_without_claims(focus, files, cycle, council) if files.has_claims else focus.winners
        self.recorder.write(
            cycle,
            files,
            tuple(outcomes.values()),
            focus,
            noise_choice=noise_choice,
            choice_without_claims=without_claims,
            achievements=achievements,
            with_references=Wanted.REFERENCES in self.wanted,
        )
        if self.attributes:
            self.attributions[cycle.year] = attribute(decided, files, cycle, council)
        if self.collects:
            self._collect(cycle, files, focus)

    def _collect(self, cycle: Cycle, files: Files, focus: Outcome) -> None:
        population = cycle.population
        self.last_counts = {
            "n_eligible": int(focus.is_eligible.sum()),
            "n_nominated": len(focus.nominees),
            "n_awarded": len(focus.winners),
            "n_awarded_leaders": int(population.is_leader[focus.winners].sum()),
            "mean_merit": float(files.merit.mean(dtype=np.float64)),
        }
        if not self.is_about_collectives:
            of_member, n_units = population.groups.of_member, population.n_units
            scatter_counts(
                self.units,
                np.bincount(of_member[focus.nominees], minlength=n_units),
                np.bincount(of_member[focus.winners], minlength=n_units),
            )
        self.datacollector.collect(self)


def _forget_identifiers(model: mesa.Model) -> None:
    """Let Mesa forget a model: up to 3.4.1 a dictionary of the agent class holds every one for ever (mesa issue 3179)."""
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
