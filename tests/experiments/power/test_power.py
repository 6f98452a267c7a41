from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from simulator.experiments.execution.computing import Computing
from simulator.experiments.power.layouts import Layout
from simulator.experiments.power.list_tests import TURN_TESTS
from simulator.experiments.power.planted_lists import Planted, plant
from simulator.experiments.power.power import Design, find_power, power_of_register, power_of_scenario, run_power
from simulator.experiments.power.results import ListsLaidOut
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.option import Option
from simulator.experiments.scenarios.scenario import load_scenario
from simulator.experiments.store.store import Store
from simulator.model.behaviour import Behaviour
from tests.experiments.small_lists import PEOPLE, even_layout

SMALL = Design(
    even_layout(),
    PEOPLE,
    seed=11,
    turns=(("none", 0.0), ("strict", 1.0)),
    units=((10, 2),),
    years=(3, 6),
    bonuses=(0.0,),
)
LAID_OUT = ListsLaidOut("register", None, None, None, 20, 0, 200, 40, 4, 5.0)


def find(design, computing=None, replications=2):
    return find_power(design, LAID_OUT, computing or Computing(), replications=replications)


def test_each_cell_counts_independent_lists_of_every_run():
    power = find(SMALL)
    assert {(each.test, each.way, each.units, each.years) for each in power.turns} == {
        (test, way, 10, years) for test in ("repeat_deficit", "win_dispersion", "turn_taking_index") for way in ("none", "strict") for years in (3, 6)
    }
    assert {each.found.lists for each in power.turns} == {4}
    assert {(each.bonus, each.leader_merit) for each in power.bias} == {(0.0, 0.0), (0.0, 0.3)}
    assert {each.found.lists for each in power.bias} == {4}
    strict = {(each.test, each.years): each.found.rate for each in power.turns if each.way == "strict"}
    assert strict["turn_taking_index", 3] == strict["win_dispersion", 6] == 1
    assert next(each for each in power.turns if (each.test, each.way, each.years) == ("repeat_deficit", "strict", 3)).found.undefined == 4


def test_lists_of_one_run_share_no_unit(monkeypatch):
    asked = []
    monkeypatch.setattr("simulator.experiments.power.power.ask_of_turns", lambda history: asked.append(set(history.unit.tolist())) or {})
    run_power(replace(SMALL, turns=(("none", 0.0),), years=(3,), bonuses=()), 0)
    assert [len(units) for units in asked] == [10, 10]
    assert not asked[0] & asked[1]


def test_lists_cut_from_a_layout_of_as_many_units_are_drawn_from_all_of_it(monkeypatch):
    """A layout has units of a kind side by side: its first ten are no list of ten."""
    asked = []
    monkeypatch.setattr("simulator.experiments.power.power.ask_of_turns", lambda history: asked.append(history) or {})
    layout = Layout(np.repeat([4, 9], 10), np.ones(20, dtype=np.int64), np.ones((20, 3), dtype=np.int64), 0)
    run_power(replace(SMALL, layout=layout, turns=(("none", 0.0),), years=(3,), bonuses=()), 0)
    sizes = [np.unique(np.unique(history.unit[history.year == 0], return_counts=True)[1]).tolist() for history in asked]
    assert sizes == [[4, 9], [4, 9]]


@pytest.fixture
def designs(monkeypatch):
    """Give the designs that are asked for, without running them."""
    asked = []
    monkeypatch.setattr(
        "simulator.experiments.power.power.find_power", lambda design, laid_out, computing, *, replications: asked.append((design, laid_out))
    )
    return asked


def test_a_register_is_asked_in_its_own_size(designs):
    register = plant(even_layout(), PEOPLE, Planted(), n_units=20, n_years=4, seed=1)
    power_of_register(register, Behaviour(turnover=0.05, appraisal_reliability=0.45), Computing(), seed=9)
    ((design, laid_out),) = designs
    assert (design.own, design.of_bias, design.seed, design.society.turnover) == ((20, 4), (20, 4), 9, 0.05)
    assert (laid_out.kind, laid_out.units, laid_out.years, laid_out.title) == ("register", 20, 4, None)


