from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import numpy as np
import pytest

from simulator.history import History
from simulator.indicators.family import NOTHING_CONTESTED
from simulator.indicators.measurement import measure
from simulator.indicators.panel import Panel
from simulator.indicators.repetition import PLACES_CHANGE, Repetition
from simulator.model.behaviour import Behaviour
from tests.indicators.lists import by_lot, by_merit, by_one_of, by_turn, list_of, write_list
from tests.worlds import live, one_award, quota


def history_of(won, *, years=None, units=None):
    """Make a list without merit from (n_years, n_members) wins."""
    won = np.asarray(won, dtype=bool)
    n_years, n = won.shape
    return History(
        year=np.repeat(np.arange(2000, 2000 + n_years) if years is None else np.asarray(years), n),
        unit=np.tile(np.zeros(n, int) if units is None else units, n_years),
        member=np.tile(np.arange(n), n_years),
        role=np.zeros(n_years * n, dtype=int),
        focus_award="x",
        awards={"x": won.reshape(-1)},
        n_history_years=0,
    )


def values(history):
    return Repetition(Panel(history)).values()


def test_expected_repeats_are_the_mean_over_all_orders_of_the_years():
    won = np.random.default_rng(4).random((5, 8)) < 0.35
    repeats = [sum((won[a] & won[b]).sum() for a, b in pairwise(order)) for order in permutations(range(5))]
    observed = sum((won[t] & won[t + 1]).sum() for t in range(4))
    assert values(history_of(won))["repeat_deficit"] == pytest.approx(1 - observed / np.mean(repeats))


@pytest.mark.parametrize("years", [None, [2000, 2001, 2002, 2004, 2005, 2006, 2007]])
def test_years_of_memory_make_no_repeats(years):
    won = np.random.default_rng(8).random((7, 30)) < 0.4
    with_memory = replace(history_of(won, years=years), n_history_years=2)
    judged_alone = history_of(won[2:], years=None if years is None else years[2:])
    assert values(with_memory) == values(judged_alone)
    assert (won[1] & won[2]).any()


def test_the_same_people_every_year():
    won = np.tile(np.arange(10) < 3, (6, 1))
    assert values(history_of(won)) == {"repeat_deficit": pytest.approx(0), "win_dispersion": pytest.approx(6)}


def test_whole_cycles_of_turns_are_perfectly_even():
    won = [[(m + y) % 4 == 0 for m in range(8)] for y in range(8)]
    assert values(history_of(won)) == {"repeat_deficit": 1, "win_dispersion": 0}


def test_a_lottery_reads_one_and_zero():
    generator = np.random.default_rng(1)
    n_units, size, k, n_years = 400, 20, 3, 10
    won = np.zeros((n_years, n_units * size), dtype=bool)
    for year in range(n_years):
        order = generator.random((n_units, size)).argsort(axis=1)[:, :k] + np.arange(n_units)[:, None] * size
        won[year, order.reshape(-1)] = True
    found = values(history_of(won, units=np.repeat(np.arange(n_units), size)))
    assert found["repeat_deficit"] == pytest.approx(0, abs=0.05)
    assert found["win_dispersion"] == pytest.approx(1, abs=0.05)


def test_a_missing_year_breaks_a_repeat_and_is_not_expected():
    won = np.tile(np.arange(6) < 2, (4, 1))
    assert np.isnan(values(history_of(won[:3], years=[2000, 2002, 2004]))["repeat_deficit"])
    assert values(history_of(won, years=[2000, 2001, 2003, 2004]))["repeat_deficit"] == pytest.approx(0)


