"""One year of a small world without the model around it, for tests of single submodels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.model.behaviour import Behaviour
from simulator.model.compiling import compile_regime
from simulator.model.cycle import Cycle
from simulator.model.members import Members
from simulator.model.norms import Norms
from simulator.population.generator import uniform_population
from simulator.randomness import Streams
from tests.worlds import FOCUS, one_award, quota

if TYPE_CHECKING:
    from simulator.model.criteria_weights import CriteriaWeights
    from simulator.model.shock import Shock
    from simulator.population.generator import Population
    from simulator.rules.criteria import CriteriaSet


def begin_cycle(
    behaviour: Behaviour | None = None,
    rules: CriteriaSet | None = None,
    *,
    population: Population | None = None,
    n_units: int = 20,
    size: int | list[int] = 20,
    year: int = 1,
    seed: int = 1,
    is_perfect: bool = False,
    shock: Shock | None = None,
    office_weights: tuple[CriteriaWeights, ...] = (),
) -> Cycle:
    """Settle a small world and open its first year; by default one award with places for 15 % of the staff."""
    regime = compile_regime(rules or one_award(quota()), behaviour or Behaviour(), focus_award=FOCUS)
    population = population or uniform_population(n_units, size, n_leaders=3)
    streams = Streams(seed)
    awards = [rule.id for rule in (*regime.awards, *regime.ad_hoc_awards)]
    return Cycle(
        year=year,
        regime=regime,
        population=population,
        members=Members.settle(population, streams, awards=awards),
        streams=streams,
        norms=Norms.start(regime, population.n_units),
        is_perfect=is_perfect,
        shock=shock,
        office_weights=office_weights,
    )