def test_the_size_of_a_register_is_a_cell_beside_the_grid():
    power = find(replace(SMALL, own=(12, 3)), replications=1)
    own = [each for each in power.turns if each.units == 12]
    assert {(each.years, each.found.lists) for each in own} == {(3, 1)}
    assert len(own) == 6
    assert (power.bias_units, power.bias_years) == (12, 3)


def test_what_the_store_holds_is_not_planted_again(tmp_path, monkeypatch):
    first = find(SMALL, Computing(store=Store(tmp_path)))
    monkeypatch.setattr("simulator.experiments.power.power.run_power", None)
    told = []
    again = find(SMALL, Computing(store=Store(tmp_path), progress=lambda done, total: told.append((done, total))))
    assert again == first
    assert told == [(2, 2)]
    with Store(tmp_path) as store:
        kept = [json.loads(store.get_study(SMALL.key, f"power-{number}")) for number in range(2)]
    assert {alarm for told in kept for _, _, alarms in told for alarm in alarms} <= {True, False, None}, "alarms are kept, lists are not"


def test_what_was_changed_by_hand_in_the_store_is_planted_again(tmp_path):
    first = find(SMALL, Computing(store=Store(tmp_path / "one")))
    with Store(tmp_path / "other") as store:
        for number, text in enumerate(("[3]", "{")):
            store.add_study(SMALL.key, f"power-{number}", text)
    assert find(SMALL, Computing(store=Store(tmp_path / "other"))) == first


@pytest.mark.deep
def test_who_computes_changes_nothing():
    assert find(SMALL, Computing(workers=2)) == find(SMALL)


def test_a_failed_run_is_counted_and_the_others_stand(monkeypatch):
    def fail_once(design, replication):
        if replication == 1:
            raise ValueError("broken")
        return run_power(design, replication)

    monkeypatch.setattr("simulator.experiments.power.power.run_power", fail_once)
    power = find(SMALL)
    assert power.failed == 1
    assert {each.found.lists for each in power.turns} == {2}


def test_the_study_is_strict_json_and_reads_back():
    power = find(SMALL, replications=1)
    assert json.loads(power.to_json())["laid_out"]["units"] == 20


def test_other_words_for_the_same_rules_change_no_digit(designs):
    """The study depends on nothing of the rules but the layout, which is the same to the last place."""
    scenario = load_scenario("hanoi-2021").with_(years=3, warm_up_years=2)
    reworded = replace(scenario, baseline=reword(scenario.baseline))
    reworded = replace(reworded, options=(Option.of("keep-as-is", scenario.title, reworded.baseline),))
    for each in (scenario, reworded):
        power_of_scenario(each, Computing(), members=300)
    (one, laid_out), (other, laid_out_too) = designs
    assert reworded.baseline.content_hash != scenario.baseline.content_hash
    assert (one.key, laid_out) == (other.key, laid_out_too)
    assert (laid_out.members_asked, laid_out.members_in_scenario) == (300, 20_000)


@pytest.mark.deep
def test_two_hundred_lists_without_turns_or_bias_raise_at_most_sixteen_false_alarms_and_planted_rates_lie_in_their_intervals():
    """Seed 7000 gives two hundred lists without turns; seeds 7000 to 7199 a trial each of thirty lists, of twenty units over five years. An alarm where nothing was planted would be a finding called clear."""
    base = replace(SMALL, units=((20, 10),), years=(5,), turns=(("none", 0.0), ("lot", 0.0)), bonuses=())
    false = find_power(replace(base, seed=7000), LAID_OUT, Computing(), replications=20)
    assert all(each.found.alarms <= 16 for each in false.turns), [(each.test, each.way, each.found.alarms) for each in false.turns]
    design = replace(base, turns=(("whole-years", 0.5),))
    trials = [find_power(replace(design, seed=7000 + trial), LAID_OUT, Computing(), replications=3).turns for trial in range(200)]
    for number, test in enumerate(TURN_TESTS):
        rates = [trial[number].found for trial in trials]
        assert {trial[number].test for trial in trials} == {test}
        alarms, lists = sum(rate.alarms for rate in rates), sum(rate.lists for rate in rates)
        # The true rate is what all the other trials together show, 5,970 lists that share nothing with the one it is held against.
        truths = [(alarms - rate.alarms) / (lists - rate.lists) for rate in rates]
        assert sum(rate.low <= truth <= rate.high for rate, truth in zip(rates, truths, strict=True)) >= 180, test
