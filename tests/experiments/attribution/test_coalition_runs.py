"""Each coalition is run once, under the luck of its replication, and only where the model can see a difference."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from simulator.experiments.attribution import coalition_runs as module
from simulator.experiments.attribution.coalition_runs import MOST_EXACT, design_of, run_coalitions, run_designs
from simulator.experiments.attribution.coalitions import Coalitions
from simulator.experiments.execution.batch import run_here
from simulator.experiments.execution.computing import Computing
from simulator.experiments.runs.results import ReplicationFailure
from simulator.experiments.runs.wide import values_under
from simulator.experiments.scenarios.option import Option
from simulator.experiments.store.store import Store
from tests.experiments.attribution.test_coalitions import CAP, REST, asking
from tests.worlds import one_award, quota

NAMES = ("award_rate", "gini")


@pytest.fixture
def scenario(tiny):
    return asking(tiny, one_award(quota(0.2), CAP), one_award(quota(0.4), REST))


@pytest.fixture
def design(scenario):
    return design_of(Coalitions(scenario.options[1], scenario), scenario)


def test_every_coalition_of_few_parts_is_run_in_every_replication(design, scenario):
    assert design.is_exact
    assert [len(design.coalitions(replication)) for replication in range(scenario.replications)] == [8] * scenario.replications
    assert set(design.all_coalitions()) == set(design.coalitions(0))


def test_of_many_parts_each_replication_draws_orders_of_its_own(scenario, monkeypatch):
    monkeypatch.setattr(module, "MOST_EXACT", 2)
    drawn = design_of(Coalitions(scenario.options[1], scenario), scenario.with_(replications=6))
    assert (drawn.is_exact, len(drawn.orders)) == (False, 6)
    assert len(set(drawn.orders)) > 1
    for replication in range(6):
        of_it = drawn.coalitions(replication)
        assert {frozenset(), frozenset(range(3))} <= set(of_it) <= set(drawn.all_coalitions())
    assert MOST_EXACT == 8


@pytest.mark.parametrize(("replications", "n_each"), [(2, 4), (8, 4), (19, 4), (20, 2), (100, 2)])
def test_orders_are_drawn_in_pairs_and_no_more_than_an_average_needs(scenario, monkeypatch, replications, n_each):
    monkeypatch.setattr(module, "MOST_EXACT", 2)
    drawn = design_of(Coalitions(scenario.options[1], scenario), scenario.with_(replications=replications))
    for orders in drawn.orders:
        assert len(orders) == n_each
        assert [order[::-1] for order in orders[::2]] == list(orders[1::2])


def test_a_coalition_is_worth_what_its_rules_give(design, scenario):
    (worths,) = run_designs([design], scenario, NAMES)
    assert len(worths) == scenario.replications
    whole, none = frozenset(range(3)), frozenset()
    for replication, worth in enumerate(worths):
        direct = values_under(scenario, replication, NAMES)
        assert np.array_equal(worth(none), [direct[scenario.keep_as_is.key][name] for name in NAMES])
        assert np.array_equal(worth(whole), [direct[scenario.options[1].key][name] for name in NAMES])
        assert not np.array_equal(worth(none), worth(whole))


def test_a_replication_that_failed_has_no_worth(design, scenario, monkeypatch):
    original, asked = module.values_under, []

    def together(_scenario, replications, _names):
        asked.append(len(replications))
        raise MemoryError

    def failing(scenario, replication, names):
        if replication == 1:
            message = "no luck"
            raise ValueError(message)
        return original(scenario, replication, names)

    monkeypatch.setattr(module, "values_under", failing)
    monkeypatch.setattr(module, "values_side_by_side", together)
    (worths,) = run_designs([design], scenario, NAMES)
    assert [worth is None for worth in worths] == [replication == 1 for replication in range(scenario.replications)]
    assert sum(asked) == scenario.replications


@pytest.mark.parametrize("workers", [1, 2])
def test_replications_side_by_side_are_worth_what_each_is_alone(design, scenario, workers, monkeypatch):
    monkeypatch.setattr(module, "run_plan_with", lambda run, plan, **_: enumerate(run_here(run, plan)))
    more = scenario.with_(replications=5)
    (worths,) = run_designs([design], more, NAMES, Computing(workers=workers))
    for replication, worth in enumerate(worths):
        direct = values_under(more, replication, NAMES)
        assert [each.hex() for each in worth(frozenset(range(3)))] == [direct[more.options[1].key][name].hex() for name in NAMES]


def test_what_the_store_has_is_not_run_again_and_what_it_lacks_is_run_side_by_side(design, scenario, tmp_path, monkeypatch):
    store, more = Store(tmp_path / "store"), scenario.with_(replications=5)
    run_designs([design], scenario.with_(replications=3), NAMES, Computing(store=store))
    asked, told = [], []
    original = module.values_side_by_side
    monkeypatch.setattr(
        module, "values_side_by_side", lambda of, replications, names: asked.append([*replications]) or original(of, replications, names)
    )
    monkeypatch.setattr(module, "_BLOCKS_EACH", 1)
    (worths,) = run_designs([design], more, NAMES, Computing(store=store, progress=lambda *progress: told.append(progress)))
    (again,) = run_designs([design], more, NAMES, Computing(store=store))
    everybody = frozenset(range(3))
    assert [worth(everybody).tolist() for worth in worths] == [worth(everybody).tolist() for worth in again]
    assert asked == [[3, 4]]
    assert told == [(3, 5), (5, 5)]


@pytest.mark.parametrize(("workers", "widths"), [(1, [3, 3, 3, 3]), (2, [2, 2, 2, 2, 2, 2]), (3, [1] * 12)])
def test_everybody_who_computes_tells_of_runs_several_times(design, scenario, monkeypatch, workers, widths):
    """Whoever waits can stop between blocks, and reads how long the rest will take."""
    monkeypatch.setattr(module, "run_plan_with", lambda run, plan, **_: enumerate(run_here(run, plan)))
    monkeypatch.setattr(module, "values_side_by_side", planted)
    told = []
    run_designs([design], scenario.with_(replications=12), NAMES, Computing(workers=workers, progress=lambda *progress: told.append(progress)))
    done = [0, *(n for n, _ in told)]
    assert [after - before for before, after in pairwise(done)] == widths


def planted(scenario, replications, names):
    return {option.key: [dict.fromkeys(names, 0.0) for _ in replications] for option in scenario.options}


def test_a_block_whose_process_died_is_the_failure_of_each_of_its_replications(design, scenario, tmp_path, monkeypatch):
    def all_lost(_run, plan, **_):
        yield from ((place, ReplicationFailure(planned.replication, "WorkerDied", "")) for place, planned in enumerate(plan))

    monkeypatch.setattr(module, "run_plan_with", all_lost)
    store = Store(tmp_path / "store")
    (worths,) = run_designs([design], scenario.with_(replications=5), NAMES, Computing(store=store))
    assert worths == [None] * 5


def test_rules_the_model_cannot_tell_apart_are_run_once(tiny):
    scenario = asking(tiny, one_award(quota(0.2)), one_award(quota(0.2), REST))
    twice = replace(scenario, options=(*scenario.options, Option.of("again", scenario.options[0].title, scenario.options[1].criteria)))
    run = run_coalitions(twice, 0, NAMES)
    assert len(run.by_rules) == 2
    assert all(of.values.keys() == set(NAMES) and not of.lawful_best and not of.course for of in run.by_rules.values())


def test_replications_of_their_own_orders_run_no_others(design, scenario, monkeypatch):
    """A first design whose replications share coalitions must not make those of a second, whose orders are drawn, run in company."""
    more = scenario.with_(replications=4)
    with monkeypatch.context() as patch:
        patch.setattr(module, "MOST_EXACT", 2)
        drawn = design_of(Coalitions(scenario.options[1], scenario), more)
    asked = []
    original = module.values_side_by_side
    monkeypatch.setattr(
        module, "values_side_by_side", lambda of, replications, names: asked.append(len(replications)) or original(of, replications, names)
    )
    of_exact, of_drawn = run_designs([design, drawn], more, NAMES)
    assert sum(asked) == 2 * more.replications
    whole = frozenset(range(3))
    assert [worth(whole).tolist() for worth in of_exact] == [worth(whole).tolist() for worth in of_drawn]
