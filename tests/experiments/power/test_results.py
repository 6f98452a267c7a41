from __future__ import annotations

import pytest

from simulator.experiments.power.results import rate_of


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