def units_that_award_everybody_or_nobody(history, n_units):
    """Add units of one who is always awarded, and units of two in which nobody is, or both in some years and nobody in the others."""
    years = np.unique(history.year).tolist()
    rows = [
        (year, 1000 + unit, 5000 + 2 * unit + i, 0, 0.0, unit % 3 == 0 or (unit % 3 == 1 and year % 2 == 0))
        for year in years
        for unit in range(n_units)
        for i in range(1 if unit % 3 == 0 else 2)
    ]
    year, unit, member, role, _, won = (np.array(column) for column in zip(*rows, strict=True))
    return replace(
        history,
        year=np.concatenate([history.year, year]),
        unit=np.concatenate([history.unit, unit]),
        member=np.concatenate([history.member, member]),
        role=np.concatenate([history.role, role]),
        awards={"x": np.concatenate([history.is_awarded, won])},
    )


@pytest.mark.parametrize("knows_members", [True, False])
def test_units_that_never_tell_anybody_from_anybody_are_left_out(knows_members):
    """Neither the value, nor its p-value and interval or bounds, nor the number of awards it rests on is changed by them."""
    luck = np.random.default_rng(8)
    won = luck.random((5, 250)) < 0.25
    won[3] &= ~won[2]
    alone = replace(history_of(won, units=np.repeat(np.arange(25), 10)), knows_members=knows_members)
    diluted = units_that_award_everybody_or_nobody(alone, 90)
    for name in ("repeat_deficit", "win_dispersion"):
        expected, found = (measure(history, n_draws=0).indicators[name] for history in (alone, diluted))
        assert found == expected
        assert found.n == (won.sum() if knows_members or name == "repeat_deficit" else 0)
    assert (measure(alone, n_draws=0).indicators["repeat_deficit"].low is None) == knows_members


def test_a_list_of_such_units_alone_contests_nothing():
    nobody = units_that_award_everybody_or_nobody(history_of(np.zeros((4, 3), bool)), 12)
    assert Repetition(Panel(nobody)).missing() == NOTHING_CONTESTED


def test_of_a_unit_that_once_left_somebody_out_every_year_counts():
    won = np.ones((4, 6), bool)
    won[2, 0] = False
    assert Repetition(Panel(history_of(won))).rests_on(np.zeros(4))["win_dispersion"] == 23
    assert values(history_of(won))["repeat_deficit"] == pytest.approx(1 - (5 * 3 + 1) / (5 * 3 + 3 * 2 * 3 / (4 * 3)))


def test_two_years_are_too_few():
    measured = measure(history_of([[1, 0, 0], [0, 1, 0]])).indicators["repeat_deficit"]
    assert (measured.value, measured.caveat) == (None, "caveat.too-few-years")


def test_a_list_without_merit_still_has_intervals():
    generator = np.random.default_rng(2)
    won = generator.random((6, 300)) < 0.2
    measured = measure(history_of(won, units=np.repeat(np.arange(30), 10))).indicators["win_dispersion"]
    assert measured.low < measured.value < measured.high


# --- the p-value ----------------------------------------------------------------------------------------------------------------


def p_value(history):
    return Repetition(Panel(replace(history, n_history_years=0))).beside()["repeat_deficit"]["p_value"]


@pytest.mark.parametrize("noise", [{}, {"appraisal_reliability": 0.45, "rank_weight": 0.15, "turnover": 0.08}], ids=["merit", "noise"])
def test_a_quarter_of_sharing_is_seen_in_sixty_units_and_five_years(noise):
    """Model.md 00.6: power 1.00 where turns weigh a quarter in every choice."""
    behaviour = Behaviour(turn_weight=0.25, **noise)
    found = [p_value(live(one_award(quota()), behaviour, n_units=60, years=5, seed=seed)) for seed in range(10)]
    assert max(found) < 0.05


@pytest.mark.parametrize("choose", [by_lot, by_merit])
def test_without_sharing_it_is_seldom_seen(choose):
    found = [p_value(write_list([12] * 20, 5, choose, seed=seed)) for seed in range(60)]
    assert sum(p < 0.05 for p in found) <= 8  # 3 are expected; more than 8 come once in two hundred times


