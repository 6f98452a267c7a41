"""Where an option tips over: planted boxes are told as they were planted, words are those of the counts, and other words for the same rules tip nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.errors import RunError
from simulator.experiments.execution.computing import Computing
from simulator.experiments.mathematics.statistics import PRIMARY
from simulator.experiments.runs.rewording import reword
from simulator.experiments.scenarios.option import Option
from simulator.experiments.store.store import Store
from simulator.experiments.tipping import tipping
from simulator.experiments.tipping.future_runs import RunFutures
from simulator.experiments.tipping.futures import OTHER_LUCK, draw_futures
from simulator.experiments.tipping.results import STRUCTURE, UNIT_SIZE
from simulator.experiments.tipping.tipping import FEWEST, FUTURES, REPLICATIONS, find_tipping, tell_event
from simulator.model.behaviour import STRUCTURES
from simulator.rules.values import Text


@pytest.fixture(scope="module")
def drawn(tiny):
    return draw_futures(tiny, 240)


def column(drawn, name):
    return drawn.numbers[:, [each.id for each in drawn.inputs].index(name)]


def test_a_planted_box_is_told_as_it_was_planted(drawn):
    turns = column(drawn, "turn_weight")
    missed = ((turns > np.quantile(turns, 0.4)) & (drawn.structures != 3)).astype(float)
    event = tell_event("any", missed, drawn)
    assert (event.word, event.futures, event.missed) == ("box", 240, int(missed.sum()))
    assert event.box.holds == "misses"
    assert {each.input for each in event.box.restrictions} == {"turn_weight", STRUCTURE}
    among = next(each.among for each in event.box.restrictions if each.input == STRUCTURE)
    assert among == [name for name in STRUCTURES if name != "planning"]
    limit = next(each.limit for each in event.box.restrictions if each.input == "turn_weight")
    assert limit == pytest.approx(np.quantile(turns, 0.4), abs=0.03)
    assert min(event.box.coverage, event.box.density) >= 0.9
    assert event.answers == [bool(each) for each in missed]


def test_where_most_miss_the_box_gathers_those_that_do_not(drawn):
    sizes = column(drawn, UNIT_SIZE)
    missed = (sizes < np.quantile(sizes, 0.7)).astype(float)
    event = tell_event("any", missed, drawn)
    assert (event.box.holds, event.word) == ("meets", "box")
    assert [(each.input, each.side) for each in event.box.restrictions] == [(UNIT_SIZE, "low")]
    assert event.box.cases == 240 - int(missed.sum())


@pytest.mark.parametrize(("n_missed", "word"), [(0, "never"), (240, "always"), (FEWEST - 1, "rare"), (240 - FEWEST + 1, "rare")])
def test_words_at_their_boundaries(drawn, n_missed, word):
    missed = np.zeros(240)
    missed[:n_missed] = 1
    event = tell_event("any", missed, drawn)
    assert (event.word, event.box) == (word, None)


def test_with_just_enough_futures_a_box_is_looked_for(drawn, monkeypatch):
    asked = []
    monkeypatch.setattr(tipping, "discover", lambda points, _ranges: asked.append(int(points.is_case.sum())))
    missed = np.zeros(240)
    missed[:FEWEST] = 1
    assert tell_event("any", missed, drawn).word == "spread"
    assert tell_event("any", 1 - missed, drawn).word == "spread"
    assert asked == [FEWEST, FEWEST]


def test_what_nobody_can_tell_does_not_count(drawn):
    missed = np.full(240, np.nan)
    assert tell_event("any", missed, drawn).word == "unknown"
    missed[:5] = 0
    event = tell_event("any", missed, drawn)
    assert (event.word, event.futures, event.answers[4:6]) == ("never", 5, [False, None])


def test_other_words_for_the_same_rules_differ_by_exactly_nothing_and_have_no_box(tiny):
    same = Option.of("reworded", Text(vi="Cách viết khác", en="Reworded"), reword(tiny.baseline))
    scenario = replace(tiny, options=(tiny.keep_as_is, same), years=2, warm_up_years=2)
    study = find_tipping(scenario, Computing(), futures=6, replications=2)
    (option,) = study.options
    assert {(each.lowest, each.highest, each.mean) for each in option.differences.values() if each.futures} == {(0.0, 0.0, 0.0)}
    assert any(each.futures == 6 for each in option.differences.values())
    assert {event.word for event in option.events.values()} <= {"never", "unknown"}
    assert all(event.box is None for event in option.events.values())
    assert option.repeated_alike == study.repeated == 6
    assert {row.largest_regret for row in study.robustness} == {0.0}


def planted_runs(failing=()):
    """Give runs in which the plan doubles turn-taking where units give turns weight, and some futures fail."""

    def run(scenario, run, numbers, _computing):
        turns = column(run.futures, "turn_weight")
        base, plan = scenario.keep_as_is.key, next(each.key for each in scenario.options if each.key != scenario.keep_as_is.key)
        found = {}
        for number in numbers:
            place = number % OTHER_LUCK
            same = dict.fromkeys(PRIMARY, 0.1)
            more = same | ({PRIMARY[0]: 0.3} if turns[place] > 0.4 or (number == OTHER_LUCK and turns[0] <= 0.4) else {})
            found[number] = "ValueError: no" if place in failing else {base: same, plan: more}
        return RunFutures(found)

    return run


def test_a_study_tells_boxes_shares_failures_and_what_it_was_made_from(tiny, monkeypatch):
    monkeypatch.setattr(tipping, "run_futures", planted_runs(failing=(5, 9)))
    study = find_tipping(tiny, Computing(), futures=240, replications=3)
    assert [(each.future, each.error) for each in study.failures] == [(5, "ValueError: no"), (9, "ValueError: no")]
    (option,) = study.options
    event = option.events["any"]
    assert event.futures == 238
    assert event.answers[5] is None
    assert [(each.input, each.side) for each in event.box.restrictions] == [("turn_weight", "low")]
    assert event.box.restrictions[0].limit == pytest.approx(0.4, abs=0.03)
    assert option.events["excess_inflation"].word == "never"
    base, plan = study.robustness
    assert (base.together.met, base.together.futures) == (238, 238)
    assert plan.together.met == 238 - event.missed
    assert sum(held.futures for held in plan.by_structure.values()) == 238
    assert plan.largest_regret == pytest.approx(0.2 / 0.05)
    assert study.least_regret == "keep"
    assert (study.seed, study.futures, study.replications, study.members_asked) == (7, 240, 3, 2000)
    assert set(study.shown_values) == {"turn_weight", UNIT_SIZE}
    assert option.repeated_alike in {29, 30}
    assert study.repeated == 30


def test_where_no_future_can_be_run_the_reason_is_told(tiny, drawn, monkeypatch):
    monkeypatch.setattr(tipping, "run_futures", planted_runs(failing=range(240)))
    with pytest.raises(RunError, match="ValueError: no"):
        find_tipping(tiny, Computing(), futures=20)


def test_a_scenario_that_changes_nothing_is_refused(tiny):
    with pytest.raises(RunError, match="changes a rule"):
        find_tipping(replace(tiny, options=(tiny.keep_as_is,)), Computing())


@pytest.mark.deep
def test_two_processes_and_a_store_give_the_same_to_the_last_digit(tiny, tmp_path):
    alone = find_tipping(tiny, Computing(), futures=6, replications=2)
    with Store(tmp_path / "store") as store:
        find_tipping(tiny, Computing(2, store=store), futures=3, replications=2)
        assert find_tipping(tiny, Computing(2, store=store), futures=6, replications=2).to_json() == alone.to_json()


def box_in_noise(futures, noise):
    """Plant a box of three inputs in which an option is .04 worse than would just do, and .04 better outside, and see it through the noise of some runs."""
    turns, sizes = column(futures, "turn_weight"), column(futures, UNIT_SIZE)
    is_inside = (turns >= np.quantile(turns, 0.44)) & (sizes <= np.quantile(sizes, 0.56)) & (futures.structures != 3)
    return (np.where(is_inside, 0.04, -0.04) + noise.mean(axis=1) > 0).astype(float)


@pytest.mark.deep
def test_at_the_same_cost_fewer_futures_of_four_lucks_find_what_a_thousand_of_one_do_not(tiny):
    told = {1: [], 4: []}
    for seed in range(1, 4):
        thousand = draw_futures(replace(tiny, seed=seed), 1000)
        noise = np.random.default_rng(seed).normal(0, 0.05, (1000, 4))  # of one run of hanoi-2021 by 2,000 members: .03 to .06 for turn-taking
        for lucks, futures in (
            (1, thousand),
            (REPLICATIONS, replace(thousand, numbers=thousand.numbers[:FUTURES], structures=thousand.structures[:FUTURES])),
        ):
            told[lucks].append(tell_event("any", box_in_noise(futures, noise[: len(futures), :lucks]), futures))
    assert [event.word for event in told[1]].count("box") == 0
    assert [event.word for event in told[4]].count("box") == 3
    assert all({each.input for each in event.box.restrictions} == {"turn_weight", UNIT_SIZE, STRUCTURE} for event in told[4])
