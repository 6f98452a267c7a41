from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.history import Role
from simulator.model.behaviour import Behaviour
from simulator.model.criteria_weights import CRITERIA, RESULTS_ALONE, weigh_criteria
from simulator.model.effort import Effort, choose_effort
from simulator.model.merit import live_year, of_reference, references_of, round_to_grid, weighed_sum
from simulator.model.shock import Shock
from simulator.randomness import Streams
from simulator.ranking import SCORE_STEP
from tests.cycles import begin_cycle
from tests.worlds import clause, one_award, quota

LOADINGS = np.array([0.9, 0.6, 0.3, 0.2])


def merits_of(behaviour=None, **world):
    cycle = begin_cycle(behaviour, **world)
    return live_year(cycle, choose_effort(cycle)), cycle


def four(merits):
    return np.array([merits.by(criterion) for criterion in CRITERIA])


def test_every_criterion_is_standard_and_they_share_one_general_merit():
    merits, _ = merits_of(n_units=4000)
    shown = four(merits)
    assert shown.mean(axis=1) == pytest.approx(np.zeros(4), abs=0.015)
    assert shown.std(axis=1) == pytest.approx(np.ones(4), abs=0.01)
    expected = np.outer(LOADINGS, LOADINGS)
    np.fill_diagonal(expected, 1)
    assert np.corrcoef(shown) == pytest.approx(expected, abs=0.015)


def test_merit_lasts_as_specified():
    """Lag k of M_results: ω + (1−ω)·l²·φᵏ; aptitudes of the year last a year, fortune fades."""
    cycle = begin_cycle(n_units=4000)
    years = []
    for year in (1, 2, 3):
        now = replace(cycle, year=year)
        years.append(live_year(now, choose_effort(now)).results)
    assert np.corrcoef(years[0], years[1])[0, 1] == pytest.approx(0.65 + 0.35 * 0.81 * 0.3, abs=0.01)
    assert np.corrcoef(years[0], years[2])[0, 1] == pytest.approx(0.65 + 0.35 * 0.81 * 0.09, abs=0.01)


def test_merit_that_is_all_talent_never_changes():
    cycle = begin_cycle(Behaviour(merit_stability=1.0))
    first, second = (four(live_year(replace(cycle, year=year), choose_effort(cycle))) for year in (1, 2))
    assert (first == second).all()


def test_a_criterion_that_shows_merit_in_full_is_general_merit():
    merits, _ = merits_of(Behaviour(merit_loading_results=1.0))
    assert (merits.results == round_to_grid(merits.general)).all()


@pytest.mark.parametrize("loading", [0.9, 0.5])
def test_effort_leaders_and_shocks_move_general_merit(loading):
    behaviour = Behaviour(merit_loading_results=loading)
    plain, cycle = merits_of(behaviour)
    raised = merits_of(replace(behaviour, leader_merit=0.5))[0].results - plain.results
    assert raised[cycle.population.is_leader] == pytest.approx(0.5 * loading, abs=2 * SCORE_STEP)
    assert not raised[~cycle.population.is_leader].any()
    shock = Shock(years=frozenset({1}), kinds=frozenset({"unit"}), roles=frozenset({Role.HEAD}), merit=-1.0)
    shocked = merits_of(behaviour, shock=shock)[0].results - plain.results
    is_head = cycle.population.role == Role.HEAD
    assert shocked[is_head] == pytest.approx(-loading, abs=2 * SCORE_STEP)
    assert not shocked[~is_head].any()
    later = merits_of(behaviour, shock=replace(shock, years=frozenset({2})))[0].results
    assert (later == plain.results).all()
    effort = Effort(gain=np.linspace(0, 1, 20, dtype=np.float32), claims=np.zeros(20, dtype=np.float32))
    worked = live_year(begin_cycle(behaviour), effort).results - plain.results
    assert pytest.approx(np.tile(0.2 * loading * effort.gain, (20, 1)), abs=2 * SCORE_STEP) == worked.reshape(20, 20).T


def test_part_of_a_leaders_wider_scope_is_lawful():
    plain, cycle = merits_of()
    lawful, _ = merits_of(Behaviour(lawful_scope_share=0.4, post_loading_scope=1.5))
    added = lawful.scope - plain.scope
    assert added[cycle.population.is_leader] == pytest.approx(0.6, abs=2 * SCORE_STEP)
    assert not added[~cycle.population.is_leader].any()
    for criterion in ("results", "initiative", "conduct"):
        assert (lawful.by(criterion) == plain.by(criterion)).all()


def test_merit_lies_on_the_grid_of_scores():
    merit = round_to_grid(np.array([0.1234567, -3.3333333], dtype=np.float32))
    assert (merit / SCORE_STEP == np.rint(merit / SCORE_STEP)).all()
    assert merit.dtype == np.float32
    merits, _ = merits_of()
    assert (four(merits) / SCORE_STEP == np.rint(four(merits) / SCORE_STEP)).all()


def test_references_are_standard_and_results_alone_is_results_itself():
    weights = clause("w", "weights", "results: 0.5, initiative: 0.2, scope: 0.2, conduct: 0.1")
    merits, cycle = merits_of(rules=one_award(quota(), procedure=(weights,)), n_units=4000)
    references = references_of(merits, cycle)
    assert set(references) == {"results-and-initiative", "office"}
    for reference in references.values():
        assert reference.std() == pytest.approx(1, abs=0.01)
        assert reference.dtype == np.float32
        assert (reference / SCORE_STEP == np.rint(reference / SCORE_STEP)).all()
    behaviour = cycle.regime.behaviour
    assert of_reference(merits, [weigh_criteria(RESULTS_ALONE, behaviour)]) is merits.results
    both = 0.7 * merits.results.astype(float) + 0.3 * merits.initiative
    assert references["results-and-initiative"] == pytest.approx(both / np.sqrt(0.49 + 0.09 + 2 * 0.21 * 0.54), abs=1e-5)
    assert references["office"] == pytest.approx(weighed_sum(merits, [cycle.regime.weights]), abs=SCORE_STEP)


def test_the_office_has_a_weighing_of_its_own():
    office = weigh_criteria((0.2, 0.1, 0.6, 0.1), Behaviour())
    merits, cycle = merits_of(office_weights=(office,))
    assert (references_of(merits, cycle)["office"] == of_reference(merits, [office])).all()
    own, cycle = merits_of()
    assert references_of(own, cycle)["office"] is own.results


def test_what_nobody_asks_for_is_not_drawn(monkeypatch):
    drawn = []
    real = Streams.normal

    def normal(streams, stream, *, year, ids):
        drawn.append(stream)
        return real(streams, stream, year=year, ids=ids)

    monkeypatch.setattr(Streams, "normal", normal)
    merits, _ = merits_of()
    _ = merits.results, merits.results, merits.initiative
    aptitudes = [stream for stream in drawn if stream.startswith("aptitude")]
    assert aptitudes == ["aptitude.results", "aptitude-of-the-year.results", "aptitude.initiative", "aptitude-of-the-year.initiative"]


def test_merit_is_that_of_the_year_even_when_asked_for_later():
    cycle = begin_cycle()
    merits = live_year(cycle, choose_effort(cycle))
    early = begin_cycle()
    expected = live_year(early, choose_effort(early)).conduct
    everybody = np.arange(cycle.population.n_members)
    of_the_year = cycle.members.id.tolist()
    cycle.members.welcome(everybody, cycle.streams, cycle.year + 1)
    assert merits.id.tolist() == of_the_year
    assert not np.isin(cycle.members.id, of_the_year).any()
    assert (merits.conduct == expected).all()