def test_lasting_merit_with_newcomers_is_no_sharing():
    behaviour = Behaviour(turnover=0.08)
    found = [p_value(live(one_award(quota()), behaviour, n_units=40, years=7, seed=seed)) for seed in range(12)]
    assert sum(p < 0.05 for p in found) <= 3


def test_turns_shorter_than_their_cycle_are_not_seen():
    """Nobody wins twice, in whatever order."""
    history = replace(write_list([20] * 60, 5, by_turn), n_history_years=0)
    row = measure(history, n_draws=0).to_dict()["indicators"]["repeat_deficit"]
    assert (row["value"], row["p_value"]) == (None, None)


def test_the_p_value_stands_beside_the_value():
    history = replace(write_list([20] * 25, 5, by_one_of(merit=0.5, turn=0.5)), n_history_years=0)
    row = measure(history, n_draws=0).to_dict()["indicators"]["repeat_deficit"]
    assert row["value"] > 0
    assert row["p_value"] == p_value(history) < 0.05


def test_years_on_leave_are_no_years_in_which_to_repeat():
    """Member 0 wins in each of four years, and was away between the second and the third: one pair is left of the two that can be in sequence."""
    rows = [(year, 0, member, 0, 0.0, member == year % 3 + 1) for year in range(2000, 2005) for member in (1, 2, 3)]
    rows += [(year, 0, 0, 0, 0.0, True) for year in (2000, 2001, 2003, 2004)]
    repeats = Repetition(Panel(replace(list_of(rows), n_history_years=0))).components("all")[0, :2]
    assert repeats[0] == 2
    assert repeats[1] == pytest.approx(2 * 4 * 3 / (4 * 3) + 2 * 4 * 2 * 1 / (5 * 4))


# --- places that change ---------------------------------------------------------------------------------------------------------


def lottery(places, *, n_units=60, size=10, n_years=6, seed=1):
    """Draw the winners of units by lot; each begins somewhere in the course of places."""
    luck = np.random.default_rng(seed)
    won = np.zeros((n_years, n_units, size), dtype=bool)
    for unit in range(n_units):
        begin = luck.integers(len(places))
        for year in range(n_years):
            won[year, unit, luck.permutation(size)[: places[(year + begin) % len(places)]]] = True
    return history_of(won.reshape(n_years, -1), units=np.repeat(np.arange(n_units), size))


@pytest.mark.parametrize(("places", "caveat"), [([1], None), ([2], None), ([1, 2], PLACES_CHANGE), ([1, 1, 2, 2], None), ([0, 2], PLACES_CHANGE)])
def test_where_places_go_up_and_down_a_lottery_is_not_taken_for_turns(places, caveat):
    """One and two in turn: repeats in sequence are 1·2 of 10, of all pairs (1·1 + 2·2 + …) more, so the deficit is no sign of turns."""
    found = measure(lottery(places), n_draws=99).indicators
    assert found["repeat_deficit"].caveat == caveat
    assert found["win_dispersion"].caveat is None


@pytest.mark.parametrize("places", [[1, 2], [1, 3], [2, 5, 3]])
def test_the_repeats_expected_of_the_places_there_were_are_those_of_a_lottery(places):
    """Over thousands of units; those of all orders of the years are others."""
    family = Repetition(Panel(lottery(places, n_units=4000)))
    observed, of_all_orders, *_ = family.components("all")[0]
    assert family._expected_given_places() == pytest.approx(observed, rel=0.03)
    assert abs(of_all_orders - observed) > 0.04 * observed


def test_where_places_stay_what_they_are_both_expect_the_same():
    history = units_that_award_everybody_or_nobody(lottery([3], n_years=5), 30)
    for listed in (history, replace(history, year=np.where(history.year > 2002, history.year + 1, history.year))):
        family = Repetition(Panel(listed))
        assert family._expected_given_places() == pytest.approx(family.components("all")[0, 1])
