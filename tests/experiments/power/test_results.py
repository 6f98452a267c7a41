from __future__ import annotations

import pytest

from simulator.experiments.power.results import FEWEST_LISTS, rate_of
from tests.presentation.results.power_specimen import power, rate


@pytest.mark.parametrize(("alarms", "reaches"), [(100, "yes"), (88, "yes"), (87, "unsure"), (73, "unsure"), (72, "no"), (0, "no")])
def test_the_whole_interval_decides_whether_the_target_is_reached(alarms, reaches):
    rate = rate_of([True] * alarms + [False] * (100 - alarms))
    assert rate.reaches == reaches
    assert rate.low <= rate.rate == alarms / 100 <= rate.high


def test_a_list_that_tells_nothing_raises_no_alarm():
    rate = rate_of([None, None, True, False])
    assert (rate.lists, rate.alarms, rate.undefined, rate.rate) == (4, 1, 2, 0.25)


def test_the_interval_is_wilsons():
    rate = rate_of([True] * 8 + [False] * 2)
    assert (rate.low, rate.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_an_alarm_in_every_list_reaches_the_target_from_the_fewest_lists_on():
    enough, short = rate_of([True] * FEWEST_LISTS), rate_of([True] * (FEWEST_LISTS - 1))
    assert (enough.reaches, enough.is_short) == ("yes", False)
    assert (short.reaches, short.is_short) == ("unsure", True)
    assert not rate_of([False] * 2).is_short
    assert not rate_of([True] * 80 + [False] * 20).is_short


@pytest.mark.parametrize(("lists", "runs"), [(FEWEST_LISTS, None), (FEWEST_LISTS - 1, 107), (50, None), (1, 1600)])
def test_the_runs_that_are_needed_follow_from_the_size_with_the_fewest_lists(lists, runs):
    assert power({("repeat_deficit", "lot", 50, 3): rate(0.0, lists=lists)}).runs_needed() == runs
